//! `kennzahl train`

use super::DONE;
use super::args::{Lesson, Train, TrainFacts, TrainNames};
use super::say::{Level, message};
use kennzahl::eval::{lessons, read_apart, read_gold, with_rivals};
use kennzahl::link::learn;
use kennzahl::names::{Names, prepare, train};
use kennzahl::{Error, Extractor};
use std::path::Path;

pub(super) fn run(a: &Train) -> Result<u8, Error> {
    match &a.what {
        Lesson::Names(a) => names(a),
        Lesson::Facts(a) => facts(a),
    }
}

/// How it goes.
fn told(line: &str) {
    message(Level::Info, "training", line, &());
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(|e| Error::at(path.display().to_string(), e.to_string()))
}

fn facts(a: &TrainFacts) -> Result<u8, Error> {
    let extractor = Extractor::new();
    let check = if a.check.is_empty() { Vec::new() } else { read_gold(&a.check)? };
    let mut gold = read_gold(&a.gold)?;
    for apart in &a.apart {
        gold.extend(read_apart(apart, &a.data, &check)?);
    }
    let mut worker = extractor.worker();
    let mut all = lessons(&gold, &mut worker);
    all.extend(with_rivals(&gold, &mut worker));
    let weights = learn::learn(&all, extractor.lexicon(), a.passes, told);
    if !check.is_empty() {
        told(&learn::show(learn::check(&lessons(&check, &mut worker), extractor.lexicon(), &weights)));
    }
    write(&a.output, "links.bin", &weights)?;
    Ok(DONE)
}

fn names(a: &TrainNames) -> Result<u8, Error> {
    let table = prepare(&a.lists)?;
    write(&a.output, "names.bin", &table)?;
    let names = Names::default().with_table(table)?;
    let gold: Vec<String> = match a.gold.is_empty() {
        true => Vec::new(),
        false => read_gold(&a.gold)?.into_iter().map(|g| g.text).collect(),
    };
    let examples = train::training_set(&a.data, &gold)?;
    let plan = train::Plan { passes: a.passes, keep: a.keep, ..train::Plan::default() };
    let weights = train::train(&examples, &names, plan, told)?;
    write(&a.output, "tagger.bin", &weights)?;
    Ok(DONE)
}
