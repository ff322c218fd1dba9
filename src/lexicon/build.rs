//! Pack → [`Lexicon`]: every form of every entry becomes a word or a phrase of the tables.

use super::numerals::Piece;
use super::{
    Feast, HedgeInfo, IdentifierInfo, Index, Kinds, Lexicon, MAX_KEY, Meaning, Numerals, Part, Payload, ShapeInfo,
    Shared, Tags, TimeWord, UnitInfo, WordId, WordInfo, folded, forms,
};
use crate::error::{Error, Result};
use crate::model::{Decimal, Grain, Token, TokenKind, UnitId};
use crate::pack::{Currency, Entry, NumberRole, Pack, Time, UnitKind};
use crate::split;
use std::collections::BTreeMap;

impl Lexicon {
    /// Compiles a pack.
    ///
    /// # Errors
    /// A form claimed by two entries, a class of unknown name, a form too long; with file and line.
    pub fn new(pack: Pack) -> Result<Self> {
        let mut b = Builder::default();
        for e in &pack.units {
            let id = b.unit(&e.id, Some(e.kind), e.ambiguous, false);
            let tags = if e.kind == UnitKind::Time { Tags::TIME } else { Tags::UNIT };
            b.words(&e.forms, tags, Payload::Unit(id), &e.place)?;
            b.exact(&e.symbols, tags, Payload::Unit(id), &e.place)?;
            b.words(&e.before, Tags::UNIT_BEFORE, Payload::Unit(id), &e.place)?;
        }
        for e in &pack.currencies {
            b.currency(e)?;
        }
        for e in &pack.scales {
            b.words(&e.forms, Tags::SCALE, Payload::Scale(e.power), &e.place)?;
            b.words(&e.vague, Tags::VAGUE, Payload::Scale(e.power), &e.place)?;
        }
        for e in &pack.hedges {
            let payload = Payload::Hedge(index(b.hedges.len()));
            let list = |words: &[String]| words.iter().flat_map(|w| forms(w)).map(|w| folded(&w).into()).collect();
            b.hedges.push(HedgeInfo {
                approx: e.approx,
                not_after: list(&e.not_after),
                not_with: list(&e.not_with),
                not_before: list(&e.not_before),
                types: e.types.clone(),
                round_from: e.round_from,
            });
            b.words(&e.forms, Tags::HEDGE, payload, &e.place)?;
            b.words(&e.after, Tags::HEDGE_AFTER, payload, &e.place)?;
        }
        for e in &pack.multiples {
            let payload = Payload::Multiple(index(b.multiples.len()));
            b.multiples.push((e.num, e.den, e.kind));
            b.words(&e.forms, Tags::MULTIPLE, payload, &e.place)?;
        }
        for e in &pack.identifiers {
            let payload = Payload::Identifier(index(b.identifiers.len()));
            b.identifiers.push(IdentifierInfo { reason: e.reason, side: e.side });
            let tags = match e.side {
                crate::pack::Side::After => Tags::IDENTIFIER,
                crate::pack::Side::Before => Tags::IDENTIFIER_AFTER,
            };
            b.words(&e.forms, tags, payload, &e.place)?;
            b.exact(&e.symbols, tags, payload, &e.place)?;
        }
        for e in &pack.times {
            b.time(e)?;
        }
        b.days_and_parts(&pack.times)?;
        b.names_and_heads(&pack.times)?;
        for e in &pack.fiscals {
            let payload = Payload::Fiscal(index(b.fiscals.len()));
            b.fiscals.push((e.month, e.day));
            b.exact(&e.forms, Tags::LEAD, payload, &e.place)?;
        }
        for e in &pack.classes {
            // "verb.past" is a further list of the class "verb".
            let class = e.id.split('.').next().unwrap_or_default();
            let tags = Tags::from_name(class)
                .ok_or_else(|| Error::at(&e.place, format!("no rule asks for a class '{class}'")))?;
            b.words(&e.forms, tags, Payload::None, &e.place)?;
        }
        for e in &pack.shapes {
            let mut needs = 0u128;
            for byte in e.needs.bytes() {
                if !byte.is_ascii_punctuation() {
                    return Err(Error::at(&e.place, "needs lists ASCII marks such as / @ #"));
                }
                needs |= 1 << byte;
            }
            b.shapes.push(ShapeInfo {
                id: e.id.as_str().into(),
                reason: e.reason,
                needs: if e.needs.is_empty() { u128::MAX } else { needs },
                pattern: e.pattern.as_str().into(),
                regex: once_cell::sync::OnceCell::new(),
            });
        }
        b.numerals(&pack)?;
        b.finish()
    }
}

/// An index of a list that no pack makes longer than this.
fn index(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// A meaning in the making: the first word, the further ones of a phrase, the place of the entry.
type Claim = (WordId, Meaning, Vec<Part>, String);

#[derive(Default)]
struct Builder {
    ids: BTreeMap<Vec<u8>, u32>,
    meanings: Vec<Claim>,
    endings: Vec<(Box<[u8]>, Tags)>,
    units: Vec<UnitInfo>,
    shared: Vec<Shared>,
    shared_by_word: BTreeMap<String, u16>,
    hedges: Vec<HedgeInfo>,
    multiples: Vec<(i128, i128, crate::model::QuantityType)>,
    identifiers: Vec<IdentifierInfo>,
    shapes: Vec<ShapeInfo>,
    times: Vec<TimeWord>,
    feasts: Vec<Feast>,
    fiscals: Vec<(i8, i8)>,
    numerals: Numerals,
    scratch: Vec<Token>,
}

impl Builder {
    fn unit(&mut self, code: &str, kind: Option<UnitKind>, ambiguous: bool, assumed: bool) -> UnitId {
        self.units.push(UnitInfo { code: code.into(), kind, ambiguous, assumed });
        UnitId(index(self.units.len() - 1))
    }

    /// The unit of so many units of time, in UCUM.
    fn time_unit(&mut self, grain: Grain, count: u8) -> UnitId {
        let (one, code) = match grain {
            Grain::Second => (1, "s"),
            Grain::Minute => (1, "min"),
            Grain::Hour => (1, "h"),
            Grain::Night | Grain::Day | Grain::Workday => (1, "d"),
            Grain::Weekend | Grain::Week => (1, "wk"),
            Grain::Month => (1, "mo"),
            Grain::Quarter => (3, "mo"),
            Grain::Third => (4, "mo"),
            Grain::Half => (6, "mo"),
            Grain::Year => (1, "a"),
            Grain::Decade => (10, "a"),
            Grain::Century => (100, "a"),
            Grain::Millennium => (1000, "a"),
        };
        let number = one * u32::from(count);
        let code = if number == 1 { code.to_owned() } else { format!("{number}.{code}") };
        match self.units.iter().position(|u| *u.code == *code) {
            Some(at) => UnitId(index(at)),
            None => self.unit(&code, Some(UnitKind::Time), false, false),
        }
    }

    /// A word of time; units of time are also what rates are taken over and ages are counted in.
    fn time(&mut self, e: &Entry<Time>) -> Result<()> {
        let feasts = &mut self.feasts;
        let word = TimeWord::parse(&e.means, |feast| {
            feasts.push(feast);
            index(feasts.len() - 1)
        })
        .map_err(|message| Error::at(&e.place, message))?;
        let payload = Payload::Time(index(self.times.len()));
        self.times.push(word);
        let mut tags = if word.leads() { Tags::LEAD } else { Tags::CALENDAR };
        match word {
            TimeWord::Month(..) => tags = tags.with(Tags::MONTH),
            TimeWord::Clock => tags = tags.with(Tags::CLOCK),
            TimeWord::Split(_) => {
                let unit = Payload::Unit(self.time_unit(Grain::Second, 1));
                self.words(&e.forms, Tags::TIME, unit, &e.place)?;
            }
            TimeWord::Unit { grain, count, .. } => {
                let unit = Payload::Unit(self.time_unit(grain, count));
                self.words(&e.forms, Tags::TIME, unit, &e.place)?;
                self.exact(&e.symbols, Tags::TIME, unit, &e.place)?;
            }
            _ => {}
        }
        if word == TimeWord::Head {
            return Ok(());
        }
        self.words(&e.forms, tags, payload, &e.place)?;
        self.exact(&e.symbols, tags, payload, &e.place)
    }

    /// Every day and month with every head in one word: *Mittwochausgabe*, *Dezemberumsatz*.
    fn names_and_heads(&mut self, entries: &[Entry<Time>]) -> Result<()> {
        let parse = |e: &Entry<Time>| TimeWord::parse(&e.means, |_| 0);
        for name in entries {
            let (month, number) = match parse(name) {
                Ok(TimeWord::Month(n, false)) => (true, n),
                Ok(TimeWord::Weekday(n, false)) => (false, n),
                _ => continue,
            };
            for head in entries.iter().filter(|e| parse(e) == Ok(TimeWord::Head)) {
                for name in name.forms.iter().filter_map(|f| f.split('|').next()) {
                    let len = u8::try_from(folded(name).len()).unwrap_or(u8::MAX);
                    let payload = Payload::Time(index(self.times.len()));
                    self.times.push(TimeWord::Inside { month, number, len });
                    for form in head.forms.iter().flat_map(|f| forms(f)) {
                        self.add(&format!("{name}{form}"), Tags::CALENDAR, payload, false, &head.place)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Every weekday with every part of the day in one word: *Montagabend*.
    fn days_and_parts(&mut self, entries: &[Entry<Time>]) -> Result<()> {
        let parse = |e: &Entry<Time>| TimeWord::parse(&e.means, |_| 0);
        for day in entries {
            let Ok(TimeWord::Weekday(weekday, false)) = parse(day) else { continue };
            for part in entries {
                let Ok(TimeWord::DayPart(daypart, None)) = parse(part) else { continue };
                let payload = Payload::Time(index(self.times.len()));
                self.times.push(TimeWord::WeekdayPart(weekday, daypart));
                for name in day.forms.iter().filter_map(|f| f.split('|').next()) {
                    for form in part.forms.iter().flat_map(|f| forms(f)).filter(|f| !f.contains(' ')) {
                        self.add(&format!("{name}{form}"), Tags::CALENDAR, payload, false, &part.place)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn currency(&mut self, e: &Entry<Currency>) -> Result<()> {
        let id = self.unit(&e.id, None, false, e.assumed);
        self.words(&e.forms, Tags::UNIT, Payload::Unit(id), &e.place)?;
        self.exact(&e.symbols, Tags::UNIT.with(Tags::UNIT_BEFORE), Payload::Unit(id), &e.place)?;
        self.share(&e.words, id, e.default, None, &e.place)?;
        self.share(&e.subunit, id, e.subunit_default, e.subunit_value, &e.place)?;
        for stem in &e.adjectives {
            let notation = stem.strip_suffix('!').map_or_else(|| format!("{stem}|*"), str::to_owned);
            self.words(&[notation], Tags::CURRENCY_ADJECTIVE, Payload::Currency(id), &e.place)?;
        }
        self.words(&e.countries, Tags::COUNTRY, Payload::Currency(id), &e.place)
    }

    /// Words that several currencies may have: each form leads to the list of them.
    fn share(
        &mut self,
        words: &[String],
        id: UnitId,
        default: bool,
        factor: Option<Decimal>,
        place: &str,
    ) -> Result<()> {
        for form in words.iter().flat_map(|w| forms(w)) {
            let key = format!("{} {}", folded(&form), factor.map_or_else(String::new, |f| f.to_string()));
            let group = match self.shared_by_word.get(&key) {
                Some(group) => *group,
                None => {
                    let group = index(self.shared.len());
                    self.shared.push(Shared { factor, ..Shared::default() });
                    self.shared_by_word.insert(key, group);
                    self.add(&form, Tags::UNIT, Payload::Shared(group), false, place)?;
                    group
                }
            };
            let shared = &mut self.shared[usize::from(group)];
            if !shared.currencies.contains(&id) {
                shared.currencies.push(id);
            }
            if default {
                if shared.default.is_some_and(|other| other != id) {
                    return Err(Error::at(place, format!("'{form}' alone already means another currency")));
                }
                shared.default = Some(id);
            }
        }
        Ok(())
    }

    fn words(&mut self, notations: &[String], tags: Tags, payload: Payload, place: &str) -> Result<()> {
        for form in notations.iter().flat_map(|w| forms(w)) {
            match form.strip_prefix('-') {
                Some(ending) if !ending.is_empty() => self.endings.push((folded(ending).into_bytes().into(), tags)),
                _ => self.add(&form, tags, payload, false, place)?,
            }
        }
        Ok(())
    }

    fn exact(&mut self, symbols: &[String], tags: Tags, payload: Payload, place: &str) -> Result<()> {
        symbols.iter().try_for_each(|s| self.add(s, tags, payload, true, place))
    }

    fn add(&mut self, form: &str, tags: Tags, payload: Payload, exact: bool, place: &str) -> Result<()> {
        let mut tokens = std::mem::take(&mut self.scratch);
        split::tokens(form, &mut tokens);
        let mut parts = Vec::with_capacity(tokens.len());
        for t in &tokens {
            let key = match t.kind {
                TokenKind::Word => folded(t.text(form)),
                TokenKind::Number | TokenKind::Mark => t.text(form).to_owned(),
            };
            if key.len() > MAX_KEY {
                return Err(Error::at(place, format!("'{form}' has a word of more than {MAX_KEY} bytes")));
            }
            parts.push(Part { word: self.intern(key.into_bytes()), spaced: t.spaced() });
        }
        self.scratch = tokens;
        let Some(first) = parts.first().copied() else {
            return Err(Error::at(place, "an empty form"));
        };
        let exact = exact.then(|| Box::from(form));
        let rest = parts.split_off(1);
        let meaning = Meaning { tags, payload, rest: 0..0, exact };
        self.meanings.push((first.word, meaning, rest, place.to_owned()));
        Ok(())
    }

    fn intern(&mut self, key: Vec<u8>) -> WordId {
        let next = index_u32(self.ids.len() + 2);
        WordId(*self.ids.entry(key).or_insert(next))
    }

    fn numerals(&mut self, pack: &Pack) -> Result<()> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut words: Vec<(Box<[u8]>, Decimal, NumberRole)> = Vec::new();
        let mut ordinals: Vec<(Box<[u8]>, i128)> = Vec::new();
        for e in &pack.numbers {
            let whole = e.value.to_int();
            if e.role == NumberRole::Dozen {
                let Some(n) = whole.and_then(|n| i16::try_from(n).ok()) else {
                    return Err(Error::at(&e.place, "a dozen has a whole value"));
                };
                self.words(&e.forms, Tags::DOZEN, Payload::Dozen(n), &e.place)?;
                continue;
            }
            for form in e.forms.iter().flat_map(|f| forms(f)) {
                let key = folded(&form).into_bytes();
                if words.iter().any(|(w, v, _)| **w == *key && *v != e.value) {
                    return Err(Error::at(&e.place, format!("'{form}' is already another number")));
                }
                words.push((folded(&form).into_bytes().into(), e.value, e.role));
            }
            for stem in &e.stem {
                let text = folded(stem).into_bytes().into();
                pieces.push(Piece { text, value: whole.unwrap_or(1), role: e.role });
            }
            for stem in &e.ordinal {
                ordinals.push((folded(stem).into_bytes().into(), whole.unwrap_or(0)));
            }
        }
        let mut scales: Vec<(Box<[u8]>, i16)> = Vec::new();
        for e in &pack.scales {
            scales.extend(e.compound.iter().map(|c| (folded(c).into_bytes().into(), e.power)));
        }
        let first = |t: &[u8]| t.first().copied().unwrap_or(0);
        pieces.sort_by(|a, b| first(&a.text).cmp(&first(&b.text)).then(b.text.len().cmp(&a.text.len())));
        ordinals.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        scales.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let by_first = ranges(pieces.iter().map(|p| first(&p.text)));
        let words_by_first = ranges(words.iter().map(|w| first(&w.0)));
        let mut gate = vec![0u64; 26 * 26 * 26 / 64 + 1];
        let starts = (pieces.iter().map(|p| &p.text))
            .chain(words.iter().map(|w| &w.0))
            .chain(ordinals.iter().map(|o| &o.0))
            .chain(scales.iter().map(|s| &s.0));
        let multiplied: Vec<Box<[u8]>> = pieces.iter().map(|p| [b"ver", &*p.text].concat().into()).collect();
        let other: [Box<[u8]>; 1] = [b"viertel"[..].into()];
        for text in starts.chain(&multiplied).chain(&other) {
            if let Some(bit) = super::numerals::gate_bit(text) {
                gate[bit / 64] |= 1 << (bit % 64);
            }
        }
        self.numerals = Numerals { pieces, by_first, ordinals, words, words_by_first, gate, scales };
        Ok(())
    }

    /// A form means one thing of a kind: one unit, one scale, one hedge.
    fn check_claims(&self) -> Result<()> {
        // Sorted by word, so that the meanings of one stand together.
        for group in self.meanings.chunk_by(|a, b| a.0 == b.0) {
            for (n, (word, m, rest, place)) in group.iter().enumerate() {
                let claims = |(_, o, r, _): &&Claim| {
                    o.tags.has(m.tags) && r == rest && o.exact == m.exact && self.rivals(o.payload, m.payload)
                };
                let Some((.., other)) = group[..n].iter().find(claims) else { continue };
                let key = self.ids.iter().find(|(_, id)| **id == word.0).map_or(&b""[..], |(k, _)| k);
                let form = m.exact.as_deref().map_or_else(|| String::from_utf8_lossy(key).into_owned(), str::to_owned);
                // The later of the two is the one to change, and that is the user's.
                let (place, other) = if place.starts_with("src/german/") { (other, place) } else { (place, other) };
                let message = format!("a form beginning with '{form}' is claimed by the entry at {other} too");
                return Err(Error::at(place, message));
            }
        }
        Ok(())
    }

    /// Whether two meanings of one form contradict each other.
    fn rivals(&self, a: Payload, b: Payload) -> bool {
        match (a, b) {
            (Payload::Unit(a), Payload::Unit(b)) => a != b,
            (Payload::Unit(u), Payload::Shared(s)) | (Payload::Shared(s), Payload::Unit(u)) => {
                !self.shared[usize::from(s)].currencies.contains(&u)
            }
            (Payload::Scale(a), Payload::Scale(b)) => a != b,
            // "Morgen" is a part of the day and the next day; but no word is two months.
            (Payload::Time(a), Payload::Time(b)) => {
                let kind = |i: u16| std::mem::discriminant(&self.times[usize::from(i)]);
                a != b && kind(a) == kind(b)
            }
            (Payload::Hedge(a), Payload::Hedge(b)) | (Payload::Multiple(a), Payload::Multiple(b)) => a != b,
            _ => false,
        }
    }

    fn finish(mut self) -> Result<Lexicon> {
        // Words in the order of their ids; 0 and 1 are no words.
        let mut by_id: Vec<&[u8]> = vec![b""; self.ids.len() + 2];
        for (key, id) in &self.ids {
            by_id[*id as usize] = key;
        }
        let (mut keys, mut key_at) = (Vec::new(), Vec::new());
        for key in &by_id {
            key_at.push(index_u32(keys.len()));
            keys.extend_from_slice(key);
        }
        key_at.push(index_u32(keys.len()));
        // Phrases longest first, then exact spellings, then in the order of the packs.
        self.meanings.sort_by(|(a, ma, ra, _), (b, mb, rb, _)| {
            let exact_first = mb.exact.is_some().cmp(&ma.exact.is_some());
            a.cmp(b).then(rb.len().cmp(&ra.len())).then(exact_first)
        });
        self.check_claims()?;
        let mut words = vec![WordInfo::default(); by_id.len()];
        let mut word_tags = vec![(Tags::NONE, Tags::NONE); by_id.len()];
        // A phrase of time is promised by its last word: "zur Zeit", not every "zur".
        let mut promises = vec![false; by_id.len()];
        let mut hedges = vec![false; by_id.len()];
        let mut time_kinds = vec![Kinds::NONE; by_id.len()];
        let (mut meanings, mut parts) = (Vec::new(), Vec::new());
        for (word, mut meaning, rest, _) in self.meanings {
            let info = &mut words[word.0 as usize];
            let (tags, all_tags) = &mut word_tags[word.0 as usize];
            let at = index_u32(meanings.len());
            if info.meanings.is_empty() {
                info.meanings.start = at;
            }
            info.meanings.end = at + 1;
            *all_tags = all_tags.with(meaning.tags);
            if rest.is_empty() {
                *tags = tags.with(meaning.tags);
            }
            if meaning.tags.has(Tags::HEDGE) {
                hedges[rest.last().map_or(word, |part| part.word).0 as usize] = true;
            }
            if let Payload::Time(at) = meaning.payload {
                let kinds = &mut time_kinds[word.0 as usize];
                *kinds = kinds.or(self.times[usize::from(at)].kind());
                let last = rest.last().map_or(word, |part| part.word);
                promises[last.0 as usize] |= meaning.tags.has(Tags::CALENDAR);
            }
            if let Payload::Shared(s) = meaning.payload
                && let shared = &self.shared[usize::from(s)]
                && shared.default.is_none()
                && shared.currencies.len() > 1
            {
                *tags = tags.with(Tags::VARYING);
            }
            meaning.rest = index_u32(parts.len())..index_u32(parts.len() + rest.len());
            parts.extend(rest);
            meanings.push(meaning);
        }
        for (info, key) in words.iter_mut().zip(&by_id) {
            info.numeral = self.numerals.word(key).is_some();
        }
        words[WordId::NUMERAL.0 as usize].numeral = true;
        self.endings.sort_by(|(a, _), (b, _)| a.last().cmp(&b.last()).then(a.cmp(b)));
        let hints = (0..words.len())
            .map(|i| super::Hint::of(word_tags[i].0, word_tags[i].1, words[i].numeral, promises[i], hedges[i]))
            .collect();
        let mut marks = vec![WordId::NONE; 128];
        for (key, id) in &self.ids {
            if let [b] = key[..]
                && b.is_ascii_punctuation()
            {
                marks[usize::from(b)] = WordId(*id);
            }
        }
        let lexicon = Lexicon {
            hints,
            keys,
            key_at,
            word_tags,
            words,
            meanings,
            parts,
            marks,
            endings: self.endings,
            units: self.units,
            shared: self.shared,
            hedges: self.hedges,
            multiples: self.multiples,
            identifiers: self.identifiers,
            numerals: self.numerals,
            times: self.times,
            time_kinds,
            feasts: self.feasts,
            fiscals: self.fiscals,
            shapes: self.shapes,
            index: Index::default(),
        };
        Ok(lexicon.indexed())
    }
}

/// Where the items of each first byte begin and end, in a list sorted by it.
fn ranges(firsts: impl Iterator<Item = u8>) -> Vec<(u16, u16)> {
    let mut ranges = vec![(0, 0); 256];
    for (i, first) in firsts.enumerate() {
        let range: &mut (u16, u16) = &mut ranges[usize::from(first)];
        if range.1 == 0 {
            range.0 = index(i);
        }
        range.1 = index(i + 1);
    }
    ranges
}

fn index_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
