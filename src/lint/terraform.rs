//! Modules of Terraform: each lies in several files, and is evaluated before any of them is judged.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::input::{Input, Syntax};
use super::survey::survived;
use crate::formats::Format;
use crate::formats::terraform::{self, Evaluated, Modules};
use crate::syntax::hcl::File;
use crate::text::FileId;

/// The evaluated blocks of each file.
#[derive(Default)]
pub(super) struct Evaluations {
    by_file: BTreeMap<FileId, Vec<Evaluated>>,
}

impl Evaluations {
    /// Evaluates all modules among the files.
    pub(super) fn of(inputs: &mut [Input<'_>]) -> Evaluations {
        let is_read = |input: &Input<'_>| input.format.name() == "terraform";
        if !inputs.iter().any(is_read) {
            return Evaluations::default();
        }
        inputs.par_iter_mut().filter(|input| is_read(input)).for_each(|input| {
            survived(|| {
                input.parse();
                Vec::<()>::new()
            });
        });
        let json: Vec<(&Path, File)> =
            inputs.iter().filter_map(|input| Some((input.path, from_json(input)?))).collect();
        let mut modules = Modules::default();
        for input in inputs.iter().filter(|input| is_read(input)) {
            if let Some(Syntax::Hcl(file)) = input.tree() {
                modules.add(input.path, file);
            }
        }
        for (path, file) in &json {
            modules.add(path, file);
        }
        let evaluate = |roots: &[PathBuf]| -> Vec<(FileId, Evaluated)> {
            let each = roots.par_iter().map(|root| survived(|| modules.evaluate(root)));
            each.collect::<Vec<_>>().into_iter().flatten().collect()
        };
        let mut all = evaluate(&modules.roots());
        let reached: HashSet<FileId> = all.iter().map(|(file, _)| *file).collect();
        all.extend(evaluate(&modules.unreached(&reached)));
        Evaluations { by_file: terraform::by_file(all) }
    }

    /// The blocks of a file.
    pub(super) fn blocks(&self, file: FileId) -> &[Evaluated] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// A file in JSON as if it had been written in HCL.
fn from_json(input: &Input<'_>) -> Option<File> {
    let Some(Syntax::Data(tree)) = input.tree().filter(|_| input.format == Format::TerraformJson) else {
        return None;
    };
    let is_values = terraform::is_values(&input.path.to_string_lossy());
    Some(if is_values { terraform::values_of_json(tree) } else { terraform::of_json(tree) })
}

impl fmt::Debug for Evaluations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluations").field("files", &self.by_file.len()).finish()
    }
}
