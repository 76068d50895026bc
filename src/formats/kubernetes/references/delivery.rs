//! What Argo CD and Flux fetch, wait for and apply.

use super::{Referrer, group_of};
use crate::model::Setting;
use crate::model::reference::{PathPurpose, PathReference, Purpose, Target};
use crate::model::resource::Resource;
use crate::syntax::tree::{Kind, Node};

/// An Application, or the template of an `ApplicationSet`.
pub(super) fn argo(out: &mut Referrer<'_>, kind: &str, spec: Node<'_>) {
    let spec = match kind {
        "Application" => spec,
        "ApplicationSet" => match spec.at(&["template", "spec"]) {
            Some(template) => template,
            None => return,
        },
        _ => return,
    };
    let project = Target::of("argoproj.io", "AppProject");
    out.add(out.to(Purpose::AppProject, project, Setting::text(spec, "project")));
    let sources = spec.get("source").into_iter().chain(spec.get("sources").into_iter().flat_map(Node::items));
    for source in sources.filter(|source| source.get("chart").is_none()) {
        let Some(repository) = Setting::text(source, "repoURL").get().cloned() else { continue };
        let Some(revision) = read_or(source, "targetRevision", "HEAD") else { continue };
        let address = repository.trim_end_matches('/').trim_end_matches(".git").to_lowercase();
        let purpose = PathPurpose::Source(format!("{address} {revision}"));
        out.facts.paths.push(PathReference { purpose, path: Setting::text(source, "path") });
    }
}

/// Objects of Flux.
pub(super) fn flux(out: &mut Referrer<'_>, resource: &Resource, spec: Node<'_>) {
    match resource.kind() {
        "Kustomization" => {
            source(out, spec.get("sourceRef"), "source.toolkit.fluxcd.io");
            path(out, spec);
        }
        "HelmRelease" => {
            source(out, spec.at(&["chart", "spec", "sourceRef"]), "source.toolkit.fluxcd.io");
            source(out, spec.get("chartRef"), "source.toolkit.fluxcd.io");
        }
        "HelmChart" => source(out, spec.get("sourceRef"), "source.toolkit.fluxcd.io"),
        _ => return,
    }
    for node in spec.get("dependsOn").into_iter().flat_map(Node::items) {
        let target = Target::read(resource.group(), resource.kind());
        let reference = out.to(Purpose::FluxDependency, target, Setting::text(node, "name"));
        out.add(reference.in_namespace(node, "namespace"));
    }
}

fn source(out: &mut Referrer<'_>, node: Option<Node<'_>>, group: &str) {
    let Some(node) = node.filter(|node| node.kind() == Kind::Mapping) else { return };
    let Some(kind) = Setting::text(node, "kind").get().cloned() else { return };
    let version = Setting::text(node, "apiVersion");
    let group = match &version {
        Setting::Unset => group.to_owned(),
        version => match version.get() {
            Some(version) => group_of(version),
            None => return,
        },
    };
    let reference = out.to(Purpose::FluxSource, Target::read(&group, &kind), Setting::text(node, "name"));
    out.add(reference.in_namespace(node, "namespace"));
}

/// The folder that a Kustomization applies, of the repository that its source fetches.
fn path(out: &mut Referrer<'_>, spec: Node<'_>) {
    let Some(node) = spec.get("sourceRef") else { return };
    let text = |key| Setting::text(node, key).get().cloned();
    if text("kind").is_none_or(|kind| kind != "GitRepository") {
        return;
    }
    let Some(name) = text("name") else { return };
    let purpose = PathPurpose::Source(format!("GitRepository {name}"));
    out.facts.paths.push(PathReference { purpose, path: Setting::text(spec, "path") });
}

/// The text at `key`, or what stands for it where nothing is written; `None` where it cannot be known.
fn read_or(node: Node<'_>, key: &str, default: &str) -> Option<String> {
    match Setting::text(node, key) {
        Setting::Unset => Some(default.to_owned()),
        text => text.get().cloned(),
    }
}
