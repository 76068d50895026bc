//! Two virtual services for one host inside the mesh, of which it is not defined which one wins.

use std::collections::HashMap;

use super::host::Host;
use crate::model::facts::FolderId;
use crate::model::mesh::Route;
use crate::model::resource::Resource;
use crate::model::workload::Word;
use crate::model::{Facts, Project};
use crate::rule::Match;

/// A host in a folder: routes of different folders may be variants of which one is installed.
type Key<'p> = (FolderId, &'p str, Option<&'p str>);

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut routes: HashMap<Key<'_>, Vec<(&Resource, &Word)>> = HashMap::new();
    for facts in &project.files {
        for route in facts.mesh.routes.iter().filter(|route| is_for_the_mesh(route)) {
            let resource = facts.resource(route.resource);
            for word in route.hosts.get().into_iter().flatten() {
                routes.entry(key(facts, resource, word)).or_default().push((resource, word));
            }
        }
    }
    for claims in routes.values() {
        let Some(((first, _), rest)) = claims.split_first() else { continue };
        // The same name twice is one object, changed or in two variants.
        let named = |resource: &Resource| !resource.fragment && !resource.name().is_empty();
        let others = rest.iter().filter(|(other, _)| named(other) && other.name() != first.name());
        for (_, word) in others {
            let message = format!(
                "`{}` also routes `{}` inside the mesh, and only one of them is used; merge them",
                first.name(),
                word.text
            );
            out.push(Match::new(word.span, message).related(first.anchor, "the other route"));
        }
    }
}

fn key<'p>(facts: &Facts, resource: &'p Resource, word: &'p Word) -> Key<'p> {
    let own = resource.namespace.get().map(String::as_str);
    let host = Host::read(&word.text, resource);
    host.map_or((facts.folder, &word.text, own), |host| (facts.folder, host.service, host.namespace))
}

/// Whether it applies between pods, and everywhere.
fn is_for_the_mesh(route: &Route) -> bool {
    let everywhere = |words: &Vec<Word>| words.iter().any(|word| word.text == "*");
    let mesh = |words: &Vec<Word>| words.is_empty() || words.iter().any(|word| word.text == "mesh");
    let bound = route.gateways.is_unset() || route.gateways.get().is_some_and(mesh);
    bound && (route.exports.is_unset() || route.exports.get().is_some_and(everywhere))
}
