//! The two runs to compare: files, packs, another binary.

use super::{Diff, Input, Pairs, extractor};
use kennzahl::diff::{Analysed, Lines, Pair, Paired, Records};
use kennzahl::{Error, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// Two outputs of `extract`.
pub(super) fn of_files(old: &Path, new: &Path) -> Result<Pairs> {
    let lines = |path: &Path| Ok::<_, Error>(Lines::new(&path.display().to_string(), opened(path)?));
    Ok(Box::new(Paired::new(lines(old)?, lines(new)?, tempfile::tempfile)))
}

/// The same texts with other packs.
pub(super) fn with_packs(a: &Diff) -> Result<Pairs> {
    let extractors = vec![extractor(&a.old_pack)?, extractor(&a.new_pack)?];
    let found = Analysed::new(a.input.clone().documents()?, extractors, a.jobs)?;
    Ok(Box::new(found.map(|sides| {
        let mut sides = sides?.into_iter();
        Ok(Pair { old: sides.next(), new: sides.next() })
    })))
}

/// The same texts by another binary.
pub(super) fn with_binary(bin: &Path, a: &Diff) -> Result<Pairs> {
    if a.input.paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Error::new("two programs cannot both read standard input: write it to a file"));
    }
    let new = Analysed::new(a.input.clone().documents()?, vec![extractor(&a.new_pack)?], a.jobs)?;
    let new = new.filter_map(|found| found.map(|mut all| all.pop()).transpose());
    Ok(Box::new(Paired::new(Other::start(bin, a)?, new, tempfile::tempfile)))
}

/// JSON lines, unpacked.
fn opened(path: &Path) -> Result<Box<dyn BufRead>> {
    let failed = |e: io::Error| Error::at(path.display().to_string(), e.to_string());
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    // What it is, its first bytes say.
    let head = file.fill_buf().map_err(failed)?;
    if head.starts_with(b"SQLite format 3\0") || head.starts_with(b"PAR1") || head.starts_with(b"ARROW1") {
        return Err(Error::at(
            path.display().to_string(),
            "tables cannot be compared: write JSON lines with `kennzahl extract … -o run.jsonl.gz`",
        ));
    }
    Ok(if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file)))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(BufReader::new(zstd::Decoder::with_buffer(file).map_err(failed)?))
    } else {
        Box::new(file)
    })
}

/// A run of another binary.
struct Other {
    name: String,
    lines: Lines<BufReader<ChildStdout>>,
    child: Child,
    said: Option<JoinHandle<String>>,
    ended: bool,
}

impl Other {
    fn start(bin: &Path, a: &Diff) -> Result<Self> {
        let name = bin.display().to_string();
        let mut command = Command::new(bin);
        command.arg("extract").args(["--explain", "--refused"]).args(typed(&a.input));
        for pack in &a.old_pack {
            command.arg("--pack").arg(pack);
        }
        command.arg("--").args(&a.input.paths);
        // What is set for this program was typed above.
        for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("KENNZAHL_")) {
            command.env_remove(key);
        }
        command.env("KENNZAHL_NO_CONFIG", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |e: &dyn std::fmt::Display| Error::at(&name, format!("it cannot be run: {e}"));
        let mut child = command.spawn().map_err(|e| failed(&e))?;
        let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(failed(&"it has no output"));
        };
        let said = std::thread::spawn(move || last_line(err));
        let lines = Lines::new(&name, BufReader::with_capacity(1 << 16, out));
        Ok(Self { name, lines, child, said: Some(said), ended: false })
    }

    /// Whether it ended well. Rejects are told by this program too.
    fn end(&mut self) -> Option<Error> {
        self.ended = true;
        let code = self.child.wait().ok().and_then(|status| status.code());
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        let code = match code {
            Some(0 | 1) => return None,
            Some(code) => format!("exit code {code}"),
            None => "a signal".to_owned(),
        };
        Some(Error::at(&self.name, format!("it ended with {code}: {said}")))
    }
}

impl Iterator for Other {
    type Item = Result<Records>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.lines.next().or_else(|| self.end().map(Err))
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        if !self.ended {
            // It is no longer listened to.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The last line of what a program says, which may be much.
fn last_line(mut from: impl Read) -> String {
    let (mut tail, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        tail.extend_from_slice(&buffer[..n]);
        tail.drain(..tail.len().saturating_sub(4096));
    }
    let text = String::from_utf8_lossy(&tail);
    text.trim_end().lines().last().unwrap_or_default().to_owned()
}

/// The options of the input as they would be typed, those that are not as they always are: an older program may not
/// know them all.
fn typed(input: &Input) -> Vec<String> {
    let Input {
        paths: _,
        files_from: _,
        from,
        published,
        zone,
        text_field,
        id_field,
        published_field,
        title_field,
        source_field,
        lang_field,
        version_field,
        status_field,
        carry,
        max_document,
        max_unpacked,
        max_ratio,
    } = input;
    let named = |long: &str, value: &Option<String>| value.as_ref().map(|v| format!("--{long}={v}"));
    let other = |long: &str, value: &str, usual: &str| (value != usual).then(|| format!("--{long}={value}"));
    let all = [
        named("from", from),
        named("published", published),
        other("zone", zone, "Europe/Berlin"),
        other("text-field", text_field, "text"),
        other("id-field", id_field, "id"),
        other("published-field", published_field, "published"),
        other("title-field", title_field, "title"),
        other("source-field", source_field, "source"),
        other("lang-field", lang_field, "lang"),
        other("version-field", version_field, "version"),
        other("status-field", status_field, "status"),
        (!carry.is_empty()).then(|| format!("--carry={}", carry.join(","))),
        other("max-document", &max_document.to_string(), "16777216"),
        other("max-unpacked", &max_unpacked.to_string(), "1099511627776"),
        other("max-ratio", &max_ratio.to_string(), "1000"),
    ];
    all.into_iter().flatten().collect()
}
