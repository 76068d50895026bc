//! `apt-get install` of packages without a version.

use super::super::File;
use super::of_kind;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::{Command, Word};

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
        out.extend(instruction.commands().iter().filter_map(found));
    }
}

fn found(command: &Command) -> Option<Match> {
    let packages = installed(command);
    let mut unpinned =
        packages.into_iter().filter(|word| is_unpinned(&word.text)).filter(|word| word.literal().is_some());
    let first = unpinned.next()?;
    let rest: Vec<&Word> = unpinned.collect();
    let message = match rest.len() {
        0 => format!("`{}` has no version; write `{0}=VERSION`", first.text),
        1 => format!("`{}` and another package have no version; write `{0}=VERSION`", first.text),
        more => format!("`{}` and {more} more packages have no version; write `{0}=VERSION`", first.text),
    };
    let found = Match::new(first.span, message);
    Some(
        rest.iter()
            .take(MOST_RELATED)
            .fold(found, |found, word| found.related(word.span, "nor has this one")),
    )
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
