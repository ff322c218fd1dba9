//! Records as JSON lines: one document record, then its mentions by start, then its facts.

use super::name::{Digits, Name};
use super::offsets::{Counter, Index, Unit, length};
use super::{SCHEMA_VERSION, conflict, fact, plain};
use crate::lexicon::Lexicon;
use crate::model::{
    Amount, Analysis, Approx, Conflict, Decimal, Document, Entity, Modifier, Per, PubStatus, Quantity, Refused, Span,
    Thing, Time, TimeType,
};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use std::io::Write as _;

/// What is written and how.
#[derive(Copy, Clone, Debug)]
pub struct Options {
    /// What offsets count.
    pub offsets: Unit,
    /// With the rule of each mention.
    pub explain: bool,
    /// Document records.
    pub documents: bool,
    /// Quantities.
    pub quantities: bool,
    /// Times.
    pub times: bool,
    /// Names.
    pub entities: bool,
    /// Facts.
    pub facts: bool,
    /// Refused numerals.
    pub refused: bool,
    /// What cannot all hold.
    pub conflicts: bool,
    /// Numbers as strings, for readers that have only floats.
    pub numbers_as_strings: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            offsets: Unit::Chars,
            explain: false,
            documents: true,
            quantities: true,
            times: true,
            entities: true,
            facts: true,
            refused: false,
            conflicts: false,
            numbers_as_strings: false,
        }
    }
}

/// Appends the records of one document to `out`.
///
/// ```
/// use kennzahl::{Extractor, emit, model::Document};
/// let x = Extractor::new().without_facts();
/// let doc = Document { id: "a".into(), text: "Das kostet 5 Euro.".into(), ..Document::default() };
/// let mut out = Vec::new();
/// emit::write_document(&doc, &x.worker().analyse(&doc.text), x.lexicon(), emit::Options::default(), &mut out);
/// assert_eq!(
///     String::from_utf8(out).unwrap(),
///     concat!(
///         r#"{"kind":"document","doc":"a","text_sha256":"4cf227869fd877584c8186b5f1c1e4ba7541fbee1c74e7a32b7b7f1d51fd4f7b","#,
///         r#""chars":18,"sentences":1,"schema_version":"1.0"}"#, "\n",
///         r#"{"kind":"quantity","doc":"a","id":"q11","sentence":0,"start":11,"end":17,"text":"5 Euro","type":"money","#,
///         r#""value":5,"unit":"EUR","lower":5,"upper":5}"#, "\n",
///     )
/// );
/// ```
pub fn write_document(doc: &Document, analysis: &Analysis, lexicon: &Lexicon, options: Options, out: &mut Vec<u8>) {
    let mut id = Vec::new();
    json_string(&doc.id, &mut id);
    let head = |kind: &str, letter: char| {
        let mut head = Vec::with_capacity(id.len() + 40);
        head.extend_from_slice(b"{\"kind\":\"");
        head.extend_from_slice(kind.as_bytes());
        head.extend_from_slice(b"\",\"doc\":");
        head.extend_from_slice(&id);
        head.extend_from_slice(b",\"id\":\"");
        head.push(letter as u8);
        head
    };
    let heads = [
        head("quantity", 'q'),
        head("time", 't'),
        head("refused", 'r'),
        head("conflict", 'c'),
        head("entity", 'e'),
        head("fact", 'f'),
    ];
    let mut w = Writer { doc, lexicon, options, out, id, heads };
    if options.documents {
        w.document(analysis);
    }
    let text = doc.text.as_str();
    let mut chars = Counter::new(text, Unit::Chars);
    let mut offsets = Counter::new(text, options.offsets);
    // All lists are in text order: the one that comes first is written next.
    let mut quantities = analysis.quantities.iter().filter(|_| options.quantities).peekable();
    let mut times = analysis.times.iter().filter(|_| options.times).peekable();
    let mut refused = analysis.refused.iter().filter(|_| options.refused).peekable();
    let mut entities = analysis.entities.iter().filter(|_| options.entities).peekable();
    let conflicts = options.conflicts && !analysis.conflicts.is_empty();
    let between =
        if conflicts { conflict::ids(text, lexicon, analysis, &Index::new(text, Unit::Chars)) } else { Vec::new() };
    let mut conflicts = analysis.conflicts.iter().zip(&between).peekable();
    loop {
        let starts = [
            quantities.peek().map(|q| q.span.start),
            times.peek().map(|t| t.written.span.start),
            refused.peek().map(|r| r.span.start),
            conflicts.peek().map(|(c, _)| c.span.start),
            entities.peek().map(|e| e.span.start),
        ];
        let Some((_, next)) = (0..starts.len()).filter_map(|k| Some((starts[k]?, k))).min() else { break };
        match next {
            0 => drop(quantities.next().map(|q| {
                w.head(0, q.span, q.sentence, &mut chars, &mut offsets);
                w.quantity(q);
            })),
            1 => drop(times.next().map(|t| {
                w.head(1, t.written.span, t.written.sentence, &mut chars, &mut offsets);
                w.time(t);
            })),
            2 => drop(refused.next().map(|r| {
                w.head(2, r.span, r.sentence, &mut chars, &mut offsets);
                w.refused(r);
            })),
            4 => drop(entities.next().map(|e| {
                let of = e.of.map(|start| chars.at(start as usize));
                w.head(4, e.span, e.sentence, &mut chars, &mut offsets);
                w.entity(e, &analysis.things[e.thing as usize], of);
            })),
            _ => drop(conflicts.next().map(|(c, ids)| {
                w.head(3, c.span, c.sentence, &mut chars, &mut offsets);
                w.conflict(c, ids);
            })),
        }
    }
    if options.facts {
        fact::write(&mut w, analysis);
    }
}

pub(super) struct Writer<'a> {
    pub(super) doc: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) options: Options,
    pub(super) out: &'a mut Vec<u8>,
    /// The document's id as JSON.
    id: Vec<u8>,
    /// What the records of each kind begin with, up to the number of their id.
    heads: [Vec<u8>; 6],
}

impl Writer<'_> {
    /// Inlined, as those below, so that keys of known length are no calls.
    #[inline(always)]
    pub(super) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// `,"key":`, without the comma at the beginning of an object; keys have 28 bytes at most.
    #[inline(always)]
    pub(super) fn key(&mut self, key: &str) {
        // Put together first, so that a key of known length is one copy.
        let mut whole = [0; 32];
        let (begin, end) = (2, 2 + key.len());
        let Some(room) = whole.get_mut(begin..end + 2) else { unreachable!("a key of a record: {key}") };
        room[..key.len()].copy_from_slice(key.as_bytes());
        room[key.len()..].copy_from_slice(b"\":");
        whole[..begin].copy_from_slice(b",\"");
        // The brace of an object takes the place of the comma.
        if self.out.last() == Some(&b'{') {
            self.out.pop();
            whole[0] = b'{';
        }
        self.out.extend_from_slice(&whole[..end + 2]);
    }

    /// `,"key":"value"`
    #[inline(always)]
    pub(super) fn field(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text(value);
    }

    /// A string by itself.
    pub(super) fn text(&mut self, value: &str) {
        json_string(value, self.out);
    }

    /// The same for a value of letters, figures and signs that JSON writes as they are.
    #[inline(always)]
    pub(super) fn name(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push(b'"');
        self.raw(value);
        self.out.push(b'"');
    }

    #[inline(always)]
    pub(super) fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(key, value);
        }
    }

    /// `,"key":12.5`
    fn number(&mut self, key: &str, value: Decimal) {
        self.key(key);
        // Writing to a vector cannot fail.
        match value.to_int().and_then(|n| usize::try_from(n).ok()) {
            Some(n) if !self.options.numbers_as_strings => self.int(n),
            _ => {
                let quote = if self.options.numbers_as_strings { "\"" } else { "" };
                let _ = write!(self.out, "{quote}{value}{quote}");
            }
        }
    }

    fn document(&mut self, analysis: &Analysis) {
        let (doc, sentences) = (self.doc, analysis.sentences);
        self.raw("{\"kind\":\"document\",\"doc\":");
        self.out.extend_from_slice(&self.id);
        match analysis.head.filter(|_| doc.published.is_none()) {
            Some((moment, timed)) => {
                self.raw(",\"published\":\"");
                self.moment(moment, timed);
                self.raw("\"");
            }
            None => self.optional("published", doc.published.as_deref()),
        }
        self.optional("title", doc.title.as_deref());
        self.optional("source", doc.source.as_deref());
        self.optional("lang", doc.lang.as_deref());
        self.optional("encoding", doc.encoding);
        self.optional("version", doc.version.as_deref());
        let from_head = analysis.head.filter(|_| doc.published.is_none()).map(|_| "head");
        self.optional("published_from", doc.published_from.or(from_head));
        self.optional("status", doc.status.map(PubStatus::name));
        self.name("text_sha256", sha256(&doc.text).as_str());
        self.key("chars");
        self.int(length(&doc.text, Unit::Chars));
        self.key("sentences");
        self.int(sentences as usize);
        self.name("schema_version", SCHEMA_VERSION);
        if let Some(carried) = &doc.carried {
            self.key("carried");
            self.raw(carried);
        }
        self.raw("}\n");
    }

    /// A whole number, without the machinery of formatting.
    pub(super) fn int(&mut self, n: usize) {
        // Most are small.
        let pair = |n: usize| [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        match n {
            0..10 => self.out.push(b'0' + n as u8),
            10..100 => self.out.extend_from_slice(&pair(n)),
            100..10_000 => {
                let ([a, b], [c, d]) = (pair(n / 100), pair(n % 100));
                match n {
                    100..1000 => self.out.extend_from_slice(&[b, c, d]),
                    _ => self.out.extend_from_slice(&[a, b, c, d]),
                }
            }
            _ => self.out.extend_from_slice(Digits::of(n).as_bytes()),
        }
    }

    fn head(&mut self, kind: usize, span: Span, sentence: u32, chars: &mut Counter<'_>, offsets: &mut Counter<'_>) {
        let id = chars.at(span.start as usize);
        let (start, end) = match self.options.offsets {
            Unit::Chars => (id, chars.at(span.end as usize)),
            _ => (offsets.at(span.start as usize), offsets.at(span.end as usize)),
        };
        self.begin(kind);
        self.int(id);
        self.place(sentence, start, end, span);
    }

    /// A record up to the letter of its id.
    pub(super) fn begin(&mut self, kind: usize) {
        self.out.extend_from_slice(&self.heads[kind]);
    }

    /// From the end of the id to the text.
    pub(super) fn place(&mut self, sentence: u32, start: usize, end: usize, span: Span) {
        self.raw("\",\"sentence\":");
        self.int(sentence as usize);
        self.raw(",\"start\":");
        self.int(start);
        self.raw(",\"end\":");
        self.int(end);
        self.field("text", span.of(&self.doc.text));
    }

    /// `2026-01-28`, or `2026-01-28T22:17`; the digits one by one, without the machinery of formatting.
    fn moment(&mut self, at: DateTime, timed: bool) {
        let date = at.date();
        let digit = |n: u16| b'0' + (n % 10) as u8;
        let two = |n: i8| [digit(u16::from(n.unsigned_abs()) / 10), digit(n.unsigned_abs().into())];
        let year = date.year().unsigned_abs();
        let ([m, n], [d, e]) = (two(date.month()), two(date.day()));
        let year = [digit(year / 1000), digit(year / 100), digit(year / 10), digit(year)];
        self.out.extend_from_slice(&[year[0], year[1], year[2], year[3], b'-', m, n, b'-', d, e]);
        if timed {
            let ([h, i], [m, n]) = (two(at.hour()), two(at.minute()));
            self.out.extend_from_slice(&[b'T', h, i, b':', m, n]);
        }
    }

    fn time(&mut self, t: &Time) {
        self.name("type", t.kind.name());
        self.field("value", t.value.as_str());
        self.optional("mod", t.written.modifier.map(Modifier::name));
        if let Some(interval) = t.interval {
            self.interval(interval, t.kind == TimeType::Time);
        }
        self.end(t.written.rule);
    }

    /// Clock times have an interval of minutes, all others of days.
    pub(super) fn interval(&mut self, (from, until): (DateTime, DateTime), clock: bool) {
        let timed = clock && until.duration_since(from).as_hours() < 24;
        for (key, at) in [(",\"from\":\"", from), (",\"until\":\"", until)] {
            self.raw(key);
            self.moment(at, timed);
            self.raw("\"");
        }
    }

    fn entity(&mut self, e: &Entity, thing: &Thing, of: Option<usize>) {
        self.name("type", e.kind.name());
        self.field("name", &thing.name);
        self.raw(",\"coref\":");
        self.int(e.thing as usize + 1);
        self.optional("subtype", thing.subtype.as_deref());
        self.optional("link", thing.link.as_deref());
        if let Some(role) = e.role {
            self.field("role", &plain(role.of(&self.doc.text)));
        }
        if let Some(of) = of {
            self.raw(",\"of\":\"e");
            self.int(of);
            self.raw("\"");
        }
        self.end(e.rule);
    }

    fn conflict(&mut self, c: &Conflict, ids: &[Name]) {
        self.key("ids");
        for (n, id) in ids.iter().enumerate() {
            self.raw(if n == 0 { "[\"" } else { ",\"" });
            self.raw(id.as_str());
            self.raw("\"");
        }
        self.raw("]");
        self.field("expected", &c.expected);
        self.field("with", c.with.name());
        self.raw("}\n");
    }

    fn quantity(&mut self, q: &Quantity) {
        self.measure(q, true);
        if q.assumed {
            self.field("assumed", "usd");
        }
        self.end(q.rule);
    }

    /// What a quantity says; its words only where the record is of the mention itself.
    pub(super) fn measure(&mut self, q: &Quantity, words: bool) {
        let text = self.doc.text.as_str();
        self.name("type", q.kind.name());
        match q.amount {
            Amount::Value(v) => self.number("value", v),
            Amount::Range { low, high } => {
                self.number("low", low);
                if let Some(high) = high {
                    self.number("high", high);
                }
            }
            Amount::Ratio { num, den } => self.field("ratio", &format!("{num}/{den}")),
            Amount::Score(a, b) => self.field("ratio", &format!("{a}:{b}")),
        }
        self.optional("unit", q.unit.map(|u| &*self.lexicon.unit(u).code));
        self.optional("approx", q.approx.map(Approx::name));
        self.optional("hedge", q.hedge.filter(|_| words).map(|h| h.of(text)));
        match q.per {
            Some(Per::Unit(id)) => self.field("per", &self.lexicon.unit(id).code),
            Some(Per::Noun(span)) => self.field("per", &plain(span.of(text))),
            None => {}
        }
        if let Some(noun) = q.noun.filter(|_| words) {
            self.field("noun", &plain(noun.of(text)));
        }
        let (lower, upper) = bounds(q);
        if let Some(lower) = lower {
            self.number("lower", lower);
        }
        if let Some(upper) = upper {
            self.number("upper", upper);
        }
    }

    fn refused(&mut self, r: &Refused) {
        self.field("reason", r.reason.name());
        self.end(r.rule);
    }

    pub(super) fn end(&mut self, rule: &str) {
        if self.options.explain {
            self.field("rule", rule);
        }
        self.raw("}\n");
    }
}

/// The bounds that hold whatever the hedge leaves open.
pub(super) fn bounds(q: &Quantity) -> (Option<Decimal>, Option<Decimal>) {
    let (low, high) = match q.amount {
        Amount::Value(v) => (Some(v), Some(v)),
        Amount::Range { low, high } => (Some(low), high),
        Amount::Ratio { .. } | Amount::Score(..) => return (None, None),
    };
    match q.approx {
        None | Some(Approx::Vague) => (low, high),
        Some(Approx::About) => (None, None),
        Some(Approx::JustAbove | Approx::Above | Approx::AtLeast) => (low, None),
        Some(Approx::JustBelow | Approx::Below | Approx::AtMost) => (None, high),
    }
}

/// About so many bytes the records take: facts with their sentences, which may be long.
pub(crate) fn size_of(a: &Analysis) -> u64 {
    const RECORD: usize = 300;
    let mentions = a.quantities.len() + a.times.len() + a.entities.len() + a.refused.len() + a.conflicts.len();
    let derived = a.derived.iter().filter_map(|d| a.facts.get(d.of as usize));
    let facts: usize = a.facts.iter().chain(derived).map(|f| 2 * RECORD + (f.span.end - f.span.start) as usize).sum();
    (mentions * RECORD + facts) as u64
}

/// The SHA-256 of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> Name {
    Name::hex(&Sha256::digest(text.as_bytes()))
}

/// A JSON string. Plain text is copied in one piece.
fn json_string(value: &str, out: &mut Vec<u8>) {
    // Without a way out in between, many bytes are looked at at once.
    let escaped = value.bytes().fold(false, |any, b| any | (b < 0x20) | (b == b'"') | (b == b'\\'));
    if !escaped {
        out.push(b'"');
        out.extend_from_slice(value.as_bytes());
        out.push(b'"');
    } else if let Err(e) = serde_json::to_writer(&mut *out, value) {
        // Strings always serialise and vectors always take bytes.
        unreachable!("a string as JSON: {e}");
    }
}
