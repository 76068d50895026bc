//! A program or an archive from the network that is used without a look at a checksum or a signature.

use std::collections::HashSet;

use crate::rule::Match;
use crate::syntax::shell::options::Opt;
use crate::syntax::shell::{Command, HIDDEN, Script, Word};

/// Programs that compare what was downloaded with what was expected.
const CHECKS: &[&str] = &[
    "b2sum",
    "cksum",
    "cosign",
    "gpg",
    "gpg2",
    "gpgv",
    "md5sum",
    "minisign",
    "openssl",
    "rhash",
    "sha1sum",
    "sha224sum",
    "sha256sum",
    "sha384sum",
    "sha512sum",
    "shasum",
    "signify",
    "slsa-verifier",
    "sq",
];

/// Ends of names of what is unpacked or installed.
const ARCHIVES: &[&str] = &[
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.xz",
    ".txz",
    ".tar.bz2",
    ".tbz2",
    ".tar.zst",
    ".zip",
    ".jar",
    ".war",
    ".deb",
    ".rpm",
    ".apk",
    ".whl",
    ".bin",
    ".run",
    ".exe",
    ".appimage",
    ".gem",
    ".gz",
    ".xz",
];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let downloads = || script.commands.iter().filter(|one| matches!(one.name(), "curl" | "wget" | "aria2c"));
    if !script.complete || downloads().next().is_none() || script.commands.iter().any(verifies) {
        return;
    }
    let programs = made_executable(script);
    for command in downloads() {
        let addresses = || command.program().iter().skip(1).filter(|word| is_address(word));
        let found = addresses()
            .find(|word| is_archive(word))
            .or_else(|| addresses().next().filter(|word| lands_in(command, word, &programs)));
        if let Some(word) = found {
            let message = "nothing compares this with a checksum; add `sha256sum -c`";
            out.push(Match::new(word.span, message));
        }
    }
}

/// The names of files that the script makes executable.
fn made_executable(script: &Script) -> HashSet<&str> {
    let chmods = script.commands.iter().filter(|command| command.name() == "chmod");
    let files = chmods.flat_map(|command| {
        let operands = command.arguments().operands;
        let runs = operands.first().is_some_and(|mode| mode.text.contains(['x', '1', '3', '5', '7']));
        operands.into_iter().skip(1).filter(move |_| runs).map(Word::base_name)
    });
    files.filter(|name| !name.trim_matches(HIDDEN).is_empty()).collect()
}

/// Whether what a command downloads is written to one of these files.
fn lands_in(command: &Command, address: &Word, files: &HashSet<&str>) -> bool {
    let is_output = |option: &Opt<'_>| matches!(option.name, "o" | "output" | "O" | "output-document");
    let options = command.arguments().options;
    let told = options.iter().filter(|option| is_output(option)).find_map(|option| option.value);
    let path = told.unwrap_or(&address.text);
    files.contains(path.rsplit('/').next().unwrap_or_default())
}

/// Whether the command checks a file, or is unknown and may.
fn verifies(command: &Command) -> bool {
    let name = command.name();
    let says = |word: &Word| {
        let text = word.text.to_ascii_lowercase();
        ["verify", "checksum", "sha256", "sha512"].iter().any(|sign| text.contains(sign))
    };
    CHECKS.contains(&name) || command.words.iter().take(3).any(says)
}

fn is_address(word: &Word) -> bool {
    word.text.starts_with("https://") || word.text.starts_with("http://")
}

/// Whether an address ends like something to unpack or to install.
fn is_archive(word: &Word) -> bool {
    let text = word.text.to_ascii_lowercase();
    let path = text.split(['?', '#']).next().unwrap_or_default();
    ARCHIVES.iter().any(|end| path.ends_with(end))
}
