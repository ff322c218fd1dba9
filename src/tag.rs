//! Tokens → words of the lexicon, and the places where a number or a time may stand.

use crate::lexicon::{Hint, Lexicon, Short, WordId, fold};
use crate::model::{Token, TokenKind};

/// What living text repeats: words looked up before, by their bytes as they stand.
///
/// A table of one place per hash; a later word takes the place of an earlier one. It holds for one lexicon at a time.
#[derive(Debug, Default)]
pub struct Seen {
    places: Vec<Place>,
    /// The lexicon that the words are of.
    lexicon: usize,
    /// Scratch for folding.
    key: Vec<u8>,
}

/// One word, all in one place of memory.
#[derive(Clone, Debug, Default)]
struct Place {
    /// Its bytes, zeros behind them.
    bytes: (u64, u64),
    word: WordId,
    hint: Hint,
}

impl Seen {
    /// Places, a power of two: as many as stay in the nearest caches.
    const PLACES: usize = 1 << 16;

    fn of(&mut self, lexicon: &Lexicon) {
        let address = std::ptr::from_ref(lexicon).addr();
        if self.lexicon != address || self.places.is_empty() {
            self.lexicon = address;
            self.places.clear();
            self.places.resize(Self::PLACES, Place::default());
        }
    }

    fn index((low, high): (u64, u64)) -> usize {
        let mixed = (low ^ high).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (64 - Self::PLACES.trailing_zeros())) as usize
    }
}

/// The tokens that promise something, by index and in order, so that text without any is never looked at again.
#[derive(Debug, Default)]
pub struct Promises {
    /// A number may begin here; it begins nowhere else.
    pub numbers: Vec<u32>,
    /// Words of time; a sentence without these and without numbers says no time.
    pub times: Vec<u32>,
    /// A time may begin here; it begins nowhere else.
    pub openers: Vec<u32>,
}

/// Looks up every token once. `words` runs parallel to the tokens.
pub fn run(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    seen: &mut Seen,
    words: &mut Vec<WordId>,
    promises: &mut Promises,
) {
    let Promises { numbers: hot, times: timely, openers } = promises;
    words.clear();
    hot.clear();
    timely.clear();
    openers.clear();
    words.reserve(tokens.len());
    seen.of(lexicon);
    for (i, token) in (0u32..).zip(tokens) {
        let (word, hint) = match token.kind {
            TokenKind::Mark if token.mark < 128 => {
                let word = lexicon.mark(token.mark);
                (word, lexicon.hint(word))
            }
            _ => look_up(token, text, lexicon, seen),
        };
        let number = token.kind == TokenKind::Number;
        if !number && !hint.has(PROMISE) {
            words.push(word);
            continue;
        }
        // "ein Prozent", "ein gutes Prozent": the article is the number.
        if number || hint.has(Hint::AFTER_ONE) {
            for back in [2, 1] {
                let Some(one) = words.len().checked_sub(back).filter(|at| lexicon.hint(words[*at]).has(Hint::ONE))
                else {
                    continue;
                };
                if hot.last().is_none_or(|last| (*last as usize) < one) {
                    hot.push(one as u32);
                }
            }
        }
        if number || hint.has(Hint::PROMISING) {
            hot.push(i);
        }
        if hint.has(Hint::TIMELY) {
            timely.push(i);
        }
        if number {
            // "Rekordjahr 2015", "seit '89": what stands in front may belong to the year.
            let before = i.wrapping_sub(1);
            let leads = i > 0 && (tokens[before as usize].capital() || tokens[before as usize].mark != 0);
            if leads && openers.last() != Some(&before) {
                openers.push(before);
            }
        }
        if number || hint.has(Hint::TIME_BEGINS) {
            openers.push(i);
        }
        words.push(word);
    }
}

/// What a word promises that is not passed over.
const PROMISE: Hint = Hint::PROMISING.or(Hint::AFTER_ONE).or(Hint::ONE).or(Hint::TIMELY).or(Hint::TIME_BEGINS);

/// The first bytes of sixteen, in two halves, by their number.
static MASKS: [(u64, u64); 16] = {
    let mut masks = [(0, 0); 16];
    let mut len = 0;
    while len < 16 {
        let mask = (1u128 << (8 * len)) - 1;
        masks[len] = (mask as u64, (mask >> 64) as u64);
        len += 1;
    }
    masks
};

#[inline]
fn look_up(token: &Token, text: &str, lexicon: &Lexicon, seen: &mut Seen) -> (WordId, Hint) {
    let (start, len) = (token.start as usize, (token.end - token.start) as usize);
    // Nearly all words: short, with sixteen bytes of text from their beginning.
    let Some(bytes) = text.as_bytes().get(start..start + 16).and_then(|b| b.first_chunk::<16>()).filter(|_| len < 16)
    else {
        let word = slow(token, text, lexicon, &mut seen.key);
        return (word, lexicon.hint(word));
    };
    let bytes = u128::from_le_bytes(*bytes);
    let bytes = (bytes as u64 & MASKS[len].0, (bytes >> 64) as u64 & MASKS[len].1);
    let at = Seen::index(bytes);
    if let Some(place) = seen.places.get(at)
        && place.bytes == bytes
    {
        return (place.word, place.hint);
    }
    let word = slow(token, text, lexicon, &mut seen.key);
    let hint = lexicon.hint(word);
    seen.places[at] = Place { bytes, word, hint };
    (word, hint)
}

fn slow(token: &Token, text: &str, lexicon: &Lexicon, key: &mut Vec<u8>) -> WordId {
    if token.kind != TokenKind::Word {
        // Figures and signs are part of some phrases: m^2, Hannover 96.
        return lexicon.word(token.text(text).as_bytes());
    }
    let (start, len) = (token.start as usize, (token.end - token.start) as usize);
    if token.flags & Token::WIDE == 0
        && let Some(bytes) = text.as_bytes().get(start..start + 16).and_then(|b| b.first_chunk())
    {
        let short = Short::of_ascii(*bytes, len.min(Short::MAX));
        let word = if len <= Short::MAX { lexicon.short_word(short) } else { WordId::NONE };
        let longer = len > Short::MAX && lexicon.may_be_long(short);
        if word != WordId::NONE || !(longer || lexicon.numerals.may_begin(bytes)) {
            return word;
        }
    }
    fold(token.text(text), key, usize::MAX);
    match lexicon.word(key) {
        WordId::NONE if lexicon.numerals.word(key).is_some() => WordId::NUMERAL,
        word => word,
    }
}
