//! Tokens → words of the lexicon, and the places where a number or a time may stand.

use crate::lexicon::{Hint, Lexicon, Short, WordId, fold};
use crate::model::{Token, TokenKind};

/// What living text repeats: words looked up before, by their bytes as they stand, each with a number of its own.
///
/// It holds for one lexicon at a time. What a later stage finds out of a word it keeps under the same number, so that a
/// token is looked up once for all stages.
#[derive(Debug, Default)]
pub struct Seen {
    /// Open addressing: one more than the number of a word; 0 is free. Apart from the words, so that those a text begins
    /// with, which are the frequent ones, lie together.
    slots: Vec<u32>,
    words: Vec<Known>,
    /// The number of each token's word in the text looked up last.
    numbers: Vec<u32>,
    /// How often all was forgotten.
    round: u32,
    /// The lexicon that the words are of.
    lexicon: usize,
    /// Scratch for folding.
    key: Vec<u8>,
}

/// One word, all in one place of memory.
#[derive(Clone, Copy, Debug)]
struct Known {
    bytes: Identity,
    word: WordId,
    hint: Hint,
}

/// What tells a word from all others: up to fifteen bytes as they are, of longer words 127 bits of hash.
type Identity = (u64, u64);

impl Seen {
    /// As many distinct words are kept from text to text; with what names and facts keep of them, some ten megabytes.
    const MOST: usize = 40_000;

    /// The numbers of the words of the text looked up last, parallel to its tokens.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// How many words have a number, and in which round: those of another round are void.
    pub(crate) fn extent(&self) -> (usize, u32) {
        (self.words.len(), self.round)
    }

    fn begin(&mut self, lexicon: &Lexicon) {
        let address = std::ptr::from_ref(lexicon).addr();
        if self.lexicon != address || self.slots.is_empty() || self.words.len() > Self::MOST {
            self.lexicon = address;
            self.round = self.round.wrapping_add(1);
            // It grows with the text: a short one begins at once.
            let size = self.slots.len().max(1 << 12);
            self.slots.clear();
            self.slots.resize(size, 0);
            self.words.clear();
        }
        self.numbers.clear();
    }

    /// The number of a token's word.
    #[inline]
    fn number(&mut self, token: &Token, text: &str, lexicon: &Lexicon) -> u32 {
        let bytes = identity(token, text);
        let mask = self.slots.len() - 1;
        let mut slot = spread(bytes) & mask;
        loop {
            let number = self.slots[slot].wrapping_sub(1);
            match self.words.get(number as usize) {
                Some(known) if known.bytes == bytes => return number,
                Some(_) => slot = (slot + 1) & mask,
                None => return self.learn(slot, bytes, token, text, lexicon),
            }
        }
    }

    #[cold]
    fn learn(&mut self, slot: usize, bytes: Identity, token: &Token, text: &str, lexicon: &Lexicon) -> u32 {
        let word = look_up(token, text, lexicon, &mut self.key);
        self.words.push(Known { bytes, word, hint: lexicon.hint(word) });
        let number = self.words.len() as u32;
        self.slots[slot] = number;
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        number - 1
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, 0);
        for (number, known) in (1u32..).zip(&self.words) {
            let mut slot = spread(known.bytes) & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
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
    seen.begin(lexicon);
    // All lookups first: what follows branches, and would have each of them wait for memory.
    seen.numbers.reserve(tokens.len());
    for token in tokens {
        let number = seen.number(token, text, lexicon);
        seen.numbers.push(number);
    }
    for ((i, token), number) in (0u32..).zip(tokens).zip(&seen.numbers) {
        let Known { word, hint, .. } = seen.words[*number as usize];
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
fn identity(token: &Token, text: &str) -> Identity {
    let (start, end) = (token.start as usize, token.end as usize);
    let bytes = text.as_bytes();
    if end - start > 15 {
        return hash(&bytes[start..end]);
    }
    // Nearly all words have sixteen bytes of text from their beginning.
    let sixteen = match bytes.get(start..).and_then(|b| b.first_chunk::<16>()) {
        Some(all) => u128::from_le_bytes(*all),
        None => bytes[start..end].iter().rev().fold(0, |all, b| all << 8 | u128::from(*b)),
    };
    let (low, high) = MASKS[end - start];
    (sixteen as u64 & low, (sixteen >> 64) as u64 & high)
}

fn hash(word: &[u8]) -> Identity {
    let mix = |state: u64, more: u64, by: u64| {
        let product = u128::from(state ^ more) * u128::from(by);
        product as u64 ^ (product >> 64) as u64
    };
    let mut state = (word.len() as u64, !(word.len() as u64));
    for chunk in word.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        let more = u64::from_le_bytes(eight);
        state = (mix(state.0, more, 0x9e37_79b9_7f4a_7c15), mix(state.1, more, 0xe703_7ed1_a0b4_28db));
    }
    (state.0, state.1 | 1 << 63)
}

fn spread((low, high): Identity) -> usize {
    ((low ^ high.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// The word of a token.
fn look_up(token: &Token, text: &str, lexicon: &Lexicon, key: &mut Vec<u8>) -> WordId {
    match token.kind {
        TokenKind::Mark if token.mark < 128 => return lexicon.mark(token.mark),
        // Figures and signs are part of some phrases: m^2, Hannover 96.
        TokenKind::Mark | TokenKind::Number => return lexicon.word(token.text(text).as_bytes()),
        TokenKind::Word => {}
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
