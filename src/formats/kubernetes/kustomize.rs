//! What a kustomization takes in, generates, renames and patches.

use std::collections::BTreeSet;

use crate::formats::coupling::{Listener, told};
use crate::formats::proxy::taken;
use crate::model::Setting;
use crate::model::coupling::{Holder, Source};
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::image::MOVING_TAGS;
use crate::model::reference::{Definition, PathPurpose, PathReference, Target};
use crate::model::setting::is_placeholder;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};

/// Whether a document is a kustomization: those in use need not say so.
pub(super) fn is_kustomization(root: Node<'_>) -> bool {
    const OWN: [&str; 5] = ["resources", "bases", "components", "configMapGenerator", "secretGenerator"];
    match root.get("apiVersion") {
        Some(version) => version.text().starts_with("kustomize.config.k8s.io/"),
        None => root.get("kind").is_none() && OWN.iter().any(|key| root.get(key).is_some()),
    }
}

/// Adds what a kustomization says.
pub(super) fn lower(facts: &mut Facts, root: Node<'_>) {
    for (key, target) in
        [("configMapGenerator", Target::core("ConfigMap")), ("secretGenerator", Target::core("Secret"))]
    {
        for node in root.get(key).into_iter().flat_map(Node::items) {
            facts.definitions.push(Definition {
                target: target.clone(),
                name: Setting::text(node, "name"),
                namespace: Setting::text(node, "namespace"),
                parts: generated_keys(node),
                resource: None,
                anchor: node.get("name").map_or(node.span(), Node::span),
            });
            generated(facts, node, key);
            for source in lists(node, &["files", "envs"]) {
                let path = source.text().rsplit_once('=').map_or(source.text(), |(_, path)| path);
                file(facts, source, path);
            }
        }
    }
    let affix = |key| root.get(key).map_or("", Node::text).to_owned();
    let affixes = (affix("namePrefix"), affix("nameSuffix"));
    if affixes != (String::new(), String::new()) {
        facts.affixes.push(affixes);
    }
    let renamed = root_replacements(root).filter_map(|one| Some((one.name, one.new_name?)));
    facts.renamed_images.extend(renamed);
    facts.installs |=
        ["helmCharts", "helmChartInflationGenerator", "generators"].iter().any(|key| root.get(key).is_some());
    resources(facts, root);
    patch_files(facts, root);
    patched(facts, root);
}

/// The addresses among the literals of a generator, and the files of settings that it takes.
fn generated(facts: &mut Facts, node: Node<'_>, key: &str) {
    let Some(name) = node.get("name").and_then(Node::as_str) else { return };
    let is_map = key == "configMapGenerator";
    let (source, signal) =
        if is_map { (Source::Map, Signal::ConfigMap) } else { (Source::Secret, Signal::Secret) };
    let holder = Holder::Made(facts.coupling.made.len());
    let span = node.get("name").map_or(node.span(), Node::span);
    facts.coupling.made.push((source, Word { text: name.to_owned(), span }));
    for literal in lists(node, &["literals"]) {
        let Some((key, value)) = literal.text().split_once('=') else { continue };
        let at = key.len() + 1;
        let span = |from: usize, to: usize| literal.sub_span(from + at, to + at);
        told(&mut facts.coupling, Listener { holder, signal }, key, value, &span);
    }
    for file in lists(node, &["files"]) {
        let path = file.text().rsplit_once('=').map_or(file.text(), |(_, path)| path);
        let word = Word { text: path.to_owned(), span: super::read::content(file) };
        facts.coupling.imports.extend(taken(holder, word, "", false).filter(|_| !is_remote(path)));
    }
}

fn resources(facts: &mut Facts, root: Node<'_>) {
    for node in lists(root, &["resources", "bases", "components"]) {
        if is_remote(node.text()) {
            facts.installs = true;
        } else if let Some(path) = path(node, node.text()) {
            facts.paths.push(PathReference { purpose: PathPurpose::KustomizeResource, path });
        }
    }
    for node in lists(root, &["crds", "configurations"]) {
        file(facts, node, node.text());
    }
}

fn patch_files(facts: &mut Facts, root: Node<'_>) {
    for node in lists(root, &["patchesStrategicMerge"]) {
        // Others are written in place.
        if !node.text().contains('\n') && !node.text().contains(':') {
            file(facts, node, node.text());
        }
    }
    let with_path = ["patches", "patchesJson6902", "replacements"];
    for node in lists(root, &with_path).filter_map(|node| node.get("path")) {
        file(facts, node, node.text());
    }
}

/// Kinds with parts that others refer to, which a patch may add to.
static PATCHED: [Target; 4] = [
    Target::core("ConfigMap"),
    Target::core("Secret"),
    Target::core("Service"),
    Target::of("gateway.networking.k8s.io", "Gateway"),
];

/// What a patch is laid over has parts that only the rendered object knows.
fn patched(facts: &mut Facts, root: Node<'_>) {
    for patch in lists(root, &["patches", "patchesJson6902"]) {
        let target = patch.get("target").map(|node| {
            let text = |key| node.get(key).map_or("", Node::text);
            (text("kind"), text("name"))
        });
        let written = patch.get("patch").map_or("", Node::text);
        let (kind, name) = target.or_else(|| object_in(written)).unwrap_or_default();
        let Some(target) = PATCHED.iter().find(|target| target.kind == kind) else { continue };
        let name = match name {
            // Whichever fit what else is written there.
            "" => Setting::Unknown(patch.span()),
            name => Setting::Set(name.to_owned(), patch.span()),
        };
        facts.definitions.push(Definition {
            target: target.clone(),
            name,
            namespace: Setting::Unset,
            parts: None,
            resource: None,
            anchor: patch.span(),
        });
    }
}

/// Kind and name of the object that a patch is written as, in place and as text.
fn object_in(text: &str) -> Option<(&str, &str)> {
    let kind = text.lines().find_map(|line| line.strip_prefix("kind:"))?;
    let metadata = text.lines().skip_while(|line| !line.starts_with("metadata:")).skip(1);
    let mut inside = metadata.take_while(|line| line.starts_with(' '));
    let name = inside.find_map(|line| line.trim_start().strip_prefix("name:"))?;
    Some((kind.trim(), name.trim()))
}

fn lists<'t>(root: Node<'t>, keys: &[&str]) -> impl Iterator<Item = Node<'t>> {
    let lists: Vec<Node<'t>> = keys.iter().filter_map(|key| root.get(key)).collect();
    lists.into_iter().flat_map(Node::items)
}

/// A file that is read, if its name is one that a walk comes by.
fn file(facts: &mut Facts, node: Node<'_>, path: &str) {
    let known = crate::formats::is_candidate(path);
    if let Some(path) = self::path(node, path).filter(|_| known && !is_remote(node.text())) {
        facts.paths.push(PathReference { purpose: PathPurpose::KustomizeFile, path });
    }
}

fn path(node: Node<'_>, path: &str) -> Option<Setting<String>> {
    let known = node.kind() == Kind::String && !path.is_empty() && !is_placeholder(path);
    known.then(|| Setting::Set(path.to_owned(), super::read::content(node)))
}

/// Whether kustomize fetches this instead of opening it.
fn is_remote(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    text.contains("://")
        || text.contains("?ref=")
        || text.starts_with("git@")
        || text.starts_with("git::")
        || (text.contains('/') && host.contains('.') && !host.starts_with('.'))
}

/// The keys that a generator makes; `None` when they stand in a file, or are laid over others.
fn generated_keys(node: Node<'_>) -> Option<BTreeSet<String>> {
    if node.is_open() || ["envs", "env", "behavior"].iter().any(|key| node.get(key).is_some()) {
        return None;
    }
    let mut keys = BTreeSet::new();
    for literal in lists(node, &["literals"]) {
        keys.insert(literal.text().split_once('=')?.0.to_owned());
    }
    for file in lists(node, &["files"]) {
        let text = file.text();
        let key = text.split_once('=').map_or_else(|| text.rsplit('/').next(), |(key, _)| Some(key));
        keys.insert(key?.to_owned());
    }
    Some(keys)
}

/// The paths of the files and folders that a kustomization takes its objects from, relative to its folder.
pub fn built(tree: &Tree) -> Vec<String> {
    texts(tree, &["resources", "bases"])
}

/// The paths of the components that a kustomization uses, relative to its folder.
pub fn components(tree: &Tree) -> Vec<String> {
    texts(tree, &["components"])
}

fn texts(tree: &Tree, keys: &[&str]) -> Vec<String> {
    tree.roots().flat_map(|root| lists(root, keys)).filter_map(Node::as_str).map(str::to_owned).collect()
}

/// What a kustomization says of an image.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The image, without its version.
    pub name: String,
    /// The name that it gets.
    pub new_name: Option<String>,
    /// Whether it gets a digest, or a tag that stays.
    pub pins: bool,
}

/// What a kustomization says of images.
pub fn replacements(tree: &Tree) -> Vec<Replacement> {
    tree.roots().flat_map(root_replacements).collect()
}

fn root_replacements(root: Node<'_>) -> impl Iterator<Item = Replacement> {
    fn text(image: Node<'_>, key: &str) -> Option<String> {
        image.get(key).filter(|node| node.kind() != Kind::Null).map(|node| node.text().to_owned())
    }
    let replacement = |image| {
        let tag = text(image, "newTag").is_some_and(|tag| !MOVING_TAGS.contains(&tag.as_str()));
        let digest = text(image, "digest").is_some_and(|digest| !digest.is_empty());
        Some(Replacement {
            name: text(image, "name")?,
            new_name: text(image, "newName"),
            pins: tag || digest,
        })
    };
    lists(root, &["images"]).filter_map(replacement)
}

/// Whether a kustomization patches what it takes, by files or in place.
pub fn has_patches(tree: &Tree) -> bool {
    let keys = ["patches", "patchesJson6902", "patchesStrategicMerge"];
    tree.roots().any(|root| lists(root, &keys).next().is_some())
}

/// The paths of the patches that a kustomization names, relative to its folder. A patch may also stand in the
/// kustomization itself, as text; that is not a path.
pub fn patches(tree: &Tree) -> Vec<String> {
    let mut out = Vec::new();
    for root in tree.roots() {
        let items = |key| root.get(key).into_iter().flat_map(Node::items);
        let named = items("patches").chain(items("patchesJson6902")).filter_map(|patch| patch.get("path"));
        let paths = named.chain(items("patchesStrategicMerge")).filter_map(Node::as_str);
        out.extend(paths.filter(|path| !path.contains('\n')).map(str::to_owned));
    }
    out
}
