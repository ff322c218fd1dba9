//! The class of each byte and of each character beyond ASCII.

/// What a byte or character does to the token it meets.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Class {
    /// A mark of its own.
    Mark,
    /// A letter a–z.
    Lower,
    /// A letter A–Z.
    Upper,
    /// 0–9
    Digit,
    /// A blank within a line.
    Space,
    /// A line break.
    Line,
    /// The first byte of a longer character.
    Wide,
}

/// The class of every byte.
pub(super) static CLASS: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Mark; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'\n' | b'\r' | 0x0b | 0x0c => Class::Line,
            0..=0x20 | 0x7f => Class::Space,
            0x80.. => Class::Wide,
            _ => Class::Mark,
        };
        b += 1;
    }
    table
}

/// What a character beyond ASCII is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum WideClass {
    /// A lower-case letter, or one without case.
    Lower,
    /// A capital.
    Upper,
    /// Belongs to the letter before: combining marks, soft hyphens, joiners, superscript figures.
    Extend,
    /// A letter of a script that may be written without blanks.
    Foreign,
    /// A blank.
    Space,
    /// A line or paragraph separator.
    Line,
    /// A fraction such as ½.
    Fraction,
    /// Neither ink nor blank: zero-width space, byte-order mark.
    Nothing,
    /// Anything else.
    Mark,
}

/// The class of a character beyond ASCII. Latin letters come first: they are nearly all there is in German news.
pub(super) fn wide(c: char) -> WideClass {
    match c {
        // The sign of a character that was lost in conversion stands for a letter, most often ä, ö, ü or ß.
        'ß'..='ö' | 'ø'..='ÿ' | 'ª' | 'µ' | 'º' | '\u{fffd}' => WideClass::Lower,
        'À'..='Ö' | 'Ø'..='Þ' => WideClass::Upper,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '²' | '³' | '¹' => WideClass::Extend,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{1680}' => WideClass::Space,
        '\u{85}' | '\u{2028}' | '\u{2029}' => WideClass::Line,
        '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            WideClass::Nothing
        }
        '¼'..='¾' | '⅐'..='⅞' => WideClass::Fraction,
        // Quotes, dashes, dots and signs of money too: they are not looked for in the tables of Unicode.
        '\u{80}'..='¿' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}' => {
            WideClass::Mark
        }
        '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' => WideClass::Extend,
        '\u{100}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            if c.is_uppercase() {
                WideClass::Upper
            } else {
                WideClass::Lower
            }
        }
        // Greek and Cyrillic put blanks between words, as Latin does; µ is often the Greek letter.
        '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}' | '\u{2126}' | '\u{212a}' | '\u{212b}' => {
            if c.is_uppercase() {
                WideClass::Upper
            } else if c.is_alphabetic() {
                WideClass::Lower
            } else {
                WideClass::Mark
            }
        }
        _ if c.is_alphabetic() => WideClass::Foreign,
        _ if c.is_whitespace() => WideClass::Space,
        _ => WideClass::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_what_unicode_says() {
        for c in ('\u{2010}'..='\u{2027}').chain('\u{2030}'..='\u{205e}').chain('\u{20a0}'..='\u{20bf}') {
            assert!(wide(c) == WideClass::Mark && !c.is_alphabetic() && !c.is_whitespace(), "{c}");
        }
    }
}
