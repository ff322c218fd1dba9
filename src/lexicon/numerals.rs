//! Number words written solid: *dreihundertfünfundzwanzig*, *zweieinhalb*, *neunzehnhundert*.
//!
//! The words are data (`german/numbers.toml`); the grammar of how they join is here. It refuses impossible steps
//! instead of guessing: *zwanzigdrei* is no number.

use crate::model::{Decimal, Grain};
use crate::pack::NumberRole;

/// A piece of a number word.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Piece {
    pub(super) text: Box<[u8]>,
    pub(super) value: i128,
    pub(super) role: NumberRole,
}

/// The pieces, sorted by first byte, longest first.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Numerals {
    /// Inside a word: *ein, zwei, zehn, zwanzig, hundert*.
    pub(super) pieces: Vec<Piece>,
    /// Where the pieces of each first byte begin and end.
    pub(super) by_first: Vec<(u16, u16)>,
    /// Ordinal stems that are not the cardinal with t or st: *erst, dritt, siebt, acht*.
    pub(super) ordinals: Vec<(Box<[u8]>, i128)>,
    /// Whole words with their inflections: *eins, zweier, zwo*.
    pub(super) words: Vec<(Box<[u8]>, Decimal, NumberRole)>,
    /// Where the words of each first byte begin and end.
    pub(super) words_by_first: Vec<(u16, u16)>,
    /// A word that begins with none of these triples of letters is no number word.
    pub(super) gate: Vec<u64>,
    /// Scales inside a word: *millionen, milliarden, million*, with their power.
    pub(super) scales: Vec<(Box<[u8]>, i16)>,
}

/// A number at the beginning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solid {
    /// Its value.
    pub value: Decimal,
    /// How many bytes of the folded word it takes.
    pub len: usize,
    /// The role of the one piece it consists of, if it is one.
    pub role: Option<NumberRole>,
}

/// Reads the beginning of a folded word: the number and how many bytes it takes.
type Reader = fn(&Numerals, &[u8]) -> Option<(i128, usize)>;

/// What a number word is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberWord {
    /// *zwei, zwanzig, hundert*
    Cardinal(Solid),
    /// *dritte, zwanzigster*; with what follows the stem left over for *zweitgrößte*
    Ordinal(Decimal),
    /// *zweitgrößte*: `len` bytes of the key are the ordinal
    Superlative(Decimal, usize),
    /// *Drittel, Zehntel, Hundertstel*: one over
    Part(i128),
    /// *dreimal, zweifach, vervierfacht*
    Times(Decimal),
    /// *34-jährig* without its number: what follows a cardinal in one word
    Suffixed(Decimal, usize, Suffix),
    /// *Milliardenverlust*: `len` bytes of the key are the scale
    ScaleCompound(i16, usize),
    /// *zweistellig*: so many digits
    Digits(i128),
    /// *Hunderttausende, Zehntausende*: a vague amount
    Vague(Decimal),
    /// *Viertelmillion, Dreiviertelmillion*
    Quantity(Decimal),
}

/// What a cardinal can carry in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    /// *-jährig*
    Years,
    /// *-monatig, -wöchig, -tägig, -stündig …*
    Lasting(Grain),
    /// *-prozentig*
    Percent,
    /// *-er*: *Neunziger*
    Decade,
}

impl Numerals {
    /// Whether a word, folded or in ASCII of any case, may be a number word: its first three letters decide.
    pub fn may_begin(&self, key: &[u8]) -> bool {
        let Some(bit) = gate_bit(key) else {
            return false;
        };
        self.gate.get(bit / 64).is_some_and(|w| w >> (bit % 64) & 1 == 1)
    }

    /// What the folded word is, if it is a number word.
    pub fn word(&self, key: &[u8]) -> Option<NumberWord> {
        if !self.may_begin(key) {
            return None;
        }
        let (from, to) = self.words_by_first[usize::from(key[0])];
        let words = &self.words[usize::from(from)..usize::from(to)];
        if let Some((_, value, role)) = words.iter().find(|(w, ..)| **w == *key) {
            return Some(NumberWord::Cardinal(Solid { value: *value, len: key.len(), role: Some(*role) }));
        }
        if let Some(rest) = key.strip_prefix(b"ver") {
            return self.multiplied(rest);
        }
        if let Some(w) = self.quarters_of_scale(key) {
            return Some(w);
        }
        if let Some((scale, power)) = self.scales.iter().find(|(s, _)| key.starts_with(s)) {
            return scale_word(&key[scale.len()..], scale.len(), *power);
        }
        // The longer number decides: "achtundzwanzigste" is no "acht" with something behind it.
        let solid = self.solid(key);
        let stem = self.ordinals.iter().find(|(s, _)| key.starts_with(s));
        match (stem, solid) {
            (Some((stem, value)), solid) if solid.is_none_or(|s| s.len <= stem.len()) => {
                self.after_ordinal(key, stem.len(), *value).or_else(|| self.after_cardinal(key, solid?))
            }
            (_, solid) => self.after_cardinal(key, solid?),
        }
    }

    /// *vervierfacht, verdreifachen, Verzehnfachung*: the part after *ver*.
    fn multiplied(&self, rest: &[u8]) -> Option<NumberWord> {
        let solid = self.solid(rest)?;
        let tail = rest[solid.len..].strip_prefix(b"fach")?;
        let known = [&b"t"[..], b"te", b"ten", b"tes", b"ter", b"en", b"e", b"ung", b"ungen", b"et"];
        known.contains(&tail).then_some(NumberWord::Times(solid.value))
    }

    /// *Viertelmillion, Dreiviertelmillion, Viertelmilliarde*
    fn quarters_of_scale(&self, key: &[u8]) -> Option<NumberWord> {
        let (quarters, rest) = if let Some(rest) = key.strip_prefix(b"dreiviertel") {
            (75, rest)
        } else {
            (25, key.strip_prefix(b"viertel")?)
        };
        let (_, power) = self.scales.iter().find(|(s, _)| rest == &**s)?;
        Some(NumberWord::Quantity(Decimal::new(quarters, -2).scaled(*power)))
    }

    /// What follows an ordinal's stem.
    fn after_ordinal(&self, key: &[u8], at: usize, value: i128) -> Option<NumberWord> {
        let tail = &key[at..];
        match tail {
            b"e" | b"er" | b"en" | b"es" | b"em" => Some(NumberWord::Ordinal(Decimal::from_int(value))),
            b"el" | b"eln" | b"els" if value > 2 => Some(NumberWord::Part(value)),
            b"mals" => None,
            _ if superlative(tail) => Some(NumberWord::Superlative(Decimal::from_int(value), at)),
            _ => None,
        }
    }

    fn after_cardinal(&self, key: &[u8], solid: Solid) -> Option<NumberWord> {
        let tail = &key[solid.len..];
        let n = solid.value;
        if tail.is_empty() {
            return Some(NumberWord::Cardinal(solid));
        }
        match tail {
            b"mal" | b"male" | b"malig" | b"malige" | b"maligen" | b"maliger" | b"maliges" | b"maligem" => {
                return (n != Decimal::from_int(1)).then_some(NumberWord::Times(n));
            }
            b"fach" | b"fache" | b"fachen" | b"facher" | b"faches" | b"fachem" => {
                // "einfach" is an everyday word.
                return (n != Decimal::from_int(1)).then_some(NumberWord::Times(n));
            }
            // hundertachte: acht takes no t
            b"e" | b"er" | b"en" | b"es" | b"em" if key[..solid.len].ends_with(b"acht") => {
                return Some(NumberWord::Ordinal(n));
            }
            b"er" | b"ern" => return Some(NumberWord::Suffixed(n, solid.len, Suffix::Decade)),
            b"stellig" | b"stellige" | b"stelligen" | b"stelliger" | b"stelliges" | b"stelligem" => {
                return n.to_int().map(NumberWord::Digits);
            }
            _ => {}
        }
        if let Some(suffix) = suffix(tail) {
            return Some(NumberWord::Suffixed(n, solid.len, suffix));
        }
        // Zehntausende, Hunderttausenden: round, and in the plural of a noun.
        let last = key[..solid.len].ends_with(b"tausend") || key[..solid.len].ends_with(b"hundert");
        if last && matches!(tail, b"e" | b"en" | b"er") {
            return Some(NumberWord::Vague(n));
        }
        // Ordinals and parts: vierte, zwanzigste; Fünftel, Zwanzigstel.
        let whole = n.to_int()?;
        // hunderterste, tausendunddritte
        if whole % 100 == 0 {
            let rest = tail.strip_prefix(b"und").unwrap_or(tail);
            if let Some((stem, value)) = self.ordinals.iter().find(|(s, _)| rest.starts_with(s)) {
                return self.after_ordinal(key, key.len() - rest.len() + stem.len(), whole + value);
            }
        }
        let small = whole % 100 >= 1 && whole % 100 <= 19;
        let tail = tail.strip_prefix(if small { &b"t"[..] } else { b"st" })?;
        self.after_ordinal(key, key.len() - tail.len(), whole)
    }

    /// The longest number that the key begins with, below a million.
    pub fn solid(&self, key: &[u8]) -> Option<Solid> {
        let first = self.piece(key)?;
        if first.role == NumberRole::Half {
            return Some(self.round_half(key, Decimal::new(15, -1), first.text.len(), Some(NumberRole::Half)));
        }
        if first.role == NumberRole::Zero {
            return Some(Solid { value: Decimal::from_int(0), len: first.text.len(), role: Some(NumberRole::Zero) });
        }
        let (mut value, mut len) = self.below_thousand(key)?;
        if let Some(p) = self.piece(&key[len..]).filter(|p| p.role == NumberRole::Thousand && value > 0) {
            value *= 1000;
            len += p.text.len();
            if let Some((rest, n)) = self.joined(&key[len..], Self::below_thousand) {
                value += rest;
                len += n;
            }
        } else if first.role == NumberRole::Thousand {
            (value, len) = (1000, first.text.len());
            if let Some((rest, n)) = self.joined(&key[len..], Self::below_thousand) {
                value += rest;
                len += n;
            }
        }
        if value == 0 {
            return None;
        }
        let mut number = Decimal::from_int(value);
        // zweieinhalb, hundertfünfeinhalb; eineinhalb is ein + einhalb.
        if let Some(n) = half_tail(&key[len..]) {
            number = number.checked_add(Decimal::new(5, -1))?;
            return Some(self.round_half(key, number, len + n, None));
        }
        let role = (first.text.len() == len).then_some(first.role);
        Some(Solid { value: number, len, role })
    }

    /// *anderthalbtausend, zweieinhalbtausend*
    fn round_half(&self, key: &[u8], value: Decimal, len: usize, role: Option<NumberRole>) -> Solid {
        match self.piece(&key[len..]) {
            Some(p) if p.role == NumberRole::Thousand => {
                Solid { value: value.scaled(3), len: len + p.text.len(), role: None }
            }
            Some(p) if p.role == NumberRole::Hundred => {
                Solid { value: value.scaled(2), len: len + p.text.len(), role: None }
            }
            _ => Solid { value, len, role },
        }
    }

    /// What follows, perhaps joined by *und*: hundert(und)eins.
    fn joined(&self, key: &[u8], read: Reader) -> Option<(i128, usize)> {
        if let Some(found) = read(self, key).filter(|(v, _)| *v > 0) {
            return Some(found);
        }
        let rest = key.strip_prefix(b"und")?;
        read(self, rest).filter(|(v, _)| *v > 0).map(|(v, n)| (v, n + 3))
    }

    fn below_thousand(&self, key: &[u8]) -> Option<(i128, usize)> {
        let (mut value, mut len) = match self.below_hundred(key) {
            Some(found) => found,
            None if self.piece(key)?.role == NumberRole::Hundred => (1, 0),
            None => return Some((0, 0)),
        };
        // neunzehnhundert counts in hundreds, zwanzighundert does not.
        if let Some(p) = self.piece(&key[len..]).filter(|p| p.role == NumberRole::Hundred && value < 20) {
            value *= 100;
            len += p.text.len();
            if let Some((rest, n)) = self.joined(&key[len..], Self::below_hundred) {
                value += rest;
                len += n;
            }
        }
        Some((value, len))
    }

    fn below_hundred(&self, key: &[u8]) -> Option<(i128, usize)> {
        let p = self.piece(key)?;
        let len = p.text.len();
        match p.role {
            NumberRole::Ten | NumberRole::Teen => Some((p.value, len)),
            NumberRole::Unit => {
                // einundzwanzig; but zweieinhalb leaves its half to the caller.
                if let Some(rest) = key[len..].strip_prefix(b"und")
                    && let Some(ten) = self.piece(rest).filter(|t| t.role == NumberRole::Ten)
                {
                    return Some((p.value + ten.value, len + 3 + ten.text.len()));
                }
                // einhalb is no one.
                if half_tail(key) == Some(len + 4) && p.value == 1 && key[len..].starts_with(b"halb") {
                    return None;
                }
                Some((p.value, len))
            }
            _ => None,
        }
    }

    fn piece(&self, key: &[u8]) -> Option<&Piece> {
        let first = usize::from(*key.first()?);
        let (from, to) = *self.by_first.get(first)?;
        // "eins" and "eine" end a word: "einstellig" is one digit.
        let ends = |p: &&Piece| {
            p.role != NumberRole::Unit || !matches!(&*p.text, b"eins" | b"eine") || p.text.len() == key.len()
        };
        self.pieces[usize::from(from)..usize::from(to)].iter().filter(ends).find(|p| key.starts_with(&p.text))
    }
}

/// The place of a word's first three letters in the gate.
pub(super) fn gate_bit(key: &[u8]) -> Option<usize> {
    let mut bit = 0;
    for b in key.first_chunk::<3>()? {
        let letter = (b | 0x20).wrapping_sub(b'a');
        if letter >= 26 {
            return None;
        }
        bit = bit * 26 + usize::from(letter);
    }
    Some(bit)
}

fn half_tail(key: &[u8]) -> Option<usize> {
    key.starts_with(b"einhalb").then_some(7)
}

/// What may follow a scale in one word: nothing of an own number word, but any noun: *Milliarden|verlust*.
fn scale_word(tail: &[u8], len: usize, power: i16) -> Option<NumberWord> {
    match tail {
        b"stel" | b"steln" | b"stels" => Some(NumberWord::Part(10i128.pow(u32::try_from(power).ok()?))),
        b"ste" | b"sten" | b"ster" | b"stes" | b"stem" => Some(NumberWord::Ordinal(Decimal::from_int(1).scaled(power))),
        // Millionär, Milliardär and what is made of them; millionenfach, Millionenstadt are words of their own.
        b"aer" | b"aere" | b"aeren" | b"aers" | b"aerin" | b"aerinnen" | b"fach" | b"fache" | b"fachen" => None,
        _ if tail.len() < 3
            || tail.starts_with(b"aer")
            || tail.starts_with(b"stadt")
            || tail.starts_with(b"metropole") =>
        {
            None
        }
        _ => Some(NumberWord::ScaleCompound(power, len)),
    }
}

/// *größte, höchste, beste, meisten, letzter*: what an ordinal can stand before in one word.
fn superlative(tail: &[u8]) -> bool {
    let stem = [&b"e"[..], b"en", b"er", b"es", b"em"].iter().find_map(|e| tail.strip_suffix(*e));
    let Some(stem) = stem else { return false };
    stem.len() >= 4 && (stem.ends_with(b"st") || stem.ends_with(b"sst") || stem == b"letzt") && stem != b"platziert"
}

fn suffix(tail: &[u8]) -> Option<Suffix> {
    let stem = [&b"en"[..], b"er", b"es", b"em", b"e", b""].iter().find_map(|e| {
        let stem = tail.strip_suffix(*e)?;
        stem.ends_with(b"ig").then_some(stem)
    })?;
    Some(match stem {
        b"jaehrig" => Suffix::Years,
        b"prozentig" => Suffix::Percent,
        b"monatig" => Suffix::Lasting(Grain::Month),
        b"woechig" => Suffix::Lasting(Grain::Week),
        b"taegig" => Suffix::Lasting(Grain::Day),
        b"stuendig" => Suffix::Lasting(Grain::Hour),
        b"minuetig" => Suffix::Lasting(Grain::Minute),
        b"sekuendig" => Suffix::Lasting(Grain::Second),
        _ => return None,
    })
}
