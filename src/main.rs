//! The command line of kennzahl.

#[cfg(feature = "cli")]
fn main() -> std::process::ExitCode {
    kennzahl::cli::main(std::env::args_os()).into()
}

#[cfg(not(feature = "cli"))]
fn main() {}
