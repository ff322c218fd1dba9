//! CoNLL: a piece a line, sentences parted by empty lines, spans and types as BIO.
//!
//! Written as CoNLL-U Plus, with a column for each list and the blanks of the text in `MISC`, so that the text comes back
//! as it was. Read are also files with the word in the first column and the tags in the last, with BIO, IOB or BIOES.

use super::Gold;
use super::note::{List, Note, gold, notes};
use super::pieces::sentences;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const COLUMNS: &str = "# global.columns = FORM MISC QUANTITY TIME ENTITY";

pub(super) fn write(all: &[Gold]) -> String {
    let mut out = format!("{COLUMNS}\n");
    for gold in all {
        document(gold, &mut out);
    }
    out
}

fn document(gold: &Gold, out: &mut String) {
    let chars: Vec<char> = gold.text.chars().collect();
    let notes = notes(gold);
    let mut before = 0;
    let _ = writeln!(out, "# newdoc id = {}", gold.id.replace('\n', " "));
    if let Some(day) = &gold.published {
        let _ = writeln!(out, "# published = {day}");
    }
    let all = sentences(&chars, &notes);
    let ends: Vec<usize> = all.iter().flatten().skip(1).map(|p| p.start).chain([chars.len()]).collect();
    let mut ends = ends.into_iter();
    for sentence in &all {
        for piece in sentence {
            let behind = ends.next().unwrap_or(chars.len());
            let mut misc = Vec::new();
            if before < piece.start && before == 0 {
                misc.push(format!("SpacesBefore={}", blanks(&chars[before..piece.start])));
            }
            match &chars[piece.end..behind] {
                [' '] if behind < chars.len() => {}
                [] => misc.push("SpaceAfter=No".to_owned()),
                gap => misc.push(format!("SpacesAfter={}", blanks(gap))),
            }
            before = behind;
            let form: String = chars[piece.clone()].iter().collect();
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            let _ = write!(out, "{form}\t{misc}");
            for list in List::ALL {
                let tag = notes.iter().find(|n| n.list == list && n.start <= piece.start && piece.end <= n.end);
                let _ = match tag {
                    Some(n) => write!(out, "\t{}-{}", if n.start == piece.start { 'B' } else { 'I' }, n.kind),
                    None => write!(out, "\tO"),
                };
            }
            out.push('\n');
        }
        out.push('\n');
    }
}

/// As Universal Dependencies write them.
fn blanks(gap: &[char]) -> String {
    let one = |c: &char| match c {
        ' ' => "\\s".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        c => format!("\\u{:04x}", *c as u32),
    };
    gap.iter().map(one).collect()
}

fn blanks_of(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match (c, if c == '\\' { rest.next() } else { None }) {
            ('\\', Some('s')) => out.push(' '),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some('p')) => out.push('|'),
            ('\\', Some('u')) => {
                let code: String = rest.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            _ => out.push(c),
        }
    }
    out
}

/// A document that is being read.
#[derive(Default)]
struct Reading {
    id: String,
    published: Option<String>,
    text: String,
    /// Code points of the text.
    length: usize,
    notes: Vec<Note>,
    /// By column, which note is open.
    open: BTreeMap<usize, usize>,
    /// The blanks that stand behind the last piece, if more follows.
    gap: String,
    any: bool,
    /// Whether the file says what these blanks are.
    said: bool,
    /// Whether the file says that it begins.
    named: bool,
}

impl Reading {
    fn piece(&mut self, form: &str, misc: &str, tags: &[(usize, &str)]) {
        let option = |name: &str| misc.split('|').find_map(|part| part.strip_prefix(name));
        if !self.any
            && let Some(before) = option("SpacesBefore=")
        {
            self.gap = blanks_of(before);
        }
        let gap = std::mem::take(&mut self.gap);
        self.push(&gap);
        let start = self.length;
        self.push(form);
        self.any = true;
        for (column, tag) in tags {
            let (mark, kind) = tag.split_once('-').unwrap_or((tag, ""));
            let goes_on = matches!(mark, "I" | "E" | "L" | "M");
            let Some((list, kind)) = List::of(kind) else {
                self.open.remove(column);
                continue;
            };
            let open = self.open.get(column).copied().and_then(|n| self.notes.get_mut(n));
            match open.filter(|n| goes_on && n.kind == kind) {
                Some(note) => note.end = self.length,
                None => {
                    self.open.insert(*column, self.notes.len());
                    let (kind, fields) = (kind.to_owned(), BTreeMap::new());
                    self.notes.push(Note { list, start, end: self.length, kind, fields });
                }
            }
            if matches!(mark, "E" | "L" | "S" | "U") {
                self.open.remove(column);
            }
        }
        self.said = option("SpacesAfter=").is_some();
        self.gap = match option("SpacesAfter=") {
            Some(gap) => blanks_of(gap),
            None if option("SpaceAfter=No").is_some() => String::new(),
            None => " ".to_owned(),
        };
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// The document; none where nothing was read.
    fn end(mut self, place: &str) -> Result<Option<Gold>> {
        if !self.any && !self.named {
            return Ok(None);
        }
        if self.said {
            let gap = std::mem::take(&mut self.gap);
            self.push(&gap);
        }
        gold(self.id, self.text, self.published, self.notes).checked(place).map(Some)
    }
}

/// Documents begin with `# newdoc id = …` or `-DOCSTART-`; without, the file is one.
pub(super) fn read(stem: &str, conll: &str, place: &str) -> Result<Vec<Gold>> {
    let mut all = Vec::new();
    let mut columns: Option<Vec<&str>> = None;
    let mut now = Reading { id: stem.to_owned(), ..Reading::default() };
    let mut count = 0;
    for (n, line) in conll.lines().enumerate() {
        if let Some(comment) = line.strip_prefix("# ") {
            let (key, value) = comment.split_once(" = ").unwrap_or((comment, ""));
            match key {
                "global.columns" => columns = Some(value.split(' ').collect()),
                "published" => now.published = Some(value.to_owned()),
                "newdoc id" => {
                    let done = std::mem::replace(
                        &mut now,
                        Reading { id: value.to_owned(), named: true, ..Reading::default() },
                    );
                    all.extend(done.end(place)?);
                }
                _ => {}
            }
            continue;
        }
        let cells: Vec<&str> = if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
        if line.trim().is_empty() {
            now.open.clear();
            // Where the file does not say which blanks part sentences, it is a line end.
            if columns.is_none() && now.any {
                now.gap = "\n".to_owned();
            }
        } else if cells[0] == "-DOCSTART-" {
            count += 1;
            let done = std::mem::replace(&mut now, Reading { id: format!("{stem}.{count}"), ..Reading::default() });
            all.extend(done.end(place)?);
        } else if cells.len() < 2 {
            return Err(Error::at(format!("{place}:{}", n + 1), "a line has a word and a tag"));
        } else if let Some(columns) = &columns {
            let cell = |name: &str| columns.iter().position(|c| *c == name).and_then(|i| cells.get(i).copied());
            let tags = ["QUANTITY", "TIME", "ENTITY"].iter().enumerate();
            let tags: Vec<(usize, &str)> = tags.filter_map(|(i, c)| Some((i, cell(c)?))).collect();
            now.piece(cell("FORM").unwrap_or(cells[0]), cell("MISC").unwrap_or("_"), &tags);
        } else {
            now.piece(cells[0], "_", &[(0, cells[cells.len() - 1])]);
        }
    }
    all.extend(now.end(place)?);
    Ok(all)
}
