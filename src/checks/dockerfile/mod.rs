//! How images are built.

mod add_instead_of_copy;
mod cd_instead_of_workdir;
mod curl_pipe_shell;
mod duplicate_stage_name;
mod maintainer_instruction;
mod unpinned_apt_package;

use super::{Check, File};
use crate::model::instruction::Instruction;
use crate::syntax::dockerfile::Kind;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("add-instead-of-copy", Check::File(add_instead_of_copy::check)),
    ("cd-instead-of-workdir", Check::File(cd_instead_of_workdir::check)),
    ("curl-pipe-shell", Check::File(curl_pipe_shell::check)),
    ("duplicate-stage-name", Check::File(duplicate_stage_name::check)),
    ("maintainer-instruction", Check::File(maintainer_instruction::check)),
    ("unpinned-apt-package", Check::File(unpinned_apt_package::check)),
];

/// The instructions of one kind.
fn of_kind<'f>(file: &File<'f>, kind: Kind) -> impl Iterator<Item = &'f Instruction> {
    file.facts.instructions.iter().filter(move |instruction| instruction.kind == kind)
}
