//! What a service of Compose says about whom it depends on.

use super::read::{Layers, Text, word};
use crate::formats::coupling::{Listener, arguments, told, waits};
use crate::model::compose::{MountKind, Service};
use crate::model::coupling::{After, Coupling, Holder, Import, Source};
use crate::model::graph::Signal;
use crate::model::workload::Word;
use crate::syntax::interpolation::{Part, parse};
use crate::syntax::tree::{Entry, Kind, Node};

/// Adds what the service with this number says.
pub(super) fn lower(coupling: &mut Coupling, number: usize, service: &Service, layers: &Layers<'_>) {
    let holder = Holder::Service(number);
    variables(coupling, holder, layers);
    for node in ["entrypoint", "command"].iter().filter_map(|key| Some(layers.entry(key)?.value)) {
        arguments(coupling, Listener { holder, signal: Signal::Argument }, &words(node));
    }
    for script in ["entrypoint", "command"].iter().filter_map(|key| Some(layers.entry(key)?.value)) {
        for text in scripts(script) {
            waits(coupling, holder, text.text(), &|from, to| text.span(from, to));
        }
    }
    health(coupling, holder, layers);
    order(coupling, holder, layers);
    aliases(coupling, holder, layers);
    data(coupling, holder, service, layers);
    coupling.owners.extend(super::owners::owner(layers).map(|owner| (holder, owner)));
}

/// The words of a command line. What a variable hides is in them as [`HIDDEN`]: the rest of a word may be known.
///
/// [`HIDDEN`]: crate::model::image::HIDDEN
fn words(node: Node<'_>) -> Vec<Word> {
    if node.kind() == Kind::Sequence {
        let texts = node.items().filter_map(Text::of);
        return texts.map(|text| Word { text: text.text().to_owned(), span: text.whole() }).collect();
    }
    let Some(text) = Text::of(node) else { return Vec::new() };
    let all = text.text();
    let (mut words, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in all.char_indices().chain([(all.len(), ' ')]) {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                let word = all[start..at].trim_matches(['"', '\'']);
                let from = start + usize::from(all[start..at].starts_with(['"', '\'']));
                if !word.is_empty() {
                    let span = text.span(from, from + word.len());
                    words.push(Word { text: word.to_owned(), span });
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    words
}

/// Texts that may hold several commands.
fn scripts(node: Node<'_>) -> Vec<Text<'_>> {
    let single = (node.kind() != Kind::Sequence).then_some(node);
    let texts = single.into_iter().chain(node.items()).filter_map(Text::of);
    texts.filter(|text| text.text().contains(char::is_whitespace)).collect()
}

/// `environment`; a name alone is taken from `.env`.
fn variables(coupling: &mut Coupling, holder: Holder, layers: &Layers<'_>) {
    let listener = Listener { holder, signal: Signal::Env };
    for node in layers.all("environment") {
        for Entry { key, value } in node.entries() {
            if let Some(text) = Text::of(value).filter(|_| value.kind() != Kind::Null) {
                told(coupling, listener, key.text(), text.text(), &|from, to| text.span(from, to));
            } else if value.kind() == Kind::Null {
                inherited(coupling, listener, key);
            }
        }
        for item in node.items() {
            let Some(text) = Text::of(item) else { continue };
            let all = text.text();
            match all.split_once('=') {
                Some((name, value)) => {
                    let at = name.len() + 1;
                    told(coupling, listener, name, value, &|from, to| text.span(from + at, to + at));
                }
                None => inherited(coupling, listener, item),
            }
        }
    }
}

/// The variable that is called like the text of `node`, as `.env` has it.
fn inherited(coupling: &mut Coupling, listener: Listener, node: Node<'_>) {
    let name = node.text();
    let value = node.tree().values().get(name).and_then(|value| value.text.as_deref());
    if let Some(value) = value.filter(|value| !has_variable(value)) {
        told(coupling, listener, name, value, &|_, _| node.sub_span(0, name.len()));
    }
}

fn has_variable(text: &str) -> bool {
    parse(text).iter().any(|part| !matches!(part, Part::Literal(_)))
}

/// A health check that asks another service.
fn health(coupling: &mut Coupling, holder: Holder, layers: &Layers<'_>) {
    let Some(test) = layers.entry("healthcheck").and_then(|entry| entry.value.get("test")) else { return };
    let mut found = Coupling::default();
    let single = (test.kind() != Kind::Sequence).then_some(test);
    for text in single.into_iter().chain(test.items()).filter_map(Text::of) {
        let listener = Listener { holder, signal: Signal::Probe };
        told(&mut found, listener, "", text.text(), &|from, to| text.span(from, to));
    }
    coupling.probes.extend(found.told.into_iter().map(|told| (told, false)));
}

/// `depends_on`, `links` and what else names a service that is started before.
fn order(coupling: &mut Coupling, holder: Holder, layers: &Layers<'_>) {
    let after = |name: Word, gate: bool| After { holder, signal: Signal::DependsOn, name, gate };
    for node in layers.all("depends_on") {
        for Entry { key, value } in node.entries() {
            let condition = value.get("condition").map_or("", Node::text);
            let gate = ["service_healthy", "service_completed_successfully"].contains(&condition);
            let name = Word { text: key.text().to_owned(), span: key.sub_span(0, key.text().len()) };
            coupling.after.push(after(name, gate));
        }
        coupling.after.extend(node.items().filter_map(word).map(|name| after(name, false)));
    }
    for link in layers.items("links").chain(layers.items("volumes_from")).filter_map(word) {
        coupling.after.push(after(first(link), false));
    }
    for key in ["network_mode", "ipc", "pid"] {
        let mode = layers.entry(key).and_then(|entry| word(entry.value));
        let service = mode.and_then(|mode| {
            let name = mode.text.strip_prefix("service:")?.to_owned();
            let exact = mode.span.len() == mode.text.len();
            let span = if exact { mode.span.slice(8, mode.text.len()) } else { mode.span };
            Some(Word { text: name, span })
        });
        coupling.after.extend(service.map(|name| after(name, false)));
    }
}

/// What stands before the first colon.
fn first(word: Word) -> Word {
    let Some((name, _)) = word.text.split_once(':') else { return word };
    let exact = word.span.len() == word.text.len();
    Word { text: name.to_owned(), span: if exact { word.span.slice(0, name.len()) } else { word.span } }
}

/// Other names under which a service is reached.
fn aliases(coupling: &mut Coupling, holder: Holder, layers: &Layers<'_>) {
    let named = ["container_name", "hostname"].into_iter();
    let named = named.filter_map(|key| layers.entry(key).and_then(|entry| word(entry.value)));
    coupling.aliases.extend(named.map(|name| (holder, name)));
    let networks = layers.all("networks").flat_map(Node::entries);
    let lists = networks.filter_map(|entry| entry.value.get("aliases"));
    coupling.aliases.extend(lists.flat_map(Node::items).filter_map(word).map(|name| (holder, name)));
}

/// Volumes, settings and secrets.
fn data(coupling: &mut Coupling, holder: Holder, service: &Service, layers: &Layers<'_>) {
    let import = |source, name: Word, writes| Import {
        holder,
        source,
        name,
        key: None,
        variable: None,
        mounted: true,
        writes,
    };
    for mount in &service.mounts {
        let source = match mount.kind.get() {
            Some(MountKind::Volume) => Source::Volume,
            Some(MountKind::Bind) => Source::Host,
            _ => continue,
        };
        let (Some(name), Some(span)) = (mount.source.get(), mount.source.span()) else { continue };
        let writes = matches!(mount.read_only.get(), None | Some(false)) && !mount.read_only.is_unknown();
        coupling.imports.push(import(source, Word { text: name.clone(), span }, writes));
    }
    for (key, source) in [("configs", Source::Map), ("secrets", Source::Secret)] {
        let names = layers.items(key).map(|item| item.get("source").unwrap_or(item)).filter_map(word);
        coupling.imports.extend(names.map(|name| import(source, name, false)));
    }
}
