//! A service → its facts.

use super::read::{Layers, Text, flag, text_at, word};
use super::{mounts, ports, security};
use crate::formats::images;
use crate::model::Setting;
use crate::model::compose::{Dependency, Health, Mount, MountKind, Service, Target};
use crate::model::env::EnvVar;
use crate::model::facts::Facts;
use crate::model::image::Image;
use crate::model::workload::Word;
use crate::syntax::tree::{Entry, Kind, Node};

/// Single words that rules ask for, by the key of Compose.
const SETTINGS: &[&str] = &[
    "cgroup",
    "cgroup_parent",
    "container_name",
    "ipc",
    "network_mode",
    "pid",
    "restart",
    "runtime",
    "user",
    "userns_mode",
    "uts",
];

/// Reads a service, and adds its variables to the file's.
pub(super) fn lower(facts: &mut Facts, entry: Entry<'_>, layers: &Layers<'_>) -> Service {
    let text = entry.key.text();
    let name = Word { text: text.to_owned(), span: entry.key.sub_span(0, text.len()) };
    let near = name.span;
    variables(facts, layers);
    let options: Vec<Word> = layers.items("security_opt").filter_map(word).collect();
    let build = layers.entry("build").map(|entry| super::build::lower(entry));
    let image = layers.entry("image").and_then(|entry| image(entry.value));
    let known = image.as_ref().filter(|_| build.is_none());
    let flavour = known.map(images::flavour).unwrap_or_default();
    facts
        .scripts
        .extend(super::scripts::scripts(layers).into_iter().map(|script| script.with_flavour(flavour)));
    let mounts: Vec<Mount> = layers.items("volumes").filter_map(mounts::lower).collect();
    Service {
        span: entry.span(),
        layers: layers.nodes.iter().map(|node| node.id()).collect(),
        open: layers.open,
        fragment: false,
        // What is built has no tag that somebody else moves.
        image: image.clone().filter(|_| build.is_none()),
        built_image: image.filter(|_| build.is_some()),
        entrypoint: layers.command("entrypoint"),
        command: layers.command("command"),
        inside: inside(layers),
        tmpfs: layers.command("tmpfs"),
        image_name: layers.text(&["image"]),
        build,
        security: security::lower(layers, &options, near),
        options,
        ports: layers.items("ports").filter_map(ports::lower).collect(),
        settings: settings(layers),
        health: health(layers),
        dependencies: dependencies(layers),
        references: references(layers, &mounts),
        mounts,
        name,
    }
}

fn health(layers: &Layers<'_>) -> Health {
    let Some(check) = layers.entry("healthcheck").map(|entry| entry.value) else { return Health::Unsaid };
    let none =
        |test: Node<'_>| test.text() == "NONE" || test.item(0).is_some_and(|word| word.text() == "NONE");
    let disabled = flag(text_at(check, "disable"));
    if disabled.get() == Some(&true) || check.get("test").is_some_and(none) {
        return Health::Off;
    }
    let tested = check.get("test").is_some_and(|test| test.kind() != Kind::Null);
    let vague = check.is_open() || check.kind() == Kind::Unknown || disabled.is_unknown();
    if tested || vague { Health::Checked } else { Health::Unsaid }
}

/// The program that the health check runs: a shell, where it is text for one.
fn inside(layers: &Layers<'_>) -> Option<Word> {
    let test = layers.entry("healthcheck")?.value.entry("test")?;
    let shell = |span| Word { text: "/bin/sh".to_owned(), span };
    if test.value.kind() != Kind::Sequence {
        return word(test.value).filter(|word| word.text != "NONE").map(|word| shell(word.span));
    }
    let mut words = test.value.items();
    match word(words.next()?)?.text.as_str() {
        "CMD" => word(words.next()?),
        "CMD-SHELL" => word(words.next()?).map(|word| shell(word.span)),
        _ => None,
    }
}

fn settings(layers: &Layers<'_>) -> Vec<(&'static str, Setting<String>)> {
    let mut settings: Vec<_> = SETTINGS.iter().map(|key| (*key, layers.text(&[key]))).collect();
    let limit =
        |old: &str, new: &str| layers.text(&[old]).or(layers.text(&["deploy", "resources", "limits", new]));
    settings.push(("memory", limit("mem_limit", "memory")));
    settings
        .push(("cpu", limit("cpus", "cpus").or(layers.text(&["cpu_quota"])).or(layers.text(&["cpu_count"]))));
    settings.push(("pids", limit("pids_limit", "pids")));
    settings.push(("attempts", layers.text(&["deploy", "restart_policy", "max_attempts"])));
    settings.push(("replicas", layers.text(&["deploy", "replicas"]).or(layers.text(&["scale"]))));
    settings
}

fn image(node: Node<'_>) -> Option<Image> {
    let text = Text::of(node)?;
    let all = text.text();
    (!all.trim().is_empty()).then(|| {
        let image = Image::parse(all, |from, to| text.span(from, to));
        image.with_written_tag(node.text(), |from, to| text.origin(from, to))
    })
}

/// `environment`, as a mapping or a list.
fn variables(facts: &mut Facts, layers: &Layers<'_>) {
    for node in layers.all("environment") {
        for Entry { key, value } in node.entries() {
            let name = key.text();
            let anchor = key.sub_span(0, name.len());
            let value = match value.kind() {
                Kind::Null => Setting::Unset,
                _ => plain(value, 0),
            };
            facts.env.push(EnvVar { name: Setting::Set(name.to_owned(), anchor), value, anchor });
        }
        for item in node.items().filter(|item| item.style().is_some()) {
            let text = item.text();
            let name = text.split('=').next().unwrap_or_default();
            let anchor = item.sub_span(0, name.len());
            let value = if name.len() < text.len() { plain(item, name.len() + 1) } else { Setting::Unset };
            facts.env.push(EnvVar { name: Setting::Set(name.to_owned(), anchor), value, anchor });
        }
    }
}

/// The value of a variable from this byte on. Whatever asks the environment is not written out, default or not.
fn plain(node: Node<'_>, from: usize) -> Setting<String> {
    if node.style().is_none() || node.kind() == Kind::Unknown {
        return Setting::Unknown(node.span());
    }
    let text = node.text().get(from..).unwrap_or_default();
    let span = node.sub_span(from, node.text().len());
    if text.replace("$$", "").contains('$') {
        return Setting::Unknown(span);
    }
    Setting::Set(text.replace("$$", "$"), span)
}

/// Names in a list, or the keys of a mapping.
fn names(node: Node<'_>) -> Vec<(Word, Option<Node<'_>>)> {
    let keys = node.entries().into_iter().map(|entry| (key_word(entry.key), Some(entry.value)));
    keys.chain(node.items().filter_map(|item| Some((word(item)?, None)))).collect()
}

fn key_word(key: Node<'_>) -> Word {
    let text = key.text();
    Word { text: text.to_owned(), span: key.sub_span(0, text.len()) }
}

fn dependencies(layers: &Layers<'_>) -> Vec<Dependency> {
    let mut found = Vec::new();
    for (name, value) in layers.all("depends_on").flat_map(names) {
        let condition = value.and_then(|value| value.get("condition")).and_then(word);
        let required = value.and_then(|value| value.get("required"));
        let required = required.is_none_or(|required| required.as_bool() == Some(true));
        let healthy = condition.filter(|word| word.text == "service_healthy").map(|word| word.span);
        found.push(Dependency { name, required, healthy });
    }
    found
}

fn references(layers: &Layers<'_>, mounts: &[Mount]) -> Vec<(Target, Word)> {
    let mut found = Vec::new();
    for (name, value) in layers.all("depends_on").flat_map(names) {
        let required = value.and_then(|value| value.get("required"));
        if required.and_then(Node::as_bool) != Some(false) {
            found.push((Target::Service, name));
        }
    }
    // `default` is there without being said.
    let networks = layers.all("networks").flat_map(names).map(|(name, _)| name);
    found.extend(networks.filter(|name| name.text != "default").map(|name| (Target::Network, name)));
    for mount in mounts.iter().filter(|mount| mount.kind.get() == Some(&MountKind::Volume)) {
        if let Setting::Set(text, span) = &mount.source {
            found.push((Target::Volume, Word { text: text.clone(), span: *span }));
        }
    }
    for (key, target) in [("secrets", Target::Secret), ("configs", Target::Config)] {
        let sources = layers.items(key).map(|item| item.get("source").unwrap_or(item));
        found.extend(sources.filter_map(word).map(|name| (target, name)));
    }
    let build = layers.entry("build").and_then(|entry| entry.value.get("secrets"));
    let sources = build.into_iter().flat_map(Node::items).map(|item| item.get("source").unwrap_or(item));
    found.extend(sources.filter_map(word).map(|name| (Target::Secret, name)));
    services(layers, &mut found);
    found.retain(|(_, name)| !name.text.is_empty());
    found
}

/// Other ways to name a service.
fn services(layers: &Layers<'_>, found: &mut Vec<(Target, Word)>) {
    let cut = |word: Word, from: usize| {
        let end = word.text[from..].find(':').map_or(word.text.len(), |at| at + from);
        let exact = word.span.len() == word.text.len();
        let span = if exact { word.span.slice(from, end) } else { word.span };
        (Target::Service, Word { text: word.text[from..end].to_owned(), span })
    };
    found.extend(layers.items("links").filter_map(word).map(|word| cut(word, 0)));
    let from = layers.items("volumes_from").filter_map(word);
    found.extend(from.filter(|word| !word.text.starts_with("container:")).map(|word| cut(word, 0)));
    for key in ["network_mode", "ipc", "pid"] {
        let mode = layers.entry(key).and_then(|entry| word(entry.value));
        found.extend(
            mode.filter(|word| word.text.starts_with("service:")).map(|word| cut(word, "service:".len())),
        );
    }
    for node in &layers.nodes {
        let Some(extends) = node.get("extends").filter(|extends| extends.get("file").is_none()) else {
            continue;
        };
        found.extend(word(extends.get("service").unwrap_or(extends)).map(|name| (Target::Service, name)));
    }
}
