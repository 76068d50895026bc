//! How images are built.

mod add_instead_of_copy;
mod archive_copied_then_unpacked;
mod cache_kept;
mod cd_instead_of_workdir;
mod certificate_variable;
mod comment_for_another_name;
mod consecutive_run;
mod copy_from;
mod duplicate_stage_name;
mod failure_hidden_by_semicolon;
mod from_variables;
mod hadolint_ignore_comment;
mod heredoc_without_errexit;
mod ignored_copy;
mod keyword_case;
mod label_key;
mod label_value;
mod layout;
mod maintainer_instruction;
mod overridden_instruction;
mod package_update_alone;
mod pipe_without_pipefail;
mod platform;
mod relative_path;
mod shell_form;
mod undefined_variable;
mod unpinned;
mod wget_and_curl;

use std::collections::HashMap;

use super::{Check, File};
use crate::model::instruction::Instruction;
use crate::model::stage::{Base, Stage};
use crate::rule::nearest::nearest;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::Script;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("add-instead-of-copy", Check::File(add_instead_of_copy::check)),
    ("apk-cache-kept", Check::File(cache_kept::apk)),
    ("apt-lists-kept", Check::File(cache_kept::apt)),
    ("archive-copied-then-unpacked", Check::File(archive_copied_then_unpacked::check)),
    ("as-in-other-case", Check::File(keyword_case::of_as)),
    ("cd-instead-of-workdir", Check::File(cd_instead_of_workdir::check)),
    ("certificate-check-off-by-variable", Check::File(certificate_variable::check)),
    ("comment-for-another-name", Check::File(comment_for_another_name::check)),
    ("consecutive-run", Check::File(consecutive_run::check)),
    ("copy-of-ignored-file", Check::Project(ignored_copy::check)),
    ("copy-from-own-stage", Check::File(copy_from::own)),
    ("copy-from-unknown-stage", Check::File(copy_from::unknown)),
    ("dnf-cache-kept", Check::File(cache_kept::dnf)),
    ("duplicate-stage-name", Check::File(duplicate_stage_name::check)),
    ("empty-continuation-line", Check::File(layout::empty_lines)),
    ("env-uses-itself", Check::File(undefined_variable::of_same_env)),
    ("failure-hidden-by-semicolon", Check::File(failure_hidden_by_semicolon::check)),
    ("fixed-platform", Check::File(platform::fixed)),
    ("hadolint-ignore-comment", Check::File(hadolint_ignore_comment::check)),
    ("heredoc-without-errexit", Check::File(heredoc_without_errexit::check)),
    ("inconsistent-keyword-case", Check::File(keyword_case::of_instructions)),
    ("invalid-default-base", Check::File(from_variables::invalid)),
    ("empty-label", Check::File(label_value::empty)),
    ("invalid-label-key", Check::File(label_key::check)),
    ("legacy-key-value-format", Check::File(layout::legacy)),
    ("malformed-label-value", Check::File(label_value::malformed)),
    ("maintainer-instruction", Check::File(maintainer_instruction::check)),
    ("overridden-instruction", Check::File(overridden_instruction::check)),
    ("package-update-alone", Check::File(package_update_alone::check)),
    ("pip-cache-kept", Check::File(cache_kept::pip)),
    ("pipe-without-pipefail", Check::File(pipe_without_pipefail::check)),
    ("redundant-target-platform", Check::File(platform::redundant)),
    ("relative-copy-target", Check::File(relative_path::copy)),
    ("relative-workdir", Check::File(relative_path::workdir)),
    ("shell-form-command", Check::File(shell_form::check)),
    ("undefined-arg-in-from", Check::File(from_variables::undefined)),
    ("undefined-variable", Check::File(undefined_variable::check)),
    ("unpinned-apk-package", Check::File(unpinned::apk)),
    ("unpinned-apt-package", Check::File(unpinned::apt)),
    ("unpinned-dnf-package", Check::File(unpinned::dnf)),
    ("unpinned-gem-package", Check::File(unpinned::gem)),
    ("unpinned-go-package", Check::File(unpinned::go)),
    ("unpinned-npm-package", Check::File(unpinned::npm)),
    ("unpinned-pip-package", Check::File(unpinned::pip)),
    ("unpinned-yum-package", Check::File(unpinned::yum)),
    ("unpinned-zypper-package", Check::File(unpinned::zypper)),
    ("wget-and-curl", Check::File(wget_and_curl::check)),
    ("yarn-cache-kept", Check::File(cache_kept::yarn)),
    ("yum-cache-kept", Check::File(cache_kept::yum)),
    ("zypper-cache-kept", Check::File(cache_kept::zypper)),
];

/// The instructions of one kind.
fn of_kind<'f>(file: &File<'f>, kind: Kind) -> impl Iterator<Item = &'f Instruction> {
    file.facts.instructions.iter().filter(move |instruction| instruction.kind == kind)
}

/// Every RUN with what a shell runs in it.
fn runs<'f>(file: &File<'f>) -> impl Iterator<Item = (&'f Instruction, &'f Script)> {
    of_kind(file, Kind::Run).filter_map(|instruction| Some((instruction, instruction.script.as_ref()?)))
}

/// Of each stage, whether its layers are in what ships: the last one, and what that builds upon.
fn kept_stages(file: &File<'_>) -> Vec<bool> {
    let stages = &file.facts.stages;
    let mut kept = vec![false; stages.len()];
    let mut next = stages.len().checked_sub(1);
    while let Some(stage) = next {
        kept[stage] = true;
        next = match stages[stage].base {
            // Only backwards: so it ends.
            Base::Stage(parent) if parent < stage => Some(parent),
            _ => None,
        };
    }
    kept
}

/// Of each stage, whether it only gives files to others, so that no container is made of it: some stage copies from it,
/// none builds upon it, and it is not the last.
fn helper_stages(file: &File<'_>) -> Vec<bool> {
    let stages = &file.facts.stages;
    let numbered = |stage: &Stage| Some((stage.name.get()?.to_ascii_lowercase(), stage.index));
    let names: HashMap<String, usize> = stages.iter().filter_map(numbered).collect();
    let mut helpers = vec![false; stages.len()];
    for from in of_kind(file, Kind::Copy).filter_map(|copy| copy.flags.get("from")) {
        let stage = names.get(&from.value.to_ascii_lowercase()).copied().or_else(|| from.value.parse().ok());
        if let Some(helper) = stage.and_then(|stage| helpers.get_mut(stage)) {
            *helper = true;
        }
    }
    let bases =
        stages.iter().filter_map(|stage| if let Base::Stage(base) = stage.base { Some(base) } else { None });
    for stage in bases.chain(stages.len().checked_sub(1)) {
        helpers[stage] = false;
    }
    helpers
}

/// Whether an instruction is in a stage that is marked.
fn is_in(marked: &[bool], instruction: &Instruction) -> bool {
    instruction.stage.and_then(|stage| marked.get(stage)).is_some_and(|marked| *marked)
}

/// Whether what an instruction adds is in what ships; what ONBUILD adds is, in another build.
fn is_kept(kept: &[bool], instruction: &Instruction) -> bool {
    let kept = |stage: usize| kept.get(stage).copied().unwrap_or(true);
    instruction.onbuild || instruction.stage.is_none_or(kept)
}

/// The known name that `name` may be a slip of; of many candidates, only some are looked at.
fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const MOST_SEEN: usize = 1000;
    const MOST: usize = 100;
    let alike = known.take(MOST_SEEN).filter(|other| *other != name && other.len().abs_diff(name.len()) <= 1);
    nearest(name, alike.take(MOST)).filter(|other| strsim::osa_distance(name, other) == 1)
}

/// For each instruction, what `read` makes of the value that ENV or ARG last gave a variable before it, in its stage or
/// in one that this builds upon; the value is without quotes, not expanded.
fn settings<T: Copy>(file: &File<'_>, name: &str, read: impl Fn(&str) -> T) -> Vec<Option<T>> {
    let mut at_end: Vec<Option<T>> = vec![None; file.facts.stages.len()];
    let (mut stage, mut value) = (None, None);
    let mut settings = Vec::new();
    for instruction in &file.facts.instructions {
        if instruction.stage != stage {
            stage = instruction.stage;
            let base = stage.and_then(|stage| file.facts.stages.get(stage)).map(|stage| stage.base);
            value = match base {
                Some(Base::Stage(parent)) => at_end.get(parent).copied().flatten(),
                _ => None,
            };
        }
        settings.push(value);
        if matches!(instruction.kind, Kind::Env | Kind::Arg) && !instruction.onbuild {
            let mut pairs = instruction.args.iter().rev().filter_map(|word| word.text.split_once('='));
            if let Some((_, text)) = pairs.find(|(key, _)| *key == name) {
                value = Some(read(text.trim_matches(['"', '\''])));
            }
        }
        if let Some(end) = stage.and_then(|stage| at_end.get_mut(stage)) {
            *end = value;
        }
    }
    settings
}
