//! The command line of kennzahl.

#[cfg(feature = "cli")]
mod cli;

#[cfg(feature = "cli")]
fn main() -> std::process::ExitCode {
    cli::main()
}

#[cfg(not(feature = "cli"))]
fn main() {}
