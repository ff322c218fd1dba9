//! `kennzahl pack check`

use super::args::{Pack, PackCommand};
use super::{DONE, FINDINGS, print_line, read_pack};
use kennzahl::{Error, Extractor, eval};

pub(super) fn run(a: &Pack) -> Result<u8, Error> {
    let PackCommand::Check { files } = &a.command;
    let packs = files.iter().map(read_pack).collect::<Result<Vec<_>, _>>()?;
    let extractor = Extractor::with_packs(packs.clone())?;
    let checked = if packs.is_empty() { vec![kennzahl::german::pack()?] } else { packs };
    let (mut count, mut failed) = (0, 0);
    for pack in &checked {
        for failure in eval::run_examples(pack, &extractor, &mut count) {
            failed += 1;
            print_line(&failure)?;
        }
    }
    print_line(&format!("{count} examples, {failed} failed"))?;
    Ok(if failed == 0 { DONE } else { FINDINGS })
}
