//! Facts as JSON lines: what is said of a number, with the ids of the mentions it was read from.

use super::jsonl::Writer;
use super::key::{Identity, identities, magnitude, name_key};
use super::name::Name;
use super::offsets::{Index, Unit};
use super::plain;
use super::statement::{Statement, statements};
use crate::model::{Analysis, Direction, Party, Period, Quantity, Scope};

/// The place of facts in [`Writer`]'s heads.
const FACT: usize = 5;

/// Writes the facts of a document.
pub(super) fn write(w: &mut Writer<'_>, analysis: &Analysis) {
    if analysis.facts.is_empty() {
        return;
    }
    let text = w.doc.text.as_str();
    let unit = w.options.offsets;
    // A fact names mentions from all over the document, so that a counter would go back and forth.
    let chars = Index::new(text, Unit::Chars);
    let others = (unit != Unit::Chars).then(|| Index::new(text, unit));
    let offsets = others.as_ref().unwrap_or(&chars);
    let identities = identities(text, w.lexicon, analysis, &chars);
    let mut facts = Facts { w, analysis, chars: &chars, folded: Vec::new() };
    for (statement, identity) in statements(analysis).zip(&identities) {
        let f = statement.fact;
        facts.w.begin(FACT);
        // The letter stands there already.
        facts.w.raw(&identity.id.name().as_str()[1..]);
        let (start, end) = (offsets.at(f.span.start as usize), offsets.at(f.span.end as usize));
        facts.w.place(f.sentence, start, end, f.span);
        facts.fact(&statement, identity);
    }
}

struct Facts<'w, 'a> {
    w: &'w mut Writer<'a>,
    analysis: &'w Analysis,
    /// Ids are counted in code points whatever offsets are.
    chars: &'w Index<'a>,
    /// A buffer for folded names.
    folded: Vec<u8>,
}

impl Facts<'_, '_> {
    /// All that follows the text.
    fn fact(&mut self, s: &Statement<'_>, identity: &Identity) {
        let f = s.fact;
        if let Some(subject) = &f.subject {
            self.party("subject", subject);
        }
        self.open("metric");
        self.w.optional("text", f.metric.span.map(|s| s.of(&self.w.doc.text)));
        self.w.field("lemma", &plain(&f.metric.lemma));
        self.w.optional("concept", f.metric.concept.as_deref());
        self.qualifiers(&f.metric.qualifiers);
        self.close();
        if !f.scope.is_empty() {
            self.scope(&f.scope);
        }
        if let Some(value) = s.value {
            self.quantity("value", value, s);
        }
        if let Some(period) = s.period {
            self.period(period);
        }
        if s.is_change() {
            self.change(s);
        }
        self.w.name("status", f.status.name());
        if let Some(source) = &f.source {
            self.party("source", source);
        }
        if let Some(id) = identity.repeat_of {
            self.w.field("repeat_of", id.name().as_str());
        }
        self.w.name("fact_key", Name::hex(&identity.key.to_be_bytes()).as_str());
        if s.derived {
            self.w.key("derived");
            self.w.raw("true");
        }
        self.w.end(s.rule);
    }

    fn open(&mut self, key: &str) {
        self.w.key(key);
        self.w.raw("{");
    }

    fn close(&mut self) {
        self.w.raw("}");
    }

    /// `,"key":"q74"`
    fn id(&mut self, key: &str, letter: &str, start: u32) {
        self.w.key(key);
        self.w.raw("\"");
        self.w.raw(letter);
        self.w.int(self.chars.at(start as usize));
        self.w.raw("\"");
    }

    fn party(&mut self, key: &str, party: &Party) {
        self.open(key);
        let entity = party.entity.map(|e| self.analysis.entities[e as usize]);
        if let Some(e) = entity {
            self.id("entity", "e", e.span.start);
            self.w.key("coref");
            self.w.int(e.thing as usize + 1);
        }
        self.w.field("name", &plain(&party.name));
        if let Some(e) = entity {
            self.w.name("type", e.kind.name());
            self.w.optional("link", self.analysis.things[e.thing as usize].link.as_deref());
            self.w.field("key", name_key(&party.name, Some(e.kind), &mut self.folded));
        }
        self.w.name("basis", party.basis.name());
        self.close();
    }

    fn qualifiers(&mut self, qualifiers: &[String]) {
        if qualifiers.is_empty() {
            return;
        }
        self.w.key("qualifiers");
        for (n, qualifier) in qualifiers.iter().enumerate() {
            self.w.raw(if n == 0 { "[" } else { "," });
            self.w.text(qualifier);
        }
        self.w.raw("]");
    }

    fn scope(&mut self, scopes: &[Scope]) {
        self.w.key("scope");
        self.w.raw("[");
        for (n, scope) in scopes.iter().enumerate() {
            self.w.raw(if n == 0 { "{" } else { ",{" });
            self.w.field("role", scope.role.name());
            self.w.field("text", scope.span.of(&self.w.doc.text));
            if let Some(e) = scope.entity {
                self.id("entity", "e", self.analysis.entities[e as usize].span.start);
            }
            self.close();
        }
        self.w.raw("]");
    }

    fn quantity(&mut self, key: &str, q: &Quantity, of: &Statement<'_>) {
        self.open(key);
        if !of.derived {
            self.id("quantity", "q", q.span.start);
        }
        self.w.measure(q, false);
        self.close();
    }

    fn period(&mut self, p: &Period) {
        self.open("period");
        if let Some(time) = p.time {
            self.id("time", "t", self.analysis.times[time as usize].written.span.start);
        }
        self.w.field("value", p.value.as_str());
        if let Some(interval) = p.interval {
            self.w.interval(interval, true);
        }
        self.w.name("basis", p.basis.name());
        self.close();
    }

    fn change(&mut self, s: &Statement<'_>) {
        self.open("change");
        self.w.optional("direction", s.direction.map(Direction::name));
        if let Some(by) = s.by {
            self.quantity("by", &magnitude(*by), s);
        }
        if let Some(from) = s.from {
            self.quantity("from", from, s);
        }
        self.w.optional("versus", s.versus.map(|t| t.as_str()));
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::key::Fnv;
    use crate::emit::{Options, write_document};
    use crate::lexicon::Lexicon;
    use crate::model::{
        Amount, Approx, Basis, Change, Decimal, Document, Entity, EntityType, Expression, Fact, Metric, Per,
        QuantityType, Reference, Span, Status, Tense, Thing, Time, TimeType, Timex, Written,
    };

    const TEXT: &str =
        "Im vergangenen Quartal sprang der Umsatz von Meta um 24 Prozent auf knapp 59,9 Milliarden Dollar.";

    fn span(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start as u32, (start + words.len()) as u32)
    }

    fn timex(value: &str) -> Timex {
        Timex::of(format_args!("{value}")).unwrap()
    }

    fn quantity(text: &str, words: &str, kind: QuantityType, amount: Amount, unit: &str) -> Quantity {
        Quantity {
            span: span(text, words),
            sentence: 0,
            kind,
            amount,
            unit: Lexicon::builtin().unit_id(unit),
            per: None,
            noun: None,
            approx: None,
            hedge: None,
            assumed: false,
            rule: "r",
        }
    }

    fn of(words: &str) -> Metric {
        Metric { lemma: words.to_owned(), ..Metric::default() }
    }

    fn party(name: &str, entity: Option<u32>) -> Party {
        Party { name: name.to_owned(), entity, basis: Basis::Clause }
    }

    fn plain_fact(text: &str, value: Option<u32>) -> Fact {
        Fact {
            sentence: 0,
            span: Span::new(0, text.len() as u32),
            subject: None,
            metric: of("Umsatz"),
            scope: Vec::new(),
            value,
            period: None,
            change: None,
            status: Status::Reported,
            source: None,
            rule: "value",
        }
    }

    /// The mentions of [`TEXT`].
    fn sample(text: &str) -> Analysis {
        let interval =
            Some((jiff::civil::datetime(2025, 10, 1, 0, 0, 0, 0), jiff::civil::datetime(2026, 1, 1, 0, 0, 0, 0)));
        let money = Amount::Value(Decimal::new(599, 8));
        Analysis {
            sentences: 1,
            quantities: vec![
                quantity(text, "24 Prozent", QuantityType::Percent, Amount::Value(Decimal::from_int(24)), "%"),
                Quantity {
                    approx: Some(Approx::JustBelow),
                    hedge: Some(span(text, "knapp")),
                    assumed: true,
                    ..quantity(text, "59,9 Milliarden Dollar", QuantityType::Money, money, "USD")
                },
            ],
            times: vec![Time {
                written: Written {
                    span: span(text, "vergangenen Quartal"),
                    sentence: 0,
                    expression: Expression::Reference(Reference::Past),
                    modifier: None,
                    tense: Tense::Past,
                    aside: false,
                    rule: "t",
                },
                kind: TimeType::Date,
                value: timex("2025-Q4"),
                interval,
                anchor: None,
            }],
            entities: vec![Entity {
                span: span(text, "Meta"),
                sentence: 0,
                kind: EntityType::Organization,
                thing: 0,
                role: None,
                of: None,
                rule: "e",
            }],
            things: vec![Thing {
                name: "Meta Platforms Inc.".into(),
                subtype: None,
                link: Some("isin:US30303M1027".into()),
            }],
            facts: vec![Fact {
                subject: Some(party("Meta Platforms Inc.", Some(0))),
                metric: Metric {
                    span: Some(span(text, "Umsatz")),
                    lemma: "Umsatz".into(),
                    concept: Some("revenue".into()),
                    ..Metric::default()
                },
                period: Some(Period { time: Some(0), value: timex("2025-Q4"), interval, basis: Basis::Sentence }),
                change: Some(Change {
                    direction: Some(Direction::Up),
                    by: Some(0),
                    from: None,
                    versus: Some(timex("2024-Q4")),
                }),
                ..plain_fact(text, Some(1))
            }],
            ..Analysis::default()
        }
    }

    fn lines(text: &str, analysis: &Analysis, more: Options) -> Vec<String> {
        let doc = Document { id: "a".into(), text: text.into(), ..Document::default() };
        let options = Options { documents: false, quantities: false, times: false, entities: false, ..more };
        let mut out = Vec::new();
        write_document(&doc, analysis, &Lexicon::builtin(), options, &mut out);
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    /// A field of a record, as it is written.
    fn get(line: &str, pointer: &str) -> String {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record.pointer(pointer).map_or_else(|| "-".into(), |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
    }

    #[test]
    fn a_whole_fact() {
        let lines = lines(TEXT, &sample(TEXT), Options { explain: true, ..Options::default() });
        assert_eq!(
            lines,
            [concat!(
                r#"{"kind":"fact","doc":"a","id":"f74","sentence":0,"start":0,"end":97,"text":"Im vergangenen Quartal sprang "#,
                r#"der Umsatz von Meta um 24 Prozent auf knapp 59,9 Milliarden Dollar.","#,
                r#""subject":{"entity":"e45","coref":1,"name":"Meta Platforms Inc.","type":"organization","#,
                r#""link":"isin:US30303M1027","key":"meta platforms","basis":"clause"},"#,
                r#""metric":{"text":"Umsatz","lemma":"Umsatz","concept":"revenue"},"#,
                r#""value":{"quantity":"q74","type":"money","value":59900000000,"unit":"USD","approx":"just_below","#,
                r#""upper":59900000000},"#,
                r#""period":{"time":"t3","value":"2025-Q4","from":"2025-10-01","until":"2026-01-01","basis":"sentence"},"#,
                r#""change":{"direction":"up","by":{"quantity":"q53","type":"percent","value":24,"unit":"%","lower":24,"#,
                r#""upper":24},"versus":"2024-Q4"},"status":"reported","fact_key":"1cbeb68aa4550852","rule":"value"}"#,
            )]
        );
    }

    #[test]
    fn the_key_is_that_of_its_fields() {
        let fields =
            "meta platforms\u{1f}revenue\u{1f}59900000000\u{1f}USD\u{1f}2025-Q4\u{1f}up\u{1f}24 %\u{1f}\u{1f}2024-Q4";
        let mut hash = Fnv::default();
        hash.text(fields);
        let line = &lines(TEXT, &sample(TEXT), Options::default())[0];
        assert_eq!(get(line, "/fact_key"), format!("{:016x}", hash.0));
        // The test values of the authors of FNV.
        for (text, value) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            let mut hash = Fnv::default();
            hash.text(text);
            assert_eq!(hash.0, value);
        }
    }

    #[test]
    fn a_fact_without_subject() {
        let text = "Es waren 5 Euro.";
        let value = Amount::Value(Decimal::from_int(5));
        let analysis = Analysis {
            quantities: vec![quantity(text, "5 Euro", QuantityType::Money, value, "EUR")],
            facts: vec![Fact { change: Some(Change::default()), ..plain_fact(text, Some(0)) }],
            ..Analysis::default()
        };
        assert_eq!(
            lines(text, &analysis, Options { numbers_as_strings: true, ..Options::default() }),
            [concat!(
                r#"{"kind":"fact","doc":"a","id":"f9","sentence":0,"start":0,"end":16,"text":"Es waren 5 Euro.","#,
                r#""metric":{"lemma":"Umsatz"},"value":{"quantity":"q9","type":"money","value":"5","unit":"EUR","#,
                r#""lower":"5","upper":"5"},"status":"reported","fact_key":"54c67656a765fcce"}"#,
            )]
        );
        assert!(lines(text, &analysis, Options { facts: false, ..Options::default() }).is_empty());
    }

    #[test]
    fn further_facts_on_a_number_and_repeats() {
        let mut analysis = sample(TEXT);
        let whole = analysis.facts[0].clone();
        let source = Some(party("Experte", None));
        analysis.facts = vec![
            // The number is the difference.
            Fact { value: None, ..whole.clone() },
            Fact { metric: of("Erlös"), ..whole.clone() },
            // Another source and other words, the same statement.
            Fact { source, metric: of("erloes"), ..whole.clone() },
            Fact { change: None, ..whole.clone() },
            Fact { metric: of("Erlös"), status: Status::Denied, ..whole },
            // No number at all.
            Fact { metric: of("Gewinn"), ..plain_fact(TEXT, None) },
        ];
        let lines = lines(TEXT, &analysis, Options::default());
        let all = |pointer: &str| lines.iter().map(|l| get(l, pointer)).collect::<Vec<_>>();
        assert_eq!(all("/id"), ["f53", "f74", "f74.2", "f74.3", "f74.4", "f0"]);
        assert_eq!(all("/repeat_of"), ["-", "-", "f74", "-", "f74", "-"]);
        assert_eq!(all("/source/name"), ["-", "-", "Experte", "-", "-", "-"]);
        assert_eq!(get(&lines[1], "/fact_key"), get(&lines[4], "/fact_key"));
    }

    #[test]
    fn a_repeat_of_a_further_fact_names_it_whole() {
        let mut analysis = sample(TEXT);
        analysis.facts.push(plain_fact(TEXT, Some(1)));
        analysis.facts.push(plain_fact(TEXT, Some(1)));
        let lines = lines(TEXT, &analysis, Options::default());
        assert_eq!(get(&lines[2], "/repeat_of"), "f74.2");
    }

    #[test]
    fn a_difference_is_a_magnitude() {
        let mut analysis = sample(TEXT);
        let n = |n| Decimal::from_int(n);
        let minus = |high| Amount::Range { low: n(-5), high };
        for (amount, want) in [
            (Amount::Value(n(-24)), r#""value":24,"unit":"%","lower":24,"upper":24"#),
            (minus(Some(n(-3))), r#""low":3,"high":5,"unit":"%","lower":3,"upper":5"#),
            (minus(None), r#""low":5,"unit":"%","lower":5"#),
            (Amount::Ratio { num: -1, den: 3 }, r#""ratio":"1/3","unit":"%""#),
        ] {
            analysis.quantities[0].amount = amount;
            analysis.facts[0].change = Some(Change { by: Some(0), from: Some(0), ..Change::default() });
            let line = &lines(TEXT, &analysis, Options::default())[0];
            let by = format!(r#""change":{{"by":{{"quantity":"q53","type":"percent",{want}}},"from":"#);
            assert!(line.contains(&by), "{by}\n{line}");
            // The earlier value keeps its sign.
            assert!(line[line.find(r#""from":{"#).unwrap()..].contains('-'), "{line}");
            let key = get(line, "/fact_key");
            analysis.quantities[0].amount = magnitude(analysis.quantities[0]).amount;
            analysis.facts[0].change = Some(Change { by: Some(0), ..Change::default() });
            assert_ne!(key, get(&lines(TEXT, &analysis, Options::default())[0], "/fact_key"));
        }
    }

    #[test]
    fn ids_are_code_points_whatever_offsets_are() {
        let text = format!("\u{1f4b6}\u{e4} {TEXT}");
        for (offsets, end) in [(Unit::Chars, "100"), (Unit::Bytes, "104"), (Unit::Utf16, "101")] {
            let line = &lines(&text, &sample(&text), Options { offsets, ..Options::default() })[0];
            let pointers = ["/id", "/subject/entity", "/value/quantity", "/period/time", "/change/by/quantity", "/end"];
            assert_eq!(pointers.map(|p| get(line, p)), ["f77", "e48", "q77", "t6", "q56", end]);
        }
    }

    #[test]
    fn rates_over_different_things_are_different_statements() {
        let text = "5 Euro, Kilo, Liter";
        let price = quantity(text, "5 Euro", QuantityType::Money, Amount::Value(Decimal::from_int(5)), "EUR");
        let per = |noun| Quantity { per: Some(Per::Noun(span(text, noun))), ..price };
        let analysis = Analysis {
            quantities: vec![price, per("Kilo"), per("Liter")],
            facts: (0..3).map(|q| plain_fact(text, Some(q))).collect(),
            ..Analysis::default()
        };
        assert!(lines(text, &analysis, Options::default()).iter().all(|l| get(l, "/repeat_of") == "-"));
    }
}
