//! References to ConfigMaps and Secrets, and keys in them, that the project does not define.
//!
//! A target may live elsewhere, so a missing object is reported only where a sibling reference of the same kind, from
//! the same folder, does resolve: then the project is what defines them.

use std::collections::{HashMap, HashSet};

use crate::model::facts::FolderId;
use crate::model::resource::Resource;
use crate::model::wiring::{Definition, Reference, Target};
use crate::model::{Facts, Project};
use crate::rule::Match;

pub(super) fn config_map(project: &Project, out: &mut Vec<Match>) {
    missing_object(project, Target::ConfigMap, out);
}

pub(super) fn secret(project: &Project, out: &mut Vec<Match>) {
    missing_object(project, Target::Secret, out);
}

/// What a cluster, or a mesh in it, puts into every namespace by itself: the API server's certificate authority,
/// Istio's, and that of `OpenShift`'s services.
const PROVIDED: &[&str] = &["kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt"];

fn missing_object(project: &Project, target: Target, out: &mut Vec<Match>) {
    let index = Index::new(project, target);
    let resolving: HashSet<FolderId> = index
        .references(project)
        .filter(|(facts, reference)| index.finds(facts, reference))
        .map(|(facts, _)| facts.folder)
        .collect();
    for (facts, reference) in index.references(project) {
        let known_here = resolving.contains(&facts.folder);
        if reference.optional
            || !known_here
            || index.finds(facts, reference)
            || index.vague.contains(&facts.folder)
        {
            continue;
        }
        let (Some(name), Some(span)) = (reference.name.get(), reference.name.span()) else { continue };
        if PROVIDED.contains(&name.as_str()) {
            continue;
        }
        let kind = target.kind();
        let message = format!(
            "no {kind} `{name}` in this project, where others that are referred to are defined; the pod will not start"
        );
        out.push(
            Match::new(span, message)
                .related(facts.resource(reference.resource).anchor, "the object that refers to it"),
        );
    }
}

pub(super) fn key(project: &Project, out: &mut Vec<Match>) {
    for target in [Target::ConfigMap, Target::Secret] {
        let index = Index::new(project, target);
        for (facts, reference) in index.references(project) {
            let (Some(key), Some(span)) = (reference.key.get(), reference.key.span()) else { continue };
            let found = index.definitions(facts, reference);
            let lacks =
                |definition: &&Definition| definition.keys.as_ref().is_some_and(|keys| !keys.contains(key));
            if reference.optional || found.is_empty() || !found.iter().all(lacks) {
                continue;
            }
            let kind = target.kind();
            let name = reference.name.get().map_or("", String::as_str);
            let message = format!("{kind} `{name}` has no key `{key}`; the container will not start");
            out.push(Match::new(span, message).related(found[0].anchor, format!("the {kind}")));
        }
    }
}

/// The definitions of one kind, by name.
struct Index<'p> {
    target: Target,
    by_name: HashMap<&'p str, Vec<(&'p Facts, &'p Definition)>>,
    /// Folders with a definition whose name cannot be known: any reference there may mean it.
    vague: HashSet<FolderId>,
}

impl<'p> Index<'p> {
    fn new(project: &'p Project, target: Target) -> Self {
        let mut index = Index { target, by_name: HashMap::new(), vague: HashSet::new() };
        for (facts, definition) in project.definitions().filter(|(_, definition)| definition.target == target)
        {
            match definition.name.get() {
                Some(name) => index.by_name.entry(name).or_default().push((facts, definition)),
                None => drop(index.vague.insert(facts.folder)),
            }
        }
        index
    }

    fn references(&self, project: &'p Project) -> impl Iterator<Item = (&'p Facts, &'p Reference)> {
        let target = self.target;
        let of = move |facts: &'p Facts| facts.references.iter().map(move |reference| (facts, reference));
        project.files.iter().flat_map(of).filter(move |(_, reference)| reference.target == target)
    }

    fn finds(&self, facts: &Facts, reference: &Reference) -> bool {
        !self.definitions(facts, reference).is_empty()
    }

    /// What the reference may lead to: the same name, in a namespace that may be the same.
    fn definitions(&self, facts: &Facts, reference: &Reference) -> Vec<&'p Definition> {
        let from: &Resource = facts.resource(reference.resource);
        let Some(named) = reference.name.get().and_then(|name| self.by_name.get(name.as_str())) else {
            return Vec::new();
        };
        let near = |definition: &Definition| match (from.namespace.get(), definition.namespace.get()) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        named.iter().map(|(_, definition)| *definition).filter(|definition| near(definition)).collect()
    }
}
