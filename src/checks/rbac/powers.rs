//! Rights that lead to more rights, and the words of a role that grant them.

use crate::model::Setting;
use crate::model::rbac::Grant;
use crate::model::workload::Word;
use crate::text::Span;

/// A right: some verb on some resource of some group.
pub(super) struct Power {
    groups: &'static [&'static str],
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
    /// Whether the verb is what is wrong, rather than the resource.
    verb_is_wrong: bool,
}

const RBAC: &[&str] = &["rbac.authorization.k8s.io"];
const ROLES: &[&str] = &["roles", "clusterroles", "rolebindings", "clusterrolebindings"];
const PODS: &[&str] = &[
    "pods",
    "deployments",
    "daemonsets",
    "statefulsets",
    "replicasets",
    "replicationcontrollers",
    "jobs",
    "cronjobs",
];

const fn power(
    groups: &'static [&'static str],
    resources: &'static [&'static str],
    verbs: &'static [&'static str],
) -> Power {
    Power { groups, resources, verbs, verb_is_wrong: false }
}

/// Giving oneself more rights. Source:
/// <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks>, as for the others.
pub(super) const ESCALATE: &[Power] =
    &[Power { groups: RBAC, resources: ROLES, verbs: &["escalate", "bind", "*"], verb_is_wrong: true }];
/// Acting as somebody else.
pub(super) const IMPERSONATE: &[Power] = &[Power {
    groups: &["", "authentication.k8s.io"],
    resources: &["users", "groups", "serviceaccounts"],
    verbs: &["impersonate", "*"],
    verb_is_wrong: true,
}];
/// Running commands in what runs already.
pub(super) const ENTER: &[Power] = &[
    power(&[""], &["pods/exec", "pods/attach"], &["create", "*"]),
    power(&[""], &["nodes/proxy"], &["create", "get", "*"]),
];
/// Reading every secret.
pub(super) const SECRETS: &[Power] = &[power(&[""], &["secrets"], &["get", "list", "watch", "*"])];
/// Running anything as any account.
pub(super) const RUN: &[Power] =
    &[power(&["", "apps", "batch", "extensions"], PODS, &["create", "update", "patch", "*"])];
/// Taking over addresses.
pub(super) const STATUS: &[Power] = &[power(&[""], &["services/status"], &["update", "patch", "*"])];
/// Logging in as any account.
pub(super) const TOKENS: &[Power] = &[power(&[""], &["serviceaccounts/token"], &["create", "*"])];

impl Power {
    /// The word of a rule that grants this, unless the rule says of which objects only.
    pub(super) fn granted_by(&self, grant: &Grant) -> Option<Span> {
        if !matches!(&grant.resource_names, Setting::Unset)
            && grant.resource_names.get().is_none_or(|names| !names.is_empty())
        {
            return None;
        }
        word(&grant.api_groups, self.groups)?;
        let verb = word(&grant.verbs, self.verbs)?;
        let resource = word(&grant.resources, self.resources)?;
        Some(if self.verb_is_wrong { verb } else { resource })
    }
}

/// Whether a rule grants everything there is: other rules say so, once.
pub(super) fn is_everything(grant: &Grant) -> bool {
    [&grant.api_groups, &grant.resources, &grant.verbs].iter().all(|words| Word::find(words, "*").is_some())
}

/// The first of these words, or else the wildcard.
fn word(words: &Setting<Vec<Word>>, wanted: &[&str]) -> Option<Span> {
    let found = words.get()?.iter().find(|word| wanted.contains(&word.text.as_str()));
    found.map(|word| word.span).or_else(|| Word::find(words, "*"))
}
