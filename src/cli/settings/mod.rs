//! Settings: what `KENNZAHL_…` variables and `kennzahl.toml` say beneath the command line.
//!
//! No option is named here. A setting is an option of `extract` as clap has it: its key in the file is its long name, its
//! variable that name in capitals. What is set is put in front of the user's arguments as if it were typed, so that clap
//! checks it like them. What is typed wins, and takes what it conflicts with out of the settings.

mod file;
mod print;

use super::args::Args;
use super::say::{self, Voice};
use clap::error::{ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args as ClapArgs, Command, CommandFactory, FromArgMatches, ValueHint};
use kennzahl::Error;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The commands that take settings; of others than `extract` those options that they share with it.
const COMMANDS: [&str; 7] = ["extract", "explain", "eval", "diff", "verify", "view", "audit"];

/// Options that are no settings.
const NO_SETTINGS: [&str; 3] = ["config", "no-config", "print-config"];

#[derive(Debug, ClapArgs)]
struct Config {
    /// Take settings from this file; by default from kennzahl.toml in the working directory, where there is one
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config", help_heading = "All commands")]
    config: Option<PathBuf>,
    /// Take no settings from a file
    #[arg(long, global = true, help_heading = "All commands")]
    no_config: bool,
}

/// A setting and where it comes from.
struct Setting<'a> {
    arg: &'a Arg,
    said: Said,
    /// `KENNZAHL_JOBS`, `kennzahl.toml:3`.
    origin: String,
}

/// What one place sets, each setting by itself right or wrong.
type Layer<'a> = Vec<Result<Setting<'a>, Error>>;

enum Said {
    Flag(bool),
    Values(Vec<OsString>),
}

/// The command line with what is set beneath it.
pub(super) struct Settings {
    command: Command,
    matches: ArgMatches,
    origins: BTreeMap<String, String>,
}

/// Why the program ends with 2.
pub(super) enum Failed {
    /// The arguments, or what is set, are none. The note says where they come from, if they were not typed.
    Usage(Box<clap::Error>, Option<String>),
    /// All else.
    Error(Error),
}

impl From<Error> for Failed {
    fn from(e: Error) -> Self {
        Self::Error(e)
    }
}

/// The commands with all that can be typed.
pub(super) fn command() -> Command {
    Config::augment_args(Voice::augment_args(Args::command()))
}

/// With `--no-FLAG` for each flag, which takes back what a file or a variable says.
fn undoable(command: Command) -> Command {
    let flags = command.get_arguments().filter(|a| is_flag(a)).filter_map(|a| Some((a.get_id(), a.get_long()?)));
    let takes_back = |(id, long)| {
        let no = format!("no-{long}");
        Arg::new(no.clone()).long(no).action(ArgAction::SetTrue).hide(true).overrides_with(id)
    };
    let all: Vec<Arg> = flags.filter(|(_, long)| !long.starts_with("no-")).map(takes_back).collect();
    command.args(all)
}

impl Settings {
    /// Of these arguments, the first of which is the program itself.
    pub(super) fn read(mut typed: Vec<OsString>) -> Result<Self, Failed> {
        let all = command().mut_subcommands(|c| if c.get_name() == "extract" { undoable(c) } else { c });
        let named = subcommand(&all, &typed);
        let name = named.as_ref().map(|(name, _)| name.as_str());
        let mut this = Self { command: part(&all, name), matches: ArgMatches::default(), origins: BTreeMap::new() };
        let alone = all.clone().try_get_matches_from(&typed);
        let set = named.map_or(Ok(()), |(name, at)| this.put_beneath(&mut typed, alone.as_ref().ok(), &name, at));
        this.matches = match alone {
            // Most often nothing is set.
            Ok(matches) if set.is_ok() && this.origins.is_empty() => matches,
            alone => {
                // How messages are written may be set too, so it is known only now.
                lenient(&this.command, &typed);
                match alone {
                    // What is typed is wrong by itself. Only what is missing there can be set elsewhere.
                    Err(e) if e.kind() != ErrorKind::MissingRequiredArgument => {
                        return Err(Failed::Usage(Box::new(e), None));
                    }
                    _ => set?,
                }
                all.try_get_matches_from(&typed).map_err(|e| {
                    let note = note(&e, &this.origins);
                    Failed::Usage(Box::new(e), note)
                })?
            }
        };
        speak_as(&this.matches);
        Ok(this)
    }

    /// Puts what is set in front of what is typed, behind the name of the command. `alone` is what is typed, if that is
    /// right by itself.
    fn put_beneath(
        &mut self,
        typed: &mut Vec<OsString>,
        alone: Option<&ArgMatches>,
        name: &str,
        at: usize,
    ) -> Result<(), Error> {
        let below = |name: &str| self.command.find_subcommand(name).unwrap_or(&self.command);
        let (sub, extract) = (below(name), below("extract"));
        let alone = alone.and_then(ArgMatches::subcommand).map(|(_, given)| given.clone());
        let Some(mut given) = alone.or_else(|| lenient(&self.command, typed)) else { return Ok(()) };
        for layer in [variables, file] {
            let (settings, wrong) = sorted(layer(extract, &given)?);
            let mut arguments = Vec::new();
            for s in settings {
                let Some(long) = s.arg.get_long() else { continue };
                let known = sub.get_arguments().any(|a| a == s.arg);
                if known && !decided(sub, &given, s.arg) && !self.origins.contains_key(long) {
                    arguments.extend(s.arguments(long));
                    self.origins.insert(long.to_owned(), s.origin);
                }
            }
            let more = !arguments.is_empty();
            typed.splice(at..at, arguments);
            if let Some(e) = wrong {
                return Err(e);
            }
            if more {
                given = lenient(&self.command, typed).unwrap_or(given);
            }
        }
        Ok(())
    }

    /// What was typed, and set.
    pub(super) fn args(&self) -> Result<Args, Failed> {
        Args::from_arg_matches(&self.matches).map_err(|e| Failed::Usage(Box::new(e), None))
    }
}

impl Setting<'_> {
    /// As it would be typed.
    fn arguments(&self, long: &str) -> Vec<OsString> {
        let of = |value: &OsString| {
            let mut argument = OsString::from(format!("--{long}="));
            argument.push(value);
            argument
        };
        match &self.said {
            Said::Flag(true) => vec![format!("--{long}").into()],
            Said::Flag(false) => Vec::new(),
            Said::Values(values) => values.iter().map(of).collect(),
        }
    }
}

/// The settings that are right, and the first error. First come those of all commands: how messages are
/// written is to be known, whatever is wrong with others.
fn sorted(layer: Layer<'_>) -> (Vec<Setting<'_>>, Option<Error>) {
    let (mut settings, mut wrong) = (Vec::new(), None);
    for setting in layer {
        match setting {
            Ok(setting) => settings.push(setting),
            Err(e) => wrong = wrong.or(Some(e)),
        }
    }
    settings.sort_by_key(|s| !s.arg.is_global_set());
    (settings, wrong)
}

/// Says from here on what there is to say as the options want it.
fn speak_as(matches: &ArgMatches) {
    if let Ok(voice) = Voice::from_arg_matches(matches) {
        say::begin(voice.log_format, voice.quiet);
    }
}

/// What the arguments say so far, complete or not, of the command that they name. None where they ask for help.
fn lenient(command: &Command, typed: &[OsString]) -> Option<ArgMatches> {
    let mut matches = command.clone().try_get_matches_from(typed).ok()?;
    speak_as(&matches);
    Some(matches.remove_subcommand()?.1)
}

/// What concerns settings, to be parsed whatever is wrong: to build all commands takes about as long as to read a short text.
fn part(all: &Command, name: Option<&str>) -> Command {
    let needed = |c: &&Command| name.is_some_and(|name| [name, "extract"].contains(&c.get_name()));
    let subcommands = all.get_subcommands().filter(needed).cloned();
    let part = Command::new("kennzahl").args(all.get_arguments().cloned()).subcommands(subcommands);
    let mut part = part.ignore_errors(true);
    part.build();
    part
}

/// The command that takes settings, and the place behind its name among the arguments.
fn subcommand(command: &Command, typed: &[OsString]) -> Option<(String, usize)> {
    let own = |a: &&Arg| matches!(a.get_action(), ArgAction::Set | ArgAction::SetTrue);
    let head = Command::new("kennzahl")
        .args(command.get_arguments().filter(own).cloned())
        .allow_external_subcommands(true)
        .ignore_errors(true);
    let matches = head.try_get_matches_from(typed).ok()?;
    let (name, rest) = matches.subcommand()?;
    let rest = rest.get_many::<OsString>("").map_or(0, Iterator::count);
    COMMANDS.contains(&name).then(|| (name.to_owned(), typed.len() - rest))
}

/// Whether an argument was given already, or one that does not go with it.
fn decided(command: &Command, given: &ArgMatches, arg: &Arg) -> bool {
    let typed = |a: &Arg| given.value_source(a.get_id().as_str()) == Some(ValueSource::CommandLine);
    let clash = |a, b| command.get_arg_conflicts_with(a).contains(&b);
    command.get_arguments().filter(|a| typed(a)).any(|a| a == arg || clash(a, arg) || clash(arg, a))
}

/// The options that can be set.
fn settable(extract: &Command) -> impl Iterator<Item = (&Arg, &str)> {
    let valued = |a: &Arg| matches!(a.get_action(), ArgAction::Set | ArgAction::SetTrue | ArgAction::Append);
    extract.get_arguments().filter(move |a| valued(a) && !a.is_hide_set()).filter_map(|a| {
        let long = a.get_long()?;
        (!NO_SETTINGS.contains(&long)).then_some((a, long))
    })
}

fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

fn is_path(arg: &Arg) -> bool {
    matches!(arg.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath)
}

/// What a variable says, unless it is empty.
fn variable(long: &str) -> Option<(String, OsString)> {
    let name = format!("KENNZAHL_{}", long.replace('-', "_").to_uppercase());
    let value = std::env::var_os(&name).filter(|v| !v.is_empty())?;
    Some((name, value))
}

fn yes_or_no(origin: &str, value: &OsString) -> Result<bool, Error> {
    match value.to_string_lossy().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Ok(true),
        "0" | "false" | "no" | "off" => Ok(false),
        other => Err(Error::at(origin, format!("'{other}' is neither true nor false"))),
    }
}

/// Lists of paths are parted as in PATH, other lists by commas.
fn variables<'a>(extract: &'a Command, _: &ArgMatches) -> Result<Layer<'a>, Error> {
    let set = settable(extract).filter_map(|(arg, long)| Some((arg, variable(long)?)));
    let setting = |(arg, (origin, value)): (&'a Arg, (String, OsString))| {
        let said = match () {
            () if is_flag(arg) => Said::Flag(yes_or_no(&origin, &value)?),
            () if is_list(arg) && is_path(arg) => Said::Values(std::env::split_paths(&value).map(Into::into).collect()),
            () => Said::Values(vec![value]),
        };
        Ok(Setting { arg, said, origin })
    };
    Ok(set.map(setting).collect())
}

/// The settings of the file that the arguments or a variable name, else of kennzahl.toml.
fn file<'a>(extract: &'a Command, given: &ArgMatches) -> Result<Layer<'a>, Error> {
    let typed = Config::from_arg_matches(given).map_err(|e| Error::new(e.to_string()))?;
    if typed.no_config {
        return Ok(Vec::new());
    }
    if let Some(path) = typed.config {
        return file::read(&path, extract);
    }
    if variable("no-config").map_or(Ok(false), |(name, value)| yes_or_no(&name, &value))? {
        return Ok(Vec::new());
    }
    if let Some((_, path)) = variable("config") {
        return file::read(Path::new(&path), extract);
    }
    let path = Path::new("kennzahl.toml");
    if path.exists() { file::read(path, extract) } else { Ok(Vec::new()) }
}

/// Where an argument comes from that clap complains of, if it was not typed.
fn note(e: &clap::Error, origins: &BTreeMap<String, String>) -> Option<String> {
    let complaints: Vec<&String> = e
        .context()
        .flat_map(|(_, value)| match value {
            ContextValue::String(text) => vec![text],
            ContextValue::Strings(texts) => texts.iter().collect(),
            _ => Vec::new(),
        })
        .collect();
    let is_of = |text: &str, long: &str| {
        let rest = text.strip_prefix("--").and_then(|t| t.strip_prefix(long));
        rest.is_some_and(|r| !r.starts_with(|c: char| c == '-' || c.is_alphanumeric()))
    };
    let set: Vec<String> = origins
        .iter()
        .filter(|(long, _)| complaints.iter().any(|text| is_of(text, long)))
        .map(|(long, origin)| format!("--{long} is set by {origin}"))
        .collect();
    (!set.is_empty()).then(|| set.join(", "))
}
