//! Proves that German numbers are read exactly as they are written.
//!
//! - Every number word from *null* to *neunhundertneunundneunzigtausendneunhundertneunundneunzig*, and a sample of them in
//!   every other spelling: without umlauts, in capitals, with soft hyphens, in several words.
//! - Random large ones up to 999 Quadrillionen, and every ordinal up to the 9999th.
//! - Figures in German, Swiss, blank-grouped and plain notation.
//! - What has more digits than a record holds is refused, never rounded.
//!
//! The spellings come from the speller below, which shares no table with the crate.

use kennzahl::model::{Amount, Decimal, Quantity, QuantityType, Reason};
use kennzahl::{Extractor, Worker};
use std::fmt::Write as _;
use std::thread;

//
// The speller. It marks where a word may be parted, for the spellings that part it:
// `|` between syllables, `~` around the "und" of "ein~und~zwanzig", `+` around hundert, tausend and what follows them.

const UNITS: [&str; 10] = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sie|ben", "acht", "neun"];

const TEENS: [&str; 10] =
    ["zehn", "elf", "zwölf", "drei|zehn", "vier|zehn", "fünf|zehn", "sech|zehn", "sieb|zehn", "acht|zehn", "neun|zehn"];

const TENS: [&str; 10] =
    ["", "", "zwan|zig", "drei|ßig", "vier|zig", "fünf|zig", "sech|zig", "sieb|zig", "acht|zig", "neun|zig"];

/// Powers of a thousand from 10^24 down to 10^6: one of it, several of it.
const SCALES: [(&str, &str); 7] = [
    ("Quadrillion", "Quadrillionen"),
    ("Trilliarde", "Trilliarden"),
    ("Trillion", "Trillionen"),
    ("Billiarde", "Billiarden"),
    ("Billion", "Billionen"),
    ("Milliarde", "Milliarden"),
    ("Million", "Millionen"),
];

/// What German leaves to the writer.
#[derive(Copy, Clone)]
struct Style {
    /// *einhundert, eintausend*, not *hundert, tausend*, where the number begins with it.
    first_one: bool,
    /// *zweitausendeinhundert*, not *zweitausendhundert*.
    inner_one: bool,
    /// *hundertundeins*, not *hunderteins*.
    and: bool,
}

const STANDARD: Style = Style { first_one: false, inner_one: true, and: false };

fn spell_below_hundred(n: u32, one: &str, out: &mut String) {
    let (ten, unit) = ((n / 10) as usize, (n % 10) as usize);
    match (ten, unit) {
        (0, 1) => out.push_str(one),
        (0, _) => out.push_str(UNITS[unit]),
        (1, _) => out.push_str(TEENS[unit]),
        (_, 0) => out.push_str(TENS[ten]),
        _ => {
            out.push_str(UNITS[unit]);
            out.push_str("~und~");
            out.push_str(TENS[ten]);
        }
    }
}

/// A number of 1 to 999; `one` is how a final 1 is written, `with_one` whether 100 is *einhundert*.
fn spell_below_thousand(n: u32, one: &str, with_one: bool, and: bool, out: &mut String) {
    let (hundreds, rest) = (n / 100, n % 100);
    if hundreds > 0 {
        if hundreds > 1 || with_one {
            out.push_str(UNITS[hundreds as usize]);
            out.push('+');
        }
        out.push_str("hun|dert");
        if rest > 0 {
            out.push_str(if and { "+und+" } else { "+" });
        }
    }
    spell_below_hundred(rest, one, out);
}

/// A number below a million, with its marks; `one` is how a final 1 is written.
fn spell(n: u32, one: &str, style: Style) -> String {
    let mut out = String::new();
    let (thousands, rest) = (n / 1000, n % 1000);
    if n == 0 {
        return "null".to_owned();
    }
    if thousands > 0 {
        if thousands > 1 || style.first_one {
            spell_below_thousand(thousands, "ein", style.first_one, style.and, &mut out);
            out.push('+');
        }
        out.push_str("tau|send");
        if rest > 0 {
            out.push_str(if style.and && rest < 100 { "+und+" } else { "+" });
        }
    }
    let with_one = if thousands > 0 { style.inner_one } else { style.first_one };
    spell_below_thousand(rest, one, with_one, style.and, &mut out);
    out
}

/// The ordinal with the ending *-e*.
fn spell_ordinal(n: u32, style: Style) -> String {
    let stem = spell(n, "ers", style);
    let irregular = match n % 100 {
        3 => Some(("drei", "dritte")),
        7 => Some(("sie|ben", "siebte")),
        8 => Some(("acht", "achte")),
        _ => None,
    };
    if let Some((end, ordinal)) = irregular {
        return stem.strip_suffix(end).map(|s| format!("{s}{ordinal}")).unwrap_or_default();
    }
    stem + if (1..=19).contains(&(n % 100)) { "te" } else { "ste" }
}

/// The spelling in one word, without marks.
fn solid(marked: &str) -> String {
    marked.replace(['|', '~', '+'], "")
}

fn ascii(word: &str) -> String {
    word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A marked spelling in every way it may be typed, in one word and in several.
fn spellings(marked: &str) -> Vec<String> {
    let word = solid(marked);
    let in_groups = marked.replace('+', " ").replace(['|', '~'], "");
    let spoken = marked.replace(['+', '~'], " ").replace('|', "");
    let mut all = vec![
        ascii(&word),
        word.replace('ß', "ss"),
        capitalised(&word),
        capitalised(&spoken),
        word.to_uppercase(),
        word.replace('ß', "ẞ").to_uppercase(),
        word.replace('ö', "o\u{308}").replace('ü', "u\u{308}"),
        marked.replace(['|', '~', '+'], "\u{ad}"),
        marked.replace(['~', '+'], "\u{ad}").replace('|', ""),
        ascii(&spoken),
        in_groups,
        spoken,
        word,
    ];
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn the_speller_spells_german() {
    for (n, short, long) in [
        (0, "null", "null"),
        (1, "eins", "eins"),
        (21, "einundzwanzig", "einundzwanzig"),
        (30, "dreißig", "dreißig"),
        (101, "hunderteins", "einhunderteins"),
        (112, "hundertzwölf", "einhundertzwölf"),
        (1001, "tausendeins", "eintausendeins"),
        (1100, "tausendeinhundert", "eintausendeinhundert"),
        (2001, "zweitausendeins", "zweitausendeins"),
        (21_701, "einundzwanzigtausendsiebenhunderteins", "einundzwanzigtausendsiebenhunderteins"),
        (101_017, "hunderteintausendsiebzehn", "einhunderteintausendsiebzehn"),
    ] {
        assert_eq!(solid(&spell(n, "eins", STANDARD)), short);
        assert_eq!(solid(&spell(n, "eins", Style { first_one: true, ..STANDARD })), long);
    }
    let longest = "neunhundertneunundneunzigtausendneunhundertneunundneunzig";
    assert_eq!(solid(&spell(999_999, "eins", STANDARD)), longest);
    for (n, ordinal) in [
        (1, "erste"),
        (2, "zweite"),
        (3, "dritte"),
        (7, "siebte"),
        (8, "achte"),
        (17, "siebzehnte"),
        (20, "zwanzigste"),
        (28, "achtundzwanzigste"),
        (100, "hundertste"),
        (101, "hunderterste"),
        (1000, "tausendste"),
        (3003, "dreitausenddritte"),
    ] {
        assert_eq!(solid(&spell_ordinal(n, STANDARD)), ordinal);
    }
    let and = Style { first_one: true, and: true, ..STANDARD };
    assert_eq!(solid(&spell(1101, "eins", and)), "eintausendeinhundertundeins");
    assert_eq!(solid(&spell(2001, "eins", and)), "zweitausendundeins");
    let spoken = spellings(&spell(135, "eins", Style { first_one: true, ..STANDARD }));
    for spelling in [
        "einhundertfuenfunddreissig",
        "einhundertfünfunddreissig",
        "Einhundertfünfunddreißig",
        "EINHUNDERTFÜNFUNDDREISSIG",
        "EINHUNDERTFÜNFUNDDREIẞIG",
        "einhundertfu\u{308}nfunddreißig",
        "ein\u{ad}hundert\u{ad}fünf\u{ad}und\u{ad}dreißig",
        "ein hundert fünfunddreißig",
        "ein hundert fünf und dreißig",
    ] {
        assert!(spoken.iter().any(|s| s == spelling), "{spelling}");
    }
}

//
// The reader: many numerals in one document, one a paragraph, each checked by itself.

/// What stands around a numeral, and what that makes of it.
struct Carrier {
    before: &'static str,
    after: &'static str,
    kind: QuantityType,
    noun: Option<&'static str>,
    /// The unit's code; the span then takes in what stands behind.
    unit: Option<&'static str>,
}

const BARE: Carrier = Carrier { before: "", after: "", kind: QuantityType::Number, noun: None, unit: None };
const BRIDGES: Carrier =
    Carrier { before: "", after: " Brücken", kind: QuantityType::Count, noun: Some("Brücken"), unit: None };
const WAGON: Carrier = Carrier { before: "der ", after: " Wagen", kind: QuantityType::Ordinal, noun: None, unit: None };
/// An article in front of any ending, which tells *achten* the ordinal from the verb.
const CAR: Carrier = Carrier { before: "den ", after: " Wagen", kind: QuantityType::Ordinal, noun: None, unit: None };
const EURO: Carrier = Carrier { before: "", after: " Euro", kind: QuantityType::Money, noun: None, unit: Some("EUR") };

/// One paragraph of the document.
struct Paragraph {
    carrier: &'static Carrier,
    /// Where the numeral stands in the document.
    start: usize,
    end: usize,
    value: Decimal,
}

struct Reader {
    worker: Worker,
    document: String,
    paragraphs: Vec<Paragraph>,
    failures: Vec<String>,
    failed: usize,
}

impl Reader {
    fn new() -> Self {
        Self {
            worker: Extractor::new().worker(),
            document: String::new(),
            paragraphs: Vec::new(),
            failures: Vec::new(),
            failed: 0,
        }
    }

    /// Expects the numeral to be read as this value.
    fn expect(&mut self, carrier: &'static Carrier, numeral: &str, value: Decimal) {
        self.document.push_str(carrier.before);
        let start = self.document.len();
        self.document.push_str(numeral);
        let end = self.document.len();
        self.document.push_str(carrier.after);
        self.document.push_str("\n\n");
        self.paragraphs.push(Paragraph { carrier, start, end, value });
        if self.document.len() > 1 << 15 {
            self.check();
        }
    }

    fn expect_int(&mut self, carrier: &'static Carrier, numeral: &str, value: impl Into<i128>) {
        self.expect(carrier, numeral, Decimal::from_int(value.into()));
    }

    /// Reads the document and compares each paragraph with what it says.
    fn check(&mut self) {
        let analysis = self.worker.analyse(&self.document);
        let mut found = analysis.quantities.as_slice();
        for (number, p) in self.paragraphs.iter().enumerate() {
            let border = p.end + p.carrier.after.len() + 1;
            let own = found.iter().take_while(|q| (q.span.start as usize) < border).count();
            let (here, later) = found.split_at(own);
            found = later;
            let right = match here {
                [q] => p.is(q, &self.document, self.worker.lexicon()) && q.sentence as usize == number,
                _ => false,
            };
            if !right {
                self.failed += 1;
                if self.failures.len() < 8 {
                    let text = &self.document[p.start - p.carrier.before.len()..p.end + p.carrier.after.len()];
                    let shown: Vec<_> =
                        here.iter().map(|q| kennzahl::show_one(&self.document, q, self.worker.lexicon())).collect();
                    self.failures.push(format!("{text:?} is {}, but read as {shown:?}", p.value));
                }
            }
        }
        self.document.clear();
        self.paragraphs.clear();
    }
}

impl Paragraph {
    fn is(&self, q: &Quantity, document: &str, lexicon: &kennzahl::lexicon::Lexicon) -> bool {
        let c = self.carrier;
        let end = if c.unit.is_some() { self.end + c.after.len() } else { self.end };
        q.kind == c.kind
            && q.amount == Amount::Value(self.value)
            && (q.span.start as usize, q.span.end as usize) == (self.start, end)
            && q.noun.map(|n| n.of(document)) == c.noun
            && q.unit.map(|u| &*lexicon.unit(u).code) == c.unit
            && q.approx.is_none()
            && q.per.is_none()
    }
}

/// Runs the work on some threads, each with its part of it, and fails with what was misread.
fn read_all(work: impl Fn(&mut Reader, usize, usize) + Sync) {
    let parts = thread::available_parallelism().map_or(2, usize::from).min(8);
    let (mut failed, mut failures) = (0, String::new());
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..parts)
            .map(|part| {
                scope.spawn(move || {
                    let mut reader = Reader::new();
                    work(&mut reader, part, parts);
                    reader.check();
                    (reader.failed, reader.failures)
                })
            })
            .collect();
        for thread in threads {
            let (count, some) = thread.join().expect("reading does not panic");
            failed += count;
            for line in some {
                let _ = writeln!(failures, "{line}");
            }
        }
    });
    assert_eq!(failed, 0, "misread; some of them:\n{failures}");
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `low..=high`.
    fn within(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }
}

//
// Number words.

#[test]
fn every_number_below_a_million() {
    read_all(|reader, part, parts| {
        for n in (0..1_000_000u32).skip(part).step_by(parts) {
            let short = solid(&spell(n, "eins", STANDARD));
            let long = solid(&spell(n, "eins", Style { first_one: true, ..STANDARD }));
            if n <= 12 {
                reader.expect_int(&BARE, &short, n);
            }
            if n == 1 {
                continue; // "eins Brücken" is no German.
            }
            reader.expect_int(&BRIDGES, &short, n);
            if long != short {
                reader.expect_int(&BRIDGES, &long, n);
            }
        }
    });
}

#[test]
fn a_sample_in_every_spelling() {
    read_all(|reader, part, parts| {
        let sample = (2..200).chain((200..1_000_000u32).step_by(37));
        for n in sample.skip(part).step_by(parts) {
            reader.expect_int(&BARE, &solid(&spell(n, "eins", STANDARD)), n);
            let mut all = Vec::new();
            for (first_one, inner_one) in [(false, false), (false, true), (true, false), (true, true)] {
                all.extend(spellings(&spell(n, "eins", Style { first_one, inner_one, and: false })));
                // In several words "hundert und eins" may be two numbers; "ein hundert und eins" is one.
                let and = spell(n, "eins", Style { first_one, inner_one, and: true });
                let one_word = |s: &String| !s.contains(' ');
                all.extend(spellings(&and).into_iter().filter(|s| one_word(s) || (first_one && inner_one)));
            }
            all.sort_unstable();
            all.dedup();
            for spelling in all {
                reader.expect_int(&BRIDGES, &spelling, n);
            }
        }
    });
}

#[test]
fn one_in_every_spelling() {
    read_all(|reader, part, _| {
        for spelling in spellings("eins").iter().filter(|_| part == 0) {
            reader.expect_int(&BARE, spelling, 1);
        }
    });
}

#[test]
fn inflected_two_and_three() {
    read_all(|reader, part, _| {
        for (word, n) in [("zweier", 2), ("dreier", 3), ("zwo", 2)].into_iter().filter(|_| part == 0) {
            for spelling in [word.to_owned(), capitalised(word), word.to_uppercase()] {
                reader.expect_int(&BRIDGES, &spelling, n);
            }
        }
    });
}

/// *neunzehnhundertfünfundachtzig* for 1985.
#[test]
fn counted_in_hundreds() {
    read_all(|reader, part, parts| {
        for n in (1100..2000u32).skip(part).step_by(parts) {
            for and in [false, true] {
                let mut marked = TEENS[(n / 100 - 10) as usize].to_owned() + "+hun|dert";
                if n % 100 > 0 {
                    marked.push_str(if and { "+und+" } else { "+" });
                }
                spell_below_hundred(n % 100, "eins", &mut marked);
                for spelling in spellings(&marked).iter().filter(|s| !s.contains(' ')) {
                    reader.expect_int(&BRIDGES, spelling, n);
                }
            }
        }
    });
}

/// *zwei Milliarden hunderteine Million fünfhundert*: the groups of thousand from the largest to the smallest.
///
/// What remains below a million is none or 100 and more: directly behind a scale the crate takes a smaller number for one
/// of its own ("zwei Millionen drei Tage später").
fn random_large(random: &mut Random) -> (String, i128) {
    let mut words: Vec<String> = Vec::new();
    let mut value = 0i128;
    let top = random.within(0, SCALES.len() as u32 - 1) as usize;
    let density = random.within(0, 3);
    for (at, (one, many)) in SCALES.iter().enumerate().skip(top) {
        let group = match random.within(0, 3) {
            _ if at > top && random.within(0, 3) > density => 0,
            0 => random.within(1, 12),
            1 => random.within(1, 9) * 100 + random.within(0, 1),
            _ => random.within(1, 999),
        };
        if group > 0 {
            let style = Style { first_one: random.within(0, 1) == 0, ..STANDARD };
            words.push(solid(&spell(group, "eine", style)));
            words.push((if group == 1 { one } else { many }).to_string());
        }
        value = value * 1000 + i128::from(group);
    }
    let rest = match random.within(0, 4) {
        0 | 1 => 0,
        2 => random.within(1, 999) * 1000,
        3 => random.within(100, 9999),
        _ => random.within(100, 999_999),
    };
    if rest > 0 {
        // Alone "tausend" is a scale; behind another number it is "eintausend".
        let first_one = rest / 1000 == 1 || random.within(0, 1) == 0;
        words.push(solid(&spell(rest, "eins", Style { first_one, ..STANDARD })));
    }
    (words.join(" "), value * 1_000_000 + i128::from(rest))
}

#[test]
fn random_numbers_up_to_quadrillions() {
    read_all(|reader, part, parts| {
        let mut random = Random(1);
        for round in 0..24_000 {
            let (words, value) = random_large(&mut random);
            if round % parts != part {
                continue;
            }
            reader.expect_int(&BRIDGES, &words, value);
            match round % 8 {
                0 => reader.expect_int(&BRIDGES, &words.to_uppercase(), value),
                2 => reader.expect_int(&BRIDGES, &ascii(&words), value),
                4 => reader.expect_int(&BRIDGES, &capitalised(&words), value),
                6 => reader.expect_int(&BRIDGES, &words.replace(' ', "\u{a0}"), value),
                _ => {}
            }
        }
        if part == 0 {
            for (words, value) in [
                ("zwei Millionen dreihunderttausendfünf", 2_300_005),
                ("eine Milliarde zwei Millionen", 1_002_000_000),
                ("eine Million eintausend", 1_001_000),
                ("hunderteine Millionen", 101_000_000),
            ] {
                reader.expect_int(&BRIDGES, words, value);
            }
            let nines = solid(&spell(999, "eins", STANDARD));
            let all: Vec<_> = SCALES.iter().map(|(_, many)| format!("{nines} {many}")).collect();
            let all = format!("{} {}", all.join(" "), solid(&spell(999_999, "eins", STANDARD)));
            reader.expect_int(&BRIDGES, &all, 10i128.pow(27) - 1);
        }
    });
}

#[test]
fn every_ordinal_up_to_9999() {
    read_all(|reader, part, parts| {
        for n in (1..10_000u32).skip(part).step_by(parts) {
            let short = spell_ordinal(n, STANDARD);
            let long = spell_ordinal(n, Style { first_one: true, ..STANDARD });
            reader.expect_int(&WAGON, &solid(&short), n);
            if long != short {
                reader.expect_int(&WAGON, &solid(&long), n);
            }
            reader.expect_int(&WAGON, &ascii(&solid(&short)), n);
            reader.expect_int(&WAGON, &solid(&short).to_uppercase(), n);
            for ending in ["n", "r", "s", "m"] {
                reader.expect_int(&CAR, &(solid(&short) + ending), n);
            }
            reader.expect_int(&WAGON, &short.replace(['|', '~', '+'], "\u{ad}"), n);
        }
    });
}

//
// Figures.

/// Digits in groups of three.
fn grouped(digits: &str, separator: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

fn random_digits(random: &mut Random, len: u32) -> String {
    (0..len).map(|at| char::from(b'0' + random.within(u32::from(at == 0 && len > 1), 9) as u8)).collect()
}

#[test]
fn figures_in_every_notation() {
    read_all(|reader, part, parts| {
        let mut random = Random(2);
        for round in 0..10_000 {
            // Mostly such as news have, and up to all that a record holds.
            let len = if round % 4 == 0 { random.within(1, 29) } else { random.within(1, 9) };
            let whole = random_digits(&mut random, len);
            let places = match random.within(0, 5) {
                0 | 1 => 0,
                2 | 3 => random.within(1, 2),
                _ => random.within(1, 9),
            };
            let fraction: String = (0..places).map(|_| char::from(b'0' + random.within(0, 9) as u8)).collect();
            if round % parts != part {
                continue;
            }
            let shown = format!("{whole}.{fraction}");
            let shown = if places > 0 { shown.trim_end_matches('0').trim_end_matches('.') } else { &whole };
            let value = Decimal::parse(shown).expect("a plain decimal");
            assert_eq!(value.to_string(), shown);
            let with = |whole: String, point: &str| match places {
                0 => whole,
                _ => format!("{whole}{point}{fraction}"),
            };
            let mut forms = vec![with(whole.clone(), ","), with(grouped(&whole, "."), ",")];
            for blank in [" ", "\u{a0}", "\u{202f}"] {
                forms.push(with(grouped(&whole, blank), ","));
            }
            // "1.234" is German for 1234; only behind Swiss groups, or with other than three places, is it a decimal.
            if len > 3 || places != 3 {
                forms.push(with(grouped(&whole, "'"), "."));
                forms.push(with(grouped(&whole, "’"), "."));
            }
            forms.sort_unstable();
            forms.dedup();
            for form in forms {
                reader.expect(&EURO, &form, value);
            }
        }
    });
}

#[test]
fn figures_of_the_examples() {
    read_all(|reader, part, _| {
        let examples = [
            ("1.234.567,89", "1234567.89"),
            ("1'234'567.89", "1234567.89"),
            ("1’234", "1234"),
            ("1 234 567", "1234567"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("1234567,89", "1234567.89"),
            ("0,000000001", "0.000000001"),
        ];
        for (figures, value) in examples.into_iter().filter(|_| part == 0) {
            reader.expect(&EURO, figures, Decimal::parse(value).expect("a plain decimal"));
        }
    });
}

/// The largest numbers and the longest fractions that a record holds, and the first beyond them.
#[test]
fn more_digits_than_a_record_holds_are_refused() {
    let nines = |n: usize| "9".repeat(n);
    let held = [
        format!("{} Euro", nines(29)),
        format!("{},{} Euro", nines(29), nines(9)),
        format!("0,{} Euro", nines(9)),
        format!("{} Mio. Euro", nines(23)),
        format!("{} Quadrillionen Euro", nines(5)),
        format!("{} Euro", grouped(&nines(29), ".")),
        "neunundneunzigtausend Quadrillionen Euro".to_owned(),
    ];
    let refused = [
        format!("{} Euro", nines(30)),
        format!("{} Euro", nines(38)),
        format!("{} Euro", nines(39)),
        format!("{} Euro", nines(400)),
        nines(30),
        nines(39),
        format!("1{} Euro", "0".repeat(29)),
        format!("1{} Euro", "0".repeat(60)),
        format!("−{} Euro", nines(30)),
        format!("{} Prozent", nines(30)),
        format!("{} Brücken", nines(30)),
        format!("{} bis {} Euro", nines(3), nines(30)),
        format!("zwischen {} und {} Euro", nines(3), nines(30)),
        format!("0,{} Euro", nines(10)),
        "0,0123456789 Euro".to_owned(),
        "0,0000000001 Euro".to_owned(),
        format!("0,{} Euro", nines(40)),
        format!("{},{} Euro", nines(29), nines(10)),
        format!("{} Quadrillionen", nines(7)),
        format!("{} Quadrillionen Euro", nines(6)),
        format!("{} Mio. Euro", nines(24)),
        format!("{} Mio. Euro", nines(38)),
        format!("{} Mio. Euro", nines(39)),
        "9999999 Quadrillionen".to_owned(),
        "neunhunderttausend Quadrillionen Euro".to_owned(),
        "0,000000001 Cent".to_owned(),
        format!("{} Euro", grouped(&nines(30), ".")),
        format!("{} Euro", grouped(&nines(30), "'")),
        format!("{} Euro", grouped(&nines(30), " ")),
        format!("{} Euro", grouped(&nines(60), ".")),
        format!("{} Euro", grouped(&nines(60), "'")),
        format!("{} Euro", grouped(&nines(60), " ")),
    ];
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let mut wrong = Vec::new();
    for text in held {
        let analysis = worker.analyse(&text);
        let whole = analysis.quantities.iter().any(|q| q.span.of(&text) == text);
        if !whole || !analysis.refused.is_empty() {
            wrong.push(format!("{text:?} fits, but is read as {analysis:?}"));
        }
    }
    for text in refused {
        let analysis = worker.analyse(&text);
        let reasoned = analysis.refused.iter().any(|r| r.reason == Reason::Range);
        if !analysis.quantities.is_empty() || !reasoned {
            wrong.push(format!("{text:?} is beyond a record, but is read as {analysis:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
