//! How long: *drei Jahre*, *zwei bis drei Tage*, *eine halbe Stunde*, *fünfjährige*, *seit Jahren*, *35-Stunden-Woche*.

use super::reader::Reader;
use crate::find::numeral::{Form, Numeral, Value};
use crate::find::{age, hedge, noun};
use crate::lexicon::{Kinds, Lead, Payload, Tags, TimeWord};
use crate::model::{Approx, Decimal, Grain, Lasting, Modifier, QuantityType};

/// A duration, perhaps with a longer end, and where it stands.
#[derive(Copy, Clone, Debug)]
pub(super) struct Long {
    pub(super) low: Lasting,
    pub(super) high: Option<Lasting>,
    /// Its first token.
    pub(super) first: usize,
    /// One past its last.
    pub(super) last: usize,
    /// How it is hedged, and where the hedge begins.
    pub(super) hedge: Option<(Modifier, usize)>,
}

impl Long {
    fn new(low: Lasting, first: usize, last: usize) -> Self {
        Self { low, high: None, first, last, hedge: None }
    }
}

/// What begins a duration, beside numbers.
pub(super) const OPENERS: Kinds = Kinds::LASTING.or(Kinds::UNIT).or(Kinds::SHIFT).or(Kinds::lead(Lead::Whole));

/// The duration that begins at token `i`.
pub(super) fn at(r: Reader<'_>, i: usize) -> Option<Long> {
    adjective(r, i)
        .or_else(|| half(r, i))
        .or_else(|| one(r, i))
        .or_else(|| split(r, i))
        .or_else(|| counted(r, i))
        .or_else(|| vague(r, i))
        .or_else(|| whole(r, i))
        .map(|long| hedged(r, long))
}

/// *fünfjährige Haft*, *dreitägig*, *jahrelang*, *halbstündig*
fn adjective(r: Reader<'_>, i: usize) -> Option<Long> {
    if let Some(((grain, count), end)) = r.word(i, Kinds::LASTING, |w| match w {
        TimeWord::Lasting(grain, count) => Some((grain, count)),
        _ => None,
    }) {
        let count = (count > 0).then(|| Decimal::from_int(count.into()));
        return Some(Long::new(Lasting::of(count, grain), i, end));
    }
    let n = r.numeral(i)?;
    // "drei- bis vierjährige"
    let second = elided(r, n);
    let last = second.unwrap_or(n);
    let grain = match last.form {
        Form::Lasting(grain) => grain,
        Form::Years if age::lasting(r.view, last) => Grain::Year,
        _ => return None,
    };
    let of = |n: &Numeral| Some(Lasting::of(Some(n.exact()?), grain));
    let high = second.map(of);
    Some(Long { high: high.flatten(), ..Long::new(of(n)?, i, last.last) })
}

/// The second numeral of *drei- bis vierjährige*, *drei- oder vierjährige*.
fn elided<'a>(r: Reader<'a>, n: &Numeral) -> Option<&'a Numeral> {
    let v = r.view;
    let joins = |at: usize| v.has(at, Tags::UNTIL) || v.is_key(at, "oder");
    let hyphen = n.form == Form::Cardinal && v.is(n.last, '-') && v.glued(n.last) && joins(n.last + 1);
    hyphen.then(|| r.numeral(n.last + 2)).flatten()
}

/// *ein Jahr*, *einem Tag*, *ein ganzes Jahr*: the article counts.
fn one(r: Reader<'_>, i: usize) -> Option<Long> {
    let v = r.view;
    if !v.has(i, Tags::EIN) || r.numeral(i).is_some_and(|n| n.last > i + 1) {
        return None;
    }
    let mut at = i + 1;
    if r.lead(at, Lead::Whole).is_some() || ["weiter", "gut", "knapp"].iter().any(|w| v.at(at).starts_with(w)) {
        at += 1;
    }
    let ((grain, count, false, _), end) = r.unit(at)? else { return None };
    if v.is(end, '-') && v.glued(end) || age::once(v, i, end).is_some() || !single(r, i, end) {
        return None;
    }
    Some(further(r, Long::new(Lasting::of(Some(Decimal::from_int(count.into())), grain), i, end)))
}

/// *zwei Hundertstel*, *sechs Hundertstelsekunden*
fn split(r: Reader<'_>, i: usize) -> Option<Long> {
    let n = r.numeral(i)?;
    let power = |i: usize| {
        r.word(i, Kinds::SPLIT, |w| match w {
            TimeWord::Split(power) => Some(power),
            _ => None,
        })
    };
    if let (Form::Fraction, Value::Ratio { num, .. }) = (n.form, n.value) {
        let (power, end) = power(n.last - 1)?;
        let count = Decimal::from_int(num).scaled(-i16::from(power));
        return Some(Long::new(Lasting::of(Some(count), Grain::Second), i, end));
    }
    if n.form == Form::Fraction {
        let (_, end) = power(n.last - 1)?;
        return Some(Long::new(Lasting::of(n.exact(), Grain::Second), i, end));
    }
    let (power, end) = power(n.last)?;
    let count = n.exact()?.scaled(-i16::from(power));
    Some(Long::new(Lasting::of(Some(count), Grain::Second), i, end))
}

/// A number and a unit.
fn counted(r: Reader<'_>, i: usize) -> Option<Long> {
    let v = r.view;
    let n = r.numeral(i)?;
    if let Some(long) = race(r, n) {
        return Some(long);
    }
    if !matches!(n.form, Form::Cardinal | Form::Vague | Form::Fraction) || n.inside && n.form == Form::Vague {
        return None;
    }
    if age::of(v, n).is_some() {
        return None;
    }
    // "35-Stunden-Woche", "Drei-Monats-Zeitraum"
    let hyphen = v.is(n.last, '-') && v.glued(n.last) && v.glued(n.last + 1);
    let second = range_end(r, n);
    if second.is_some_and(|s| age::of(v, s).is_some()) {
        return None;
    }
    let last = second.unwrap_or(n);
    let mut at = last.last + usize::from(hyphen && second.is_none());
    while at < last.last + 3
        && !hyphen
        && r.unit(at).is_none()
        && (noun::adjective(v, at) || v.has(at, Tags::ADVERB))
        && !v.capital(at)
        && r.shift(at).is_none()
    {
        at += 1;
    }
    // "von 39 auf 36 Stunden"
    let borrowed = || {
        let to = r.numeral(n.last + 1).filter(|to| to.form == Form::Cardinal)?;
        let leans = second.is_none() && r.after_any(i, &["von"]) && r.any(n.last, &["auf"]);
        leans.then(|| r.unit(to.last)).flatten().map(|(unit, _)| (unit, n.last))
    };
    let ((grain, count, ..), end) = r.unit(at).or_else(borrowed)?;
    let times = |n: &Numeral| match n.value {
        Value::Exact(d) => Some(Some(d.checked_mul(Decimal::from_int(count.into()))?)),
        Value::Vague { .. } => Some(None),
        _ => None,
    };
    let mut long = Long::new(Lasting::of(times(n)?, grain), i, end);
    if let Some(second) = second {
        long.high = Some(Lasting::of(times(second)?, grain));
        return Some(long);
    }
    if hyphen {
        long.last = compound_end(r, end);
        return Some(long);
    }
    Some(further(r, long))
}

/// Whether *ein Jahr* counts here: not *ein Tag wie jeder andere*.
fn single(r: Reader<'_>, i: usize, end: usize) -> bool {
    let v = r.view;
    let led = r.after_any(
        i,
        &[
            "seit",
            "fuer",
            "nach",
            "binnen",
            "innerhalb",
            "in",
            "vor",
            "um",
            "auf",
            "ueber",
            "knapp",
            "gut",
            "rund",
            "fast",
            "etwa",
            "mehr",
            "als",
            "von",
            "innert",
            "ab",
            "mindestens",
            "nur",
            "noch",
            "bis",
            "zu",
            "pro",
        ],
    );
    let followed = r.any(
        end,
        &[
            "lang", "lange", "spaeter", "zuvor", "davor", "vor", "nach", "laenger", "frueher", "danach", "und", "her",
            "dauern",
        ],
    );
    let accusative = v.is_key(i, "einen") || v.is_key(i, "eine");
    let closes = end >= v.len() || v.is_any(end, ".,;:!?)–-") || v.is_word(end) && !v.capital(end);
    led || followed || accusative || closes
}

/// *zwei oder drei*, *zwei bis drei*, *2-3*
fn range_end<'a>(r: Reader<'a>, n: &Numeral) -> Option<&'a Numeral> {
    let v = r.view;
    if !matches!(n.form, Form::Cardinal | Form::One) {
        return None;
    }
    let between = n.first > 0 && v.has(n.first - 1, Tags::BETWEEN);
    let hyphen = usize::from(v.is(n.last, '-') && v.glued(n.last) && v.has(n.last + 1, Tags::UNTIL));
    let at = n.last + hyphen;
    let at = match () {
        () if v.has(at, Tags::UNTIL) => at + 1 + usize::from(v.is_key(at + 1, "zu")),
        () if v.is_key(at, "oder") || between && v.is_key(at, "und") => at + 1,
        () if v.is_any(at, "-–") && n.shape.is_some() => at + 1,
        () => return None,
    };
    r.numeral(at).filter(|s| matches!(s.form, Form::Cardinal) && (n.power == 0 || s.power > 0))
}

/// What a hyphenated duration covers: all of *Drei-Monats-Zeitraum*, and of *35-Stunden-Woche* the first two words.
fn compound_end(r: Reader<'_>, end: usize) -> usize {
    let v = r.view;
    let joined = v.is(end, '-') && v.glued(end) && v.is_word(end + 1) && v.glued(end + 1);
    let time = joined && v.folded(end + 1, |k| [&b"zeitraum"[..], b"periode", b"frist", b"zeitraums"].contains(&k));
    if time { end + 2 } else { end }
}

/// *zwei Jahre und drei Monate*, *1 Stunde 20 Minuten*
fn further(r: Reader<'_>, mut long: Long) -> Long {
    for _ in 0..2 {
        let at = long.last + usize::from(r.view.is_key(long.last, "und") || r.view.is(long.last, ','));
        let number = r.numeral(at).filter(|n| matches!(n.form, Form::Cardinal | Form::One));
        let (value, unit) = match number {
            Some(n) if age::of(r.view, n).is_none() => (n.exact(), n.last),
            None if r.view.has(at, Tags::EIN) => (Some(Decimal::from_int(1)), at + 1),
            _ => break,
        };
        let (Some(value), Some(((grain, 1, ..), end))) = (value, r.unit(unit)) else { break };
        // "zwei Jahre und drei Monate", but no "zwei Jahrzehnte, anderthalb Monate".
        let finer: &[Grain] = match long.low.last().1 {
            Grain::Year => &[Grain::Month, Grain::Week, Grain::Day],
            Grain::Month => &[Grain::Week, Grain::Day],
            Grain::Week => &[Grain::Day],
            Grain::Day => &[Grain::Hour],
            Grain::Hour => &[Grain::Minute],
            Grain::Minute => &[Grain::Second],
            _ => break,
        };
        if !finer.contains(&grain) {
            break;
        }
        long.low = long.low.and(Some(value), grain);
        long.last = end;
    }
    long
}

/// `1:23,45 Minuten`, `2:03:45 Stunden`: what a clock stopped.
fn race(r: Reader<'_>, n: &Numeral) -> Option<Long> {
    let v = r.view;
    if !matches!(n.form, Form::Clock | Form::Score) {
        return None;
    }
    let ((grain, 1, ..), end) = r.unit(n.last)? else { return None };
    let finer = match grain {
        Grain::Hour => Grain::Minute,
        Grain::Minute => Grain::Second,
        _ => return None,
    };
    let number = |i: usize| crate::find::digits::parse(v.at(i)).map(|(d, _)| d);
    let mut low = Lasting::of(Some(number(n.first)?), grain).and(Some(number(n.first + 2)?), finer);
    if n.last > n.first + 3 {
        low = low.and(Some(number(n.first + 4)?), Grain::Second);
    }
    Some(Long::new(low, n.first, end))
}

/// *eine halbe Stunde*, *ein halbes Jahr*, *halbes Jahr*
fn half(r: Reader<'_>, i: usize) -> Option<Long> {
    let v = r.view;
    let at = i + usize::from(v.has(i, Tags::EIN));
    if !v.has(at, Tags::HALF) || v.is_key(at, "halb") {
        return None;
    }
    let ((grain, 1, false, _), end) = r.unit(at + 1)? else { return None };
    let (count, grain) = match grain {
        Grain::Year => (6, Grain::Month),
        Grain::Hour => (30, Grain::Minute),
        Grain::Minute => (30, Grain::Second),
        Grain::Day => (12, Grain::Hour),
        Grain::Decade => (5, Grain::Year),
        Grain::Century => (50, Grain::Year),
        _ => return None,
    };
    Some(Long::new(Lasting::of(Some(Decimal::from_int(count)), grain), i, end))
}

/// *mehrere Jahre*, *einige Tage*, and the bare plural behind *seit*, *nach*, *innerhalb*.
fn vague(r: Reader<'_>, i: usize) -> Option<Long> {
    let v = r.view;
    if let Some((Payload::None, mut at)) = v.meaning(i, Tags::SEVERAL) {
        while r.unit(at).is_none() && noun::adjective(v, at) && at < i + 4 {
            at += 1;
        }
        let ((grain, 1, true, _), end) = r.unit(at)? else { return None };
        return Some(Long::new(Lasting::of(None, grain), i, end));
    }
    let ((grain, 1, true, _), end) = r.unit(i)? else { return None };
    let led =
        r.after_any(i, &["seit", "nach", "vor", "in", "innerhalb", "binnen", "fuer", "ueber", "von", "auf", "um"]);
    let lasting = r.any(end, &["lang", "spaeter", "zuvor", "danach"]) || r.any(end, &["langer", "langem", "langen"]);
    (v.capital(i) && (led || lasting)).then(|| Long::new(Lasting::of(None, grain), i, end))
}

/// *ganzen Tag*, *ganze Jahr*
fn whole(r: Reader<'_>, i: usize) -> Option<Long> {
    let at = r.lead(i, Lead::Whole)?;
    if !r.view.at(i).starts_with(['g', 'G']) || r.view.is_key(i, "gesamte") || r.view.is_key(i, "gesamten") {
        return None;
    }
    let ((grain, 1, false, _), end) = r.unit(at)? else { return None };
    let of = matches!(grain, Grain::Day | Grain::Week | Grain::Month | Grain::Year | Grain::Weekend | Grain::Hour);
    of.then(|| Long::new(Lasting::of(Some(Decimal::from_int(1)), grain), i, end))
}

/// Adds the hedge in front or behind.
fn hedged(r: Reader<'_>, long: Long) -> Long {
    let value = long.low.last().0;
    let asked = hedge::Asked { kind: QuantityType::Measure, value, first: long.first, last: long.last };
    let found = hedge::find(r.view, asked);
    let hedge = found.map(|h| (modifier(h.approx), h.first));
    Long { hedge: hedge.and_then(|(m, at)| Some((m?, at))), ..long }
}

/// What a hedge says of a time.
pub(super) fn modifier(approx: Approx) -> Option<Modifier> {
    Some(match approx {
        Approx::About => Modifier::Approx,
        Approx::JustBelow | Approx::Below => Modifier::LessThan,
        Approx::JustAbove | Approx::Above => Modifier::MoreThan,
        Approx::AtLeast => Modifier::EqualOrMore,
        Approx::AtMost => Modifier::EqualOrLess,
        Approx::Vague => return None,
    })
}
