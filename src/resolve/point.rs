//! One point of time: which year, which part of it, which day, which hour.
//!
//! From coarse to fine: the base (*2015*, *vergangene Woche*), the part of the year (*im März*), the n-th unit in it, the
//! day, the part of the day or the clock time. What is not written is taken from the context: the tense of the clause,
//! the day of publication, the period and the day that the text speaks of.

use super::calendar::{Stretch, monday_of, plus};
use super::context::Context;
use super::fiscal;
use crate::lexicon::Lexicon;
use crate::model::{Anchor, Base, DayPart, Grain, Modifier, Origin, Part, Point, Tense, Timex, Written};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A resolved point.
#[derive(Debug)]
pub(super) struct Meant {
    pub(super) stretch: Stretch,
    /// Its days, where they are not those of the stretch: of a company's own year.
    pub(super) days: Option<(Date, Date)>,
    /// From where it was counted.
    pub(super) anchor: Option<(Date, Anchor)>,
    /// The date that the weekday would ask for.
    pub(super) weekday_conflict: Option<Timex>,
}

impl Meant {
    fn of(stretch: Stretch, anchor: Option<(Date, Anchor)>) -> Self {
        Self { stretch, days: None, anchor, weekday_conflict: None }
    }
}

/// What a point means; none where nothing tells the day to count from.
pub(super) fn resolve(
    p: Point,
    w: &Written,
    context: &Context,
    company: Option<(i8, i8)>,
    lexicon: &Lexicon,
) -> Option<Meant> {
    let mut meant = coarse(p, w.tense, context, company, lexicon)?;
    if let (Base::Shift { grain, by: 0, origin: Origin::Published }, Some(modifier)) = (p.base, w.modifier) {
        meant.stretch = edge(meant.stretch, grain, modifier, w.tense, context)?;
    }
    if let Some((n, grain)) = p.nth {
        meant.stretch = nth(meant.stretch, n, grain, p.weekday)?;
    }
    // "heute Nacht" told in the morning is the night that has just gone.
    if p.daypart == Some(DayPart::Night)
        && w.tense == Tense::Past
        && p.base == (Base::Shift { grain: Grain::Day, by: 0, origin: Origin::Published })
        && let Some(day) = meant.stretch.daily()
    {
        meant.stretch = Stretch::Day(plus(day, -1)?);
    }
    if p.night_before
        && let Some(day) = meant.stretch.daily()
    {
        meant.stretch = Stretch::Day(plus(day, -1)?);
    }
    let day = || meant.stretch.daily();
    match (p.clock, p.daypart) {
        (Some(clock), _) => meant.stretch = Stretch::Clock(day()?, clock),
        (None, Some(part)) => meant.stretch = Stretch::Part(day()?, part),
        (None, None) => {}
    }
    if let Some(end) = company.filter(|_| p.nth.is_none() && p.day.is_none()) {
        meant.days = fiscal::days(meant.stretch, end);
    }
    Some(meant)
}

/// Which year *Jahresende* ends: in spring and of the past the last one; and which *Jahresbeginn* begins.
fn edge(stretch: Stretch, grain: Grain, modifier: Modifier, tense: Tense, context: &Context) -> Option<Stretch> {
    let (Some((anchor, _)), Some((first, until))) = (context.anchor(), stretch.days()) else { return Some(stretch) };
    let early = days_between(first, anchor) * 2 < days_between(first, until);
    match (modifier, tense) {
        (Modifier::End, Tense::Past) if early => stretch.shifted(grain, -1),
        (Modifier::Start, Tense::Upcoming) if !early => stretch.shifted(grain, 1),
        _ => Some(stretch),
    }
}

/// Everything coarser than the clock.
fn coarse(p: Point, tense: Tense, context: &Context, company: Option<(i8, i8)>, lexicon: &Lexicon) -> Option<Meant> {
    let anchor = context.anchor();
    let fixed = |stretch| Some(Meant::of(stretch, None));
    let counted = |stretch| Some(Meant::of(stretch, anchor));
    let year = match p.base {
        Base::Any => return None,
        Base::Open => None,
        Base::Century(c) => return fixed(Stretch::Century(c)),
        // "dreißiger Jahre": of the last century, or of this one where the clause points ahead.
        Base::Decade(d @ 0..=9) => {
            let ahead = tense == Tense::Upcoming
                && anchor.is_some_and(|(day, _)| (1..=2).contains(&(200 + d - i32::from(day.year()) / 10)));
            return fixed(Stretch::Decade(if ahead { 200 } else { 190 } + d));
        }
        Base::Decade(d) => return fixed(Stretch::Decade(d)),
        Base::Years(a, b) if p.part == Part::Whole => return fixed(Stretch::Years(a, b)),
        Base::Years(a, _) => match p.part {
            Part::Quarter(q) => return fixed(Stretch::Split(a, 3, q)),
            Part::Third(t) => return fixed(Stretch::Split(a, 4, t)),
            Part::Half(h) => return fixed(Stretch::Split(a, 6, h)),
            _ => Some((a, None)),
        },
        Base::Year(y) => Some((y, None)),
        Base::SamePeriod(by) => {
            return match context.compared() {
                Some(s) => {
                    let from = s.days().map(|(day, _)| (day, Anchor::Focus));
                    Some(Meant::of(s.shifted(Grain::Year, by)?, from))
                }
                None => counted(Stretch::Year(i32::from(anchor?.0.year()) + by)),
            };
        }
        // "vergangenen Montag", "kommenden Januar": the one before or after.
        Base::Shift { grain: Grain::Second, by, .. } if p.part != Part::Whole || p.weekday.is_some() => {
            return nearby(p, by, anchor?, lexicon);
        }
        Base::Shift { grain, by, origin } => {
            let (stretch, anchor) = shifted(grain, by, origin, tense, context)?;
            // A year with a part in it: "März vergangenen Jahres".
            match stretch {
                Stretch::Year(y) if p.part != Part::Whole => Some((y, anchor)),
                _ => {
                    let meant = Meant::of(stretch, anchor);
                    return match p.weekday.filter(|_| p.nth.is_none()) {
                        Some(weekday) => weekday_in(meant, weekday),
                        None => Some(meant),
                    };
                }
            }
        }
    };
    if let Some((year, anchor)) = year {
        let stretch = part_of(year, p.part, lexicon)?;
        let stretch = match p.day {
            Some(day) => Stretch::Day(day_of(stretch, day)?),
            None => stretch,
        };
        return Some(checked(Meant::of(stretch, anchor), p));
    }
    // Nothing says the year.
    match p.part {
        Part::Whole => {}
        Part::Week(_) | Part::Month(_) | Part::Feast(_) | Part::Season(_) => {
            return open_year(p, tense, context, anchor, lexicon).map(|m| checked(m, p));
        }
        Part::Quarter(_) | Part::Third(_) | Part::Half(_) => {
            return open_period(p, tense, context, anchor?, company, lexicon);
        }
    }
    if let Some(day) = p.day {
        return day_alone(day, p, tense, context, anchor?);
    }
    if let Some(weekday) = p.weekday {
        let (from, kind) = anchor?;
        return Some(Meant::of(Stretch::Day(by_tense(from, weekday, tense)?), Some((from, kind))));
    }
    // A clock time or a part of the day alone: the day spoken of.
    if p.clock.is_some() || p.daypart.is_some() {
        if context.recurs() {
            return None;
        }
        let small_hours = p.clock.is_some_and(|c| c.hour < 7);
        let (mut day, kind) = context.day(small_hours)?;
        // "In der Nacht zum Sonntag … gegen 3.40 Uhr": the night began the day before.
        if context.after_night()
            && (p.clock.is_some_and(|c| c.hour < 12) || p.daypart.is_some_and(|d| d != DayPart::Night))
        {
            day = plus(day, 1)?;
        }
        // "gegen 21 Uhr" in a report of the next morning.
        if tense == Tense::Past
            && let Some(now) = context.moment().filter(|now| now.date() == day)
        {
            let hour = p.clock.map(|c| c.hour as i8).or(p.daypart.and_then(begins));
            let later = hour.is_some_and(|h| h > now.hour());
            if later {
                day = plus(day, -1)?;
            }
        }
        return Some(Meant::of(Stretch::Day(day), Some((day, kind))));
    }
    anchor.and_then(|(day, _)| counted(Stretch::Day(day)))
}

/// The hour before which a part of the day cannot have been.
fn begins(part: DayPart) -> Option<i8> {
    match part {
        DayPart::Afternoon => Some(11),
        DayPart::Evening => Some(16),
        _ => None,
    }
}

/// A part of a year.
fn part_of(year: i32, part: Part, lexicon: &Lexicon) -> Option<Stretch> {
    Some(match part {
        Part::Whole => Stretch::Year(year),
        Part::Month(m) => Stretch::Month(year, m),
        Part::Quarter(q) => Stretch::Quarter(year, q),
        Part::Third(t) => Stretch::Third(year, t),
        Part::Half(h) => Stretch::Half(year, h),
        Part::Season(s) => Stretch::Season(year, s),
        Part::Week(w) => {
            let iso = jiff::civil::ISOWeekDate::new(i16::try_from(year).ok()?, w as i8, Weekday::Monday).ok()?;
            Stretch::Week(iso.date())
        }
        Part::Feast(f) => Stretch::Day(lexicon.feasts[usize::from(f)].day(i16::try_from(year).ok()?)?),
    })
}

/// A day of a month.
fn day_of(month: Stretch, day: u8) -> Option<Date> {
    match month {
        Stretch::Month(year, month) => Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok(),
        _ => None,
    }
}

/// Notes where weekday and date of one mention do not agree; the date stands.
fn checked(mut meant: Meant, p: Point) -> Meant {
    if let (Some(weekday), Some(day), None) = (p.weekday, meant.stretch.daily(), p.nth)
        && i32::from(day.weekday().to_monday_one_offset()) != i32::from(weekday)
    {
        let wanted = by_tense(day, weekday, Tense::Open);
        meant.weekday_conflict = wanted.and_then(|d| Timex::of(format_args!("{d}")));
    }
    meant
}

/// So many units from the day of publication or from what the text speaks of.
fn shifted(
    grain: Grain,
    by: i32,
    origin: Origin,
    tense: Tense,
    context: &Context,
) -> Option<(Stretch, Option<(Date, Anchor)>)> {
    let anchor = context.anchor();
    let from_anchor = |by: i32| {
        let (day, kind) = anchor?;
        if matches!(grain, Grain::Hour | Grain::Minute | Grain::Second) {
            return hours(grain, by, context).map(|s| (s, Some((day, kind))));
        }
        // "In zwei Jahren" of a frame: an explicit year of this sentence.
        if grain == Grain::Year
            && (0..=1).contains(&by)
            && origin == Origin::Published
            && let Some(year) = context.year_here()
        {
            return Some((Stretch::Year(year + by), None));
        }
        if grain == Grain::Weekend {
            let tense = if origin == Origin::Anchor && tense == Tense::Open { Tense::Upcoming } else { tense };
            return weekend(day, by, tense).map(|s| (s, Some((day, kind))));
        }
        let around = Stretch::around(day, grain)?;
        Some((around.shifted(grain, by)?, Some((day, kind))))
    };
    match origin {
        Origin::Published | Origin::Anchor => from_anchor(by),
        Origin::Focus => {
            let focus = match grain {
                Grain::Day | Grain::Night | Grain::Workday => context.near_day().map(Stretch::Day),
                Grain::Week => context.near_day().map(Stretch::Day),
                _ => context.reported(),
            };
            let found = focus.and_then(|stretch| {
                let (first, until) = stretch.days()?;
                let around = Stretch::around(first, grain)?;
                // What is spoken of lies within one such unit.
                let (_, end) = around.days()?;
                (until <= end).then_some(())?;
                Some((around.shifted(grain, by)?, Some((first, Anchor::Focus))))
            });
            // "Vorjahresquartal" alone: of the last quarter that is over.
            let over = match grain {
                Grain::Quarter if by == -4 => 1,
                Grain::Month if by == -12 => 1,
                _ => 0,
            };
            found.or_else(|| from_anchor(by - over))
        }
        Origin::Period => {
            let spoken = context.spoken_of();
            let fine = spoken.and_then(|s| s.shifted(grain, by).map(|to| (to, s)));
            if let Some((to, from)) = fine {
                return Some((to, from.days().map(|(day, _)| (day, Anchor::Focus))));
            }
            // A year after a day is a year; a month after a day is a month.
            let day = spoken.and_then(|s| {
                s.daily().or(match s {
                    Stretch::Week(day) | Stretch::Weekend(day) => Some(day),
                    _ => None,
                })
            });
            match day {
                Some(day) => Some((Stretch::around(day, grain)?.shifted(grain, by)?, Some((day, Anchor::Focus)))),
                None if spoken.is_none() => from_anchor(by),
                None => None,
            }
        }
    }
}

/// *vor zwei Stunden*
fn hours(grain: Grain, by: i32, context: &Context) -> Option<Stretch> {
    let by = i64::from(by);
    let span: Span = match grain {
        Grain::Hour => by.hours(),
        Grain::Minute => by.minutes(),
        _ => by.seconds(),
    };
    let at = context.moment()?.checked_add(span).ok()?;
    let clock = crate::model::Clock { hour: at.hour() as u8, minute: at.minute() as u8, second: 0 };
    Some(Stretch::Clock(at.date(), clock))
}

/// The weekend so many weeks on; this one is the last that has begun, unless the clause points ahead.
fn weekend(day: Date, by: i32, tense: Tense) -> Option<Stretch> {
    let monday = monday_of(day)?;
    let weekday = i64::from(day.weekday().to_monday_zero_offset());
    let saturday = plus(monday, 5)?;
    let by = i64::from(by);
    let weeks = match by {
        // "vergangenes Wochenende" said on Sunday is still the last week's.
        ..0 => by,
        // "nächstes Wochenende" before Saturday is mostly the coming one.
        0 => -i64::from(weekday < 5 && tense != Tense::Upcoming),
        _ if weekday < 5 => by - 1,
        _ => by,
    };
    plus(saturday, 7 * weeks).map(Stretch::Weekend)
}

/// The weekday that a tense means, seen from a day.
fn by_tense(from: Date, weekday: u8, tense: Tense) -> Option<Date> {
    let today = i64::from(from.weekday().to_monday_one_offset());
    let ahead = (i64::from(weekday) - today).rem_euclid(7);
    match tense {
        Tense::Upcoming => plus(from, ahead),
        _ => plus(from, if ahead == 0 { 0 } else { ahead - 7 }),
    }
}

/// A weekday of a week; of a longer stretch none.
fn weekday_in(mut meant: Meant, weekday: u8) -> Option<Meant> {
    let monday = match meant.stretch {
        Stretch::Week(monday) => monday,
        Stretch::Day(day) => {
            // "heute, Freitag"
            return Some(checked(meant, Point { weekday: Some(weekday), ..Point::default() }))
                .filter(|_| day.year() > 0);
        }
        _ => return None,
    };
    meant.stretch = Stretch::Day(plus(monday, i64::from(weekday) - 1)?);
    Some(meant)
}

/// *vergangenen Montag*, *kommenden Januar*, *diesen Sommer*: the one wholly before or after, or of this year.
fn nearby(p: Point, by: i32, anchor: (Date, Anchor), lexicon: &Lexicon) -> Option<Meant> {
    let (from, _) = anchor;
    if let (Some(weekday), Part::Whole) = (p.weekday, p.part) {
        let day = match by {
            ..0 => by_tense(plus(from, -1)?, weekday, Tense::Past)?,
            0 => plus(monday_of(from)?, i64::from(weekday) - 1)?,
            1 => by_tense(plus(from, 1)?, weekday, Tense::Upcoming)?,
            _ => plus(by_tense(plus(from, 1)?, weekday, Tense::Upcoming)?, 7 * (i64::from(by) - 1))?,
        };
        return Some(Meant::of(Stretch::Day(day), Some(anchor)));
    }
    let year = i32::from(from.year());
    let in_year = |year: i32| {
        let stretch = part_of(year, p.part, lexicon)?;
        Some(match p.day {
            Some(day) => Stretch::Day(day_of(stretch, day)?),
            None => stretch,
        })
    };
    let mut candidates = (year - 2..=year + 2).filter_map(|y| Some((in_year(y)?, in_year(y)?.days()?)));
    let found = match by {
        ..0 => candidates.rfind(|(_, (_, until))| *until <= from),
        0 => candidates.rfind(|(s, _)| Some(*s) == in_year(season_year(year, from, p.part))),
        1.. => candidates.find(|(_, (first, _))| *first > from),
    };
    let stretch = found?.0;
    let stretch = if by.abs() > 1 { stretch.shifted(Grain::Year, by - by.signum())? } else { stretch };
    Some(Meant::of(stretch, Some(anchor)))
}

/// *diesen Winter* in January is the one that began last December.
fn season_year(year: i32, from: Date, part: Part) -> i32 {
    year - i32::from(part == Part::Season(crate::model::Season::Winter) && from.month() < 3)
}

/// A month, a day of a month, a feast, a season or a week without its year.
fn open_year(
    p: Point,
    tense: Tense,
    context: &Context,
    anchor: Option<(Date, Anchor)>,
    lexicon: &Lexicon,
) -> Option<Meant> {
    let in_year = |year: i32| {
        let stretch = part_of(year, p.part, lexicon)?;
        Some(match p.day {
            Some(day) => Stretch::Day(day_of(stretch, day)?),
            None => stretch,
        })
    };
    // A year named before in the sentence frames what is past.
    if let Some(year) = context.year_here().filter(|_| tense != Tense::Upcoming || anchor.is_none()) {
        return Some(Meant::of(in_year(year)?, None));
    }
    let (from, kind) = anchor?;
    let year = i32::from(from.year());
    // History: the sentence before named a year that is long gone.
    if let Some(past) = context.year_before().filter(|y| *y < year - 1 && tense != Tense::Upcoming) {
        return Some(Meant::of(in_year(past)?, None));
    }
    // With its weekday only one year near by fits: "Freitag, 13. Februar".
    if let (Some(weekday), Some(_)) = (p.weekday, p.day) {
        let fits = |s: &Stretch| {
            s.daily().is_some_and(|d| i32::from(d.weekday().to_monday_one_offset()) == i32::from(weekday))
        };
        let near = [year, year + 1, year - 1].into_iter().filter_map(in_year).filter(fits);
        let distance = |s: &Stretch| s.daily().map_or(i32::MAX, |d| days_between(from, d).abs());
        if let Some(stretch) = near.min_by_key(distance).filter(|s| distance(s) < 300) {
            return Some(Meant::of(stretch, anchor));
        }
    }
    let candidates: Vec<(Stretch, Date, Date)> = (year - 5..=year + 5)
        .filter_map(|y| {
            let stretch = in_year(y)?;
            let (first, until) = stretch.days()?;
            Some((stretch, first, until))
        })
        .collect();
    let begun = candidates.iter().rev().find(|(_, first, _)| *first <= from);
    let coming = candidates.iter().find(|(_, _, until)| *until > from);
    let far = |c: &(Stretch, Date, Date)| match () {
        () if c.1 > from => days_between(from, c.1),
        () if c.2 <= from => days_between(c.2, from),
        () => 0,
    };
    let nearest = candidates.iter().min_by_key(|c| far(c));
    let chosen = match tense {
        // "Im März" of a year that the sentence before named, when this March has only begun.
        Tense::Past | Tense::Open
            if begun.is_some_and(|c| c.2 > from) && context.year_before() == Some(year - 1) && p.day.is_none() =>
        {
            candidates.iter().rev().find(|(_, _, until)| *until <= from)
        }
        Tense::Past => begun,
        // A date just gone by is not a year away.
        Tense::Upcoming => coming.filter(|c| far(c) < 240).or(nearest),
        Tense::Open => nearest,
    };
    Some(Meant::of(chosen?.0, Some((from, kind))))
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |s| s.get_days())
}

/// A quarter, a third or a half without its year.
fn open_period(
    p: Point,
    tense: Tense,
    context: &Context,
    anchor: (Date, Anchor),
    company: Option<(i8, i8)>,
    lexicon: &Lexicon,
) -> Option<Meant> {
    let (from, _) = anchor;
    let year = i32::from(from.year());
    if let Some(year) = context.year_here() {
        return Some(Meant::of(part_of(year, p.part, lexicon)?, None));
    }
    let days = |s: Stretch| company.map_or_else(|| s.days(), |end| fiscal::days(s, end));
    let candidates: Vec<(Stretch, Date, Date)> = (year - 2..=year + 2)
        .filter_map(|y| {
            let stretch = part_of(y, p.part, lexicon)?;
            let (first, until) = days(stretch)?;
            Some((stretch, first, until))
        })
        .collect();
    let begun = candidates.iter().rev().find(|(_, first, _)| *first <= from);
    // Of a company, what is reported is over.
    let over = candidates.iter().rev().find(|(_, _, until)| *until <= from);
    let coming = candidates.iter().find(|(_, _, until)| *until > from);
    let far = |c: &&(Stretch, Date, Date)| match () {
        () if c.1 > from => days_between(from, c.1),
        () if c.2 <= from => days_between(c.2, from),
        () => 0,
    };
    let chosen = match tense {
        _ if company.is_some() => over,
        Tense::Upcoming => coming,
        Tense::Past => begun,
        Tense::Open => candidates.iter().min_by_key(far),
    };
    Some(Meant::of(chosen?.0, Some(anchor)))
}

/// *am 15.*: of the month named before in the sentence, else of the month that the tense asks for.
fn day_alone(day: u8, p: Point, tense: Tense, context: &Context, anchor: (Date, Anchor)) -> Option<Meant> {
    let (from, _) = anchor;
    if let Some((year, month)) = context.month_here() {
        return Some(Meant::of(Stretch::Day(day_of(Stretch::Month(year, month), day)?), Some(anchor)));
    }
    let (year, month) = (i32::from(from.year()), from.month() as u8);
    let here = Stretch::Month(year, month);
    let of = |by: i32| day_of(here.shifted(Grain::Month, by)?, day);
    let weekday = |d: &Date| p.weekday.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == i32::from(w));
    let mut days: Vec<Date> = [-2, -1, 0, 1, 2].into_iter().filter_map(of).filter(weekday).collect();
    days.sort();
    let chosen = match tense {
        Tense::Past => days.iter().rev().find(|d| **d <= from).copied(),
        Tense::Upcoming => days.iter().find(|d| **d >= from).copied(),
        Tense::Open => of(0).filter(weekday).or_else(|| days.first().copied()),
    };
    Some(Meant::of(Stretch::Day(chosen?), Some(anchor)))
}

/// The n-th unit of a stretch, counted from 1, or from its end.
fn nth(stretch: Stretch, n: i8, grain: Grain, weekday: Option<u8>) -> Option<Stretch> {
    let (first, until) = stretch.days()?;
    let inside = |day: Date| (first <= day && day < until).then_some(day);
    let step = |from: Date, days: i64| {
        let count = i64::from(n.unsigned_abs()) - 1;
        if n > 0 { plus(from, days * count) } else { plus(from, -days * count) }
    };
    if let Some(weekday) = weekday {
        let target = match n {
            1.. => by_tense(first, weekday, Tense::Upcoming)?,
            _ => by_tense(plus(until, -1)?, weekday, Tense::Past)?,
        };
        return inside(step(target, 7)?).map(Stretch::Day);
    }
    match grain {
        Grain::Day | Grain::Night => {
            let from = if n > 0 { first } else { plus(until, -1)? };
            inside(step(from, 1)?).map(Stretch::Day)
        }
        Grain::Workday => {
            let before = if n > 0 { plus(first, -1)? } else { until };
            let mut day = before;
            for _ in 0..n.unsigned_abs() {
                day = Stretch::Day(day).shifted(Grain::Workday, i32::from(n.signum()))?.daily()?;
            }
            inside(day).map(Stretch::Day)
        }
        Grain::Week => {
            // A week belongs to the month or year that has its Thursday.
            let thursday = match n {
                1.. => by_tense(first, 4, Tense::Upcoming)?,
                _ => by_tense(plus(until, -1)?, 4, Tense::Past)?,
            };
            let day = inside(step(thursday, 7)?)?;
            Some(Stretch::Week(monday_of(day)?))
        }
        Grain::Weekend => {
            let saturday = match n {
                1.. => by_tense(first, 6, Tense::Upcoming)?,
                _ => by_tense(plus(until, -1)?, 6, Tense::Past)?,
            };
            inside(step(saturday, 7)?).map(Stretch::Weekend)
        }
        Grain::Month => {
            let start = Stretch::around(if n > 0 { first } else { plus(until, -1)? }, Grain::Month)?;
            let month = start.shifted(Grain::Month, if n > 0 { i32::from(n) - 1 } else { i32::from(n) + 1 })?;
            let (from, _) = month.days()?;
            inside(from).map(|_| month)
        }
        _ => None,
    }
}
