//! Tokens → sentences of German news.
//!
//! A sentence ends at `. ! ? …` before a capital, a figure or an opening quote, at an empty line, and at the end of a
//! line that was not merely wrapped. A dot ends none after an abbreviation (*ca.*, *Dr.*), an initial, an ordinal
//! (*am 3. August*, *der 2. Platz*).

use crate::lexicon::{Lexicon, Tags, WordId};
use crate::model::{Sentence, Token, TokenKind};

/// Words that, capitalised, only the beginning of a sentence capitalises.
const STARTERS: Tags = Tags(
    Tags::ARTICLE.0
        | Tags::EIN.0
        | Tags::PREPOSITION.0
        | Tags::CONJUNCTION.0
        | Tags::PRONOUN.0
        | Tags::ADVERB.0
        | Tags::VERB.0,
);

/// A hard-wrapped text has no longer lines than this, in bytes; what is longer is one line a paragraph.
const WRAP_LIMIT: u32 = 120;

/// The longest sentence, in tokens. Rules may look over a whole sentence, so its length bounds what a token costs, and
/// time stays in proportion to the text whatever the text is. No sentence of prose comes near it.
const LONGEST: usize = 400;

/// Cuts the tokens into sentences; `out` is emptied first. Every token is in exactly one.
pub fn sentences(text: &str, tokens: &[Token], words: &[WordId], lexicon: &Lexicon, out: &mut Vec<Sentence>) {
    out.clear();
    let cutter = Cutter { text, tokens, words, lexicon };
    let mut first = 0;
    let mut block = Block::default();
    for (i, pair) in (1..).zip(tokens.windows(2)) {
        let [prev, token] = pair else { continue };
        let ends = if token.flags & Token::GAP != 0 {
            true
        } else if token.flags & Token::LINE != 0 {
            if i >= block.end {
                block = cutter.block(i);
            }
            cutter.ends_at_mark(i) || !cutter.wrapped(i, &block)
        } else {
            prev.kind == TokenKind::Mark && token.spaced() && cutter.ends_at_mark(i)
        };
        if ends {
            out.push(Sentence { first, last: i as u32 });
            first = i as u32;
        } else if i - first as usize >= LONGEST {
            // Behind a mark, where one is near: a number is not cut in two.
            let near = tokens[i - 100..=i].iter().rposition(|t| t.kind == TokenKind::Mark && t.is(','));
            let last = near.map_or(i, |n| (i - 99 + n).min(i)) as u32;
            out.push(Sentence { first, last });
            first = last;
        }
    }
    if !tokens.is_empty() {
        out.push(Sentence { first, last: tokens.len() as u32 });
    }
}

/// Lines that follow each other without an empty one.
#[derive(Default)]
struct Block {
    /// One past its last token.
    end: usize,
    /// The longest line, in bytes.
    width: u32,
}

/// What may stand between the mark that ends a sentence and the next one.
const CLOSING: [char; 10] = ['"', '\'', '“', '”', '’', '‘', '»', '«', ')', ']'];

/// Marks that a sentence may begin with.
const OPENING: [char; 17] = ['"', '\'', '„', '“', '‚', '»', '«', '›', '‹', '(', '[', '-', '–', '—', '•', '*', '#'];

/// The character of a mark; 0 for all else.
fn sign(token: &Token) -> char {
    char::from_u32(u32::from(token.mark)).unwrap_or('\0')
}

struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a [WordId],
    lexicon: &'a Lexicon,
}

impl Cutter<'_> {
    fn tags(&self, i: usize) -> Tags {
        self.lexicon.tags(self.words[i])
    }

    fn starter(&self, i: usize) -> bool {
        self.tokens[i].capital() && self.tags(i).has(STARTERS)
    }

    /// The lines around token `i`, which begins one.
    fn block(&self, i: usize) -> Block {
        let mut start = self.tokens[..i].iter().rposition(|t| t.breaks()).unwrap_or(0);
        let (mut width, mut end) = (0, self.tokens.len());
        for (j, token) in self.tokens.iter().enumerate().skip(i) {
            if token.breaks() {
                width = width.max(self.tokens[j - 1].end - self.tokens[start].start);
                start = j;
                if token.flags & Token::GAP != 0 {
                    end = j;
                    break;
                }
            }
        }
        if end == self.tokens.len() {
            width = width.max(self.tokens[end - 1].end - self.tokens[start].start);
        }
        Block { end, width }
    }

    /// Whether the line before token `i` was merely wrapped: the next word would not have fitted on it.
    fn wrapped(&self, i: usize, block: &Block) -> bool {
        let (prev, token) = (&self.tokens[i - 1], &self.tokens[i]);
        if token.kind == TokenKind::Mark && "-–—•*+|>".chars().any(|c| token.is(c)) {
            return false;
        }
        if token.kind == TokenKind::Mark && "%‰€$,;:.)".chars().any(|c| token.is(c)) {
            return true;
        }
        let open =
            prev.is(',') || self.tags(i - 1).has(Tags(Tags::ARTICLE.0 | Tags::PREPOSITION.0 | Tags::CONJUNCTION.0));
        if open && !token.capital() {
            return true;
        }
        if block.width > WRAP_LIMIT {
            return open && prev.kind == TokenKind::Word;
        }
        let line = self.tokens[..i].iter().rposition(|t| t.breaks()).unwrap_or(0);
        let length = prev.end - self.tokens[line].start;
        let room = block.width.saturating_sub(length);
        let no_fit = token.end - token.start + 1 > room.saturating_sub(2);
        // Ragged lines: what begins small or ends in the middle of a phrase goes on.
        let begins_small = !token.capital() && token.kind != TokenKind::Number;
        let ends_small = prev.kind == TokenKind::Word && !prev.capital();
        block.width >= 30 && (no_fit || ((begins_small || ends_small) && length * 10 >= block.width * 6))
    }

    /// Whether a mark before token `i` ends a sentence there.
    fn ends_at_mark(&self, i: usize) -> bool {
        // Past closing quotes and brackets: »… sagte er.«
        let mut k = i - 1;
        while k > 0 && !self.tokens[k].spaced() && CLOSING.contains(&sign(&self.tokens[k])) {
            k -= 1;
        }
        let (mark, next) = (&self.tokens[k], &self.tokens[i]);
        if !matches!(sign(mark), '.' | '!' | '?' | '…') {
            return false;
        }
        let opens = next.capital() || next.kind == TokenKind::Number || OPENING.contains(&sign(next));
        if mark.is('!') || mark.is('?') || mark.is('…') {
            return opens && !(next.is('-') || next.is('–'));
        }
        if !mark.is('.') || !opens {
            return false;
        }
        if k == 0 || mark.spaced() {
            return next.capital();
        }
        let before = &self.tokens[k - 1];
        match before.kind {
            TokenKind::Number => self.ends_after_number(k - 1, i),
            TokenKind::Word => {
                let tags = self.tags(k - 1);
                // "nkr. 3": a sign of money with its number.
                let sign = next.kind == TokenKind::Number
                    && self.lexicon.meanings(self.words[k - 1], Tags::UNIT_BEFORE).iter().any(|m| !m.is_word());
                if tags.has(Tags::ABBREVIATION) || sign {
                    return false;
                }
                if tags.has(Tags::ABBREVIATION_END) {
                    return self.starter(i);
                }
                // Initials, z. B., i. d. R.
                let single = before.text(self.text).chars().count() == 1;
                !single || (self.starter(i) && k >= 2 && !self.tokens[k - 2].is('.'))
            }
            TokenKind::Mark => next.capital() || next.kind == TokenKind::Number,
        }
    }

    /// Whether `NUMBER .` before token `i` is the end of a sentence, not an ordinal or a date.
    fn ends_after_number(&self, number: usize, i: usize) -> bool {
        let digits = self.tokens[number].text(self.text);
        if self.starter(i) {
            // "Am 3. In" is no German; "der 1. Zweite" neither.
            return true;
        }
        let ranked = number > 0 && self.tags(number - 1).has(Tags::RANK);
        if ranked {
            return true;
        }
        if digits.contains('.') && !digits.contains(',') && digits.split('.').all(|part| part.len() <= 2) {
            return false;
        }
        // "auf 54. Rechnerisch": behind a preposition without an article stands a number, not an ordinal.
        let bare = ["auf", "mit", "von", "um", "über", "unter", "bei", "für", "gegen", "nur", "noch", "rund", "etwa"];
        if number > 0
            && bare.contains(&self.tokens[number - 1].text(self.text))
            && !self.tags(i).has(Tags(Tags::MONTH.0 | Tags::TIME.0))
        {
            return true;
        }
        let led = number > 0 && self.tags(number - 1).has(Tags(Tags::ARTICLE.0 | Tags::PREPOSITION.0));
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            // "zum 1.000. Mal"
            return !(led && digits.contains('.') && !digits.contains(','));
        }
        match digits.len() {
            1 | 2 => false,
            3 => !led,
            _ => true,
        }
    }
}
