//! What components are there for, as far as their image, their name or their place in the graph tell.
//!
//! The tables hold facts: products by the last part of their image, and the words that people name such parts by.

use std::collections::HashSet;

use crate::model::graph::{EdgeKind, Graph, Id, Node, NodeKind};

/// Images that hand requests on, to databases too.
const ROUTERS: &[&str] = &[
    "apisix",
    "caddy",
    "contour",
    "emissary",
    "envoy",
    "gloo",
    "haproxy",
    "httpd",
    "kong",
    "kong-gateway",
    "krakend",
    "nginx",
    "nginx-unprivileged",
    "oauth2-proxy",
    "openresty",
    "pgbouncer",
    "pgpool",
    "pomerium",
    "proxysql",
    "proxyv2",
    "spring-cloud-gateway",
    "traefik",
    "tyk-gateway",
    "varnish",
];

/// Words in the names of what hands requests on.
const ROUTING: &[&str] = &[
    "apigateway",
    "bff",
    "envoy",
    "gateway",
    "gw",
    "haproxy",
    "ingress",
    "nginx",
    "pgbouncer",
    "proxy",
    "traefik",
];

/// Words in the names of what only makes load, or tests.
const NO_SERVICES: &[&str] = &[
    "e2e",
    "k6",
    "load",
    "loadgen",
    "loadgenerator",
    "loadtest",
    "locust",
    "test",
    "tester",
    "tests",
    "traffic",
];

/// Images of tools for those who develop: what is published of them is for these alone.
const TOOLS: &[&str] = &[
    "adminer",
    "maildev",
    "mailhog",
    "mailpit",
    "mongo-express",
    "pgadmin4",
    "phpmyadmin",
    "redis-commander",
    "redisinsight",
    "swagger-ui",
];

/// Words in the names of what people look at: it is there to call many.
const FACES: &[&str] = &[
    "dashboard",
    "front",
    "frontend",
    "portal",
    "spa",
    "storefront",
    "ui",
    "web",
    "webapp",
    "website",
    "webui",
    "www",
];

/// Images of products that sign people in: all others ask them, which is their point.
const IDENTITY: &[&str] = &[
    "auth-server",
    "authelia",
    "authentik",
    "casdoor",
    "dex",
    "fusionauth-app",
    "gotrue",
    "hydra",
    "keycloak",
    "kratos",
    "logto",
    "oauth2-proxy",
    "server-authentik",
    "supertokens-postgresql",
    "zitadel",
];

/// Whether an image is one of a table.
fn runs(node: &Node, images: &[&str]) -> bool {
    let last = node.image.as_deref().map(|image| image.rsplit('/').next().unwrap_or(image));
    last.is_some_and(|last| images.contains(&last))
}

/// Whether a name has one of these words in it.
fn is_called(name: &str, words: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    name.split(['-', '_', '.', '/']).any(|part| words.contains(&part))
}

/// Whether it hands requests on: a proxy, a gateway.
pub(super) fn is_router(node: &Node) -> bool {
    let name = node.name.to_ascii_lowercase();
    let says = name.contains("gateway") || name.ends_with("apigw");
    node.kind == NodeKind::Ingress || says || runs(node, ROUTERS) || is_called(&node.name, ROUTING)
}

/// Whether it only calls others, to make load or to test them.
pub(super) fn is_no_service(node: &Node) -> bool {
    is_called(&node.name, NO_SERVICES) || node.name.ends_with("Tests")
}

/// Whether it is a tool for those who develop.
pub(super) fn is_tool(node: &Node) -> bool {
    runs(node, TOOLS)
}

/// Whether people look at it.
pub(super) fn is_face(node: &Node) -> bool {
    is_called(&node.name, FACES)
}

/// Whether it is a product that signs people in.
pub(super) fn is_identity(node: &Node) -> bool {
    runs(node, IDENTITY)
}

/// Nodes that requests come in to from outside.
pub(super) fn entries(graph: &Graph) -> HashSet<Id> {
    let routed = graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Ingress).map(|edge| edge.to);
    let open = graph.nodes.iter().enumerate().filter(|(_, node)| !node.exposed.is_empty());
    routed.chain(open.map(|(id, _)| id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::node;

    #[test]
    fn names_tell_by_whole_words() {
        assert!(is_router(&node("mobile-gateway")) && is_router(&node("webapigatewayapp")));
        assert!(is_router(&node("shop/frontend-proxy")) && !is_router(&node("proxies")));
        assert!(is_no_service(&node("load-generator")) && !is_no_service(&node("download")));
        assert!(is_face(&node("front-end")) && !is_face(&node("webhooks")));
    }

    #[test]
    fn images_tell_by_their_last_part() {
        let runs = |image: &str| Node { image: Some(image.to_owned()), ..node("x") };
        assert!(is_router(&runs("envoyproxy/envoy")) && is_identity(&runs("keycloak/keycloak")));
        assert!(!is_identity(&runs("shop/keycloak-theme")) && is_tool(&runs("mailhog/mailhog")));
    }
}
