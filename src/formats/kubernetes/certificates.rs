//! cert-manager's objects, and annotations for it → facts.
//!
//! Sources: <https://cert-manager.io/docs/usage/certificate/>, <https://cert-manager.io/docs/usage/ingress/>,
//! <https://cert-manager.io/docs/usage/gateway/>.

use super::read;
use crate::model::Setting;
use crate::model::certificate::{Issuer, Request};
use crate::model::facts::Facts;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};

/// Adds what the object says about certificates.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let Some(spec) = root.get("spec") else { return };
    let annotations = root.at(&["metadata", "annotations"]);
    let request = match (resource.group(), resource.kind()) {
        ("cert-manager.io", "Issuer" | "ClusterIssuer") => {
            facts.issuers.push(Issuer { resource: id, http_only: http_only(spec) });
            None
        }
        ("cert-manager.io", "Certificate") => certificate(id, spec),
        ("networking.k8s.io", "Ingress") => {
            let hosts = spec.get("tls").into_iter().flat_map(Node::items).filter_map(|tls| tls.get("hosts"));
            annotated(id, annotations, hosts.flat_map(Node::items))
        }
        ("gateway.networking.k8s.io", "Gateway") => {
            let listeners = spec.get("listeners").into_iter().flat_map(Node::items);
            annotated(id, annotations, listeners.filter_map(|listener| listener.get("hostname")))
        }
        _ => None,
    };
    facts.requests.extend(request);
}

fn certificate(id: ResourceId, spec: Node<'_>) -> Option<Request> {
    let issuer = spec.get("issuerRef")?;
    // Issuers of other groups are made by other controllers.
    if issuer.get("group").is_some_and(|group| group.text() != "cert-manager.io") {
        return None;
    }
    let names = spec.get("dnsNames").into_iter().flat_map(Node::items);
    Some(Request {
        resource: id,
        issuer: Setting::text(issuer, "name"),
        cluster: issuer.get("kind").is_some_and(|kind| kind.text() == "ClusterIssuer"),
        wildcards: wildcards(names.chain(spec.get("commonName"))),
    })
}

fn annotated<'t>(
    id: ResourceId,
    annotations: Option<Node<'_>>,
    hosts: impl Iterator<Item = Node<'t>>,
) -> Option<Request> {
    let annotations = annotations?;
    if annotations.get("cert-manager.io/issuer-group").is_some_and(|group| group.text() != "cert-manager.io")
    {
        return None;
    }
    let cluster = Setting::text(annotations, "cert-manager.io/cluster-issuer");
    let own = Setting::text(annotations, "cert-manager.io/issuer");
    if cluster.is_unset() && own.is_unset() {
        return None;
    }
    let kind = annotations.get("cert-manager.io/issuer-kind").map(Node::text);
    Some(Request {
        resource: id,
        cluster: !cluster.is_unset() || kind == Some("ClusterIssuer"),
        issuer: cluster.or(own),
        wildcards: wildcards(hosts),
    })
}

fn wildcards<'t>(names: impl Iterator<Item = Node<'t>>) -> Vec<Word> {
    let wild = names.filter(|name| name.as_str().is_some_and(|name| name.starts_with("*.")));
    wild.map(|name| Word { text: name.text().to_owned(), span: read::content(name) }).collect()
}

/// Whether every solver of an ACME issuer is `http01`.
fn http_only(spec: Node<'_>) -> bool {
    let Some(solvers) = spec.at(&["acme", "solvers"]) else { return false };
    solvers.kind() == Kind::Sequence
        && !solvers.is_open()
        && solvers.items().len() > 0
        && solvers.items().all(|solver| !solver.is_open() && solver.get("http01").is_some())
}
