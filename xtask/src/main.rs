//! Every command of the project: `cargo xtask <command>`. Each one looks for what it needs, installs what it can
//! and says in one line how to get the rest, so that a fresh checkout needs only Rust and Node.
#![expect(clippy::print_stdout, reason = "a command line program talks on its standard output")]

mod commands;
mod load;
mod node;
mod serve;
mod shell;
mod site;
mod tidy;
mod tools;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and checks the portal")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and run it on the embedded demo service
    Demo(commands::Demo),
    /// Build the production site in dist/ and print its sizes and headers
    Build(commands::Build),
    /// Everything that continuous integration runs: check, build, static demo, browser tests
    Test(commands::Test),
    /// The fast part of `test`: format, lints, native tests, tidy
    Check,
    /// Write screenshots of every screen to shots/
    Shots(commands::Forward),
    /// Measure the portal beside bare-DOM pages in one run; `bench server` measures portal-server beside nginx
    Bench(commands::Forward),
    /// Play one session over many tabs, on a service that takes each refresh token once: --rounds 500 --browser firefox
    /// --variant no-worker --seed 7
    Stress(commands::Forward),
    /// Put style/ together into target/portal.css and target/later.css (trunk calls it before each build)
    Style,
    /// Check the repository against its own rules
    Tidy,
}

fn main() -> std::process::ExitCode {
    // Under another name while trunk builds the production site.
    let done = site::run_in_place().unwrap_or_else(|| run(Arguments::parse().command));
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            println!("\nfailed: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(options) => commands::demo(&options),
        Command::Build(options) => commands::build(&options),
        Command::Test(options) => commands::test(&options),
        Command::Check => commands::check(),
        Command::Shots(options) => commands::shots(&options),
        Command::Bench(options) => commands::bench(&options),
        Command::Stress(options) => commands::stress(&options),
        Command::Style => site::style(),
        Command::Tidy => tidy::run(),
    }
}
