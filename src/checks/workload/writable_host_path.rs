//! Mounts of a folder of the node that the container may write to.

use std::collections::HashSet;

use super::super::File;
use crate::model::Setting;
use crate::rule::Match;
use crate::syntax::tree::Node;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let mut shown: Option<(usize, HashSet<&str>)> = None;
    for container in &file.facts.containers {
        let mounts = tree.node(container.node).get("volumeMounts");
        // Containers of one workload follow each other.
        if shown.as_ref().is_none_or(|(workload, _)| *workload != container.workload) {
            let pod = tree.node(file.facts.workloads[container.workload].pod);
            shown = Some((container.workload, host_paths(pod)));
        }
        let Some((_, names)) = &shown else { continue };
        for mount in mounts.into_iter().flat_map(Node::items) {
            let name = mount.get("name").filter(|name| names.contains(name.text()));
            out.extend(name.and_then(|name| writable(mount, name, container.fragment)));
        }
    }
}

/// Names of the volumes that are folders of the node.
fn host_paths(pod: Node<'_>) -> HashSet<&str> {
    let volumes = pod.get("volumes").into_iter().flat_map(Node::items);
    let on_host = volumes.filter(|volume| volume.get("hostPath").is_some());
    on_host.filter_map(|volume| volume.get("name")).map(Node::text).collect()
}

fn writable(mount: Node<'_>, name: Node<'_>, fragment: bool) -> Option<Match> {
    match Setting::bool(mount, "readOnly") {
        Setting::Set(false, span) => {
            Some(Match::new(span, "the container can change the node; set it to `true` if it only reads"))
        }
        Setting::Unset if !fragment => {
            let message =
                "mounts a folder of the node for writing; set `readOnly: true` if the container only reads";
            Some(Match { missing: true, ..Match::new(name.short_span()?, message) })
        }
        _ => None,
    }
}
