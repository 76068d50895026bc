//! A RUN that updates lists of packages and installs nothing.

use super::super::File;
use super::runs;
use crate::rule::Match;
use crate::syntax::shell::{Command, Word};

/// Verbs by which a package manager gets its lists, or all packages, up to date.
const UPDATES: &[(&[&str], &[&str])] = &[
    (&["apt-get", "apt", "aptitude"], &["update"]),
    (&["apk"], &["update"]),
    (&["yum", "dnf", "dnf5", "microdnf", "tdnf"], &["update", "makecache", "check-update"]),
    (&["zypper"], &["refresh", "ref"]),
    (&["pacman"], &["-Sy", "-Syu", "-Syy", "-Syyu"]),
];

/// Words that install, or use the lists otherwise.
const USES: &[&str] = &[
    "install",
    "add",
    "in",
    "upgrade",
    "dist-upgrade",
    "full-upgrade",
    "build-dep",
    "source",
    "download",
    "-S",
    "search",
    "madison",
    "policy",
    "reinstall",
    "groupinstall",
    "dup",
    "up",
    "show",
];

/// Programs that do nothing with packages.
const HARMLESS: &[&str] = &[
    "set",
    "echo",
    "printf",
    "rm",
    "mkdir",
    "cp",
    "mv",
    "sed",
    "true",
    "export",
    "cd",
    "touch",
    "chmod",
    "chown",
    "ln",
    "cat",
    "tee",
    "grep",
    "sleep",
    "date",
    "ls",
    "test",
    "[",
    ":",
    "add-apt-repository",
    "apt-key",
    "dpkg",
    "gpg",
    "curl",
    "wget",
    "",
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for (_, script) in runs(file) {
        let commands = &script.commands;
        let Some(verb) = commands.iter().find_map(updates) else { continue };
        let used = |command: &Command| {
            let known = is_manager(command) || HARMLESS.contains(&command.name());
            let uses = command.words.iter().any(|word| USES.contains(&word.text.as_str()));
            !known
                || (is_manager(command)
                    && (uses || command.words.iter().any(|word| word.literal().is_none())))
        };
        if script.complete && !commands.iter().any(used) {
            let message = "these lists get old in the cache; update in the `RUN` that installs";
            out.push(Match::new(verb.span, message));
        }
    }
}

fn is_manager(command: &Command) -> bool {
    UPDATES.iter().any(|(programs, _)| programs.contains(&command.name()))
}

/// The word by which a command updates lists; none where it names packages, which it then installs.
fn updates(command: &Command) -> Option<&Word> {
    let (_, verbs) = UPDATES.iter().find(|(programs, _)| programs.contains(&command.name()))?;
    // `yum -y update` upgrades packages, which is another matter.
    let upgrades = command.program().iter().any(|word| ["-y", "--assumeyes"].contains(&word.text.as_str()));
    if upgrades && verbs.contains(&"makecache") {
        return None;
    }
    let mut words = command.program().iter().skip(1);
    let verb = words.find(|word| verbs.contains(&word.text.as_str()))?;
    words.all(|word| word.text.starts_with('-')).then_some(verb)
}
