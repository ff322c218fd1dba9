//! Numerals that count nothing, and why: laws, products, phone numbers, list numbers, idioms, times.

use super::calendar;
use super::digits::Shape;
use super::numeral::{Form, Numeral, Value};
use super::time;
use super::unit;
use super::view::View;
use crate::lexicon::{NumberWord, Payload, Tags};
use crate::model::{Decimal, Reason, Span, Written};

/// Why a numeral is no quantity, and the rule that says so.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(super) reason: Reason,
    pub(super) rule: &'static str,
}

/// A shape of the packs, found in the sentence.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Found {
    span: Span,
    reason: Reason,
}

/// The rules in the order in which they are tried, for `explain`. Each refusal carries the name of one of them.
pub(crate) const RULES: &[&str] = &[
    "time",
    "no-number",
    "shape",
    "idiom",
    "list-item",
    "picture-counter",
    "cut-compound",
    "number-sign",
    "sentence-of-law",
    "time-of-match",
    "second-half",
    "time-word",
    "time-adjective",
    "time-month",
    "time-day",
    "time-ordinal",
    "time-clock",
    "time-duration",
    "time-year",
    "identifier",
    "letters-before",
    "letters-behind",
    "next-of-row",
    "postcode",
    "phone",
    "leading-zero",
    "row-of-figures",
    "name-and-version",
    "name-and-number",
    "time-joined",
];

/// Decides for each numeral of the sentence; `out` runs parallel to them.
pub(super) fn run(
    view: View<'_>,
    numerals: &[Numeral],
    times: &[Written],
    shapes: &mut Vec<Found>,
    out: &mut Vec<Option<Refusal>>,
) {
    find_shapes(view, numerals, shapes);
    out.clear();
    for (k, n) in numerals.iter().enumerate() {
        let refusal = match time::covers(times, n.span) {
            true => Some(Refusal { reason: Reason::Time, rule: "time" }),
            false => decide(view, numerals, k, shapes, out),
        };
        out.push(refusal);
    }
    // What is joined to a time in front of it is one too: "von 8.30 bis 12 Uhr", "3. und 4. Mai", "drei bis vier Tage".
    for k in (1..numerals.len()).rev() {
        let (n, next) = (&numerals[k - 1], &numerals[k]);
        let Some(Refusal { reason: Reason::Time, .. }) = out[k] else {
            continue;
        };
        if out[k - 1].is_some() || n.power != 0 {
            continue;
        }
        let joined = calendar::connected(view, n.last, next.first);
        let counted = n.form == Form::Ordinal && n.last == next.first && !(view.capital(n.first) && n.first > 0);
        let alike = matches!(n.form, Form::Cardinal | Form::Ordinal | Form::One)
            && (n.shape == Some(Shape::Plain(4)) || !year_alone(next, out[k]));
        if counted || (joined && alike) {
            out[k - 1] = Some(Refusal { reason: Reason::Time, rule: "time-joined" });
        }
    }
}

fn year_alone(n: &Numeral, refusal: Option<Refusal>) -> bool {
    n.shape == Some(Shape::Plain(4)) && refusal.is_some_and(|r| r.rule == "time-year")
}

fn find_shapes(view: View<'_>, numerals: &[Numeral], shapes: &mut Vec<Found>) {
    shapes.clear();
    if !numerals.iter().any(|n| view.is_number(n.first) || view.is_number(n.last - 1)) {
        return;
    }
    let all = view.span(0, view.len());
    let bytes = all.of(view.text).as_bytes();
    let mut present = 0u128;
    for t in view.tokens.iter().filter(|t| t.mark < 128) {
        present |= 1 << t.mark;
    }
    for shape in &view.lexicon.shapes {
        if shape.needs & present == 0 {
            continue;
        }
        for m in shape.regex().find_iter(bytes) {
            let span = Span::new(all.start + m.start() as u32, all.start + m.end() as u32);
            shapes.push(Found { span, reason: shape.reason });
        }
    }
}

fn decide(
    view: View<'_>,
    numerals: &[Numeral],
    k: usize,
    shapes: &[Found],
    before: &[Option<Refusal>],
) -> Option<Refusal> {
    let n = &numerals[k];
    let refuse = |reason, rule| Some(Refusal { reason, rule });
    if n.form == Form::Odd {
        return refuse(odd(n.span.of(view.text)), "no-number");
    }
    if let Some(found) = shapes.iter().find(|s| s.span.overlaps(n.span)) {
        return refuse(found.reason, "shape");
    }
    if idiom(view, n) {
        return refuse(Reason::Idiom, "idiom");
    }
    if n.form == Form::Ordinal
        && n.shape.is_some()
        && view.len() == 2
        && Span::new(0, n.span.end).of(view.text).len() < view.text.trim_end().len()
    {
        return refuse(Reason::List, "list-item");
    }
    if n.shape.is_some() && view.is(n.last, ')') && view.glued(n.last) && n.first == 0 {
        return refuse(Reason::List, "list-item");
    }
    // "2. Anmelden oder registrieren": a sentence of prose does not open with an ordinal in figures.
    if n.form == Form::Ordinal
        && n.shape.is_some()
        && n.first == 0
        && view.capital(n.last)
        && !view.has(n.last, Tags::MONTH)
    {
        return refuse(Reason::List, "list-item");
    }
    // "1 von 4" alone on a line counts pictures.
    if view.len() == 3 && view.is_key(1, "von") && view.is_number(0) && view.is_number(2) {
        return refuse(Reason::Page, "picture-counter");
    }
    // "Drei- und Mehrpersonenhaushalte": a part of a word.
    let cut =
        view.is(n.last, '-') && view.glued(n.last) && view.has(n.last + 1, Tags::AND_OR) && !view.glued(n.last + 1);
    if cut && n.form == Form::Cardinal && n.shape.is_none() && n.power == 0 {
        return refuse(Reason::Idiom, "cut-compound");
    }
    // "#10", "&#8218;"
    if n.first > 0 && view.is(n.first - 1, '#') {
        return refuse(Reason::Identifier, "number-sign");
    }
    // § 7 Abs. 4, Satz 2
    if n.first > 0
        && view.is_key(n.first - 1, "satz")
        && k > 0
        && matches!(before[k - 1], Some(Refusal { reason: Reason::Law, .. }))
    {
        return refuse(Reason::Law, "sentence-of-law");
    }
    // "(38.)", "(61. Muster)": the minute of a match.
    if n.first > 0 && view.is(n.first - 1, '(') && n.shape.is_some() {
        let goal = view.is(n.last, '.') && view.is_any(n.last + 1, "),/");
        let change =
            n.form == Form::Ordinal && view.capital(n.last) && (n.last + 1..n.last + 4).any(|i| view.is(i, ')'));
        if goal || change {
            return refuse(Reason::Time, "time-of-match");
        }
    }
    // "die zweite Hälfte": a stretch of time, no half of anything.
    if n.form == Form::Fraction && k > 0 && numerals[k - 1].form == Form::Ordinal && numerals[k - 1].last == n.first {
        return refuse(Reason::Idiom, "second-half");
    }
    if let Some(rule) = calendar::time(view, numerals, k) {
        return refuse(Reason::Time, rule);
    }
    if let Some(reason) = identifier(view, n) {
        return refuse(reason, "identifier");
    }
    if let Some(rule) = joined_letters(view, n) {
        return refuse(Reason::Product, rule);
    }
    // "§§ 3 und 5", "Boeing 737-800", "555 12 34": the next of a row.
    if k > 0
        && let Some(Refusal { reason, .. }) = before[k - 1]
        && matches!(n.form, Form::Cardinal | Form::Ordinal)
        && n.power == 0
        && !carries_unit(view, n)
    {
        let last = &numerals[k - 1];
        let row = match reason {
            Reason::Phone => {
                n.form == Form::Cardinal
                    && (last.last..n.first).all(|i| view.is_any(i, "/-–()"))
                    && n.first - last.last <= 2
            }
            Reason::Time => {
                let slash = view.is_any(last.last, "/–-'") && n.first == last.last + 1 && view.glued(n.first);
                let years = last.shape == Some(Shape::Plain(4))
                    && n.shape == Some(Shape::Plain(4))
                    && calendar::connected(view, last.last, n.first);
                slash || (years && n.form == Form::Cardinal)
            }
            Reason::Page | Reason::Law if view.is_key(last.last, "von") && n.first == last.last + 1 => true,
            Reason::Law
            | Reason::Page
            | Reason::Road
            | Reason::Address
            | Reason::Product
            | Reason::Identifier
            | Reason::Version => {
                calendar::connected(view, last.last, n.first)
                    && n.shape.is_some()
                    && !(view.is_word(n.last) && view.capital(n.last) && view.tokens[n.first].spaced())
            }
            _ => false,
        };
        if row {
            return refuse(reason, "next-of-row");
        }
    }
    if k > 0 && postcode(view, n, before[k - 1]) {
        return refuse(Reason::Address, "postcode");
    }
    if let Some(refusal) = dialled(view, n) {
        return Some(refusal);
    }
    if formation(view, n) {
        let date = iso_date(view, n.first)
            || (n.first >= 2 && iso_date(view, n.first - 2))
            || (n.first >= 4 && iso_date(view, n.first - 4));
        let reason = if date { Reason::Time } else { Reason::Identifier };
        return refuse(reason, "row-of-figures");
    }
    // Industrie 4.0, Android 4.4: prose writes a decimal comma.
    if n.shape == Some(Shape::Point)
        && n.first > 0
        && view.capital(n.first - 1)
        && !view.ends_like(n.first - 1, NO_NAME)
        && !carries_unit(view, n)
    {
        return refuse(Reason::Version, "name-and-version");
    }
    if named_number(view, n) {
        return refuse(Reason::Product, "name-and-number");
    }
    None
}

fn odd(text: &str) -> Reason {
    let parts: Vec<_> = text.split('.').collect();
    // More digits than any number that is written out has.
    if text.bytes().filter(u8::is_ascii_digit).count() > 30 {
        return Reason::Range;
    }
    match parts[..] {
        [d, m, y] if d.len() <= 2 && m.len() <= 2 && (y.len() == 4 || y.len() == 2) => Reason::Time,
        _ if text.bytes().all(|b| b.is_ascii_digit()) => Reason::Range,
        _ if parts.len() > 2 => Reason::Version,
        _ => Reason::Identifier,
    }
}

/// A phrase in which the number word does not count covers the numeral: *in erster Linie*.
fn idiom(view: View<'_>, n: &Numeral) -> bool {
    view.phrases.has(Tags::IDIOM)
        && (n.first.saturating_sub(4)..=n.first).any(|i| view.meanings(i, Tags::IDIOM).any(|(_, end)| end > n.first))
        || verb_like(view, n)
}

/// *Wir achten darauf*, *zu achten*: the verb, not the eighth.
fn verb_like(view: View<'_>, n: &Numeral) -> bool {
    // "die Elf" is a team, "die Acht" a loop or a boat.
    if n.form == Form::Cardinal && n.shape.is_none() && n.last == n.first + 1 && n.first > 0 && view.capital(n.first) {
        let named = view.folded(n.first, |k| k == b"elf" || k == b"acht");
        let alone = !(view.is_word(n.last) && (view.capital(n.last) || super::noun::adjective(view, n.last)));
        return named && alone && view.has(n.first - 1, Tags(Tags::ARTICLE.0 | Tags::EIN.0));
    }
    if n.form != Form::Ordinal || n.shape.is_some() || n.last != n.first + 1 || view.capital(n.first) && n.first > 0 {
        return false;
    }
    if !view.folded(n.first, |k| k == b"achten" || k == b"achte") {
        return false;
    }
    let ordinal = n.first > 0 && view.has(n.first - 1, Tags(Tags::ARTICLE.0 | Tags::EIN.0 | Tags::PREPOSITION.0));
    !ordinal || view.is_key(n.first - 1, "zu")
}

fn carries_unit(view: View<'_>, n: &Numeral) -> bool {
    n.power != 0 || unit::after(view, n.last, &super::Memory::default()).is_some()
}

/// A word beside the number says what it is: *Artikel 3*, *1. FC*.
fn identifier(view: View<'_>, n: &Numeral) -> Option<Reason> {
    let reason = |p: Payload| match p {
        Payload::Identifier(i) => Some(view.lexicon.identifiers[usize::from(i)].reason),
        _ => None,
    };
    let behind = if view.is(n.last, '-') && view.glued(n.last) { n.last + 1 } else { n.last };
    if let Some((p, _)) = view.meaning(behind, Tags::IDENTIFIER_AFTER) {
        return reason(p);
    }
    let figures = view.is_number(n.first);
    if carries_unit(view, n)
        || matches!(n.form, Form::Vague | Form::One | Form::Multiple | Form::Score)
        || (n.form == Form::Fraction && !figures)
    {
        return None;
    }
    for back in 1..=4 {
        let Some(at) = n.first.checked_sub(back) else {
            break;
        };
        for (p, end) in view.meanings(at, Tags::IDENTIFIER) {
            // "Tel.: 5", "Covid-19", "Nr. 3"
            let gap = n.first - end.min(n.first);
            let filled = (end..n.first).all(|i| view.is_any(i, ":.-–(#") || view.is_key(i, "nr"));
            if end <= n.first && gap <= 2 && filled {
                let words = view.number_word(n.first).is_some() && n.shape.is_none();
                let reason = reason(p)?;
                // "TecDax: 9.979,85" is its level; names have plain figures.
                if matches!(reason, Reason::Index) && matches!(n.shape, Some(Shape::Grouped | Shape::Decimal)) {
                    continue;
                }
                // "Teil zwei" is a part; "iPhone zwei" is nothing.
                if words
                    && !matches!(
                        reason,
                        Reason::Page | Reason::Law | Reason::List | Reason::Index | Reason::Time | Reason::Identifier
                    )
                {
                    continue;
                }
                return Some(reason);
            }
        }
    }
    if n.first > 0 && n.form == Form::Cardinal && n.shape.is_some() && view.ends_like(n.first - 1, Tags::STREET) {
        return Some(Reason::Address);
    }
    // "Heinrich-Heine-Platz 3"
    let dashed = n.first > 1 && view.is(n.first - 2, '-') && view.glued(n.first - 1);
    if dashed && view.is_key(n.first - 1, "platz") && n.shape.is_some() {
        return Some(Reason::Address);
    }
    // "Musterstr. 5"
    if n.first > 1 && view.is(n.first - 1, '.') && view.ends_like(n.first - 2, Tags::STREET) && n.shape.is_some() {
        return Some(Reason::Address);
    }
    None
}

/// Letters grown together with the figures: `F015`, `U21`, `5G`, `Covid-19`.
fn joined_letters(view: View<'_>, n: &Numeral) -> Option<&'static str> {
    n.shape?;
    let first = n.first;
    if first > 0 && view.is_word(first - 1) && view.glued(first) {
        let unit = view.meanings(first - 1, Tags::UNIT_BEFORE).any(|(_, end)| end == first);
        return (!unit).then_some("letters-before");
    }
    if first > 1 && view.is(first - 1, '-') && view.glued(first) && view.glued(first - 1) && view.is_word(first - 2) {
        let unit = view.has(first - 2, Tags::UNTIL)
            || view.meaning(first - 2, Tags::UNIT).is_some_and(|(_, end)| end == first - 1);
        return (!unit).then_some("letters-before");
    }
    let next = n.last;
    if view.is_word(next) && view.glued(next) && n.form == Form::Cardinal && !carries_unit(view, n) {
        return Some("letters-behind");
    }
    None
}

/// `0711/123-456`, `+49 30 123456`, `0800 55 51 23`: begins with 0 or +, and goes on with figures; a lone 007 identifies.
fn dialled(view: View<'_>, n: &Numeral) -> Option<Refusal> {
    let Some(Shape::Plain(digits)) = n.shape else {
        return None;
    };
    let zero = digits >= 2 && view.at(n.first).starts_with('0');
    let plus = n.first > 0 && view.is(n.first - 1, '+') && view.glued(n.first) && digits <= 3;
    if n.form != Form::Cardinal || !(zero || plus) || carries_unit(view, n) || view.len() == 1 {
        return None;
    }
    let (mut total, mut at) = (digits, n.last);
    while at < view.len() && (view.is_number(at) || view.is_any(at, "/-–() ")) {
        if view.is_number(at) {
            total += view.at(at).len();
        }
        at += 1;
    }
    match () {
        () if total >= 6 && at > n.last || total >= 8 => Some(Refusal { reason: Reason::Phone, rule: "phone" }),
        () if zero => Some(Refusal { reason: Reason::Identifier, rule: "leading-zero" }),
        () => None,
    }
}

/// `2016-04-20` at token `i`.
fn iso_date(view: View<'_>, i: usize) -> bool {
    let figures =
        |i: usize, len| view.is_number(i) && view.at(i).len() == len && view.at(i).bytes().all(|b| b.is_ascii_digit());
    figures(i, 4) && view.is(i + 1, '-') && figures(i + 2, 2) && view.is(i + 3, '-') && figures(i + 4, 2)
}

/// *3-4-3*: more than two figures joined by hyphens.
fn formation(view: View<'_>, n: &Numeral) -> bool {
    if !matches!(n.shape, Some(Shape::Plain(_))) {
        return false;
    }
    let behind = |i| view.is(i, '-') && view.glued(i) && view.glued(i + 1) && view.is_number(i + 1);
    let front = |i: usize| i >= 2 && view.is(i - 1, '-') && view.glued(i - 1) && view.glued(i) && view.is_number(i - 2);
    (behind(n.last) && behind(n.last + 2))
        || (front(n.first) && behind(n.last))
        || (front(n.first) && front(n.first - 2))
}

/// `12345 Berlin` behind an address, `D-12345`.
fn postcode(view: View<'_>, n: &Numeral, last: Option<Refusal>) -> bool {
    matches!(n.shape, Some(Shape::Plain(4 | 5)))
        && view.is_word(n.last)
        && view.capital(n.last)
        && n.first > 0
        && view.is(n.first - 1, ',')
        && last.is_some_and(|r| r.reason == Reason::Address)
}

/// Capitalised words that are no names in front of a number.
const NO_NAME: Tags = Tags(
    Tags::RANK.0
        | Tags::ARTICLE.0
        | Tags::PREPOSITION.0
        | Tags::CONJUNCTION.0
        | Tags::PRONOUN.0
        | Tags::ADVERB.0
        | Tags::VERB.0
        | Tags::HEDGE.0
        | Tags::EIN.0
        | Tags::MONTH.0
        | Tags::CALENDAR.0
        | Tags::TIME.0
        | Tags::PLUS.0
        | Tags::MINUS.0
        | Tags::TALLY.0
        | Tags::YEAR_BEFORE.0
        | Tags::THEREOF.0
        | Tags::BETWEEN.0
        | Tags::SEVERAL.0
        | Tags::UNIT.0
        | Tags::UNIT_BEFORE.0,
);

/// *Apollo 11*, *Gleis 3*, *Halle 7*: a bare small number right behind a capitalised word names, it does not count.
fn named_number(view: View<'_>, n: &Numeral) -> bool {
    let Some(before) = n.first.checked_sub(1) else {
        return false;
    };
    let small = matches!(n.shape, Some(Shape::Plain(1..=3))) && n.form == Form::Cardinal && n.power == 0;
    // "NGC 4565"
    let catalogue =
        matches!(n.shape, Some(Shape::Plain(4 | 5))) && view.tokens[before].flags & crate::model::Token::UPPER != 0;
    if !(small || catalogue && n.power == 0)
        || !view.is_word(before)
        || !view.capital(before)
        || view.at(before).len() < 2
    {
        return false;
    }
    if view.ends_like(before, NO_NAME) {
        return false;
    }
    if view.has(n.last, Tags::UNTIL) && (view.is_number(n.last + 1) || view.number_word(n.last + 1).is_some()) {
        return false;
    }
    // In a place there may be so many: "in Hamburg 12".
    let placed = before > 0
        && (view.has(before - 1, Tags::AND_OR)
            || ["in", "aus", "bei", "im"].iter().any(|p| view.is_key(before - 1, p)));
    if placed && !view.is(n.last, '-') {
        return false;
    }
    let counted = super::noun::after(view, n.last).is_some() || carries_unit(view, n);
    let hyphen = view.is(n.last, '-') && view.glued(n.last) && view.glued(n.last + 1);
    let clause_end = n.last >= view.len() || view.is_any(n.last, ".,;:!?)“\"/»«”’") || view.is_word(n.last);
    !counted && (hyphen || clause_end)
}

/// `2:1`, `22:17 Uhr`, `1:45,32`: a result or a time; and *zwei zu eins* in a contest.
pub(super) fn clock_or_score(view: View<'_>, i: usize) -> Option<Numeral> {
    if view.is(i + 1, ':') && !view.glued(i + 1) && !view.glued(i + 2) && view.is_number(i) && view.is_number(i + 2) {
        return spaced_score(view, i);
    }
    if !(view.is(i + 1, ':') && view.glued(i + 1) && view.is_number(i + 2) && view.glued(i + 2) && view.is_number(i)) {
        return spoken_score(view, i);
    }
    let (a, b) = (view.at(i), view.at(i + 2));
    let mut last = i + 3;
    while view.is(last, ':') && view.glued(last) && view.is_number(last + 1) && view.glued(last + 1) {
        last += 2;
    }
    let score = || {
        let (a, b) = (a.parse::<u64>().ok()?, b.parse::<u64>().ok()?);
        let clock = a < 25 && b < 60 && view.at(i + 2).len() == 2;
        let uhr = view.has(last, Tags::CLOCK);
        let (before, after) = (i.checked_sub(1), last);
        let timed = before.is_some_and(|x| view.has(x, Tags::CLOCK_BEFORE));
        let contest = view.any(Tags::CONTEST) || view.is_key(after, "stimmen");
        let is_score = last == i + 3
            && !uhr
            && !(view.at(i).starts_with('0') && view.at(i).len() > 1)
            && (!clock || (contest && !timed));
        is_score.then_some(Value::Score(a, b))
    };
    let value = score();
    let form = if value.is_some() { Form::Score } else { Form::Clock };
    Some(Numeral::new(view, i, last, value.unwrap_or(Value::Exact(Decimal::from_int(0))), form))
}

/// `1 : 3`, as tables of results have it.
fn spaced_score(view: View<'_>, i: usize) -> Option<Numeral> {
    let small = |i: usize| view.at(i).parse::<u64>().ok().filter(|n| *n < 200);
    Some(Numeral::new(view, i, i + 3, Value::Score(small(i)?, small(i + 2)?), Form::Score))
}

fn spoken_score(view: View<'_>, i: usize) -> Option<Numeral> {
    if !view.is_key(i + 1, "zu") || !view.any(Tags::CONTEST) {
        return None;
    }
    let small = |i: usize| match view.number_word(i) {
        Some(NumberWord::Cardinal(s)) => s.value.to_int().and_then(|n| u64::try_from(n).ok()),
        _ => view.at(i).parse::<u64>().ok(),
    };
    let (a, b) = (small(i)?, small(i + 2)?);
    if view.meaning(i + 3, Tags(Tags::UNIT.0 | Tags::SCALE.0 | Tags::TIME.0)).is_some() {
        return None;
    }
    Some(Numeral::new(view, i, i + 3, Value::Score(a, b), Form::Score))
}
