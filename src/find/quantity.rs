//! Numerals → quantities: the unit or noun behind, the sign in front, the hedge around, two ends joined.

use super::numeral::{Form, Numeral, Value};
use super::refuse::Refusal;
use super::view::View;
use super::{Memory, age, calendar, hedge, noun, range, sign, unit};
use crate::lexicon::Tags;
use crate::model::{Amount, Approx, Decimal, Per, Quantity, QuantityType, Span, UnitId};
use crate::pack::UnitKind;

/// The rules in the order in which they are tried, for `explain`. Each quantity carries the name of one of them.
pub(crate) const RULES: &[&str] = &[
    "ordinal-superlative",
    "score",
    "multiple",
    "age-adjective",
    "percent-adjective",
    "fraction",
    "fraction-of-unit",
    "fraction-each",
    "ordinal",
    "age-years",
    "age-range",
    "percent-range",
    "multiple-range",
    "money-range",
    "measure-range",
    "number-range",
    "money-sign-first",
    "money",
    "money-with-subunit",
    "percent",
    "measure",
    "multiple-times",
    "ordinal-rank",
    "age-in-brackets",
    "count-in-compound",
    "count-noun",
    "count-range",
    "count-in-adjective",
    "count-thereof",
    "count-tally",
    "number",
    "shared-unit",
    "shared-noun",
    "thereof",
    "ellipsis-of-percent",
    "ellipsis-of-measure",
    "ellipsis-of-money",
    "ellipsis-of-count",
    "percent-points",
    "percent-trend",
];

/// A quantity in the making; [`super::share`] may still complete it.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Draft {
    pub(super) span: Span,
    /// First token, one past the last.
    pub(super) first: usize,
    pub(super) last: usize,
    /// First token with the hedge.
    pub(super) outer: usize,
    pub(super) kind: QuantityType,
    pub(super) value: Value,
    /// The upper end of a range.
    pub(super) high: Option<Decimal>,
    /// The power of ten its last word names.
    pub(super) power: i16,
    pub(super) unit: Option<UnitId>,
    pub(super) factor: Option<Decimal>,
    pub(super) per: Option<Per>,
    pub(super) noun: Option<Span>,
    pub(super) approx: Option<Approx>,
    pub(super) hedge: Option<Span>,
    pub(super) assumed: bool,
    pub(super) rule: &'static str,
}

/// Makes the drafts of a sentence. A numeral *ein* that turns out an article becomes none.
pub(super) fn run(
    view: View<'_>,
    numerals: &[Numeral],
    refusals: &mut [Option<Refusal>],
    memory: &Memory,
    drafts: &mut Vec<Draft>,
) {
    drafts.clear();
    let mut k = 0;
    let mut free = 0;
    while k < numerals.len() {
        if refusals[k].is_some() || numerals[k].first < free {
            k += 1;
            continue;
        }
        let place = Place { view, numerals, refusals, memory, k, free, last: drafts.last().copied() };
        if let Some((draft, used)) = place.draft() {
            free = draft.last;
            drafts.push(draft);
            k += used;
        } else {
            k += 1;
        }
    }
}

/// One numeral and its surroundings.
struct Place<'a> {
    view: View<'a>,
    numerals: &'a [Numeral],
    refusals: &'a [Option<Refusal>],
    memory: &'a Memory,
    k: usize,
    /// The first token that no earlier quantity holds.
    free: usize,
    /// The draft before.
    last: Option<Draft>,
}

impl Place<'_> {
    /// The draft and how many numerals it uses.
    fn draft(&self) -> Option<(Draft, usize)> {
        let n = &self.numerals[self.k];
        match n.form {
            Form::Ordinal => self.ordinal(n),
            Form::Superlative => Some((self.plain(n, QuantityType::Ordinal, "ordinal-superlative"), 1)),
            Form::Score => Some((self.plain(n, QuantityType::Score, "score"), 1)),
            Form::Multiple => Some((self.with_per(self.plain(n, QuantityType::Multiple, "multiple")), 1)),
            Form::Years => Some((self.years(n, n.first, n.value, None), 1)),
            Form::Percent => {
                let mut d = self.plain(n, QuantityType::Percent, "percent-adjective");
                d.unit = self.view.lexicon.unit_id("%");
                Some((d, 1))
            }
            Form::Fraction => Some((self.fraction(n), 1)),
            Form::Lasting(_) | Form::Decade | Form::Clock | Form::Odd => None,
            Form::Cardinal | Form::One | Form::Vague => self.cardinal(n),
        }
    }

    /// A draft of the numeral alone, with its hedge.
    fn plain(&self, n: &Numeral, kind: QuantityType, rule: &'static str) -> Draft {
        self.hedged(Self::bare(n, kind, rule), n)
    }

    /// A draft of the numeral alone.
    fn bare(n: &Numeral, kind: QuantityType, rule: &'static str) -> Draft {
        Draft {
            span: n.span,
            first: n.first,
            last: n.last,
            outer: n.first,
            kind,
            value: n.value,
            high: None,
            power: n.power,
            unit: None,
            factor: None,
            per: None,
            noun: None,
            approx: None,
            hedge: None,
            assumed: false,
            rule,
        }
    }

    fn hedged(&self, mut d: Draft, n: &Numeral) -> Draft {
        if let Some((at, approx)) = n.near {
            d.approx = Some(approx);
            d.hedge = Some(self.view.tokens[at].span());
            d.outer = at;
            return d;
        }
        // "zwischen", "von … bis": the hedge stands in front of it.
        let mut first = d.first;
        if d.high.is_some()
            && first > 0
            && (self.view.has(first - 1, Tags::BETWEEN) || self.view.is_key(first - 1, "von"))
        {
            first -= 1;
        }
        let value = match d.value {
            Value::Exact(v) => Some(v),
            _ => None,
        };
        let asked = hedge::Asked { kind: d.kind, value, first, last: d.last };
        let ordinal = d.kind == QuantityType::Ordinal;
        // "von 5 Euro in Bremen bis 9 Euro in Hamburg": the end of a range in two pieces.
        let until =
            |h: &hedge::Found| h.approx == Approx::AtMost && self.last.is_some() && h.span.of(self.view.text) == "bis";
        if let Some(h) = hedge::find(self.view, asked).filter(|h| h.first >= self.free && !ordinal && !until(h)) {
            d.approx = Some(h.approx);
            d.hedge = Some(h.span);
            d.outer = h.first.min(d.first);
        }
        if matches!(n.value, Value::Vague { .. }) {
            d.approx = Some(Approx::Vague);
        }
        d
    }

    fn with_per(&self, mut d: Draft) -> Draft {
        if let Some((per, _)) = unit::per(self.view, d.last) {
            d.per = Some(per);
        } else if let Some(per) = unit::per_before(self.view, d.first) {
            d.per = Some(per);
        }
        d
    }

    /// *dritte*, *3. Platz*, *jeder vierte*, *fünfte oder sechste*
    fn ordinal(&self, n: &Numeral) -> Option<(Draft, usize)> {
        let view = self.view;
        let each = n.first > 0 && view.has(n.first - 1, Tags::EACH);
        if each && let Value::Exact(v) = n.value {
            let den = v.to_int().filter(|d| *d >= 2)?;
            let fraction = Numeral { value: Value::Ratio { num: 1, den }, ..*n };
            return Some((self.plain(&fraction, QuantityType::Fraction, "fraction-each"), 1));
        }
        let mut d = self.plain(n, QuantityType::Ordinal, "ordinal");
        if range::second(view, self.numerals, self.refusals, self.k, n.last, false) {
            let next = &self.numerals[self.k + 1];
            if let (Value::Exact(low), Value::Exact(high)) = (n.value, next.value)
                && low < high
            {
                d.high = Some(high);
                d.last = next.last;
                d.span = n.span.to(next.span);
                return Some((d, 2));
            }
        }
        Some((d, 1))
    }

    /// *34-jährige*, *16- bis 25-Jährige*
    fn years(&self, n: &Numeral, first: usize, value: Value, high: Option<Decimal>) -> Draft {
        let whole = Numeral { first, span: self.view.span(first, n.last), value, ..*n };
        let mut d = self.plain(&whole, QuantityType::Age, "age-adjective");
        d.high = high;
        d.unit = self.view.lexicon.unit_id("a");
        d
    }

    /// *ein Drittel*; *drei viertel Liter* is a measure.
    fn fraction(&self, n: &Numeral) -> Draft {
        let mut d = self.plain(n, QuantityType::Fraction, "fraction");
        if let Some(at) = sign::minus(self.view, n.first).filter(|at| *at >= self.free) {
            d.value = negated(d.value);
            (d.first, d.outer, d.span) = (at, at, Span::new(self.view.tokens[at].start, d.span.end));
        }
        if let Some(u) = unit::after(self.view, n.last, self.memory).filter(|u| !u.inside)
            && let Some(kind) = self.unit_kind(u.unit, u.money)
        {
            (d.kind, d.unit, d.factor) = (kind, u.unit, u.factor);
            (d.last, d.span) = (u.last, self.view.span(d.first, u.last));
            d.value = decimal_of(d.value);
            d.rule = "fraction-of-unit";
        }
        d
    }

    fn unit_kind(&self, unit: Option<UnitId>, money: bool) -> Option<QuantityType> {
        if money {
            return Some(QuantityType::Money);
        }
        match self.view.lexicon.unit(unit?).kind? {
            UnitKind::Percent => Some(QuantityType::Percent),
            UnitKind::Measure => Some(QuantityType::Measure),
            UnitKind::Time => None,
        }
    }

    /// Numbers with a unit, a noun, or nothing behind.
    fn cardinal(&self, n: &Numeral) -> Option<(Draft, usize)> {
        let view = self.view;
        if let Some((unit, end)) = age::of(view, n) {
            let mut d = Self::bare(n, QuantityType::Age, "age-years");
            (d.unit, d.last, d.span) = (Some(unit), end, view.span(n.first, end));
            return Some((self.hedged(d, n), 1));
        }
        let minus = sign::minus(view, n.first).filter(|at| *at >= self.free);
        let start = minus.unwrap_or(n.first);
        let before = sign::unit_before(view, start, self.free);
        let resolved =
            before.and_then(|(payload, at)| Some((unit::resolve(view, at, payload, start, self.memory)?, at)));
        // "−$5": the minus may stand in front of the sign.
        let minus = minus.or_else(|| resolved.and_then(|(_, at)| sign::minus(view, at)).filter(|at| *at >= self.free));
        let after = if n.inside && !view.is(n.last, '-') { None } else { unit::after(view, n.last, self.memory) };
        let first = [resolved.map(|(_, at)| at), minus].into_iter().flatten().min().unwrap_or(n.first).min(n.first);

        let mut value = n.value;
        if minus.is_some() {
            value = negated(value);
        }
        let end = after.map_or(n.last, |u| u.last);
        if range::second(view, self.numerals, self.refusals, self.k, end, after.is_some())
            && let Some(found) = self.ranged(n, value, first, resolved.map(|(u, _)| u), after)
        {
            return Some(found);
        }
        if n.form == Form::One && after.is_none() {
            return None;
        }
        let unit = after.or(resolved.map(|(u, _)| u));
        let mut d = Self::bare(n, QuantityType::Number, "number");
        (d.first, d.outer, d.value) = (first, first.min(d.outer), value);
        let Some(u) = unit else {
            d.span = Span::new(view.tokens[first].start, n.span.end);
            return self.unitless(d, n);
        };
        d.kind = self.unit_kind(u.unit, u.money)?;
        (d.unit, d.factor, d.assumed) = (u.unit, u.factor, u.assumed);
        d.rule = match d.kind {
            QuantityType::Money if after.is_none() => "money-sign-first",
            QuantityType::Money => "money",
            QuantityType::Percent => "percent",
            _ => "measure",
        };
        d.last = end;
        let near_only = n.form == Form::One && n.near.is_some();
        d.span = if near_only {
            n.span
        } else {
            Span::new(view.tokens[first].start, view.tokens[end - 1].end.max(n.span.end))
        };
        let mut used = 1;
        if d.kind == QuantityType::Money {
            used += self.subunits(&mut d, n);
        }
        d = self.hedged(d, n);
        if u.inside { Some((d, used)) } else { Some((self.with_per(d), used)) }
    }

    /// *15 Euro und 15 Cent*, *zwei Euro fünfzig*: adds the second number, and tells how many numerals that took.
    fn subunits(&self, d: &mut Draft, n: &Numeral) -> usize {
        let view = self.view;
        let Some(next) = self.numerals.get(self.k + 1).filter(|_| self.refusals[self.k + 1].is_none()) else {
            return 0;
        };
        if n.power != 0 || d.factor.is_some() || next.power != 0 {
            return 0;
        }
        let and = view.is_key(d.last, "und");
        if next.first != d.last + usize::from(and) {
            return 0;
        }
        let (Value::Exact(whole), Value::Exact(part)) = (d.value, next.value) else {
            return 0;
        };
        let Some(cents) = part.to_int().filter(|c| (1..100).contains(c)) else {
            return 0;
        };
        let memory = Memory { currencies: d.unit.into_iter().collect(), ..Memory::default() };
        let (factor, last) = match unit::after(view, next.last, &memory) {
            Some(u) if u.unit == d.unit && u.factor.is_some() => (u.factor, u.last),
            // "zwei Euro fünfzig": two figures' worth, and nothing counted behind.
            None if !and && cents >= 10 && next.shape.is_none() && noun::after(view, next.last).is_none() => {
                (Some(Decimal::new(1, -2)), next.last)
            }
            _ => return 0,
        };
        let Some(sum) = factor.and_then(|f| Decimal::from_int(cents).checked_mul(f)).and_then(|c| whole.checked_add(c))
        else {
            return 0;
        };
        d.value = Value::Exact(sum);
        d.last = last;
        d.span = Span::new(d.span.start, view.tokens[last - 1].end);
        d.rule = "money-with-subunit";
        1
    }

    /// A range; scale, unit and sign hold for both ends.
    fn ranged(
        &self,
        n: &Numeral,
        low: Value,
        first: usize,
        before: Option<unit::Found>,
        own: Option<unit::Found>,
    ) -> Option<(Draft, usize)> {
        let view = self.view;
        let next = &self.numerals[self.k + 1];
        let (Value::Exact(mut low), Value::Exact(mut high)) = (low, next.value) else {
            return None;
        };
        if next.form == Form::Years {
            if low >= high {
                return None;
            }
            return Some((self.years(next, n.first, Value::Exact(low), Some(high)), 2));
        }
        let after = unit::after(view, next.last, self.memory);
        if sign::minus(view, next.first)
            .is_some_and(|at| at >= n.last && (view.has(at, Tags::MINUS) || view.tokens[at].spaced()))
        {
            high = high.negated();
        }
        // The scale holds for both ends: "120 und 140 Milliarden"; "850'000 bis 3,1 Millionen" has its own, and so has
        // "500 bis 2 Millionen".
        if n.power == 0 && next.power > 0 && low < Decimal::from_int(1000) && low.scaled(next.power) <= high {
            low = low.scaled(next.power);
        }
        // "CHF 240 oder $5": each has a sign of its own.
        let sign = sign::unit_before(view, next.first, n.last)
            .and_then(|(p, at)| unit::resolve(view, at, p, next.first, self.memory));
        if sign.is_some_and(|s| before.is_none_or(|b| b.unit != s.unit)) {
            return None;
        }
        let unit = after.or(before).or(own);
        // Two units of one currency: "50 Rappen bis 2 Franken".
        if let (Some(a), Some(b)) = (own, after) {
            if a.unit != b.unit {
                return None;
            }
            if a.factor != b.factor {
                low = low.checked_mul(a.factor.unwrap_or(Decimal::from_int(1)))?;
                high = high.checked_mul(b.factor.unwrap_or(Decimal::from_int(1)))?;
            }
        }
        if own.is_some() && after.is_none() && n.power == 0 && next.power == 0 && noun::after(view, next.last).is_some()
        {
            return None;
        }
        // "minus 3 bis minus 6" rises towards the first; any other falling pair is no range.
        if low > high && high.is_negative() {
            std::mem::swap(&mut low, &mut high);
        }
        if low >= high {
            return None;
        }
        let mut d = Self::bare(n, QuantityType::Number, "number-range");
        (d.first, d.outer, d.value, d.high, d.power) = (first, first, Value::Exact(low), Some(high), next.power);
        d.last = after.map_or(next.last, |u| u.last);
        d.span = Span::new(view.tokens[first].start, view.tokens[d.last - 1].end.max(next.span.end));
        if next.form == Form::Percent {
            (d.kind, d.unit, d.rule) = (QuantityType::Percent, view.lexicon.unit_id("%"), "percent-range");
            return Some((self.hedged(d, n), 2));
        }
        if next.form == Form::Multiple {
            (d.kind, d.rule) = (QuantityType::Multiple, "multiple-range");
            return Some((self.hedged(d, n), 2));
        }
        if let Some((id, end)) = age::of(view, next) {
            (d.kind, d.unit, d.rule, d.last) = (QuantityType::Age, Some(id), "age-range", end);
            d.span = Span::new(d.span.start, view.tokens[end - 1].end);
            return Some((self.hedged(d, n), 2));
        }
        let Some(u) = unit else {
            let (mut d, _) = self.unitless(d, next)?;
            if d.rule == "count-noun" {
                d.rule = "count-range";
            }
            return Some((d, 2));
        };
        d.kind = self.unit_kind(u.unit, u.money)?;
        d.unit = u.unit;
        d.assumed = u.assumed;
        d.factor = if own.is_some_and(|a| after.is_some_and(|b| a.factor != b.factor)) { None } else { u.factor };
        d.rule = match d.kind {
            QuantityType::Money => "money-range",
            QuantityType::Percent => "percent-range",
            _ => "measure-range",
        };
        d = self.hedged(d, n);
        if u.inside { Some((d, 2)) } else { Some((self.with_per(d), 2)) }
    }

    /// Numbers without a unit: a position, a multiple, a count, an age in brackets, or a bare number.
    fn unitless(&self, mut d: Draft, n: &Numeral) -> Option<(Draft, usize)> {
        let view = self.view;
        let used = if d.high.is_some() { 2 } else { 1 };
        let first = self.numerals[self.k].first;
        d = self.hedged(d, &self.numerals[self.k]);
        if view.has(n.last, Tags::TIMES)
            && !n.inside
            && !view.is_number(n.last + 1)
            && view.number_word(n.last + 1).is_none()
        {
            (d.kind, d.rule, d.last) = (QuantityType::Multiple, "multiple-times", n.last + 1);
            d.span = Span::new(d.span.start, view.tokens[n.last].end);
            d = self.hedged(d, &self.numerals[self.k]);
            return Some((self.with_per(d), used));
        }
        let ranked = first > 0 && view.ends_like(first - 1, Tags::RANK)
            || self.last.is_some_and(|l| l.rule == "ordinal-rank" && calendar::connected(view, l.last, first));
        let followed = !view.has(n.last, Tags::ARTICLE) && noun::after(view, n.last).is_some();
        let whole = n.exact().is_some_and(|v| v.to_int().is_some());
        if ranked && whole && !followed && n.form == Form::Cardinal {
            (d.kind, d.rule, d.approx, d.hedge) = (QuantityType::Ordinal, "ordinal-rank", None, None);
            return Some((d, used));
        }
        if n.inside {
            return Some((d, used));
        }
        if (self.bracketed_age(n) || self.age_of_people(n)) && d.high.is_none() {
            (d.kind, d.unit, d.rule) = (QuantityType::Age, view.lexicon.unit_id("a"), "age-in-brackets");
            return Some((d, used));
        }
        // "Drei-Punkte-Linie", "4½-Zimmer-Wohnung"
        if view.is(n.last, '-')
            && view.glued(n.last)
            && view.is_word(n.last + 1)
            && view.glued(n.last + 1)
            && view.capital(n.last + 1)
        {
            // "100-Milliarden-Programm": money unsaid.
            if n.power > 0 {
                return Some((d, used));
            }
            d.noun = Some(view.tokens[n.last + 1].span());
            (d.kind, d.rule) = (QuantityType::Count, "count-in-compound");
            return Some((d, used));
        }
        if let Some(found) = noun::after(view, n.last).or_else(|| noun::after_coordination(view, n.last)) {
            d.noun = Some(found.span);
            (d.kind, d.rule) = (QuantityType::Count, "count-noun");
            d = self.hedged(d, &self.numerals[self.k]);
            if let Some((per, _)) = unit::per(view, found.last) {
                d.per = Some(per);
            }
            return Some((d, used));
        }
        // "Tausende von Autos"
        if n.form == Form::Vague
            && view.is_key(n.last, "von")
            && let Some(found) = noun::after(view, n.last + 1)
        {
            (d.noun, d.kind, d.rule) = (Some(found.span), QuantityType::Count, "count-noun");
            return Some((d, used));
        }
        // "38-stöckig", "37-seitig": so many of something the adjective names.
        if view.is(n.last, '-')
            && view.glued(n.last)
            && noun::adjective(view, n.last + 1)
            && view.glued(n.last + 1)
            && n.shape.is_some()
        {
            (d.kind, d.rule) = (QuantityType::Count, "count-in-adjective");
            return Some((d, used));
        }
        let counted = self.last.and_then(|l| l.noun).or(self.memory.noun);
        if view.has(n.last, Tags::THEREOF)
            && let Some(noun) = counted
        {
            (d.noun, d.kind, d.rule) = (Some(noun), QuantityType::Count, "count-thereof");
            return Some((d, used));
        }
        if n.form == Form::Cardinal
            && let Some(noun) = tally(view, first)
        {
            (d.noun, d.kind, d.rule) = (Some(noun), QuantityType::Count, "count-tally");
            d = self.with_per(d);
        }
        Some((d, used))
    }

    /// *Petra Muster (43)*
    fn bracketed_age(&self, n: &Numeral) -> bool {
        let view = self.view;
        let brackets = n.first >= 3
            && view.is(n.first - 1, '(')
            && (view.is(n.last, ')') || view.is(n.last, ','))
            && view.glued(n.first);
        if !brackets || n.form != Form::Cardinal || n.shape.is_none() {
            return false;
        }
        years(n) && (self.name(n.first - 2) && self.name(n.first - 3) || view.ends_like(n.first - 2, Tags::PERSON))
    }

    fn name(&self, i: usize) -> bool {
        const NOT: Tags = Tags(Tags::COUNTRY.0 | Tags::ARTICLE.0 | Tags::PREPOSITION.0 | Tags::INDEX.0);
        self.view.is_word(i) && self.view.capital(i) && !self.view.has(i, NOT)
    }

    /// *Petra Muster, 43, sagte*; *jede fünfte Frau über 65*
    fn age_of_people(&self, n: &Numeral) -> bool {
        let view = self.view;
        if n.form != Form::Cardinal || n.power != 0 || !years(n) {
            return false;
        }
        let apposed = n.first >= 3 && view.is(n.first - 1, ',') && view.is(n.last, ',') && n.shape.is_some();
        if apposed && (self.name(n.first - 2) && self.name(n.first - 3) || view.ends_like(n.first - 2, Tags::PERSON)) {
            return true;
        }
        let bounded = n.first >= 2 && ["über", "unter", "ab"].iter().any(|p| view.at(n.first - 1) == *p);
        bounded && view.ends_like(n.first - 2, Tags::PERSON) && noun::after(view, n.last).is_none()
    }
}

/// *die Zahl der Arbeitslosen … auf 3,1 Millionen*: what is tallied in front of token `first`.
fn tally(view: View<'_>, first: usize) -> Option<Span> {
    let at = (0..first).rev().find(|i| view.has(*i, Tags::TALLY))?;
    let article = view.has(at + 1, Tags::ARTICLE) || view.is_key(at + 1, "an") || view.is_key(at + 1, "von");
    let next = at + 1 + usize::from(article);
    let found = noun::after(view, next)?;
    (found.last <= first && article).then_some(found.span)
}

/// As many years as people grow old.
fn years(n: &Numeral) -> bool {
    n.exact().and_then(Decimal::to_int).is_some_and(|v| (1..=110).contains(&v))
}

fn negated(value: Value) -> Value {
    match value {
        Value::Exact(d) => Value::Exact(d.negated()),
        Value::Ratio { num, den } => Value::Ratio { num: -num, den },
        other => other,
    }
}

/// A ratio as a decimal where one ends.
fn decimal_of(value: Value) -> Value {
    match value {
        Value::Ratio { num, den } => super::numeral::ratio(num, den),
        other => other,
    }
}

impl Draft {
    /// The quantity, unless it has more digits than a record holds; and what later sentences may refer to.
    pub(super) fn finish(&self, view: View<'_>, sentence: u32, memory: &mut Memory) -> Option<Quantity> {
        let scaled = |d: Decimal| match self.factor {
            Some(f) => d.checked_mul(f),
            None => Some(d),
        };
        let fits = |d: Decimal| scaled(d).filter(|d| d.fits());
        let amount = match (self.value, self.high) {
            (Value::Exact(low), Some(high)) => Amount::Range { low: fits(low)?, high: Some(fits(high)?) },
            (Value::Exact(v), None) => Amount::Value(fits(v)?),
            (Value::Vague { low, high }, _) => Amount::Range {
                low: fits(low)?,
                high: match high {
                    Some(h) => Some(fits(h)?),
                    None => None,
                },
            },
            (Value::Ratio { num, den }, _) => Amount::Ratio { num, den },
            (Value::Score(a, b), _) => Amount::Score(a, b),
        };
        if self.kind == QuantityType::Money
            && let Some(unit) = self.unit
        {
            memory.currencies.retain(|u| *u != unit);
            memory.currencies.push(unit);
        }
        if self.noun.is_some() {
            memory.noun = self.noun;
        }
        debug_assert!(self.span.start < self.span.end && view.text.is_char_boundary(self.span.end as usize));
        Some(Quantity {
            span: self.span,
            sentence,
            kind: self.kind,
            amount,
            unit: self.unit,
            per: self.per,
            noun: self.noun.filter(|_| self.kind == QuantityType::Count),
            approx: self.approx,
            hedge: self.hedge.filter(|_| self.approx.is_some()),
            assumed: self.assumed,
            rule: self.rule,
        })
    }
}
