//! What a text has set up so far: the day it was published, the day and the period it speaks of, the year it named.

use super::calendar::{Stretch, plus};
use crate::model::{Anchor, Base, DayPart, Origin, Point};
use jiff::civil::{Date, DateTime};

/// How many sentences a day is spoken of.
const DAY_LASTS: u32 = 6;

#[derive(Debug)]
pub(super) struct Context {
    /// The day of publication, and whether a clock time is known.
    published: Option<(DateTime, bool)>,
    kind: Anchor,
    /// The date line of this sentence.
    dateline: Option<Date>,
    sentence: u32,
    /// The day spoken of, and its sentence.
    day: Option<(Date, u32)>,
    /// The day that the text as a whole tells of: the first one, if it lies just before the publication.
    main: Option<Date>,
    /// The month or longer period spoken of last that has begun, and the latest of all.
    period: Option<Stretch>,
    latest: Option<Stretch>,
    /// The last point of this sentence.
    last: Option<Stretch>,
    /// The last quarter, third or half spoken of, and its sentence.
    report: Option<(Stretch, u32)>,
    /// The last year that was named, its sentence, and whether it stood by itself.
    year: Option<(i32, u32, bool)>,
    /// The day spoken of is the one a night began on.
    night: bool,
    /// This sentence speaks of what comes again.
    recurs: bool,
}

impl Context {
    pub(super) fn new(published: Option<(DateTime, bool)>, kind: Anchor) -> Self {
        Self {
            published,
            kind,
            dateline: None,
            sentence: 0,
            day: None,
            main: None,
            period: None,
            latest: None,
            report: None,
            night: false,
            last: None,
            year: None,
            recurs: false,
        }
    }

    /// Goes on to the sentence of the next time.
    pub(super) fn enter(&mut self, sentence: u32) {
        if sentence != self.sentence {
            self.sentence = sentence;
            self.dateline = None;
            self.last = None;
            self.recurs = false;
        }
    }

    /// The sentence stands behind a date line of another day.
    pub(super) fn dateline(&mut self, day: Date) {
        self.dateline = Some(day);
    }

    /// The sentence speaks of what comes again: its clock times belong to no day.
    pub(super) fn recurring(&mut self) {
        self.recurs = true;
    }

    pub(super) fn recurs(&self) -> bool {
        self.recurs
    }

    /// The day to count from.
    pub(super) fn anchor(&self) -> Option<(Date, Anchor)> {
        match self.dateline {
            Some(day) => Some((day, Anchor::Dateline)),
            None => self.published.map(|(d, _)| (d.date(), self.kind)),
        }
    }

    /// The moment to count hours from.
    pub(super) fn moment(&self) -> Option<DateTime> {
        self.published.filter(|(_, timed)| *timed).map(|(d, _)| d)
    }

    /// The day that a part of the day or a clock time belongs to; the small hours are not those of the day told of.
    pub(super) fn day(&self, small_hours: bool) -> Option<(Date, Anchor)> {
        match self.day {
            Some((day, at)) if self.sentence - at < DAY_LASTS && (at == self.sentence || self.begun(day)) => {
                Some((day, Anchor::Focus))
            }
            _ => self.main.filter(|_| !small_hours).map(|day| (day, Anchor::Focus)).or_else(|| self.anchor()),
        }
    }

    /// The day spoken of in this sentence or not long before.
    pub(super) fn near_day(&self) -> Option<Date> {
        self.day.filter(|(_, at)| self.sentence - at < 4).map(|(day, _)| day)
    }

    /// The period that *Vorjahr* and *Vormonat* count from: the one of this sentence, else the latest so far, unless that
    /// is long gone.
    pub(super) fn reported(&self) -> Option<Stretch> {
        let recent = |s: &Stretch| match (s.days(), self.anchor()) {
            (Some((from, _)), Some((anchor, _))) => from.year() >= anchor.year() - 1,
            _ => true,
        };
        let here = self.last.filter(|s| s.daily().is_none() && !matches!(s, Stretch::Week(_) | Stretch::Weekend(_)));
        here.or(self.latest.filter(recent))
    }

    /// What *zuvor* counts from: the last point of this sentence, else the period, else the day spoken of.
    pub(super) fn spoken_of(&self) -> Option<Stretch> {
        self.last.or(self.period).or(self.near_day().map(Stretch::Day))
    }

    /// The month named before in this sentence.
    pub(super) fn month_here(&self) -> Option<(i32, u8)> {
        match self.last? {
            Stretch::Month(year, month) => Some((year, month)),
            Stretch::Day(day) => Some((day.year().into(), day.month() as u8)),
            _ => None,
        }
    }

    /// The year named before in this sentence.
    pub(super) fn year_here(&self) -> Option<i32> {
        self.year.filter(|(_, at, _)| *at == self.sentence).map(|(year, ..)| year)
    }

    /// The year named in the sentence before, where it stood by itself or in a date.
    pub(super) fn year_before(&self) -> Option<i32> {
        self.year.filter(|(_, at, alone)| at + 1 == self.sentence && *alone).map(|(year, ..)| year)
    }

    /// The day spoken of is one on whose night the text has gone on to the next day.
    pub(super) fn after_night(&self) -> bool {
        self.night && self.day.is_some_and(|(_, at)| self.sentence - at < DAY_LASTS)
    }

    /// What *Vorjahreszeitraum* compares with: the period reported on, else what is spoken of.
    pub(super) fn compared(&self) -> Option<Stretch> {
        let report = self.report.filter(|(_, at)| self.sentence - at < DAY_LASTS).map(|(stretch, _)| stretch);
        let long = |s: &Stretch| s.daily().is_none() && !matches!(s, Stretch::Week(_) | Stretch::Weekend(_));
        report.or(self.spoken_of().filter(long))
    }

    /// The text reports on the first months of a year: *in den ersten drei Monaten*.
    pub(super) fn first_months(&mut self, months: i128) {
        let Some((anchor, _)) = self.anchor() else { return };
        let year = self.year_here().or(self.year_before()).unwrap_or(anchor.year().into());
        let stretch = match months {
            3 => Stretch::Quarter(year, 1),
            6 => Stretch::Half(year, 1),
            _ => return,
        };
        self.report = Some((stretch, self.sentence));
    }

    /// Whether a day has come by the publication.
    fn begun(&self, day: Date) -> bool {
        self.anchor().is_none_or(|(anchor, _)| day <= anchor)
    }

    /// Remembers a resolved point. What is itself counted from the text (*Vorjahr*), and attributes (*seit 2010*), do not
    /// change what the text speaks of.
    pub(super) fn note(&mut self, p: Point, meant: Stretch, aside: bool) {
        let derived =
            matches!(p.base, Base::Shift { origin: Origin::Focus | Origin::Period, .. } | Base::SamePeriod(_));
        if let (Base::Year(year), false) = (p.base, aside) {
            self.year =
                Some((year, self.sentence, matches!(meant, Stretch::Year(_) | Stretch::Day(_) | Stretch::Month(..))));
        }
        match meant.daily() {
            Some(day) => {
                // "Vortag" and clock times stand beside a day that is spoken of already.
                let recent = |(anchor, _)| day <= anchor && plus(day, 14).is_some_and(|until| until >= anchor);
                if !aside && !derived && self.main.is_none() && self.day.is_none() && self.anchor().is_some_and(recent)
                {
                    self.main = Some(day);
                }
                if !aside && !derived {
                    self.day = Some((day, self.sentence));
                    self.night = matches!(meant, Stretch::Part(_, DayPart::Night));
                }
                self.last = Some(Stretch::Day(day));
            }
            None if matches!(meant, Stretch::Week(_) | Stretch::Weekend(_)) => self.last = Some(meant),
            None => {
                let days = meant.days().filter(|(from, _)| self.begun(*from));
                if !derived && !aside && days.is_some() {
                    self.period = Some(meant);
                    if matches!(meant, Stretch::Quarter(..) | Stretch::Third(..) | Stretch::Half(..)) {
                        self.report = Some((meant, self.sentence));
                    }
                    let start = |s: &Stretch| s.days().map(|(from, _)| from);
                    if self.latest.is_none_or(|l| start(&l) <= start(&meant)) {
                        self.latest = Some(meant);
                    }
                }
                if !derived {
                    self.last = Some(meant);
                }
            }
        }
    }
}
