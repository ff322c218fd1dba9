//! Facts: ten texts with facts made by hand, single constructions, and changes to a sentence that change no fact.
#![allow(clippy::print_stdout, reason = "a test says what is missed")]

use kennzahl::model::{Analysis, Fact, Status, Timex};
use kennzahl::{Extractor, Worker};
use serde_json::Value;
use std::cell::RefCell;
use std::path::Path;

const PUBLISHED: &str = "2026-02-12T18:00";

thread_local! {
    static WORKER: RefCell<Worker> = RefCell::new(Extractor::new().worker());
}

fn analyse(text: &str, published: &str) -> Analysis {
    WORKER.with_borrow_mut(|w| w.analyse_dated(text, Some(published)))
}

/// A fact as in the files of `tests/facts`: numbers by their surfaces, times by their values.
#[derive(Debug, PartialEq, Eq)]
struct Stated {
    subject: Option<String>,
    metric: String,
    value: Option<String>,
    period: Option<String>,
    direction: Option<String>,
    by: Option<String>,
    from: Option<String>,
    versus: Option<String>,
    status: String,
    source: Option<String>,
}

impl Stated {
    fn expected(fact: &Value) -> Self {
        let text = |v: &Value| v.as_str().map(str::to_owned);
        let change = &fact["change"];
        Self {
            subject: text(&fact["subject"]),
            metric: text(&fact["metric"]).expect("a metric"),
            value: text(&fact["value"]),
            period: text(&fact["period"]),
            direction: text(&change["direction"]),
            by: text(&change["by"]),
            from: text(&change["from"]),
            versus: text(&change["versus"]),
            status: text(&fact["status"]).expect("a status"),
            source: text(&fact["source"]),
        }
    }

    fn found(fact: &Fact, analysis: &Analysis, text: &str) -> Self {
        let quantity = |n: Option<u32>| n.map(|n| analysis.quantities[n as usize].span.of(text).to_owned());
        let time = |t: &Timex| t.as_str().to_owned();
        let change = fact.change.clone().unwrap_or_default();
        Self {
            subject: fact.subject.as_ref().map(|s| s.name.clone()),
            metric: fact.metric.lemma.clone(),
            value: quantity(fact.value),
            period: fact.period.as_ref().map(|p| time(&p.value)),
            direction: change.direction.map(|d| d.name().to_owned()),
            by: quantity(change.by),
            from: quantity(change.from),
            versus: change.versus.as_ref().map(time),
            status: fact.status.name().to_owned(),
            source: fact.source.as_ref().map(|s| s.name.clone()),
        }
    }

    /// The number that carries it: its value, else the difference, else the earlier value.
    fn number(&self) -> Option<&str> {
        self.value.as_deref().or(self.by.as_deref()).or(self.from.as_deref())
    }

    /// How many of the [`STEPS`] it takes against the expected fact.
    fn steps(&self, want: &Self) -> usize {
        let folded = |name: &Option<String>| name.as_ref().map(|n| n.to_lowercase());
        let rest = (&self.value, &self.direction, &self.by, &self.from, &self.versus, &self.status)
            == (&want.value, &want.direction, &want.by, &want.from, &want.versus, &want.status);
        let taken = [
            self.number() == want.number() && stem(&self.metric) == stem(&want.metric),
            folded(&self.subject) == folded(&want.subject),
            self.period == want.period,
            rest && folded(&self.source) == folded(&want.source),
        ];
        taken.iter().take_while(|t| **t).count()
    }

    /// `METRIC of SUBJECT = VALUE up by DIFFERENCE from EARLIER than VERSUS in PERIOD STATUS says SOURCE`, as far as filled.
    fn told(&self) -> String {
        let slot =
            |word: &str, filler: &Option<String>| filler.as_ref().map(|f| format!(" {word} {f}")).unwrap_or_default();
        let direction = self.direction.as_ref().map(|d| format!(" {d}")).unwrap_or_default();
        let status = if self.status == Status::Reported.name() { String::new() } else { format!(" {}", self.status) };
        [
            self.metric.clone(),
            slot("of", &self.subject),
            slot("=", &self.value),
            direction,
            slot("by", &self.by),
            slot("from", &self.from),
            slot("than", &self.versus),
            slot("in", &self.period),
            status,
            slot("says", &self.source),
        ]
        .concat()
    }
}

/// A metric in lower case without its ending; at least four letters stay.
fn stem(metric: &str) -> String {
    let metric = metric.to_lowercase();
    let shorter = |e: &&str| metric.strip_suffix(*e).filter(|rest| rest.chars().count() > 3).map(str::to_owned);
    ["innen", "ern", "en", "er", "es", "e", "n", "s"].iter().find_map(shorter).unwrap_or(metric.clone())
}

fn facts(text: &str, published: &str) -> Vec<Stated> {
    let analysis = analyse(text, published);
    analysis.facts.iter().map(|f| Stated::found(f, &analysis, text)).collect()
}

/// The facts of a text, joined by `; `.
fn told(text: &str) -> String {
    facts(text, PUBLISHED).iter().map(Stated::told).collect::<Vec<_>>().join("; ")
}

/// What a found fact must share with the expected one, each with all before it.
const STEPS: [&str; 4] = ["number+metric", "+subject", "+period", "all slots"];

/// As many of the expected facts are found at each of the [`STEPS`]. These may only rise.
const FLOORS: [usize; 4] = [51, 47, 45, 42];

/// How many facts are expected in all.
const EXPECTED: usize = 57;

/// The texts of `tests/facts` with their names, publication dates and expected facts.
fn texts() -> Vec<(String, String, String, Vec<Stated>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("tests/facts").flatten().map(|e| e.path()).collect();
    paths.sort();
    let read = |path: &Path| {
        let json: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
        let text = |field: &str| json[field].as_str().expect("a string").to_owned();
        let want = json["facts"].as_array().expect("facts").iter().map(Stated::expected).collect();
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), text("published"), text("text"), want)
    };
    paths.iter().map(|p| read(p)).collect()
}

#[test]
fn ten_texts_give_their_facts() {
    let (mut reached, mut expected) = ([0; 4], 0);
    for (name, published, text, want) in texts() {
        let found = facts(&text, &published);
        expected += want.len();
        let mut of_text = [0; 4];
        let mut notes = Vec::new();
        let mut used = vec![false; found.len()];
        for w in &want {
            let best = (0..found.len())
                .filter(|n| !used[*n])
                .max_by_key(|n| (found[*n].steps(w), found[*n].number() == w.number()));
            let steps = best.map_or(0, |n| found[n].steps(w));
            of_text.iter_mut().take(steps).for_each(|n| *n += 1);
            let near = best.filter(|n| steps > 0 || found[*n].number() == w.number());
            if let Some(n) = near {
                used[n] = true;
            }
            if steps < STEPS.len() {
                let instead = near.map_or("nothing".to_owned(), |n| found[n].told());
                notes.push(format!("    no {:13} {}\n        found {instead}", STEPS[steps], w.told()));
            }
        }
        let beyond = found.iter().zip(used).filter(|(_, used)| !used);
        notes.extend(beyond.map(|(f, _)| format!("    beyond the expected {}", f.told())));
        println!("{name}: {} expected, {} found; {}", want.len(), found.len(), line(of_text));
        notes.iter().for_each(|n| println!("{n}"));
        reached.iter_mut().zip(of_text).for_each(|(all, n)| *all += n);
    }
    println!("all: {expected} expected; {}", line(reached));
    assert_eq!(expected, EXPECTED);
    let fallen = reached.iter().zip(FLOORS).any(|(n, floor)| *n < floor);
    assert!(!fallen, "{} is below {}", line(reached), line(FLOORS));
}

fn line(counts: [usize; 4]) -> String {
    STEPS.iter().zip(counts).map(|(step, n)| format!("{step} {n}")).collect::<Vec<_>>().join(", ")
}

/// Sentences with what [`told`] must say of them, in any case.
#[track_caller]
fn hold(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, want)| (text, want, told(text)))
        .filter(|(_, want, got)| got.to_lowercase() != want.to_lowercase())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_prefix_stands_far_from_its_verb() {
    hold(&[
        (
            "Der Umsatz der Brandner AG legte 2025 trotz der schwachen Nachfrage um fünf Prozent auf 20 Millionen Euro zu.",
            "Umsatz of Brandner AG = 20 Millionen Euro up by fünf Prozent in 2025",
        ),
        (
            "2025 gab die Brandner AG 30 Millionen Euro vor allem für Personal und neue Maschinen aus.",
            "Ausgaben of Brandner AG = 30 Millionen Euro in 2025",
        ),
        (
            "2025 nahm die Brandner AG 30 Millionen Euro vor allem mit Schrauben und Dübeln ein.",
            "Einnahmen of Brandner AG = 30 Millionen Euro in 2025",
        ),
        (
            "Der Gewinn der Brandner AG nahm 2025 wegen der teuren Rohstoffe um ein Fünftel auf acht Millionen Euro ab.",
            "Gewinn of Brandner AG = acht Millionen Euro down by ein Fünftel in 2025",
        ),
    ]);
}

#[test]
fn brackets_and_dashes_belong_to_the_number_in_front() {
    hold(&[
        (
            "Der Umsatz der Brandner AG stieg 2025 auf 20 Millionen Euro (Vorjahr: 18 Millionen).",
            "Umsatz of Brandner AG = 20 Millionen Euro up from 18 Millionen than 2024 in 2025",
        ),
        (
            "2025 sank der Gewinn der Brandner AG auf vier Millionen Euro (Vorjahr: 5,5 Millionen Euro).",
            "Gewinn of Brandner AG = vier Millionen Euro down from 5,5 Millionen Euro than 2024 in 2025",
        ),
        (
            "Im Jahr 2025 betrug der Gewinn der Brandner AG vier Millionen Euro (+5,1 %).",
            "Gewinn of Brandner AG = vier Millionen Euro up by 5,1 % in 2025",
        ),
        (
            "Im Jahr 2025 betrug der Umsatz der Brandner AG 40 Millionen Euro (-5,1 Prozent).",
            "Umsatz of Brandner AG = 40 Millionen Euro down by -5,1 Prozent in 2025",
        ),
        (
            "Ende 2025 beschäftigte die Brandner AG 400 Menschen – sieben Prozent mehr als ein Jahr zuvor.",
            "Beschäftigte of Brandner AG = 400 up by sieben Prozent than 2024 in 2025",
        ),
        (
            "2025 lag der Umsatz der Brandner AG bei 20 Millionen Euro – sieben Prozent weniger als 2024.",
            "Umsatz of Brandner AG = 20 Millionen Euro down by sieben Prozent than 2024 in 2025",
        ),
    ]);
}

#[test]
fn some_metrics_go_without_a_noun() {
    hold(&[
        (
            "Der Dax stieg am Montag um zwei Prozent auf 18.000 Punkte.",
            "Kurs of Dax = 18.000 Punkte up by zwei Prozent in 2026-02-09",
        ),
        ("Der Dow Jones verlor am Montag 0,8 Prozent.", "Kurs of Dow Jones down by 0,8 Prozent in 2026-02-09"),
        ("Der MDax gab am Montag um 0,4 Prozent nach.", "Kurs of MDax down by 0,4 Prozent in 2026-02-09"),
        ("Die Siemens-Aktie verlor am Montag drei Prozent.", "Kurs of Siemens down by drei Prozent in 2026-02-09"),
        ("Die Brandner AG verdiente 2025 vier Millionen Euro.", "Gewinn of Brandner AG = vier Millionen Euro in 2025"),
        (
            "Die Brandner AG verdiente 2025 vor Zinsen und Steuern (Ebit) vier Millionen Euro.",
            "Ebit of Brandner AG = vier Millionen Euro in 2025",
        ),
        ("Der Umbau kostete 30 Millionen Euro.", "Preis of Umbau = 30 Millionen Euro"),
        ("Die Brandner AG beschäftigt derzeit 400 Menschen.", "Beschäftigte of Brandner AG = 400 in PRESENT_REF"),
    ]);
}

#[test]
fn a_change_has_its_earlier_value_and_its_difference() {
    hold(&[
        (
            "Der Umsatz der Brandner AG stieg 2025 von 18 auf 20 Millionen Euro.",
            "Umsatz of Brandner AG = 20 Millionen Euro up from 18 in 2025",
        ),
        (
            "Der Gewinn der Brandner AG verdoppelte sich 2025 auf acht Millionen Euro.",
            "Gewinn of Brandner AG = acht Millionen Euro up by verdoppelte in 2025",
        ),
    ]);
}

#[test]
fn each_verb_has_its_own_numbers() {
    hold(&[
        (
            "Der Kurs der Siltronic-Aktie sackte am Montag um 3 Prozent auf 31 Euro ab und war damit der schwächste Wert.",
            "Kurs of Siltronic = 31 Euro down by 3 Prozent in 2026-02-09",
        ),
        (
            "Der Dax legte am Montag um zwei Prozent auf 18.000 Punkte zu und der MDax gab um 0,4 Prozent nach.",
            "Kurs of Dax = 18.000 Punkte up by zwei Prozent in 2026-02-09; \
             Kurs of MDax down by 0,4 Prozent in 2026-02-09",
        ),
        (
            "2025 stieg der Umsatz der Brandner AG um fünf Prozent und der Gewinn fiel um drei Prozent.",
            "Umsatz of Brandner AG up by fünf Prozent in 2025; Gewinn of Brandner AG down by drei Prozent in 2025",
        ),
        (
            "Der Umsatz der Brandner AG stieg 2025 auf 20 Millionen Euro und lag damit über dem Plan.",
            "Umsatz of Brandner AG = 20 Millionen Euro up in 2025",
        ),
    ]);
}

#[test]
fn numbers_are_what_the_words_in_front_say() {
    hold(&[
        (
            "Ein Liter Diesel kostet derzeit 1,45 Euro, im Vergleich zu 1,25 Euro davor.",
            "Preis of Diesel = 1,45 Euro up from 1,25 Euro in PRESENT_REF",
        ),
        (
            "Im Jahr 2025 lag der Umsatz der Brandner AG bei 20 Millionen Euro, verglichen mit 18 Millionen Euro im Vorjahr.",
            "Umsatz of Brandner AG = 20 Millionen Euro up from 18 Millionen Euro than 2024 in 2025",
        ),
        (
            "Trotz eines 5 Prozent höheren Umsatzes von 20 Millionen Euro geriet die Brandner AG 2025 tiefer in die Verlustzone.",
            "Umsatz of Brandner AG = 20 Millionen Euro up by 5 Prozent in 2025",
        ),
        ("Die Brandner AG will 300 Mitarbeiter entlassen.", "Mitarbeiter of Brandner AG down by 300 target"),
        (
            "Der Dax schloss am Montag bei 18.000 Punkten, ein Abschlag in Höhe von 0,4 Prozent.",
            "Kurs of Dax = 18.000 Punkten down by 0,4 Prozent in 2026-02-09",
        ),
        (
            "Der Umsatz der Brandner AG überschritt 2025 die Marke von 20 Millionen Euro.",
            "Umsatz of Brandner AG = 20 Millionen Euro up in 2025",
        ),
        (
            "Die Grünen scheiterten 2025 mit 2,5 Prozent der Stimmen an der Drei-Prozent-Grenze.",
            "Stimmen of Grünen = 2,5 Prozent in 2025",
        ),
    ]);
}

/// Of each fact its number, how that was reckoned, and what it is restricted to.
fn restricted(text: &str) -> String {
    let analysis = analyse(text, PUBLISHED);
    let one = |f: &Fact| {
        let number = analysis.quantities[f.number().expect("a number") as usize].span.of(text);
        let qualifiers = f.metric.qualifiers.iter().map(|q| format!(" [{q}]"));
        let scope = f.scope.iter().map(|s| format!(" {} {}", s.role.name(), s.span.of(text)));
        [number.to_owned()].into_iter().chain(qualifiers).chain(scope).collect::<String>()
    };
    analysis.facts.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn restrict(cases: &[(&str, &str)]) {
    let wrong: Vec<_> =
        cases.iter().map(|(text, want)| (text, want, restricted(text))).filter(|(_, want, got)| got != *want).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn qualifiers_say_how_a_number_was_reckoned() {
    restrict(&[
        ("Der Umsatz der Brandner AG stieg währungsbereinigt um fünf Prozent.", "fünf Prozent [währungsbereinigt]"),
        ("Der Umsatz der Brandner AG stieg um währungsbereinigt fünf Prozent.", "fünf Prozent [währungsbereinigt]"),
        ("Operativ verdiente die Brandner AG vier Millionen Euro.", "vier Millionen Euro [operativ]"),
        ("Das bereinigte Ebit der Brandner AG stieg auf vier Millionen Euro.", "vier Millionen Euro [bereinigt]"),
        (
            "Das vorläufige, währungsbereinigte Ergebnis der Brandner AG betrug vier Millionen Euro.",
            "vier Millionen Euro [vorläufig] [währungsbereinigt]",
        ),
        ("Das Ergebnis der Brandner AG vor Steuern sank auf 30 Millionen Euro.", "30 Millionen Euro [vor Steuern]"),
        (
            "Der Gewinn vor Zinsen, Steuern und Abschreibungen stieg auf 30 Millionen Euro.",
            "30 Millionen Euro [vor Zinsen, Steuern und Abschreibungen]",
        ),
        ("Die Brandner AG verdiente nach Steuern 30 Millionen Euro.", "30 Millionen Euro [nach Steuern]"),
        // Each number its own, and what goes before another speaks of that one.
        (
            "Der Umsatz der Brandner AG stieg um fünf Prozent, währungsbereinigt um sieben Prozent.",
            "fünf Prozent; sieben Prozent [währungsbereinigt]",
        ),
        // A phrase of time is none, nor is one of another noun.
        ("Der Umsatz der Brandner AG stieg nach Angaben vom Montag um fünf Prozent.", "fünf Prozent"),
        ("Der Umsatz der Brandner AG stieg um fünf Prozent, das vorläufige Programm gefiel.", "fünf Prozent"),
    ]);
}

#[test]
fn a_scope_says_of_which_part_a_number_holds() {
    restrict(&[
        ("Die Brandner AG streicht 520 Stellen in Deutschland.", "520 in Deutschland"),
        ("Der Umsatz der Brandner AG in China sank auf 30 Millionen Euro.", "30 Millionen Euro in China"),
        ("Die Brandner AG verkaufte im Januar in Polen 800 Maschinen.", "800 in Polen"),
        ("Die Brandner AG beschäftigt 800 Mitarbeiter in Polen und der Ukraine.", "800 in Polen in Ukraine"),
        ("Die Brandner AG hält eine Beteiligung von 31 Prozent an der Lorenz GmbH.", "31 Prozent of Lorenz GmbH"),
        ("Der Umsatz der Brandner AG im Cloud-Geschäft stieg um 30 Prozent.", "30 Prozent segment Cloud-Geschäft"),
        (
            "Der Umsatz der Brandner AG in der Sparte Antriebe stieg um drei Prozent.",
            "drei Prozent segment Sparte Antriebe",
        ),
        // Where somebody sits is no restriction, nor is the part of another name.
        ("Die Brandner AG mit Sitz in Hamburg beschäftigt 800 Mitarbeiter.", "800"),
        (
            "In Bremen und Hamburg stieg die Arbeitslosenquote auf 11,2 beziehungsweise 8,1 Prozent.",
            "11,2; 8,1 Prozent",
        ),
    ]);
}

#[test]
fn numbers_in_a_row_have_each_their_own() {
    hold(&[
        (
            "Umsatz und Gewinn der Brandner AG stiegen 2025 um 24 beziehungsweise neun Prozent.",
            "Umsatz of Brandner AG up by 24 in 2025; Gewinn of Brandner AG up by neun Prozent in 2025",
        ),
        (
            "Der Umsatz und der Gewinn der Brandner AG sanken 2025 um vier Prozent respektive um sieben Prozent.",
            "Umsatz of Brandner AG down by vier Prozent in 2025; Gewinn of Brandner AG down by sieben Prozent in 2025",
        ),
        (
            "Umsatz, Gewinn und Auftragseingang der Brandner AG stiegen 2025 um vier, sieben und neun Prozent.",
            "Umsatz of Brandner AG up by vier in 2025; Gewinn of Brandner AG up by sieben in 2025; \
             Auftragseingang of Brandner AG up by neun Prozent in 2025",
        ),
        (
            "Umsatz und Gewinn der Brandner AG stiegen 2025 um 24 beziehungsweise neun Prozent auf 60 und 5 Millionen Euro.",
            "Umsatz of Brandner AG = 60 up by 24 in 2025; Gewinn of Brandner AG = 5 Millionen Euro up by neun Prozent in 2025",
        ),
        (
            "Die Brandner AG und die Lorenz AG verdienten 2025 drei und fünf Millionen Euro.",
            "Gewinn of Brandner AG = drei in 2025; Gewinn of Lorenz AG = fünf Millionen Euro in 2025",
        ),
        (
            "In Bremen und Hamburg stieg die Arbeitslosenquote 2025 auf 11,2 beziehungsweise 8,1 Prozent.",
            "Arbeitslosenquote of Bremen = 11,2 up in 2025; Arbeitslosenquote of Hamburg = 8,1 Prozent up in 2025",
        ),
        (
            "2024 und 2025 verdiente die Brandner AG drei beziehungsweise fünf Millionen Euro.",
            "Gewinn of Brandner AG = drei in 2024; Gewinn of Brandner AG = fünf Millionen Euro in 2025",
        ),
        (
            "Umsatz und Gewinn der Brandner AG stiegen 2025 um jeweils fünf Prozent.",
            "Umsatz of Brandner AG up by fünf Prozent in 2025; Gewinn of Brandner AG up by fünf Prozent in 2025",
        ),
        (
            "Die Brandner AG und die Lorenz GmbH steigerten ihren Umsatz 2025 auf jeweils 50 Millionen Euro.",
            "Umsatz of Brandner AG = 50 Millionen Euro up in 2025; Umsatz of Lorenz GmbH = 50 Millionen Euro up in 2025",
        ),
        // A part of what was counted in front.
        (
            "Die Brandner AG beschäftigt derzeit 900 Menschen, davon 200 in Köln.",
            "Beschäftigte of Brandner AG = 900 in PRESENT_REF; Beschäftigte of Brandner AG = 200 in PRESENT_REF",
        ),
        // No row, and a row beside which nothing stands.
        (
            "Der Umsatz der Brandner AG stieg 2025 um 24 Prozent, der Gewinn um neun Prozent.",
            "Umsatz of Brandner AG up by 24 Prozent in 2025; Gewinn of Brandner AG up by neun Prozent in 2025",
        ),
        (
            "Der Umsatz der Brandner AG stieg 2025 um 24 Prozent und auf 60 Millionen Euro.",
            "Umsatz of Brandner AG = 60 Millionen Euro up by 24 Prozent in 2025",
        ),
    ]);
}

#[test]
fn what_is_expected_or_denied_is_not_reported() {
    hold(&[
        (
            "Die Brandner AG erwartet für 2026 einen Umsatz von 22 Millionen Euro.",
            "Umsatz of Brandner AG = 22 Millionen Euro in 2026 forecast",
        ),
        (
            "Die Brandner AG rechnet für 2026 mit einem Gewinn zwischen vier und fünf Millionen Euro.",
            "Gewinn of Brandner AG = vier und fünf Millionen Euro in 2026 forecast",
        ),
        (
            "Die Brandner AG dementierte einen Verlust von drei Millionen Euro.",
            "Verlust of Brandner AG = drei Millionen Euro denied",
        ),
        (
            "Laut Bundesbank lag die Inflation in Deutschland 2025 bei 2,2 Prozent.",
            "Inflation of Deutschland = 2,2 Prozent in 2025 says Bundesbank",
        ),
    ]);
}

#[test]
fn a_noun_of_expectation_makes_a_forecast() {
    for text in [
        "Die Umsatzprognose der Brandner AG für 2026 liegt bei 22 Millionen Euro.",
        "Die Brandner AG überraschte mit einer Gewinnprognose von vier bis fünf Millionen Euro für 2026.",
    ] {
        let found = facts(text, PUBLISHED);
        let [fact] = &found[..] else { panic!("{text}: {found:?}") };
        let (subject, period) = (fact.subject.as_deref(), fact.period.as_deref());
        assert_eq!((subject, period, &*fact.status), (Some("Brandner AG"), Some("2026"), "forecast"), "{text}");
    }
}

#[test]
fn ages_years_and_vague_numbers_are_no_facts() {
    hold(&[
        ("Der 34-jährige Fahrer blieb unverletzt.", ""),
        ("Der 56 Jahre alte Koch lebt seit 2015 in Bremen.", ""),
        ("Im Jahr 1998 zog er nach Köln.", ""),
        ("Die Sitzung dauerte drei Stunden.", ""),
        ("Der Umbau der Lager kostet viele Milliarden Euro.", ""),
        ("Am 3. Mai 2025 kaufte sie ein iPhone 15.", ""),
        ("Die Werkstatt steht in der Hauptstraße 12.", ""),
    ]);
}

/// Phrases that say nothing of numbers, names or times; forty tokens in all.
const FILLERS: [&str; 5] = [
    "trotz der schwachen Nachfrage im Handel ",
    "und wegen der guten Ernte im Süden ",
    "sowie dank der milden Witterung an der Küste ",
    "und ungeachtet der langen Wege durch die Berge ",
    "sowie mit der Hilfe der vielen neuen Kräfte in allen Lagern ",
];

#[test]
fn the_distance_of_the_prefix_changes_nothing() {
    assert_eq!(FILLERS.concat().split_whitespace().count(), 40);
    // Whether the phrases may also part the number from what is in front of it.
    for (front, behind, prefix, both) in [
        ("Der Umsatz der Brandner AG legte 2025 ", "um fünf Prozent auf 20 Millionen Euro ", "zu.", true),
        ("2025 ging der Gewinn der Brandner AG ", "um ein Drittel auf 20 Millionen Euro ", "zurück.", true),
        ("2025 gab die Brandner AG ", "30 Millionen Euro ", "aus.", false),
        ("2025 nahm die Brandner AG ", "30 Millionen Euro ", "ein.", false),
        ("Der Dax gab am Montag ", "um 0,4 Prozent auf 18.000 Punkte ", "nach.", false),
    ] {
        let want = told(&format!("{front}{behind}{prefix}"));
        assert!(want.contains(" in 202"), "{want}");
        for phrases in 0..=FILLERS.len() {
            let filler = FILLERS[..phrases].concat();
            let far = format!("{front}{behind}{filler}{prefix}");
            assert_eq!(told(&far), want, "{far}");
            let parted = format!("{front}{filler}{behind}{prefix}");
            assert!(!both || told(&parted) == want, "{parted}: {}", told(&parted));
        }
    }
}

#[test]
fn a_rival_in_the_next_sentence_changes_nothing() {
    let singles = [
        "Der Umsatz der Brandner AG stieg 2025 um fünf Prozent auf 20 Millionen Euro.",
        "2025 gab die Brandner AG 30 Millionen Euro aus.",
        "Die Brandner AG erwartet für 2026 einen Umsatz von 22 Millionen Euro.",
        "Der Dax stieg am Montag um zwei Prozent auf 18.000 Punkte.",
    ];
    let singles = singles.map(|t| (PUBLISHED.to_owned(), t.to_owned()));
    let all = texts().into_iter().map(|(_, published, text, _)| (published, text)).chain(singles);
    for (published, text) in all {
        let want = facts(&text, &published);
        assert!(!want.is_empty(), "{text}");
        for rival in
            ["Der Konkurrent Lorenz AG schwieg.", "Bei der Rivalin Hagemann GmbH wollte sich niemand dazu äußern."]
        {
            assert_eq!(facts(&format!("{text} {rival}"), &published), want, "{rival}");
        }
    }
}
