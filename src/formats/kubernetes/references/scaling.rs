//! What is scaled, and the Service that names the pods of a StatefulSet.

use super::{Referrer, group_of, target as read_target};
use crate::model::Setting;
use crate::model::reference::{HEADLESS, Purpose, Target};
use crate::syntax::tree::{Kind, Node};

/// Kinds that are scaled, with the group they are of where a reference leaves it out or says an old one.
const SCALED: [(&str, &str); 6] = [
    ("Deployment", "apps"),
    ("StatefulSet", "apps"),
    ("DaemonSet", "apps"),
    ("ReplicaSet", "apps"),
    ("ReplicationController", ""),
    ("Rollout", "argoproj.io"),
];

/// `{apiVersion, kind, name}`: the workload that something is about.
pub(super) fn target(out: &mut Referrer<'_>, node: Option<Node<'_>>) {
    let Some(node) = node.filter(|node| node.kind() == Kind::Mapping) else { return };
    let Some(kind) = Setting::text(node, "kind").get().cloned() else { return };
    let known = SCALED.iter().find(|(name, _)| *name == kind);
    let version = Setting::text(node, "apiVersion");
    let target = match (known, version.get()) {
        (Some((kind, group)), _) => Target::of(group, kind),
        (None, Some(version)) => Target::read(&group_of(version), &kind),
        (None, None) => return,
    };
    out.add(out.to(Purpose::Workload, target, Setting::text(node, "name")));
}

/// A scaler of KEDA, whose target is a Deployment unless it says more.
pub(super) fn keda(out: &mut Referrer<'_>, spec: Node<'_>) {
    if let Some(node) = spec.get("scaleTargetRef").filter(|node| node.kind() == Kind::Mapping) {
        if node.get("kind").is_some() {
            target(out, Some(node));
        } else {
            let deployment = Target::of("apps", "Deployment");
            out.add(out.to(Purpose::Workload, deployment, Setting::text(node, "name")));
        }
    }
    for trigger in spec.get("triggers").into_iter().flat_map(Node::items) {
        let Some(node) = trigger.get("authenticationRef") else { continue };
        let default = Target::of("keda.sh", "TriggerAuthentication");
        let Some(target) = read_target(node, &Setting::Unset, &default) else { continue };
        let name = Setting::text(node, "name");
        if target.kind.starts_with("Cluster") {
            out.add_global(Purpose::TriggerAuthentication, target, name);
        } else {
            out.add(out.to(Purpose::TriggerAuthentication, target, name));
        }
    }
}

/// The Service and the classes of storage of a StatefulSet.
pub(super) fn stateful_set(out: &mut Referrer<'_>, spec: Node<'_>) {
    let name = Setting::text(spec, "serviceName");
    if let Some(span) = name.span() {
        let reference = out.to(Purpose::GoverningService, Target::core("Service"), name);
        out.add(reference.part(Setting::Set(HEADLESS.to_owned(), span)));
    }
    let claims = spec.get("volumeClaimTemplates").into_iter().flat_map(Node::items);
    for claim in claims.filter_map(|claim| claim.get("spec")) {
        out.storage_class(claim);
    }
}
