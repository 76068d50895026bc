//! Two Ingresses, or two rules of one, that claim the same path of the same host.
//!
//! Only what is applied together is held against each other: one file, or the files of a folder that a kustomization
//! lists. Other neighbours are often alternatives.

use std::collections::{HashMap, HashSet};

use crate::model::facts::FolderId;
use crate::model::wiring::IngressPath;
use crate::model::{Facts, Project};
use crate::rule::Match;

/// What is applied together, and the namespace, class, host and path in it.
type Key<'p> = ((FolderId, Option<usize>), &'p str, &'p str, &'p str, &'p str);

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let kustomized: HashSet<FolderId> =
        project.files.iter().filter(|facts| has_kustomization(facts)).map(|facts| facts.folder).collect();
    let mut seen: HashMap<Key<'_>, &IngressPath> = HashMap::new();
    for (file, facts) in project.files.iter().enumerate() {
        let together = if kustomized.contains(&facts.folder) {
            (facts.folder, None)
        } else {
            (facts.folder, Some(file))
        };
        for path in &facts.ingress_paths {
            let resource = facts.resource(path.resource);
            let namespace = resource.namespace.get().map_or("", String::as_str);
            if resource.fragment || resource.namespace.is_unknown() || resource.name.get().is_none() {
                continue;
            }
            let key = (together, namespace, path.class.as_str(), path.host.as_str(), path.path.as_str());
            match seen.get(&key) {
                Some(first) => {
                    let host = if path.host.is_empty() { "any host" } else { &path.host };
                    let message = format!(
                        "`{}` of {host} is claimed twice; the controller picks one of the two, or mixes them",
                        path.path
                    );
                    out.push(Match::new(path.span, message).related(first.span, "the first claim"));
                }
                None => drop(seen.insert(key, path)),
            }
        }
    }
}

fn has_kustomization(facts: &Facts) -> bool {
    let kustomize = |group: &str| group == "kustomize.config.k8s.io";
    facts.resources.iter().any(|resource| resource.kind() == "Kustomization" && kustomize(resource.group()))
}
