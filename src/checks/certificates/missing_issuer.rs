//! Certificates of an issuer that the project does not have.

use std::collections::HashSet;

use super::issuers::{Issuers, requests};
use crate::model::Project;
use crate::model::facts::FolderId;
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let issuers = Issuers::new(project);
    let found = requests(project).filter(|(facts, request)| !issuers.of(facts, request).is_empty());
    let resolving: HashSet<FolderId> = found.map(|(facts, _)| facts.folder).collect();
    for (facts, request) in requests(project) {
        let resource = facts.resource(request.resource);
        let judged = resolving.contains(&facts.folder) && !issuers.vague.contains(&facts.folder);
        let (Some(name), Some(span)) = (request.issuer.get(), request.issuer.span()) else { continue };
        if resource.fragment || !judged || !issuers.of(facts, request).is_empty() {
            continue;
        }
        let kind = if request.cluster { "ClusterIssuer" } else { "Issuer" };
        let message = format!(
            "no {kind} `{name}` in this project, where others that are referred to are defined; no certificate is made"
        );
        out.push(Match::new(span, message).related(resource.anchor, "the object that refers to it"));
    }
}
