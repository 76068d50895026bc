//! What the API server itself looks up: roles and their subjects, Services that it calls, admission policies.

use super::{Referrer, port, target};
use crate::model::Setting;
use crate::model::reference::{Purpose, Target};
use crate::syntax::tree::{Kind, Node};

const RBAC: &str = "rbac.authorization.k8s.io";
const ACCOUNT: Target = Target::core("ServiceAccount");

/// A binding of a role.
pub(super) fn rbac(out: &mut Referrer<'_>, root: Node<'_>) {
    if let Some(role) = root.get("roleRef") {
        let name = Setting::text(role, "name");
        match Setting::text(role, "kind").get().map(String::as_str) {
            Some("Role") => out.add(out.to(Purpose::Role, Target::of(RBAC, "Role"), name)),
            Some("ClusterRole") => out.add_global(Purpose::Role, Target::of(RBAC, "ClusterRole"), name),
            _ => {}
        }
    }
    for node in root.get("subjects").into_iter().flat_map(Node::items) {
        if Setting::text(node, "kind").get().is_some_and(|kind| kind == "ServiceAccount") {
            let reference = out.to(Purpose::Subject, ACCOUNT, Setting::text(node, "name"));
            out.add(reference.in_namespace(node, "namespace"));
        }
    }
}

/// Webhooks, and bindings of admission policies.
pub(super) fn admission(out: &mut Referrer<'_>, root: Node<'_>) {
    for webhook in root.get("webhooks").into_iter().flat_map(Node::items) {
        if let Some(config) = webhook.get("clientConfig") {
            service(out, config);
        }
    }
    let kind = out.facts.resource(out.id).kind().to_owned();
    let (Some(spec), Some(policy)) = (root.get("spec"), kind.strip_suffix("Binding")) else { return };
    let policy = Target::read("admissionregistration.k8s.io", policy);
    out.add_global(Purpose::AdmissionPolicy, policy, Setting::text(spec, "policyName"));
}

/// The webhook that converts between versions of a custom resource.
pub(super) fn conversion(out: &mut Referrer<'_>, spec: Node<'_>) {
    let Some(conversion) = spec.get("conversion") else { return };
    let config = conversion.at(&["webhook", "clientConfig"]).or(conversion.get("webhookClientConfig"));
    if let Some(config) = config {
        service(out, config);
    }
}

/// The Service at `service`; its port is 443 unless another is written.
pub(super) fn service(out: &mut Referrer<'_>, parent: Node<'_>) {
    let Some(node) = parent.get("service").filter(|node| node.kind() == Kind::Mapping) else { return };
    let name = Setting::text(node, "name");
    let part = match (port(node, "port"), name.span()) {
        (Setting::Unset, Some(span)) => Setting::Set("443".to_owned(), span),
        (part, _) => part,
    };
    let Some(target) = target(node, &Setting::Unset, &Target::core("Service")) else { return };
    let reference = out.to(Purpose::Webhook, target, name);
    out.add(reference.in_namespace(node, "namespace").part(part));
}
