//! Proves the packs: every built-in example holds, every form of every scale, currency, unit and hedge is found in a
//! sentence and means its entry, users' packs add, replace and remove, and what is wrong in one is told with its line.

use kennzahl::lexicon::{Lexicon, forms};
use kennzahl::model::{Amount, Approx, Decimal, Per, Quantity, QuantityType};
use kennzahl::pack::{Currency, Entry, Pack, UnitKind};
use kennzahl::{Extractor, Worker, show, show_facts};
use std::collections::{BTreeMap, BTreeSet};

fn builtin() -> Pack {
    kennzahl::german::pack().expect("the built-in packs are packs")
}

/// Sentences read one after the other, and what went wrong in them.
struct Sweep {
    worker: Worker,
    read: usize,
    wrong: Vec<String>,
}

impl Sweep {
    fn new() -> Self {
        Self { worker: Extractor::new().worker(), read: 0, wrong: Vec::new() }
    }

    /// Some quantity of the text is as `right` says; `want` tells it in words.
    fn expect(&mut self, place: &str, text: &str, want: &str, right: impl Fn(&Quantity, &Lexicon) -> bool) {
        self.read += 1;
        let analysis = self.worker.analyse(text);
        let lexicon = self.worker.lexicon();
        if !analysis.quantities.iter().any(|q| right(q, lexicon)) {
            let refused: Vec<_> =
                analysis.refused.iter().map(|r| format!("{} {}", r.span.of(text), r.reason.name())).collect();
            let found = show(text, &analysis, lexicon);
            self.wrong.push(format!("{place}: \"{text}\" has no {want}; found [{found}], refused {refused:?}"));
        }
    }

    /// A value in a unit.
    fn value(&mut self, place: &str, text: &str, value: Decimal, code: &str) {
        self.expect(place, text, &format!("{value} {code}"), |q, lexicon| {
            q.amount == Amount::Value(value) && unit(q, lexicon) == Some(code)
        });
    }

    fn done(self, at_least: usize) {
        assert!(self.read >= at_least, "only {} sentences were made", self.read);
        assert!(self.wrong.is_empty(), "{} of {} sentences:\n{}", self.wrong.len(), self.read, self.wrong.join("\n"));
    }
}

fn unit<'l>(q: &Quantity, lexicon: &'l Lexicon) -> Option<&'l str> {
    q.unit.map(|u| &*lexicon.unit(u).code)
}

fn all_forms(notations: &[String]) -> impl Iterator<Item = String> {
    notations.iter().flat_map(|n| forms(n))
}

#[test]
fn every_example_holds() {
    let mut count = 0;
    let failures = kennzahl::eval::run_examples(&builtin(), &Extractor::new(), &mut count);
    assert!(count > 500, "only {count} examples");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_two_entries_of_a_kind_share_an_id() {
    fn check<T>(kind: &str, entries: &[Entry<T>]) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for e in entries {
            assert_eq!(seen.insert(&e.id, &e.place), None, "{kind} '{}' stands twice, at {}", e.id, e.place);
        }
    }
    let p = builtin();
    check("number", &p.numbers);
    check("scale", &p.scales);
    check("hedge", &p.hedges);
    check("currency", &p.currencies);
    check("unit", &p.units);
    check("multiple", &p.multiples);
    check("class", &p.classes);
    check("identifier", &p.identifiers);
    check("shape", &p.shapes);
}

#[test]
fn every_form_of_every_scale() {
    let mut sweep = Sweep::new();
    for e in &builtin().scales {
        for form in all_forms(&e.forms) {
            let value = Decimal::new(3, e.power);
            sweep.value(&e.place, &format!("Das sind 3 {form} Meter im Lager."), value, "m");
            sweep.value(&e.place, &format!("Das sind 3,5 {form} Euro im Jahr."), Decimal::new(35, e.power - 1), "EUR");
        }
        let vague = |q: &Quantity, _: &Lexicon| {
            let low = Amount::Range { low: Decimal::new(1, e.power), high: None };
            q.amount == low && q.approx == Some(Approx::Vague)
        };
        for form in all_forms(&e.vague) {
            sweep.expect(&e.place, &format!("Dort lagern {form} Bücher."), &format!("vague 10^{}", e.power), vague);
        }
        for form in &e.compound {
            sweep.expect(&e.place, &format!("Es droht ein {form}verlust."), &format!("vague 10^{}", e.power), vague);
        }
    }
    sweep.done(60);
}

/// Signs that in front of a number are something else in the first place: *TOP 3* is an item of an agenda.
const NOT_IN_FRONT: &[&str] = &["TOP"];

/// Units of time that are fractions in the first place.
const FRACTIONS: &[&str] = &["Hundertstel", "Hundertsteln"];

/// The adjective of a currency as it stands in front of a plural.
fn inflected(adjective: &str) -> String {
    adjective.strip_suffix('!').map_or_else(|| format!("{adjective}e"), str::to_owned)
}

#[test]
fn every_name_of_every_currency() {
    let pack = builtin();
    // Which currencies a word can mean, and which of them it means by itself.
    let mut shared: BTreeMap<String, (BTreeSet<&str>, Option<&str>)> = BTreeMap::new();
    for e in &pack.currencies {
        let named = all_forms(&e.words).map(|w| (w, e.default));
        for (word, default) in named.chain(all_forms(&e.subunit).map(|w| (w, e.subunit_default))) {
            let group = shared.entry(kennzahl::lexicon::folded(&word)).or_default();
            group.0.insert(&e.id);
            if default {
                group.1 = Some(&e.id);
            }
        }
    }
    let alone = |word: &str, id: &str| {
        let (all, default) = &shared[&kennzahl::lexicon::folded(word)];
        default.map_or(all.len() == 1, |d| d == id)
    };
    let varies = |word: &str| {
        let (all, default) = &shared[&kennzahl::lexicon::folded(word)];
        default.is_none() && all.len() > 1
    };
    let mut sweep = Sweep::new();
    for e in &pack.currencies {
        let three = Decimal::from_int(3);
        for form in all_forms(&e.forms) {
            sweep.value(&e.place, &format!("Das sind 3 {form} im Lager."), three, &e.id);
        }
        for symbol in &e.symbols {
            sweep.value(&e.place, &format!("Das sind 3 {symbol} im Lager."), three, &e.id);
            if !NOT_IN_FRONT.contains(&symbol.as_str()) {
                sweep.value(&e.place, &format!("Das sind {symbol} 3 im Lager."), three, &e.id);
            }
        }
        let cent =
            |e: &Entry<Currency>| e.subunit_value.map(|v| Decimal::parse(&v.to_string().replace('1', "3")).unwrap());
        let words = all_forms(&e.words).map(|w| (w, Some(three))).chain(all_forms(&e.subunit).map(|w| (w, cent(e))));
        for (word, value) in words {
            let value = value.expect("a subunit has a value");
            if alone(&word, &e.id) {
                sweep.value(&e.place, &format!("Das sind 3 {word} im Lager."), value, &e.id);
            }
            for adjective in &e.adjectives {
                sweep.value(&e.place, &format!("Das sind 3 {} {word} im Lager.", inflected(adjective)), value, &e.id);
            }
            if varies(&word) {
                for country in &e.countries {
                    sweep.value(&e.place, &format!("In {country} sind das 3 {word} mehr."), value, &e.id);
                }
            }
        }
    }
    sweep.done(1500);
}

#[test]
fn every_name_of_every_unit() {
    let mut sweep = Sweep::new();
    let three = Decimal::from_int(3);
    for e in &builtin().units {
        if e.kind == UnitKind::Time {
            // No quantity by itself, but what a rate is taken over.
            for form in
                all_forms(&e.forms).chain(e.symbols.iter().cloned()).filter(|f| !FRACTIONS.contains(&f.as_str()))
            {
                let text = format!("Das kostet 3 Euro pro {form} mehr.");
                sweep.expect(
                    &e.place,
                    &text,
                    &format!("rate per {}", e.id),
                    |q, lexicon| matches!(q.per, Some(Per::Unit(id)) if *lexicon.unit(id).code == *e.id),
                );
            }
            continue;
        }
        for form in all_forms(&e.forms).chain(e.symbols.iter().cloned()) {
            // Degrees are an angle only where something turns.
            if e.ambiguous {
                sweep.value(&e.place, &format!("Er dreht sich um 3 {form} nach links."), three, &e.id);
                sweep.value(&e.place, &format!("Das sind 3 {form} im Lager."), three, "Cel");
                continue;
            }
            sweep.value(&e.place, &format!("Das sind 3 {form} im Lager."), three, &e.id);
            sweep.value(&e.place, &format!("Es waren drei {form}, sagte er."), three, &e.id);
        }
        if e.ambiguous {
            continue;
        }
        for form in all_forms(&e.forms) {
            // Words are known without regard to case; an umlaut may be spelled out or in two characters.
            let (low, spelled) = (form.to_lowercase(), form.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"));
            let apart = form.replace('ä', "a\u{308}").replace('ö', "o\u{308}").replace('ü', "u\u{308}");
            for other in [form.to_uppercase(), low, spelled, apart] {
                sweep.value(&e.place, &format!("Das sind 3 {other} im Lager."), three, &e.id);
            }
        }
        for symbol in &e.symbols {
            sweep.value(&e.place, &format!("Das sind 3{symbol} im Lager."), three, &e.id);
        }
        for form in all_forms(&e.before) {
            sweep.value(&e.place, &format!("Dort gilt {form} 3 im Lager."), three, &e.id);
        }
    }
    sweep.done(3000);
}

#[test]
fn every_form_of_every_multiple() {
    let mut sweep = Sweep::new();
    for e in &builtin().multiples {
        for form in all_forms(&e.forms) {
            let text = match e.kind {
                QuantityType::Fraction => format!("Die {form} der Betten ist leer."),
                _ => format!("Der Wert ist {form} im Jahr."),
            };
            sweep.expect(&e.place, &text, &format!("{} {}/{}", e.kind.name(), e.num, e.den), |q, _| {
                let amount = match q.amount {
                    Amount::Value(v) => v.to_int().map(|n| (n, 1)),
                    Amount::Ratio { num, den } => Some((num, den)),
                    _ => None,
                };
                q.kind == e.kind && (amount == Some((e.num, e.den)) || q.amount == Amount::Value(Decimal::new(5, -1)))
            });
        }
    }
    sweep.done(30);
}

#[test]
fn every_form_of_every_hedge() {
    let mut sweep = Sweep::new();
    for e in &builtin().hedges {
        let approx =
            |q: &Quantity, _: &Lexicon| q.approx == Some(e.approx) && q.amount == Amount::Value(Decimal::from_int(300));
        let plain = |q: &Quantity, _: &Lexicon| q.approx.is_none() && q.amount == Amount::Value(Decimal::from_int(300));
        for form in all_forms(&e.forms) {
            sweep.expect(&e.place, &format!("Es kamen {form} 300 Gäste."), e.approx.name(), approx);
            let mut capital = form.clone();
            let first = capital.remove(0);
            sweep.expect(
                &e.place,
                &format!("{}{capital} 300 Gäste kamen.", first.to_uppercase()),
                e.approx.name(),
                approx,
            );
            for word in all_forms(&e.not_after) {
                let word = word.strip_prefix('-').map_or(word.clone(), |ending| format!("Bau{ending}"));
                sweep.expect(&e.place, &format!("Der {word} {form} 300 Gäste dauert."), "300 without hedge", plain);
            }
            for word in all_forms(&e.not_before) {
                sweep.expect(&e.place, &format!("Er kam {form} 300 Euro {word} frei."), "300 without hedge", plain);
            }
        }
        for form in all_forms(&e.after) {
            sweep.expect(&e.place, &format!("Das kostet 300 Euro {form} im Jahr."), e.approx.name(), approx);
            sweep.expect(&e.place, &format!("Es kamen 300 Gäste {form}."), e.approx.name(), approx);
        }
    }
    sweep.done(250);
}

/// What is found in a text with these packs on top of the built-in language.
fn found_with(packs: &[&str], text: &str) -> String {
    let packs = packs.iter().map(|p| Pack::parse("mine.toml", p).expect("a pack")).collect();
    let extractor = Extractor::with_lexicon(Lexicon::with_packs(packs).expect("a lexicon"));
    show(text, &extractor.worker().analyse(text), extractor.lexicon())
}

/// A pack of one entry, whose example is `text` and what is found in it.
fn entry(kind: &str, lines: &str, text: &str, found: &str) -> String {
    format!("[[{kind}]]\n{lines}\nexample = ['{text}', '{found}']\n")
}

#[test]
fn a_pack_adds_entries_of_each_kind() {
    let cases = [
        (
            entry(
                "unit",
                "id = '{Klafter}'\nkind = 'measure'\nforms = ['Klafter|n']\nsymbols = ['kl']\nbefore = ['Tiefe']",
                "Er ist zwölf Klafter tief.",
                "zwölf Klafter = measure 12 {Klafter}",
            ),
            vec![
                (
                    "Man sah 2,5 kl und 3 klaftern Seil.",
                    "2,5 kl = measure 2.5 {Klafter}; 3 klaftern = measure 3 {Klafter}",
                ),
                ("Es gilt Tiefe 170 dort.", "Tiefe 170 = measure 170 {Klafter}"),
                ("Das kostet 3 Euro pro Klafter.", "3 Euro = money 3 EUR per:{Klafter}"),
            ],
        ),
        (
            entry(
                "currency",
                "id = 'XTS'\nwords = ['Taler|n']\nsymbols = ['ℛ']\nsubunit = ['Deut']\nsubunit_value = '0.01'\nsubunit_default = true\ndefault = true",
                "Das kostet 5 Taler.",
                "5 Taler = money 5 XTS",
            ),
            vec![
                ("Er gab ℛ 20. Sie gab 30 Deut.", "ℛ 20 = money 20 XTS; 30 Deut = money 0.3 XTS"),
                ("Er zahlte rund 2,4 Mrd. Talern.", "2,4 Mrd. Talern = money 2400000000 XTS about"),
            ],
        ),
        (
            entry(
                "scale",
                "id = 'lakh'\npower = 5\nforms = ['Lakh|s']\nvague = ['Lakhs']\ncompound = ['lakh']",
                "Es waren drei Lakh Rupiah.",
                "drei Lakh Rupiah = money 300000 IDR",
            ),
            vec![
                ("Es kamen 1,5 Lakh Gäste.", "1,5 Lakh = count 150000 noun:Gäste"),
                ("Es kamen Lakhs Gäste.", "Lakhs = count 100000.. vague noun:Gäste"),
            ],
        ),
        (
            entry(
                "hedge",
                "id = 'mutmaßlich'\napprox = 'about'\nforms = ['mutmaßlich']\nafter = ['über den Daumen']",
                "Es kamen mutmaßlich 50 Gäste.",
                "50 = count 50 about noun:Gäste",
            ),
            vec![
                ("Das kostet 5 Euro über den Daumen.", "5 Euro = money 5 EUR about"),
                ("Mutmasslich 5 Euro fehlen.", "5 Euro = money 5 EUR about"),
            ],
        ),
        (
            entry(
                "hedge",
                "id = 'pi mal Daumen'\napprox = 'about'\nforms = ['pi mal Daumen']\nnot_after = ['Formel']\nnot_before = ['Pfand']\ntypes = ['money']\nround_from = 100",
                "Das kostet pi mal Daumen 500 Euro.",
                "500 Euro = money 500 EUR about",
            ),
            vec![
                ("Das kostet pi mal Daumen 50 Euro.", "50 Euro = money 50 EUR"),
                ("Das kostet pi mal Daumen 501 Euro.", "501 Euro = money 501 EUR"),
                ("Es kamen pi mal Daumen 500 Gäste.", "500 = count 500 noun:Gäste"),
                ("Die Formel pi mal Daumen 500 Euro gilt.", "500 Euro = money 500 EUR"),
                ("Er zahlt pi mal Daumen 500 Euro Pfand.", "500 Euro = money 500 EUR"),
            ],
        ),
        // A further list of the class of people, whose bare number in brackets is an age.
        (
            entry("class", "id = 'person.zunft'\nforms = ['Seiler|s|n']", "Der Seiler (33) floh.", "33 = age 33 a"),
            vec![("Der Fahrer (34) floh.", "34 = age 34 a")],
        ),
        // Counted although nothing in the word tells a noun.
        (
            entry("class", "id = 'counted.mine'\nforms = ['quarx']", "Er hat drei quarx.", "drei = count 3 noun:quarx"),
            vec![("Dort lagen 1.500 quarx herum.", "1.500 = count 1500 noun:quarx")],
        ),
        (
            entry(
                "multiple",
                "id = 'Quart'\nvalue = '1/4'\nkind = 'fraction'\nforms = ['Quart']",
                "Das Quart der Betten ist leer.",
                "Quart = fraction 1/4",
            ),
            vec![],
        ),
        (
            entry(
                "identifier",
                "id = 'Kickclub'\nreason = 'name'\nnumber = 'before'\nforms = ['Kickclub']",
                "Heute traf der 12 Kickclub ein.",
                "",
            ),
            vec![("Zwölf Clubs kamen.", "Zwölf = count 12 noun:Clubs")],
        ),
        (
            entry(
                "shape",
                "id = 'spur'\nreason = 'identifier'\npattern = 'SP~[0-9]+'\nneeds = '~'",
                "Die Akte SP~123 fehlt.",
                "",
            ),
            vec![("Es fehlen 123 Akten.", "123 = count 123 noun:Akten")],
        ),
        (
            entry(
                "number",
                "id = 'Schock'\nvalue = 60\nrole = 'dozen'\nforms = ['Schock']",
                "Ein Schock Eier lag da.",
                "Ein Schock = count 60 noun:Eier",
            ),
            vec![("Es fehlt ein halbes Schock Eier.", "ein halbes Schock = count 30 noun:Eier")],
        ),
    ];
    let mut wrong = Vec::new();
    for (toml, texts) in &cases {
        let pack = Pack::parse("mine.toml", toml).unwrap_or_else(|e| panic!("{e}\n{toml}"));
        let extractor = Extractor::with_lexicon(Lexicon::with_packs(vec![pack.clone()]).expect("a lexicon"));
        wrong.extend(kennzahl::eval::run_examples(&pack, &extractor, &mut 0));
        let without = kennzahl::eval::run_examples(&pack, &Extractor::new(), &mut 0);
        assert_eq!(without.len(), 1, "the pack makes the difference: {toml}");
        assert!(without[0].starts_with("mine.toml:1: "), "{}", without[0]);
        for (text, want) in texts {
            let found = found_with(&[toml], text);
            if found != *want {
                wrong.push(format!("{text}\n  expected  {want}\n  found     {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The guideline counts *Dutzend* among the scales; a dozen of a user's multiplies as well.
#[test]
fn dozens_multiply() {
    let schock = entry("number", "id = 'Schock'\nvalue = 60\nrole = 'dozen'\nforms = ['Schock']", "", "");
    let mut wrong = Vec::new();
    for (text, want) in [
        ("Er kaufte drei Dutzend Eier.", "drei Dutzend = count 36 noun:Eier"),
        ("Er kaufte 2 Dutzend Eier.", "2 Dutzend = count 24 noun:Eier"),
        ("Er kaufte zwei Schock Eier.", "zwei Schock = count 120 noun:Eier"),
    ] {
        let found = found_with(&[&schock], text);
        if found != want {
            wrong.push(format!("{text}\n  expected  {want}\n  found     {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_pack_replaces_an_entry_of_the_same_id() {
    let knapp = |id: &str| {
        entry(
            "hedge",
            &format!("id = '{id}'\napprox = 'vague'\nforms = ['knapp']"),
            "Das kostet knapp 5 Euro.",
            "5 Euro = money 5 EUR vague",
        )
    };
    let text = "Das kostet knapp 5 Euro, fast 6 Euro.";
    assert_eq!(found_with(&[], text), "5 Euro = money 5 EUR just_below; 6 Euro = money 6 EUR just_below");
    // The whole entry goes: its other forms are not kept.
    assert_eq!(found_with(&[&knapp("just_below")], text), "5 Euro = money 5 EUR vague; 6 Euro = money 6 EUR");
    let metre =
        entry("unit", "id = 'm'\nkind = 'measure'\nforms = ['Mehter']", "Es sind 3 Mehter.", "3 Mehter = measure 3 m");
    assert_eq!(
        found_with(&[&metre], "Es sind 3 Mehter und 4 Meter."),
        "3 Mehter = measure 3 m; 4 = count 4 noun:Meter"
    );
    // The last pack counts, whatever the order of kinds.
    let later = metre.replace("Mehter", "Mähter");
    assert_eq!(
        found_with(&[&metre, &later], "Es sind 3 Mehter, 4 Mähter."),
        "3 = count 3 noun:Mehter; 4 Mähter = measure 4 m"
    );
}

#[test]
fn a_pack_removes_entries() {
    let gone = |names: &str| format!("remove = [{names}]\n");
    assert_eq!(found_with(&[&gone("'hedge.just_below'")], "Das kostet knapp 5 Euro."), "5 Euro = money 5 EUR");
    assert_eq!(
        found_with(&[&gone("'unit.[nmi_i]', 'currency.JPY'")], "Es sind 3 Seemeilen, 4 Yen."),
        "3 = count 3 noun:Seemeilen; 4 = count 4 noun:Yen"
    );
    for (name, text) in [
        ("number.zwölf", "Zwölf kamen."),
        ("scale.million", "3 Mio. Leute."),
        ("multiple.Hälfte", "Die Hälfte kam."),
        ("class.tally", "Die Zahl der Toten stieg auf 50."),
    ] {
        let with = found_with(&[], text);
        assert_ne!(found_with(&[&gone(&format!("'{name}'"))], text), with, "{name} made no difference to {with}");
    }
    // A later pack takes out what an earlier one brought, and one pack may put something else in its place.
    let unit = entry(
        "unit",
        "id = '{Klafter}'\nkind = 'measure'\nforms = ['Klafter|n']",
        "Es sind 3 Klafter.",
        "3 Klafter = measure 3 {Klafter}",
    );
    assert_eq!(found_with(&[&unit, &gone("'unit.{Klafter}'")], "Es sind 3 Klafter."), "3 = count 3 noun:Klafter");
    let moved = format!(
        "{}{}",
        gone("'unit.km'"),
        entry(
            "unit",
            "id = 'mein.km'\nkind = 'measure'\nforms = ['Kilometer|n|s']",
            "Es sind 3 Kilometer.",
            "3 Kilometer = measure 3 mein.km"
        )
    );
    assert_eq!(found_with(&[&moved], "Es sind 3 Kilometer."), "3 Kilometer = measure 3 mein.km");
}

/// "Each numeral ends as one quantity, as part of one, or refused; none is lost", whatever a pack takes out.
#[test]
fn no_number_is_lost_with_its_unit() {
    let mut wrong = Vec::new();
    for (name, text) in [
        ("unit.{Punkt}", "Der Dax gewann 5 Punkte."),
        ("unit.Cel", "Es hat 5 Grad."),
        ("unit.%", "Er hat 5 Prozent."),
        ("time.jahre", "Er ist 5 Jahre alt."),
    ] {
        let pack = Pack::parse("mine.toml", &format!("remove = ['{name}']")).expect("a pack");
        let analysis =
            Extractor::with_lexicon(Lexicon::with_packs(vec![pack]).expect("a lexicon")).worker().analyse(text);
        if analysis.quantities.len() + analysis.refused.len() != 1 {
            wrong.push(format!("without {name}: {text} {analysis:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a pack, read and compiled on top of the built-in language.
fn trouble(name: &str, toml: &str) -> String {
    match Pack::parse(name, toml).and_then(|p| Lexicon::with_packs(vec![p])) {
        Ok(_) => "nothing".to_owned(),
        Err(e) => e.to_string(),
    }
}

/// An entry that is right, in four lines.
const RIGHT: &str = "[[unit]]\nid = '{A}'\nkind = 'measure'\nexample = ['', '']\n";

/// What it is, what stands behind [`RIGHT`] and two lines of comment so that line 7 is its first, the line of the fault,
/// what the message says of it.
type Fault<'a> = (&'a str, &'a str, usize, &'a [&'a str]);

/// The faults that are not told, or not with their line.
fn misplaced(faults: &[Fault<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (what, toml, line, parts) in faults {
        let message = trouble("dir/mine.toml", &format!("{RIGHT}# ä\n#\n{toml}"));
        if !message.starts_with(&format!("dir/mine.toml:{line}: ")) || !parts.iter().all(|p| message.contains(p)) {
            wrong.push(format!("{what}: line {line} with {parts:?} expected: {message}"));
        }
    }
    wrong
}

/// "With the file and line of everything that is wrong": of a value, its own line, as of a key or a wrong type.
#[test]
fn a_wrong_value_is_told_with_its_own_line() {
    let wrong = misplaced(&[
        ("half an example", "[[unit]]\nid = 'x'\nkind = 'measure'\nexample = ['a']\n", 10, &["pairs"]),
        (
            "a word for a number",
            "[[currency]]\nid = 'x'\nsubunit = ['y']\nsubunit_value = 'a tenth'\nexample = ['', '']\n",
            10,
            &["subunit_value", "a tenth"],
        ),
        (
            "unknown approx",
            "[[hedge]]\nid = 'x'\nforms = ['x']\napprox = 'nearly'\nexample = ['', '']\n",
            10,
            &["approx", "nearly"],
        ),
        (
            "unknown type",
            "[[hedge]]\nid = 'x'\napprox = 'about'\ntypes = ['cash']\nexample = ['', '']\n",
            10,
            &["cash"],
        ),
        ("unknown unit kind", "[[unit]]\nid = 'x'\nkind = 'length'\nexample = ['', '']\n", 9, &["length", "measure"]),
        (
            "unknown reason",
            "[[identifier]]\nid = 'x'\nforms = ['x']\nreason = 'why'\nexample = ['', '']\n",
            10,
            &["why"],
        ),
        (
            "unknown type of a name",
            "[[name]]\nid = 'x'\nname = 'X-Fonds'\ntype = 'fund'\nexample = ['', '']\n",
            10,
            &["fund", "person, organization, location, product, index"],
        ),
        (
            "an ending of a name",
            "[[name]]\nid = 'x'\nname = 'Merkur'\ntype = 'person'\naliases = ['Merkur|s']\nexample = ['', '']\n",
            11,
            &["'Merkur|s'", "without endings"],
        ),
        (
            "a name of nothing",
            "[[name]]\nid = 'x'\nname = '-'\ntype = 'person'\nexample = ['', '']\n",
            9,
            &["'-'", "letter"],
        ),
        ("a power too high", "[[scale]]\nid = 'x'\npower = 31\nexample = ['', '']\n", 9, &["power", "30"]),
        ("no fraction", "[[multiple]]\nid = 'x'\nvalue = '1:2'\nforms = ['x']\nexample = ['', '']\n", 9, &["1:2"]),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A ratio is `n/d` of positive whole numbers; nothing a pack says makes the analysis fail.
#[test]
fn a_pack_cannot_bring_impossible_numbers() {
    let mut wrong = Vec::new();
    for value in ["1/0", "1/-2", "-1/2"] {
        let toml = entry("multiple", &format!("id = 'x'\nvalue = '{value}'\nforms = ['genullt']"), "", "");
        let message = trouble("mine.toml", &toml);
        if !message.starts_with("mine.toml:") {
            wrong.push(format!("a multiple of {value}: {message}"));
        }
    }
    let huge = i128::MAX.to_string();
    let toml = entry(
        "number",
        &format!("id = 'x'\nvalue = '{huge}'\nrole = 'unit'\nforms = ['zwatsch']\nstem = ['zwatsch']"),
        "",
        "",
    );
    if let Ok(Ok(lexicon)) = Pack::parse("mine.toml", &toml).map(|p| Lexicon::with_packs(vec![p])) {
        let mut worker = Extractor::with_lexicon(lexicon).worker();
        let analysed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            worker.analyse("Zwatschhundert Euro, zwatschtausend Euro, zwatschundzwanzig Leute.");
        }));
        if analysed.is_err() {
            wrong.push(format!("a number word of {huge}: the analysis panics"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    assert_eq!(trouble("mine.toml", RIGHT), "nothing");
    let cases: &[Fault<'_>] = &[
        ("no TOML", "[[unit]]\nid = \n", 8, &["TOML"]),
        ("no TOML, a bracket", "[[unit]\nid = 'x'\n", 7, &["TOML"]),
        ("no TOML, a key twice", "[[unit]]\nid = 'x'\nid = 'y'\n", 9, &["TOML"]),
        ("unknown kind", "[[units]]\nid = 'x'\n", 7, &["units", "currency"]),
        ("one bracket", "[hedge]\nid = 'x'\n", 7, &["two brackets"]),
        (
            "unknown key",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nform = ['x']\nexample = ['', '']\n",
            10,
            &["'form'", "forms"],
        ),
        ("missing id", "[[unit]]\nkind = 'measure'\nexample = ['', '']\n", 7, &["id is missing"]),
        ("missing example", "[[unit]]\nid = 'x'\nkind = 'measure'\n", 7, &["'x'", "example"]),
        ("missing kind", "[[unit]]\nid = 'x'\nexample = ['', '']\n", 7, &["kind is missing"]),
        ("missing forms", "[[class]]\nid = 'person.x'\nexample = ['', '']\n", 7, &["forms is missing"]),
        (
            "a string for a list",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nforms = 'x'\nexample = ['', '']\n",
            10,
            &["forms", "list"],
        ),
        (
            "a number in a list",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nforms = [1]\nexample = ['', '']\n",
            10,
            &["forms", "strings"],
        ),
        ("a list for a string", "[[unit]]\nid = ['x']\nkind = 'measure'\nexample = ['', '']\n", 8, &["id", "string"]),
        (
            "a string for a flag",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nambiguous = 'no'\nexample = ['', '']\n",
            10,
            &["ambiguous", "true or false"],
        ),
        ("unknown class", "[[class]]\nid = 'wizard'\nforms = ['x']\nexample = ['', '']\n", 7, &["wizard"]),
        ("no pattern", "[[shape]]\nid = 'x'\nreason = 'phone'\npattern = '('\nexample = ['', '']\n", 7, &["pattern"]),
        ("id twice", "[[unit]]\nid = '{A}'\nkind = 'measure'\nexample = ['', '']\n", 7, &["'{A}'", "twice"]),
        (
            "claimed twice in one pack",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nforms = ['Klafter']\nexample = ['', '']\n[[unit]]\nid = 'y'\nkind = 'measure'\nforms = ['klafter']\nexample = ['', '']\n",
            12,
            &["klafter", "mine.toml:7"],
        ),
        (
            "claimed by a built-in unit",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nforms = ['Seemeile']\nexample = ['', '']\n",
            7,
            &["seemeile", "src/german/units.toml:"],
        ),
        (
            "a sign claimed by a built-in unit",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nsymbols = ['km']\nexample = ['', '']\n",
            7,
            &["km", "src/german/units.toml:"],
        ),
        (
            "two defaults",
            "[[currency]]\nid = 'x'\nwords = ['Yen']\ndefault = true\nexample = ['', '']\n",
            7,
            &["Yen", "another currency"],
        ),
        (
            "an empty form",
            "[[unit]]\nid = 'x'\nkind = 'measure'\nforms = ['']\nexample = ['', '']\n",
            7,
            &["empty form"],
        ),
    ];
    let mut wrong = misplaced(cases);
    for (what, toml, line) in [
        ("remove of nothing", "#\nremove = ['hedge.just_below', 'hedge.nix']\n", 2),
        ("remove of nothing, in a list of lines", "remove = [\n  'hedge.just_below',\n  'hedge.nix',\n]\n", 3),
        ("remove without a kind", "remove = ['nix']\n", 1),
        ("remove of an unknown kind", "remove = ['nix.nix']\n", 1),
    ] {
        let message = trouble("mine.toml", toml);
        if !message.starts_with(&format!("mine.toml:{line}: ")) || !message.contains("nix'") {
            wrong.push(format!("{what}: line {line} expected: {message}"));
        }
    }
    for (what, toml) in
        [("remove is no list", "remove = 'hedge.knapp'\n"), ("remove holds no string", "remove = [1]\n")]
    {
        let message = trouble("mine.toml", toml);
        if !message.starts_with("mine.toml:1: ") {
            wrong.push(format!("{what}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// "A form claimed by two entries" is an error of [`Lexicon::new`], whatever the kind: else one of them is without effect.
#[test]
fn no_form_of_any_kind_is_claimed_twice() {
    let mut wrong = Vec::new();
    for (what, toml) in [
        ("a hedge", entry("hedge", "id = 'x'\napprox = 'about'\nforms = ['knapp']", "", "")),
        ("a hedge behind", entry("hedge", "id = 'x'\napprox = 'about'\nafter = ['oder mehr']", "", "")),
        ("a scale", entry("scale", "id = 'x'\npower = 5\nforms = ['Mio.']", "", "")),
        ("a number", entry("number", "id = 'x'\nvalue = 5\nrole = 'unit'\nforms = ['zwei']", "", "")),
        ("a multiple", entry("multiple", "id = 'x'\nvalue = 5\nforms = ['halbiert']", "", "")),
        ("a unit in front", entry("unit", "id = 'x'\nkind = 'measure'\nbefore = ['Tempo']", "", "")),
        (
            "a unit, of a currency's own word",
            entry("unit", "id = 'x'\nkind = 'measure'\nforms = ['US-Dollar']", "", ""),
        ),
        ("a unit, of a currency's shared word", entry("unit", "id = 'x'\nkind = 'measure'\nforms = ['Euro']", "", "")),
        ("a unit, of a currency's sign", entry("unit", "id = 'x'\nkind = 'measure'\nsymbols = ['€']", "", "")),
        ("a currency, of a unit's word", entry("currency", "id = 'x'\nforms = ['Seemeile']", "", "")),
        ("a currency, of a currency's sign", entry("currency", "id = 'x'\nsymbols = ['€']", "", "")),
    ] {
        let message = trouble("mine.toml", &toml);
        if !message.starts_with("mine.toml:1: ") {
            wrong.push(format!("{what}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ---- Names ----

const ALPHABET: &str = "[[name]]
id = 'wd:Q95'
name = 'Alphabet'
type = 'organization'
subtype = 'company'
aliases = ['Alphabet Inc.', 'Google-Mutter', 'GOOGL']
example = ['Die Google-Mutter wächst.', 'Google-Mutter = organization Alphabet company wd:Q95']
";

const MERKUR: &str = "[[name]]
id = 'fonds:1'
name = 'Merkur'
type = 'organization'
aliases = ['Grüner Merkur Fonds', 'MKR', '1822direkt']
example = ['Der Merkur stieg.', 'Merkur = organization Merkur fonds:1']
";

fn extractor_with(packs: &[&str]) -> kennzahl::Result<Extractor> {
    let packs = (1..).zip(packs).map(|(n, p)| Pack::parse(&format!("{n}.toml"), p)).collect::<kennzahl::Result<_>>()?;
    Extractor::with_packs(packs)
}

/// The names of a text with these packs.
fn names_with(packs: &[&str], text: &str) -> String {
    let extractor = extractor_with(packs).unwrap_or_else(|e| panic!("{e}"));
    kennzahl::show_names(text, &extractor.worker().analyse(text))
}

#[test]
fn names_of_a_pack_win() {
    let mut wrong = Vec::new();
    for (text, want) in [
        // Two names, although the tagger sees one.
        (
            "Google gehört zur Google-Mutter Alphabet.",
            "Google = organization Google company; Google-Mutter = organization Alphabet company wd:Q95; Alphabet = organization Alphabet company wd:Q95",
        ),
        ("Der Merkur leuchtet.", "Merkur = organization Merkur fonds:1"),
        // Nothing is left of a longer name but its legal form.
        ("Der Münchner Merkur klagt.", "Merkur = organization Merkur fonds:1"),
        ("Angela Merkur lacht.", "Merkur = organization Merkur fonds:1"),
        ("Die Merkur GmbH & Co. KG klagt.", "Merkur GmbH & Co. KG = organization Merkur fonds:1"),
        // Several words: the longest form, endings of adjectives and hyphens do not count.
        ("Die Anteile des Grünen Merkur-Fonds stiegen.", "Grünen Merkur-Fonds = organization Merkur fonds:1"),
        ("Die Alphabet Inc. wächst.", "Alphabet Inc. = organization Alphabet company wd:Q95"),
        // In front of a hyphen, and as the genitive.
        ("Der Alphabet-Chef sprach.", "Alphabet = organization Alphabet company wd:Q95"),
        ("Gestern sank Alphabets Umsatz.", "Alphabets = organization Alphabet company wd:Q95"),
        ("Gestern sank GOOGLs Kurs.", "GOOGLs = organization Alphabet company wd:Q95"),
        // Three capitals are no word of small letters.
        ("Der MKR stieg.", "MKR = organization Merkur fonds:1"),
        ("Das mkr stieg.", ""),
        ("Kunden der 1822direkt klagen.", "1822direkt = organization Merkur fonds:1"),
        ("Die Leute freuen sich.", ""),
    ] {
        let found = names_with(&[ALPHABET, MERKUR], text);
        if found != want {
            wrong.push(format!("{text}\n  expected  {want}\n  found     {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mentions_of_a_name_of_a_pack_share_its_number() {
    let text =
        "Alphabet-Chef Sundar Pichai lobte die Google-Mutter. GOOGL stieg, Googl blieb; Alphabets Börsenwert auch.";
    let analysis = extractor_with(&[ALPHABET]).expect("a pack").worker().analyse(text);
    let companies: Vec<_> =
        analysis.entities.iter().filter(|e| analysis.things[e.thing as usize].name == "Alphabet").collect();
    assert!(companies.len() >= 4, "{}", kennzahl::show_names(text, &analysis));
    assert!(companies.iter().all(|e| e.thing == companies[0].thing));
    let person = analysis.entities.iter().find(|e| e.kind == kennzahl::model::EntityType::Person).expect("a person");
    assert_eq!(person.of, Some(0), "the role is of the user's name");
    // A person's surname is tied to the whole name, on either side of it.
    let person = "[[name]]\nid = 'wd:1'\nname = 'Hertha Bsirske'\ntype = 'person'\nexample = ['', '']\n";
    let text = "Hertha Bsirske warnte am Dienstag. Später lobte Bsirske die Stadt.";
    let found = "Hertha Bsirske = person Hertha Bsirske wd:1; Bsirske = person Hertha Bsirske wd:1";
    assert_eq!(names_with(&[person], text), found);
}

#[test]
fn names_are_the_same_from_worker_to_worker() {
    let extractor = extractor_with(&[ALPHABET, MERKUR]).expect("packs");
    let text = "Die Google-Mutter Alphabet und der Merkur trafen Angela Merkel in Berlin. MKR stieg.";
    let mut worker = extractor.worker();
    let first = worker.analyse(text);
    // Words seen before, and an extractor with other packs made in between.
    assert_ne!(Extractor::new().worker().analyse(text).things, first.things);
    for again in [worker.analyse(text), extractor.worker().analyse(text)] {
        assert_eq!((again.entities, again.things), (first.entities.clone(), first.things.clone()));
    }
    assert!(extractor.without_names().worker().analyse(text).entities.is_empty());
}

#[test]
fn names_are_replaced_and_removed_from_pack_to_pack() {
    let text = "Der Merkur stieg.";
    let found = |packs: &[&str]| names_with(packs, text);
    assert_eq!(found(&[MERKUR]), "Merkur = organization Merkur fonds:1");
    let product =
        MERKUR.replace("organization", "product").replace("'Merkur'", "'Merkur A'").replace("'MKR'", "'Merkur'");
    assert_eq!(found(&[MERKUR, &product]), "Merkur = product Merkur A fonds:1");
    assert_eq!(found(&[MERKUR, "remove = ['name.fonds:1']"]), found(&[]));
    // One pack may put something else in its place.
    let moved = format!("remove = ['name.fonds:1']\n{}", MERKUR.replace("fonds:1", "fonds:2"));
    assert_eq!(found(&[MERKUR, &moved]), "Merkur = organization Merkur fonds:2");
    let error = |packs: &[&str]| extractor_with(packs).expect_err("an error").to_string();
    assert!(error(&[MERKUR, "#\nremove = ['name.nix']"]).starts_with("2.toml:2: "));
    assert!(error(&["remove = ['name.fonds:1']", MERKUR]).starts_with("1.toml:1: "), "packs count in order");
    // A form that two have would name one of them by chance.
    let twice = error(&[MERKUR, &MERKUR.replace("fonds:1", "fonds:2")]);
    assert!(twice.starts_with("2.toml:1: ") && twice.contains("1.toml:1") && twice.contains("'Merkur'"), "{twice}");
}

#[test]
fn examples_of_names_are_run() {
    let pack = Pack::parse("mine.toml", ALPHABET).expect("a pack");
    let with = Extractor::with_packs(vec![pack.clone()]).expect("an extractor");
    let mut count = 0;
    assert_eq!(kennzahl::eval::run_examples(&pack, &with, &mut count), Vec::<String>::new());
    assert_eq!(count, 1);
    let without = kennzahl::eval::run_examples(&pack, &Extractor::new(), &mut count);
    assert!(without.len() == 1 && without[0].starts_with("mine.toml:1: "), "{without:?}");
    // A table of names is no reason to forget the words.
    let text = "Die Google-Mutter zahlt knapp 5 Euro.";
    let found = show(text, &with.worker().analyse(text), with.lexicon());
    assert_eq!(found, "5 Euro = money 5 EUR just_below");
}

/// Whatever stands in a table and in a text: names in order, in their places, and of the thing that they say.
#[test]
fn any_name_is_found_in_its_place() {
    let forms =
        ["A", ".NET", "Yahoo!", "X (Y)", "a-b", "C. & A.", "É\u{301}", "50/50", "Der", "1. FC Köln", "der Spiegel"];
    let pack: String = (0..)
        .zip(forms)
        .map(|(n, f)| format!("[[name]]\nid = 'n{n}'\nname = \"{f}\"\ntype = 'product'\nexample = ['', '']\n"))
        .collect();
    let mut worker = extractor_with(&[&pack]).expect("a pack").worker();
    for (n, form) in (0..).zip(forms) {
        for text in [
            form.to_owned(),
            format!("Das ist {form}"),
            format!("Man sah {form}, {form}-{form} und {form} {form}s."),
            format!("-{form}- ({form}) AG {form} Angela {form} Merkel"),
        ] {
            let analysis = worker.analyse(&text);
            let mut end = 0;
            for e in &analysis.entities {
                assert!(e.span.start >= end && e.span.end > e.span.start, "{text}: {analysis:?}");
                assert!(!e.span.of(&text).is_empty() && (e.thing as usize) < analysis.things.len());
                end = e.span.end;
            }
            let link = format!("n{n}");
            assert!(analysis.things.iter().any(|t| t.link.as_deref() == Some(&*link)), "{text}: {analysis:?}");
        }
    }
}

/// The facts of a text with these packs on top, a line each.
fn told_with(packs: &[&str], text: &str) -> String {
    let packs = packs.iter().map(|p| Pack::parse("mine.toml", p).expect("a pack")).collect();
    let extractor = Extractor::with_packs(packs).unwrap_or_else(|e| panic!("{e}"));
    show_facts(text, &extractor.worker().analyse(text))
}

const BOTTLING: &str = r#"
[[metric]]
id = "bottling"
units = ["count"]
good = "up"
nouns = ["Abfüllung|en"]
example = [
    "Die Abfüllungen der Brandner AG stiegen 2025 auf 40.000.",
    "Brandner AG · Abfüllung (bottling) · 2025 · 40.000 · up · reported",
    "Zur Abfüllung am Montag regnete es.", "",
]
"#;

const RAKE: &str = r#"
[[verb]]
id = "löffeln"
sense = "level"
metric = "Einnahmen"
slots = { bare = "value" }
verbs = ["ein|löffeln, löffelt, löffelte, gelöffelt"]
example = [
    "2025 löffelte die Brandner AG 30 Millionen Euro ein.",
    "Brandner AG · Einnahmen · 2025 · 30 Millionen Euro · reported",
    "2025 löffelte die Brandner AG Kohle.", "",
]
"#;

#[test]
fn a_pack_adds_metrics_and_verbs() {
    for toml in [BOTTLING, RAKE] {
        let pack = Pack::parse("mine.toml", toml).expect("a pack");
        let extractor = Extractor::with_packs(vec![pack.clone()]).expect("an extractor");
        let mut count = 0;
        let failures = kennzahl::eval::run_examples(&pack, &extractor, &mut count);
        assert!(count == 2 && failures.is_empty(), "{}", failures.join("\n"));
        let without = kennzahl::eval::run_examples(&pack, &Extractor::new(), &mut 0);
        assert_eq!(without.len(), 1, "the pack makes the difference: {without:?}");
        assert!(without[0].starts_with("mine.toml:2: "), "{}", without[0]);
    }
    // An example that fires where it must not is told.
    let wrong =
        BOTTLING.replace("Zur Abfüllung am Montag regnete es.", "Die Abfüllungen der Lorenz AG sanken 2025 auf 900.");
    let pack = Pack::parse("mine.toml", &wrong).expect("a pack");
    let extractor = Extractor::with_packs(vec![pack.clone()]).expect("an extractor");
    let failures = kennzahl::eval::run_examples(&pack, &extractor, &mut 0);
    assert!(failures.len() == 1 && failures[0].contains("Lorenz AG · Abfüllung"), "{failures:?}");
    // Compounds and all forms; both packs at once.
    assert_eq!(
        told_with(&[BOTTLING, RAKE], "Die Bierabfüllung der Brandner AG sank 2025 auf 900."),
        "Brandner AG · Bierabfüllung (bottling) · 2025 · 900 · down · reported"
    );
}

#[test]
fn metrics_and_verbs_of_packs_win() {
    let profit = "Der Gewinn der Brandner AG stieg 2025 auf vier Millionen Euro.";
    let built_in = "Brandner AG · Gewinn (profit) · 2025 · vier Millionen Euro · up · reported";
    assert_eq!(told_with(&[], profit), built_in);
    let metric = |id: &str, concept: &str, noun: &str| {
        format!(
            "[[metric]]\nid = '{id}'\nconcept = '{concept}'\nunits = ['money']\ngood = 'up'\nnouns = ['{noun}']\n\
             example = ['', '']\n"
        )
    };
    // A form that a pack claims, and a noun that joins a built-in concept.
    let mine = metric("mine", "our_profit", "Gewinn|s|es|e|en");
    assert_eq!(told_with(&[&mine], profit), built_in.replace("(profit)", "(our_profit)"));
    let more = metric("mine", "profit", "Quarx|e");
    assert_eq!(told_with(&[&more], &profit.replace("Gewinn", "Quarx")), built_in.replace("Gewinn", "Quarx"));
    // The id of a built-in one takes its place: its other nouns are gone.
    let other = metric("profit", "profit", "Quarx|e");
    assert!(!told_with(&[&other], profit).contains("(profit)"), "{}", told_with(&[&other], profit));
    assert!(!told_with(&["remove = ['metric.profit']"], profit).contains("(profit)"));
    // What one pack brings another takes out.
    assert_eq!(told_with(&[&mine, "remove = ['metric.mine']"], profit), built_in);
    let earned = "Die Brandner AG verdiente 2025 vier Millionen Euro.";
    let built_in = "Brandner AG · Gewinn · 2025 · vier Millionen Euro · reported";
    assert_eq!(told_with(&[], earned), built_in);
    let verb = "[[verb]]\nid = 'mine'\nsense = 'level'\nmetric = 'Ertrag'\nslots = { bare = 'value' }\n\
                verbs = ['verdienen, verdient, verdiente, verdient']\nexample = ['', '']\n";
    assert_eq!(told_with(&[verb], earned), built_in.replace("Gewinn", "Ertrag"));
    // A phrase.
    let phrase = "[[verb]]\nid = 'mine'\nsense = 'down'\nslots = { um = 'by', auf = 'value' }\nwords = 'in die Grütze'\n\
                  verbs = ['rauschen, rauscht, rauschte, gerauscht']\nexample = ['', '']\n";
    assert_eq!(
        told_with(&[phrase], "Der Gewinn der Brandner AG rauschte 2025 um ein Drittel in die Grütze."),
        "Brandner AG · Gewinn (profit) · 2025 · down ein Drittel · reported"
    );
}

#[test]
fn what_is_wrong_with_a_metric_or_a_verb_is_told() {
    let wrong = misplaced(&[
        (
            "unknown unit of a metric",
            "[[metric]]\nid = 'x'\nunits = ['cash']\ngood = 'up'\nnouns = ['X']\nexample = ['', '']\n",
            9,
            &["cash", "money, percent, pp"],
        ),
        (
            "a metric of two words",
            "[[metric]]\nid = 'x'\nunits = ['money']\ngood = 'up'\nnouns = ['Quarx|e, Netto Quarx']\nexample = ['', '']\n",
            11,
            &["Netto Quarx", "one word"],
        ),
        (
            "neither good nor bad",
            "[[metric]]\nid = 'x'\nunits = ['money']\ngood = 'maybe'\nnouns = ['X']\nexample = ['', '']\n",
            10,
            &["maybe", "up, down, neutral"],
        ),
        (
            "a verb with three forms",
            "[[verb]]\nid = 'x'\nsense = 'up'\nverbs = ['quarxen, quarxt, quarxte']\nexample = ['', '']\n",
            10,
            &["four forms"],
        ),
        (
            "an unknown slot",
            "[[verb]]\nid = 'x'\nsense = 'up'\nslots = { um = 'diff' }\nverbs = ['a, b, c, d']\nexample = ['', '']\n",
            10,
            &["diff", "value, by, from"],
        ),
        (
            "an unknown sense",
            "[[verb]]\nid = 'x'\nsense = 'sideways'\nverbs = ['a, b, c, d']\nexample = ['', '']\n",
            9,
            &["sideways", "level"],
        ),
    ]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pack = Pack::parse("mine.toml", "# nothing\nremove = ['verb.quarxen']").expect("a pack");
    let message = Extractor::with_packs(vec![pack]).expect_err("no such verb").to_string();
    assert!(message.starts_with("mine.toml:2: ") && message.contains("'verb.quarxen'"), "{message}");
}
