//! TOML → [`Pack`], with the file and line of everything that is wrong.

use super::{
    Class, Currency, Entry, Fiscal, Hedge, Identifier, Metric, MetricUnit, Multiple, Name, Number, NumberRole, Pack,
    Scale, Shape, Side, Time, Unit, UnitKind, Verb,
};
use crate::error::{Error, Result};
use crate::model::{Approx, Decimal, Direction, EntityType, QuantityType, Reason};
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

impl Pack {
    /// Reads one pack; `name` is used in messages.
    ///
    /// # Errors
    /// Anything that is no pack, with file and line.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let lines = Lines { name, text };
        let table = DeTable::parse(text)
            .map_err(|e| lines.error(e.span().map_or(0, |s| s.start), format!("no valid TOML: {}", e.message())))?;
        let mut pack = Self::default();
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            match key.get_ref().as_ref() {
                "remove" => pack.remove = lines.placed_strings(value)?,
                "number" => pack.numbers = lines.entries(value, number)?,
                "scale" => pack.scales = lines.entries(value, scale)?,
                "hedge" => pack.hedges = lines.entries(value, hedge)?,
                "currency" => pack.currencies = lines.entries(value, currency)?,
                "unit" => pack.units = lines.entries(value, unit)?,
                "multiple" => pack.multiples = lines.entries(value, multiple)?,
                "class" => pack.classes = lines.entries(value, |f| Ok(Class { forms: f.words("forms")? }))?,
                "time" => pack.times = lines.entries(value, time)?,
                "fiscal" => pack.fiscals = lines.entries(value, fiscal)?,
                "identifier" => pack.identifiers = lines.entries(value, identifier)?,
                "shape" => pack.shapes = lines.entries(value, shape)?,
                "name" => pack.names = lines.entries(value, name_of_thing)?,
                "metric" => pack.metrics = lines.entries(value, metric)?,
                "verb" => pack.verbs = lines.entries(value, verb)?,
                other => {
                    return Err(lines.error(
                        at,
                        format!(
                            "unknown kind of entry '{other}'; there are number, scale, hedge, currency, unit, multiple, \
                             time, fiscal, class, identifier, shape, name, metric, verb, and the list remove"
                        ),
                    ));
                }
            }
        }
        Ok(pack)
    }
}

fn number(f: &mut Fields<'_>) -> Result<Number> {
    let role = f.one_of(
        "role",
        &[
            ("zero", NumberRole::Zero),
            ("unit", NumberRole::Unit),
            ("teen", NumberRole::Teen),
            ("ten", NumberRole::Ten),
            ("hundred", NumberRole::Hundred),
            ("thousand", NumberRole::Thousand),
            ("half", NumberRole::Half),
            ("dozen", NumberRole::Dozen),
        ],
    )?;
    let value = f.decimal("value")?;
    if value.is_negative() || value > Decimal::from_int(1000) {
        return Err(f.wrong("value", format!("value {value} is not between 0 and 1000; larger ones are scales")));
    }
    Ok(Number { value, role, forms: f.words("forms")?, stem: f.list("stem")?, ordinal: f.list("ordinal")? })
}

fn scale(f: &mut Fields<'_>) -> Result<Scale> {
    let power = f.decimal("power")?.to_int().and_then(|p| i16::try_from(p).ok()).filter(|p| (1..=30).contains(p));
    Ok(Scale {
        power: power.ok_or_else(|| f.wrong("power", "power is a whole number from 1 to 30"))?,
        forms: f.list("forms")?,
        compound: f.list("compound")?,
        vague: f.list("vague")?,
    })
}

fn hedge(f: &mut Fields<'_>) -> Result<Hedge> {
    let name = f.string("approx")?;
    let mut types = Vec::new();
    for t in f.list("types")? {
        types
            .push(QuantityType::from_name(&t).ok_or_else(|| f.wrong("types", format!("unknown type '{t}' in types")))?);
    }
    Ok(Hedge {
        approx: Approx::from_name(&name).ok_or_else(|| f.wrong("approx", format!("unknown approx '{name}'")))?,
        forms: f.list("forms")?,
        after: f.list("after")?,
        not_after: f.list("not_after")?,
        not_with: f.list("not_with")?,
        not_before: f.list("not_before")?,
        types,
        round_from: f.optional_decimal("round_from")?,
    })
}

fn currency(f: &mut Fields<'_>) -> Result<Currency> {
    Ok(Currency {
        words: f.list("words")?,
        forms: f.list("forms")?,
        symbols: f.list("symbols")?,
        adjectives: f.list("adjectives")?,
        countries: f.list("countries")?,
        subunit: f.list("subunit")?,
        subunit_value: f.optional_decimal("subunit_value")?,
        subunit_default: f.flag("subunit_default")?,
        default: f.flag("default")?,
        assumed: f.flag("assumed")?,
    })
}

fn unit(f: &mut Fields<'_>) -> Result<Unit> {
    let kind =
        f.one_of("kind", &[("percent", UnitKind::Percent), ("measure", UnitKind::Measure), ("time", UnitKind::Time)])?;
    Ok(Unit {
        kind,
        forms: f.list("forms")?,
        symbols: f.list("symbols")?,
        ambiguous: f.flag("ambiguous")?,
        before: f.list("before")?,
    })
}

fn multiple(f: &mut Fields<'_>) -> Result<Multiple> {
    let value = f.string("value")?;
    let (num, den) = value.split_once('/').unwrap_or((&value, "1"));
    let (Ok(num), Ok(den)) = (num.parse(), den.parse()) else {
        return Err(f.wrong("value", format!("value '{value}' is neither n nor n/d")));
    };
    if num <= 0 || den <= 0 {
        return Err(f.wrong("value", format!("value '{value}' is not above zero")));
    }
    let kind = match f.optional_string("kind")?.as_deref() {
        None | Some("multiple") => QuantityType::Multiple,
        Some("fraction") => QuantityType::Fraction,
        Some(other) => return Err(f.wrong("kind", format!("kind is multiple or fraction, not '{other}'"))),
    };
    Ok(Multiple { num, den, forms: f.words("forms")?, kind })
}

fn time(f: &mut Fields<'_>) -> Result<Time> {
    Ok(Time { means: f.string("means")?, forms: f.list("forms")?, symbols: f.list("symbols")? })
}

fn fiscal(f: &mut Fields<'_>) -> Result<Fiscal> {
    let end = f.string("ends")?;
    let parts = end.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    let (month, day) = parts
        .filter(|(m, d)| jiff::civil::Date::new(2023, *m, *d).is_ok())
        .ok_or_else(|| f.wrong("ends", format!("ends = \"{end}\" is no day of the year such as 09-30")))?;
    Ok(Fiscal { month, day, forms: f.words("forms")? })
}

fn identifier(f: &mut Fields<'_>) -> Result<Identifier> {
    let side = f.optional_string("number")?;
    let side = match side.as_deref() {
        None | Some("after") => Side::After,
        Some("before") => Side::Before,
        Some(other) => return Err(f.wrong("number", format!("number stands after or before, not '{other}'"))),
    };
    Ok(Identifier { reason: reason(f)?, side, forms: f.list("forms")?, symbols: f.list("symbols")? })
}

fn shape(f: &mut Fields<'_>) -> Result<Shape> {
    let pattern = f.string("pattern")?;
    Ok(Shape { reason: reason(f)?, pattern, needs: f.optional_string("needs")?.unwrap_or_default() })
}

fn name_of_thing(f: &mut Fields<'_>) -> Result<Name> {
    let kinds: Vec<_> = EntityType::ALL.iter().map(|kind| (kind.name(), *kind)).collect();
    let name = Name {
        name: f.string("name")?,
        kind: f.one_of("type", &kinds)?,
        subtype: f.optional_string("subtype")?,
        aliases: f.list("aliases")?,
    };
    for (key, form) in std::iter::once("name").chain(std::iter::repeat("aliases")).zip(name.forms()) {
        if !form.contains(char::is_alphanumeric) {
            return Err(f.wrong(key, format!("'{form}' has neither letter nor figure; write it as it stands in texts")));
        }
        // Whoever knows the forms of other kinds may try endings.
        if form.contains('|') {
            return Err(f.wrong(
                key,
                format!("'{form}' has a bar; write names without endings, the genitive is found by itself"),
            ));
        }
    }
    Ok(name)
}

fn metric(f: &mut Fields<'_>) -> Result<Metric> {
    let mut units = Vec::new();
    for name in f.words("units")? {
        let unit = MetricUnit::NAMED.iter().find(|(n, _)| *n == name).map(|(_, unit)| *unit);
        units.push(unit.ok_or_else(|| {
            let names = MetricUnit::NAMED.map(|(n, _)| n).join(", ");
            f.wrong("units", format!("unit '{name}' is none of {names}"))
        })?);
    }
    let good = [("up", Direction::Up), ("down", Direction::Down), ("neutral", Direction::Flat)];
    let id = f.string("id")?;
    let nouns = f.words("nouns")?;
    // Only a word by itself is looked up.
    let forms = nouns.iter().flat_map(|n| n.split([',', '|'])).map(str::trim);
    if let Some(form) = forms.clone().find(|form| form.contains(char::is_whitespace)) {
        return Err(f.wrong("nouns", format!("'{form}' is not one word")));
    }
    if let Some(noun) = nouns.iter().find(|n| n.trim().is_empty() || n.starts_with('|')) {
        return Err(f.wrong("nouns", format!("'{noun}' has no lemma")));
    }
    Ok(Metric {
        concept: f.optional_string("concept")?.unwrap_or(id),
        units,
        good: f.one_of("good", &good)?,
        public: f.flag("public")?,
        nouns,
        qualified: f.list("qualified")?,
    })
}

fn verb(f: &mut Fields<'_>) -> Result<Verb> {
    let sense = f.one_of("sense", &Verb::SENSES.map(|s| (s, s)))?;
    let mut slots = Vec::new();
    for (preposition, name) in f.table("slots")? {
        let slot = Verb::SLOTS.iter().find(|s| **s == name);
        let slot = slot.ok_or_else(|| f.wrong("slots", format!("slot '{name}' is none of {}", Verb::SLOTS.join(", "))));
        slots.push((preposition, *slot?));
    }
    let verbs = f.words("verbs")?;
    if let Some(verb) = verbs.iter().find(|v| v.split(',').filter(|form| !form.trim().is_empty()).count() != 4) {
        return Err(
            f.wrong("verbs", format!("'{verb}' has not four forms; write infinitive, third person, past, participle"))
        );
    }
    Ok(Verb { sense, metric: f.optional_string("metric")?, slots, verbs, words: f.optional_string("words")? })
}

fn reason(f: &mut Fields<'_>) -> Result<Reason> {
    let name = f.string("reason")?;
    Reason::from_name(&name).ok_or_else(|| f.wrong("reason", format!("unknown reason '{name}'")))
}

/// A file, to tell the line of a byte.
struct Lines<'a> {
    name: &'a str,
    text: &'a str,
}

impl Lines<'_> {
    fn place(&self, at: usize) -> String {
        let line = 1 + self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count();
        format!("{}:{line}", self.name)
    }

    fn error(&self, at: usize, message: impl Into<String>) -> Error {
        Error::at(self.place(at), message)
    }

    fn placed_strings(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<(String, String)>> {
        let at = value.span().start;
        let items = value.get_ref().as_array().ok_or_else(|| self.error(at, "a list of strings is wanted"))?;
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            let at = item.span().start;
            let s = item.get_ref().as_str().ok_or_else(|| self.error(at, "a string is wanted"))?;
            strings.push((s.to_owned(), self.place(at)));
        }
        Ok(strings)
    }

    fn entries<T>(
        &self,
        value: &Spanned<DeValue<'_>>,
        read: impl Fn(&mut Fields<'_>) -> Result<T>,
    ) -> Result<Vec<Entry<T>>> {
        let at = value.span().start;
        let tables = value.get_ref().as_array().ok_or_else(|| self.error(at, "write [[kind]], with two brackets"))?;
        // Lines are counted on from entry to entry: counting each from the top would be quadratic.
        let (mut line, mut counted) = (1, 0);
        let mut entries = Vec::with_capacity(tables.len());
        let mut ids = BTreeSet::new();
        for table in tables {
            let at = table.span().start;
            if at > counted {
                line += self.text.as_bytes()[counted..at].iter().filter(|b| **b == b'\n').count();
                counted = at;
            }
            let content =
                table.get_ref().as_table().ok_or_else(|| self.error(at, "write [[kind]], with two brackets"))?;
            let mut fields = Fields { lines: self, at, table: content, used: vec!["id", "example"] };
            let id = fields.string("id")?;
            let mut examples = Vec::new();
            let texts = fields.list("example")?;
            if texts.len() % 2 == 1 {
                return Err(fields.wrong("example", "example is a text and what is found in it, in pairs"));
            }
            for pair in texts.chunks(2) {
                examples.push([pair[0].clone(), pair[1].clone()]);
            }
            let content = read(&mut fields)?;
            if let Some((key, _)) = fields.table.iter().find(|(k, _)| !fields.used.contains(&k.get_ref().as_ref())) {
                let known = fields.used.join(", ");
                return Err(self.error(key.span().start, format!("unknown key '{}'; known are {known}", key.get_ref())));
            }
            if examples.is_empty() {
                return Err(fields.error(format!("'{id}' has no example; write example = [TEXT, FOUND]")));
            }
            if !ids.insert(id.clone()) {
                return Err(fields.error(format!("'{id}' stands twice in this file")));
            }
            entries.push(Entry { id, examples, place: format!("{}:{line}", self.name), content });
        }
        Ok(entries)
    }
}

/// The keys of one entry.
struct Fields<'a> {
    lines: &'a Lines<'a>,
    at: usize,
    table: &'a DeTable<'a>,
    used: Vec<&'static str>,
}

impl Fields<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        self.lines.error(self.at, message)
    }

    /// What is wrong with the value of a key, at its own line.
    fn wrong(&self, key: &str, message: impl Into<String>) -> Error {
        self.lines.error(self.table.get(key).map_or(self.at, |v| v.span().start), message)
    }

    fn optional_string(&mut self, key: &'static str) -> Result<Option<String>> {
        self.used.push(key);
        match self.table.get(key) {
            None => Ok(None),
            Some(v) => match v.get_ref() {
                DeValue::String(s) => Ok(Some(s.clone().into_owned())),
                DeValue::Integer(n) => Ok(Some(n.as_str().to_owned())),
                _ => Err(self.lines.error(v.span().start, format!("{key} is a string"))),
            },
        }
    }

    fn string(&mut self, key: &'static str) -> Result<String> {
        self.optional_string(key)?.ok_or_else(|| self.error(format!("{key} is missing")))
    }

    fn optional_decimal(&mut self, key: &'static str) -> Result<Option<Decimal>> {
        let Some(s) = self.optional_string(key)? else {
            return Ok(None);
        };
        Decimal::parse(&s).map(Some).ok_or_else(|| self.wrong(key, format!("{key} is a decimal number, not '{s}'")))
    }

    fn decimal(&mut self, key: &'static str) -> Result<Decimal> {
        self.optional_decimal(key)?.ok_or_else(|| self.error(format!("{key} is missing")))
    }

    fn flag(&mut self, key: &'static str) -> Result<bool> {
        self.used.push(key);
        match self.table.get(key) {
            None => Ok(false),
            Some(v) => {
                v.get_ref().as_bool().ok_or_else(|| self.lines.error(v.span().start, format!("{key} is true or false")))
            }
        }
    }

    fn list(&mut self, key: &'static str) -> Result<Vec<String>> {
        self.used.push(key);
        match self.table.get(key) {
            None => Ok(Vec::new()),
            Some(v) => {
                let error = || self.lines.error(v.span().start, format!("{key} is a list of strings"));
                let items = v.get_ref().as_array().ok_or_else(error)?;
                items.iter().map(|i| i.get_ref().as_str().map(str::to_owned).ok_or_else(error)).collect()
            }
        }
    }

    /// Strings by their names, in the order of the names.
    fn table(&mut self, key: &'static str) -> Result<Vec<(String, String)>> {
        self.used.push(key);
        let Some(v) = self.table.get(key) else { return Ok(Vec::new()) };
        let error = || self.lines.error(v.span().start, format!("{key} is a table of strings"));
        let items = v.get_ref().as_table().ok_or_else(error)?;
        let pair = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
            Ok((name.get_ref().clone().into_owned(), value.get_ref().as_str().ok_or_else(error)?.to_owned()))
        };
        items.iter().map(pair).collect()
    }

    fn words(&mut self, key: &'static str) -> Result<Vec<String>> {
        let words = self.list(key)?;
        if words.is_empty() { Err(self.error(format!("{key} is missing"))) } else { Ok(words) }
    }

    fn one_of<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Result<T> {
        let name = self.string(key)?;
        choices.iter().find(|(n, _)| *n == name).map(|(_, v)| *v).ok_or_else(|| {
            let names: Vec<_> = choices.iter().map(|(n, _)| *n).collect();
            self.wrong(key, format!("{key} '{name}' is none of {}", names.join(", ")))
        })
    }
}
