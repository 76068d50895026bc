//! Pods that run several services of one publisher.

use super::who;
use crate::model::image::Image;
use crate::model::official;
use crate::model::workload::{Container, Role};
use crate::model::{Facts, Project};
use crate::rule::Match;

/// Words in names of containers and images that stand beside another container by design.
const SIDECARS: [&str; 44] = [
    "adapter",
    "agent",
    "auth-proxy",
    "cloud-sql-proxy",
    "cloudsql-proxy",
    "collector",
    "config-reloader",
    "controller",
    "csi",
    "daprd",
    "driver",
    "envoy",
    "exporter",
    "filebeat",
    "fluent-bit",
    "fluentbit",
    "fluentd",
    "forwarder",
    "git-sync",
    "haproxy",
    "health",
    "helper",
    "istio-proxy",
    "kube-rbac-proxy",
    "linkerd-proxy",
    "livenessprobe",
    "logger",
    "metrics",
    "nginx",
    "node-driver-registrar",
    "oauth2-proxy",
    "pgbouncer",
    "plugin",
    "promtail",
    "proxy",
    "provisioner",
    "registrar",
    "reloader",
    "resizer",
    "sidecar",
    "snapshotter",
    "statsd",
    "telegraf",
    "vault-agent",
];

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for facts in &project.files {
        let mut at = 0;
        while let Some(first) = facts.containers.get(at) {
            let rest = &facts.containers[at..];
            let count = rest.iter().take_while(|container| container.workload == first.workload).count();
            out.extend(found(facts, &rest[..count]));
            at += count;
        }
    }
}

fn found(facts: &Facts, containers: &[Container]) -> Option<Match> {
    let own: Vec<(&Container, &Image, &str)> = containers.iter().filter_map(service).collect();
    let (first, image, publisher) = own.first()?;
    let others: Vec<_> = own[1..]
        .iter()
        .filter(|(_, other, of)| of == publisher && other.repository.text != image.repository.text)
        .collect();
    let (second, ..) = others.first()?;
    let workload = &facts.workloads[first.workload];
    let name = |container: &Container| container.name.get().cloned().unwrap_or_default();
    let message = format!(
        "`{}` runs in the pod of `{}`, so that neither is released or scaled alone; give it a workload of its own",
        name(second),
        name(first)
    );
    if workload.batch {
        return None;
    }
    Some(Match::new(second.anchor, message).related(first.anchor, "the other service"))
}

/// A container that serves on a port of its own and runs an own image, with who publishes that.
fn service(container: &Container) -> Option<(&Container, &Image, &str)> {
    let image = container.image.as_ref()?;
    let (publisher, name) = image.repository.text.rsplit_once('/')?;
    let serves = container.role == Role::Main && !container.ports.items.is_empty();
    let named = container.name.get()?;
    let beside = [name, named.as_str()].iter().any(|name| who::has_word(name, &SIDECARS));
    (serves && !beside && official::official(image).is_none()).then_some((container, image, publisher))
}
