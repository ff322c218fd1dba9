//! `kennzahl.toml` → settings.

use super::{Layer, Said, Setting, is_flag, is_list, is_path, settable};
use clap::{Arg, Command};
use kennzahl::{Error, Place};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use toml::{Spanned, Value};

pub(super) fn read<'a>(path: &Path, extract: &'a Command) -> Result<Layer<'a>, Error> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| Error::at(&name, e.to_string()))?;
    let at = |start: usize| {
        let lines = text.as_bytes().iter().take(start).filter(|b| **b == b'\n').count();
        Place::from(&name).at(lines as u64 + 1)
    };
    let table: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(&text)
        .map_err(|e| Error::at(at(e.span().map_or(0, |s| s.start)), format!("no valid TOML: {}", e.message())))?;
    let base = path.parent().unwrap_or(Path::new(""));
    let settings = table.iter().map(|(key, value)| {
        let place = at(key.span().start);
        let key = key.get_ref().as_str();
        let Some((arg, _)) = settable(extract).find(|(_, long)| *long == key) else {
            return Err(Error::at(place, unknown(key, extract)));
        };
        let origin = place.to_string();
        let said = said(arg, value.get_ref(), base).map_err(|e| Error::at(place, format!("'{key}' {e}")))?;
        Ok(Setting { arg, said, origin })
    });
    Ok(settings.collect())
}

fn unknown(key: &str, extract: &Command) -> String {
    // The letters count, not how they are parted.
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    let nearest = settable(extract)
        .map(|(_, long)| long)
        .max_by(|a, b| strsim::jaro_winkler(a, &plain(key)).total_cmp(&strsim::jaro_winkler(b, &plain(key))));
    format!("there is no setting '{key}'; did you mean '{}'?", nearest.unwrap_or_default())
}

fn said(arg: &Arg, value: &Value, base: &Path) -> Result<Said, &'static str> {
    let one = |value: &Value| scalar(value).map(|text| if is_path(arg) { within(base, text) } else { text.into() });
    match value {
        Value::Boolean(flag) if is_flag(arg) => Ok(Said::Flag(*flag)),
        _ if is_flag(arg) => Err("is true or false"),
        Value::Array(all) if is_list(arg) => {
            let values: Option<Vec<_>> = all.iter().map(one).collect();
            let values = values.ok_or("is a list of strings")?;
            // There is no way to type an empty list.
            match values.is_empty() && !arg.get_default_values().is_empty() {
                true => Err("is a list of one thing at least"),
                false => Ok(Said::Values(values)),
            }
        }
        value => match one(value) {
            Some(value) => Ok(Said::Values(vec![value])),
            None if is_list(arg) => Err("is a list of strings"),
            None => Err("is a string or a number"),
        },
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(n) => Some(n.to_string()),
        // A day needs no quotes in TOML.
        Value::Datetime(day) => Some(day.to_string()),
        _ => None,
    }
}

/// A path of the file, counted from the folder that the file is in. A URL and `-` are no paths.
fn within(base: &Path, text: String) -> OsString {
    if text == "-" || text.contains("://") { text.into() } else { base.join(text).into() }
}
