//! Values that need no day: durations, sets, and points that stay open (`XXXX-WXX-1`).

use super::calendar::{Hours, Year};
use crate::lexicon::{Feast, Lexicon};
use crate::model::{Base, DayPart, Decimal, Grain, Lasting, Part, Point, Recurring, Reference, Timex};
use std::fmt;

/// `P2Y3M`, `PT1H30M`, `PXY`
struct Period(Lasting);

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut clock = false;
        for (count, grain) in self.0.parts.iter().flatten() {
            let (factor, letter) = match grain {
                Grain::Second => (1, "S"),
                Grain::Minute => (1, "M"),
                Grain::Hour => (1, "H"),
                Grain::Night | Grain::Day | Grain::Workday => (1, "D"),
                Grain::Weekend => (1, "WE"),
                Grain::Week => (1, "W"),
                Grain::Month => (1, "M"),
                Grain::Quarter => (1, "Q"),
                Grain::Third => (4, "M"),
                Grain::Half => (6, "M"),
                Grain::Year => (1, "Y"),
                Grain::Decade => (1, "DE"),
                Grain::Century => (1, "CE"),
                Grain::Millennium => (1, "ML"),
            };
            if *grain <= Grain::Hour && !clock {
                f.write_str("T")?;
                clock = true;
            }
            match count {
                None => write!(f, "X{letter}")?,
                Some(n) => match n.decimal().checked_mul(Decimal::from_int(factor)) {
                    Some(n) => write!(f, "{n}{letter}")?,
                    None => return Err(fmt::Error),
                },
            }
        }
        Ok(())
    }
}

/// The value of a duration; none where it is longer than a record holds.
pub(super) fn duration(low: Lasting, high: Option<Lasting>) -> Option<Timex> {
    let holds = |l: &Lasting| l.parts.iter().flatten().all(|(n, _)| n.is_none_or(|n| n.decimal().fits()));
    (holds(&low) && high.as_ref().is_none_or(holds)).then_some(())?;
    match high {
        None => Timex::of(format_args!("{}", Period(low))),
        Some(high) => Timex::of(format_args!("{}/{}", Period(low), Period(high))),
    }
}

/// The value of a set.
pub(super) fn set(set: Recurring) -> Option<Timex> {
    match set {
        Recurring::Every(lasting) => duration(lasting, None),
        Recurring::Within(low, high) => duration(low, Some(high)),
        Recurring::WeekdayPart(day, part) => Timex::of(format_args!("XXXX-WXX-{day}T{}", part.name())),
        Recurring::Weekday(day) => Timex::of(format_args!("XXXX-WXX-{day}")),
        Recurring::Workdays => Timex::of(format_args!("XXXX-WXX-WD")),
        Recurring::DayPart(part) => Timex::of(format_args!("XXXX-XX-XXT{}", part.name())),
        Recurring::Date(month, day) => Timex::of(format_args!("XXXX-{month:02}-{day:02}")),
        Recurring::Month(month) => Timex::of(format_args!("XXXX-{month:02}")),
        Recurring::Season(season) => Timex::of(format_args!("XXXX-{}", season.name())),
        Recurring::Weekend => Timex::of(format_args!("XXXX-WXX-WE")),
    }
}

/// The value of a reference.
pub(super) fn reference(reference: Reference) -> Option<Timex> {
    Timex::of(format_args!("{}", reference.name()))
}

/// What is known of a point without any day to count from.
pub(super) fn open(p: Point, lexicon: &Lexicon) -> Option<Timex> {
    if let Base::Shift { by, .. } | Base::SamePeriod(by) = p.base
        && p.clock.is_none()
    {
        return reference(match by {
            ..0 => Reference::Past,
            0 => Reference::Present,
            1.. => Reference::Future,
        });
    }
    let clock = |day: &dyn fmt::Display| match (p.clock, p.daypart) {
        (Some(c), _) => Timex::of(format_args!("{day}T{}", Hours(c))),
        (None, Some(part)) => Timex::of(format_args!("{day}T{}", DayPart::name(part))),
        (None, None) => Timex::of(format_args!("{day}")),
    };
    let day_of_month = |month: u8, day: u8| clock(&format_args!("XXXX-{month:02}-{day:02}"));
    match p.part {
        Part::Month(month) => match p.day {
            Some(day) => day_of_month(month, day),
            None => Timex::of(format_args!("XXXX-{month:02}")),
        },
        Part::Feast(feast) => match lexicon.feasts[usize::from(feast)] {
            Feast::Fixed(month, day) => day_of_month(month as u8, day as u8),
            _ => Timex::of(format_args!("XXXX-XX-XX")),
        },
        Part::Quarter(q) => Timex::of(format_args!("XXXX-Q{q}")),
        Part::Third(t) => Timex::of(format_args!("XXXX-T{t}")),
        Part::Half(h) => Timex::of(format_args!("XXXX-H{h}")),
        Part::Season(s) => Timex::of(format_args!("XXXX-{}", s.name())),
        Part::Week(w) => Timex::of(format_args!("XXXX-W{w:02}")),
        Part::Whole => match (p.day, p.weekday) {
            (Some(day), _) => clock(&format_args!("XXXX-XX-{day:02}")),
            (None, Some(weekday)) => clock(&format_args!("XXXX-WXX-{weekday}")),
            (None, None) if p.clock.is_some() || p.daypart.is_some() => clock(&"XXXX-XX-XX"),
            (None, None) => match p.base {
                Base::Year(y) => Timex::of(format_args!("{}", Year(y))),
                _ => Timex::of(format_args!("XXXX-XX-XX")),
            },
        },
    }
}
