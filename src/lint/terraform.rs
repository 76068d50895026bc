//! Modules of Terraform: each lies in several files, and is evaluated and lowered before any of them is judged.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::input::{Input, Syntax};
use super::linter::Linter;
use super::raw::Raw;
use super::survey::{Surroundings, survived};
use crate::formats::paths::normal;
use crate::formats::terraform::{self, Attributes, Evaluated, Installed, Modules, Root};
use crate::formats::{Format, cloud};
use crate::model::Facts;
use crate::model::cloud::{CloudFact, Instance};
use crate::model::facts::FolderId;
use crate::syntax::hcl::File;
use crate::syntax::tree::Tree;
use crate::text::{FileId, Span};

/// What is said of a value that a call passes to a module.
pub(super) const ARGUMENT: &str = terraform::ARGUMENT;

/// What is known of Terraform from the outside.
#[derive(Debug, Default)]
pub struct TerraformOptions {
    /// Whether to tell what is not known.
    pub unknown: bool,
    /// Modules from elsewhere; their files are among the inputs.
    pub installed: Vec<Installed>,
    /// Files that functions name, and what they hold.
    pub texts: Vec<(PathBuf, Arc<str>)>,
}

/// A file that is read as HCL, by the number of its input.
type Read<'f> = (usize, &'f File);

/// What a file came out as, by the number of its input.
type Lowered = (usize, Facts, Tree);

/// Evaluates all modules among the files. Of a file whose evaluation crashed, nothing is kept. Tells what could not be
/// known, if that is asked for, and what is not to be shown.
pub(super) fn evaluate(inputs: &mut [Input<'_>], options: &TerraformOptions, around: &mut Surroundings) {
    if !inputs.iter().any(|input| input.format.name() == "terraform") {
        return;
    }
    inputs.par_iter_mut().filter(|input| is_read(input)).for_each(|input| {
        survived(|| {
            input.parse();
            Vec::<()>::new()
        });
    });
    let (lowered, unknown, hidden) = lowered(inputs, options);
    (around.attributes, around.hidden) = (unknown, hidden);
    let lent: HashSet<FileId> = inputs.iter().filter(|input| input.lent).map(|input| input.file).collect();
    around.attributes.retain(|place, _| !lent.contains(&place.file));
    for (at, facts, tree) in lowered {
        inputs[at].evaluated = Some(Box::new((facts, tree)));
    }
}

/// Whether it is read for modules; files of Terragrunt are, since they give values to variables.
fn is_read(input: &Input<'_>) -> bool {
    input.format.name() == "terraform" || input.format == Format::Hcl && !is_foreign(input)
}

/// Whether it is of another program than Terragrunt.
fn is_foreign(input: &Input<'_>) -> bool {
    let name = input.path.to_string_lossy();
    [".pkr.hcl", ".pkrvars.hcl", "test.hcl", ".lock.hcl", "-bake.hcl"].iter().any(|end| name.ends_with(end))
}

/// The files of all modules, with what each asks of clouds.
fn lowered(inputs: &[Input<'_>], options: &TerraformOptions) -> (Vec<Lowered>, Attributes, Vec<Span>) {
    let json: Vec<(usize, File)> =
        inputs.iter().enumerate().filter_map(|(at, input)| Some((at, from_json(input)?))).collect();
    let hcl = inputs.iter().enumerate().filter_map(|(at, input)| match input.tree() {
        Some(Syntax::Hcl(file)) if is_read(input) => Some((at, file)),
        _ => None,
    });
    // Of files of values, the order counts.
    let mut files: Vec<Read<'_>> = hcl.chain(json.iter().map(|(at, file)| (*at, file))).collect();
    files.sort_unstable_by_key(|(at, _)| *at);
    let Evaluation { blocks, crashed, unknown, hidden } = evaluated(inputs, &files, options);
    let lower = |(at, file): &Read<'_>| {
        let input = &inputs[*at];
        let is_lost =
            !crashed.is_empty() && input.path.parent().is_some_and(|it| crashed.contains(&normal(it)));
        if is_lost || !input.is_of_module() {
            return Vec::new();
        }
        let blocks = blocks.get(&input.file).map_or(&[][..], Vec::as_slice);
        survived(|| {
            let (facts, tree) = of_module(file, input, blocks);
            vec![(*at, facts, tree)]
        })
    };
    let mut lowered: Vec<Lowered> = files.par_iter().flat_map_iter(lower).collect();
    let mut clouds = clouds(&lowered);
    for (at, facts, _) in &mut lowered {
        facts.cloud = clouds.remove(&inputs[*at].file).unwrap_or_default();
    }
    (lowered, unknown, hidden)
}

/// What modules came out as.
struct Evaluation {
    /// The blocks of each file.
    blocks: BTreeMap<FileId, Vec<Evaluated>>,
    /// Root modules whose evaluation crashed.
    crashed: HashSet<PathBuf>,
    /// What could not be known.
    unknown: Attributes,
    /// What is not to be shown.
    hidden: Vec<Span>,
}

fn evaluated(inputs: &[Input<'_>], files: &[Read<'_>], options: &TerraformOptions) -> Evaluation {
    let mut modules = Modules::default();
    let mut given: Vec<(usize, &File)> = Vec::new();
    for (at, file) in files {
        if inputs[*at].format == Format::Hcl {
            modules.add_unit(inputs[*at].path, file);
            continue;
        }
        modules.add(inputs[*at].path, file);
        given.extend(inputs[*at].values.map(|order| (order, *file)));
        if inputs[*at].lent {
            modules.lend(inputs[*at].path);
        }
    }
    options.installed.iter().for_each(|module| modules.install(module));
    options.texts.iter().for_each(|(path, text)| modules.add_text(path, text.clone()));
    given.sort_unstable_by_key(|(order, _)| *order);
    for (_, file) in given {
        modules.give(file);
    }
    let (mut crashed, mut unknown) = (HashSet::new(), Attributes::default());
    let mut evaluate = |roots: Vec<Root>| -> Vec<(FileId, Evaluated)> {
        let each = roots.par_iter().map(|root| survived(|| vec![modules.evaluate(root)]));
        let each: Vec<Vec<_>> = each.collect();
        if options.unknown {
            let all = roots.par_iter().map(|root| survived(|| vec![modules.unknown(root)]));
            let all: Vec<Vec<Attributes>> = all.collect();
            all.into_iter().flatten().flatten().for_each(|(place, why)| {
                let kept = unknown.entry(place).or_default();
                *kept = kept.take().or(why);
            });
        }
        let lost = roots.into_iter().zip(&each).filter(|(_, blocks)| blocks.is_empty());
        crashed.extend(lost.map(|(root, _)| root.folder));
        each.into_iter().flatten().flatten().collect()
    };
    let run = modules.units();
    let run: Vec<Vec<Root>> =
        run.par_iter().map(|unit| survived(|| modules.run_by(unit).into_iter().collect())).collect();
    let mut all = evaluate(modules.roots(run.into_iter().flatten().collect()));
    let reached: HashSet<FileId> = all.iter().map(|(file, _)| *file).collect();
    all.extend(evaluate(modules.unreached(&reached)));
    let called = files.par_iter().flat_map_iter(|(_, file)| terraform::called_sensitive(file));
    let mut hidden: Vec<Span> = called.collect();
    hidden.extend(modules.secrets());
    Evaluation { blocks: terraform::by_file(all), crashed, unknown, hidden }
}

/// A file in JSON as if it had been written in HCL.
fn from_json(input: &Input<'_>) -> Option<File> {
    let Some(Syntax::Data(tree)) = input.tree().filter(|_| input.format == Format::TerraformJson) else {
        return None;
    };
    Some(if input.is_of_module() { terraform::of_json(tree) } else { terraform::values_of_json(tree) })
}

/// What a file of a module says.
fn of_module(file: &File, input: &Input<'_>, blocks: &[Evaluated]) -> (Facts, Tree) {
    let name = input.path.file_name().unwrap_or_default().to_string_lossy();
    let (mut facts, tree) = terraform::lower(file, blocks, input.folder, terraform::is_override(&name));
    if let Some(names) = &mut facts.names {
        names.tofu = name.ends_with(".tofu") || name.ends_with(".tofu.json");
        // Of a nested block in JSON nothing tells it from an attribute, so that not all names are known.
        names.partial |= input.format == Format::TerraformJson;
    }
    (facts, tree)
}

/// What the files ask of clouds. Resources say more about each other within a folder.
fn clouds(lowered: &[Lowered]) -> HashMap<FileId, Vec<CloudFact>> {
    let read = |(_, facts, tree): &Lowered| {
        let instances = terraform::instances(&facts.blocks, tree);
        instances.into_iter().map(|instance| (facts.folder, instance)).collect()
    };
    let all: Vec<Vec<(FolderId, Instance)>> =
        lowered.par_iter().map(|file| survived(|| read(file))).collect();
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
