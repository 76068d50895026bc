//! `apt-get install` of packages without a version.

use super::super::File;
use super::of_kind;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::{Command, HIDDEN, Script, Word};

/// More related labels than this help nobody.
const MOST_RELATED: usize = 20;

/// Options that take the next word as their value.
const WITH_VALUE: &[&str] = &[
    "-t",
    "--target-release",
    "--default-release",
    "-o",
    "--option",
    "-c",
    "--config-file",
    "-a",
    "--host-architecture",
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in of_kind(file, Kind::Run) {
        if let Some(script) = &instruction.script {
            out.extend(script.commands.iter().filter_map(|command| found(script, command)));
        }
    }
}

fn found(script: &Script, command: &Command) -> Option<Match> {
    let mut unpinned = installed(command).into_iter().filter_map(|word| Some((word, shown(script, word)?)));
    let (first, name) = unpinned.next()?;
    let rest: Vec<&Word> = unpinned.map(|(word, _)| word).collect();
    let message = match (name.starts_with('$'), rest.len()) {
        (true, _) => format!("`{name}` holds packages without a version; write `PACKAGE=VERSION`"),
        (_, 0) => format!("`{name}` has no version; write `{name}=VERSION`"),
        (_, 1) => format!("`{name}` and another package have no version; write `{name}=VERSION`"),
        (_, more) => format!("`{name}` and {more} more packages have no version; write `{name}=VERSION`"),
    };
    let found = Match::new(first.span, message);
    Some(
        rest.iter()
            .take(MOST_RELATED)
            .fold(found, |found, word| found.related(word.span, "nor has this one")),
    )
}

/// The package that a word names, if that has no version; of a variable that holds some such package, its name.
fn shown(script: &Script, word: &Word) -> Option<String> {
    if let Some(text) = word.literal() {
        return is_unpinned(text).then(|| text.to_owned());
    }
    // A word with text around the variable, or two of them, may have the version in either.
    let [name] = word.variables.as_slice() else { return None };
    let alone = word.text.chars().eq([HIDDEN]) && !word.substituted;
    let value = script.value(name).filter(|_| alone)?;
    value
        .split_whitespace()
        .any(|text| !text.starts_with('-') && is_unpinned(text))
        .then(|| format!("${name}"))
}

/// The words that name packages, if the command installs any.
fn installed(command: &Command) -> Vec<&Word> {
    let Some((name, rest)) = command.program().split_first() else { return Vec::new() };
    if !["apt-get", "apt", "aptitude"].contains(&name.base_name()) {
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut is_value = false;
    for word in rest {
        if !is_value && !word.text.starts_with('-') {
            words.push(word);
        }
        is_value = !is_value && WITH_VALUE.contains(&word.text.as_str());
    }
    match words.split_first() {
        Some((verb, packages)) if verb.text == "install" => packages.to_vec(),
        _ => Vec::new(),
    }
}

/// Neither a version, a release, a file, nor a removal.
fn is_unpinned(text: &str) -> bool {
    !(text.is_empty()
        || text.contains(['=', '/'])
        || text.ends_with('-')
        || text.rsplit('.').next() == Some("deb"))
}
