//! `kennzahl audit`

use super::args::Audit;
use super::{DONE, each, extractor, print_line};
use kennzahl::sink::write_file;
use kennzahl::view::{Sample, Verdicts};
use kennzahl::{Error, Result};
use std::fmt::Write as _;

pub(super) fn run(a: Audit) -> Result<u8> {
    let Some(output) = &a.output else { return judged(&a) };
    let extractor = extractor(&a.pack)?;
    let mut sample = Sample::new(a.sample as usize, a.seed);
    let code = each::document(
        a.input,
        &extractor,
        a.jobs,
        &mut sample,
        |sample, doc, worker, analysis| {
            worker.analyse_into(&doc.text, doc.published.as_deref(), analysis);
            (Sample::counts(analysis), sample.candidates(&doc, analysis, extractor.lexicon()))
        },
        |sample, (counts, candidates)| sample.add(counts, candidates),
    )?;
    if sample.is_empty() {
        return Err(Error::new("nothing was found that could be judged"));
    }
    write_file(output, sample.html().as_bytes())?;
    print_line(&format!("{}: {} records to judge; open it in a browser", output.display(), sample.len()))?;
    Ok(code)
}

/// What the verdicts say.
fn judged(a: &Audit) -> Result<u8> {
    let mut verdicts = Verdicts::default();
    for path in &a.verdicts {
        let name = path.display().to_string();
        let content = std::fs::read_to_string(path).map_err(|e| Error::at(&name, e.to_string()))?;
        verdicts.read(&name, &content)?;
    }
    if verdicts.is_empty() {
        return Err(Error::new("there is no verdict in these files"));
    }
    let texts = a.gold_out.as_ref().map(|folder| verdicts.write_gold(folder)).transpose()?;
    print_line(&if a.json { as_json(&verdicts) } else { as_text(&verdicts) })?;
    if let (Some(texts), Some(folder)) = (texts, &a.gold_out) {
        let text = format!("{}: gold of {texts} texts", folder.display());
        super::say::message(super::say::Level::Info, "gold", &text, &());
    }
    Ok(DONE)
}

fn as_text(verdicts: &Verdicts) -> String {
    let tenths = |n: u64| format!("{}.{}", n / 10, n % 10);
    let mut out = format!("{} records judged", verdicts.len());
    let mut last = "";
    for (by, name, tally) in verdicts.tallies() {
        if by != last {
            let _ = write!(
                out,
                "\n\n{:40} {:>6} {:>6} {:>6}   precision, 95 % interval",
                format!("by {by}"),
                "right",
                "wrong",
                "unsure"
            );
            last = by;
        }
        let said = tally.precision().map_or_else(
            || "–".to_owned(),
            |p| format!("{:>5} %   {:>5} – {:>5}", tenths(p.share), tenths(p.low), tenths(p.high)),
        );
        let _ = write!(out, "\n{name:40} {:>6} {:>6} {:>6}   {said}", tally.right, tally.wrong, tally.unsure);
    }
    out
}

fn as_json(verdicts: &Verdicts) -> String {
    let tenths = |n: u64| format!("{}.{}", n / 10, n % 10);
    let rows = verdicts.tallies().into_iter().map(|(by, name, t)| {
        let p = t.precision().map_or_else(String::new, |p| {
            format!(",\"precision\":{},\"low\":{},\"high\":{}", tenths(p.share), tenths(p.low), tenths(p.high))
        });
        format!(
            "{{\"by\":\"{by}\",\"name\":{},\"right\":{},\"wrong\":{},\"unsure\":{}{p}}}",
            serde_json::Value::from(name),
            t.right,
            t.wrong,
            t.unsure
        )
    });
    format!("[{}]", rows.collect::<Vec<_>>().join(",\n "))
}
