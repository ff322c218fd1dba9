//! Names of one thing tied together: one number, one citation form, and what the lists say of it.

use super::class::Class;
use super::find::Found;
use super::scene::Scene;
use super::table::{self, Table, mix};
use super::tagger::key_of;
use super::word::Shape;
use crate::model::{Entity, EntityType, Span, Thing, Token, TokenKind};
use std::collections::HashMap;

/// A thing while its mentions are gathered.
#[derive(Debug)]
struct Draft {
    kind: EntityType,
    /// The thing in the table, if one is listed.
    listed: u32,
    /// The thing in the user's table; 0 for none.
    user: u32,
    /// The mention that names it most fully.
    fullest: usize,
    /// How many words that has.
    words: usize,
    /// Another draft that turned out to be the same thing, else its own number.
    is: usize,
}

/// Things by the hash of a form. It is never walked through, so its order does not matter.
type Known = HashMap<u64, usize, foldhash::fast::FixedState>;

/// Buffers that live from document to document.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    drafts: Vec<Draft>,
    /// The draft of each mention.
    of: Vec<u32>,
    /// The thing of each form so far, the latest counts; and of each part at its beginning or end.
    whole: Known,
    parts: Known,
    form: Vec<u64>,
}

/// Ties the names of a document together.
#[expect(clippy::too_many_arguments, reason = "the stage's inputs and its outputs, side by side")]
pub(crate) fn run(
    scene: &Scene,
    ties: &mut Ties,
    found: &[Found],
    text: &str,
    tokens: &[Token],
    table: &Table,
    user: Option<&Table>,
    entities: &mut Vec<Entity>,
    things: &mut Vec<Thing>,
) {
    entities.clear();
    things.clear();
    let Ties { drafts, of, whole, parts, form } = ties;
    drafts.clear();
    of.clear();
    whole.clear();
    parts.clear();
    for (n, f) in found.iter().enumerate() {
        words(scene, f, tokens, table, text, form);
        let kind = f.kind as u64;
        let full = key(kind, form);
        // Of a thing of the user's only the user's table tells.
        let listed = if f.user == 0 { listed(scene, f, form, tokens, table) } else { 0 };
        let of_user = mix(USER, u64::from(f.user));
        // A place is no short form of another: Frankfurt am Main, Frankfurt an der Oder.
        // Google is no short form of the user's Google-Mutter.
        let joined = f.user != 0 && tokens[f.first..f.last].iter().any(|t| t.is('-'));
        let short = f.kind != EntityType::Location && !joined;
        let apart = |at: &usize| listed != 0 && drafts[*at].listed != 0 && drafts[*at].listed != listed;
        let known = whole.get(&of_user).filter(|_| f.user != 0).copied();
        let known = known
            .or_else(|| whole.get(&full).copied())
            .or_else(|| whole.get(&mix(kind, u64::from(listed)).wrapping_add(1)).filter(|_| listed != 0).copied())
            // "Wincor" is Wincor Nixdorf, but an organisation of two words is rarely the short form of a longer one.
            .or_else(|| {
                let listed_apart = |at: &usize| listed != 0 && drafts[*at].listed == 0;
                let fits = f.kind != EntityType::Organization
                    || form.len() == 1 && !parts.get(&full).is_some_and(listed_apart);
                parts.get(&full).filter(|at| short && fits && !apart(at)).copied()
            })
            .or_else(|| {
                // What has a fuller form already is the short form of that one.
                let mut pieces = pieces(kind, form);
                let bare = |at: &&usize| drafts[**at].words == 1 || f.kind != EntityType::Organization;
                pieces.find_map(|piece| whole.get(&piece).filter(bare)).filter(|at| short && !apart(at)).copied()
            })
            .or_else(|| bracketed(found, n, tokens, text, of, f))
            .filter(|at| may_join(drafts, *at, f.user));
        let at = known.unwrap_or_else(|| {
            drafts.push(Draft { kind: f.kind, listed, user: 0, fullest: n, words: 0, is: drafts.len() });
            drafts.len() - 1
        });
        if f.user != 0 {
            // The same form was found before, and not known to be the user's.
            if let Some(same) = whole.get(&full).copied().filter(|same| may_join(drafts, *same, f.user)) {
                join(drafts, same, at);
            }
            let root = root(drafts, at);
            drafts[root].user = f.user;
            whole.insert(of_user, at);
        }
        let draft = &mut drafts[at];
        if draft.listed == 0 {
            draft.listed = listed;
        }
        // "Alphabet", later "der Google-Konzern Alphabet": only what contains the name is a fuller one.
        let fuller = known.is_none() || pieces(kind, form).any(|piece| whole.get(&piece) == Some(&at));
        if form.len() > draft.words && fuller {
            draft.fullest = n;
            draft.words = form.len();
        }
        whole.insert(full, at);
        if listed != 0 {
            whole.insert(mix(kind, u64::from(listed)).wrapping_add(1), at);
        }
        for piece in pieces(kind, form).filter(|_| !joined) {
            parts.insert(piece, at);
        }
        if let Some(other) = apposition(found, n, tokens, scene, of) {
            let this = root(drafts, at);
            let user = drafts[this].user;
            if may_join(drafts, other, user) {
                join(drafts, other, this);
            }
        }
        of.push(at as u32);
    }
    // Numbered by their first mentions.
    let mut number: Vec<Option<u32>> = vec![None; drafts.len()];
    let mut order: Vec<usize> = Vec::new();
    for at in of.iter_mut() {
        let root = root(drafts, *at as usize);
        let n = *number[root].get_or_insert_with(|| {
            order.push(root);
            order.len() as u32 - 1
        });
        *at = n;
    }
    for d in order.into_iter().map(|n| &drafts[n]) {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        if let Some(t) = user.and_then(|user| user.thing(d.user)) {
            things.push(Thing { name: t.name.to_owned(), subtype: some(t.subtype), link: some(t.link) });
            continue;
        }
        let listed = table.thing(d.listed).filter(|t| t.kind == d.kind);
        let f = &found[d.fullest];
        let name = citation(scene, f, tokens, table, text);
        let name = match listed {
            // "US" is the country.
            Some(t) if name == "US" || is_inflected(&name, t.name) => t.name.to_owned(),
            _ => name,
        };
        things.push(Thing {
            name,
            subtype: listed.and_then(|t| some(t.subtype)),
            link: listed.and_then(|t| some(t.link)),
        });
    }
    for (n, (f, thing)) in found.iter().zip(of.iter()).enumerate() {
        let (role, holder) = role(scene, f, n.checked_sub(1).map(|b| &found[b]), tokens);
        entities.push(Entity {
            span: f.span,
            sentence: f.sentence,
            kind: f.kind,
            thing: *thing,
            role,
            of: holder,
            rule: f.rule,
        });
    }
}

/// The draft that a draft turned out to be.
fn root(drafts: &mut [Draft], mut at: usize) -> usize {
    while drafts[at].is != at {
        // Every second step is shortened, so that chains stay short.
        drafts[at].is = drafts[drafts[at].is].is;
        at = drafts[at].is;
    }
    at
}

/// Whether a mention of a user's thing, or of none of the user's (0), may be one of a draft.
fn may_join(drafts: &mut [Draft], at: usize, user: u32) -> bool {
    let known = drafts[root(drafts, at)].user;
    user == 0 || known == 0 || known == user
}

/// One draft turns out to be another.
fn join(drafts: &mut [Draft], other: usize, this: usize) {
    let (other, this) = (root(drafts, other), root(drafts, this));
    drafts[other].is = this;
    if drafts[this].user == 0 {
        drafts[this].user = drafts[other].user;
    }
}

/// With this and its number a thing of the user's is known, as others are by the hash of a form.
const USER: u64 = 0x7573_6572;

/// The hash of some words of a name.
fn key(kind: u64, words: &[u64]) -> u64 {
    words.iter().fold(kind + 1, |state, word| mix(state, *word))
}

/// The parts by which a name may be cited: its last words, its first words. Six at most each.
fn pieces(kind: u64, form: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let n = form.len();
    let cuts = 1..n.min(7);
    cuts.flat_map(move |cut| [key(kind, &form[n - cut..]), key(kind, &form[..cut])])
}

/// The words of a name as hashes, the last without genitive *s*, without legal form.
fn words(scene: &Scene, f: &Found, tokens: &[Token], table: &Table, text: &str, form: &mut Vec<u64>) {
    form.clear();
    if f.span.end < tokens[f.last - 1].end {
        let mut key = Vec::new();
        crate::lexicon::fold(f.span.of(text), &mut key, usize::MAX);
        form.push(table::hash(&key));
        return;
    }
    for i in (f.first..f.last).filter(|i| tokens[*i].kind != TokenKind::Mark) {
        let word = scene.word(i);
        if word.class.has(Class::LEGAL_FORM) && !form.is_empty() {
            break;
        }
        form.push(if i + 1 == f.last { bare(scene, i, table) } else { word.key });
    }
}

/// The key of the last word of a name without a genitive *s*, where it has one.
fn bare(scene: &Scene, i: usize, table: &Table) -> u64 {
    let word = scene.word(i);
    if is_genitive(scene, i, table) { word.genitive } else { word.key }
}

/// Whether the *s* at the end is that of the genitive: *Elon Musks*, not *Siemens*.
fn is_genitive(scene: &Scene, i: usize, table: &Table) -> bool {
    let word = scene.word(i);
    if word.genitive == 0 || matches!(word.shape, Shape::Upper) {
        return false;
    }
    const NAMES: Class = Class(Class::THINGS.0 | Class::GIVEN.0 | Class::SURNAME.0);
    let whole = table.get(table::ending(0, word.key)).class;
    let without = table.get(table::ending(0, word.genitive)).class;
    // Both or neither is listed: the form without is in the text too.
    let in_text = || scene.stands_bare(i);
    match (whole.has(NAMES), without.has(NAMES)) {
        (true, false) => false,
        (false, true) => true,
        (true, true) => in_text() || whole.has(Class::RARE) && !without.has(Class::RARE),
        (false, false) => in_text(),
    }
}

/// The thing in the table that these words name.
fn listed(scene: &Scene, f: &Found, form: &[u64], tokens: &[Token], table: &Table) -> u32 {
    let whole = f.span.end == tokens[f.last - 1].end;
    let first = scene.word(f.first).class;
    // Nearly all that is unlisted is known by its first word.
    if whole && !first.has(if form.len() == 1 { Class::THINGS } else { Class::CONTINUES }) {
        return 0;
    }
    let mut state = 0;
    let mut words = (f.first..f.last).filter(|i| tokens[*i].kind != TokenKind::Mark);
    for (k, key) in form.iter().enumerate() {
        if k + 1 == form.len() {
            let word = scene.word(f.first);
            let thing = match k {
                0 if word.key == *key => word.thing,
                _ => table.get(table::ending(state, *key)).thing,
            };
            return if table.kind(thing) == Some(f.kind) { thing } else { 0 };
        }
        state = table::beginning(state, words.next().map_or(*key, |i| scene.word(i).stem));
    }
    0
}

/// *der Google-Konzern Alphabet*: the same thing.
fn apposition(found: &[Found], n: usize, tokens: &[Token], scene: &Scene, of: &[u32]) -> Option<usize> {
    const HEADS: [u64; 5] =
        [key_of(b"konzern"), key_of(b"konzerns"), key_of(b"gruppe"), key_of(b"nachfolger"), key_of(b"nachfolgers")];
    let before = n.checked_sub(1).map(|b| &found[b])?;
    let f = &found[n];
    let near = before.last + 2 == f.first && tokens[before.last].is('-') && before.kind == f.kind;
    (near && HEADS.contains(&scene.word(f.first - 1).key)).then(|| of[n - 1] as usize)
}

/// *Bundesverband der Industrie (BDI)*: the letters in brackets are the initials.
fn bracketed(found: &[Found], n: usize, tokens: &[Token], text: &str, of: &[u32], f: &Found) -> Option<usize> {
    let before = n.checked_sub(1).map(|b| &found[b])?;
    if before.kind != f.kind || before.last + 1 != f.first || !tokens[before.last].is('(') {
        return None;
    }
    let short = f.span.of(text);
    let upper = short.chars().filter(|c| c.is_uppercase()).count();
    let initial = short.chars().next().is_some_and(|c| before.span.of(text).starts_with(c));
    ((2..=6).contains(&upper) && initial || tokens.get(f.last).is_some_and(|t| t.is(')')) && upper >= 2)
        .then(|| of[n - 1] as usize)
}

/// The name as it is cited: no genitive *s*, blanks collapsed, no soft hyphens, capitals as usual.
fn citation(scene: &Scene, f: &Found, tokens: &[Token], table: &Table, text: &str) -> String {
    let surface = f.span.of(text);
    let whole = f.span.end == tokens[f.last - 1].end;
    let cut = whole && is_genitive(scene, f.last - 1, table);
    let surface = if cut { surface.strip_suffix(['s', '\'', '’']).unwrap_or(surface) } else { surface };
    // All below the first combining mark is in its normal form.
    let usual = |c: char| c.is_ascii_graphic() || c == ' ' || matches!(c, '\u{a1}'..='\u{2ff}') && c != '\u{ad}';
    let plain = surface.chars().all(usual) && !surface.contains("  ");
    let mut out = if plain { surface.to_owned() } else { normal(surface) };
    // "MÜNCHEN": a list knows how it is written.
    let loud = |i: usize| {
        let word = scene.word(i);
        word.shape == Shape::Upper
            && (word.class.has(Class::CAPITAL) && !word.class.has(Class::UPPER)
                || tokens[i].end - tokens[i].start > 5 && !word.class.has(Class::UPPER))
    };
    if (f.first..f.last).filter(|i| tokens[*i].kind == TokenKind::Word).all(loud) {
        out = ordinary(&out);
    }
    out
}

/// Whether a name is the cited one but for the endings of its adjectives: *Deutschen Bahn*, *Deutsche Bahn*.
fn is_inflected(name: &str, cited: &str) -> bool {
    let stem = |word: &str| word.trim_end_matches(['e', 'n', 'm', 'r', 's']).len();
    let (mut words, mut others) = (name.split(' '), cited.split(' '));
    let mut adjectives = 0;
    loop {
        match (words.next(), others.next()) {
            (None, None) => return adjectives > 0,
            (Some(word), Some(other)) if word == other => {}
            (Some(word), Some(other)) if word.ends_with("en") && word.get(..stem(word)) == other.get(..stem(other)) => {
                adjectives += 1;
            }
            _ => return false,
        }
    }
}

/// In normal form, blanks collapsed, without what is not seen.
fn normal(surface: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(surface.len());
    let mut blank = false;
    for c in surface.nfc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => blank = true,
            c => {
                if blank && !out.is_empty() {
                    out.push(' ');
                }
                blank = false;
                out.push(c);
            }
        }
    }
    out
}

/// *BAD TÖLZ* → *Bad Tölz*
fn ordinary(name: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if start || !c.is_alphabetic() {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric();
    }
    out
}

/// The role in front of a person, and the start of the mention that it is of: *Alphabet-Chef Sundar Pichai*.
fn role(scene: &Scene, f: &Found, before: Option<&Found>, tokens: &[Token]) -> (Option<Span>, Option<u32>) {
    if f.kind != EntityType::Person || f.first == 0 {
        return (None, None);
    }
    let at = f.first - 1;
    let word = scene.word(at);
    let role = tokens[at].kind == TokenKind::Word
        && tokens[at].capital()
        && (word.class.joined(word.tail)).has(Class::ROLE)
        && before.is_none_or(|o| o.last <= at);
    if !role {
        return (None, None);
    }
    let mut first = at;
    let mut holder = None;
    if at >= 2 && tokens[at - 1].is('-') && !tokens[at].spaced() {
        holder = before.filter(|o| o.last == at - 1).map(|o| o.span.start);
        if holder.is_none() {
            // "Vize-Kanzler"
            first = at - 2;
        }
    }
    (Some(Span::new(tokens[first].start, tokens[at].end)), holder)
}
