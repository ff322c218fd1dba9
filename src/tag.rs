//! Tokens → words of the lexicon, and the places where a number may stand.

use crate::lexicon::{Hint, Lexicon, Short, WordId, fold};
use crate::model::{Token, TokenKind};

/// Looks up every token once. `words` runs parallel to the tokens; `hot` lists those that may begin a number, so that
/// text without any is never looked at again; `timely` lists the words of time. Contract: no number begins at a token
/// that is not hot, and no sentence without hot and timely tokens says a time.
pub fn run(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    key: &mut Vec<u8>,
    words: &mut Vec<WordId>,
    hot: &mut Vec<u32>,
    timely: &mut Vec<u32>,
) {
    words.clear();
    hot.clear();
    timely.clear();
    words.reserve(tokens.len());
    for (i, token) in (0u32..).zip(tokens) {
        let word = match token.kind {
            TokenKind::Word => word(token, text, lexicon, key),
            TokenKind::Number => {
                // Figures are part of some phrases: m^2, Hannover 96.
                lexicon.word(token.text(text).as_bytes())
            }
            TokenKind::Mark if token.mark < 128 => lexicon.mark(token.mark),
            TokenKind::Mark => lexicon.word(token.text(text).as_bytes()),
        };
        let hint = lexicon.hint(word);
        let number = token.kind == TokenKind::Number;
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
        words.push(word);
    }
}

fn word(token: &Token, text: &str, lexicon: &Lexicon, key: &mut Vec<u8>) -> WordId {
    let (start, len) = (token.start as usize, (token.end - token.start) as usize);
    // Nearly all words: in ASCII, with fifteen bytes of text behind their beginning.
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
