//! Paths that depend on a folder that the file does not set.

use super::super::File;
use crate::model::image::{HIDDEN, Image};
use crate::model::instruction::Instruction;
use crate::model::stage::Base;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

/// Images that set WORKDIR themselves, and what to. Source: the Dockerfiles of Docker's official images.
const WITH_WORKDIR: &[&str] =
    &["golang", "php", "ghost", "wordpress", "drupal", "rails", "composer", "sonarqube"];

/// COPY to a relative target before any WORKDIR.
pub(super) fn copy(file: &File<'_>, out: &mut Vec<Match>) {
    let message =
        "this lands wherever the base image happens to be; set `WORKDIR` before it, or write the whole path";
    walk(file, |instruction, is_set| {
        let target = instruction.args.last().filter(|_| instruction.args.len() > 1);
        if let (Kind::Copy, false, Some(target)) = (instruction.kind, is_set, target)
            && is_relative(&target.text)
        {
            out.push(Match::new(target.span, message));
        }
    });
}

/// A relative WORKDIR before any absolute one.
pub(super) fn workdir(file: &File<'_>, out: &mut Vec<Match>) {
    walk(file, |instruction, is_set| {
        if let (Kind::Workdir, false, [target]) = (instruction.kind, is_set, instruction.args.as_slice())
            && is_relative(&target.text)
        {
            let message = "this folder is inside whatever folder the base image sets; start with `/`";
            out.push(Match::new(target.span, message));
        }
    });
}

/// Calls `look` with every instruction, and whether the stage has set its folder before it.
fn walk(file: &File<'_>, mut look: impl FnMut(&Instruction, bool)) {
    let mut at_end = vec![false; file.facts.stages.len()];
    let (mut stage, mut is_set) = (None, false);
    for instruction in &file.facts.instructions {
        if instruction.stage != stage {
            stage = instruction.stage;
            let base = stage.and_then(|stage| file.facts.stages.get(stage)).map(|stage| stage.base);
            is_set = match base {
                Some(Base::Stage(parent)) => at_end.get(parent).is_some_and(|set| *set),
                _ => false,
            };
        }
        if instruction.kind == Kind::From {
            is_set |= instruction.args.first().is_some_and(|word| brings_workdir(&word.text));
        }
        look(instruction, is_set);
        if instruction.kind == Kind::Workdir {
            is_set |= instruction.args.first().is_some_and(|target| !is_relative(&target.text));
        }
        if let Some(end) = stage.and_then(|stage| at_end.get_mut(stage)) {
            *end = is_set;
        }
    }
}

/// Whether the image is one of those that are known to set their folder.
fn brings_workdir(reference: &str) -> bool {
    let place = |from, to| crate::text::Span::new(crate::text::FileId(0), from, to);
    let image = Image::parse(reference, place);
    image.registry.is_none() && WITH_WORKDIR.contains(&image.repository.text.as_str())
}

/// Neither from the root, nor of a Windows drive, nor up to a variable.
fn is_relative(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    !(path.is_empty() || path.starts_with(['/', '\\', HIDDEN, '$']) || drive)
}
