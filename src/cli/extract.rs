//! `kennzahl extract`

use super::args::{Extract, Kind, Numbers, Offsets};
use super::manifest::{self, Begun, Counts};
use super::say::{self, Level, message};
use super::signals::Signals;
use super::watch::{Watcher, reasons};
use super::{DONE, FINDINGS, Out, extractor};
use kennzahl::batch::{self, Ending, Plan, Summary};
use kennzahl::emit::{self, OffsetUnit};
use kennzahl::read::Documents;
use kennzahl::sink::{self, JsonLines, Rejects, Run, Sink, Target};
use kennzahl::{Error, Extractor};
use sha2::{Digest, Sha256};
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn run(mut a: Extract) -> Result<u8, Error> {
    let target = target(&a)?;
    if a.resume && target.is_none() {
        return Err(Error::new("--resume needs -o: what went to standard output cannot be gone on with"));
    }
    let (extractor, options) = (extractor_of(&a)?, options_of(&a));
    a.input = a.input.listed()?;
    let said = format!("{:?} {options:?} {:?} {:?} {} {}", a.input, a.rejects, a.part_size, a.derive, a.check);
    let memory = a.input.budget();
    let documents = a.input.clone().documents()?;
    let typed = documents.inputs().any(|p| p == Path::new("-")) && std::io::stdin().is_terminal();
    // Who types a text and then breaks off wants nothing finished.
    let signals = if typed { Signals::default() } else { Signals::listen()? };
    let progress = documents.progress();
    let (jobs, strict, stop) = (a.jobs, a.strict, &*signals.stop);
    let analyse = !a.dry_run;
    let plan = |done| Plan { options, jobs, memory, done, strict, analyse, stop, temporary: tempfile::tempfile };
    if a.dry_run {
        let inputs = documents.inputs().count();
        let mut watcher = Watcher::new(None, progress, true, &Summary::default());
        let plan = plan(Summary::default());
        let summary = batch::run(documents.raw(), &extractor, &plan, &mut sink::Nowhere, &mut watcher);
        watcher.end(true)?;
        let summary = summary?;
        super::print_line(&format!("{inputs} inputs, {} documents; nothing was written", summary.documents))?;
        return Ok(report(&summary, &signals, &a.output, false));
    }
    let mut sink: Box<dyn Sink> = match &target {
        None => Box::new(JsonLines(Out(std::io::stdout()))),
        Some(target) => {
            target.open(options, Run { name: &name(&said, &a.pack, &documents)?, resume: a.resume, memory })?
        }
    };
    let done = sink.checkpoint().map(Summary::parse).transpose()?;
    match &done {
        Some(done) => {
            let text = format!("{} documents are written, going on behind them", done.documents);
            message(Level::Info, "resumed", &text, &Counts::of(done));
        }
        None if a.resume => {
            let text = "there is no unfinished run of these inputs and options: it begins at the start";
            message(Level::Info, "nothing_to_resume", text, &());
        }
        None => {}
    }
    let mark = done.as_ref().map(|d| d.mark);
    let rejects = a.rejects.as_ref().map(|path| Rejects::create(path, mark)).transpose()?;
    let done = done.unwrap_or_default();
    let manifest = manifest::place(&a, target.as_ref());
    let manifest = manifest.map(|place| Begun::new(place, documents.inputs().map(Path::to_owned).collect()));
    // Records that run over the screen leave no place for a bar.
    let drawn = target.is_some() || !std::io::stdout().is_terminal();
    let mut watcher = Watcher::new(rejects, progress, drawn, &done);
    let summary = batch::run(documents.raw(), &extractor, &plan(done), &mut *sink, &mut watcher);
    let over = summary.as_ref().is_ok_and(|s| s.ending != Ending::Stopped);
    watcher.end(over)?;
    let summary = summary?;
    let (stats, output) = (a.stats, a.output.clone());
    if let (Some(manifest), Ending::Whole) = (manifest, summary.ending) {
        manifest.finish(a, target.as_ref(), &summary)?;
    }
    if stats || say::as_json() || drawn && std::io::stderr().is_terminal() {
        watcher.summary(&summary);
    }
    let resumable = target.is_some_and(|t| t.resumable());
    Ok(report(&summary, &signals, &output, resumable))
}

/// Says how the run ended: its exit code.
fn report(summary: &Summary, signals: &Signals, output: &Option<String>, resumable: bool) -> u8 {
    let said = |event, text: String| message(Level::Error, event, &text, &Counts::of(summary));
    if summary.rejected() > 0 && summary.ending != Ending::Refused {
        let (documents, rejects) = (summary.documents, summary.rejected());
        said("rejects", format!("{documents} documents, {rejects} inputs rejected ({})", reasons(summary)));
    }
    let advice = match (output, resumable) {
        (_, true) => "; to go on: the same command with --resume",
        (Some(_), false) => "; it is not finished and cannot be gone on with",
        (None, _) => "",
    };
    match summary.ending {
        Ending::Stopped => {
            said("stopped", format!("stopped behind {} documents{advice}", summary.documents));
            signals.code()
        }
        Ending::Refused => {
            said("refused", format!("stopped at the first reject (--strict){advice}"));
            FINDINGS
        }
        Ending::Whole if summary.rejected() > 0 => FINDINGS,
        Ending::Whole => DONE,
    }
}

fn target(a: &Extract) -> Result<Option<Target>, Error> {
    match a.output.as_deref().filter(|o| *o != "-") {
        Some(output) => {
            let target = Target::parse(output, a.to)?;
            a.part_size.map_or(Ok(target.clone()), |size| target.in_parts(size)).map(Some)
        }
        None if a.part_size.is_some() => Err(Error::new("only files have parts: say with -o where they go")),
        None if a.to.is_none_or(|f| f == sink::Format::Jsonl) => Ok(None),
        None => Err(Error::new("only JSON lines go to standard output: say with -o where tables go")),
    }
}

pub(super) fn extractor_of(a: &Extract) -> Result<Extractor, Error> {
    let extractor = extractor(&a.pack)?;
    let facts = a.check || a.kinds.contains(&Kind::Fact);
    // Facts are said of names.
    let named = facts || a.kinds.contains(&Kind::Entity);
    let extractor = if named { extractor } else { extractor.without_names() };
    let extractor = if facts { extractor } else { extractor.without_facts() };
    let extractor = if a.derive { extractor.with_derived() } else { extractor };
    Ok(if a.check { extractor.with_checks() } else { extractor })
}

pub(super) fn options_of(a: &Extract) -> emit::Options {
    emit::Options {
        offsets: match a.offsets {
            Offsets::Chars => OffsetUnit::Chars,
            Offsets::Bytes => OffsetUnit::Bytes,
            Offsets::Utf16 => OffsetUnit::Utf16,
        },
        explain: a.explain,
        documents: a.kinds.contains(&Kind::Document),
        quantities: a.kinds.contains(&Kind::Quantity),
        times: a.kinds.contains(&Kind::Time),
        entities: a.kinds.contains(&Kind::Entity),
        facts: a.kinds.contains(&Kind::Fact),
        conflicts: a.check || a.kinds.contains(&Kind::Conflict),
        refused: a.refused || a.kinds.contains(&Kind::Refused),
        numbers_as_strings: matches!(a.numbers, Numbers::String),
    }
}

/// The name of a run: a hash of its options, packs, and inputs with their size and day of change. Where any of them
/// differs, a checkpoint of one says nothing of the other.
fn name(said: &str, packs: &[std::path::PathBuf], documents: &Documents) -> Result<String, Error> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(emit::SCHEMA_VERSION.as_bytes());
    add(said.as_bytes());
    for pack in packs {
        add(&std::fs::read(pack).map_err(|e| Error::at(pack.display().to_string(), e.to_string()))?);
    }
    for path in documents.inputs() {
        add(path.as_os_str().as_encoded_bytes());
        if let Ok(meta) = std::fs::metadata(path) {
            add(&meta.len().to_le_bytes());
            add(format!("{:?}", meta.modified().ok()).as_bytes());
        }
    }
    Ok(format!("extract-{}", manifest::hex(&hash.finalize()[..16])))
}
