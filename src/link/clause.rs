//! A sentence as clauses: what its words mean, where its verbs are, with the prefix that stands far behind.

use super::Source;
use super::lists::Lists;
use super::memory::{Memory, Word, mark_of};
use super::words::{Does, Form, Group, Sense, Words};
use crate::model::{Entity, Quantity, Sentence, Span, Time, Token, TokenKind};
use std::ops::Range;

/// A prefix is looked for as many tokens behind its verb, where clauses are not known yet.
const REACH: usize = 80;

/// A noun that may be a metric.
#[derive(Copy, Clone, Debug)]
pub(crate) struct NounAt {
    /// Its token.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) sense: Option<Sense>,
    /// As many bytes of its folded form stand in front of the listed noun: *Konzern|umsatz*.
    pub(crate) front: usize,
}

/// Where a quantity stands, and the noun that it counts.
#[derive(Clone, Debug)]
pub(crate) struct NumberAt {
    pub(crate) tokens: Range<usize>,
    pub(crate) noun: Option<usize>,
}

/// A stretch between commas, brackets and dashes.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) tokens: Range<usize>,
    /// In brackets.
    pub(crate) bracket: bool,
    /// Set off by a dash.
    pub(crate) dash: bool,
    /// The verb that tells what happens to an amount, with its token.
    pub(crate) verb: Option<(u16, usize)>,
    /// Verbs of saying and expecting beside it.
    pub(crate) others: Vec<(u16, usize)>,
    /// All verbs that name a metric.
    pub(crate) naming: Vec<(u16, usize)>,
    /// Whether a quantity stands in it.
    pub(crate) number: bool,
}

/// A sentence in view. Tokens are counted as in the document.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    pub(crate) range: Range<usize>,
    pub(crate) memory: Memory,
    /// The word of each token.
    words: Vec<Word>,
    senses: Vec<(u32, Sense)>,
    /// For each token and behind the last: as many senses and nouns stand in front of it.
    starts: Vec<[u32; 2]>,
    pub(crate) clauses: Vec<Clause>,
    of: Vec<u16>,
    /// What stands at each token: a name, a time, a quantity.
    taken: Vec<Taken>,
    /// Where each quantity stands.
    pub(crate) numbers: Vec<NumberAt>,
    /// Where each time stands, and each name.
    pub(crate) times: Vec<Range<usize>>,
    pub(crate) names: Vec<Range<usize>>,
    pub(crate) nouns: Vec<NounAt>,
}

/// What a token is part of.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Nothing.
    #[default]
    No,
    /// A name, by its index.
    Entity(u32),
    /// A time, by its index.
    Time(u32),
    /// A quantity, by its index.
    Quantity(u32),
}

/// What is found in the sentence already, with the index of the first.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Known<'a> {
    pub(crate) quantities: (&'a [Quantity], u32),
    pub(crate) times: (&'a [Time], u32),
    pub(crate) entities: (&'a [Entity], u32),
}

impl Clauses {
    /// Looks at a sentence; the buffers are used again.
    pub(crate) fn read(&mut self, source: Source<'_>, sentence: Sentence, known: Known<'_>, words: &Words) {
        self.range = sentence.first as usize..sentence.last as usize;
        let tokens = &source.tokens[self.range.clone()];
        self.take(tokens, known);
        self.look_up(source, tokens, words);
        self.cut(tokens, words);
        self.find_verbs(words);
    }

    fn take(&mut self, tokens: &[Token], known: Known<'_>) {
        self.taken.clear();
        self.taken.resize(tokens.len(), Taken::No);
        let begin = self.range.start;
        let first = |byte: u32| tokens.partition_point(|t| t.end <= byte);
        let mut mark = |span: Span, what: Taken| {
            let first = first(span.start);
            let mut last = first;
            while let Some((at, _)) = self.taken.get_mut(last).zip(tokens.get(last)).filter(|(_, t)| t.start < span.end)
            {
                *at = what;
                last += 1;
            }
            begin + first..begin + last
        };
        self.numbers.clear();
        for (n, q) in (known.quantities.1..).zip(known.quantities.0) {
            let tokens = mark(q.span, Taken::Quantity(n));
            self.numbers.push(NumberAt { tokens, noun: q.noun.map(|n| begin + first(n.start)) });
        }
        // Something stands at one token at least.
        let whole = |tokens: Range<usize>| tokens.start..tokens.end.max(tokens.start + 1);
        self.times.clear();
        for (n, t) in (known.times.1..).zip(known.times.0) {
            self.times.push(whole(mark(t.written.span, Taken::Time(n))));
        }
        self.names.clear();
        for (n, e) in (known.entities.1..).zip(known.entities.0) {
            self.names.push(whole(mark(e.span, Taken::Entity(n))));
        }
    }

    /// `numbers` are those of the words of the whole document.
    fn look_up(&mut self, source: Source<'_>, tokens: &[Token], words: &Words) {
        self.words.clear();
        self.senses.clear();
        self.nouns.clear();
        self.starts.clear();
        let numbers = source.seen.numbers().get(self.range.clone()).unwrap_or_default();
        // All lookups first: what follows branches, and would have each of them wait for memory.
        for (token, number) in tokens.iter().zip(numbers) {
            self.words.push(match token.kind {
                TokenKind::Word => self.memory.word(*number, token, source.text, words, source.lexicon),
                _ => Word::NONE,
            });
        }
        for (i, (token, word)) in tokens.iter().zip(&self.words).enumerate() {
            self.starts.push([self.senses.len() as u32, self.nouns.len() as u32]);
            if token.kind != TokenKind::Word {
                continue;
            }
            let at = (self.range.start + i) as u32;
            let (capital, first) = (token.capital(), i == 0 || !is_plain(tokens, i - 1));
            // Nouns have capitals, other words only where a sentence begins.
            for sense in self.memory.senses(word) {
                if first || sense.is_noun() == capital {
                    self.senses.push((at, *sense));
                }
            }
            // "Sie", "Zuletzt": a capital at the beginning makes no noun.
            if capital && !(first && word.noun.is_none()) {
                self.nouns.push(NounAt { at: at as usize, sense: word.noun, front: word.front as usize });
            }
        }
        self.starts.push([self.senses.len() as u32, self.nouns.len() as u32]);
    }

    fn cut(&mut self, tokens: &[Token], words: &Words) {
        self.clauses.clear();
        self.of.clear();
        let mut start = 0;
        let (mut bracket, mut dash) = (false, false);
        for (i, t) in tokens.iter().enumerate() {
            if t.kind != TokenKind::Mark && !t.breaks() {
                continue;
            }
            let free = matches!(self.taken[i], Taken::No);
            let is = |marks: &str| marks.chars().any(|c| t.is(c));
            let spaced = t.spaced() && tokens.get(i + 1).is_none_or(Token::spaced);
            let stop =
                t.kind == TokenKind::Mark && free && (is(",;:()[]") || is("-–—") && spaced) || t.breaks() && i > 0;
            if stop && i >= start {
                if i > start {
                    self.close(start..i, bracket, dash, words);
                }
                // The mark belongs to what is behind it.
                start = i;
                bracket = is("([") || bracket && !is(")]");
                dash = is("-–—");
            }
        }
        if start < tokens.len() {
            self.close(start..tokens.len(), bracket, dash, words);
        }
    }

    /// A stretch between marks as a clause, or as several: behind *und* a further finite verb begins one of its own, as
    /// in *stieg um drei Prozent und lag damit vorn*. An infinitive or a participle does not, it shares what stands in
    /// front: *will Kosten senken und Aktien kaufen*.
    fn close(&mut self, stretch: Range<usize>, bracket: bool, dash: bool, words: &Words) {
        let stretch = self.range.start + stretch.start..self.range.start + stretch.end;
        let last = stretch.end;
        let (mut start, mut verb, mut joint) = (stretch.start, false, None);
        for i in stretch {
            if verb && self.is(i, Lists::JOINS) && self.taken(i) == Taken::No {
                joint = Some(i);
            } else if let Some(finite) = self.verb_at(i, last, words) {
                if let Some(at) = joint.take().filter(|_| finite) {
                    self.push(start..at, bracket, dash);
                    start = at;
                }
                verb = true;
            }
        }
        self.push(start..last, bracket, dash);
    }

    fn push(&mut self, tokens: Range<usize>, bracket: bool, dash: bool) {
        let number = tokens.clone().any(|i| matches!(self.taken(i), Taken::Quantity(_)));
        self.of.resize(tokens.end - self.range.start, self.clauses.len() as u16);
        self.clauses.push(Clause { tokens, bracket, dash, verb: None, others: Vec::new(), naming: Vec::new(), number });
    }

    /// Whether a verb stands at a token, and whether it can only be a finite one. What has its prefix behind it needs that
    /// in front of `last`.
    fn verb_at(&self, at: usize, last: usize, words: &Words) -> Option<bool> {
        let (mut finite, mut other) = (false, false);
        for (_, sense) in self.senses(at..at + 1) {
            let Sense::Verb { form, prefix, .. } = sense else { continue };
            let apart = &words.side.prefixes[usize::from(prefix)];
            match form {
                Form::Finite => finite |= apart.is_empty() || (at + 1..last).take(REACH).any(|i| self.reads(i, apart)),
                Form::Infinitive => other = true,
                Form::Participle => other |= !self.attribute(at),
            }
        }
        (finite || other).then_some(finite && !other)
    }

    fn find_verbs(&mut self, words: &Words) {
        for n in 0..self.clauses.len() {
            let range = self.clauses[n].tokens.clone();
            let mut best: Option<(u32, u16, usize)> = None;
            let (mut others, mut naming) = (Vec::new(), Vec::new());
            let mut letters = None;
            for k in self.stretch(range.clone(), 0) {
                let (at, sense) = self.senses[k];
                let at = at as usize;
                let Sense::Verb { group, form, prefix } = sense else { continue };
                let g = &words.side.groups[usize::from(group)];
                if prefix != 0 && !self.prefix_follows(at, &words.side.prefixes[usize::from(prefix)], n) {
                    continue;
                }
                // Most phrases fail at their first word, and most of those by its letters.
                if !g.words.is_empty() {
                    let all = || range.clone().fold(0, |all, i| all | 1 << self.word(i).mark);
                    let letters: u64 = *letters.get_or_insert_with(all);
                    let may = |w: &String| letters & 1 << mark_of(w) != 0;
                    if !(g.words.iter().all(may) && self.has_words(&g.words, n, at)) {
                        continue;
                    }
                }
                // An attribute is no verb: "gestiegene Kosten".
                if form == Form::Participle && self.attribute(at) {
                    continue;
                }
                if g.metric.is_some() {
                    naming.push((group, at));
                }
                match g.does {
                    Does::Change(_) | Does::Level => {
                        let score = 8 * u32::from(prefix != 0)
                            + 16 * u32::from(!g.words.is_empty())
                            + 4 * u32::from(form != Form::Infinitive)
                            + 2 * u32::from(matches!(g.does, Does::Change(_)))
                            + u32::from(g.metric.is_some());
                        if best.is_none_or(|(s, ..)| score > s) {
                            best = Some((score, group, at));
                        }
                    }
                    _ => others.push((group, at)),
                }
            }
            self.clauses[n].verb = best.map(|(_, group, at)| (group, at));
            self.clauses[n].others = others;
            self.clauses[n].naming = naming;
        }
    }

    /// Whether the prefix of a verb stands at the end of its clause, or of one of the next: *legte … zu*.
    fn prefix_follows(&self, at: usize, prefix: &str, clause: usize) -> bool {
        self.clauses[clause..].iter().take(4).enumerate().any(|(k, c)| {
            let last = c.tokens.clone().rev().find(|i| !self.word(*i).is_empty());
            last.is_some_and(|i| i > at && self.reads(i, prefix))
                // "legte um 3 Prozent zu und sank": in front of "und"
                || k == 0
                    && c.tokens.clone().any(|i| {
                        i > at + 1 && self.reads(i, prefix) && self.is(i + 1, Lists::GOES_ON)
                    })
        })
    }

    /// Whether the other words of a phrase stand behind its verb, or right in front of it: *hat Platz*, *Platz hat*.
    fn has_words(&self, words: &[String], clause: usize, verb: usize) -> bool {
        let range = &self.clauses[clause].tokens;
        let last = range.clone().rev().find(|i| !self.word(*i).is_empty());
        range.clone().any(|i| {
            let placed = i > verb || i + words.len() == verb && last == Some(verb);
            placed && words.iter().enumerate().all(|(k, w)| self.reads(i + k, w))
        })
    }

    /// Whether a word stands as an adjective in front of a noun.
    fn attribute(&self, at: usize) -> bool {
        self.is(at, Lists::INFLECTED)
            && (!self.is(at, Lists::INFLECTED_EN)
                || self.noun_at(at + 1).is_some() && !matches!(self.taken(at + 1), Taken::Time(_)))
    }

    /// The word at a token; an empty one for what is none.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> &Word {
        static NONE: Word = Word::NONE;
        self.words.get(at.wrapping_sub(self.range.start)).unwrap_or(&NONE)
    }

    /// The folded word at a token; empty for what is none.
    #[inline]
    pub(crate) fn key(&self, at: usize) -> &str {
        self.memory.key(self.word(at))
    }

    /// Whether that word is this one.
    #[inline]
    pub(crate) fn reads(&self, at: usize, key: &str) -> bool {
        let word = self.word(at);
        word.len() == key.len() && self.memory.key(word) == key
    }

    /// The hash of that word.
    #[inline]
    pub(crate) fn hash(&self, at: usize) -> u64 {
        self.word(at).hash
    }

    /// Whether that word stands in a list.
    #[inline]
    pub(crate) fn is(&self, at: usize, list: Lists) -> bool {
        self.word(at).is(list)
    }

    /// What a token is part of.
    #[inline]
    pub(crate) fn taken(&self, at: usize) -> Taken {
        at.checked_sub(self.range.start).and_then(|i| self.taken.get(i)).copied().unwrap_or_default()
    }

    /// All senses of the words of a stretch.
    #[inline]
    pub(crate) fn senses(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Sense)> + '_ {
        let all = self.senses.get(self.stretch(range, 0)).unwrap_or_default();
        all.iter().map(|(at, s)| (*at as usize, *s))
    }

    /// The nouns of a stretch.
    #[inline]
    pub(crate) fn nouns_in(&self, range: Range<usize>) -> &[NounAt] {
        self.nouns.get(self.stretch(range, 1)).unwrap_or_default()
    }

    /// A stretch of tokens as one of senses, or of nouns.
    #[inline]
    fn stretch(&self, range: Range<usize>, which: usize) -> Range<usize> {
        let last = self.starts.len().saturating_sub(1);
        let start = |at: usize| {
            let i = at.saturating_sub(self.range.start).min(last);
            self.starts.get(i).map_or(0, |s| s[which] as usize)
        };
        start(range.start)..start(range.end)
    }

    /// The noun at a token.
    #[inline]
    pub(crate) fn noun_at(&self, at: usize) -> Option<&NounAt> {
        self.nouns_in(at..at + 1).first()
    }

    /// The number of the clause of a token.
    #[inline]
    pub(crate) fn clause_of(&self, at: usize) -> usize {
        let i = at.saturating_sub(self.range.start);
        self.of.get(i).copied().map_or(0, usize::from)
    }

    /// How far apart two clauses are; relative clauses between them do not count.
    pub(crate) fn apart(&self, a: usize, b: usize) -> usize {
        let (first, last) = (a.min(b), a.max(b));
        let relative = |c: &Clause| self.is(c.tokens.start + 1, Lists::RELATIVE);
        let between = self.clauses.get(first + 1..last).unwrap_or_default();
        last - first - between.iter().filter(|c| relative(c)).count()
    }

    /// The group of a clause's verb; where it has none, that of the clause before, unless that is in brackets.
    pub(crate) fn group<'w>(&self, clause: usize, words: &'w Words) -> Option<(&'w Group, usize)> {
        let own = |n: usize| self.clauses[n].verb.map(|(g, at)| (&words.side.groups[usize::from(g)], at));
        own(clause).or_else(|| {
            if self.clauses[clause].bracket {
                return None;
            }
            (0..clause).rev().filter(|n| !self.clauses[*n].bracket).take(2).find_map(own)
        })
    }
}

/// Whether a sentence goes on behind a token.
fn is_plain(tokens: &[Token], i: usize) -> bool {
    tokens[i].kind != TokenKind::Mark || tokens[i].is(',') || tokens[i].is('-') && !tokens[i].spaced()
}
