//! Tokens that are verified where they are sent, and required nowhere.

use std::collections::HashSet;

use crate::model::Project;
use crate::rule::Match;

/// Where policies for the whole mesh stand, unless the mesh says otherwise.
const ROOT: &str = "istio-system";

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let of_kind = |kind: &'static str| {
        let security = project.resources().filter(|(_, resource)| resource.group() == "security.istio.io");
        security.map(|(_, resource)| resource).filter(move |resource| resource.kind() == kind)
    };
    let guarded: HashSet<Option<&str>> =
        of_kind("AuthorizationPolicy").map(|policy| policy.namespace.get().map(String::as_str)).collect();
    for resource in of_kind("RequestAuthentication").filter(|resource| !resource.fragment) {
        let own = resource.namespace.get().map(String::as_str);
        let may_be_guarded = guarded.contains(&own)
            || guarded.contains(&None)
            || guarded.contains(&Some(ROOT))
            || (own.is_none() && !guarded.is_empty());
        if !may_be_guarded {
            let message = "requests without a token are let through; add an AuthorizationPolicy that asks for \
                           `requestPrincipals`";
            out.push(Match { missing: true, ..Match::new(resource.anchor, message) });
        }
    }
}
