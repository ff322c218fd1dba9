//! Tokens → words of the lexicon, and the places where a number may stand.

use crate::lexicon::{Lexicon, Short, Tags, WordId, fold};
use crate::model::{Token, TokenKind};

/// What makes a sentence worth a finder's look.
const PROMISING: Tags = Tags(Tags::SCALE.0 | Tags::VAGUE.0 | Tags::MULTIPLE.0 | Tags::DOZEN.0);

/// What *ein* can be a number in front of.
const AFTER_ONE: Tags = Tags(Tags::UNIT.0 | Tags::HALF.0 | Tags::CURRENCY_ADJECTIVE.0);

/// Looks up every token once. `words` runs parallel to the tokens; `hot` lists those that may begin a number, so that
/// text without any is never looked at again. Contract: no number begins at a token that is not hot.
pub fn run(text: &str, tokens: &[Token], lexicon: &Lexicon, key: &mut Vec<u8>, words: &mut Vec<WordId>, hot: &mut Vec<u32>) {
    words.clear();
    hot.clear();
    words.reserve(tokens.len());
    for (i, token) in (0u32..).zip(tokens) {
        let (word, promising) = match token.kind {
            TokenKind::Word => word(token, text, lexicon, key),
            TokenKind::Number => {
                // Figures are part of some phrases: m^2, Hannover 96.
                (lexicon.word(token.text(text).as_bytes()), true)
            }
            TokenKind::Mark if token.mark < 128 => (lexicon.mark(token.mark), false),
            TokenKind::Mark => (lexicon.word(token.text(text).as_bytes()), false),
        };
        // "ein Prozent", "ein gutes Prozent": the article is the number.
        if promising || lexicon.tags(word).has(AFTER_ONE) {
            for back in [2, 1] {
                let Some(one) = words.len().checked_sub(back).filter(|at| lexicon.tags(words[*at]).has(Tags::EIN)) else {
                    continue;
                };
                if hot.last().is_none_or(|last| (*last as usize) < one) {
                    hot.push(one as u32);
                }
            }
        }
        if promising {
            hot.push(i);
        }
        words.push(word);
    }
}

fn word(token: &Token, text: &str, lexicon: &Lexicon, key: &mut Vec<u8>) -> (WordId, bool) {
    let (start, len) = (token.start as usize, (token.end - token.start) as usize);
    // Nearly all words: short, in ASCII, with fifteen bytes of text behind them.
    if token.flags & Token::WIDE == 0
        && len <= Short::MAX
        && let Some(bytes) = text.as_bytes().get(start..start + 16).and_then(|b| b.first_chunk())
    {
        let word = lexicon.short_word(Short::of_ascii(*bytes, len));
        if word != WordId::NONE {
            return known(word, lexicon);
        }
        if !lexicon.numerals.may_begin(&text.as_bytes()[start..token.end as usize]) {
            return (WordId::NONE, false);
        }
    }
    fold(token.text(text), key, usize::MAX);
    let word = lexicon.word(key);
    if word != WordId::NONE {
        return known(word, lexicon);
    }
    if lexicon.numerals.word(key).is_some() { (WordId::NUMERAL, true) } else { (WordId::NONE, false) }
}

/// A word with a meaning may be a number word too: "dritten", "tausend".
fn known(word: WordId, lexicon: &Lexicon) -> (WordId, bool) {
    let tags = lexicon.tags(word);
    (word, tags.has(PROMISING) || (!tags.has(Tags::EIN) && lexicon.is_numeral(word)))
}
