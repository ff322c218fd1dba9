//! `--print-config`: what holds, and since where.

use super::{Settings, is_flag, is_list, settable};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches};
use std::any::TypeId;
use std::borrow::Cow;
use toml::Value;

impl Settings {
    /// All settings of `extract` as TOML, each with where it comes from; those that say nothing as comments.
    pub(in super::super) fn print(&self) -> String {
        let Some((matches, extract)) =
            self.matches.subcommand_matches("extract").zip(self.command.find_subcommand("extract"))
        else {
            return String::new();
        };
        let lines = settable(extract).map(|(arg, long)| {
            let typed = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
            let back = format!("no-{long}");
            let origin = match self.origins.get(long) {
                _ if matches.try_contains_id(&back).is_ok() && typed(&back) => format!("--{back}"),
                Some(origin) => origin.clone(),
                None if typed(arg.get_id().as_str()) => format!("--{long}"),
                None => "default".to_owned(),
            };
            match value(matches, arg) {
                Some(value) => format!("{:<40} # {origin}", format!("{long} = {value}")),
                None => format!("# {long} is not set"),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn value(matches: &ArgMatches, arg: &Arg) -> Option<Value> {
    let id = arg.get_id().as_str();
    if is_flag(arg) {
        return Some(Value::Boolean(matches.get_flag(id)));
    }
    let number = [TypeId::of::<u32>(), TypeId::of::<u64>(), TypeId::of::<usize>()];
    let number = number.iter().any(|t| arg.get_value_parser().type_id() == *t);
    let mut values = matches.get_raw(id)?.map(|value| {
        let text = value.to_string_lossy();
        match text.parse() {
            Ok(n) if number => Value::Integer(n),
            _ => Value::String(without_password(&text).into_owned()),
        }
    });
    if is_list(arg) { Some(Value::Array(values.collect())) } else { values.next() }
}

/// `postgres://me:***@db/news`: what is printed is often kept.
fn without_password(text: &str) -> Cow<'_, str> {
    let hidden = || {
        let (scheme, rest) = text.split_once("://")?;
        let (user, host) = rest.split_once('@')?;
        let (user, _) = user.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{host}"))
    };
    hidden().map_or(Cow::Borrowed(text), Cow::Owned)
}
