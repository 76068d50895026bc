//! Secrets whose values stand in the files, in projects that know no other way.

use std::collections::HashSet;

use crate::model::Project;
use crate::rule::Match;

/// Kinds that bring secrets from elsewhere, or hold them encrypted.
const STORES: &[&str] = &[
    "ClusterExternalSecret",
    "ExternalSecret",
    "SealedSecret",
    "SecretProviderClass",
    "SopsSecret",
    "VaultDynamicSecret",
    "VaultStaticSecret",
];

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    if project.resources().any(|(_, resource)| STORES.contains(&resource.kind())) {
        return;
    }
    let mut seen = HashSet::new();
    for secret in project.files.iter().flat_map(|facts| &facts.plain_secrets) {
        if seen.insert(secret.span) {
            let message = "the values of this Secret stand in the files, base64 hides nothing; bring them from a store, or seal them";
            out.push(Match::new(secret.span, message));
        }
    }
}
