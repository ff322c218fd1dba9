//! What names a fact and tells it from others: its id, its key, the earlier fact that it repeats.

use super::name::{Digits, Name};
use super::offsets::Index;
use super::plain;
use super::statement::{Statement, statements};
use crate::lexicon::{Lexicon, fold};
use crate::model::{Amount, Analysis, Direction, EntityType, Per, Quantity};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::fmt::Write as _;

/// What firms carry at the end of their names, folded, each behind its longer kin.
const LEGAL_FORMS: &[&str] = &[
    "& co. kgaa",
    "& co. ohg",
    "& co. kg",
    "& co.kg",
    "& co kgaa",
    "& co ohg",
    "& co kg",
    "kgaa",
    "ohg",
    "kg",
    "gesmbh",
    "ges.m.b.h.",
    "ggmbh",
    "gmbh",
    "mbh",
    "ag",
    "se",
    "ug",
    "gbr",
    "eg",
    "e.v.",
    "e. v.",
    "vvag",
    "incorporated",
    "inc.",
    "inc",
    "corporation",
    "corp.",
    "corp",
    "limited",
    "ltd.",
    "ltd",
    "llc",
    "plc",
    "s.p.a.",
    "spa",
    "s.a.",
    "sa",
    "n.v.",
    "nv",
    "b.v.",
    "bv",
    "ab",
    "asa",
    "oyj",
];

/// The code point at which the fact's number starts, which of the facts on it is meant, and which of those that follow
/// from it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct FactId {
    at: usize,
    nth: u32,
    derived: u32,
}

impl FactId {
    /// `f74`; a further one on the same number `f74.2`; what follows from it `f74.d1`.
    pub(super) fn name(self) -> Name {
        match (self.nth, self.derived) {
            (1, 0) => Name::id('f', self.at),
            (nth, 0) => Name::of(format_args!("f{}.{nth}", self.at)),
            (1, derived) => Name::of(format_args!("f{}.d{derived}", self.at)),
            (nth, derived) => Name::of(format_args!("f{}.{nth}.d{derived}", self.at)),
        }
    }
}

/// What a fact is known by.
#[derive(Copy, Clone, Debug)]
pub(super) struct Identity {
    /// Its id in the document.
    pub(super) id: FactId,
    /// The same for the same statement in another document.
    pub(super) key: u64,
    /// The first fact of the document with this key, where that is another.
    pub(super) repeat_of: Option<FactId>,
}

/// The identities of the statements of a document, in their order.
pub(super) fn identities(text: &str, lexicon: &Lexicon, analysis: &Analysis, chars: &Index<'_>) -> Vec<Identity> {
    let state = FixedState::default();
    let mut ids: HashMap<u32, u32, _> = HashMap::with_hasher(state.clone());
    let mut firsts: HashMap<u64, FactId, _> = HashMap::with_hasher(state);
    let mut buffer = Vec::new();
    let mut last = FactId { at: 0, nth: 0, derived: 0 };
    let of = |s: Statement<'_>| {
        let id = if s.derived {
            FactId { derived: last.derived + 1, ..last }
        } else {
            // What has no number is named by its sentence.
            let at = s.number().map_or(s.fact.span.start, |q| q.span.start);
            let nth = ids.entry(at).and_modify(|n| *n += 1).or_insert(1);
            FactId { at: chars.at(at as usize), nth: *nth, derived: 0 }
        };
        last = id;
        let key = fact_key(&s, text, lexicon, analysis, &mut buffer);
        let first = *firsts.entry(key).or_insert(id);
        Identity { id, key, repeat_of: (first != id).then_some(first) }
    };
    statements(analysis).map(of).collect()
}

/// What tells statements apart, in whatever document they stand.
fn fact_key(s: &Statement<'_>, text: &str, lexicon: &Lexicon, analysis: &Analysis, buffer: &mut Vec<u8>) -> u64 {
    let f = s.fact;
    let mut hash = Fnv::default();
    if let Some(subject) = &f.subject {
        let kind = subject.entity.map(|e| analysis.entities[e as usize].kind);
        hash.text(name_key(&subject.name, kind, buffer));
    }
    hash.next();
    hash.text(match &f.metric.concept {
        Some(concept) => concept,
        None => folded(&f.metric.lemma, buffer),
    });
    hash.next();
    if let Some(q) = s.value {
        hash.amount(q.amount);
    }
    hash.next();
    if let Some(q) = s.value {
        hash.unit(q, text, lexicon);
    }
    hash.next();
    hash.text(s.period.map_or("", |p| p.value.as_str()));
    hash.next();
    hash.text(s.direction.map_or("", Direction::name));
    for q in [s.by.map(|q| magnitude(*q)), s.from.copied()] {
        hash.next();
        if let Some(q) = q {
            hash.amount(q.amount);
            hash.text(" ");
            hash.unit(&q, text, lexicon);
        }
    }
    hash.next();
    hash.text(s.versus.map_or("", |t| t.as_str()));
    for scope in &f.scope {
        hash.next();
        hash.text(scope.role.name());
        hash.text(" ");
        hash.text(folded(scope.span.of(text), buffer));
    }
    hash.0
}

/// A difference without its sign: *ein Minus von 5 Prozent* and *minus 5 Prozent* went down by 5.
pub(super) fn magnitude(mut q: Quantity) -> Quantity {
    q.amount = match q.amount {
        Amount::Value(v) if v.is_negative() => Amount::Value(v.negated()),
        Amount::Range { low, high: None } if low.is_negative() => Amount::Range { low: low.negated(), high: None },
        // The end nearer to zero is the lower one now.
        Amount::Range { low, high: Some(high) } if low.is_negative() && high.parts().0 <= 0 => {
            Amount::Range { low: high.negated(), high: Some(low.negated()) }
        }
        Amount::Ratio { num, den } => Amount::Ratio { num: num.saturating_abs(), den },
        amount => amount,
    };
    q
}

fn folded<'b>(text: &str, buffer: &'b mut Vec<u8>) -> &'b str {
    fold(&plain(text), buffer, usize::MAX);
    // Folding writes whole characters.
    std::str::from_utf8(buffer).unwrap_or_default()
}

/// A name as it joins across documents: folded, that of an organisation without its legal form.
pub(super) fn name_key<'b>(name: &str, kind: Option<EntityType>, buffer: &'b mut Vec<u8>) -> &'b str {
    let mut key = folded(name, buffer);
    // *iPhone SE* is no European company.
    if kind != Some(EntityType::Organization) {
        return key;
    }
    // One form may follow another: *GmbH & Co. KG*.
    let bare = |key: &'b str| {
        // Most names have no blank that a form could stand behind.
        key.contains(' ').then(|| LEGAL_FORMS.iter().find_map(|form| without_form(key, form))).flatten()
    };
    while let Some(rest) = bare(key) {
        key = rest;
    }
    key
}

/// The name before this form; none where it has another end or nothing before it.
fn without_form<'b>(key: &'b str, form: &str) -> Option<&'b str> {
    if key.as_bytes().last() != form.as_bytes().last() {
        return None;
    }
    let rest = key.strip_suffix(form)?.strip_suffix(' ')?.trim_end_matches([' ', ',']);
    Some(rest).filter(|rest| !rest.is_empty())
}

/// 64 bits of FNV-1a: the same in every version and on every machine.
pub(super) struct Fnv(pub(super) u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.text(text);
        Ok(())
    }
}

impl Fnv {
    pub(super) fn text(&mut self, text: &str) {
        for b in text.bytes() {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
        }
    }

    /// Between two fields.
    fn next(&mut self) {
        self.text("\u{1f}");
    }

    fn amount(&mut self, amount: Amount) {
        // Hashing cannot fail.
        let _ = match amount {
            Amount::Value(v) => match v.to_int().and_then(|n| usize::try_from(n).ok()) {
                // Most are whole.
                Some(n) => self.write_str(Digits::of(n).as_str()),
                None => write!(self, "{v}"),
            },
            Amount::Range { low, high: Some(high) } => write!(self, "{low}..{high}"),
            Amount::Range { low, high: None } => write!(self, "{low}.."),
            Amount::Ratio { num, den } => write!(self, "{num}/{den}"),
            Amount::Score(a, b) => write!(self, "{a}:{b}"),
        };
    }

    /// The unit; that of a rate with what it is taken over: five euros a kilo are not five euros a litre.
    fn unit(&mut self, q: &Quantity, text: &str, lexicon: &Lexicon) {
        self.text(q.unit.map_or("", |u| &lexicon.unit(u).code));
        if let Some(per) = q.per {
            self.text("/");
            match per {
                Per::Unit(u) => self.text(&lexicon.unit(u).code),
                Per::Noun(span) => self.text(&plain(span.of(text))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_names() {
        let mut buffer = Vec::new();
        for (name, key) in [
            ("Süß AG", "suess"),
            ("Henkel AG & Co. KGaA", "henkel"),
            ("Müller GmbH & Co. KG", "mueller"),
            ("Apple, Inc.", "apple"),
            ("Merck & Co.", "merck & co."),
            ("Merck & Co., Inc.", "merck & co."),
            ("Merck KGaA", "merck"),
            ("LVMH S.A.", "lvmh"),
            ("Salzgitter Holding AG", "salzgitter holding"),
            ("AG", "ag"),
            ("Prag", "prag"),
            ("ADAC e. V.", "adac"),
        ] {
            assert_eq!(name_key(name, Some(EntityType::Organization), &mut buffer), key);
        }
        assert_eq!(name_key("iPhone SE", Some(EntityType::Product), &mut buffer), "iphone se");
        // Each is reached: none hides behind a shorter one.
        for form in LEGAL_FORMS {
            assert_eq!(name_key(&format!("Foo {form}"), Some(EntityType::Organization), &mut buffer), "foo", "{form}");
        }
    }
}
