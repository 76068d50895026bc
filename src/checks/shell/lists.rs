//! Where several words are wanted of one variable or command.

use super::split::Argument;

/// Ends of names, in small letters, of variables that hold several words by custom: `CFLAGS`, `JAVA_OPTS`, `buildDeps`.
const NAMES: &[&str] = &[
    "flags",
    "opts",
    "options",
    "args",
    "arguments",
    "params",
    "packages",
    "pkgs",
    "deps",
    "dependencies",
    "list",
    "libs",
    "modules",
    "extensions",
    "exts",
    "plugins",
    "features",
    "extras",
];

/// Programs that take the names of packages, which have no blanks in them.
const PACKAGERS: &[&str] = &[
    "apt-get",
    "apt",
    "aptitude",
    "apt-mark",
    "apk",
    "yum",
    "dnf",
    "dnf5",
    "microdnf",
    "tdnf",
    "zypper",
    "pacman",
    "pip",
    "pip2",
    "pip3",
    "npm",
    "gem",
    "opkg",
    "docker-php-ext-install",
    "docker-php-ext-enable",
    "pecl",
    "conda",
    "mamba",
    "micromamba",
];

/// Programs that are there to have words split for them.
const SPLITTERS: &[&str] = &["set", "eval", "kill"];

/// Whether what stands as a whole argument may be several words on purpose: by the name of its variable, if it is one,
/// or by what the command takes.
pub(super) fn is_list(argument: Argument<'_>, name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    NAMES.iter().any(|end| lower.ends_with(end)) || takes_list(argument)
}

/// Whether the command is a test, which counts its operands: nothing is one too few.
pub(super) fn is_test(argument: Argument<'_>) -> bool {
    matches!(argument.command.name(), "[" | "test")
}

/// Whether the command takes any number of words that have no blanks, or splits them for later.
pub(super) fn takes_list(argument: Argument<'_>) -> bool {
    let program = argument.command.name();
    SPLITTERS.contains(&program) || PACKAGERS.contains(&program)
}
