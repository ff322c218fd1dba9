//! Times of the clock: `22:17 Uhr`, `20.30 Uhr`, *8 Uhr*, *halb acht*, *Viertel nach acht*, *Mitternacht*.

use super::reader::Reader;
use crate::lexicon::{Kinds, Lead, Tags, TimeWord};
use crate::model::{Clock, DayPart, Grain};

/// A clock time, one past its last token, and whether it is one wherever it stands (*Uhr* is said).
pub(super) type Told = (Clock, usize, bool);

/// The clock time that begins at token `i`.
pub(super) fn at(r: Reader<'_>, i: usize) -> Option<Told> {
    let (clock, end, sure) =
        digits(r, i).or_else(|| hours(r, i)).or_else(|| spoken(r, i)).or_else(|| midnight(r, i))?;
    let (clock, at, adverb) = with_daypart(r, clock, end);
    let (at, zone) = with_zone(r, at);
    Some((clock, at, sure || adverb || zone))
}

fn told(hour: u32, minute: u32, second: u32) -> Option<Clock> {
    let valid = hour < 24 && minute < 60 && second < 60 || (hour, minute, second) == (24, 0, 0);
    valid.then_some(Clock { hour: hour as u8, minute: minute as u8, second: second as u8 })
}

/// `22:17[:30] [Uhr]`, `20.30 Uhr`, `7h01`
fn digits(r: Reader<'_>, i: usize) -> Option<Told> {
    let v = r.view;
    if !v.is_number(i) {
        return None;
    }
    if let Some((hour, minute)) = v.at(i).split_once('.') {
        let two = (1..=2).contains(&hour.len()) && minute.len() == 2;
        let clock = two.then(|| told(hour.parse().ok()?, minute.parse().ok()?, 0)).flatten()?;
        return match r.uhr(i + 1).or_else(|| abbreviated(r, i, i + 1)) {
            Some(end) => Some((clock, end, true)),
            None => Some((clock, i + 1, false)).filter(|_| !v.glued(i + 1) || v.is_any(i + 1, ",;)!?–-.")),
        };
    }
    let hour = r.figures(i).filter(|_| v.at(i).len() <= 2)?;
    let colon = |i: usize| v.is(i, ':') && v.glued(i) && v.is_number(i + 1) && v.glued(i + 1) && v.at(i + 1).len() == 2;
    if colon(i + 1) {
        let minute = r.figures(i + 2)?;
        let (second, end) = match colon(i + 3).then(|| r.figures(i + 4)).flatten() {
            Some(s) => (s, i + 5),
            None => (0, i + 3),
        };
        let clock = told(hour, minute, second)?;
        return match r.uhr(end).or_else(|| abbreviated(r, i, end)) {
            Some(end) => Some((clock, end, true)),
            None => Some((clock, end, false)).filter(|_| !v.is_any(end, ":%") || !v.glued(end)),
        };
    }
    // "7h01", "7h"
    if v.glued(i + 1) && v.at(i + 1) == "h" && v.is_number(i + 2) && v.glued(i + 2) && v.at(i + 2).len() == 2 {
        return Some((told(hour, r.figures(i + 2)?, 0)?, i + 3, true));
    }
    None
}

/// The *h* of `um 20.30 h`; `in 2:30 h` says how long.
fn abbreviated(r: Reader<'_>, i: usize, end: usize) -> Option<usize> {
    let v = r.view;
    let led = i > 0 && (v.has(i - 1, Tags::CLOCK_BEFORE) || v.is_any(i - 1, ",/|–"));
    (led && v.at(end) == "h").then_some(end + 1)
}

/// `T22:17:05+01:00`: what stands behind the date in a time stamp.
pub(super) fn stamped(r: Reader<'_>, i: usize) -> Option<(Clock, usize)> {
    let v = r.view;
    if v.at(i) != "T" || !v.glued(i) || !v.glued(i + 1) {
        return None;
    }
    let (clock, end, _) = digits(r, i + 1)?;
    let glued = |mut span: std::ops::Range<usize>| span.all(|at| v.glued(at));
    let end = match () {
        () if v.at(end) == "Z" && v.glued(end) => end + 1,
        () if v.is_any(end, "+-") && v.is_number(end + 1) && v.is(end + 2, ':') && glued(end..end + 4) => end + 4,
        () => end,
    };
    Some((clock, end))
}

/// *8 Uhr*, *elf Uhr dreißig*, *8 Uhr 30*
fn hours(r: Reader<'_>, i: usize) -> Option<Told> {
    let (hour, at) = r.cardinal(i, 24)?;
    let adverb = || r.word(at, Kinds::ADVERB, |w| matches!(w, TimeWord::Adverb(_)).then_some(())).map(|_| at);
    let hyphen = || (r.view.is(at, '-') && r.view.glued(at)).then(|| r.uhr(at + 1)).flatten();
    let end = r.uhr(at).or_else(hyphen);
    // "6 abends"
    let Some(end) = end else {
        return adverb().filter(|_| (1..=12).contains(&hour)).and_then(|at| Some((told(hour, 0, 0)?, at, true)));
    };
    let unit = |i: usize, grain| r.unit(i).filter(|((g, ..), _)| *g == grain).map(|(_, end)| end);
    let minutes = r.cardinal(end, 59).filter(|(_, to)| {
        let two = !r.view.is_number(end) || r.view.at(end).len() == 2;
        let counted = r.view.is_word(*to) && r.view.capital(*to) && r.uhr(*to).is_none();
        two && !counted && !r.view.is_any(*to, ".,%-:") || unit(*to, Grain::Minute).is_some()
    });
    let Some((minute, to)) = minutes.filter(|_| hour < 24) else {
        return Some((told(hour, 0, 0)?, end, true));
    };
    let to = unit(to, Grain::Minute).unwrap_or(to);
    let seconds = r.cardinal(to, 59).and_then(|(s, at)| Some((s, unit(at, Grain::Second)?)));
    let (second, to) = seconds.unwrap_or((0, to));
    Some((told(hour, minute, second)?, to, true))
}

/// *halb acht*, *Viertel nach acht*, *viertel acht*, *drei viertel acht*, *drei Minuten vor acht*, *fünf nach halb acht*
fn spoken(r: Reader<'_>, i: usize) -> Option<Told> {
    let hour_at = |i: usize| r.cardinal(i, 24).filter(|(h, _)| *h > 0);
    let back = |minutes: u32, (hour, at): (u32, usize)| {
        let end = r.uhr(at);
        // "halb so viel", "halb zehn Prozent": an hour has nothing counted behind it.
        let counted = end.is_none()
            && (r.view.is_word(at) && r.view.capital(at) && !part_of_day(r, at)
                || r.unit(at).is_some()
                || r.view.is_any(at, "%-,") && r.view.is_number(at + 1));
        let total = (hour * 60).checked_sub(minutes)?;
        (!counted).then_some((told(total / 60, total % 60, 0)?, end.unwrap_or(at), true))
    };
    let ahead = |minutes: u32, (hour, at): (u32, usize)| {
        let (clock, end, sure) = back(0, (hour, at))?;
        Some((told(u32::from(clock.hour), minutes, 0)?, end, sure))
    };
    if r.view.is_key(i, "halb") {
        return back(30, hour_at(i + 1).filter(|(h, _)| *h <= 12)?);
    }
    let (quarters, at) = match (r.lead(i, Lead::Quarter), r.lead(i, Lead::Quarters)) {
        (Some(at), _) => (1, at),
        (_, Some(at)) => (3, at),
        _ => {
            // "drei Minuten vor acht", "um fünf nach halb acht"
            let (n, at) = r.cardinal(i, 29)?;
            let minutes = |((grain, times, ..), _): &((_, u8, _, _), _)| (*grain, *times) == (Grain::Minute, 1);
            let at = match r.unit(at).filter(minutes) {
                Some((_, end)) => end,
                None => Some(at).filter(|_| !r.view.is_number(i) && r.after_any(i, &["um", "gegen", "kurz", "ab"]))?,
            };
            let half = r.view.is_key(at + 1, "halb");
            let hour = hour_at(at + 1 + usize::from(half)).filter(|(_, end)| r.unit(*end).is_none())?;
            let to = match () {
                () if r.lead(at, Lead::Ago).is_some() => 60 - n,
                () if r.view.is_key(at, "nach") => n,
                () => return None,
            };
            return match (half, to) {
                (true, 30..) => back(90 - to, hour),
                (true, _) => back(30 - to, hour),
                (false, 30..) => back(60 - to, hour),
                (false, _) => ahead(to, hour),
            };
        }
    };
    match () {
        () if quarters == 1 && r.view.is_key(at, "nach") => ahead(15, hour_at(at + 1)?),
        () if quarters == 1 && r.lead(at, Lead::Ago).is_some() => back(15, hour_at(at + 1)?),
        () => {
            let (hour, end) = hour_at(at).filter(|(h, _)| *h <= 12)?;
            let bare = r.view.is_number(at) || r.view.number_word(at).is_some();
            bare.then(|| back(60 - 15 * quarters, (hour, end))).flatten()
        }
    }
}

fn midnight(r: Reader<'_>, i: usize) -> Option<Told> {
    let (_, end) = r.word(i, Kinds::MIDNIGHT, |w| (w == TimeWord::Midnight).then_some(()))?;
    // The one that begins the day, or the one that ends it.
    let begins = r.after_any(i, &["seit", "nach", "ab"]);
    Some((told(if begins { 0 } else { 24 }, 0, 0)?, end, true))
}

fn part_of_day(r: Reader<'_>, i: usize) -> bool {
    r.word(i, Kinds::DAY_PART.or(Kinds::ADVERB), |w| {
        matches!(w, TimeWord::DayPart(..) | TimeWord::Adverb(_)).then_some(())
    })
    .is_some()
}

/// *acht Uhr abends*: after noon.
fn with_daypart(r: Reader<'_>, clock: Clock, end: usize) -> Told {
    let part = r.word(end, Kinds::ADVERB.or(Kinds::DAY_PART), |w| match w {
        TimeWord::Adverb(part) => Some(part),
        TimeWord::DayPart(part, None) if r.view.at(end).ends_with('s') || r.any(end, &["frueh"]) => Some(part),
        _ => None,
    });
    let Some((part, at)) = part else { return (clock, end, false) };
    (in_part(clock, part), at, true)
}

/// A clock time of a part of the day: *acht Uhr abends* is after noon, *zwölf Uhr nachts* before it.
pub(super) fn in_part(clock: Clock, part: DayPart) -> Clock {
    let hour = match (part, clock.hour) {
        (DayPart::Afternoon | DayPart::Evening, 1..=11) | (DayPart::Midday, 0..=3) | (DayPart::Night, 9..=11) => {
            clock.hour + 12
        }
        (DayPart::Night, 12) => 0,
        (_, hour) => hour,
    };
    Clock { hour, ..clock }
}

/// *MEZ*, *(MESZ)* stays outside its bracket.
fn with_zone(r: Reader<'_>, end: usize) -> (usize, bool) {
    match r.word(end, Kinds::ZONE, |w| (w == TimeWord::Zone).then_some(())) {
        Some((_, at)) => (at, true),
        None => (end, false),
    }
}

/// The first end of *10–17 Uhr*, *von 8.30 bis 12 Uhr*: a figure alone, with its own clock behind.
pub(super) fn shortened(r: Reader<'_>, i: usize) -> Option<Told> {
    let (clock, at) = match digits(r, i).filter(|(_, end, sure)| !sure && *end <= i + 3) {
        Some((clock, end, _)) => (clock, end),
        None => {
            let (hour, end) = r.cardinal(i, 24)?;
            (told(hour, 0, 0)?, end)
        }
    };
    let v = r.view;
    let next = match () {
        () if v.has(at, Tags::UNTIL) => at + 1,
        () if v.has(at, Tags::AND_OR) => at + 1,
        () if v.is_any(at, "-–—/") && v.is_number(at + 1) => at + 1,
        // "um 11, 14 und 17 Uhr"
        () if v.is(at, ',') && r.after_any(i, &["um", "gegen", "ab"]) => at + 1,
        () => return None,
    };
    let next = if r.any(next, &["zum", "gegen", "um"]) { next + 1 } else { next };
    let certain =
        self::at(r, next).filter(|(_, _, sure)| *sure).map(|(c, ..)| c).or_else(|| shortened(r, next).map(|(c, ..)| c));
    certain.map(|_| (clock, at, true))
}
