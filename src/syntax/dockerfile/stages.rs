//! Stages and what they take from one another: a graph that always points backwards, save for broken files.

use std::collections::HashMap;
use std::ops::Range;

use crate::syntax::parsed::SyntaxError;
use crate::text::Span;

use super::kind::Kind;
use super::scope::Layer;
use super::source::invalid;
use super::tree::{Dockerfile, Instruction, Word};

/// From a FROM to the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The name after AS, as written. BuildKit compares names in lower case.
    pub name: Option<Word>,
    /// The number of its FROM instruction.
    pub from: usize,
    /// What it builds upon.
    pub base: Origin,
    /// The numbers of its instructions, FROM included.
    pub instructions: Range<usize>,
}

/// Where files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The stage with this number, from 0. A stage that does not stand earlier is a mistake.
    Stage(usize),
    /// Nothing.
    Scratch,
    /// An image: the reference after expansion with the defaults of the ARGs.
    Image(String),
    /// It depends on the build, or the number of a stage is too high.
    Unknown,
}

/// A COPY or a mount that takes files from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The number of the instruction.
    pub instruction: usize,
    /// The number of the stage it stands in.
    pub stage: usize,
    /// The name, number or image as written.
    pub name: Word,
    /// What that is.
    pub origin: Origin,
}

impl Dockerfile {
    /// The stage that the instruction with this number stands in; none before the first FROM.
    pub fn stage_of(&self, instruction: usize) -> Option<usize> {
        let after = self.stages.partition_point(|stage| stage.from <= instruction);
        after.checked_sub(1)
    }

    /// The stages that `stage` builds upon by FROM, the nearest first.
    pub fn ancestors(&self, stage: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(stage), |&stage| self.parent(stage))
    }

    /// The stage that the FROM of `stage` names.
    pub fn parent(&self, stage: usize) -> Option<usize> {
        match self.stages.get(stage)?.base {
            // Only backwards: so chains of ancestors end.
            Origin::Stage(parent) if parent < stage => Some(parent),
            _ => None,
        }
    }
}

/// The stages that begin in `instructions`. BuildKit finds a base only by the lower-case name.
pub(super) fn stages(instructions: &[Instruction], globals: &Layer, escape: char) -> Vec<Stage> {
    let starts: Vec<usize> =
        (0..instructions.len()).filter(|&at| instructions[at].kind == Kind::From).collect();
    let mut names = HashMap::new();
    let mut stages = Vec::new();
    for (number, &from) in starts.iter().enumerate() {
        let words = instructions[from].words();
        let has_name = words.get(1).is_some_and(|word| word.as_str().eq_ignore_ascii_case("as"));
        let name = words.get(2).filter(|_| has_name).cloned();
        let base = words.first().map_or(Origin::Unknown, |word| base(word, &names, globals, escape));
        if let Some(name) = &name {
            names.insert(name.as_str().to_lowercase(), number);
        }
        let end = starts.get(number + 1).copied().unwrap_or(instructions.len());
        stages.push(Stage { name, from, base, instructions: from..end });
    }
    stages
}

fn base(word: &Word, names: &HashMap<String, usize>, globals: &Layer, escape: char) -> Origin {
    let expanded = globals.expand(word.as_str(), escape);
    match expanded.known() {
        None | Some("") => Origin::Unknown,
        Some(_) if expanded.uses.iter().any(|used| used.missing) => Origin::Unknown,
        Some(name) => names.get(name).map_or_else(|| image(name), |&stage| Origin::Stage(stage)),
    }
}

fn image(name: &str) -> Origin {
    if name == "scratch" { Origin::Scratch } else { Origin::Image(name.to_owned()) }
}

/// Every `--from` of a COPY and `from` of a mount outside ONBUILD, whose stages are those of another file.
pub(super) fn references(instructions: &[Instruction], stages: &[Stage]) -> Vec<Reference> {
    // Of stages with one name an earlier one is meant, and of those the last; only then a later one.
    let mut earlier: HashMap<String, usize> = HashMap::new();
    let mut all: HashMap<String, usize> = HashMap::new();
    for (number, stage) in stages.iter().enumerate().rev() {
        all.extend(stage.name.iter().map(|name| (name.as_str().to_lowercase(), number)));
    }
    let mut references = Vec::new();
    for (number, stage) in stages.iter().enumerate() {
        for at in stage.instructions.clone() {
            for name in names(&instructions[at]) {
                let key = name.as_str().to_lowercase();
                let is_copy = instructions[at].kind == Kind::Copy;
                let origin = match name.as_str().parse::<usize>() {
                    Ok(index) if is_copy && index < stages.len() => Origin::Stage(index),
                    Ok(_) if is_copy => Origin::Unknown,
                    _ if name.as_str().contains('$') => Origin::Unknown,
                    _ => match earlier.get(&key).or(all.get(&key)) {
                        Some(&stage) => Origin::Stage(stage),
                        None => image(name.as_str()),
                    },
                };
                references.push(Reference { instruction: at, stage: number, name, origin });
            }
        }
        earlier.extend(stage.name.iter().map(|name| (name.as_str().to_lowercase(), number)));
    }
    references
}

fn names(instruction: &Instruction) -> Vec<Word> {
    let given = |word: &Word| !word.as_str().is_empty();
    match instruction.kind {
        Kind::Copy => {
            instruction.flag("from").and_then(|flag| flag.value.clone()).into_iter().filter(given).collect()
        }
        Kind::Run => instruction.mounts().filter_map(|mount| mount.option(&["from"])).filter(given).collect(),
        _ => Vec::new(),
    }
}

/// Reports that the file cannot be built at all: no FROM, or something before the first one.
pub(super) fn check(instructions: &[Instruction], empty: Span, errors: &mut Vec<SyntaxError>) {
    match instructions.iter().find(|found| found.kind != Kind::Arg) {
        None => {
            let place = instructions.first().map_or(empty, |found| found.keyword);
            errors.push(invalid(place, "file has no stage: add a `FROM`"));
        }
        // What is unknown may have been meant as a FROM, and is reported already.
        Some(found) if matches!(found.kind, Kind::From | Kind::Unknown) => {}
        Some(found) => {
            let message = format!("`{}` stands outside a stage: put `FROM` before it", found.kind.name());
            errors.push(invalid(found.keyword, message));
        }
    }
}
