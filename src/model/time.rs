//! Times: what is written, without clock or calendar, and what it means.

use super::{Decimal, Span};
use jiff::civil::DateTime;
use std::fmt;

named! {
    /// The four types of times.
    TimeType {
        /// A day or a longer stretch of the calendar.
        Date = "date",
        /// A clock time or a part of a day.
        Time = "time",
        /// How long something lasts.
        Duration = "duration",
        /// What comes again and again.
        Set = "set",
    }
}

named! {
    /// How a time is narrowed or hedged, as TIMEX3 names it.
    Modifier {
        /// *Anfang März*
        Start = "START",
        /// *Mitte März*
        Mid = "MID",
        /// *Ende März*
        End = "END",
        /// *gegen 8 Uhr*
        Approx = "APPROX",
        /// *kurz vor 8 Uhr*
        Before = "BEFORE",
        /// *kurz nach 8 Uhr*
        After = "AFTER",
        /// *mindestens zwei Jahre*
        EqualOrMore = "EQUAL_OR_MORE",
        /// *höchstens zwei Jahre*
        EqualOrLess = "EQUAL_OR_LESS",
        /// *knapp zwei Jahre*
        LessThan = "LESS_THAN",
        /// *gut zwei Jahre*
        MoreThan = "MORE_THAN",
    }
}

named! {
    /// A unit of the calendar or the clock, from fine to coarse; the names are those of packs.
    Grain {
        /// *Sekunde*
        Second = "second",
        /// *Minute*
        Minute = "minute",
        /// *Stunde*
        Hour = "hour",
        /// *Nacht*: lasts like a day, counts like one
        Night = "night",
        /// *Tag*
        Day = "day",
        /// *Handelstag*: Monday to Friday
        Workday = "workday",
        /// *Wochenende*
        Weekend = "weekend",
        /// *Woche*
        Week = "week",
        /// *Monat*
        Month = "month",
        /// *Quartal*
        Quarter = "quarter",
        /// *Jahresdrittel*
        Third = "third",
        /// *Halbjahr*
        Half = "half",
        /// *Jahr*
        Year = "year",
        /// *Jahrzehnt*
        Decade = "decade",
        /// *Jahrhundert*
        Century = "century",
        /// *Jahrtausend*
        Millennium = "millennium",
    }
}

named! {
    /// A part of the day; the names are the codes of TIMEX3.
    DayPart {
        /// *Morgen, Vormittag, Früh*
        Morning = "MO",
        /// *Mittag*
        Midday = "MI",
        /// *Nachmittag*
        Afternoon = "AF",
        /// *Abend*
        Evening = "EV",
        /// *Nacht*: from this day to the next
        Night = "NI",
    }
}

named! {
    /// A meteorological season; the names are the codes of TIMEX3.
    Season {
        /// March to May
        Spring = "SP",
        /// June to August
        Summer = "SU",
        /// September to November
        Autumn = "FA",
        /// December to February, named by the year it starts in
        Winter = "WI",
    }
}

named! {
    /// A time without a place on the calendar.
    Reference {
        /// *vor einigen Jahren*
        Past = "PAST_REF",
        /// *derzeit*
        Present = "PRESENT_REF",
        /// *in einigen Jahren*
        Future = "FUTURE_REF",
    }
}

named! {
    /// Where the clause of a time points; the names are for `explain`.
    Tense {
        /// *sagte am Montag*
        Past = "past",
        /// *beginnt am Montag*
        Upcoming = "upcoming",
        /// Nothing tells.
        Open = "open",
    }
}

named! {
    /// From where a relative time is counted; the names are for `explain`.
    Origin {
        /// From the day of publication, or the year that the sentence names: *laufendes Jahr*.
        Published = "published",
        /// From the day of publication whatever the sentence says: *heuer*.
        Anchor = "anchor",
        /// From the unit that the text speaks of: *Vorjahr*.
        Focus = "focus",
        /// From the period that the text speaks of, as fine as it is: *ein Jahr zuvor* beside a quarter is a quarter.
        Period = "period",
    }
}

/// The coarsest thing that a point of time names: where resolving begins.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Base {
    /// Nothing; the context decides.
    #[default]
    Open,
    /// No certain one: *an einem Montag*.
    Any,
    /// *2015*; before our era 0 and below (*1 v. Chr.* is 0).
    Year(i32),
    /// *2014/15*: a season or a fiscal year.
    Years(i32, i32),
    /// *die neunziger Jahre* is 199.
    Decade(i32),
    /// *das 19. Jahrhundert* is 18.
    Century(i32),
    /// So many units from the origin: *vergangene Woche*, *Vorjahr*, *vor drei Tagen*.
    Shift {
        /// Of what unit.
        grain: Grain,
        /// How many, back or ahead.
        by: i32,
        /// From where.
        origin: Origin,
    },
    /// *Vorjahreszeitraum*: the period spoken of, so many years on.
    SamePeriod(i32),
}

/// A part of the year.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Part {
    /// The whole of it.
    #[default]
    Whole,
    /// 1 to 12.
    Month(u8),
    /// 1 to 4.
    Quarter(u8),
    /// 1 to 3.
    Third(u8),
    /// 1 or 2.
    Half(u8),
    /// Three months.
    Season(Season),
    /// A week of ISO 8601.
    Week(u8),
    /// In the lexicon's list of feasts.
    Feast(u16),
}

/// A time of the clock; hour 24 is the midnight that ends the day.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// A point or stretch of the calendar as it is written, each field only where the text has it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// Where to begin.
    pub base: Base,
    /// Then which part of the year.
    pub part: Part,
    /// Then which of the units in it, counted from 1, or from the end as -1.
    pub nth: Option<(i8, Grain)>,
    /// Then which day of the month.
    pub day: Option<u8>,
    /// Then which day of the week, 1 is Monday.
    pub weekday: Option<u8>,
    /// Then which part of the day.
    pub daypart: Option<DayPart>,
    /// Then which time of the clock.
    pub clock: Option<Clock>,
    /// The night that ends on that day: *Nacht zum Freitag*.
    pub night_before: bool,
    /// Of a company's own year: *drittes Geschäftsquartal*.
    pub fiscal: bool,
}

/// How many units a duration has: an exact number of up to 18 digits.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Count {
    digits: i64,
    exp: i8,
}

impl Count {
    /// The number, unless it has more digits.
    pub fn of(n: Decimal) -> Option<Self> {
        let (digits, exp) = n.parts();
        Some(Self { digits: digits.try_into().ok()?, exp: exp.try_into().ok()? })
    }

    /// The number.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.digits.into(), self.exp.into())
    }
}

/// How long: up to three amounts, the coarsest first; an amount without number is vague (*Jahre*).
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Lasting {
    /// How many of which unit: *zwei Jahre und drei Monate* has two of them.
    pub parts: [Option<(Option<Count>, Grain)>; 3],
}

impl Lasting {
    /// One amount; a number that is no [`Count`] makes it vague.
    pub fn of(count: Option<Decimal>, grain: Grain) -> Self {
        Self { parts: [Some((count.and_then(Count::of), grain)), None, None] }
    }

    /// With a finer amount behind it; itself where there are three already.
    #[must_use]
    pub fn and(mut self, count: Option<Decimal>, grain: Grain) -> Self {
        if let Some(free) = self.parts.iter_mut().find(|p| p.is_none()) {
            *free = Some((count.and_then(Count::of), grain));
        }
        self
    }

    /// The finest amount.
    pub fn last(&self) -> (Option<Decimal>, Grain) {
        let (count, grain) = self.parts.iter().flatten().last().copied().unwrap_or((None, Grain::Day));
        (count.map(Count::decimal), grain)
    }

    /// The coarsest amount.
    pub fn first(&self) -> (Option<Decimal>, Grain) {
        let (count, grain) = self.parts[0].unwrap_or((None, Grain::Day));
        (count.map(Count::decimal), grain)
    }
}

/// What comes again.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Recurring {
    /// *täglich*, *alle vier Jahre*
    Every(Lasting),
    /// *alle zwei bis drei Jahre*
    Within(Lasting, Lasting),
    /// *montags, jeden Montag*
    Weekday(u8),
    /// *jeden Montagabend*
    WeekdayPart(u8, DayPart),
    /// *werktags*
    Workdays,
    /// *nachts, jeden Abend*
    DayPart(DayPart),
    /// *jeden März*
    Month(u8),
    /// *jeden 24. Dezember*: month and day
    Date(u8, u8),
    /// *jeden Sommer*
    Season(Season),
    /// *jedes Wochenende*
    Weekend,
}

/// A time as it is written: nothing in it depends on a day.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Expression {
    /// On the calendar.
    Point(Point),
    /// How long, or from how long to how long.
    Duration(Lasting, Option<Lasting>),
    /// Again and again.
    Set(Recurring),
    /// *derzeit*
    Reference(Reference),
}

/// A time as it is written, and where.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The mention.
    pub span: Span,
    /// The sentence, counted from 0.
    pub sentence: u32,
    /// What it says.
    pub expression: Expression,
    /// How it is narrowed or hedged.
    pub modifier: Option<Modifier>,
    /// Where its clause points.
    pub tense: Tense,
    /// An attribute of something else (*vom Montag*, *seit März*): what follows does not speak of that day.
    pub aside: bool,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// A value of TIMEX3, short enough to need no memory of its own.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Timex {
    bytes: [u8; Self::LONGEST],
    len: u8,
}

impl Timex {
    /// Longer values do not fit.
    pub const LONGEST: usize = 62;

    /// What is written into it; none where it does not fit.
    pub fn of(arguments: fmt::Arguments<'_>) -> Option<Self> {
        let mut new = Self { bytes: [0; Self::LONGEST], len: 0 };
        fmt::write(&mut new, arguments).ok()?;
        Some(new)
    }

    /// The value as text.
    pub fn as_str(&self) -> &str {
        // Only whole strings are ever written into it.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl fmt::Write for Timex {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let at = usize::from(self.len);
        self.bytes.get_mut(at..at + s.len()).ok_or(fmt::Error)?.copy_from_slice(s.as_bytes());
        self.len += s.len() as u8;
        Ok(())
    }
}

impl fmt::Debug for Timex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A time as it is meant.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Time {
    /// Where and how it is written.
    pub written: Written,
    /// Which of the four.
    pub kind: TimeType,
    /// As in TIMEX3: `2025-Q4`, `P3Y`, `PRESENT_REF`.
    pub value: Timex,
    /// The resolved interval, half open; none for durations, sets, references and what stays unresolved.
    pub interval: Option<(DateTime, DateTime)>,
    /// The day it was counted from, where it depends on one.
    pub anchor: Option<(jiff::civil::Date, Anchor)>,
}

named! {
    /// What an anchor is; the names are for `explain`.
    Anchor {
        /// The given publication date.
        Published = "published",
        /// The date in the head of the text.
        Head = "head",
        /// The date line of the sentence.
        Dateline = "dateline",
        /// What the text has set up.
        Focus = "focus",
    }
}
