//! Numbers outside of what the API server takes, though their type is right. Those of pods are known here, so that they
//! are found in kinds without a schema; the rest is in the schemas.

use super::super::File;
use super::{builtin, violations};
use crate::rule::Match;
use crate::syntax::tree::Node;

/// A field by its path, with the least and the greatest number that it may hold.
type Range = (&'static [&'static str], i64, i64);

const MAX: i64 = i32::MAX as i64;
const PORT: i64 = 65_535;

/// Fields of the objects themselves. Source: the API server's validation, as the API reference describes the fields.
const OBJECT: &[Range] = &[
    (&["spec", "replicas"], 0, MAX),
    (&["spec", "minReadySeconds"], 0, MAX),
    (&["spec", "revisionHistoryLimit"], 0, MAX),
    (&["spec", "backoffLimit"], 0, MAX),
    (&["spec", "completions"], 0, MAX),
    (&["spec", "parallelism"], 0, MAX),
    (&["spec", "ttlSecondsAfterFinished"], 0, MAX),
    (&["spec", "startingDeadlineSeconds"], 0, i64::MAX),
    (&["spec", "successfulJobsHistoryLimit"], 0, MAX),
    (&["spec", "failedJobsHistoryLimit"], 0, MAX),
    (&["spec", "jobTemplate", "spec", "backoffLimit"], 0, MAX),
    (&["spec", "jobTemplate", "spec", "completions"], 0, MAX),
    (&["spec", "jobTemplate", "spec", "parallelism"], 0, MAX),
    (&["spec", "jobTemplate", "spec", "ttlSecondsAfterFinished"], 0, MAX),
];
/// Fields of a pod's spec.
const POD: &[Range] = &[(&["activeDeadlineSeconds"], 1, MAX)];
/// Fields of a port of a container.
const CONTAINER_PORT: &[Range] = &[(&["containerPort"], 1, PORT), (&["hostPort"], 0, PORT)];
/// Fields of a port of a Service.
const SERVICE_PORT: &[Range] = &[(&["port"], 1, PORT), (&["targetPort"], 0, PORT), (&["nodePort"], 0, PORT)];
/// Fields of any probe.
const PROBE: &[Range] = &[
    (&["initialDelaySeconds"], 0, MAX),
    (&["timeoutSeconds"], 0, MAX),
    (&["periodSeconds"], 0, MAX),
    (&["successThreshold"], 0, MAX),
    (&["failureThreshold"], 0, MAX),
    (&["httpGet", "port"], 1, PORT),
    (&["tcpSocket", "port"], 1, PORT),
    (&["grpc", "port"], 1, PORT),
];
/// Fields of probes that must succeed once only.
const ONCE: &[Range] = &[(&["successThreshold"], 0, 1)];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    violations::out_of_range(file, out);
    let Some(tree) = file.tree else { return };
    for resource in file.facts.resources.iter().filter(|resource| builtin(resource)) {
        ranges(tree.node(resource.node), OBJECT, out);
    }
    for workload in &file.facts.workloads {
        ranges(tree.node(workload.pod), POD, out);
    }
    for container in &file.facts.containers {
        let node = tree.node(container.node);
        for port in node.get("ports").into_iter().flat_map(Node::items) {
            ranges(port, CONTAINER_PORT, out);
        }
        for (key, more) in [("livenessProbe", ONCE), ("startupProbe", ONCE), ("readinessProbe", &[])] {
            let Some(probe) = node.get(key) else { continue };
            ranges(probe, PROBE, out);
            ranges(probe, more, out);
        }
    }
    for service in &file.facts.services {
        let ports = tree.node(file.facts.resource(service.resource).node).at(&["spec", "ports"]);
        for port in ports.into_iter().flat_map(Node::items) {
            ranges(port, SERVICE_PORT, out);
        }
    }
}

fn ranges(node: Node<'_>, ranges: &[Range], out: &mut Vec<Match>) {
    for &(path, least, most) in ranges {
        let Some(found) = node.at(path) else { continue };
        let Some(number) = found.as_i64().filter(|number| !(least..=most).contains(number)) else { continue };
        let Some(span) = found.short_span() else { continue };
        let field = path.last().copied().unwrap_or_default();
        let bounds = match (least, most) {
            (least, MAX | i64::MAX) => format!("{least} or more"),
            (_, 1) => "1".to_owned(),
            (least, most) => format!("{least} to {most}"),
        };
        let message = format!("`{number}` is out of range: `{field}` is {bounds}; the API server refuses it");
        out.push(Match::new(span, message));
    }
}
