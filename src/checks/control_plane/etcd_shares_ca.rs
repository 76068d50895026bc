//! An etcd that believes the client certificates that the API server beside it believes.

use std::collections::HashMap;

use crate::model::Project;
use crate::model::facts::FolderId;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut known: HashMap<(FolderId, &str), Span> = HashMap::new();
    let components = || {
        project.files.iter().flat_map(|facts| facts.components.iter().map(move |found| (facts.folder, found)))
    };
    for (folder, component) in components().filter(|(_, component)| component.name == "kube-apiserver") {
        if let Some((path, span)) = component.flags.written("client-ca-file") {
            known.entry((folder, path)).or_insert(span);
        }
    }
    for (folder, component) in components().filter(|(_, component)| component.name == "etcd") {
        let Some((path, span)) = component.flags.written("trusted-ca-file") else { continue };
        if let Some(server) = known.get(&(folder, path)) {
            let message = "every certificate that the API server believes is good for etcd too; give etcd a CA of its own";
            out.push(Match::new(span, message).related(*server, "the API server believes the same CA"));
        }
    }
}
