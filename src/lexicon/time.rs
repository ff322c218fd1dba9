//! What a word of time means: the notation of `means` in packs, and its meaning for the rules.

use crate::model::{DayPart, Grain, Modifier, Origin, Reference, Season};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// What a word of time says.
#[derive(Copy, Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum TimeWord {
    /// `month 1`: *Januar*; short forms (`short month 1`: *Jan.*) count only beside figures.
    Month(u8, bool),
    /// `weekday 1`: *Montag*; `short weekday 1`: *Mo*.
    Weekday(u8, bool),
    /// *Montagabend*: made from every weekday and every part of the day.
    WeekdayPart(u8, DayPart),
    /// `season SP`, `season SU END`: *Frühling, Spätsommer*
    Season(Season, Option<Modifier>),
    /// `daypart EV`: *Abend*
    DayPart(DayPart, Option<Modifier>),
    /// `adverb EV`: *abends*
    Adverb(DayPart),
    /// `unit year`, `units year` (plural), `unit month 3` (*Vierteljahr*), `fiscal year`
    Unit {
        /// What it counts.
        grain: Grain,
        /// How many of them it is.
        count: u8,
        /// *Jahre*
        plural: bool,
        /// A company's own.
        fiscal: bool,
    },
    /// `part END`: *Ende*
    Narrow(Modifier),
    /// `edge END year`: *Jahresende*
    Edge(Modifier, Grain),
    /// `day -1`: *gestern*
    Day(i8),
    /// `reference PRESENT_REF`: *derzeit*
    Reference(Reference),
    /// `shift -1`, `shift -1 focus`: *vergangen*, *vorherig*
    Shift(i8, Origin),
    /// `relative year -1`: *Vorjahr*
    Relative(Grain, i8, Origin),
    /// `same period -1`: *Vorjahreszeitraum*
    SamePeriod(i8),
    /// `half 1`: *erste Hälfte*
    HalfOf(u8),
    /// *III. Quartal*, *Schlussquartal*: which part of a year
    Named(Grain, u8),
    /// `decade 9`: *Neunzigerjahre*, of a century that is left open; `decade 200`: *Nullerjahre*
    Decade(u8),
    /// `feast easter-2`: its place in [`super::Lexicon::feasts`]
    Feast(u16),
    /// `every day`, `every month 3`: *täglich, vierteljährlich*
    Every(Grain, u8),
    /// `every weekday 1`: *montags*
    EveryWeekday(u8),
    /// `every workdays`: *werktags*
    Workdays,
    /// `lasting year`, `lasting minute 30`: *jahrelang, halbstündig*; 0 is vague.
    Lasting(Grain, u8),
    /// `split 2`: *Hundertstel* of a second, by its power of ten
    Split(u8),
    /// `clock`: *Uhr*
    Clock,
    /// `midnight`: *Mitternacht*
    Midnight,
    /// `zone`: *MEZ*
    Zone,
    /// `era before`, `era after`: *v. Chr.*
    Era(bool),
    /// `week number`: *KW 12*
    WeekNumber,
    /// `letter quarter`: *Q3*
    Letter(Grain),
    /// `head`: *Ausgabe*, before which a day or a month may stand in one word: *Mittwochausgabe*.
    Head,
    /// *Mittwochausgabe*: made from every name of a day or month and every head.
    Inside {
        /// A month, not a day of the week.
        month: bool,
        /// Which.
        number: u8,
        /// How many bytes of the folded word the name takes.
        len: u8,
    },
    /// A word that makes a time together with others.
    Lead(Lead),
}

/// What a word does in front of or behind a time.
#[derive(Copy, Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Lead {
    /// *vor* drei Jahren
    Ago,
    /// *in* zwei Wochen
    Ahead,
    /// *im* Monat
    At,
    /// ein Jahr *zuvor*
    Before,
    /// ein Jahr *später*
    After,
    /// *jeden* Montag
    Each,
    /// *alle* vier Jahre
    All,
    /// *pro* Jahr
    Per,
    /// *ganzen* Tag
    Whole,
    /// *frühen* Morgen
    Early,
    /// *späten* Abend
    Late,
    /// *Viertel* nach acht
    Quarter,
    /// *drei viertel* acht
    Quarters,
}

impl TimeWord {
    /// Reads the notation of packs; `feast` gives a rule its place.
    ///
    /// # Errors
    /// What the notation lacks, in words.
    pub(super) fn parse(text: &str, feast: impl FnOnce(Feast) -> u16) -> Result<Self, String> {
        let wrong = || {
            format!(
                "means = \"{text}\" is no meaning of a word of time; write one such as \"month 1\", \"unit year\", \
                 \"shift -1\" or \"feast easter-2\""
            )
        };
        let parts: Vec<&str> = text.split_whitespace().collect();
        let number = |s: &str| s.parse::<i8>().map_err(|_| wrong());
        let count = |s: Option<&&str>, limit: u8| match s {
            None => Ok(1),
            Some(s) => s.parse::<u8>().ok().filter(|n| (1..=limit).contains(n)).ok_or_else(wrong),
        };
        let grain = |s: &str| Grain::from_name(s).ok_or_else(wrong);
        let origin = |s: Option<&&str>| match s {
            None => Ok(Origin::Published),
            Some(s) => Origin::from_name(s).ok_or_else(wrong),
        };
        let modifier = |s: Option<&&str>| match s {
            None => Ok(None),
            Some(s) => Modifier::from_name(s).map(Some).ok_or_else(wrong),
        };
        let unit = |rest: &[&str], plural, fiscal| {
            let grain = grain(rest.first().ok_or_else(wrong)?)?;
            Ok(Self::Unit { grain, count: count(rest.get(1), 100)?, plural, fiscal })
        };
        match parts[..] {
            ["month", n] => Ok(Self::Month(count(Some(&n), 12)?, false)),
            ["short", "month", n] => Ok(Self::Month(count(Some(&n), 12)?, true)),
            ["weekday", n] => Ok(Self::Weekday(count(Some(&n), 7)?, false)),
            ["short", "weekday", n] => Ok(Self::Weekday(count(Some(&n), 7)?, true)),
            ["season", code, ref rest @ ..] => {
                Ok(Self::Season(Season::from_name(code).ok_or_else(wrong)?, modifier(rest.first())?))
            }
            ["daypart", code, ref rest @ ..] => {
                Ok(Self::DayPart(DayPart::from_name(code).ok_or_else(wrong)?, modifier(rest.first())?))
            }
            ["adverb", code] => Ok(Self::Adverb(DayPart::from_name(code).ok_or_else(wrong)?)),
            ["unit", ref rest @ ..] => unit(rest, false, false),
            ["units", ref rest @ ..] => unit(rest, true, false),
            ["fiscal", ref rest @ ..] => unit(rest, false, true),
            ["part", code] => Ok(Self::Narrow(Modifier::from_name(code).ok_or_else(wrong)?)),
            ["edge", code, unit] => Ok(Self::Edge(Modifier::from_name(code).ok_or_else(wrong)?, grain(unit)?)),
            ["day", n] => Ok(Self::Day(number(n)?)),
            ["reference", code] => Ok(Self::Reference(Reference::from_name(code).ok_or_else(wrong)?)),
            ["shift", n, ref rest @ ..] => Ok(Self::Shift(number(n)?, origin(rest.first())?)),
            ["relative", unit, n, ref rest @ ..] => Ok(Self::Relative(grain(unit)?, number(n)?, origin(rest.first())?)),
            ["same", "period", n] => Ok(Self::SamePeriod(number(n)?)),
            ["decade", n] => Ok(Self::Decade(count(Some(&n), 210)?)),
            ["half", n] => Ok(Self::HalfOf(count(Some(&n), 2)?)),
            ["named", unit, n] => Ok(Self::Named(grain(unit)?, count(Some(&n), 4)?)),
            ["feast", ref rule @ ..] => Ok(Self::Feast(feast(Feast::parse(rule).ok_or_else(wrong)?))),
            ["every", "weekday", n] => Ok(Self::EveryWeekday(count(Some(&n), 7)?)),
            ["every", "workdays"] => Ok(Self::Workdays),
            ["every", unit, ref rest @ ..] => Ok(Self::Every(grain(unit)?, count(rest.first(), 100)?)),
            ["lasting", unit] => Ok(Self::Lasting(grain(unit)?, 0)),
            ["lasting", unit, n] => Ok(Self::Lasting(grain(unit)?, count(Some(&n), 100)?)),
            ["split", n] => Ok(Self::Split(count(Some(&n), 9)?)),
            ["clock"] => Ok(Self::Clock),
            ["head"] => Ok(Self::Head),
            ["midnight"] => Ok(Self::Midnight),
            ["zone"] => Ok(Self::Zone),
            ["era", "before"] => Ok(Self::Era(true)),
            ["era", "after"] => Ok(Self::Era(false)),
            ["week", "number"] => Ok(Self::WeekNumber),
            ["letter", unit] => Ok(Self::Letter(grain(unit)?)),
            ["one", "quarter"] => Ok(Self::Lead(Lead::Quarter)),
            ["three", "quarters"] => Ok(Self::Lead(Lead::Quarters)),
            [word] => Ok(Self::Lead(match word {
                "ago" => Lead::Ago,
                "ahead" => Lead::Ahead,
                "at" => Lead::At,
                "before" => Lead::Before,
                "after" => Lead::After,
                "each" => Lead::Each,
                "all" => Lead::All,
                "per" => Lead::Per,
                "whole" => Lead::Whole,
                "early" => Lead::Early,
                "late" => Lead::Late,
                _ => return Err(wrong()),
            })),
            _ => Err(wrong()),
        }
    }

    /// Its kind.
    pub const fn kind(self) -> Kinds {
        match self {
            Self::Month(..) => Kinds::MONTH,
            Self::Weekday(..) => Kinds::WEEKDAY,
            Self::WeekdayPart(..) => Kinds::WEEKDAY_PART,
            Self::Season(..) => Kinds::SEASON,
            Self::DayPart(..) => Kinds::DAY_PART,
            Self::Adverb(_) => Kinds::ADVERB,
            Self::Unit { .. } => Kinds::UNIT,
            Self::Narrow(_) => Kinds::NARROW,
            Self::Edge(..) => Kinds::EDGE,
            Self::Day(_) => Kinds::DAY,
            Self::Reference(_) => Kinds::REFERENCE,
            Self::Shift(..) => Kinds::SHIFT,
            Self::Relative(..) | Self::Named(..) => Kinds::RELATIVE,
            Self::SamePeriod(_) => Kinds::SAME_PERIOD,
            Self::HalfOf(_) => Kinds::HALF_OF,
            Self::Feast(_) => Kinds::FEAST,
            Self::Every(..) => Kinds::EVERY,
            Self::EveryWeekday(_) => Kinds::EVERY_WEEKDAY,
            Self::Workdays => Kinds::WORKDAYS,
            Self::Lasting(..) => Kinds::LASTING,
            Self::Split(_) => Kinds::SPLIT,
            Self::Clock => Kinds::CLOCK,
            Self::Midnight => Kinds::MIDNIGHT,
            Self::Zone => Kinds::ZONE,
            Self::Era(_) => Kinds::ERA,
            Self::WeekNumber => Kinds::WEEK_NUMBER,
            Self::Letter(_) => Kinds::LETTER,
            Self::Decade(_) => Kinds::DECADE,
            Self::Head => Kinds::NONE,
            Self::Inside { .. } => Kinds::INSIDE,
            Self::Lead(lead) => Kinds::lead(lead),
        }
    }

    /// Whether it makes no time alone: then a sentence is not looked at for its sake.
    pub(super) const fn leads(self) -> bool {
        !matches!(self, Self::Lead(Lead::Quarter | Lead::Quarters))
            && matches!(self, Self::Lead(_) | Self::Shift(..) | Self::Letter(_) | Self::Weekday(_, true) | Self::Era(_))
    }
}

/// Which kinds of words of time a word can be, one bit each: asked before the meanings themselves are looked at.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Kinds(u64);

#[allow(missing_docs, reason = "named like the words of time")]
impl Kinds {
    pub const NONE: Self = Self(0);
    pub const MONTH: Self = Self(1 << 0);
    pub const WEEKDAY: Self = Self(1 << 1);
    pub const WEEKDAY_PART: Self = Self(1 << 2);
    pub const SEASON: Self = Self(1 << 3);
    pub const DAY_PART: Self = Self(1 << 4);
    pub const ADVERB: Self = Self(1 << 5);
    pub const UNIT: Self = Self(1 << 6);
    pub const NARROW: Self = Self(1 << 7);
    pub const EDGE: Self = Self(1 << 8);
    pub const DAY: Self = Self(1 << 9);
    pub const REFERENCE: Self = Self(1 << 10);
    pub const SHIFT: Self = Self(1 << 11);
    pub const RELATIVE: Self = Self(1 << 12);
    pub const SAME_PERIOD: Self = Self(1 << 13);
    pub const HALF_OF: Self = Self(1 << 14);
    pub const FEAST: Self = Self(1 << 15);
    pub const EVERY: Self = Self(1 << 16);
    pub const EVERY_WEEKDAY: Self = Self(1 << 17);
    pub const WORKDAYS: Self = Self(1 << 18);
    pub const LASTING: Self = Self(1 << 19);
    pub const SPLIT: Self = Self(1 << 20);
    pub const CLOCK: Self = Self(1 << 21);
    pub const MIDNIGHT: Self = Self(1 << 22);
    pub const ZONE: Self = Self(1 << 23);
    pub const ERA: Self = Self(1 << 24);
    pub const WEEK_NUMBER: Self = Self(1 << 25);
    pub const LETTER: Self = Self(1 << 26);

    pub const DECADE: Self = Self(1 << 28);
    pub const INSIDE: Self = Self(1 << 27);

    /// The kind of a leading word.
    pub const fn lead(lead: Lead) -> Self {
        Self(1 << (32 + lead as u32))
    }

    /// Both together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have a kind in common.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// On which day a feast falls.
#[derive(Copy, Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Feast {
    /// `12-25`
    Fixed(i8, i8),
    /// `easter+39`: days from Easter Sunday
    Easter(i16),
    /// `advent+7`: days from the first Sunday of Advent
    Advent(i16),
    /// `sunday 2 05`: the second Sunday in May; -1 is the last
    Nth(u8, i8, i8),
    /// `wednesday before 11-23`
    Before(u8, i8, i8),
    /// `sunday after 09-29`
    After(u8, i8, i8),
}

impl Feast {
    fn parse(rule: &[&str]) -> Option<Self> {
        const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let weekday = |name: &str| DAYS.iter().position(|d| *d == name).map(|n| n as u8 + 1);
        let day = |text: &str| {
            let (month, day) = text.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            Date::new(2024, month, day).ok().map(|_| (month, day))
        };
        match rule {
            [one] => {
                if let Some(offset) = one.strip_prefix("easter") {
                    return offset.parse().ok().map(Self::Easter);
                }
                if let Some(offset) = one.strip_prefix("advent") {
                    return offset.parse().ok().map(Self::Advent);
                }
                day(one).map(|(m, d)| Self::Fixed(m, d))
            }
            [name, "before", date] => day(date).and_then(|(m, d)| Some(Self::Before(weekday(name)?, m, d))),
            [name, "after", date] => day(date).and_then(|(m, d)| Some(Self::After(weekday(name)?, m, d))),
            [name, n, month] => Some(Self::Nth(
                weekday(name)?,
                n.parse().ok().filter(|n| (-1..=4).contains(n) && *n != 0)?,
                month.parse().ok().filter(|m| (1..=12).contains(m))?,
            )),
            _ => None,
        }
    }

    /// The day in a year; none outside the calendar's range.
    pub fn day(self, year: i16) -> Option<Date> {
        let weekday = |n: u8| Weekday::from_monday_one_offset(n as i8).ok();
        let add = |date: Date, days: i16| date.checked_add(Span::new().days(days)).ok();
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(offset) => add(easter(year)?, offset),
            Self::Advent(offset) => {
                let fourth = Self::Before(7, 12, 25).day(year)?;
                add(fourth, offset - 21)
            }
            Self::Nth(day, n, month) => Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday(day)?).ok(),
            Self::Before(day, month, d) => Date::new(year, month, d).ok()?.nth_weekday(-1, weekday(day)?).ok(),
            Self::After(day, month, d) => Date::new(year, month, d).ok()?.nth_weekday(1, weekday(day)?).ok(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, *Astronomical Algorithms*, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1583 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    let first = Date::new(year, 3, 1).ok()?;
    first.checked_add((i64::from(month - 3)).months().days(i64::from(day - 1))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_churches_have_it() {
        for (year, date) in [
            (1990, "1990-04-15"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2011, "2011-04-24"),
            (2024, "2024-03-31"),
            (2026, "2026-04-05"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year).map(|d| d.to_string()).as_deref(), Some(date));
        }
    }

    #[test]
    fn feasts_are_found_from_their_rules() {
        for (rule, year, date) in [
            ("12-25", 2026, "2026-12-25"),
            ("easter-2", 2026, "2026-04-03"),
            ("advent+0", 2026, "2026-11-29"),
            ("advent+21", 2022, "2022-12-18"),
            ("wednesday before 11-23", 2026, "2026-11-18"),
            ("sunday 2 05", 2026, "2026-05-10"),
            ("sunday -1 10", 2026, "2026-10-25"),
            ("sunday after 09-29", 2024, "2024-10-06"),
        ] {
            let feast = Feast::parse(&rule.split(' ').collect::<Vec<_>>()).expect(rule);
            assert_eq!(feast.day(year).map(|d| d.to_string()).as_deref(), Some(date), "{rule}");
        }
    }

    #[test]
    fn what_is_no_meaning_is_told() {
        for text in ["", "month 13", "month", "unit parsec", "shift x", "feast 02-30", "feast sunday 9 05", "edge END"]
        {
            assert!(TimeWord::parse(text, |_| 0).is_err(), "{text}");
        }
    }
}
