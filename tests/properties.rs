//! Proves what holds of every text, however odd: the analysis does not panic, never points outside of the text, never
//! counts a byte twice, forgets what it read before, and takes time in proportion to the text.
//!
//! The texts are arbitrary characters, arbitrary bytes, and fragments of German prose thrown together at random. All
//! of them are the same in every run.

use kennzahl::model::{Amount, Analysis, Decimal, Per, Sentence, Span, Token};
use kennzahl::read::decode;
use kennzahl::{Extractor, Worker};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new().with_derived().with_checks());

/// What texts are put together from.
#[rustfmt::skip]
const FRAGMENTS: &[&str] = &[
    // Figures.
    "0", "1", "2", "3", "5", "07", "12", "21", "100", "350", "1000", "1987", "2026", "12345", "1.234", "1.234.567,89",
    "1'234", "1’234.50", "59,9", "0,5", "0,0000000001", "2.5", "28.01.2026", "1.2.3", "1,2,3", "22:17", "2:1", "1:45,32",
    "½", "⅔", "1/3", "7/3", "2½", "10 000", "1 234 567", "1\u{a0}000", "1\u{202f}000", "5,–", "5.-", "3.", "m²", "m^2", "²",
    "99999999999999999999999999999", "999999999999999999999999999999", "340282366920938463463374607431768211456",
    "00000000000000000000000000000000000000000000000000", "0,99999999999999999999999999999999999999999999999999",
    "170141183460469231731687303715884105727", "999.999.999.999.999.999.999.999.999.999.999.999.999.999.999",
    "18446744073709551616:18446744073709551615", "2026-01-28", "+49 30 123456", "0711/123-456", "3-4-3",
    // Number words.
    "null", "ein", "eine", "einem", "eins", "zwei", "zweier", "drei", "vier", "sieben", "acht", "zehn", "elf", "zwölf",
    "zwanzig", "dreißig", "einundzwanzig", "ein und zwanzig", "hundert", "hunderteins", "tausend", "zweitausend",
    "neunzehnhundert", "neunhundertneunundneunzigtausendneunhundertneunundneunzig", "anderthalb", "zweieinhalb",
    "anderthalbtausend", "halb", "halbe", "halben", "Hälfte", "Drittel", "Viertel", "viertel", "Zehntel", "Hundertstel",
    "Millionstel", "erste", "dritten", "achte", "achten", "zwanzigster", "hundertste", "tausendster", "millionste",
    "zweitgrößte", "drittbeste", "dreimal", "zweifach", "doppelt", "verdoppelt", "vervierfacht", "Dutzend", "Dutzende",
    "Hunderte", "Tausende", "Zehntausende", "Tausend", "Million", "Millionen", "Milliarde", "Milliarden", "Billionen",
    "Billiarden", "Trilliarden", "Quadrillion", "Quadrillionen", "Mio.", "Mrd", "Tsd.", "Milliardenverlust",
    "Millionenbetrag", "zweistellig", "zweistelliger", "dreißigstelliger", "Viertelmillion", "Dreiviertelmillion",
    "Komma", "komma zwei vier", "fünf\u{ad}zig", "fu\u{308}nfzig", "FÜNFZIG", "zwo",
    // Units and nouns.
    "Euro", "€", "$", "£", "US-Dollar", "Dollar", "CHF", "EUR", "Franken", "Rappen", "Cent", "Kronen", "Pfund", "Prozent",
    "%", "‰", "Prozentpunkte", "Punkte", "kg", "Kilogramm", "km/h", "Meter", "Quadratmeter", "Liter", "°C", "Grad", "kWh",
    "Tonnen", "Uhr", "Jahre", "Jahren alt", "Tage", "Monate", "Stunden", "Januar", "Montag", "Brücken", "Menschen", "Leute",
    "Aktie", "Aktien", "Mitarbeiter", "Kinder", "Stimmen", "Tore", "Platz", "Rang", "Dax", "Schweden", "jährige", "-jährig",
    "-prozentig", "-fach", "-mal", "mal", "x", "er", "Mal",
    // What stands around numbers.
    "rund", "etwa", "knapp", "fast", "gut", "gute", "knappe", "über", "mehr als", "bis zu", "mindestens", "oder mehr",
    "oder", "und", "sowie", "bis", "von", "auf", "um", "zwischen", "je", "pro", "davon", "darunter", "jeder", "jede",
    "mehrere", "einige", "ein paar", "minus", "plus", "die Zahl der", "die Marke von", "überschritten", "kommen", "im",
    "im Jahr", "seit", "Artikel", "§", "§§", "Absatz", "Nr.", "Seite", "Tel.:", "ISBN", "A", "B 27", "U21", "F015", "iPhone",
    "Boeing 737-800", "Musterstr.", "Hauptstraße", "Berlin", "in erster Linie", "www.example.de", "a@b.de", "Top", "G7",
    "der", "die", "das", "Der", "Die", "Das", "den", "dem", "des", "dieser", "neue", "verlassenen", "Berliner", "täglich",
    "nicht", "zu", "als", "wurde", "stieg", "fiel", "gewann", "Spiel", "ca.", "z. B.", "Dr.", "bzw.", "d.", "i. d. R.",
    // What facts are made of.
    "Umsatz", "Konzernumsatz", "Quartalsgewinn", "Gewinnprognose", "Verlust", "Kurs", "Inflation", "Zahl der Nutzer", "Umsatzplus",
    "Siemens", "Siemens AG", "SAP-Aktie", "der Konzern", "Sie", "Deutschland", "Destatis", "laut", "zufolge", "Analysten", "teilte",
    "legte", "legt zu", "gab", "aus", "nahm", "ein", "ab", "zurück", "sank", "verdiente", "kostet", "kostete", "erwartet",
    "rechnet mit", "streicht", "Stellen", "beteiligt an", "verdoppelte", "mehr als", "weniger als", "Plus von", "Rückgang",
    "(Vorjahr:", "im Jahresvergleich", "vor einem Jahr", "Vorquartal", "2025", "im dritten Quartal", "am Montag", "nach",
    // Marks.
    ".", ",", ";", ":", "!", "?", "…", "-", "–", "—", "−", "/", "⁄", "*", "•", "|", "(", ")", "[", "]", "{", "}", "„", "“",
    "”", "\"", "'", "’", "‘", "»", "«", "›", "‹", "&", "@", "#", "+", "=", "~", "^", "_", "\\", "<", ">", "...", "((((", "))))",
    "--", "×", "·",
    // What is no German text.
    "😀", "👨\u{200d}👩\u{200d}👧", "🇩🇪", "日本語", "漢", "Москва", "αβγ", "שלום", "مرحبا", "ไทย", "한국어", "\u{308}", "\u{301}\u{301}",
    "a\u{301}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{200e}", "\u{2060}", "\u{feff}", "\u{fe0f}", "\u{fffd}", "\u{0}", "\u{7f}",
    "\u{85}", "\u{9f}", "\u{e000}", "\u{10ffff}", "ﬁ", "Ǆ", "İ", "ẞ", "ŉ", "①", "Ⅷ", "٣", "१", "𝟙", "K", "Å",
    // Blanks.
    " ", "  ", "     ", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u{a0}", "\u{202f}", "\u{2028}", "\u{3000}", "\u{b}", "\u{c}",
];

/// Of UTF-16 in both orders, and of UTF-8.
const BYTE_ORDER_MARKS: &[&[u8]] = &[b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"];

/// The same texts in every run, and nothing is written to disk.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

/// Fragments with a blank between most of them.
fn prose() -> impl Strategy<Value = String> {
    let between = prop_oneof![12 => Just(" "), 4 => Just(""), 1 => Just("-"), 1 => Just("\n"), 1 => Just(". "), 1 => Just("\u{a0}")];
    vec((select(FRAGMENTS), between), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(fragment, blank)| [fragment, blank]).collect())
}

/// Fragments with nothing between them, and arbitrary characters among them.
fn clutter() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => proptest::char::range('\u{80}', '\u{3000}').prop_map(String::from),
        1 => proptest::char::range('\0', '\u{7f}').prop_map(String::from),
        1 => "[0-9.,' ’/:-]{1,60}",
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Neither ink nor anything else.
fn blank(c: char) -> bool {
    c <= ' ' || c == '\u{7f}' || c.is_whitespace()
}

/// Belongs to the letter before, or has no ink: alone it is in no token.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '²' | '³' | '¹')
}

/// Whether the span is a stretch of the text, and not an empty one.
fn lies_in(span: Span, text: &str) -> bool {
    span.start < span.end && text.get(span.start as usize..span.end as usize).is_some()
}

/// What is wrong with the tokens.
fn flaw_of_tokens(text: &str, tokens: &[Token]) -> Option<String> {
    let mut end = 0;
    for token in tokens {
        let span = token.span();
        if !lies_in(span, text) {
            return Some(format!("{token:?} is no stretch of the text"));
        }
        if span.start < end {
            return Some(format!("{token:?} begins before {end}, where the one before it ends"));
        }
        let skipped = &text[end as usize..span.start as usize];
        if !skipped.chars().all(|c| blank(c) || unseen(c)) {
            return Some(format!("no token covers {skipped:?} before {token:?}"));
        }
        let covered = span.of(text);
        if covered.chars().any(blank) {
            return Some(format!("{token:?} covers a blank: {covered:?}"));
        }
        end = span.end;
    }
    let rest = &text[end as usize..];
    (!rest.chars().all(|c| blank(c) || unseen(c))).then(|| format!("no token covers {rest:?} at the end"))
}

/// What is wrong with the sentences.
fn flaw_of_sentences(tokens: &[Token], sentences: &[Sentence]) -> Option<String> {
    let mut next = 0;
    for sentence in sentences {
        if sentence.first != next || sentence.last <= sentence.first {
            return Some(format!("{sentence:?} does not go on at token {next}"));
        }
        next = sentence.last;
    }
    (next as usize != tokens.len()).then(|| format!("the sentences end at token {next} of {}", tokens.len()))
}

/// What is wrong with the amount.
fn flaw_of_amount(amount: Amount) -> Option<String> {
    let sound = match amount {
        Amount::Value(value) => value.fits(),
        Amount::Range { low, high } => low.fits() && high.is_none_or(|high| high.fits() && low <= high),
        Amount::Ratio { num, den } => den > 0 && Decimal::from_int(num).fits(),
        Amount::Score(..) => true,
    };
    (!sound).then(|| format!("{amount:?} fits no record"))
}

/// What is wrong with the analysis of a text that the worker read last.
fn flaw_of_analysis(text: &str, analysis: &Analysis, worker: &Worker) -> Option<String> {
    let (tokens, words, sentences) = worker.last();
    if words.len() != tokens.len() || sentences.len() != analysis.sentences as usize {
        return Some("the stages count differently".to_owned());
    }
    let of_sentence = |span: Span, number: u32| {
        let Some(s) = sentences.get(number as usize) else { return false };
        let (first, last) = (tokens[s.first as usize], tokens[s.last as usize - 1]);
        first.start <= span.start && span.end <= last.end
    };
    let mut taken = Vec::new();
    for q in &analysis.quantities {
        let per = match q.per {
            Some(Per::Noun(span)) => Some(span),
            Some(Per::Unit(_)) | None => None,
        };
        for span in [Some(q.span), q.noun, q.hedge, per].into_iter().flatten() {
            if !lies_in(span, text) {
                return Some(format!("{span:?} of {q:?} is no stretch of the text"));
            }
        }
        if !of_sentence(q.span, q.sentence) {
            return Some(format!("{q:?} is not in its sentence"));
        }
        if let Some(flaw) = flaw_of_amount(q.amount) {
            return Some(format!("{flaw}: {q:?}"));
        }
        taken.push(q.span);
    }
    if let Some(pair) = taken.windows(2).find(|pair| pair[1].start < pair[0].end) {
        return Some(format!("quantities overlap or are not in order: {pair:?} of {:?}", analysis.quantities));
    }
    for r in &analysis.refused {
        if !lies_in(r.span, text) {
            return Some(format!("{r:?} is no stretch of the text"));
        }
        if !of_sentence(r.span, r.sentence) {
            return Some(format!("{r:?} is not in its sentence"));
        }
        if let Some(q) = analysis.quantities.iter().find(|q| q.span.overlaps(r.span)) {
            return Some(format!("{r:?} is part of {q:?}"));
        }
    }
    if !analysis.refused.is_sorted_by_key(|r| r.span.start) {
        return Some(format!("refused numerals are not in order: {:?}", analysis.refused));
    }
    flaw_of_facts(text, analysis)
}

/// What is wrong with the facts: each stands on a number, and points to nothing that is not there.
fn flaw_of_facts(text: &str, analysis: &Analysis) -> Option<String> {
    for f in &analysis.facts {
        let change = f.change.clone().unwrap_or_default();
        if f.number().is_none() {
            return Some(format!("no number carries {f:?}"));
        }
        let numbers: Vec<u32> = [f.value, change.by, change.from].into_iter().flatten().collect();
        for n in &numbers {
            let Some(q) = analysis.quantities.get(*n as usize) else { return Some(format!("no quantity {n}: {f:?}")) };
            if q.sentence != f.sentence || q.span.start < f.span.start || q.span.end > f.span.end {
                return Some(format!("{q:?} is not in the sentence of {f:?}"));
            }
        }
        if numbers.iter().enumerate().any(|(n, q)| numbers[..n].contains(q)) {
            return Some(format!("a quantity has two roles: {f:?}"));
        }
        for span in [Some(f.span), f.metric.span].into_iter().flatten() {
            if !lies_in(span, text) {
                return Some(format!("{span:?} of {f:?} is no stretch of the text"));
            }
        }
        for party in [&f.subject, &f.source].into_iter().flatten() {
            if party.name.is_empty() || party.entity.is_some_and(|e| e as usize >= analysis.entities.len()) {
                return Some(format!("{party:?} is nobody: {f:?}"));
            }
        }
        if f.period.as_ref().and_then(|p| p.time).is_some_and(|t| t as usize >= analysis.times.len()) {
            return Some(format!("no time has the index of {f:?}"));
        }
        if f.metric.lemma.is_empty() || f.rule.is_empty() || f.sentence >= analysis.sentences {
            return Some(format!("a part is missing: {f:?}"));
        }
    }
    let in_order = analysis.facts.is_sorted_by_key(|f| (f.sentence, f.number()));
    (!in_order).then(|| format!("facts are not in order: {:?}", analysis.facts))
}

/// What is wrong with how a text is read; nothing, one hopes.
fn flaw(text: &str) -> Option<String> {
    let mut tokens = Vec::new();
    kennzahl::split::tokens(text, &mut tokens);
    let mut worker = EXTRACTOR.worker();
    let analysis = worker.analyse(text);
    if worker.last().0 != tokens {
        return Some("the worker sees other tokens".to_owned());
    }
    // The notation for people has to stand any analysis too.
    let _ = kennzahl::show(text, &analysis, worker.lexicon());
    flaw_of_tokens(text, &tokens)
        .or_else(|| flaw_of_sentences(&tokens, worker.last().2))
        .or_else(|| flaw_of_analysis(text, &analysis, &worker))
}

proptest! {
    #![proptest_config(config(6000))]

    #[test]
    fn prose_is_read_soundly(text in prose()) {
        prop_assert_eq!(flaw(&text), None);
    }

    #[test]
    fn clutter_is_read_soundly(text in clutter()) {
        prop_assert_eq!(flaw(&text), None);
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn arbitrary_characters_are_read_soundly(text in vec(any::<char>(), 0..120)) {
        prop_assert_eq!(flaw(&String::from_iter(text)), None);
    }

    #[test]
    fn arbitrary_bytes_are_read_soundly(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(flaw(&decode(bytes).0), None);
    }

    #[test]
    fn arbitrary_bytes_behind_a_mark_are_read_soundly(
        mark in select(BYTE_ORDER_MARKS),
        bytes in vec(any::<u8>(), 0..100),
    ) {
        prop_assert_eq!(flaw(&decode([mark, &bytes].concat()).0), None);
    }

    #[test]
    fn utf8_is_read_as_it_is(text in clutter()) {
        // A byte-order mark is left out, and zeros between letters mean UTF-16.
        prop_assume!(!text.starts_with('\u{feff}') && !text.contains('\0'));
        prop_assert_eq!(decode(text.clone().into_bytes()), (text, None));
    }

    #[test]
    fn broken_utf8_is_read_soundly(text in prose(), broken in vec((any::<Index>(), any::<u8>()), 1..6), cut in any::<Index>()) {
        let mut bytes = text.into_bytes();
        for (at, byte) in broken {
            let at = at.index(bytes.len() + 1);
            bytes.insert(at, byte);
        }
        bytes.truncate(cut.index(bytes.len()));
        prop_assert_eq!(flaw(&decode(bytes).0), None);
    }

    #[test]
    fn utf16_is_read_soundly(text in prose(), big in any::<bool>(), cut in any::<bool>()) {
        let to_bytes = if big { u16::to_be_bytes } else { u16::to_le_bytes };
        let mut bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
        if cut {
            bytes.pop();
        }
        prop_assert_eq!(flaw(&decode(bytes).0), None);
    }

    #[test]
    fn documents_do_not_colour_each_other(texts in vec(prop_oneof![prose(), clutter()], 1..6)) {
        let mut worker = EXTRACTOR.worker();
        let mut again = Analysis::default();
        for text in &texts {
            worker.analyse_into(text, None, &mut again);
            let alone = EXTRACTOR.worker().analyse(text);
            prop_assert_eq!(&again, &alone, "{:?} after {:?}", text, texts);
        }
    }

    #[test]
    fn what_follows_an_empty_line_changes_no_token_before(first in prose(), second in prose()) {
        let joined = format!("{first}\n\n{second}");
        let (mut alone, mut together) = (Vec::new(), Vec::new());
        kennzahl::split::tokens(&first, &mut alone);
        kennzahl::split::tokens(&joined, &mut together);
        prop_assert_eq!(&alone[..], &together[..alone.len()]);
    }
}

/// Texts in which one of the properties once failed, or nearly: short ones that random texts seldom hit.
#[test]
fn known_traps_are_read_soundly() {
    let texts = [
        "½ m^2 Uhr",
        "80 m^2 Januar",
        "80 m2Montag",
        "0 m^2null",
        "30- bis 16-Jährige",
        "Million bis zu 0jährige",
        "−30 bis −3 Prozent",
        "zwischen 5 und 3 Prozent",
    ];
    let flaws: Vec<_> = texts.iter().filter_map(|text| Some((text, flaw(text)?))).collect();
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// What repeated without end would take for ever if some step looked back, or ahead, at all of it.
#[rustfmt::skip]
const REPEATED: &[&str] = &[
    "ein ", "1 ", "1-", "zwischen 3 und ", "von 5 auf ", "(", "hundert ", "1.", "1,", "1'", "1", "9", "1/", "1:", "1 000 ", "1/2 ",
    "ein und ", "ein und zwanzig ", "und ", "zwei", "zwanzig", "Million ", "zwei Millionen ", "drei Komma drei ", "hunderttausend ",
    "dritte ", "3. ", "3.\n", "3 Euro ", "3 Euro, ", "$", "$3 ", "3 % ", "5 Brücken ", "5 neue ", "davon 3 ", "die Zahl der Kinder 3 ",
    "3 Kronen Schweden ", "0 ", "999 ", "1,5 ", "3, ", "(3) ", "|3",
    "-3 ", "3 nicht ", "dreijährige ", "Platz 3 ", "Dutzend ", "3-Zimmer-", "je 3 ", "auf 3 ", "auf jede kommen 3 Kinder ", "die Marke von 3 ", "rund ", "mehr als ", "minus ", "jede dritte ",
    "mehrere ", "3 Prozent ", "2,3 Punkte ", "3 Dollar je ", "Nr. ", "§ 3 ", "A3", "a", "a ", "A ", "ä", "a-", "a'", "\"", "„", ".", ". ", "!",
    "der Umsatz stieg um 3 Prozent auf 5 Euro, ", "legte 3 Prozent, ", "legte 3 Prozent und ", "stieg und lag 3 Prozent ", "Siemens 3 Euro, ", "(Vorjahr: 3) ", "3 Prozent mehr – ",
    " ", "\t", "\n", "a\n", "und\n", "\r\n", "\u{a0}", "\u{ad}", "\u{308}", "a\u{308}", "\u{200b}", "a\u{200b}", "日", "😀", "½", "²",
];

/// Analyses a text that is long, or full of something. Time in proportion to the text is a second or two for the slowest
/// of them; time that grows with the square of the length is an hour. The limit only keeps the test from waiting for that
/// hour.
fn ends(what: &str, text: String) {
    let (done, finished) = channel();
    let reader = thread::spawn(move || {
        let analysis = EXTRACTOR.worker().analyse(&text);
        // Nobody waits any more if this took too long.
        let _ = done.send(analysis.sentences);
    });
    let outcome = finished.recv_timeout(Duration::from_secs(30));
    assert_ne!(outcome, Err(RecvTimeoutError::Timeout), "{what} does not end");
    reader.join().expect("reading does not panic");
}

#[test]
fn time_is_in_proportion_to_the_text() {
    for fragment in REPEATED {
        ends(&format!("{fragment:?} repeated"), fragment.repeat((2 << 20) / fragment.len()));
    }
}

/// Each sentence names somebody new, who is called by the same nouns as all others.
#[test]
fn time_is_in_proportion_to_the_names() {
    let syllables = ["bra", "den", "for", "gul", "hes", "kan", "lor", "mun"];
    let name = |n: usize| -> String { (0..6).map(|k| syllables[n >> (3 * k) & 7]).collect() };
    let sentence = |n: usize| {
        let name = name(n * 7 + 3);
        format!(
            "Der Hersteller B{name} AG steigerte den Umsatz um 4 Prozent. Der Versicherer verdiente 9 Millionen Euro. "
        )
    };
    ends("a text full of names", (0..30_000).map(sentence).collect());
}
