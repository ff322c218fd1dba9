//! One pass over the bytes: words, numbers, marks.
//!
//! - A word is a run of letters with the marks that belong to them: `Umsätze`, `Mil­lionen` with a soft hyphen, `m²`,
//!   `geht's`. A hyphen ends it: `Meta-Chef` is three tokens without blanks between.
//! - A number is a run of digits with single separators `. , ' ’ ‘` between digits: `1.234,5`, `28.01.2026`, `1'234`.
//!   A final dot or comma is a mark of its own. `½` is a number.
//! - Letters and digits never share a token: `45Ah` is two, without a blank between.
//! - Everything else that is no blank is a mark of one character.
//! - Scripts that write words without blanks between are cut by `unicode-segmentation`.

use super::bytes::{CLASS, Class, WideClass, wide};
use crate::model::{Token, TokenKind};
use unicode_segmentation::UnicodeSegmentation;

/// Cuts the text into tokens, which cover every byte of ink once and in order. `out` is emptied first.
///
/// Bytes past 4 GiB are not read; [`crate::read`] refuses documents far smaller.
pub fn tokens(text: &str, out: &mut Vec<Token>) {
    out.clear();
    let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
    Scan { text, bytes: text.as_bytes(), at: 0, before: 0, out }.run();
}

struct Scan<'t, 'o> {
    /// No longer than offsets reach.
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// The blanks since the last token, as flags of the next.
    before: u8,
    out: &'o mut Vec<Token>,
}

impl Scan<'_, '_> {
    fn run(&mut self) {
        let mut spaces = 0u32;
        while let Some(&b) = self.bytes.get(self.at) {
            // Letters and blanks take turns in most of a text, and are told before all else.
            if b.is_ascii_alphabetic() {
                let small = b & 0x20 != 0;
                self.word(1, small, if small { 0 } else { Token::CAPITAL });
            } else if b == b' ' {
                self.before |= Token::SPACE;
                spaces += 1;
                self.at += 1;
                continue;
            } else {
                match CLASS[b as usize] {
                    Class::Space => {
                        self.before |= Token::SPACE | if b == b'\t' { Token::GAP } else { 0 };
                        spaces += 1;
                        self.at += 1;
                        continue;
                    }
                    Class::Line => self.line_break(b),
                    Class::Digit => self.number(),
                    Class::Lower | Class::Upper | Class::Mark => {
                        self.push(TokenKind::Mark, self.at, self.at + 1, 0, u16::from(b));
                    }
                    Class::Wide => {
                        let c = self.char_at(self.at);
                        match wide(c) {
                            WideClass::Lower => self.word(c.len_utf8(), true, Token::WIDE),
                            WideClass::Upper => self.word(c.len_utf8(), false, Token::CAPITAL | Token::WIDE),
                            WideClass::Extend | WideClass::Nothing => self.at += c.len_utf8(),
                            WideClass::Space => {
                                self.before |= Token::SPACE;
                                spaces += 1;
                                self.at += c.len_utf8();
                                continue;
                            }
                            WideClass::Line => self.line_break(b'\n'),
                            WideClass::Fraction => {
                                self.push(TokenKind::Number, self.at, self.at + c.len_utf8(), Token::WIDE, 0);
                            }
                            WideClass::Foreign => self.foreign(),
                            WideClass::Mark => {
                                let mark = u16::try_from(u32::from(c)).unwrap_or(0);
                                self.push(TokenKind::Mark, self.at, self.at + c.len_utf8(), Token::WIDE, mark);
                            }
                        }
                    }
                }
            }
            // Four blanks in a row are a column of a table or the end of one line of a layout.
            if spaces >= 4
                && let Some(last) = self.out.last_mut()
                && last.end as usize == self.at
            {
                last.flags |= Token::GAP;
            }
            spaces = 0;
        }
    }

    fn line_break(&mut self, b: u8) {
        // CR LF is one break; two breaks are an empty line.
        let wide_by = self.char_at(self.at).len_utf8();
        let pair = b == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
        if self.before & Token::LINE != 0 {
            self.before |= Token::GAP;
        }
        self.before |= Token::LINE;
        self.at += if pair { 2 } else { wide_by };
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or('\0')
    }

    #[inline]
    fn push(&mut self, kind: TokenKind, start: usize, end: usize, flags: u8, mark: u16) {
        self.out.push(Token { start: start as u32, end: end as u32, kind, flags: flags | self.before, mark });
        self.before = 0;
        self.at = end;
    }

    /// A word whose first letter takes `first` bytes and is small or not.
    #[inline]
    fn word(&mut self, first: usize, mut lower: bool, mut flags: u8) {
        let start = self.at;
        let mut end = start + first;
        // More than one letter.
        let mut more = false;
        loop {
            // Runs of small letters are most of a text.
            let run = small_letters(self.bytes.get(end..).unwrap_or_default());
            lower |= run > 0;
            end += run;
            let Some(&b) = self.bytes.get(end) else { break };
            match CLASS[b as usize] {
                Class::Upper => end += 1,
                Class::Wide => {
                    // ä ö ü ß and most other letters beyond ASCII: two bytes.
                    if let Some(small) = latin_letter(b, self.bytes.get(end + 1).copied()) {
                        lower |= small;
                        end += 2;
                    } else {
                        let c = self.char_at(end);
                        match wide(c) {
                            WideClass::Lower => lower = true,
                            WideClass::Upper | WideClass::Extend => {}
                            WideClass::Nothing if self.letter_at(end + c.len_utf8()) => {}
                            // A typographic apostrophe inside a word.
                            WideClass::Mark if c == '’' && self.letter_at(end + 3) => {}
                            _ => break,
                        }
                        end += c.len_utf8();
                    }
                    flags |= Token::WIDE;
                }
                Class::Mark if b == b'\'' && self.letter_at(end + 1) => {
                    end += 1;
                    continue;
                }
                _ => break,
            }
            more = true;
        }
        if !lower && more {
            flags |= Token::UPPER;
        }
        self.push(TokenKind::Word, start, end, flags, 0);
    }

    fn letter_at(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None => false,
            Some(b) => match CLASS[*b as usize] {
                Class::Lower | Class::Upper => true,
                Class::Wide => {
                    matches!(wide(self.char_at(at)), WideClass::Lower | WideClass::Upper)
                }
                _ => false,
            },
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let digit = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = start;
        loop {
            while digit(end) {
                end += 1;
            }
            let separator = match self.bytes.get(end) {
                Some(b'.' | b',' | b'\'') => 1,
                Some(0xe2) if matches!(self.char_at(end), '’' | '‘') => 3,
                _ => break,
            };
            if !digit(end + separator) {
                break;
            }
            end += separator;
        }
        self.push(TokenKind::Number, start, end, 0, 0);
    }

    /// A run of letters without a Latin one, cut where Unicode sees words.
    fn foreign(&mut self) {
        let start = self.at;
        let mut end = start;
        for c in self.text[start..].chars() {
            if !(c.is_alphabetic() || wide(c) == WideClass::Extend) || c.is_ascii() {
                break;
            }
            end += c.len_utf8();
        }
        let text = self.text;
        for (at, word) in text[start..end].split_word_bound_indices() {
            self.push(TokenKind::Word, start + at, start + at + word.len(), Token::WIDE, 0);
        }
        self.at = end;
    }
}

/// Whether two bytes are a letter of Latin-1, À to ÿ, and if so, whether a small one: what [`wide`] says of them.
fn latin_letter(b: u8, next: Option<u8>) -> Option<bool> {
    match (b, next?) {
        (0xc3, 0x97 | 0xb7) => None,
        (0xc3, low) => Some(low >= 0x9f),
        _ => None,
    }
}

/// How many small letters of ASCII the bytes begin with; sixteen at a time, as nearly no word has more.
fn small_letters(bytes: &[u8]) -> usize {
    let mut run = 0;
    while let Some(sixteen) = bytes.get(run..).and_then(|b| b.first_chunk::<16>()) {
        let x = u128::from_le_bytes(*sixteen);
        let other = u128::from(others(x as u64)) | u128::from(others((x >> 64) as u64)) << 64;
        if other != 0 {
            return run + other.trailing_zeros() as usize / 8;
        }
        run += 16;
    }
    run + bytes[run..].iter().take_while(|b| b.is_ascii_lowercase()).count()
}

/// The top bit of each of eight bytes, up to the first that has it, is set where the byte is no small letter.
fn others(x: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // The top bit of a byte is set where it is at least 'a', and where it is beyond 'z'. A byte of 0x80 or more may
    // carry into the next, but it ends the run itself.
    let from_a = x.wrapping_add(ONES * u64::from(0x80 - b'a'));
    let past_z = x.wrapping_add(ONES * u64::from(0x7f - b'z'));
    !(from_a & !past_z & !x) & (ONES * 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_are_those_of_the_table() {
        for c in '\u{80}'..='\u{17f}' {
            let mut bytes = [0; 2];
            c.encode_utf8(&mut bytes);
            let by_table = match wide(c) {
                WideClass::Lower if ('À'..='ÿ').contains(&c) => Some(true),
                WideClass::Upper if ('À'..='ÿ').contains(&c) => Some(false),
                _ => None,
            };
            assert_eq!(latin_letter(bytes[0], Some(bytes[1])), by_table, "{c}");
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokens(text, &mut out);
        out.iter().map(|t| t.text(text)).collect()
    }

    #[test]
    fn cuts_german() {
        for (text, want) in [
            ("58,7 Mrd. Dollar", "58,7|Mrd|.|Dollar"),
            ("am 27.02.2025, 21:16 Uhr", "am|27.02.2025|,|21|:|16|Uhr"),
            ("Meta-Chef", "Meta|-|Chef"),
            ("1'234.50 und 1’234", "1'234.50|und|1’234"),
            ("45Ah, 99$ und 5,–", "45|Ah|,|99|$|und|5|,|–"),
            ("4,18m^2 oder m²", "4,18|m|^|2|oder|m²"),
            ("geht's um „3“?", "geht's|um|„|3|“|?"),
            ("Mil\u{ad}lionen u\u{308}ber", "Mil\u{ad}lionen|u\u{308}ber"),
            ("2½ Meter", "2|½|Meter"),
            ("10\u{a0}000\u{202f}Euro", "10|000|Euro"),
            ("日本語 und Москва", "日本語|und|Москва"),
        ] {
            let got = cut(text).join("|");
            let want_flat = want.to_owned();
            // Segmentation of other scripts is the library's; only that nothing is lost is ours.
            if text.starts_with('日') {
                assert_eq!(got.replace('|', ""), want_flat.replace('|', ""));
            } else {
                assert_eq!(got, want_flat);
            }
        }
    }

    #[test]
    fn runs_of_small_letters() {
        for text in [
            "",
            "a",
            "abcdefgh",
            "abcdefghijklmnopq",
            "abc`",
            "abc{d",
            "zzzzzzzzZ",
            "abcäefghijk",
            "ab cdefghij",
            "azA",
        ] {
            let slow = text.bytes().take_while(u8::is_ascii_lowercase).count();
            assert_eq!(small_letters(text.as_bytes()), slow, "{text}");
            assert_eq!(small_letters(format!("{text} and a good deal more").as_bytes()), slow, "{text}");
        }
        for b in 0..=255u8 {
            assert_eq!(small_letters(&[b"az", &[b][..], &[b'm'; 13]].concat()) > 2, b.is_ascii_lowercase());
        }
    }

    #[test]
    fn blanks_are_flags() {
        let text = "a b\nc\r\n\r\nd\te      f";
        let mut out = Vec::new();
        tokens(text, &mut out);
        let flags: Vec<_> = out.iter().map(|t| (t.spaced(), t.breaks(), t.flags & Token::GAP != 0)).collect();
        assert_eq!(
            flags,
            [
                (false, false, false),
                (true, false, false),
                (true, true, false),
                (true, true, true),
                (true, true, true),
                (true, true, true)
            ]
        );
    }
}
