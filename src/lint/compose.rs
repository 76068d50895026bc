//! What stands beside Compose files: the files that complete them, take them in, or say how their images are built.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::ignores::Ignores;
use super::input::{Input, Syntax};
use super::survey::survived;
use crate::formats::paths::normal;
use crate::formats::{self, Format};
use crate::model::Facts;
use crate::model::workload::Word;
use crate::text::FileId;

/// What the other files say of Compose files.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// Services that an override file says more about, by its folder.
    overridden: HashMap<PathBuf, HashSet<String>>,
    /// Compose files that another one takes in or extends.
    taken_in: HashSet<PathBuf>,
    /// All Compose files, by their path.
    files: HashMap<PathBuf, FileId>,
    /// Dockerfiles, by their path.
    dockerfiles: HashMap<PathBuf, FileId>,
}

impl Neighbours {
    /// Reads override files, and those that name others.
    pub(super) fn of(inputs: &mut [Input<'_>]) -> Neighbours {
        let dockerfiles = inputs.iter().filter(|input| input.format == Format::Dockerfile);
        let dockerfiles = dockerfiles.map(|input| (normal(input.path), input.file)).collect();
        if !inputs.iter().any(|input| input.format == Format::Compose) {
            return Neighbours { dockerfiles, ..Neighbours::default() };
        }
        let files = inputs.iter().filter(|input| input.format == Format::Compose);
        let files = files.map(|input| (normal(input.path), input.file)).collect();
        let mut neighbours = Neighbours { files, dockerfiles, ..Neighbours::default() };
        let found: Vec<_> =
            inputs.par_iter_mut().flat_map_iter(|input| survived(|| overridden(input))).collect();
        for (folder, names) in found {
            neighbours.overridden.entry(folder).or_default().extend(names);
        }
        neighbours.taken_in =
            inputs.par_iter_mut().flat_map_iter(|input| survived(|| taken_in(input))).collect();
        neighbours
    }

    /// Tells a Compose file what completes it, and whatever builds images what it builds from.
    pub(super) fn tell(&self, path: &Path, ignores: &Ignores, facts: &mut Facts) {
        let Some(folder) = path.parent() else { return };
        let of_services = facts.compose.iter_mut().flat_map(|compose| &mut compose.services);
        let of_services = of_services.filter_map(|service| service.build.as_mut());
        for build in facts.artifacts.iter_mut().map(|artifact| &mut artifact.build).chain(of_services) {
            let full = |path: &String| normal(&folder.join(path));
            let Some(path) = build.path.as_ref().map(full) else { continue };
            build.file = self.dockerfiles.get(&path).copied();
            let context = build.context.as_ref().map(full);
            build.ignored_by = context.and_then(|context| ignores.of_build(&path, &context));
        }
        let Some(compose) = &mut facts.compose else { return };
        let file = |path: &Word| self.files.get(&normal(&folder.join(&path.text))).copied();
        let missing = |included: &Word| file(included).is_none();
        compose.extended.iter_mut().for_each(|extended| extended.file = file(&extended.path));
        compose.part = self.taken_in.contains(path);
        compose.open |= compose.included.iter().any(missing);
        let names = self.overridden.get(folder);
        for service in &mut compose.services {
            service.fragment |= names.is_some_and(|names| names.contains(&service.name.text));
        }
    }
}

/// The services in an override file of Compose, and its folder.
fn overridden(input: &mut Input<'_>) -> Vec<(PathBuf, HashSet<String>)> {
    let Some(folder) = input.path.parent() else { return Vec::new() };
    if input.format != Format::Compose || !formats::is_compose_override(&input.path.to_string_lossy()) {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    vec![(folder.to_path_buf(), formats::compose::service_names(tree).into_iter().collect())]
}

/// The files that a Compose file takes in or extends.
fn taken_in(input: &mut Input<'_>) -> Vec<PathBuf> {
    let folder = input.path.parent().unwrap_or(input.path);
    let says = |word: &str| memchr::memmem::find(input.text.as_bytes(), word.as_bytes()).is_some();
    if input.format != Format::Compose || !(says("include") || says("extends")) {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    formats::compose::taken_in(tree).iter().map(|path| normal(&folder.join(path))).collect()
}
