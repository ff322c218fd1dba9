//! Names: what is found, where, and what belongs together.
#![allow(clippy::print_stdout, reason = "a test says what it left out")]

use kennzahl::Extractor;
use kennzahl::model::{Analysis, EntityType};

fn analyse(text: &str) -> Analysis {
    Extractor::new().worker().analyse(text)
}

/// `SURFACE = TYPE NAME` of all names, joined by `; `.
fn names(text: &str) -> String {
    let analysis = analyse(text);
    let all: Vec<String> = analysis
        .entities
        .iter()
        .map(|e| format!("{} = {} {}", e.span.of(text), e.kind.name(), analysis.things[e.thing as usize].name))
        .collect();
    all.join("; ")
}

/// The numbers of the things that the names mean, in text order.
fn things(text: &str) -> Vec<u32> {
    analyse(text).entities.iter().map(|e| e.thing).collect()
}

#[test]
fn finds_the_five_types() {
    for (text, want) in [
        ("Angela Merkel reiste am Montag nach Paris.", "Angela Merkel = person Angela Merkel; Paris = location Paris"),
        (
            "Die Siemens AG verkauft ihr Werk in Görlitz.",
            "Siemens AG = organization Siemens AG; Görlitz = location Görlitz",
        ),
        ("Zuletzt legte der Dax kräftig zu.", "Dax = index Dax"),
        ("Die Leute schreiben sich über WhatsApp.", "WhatsApp = product WhatsApp"),
        ("Das Wetter bleibt morgen schön.", ""),
        ("Die Regierung berät über den Haushalt.", ""),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn a_name_is_without_role_and_case() {
    for (text, want) in [
        (
            "Bundeskanzler Gerhard Schröder sprach in Hannover.",
            "Gerhard Schröder = person Gerhard Schröder; Hannover = location Hannover",
        ),
        ("Er las Günter Grass’ Roman und Thomas Manns Briefe.", "Thomas Manns = person Thomas Mann"),
        ("Frankreichs Präsident kam nach Berlin.", "Frankreichs = location Frankreich; Berlin = location Berlin"),
    ] {
        let found = names(text);
        assert!(found.ends_with(want), "{text}: {found}");
    }
}

#[test]
fn a_compound_gives_the_part_that_is_the_name() {
    for (text, want) in [
        ("Das sagte der Volkswagen-Chef am Abend.", "Volkswagen = organization Volkswagen"),
        ("Vor der Bundestagswahl stritten sie.", "Bundestag = organization Bundestag"),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn deutsche_and_berliner_are_no_names() {
    assert_eq!(names("Die deutsche Wirtschaft wächst, und die Berliner freuen sich."), "");
}

#[test]
fn mentions_of_one_thing_share_a_number() {
    let text = "Der Vorsitzende Frank Bsirske warnte am Dienstag in Köln. Später lobte Bsirske die Stadt Köln.";
    assert_eq!(things(text), [0, 1, 0, 1]);
    // The company behind a platform, once it has another name.
    let text = "Der Google-Konzern Alphabet wächst, wie der Alphabet-Chef sagte.";
    assert_eq!(things(text), [0, 0, 0], "{}", names(text));
}

#[test]
fn a_role_is_kept_with_what_it_is_of() {
    let text = "Volkswagen-Chef Herbert Diess trat vor die Presse.";
    let analysis = analyse(text);
    let person = analysis.entities.iter().find(|e| e.kind == EntityType::Person).expect("a person");
    assert_eq!(person.role.map(|r| r.of(text)), Some("Chef"));
    assert_eq!(person.of, Some(0));
}

#[test]
fn what_is_found_stands_in_its_place() {
    // Any text at all: names in order, inside their sentences, on the borders of characters.
    let texts =
        ["", "ÄÖÜ", "A-B-C-D (E)", "1. FC Köln 1. FC Köln", "„Vollmar“ – „X“", "É\u{301} Dr. Dr. Dr.", "dpa/rtr/AP"];
    for text in texts {
        let analysis = analyse(text);
        let mut end = 0;
        for e in &analysis.entities {
            assert!(e.span.start >= end && e.span.end > e.span.start, "{text}");
            assert!(!e.span.of(text).is_empty());
            assert!((e.thing as usize) < analysis.things.len());
            end = e.span.end;
        }
    }
}

#[test]
fn links_and_subtypes_come_from_the_lists() {
    let text = "In Hamburg regnet es.";
    let analysis = analyse(text);
    let thing = &analysis.things[analysis.entities[0].thing as usize];
    assert_eq!(thing.subtype.as_deref(), Some("city"));
    assert!(thing.link.as_deref().is_some_and(|l| l.starts_with("geonames:")), "{thing:?}");
}

#[test]
fn no_text_of_the_gold_is_learned_from() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("gold").is_dir() {
        println!("left out: ../shared is absent");
        return;
    }
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let gold = kennzahl::eval::read_gold(&[shared.join("gold")]).expect("the gold");
    let texts: Vec<String> = gold.iter().map(|g| g.text.clone()).collect();
    let examples = kennzahl::names::train::training_set(&shared.join("data"), &texts).expect("the training data");
    assert!(examples.len() > 20_000);
    // Another way to look than that of the trainer: stretches of gold, twenty letters apart, in any training text.
    let mut stretches = std::collections::HashSet::new();
    for text in &texts {
        for part in letters(text).chunks_exact(20) {
            stretches.insert(part.to_vec());
        }
    }
    for e in &examples {
        // Four neighbouring stretches are no coincidence.
        let all = letters(&e.text);
        let mut run = 0;
        let mut at = 0;
        while at + 20 <= all.len() {
            if stretches.contains(&all[at..at + 20]) {
                (run, at) = (run + 1, at + 20);
                assert!(run < 4, "{} shares a passage with gold", e.id);
            } else {
                (run, at) = (0, at + 1);
            }
        }
    }
}

#[test]
fn without_names_the_rest_is_the_same() {
    let text = "Angela Merkel sprach am 3. Mai 2015 in Paris vor 200 Gästen.";
    let all = analyse(text);
    let rest = Extractor::new().without_names().worker().analyse(text);
    assert!(!all.entities.is_empty() && rest.entities.is_empty() && rest.things.is_empty());
    assert_eq!((all.quantities, all.times), (rest.quantities, rest.times));
}
