//! Bindings for everybody who is logged in, except where they open only what is named for reading.

use crate::model::reach::At;
use crate::model::reach::Role;
use crate::model::{Facts, Project};
use crate::rule::Match;

/// Groups that hold every pod of the cluster, if not more.
const EVERYBODY: &[&str] = &["system:authenticated", "system:serviceaccounts"];

/// Roles that Kubernetes, or `OpenShift`, binds to everybody. Source:
/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles>.
const FOR_EVERYBODY: &[&str] = &[
    "system:basic-user",
    "system:discovery",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
    "system:scope-impersonation",
];

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for (file, facts) in project.files.iter().enumerate() {
        for (id, binding) in facts.bindings.iter().enumerate() {
            let mut subjects = binding
                .subjects
                .iter()
                .filter(|subject| subject.name.get().is_some_and(|name| EVERYBODY.contains(&name.as_str())));
            let Some(subject) = subjects.next() else { continue };
            let meant = binding.role_name.get().is_some_and(|name| FOR_EVERYBODY.contains(&name.as_str()));
            if meant || opens_little(project, At { file, id }) {
                continue;
            }
            let name = subject.name.get().map_or("", String::as_str);
            let message = format!(
                "gives this to `{name}`, everybody who can log in, pods included; bind those who need it"
            );
            out.push(Match::new(subject.anchor, message));
        }
    }
}

/// Whether the role is known, and lets read objects that it names, and nothing else.
fn opens_little(project: &Project, binding: At) -> bool {
    let Some(Role::Written(role)) = project.reach().role_of(binding) else { return false };
    let facts: &Facts = &project.files[role.file];
    let from = facts.grants.partition_point(|grant| grant.resource < role.id);
    let grants = facts.grants[from..].iter().take_while(|grant| grant.resource == role.id);
    let mut any = false;
    let little = grants.inspect(|_| any = true).all(|grant| {
        let reads = |verb: &str| ["get", "list", "watch"].contains(&verb);
        grant.verbs.get().is_some_and(|verbs| verbs.iter().all(|verb| reads(&verb.text)))
            && grant.resource_names.get().is_some_and(|names| !names.is_empty())
    });
    little && any
}
