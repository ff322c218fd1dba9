//! Analyses → rows of the tables of [`super::columns`].

use super::columns::{self, Cells, TABLES};
use super::conflict;
use super::jsonl::{Options, bounds, sha256};
use super::key::{Identity, identities, magnitude, name_key};
use super::name::Name;
use super::offsets::{Index, Unit, length};
use super::plain;
use super::statement::{Statement, statements};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::{
    Amount, Analysis, Approx, Decimal, Document, Entity, Party, Per, Quantity, Refused, Scope, Span, Thing, Time,
};
use jiff::civil::DateTime;
use std::borrow::Cow;

/// A document.
pub(super) struct DocumentRow<'a> {
    pub(super) doc: &'a Document,
    pub(super) published: Option<DateTime>,
    pub(super) published_from: Option<&'static str>,
    pub(super) sha256: &'a str,
    pub(super) chars: i64,
    pub(super) sentences: i64,
}

/// A stretch of the text and what it is.
pub(super) struct MentionRow<'a, T> {
    pub(super) doc: &'a str,
    pub(super) id: Name,
    pub(super) sentence: i64,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) text: &'a str,
    pub(super) rule: Option<&'static str>,
    pub(super) of: T,
}

/// What a quantity says; all empty where there is none.
#[derive(Default)]
pub(super) struct Measure<'a> {
    pub(super) id: Option<Name>,
    pub(super) kind: Option<&'static str>,
    pub(super) value: Option<Decimal>,
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) ratio: Option<Name>,
    pub(super) unit: Option<&'a str>,
    pub(super) approx: Option<&'static str>,
    pub(super) per: Option<Cow<'a, str>>,
    pub(super) lower: Option<Decimal>,
    pub(super) upper: Option<Decimal>,
}

/// A quantity with its words.
pub(super) struct Measured<'a> {
    pub(super) measure: Measure<'a>,
    pub(super) hedge: Option<&'a str>,
    pub(super) noun: Option<Cow<'a, str>>,
    pub(super) assumed: bool,
}

/// A name with the thing that is meant.
pub(super) struct Named<'a> {
    pub(super) entity: &'a Entity,
    pub(super) thing: &'a Thing,
    pub(super) role: Option<Cow<'a, str>>,
    pub(super) of: Option<Name>,
}

/// A subject or a source; all empty where there is none.
#[derive(Default)]
pub(super) struct PartyCells<'a> {
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) basis: Option<&'static str>,
    /// From here on only of names.
    pub(super) entity: Option<Name>,
    pub(super) coref: Option<i64>,
    pub(super) kind: Option<&'static str>,
    pub(super) link: Option<&'a str>,
    pub(super) key: Option<String>,
}

/// A fact.
pub(super) struct FactRow<'a> {
    pub(super) doc: &'a str,
    pub(super) of: Statement<'a>,
    pub(super) identity: Identity,
    pub(super) sentence: i64,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) evidence: &'a str,
    pub(super) subject: PartyCells<'a>,
    pub(super) metric_text: Option<&'a str>,
    pub(super) metric_lemma: Cow<'a, str>,
    pub(super) metric_qualifiers: Option<String>,
    pub(super) value: Measure<'a>,
    pub(super) period_time: Option<Name>,
    pub(super) by: Measure<'a>,
    pub(super) from: Measure<'a>,
    pub(super) source: PartyCells<'a>,
    pub(super) key: Name,
    pub(super) rule: Option<&'static str>,
}

/// What a fact is restricted to.
pub(super) struct ScopeRow<'a> {
    pub(super) doc: &'a str,
    pub(super) fact: Name,
    pub(super) nth: i64,
    pub(super) scope: Scope,
    pub(super) text: &'a str,
    pub(super) entity: Option<Name>,
    pub(super) name: Option<&'a str>,
    pub(super) link: Option<&'a str>,
}

/// Writes the rows of one document: first its own, then those of its mentions and facts, table by table.
///
/// # Errors
/// A number with more digits than a table holds. The rows written so far are to be thrown away then.
pub fn write_rows(
    doc: &Document,
    analysis: &Analysis,
    lexicon: &Lexicon,
    options: Options,
    out: &mut impl Cells,
) -> Result<()> {
    let text = doc.text.as_str();
    let chars = Index::new(text, Unit::Chars);
    let others = (options.offsets != Unit::Chars).then(|| Index::new(text, options.offsets));
    let x = Rows { doc, analysis, lexicon, options, offsets: others.as_ref().unwrap_or(&chars), chars: &chars };
    if let Some(id) = analysis.quantities.iter().find(|q| !fits(q)).map(|q| x.id('q', q.span.start)) {
        let message = format!(
            "the number of '{}' in '{}' has more than 29 digits in front of the point or 9 behind it, which no table holds; JSON lines do (-o FILE.jsonl)",
            id.as_str(),
            doc.id
        );
        return Err(Error::at(doc.place.clone(), message));
    }
    x.document(out);
    x.mentions(out);
    x.facts(out);
    Ok(())
}

fn fits(q: &Quantity) -> bool {
    match q.amount {
        Amount::Value(v) => v.fits(),
        Amount::Range { low, high } => low.fits() && high.is_none_or(Decimal::fits),
        Amount::Ratio { .. } | Amount::Score(..) => true,
    }
}

/// The place of a table in [`TABLES`].
const DOCUMENTS: usize = 0;
const QUANTITIES: usize = 1;
const TIMES: usize = 2;
const ENTITIES: usize = 3;
const FACTS: usize = 4;
const FACT_SCOPES: usize = 5;
const REFUSED: usize = 6;
const CONFLICTS: usize = 7;

impl Options {
    /// Which of [`TABLES`] are written.
    pub fn tables(&self) -> [bool; TABLES.len()] {
        let mut all = [false; TABLES.len()];
        all[DOCUMENTS] = self.documents;
        all[QUANTITIES] = self.quantities;
        all[TIMES] = self.times;
        all[ENTITIES] = self.entities;
        all[FACTS] = self.facts;
        all[FACT_SCOPES] = self.facts;
        all[REFUSED] = self.refused;
        all[CONFLICTS] = self.conflicts;
        all
    }
}

struct Rows<'a> {
    doc: &'a Document,
    analysis: &'a Analysis,
    lexicon: &'a Lexicon,
    options: Options,
    chars: &'a Index<'a>,
    offsets: &'a Index<'a>,
}

impl<'a> Rows<'a> {
    fn document(&self, out: &mut impl Cells) {
        if !self.options.documents {
            return;
        }
        let head = self.analysis.head.filter(|_| self.doc.published.is_none()).map(|(moment, _)| moment);
        out.begin(DOCUMENTS);
        let sha256 = sha256(&self.doc.text);
        let row = DocumentRow {
            doc: self.doc,
            // What is read is a civil date or date-time.
            published: self.doc.published.as_deref().and_then(|p| p.parse().ok()).or(head),
            published_from: self.doc.published_from.or(head.map(|_| "head")),
            sha256: sha256.as_str(),
            chars: length(&self.doc.text, Unit::Chars) as i64,
            sentences: i64::from(self.analysis.sentences),
        };
        columns::document(&row, out);
        out.end();
    }

    fn mentions(&self, out: &mut impl Cells) {
        let (a, o) = (self.analysis, self.options);
        for q in a.quantities.iter().filter(|_| o.quantities) {
            out.begin(QUANTITIES);
            let of = Measured {
                measure: self.measure(q),
                hedge: q.hedge.map(|h| self.text(h)),
                noun: q.noun.map(|n| plain(self.text(n))),
                assumed: q.assumed,
            };
            columns::quantity(&self.mention('q', q.span, q.sentence, q.rule, of), out);
            out.end();
        }
        for t in a.times.iter().filter(|_| o.times) {
            out.begin(TIMES);
            let w = &t.written;
            columns::time(&self.mention::<Time>('t', w.span, w.sentence, w.rule, *t), out);
            out.end();
        }
        for e in a.entities.iter().filter(|_| o.entities) {
            out.begin(ENTITIES);
            let of = Named {
                entity: e,
                thing: &a.things[e.thing as usize],
                role: e.role.map(|r| plain(self.text(r))),
                of: e.of.map(|start| self.id('e', start)),
            };
            columns::entity(&self.mention('e', e.span, e.sentence, e.rule, of), out);
            out.end();
        }
        for r in a.refused.iter().filter(|_| o.refused) {
            out.begin(REFUSED);
            columns::refused(&self.mention::<Refused>('r', r.span, r.sentence, r.rule, *r), out);
            out.end();
        }
        if o.conflicts && !a.conflicts.is_empty() {
            let between = conflict::ids(&self.doc.text, self.lexicon, a, self.chars);
            for (c, ids) in a.conflicts.iter().zip(between) {
                out.begin(CONFLICTS);
                let ids = ids.iter().map(Name::as_str).collect::<Vec<_>>().join(" ");
                columns::conflict(&self.mention('c', c.span, c.sentence, "", (c, ids)), out);
                out.end();
            }
        }
    }

    fn facts(&self, out: &mut impl Cells) {
        let a = self.analysis;
        if !self.options.facts || a.facts.is_empty() {
            return;
        }
        let identities = identities(&self.doc.text, self.lexicon, a, self.chars);
        for (of, identity) in statements(a).zip(identities) {
            let f = of.fact;
            let row = FactRow {
                doc: &self.doc.id,
                of,
                identity,
                sentence: i64::from(f.sentence),
                start: self.offset(f.span.start),
                end: self.offset(f.span.end),
                evidence: self.text(f.span),
                subject: self.party(f.subject.as_ref()),
                metric_text: f.metric.span.map(|s| self.text(s)),
                metric_lemma: plain(&f.metric.lemma),
                metric_qualifiers: Some(f.metric.qualifiers.join("; ")).filter(|all| !all.is_empty()),
                value: self.number(of.value, &of),
                period_time: of
                    .period
                    .and_then(|p| p.time)
                    .map(|t| self.id('t', a.times[t as usize].written.span.start)),
                by: self.number(of.by.map(|q| magnitude(*q)).as_ref(), &of),
                from: self.number(of.from, &of),
                source: self.party(f.source.as_ref()),
                key: Name::hex(&identity.key.to_be_bytes()),
                rule: self.rule(of.rule),
            };
            out.begin(FACTS);
            columns::fact(&row, out);
            out.end();
            for (n, scope) in f.scope.iter().enumerate() {
                let entity = scope.entity.map(|e| &a.entities[e as usize]);
                let thing = entity.map(|e| &a.things[e.thing as usize]);
                out.begin(FACT_SCOPES);
                let row = ScopeRow {
                    doc: &self.doc.id,
                    fact: identity.id.name(),
                    nth: n as i64 + 1,
                    scope: *scope,
                    text: self.text(scope.span),
                    entity: entity.map(|e| self.id('e', e.span.start)),
                    name: thing.map(|t| t.name.as_str()),
                    link: thing.and_then(|t| t.link.as_deref()),
                };
                columns::scope(&row, out);
                out.end();
            }
        }
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(&self.doc.text)
    }

    fn id(&self, letter: char, start: u32) -> Name {
        Name::id(letter, self.chars.at(start as usize))
    }

    fn offset(&self, byte: u32) -> i64 {
        self.offsets.at(byte as usize) as i64
    }

    fn rule(&self, rule: &'static str) -> Option<&'static str> {
        self.options.explain.then_some(rule)
    }

    fn mention<T>(&self, letter: char, span: Span, sentence: u32, rule: &'static str, of: T) -> MentionRow<'a, T> {
        MentionRow {
            doc: &self.doc.id,
            id: self.id(letter, span.start),
            sentence: i64::from(sentence),
            start: self.offset(span.start),
            end: self.offset(span.end),
            text: self.text(span),
            rule: self.rule(rule),
            of,
        }
    }

    /// A number of a fact; what was computed has no id.
    fn number(&self, q: Option<&Quantity>, of: &Statement<'_>) -> Measure<'a> {
        let measure = q.map_or_else(Measure::default, |q| self.measure(q));
        Measure { id: measure.id.filter(|_| !of.derived), ..measure }
    }

    fn measure(&self, q: &Quantity) -> Measure<'a> {
        let (value, low, high, ratio) = match q.amount {
            Amount::Value(v) => (Some(v), None, None, None),
            Amount::Range { low, high } => (None, Some(low), high, None),
            Amount::Ratio { num, den } => (None, None, None, Some(Name::of(format_args!("{num}/{den}")))),
            Amount::Score(a, b) => (None, None, None, Some(Name::of(format_args!("{a}:{b}")))),
        };
        let (lower, upper) = bounds(q);
        Measure {
            id: Some(self.id('q', q.span.start)),
            kind: Some(q.kind.name()),
            value,
            low,
            high,
            ratio,
            unit: q.unit.map(|u| &*self.lexicon.unit(u).code),
            approx: q.approx.map(Approx::name),
            per: q.per.map(|per| match per {
                Per::Unit(u) => Cow::Borrowed(&*self.lexicon.unit(u).code),
                Per::Noun(span) => plain(self.text(span)),
            }),
            lower,
            upper,
        }
    }

    fn party(&self, party: Option<&'a Party>) -> PartyCells<'a> {
        let Some(party) = party else { return PartyCells::default() };
        let mut cells =
            PartyCells { name: Some(plain(&party.name)), basis: Some(party.basis.name()), ..PartyCells::default() };
        if let Some(e) = party.entity.map(|e| &self.analysis.entities[e as usize]) {
            cells.entity = Some(self.id('e', e.span.start));
            cells.coref = Some(i64::from(e.thing) + 1);
            cells.kind = Some(e.kind.name());
            cells.link = self.analysis.things[e.thing as usize].link.as_deref();
            cells.key = Some(name_key(&party.name, Some(e.kind), &mut Vec::new()).to_owned());
        }
        cells
    }
}
