//! Proves that times are read exactly as they are written.
//!
//! - Every day from 1990 to 2060 in every form, in figures and in words; every month, quarter, half, third, week,
//!   season, decade and year; every minute of a day.
//! - What depends on the day of publication, from many such days: dates without year, weekdays, *gestern*, *kommende
//!   Woche*, *vor drei Monaten*.
//! - Feasts against a computation of their own, durations and sets of every unit.
//!
//! Each time must stand alone in its sentence: span, type, value and interval are compared, and nothing else is found.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday, date};
use kennzahl::model::{Analysis, Time, TimeType};
use kennzahl::{Extractor, Worker};
use std::sync::LazyLock;

const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2060;

/// A day of no importance.
const SOME_DAY: Date = date(2026, 1, 28);

//
// German words.

const UNITS: [&str; 10] = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];

const TEENS: [&str; 10] =
    ["zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"];

const TENS: [&str; 10] =
    ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const SHORT_MONTHS: [&[&str]; 12] = [
    &["Jan."],
    &["Feb.", "Febr."],
    &["Mrz."],
    &["Apr."],
    &[],
    &["Jun."],
    &["Jul."],
    &["Aug."],
    &["Sept.", "Sep."],
    &["Okt."],
    &["Nov."],
    &["Dez."],
];

/// As they are called in Austria.
const AUSTRIAN_MONTHS: [&str; 2] = ["Jänner", "Feber"];

const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

/// A number of 1 to 99, as in *einundzwanzig*; `one` is how 1 itself is written.
fn word(n: i64, one: &str) -> String {
    let (ten, unit) = ((n / 10) as usize, (n % 10) as usize);
    match (ten, unit) {
        (0, 1) => one.to_owned(),
        (0, _) => UNITS[unit].to_owned(),
        (1, _) => TEENS[unit].to_owned(),
        (_, 0) => TENS[ten].to_owned(),
        _ => format!("{}und{}", UNITS[unit], TENS[ten]),
    }
}

/// An ordinal of 1 to 99, as in *achtundzwanzigsten*.
fn ordinal(n: i64) -> String {
    match n {
        1 => "ersten".to_owned(),
        3 => "dritten".to_owned(),
        7 => "siebten".to_owned(),
        8 => "achten".to_owned(),
        ..20 => word(n, "ein") + "ten",
        _ => word(n, "ein") + "sten",
    }
}

fn month_name(day: Date) -> &'static str {
    MONTHS[day.month() as usize - 1]
}

fn weekday_name(day: Date) -> &'static str {
    WEEKDAYS[day.weekday().to_monday_zero_offset() as usize]
}

//
// The calendar.

fn days_of(first: i16, last: i16) -> impl Iterator<Item = Date> {
    date(first, 1, 1).series(1.day()).take_while(move |day| day.year() <= last)
}

fn years() -> impl Iterator<Item = i16> {
    FIRST_YEAR..=LAST_YEAR
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// The first day of a month; months before January and after December are of other years.
fn month_start(year: i16, month: i64) -> Date {
    date(year, 1, 1).saturating_add((month - 1).months())
}

fn monday_of(day: Date) -> Date {
    plus(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// Easter Sunday, by the formula of Gauss as Lichtenberg completed it.
fn easter(year: i16) -> Date {
    let year = i64::from(year);
    let century = year / 100;
    let secular = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
    let sun = 2 - (3 * century + 3) / 4;
    let moon = year % 19;
    let seed = (19 * moon + secular) % 30;
    let correction = (seed + moon / 11) / 29;
    let full_moon = 21 + seed - correction;
    let sunday = 7 - (year + year / 4 + sun) % 7;
    let distance = 7 - (full_moon - sunday) % 7;
    plus(date(year as i16, 3, 1), full_moon + distance - 1)
}

/// The first Sunday of Advent: the fourth before Christmas Day.
fn advent(year: i16) -> Date {
    let christmas = date(year, 12, 25);
    plus(christmas, -i64::from(christmas.weekday().to_monday_one_offset()) - 21)
}

//
// What is meant.

/// What a time must be read as.
#[derive(Clone)]
struct Meant {
    kind: TimeType,
    value: String,
    interval: Option<(DateTime, DateTime)>,
}

impl Meant {
    /// From one day to before another.
    fn days(value: String, first: Date, until: Date) -> Self {
        Self { kind: TimeType::Date, value, interval: Some((first.at(0, 0, 0, 0), until.at(0, 0, 0, 0))) }
    }

    fn months(value: String, year: i16, month: i64, count: i64) -> Self {
        Self::days(value, month_start(year, month), month_start(year, month + count))
    }

    fn day(day: Date) -> Self {
        Self::days(day.to_string(), day, plus(day, 1))
    }

    fn week(day: Date) -> Self {
        let (monday, iso) = (monday_of(day), day.iso_week_date());
        Self::days(format!("{}-W{:02}", iso.year(), iso.week()), monday, plus(monday, 7))
    }

    fn month(year: i16, month: i64) -> Self {
        let start = month_start(year, month);
        Self::months(format!("{}-{:02}", start.year(), start.month()), year, month, 1)
    }

    fn quarter(year: i16, quarter: i64) -> Self {
        let start = month_start(year, 3 * quarter - 2);
        Self::months(format!("{}-Q{}", start.year(), (start.month() + 2) / 3), year, 3 * quarter - 2, 3)
    }

    fn year(year: i16) -> Self {
        Self::months(year.to_string(), year, 1, 12)
    }

    /// A minute of the clock; hour 24 is the midnight that ends the day.
    fn clock(day: Date, hour: i64, minute: i64) -> Self {
        let from = day.at(0, 0, 0, 0).saturating_add((60 * hour + minute).minutes());
        let interval = Some((from, from.saturating_add(1.minute())));
        Self { kind: TimeType::Time, value: format!("{day}T{hour:02}:{minute:02}"), interval }
    }

    fn duration(value: String) -> Self {
        Self { kind: TimeType::Duration, value, interval: None }
    }

    fn set(value: &str) -> Self {
        Self { kind: TimeType::Set, value: value.to_owned(), interval: None }
    }
}

//
// The reader: many sentences in one document, each a paragraph with one time.

/// What stands around a time.
type Carrier = (&'static str, &'static str);

const ON: Carrier = ("Das geschah am ", " in Bern.");
const IN: Carrier = ("Das geschah im ", " in Bern.");
const AT: Carrier = ("Das geschah um ", " in Bern.");
const HAPPENED: Carrier = ("Das geschah ", " in Bern.");
const BEGINS: Carrier = ("Das Spiel beginnt ", ".");
const LASTED: Carrier = ("Der Umbau dauerte ", ".");

struct Expected {
    /// Where the paragraph begins and ends, and the time in it.
    paragraph: (usize, usize),
    time: (usize, usize),
    meant: Meant,
}

struct Reader {
    worker: Worker,
    analysis: Analysis,
    published: Option<Date>,
    document: String,
    expected: Vec<Expected>,
    failures: Vec<String>,
    failed: usize,
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

impl Reader {
    /// Without a day of publication.
    fn undated() -> Self {
        Self {
            worker: EXTRACTOR.worker(),
            analysis: Analysis::default(),
            published: None,
            document: String::new(),
            expected: Vec::new(),
            failures: Vec::new(),
            failed: 0,
        }
    }

    /// What follows was published on that day.
    fn published(&mut self, day: Date) {
        self.check();
        self.published = Some(day);
    }

    /// Expects the time to be read as this.
    fn expect(&mut self, carrier: Carrier, time: &str, meant: &Meant) {
        let (before, after) = carrier;
        let paragraph = self.document.len();
        self.document.push_str(before);
        let start = self.document.len();
        self.document.push_str(time);
        let end = self.document.len();
        self.document.push_str(after);
        self.expected.push(Expected {
            paragraph: (paragraph, self.document.len()),
            time: (start, end),
            meant: meant.clone(),
        });
        self.document.push_str("\n\n");
        if self.document.len() > 1 << 15 {
            self.check();
        }
    }

    /// Reads the document and compares each paragraph with what it says.
    fn check(&mut self) {
        let published = self.published.map(|day| day.to_string());
        self.worker.analyse_into(&self.document, published.as_deref(), &mut self.analysis);
        let mut found = self.analysis.times.as_slice();
        for (number, e) in self.expected.iter().enumerate() {
            let own = found.iter().take_while(|t| (t.written.span.start as usize) < e.paragraph.1).count();
            let (here, later) = found.split_at(own);
            found = later;
            let right = matches!(here, [t] if e.is(t) && t.written.sentence as usize == number);
            if !right {
                self.failed += 1;
                if self.failures.len() < 8 {
                    let text = &self.document[e.paragraph.0..e.paragraph.1];
                    let shown: Vec<_> = here
                        .iter()
                        .map(|t| format!("{} {:?}", kennzahl::show_time(&self.document, t), t.interval))
                        .collect();
                    let Meant { value, interval, .. } = &e.meant;
                    let day = published.as_deref().unwrap_or("undated");
                    self.failures.push(format!("{day}: {text:?} is {value} {interval:?}, but read as {shown:?}"));
                }
            }
        }
        for conflict in &self.analysis.conflicts {
            self.failed += 1;
            if self.failures.len() < 8 {
                self.failures.push(format!("{:?} contradicts nothing", conflict.span.of(&self.document)));
            }
        }
        self.document.clear();
        self.expected.clear();
    }

    /// Fails with what was misread.
    fn done(mut self) {
        self.check();
        assert_eq!(self.failed, 0, "misread; some of them:\n{}", self.failures.join("\n"));
    }
}

impl Expected {
    fn is(&self, t: &Time) -> bool {
        (t.written.span.start as usize, t.written.span.end as usize) == self.time
            && t.kind == self.meant.kind
            && t.value.as_str() == self.meant.value
            && t.interval == self.meant.interval
            && t.written.modifier.is_none()
    }
}

#[test]
fn the_calendar_of_these_tests_is_right() {
    for (n, cardinal, ordered) in [
        (1, "ein", "ersten"),
        (7, "sieben", "siebten"),
        (16, "sechzehn", "sechzehnten"),
        (20, "zwanzig", "zwanzigsten"),
        (28, "achtundzwanzig", "achtundzwanzigsten"),
        (31, "einunddreißig", "einunddreißigsten"),
    ] {
        assert_eq!((word(n, "ein").as_str(), ordinal(n).as_str()), (cardinal, ordered));
    }
    for sunday in [date(1990, 4, 15), date(2000, 4, 23), date(2008, 3, 23), date(2026, 4, 5), date(2038, 4, 25)] {
        assert_eq!(easter(sunday.year()), sunday);
    }
    for sunday in [date(1997, 11, 30), date(2022, 11, 27), date(2023, 12, 3), date(2026, 11, 29)] {
        assert_eq!(advent(sunday.year()), sunday);
    }
    for year in years() {
        assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&easter(year)));
        assert!((date(year, 11, 27)..=date(year, 12, 3)).contains(&advent(year)));
        assert_eq!((easter(year).weekday(), advent(year).weekday()), (Weekday::Sunday, Weekday::Sunday));
    }
    assert_eq!(days_of(FIRST_YEAR, LAST_YEAR).count(), 25_933);
    assert_eq!(monday_of(SOME_DAY), date(2026, 1, 26));
    assert_eq!(month_start(2026, 0), date(2025, 12, 1));
    assert_eq!(Meant::week(date(2024, 12, 30)).value, "2025-W01");
    assert_eq!(Meant::quarter(2026, 0).value, "2025-Q4");
    assert_eq!(Meant::clock(SOME_DAY, 24, 0).interval.map(|(from, _)| from), Some(date(2026, 1, 29).at(0, 0, 0, 0)));
}

//
// Days.

#[test]
fn every_day_in_figures() {
    let mut reader = Reader::undated();
    for day in days_of(FIRST_YEAR, LAST_YEAR) {
        let meant = Meant::day(day);
        let (y, m, d) = (day.year(), day.month(), day.day());
        // Of two figures, 69 and more are of the last century.
        let yy = y % 100;
        reader.expect(ON, &format!("{d:02}.{m:02}.{y}"), &meant);
        reader.expect(ON, &format!("{d:02}.{m:02}.{yy:02}"), &meant);
        if d < 10 || m < 10 {
            reader.expect(ON, &format!("{d}.{m}.{y}"), &meant);
            reader.expect(ON, &format!("{d}.{m}.{yy:02}"), &meant);
        }
        reader.expect(ON, &format!("{d}. {m}. {y}"), &meant);
        reader.expect(ON, &format!("{d}. {m}. {yy:02}"), &meant);
        reader.expect(ON, &format!("{y}-{m:02}-{d:02}"), &meant);
        reader.expect(ON, &format!("{y}/{m:02}/{d:02}"), &meant);
        reader.expect(ON, &format!("{d:02}/{m:02}/{y}"), &meant);
    }
    reader.done();
}

#[test]
fn every_day_by_the_name_of_its_month() {
    let mut reader = Reader::undated();
    for day in days_of(FIRST_YEAR, LAST_YEAR) {
        let meant = Meant::day(day);
        let (y, m, d) = (day.year(), day.month() as usize - 1, day.day());
        reader.expect(ON, &format!("{d}. {} {y}", MONTHS[m]), &meant);
        for short in SHORT_MONTHS[m] {
            reader.expect(ON, &format!("{d}. {short} {y}"), &meant);
        }
        if let Some(austrian) = AUSTRIAN_MONTHS.get(m) {
            reader.expect(ON, &format!("{d}. {austrian} {y}"), &meant);
        }
    }
    // 2028 is a leap year.
    for day in days_of(2028, 2028) {
        let (meant, nth, month) = (Meant::day(day), ordinal(day.day().into()), month_name(day));
        reader.expect(ON, &format!("{nth} {month} 2028"), &meant);
        reader.expect(ON, &format!("{nth} {month} zweitausendachtundzwanzig"), &meant);
        reader.expect(ON, &format!("{}. {month} des Jahres 2028", day.day()), &meant);
    }
    reader.done();
}

#[test]
fn every_day_with_its_weekday() {
    let mut reader = Reader::undated();
    for day in days_of(FIRST_YEAR, LAST_YEAR) {
        let meant = Meant::day(day);
        let (y, m, d, month, name) = (day.year(), day.month(), day.day(), month_name(day), weekday_name(day));
        reader.expect(ON, &format!("{name}, {d}. {month} {y}"), &meant);
        reader.expect(ON, &format!("{name}, den {d}. {month} {y}"), &meant);
        reader.expect(ON, &format!("{name}, dem {d}. {month} {y}"), &meant);
        reader.expect(ON, &format!("{name}, {d:02}.{m:02}.{y}"), &meant);
        reader.expect(ON, &format!("{}, {d}. {month} {y}", &name[..2]), &meant);
        if day.weekday() == Weekday::Saturday {
            reader.expect(ON, &format!("Sonnabend, {d}. {month} {y}"), &meant);
        }
    }
    reader.done();
}

/// The date stands, and the contradiction is told.
#[test]
fn every_day_with_another_weekday() {
    let mut worker = EXTRACTOR.worker();
    for day in days_of(2028, 2028) {
        for weekday in WEEKDAYS.iter().filter(|w| **w != weekday_name(day)) {
            let form = format!("{weekday}, {}. {} {}", day.day(), month_name(day), day.year());
            let text = format!("Das geschah am {form} in Bern.");
            let found = worker.analyse_dated(&text, Some("2026-01-28"));
            let shown = kennzahl::show_times(&text, &found);
            assert_eq!((shown, found.conflicts.len()), (format!("{form} = date {day}"), 1));
        }
    }
}

/// Days of publication: a leap day, ends of years and months, and others.
const PUBLISHED: [Date; 12] = [
    date(2025, 3, 15),
    date(2025, 9, 5),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 1, 28),
    date(2026, 5, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 10, 3),
    date(2027, 2, 28),
    date(2028, 2, 29),
    date(2028, 11, 12),
];

/// The same day of the month in the years around, in order.
fn in_other_years(day: Date, published: Date) -> Vec<Date> {
    let near = published.year() - 8..=published.year() + 8;
    near.filter_map(|year| Date::new(year, day.month(), day.day()).ok()).collect()
}

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

#[test]
fn every_day_without_its_year() {
    const BERN: Carrier = ("Das Fest am ", " in Bern.");
    const OPENED: Carrier = ("Am ", " wurde in Bern das Museum eröffnet.");
    const OPENS: Carrier = ("Am ", " wird in Bern das Museum eröffnet.");
    let mut reader = Reader::undated();
    for published in PUBLISHED {
        reader.published(published);
        for day in days_of(2028, 2028) {
            let forms = [
                format!("{}. {}", day.day(), month_name(day)),
                format!("{:02}.{:02}.", day.day(), day.month()),
                format!("{}.{}.", day.day(), day.month()),
            ];
            let all = in_other_years(day, published);
            let before = *all.iter().rfind(|d| **d <= published).expect("a day before");
            let from = *all.iter().find(|d| **d >= published).expect("a day after");
            let (back, ahead) = (days_between(before, published), days_between(published, from));
            for form in forms {
                // Halfway between two years both are as near.
                if (back - ahead).abs() > 1 {
                    reader.expect(BERN, &form, &Meant::day(if back < ahead { before } else { from }));
                }
                if back <= 365 {
                    reader.expect(OPENED, &form, &Meant::day(before));
                }
                // What is farther ahead may be of the year before.
                if ahead < 180 {
                    reader.expect(OPENS, &form, &Meant::day(from));
                }
            }
        }
    }
    reader.done();
}

//
// Longer stretches.

const ORDINALS: [&str; 4] = ["ersten", "zweiten", "dritten", "vierten"];

#[test]
fn every_month() {
    let mut reader = Reader::undated();
    for year in years() {
        for (m, name) in (1..).zip(MONTHS) {
            let meant = Meant::month(year, m);
            let at = m as usize - 1;
            reader.expect(IN, &format!("{name} {year}"), &meant);
            reader.expect(IN, &format!("{name} des Jahres {year}"), &meant);
            reader.expect(IN, &format!("{m:02}/{year}"), &meant);
            for short in SHORT_MONTHS[at].iter().chain(AUSTRIAN_MONTHS.get(at)) {
                reader.expect(IN, &format!("{short} {year}"), &meant);
            }
        }
    }
    reader.done();
}

#[test]
fn every_part_of_a_year() {
    const IN_THE: Carrier = ("Das geschah in der ", " in Bern.");
    let mut reader = Reader::undated();
    for year in years() {
        for (letter, count, nouns) in [
            ('Q', 4, &["Quartal", "Jahresviertel", "Vierteljahr"][..]),
            ('H', 2, &["Halbjahr"][..]),
            ('T', 3, &["Tertial", "Jahresdrittel"][..]),
        ] {
            let length = 12 / count;
            for (n, nth) in (1..=count).zip(ORDINALS) {
                let meant = Meant::months(format!("{year}-{letter}{n}"), year, (n - 1) * length + 1, length);
                for noun in nouns {
                    reader.expect(IN, &format!("{nth} {noun} {year}"), &meant);
                    reader.expect(IN, &format!("{n}. {noun} {year}"), &meant);
                    reader.expect(IN, &format!("{nth} {noun} des Jahres {year}"), &meant);
                }
                if letter != 'T' {
                    reader.expect(IN, &format!("{letter}{n} {year}"), &meant);
                    reader.expect(IN, &format!("{letter}{n}/{year}"), &meant);
                }
                if letter == 'H' {
                    reader.expect(IN_THE, &format!("{nth} Hälfte des Jahres {year}"), &meant);
                    reader.expect(IN_THE, &format!("{nth} Jahreshälfte {year}"), &meant);
                }
            }
        }
    }
    reader.done();
}

#[test]
fn every_week() {
    const IN_BARE: Carrier = ("Das geschah in ", " in Bern.");
    const IN_THE: Carrier = ("Das geschah in der ", " in Bern.");
    let mut reader = Reader::undated();
    for year in years() {
        for week in 1..=53 {
            let Ok(iso) = ISOWeekDate::new(year, week, Weekday::Monday) else { continue };
            let meant = Meant::week(iso.date());
            assert_eq!(meant.value, format!("{year}-W{week:02}"));
            reader.expect(IN_BARE, &format!("KW {week} {year}"), &meant);
            reader.expect(IN_BARE, &format!("KW {week}/{year}"), &meant);
            reader.expect(IN_THE, &format!("KW {week} {year}"), &meant);
            reader.expect(IN_THE, &format!("{week}. Kalenderwoche {year}"), &meant);
            reader.expect(IN_THE, &format!("Kalenderwoche {week} {year}"), &meant);
            reader.expect(IN_THE, &format!("{week}. KW {year}"), &meant);
        }
    }
    reader.done();
}

#[test]
fn every_season() {
    let mut reader = Reader::undated();
    for year in years() {
        for (name, code, month) in [
            ("Frühling", "SP", 3),
            ("Frühjahr", "SP", 3),
            ("Sommer", "SU", 6),
            ("Herbst", "FA", 9),
            ("Winter", "WI", 12),
        ] {
            let meant = Meant::months(format!("{year}-{code}"), year, month, 3);
            reader.expect(IN, &format!("{name} {year}"), &meant);
            reader.expect(IN, &format!("{name} des Jahres {year}"), &meant);
            if code == "WI" {
                reader.expect(IN, &format!("{name} {year}/{:02}", (year + 1) % 100), &meant);
                reader.expect(IN, &format!("{name} {year}/{}", year + 1), &meant);
            }
        }
    }
    reader.done();
}

#[test]
fn every_year_and_decade() {
    const SINCE: Carrier = ("Seit ", " sinkt die Zahl.");
    const IN_ITS: Carrier = ("Das geschah in den ", " in Bern.");
    const IN_THE: Carrier = ("Das geschah in der Saison ", " in Bern.");
    let mut reader = Reader::undated();
    for year in years() {
        let meant = Meant::year(year);
        reader.expect(IN, &format!("Jahr {year}"), &meant);
        reader.expect(IN, &format!("Jahre {year}"), &meant);
        reader.expect(IN, &format!("Kalenderjahr {year}"), &meant);
        reader.expect(IN, &format!("Geschäftsjahr {year}"), &meant);
        reader.expect(IN, &format!("Rekordjahr {year}"), &meant);
        reader.expect(SINCE, &year.to_string(), &meant);
        reader.expect(HAPPENED, &year.to_string(), &meant);
        reader.expect(("", " geschah das in Bern."), &year.to_string(), &meant);
        reader.expect(("Von ", " an geschah das in Bern."), &year.to_string(), &meant);
        let both = Meant::months(format!("{year}/{}", year + 1), year, 1, 24);
        reader.expect(IN_THE, &format!("{year}/{:02}", (year + 1) % 100), &both);
        reader.expect(IN_THE, &format!("{year}/{}", year + 1), &both);
        reader.expect(IN, &format!("Geschäftsjahr {year}/{:02}", (year + 1) % 100), &both);
        if year % 10 == 0 {
            let meant = Meant::months((year / 10).to_string(), year, 1, 120);
            for form in ["er-Jahren", "er Jahren"] {
                reader.expect(IN_ITS, &format!("{year}{form}"), &meant);
            }
            // Of the last century.
            if year == 1990 {
                for form in ["90er-Jahren", "90er Jahren", "neunziger Jahren", "Neunzigern"] {
                    reader.expect(IN_ITS, form, &meant);
                }
                reader.expect(IN_ITS, "Neunzigerjahren", &meant);
            }
        }
    }
    reader.done();
}

//
// Seen from the day of publication.

/// Four hundred days: ends of two years, a leap day, and a 53rd week.
fn days_of_publication() -> impl Iterator<Item = Date> {
    date(2019, 12, 20).series(1.day()).take(400)
}

#[test]
fn weekdays_from_every_day() {
    const SAID: Carrier = ("Das sagte sie am ", ".");
    const STARTS: Carrier = ("Das Spiel beginnt am ", ".");
    let mut reader = Reader::undated();
    for published in days_of_publication() {
        reader.published(published);
        for days in 0..7 {
            let (before, from) = (plus(published, -days), plus(published, days));
            reader.expect(SAID, weekday_name(before), &Meant::day(before));
            reader.expect(STARTS, weekday_name(from), &Meant::day(from));
            // The one before and after, not the day itself.
            let (last, next) = (plus(published, -days - 1), plus(published, days + 1));
            reader.expect(SAID, &format!("vergangenen {}", weekday_name(last)), &Meant::day(last));
            reader.expect(STARTS, &format!("kommenden {}", weekday_name(next)), &Meant::day(next));
        }
    }
    reader.done();
}

#[test]
fn days_around_every_day() {
    let mut reader = Reader::undated();
    for published in days_of_publication() {
        reader.published(published);
        for (days, form) in [(-2, "vorgestern"), (-1, "gestern"), (0, "heute")] {
            reader.expect(HAPPENED, form, &Meant::day(plus(published, days)));
        }
        for (days, form) in [(0, "heute"), (1, "morgen"), (2, "übermorgen")] {
            reader.expect(BEGINS, form, &Meant::day(plus(published, days)));
        }
        for (days, form) in [(-2, "Vorgestern"), (-1, "Gestern"), (0, "Heute"), (1, "Morgen"), (2, "Übermorgen")] {
            reader.expect(("", " ist Markt in Bern."), form, &Meant::day(plus(published, days)));
        }
    }
    reader.done();
}

#[test]
fn stretches_around_every_day() {
    let mut reader = Reader::undated();
    let shifts: [(i64, &[&str]); 5] = [
        (-2, &["vorletzte", "vorvergangene"]),
        (-1, &["vergangene", "letzte", "vorige"]),
        (0, &["laufende", "diese", "aktuelle"]),
        (1, &["kommende", "nächste"]),
        (2, &["übernächste"]),
    ];
    for published in days_of_publication() {
        reader.published(published);
        let (year, month) = (published.year(), i64::from(published.month()));
        for (by, words) in shifts {
            let week = Meant::week(plus(published, 7 * by));
            let others = [
                ("Monat", Meant::month(year, month + by)),
                ("Quartal", Meant::quarter(year, (month + 2) / 3 + by)),
                ("Jahr", Meant::year(year + by as i16)),
            ];
            for word in words {
                let in_that_week = if by > 0 { "Das Spiel beginnt in der " } else { "Das geschah in der " };
                reader.expect((in_that_week, "."), &format!("{word}n Woche"), &week);
                // "diesem", all others end in -n behind "im".
                let ending = if *word == "diese" { 'm' } else { 'n' };
                let carrier = match (ending, by) {
                    ('m', _) => ("Das geschah in ", "."),
                    (_, 1..) => ("Das Spiel beginnt im ", "."),
                    _ => ("Das geschah im ", "."),
                };
                for (noun, meant) in &others {
                    reader.expect(carrier, &format!("{word}{ending} {noun}"), meant);
                }
            }
        }
    }
    reader.done();
}

#[test]
fn so_many_units_from_many_days() {
    let mut reader = Reader::undated();
    // One of it, and several.
    let units = [
        ("Tag", "einem Tag", "Tagen"),
        ("Woche", "einer Woche", "Wochen"),
        ("Monat", "einem Monat", "Monaten"),
        ("Jahr", "einem Jahr", "Jahren"),
    ];
    for published in days_of_publication().step_by(19).chain(PUBLISHED) {
        reader.published(published);
        let (year, month) = (published.year(), i64::from(published.month()));
        for n in 1..=30 {
            for (unit, one, several) in units {
                let away = |by: i64| match unit {
                    "Tag" => Meant::day(plus(published, by)),
                    "Woche" => Meant::week(plus(published, 7 * by)),
                    "Monat" => Meant::month(year, month + by),
                    _ => Meant::year(year + by as i16),
                };
                let counted = match n {
                    1 => vec![one.to_owned(), format!("1 {unit}")],
                    _ => vec![format!("{} {several}", word(n, "ein")), format!("{n} {several}")],
                };
                for counted in counted {
                    reader.expect(HAPPENED, &format!("vor {counted}"), &away(-n));
                    reader.expect(BEGINS, &format!("in {counted}"), &away(n));
                }
            }
        }
    }
    reader.done();
}

//
// Feasts.

#[test]
fn every_feast() {
    let mut reader = Reader::undated();
    for year in years() {
        let (easter, advent) = (easter(year), advent(year));
        // The second Sunday in May.
        let may = date(year, 5, 1);
        let mothers = plus(may, i64::from(may.weekday().until(Weekday::Sunday)) + 7);
        let moving = [
            ("Rosenmontag", plus(easter, -48), Weekday::Monday),
            ("Aschermittwoch", plus(easter, -46), Weekday::Wednesday),
            ("Palmsonntag", plus(easter, -7), Weekday::Sunday),
            ("Gründonnerstag", plus(easter, -3), Weekday::Thursday),
            ("Karfreitag", plus(easter, -2), Weekday::Friday),
            ("Karsamstag", plus(easter, -1), Weekday::Saturday),
            ("Ostersonntag", easter, Weekday::Sunday),
            ("Ostermontag", plus(easter, 1), Weekday::Monday),
            ("Pfingstsonntag", plus(easter, 49), Weekday::Sunday),
            ("Pfingstmontag", plus(easter, 50), Weekday::Monday),
            ("Volkstrauertag", plus(advent, -14), Weekday::Sunday),
            ("Buß- und Bettag", plus(advent, -11), Weekday::Wednesday),
            ("Totensonntag", plus(advent, -7), Weekday::Sunday),
            ("1. Advent", advent, Weekday::Sunday),
            ("ersten Advent", advent, Weekday::Sunday),
            ("2. Advent", plus(advent, 7), Weekday::Sunday),
            ("dritten Advent", plus(advent, 14), Weekday::Sunday),
            ("4. Advent", plus(advent, 21), Weekday::Sunday),
            ("Muttertag", mothers, Weekday::Sunday),
        ];
        let led = [
            (("Das geschah an ", " in Bern."), "Christi Himmelfahrt", plus(easter, 39), Weekday::Thursday),
            (("Das geschah an ", " in Bern."), "Fronleichnam", plus(easter, 60), Weekday::Thursday),
            (("Das geschah an ", " in Bern."), "Ostern", easter, Weekday::Sunday),
            (("Das geschah zu ", " in Bern."), "Pfingsten", plus(easter, 49), Weekday::Sunday),
        ];
        for (carrier, name, day, weekday) in
            moving.map(|(name, day, weekday)| (ON, name, day, weekday)).into_iter().chain(led)
        {
            assert_eq!(day.weekday(), weekday, "{name} {year}");
            reader.expect(carrier, &format!("{name} {year}"), &Meant::day(day));
        }
        for (carrier, name, month, day) in [
            (("Das geschah an ", " in Bern."), "Neujahr", 1, 1),
            (ON, "Dreikönigstag", 1, 6),
            (ON, "Tag der Arbeit", 5, 1),
            (ON, "Tag der Deutschen Einheit", 10, 3),
            (ON, "Reformationstag", 10, 31),
            (("Das geschah an ", " in Bern."), "Allerheiligen", 11, 1),
            (ON, "Nikolaustag", 12, 6),
            (("Das geschah an ", " in Bern."), "Heiligabend", 12, 24),
            (("Das geschah an ", " in Bern."), "Weihnachten", 12, 25),
            (("Das geschah an ", " in Bern."), "Silvester", 12, 31),
        ] {
            reader.expect(carrier, &format!("{name} {year}"), &Meant::day(date(year, month, day)));
        }
    }
    reader.done();
}

//
// The clock.

#[test]
fn every_minute_of_the_day() {
    let mut reader = Reader::undated();
    reader.published(SOME_DAY);
    for (at, day) in (0..24 * 60).zip(days_of(2023, 2030)) {
        let (hour, minute) = (at / 60, at % 60);
        let mut forms = vec![format!("{hour:02}.{minute:02} Uhr"), format!("{hour:02}:{minute:02} Uhr")];
        if hour < 10 {
            forms.extend([format!("{hour}:{minute:02} Uhr"), format!("{hour}.{minute:02} Uhr")]);
        }
        if minute == 0 {
            forms.push(format!("{hour} Uhr"));
        }
        for form in &forms {
            reader.expect(AT, form, &Meant::clock(SOME_DAY, hour, minute));
        }
        let meant = Meant::clock(day, hour, minute);
        let (y, m, d, month, name) = (day.year(), day.month(), day.day(), month_name(day), weekday_name(day));
        for form in &forms {
            reader.expect(ON, &format!("{d:02}.{m:02}.{y}, {form}"), &meant);
            reader.expect(ON, &format!("{d:02}.{m:02}.{y} {form}"), &meant);
            reader.expect(ON, &format!("{d:02}.{m:02}.{y} um {form}"), &meant);
            reader.expect(ON, &format!("{d}. {month} {y}, {form}"), &meant);
            reader.expect(ON, &format!("{d}. {month} {y} um {form}"), &meant);
            reader.expect(ON, &format!("{name}, {d}. {month} {y}, {form}"), &meant);
            reader.expect(AT, &format!("{form}, {d}. {month} {y}"), &meant);
        }
        // A clock time of the next sentence would belong to the day just named.
        reader.check();
    }
    reader.expect(AT, "24 Uhr", &Meant::clock(SOME_DAY, 24, 0));
    reader.expect(AT, "24:00 Uhr", &Meant::clock(SOME_DAY, 24, 0));
    reader.done();
}

/// *halb eins* and *Viertel vor eins* are left out: they may be of the night or of noon.
#[test]
fn hours_in_words() {
    let mut reader = Reader::undated();
    reader.published(SOME_DAY);
    let mut expect = |form: &str, hour, minute| reader.expect(AT, form, &Meant::clock(SOME_DAY, hour, minute));
    expect("null Uhr", 0, 0);
    for hour in 1..=24 {
        let name = word(hour, "ein");
        expect(&format!("{name} Uhr"), hour, 0);
        for minute in (1..60).filter(|_| hour < 24) {
            expect(&format!("{name} Uhr {}", word(minute, "eins")), hour, minute);
        }
    }
    for hour in 2..=12 {
        for name in [word(hour, "eins"), hour.to_string()] {
            expect(&format!("halb {name}"), hour - 1, 30);
            expect(&format!("Viertel nach {name}"), hour, 15);
            expect(&format!("Viertel vor {name}"), hour - 1, 45);
            expect(&format!("viertel nach {name}"), hour, 15);
            expect(&format!("viertel {name}"), hour - 1, 15);
            expect(&format!("drei viertel {name}"), hour - 1, 45);
            expect(&format!("dreiviertel {name}"), hour - 1, 45);
            for minutes in 2..30 {
                for counted in [word(minutes, "eins"), minutes.to_string()] {
                    expect(&format!("{counted} Minuten vor {name}"), hour - 1, 60 - minutes);
                    expect(&format!("{counted} Minuten nach {name}"), hour, minutes);
                }
            }
        }
    }
    for (form, hour, minute) in [
        ("zwölf Uhr nachts", 0, 0),
        ("drei Uhr nachts", 3, 0),
        ("vier Uhr früh", 4, 0),
        ("acht Uhr morgens", 8, 0),
        ("elf Uhr vormittags", 11, 0),
        ("zwölf Uhr mittags", 12, 0),
        ("Viertel nach zwölf mittags", 12, 15),
        ("ein Uhr mittags", 13, 0),
        ("halb eins mittags", 12, 30),
        ("drei Uhr nachmittags", 15, 0),
        ("halb sechs nachmittags", 17, 30),
        ("acht Uhr abends", 20, 0),
        ("Viertel vor neun abends", 20, 45),
        ("elf Uhr nachts", 23, 0),
    ] {
        expect(form, hour, minute);
    }
    for (form, hour) in [
        ("morgens um acht Uhr", 8),
        ("nachmittags um drei Uhr", 15),
        ("abends um acht Uhr", 20),
        ("nachts um drei Uhr", 3),
        ("mittags um ein Uhr", 13),
        ("nachts um elf Uhr", 23),
        ("nachts um zwölf Uhr", 0),
    ] {
        reader.expect(HAPPENED, form, &Meant::clock(SOME_DAY, hour, 0));
    }
    reader.done();
}

//
// Durations and sets.

/// A unit: one of it with its article, several of it, what an adjective ends in, and what stands around the number.
struct Unit {
    one: &'static str,
    several: &'static str,
    adjective: &'static str,
    before: &'static str,
    after: &'static str,
}

impl Unit {
    fn value(&self, n: i64) -> String {
        format!("{}{n}{}", self.before, self.after)
    }
}

const fn unit(
    one: &'static str,
    several: &'static str,
    adjective: &'static str,
    before: &'static str,
    after: &'static str,
) -> Unit {
    Unit { one, several, adjective, before, after }
}

const DURATIONS: [Unit; 11] = [
    unit("eine Sekunde", "Sekunden", "sekündig", "PT", "S"),
    unit("eine Minute", "Minuten", "minütig", "PT", "M"),
    unit("eine Stunde", "Stunden", "stündig", "PT", "H"),
    unit("einen Tag", "Tage", "tägig", "P", "D"),
    unit("eine Woche", "Wochen", "wöchig", "P", "W"),
    unit("einen Monat", "Monate", "monatig", "P", "M"),
    unit("ein Quartal", "Quartale", "", "P", "Q"),
    unit("ein Jahr", "Jahre", "jährig", "P", "Y"),
    unit("ein Jahrzehnt", "Jahrzehnte", "", "P", "DE"),
    unit("ein Jahrhundert", "Jahrhunderte", "", "P", "CE"),
    unit("ein Jahrtausend", "Jahrtausende", "", "P", "ML"),
];

#[test]
fn durations_of_every_unit() {
    const DEMANDS: Carrier = ("Das Gericht verhängte eine ", " Haft.");
    const IS: Carrier = ("Die Sperre war ", ".");
    const TOOK: Carrier = ("Der Umbau nahm ", " in Anspruch.");
    let mut reader = Reader::undated();
    for unit in DURATIONS {
        let several = unit.several;
        reader.expect(LASTED, unit.one, &Meant::duration(unit.value(1)));
        reader.expect(TOOK, unit.one, &Meant::duration(unit.value(1)));
        for n in 2..100 {
            let meant = Meant::duration(unit.value(n));
            for carrier in [LASTED, TOOK] {
                reader.expect(carrier, &format!("{} {several}", word(n, "ein")), &meant);
                reader.expect(carrier, &format!("{n} {several}"), &meant);
            }
            if n < 99 {
                let both = Meant::duration(format!("{}/{}", unit.value(n), unit.value(n + 1)));
                let (low, high) = (word(n, "ein"), word(n + 1, "ein"));
                reader.expect(LASTED, &format!("{low} bis {high} {several}"), &both);
                reader.expect(LASTED, &format!("{low} oder {high} {several}"), &both);
                reader.expect(LASTED, &format!("{n} bis {} {several}", n + 1), &both);
                reader.expect(LASTED, &format!("{n}–{} {several}", n + 1), &both);
                reader.expect(LASTED, &format!("{n}-{} {several}", n + 1), &both);
            }
        }
        if !unit.adjective.is_empty() {
            for n in 1..100 {
                let meant = Meant::duration(unit.value(n));
                for number in [word(n, "ein"), format!("{n}-")] {
                    reader.expect(DEMANDS, &format!("{number}{}e", unit.adjective), &meant);
                    if unit.adjective != "jährig" {
                        reader.expect(IS, &format!("{number}{}", unit.adjective), &meant);
                    }
                }
            }
        }
    }
    let counted = |n: i64, one: &str, several: &str| match n {
        1 => one.to_owned(),
        _ => format!("{} {several}", word(n, "ein")),
    };
    for n in 1..60 {
        let (years, hours) = (counted(n, "ein Jahr", "Jahre"), counted(n, "eine Stunde", "Stunden"));
        for m in 1..60 {
            let minutes = counted(m, "eine Minute", "Minuten");
            reader.expect(LASTED, &format!("{hours} und {minutes}"), &Meant::duration(format!("PT{n}H{m}M")));
            if m < 12 {
                let months = counted(m, "einen Monat", "Monate");
                reader.expect(LASTED, &format!("{years} und {months}"), &Meant::duration(format!("P{n}Y{m}M")));
            }
        }
    }
    reader.done();
}

#[test]
fn sets_of_every_kind() {
    const OPENS: Carrier = ("Der Markt öffnet ", ".");
    let mut reader = Reader::undated();
    for (at, day) in (1..).zip(WEEKDAYS) {
        let meant = Meant::set(&format!("XXXX-WXX-{at}"));
        reader.expect(OPENS, &format!("jeden {day}"), &meant);
        reader.expect(OPENS, &format!("{}s", day.to_lowercase()), &meant);
        // Fitters' work is "Montage", too.
        if day != "Montag" {
            reader.expect(("Der Markt öffnet an ", "."), &format!("{day}en"), &meant);
        }
    }
    for (at, month) in (1..).zip(MONTHS) {
        reader.expect(OPENS, &format!("jeden {month}"), &Meant::set(&format!("XXXX-{at:02}")));
        reader.expect(OPENS, &format!("jeden 24. {month}"), &Meant::set(&format!("XXXX-{at:02}-24")));
    }
    for (form, value) in [
        ("jeden Frühling", "XXXX-SP"),
        ("jeden Sommer", "XXXX-SU"),
        ("jeden Herbst", "XXXX-FA"),
        ("jeden Winter", "XXXX-WI"),
        ("jedes Wochenende", "XXXX-WXX-WE"),
        ("werktags", "XXXX-WXX-WD"),
        ("jeden Morgen", "XXXX-XX-XXTMO"),
        ("jeden Mittag", "XXXX-XX-XXTMI"),
        ("jeden Nachmittag", "XXXX-XX-XXTAF"),
        ("jeden Abend", "XXXX-XX-XXTEV"),
        ("jede Nacht", "XXXX-XX-XXTNI"),
        ("morgens", "XXXX-XX-XXTMO"),
        ("mittags", "XXXX-XX-XXTMI"),
        ("nachmittags", "XXXX-XX-XXTAF"),
        ("abends", "XXXX-XX-XXTEV"),
        ("nachts", "XXXX-XX-XXTNI"),
        ("jede halbe Stunde", "PT30M"),
        ("alle halbe Stunde", "PT30M"),
        ("jede Viertelstunde", "PT15M"),
        ("minütlich", "PT1M"),
        ("stündlich", "PT1H"),
        ("täglich", "P1D"),
        ("wöchentlich", "P1W"),
        ("monatlich", "P1M"),
        ("vierteljährlich", "P3M"),
        ("halbjährlich", "P6M"),
        ("jährlich", "P1Y"),
        ("vierzehntäglich", "P2W"),
    ] {
        reader.expect(OPENS, form, &Meant::set(value));
    }
    for unit in DURATIONS {
        let each = unit.one.replace("einen ", "jeden ").replace("eine ", "jede ").replace("ein ", "jedes ");
        reader.expect(OPENS, &each, &Meant::set(&unit.value(1)));
        let per = unit.one.split_once(' ').map_or("", |(_, noun)| noun);
        reader.expect(("Der Markt öffnet zweimal ", "."), &format!("pro {per}"), &Meant::set(&unit.value(1)));
        for n in 2..100 {
            let meant = Meant::set(&unit.value(n));
            reader.expect(OPENS, &format!("alle {} {}", word(n, "ein"), unit.several), &meant);
            reader.expect(OPENS, &format!("alle {n} {}", unit.several), &meant);
        }
    }
    reader.done();
}
