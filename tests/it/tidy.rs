//! House rules that neither the compiler nor clippy holds.

use plimsoll::rule::Registry;

use crate::tree;

/// Lines of a file at most: what is longer has more than one purpose.
const LINES: usize = 400;
/// Characters of a rule's summary at most: it has to fit into a list.
const SUMMARY: usize = 60;

const FOLDERS: [&str; 5] = ["src", "tests", "benches", "fuzz/fuzz_targets", "fuzz/src"];

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = tree::rust(&FOLDERS).into_iter();
    assert_none(
        &files
            .filter(|(_, text)| !text.starts_with("//! "))
            .map(|(path, _)| format!("{path}:1: begin with `//!` and the purpose"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_file_is_too_long() {
    let files = tree::rust(&FOLDERS).into_iter().map(|(path, text)| (path, text.lines().count()));
    assert_none(
        &files
            .filter(|(_, lines)| *lines > LINES)
            .map(|(path, lines)| format!("{path}: {lines} lines, more than {LINES}; split it by meaning"))
            .collect::<Vec<_>>(),
    );
    assert!(tree::text("src/main.rs").lines().count() <= 15, "`main.rs` only calls the library");
    // Functions are measured by clippy.
    assert!(tree::text("clippy.toml").contains("too-many-lines-threshold = 80"));
    assert!(tree::text("Cargo.toml").contains("too_many_lines = \"warn\""));
}

#[test]
fn only_the_command_line_prints() {
    // Assembled, so that this file does not find itself.
    let prints = ["println", "eprintln", "print", "eprint"].map(|name| format!("{name}!("));
    let streams = ["stdout()", "stderr()", "stdin()"].map(|name| format!("io::{name}"));
    let never = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
    let mut wrong = Vec::new();
    for (path, text) in tree::rust(&["src"]) {
        let is_rim = path.starts_with("src/cli/");
        for (number, line) in text.lines().enumerate() {
            let reads_stdin = path == "src/discover/read.rs" && line.contains("stdin()");
            let banned = |words: &[String]| words.iter().any(|word| line.contains(word.as_str()));
            if (!is_rim && !reads_stdin && (banned(&prints) || banned(&streams))) || banned(&never) {
                wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn no_line_has_tabs_or_ends_blank() {
    let mut texts = tree::rust(&FOLDERS);
    texts.extend(["build.rs", "Cargo.toml", "clippy.toml"].map(|path| (path.to_owned(), tree::text(path))));
    let pages = tree::files("rules").into_iter().map(|path| (path.clone(), tree::text(&path)));
    texts.extend(pages);
    let mut wrong = Vec::new();
    for (path, text) in &texts {
        for (number, line) in text.lines().enumerate() {
            if line.contains('\t') || line.ends_with(' ') {
                wrong.push(format!("{path}:{}: a tab, or a blank at the end", number + 1));
            }
        }
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            wrong.push(format!("{path}: ends with one line break"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn summaries_fit_into_a_list() {
    let registry = Registry::built_in();
    let rules = registry.rules().iter();
    assert_none(
        &rules
            .filter(|rule| {
                let summary = rule.front().summary.as_str();
                summary.is_empty() || summary.chars().count() > SUMMARY || summary.ends_with('.')
            })
            .map(|rule| format!("{}: one line of at most {SUMMARY} characters, no full stop", rule.id()))
            .collect::<Vec<_>>(),
    );
}
