//! Virtual services bound to a gateway that the project does not have.

use std::collections::{HashMap, HashSet};

use crate::model::facts::FolderId;
use crate::model::mesh::Route;
use crate::model::resource::Resource;
use crate::model::workload::Word;
use crate::model::{Facts, Project};
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let index = Index::new(project);
    let routes = || {
        let files = project.files.iter();
        files.flat_map(|facts| facts.mesh.routes.iter().map(move |route| (facts, route)))
    };
    let found = routes().filter(|(facts, route)| names(route).any(|name| index.finds(facts, route, name)));
    let resolving: HashSet<FolderId> = found.map(|(facts, _)| facts.folder).collect();
    for (facts, route) in routes() {
        let resource = facts.resource(route.resource);
        if resource.fragment || !resolving.contains(&facts.folder) || index.vague.contains(&facts.folder) {
            continue;
        }
        let missing = |name: &&Word| index.knows_namespace(name) && !index.finds(facts, route, name);
        for name in names(route).filter(missing) {
            let message = format!(
                "no Gateway `{}` in this project, where others that are referred to are defined; the route is not used",
                name.text
            );
            out.push(Match::new(name.span, message).related(resource.anchor, "the route"));
        }
    }
}

/// The gateways that the route names, without the mesh itself.
fn names(route: &Route) -> impl Iterator<Item = &Word> {
    route.gateways.get().into_iter().flatten().filter(|name| name.text != "mesh")
}

/// Gateways by name.
struct Index<'p> {
    by_name: HashMap<&'p str, Vec<&'p Resource>>,
    /// Folders with a gateway whose name cannot be known.
    vague: HashSet<FolderId>,
    /// Namespaces with gateways of this project.
    namespaces: HashSet<&'p str>,
}

impl<'p> Index<'p> {
    fn new(project: &'p Project) -> Self {
        let mut index = Index { by_name: HashMap::new(), vague: HashSet::new(), namespaces: HashSet::new() };
        for (facts, resource) in project.resources() {
            let gateway = ["networking.istio.io", "gateway.networking.k8s.io"].contains(&resource.group());
            if !gateway || resource.kind() != "Gateway" {
                continue;
            }
            index.namespaces.extend(resource.namespace.get().map(String::as_str));
            match resource.name.get() {
                Some(name) => index.by_name.entry(name).or_default().push(resource),
                None => drop(index.vague.insert(facts.folder)),
            }
        }
        index
    }

    /// Whether the gateway would be in a namespace that this project fills; others have their own owners.
    fn knows_namespace(&self, name: &Word) -> bool {
        name.text.split_once('/').is_none_or(|(namespace, _)| self.namespaces.contains(namespace))
    }

    fn finds(&self, facts: &Facts, route: &Route, name: &Word) -> bool {
        let from = facts.resource(route.resource);
        let (namespace, name) = match name.text.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (from.namespace.get().map(String::as_str), name.text.as_str()),
        };
        let near = |gateway: &&Resource| {
            let own = gateway.namespace.get().map(String::as_str);
            own.is_none() || namespace.is_none() || own == namespace
        };
        self.by_name.get(name).is_some_and(|found| found.iter().any(near))
    }
}
