//! Containers that run a component of a cluster, such as static pods, → components.

use super::component_config;
use crate::model::Setting;
use crate::model::command_line::Words;
use crate::model::component::{COMPONENTS, Component, Source};
use crate::model::facts::Facts;
use crate::model::flags::{Elsewhere, Flag, Flags};
use crate::model::image::Image;
use crate::model::setting::is_placeholder;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::text::Span;

/// Programs that start another one, named in their arguments.
const STARTERS: &[&str] =
    &["go-runner", "tini", "dumb-init", "exec", "env", "nice", "sudo", "chroot", "nsenter"];

/// The one program that once held all others, by the word that chooses among them.
const HYPERKUBE: &[(&str, &str)] = &[
    ("apiserver", "kube-apiserver"),
    ("controller-manager", "kube-controller-manager"),
    ("scheduler", "kube-scheduler"),
    ("proxy", "kube-proxy"),
];

/// Names that flags of the API server had before: `admission-control` up to 1.9, the other up to 1.12.
const FORMER: &[(&str, &str)] = &[
    ("admission-control", "enable-admission-plugins"),
    ("experimental-encryption-provider-config", "encryption-provider-config"),
];

/// Ends of the names of images that are made for one architecture.
const ARCHITECTURES: &[&str] = &["-amd64", "-arm64", "-arm", "-ppc64le", "-s390x"];

/// Looks at the containers from this number on.
pub(super) fn lower(facts: &mut Facts, from: usize, tree: &Tree) {
    for number in from..facts.containers.len() {
        let container = &facts.containers[number];
        let node = tree.node(container.node);
        if !may_run_one(node, container.image.as_ref()) {
            continue;
        }
        let words = Words::of(node, container.anchor);
        let Some((name, mut flags)) = identify(&words, container.image.as_ref()) else { continue };
        if flags.get("help").is_some() || flags.get("version").is_some() {
            continue;
        }
        if name == "etcd" {
            environment(&mut flags, node);
        }
        complete(name, &mut flags);
        facts.components.push(Component {
            resource: facts.workloads[container.workload].resource,
            name,
            source: Source::Command,
            flags,
            minor: container.image.as_ref().map_or(Setting::Unset, |image| version(name, image)),
            command: node.get("command").map(Node::span),
            fragment: container.fragment,
        });
    }
}

/// Says no for nearly every container, without reading it.
fn may_run_one(container: Node<'_>, image: Option<&Image>) -> bool {
    let names_one = |text: &str| text.contains("kube") || text.contains("etcd");
    let words = ["command", "args"].iter().filter_map(|key| container.get(key)).flat_map(Node::items);
    image.is_some_and(|image| names_one(&image.repository.text)) || words.map(Node::text).any(names_one)
}

/// The component that the words run, and its flags; they stand where its name does.
fn identify(words: &Words<'_>, image: Option<&Image>) -> Option<(&'static str, Flags)> {
    let mut named = words.texts().enumerate();
    let (_, (first, _)) = named.next()?;
    let known = |text: &str| COMPONENTS.into_iter().find(|name| *name == text);
    let found = if let Some(name) = known(first) {
        Some((0, name))
    } else if first == "hyperkube" {
        let of = |word: &str| HYPERKUBE.iter().find(|(short, _)| *short == word).map(|(_, name)| *name);
        named.next().and_then(|(at, (word, _))| Some((at, known(word).or(of(word))?)))
    } else if STARTERS.contains(&first) {
        named.take(32).find_map(|(at, (word, _))| Some((at, known(word)?)))
    } else {
        None
    };
    if let Some((at, name)) = found {
        let mut rest = words.texts().skip(at);
        let near = rest.next().map(|(_, span)| span);
        // `etcd gateway` is another program.
        if name == "etcd" && rest.next().is_some_and(|(word, _)| matches!(word, "gateway" | "grpc-proxy")) {
            return None;
        }
        let flags = words.flags(at + 1);
        return Some((name, Flags { near: near.unwrap_or(flags.near), ..flags }));
    }
    // The image's own program, with arguments of the container.
    let image = image.filter(|_| !words.has_command && first.starts_with('-'))?;
    let last = image.repository.text.rsplit('/').next().unwrap_or_default();
    let last = ARCHITECTURES.iter().find_map(|end| last.strip_suffix(end)).unwrap_or(last);
    Some((known(last)?, Flags { near: image.repository.span, ..words.flags(0) }))
}

/// The version in the tag of an image of Kubernetes.
fn version(name: &str, image: &Image) -> Setting<i64> {
    let Some(tag) = image.tag.as_ref().filter(|_| name != "etcd") else { return Setting::Unset };
    minor(&tag.text).map_or(Setting::Unset, |minor| Setting::Set(minor, tag.span))
}

/// 33 in `v1.33.2`.
pub(super) fn minor(version: &str) -> Option<i64> {
    let rest = version.strip_prefix('v').unwrap_or(version).strip_prefix("1.")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// What the flags alone do not say: former names, and files that hold the rest.
pub(super) fn complete(name: &str, flags: &mut Flags) {
    if name == "kube-apiserver" {
        for flag in &mut flags.given {
            if let Some((_, now)) = FORMER.iter().find(|(former, _)| *former == flag.name) {
                (*now).clone_into(&mut flag.name);
            }
        }
    }
    let file = if name == "etcd" { "config-file" } else { "config" };
    let Some(span) = flags.get(file).and_then(|flag| flag.value.span()) else { return };
    if matches!(flags.elsewhere, Elsewhere::Nowhere) {
        flags.elsewhere = match name {
            "etcd" => Elsewhere::Any(span),
            _ => Elsewhere::Only(component_config::settings_of(name), span),
        };
    }
}

/// etcd takes each flag from a variable as well; flags on its command line win.
fn environment(flags: &mut Flags, container: Node<'_>) {
    let mut given = Vec::new();
    let list = container.get("env");
    for variable in list.into_iter().flat_map(Node::items) {
        let Some(name) = variable.get("name").and_then(|name| name.text().strip_prefix("ETCD_")) else {
            continue;
        };
        let name = name.to_ascii_lowercase().replace('_', "-");
        let flag = variable.get("value").map(|value| from_scalar(&name, value));
        given.push(flag.unwrap_or(Flag {
            name,
            value: Setting::Unknown(variable.span()),
            items: Vec::new(),
        }));
    }
    given.append(&mut flags.given);
    flags.given = given;
    let hidden = container.get("envFrom").or(list.filter(|list| list.is_open()));
    if let Some(hidden) = hidden {
        flags.elsewhere = Elsewhere::Any(hidden.span());
    }
}

/// A scalar as the value of a flag.
pub(super) fn from_scalar(name: &str, node: Node<'_>) -> Flag {
    let span = node.short_span().unwrap_or_else(|| node.span());
    let hidden = node.kind() == Kind::Unknown || node.style().is_none() || is_placeholder(node.text());
    let value = match (hidden, node.as_bool()) {
        (true, _) => Setting::Unknown(span),
        (false, Some(value)) => Setting::Set(value.to_string(), span),
        (false, None) => Setting::Set(node.text().to_owned(), span),
    };
    let mut items = Vec::new();
    if let Setting::Set(text, _) = &value {
        let mut at = 0;
        for item in text.split(',').take(256) {
            let span = if text == node.text() { part(node, at, at + item.len()) } else { span };
            items.push(Word { text: item.to_owned(), span });
            at += item.len() + 1;
        }
    }
    Flag { name: name.to_owned(), value, items }
}

fn part(node: Node<'_>, from: usize, to: usize) -> Span {
    let span = node.sub_span(from, to);
    if span.is_empty() { node.span() } else { span }
}
