//! `kennzahl train`

use super::args::Train;
use super::{DONE, warn};
use kennzahl::Error;
use kennzahl::eval::read_gold;
use kennzahl::names::{self, Names, train};

pub(super) fn run(a: &Train) -> Result<u8, Error> {
    let write = |name: &str, bytes: &[u8]| {
        let path = a.output.join(name);
        std::fs::write(&path, bytes).map_err(|e| Error::at(path.display().to_string(), e.to_string()))
    };
    let table = names::prepare(&a.lists)?;
    write("names.bin", &table)?;
    let names = Names::default().with_table(table)?;
    let gold: Vec<String> = match a.gold.is_empty() {
        true => Vec::new(),
        false => read_gold(&a.gold)?.into_iter().map(|g| g.text).collect(),
    };
    let examples = train::training_set(&a.data, &gold)?;
    let plan = train::Plan { passes: a.passes, keep: a.keep, ..train::Plan::default() };
    let weights = train::train(&examples, &names, plan, |line| warn(&line))?;
    write("tagger.bin", &weights)?;
    Ok(DONE)
}
