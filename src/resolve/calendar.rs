//! Stretches of the calendar: where they begin and end, what TIMEX3 calls them, which is the next.

use crate::model::{Clock, DayPart, Grain, Season, Timex};
use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::{Span, ToSpan};

/// A stretch of the calendar.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Stretch {
    /// A century less one: 18 is the 19th.
    Century(i32),
    /// A year less its last figure.
    Decade(i32),
    /// Two years that name one season.
    Years(i32, i32),
    /// A part of such a season: its first year, the part's length in months, its number.
    Split(i32, u8, u8),
    Year(i32),
    Half(i32, u8),
    Third(i32, u8),
    Quarter(i32, u8),
    Season(i32, Season),
    Month(i32, u8),
    /// By the Monday it begins with.
    Week(Date),
    /// By its Saturday.
    Weekend(Date),
    Day(Date),
    Part(Date, DayPart),
    Clock(Date, Clock),
}

/// Days and longer spans beyond the calendar's range have no date.
fn date(year: i32, month: i32, day: i8) -> Option<Date> {
    // Months before and after the year: a winter's end, the month after December.
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, day).ok()
}

pub(super) fn plus(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn monday_of(date: Date) -> Option<Date> {
    plus(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

fn season_month(season: Season) -> i32 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

impl Stretch {
    /// The stretch of a grain that a day lies in; none for grains of the clock.
    pub(super) fn around(day: Date, grain: Grain) -> Option<Self> {
        let (year, month) = (i32::from(day.year()), day.month() as u8);
        Some(match grain {
            Grain::Second | Grain::Minute | Grain::Hour => return None,
            Grain::Night | Grain::Day | Grain::Workday => Self::Day(day),
            Grain::Week => Self::Week(monday_of(day)?),
            Grain::Weekend => Self::Weekend(plus(monday_of(day)?, 5)?),
            Grain::Month => Self::Month(year, month),
            Grain::Quarter => Self::Quarter(year, month.div_ceil(3)),
            Grain::Third => Self::Third(year, month.div_ceil(4)),
            Grain::Half => Self::Half(year, month.div_ceil(6)),
            Grain::Year => Self::Year(year),
            Grain::Decade => Self::Decade(year.div_euclid(10)),
            Grain::Century | Grain::Millennium => Self::Century(year.div_euclid(100)),
        })
    }

    /// The same kind of stretch so many units of a grain on; none where the unit is finer than the stretch.
    pub(super) fn shifted(self, grain: Grain, by: i32) -> Option<Self> {
        let months = match grain {
            Grain::Month => Some(1),
            Grain::Quarter => Some(3),
            Grain::Third => Some(4),
            Grain::Half => Some(6),
            Grain::Year => Some(12),
            Grain::Decade => Some(120),
            Grain::Century => Some(1200),
            Grain::Millennium => Some(12_000),
            _ => None,
        };
        let in_months = |year: i32, unit: i32, length: i32| {
            let step = by.checked_mul(months?)?;
            (step % length == 0).then_some(())?;
            let at = year.checked_mul(12 / length)?.checked_add(unit)?.checked_add(step / length)?;
            let per_year = 12 / length;
            Some((at.div_euclid(per_year), (at.rem_euclid(per_year) + 1) as u8))
        };
        let small = |n: u8| i32::from(n) - 1;
        match self {
            Self::Century(c) => Some(Self::Century(c.checked_add(by.checked_mul(months?)? / 1200)?)),
            Self::Decade(d) => Some(Self::Decade(d.checked_add(by.checked_mul(months?)? / 120)?)),
            Self::Years(a, b) => {
                let years = by.checked_mul(months?)? / 12;
                Some(Self::Years(a.checked_add(years)?, b.checked_add(years)?))
            }
            Self::Split(y, length, n) => {
                let step = by.checked_mul(months?)?;
                (step % 12 == 0).then_some(())?;
                Some(Self::Split(y.checked_add(step / 12)?, length, n))
            }
            Self::Year(y) => {
                let step = by.checked_mul(months?)?;
                (step % 12 == 0).then_some(())?;
                Some(Self::Year(y.checked_add(step / 12)?))
            }
            Self::Half(y, h) => in_months(y, small(h), 6).map(|(y, h)| Self::Half(y, h)),
            Self::Third(y, t) => in_months(y, small(t), 4).map(|(y, t)| Self::Third(y, t)),
            Self::Quarter(y, q) => in_months(y, small(q), 3).map(|(y, q)| Self::Quarter(y, q)),
            Self::Month(y, m) => in_months(y, small(m), 1).map(|(y, m)| Self::Month(y, m)),
            Self::Season(y, s) => {
                let step = by.checked_mul(months?)?;
                (step % 12 == 0).then(|| Self::Season(y + step / 12, s))
            }
            Self::Week(monday) => match grain {
                Grain::Week => plus(monday, 7 * i64::from(by)).map(Self::Week),
                _ => None,
            },
            Self::Weekend(saturday) => match grain {
                Grain::Week | Grain::Weekend => plus(saturday, 7 * i64::from(by)).map(Self::Weekend),
                _ => None,
            },
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, _) => match grain {
                Grain::Night | Grain::Day => plus(day, by.into()).map(Self::Day),
                Grain::Workday => workday(day, by).map(Self::Day),
                Grain::Week => plus(day, 7 * i64::from(by)).map(Self::Day),
                _ => None,
            },
        }
    }

    /// First day and the day after the last; none before year 1 and beyond 9999.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let months = |year: i32, month: i32, count: i32| {
            (year >= 1).then_some(())?;
            Some((date(year, month, 1)?, date(year, month + count, 1)?))
        };
        match self {
            Self::Century(c) => months(c * 100, 1, 1200),
            Self::Decade(d) => months(d * 10, 1, 120),
            Self::Years(a, b) => months(a, 1, (b - a + 1) * 12),
            // Which days they are, only the company's year end tells.
            Self::Split(..) => None,
            Self::Year(y) => months(y, 1, 12),
            Self::Half(y, h) => months(y, 6 * i32::from(h) - 5, 6),
            Self::Third(y, t) => months(y, 4 * i32::from(t) - 3, 4),
            Self::Quarter(y, q) => months(y, 3 * i32::from(q) - 2, 3),
            Self::Season(y, s) => months(y, season_month(s), 3),
            Self::Month(y, m) => months(y, i32::from(m), 1),
            Self::Week(monday) => Some((monday, plus(monday, 7)?)),
            Self::Weekend(saturday) => Some((saturday, plus(saturday, 2)?)),
            Self::Day(day) => Some((day, plus(day, 1)?)),
            Self::Part(day, DayPart::Night) => Some((day, plus(day, 2)?)),
            Self::Part(day, _) | Self::Clock(day, _) => Some((day, plus(day, 1)?)),
        }
    }

    /// The interval of the record.
    pub(super) fn interval(self) -> Option<(DateTime, DateTime)> {
        if let Self::Clock(day, c) = self {
            let midnight = day.to_datetime(Time::midnight());
            let seconds = i64::from(c.hour) * 3600 + i64::from(c.minute) * 60;
            let from = midnight.checked_add(seconds.seconds()).ok()?;
            return Some((from, from.checked_add(1.minute()).ok()?));
        }
        let (from, until) = self.days()?;
        Some((from.to_datetime(Time::midnight()), until.to_datetime(Time::midnight())))
    }

    /// What TIMEX3 calls it.
    pub(super) fn value(self) -> Option<Timex> {
        let of = Timex::of;
        match self {
            Self::Century(c) => of(format_args!("{c:02}")),
            Self::Decade(d) => of(format_args!("{d:03}")),
            Self::Years(a, b) => of(format_args!("{}/{}", Year(a), Year(b))),
            Self::Split(y, length, n) => {
                let letter = match length {
                    3 => 'Q',
                    4 => 'T',
                    _ => 'H',
                };
                of(format_args!("{}/{}-{letter}{n}", Year(y), Year(y + 1)))
            }
            Self::Year(y) => of(format_args!("{}", Year(y))),
            Self::Half(y, h) => of(format_args!("{}-H{h}", Year(y))),
            Self::Third(y, t) => of(format_args!("{}-T{t}", Year(y))),
            Self::Quarter(y, q) => of(format_args!("{}-Q{q}", Year(y))),
            Self::Season(y, s) => of(format_args!("{}-{}", Year(y), s.name())),
            Self::Month(y, m) => of(format_args!("{}-{m:02}", Year(y))),
            Self::Week(monday) => week(monday, ""),
            Self::Weekend(saturday) => week(saturday, "-WE"),
            Self::Day(day) => of(format_args!("{day}")),
            Self::Part(day, part) => of(format_args!("{day}T{}", part.name())),
            Self::Clock(day, c) => of(format_args!("{day}T{}", Hours(c))),
        }
    }

    /// Whether it is a day or part of one.
    pub(super) fn daily(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Part(day, _) | Self::Clock(day, _) => Some(day),
            _ => None,
        }
    }
}

fn week(day: Date, suffix: &str) -> Option<Timex> {
    let iso: ISOWeekDate = day.iso_week_date();
    Timex::of(format_args!("{:04}-W{:02}{suffix}", iso.year(), iso.week()))
}

/// So many Mondays to Fridays on.
fn workday(mut day: Date, by: i32) -> Option<Date> {
    let weekend = |d: Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    for _ in 0..by.unsigned_abs().min(1000) {
        day = plus(day, i64::from(by.signum()))?;
        while weekend(day) {
            day = plus(day, i64::from(by.signum()))?;
        }
    }
    Some(day)
}

/// A year as TIMEX3 writes it: `0079`, `BC0753`.
pub(super) struct Year(pub(super) i32);

impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 < 1 { write!(f, "BC{:04}", 1 - i64::from(self.0)) } else { write!(f, "{:04}", self.0) }
    }
}

/// A clock time: `22:17`, seconds only where there are some.
pub(super) struct Hours(pub(super) Clock);

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour, self.0.minute)?;
        if self.0.second == 0 { Ok(()) } else { write!(f, ":{:02}", self.0.second) }
    }
}
