//! Package managers that install what nobody named a version of.

mod versions;

use super::super::File;
use super::runs;
use crate::rule::Match;
use crate::syntax::shell::options::Arguments;
use crate::syntax::shell::{Command, HIDDEN, Script, Word};

/// More related labels than this help nobody.
const MOST_RELATED: usize = 20;

/// How one package manager names what it installs.
struct Manager {
    /// Its programs, without a version at the end.
    programs: &'static [&'static str],
    /// Whether a command installs packages, and how many of its operands come before them.
    installs: fn(&Arguments<'_>) -> Option<usize>,
    /// Whether the text names a package and no version.
    is_unpinned: fn(&str) -> bool,
    /// What stands between a name and a version.
    pin: &'static str,
}

const APT: Manager = Manager {
    programs: &["apt-get", "apt", "aptitude"],
    installs: |arguments| is_verb(arguments, &["install"]),
    is_unpinned: versions::apt,
    pin: "=",
};

const APK: Manager = Manager {
    programs: &["apk"],
    installs: |arguments| is_verb(arguments, &["add"]),
    is_unpinned: versions::apk,
    pin: "=",
};

const YUM: Manager = Manager {
    programs: &["yum"],
    installs: |arguments| is_verb(arguments, &["install", "localinstall"]).or_else(|| is_module(arguments)),
    is_unpinned: versions::rpm,
    pin: "-",
};

const DNF: Manager = Manager {
    programs: &["dnf", "dnf5", "microdnf", "tdnf"],
    installs: |arguments| is_verb(arguments, &["install", "in"]).or_else(|| is_module(arguments)),
    is_unpinned: versions::rpm,
    pin: "-",
};

const ZYPPER: Manager = Manager {
    programs: &["zypper"],
    installs: |arguments| is_verb(arguments, &["install", "in"]),
    is_unpinned: versions::zypper,
    pin: "=",
};

const PIP: Manager = Manager {
    programs: &["pip", "pip2", "pip3", "pipx"],
    installs: |arguments| {
        // A file of requirements or constraints has the versions.
        let listed = ["r", "requirement", "c", "constraint"];
        let is_listed = arguments.options.iter().any(|option| listed.contains(&option.name));
        is_verb(arguments, &["install"]).filter(|_| !is_listed)
    },
    is_unpinned: versions::pip,
    pin: "==",
};

const NPM: Manager = Manager {
    programs: &["npm", "pnpm"],
    installs: |arguments| is_verb(arguments, &["install", "i", "add"]),
    is_unpinned: versions::npm,
    pin: "@",
};

/// `yarn install` takes no packages.
const YARN: Manager = Manager {
    programs: &["yarn"],
    installs: |arguments| {
        let global = arguments.verb.is_some_and(|verb| verb.text == "global");
        let add = arguments.operands.first().is_some_and(|word| word.text == "add");
        is_verb(arguments, &["add"]).or((global && add).then_some(1))
    },
    is_unpinned: versions::npm,
    pin: "@",
};

const GEM: Manager = Manager {
    programs: &["gem"],
    installs: |arguments| {
        let versioned = arguments.options.iter().any(|option| ["v", "version"].contains(&option.name));
        is_verb(arguments, &["install", "i"]).filter(|_| !versioned)
    },
    is_unpinned: versions::gem,
    pin: ":",
};

const GO: Manager = Manager {
    programs: &["go"],
    installs: |arguments| is_verb(arguments, &["install", "get", "run"]),
    is_unpinned: versions::go,
    pin: "@",
};

pub(super) fn apt(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &APT, out);
}

pub(super) fn apk(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &APK, out);
}

pub(super) fn yum(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &YUM, out);
}

pub(super) fn dnf(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &DNF, out);
}

pub(super) fn zypper(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &ZYPPER, out);
}

pub(super) fn pip(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &PIP, out);
}

pub(super) fn npm(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &NPM, out);
    find(file, &YARN, out);
}

pub(super) fn gem(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &GEM, out);
}

pub(super) fn go(file: &File<'_>, out: &mut Vec<Match>) {
    find(file, &GO, out);
}

fn find(file: &File<'_>, manager: &Manager, out: &mut Vec<Match>) {
    for (_, script) in runs(file) {
        out.extend(script.commands.iter().filter_map(|command| found(manager, script, command)));
    }
}

fn found(manager: &Manager, script: &Script, command: &Command) -> Option<Match> {
    let name = command.name();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    manager.programs.contains(&stem).then_some(())?;
    let arguments = command.arguments();
    let skip = (manager.installs)(&arguments)?;
    let packages = arguments.operands.get(skip..).unwrap_or_default();
    // What gem finds behind `--` is for whoever builds the gem.
    let end =
        command.words.iter().find(|word| word.text == "--" && stem == "gem").map(|word| word.span.start);
    let packages = packages.iter().filter(|word| end.is_none_or(|end| word.span.start < end));
    let packages: Vec<&Word> = packages.copied().collect();
    // `go run` is given one package, and what follows is the program's.
    let one = arguments.verb.is_some_and(|verb| verb.text == "run");
    let packages = if one { packages.get(..1).unwrap_or_default() } else { &packages };
    let is_unpinned = if is_module(&arguments).is_some() { versions::stream } else { manager.is_unpinned };
    let mut unpinned = packages.iter().filter_map(|word| Some((*word, shown(is_unpinned, script, word)?)));
    let (first, name) = unpinned.next()?;
    let rest: Vec<&Word> = unpinned.map(|(word, _)| word).collect();
    let pin = if is_module(&arguments).is_some() { ":" } else { manager.pin };
    let message = match (name.starts_with('$'), rest.len()) {
        (true, _) => format!("`{name}` holds packages without a version; write `PACKAGE{pin}VERSION`"),
        (_, 0) => format!("`{name}` has no version; write `{}{pin}VERSION`", bare(&name, pin)),
        (_, 1) => {
            format!("`{name}` and another package have no version; write `{}{pin}VERSION`", bare(&name, pin))
        }
        (_, more) => format!(
            "`{name}` and {more} more packages have no version; write `{}{pin}VERSION`",
            bare(&name, pin)
        ),
    };
    let found = Match::new(first.span, message);
    Some(
        rest.iter()
            .take(MOST_RELATED)
            .fold(found, |found, word| found.related(word.span, "nor has this one")),
    )
}

/// The name of a package without a tag such as `@latest`.
fn bare<'n>(name: &'n str, pin: &str) -> &'n str {
    if pin != "@" {
        return name;
    }
    name.char_indices().skip(1).find(|(_, char)| *char == '@').map_or(name, |(at, _)| &name[..at])
}

/// The package that a word names, if that has no version; of a variable that holds some such package, its name.
fn shown(is_unpinned: fn(&str) -> bool, script: &Script, word: &Word) -> Option<String> {
    if let Some(text) = word.literal() {
        return (!text.is_empty() && is_unpinned(text)).then(|| text.to_owned());
    }
    // A word with text around the variable, or two of them, may have the version in either.
    let mut names = word.variables();
    let (Some(name), None) = (names.next(), names.next()) else { return None };
    let alone = word.text.chars().eq([HIDDEN]);
    let value = script.value(name).filter(|_| alone)?;
    value
        .split_whitespace()
        .any(|text| !text.starts_with('-') && is_unpinned(text))
        .then(|| format!("${name}"))
}

fn is_verb(arguments: &Arguments<'_>, verbs: &[&str]) -> Option<usize> {
    arguments.verb.is_some_and(|verb| verbs.contains(&verb.text.as_str())).then_some(0)
}

/// `module install` of yum and dnf, whose operands are modules with streams.
fn is_module(arguments: &Arguments<'_>) -> Option<usize> {
    let module = arguments.verb.is_some_and(|verb| verb.text == "module");
    let install = arguments.operands.first().is_some_and(|word| word.text == "install");
    (module && install).then_some(1)
}
