//! Numerals: what number is written, before anything is said about what it counts.
//!
//! `58,7 Milliarden` · `dreihundertfünfzig` · `zwei Komma drei` · `eine halbe Million` · `anderthalb` · `2½` · `1/3` ·
//! `ein Drittel` · `dritte` · `dreimal` · `34-jährig` · `Milliarden|verlust` · `zweistelliger Millionen|betrag`

use super::chain::cardinal;
use super::digits::{self, Shape};
use super::view::View;
use crate::lexicon::{NumberWord, Payload, Suffix, Tags};
use crate::model::{Decimal, Grain, Span};
use crate::pack::NumberRole;

/// A number as it is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    Exact(Decimal),
    Ratio { num: i128, den: i128 },
    Vague { low: Decimal, high: Option<Decimal> },
    Score(u64, u64),
}

/// What kind of number word or figure it is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Cardinal,
    /// *eine, ein*: a number only in front of a unit
    One,
    Ordinal,
    /// *zweit|größte*
    Superlative,
    Fraction,
    Multiple,
    /// *34-jährig*
    Years,
    /// *dreitägig*
    Lasting(Grain),
    /// *90er*
    Decade,
    /// `22:17`
    Clock,
    /// *20-prozentig*
    Percent,
    Vague,
    Score,
    /// Figures that are no number: *28.01.2026*, *1.2.3*
    Odd,
}

/// A numeral and where it stands.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) struct Numeral {
    /// Its first token.
    pub(crate) first: usize,
    /// One past its last token.
    pub(crate) last: usize,
    pub(crate) span: Span,
    pub(crate) value: Value,
    pub(crate) form: Form,
    /// Of figures alone: how they are written.
    pub(crate) shape: Option<Shape>,
    /// The power of ten that its last word names; 0 for none.
    pub(crate) power: i16,
    /// More of the same word follows: *Milliarden|verlust*.
    pub(crate) inside: bool,
    /// An adjective in front says how exact it is: *gute* Million.
    pub(crate) near: Option<(usize, crate::model::Approx)>,
}

impl Numeral {
    pub(super) fn new(view: View<'_>, first: usize, last: usize, value: Value, form: Form) -> Self {
        let span = view.span(first, last);
        Self { first, last, span, value, form, shape: None, power: 0, inside: false, near: None }
    }

    /// Its value, if it is one exact number.
    pub(crate) fn exact(&self) -> Option<Decimal> {
        match self.value {
            Value::Exact(n) => Some(n),
            _ => None,
        }
    }
}

/// The numeral that begins at token `i`.
pub(crate) fn at(view: View<'_>, i: usize) -> Option<Numeral> {
    if view.is_number(i) { figures(view, i) } else { words(view, i) }
}

fn figures(view: View<'_>, i: usize) -> Option<Numeral> {
    let text = view.at(i);
    if let Some((num, den)) = text.chars().next().and_then(digits::fraction_sign) {
        let n = Numeral::new(view, i, i + 1, Value::Ratio { num, den }, Form::Fraction);
        return Some(scaled(view, n));
    }
    if let Some(n) = slash_fraction(view, i) {
        return Some(scaled(view, n));
    }
    let Some((mut value, mut shape)) = digits::parse(text) else {
        return Some(Numeral::new(view, i, i + 1, Value::Exact(Decimal::from_int(0)), Form::Odd));
    };
    let mut last = i + 1;
    match spaced_groups(view, i) {
        Some((Some(n), to)) => (value, shape, last) = (n, Shape::Grouped, to),
        Some((None, to)) => return Some(Numeral::new(view, i, to, Value::Exact(Decimal::from_int(0)), Form::Odd)),
        None => {}
    }
    let mut n = Numeral::new(view, i, last, Value::Exact(value), Form::Cardinal);
    n.shape = Some(shape);
    // 2½, 2 ½, 1 1/2
    if matches!(shape, Shape::Plain(1..=3)) && view.is_number(last) {
        let sign = view.at(last).chars().next().and_then(digits::fraction_sign).map(|r| (r, last + 1));
        let part = sign.or_else(|| {
            let f = slash_fraction(view, last)?;
            match f.value {
                Value::Ratio { num, den } => Some(((num, den), f.last)),
                _ => None,
            }
        });
        if let Some(((num, den), to)) = part {
            n = Numeral::new(view, i, to, plus_ratio(value, num, den)?, Form::Cardinal);
            n.shape = Some(Shape::Decimal);
            return Some(scaled(view, n));
        }
    }
    // 5,– and 5.-: no cents.
    if (view.is(last, ',') || view.is(last, '.'))
        && view.glued(last)
        && view.is_any(last + 1, "-–—")
        && view.glued(last + 1)
    {
        let mut to = last + 2;
        while view.is_any(to, "-–—") && view.glued(to) {
            to += 1;
        }
        if !view.is_number(to) || !view.glued(to) {
            n.last = to;
            n.span = view.span(i, to);
            n.shape = Some(Shape::Decimal);
            return Some(n);
        }
    }
    if let Some(n) = with_suffix(view, n).or_else(|| with_digits(view, n)) {
        return Some(n);
    }
    // "Sie wurde 21."
    let became = i > 0
        && (view.is_key(i - 1, "wurde") || view.is_key(i - 1, "wird"))
        && (last + 1 == view.len() || view.is(last + 1, ','));
    // 3. Platz; alone, "3." is an ordinal too.
    // "3.v.r.": third from the right.
    let from_side = view.at(last + 1) == "v" && view.is(last + 2, '.');
    if let Shape::Plain(1..=4) | Shape::Grouped = shape
        && view.is(last, '.')
        && view.glued(last)
        && (view
            .tokens
            .get(last + 1)
            .is_some_and(|t| (t.spaced() && !t.is('-')) || (t.capital() && view.is_word(last + 1)))
            || (i == 0 && last + 1 == view.len())
            || became
            || from_side)
    {
        n.form = Form::Ordinal;
        n.last = last + 1;
        n.span = view.span(i, last + 1);
        return Some(n);
    }
    Some(scaled(view, n))
}

/// `1/2`: smaller over larger, both short.
pub(super) fn slash_fraction(view: View<'_>, i: usize) -> Option<Numeral> {
    if !(view.is_any(i + 1, "/⁄") && view.glued(i + 1) && view.is_number(i + 2) && view.glued(i + 2)) {
        return None;
    }
    if (view.is(i + 3, '/') && view.glued(i + 3)) || (i > 0 && view.is(i - 1, '/') && view.glued(i)) {
        return None;
    }
    let whole = |j| match digits::parse(view.at(j)) {
        Some((n, Shape::Plain(1..=3))) if !view.at(j).starts_with('0') => n.to_int(),
        _ => None,
    };
    let (num, den) = (whole(i)?, whole(i + 2)?);
    (num < den && den <= 100).then(|| Numeral::new(view, i, i + 3, Value::Ratio { num, den }, Form::Fraction))
}

/// `1 234 567` and `16 037,87`: groups of three with one blank between.
/// No value where they are more digits than a number can have.
fn spaced_groups(view: View<'_>, i: usize) -> Option<(Option<Decimal>, usize)> {
    let first = view.at(i);
    if !(1..=3).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_digit()) || first.starts_with('0') {
        return None;
    }
    let mut figures = String::new();
    let mut last = i + 1;
    while let Some(t) = view.tokens.get(last) {
        let text = view.at(last);
        let (group, decimals) = text.split_once(',').map_or((text, None), |(g, d)| (g, Some(d)));
        let gap = &view.text[view.tokens[last - 1].end as usize..t.start as usize];
        let one_blank = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}" | "\u{2008}" | "\u{2007}");
        if !view.is_number(last) || !one_blank || group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        if figures.is_empty() {
            figures.push_str(first);
        }
        figures.push_str(text);
        last += 1;
        if decimals.is_some() {
            break;
        }
    }
    (last > i + 1).then_some(())?;
    Some((digits::parse(&figures).map(|(n, _)| n), last))
}

/// Adds the power of ten that follows: *Mio., Milliarden*; also behind a hyphen, *100-Millionen-*.
pub(super) fn scaled(view: View<'_>, n: Numeral) -> Numeral {
    let mut at = n.last;
    if view.is(at, '-') && view.glued(at) && view.glued(at + 1) {
        at += 1;
    }
    // "zwei Dutzend"
    if let (Some((Payload::Dozen(dozen), end)), Value::Exact(d)) = (view.meaning(n.last, Tags::DOZEN), n.value)
        && let Some(product) = d.checked_mul(Decimal::from_int(i128::from(dozen)))
    {
        return Numeral { last: end, span: view.span(n.first, end), value: Value::Exact(product), shape: None, ..n };
    }
    let Some((Payload::Scale(power), end)) = view.meaning(at, Tags::SCALE) else {
        return n;
    };
    let value = match n.value {
        Value::Exact(d) => Value::Exact(d.scaled(power)),
        Value::Ratio { num, den } => match ratio_scaled(num, den, power) {
            Some(v) => v,
            None => return n,
        },
        Value::Vague { .. } | Value::Score(..) => return n,
    };
    // A dot that ends the sentence is not the abbreviation's: the form with a dot is longer, and wins where it can.
    let form = if n.form == Form::Fraction { Form::Cardinal } else { n.form };
    Numeral { last: end, span: view.span(n.first, end), value, form, power, ..n }
}

fn ratio_scaled(num: i128, den: i128, power: i16) -> Option<Value> {
    let num = num.checked_mul(10i128.checked_pow(u32::try_from(power).ok()?)?)?;
    Some(ratio(num, den))
}

/// A ratio, as a decimal where one ends.
pub(super) fn ratio(num: i128, den: i128) -> Value {
    let mut rest = den;
    let (mut twos, mut fives) = (0i16, 0i16);
    while rest % 2 == 0 {
        rest /= 2;
        twos += 1;
    }
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    if num % rest != 0 {
        return Value::Ratio { num, den };
    }
    let places = twos.max(fives);
    let up = 10i128.checked_pow(places as u32).and_then(|p| (num / rest).checked_mul(p / (den / rest)));
    up.map_or(Value::Ratio { num, den }, |digits| Value::Exact(Decimal::new(digits, -places)))
}

pub(super) fn plus_ratio(whole: Decimal, num: i128, den: i128) -> Option<Value> {
    let n = whole.to_int()?;
    Some(ratio(n.checked_mul(den)?.checked_add(num)?, den))
}

/// `34-jährige`, `20-prozentig`, `3-fach`, `10mal`, `90er`, `3x`.
pub(super) fn with_suffix(view: View<'_>, n: Numeral) -> Option<Numeral> {
    let at = if view.is(n.last, '-') && view.glued(n.last) { n.last + 1 } else { n.last };
    // "DE000A1X3VZ3": letters on both sides are no number at all.
    let inside = n.first > 0 && view.is_word(n.first - 1) && view.glued(n.first);
    if !view.is_word(at) || !view.glued(at) || inside {
        return None;
    }
    let form = view.folded(at, |key| {
        // A cardinal in front makes the suffix a number word the lexicon reads.
        let mut word = b"zwei".to_vec();
        word.extend_from_slice(key);
        match view.lexicon.numerals.word(&word) {
            Some(NumberWord::Times(_)) => Some(Form::Multiple),
            Some(NumberWord::Suffixed(_, _, Suffix::Years)) => Some(Form::Years),
            Some(NumberWord::Suffixed(_, _, Suffix::Percent)) => Some(Form::Percent),
            Some(NumberWord::Suffixed(_, _, Suffix::Lasting(grain))) => Some(Form::Lasting(grain)),
            Some(NumberWord::Suffixed(_, _, Suffix::Decade)) => Some(Form::Decade),
            _ if key == b"x" => Some(Form::Multiple),
            // "90er": the word "zweier" is something else.
            _ if key == b"er" || key == b"ern" => {
                n.exact().and_then(Decimal::to_int).is_some_and(|n| n > 9 && n % 10 == 0).then_some(Form::Decade)
            }
            _ => None,
        }
    })?;
    // "3-mal" and "3x", but no "3 X".
    Some(Numeral { last: at + 1, span: view.span(n.first, at + 1), form, shape: None, ..n })
}

/// *6-stellig*
fn with_digits(view: View<'_>, n: Numeral) -> Option<Numeral> {
    let stellig = view.is(n.last, '-') && view.glued(n.last) && view.at(n.last + 1).starts_with("stellig");
    let of = stellig.then(|| digit_count(view, n.last + 1, n.exact()?.to_int()?)).flatten()?;
    Some(Numeral { first: n.first, span: n.span.to(of.span), ..of })
}

fn words(view: View<'_>, i: usize) -> Option<Numeral> {
    if view.has(i, Tags::EIN) {
        return one(view, i);
    }
    if let Some((Payload::Dozen(n), end)) = view.meaning(i, Tags::DOZEN) {
        let n = Decimal::from_int(i128::from(n));
        let plural = view.folded(i, |key| key.ends_with(b"e") || key.ends_with(b"en") && !key.ends_with(b"zen"));
        let value = if plural || several(view, i) { Value::Vague { low: n, high: None } } else { Value::Exact(n) };
        let form = if plural || several(view, i) { Form::Vague } else { Form::Cardinal };
        return Some(Numeral::new(view, i, end, value, form));
    }
    if let Some((Payload::Multiple(m), end)) = view.meaning(i, Tags::MULTIPLE) {
        let (num, den, kind) = view.lexicon.multiples[usize::from(m)];
        // "Dreiviertel-Hose"
        if kind == crate::model::QuantityType::Fraction && view.is(end, '-') && view.glued(end) {
            return None;
        }
        let value = if den == 1 { Value::Exact(Decimal::from_int(num)) } else { Value::Ratio { num, den } };
        let form = if kind == crate::model::QuantityType::Fraction { Form::Fraction } else { Form::Multiple };
        return Some(Numeral::new(view, i, end, value, form));
    }
    if let Some(n) = vague_scale(view, i) {
        return Some(n);
    }
    match view.number_word(i) {
        None => bare_scale(view, i),
        Some(NumberWord::Cardinal(_)) => cardinal(view, i),
        Some(word) => single(view, i, word),
    }
}

/// Number words that stand for themselves.
fn single(view: View<'_>, i: usize, word: NumberWord) -> Option<Numeral> {
    let exact = |n, form| Some(Numeral::new(view, i, i + 1, Value::Exact(n), form));
    match word {
        NumberWord::Cardinal(_) => None,
        NumberWord::Ordinal(n) => exact(n, Form::Ordinal),
        NumberWord::Superlative(n, len) => {
            let n = exact(n, Form::Superlative)?;
            Some(part_of_word(view, n, len))
        }
        NumberWord::Times(n) => exact(n, Form::Multiple),
        NumberWord::Suffixed(n, _, Suffix::Years) => exact(n, Form::Years),
        NumberWord::Suffixed(n, _, Suffix::Percent) => exact(n, Form::Percent),
        NumberWord::Suffixed(n, _, Suffix::Lasting(grain)) => exact(n, Form::Lasting(grain)),
        NumberWord::Suffixed(n, _, Suffix::Decade) => exact(n, Form::Decade),
        NumberWord::ScaleCompound(power, len) => {
            let value = Value::Vague { low: Decimal::from_int(1).scaled(power), high: None };
            let n = Numeral::new(view, i, i + 1, value, Form::Vague);
            Some(Numeral { power, ..part_of_word(view, n, len) })
        }
        NumberWord::Vague(n) => Some(Numeral::new(view, i, i + 1, Value::Vague { low: n, high: None }, Form::Vague)),
        NumberWord::Quantity(n) => Some(Numeral { power: 6, ..exact(n, Form::Cardinal)? }),
        NumberWord::Digits(digits) => digit_count(view, i, digits),
        // "Drittel" counts only behind a number; "Viertel" alone is a part of a town.
        NumberWord::Part(_) => None,
    }
}

/// Cuts the span after the part of the word that takes `len` bytes of its folded form.
fn part_of_word(view: View<'_>, n: Numeral, len: usize) -> Numeral {
    let word = view.at(n.last - 1);
    let mut end = word.len();
    for (at, _) in word.char_indices().skip(1) {
        if crate::lexicon::folded(&word[..at]).len() >= len {
            end = at;
            break;
        }
    }
    let start = view.tokens[n.last - 1].start;
    Numeral { span: Span::new(n.span.start, start + end as u32), inside: end < word.len(), ..n }
}

/// *zweistelliger Millionenbetrag*: 10 to 100 millions; *sechsstelliger Betrag*: 100,000 to a million.
fn digit_count(view: View<'_>, i: usize, digits: i128) -> Option<Numeral> {
    let digits = i16::try_from(digits).ok().filter(|d| (1..=30).contains(d))?;
    let bounds = |power: i16| Value::Vague {
        low: Decimal::from_int(1).scaled(power + digits - 1),
        high: Some(Decimal::from_int(1).scaled(power + digits)),
    };
    let n = Numeral::new(view, i, i + 1, bounds(0), Form::Vague);
    if let Some((Payload::Scale(power), end)) = view.meaning(i + 1, Tags(Tags::VAGUE.0 | Tags::SCALE.0)) {
        return Some(Numeral { last: end, span: view.span(i, end), value: bounds(power), power, ..n });
    }
    if let Some(NumberWord::ScaleCompound(power, len)) = view.number_word(i + 1) {
        let whole = Numeral { last: i + 2, span: view.span(i, i + 2), value: bounds(power), power, ..n };
        return Some(part_of_word(view, whole, len));
    }
    Some(n)
}

/// *Millionen, Tausende*, *mehrere Hundert*: an unknown amount.
fn vague_scale(view: View<'_>, i: usize) -> Option<Numeral> {
    let several = several(view, i);
    let low = |power| Value::Vague { low: Decimal::from_int(1).scaled(power), high: None };
    if let Some((Payload::Scale(power), end)) = view.meaning(i, Tags::VAGUE) {
        // "Hunderte Millionen", "Tausende Milliarden": both.
        let mut n = Numeral::new(view, i, end, low(power), Form::Vague);
        n.power = power;
        if let Some((Payload::Scale(more), to)) = view.meaning(end, Tags::SCALE).filter(|_| power < 6) {
            n = Numeral { last: to, span: view.span(i, to), value: low(power + more), power: more, ..n };
        }
        return Some(n);
    }
    if !several {
        return None;
    }
    if let Some((Payload::Scale(power), end)) = view.meaning(i, Tags::SCALE) {
        return Some(Numeral { power, ..Numeral::new(view, i, end, low(power), Form::Vague) });
    }
    let NumberWord::Cardinal(solid) = view.number_word(i)? else {
        return None;
    };
    let round = matches!(solid.role, Some(NumberRole::Hundred | NumberRole::Thousand))
        || solid.value.to_int().is_some_and(|n| n >= 10_000 && n % 10_000 == 0);
    if !round {
        return None;
    }
    let n = Numeral::new(view, i, i + 1, Value::Vague { low: solid.value, high: None }, Form::Vague);
    if let Some((Payload::Scale(power), to)) = view.meaning(i + 1, Tags::SCALE) {
        let value = Value::Vague { low: solid.value.scaled(power), high: None };
        return Some(Numeral { last: to, span: view.span(i, to), value, power, ..n });
    }
    Some(n)
}

/// Whether *mehrere, einige, ein paar* stands in front of token `i`.
fn several(view: View<'_>, i: usize) -> bool {
    (1..=2).any(|back| i >= back && view.meaning(i - back, Tags::SEVERAL).is_some_and(|(_, end)| end == i))
}

/// *die Milliarde*, *eine gute Million*: the singular of a scale as a word is one of it.
fn bare_scale(view: View<'_>, i: usize) -> Option<Numeral> {
    let (Payload::Scale(power), end) = view.meaning(i, Tags::SCALE)? else {
        return None;
    };
    if power < 6 || !view.capital(i) || view.has(i, Tags::VAGUE) || view.is(end - 1, '.') || view.at(i).len() < 7 {
        return None;
    }
    let n = Numeral::new(view, i, end, Value::Exact(Decimal::from_int(1).scaled(power)), Form::Cardinal);
    Some(Numeral { power, ..n })
}

/// *ein, eine, einem* in front of a scale, a half, a part, a dozen, a unit.
fn one(view: View<'_>, i: usize) -> Option<Numeral> {
    let next = i + 1;
    if let Some((Payload::Dozen(n), end)) = view.meaning(next, Tags::DOZEN) {
        let value = Value::Exact(Decimal::from_int(i128::from(n)));
        return Some(Numeral::new(view, i, end, value, Form::Cardinal));
    }
    if view.has(next, Tags::HALF) {
        return half(view, i, Decimal::from_int(0), next);
    }
    if view.meaning(next, Tags::SCALE).is_some() {
        if several(view, next) {
            return None;
        }
        let one = Numeral::new(view, i, i + 1, Value::Exact(Decimal::from_int(1)), Form::Cardinal);
        let n = scaled(view, one);
        // "eine Million dreihunderttausend"
        return Some(cardinal(view, i).filter(|c| c.last > n.last).unwrap_or(n));
    }
    // "ein gutes Dutzend", "eine knappe Million": the adjective is the hedge, and the number begins behind it.
    if let Some(approx) = near_adjective(view, next) {
        let n = if let Some((Payload::Dozen(n), end)) = view.meaning(next + 1, Tags::DOZEN) {
            Some(Numeral::new(view, next + 1, end, Value::Exact(Decimal::from_int(i128::from(n))), Form::Cardinal))
        } else if let Some(NumberWord::Part(den)) = view.number_word(next + 1) {
            Some(Numeral::new(view, next + 1, next + 2, Value::Ratio { num: 1, den }, Form::Fraction))
        } else if view.meaning(next + 1, Tags::SCALE).is_some() {
            bare_scale(view, next + 1)
        } else if let Some((_, end)) = view.meaning(next + 1, Tags::UNIT) {
            // "ein gutes Prozent": the unit alone carries the number.
            let mut n = Numeral::new(view, next + 1, end, Value::Exact(Decimal::from_int(1)), Form::One);
            n.last = next + 1;
            Some(n)
        } else {
            None
        };
        return n.map(|n| Numeral { near: Some((next, approx)), ..n });
    }
    // "ein weiteres Viertel"
    if view.at(next).starts_with("weiter")
        && let Some(NumberWord::Part(den)) = view.number_word(next + 1)
    {
        return Some(Numeral::new(view, next + 1, next + 2, Value::Ratio { num: 1, den }, Form::Fraction));
    }
    match view.number_word(next) {
        Some(NumberWord::Part(den)) => Some(part(view, i, next, 1, den)),
        Some(NumberWord::Quantity(n)) => {
            Some(Numeral { power: 6, ..Numeral::new(view, i, next + 1, Value::Exact(n), Form::Cardinal) })
        }
        Some(NumberWord::Cardinal(s)) if matches!(s.role, Some(NumberRole::Hundred | NumberRole::Thousand)) => {
            cardinal(view, i)
        }
        Some(NumberWord::Ordinal(n)) if n.to_int().is_some_and(|n| n == 100 || n == 1000) => cardinal(view, i),
        _ => cardinal(view, i)
            .filter(|n| n.last > i + 1)
            .or_else(|| Some(Numeral::new(view, i, i + 1, Value::Exact(Decimal::from_int(1)), Form::One))),
    }
}

fn near_adjective(view: View<'_>, i: usize) -> Option<crate::model::Approx> {
    view.folded(i, |key| match key {
        b"gutes" | b"guten" | b"gute" | b"guter" | b"gutem" => Some(crate::model::Approx::JustAbove),
        b"knappes" | b"knappen" | b"knappe" | b"knapper" | b"knappem" => Some(crate::model::Approx::JustBelow),
        _ => None,
    })
}

/// *eine halbe Million*, *ein halbes Prozent*, *ein halbes Dutzend*: the half needs something to halve.
fn half(view: View<'_>, first: usize, whole: Decimal, at: usize) -> Option<Numeral> {
    let value = whole.checked_add(Decimal::new(5, -1))?;
    let next = at + 1;
    if let Some((Payload::Dozen(n), end)) = view.meaning(next, Tags::DOZEN) {
        let value = value.checked_mul(Decimal::from_int(i128::from(n)))?;
        return Some(Numeral::new(view, first, end, Value::Exact(value), Form::Cardinal));
    }
    let n = Numeral::new(view, first, next, Value::Exact(value), Form::Cardinal);
    let n = scaled(view, n);
    if n.last > next || view.meaning(next, Tags(Tags::UNIT.0 | Tags::TIME.0)).is_some() {
        return Some(n);
    }
    // "ein halb" alone is the fraction; "ein halbes Schwein" is none.
    let bare = view.folded(at, |key| key == b"halb" || key == b"halbe") && next == view.len();
    bare.then(|| Numeral::new(view, first, next, ratio_of(value), Form::Fraction))
}

pub(super) fn ratio_of(value: Decimal) -> Value {
    match value.checked_mul(Decimal::from_int(2)).and_then(Decimal::to_int) {
        Some(num) => Value::Ratio { num, den: 2 },
        None => Value::Exact(value),
    }
}

/// *zwei Drittel*; a power of ten may follow: *zwei Drittel Millionen*.
pub(super) fn part(view: View<'_>, first: usize, at: usize, num: i128, den: i128) -> Numeral {
    let n = Numeral::new(view, first, at + 1, Value::Ratio { num, den }, Form::Fraction);
    scaled(view, n)
}
