//! The command line: arguments in; reports, failures and an exit code out.
//!
//! The only layer that prints and that knows of the environment. Decides nothing about inputs.

mod args;
mod check;
mod color;
mod exit;
mod failure;
mod graph;
mod hadolint;
mod init;
mod installed;
mod layout;
mod named;
mod output;
mod pages;
mod progress;
mod rules;
mod schema;
mod schemas;
mod selectors;
mod values;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Verb};
pub use exit::Exit;

/// Runs plimsoll with the arguments of the process.
pub fn main() -> ExitCode {
    run(with_verb(std::env::args_os().collect())).into()
}

fn run(arguments: Vec<OsString>) -> Exit {
    let parsed =
        Cli::command().try_get_matches_from(arguments).and_then(|found| Cli::from_arg_matches(&found));
    match parsed {
        Ok(cli) => dispatch(cli.verb),
        Err(error) => {
            // It repeats arguments, and hooks pass names of files that nobody vouches for.
            let text = failure::harmless(error.render().to_string().trim_end()) + "\n";
            if !error.use_stderr() {
                return print(text.as_bytes());
            }
            tell(&text);
            Exit::Usage
        }
    }
}

fn dispatch(verb: Verb) -> Exit {
    match verb {
        Verb::Check(arguments) => check::check(&arguments),
        Verb::Graph(arguments) => graph::graph(&arguments),
        Verb::Rules(arguments) => rules::rules(&arguments),
        Verb::Rule(arguments) => rules::rule(&arguments),
        Verb::Init(arguments) => init::init(&arguments),
        Verb::Schema(arguments) => schema::schema(arguments.of),
        Verb::Completions(arguments) => completions(arguments.shell),
    }
}

/// `check` goes without saying: anything but a verb, or a question for help, is its argument.
fn with_verb(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let says_what = arguments.get(1).and_then(|first| first.to_str()).is_some_and(|first| {
        ["-h", "--help", "-V", "--version", "help"].contains(&first)
            || Cli::command().get_subcommands().any(|verb| verb.get_name() == first)
    });
    if !says_what {
        arguments.insert(1.min(arguments.len()), "check".into());
    }
    arguments
}

fn completions(shell: clap_complete::Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "plimsoll", &mut script);
    print(&script)
}

/// Writes to standard output.
fn print(text: &[u8]) -> Exit {
    match output::to_stdout(text) {
        Ok(()) => Exit::Clean,
        Err(error) => fail(&format!("cannot write to standard output: {error}"), ""),
    }
}

/// Tells a failure of the run itself.
fn fail(message: &str, help: &str) -> Exit {
    tell(&failure::plain(message, help, colors_of_stderr(color::When::Auto)));
    Exit::Usage
}

/// Writes to standard error; when that is gone there is nobody left to tell.
fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn colors_of_stderr(when: color::When) -> bool {
    color::wanted(when, std::io::stderr().is_terminal(), &environment)
}

fn colors_of_stdout(when: color::When) -> bool {
    color::wanted(when, std::io::stdout().is_terminal(), &environment)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how the output looks may depend on the environment, what it says not"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(clippy::disallowed_methods, reason = "the command line knows where it runs")]
fn working_folder() -> std::io::Result<std::path::PathBuf> {
    std::env::current_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Vec<String> {
        let words = std::iter::once("plimsoll").chain(words.iter().copied()).map(OsString::from).collect();
        with_verb(words).into_iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn check_goes_without_saying() {
        assert_eq!(read(&[]), ["check"]);
        assert_eq!(read(&["."]), ["check", "."]);
        assert_eq!(read(&["--select", "x", "a"]), ["check", "--select", "x", "a"]);
        assert_eq!(read(&["--", "rules"]), ["check", "--", "rules"]);
        assert_eq!(read(&["rules"]), ["rules"]);
        assert_eq!(read(&["--version"]), ["--version"]);
    }

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }
}
