//! ConfigMaps, Secrets and claims that nothing in the project refers to.
//!
//! Programs read objects from the API under names that no manifest says, so this is judged only where workloads stand
//! beside them that do refer to others of the kind, where no custom resource does that may refer to anything, and where no
//! role lets programs read the kind.

use std::collections::HashSet;

use crate::model::Project;
use crate::model::names::Home;
use crate::model::reference::{Purpose, Reference};
use crate::model::resource::Resource;
use crate::rule::Match;

pub(super) fn config_map(project: &Project, out: &mut Vec<Match>) {
    check(project, ("ConfigMap", "configmaps"), &[Purpose::ConfigMap], out);
}

pub(super) fn secret(project: &Project, out: &mut Vec<Match>) {
    check(project, ("Secret", "secrets"), &[Purpose::Secret, Purpose::PullSecret, Purpose::TlsSecret], out);
}

pub(super) fn claim(project: &Project, out: &mut Vec<Match>) {
    check(project, ("PersistentVolumeClaim", "persistentvolumeclaims"), &[Purpose::Claim], out);
}

fn check(project: &Project, (kind, plural): (&str, &str), purposes: &[Purpose], out: &mut Vec<Match>) {
    let names = project.names();
    let references = || project.references().filter(|(_, reference)| reference.target.kind == kind);
    let used: HashSet<&str> = references().filter_map(|(_, reference)| name(reference)).collect();
    let vague: HashSet<u32> = references()
        .filter(|(_, reference)| name(reference).is_none())
        .map(|(facts, _)| project.layout.home(facts.folder))
        .collect();
    let mentioned: HashSet<&str> =
        project.files.iter().flat_map(|facts| facts.mentions.iter().map(String::as_str)).collect();
    for (facts, resource) in project.resources() {
        let is_used = || used.contains(resource.name()) || mentioned.contains(resource.name());
        if resource.kind() != kind || !resource.group().is_empty() || resource.name().is_empty() || is_used()
        {
            continue;
        }
        let Some(home) = names.home(project, facts) else { continue };
        if home.lets_read(plural) {
            continue;
        }
        let closed = !vague.contains(&project.layout.home(facts.folder)) && is_closed(home);
        if closed && !is_found_otherwise(resource) && purposes.iter().any(|purpose| home.resolves(*purpose)) {
            let name = resource.name();
            let message = format!(
                "nothing in this project refers to {kind} `{name}`, as others here are referred to; remove it"
            );
            out.push(Match::new(resource.anchor, message));
        }
    }
}

fn name(reference: &Reference) -> Option<&str> {
    reference.name.get().map(String::as_str)
}

/// Whether only Kubernetes' own objects stand here, whose references are all known.
fn is_closed(home: &Home) -> bool {
    !home.installs() && !home.has_makers()
}

/// Whether something may look for the object by its labels, annotations or type.
fn is_found_otherwise(resource: &Resource) -> bool {
    let plain = |key: &str| {
        key.starts_with("app.kubernetes.io/")
            || key.starts_with("helm.sh/")
            || matches!(key, "app" | "chart" | "release" | "heritage")
    };
    resource.fragment
        || resource.labels.open
        || resource.labels.pairs.iter().any(|label| !plain(&label.key))
        || !resource.annotations.is_empty()
}
