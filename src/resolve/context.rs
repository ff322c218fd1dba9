//! What a text has set up so far: the day it was published, the day and the period it speaks of, the year it named.

use super::calendar::Stretch;
use crate::model::{Anchor, Base, Origin, Point};
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
    /// The month or longer period spoken of last that has begun, and the latest of all.
    period: Option<Stretch>,
    latest: Option<Stretch>,
    /// The last point of this sentence.
    last: Option<Stretch>,
    /// The last year that was named, and its sentence.
    year: Option<(i32, u32)>,
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
            period: None,
            latest: None,
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

    /// The day that a part of the day or a clock time belongs to.
    pub(super) fn day(&self) -> Option<(Date, Anchor)> {
        match self.day {
            Some((day, at)) if self.sentence - at < DAY_LASTS => Some((day, Anchor::Focus)),
            _ => self.anchor(),
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
        self.year.filter(|(_, at)| *at == self.sentence).map(|(year, _)| year)
    }

    /// The year named in the sentence before.
    pub(super) fn year_before(&self) -> Option<i32> {
        self.year.filter(|(_, at)| at + 1 == self.sentence).map(|(year, _)| year)
    }

    /// Remembers a resolved point. What is itself counted from the text (*Vorjahr*), and attributes (*seit 2010*), do not
    /// change what the text speaks of.
    pub(super) fn note(&mut self, p: Point, meant: Stretch, aside: bool) {
        let derived = matches!(p.base, Base::Shift { origin: Origin::Focus | Origin::Period, .. } | Base::SamePeriod(_));
        if let (Base::Year(year), false) = (p.base, aside) {
            self.year = Some((year, self.sentence));
        }
        let begun = |day: Date| self.anchor().is_none_or(|(anchor, _)| day <= anchor);
        match meant.daily() {
            Some(day) => {
                // "Vortag" and clock times stand beside a day that is spoken of already.
                if !aside && !derived {
                    self.day = Some((day, self.sentence));
                }
                self.last = Some(Stretch::Day(day));
            }
            None if matches!(meant, Stretch::Week(_) | Stretch::Weekend(_)) => self.last = Some(meant),
            None => {
                let days = meant.days().filter(|(from, _)| begun(*from));
                if !derived && !aside && days.is_some() {
                    self.period = Some(meant);
                    let start = |s: &Stretch| s.days().map(|(from, _)| from);
                    if self.latest.is_none_or(|l| start(&l) <= start(&meant)) {
                        self.latest = Some(meant);
                    }
                }
                if days.is_some() && !derived {
                    self.last = Some(meant);
                }
            }
        }
    }
}
