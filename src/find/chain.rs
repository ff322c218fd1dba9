//! Number words with blanks between: *zwei Millionen dreihunderttausend*, *ein hundert drei und zwanzig*,
//! *zwei Komma drei*, *sechs und zwei Drittel*. Words written solid are read by [`crate::lexicon::Numerals`].

use super::numeral::{Form, Numeral, Value, part, plus_ratio, ratio_of, scaled, slash_fraction, with_suffix};
use super::view::View;
use crate::lexicon::{NumberWord, Payload, Tags};
use crate::model::Decimal;
use crate::pack::NumberRole;

/// The sum so far: what may follow is tracked, and a word that may not follow ends the number.
struct Chain {
    total: i128,
    /// Below a thousand, waiting for its scale.
    current: Option<i128>,
    /// The last scale; the next is smaller.
    power: i16,
}

/// The cardinal that begins at token `first`, or the ordinal or part that its last word makes of it.
pub(super) fn cardinal(view: View<'_>, first: usize) -> Option<Numeral> {
    let mut chain = Chain { total: 0, current: None, power: i16::MAX };
    // Where the next word is looked at, and where the number ends so far: an "und" alone is no part of it.
    let (mut at, mut end) = (first, first);
    let mut power = 0;
    while at < view.len() {
        match step(view, &mut chain, at, at == first) {
            Some(Step::And(next)) => at = next,
            Some(Step::On(next)) => (at, end) = (next, next),
            Some(Step::Scale(by, next)) => {
                power = by;
                (at, end) = (next, next);
            }
            Some(Step::Ordinal(value, next)) => {
                let value = Value::Exact(Decimal::from_int(value));
                return Some(Numeral::new(view, first, next, value, Form::Ordinal));
            }
            Some(Step::Part(den, next)) => {
                let num = chain.total + chain.current.unwrap_or(0);
                return Some(part(view, first, next - 1, num, den));
            }
            Some(Step::Decimal(value, next)) => {
                let n = Numeral::new(view, first, next, Value::Exact(value), Form::Cardinal);
                return Some(scaled(view, n));
            }
            None => break,
        }
    }
    let at = end;
    if at == first {
        return None;
    }
    let whole = Decimal::from_int(chain.total + chain.current.unwrap_or(0));
    if let Some(n) = comma_words(view, first, at, whole).or_else(|| and_part(view, first, at, whole)) {
        return Some(n);
    }
    // zwei halbe; eineinhalb in two words: ein einhalb.
    if view.has(at, Tags::HALF) && chain.power == i16::MAX && view.folded(at, |k| k == b"halbe" || k == b"halben") {
        let n = whole.checked_mul(Decimal::new(5, -1))?;
        if view.meaning(at + 1, Tags(Tags::UNIT.0 | Tags::SCALE.0 | Tags::TIME.0)).is_some() {
            return Some(scaled(view, Numeral::new(view, first, at + 1, Value::Exact(n), Form::Cardinal)));
        }
        if at + 1 == view.len() {
            return Some(Numeral::new(view, first, at + 1, ratio_of(n), Form::Fraction));
        }
    }
    if view.has(at, Tags::EIN) && view.folded(at + 1, |k| k == b"halb") {
        let value = Value::Exact(whole.checked_add(Decimal::new(5, -1))?);
        return Some(scaled(view, Numeral::new(view, first, at + 2, value, Form::Cardinal)));
    }
    let mut n = Numeral::new(view, first, at, Value::Exact(whole), Form::Cardinal);
    n.power = if chain.current.is_none() && chain.power != 0 { power } else { 0 };
    if at == first + 1 {
        // A word alone can carry a fraction or stand before one: "eins 1/2".
        if let Some(solid) = solid_alone(view, first) {
            n.value = Value::Exact(solid);
        }
        if let Some(f) = slash_fraction(view, at)
            && let Value::Ratio { num, den } = f.value
        {
            return Some(Numeral::new(view, first, f.last, plus_ratio(whole, num, den)?, Form::Cardinal));
        }
        if let Some(n) = with_suffix(view, n) {
            return Some(n);
        }
    }
    Some(if power == 0 { scaled(view, n) } else { n })
}

enum Step {
    And(usize),
    On(usize),
    Scale(i16, usize),
    Ordinal(i128, usize),
    Part(i128, usize),
    Decimal(Decimal, usize),
}

fn solid_alone(view: View<'_>, i: usize) -> Option<Decimal> {
    match view.number_word(i)? {
        NumberWord::Cardinal(s) => Some(s.value),
        _ => None,
    }
}

fn step(view: View<'_>, chain: &mut Chain, at: usize, first: bool) -> Option<Step> {
    if !first && !view.tokens[at].spaced() {
        return None;
    }
    let plain = chain.current;
    // A scale word: Million, tausend.
    if let Some((Payload::Scale(power), end)) = view.meaning(at, Tags::SCALE) {
        let by = match plain {
            Some(n) => n,
            None if first && power == 3 => 1,
            None => return None,
        };
        if power >= chain.power {
            return None;
        }
        chain.total = by.checked_mul(10i128.checked_pow(u32::try_from(power).ok()?)?)?.checked_add(chain.total)?;
        (chain.current, chain.power) = (None, power);
        return Some(Step::Scale(power, end));
    }
    if view.has(at, Tags::EIN) || view.is_key(at, "eins") && plain.is_some_and(|n| n >= 100) {
        // "ein" begins a number, or closes a spoken one: "hundert ein und fünfzig".
        if let Some((sum, end)) = unit_and_ten(view, at, 1) {
            return add(chain, plain, sum, end);
        }
        // "ein hundert ein tausend"
        let thousand = plain.is_some_and(|n| n >= 100 && n % 100 == 0)
            && matches!(view.meaning(at + 1, Tags::SCALE), Some((Payload::Scale(3), _)));
        if thousand {
            return add(chain, plain, 1, at + 1);
        }
        let opens = first || (chain.power != i16::MAX && continues(view, at + 1));
        if opens && plain.is_none() {
            chain.current = Some(1);
            return Some(Step::On(at + 1));
        }
        return if view.is_key(at, "eins") { add(chain, plain, 1, at + 1) } else { None };
    }
    if view.is_key(at, "und") && !first {
        // After hundert and tausend only: "hundert und eins".
        let after_round = plain.is_some_and(|n| n % 100 == 0) || (plain.is_none() && chain.power == 3);
        let spoken = view.is_key(at - 1, "hundert") || view.is_key(at - 1, "tausend");
        let small = match view.number_word(at + 1) {
            Some(NumberWord::Cardinal(s)) => s.value.to_int().filter(|n| *n < 1000).is_some(),
            _ => view.has(at + 1, Tags::EIN),
        };
        let multiplied = at >= 2 && (view.has(at - 2, Tags::EIN) || view.number_word(at - 2).is_some());
        return (after_round && spoken && small && multiplied).then_some(Step::And(at + 1));
    }
    match view.number_word(at)? {
        NumberWord::Cardinal(s) => {
            let Some(v) = s.value.to_int() else {
                return first.then_some(Step::Decimal(s.value, at + 1));
            };
            if let Some((sum, end)) = unit_and_ten(view, at, v) {
                return add(chain, plain, sum, end);
            }
            // drei und zwanzigster, zwei und zwanzigstel
            if (1..=9).contains(&v) && view.is_key(at + 1, "und") {
                match view.number_word(at + 2) {
                    Some(NumberWord::Ordinal(n)) if !view.capital(at + 2) => {
                        let ten = n.to_int().filter(|n| n % 10 == 0 && (20..100).contains(n));
                        if let Some(ten) = ten {
                            return Some(Step::Ordinal(chain.total + plain.unwrap_or(0) + v + ten, at + 3));
                        }
                    }
                    Some(NumberWord::Part(ten)) if ten % 10 == 0 && ten < 100 && plain == Some(1) => {
                        return Some(Step::Part(v + ten, at + 3));
                    }
                    _ => {}
                }
            }
            if s.role == Some(NumberRole::Hundred) {
                let by = plain.unwrap_or(1);
                if by >= 20 || (plain.is_none() && !first && chain.power > 3 && !continues_after_scale(view, chain, at))
                {
                    return None;
                }
                chain.current = Some(by * 100);
                return Some(Step::On(at + 1));
            }
            if v >= 1000 {
                if plain.is_some() || chain.power <= 3 || (!first && chain.power == i16::MAX) {
                    return None;
                }
                chain.total = chain.total.checked_add(v)?;
                chain.power = 0;
                return Some(Step::On(at + 1));
            }
            if s.role == Some(NumberRole::Zero) && !first {
                return None;
            }
            if !first && plain.is_none() && !continues_after_scale(view, chain, at) {
                return None;
            }
            add(chain, plain, v, at + 1)
        }
        NumberWord::Ordinal(n) if !first => {
            let v = n.to_int()?;
            let sum = chain.total + plain.unwrap_or(0);
            if v == 100 || v == 1000 || v >= 1_000_000 {
                return Some(Step::Ordinal(sum.checked_mul(v)?, at + 1)).filter(|_| sum > 0 && sum < 1000);
            }
            let fits = plain.is_some_and(|n| n % 100 == 0 && n >= 100) && v < 100;
            fits.then_some(Step::Ordinal(sum + v, at + 1))
        }
        NumberWord::Part(den) if !first => {
            let spoken = plain.is_some() || chain.total > 0;
            (spoken && den > 1).then_some(Step::Part(den, at + 1))
        }
        _ => None,
    }
}

fn add(chain: &mut Chain, plain: Option<i128>, v: i128, next: usize) -> Option<Step> {
    let fits = match plain {
        None => chain.power != 0,
        Some(n) => n >= 100 && n % 100 == 0 && v < 100,
    };
    if !fits {
        return None;
    }
    chain.current = Some(plain.unwrap_or(0) + v);
    Some(Step::On(next))
}

/// Whether a number word below a thousand may follow a scale: only where it is plainly part of the same number, so that
/// "zwei Millionen drei Tage später" stays two.
fn continues_after_scale(view: View<'_>, chain: &Chain, at: usize) -> bool {
    if chain.power == i16::MAX {
        return false;
    }
    let lower = !view.capital(at - 1) || at == 1;
    let large = solid_alone(view, at).and_then(Decimal::to_int).is_some_and(|n| n >= 100);
    large || continues(view, at + 1) || (lower && chain.power == 3)
}

/// Whether hundert, tausend or a scale stands at token `i`.
fn continues(view: View<'_>, i: usize) -> bool {
    let hundred = |i| matches!(view.number_word(i), Some(NumberWord::Cardinal(s)) if matches!(s.role, Some(NumberRole::Hundred | NumberRole::Thousand)));
    let scale = |i| view.meaning(i, Tags::SCALE).is_some();
    hundred(i) || scale(i) || (view.is_key(i, "und") && (hundred(i + 2) || scale(i + 2)))
}

/// *zwei und zwanzig*, in small letters and not between two ends of a range; also *zwei und zwanzigste*.
fn unit_and_ten(view: View<'_>, at: usize, unit: i128) -> Option<(i128, usize)> {
    if !(1..=9).contains(&unit) || !view.is_key(at + 1, "und") || view.capital(at + 2) {
        return None;
    }
    if at > 0 && view.has(at - 1, Tags(Tags::BETWEEN.0 | Tags::PREPOSITION.0)) {
        return None;
    }
    match view.number_word(at + 2)? {
        NumberWord::Cardinal(s) if s.role == Some(NumberRole::Ten) => Some((unit + s.value.to_int()?, at + 3)),
        _ => None,
    }
}

/// *zwei Komma drei*, *sechzig komma zwei vier null null*
fn comma_words(view: View<'_>, first: usize, at: usize, whole: Decimal) -> Option<Numeral> {
    if !view.has(at, Tags::COMMA) {
        return None;
    }
    let (mut digits, mut places, mut to) = (0i128, 0i16, at + 1);
    while let Some(n) = solid_alone(view, to).and_then(Decimal::to_int) {
        if n > 9 {
            if places == 0 && n < 100 {
                (digits, places, to) = (n, 2, to + 1);
            }
            break;
        }
        digits = digits.checked_mul(10)?.checked_add(n)?;
        places += 1;
        to += 1;
    }
    if places == 0 {
        return None;
    }
    let value = whole.checked_add(Decimal::new(digits, -places))?;
    Some(scaled(view, Numeral::new(view, first, to, Value::Exact(value), Form::Cardinal)))
}

/// *sechs und zwei Drittel*
fn and_part(view: View<'_>, first: usize, at: usize, whole: Decimal) -> Option<Numeral> {
    if !view.is_key(at, "und") {
        return None;
    }
    let num = if view.has(at + 1, Tags::EIN) { 1 } else { solid_alone(view, at + 1)?.to_int()? };
    let NumberWord::Part(den) = view.number_word(at + 2)? else {
        return None;
    };
    let value = plus_ratio(whole, num, den).filter(|_| num < den)?;
    let n = Numeral::new(view, first, at + 3, value, Form::Cardinal);
    let done = scaled(view, n);
    Some(done)
}
