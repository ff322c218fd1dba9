//! The tables: every column of every table once, with its type, its meaning and where it comes from.
//!
//! Headers of CSV files, Arrow and Parquet schemas, the SQL of databases and the list of columns for readers are all
//! derived from here. The names are those of the JSON records; what is nested there is joined by `_` (`subject_name`).

use super::SCHEMA_VERSION;
use super::rows::{DocumentRow, FactRow, Measured, MentionRow, Named, ScopeRow};
use crate::model::{Decimal, Direction, Modifier, PubStatus};
use jiff::civil::DateTime;

/// What a column holds.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// An exact decimal with 29 digits in front of the point and 9 behind it.
    Decimal,
    /// A civil time without zone, to the second.
    Moment,
    /// True, or nothing.
    Flag,
    /// A JSON object as text.
    Json,
}

/// One column.
#[derive(Copy, Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
    /// What it means.
    pub about: &'static str,
}

/// One table.
#[derive(Copy, Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What its rows are.
    pub about: &'static str,
    /// The columns that tell its rows apart; the first is the document's id in all tables.
    pub key: &'static [&'static str],
    /// Its columns in order.
    pub columns: &'static [Column],
}

/// All tables. The last two are written only where they are asked for.
pub const TABLES: [&Table; 8] =
    [&DOCUMENTS, &QUANTITIES, &TIMES, &ENTITIES, &FACTS, &FACT_SCOPES, &REFUSED, &CONFLICTS];

/// What takes rows, cell by cell in the order of the columns.
pub trait Cells {
    /// A row of this table of [`TABLES`] begins.
    fn begin(&mut self, table: usize);
    /// A text.
    fn text(&mut self, value: Option<impl AsRef<str>>);
    /// A whole number.
    fn integer(&mut self, value: Option<i64>);
    /// An exact decimal, which [`Decimal::fits`].
    fn decimal(&mut self, value: Option<Decimal>);
    /// A civil time.
    fn moment(&mut self, value: Option<DateTime>);
    /// True or false.
    fn flag(&mut self, value: Option<bool>);
    /// A JSON object.
    fn json(&mut self, value: Option<&str>) {
        self.text(value);
    }
    /// The row is whole.
    fn end(&mut self);
}

macro_rules! kind {
    (text) => {
        Kind::Text
    };
    (integer) => {
        Kind::Integer
    };
    (decimal) => {
        Kind::Decimal
    };
    (moment) => {
        Kind::Moment
    };
    (flag) => {
        Kind::Flag
    };
    (json) => {
        Kind::Json
    };
}

macro_rules! required {
    () => {
        false
    };
    (required) => {
        true
    };
}

macro_rules! table {
    (
        $(#[$doc:meta])* $table:ident $name:literal $about:literal key [$($key:literal),+]
        $write:ident($row:ident: $type:ty) { $($column:ident: $kind:ident $($required:ident)? = $get:expr, $what:literal;)+ }
    ) => {
        $(#[$doc])*
        pub const $table: Table = Table {
            name: $name,
            about: $about,
            key: &[$($key),+],
            columns: &[$(Column {
                name: stringify!($column), kind: kind!($kind), required: required!($($required)?), about: $what
            }),+],
        };

        /// Writes one row of the table.
        pub(super) fn $write($row: &$type, out: &mut impl Cells) {
            $(out.$kind($get);)+
        }
    };
}

table! {
    /// One row a document.
    DOCUMENTS "documents" "one row a document" key ["doc"]
    document(r: DocumentRow<'_>) {
        doc: text required = Some(&r.doc.id), "id of the document";
        published: moment = r.published, "when it was published, civil time";
        published_from: text = r.published_from, "where that is from: given, option, head (of the text)";
        title: text = r.doc.title.as_deref(), "the headline, where it is known apart from the text";
        source: text = r.doc.source.as_deref(), "who published it";
        lang: text = r.doc.lang.as_deref(), "the language, as it was given";
        encoding: text = r.doc.encoding, "what the text was converted from; none for UTF-8";
        version: text = r.doc.version.as_deref(), "tells which of two documents of one id is newer";
        status: text = r.doc.status.map(PubStatus::name), "usable, withheld or canceled, where its publisher says so";
        text_sha256: text required = Some(r.sha256), "SHA-256 of the text as UTF-8, in hexadecimal";
        chars: integer required = Some(r.chars), "length of the text in code points";
        sentences: integer required = Some(r.sentences), "how many sentences it has";
        schema_version: text required = Some(SCHEMA_VERSION), "version of these tables, MAJOR.MINOR";
        carried: json = r.doc.carried.as_deref(), "fields carried through on request, as a JSON object";
    }
}

table! {
    /// One row a quantity.
    QUANTITIES "quantities" "one row a number with what it counts or measures" key ["doc", "id"]
    quantity(r: MentionRow<'_, Measured<'_>>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.id), "id of the quantity in the document: q and the start in code points";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "first code point (or byte, or UTF-16 unit: --offsets)";
        end: integer required = Some(r.end), "one past the last";
        text: text required = Some(r.text), "the covered text";
        type: text required = r.of.measure.kind, "money, percent, measure, count, age, ordinal, fraction, multiple, score, number";
        value: decimal = r.of.measure.value, "the number";
        low: decimal = r.of.measure.low, "lower end of a range";
        high: decimal = r.of.measure.high, "upper end of a range";
        value_ratio: text = r.of.measure.ratio, "what is no decimal: 1/3, 2:1; then value is null";
        unit: text = r.of.measure.unit, "ISO 4217, UCUM, %, pp, bp";
        approx: text = r.of.measure.approx, "what a hedge says: about, just_below, above, at_least …";
        hedge: text = r.of.hedge, "the words of the hedge";
        per: text = r.of.measure.per.as_deref(), "what a rate is taken over";
        noun: text = r.of.noun.as_deref(), "what is counted";
        lower: decimal = r.of.measure.lower, "lower bound that holds whatever the hedge leaves open";
        upper: decimal = r.of.measure.upper, "upper bound that holds whatever the hedge leaves open";
        assumed: text = r.of.assumed.then_some("usd"), "what the text did not say";
        rule: text = r.rule, "the rule that made it, with --explain";
    }
}

table! {
    /// One row a time.
    TIMES "times" "one row a date, clock time, duration or what comes again" key ["doc", "id"]
    time(r: MentionRow<'_, crate::model::Time>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.id), "id of the time in the document: t and the start in code points";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "first code point (or byte, or UTF-16 unit: --offsets)";
        end: integer required = Some(r.end), "one past the last";
        text: text required = Some(r.text), "the covered text";
        type: text required = Some(r.of.kind.name()), "date, time, duration, set";
        value: text required = Some(r.of.value.as_str()), "as in TIMEX3: 2025-Q4, P3Y, PRESENT_REF, XXXX-WXX-1";
        mod: text = r.of.written.modifier.map(Modifier::name), "as in TIMEX3: START, MID, END, APPROX …";
        from: moment = r.of.interval.map(|i| i.0), "begin of the interval that is meant";
        until: moment = r.of.interval.map(|i| i.1), "end of the interval, not in it";
        rule: text = r.rule, "the rule that made it, with --explain";
    }
}

table! {
    /// One row a name.
    ENTITIES "entities" "one row a mention of a person, organization, location, product or index" key ["doc", "id"]
    entity(r: MentionRow<'_, Named<'_>>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.id), "id of the mention in the document: e and the start in code points";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "first code point (or byte, or UTF-16 unit: --offsets)";
        end: integer required = Some(r.end), "one past the last";
        text: text required = Some(r.text), "the covered text";
        type: text required = Some(r.of.entity.kind.name()), "person, organization, location, product, index";
        name: text required = Some(&r.of.thing.name), "citation form: the fullest in the document, nominative";
        coref: integer required = Some(i64::from(r.of.entity.thing) + 1), "the thing that is meant; mentions of one thing in a document share it";
        subtype: text = r.of.thing.subtype.as_deref(), "what a lexicon says it is: company, party, city";
        link: text = r.of.thing.link.as_deref(), "its identifier in a lexicon; the same in every document";
        role: text = r.of.role.as_deref(), "what the person is: Chef";
        of: text = r.of.of, "id of the mention that the role is of";
        rule: text = r.rule, "the rule that made it, with --explain";
    }
}

table! {
    /// One row a fact.
    FACTS "facts" "one row a statement: whose metric had which value when, and how it changed" key ["doc", "id"]
    fact(r: FactRow<'_>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.identity.id.name()), "id of the fact in the document: f and the start of its number";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "where the sentence starts";
        end: integer required = Some(r.end), "one past its end";
        evidence: text required = Some(r.evidence), "the sentence";
        subject_name: text = r.subject.name.as_deref(), "whose metric it is: citation form, or the noun where no name is given";
        subject_type: text = r.subject.kind, "person, organization, location, product, index";
        subject_key: text = r.subject.key.as_deref(), "the name folded and without legal form: joins across documents";
        subject_link: text = r.subject.link, "its identifier in a lexicon";
        subject_entity: text = r.subject.entity, "id of its mention";
        subject_coref: integer = r.subject.coref, "as of its mention";
        subject_basis: text = r.subject.basis, "where it was found, the surer the earlier: clause, sentence, carried, topic";
        metric_text: text = r.metric_text, "the words that name the metric";
        metric_lemma: text required = Some(&*r.metric_lemma), "nominative, singular; plural for what is counted";
        metric_concept: text = r.of.fact.metric.concept.as_deref(), "its identifier in the list of metrics: revenue";
        metric_qualifiers: text = r.metric_qualifiers.as_deref(), "how the number was reckoned: währungsbereinigt; vor Steuern";
        value: decimal = r.value.value, "how much";
        value_low: decimal = r.value.low, "lower end of a range";
        value_high: decimal = r.value.high, "upper end of a range";
        value_ratio: text = r.value.ratio, "what is no decimal: 1/3, 2:1";
        value_type: text = r.value.kind, "type of the quantity";
        value_unit: text = r.value.unit, "ISO 4217, UCUM, %, pp, bp";
        value_approx: text = r.value.approx, "what a hedge says";
        value_per: text = r.value.per.as_deref(), "what a rate is taken over";
        value_lower: decimal = r.value.lower, "lower bound whatever the hedge leaves open";
        value_upper: decimal = r.value.upper, "upper bound whatever the hedge leaves open";
        value_quantity: text = r.value.id, "id of its quantity";
        period_value: text = r.of.period.map(|p| p.value.as_str()), "when it holds, as in TIMEX3";
        period_from: moment = r.of.period.and_then(|p| p.interval).map(|i| i.0), "begin of the period";
        period_until: moment = r.of.period.and_then(|p| p.interval).map(|i| i.1), "end of the period, not in it";
        period_time: text = r.period_time, "id of its time; none where it was computed";
        period_basis: text = r.of.period.map(|p| p.basis.name()), "where it was found, the surer the earlier";
        change_direction: text = r.of.direction.map(Direction::name), "up, down, flat";
        change_by: decimal = r.by.value, "by how much; the direction carries the sign";
        change_by_low: decimal = r.by.low, "lower end of a range";
        change_by_high: decimal = r.by.high, "upper end of a range";
        change_by_ratio: text = r.by.ratio, "what is no decimal";
        change_by_type: text = r.by.kind, "type of the quantity";
        change_by_unit: text = r.by.unit, "unit of the difference";
        change_by_approx: text = r.by.approx, "what a hedge says";
        change_by_per: text = r.by.per.as_deref(), "what a rate is taken over";
        change_by_lower: decimal = r.by.lower, "lower bound";
        change_by_upper: decimal = r.by.upper, "upper bound";
        change_by_quantity: text = r.by.id, "id of its quantity";
        change_from: decimal = r.from.value, "the earlier value";
        change_from_low: decimal = r.from.low, "lower end of a range";
        change_from_high: decimal = r.from.high, "upper end of a range";
        change_from_ratio: text = r.from.ratio, "what is no decimal";
        change_from_type: text = r.from.kind, "type of the quantity";
        change_from_unit: text = r.from.unit, "unit of the earlier value";
        change_from_approx: text = r.from.approx, "what a hedge says";
        change_from_per: text = r.from.per.as_deref(), "what a rate is taken over";
        change_from_lower: decimal = r.from.lower, "lower bound";
        change_from_upper: decimal = r.from.upper, "upper bound";
        change_from_quantity: text = r.from.id, "id of its quantity";
        change_versus: text = r.of.versus.map(|t| t.as_str()), "the period compared with, as in TIMEX3";
        status: text required = Some(r.of.fact.status.name()), "reported, forecast, target, denied";
        source_name: text = r.source.name.as_deref(), "who says so, where another than the subject is named";
        source_type: text = r.source.kind, "person, organization, location, product, index";
        source_key: text = r.source.key.as_deref(), "the name folded and without legal form";
        source_link: text = r.source.link, "its identifier in a lexicon";
        source_entity: text = r.source.entity, "id of its mention";
        source_coref: integer = r.source.coref, "as of its mention";
        source_basis: text = r.source.basis, "where it was found";
        repeat_of: text = r.identity.repeat_of.map(|id| id.name()), "id of the first fact of the document that says the same";
        fact_key: text required = Some(r.key), "the same for the same statement in another document";
        derived: flag = r.of.derived.then_some(true), "true where arithmetic gives its number, with --derive";
        rule: text = r.rule, "the rule that made it, with --explain";
    }
}

table! {
    /// One row a restriction of a fact.
    FACT_SCOPES "fact_scopes" "one row for what the number of a fact is restricted to beside its subject" key ["doc", "fact", "nth"]
    scope(r: ScopeRow<'_>) {
        doc: text required = Some(r.doc), "id of the document";
        fact: text required = Some(r.fact), "id of the fact in the document";
        nth: integer required = Some(r.nth), "which of the restrictions of the fact, from 1";
        role: text required = Some(r.scope.role.name()), "of, in, for, segment";
        text: text required = Some(r.text), "the words";
        entity: text = r.entity, "id of the mention";
        name: text = r.name, "its citation form";
        link: text = r.link, "its identifier in a lexicon";
    }
}

table! {
    /// One row a numeral that is no quantity.
    REFUSED "refused" "one row a numeral that is no quantity, with --refused" key ["doc", "id"]
    refused(r: MentionRow<'_, crate::model::Refused>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.id), "id in the document: r and the start in code points";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "first code point (or byte, or UTF-16 unit: --offsets)";
        end: integer required = Some(r.end), "one past the last";
        text: text required = Some(r.text), "the covered text";
        reason: text required = Some(r.of.reason.name()), "why it is none: law, product, phone, index, version, list …";
        rule: text = r.rule, "the rule that decided, with --explain";
    }
}

table! {
    /// One row a contradiction.
    CONFLICTS "conflicts" "one row for statements that cannot both hold, with --check or --kinds conflict" key ["doc", "id"]
    conflict(r: MentionRow<'_, (&crate::model::Conflict, String)>) {
        doc: text required = Some(r.doc), "id of the document";
        id: text required = Some(r.id), "id in the document: c and the start in code points";
        sentence: integer required = Some(r.sentence), "number of the sentence, from 0";
        start: integer required = Some(r.start), "first code point (or byte, or UTF-16 unit: --offsets)";
        end: integer required = Some(r.end), "one past the last";
        text: text required = Some(r.text), "the covered text";
        ids: text required = Some(&r.of.1), "ids of the records that cannot hold, with blanks between";
        expected: text required = Some(&r.of.0.expected), "what would agree: a time, or a number (LOW..HIGH) with its unit";
        with: text required = Some(r.of.0.with.name()), "what is contradicted: weekday, published, arithmetic (the numbers of a fact), statement (an earlier fact)";
    }
}
