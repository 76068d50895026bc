//! COPY and ADD of what the `.dockerignore` keeps from the build.

use std::collections::{HashMap, HashSet};

use crate::model::image::HIDDEN;
use crate::model::instruction::Instruction;
use crate::model::origins::builds;
use crate::model::workload::Word;
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::dockerignore::Patterns;
use crate::text::FileId;

/// Bytes of sources of one Dockerfile that are looked up; people have a handful.
const MOST: usize = 8 << 10;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let ignores: HashMap<FileId, &Patterns> = project
        .files
        .iter()
        .filter_map(|facts| facts.ignored.as_ref())
        .filter_map(|patterns| Some((patterns.file()?, patterns)))
        .collect();
    if ignores.is_empty() {
        return;
    }
    let built = ignores_of_builds(project);
    for facts in &project.files {
        let Some(file) = facts.stages.first().map(|stage| stage.whole.file) else { continue };
        // Who builds it says in which folder; else that is its own.
        let own: HashSet<FileId> = facts.ignored_by.into_iter().collect();
        let mut applying: Vec<FileId> = built.get(&file).unwrap_or(&own).iter().copied().collect();
        applying.sort_unstable();
        let mut left = MOST;
        for (word, path) in sources(facts) {
            let Some(rest) = left.checked_sub(path.len()) else { break };
            left = rest;
            let pattern = applying.iter().find_map(|ignore| ignores.get(ignore)?.leaves_out(&path));
            if let Some(pattern) = pattern {
                let message = format!(
                    "the build does not see `{path}`, which is ignored; except it there with `!{path}`, or do not copy it"
                );
                out.push(Match::new(word.span, message).related(pattern, "ignored here"));
            }
        }
    }
}

/// The ignore files of what is built from each Dockerfile.
fn ignores_of_builds(project: &Project) -> HashMap<FileId, HashSet<FileId>> {
    let mut found: HashMap<FileId, HashSet<FileId>> = HashMap::new();
    for (_, build) in builds(project) {
        if let Some(file) = build.file {
            found.entry(file).or_default().extend(build.ignored_by);
        }
    }
    found
}

/// What is copied from the context: each word, and its path there.
fn sources(facts: &Facts) -> impl Iterator<Item = (&Word, String)> {
    let copies = |one: &&Instruction| {
        matches!(one.kind, Kind::Copy | Kind::Add) && !one.onbuild && one.flags.get("from").is_none()
    };
    let words = facts.instructions.iter().filter(copies).flat_map(|one| {
        let sources = one.args.len().saturating_sub(1);
        &one.args[..sources]
    });
    words.filter_map(|word| Some((word, path(&word.text)?)))
}

/// The path of a source in the context; none for addresses, for what may be several files, and for all of it.
fn path(source: &str) -> Option<String> {
    let elsewhere = source.contains("://") || source.starts_with("git@") || source.starts_with("<<");
    if elsewhere || source.contains([HIDDEN, '*', '?', '[', '\\', '$']) {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in source.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
