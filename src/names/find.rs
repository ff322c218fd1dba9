//! Evidence joined: what the tagger says, what lists are sure of, what the document said elsewhere.

use super::class::Class;
use super::marks::Marks;
use super::pattern;
use super::scene::{Phrase, Scene};
use super::table::{self, Table};
use super::tagger::{NONE, first_of, key_of, meaning};
use super::word::{Shape, Word};
use crate::lexicon::fold;
use crate::model::{EntityType, Sentence, Span, Token, TokenKind};

/// The rules in the order in which they are tried, for `explain`.
pub(crate) const RULES: &[&str] = &[
    "name-index",
    "name-platform",
    "name-listed-product",
    "name-agency",
    "name-listed-body",
    "name-with-seat",
    "name-before-role",
    "name-behind-head",
    "name-legal-form",
    "name-joined",
    "name-behind-role",
    "name-double",
    "name-tagger",
    "name-of-document",
    "name-user",
    "name-inside-word",
];

/// A name and its tokens.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Found {
    /// Its first token.
    pub(crate) first: usize,
    /// One past its last.
    pub(crate) last: usize,
    /// Where it stands; less than its tokens where it is a part of a word.
    pub(crate) span: Span,
    pub(crate) sentence: u32,
    pub(crate) kind: EntityType,
    /// The thing in the user's table, from 1; 0 for none.
    pub(crate) user: u32,
    pub(crate) rule: &'static str,
}

/// Turns labels into names; `out` is emptied first.
pub(crate) fn run(
    scene: &mut Scene,
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    table: &Table,
    user: Option<&Table>,
    out: &mut Vec<Found>,
) {
    out.clear();
    sure(scene, tokens);
    for s in sentences {
        pattern::run(scene, tokens, *s);
    }
    agree(scene, tokens);
    remember(scene, tokens);
    scene.user.clear();
    if let Some(user) = user {
        for s in sentences {
            of_user(scene, text, tokens, *s, user);
        }
    }
    let mut next = 0;
    for (number, s) in (0u32..).zip(sentences) {
        let mut i = s.first as usize;
        let end = s.last as usize;
        while i < end {
            if let Some(phrase) = scene.user.get(next).copied().filter(|p| p.first as usize == i) {
                let last = phrase.last as usize;
                next += 1;
                if let Some((kind, _)) = meaning(scene.labels[i]) {
                    let span = Span::new(tokens[i].start, tokens[last - 1].end);
                    let user = phrase.entry.thing;
                    out.push(Found { first: i, last, span, sentence: number, kind, user, rule: "name-user" });
                }
                i = last;
                continue;
            }
            let Some((kind, _)) = meaning(scene.labels[i]) else {
                if let Some((span, kind)) = inside(scene, tokens, i, text, table) {
                    let rule = "name-inside-word";
                    out.push(Found { first: i, last: i + 1, span, sentence: number, kind, user: 0, rule });
                }
                i += 1;
                continue;
            };
            let mut last = i + 1;
            while last < end && scene.labels[last] == first_of(kind) + 1 {
                last += 1;
            }
            let rule = scene.rules[i].unwrap_or("name-tagger");
            // "Nikkei-Index" is the Nikkei.
            let headed = kind == EntityType::Index && last - i > 2 && scene.word(last - 1).key == INDEX;
            let tail = if headed && tokens[last - 2].is('-') { 2 } else { 0 };
            let (first, past) = trimmed(tokens, i, last - tail);
            // "US-amerikanisch" is an adjective.
            let adjective = tokens.get(past).is_some_and(|t| t.is('-') && !t.spaced())
                && tokens.get(past + 1).is_some_and(|t| t.kind == TokenKind::Word && !t.capital())
                && scene.word(past + 1).class.has(Class::DEMONYM);
            if first < past && !adjective {
                let span = Span::new(tokens[first].start, tokens[past - 1].end);
                out.push(Found { first, last: past, span, sentence: number, kind, user: 0, rule });
            }
            i = last;
        }
    }
}

/// Without marks at the ends that belong to no name.
fn trimmed(tokens: &[Token], mut first: usize, mut last: usize) -> (usize, usize) {
    let mark = |t: &Token| t.kind == TokenKind::Mark && !t.is('.') && !t.is('!') && !t.is('+');
    while first < last && tokens[first].kind == TokenKind::Mark {
        first += 1;
    }
    while first < last && mark(&tokens[last - 1]) {
        last -= 1;
    }
    (first, last)
}

const INDEX: u64 = key_of(b"index");

/// What else a listed product may be.
const UNSURE: Class =
    Class(Class::HINT.0 | Class::NOUN.0 | Class::OPENER.0 | Class::DEMONYM.0 | Class::GIVEN.0 | Class::SURNAME.0);

/// Names of which the lists are sure: stock indices, and products where nothing else is seen.
fn sure(scene: &mut Scene, tokens: &[Token]) {
    for p in 0..scene.phrases.len() {
        let Phrase { first, last, entry } = scene.phrases[p];
        let (first, last) = (first as usize, last as usize);
        let (kind, rule) = match () {
            () if entry.class.has(Class::INDEX) && !entry.class.has(Class::HINT) => (EntityType::Index, "name-index"),
            // A platform is a product, and the company where a hyphen makes it one: *Facebook*, *Facebook-Konzern*.
            () if last == first + 1
                && entry.class.0 & Class::THINGS.0 == Class::PRODUCT.0
                && !entry.class.has(UNSURE)
                && scene.labels[first] == first_of(EntityType::Organization)
                && !acts(scene, tokens, last) =>
            {
                (EntityType::Product, "name-platform")
            }
            // *dpa*, *ots*: news agencies are written small.
            () if entry.class.has(Class::MEDIA)
                && entry.class.has(Class::SMALL)
                && !entry.class.has(Class::HINT)
                && !tokens[first].capital()
                && (scene.labels[first] == NONE || cut_off(scene, tokens, first, last)) =>
            {
                let mut rest = last;
                while scene.labels.get(rest).is_some_and(|l| meaning(*l).is_some_and(|(_, begins)| !begins)) {
                    scene.labels[rest] = NONE;
                    rest += 1;
                }
                set(scene, first, last, EntityType::Organization, "name-agency");
                continue;
            }
            // Nothing else is called so, and the tagger sees no name.
            () if entry.class.0 & Class::THINGS.0 == Class::PRODUCT.0
                && !entry.class.has(UNSURE)
                && (first..last).all(|i| scene.labels[i] == NONE) =>
            {
                let kind = if acts(scene, tokens, last) { EntityType::Organization } else { EntityType::Product };
                (kind, "name-listed-product")
            }
            () => continue,
        };
        // Part of a longer name of another kind: "Dow Jones & Company".
        let longer = |i: usize| {
            meaning(scene.labels[i]).is_some_and(|(k, begins)| k != kind && !begins)
                || scene.labels.get(last).is_some_and(|l| meaning(*l).is_some_and(|(k, begins)| k != kind && !begins))
        };
        if kind == EntityType::Index && longer(first)
            || !tokens[first].capital() && tokens[first].kind == TokenKind::Word
        {
            continue;
        }
        set(scene, first, last, kind, rule);
    }
}

/// Whether a name goes on behind a word with which it began, though only a blank stands between: *dpa Sie lesen*.
fn cut_off(scene: &Scene, tokens: &[Token], first: usize, last: usize) -> bool {
    let begins = meaning(scene.labels[first]).is_some_and(|(_, begins)| begins);
    let goes_on = scene.labels.get(last).is_some_and(|l| meaning(*l).is_some_and(|(_, begins)| !begins));
    begins && goes_on && tokens[last].kind == TokenKind::Word && tokens[last].spaced()
}

/// Whether what is joined to a name by a hyphen says that it is a company: *-Chef*, *-Konzern*, *-Aktie*.
fn acts(scene: &Scene, tokens: &[Token], last: usize) -> bool {
    let joined = tokens.get(last).is_some_and(|t| t.is('-')) && tokens.get(last + 1).is_some_and(Token::capital);
    joined && {
        let word = scene.word(last + 1);
        let class = word.class.joined(word.tail);
        class.has(Class(Class::ROLE.0 | Class::HEAD_ORGANIZATION.0)) && word.key != key_of(b"nachfolger")
            || word.key == key_of(b"aktie")
            || word.key == key_of(b"aktien")
    }
}

pub(super) fn set(scene: &mut Scene, first: usize, last: usize, kind: EntityType, rule: &'static str) {
    for i in first..last {
        scene.labels[i] = first_of(kind) + u8::from(i > first);
        scene.rules[i] = Some(rule);
    }
    // What is left of a name behind begins anew.
    if let Some(label) = scene.labels.get_mut(last)
        && let Some((_, false)) = meaning(*label)
    {
        *label -= 1;
    }
}

/// *der Maschinenbauer **Terano*** and *Terano AG* say what *Terano* is wherever else it stands and was taken for a person.
fn agree(scene: &mut Scene, tokens: &[Token]) {
    let person = first_of(EntityType::Person);
    const CALLED: Class = Class(Class::GIVEN.0 | Class::SURNAME.0 | Class::HEAD_PERSON.0);
    let alone = |scene: &Scene, i: usize| {
        scene.labels[i] == person && scene.labels.get(i + 1).is_none_or(|next| *next != person + 1)
    };
    let company = |scene: &Scene, i: usize| {
        let marks = |at: Option<usize>| at.and_then(|at| scene.marks.get(at)).copied().unwrap_or_default();
        let headed =
            tokens[i].spaced() && marks(i.checked_sub(1)).has(Marks::HEAD_ORGANIZATION) && scene.base(i).bare();
        headed || marks(Some(i + 1)).has(Marks::LEGAL_FORM)
    };
    let mut known: Vec<usize> = Vec::new();
    for n in 0..scene.opened.len() {
        let i = scene.opened[n] as usize;
        if scene.marks[i].has(Marks::CAPITAL) && !scene.word(i).class.has(CALLED) && company(scene, i) {
            known.push(scene.base(i).number());
        }
    }
    if known.is_empty() {
        return;
    }
    known.sort_unstable();
    for n in 0..scene.opened.len() {
        let i = scene.opened[n] as usize;
        if alone(scene, i) && known.binary_search(&scene.base(i).number()).is_ok() && !scene.person(i) {
            set(scene, i, i + 1, EntityType::Organization, "name-behind-head");
        }
    }
}

/// A name once found is found again: a surname alone, an organisation by its first word.
fn remember(scene: &mut Scene, tokens: &[Token]) {
    let mut known: Vec<(usize, EntityType, u32)> = Vec::new();
    // By the lowest bits of a base: most words are none of them.
    let mut some = [false; 256];
    let mut i = 0;
    while i < tokens.len() {
        let Some((kind, _)) = meaning(scene.labels[i]) else {
            i += 1;
            continue;
        };
        let mut last = i + 1;
        while last < tokens.len() && scene.labels[last] == first_of(kind) + 1 {
            last += 1;
        }
        let tell = match kind {
            EntityType::Person => Some(last - 1),
            _ if last == i + 1 => Some(i),
            _ => None,
        };
        if let Some(at) = tell.filter(|at| tokens[*at].kind == TokenKind::Word && tokens[*at].capital()) {
            let base = scene.base(at).number();
            some[base % some.len()] = true;
            known.push((base, kind, 1));
        }
        i = last;
    }
    known.sort_by_key(|(key, kind, _)| (*key, *kind));
    known.dedup_by(|a, b| {
        let same = (a.0, a.1) == (b.0, b.1);
        if same {
            b.2 += a.2;
        }
        same
    });
    for i in 0..tokens.len() {
        if scene.labels[i] != NONE || !scene.marks[i].has(Marks::RECALLED) {
            continue;
        }
        let base = scene.base(i).number();
        if !some[base % some.len()] {
            continue;
        }
        let from = known.partition_point(|k| k.0 < base);
        let best = known[from..].iter().take_while(|k| k.0 == base).max_by_key(|k| (k.2, std::cmp::Reverse(k.1)));
        if let Some((_, kind, _)) = best {
            let kind = *kind;
            scene.labels[i] = first_of(kind);
            scene.rules[i] = Some("name-of-document");
        }
    }
}

/// The names of the user's table, whatever was found there.
fn of_user(scene: &mut Scene, text: &str, tokens: &[Token], sentence: Sentence, user: &Table) {
    let (mut i, end) = (sentence.first as usize, sentence.last as usize);
    while i < end {
        let phrase =
            if scene.marks[i].has(Marks::USER) { user_phrase(scene, text, tokens, i, end, user) } else { None };
        let Some(mut phrase) = phrase else {
            i += 1;
            continue;
        };
        if let Some(kind) = user.thing(phrase.entry.thing).map(|t| t.kind) {
            phrase.last = claim(scene, tokens, i, phrase.last as usize, end, kind) as u32;
            scene.user.push(phrase);
        }
        i = phrase.last as usize;
    }
}

/// The longest form of the user's that begins with a token.
fn user_phrase(scene: &Scene, text: &str, tokens: &[Token], i: usize, end: usize, user: &Table) -> Option<Phrase> {
    let (mut state, mut longest) = (0, None);
    for j in i..end {
        if j > i && tokens[j].flags & Token::GAP != 0 {
            break;
        }
        if j > i && scene.marks[j].has(Marks::HYPHEN) {
            continue;
        }
        let word = scene.word(j);
        let surface = &text[tokens[i].start as usize..tokens[j].end as usize];
        let whole = user.find(table::ending(state, word.key));
        let found = if whole.thing != 0 && fits(whole.class, surface) {
            Some(whole)
        } else if word.genitive != 0 {
            let bare = user.find(table::ending(state, word.genitive));
            // "BMWs" and "MÜNCHENS", but "BMWS" is another name.
            let other = word.shape == Shape::Upper && !bare.class.has(Class::CAPITAL);
            let cut = surface.strip_suffix(['s', 'S']).filter(|_| bare.thing != 0 && !other);
            cut.filter(|cut| fits(bare.class, cut)).map(|_| bare)
        } else {
            None
        };
        if let Some(entry) = found {
            longest = Some(Phrase { first: i as u32, last: j as u32 + 1, entry });
        }
        state = table::beginning(state, word.stem);
        if !user.find(state).class.has(Class::CONTINUES) {
            break;
        }
    }
    longest
}

/// Whether a form of this case may be written so: up to three capitals want capitals.
fn fits(class: Class, surface: &str) -> bool {
    let mut letters = surface.chars().filter(|c| c.is_alphabetic());
    let (upper, len) = (letters.clone().all(char::is_uppercase), letters.clone().count());
    class.fits(letters.next().is_some_and(char::is_uppercase), upper, len)
}

/// Labels a name of the user's over what was there; one past its last token, with its legal form.
///
/// What is left of a longer name is none, such as *Münchner* of *Münchner Merkur* where *Merkur* is the user's.
fn claim(scene: &mut Scene, tokens: &[Token], first: usize, mut last: usize, end: usize, kind: EntityType) -> usize {
    const COMPANY: [u64; 2] = [key_of(b"co"), key_of(b"cie")];
    let goes_on = |scene: &Scene, i: usize| i < end && meaning(scene.labels[i]).is_some_and(|(_, begins)| !begins);
    let mut begin = first;
    while begin > 0 && goes_on(scene, begin) {
        begin -= 1;
    }
    scene.labels[begin..first].fill(NONE);
    let form = last;
    let mut i = last;
    while kind == EntityType::Organization && goes_on(scene, i) {
        // "GmbH & Co. KG"
        let legal = scene.marks[i].has(Marks::LEGAL_FORM);
        if legal || i > form && (tokens[i].is('.') || COMPANY.contains(&scene.word(i).key)) {
            last = i + 1;
        } else if i == form || !scene.marks[i].has(Marks::SIGN) {
            break;
        }
        i += 1;
    }
    i = last;
    while goes_on(scene, i) {
        scene.labels[i] = NONE;
        i += 1;
    }
    set(scene, first, last, kind, "name-user");
    last
}

/// ***Bundestag**swahl*, ***Brenner**grenze*: a listed name at the beginning of a compound.
fn inside(scene: &mut Scene, tokens: &[Token], i: usize, text: &str, table: &Table) -> Option<(Span, EntityType)> {
    if !scene.marks[i].has(Marks::LONG) {
        return None;
    }
    let token = &tokens[i];
    let surface = token.text(text);
    let cut = scene.cache.compound(scene.index[i], |word, key| {
        fold(surface, key, usize::MAX);
        name_in_front(word, key, table)
    })?;
    let mut key = Vec::new();
    // As many letters of the text as fold to the name.
    let end = surface.char_indices().map(|(at, c)| at + c.len_utf8()).find(|end| {
        fold(&surface[..*end], &mut key, usize::MAX);
        key.len() >= usize::from(cut)
    })?;
    let entry = table.get(table::ending(0, table::hash(&key)));
    let kind = table.kind(entry.thing)?;
    Some((Span::new(token.start, token.start + end as u32), kind))
}

/// How many bytes of a folded word are a listed name, with a noun behind.
fn name_in_front(word: &Word, key: &[u8], table: &Table) -> Option<u8> {
    const SURE: Class = Class(Class::BODY.0 | Class::PARTY.0 | Class::LAND.0 | Class::SITE.0 | Class::COMPANY.0);
    const KNOWN: Class =
        Class(Class::DEMONYM.0 | Class::OPENER.0 | Class::ROLE.0 | Class::GIVEN.0 | Class::SURNAME.0 | Class::THINGS.0);
    if word.tail.0 == 0 && !word.class.has(Class::NOUN) || word.class.has(KNOWN) {
        return None;
    }
    let listed = |part: &[u8]| table.find(table::ending(0, table::hash(part))).class;
    // The longest name decides; four letters of the rest at least.
    (4..key.len().min(60).saturating_sub(3)).rev().find_map(|cut| {
        let class = listed(&key[..cut]);
        let short = cut < 5 && !class.has(Class::LAND);
        if !class.has(SURE) || class.has(Class::UPPER) || short {
            return None;
        }
        let head = match () {
            () if class.has(Class(Class::BODY.0 | Class::PARTY.0)) && !class.has(Class::HINT) => Class::NOUN,
            // "Europameister" is a word of its own.
            () if word.class.has(Class::NOUN) => return None,
            // "Brenner|grenze", but "Brenner|dichtung"
            () if !class.has(Class(Class::HINT.0 | Class::NOUN.0)) => Class::NOUN,
            () if class.has(Class(Class::COMPANY.0 | Class::BODY.0 | Class::PARTY.0)) => return None,
            () => Class::HEAD_LOCATION,
        };
        let noun = |rest: &[u8]| rest.len() >= 4 && listed(rest).has(head);
        let rest = &key[cut..];
        (noun(rest) || rest.strip_prefix(b"s").is_some_and(noun)).then_some(cut as u8)
    })
}
