//! ADD where COPY does: none of its sources is a URL, a repository or an archive.

use super::super::File;
use super::of_kind;
use crate::model::image::HIDDEN;
use crate::model::instruction::Instruction;
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::dockerfile::Kind;
use crate::text::Edit;

/// Flags that only ADD has: whoever gives them wants ADD.
const OWN_FLAGS: &[&str] = &["checksum", "keep-git-dir", "unpack"];

/// Ends of the names of archives, which ADD unpacks, in lower case.
const ARCHIVES: &[&str] = &[
    ".tar", ".gz", ".tgz", ".tpz", ".bz2", ".tb2", ".tbz", ".tbz2", ".xz", ".txz", ".lz", ".tlz", ".lzma",
    ".z", ".tz", ".zst", ".tzst",
];

/// Starts of what ADD fetches itself.
const REMOTE: &[&str] = &["http://", "https://", "git://", "ssh://", "git@", "ftp://"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in of_kind(file, Kind::Add) {
        if OWN_FLAGS.iter().any(|flag| instruction.flags.get(flag).is_some()) {
            continue;
        }
        if sources(instruction).is_some_and(|mut sources| sources.any(is_plain)) {
            let message = "`ADD` also unpacks archives and fetches URLs; use `COPY`, which only copies";
            let mut found = Match::new(instruction.anchor, message);
            if sources(instruction).is_some_and(|mut sources| sources.all(is_plain)) {
                let edits = vec![Edit { span: instruction.anchor, text: "COPY".to_owned() }];
                // An archive may have a name that does not say so.
                found.fix = Some(Fix { applicability: Applicability::Unsafe, edits });
            }
            out.push(found);
        }
    }
}

/// All arguments but the last, which is the target.
fn sources(instruction: &Instruction) -> Option<impl Iterator<Item = &str>> {
    let (_, sources) = instruction.args.split_last()?;
    Some(sources.iter().map(|word| word.text.as_str()))
}

/// Whether `source` is certainly a file or folder that ADD treats as COPY does.
fn is_plain(source: &str) -> bool {
    let known_start = !source.starts_with(HIDDEN);
    let known_end = !source.ends_with(HIDDEN);
    let lower = source.to_ascii_lowercase();
    let remote = REMOTE.iter().any(|start| lower.starts_with(start)) || lower.starts_with("<<");
    // `*` stands for any name: an archive among them is unpacked.
    let archive = ARCHIVES.iter().any(|end| lower.ends_with(end)) || lower.contains(".tar.");
    known_start && known_end && !source.is_empty() && !remote && !archive
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_what_copy_can_do_is_plain() {
        for plain in [".", "app.jar", "src/", "file.zip", "a/\u{1}.jar", "*.conf"] {
            assert!(is_plain(plain), "{plain}");
        }
        for special in [
            "https://x/y.jar",
            "git@host:x.git",
            "rootfs.tar.xz",
            "x.TGZ",
            "\u{1}/app.jar",
            "dist/\u{1}",
            "<<EOF",
        ] {
            assert!(!is_plain(special), "{special}");
        }
    }
}
