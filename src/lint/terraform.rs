//! Modules of Terraform: each lies in several files, and is evaluated before any of them is judged.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::input::{Input, Syntax};
use super::linter::Linter;
use super::raw::Raw;
use super::survey::survived;
use crate::formats::terraform::{self, Evaluated, Modules};
use crate::formats::{Format, cloud};
use crate::model::Facts;
use crate::model::cloud::{CloudFact, Instance};
use crate::model::facts::FolderId;
use crate::syntax::hcl::File;
use crate::text::{FileId, Span};

/// The evaluated blocks of each file.
#[derive(Default)]
pub(super) struct Evaluations {
    by_file: BTreeMap<FileId, Vec<Evaluated>>,
    cloud: HashMap<FileId, Vec<CloudFact>>,
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
        let by_file = terraform::by_file(all);
        let cloud = clouds(inputs, &by_file);
        Evaluations { by_file, cloud }
    }

    /// What a file asks of a cloud.
    pub(super) fn cloud(&self, file: FileId) -> Vec<CloudFact> {
        self.cloud.get(&file).cloned().unwrap_or_default()
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

/// What the files ask of clouds. Resources say more about each other within a folder.
fn clouds(
    inputs: &[Input<'_>],
    by_file: &BTreeMap<FileId, Vec<Evaluated>>,
) -> HashMap<FileId, Vec<CloudFact>> {
    let read = |input: &Input<'_>| {
        let Some(blocks) = by_file.get(&input.file) else { return Vec::new() };
        let lower = |file: &File| terraform::lower(file, blocks, input.folder, false);
        let lowered = match input.tree() {
            Some(Syntax::Hcl(file)) => Some(lower(file)),
            _ => from_json(input).map(|file| lower(&file)),
        };
        let instances = lowered.map(|(facts, tree)| terraform::instances(&facts.blocks, &tree));
        instances.into_iter().flatten().map(|instance| (input.folder, instance)).collect()
    };
    let all: Vec<Vec<(FolderId, Instance)>> =
        inputs.par_iter().map(|input| survived(|| read(input))).collect();
    let mut folders: BTreeMap<FolderId, Vec<Instance>> = BTreeMap::new();
    for (folder, instance) in all.into_iter().flatten() {
        folders.entry(folder).or_default().push(instance);
    }
    let folders: Vec<Vec<Instance>> = folders.into_values().collect();
    let facts: Vec<Vec<CloudFact>> =
        folders.into_par_iter().map(|instances| survived(|| cloud::lower(instances))).collect();
    let mut out: HashMap<FileId, Vec<CloudFact>> = HashMap::new();
    for fact in facts.into_iter().flatten() {
        out.entry(fact.anchor.file).or_default().push(fact);
    }
    out
}

/// Says what rules for manifests found in objects that resources make in the words of Terraform.
pub(super) fn speak(linter: &Linter, facts: &Facts, text: &str, raw: &mut [Raw]) {
    if facts.blocks.is_empty() {
        return;
    }
    let made = facts.resources.iter().filter(|resource| resource.made);
    let made: BTreeMap<u32, Span> = made.map(|resource| (resource.span.start, resource.span)).collect();
    for Raw { rule, found } in raw {
        let around = made.range(..=found.span.start).next_back();
        let inside = around.is_some_and(|(_, span)| span.contains(found.span));
        if inside && linter.rule(*rule).takes_format("kubernetes") {
            found.message = terraform::spoken(&found.message, text);
        }
    }
}

impl fmt::Debug for Evaluations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluations").field("files", &self.by_file.len()).finish_non_exhaustive()
    }
}
