//! An archive that COPY brings and a later RUN unpacks, where ADD does both.

use std::collections::HashMap;

use super::super::File;
use crate::model::instruction::Instruction;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::Command;
use crate::text::Span;

/// Ends of the names of archives that ADD unpacks.
const ARCHIVES: &[&str] = &[".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz"];

/// Programs that unpack such archives.
const UNPACKERS: &[&str] = &["tar", "bsdtar", "gunzip", "bunzip2", "unxz", "gzip", "xz", "bzip2"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    // By the name of the archive without folders.
    let mut copied: HashMap<String, Span> = HashMap::new();
    let mut stage = None;
    for instruction in &file.facts.instructions {
        if instruction.stage != stage {
            stage = instruction.stage;
            copied.clear();
        }
        match instruction.kind {
            Kind::Copy if instruction.flags.get("from").is_none() => copied.extend(archives(instruction)),
            Kind::Run if !copied.is_empty() => {
                for command in instruction.commands() {
                    unpacked(command, &mut copied, out);
                }
            }
            _ => {}
        }
    }
}

/// The archives that a COPY brings, by the names that they have in the image.
fn archives(instruction: &Instruction) -> Vec<(String, Span)> {
    let Some((target, sources)) = instruction.args.split_last() else { return Vec::new() };
    let is_archive = |text: &str| ARCHIVES.iter().any(|end| text.to_ascii_lowercase().ends_with(end));
    let renamed = is_archive(&target.text) && sources.len() == 1;
    sources
        .iter()
        .filter(|source| is_archive(&source.text))
        .map(|source| (base_name(if renamed { &target.text } else { &source.text }), source.span))
        .collect()
}

fn unpacked(command: &Command, copied: &mut HashMap<String, Span>, out: &mut Vec<Match>) {
    if !UNPACKERS.contains(&command.name()) {
        return;
    }
    for word in command.program().iter().skip(1) {
        let text = word.text.strip_prefix("--file=").unwrap_or(&word.text);
        if let Some(span) = copied.remove(&base_name(text)) {
            let message =
                "`ADD` copies and unpacks an archive at once, and leaves no copy in a layer; use it here";
            out.push(Match::new(span, message).related(word.span, "unpacked here"));
        }
    }
}

/// The part behind the last `/` or `\`.
fn base_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
