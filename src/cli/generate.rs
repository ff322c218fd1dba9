//! `kennzahl completions` and `kennzahl man`: what is made of the definition of the commands.

use super::args::{Completions, Man};
use super::{DONE, print_line};
use clap::Command;
use clap_mangen::roff::{Roff, roman};
use kennzahl::{Error, Result};
use std::io;
use std::path::Path;

pub(super) fn completions(a: &Completions, mut command: Command) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(a.shell, &mut command, "kennzahl", &mut script);
    print(&script)
}

pub(super) fn man(a: &Man, command: Command) -> Result<u8> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let Some(folder) = &a.output else {
        let mut of = &command;
        for name in &a.command {
            let known = |of: &Command| of.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(", ");
            let none = || Error::new(format!("there is no command '{name}'; there are {}", known(of)));
            of = of.find_subcommand(name).ok_or_else(none)?;
        }
        return print(&page(of).map_err(|e| Error::new(e.to_string()))?);
    };
    let failed = |e: io::Error| Error::at(folder.display().to_string(), format!("cannot be written: {e}"));
    std::fs::create_dir_all(folder).and_then(|()| pages(&command, folder)).map_err(failed)?;
    Ok(DONE)
}

/// The page of a command and those of all below it.
fn pages(command: &Command, folder: &Path) -> io::Result<()> {
    std::fs::write(folder.join(clap_mangen::Man::new(command.clone()).get_filename()), page(command)?)?;
    command.get_subcommands().try_for_each(|c| pages(c, folder))
}

/// A page as clap_mangen makes it, and behind it what stands at the end and at the beginning of the help.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = clap_mangen::Man::new(command.clone())
        .source(concat!("kennzahl ", env!("CARGO_PKG_VERSION")))
        .manual("kennzahl manual");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    // Examples stand line for line.
    for (text, lines) in [(command.get_after_long_help(), false), (command.get_before_help(), true)] {
        let text = text.map(ToString::to_string).unwrap_or_default();
        let Some((heading, text)) = text.trim_end().split_once(":\n") else { continue };
        let mut roff = Roff::default();
        roff.control("SH", [heading.to_uppercase().as_str()]);
        if lines {
            roff.control("nf", []);
        }
        for line in text.lines() {
            roff.text([roman(line)]);
        }
        if lines {
            roff.control("fi", []);
        }
        roff.to_writer(&mut out)?;
    }
    Ok(out)
}

fn print(text: &[u8]) -> Result<u8> {
    print_line(String::from_utf8_lossy(text).trim_end())?;
    Ok(DONE)
}
