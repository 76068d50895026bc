//! Wildcard names that are to be proved over HTTP, which ACME does not allow.

use super::issuers::{Issuers, requests};
use crate::model::Project;
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let issuers = Issuers::new(project);
    for (facts, request) in requests(project).filter(|(_, request)| !request.wildcards.is_empty()) {
        let found = issuers.of(facts, request);
        let Some((resource, _)) = found.first() else { continue };
        if !found.iter().all(|(_, issuer)| issuer.http_only) {
            continue;
        }
        for name in &request.wildcards {
            let message = format!(
                "`{}` proves names over HTTP, which cannot prove a wildcard; it needs a solver of type `dns01`",
                resource.name()
            );
            out.push(Match::new(name.span, message).related(resource.anchor, "the issuer"));
        }
    }
}
