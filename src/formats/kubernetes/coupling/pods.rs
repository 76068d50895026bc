//! Pods: variables, arguments, probes, what init containers wait for, and where settings and data come from.

use crate::formats::coupling::{Listener, arguments, told, waits};
use crate::formats::kubernetes::read;
use crate::model::coupling::{Coupling, Holder, Import, Source};
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::setting::is_placeholder;
use crate::model::workload::{Role, Word};
use crate::syntax::tree::{Kind, Node, Trace, Tree};

/// Adds what a workload says.
pub(super) fn lower(facts: &mut Facts, workload: usize, tree: &Tree) {
    let holder = Holder::Pod(workload);
    let from = facts.containers.partition_point(|container| container.workload < workload);
    let containers: Vec<(Role, Node<'_>)> = facts.containers[from..]
        .iter()
        .take_while(|container| container.workload == workload)
        .map(|container| (container.role, tree.node(container.node)))
        .collect();
    for &(role, container) in &containers {
        variables(facts, holder, container);
        whole_maps(facts, holder, container);
        command(facts, holder, role, container);
        probes(facts, holder, container);
    }
    volumes(facts, holder, tree.node(facts.workloads[workload].pod), &containers);
}

/// `env`
fn variables(facts: &mut Facts, holder: Holder, container: Node<'_>) {
    let Some(list) = container.get("env") else { return };
    for node in list.items().filter(|node| node.kind() == Kind::Mapping) {
        let Some(name) = node.get("name").and_then(Node::as_str) else { continue };
        if let Some(value) = node.get("value").filter(|value| value.kind() == Kind::String) {
            let listener = Listener { holder, signal: Signal::Env };
            told(&mut facts.coupling, listener, name, value.text(), &|from, to| value.sub_span(from, to));
        }
        let Some(source) = node.get("valueFrom") else { continue };
        for (key, kind) in [("configMapKeyRef", Source::Map), ("secretKeyRef", Source::Secret)] {
            let Some(reference) = source.get(key) else { continue };
            let Some(import) = import(holder, kind, reference, "name") else { continue };
            let key = reference.get("key").and_then(Node::as_str).map(str::to_owned);
            facts.coupling.imports.push(Import { key, variable: Some(name.to_owned()), ..import });
        }
    }
}

/// `envFrom`
fn whole_maps(facts: &mut Facts, holder: Holder, container: Node<'_>) {
    for node in container.get("envFrom").into_iter().flat_map(Node::items) {
        for (key, kind) in [("configMapRef", Source::Map), ("secretRef", Source::Secret)] {
            let found = node.get(key).and_then(|reference| import(holder, kind, reference, "name"));
            facts.coupling.imports.extend(found);
        }
    }
}

/// That `holder` takes what the name at `key` stands for.
fn import(holder: Holder, source: Source, reference: Node<'_>, key: &str) -> Option<Import> {
    let node = reference.get(key)?;
    let name = node.as_str().filter(|text| !text.is_empty() && !is_placeholder(text))?;
    Some(Import {
        holder,
        source,
        name: Word { text: name.to_owned(), span: read::content(node) },
        key: None,
        variable: None,
        mounted: false,
        writes: false,
    })
}

/// `command` and `args`. An init container that asks for another one waits for it.
fn command(facts: &mut Facts, holder: Holder, role: Role, container: Node<'_>) {
    let words: Vec<Node<'_>> = ["command", "args"]
        .iter()
        .filter_map(|key| container.get(key))
        .flat_map(Node::items)
        .filter(|node| node.kind() == Kind::String)
        .collect();
    for node in &words {
        let text = node.text();
        if text.contains(char::is_whitespace) {
            let trace = Trace::of(*node);
            let span = |from: usize, to: usize| trace.span(from, to);
            if role == Role::Init {
                waits(&mut facts.coupling, holder, text, &span);
            } else {
                told(&mut facts.coupling, Listener { holder, signal: Signal::Argument }, "", text, &span);
            }
        }
    }
    let plain = |node: &Node<'_>| Word { text: node.text().to_owned(), span: read::content(*node) };
    let words: Vec<Word> = words.iter().map(plain).collect();
    let signal = if role == Role::Init { Signal::Wait } else { Signal::Argument };
    arguments(&mut facts.coupling, Listener { holder, signal }, &words);
}

/// Checks that ask another host than the pod itself.
fn probes(facts: &mut Facts, holder: Holder, container: Node<'_>) {
    for (key, restarts) in [("readinessProbe", false), ("livenessProbe", true)] {
        let Some(probe) = container.get(key) else { continue };
        let (listener, mut found) = (Listener { holder, signal: Signal::Probe }, Coupling::default());
        for host in ["httpGet", "tcpSocket"].iter().filter_map(|how| probe.get(how)?.get("host")) {
            told(&mut found, listener, "host", host.text(), &|from, to| host.sub_span(from, to));
        }
        for word in probe.at(&["exec", "command"]).into_iter().flat_map(Node::items) {
            told(&mut found, listener, "", word.text(), &|from, to| word.sub_span(from, to));
        }
        facts.coupling.probes.extend(found.told.into_iter().map(|told| (told, restarts)));
    }
}

/// Folders of a node that every agent looks at: nothing is shared by them.
const SYSTEM: [&str; 9] =
    ["/dev", "/etc", "/lib/modules", "/proc", "/run", "/sys", "/usr", "/var/lib", "/var/run"];

/// `volumes`
fn volumes(facts: &mut Facts, holder: Holder, pod: Node<'_>, containers: &[(Role, Node<'_>)]) {
    for volume in pod.get("volumes").into_iter().flat_map(Node::items) {
        let name = volume.get("name").map_or("", Node::text);
        let projected = volume.at(&["projected", "sources"]).into_iter().flat_map(Node::items);
        let mut found = Vec::new();
        for source in std::iter::once(volume).chain(projected) {
            found.extend(source.get("configMap").and_then(|map| import(holder, Source::Map, map, "name")));
            for key in ["secretName", "name"] {
                let secret = source.get("secret");
                found.extend(secret.and_then(|secret| import(holder, Source::Secret, secret, key)));
            }
        }
        let claim = volume.get("persistentVolumeClaim");
        found.extend(claim.and_then(|claim| import(holder, Source::Volume, claim, "claimName")));
        let host = volume.get("hostPath").and_then(|host| import(holder, Source::Host, host, "path"));
        let is_system = |path: &str| SYSTEM.iter().any(|system| path.starts_with(system)) || path == "/";
        found.extend(host.filter(|host| !is_system(&host.name.text)));
        let writes = is_written(name, containers);
        let found = found.into_iter().map(|import| Import { mounted: true, writes, ..import });
        facts.coupling.imports.extend(found);
    }
}

/// Whether a container mounts the volume of this name for writing.
fn is_written(name: &str, containers: &[(Role, Node<'_>)]) -> bool {
    let mounts = containers.iter().filter_map(|(_, container)| container.get("volumeMounts"));
    let mut mounts =
        mounts.flat_map(Node::items).filter(|mount| mount.get("name").is_some_and(|n| n.text() == name));
    mounts.any(|mount| mount.get("readOnly").is_none_or(|read_only| read_only.as_bool() == Some(false)))
}
