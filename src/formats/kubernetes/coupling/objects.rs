//! ConfigMaps and Secrets: the addresses that stand in them. Services that are other names for something.

use std::borrow::Cow;
use std::ops::Range;

use crate::formats::coupling::{Listener, told};
use crate::formats::kubernetes::read;
use crate::formats::proxy;
use crate::model::coupling::Holder;
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Entry, Kind, Node, Trace};

/// Adds what an object says.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    match (resource.kind(), resource.group()) {
        ("ConfigMap", "") => data(facts, id, root.get("data"), Signal::ConfigMap),
        ("Secret", "") => {
            data(facts, id, root.get("stringData"), Signal::Secret);
            encoded(facts, id, root.get("data"));
        }
        ("Service", "") => {
            let name = root.at(&["spec", "externalName"]);
            let name = name.and_then(|node| Some((node.as_str()?, node)));
            let word =
                |(text, node): (&str, Node<'_>)| Word { text: text.to_owned(), span: read::content(node) };
            facts.coupling.other_names.extend(name.map(|name| (id, word(name))));
        }
        _ => {}
    }
}

fn data(facts: &mut Facts, id: ResourceId, data: Option<Node<'_>>, signal: Signal) {
    for Entry { key, value } in texts(data) {
        let (key, text) = (key.text(), value.text());
        let trace = Trace::of(value);
        if let Some(settings) = proxy::told(key, text) {
            let place = |range: Range<usize>| trace.span(range.start, range.end);
            settings.tell(&mut facts.coupling, Holder::Object(id), text, &place);
            continue;
        }
        let signal = if text.contains('\n') { Signal::ConfigFile } else { signal };
        let listener = Listener { holder: Holder::Object(id), signal };
        let text = without_comments(text);
        told(&mut facts.coupling, listener, key, &text, &|from, to| trace.span(from, to));
    }
}

/// Text of many lines without those that are comments in most languages for settings; what stays keeps its place.
fn without_comments(text: &str) -> Cow<'_, str> {
    let is_comment = |line: &str| ["#", "//", ";"].iter().any(|sign| line.trim_start().starts_with(sign));
    if !text.contains('\n') || !text.lines().any(is_comment) {
        return Cow::Borrowed(text);
    }
    let blank = |line: &str| " ".repeat(line.len() - 1) + "\n";
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| if is_comment(line) && line.ends_with('\n') { blank(line) } else { line.to_owned() })
        .collect()
}

fn texts(data: Option<Node<'_>>) -> impl Iterator<Item = Entry<'_>> {
    data.into_iter().flat_map(Node::own_entries).filter(|entry| entry.value.kind() == Kind::String)
}

/// Values of Secrets in base64. What is in them stands nowhere: the key is shown for it, and never the value.
fn encoded(facts: &mut Facts, id: ResourceId, data: Option<Node<'_>>) {
    for Entry { key, value } in texts(data) {
        let decoded = data_encoding::BASE64.decode(value.text().trim().as_bytes());
        let Some(text) = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        let place = key.sub_span(0, key.text().len());
        let listener = Listener { holder: Holder::Object(id), signal: Signal::Secret };
        told(&mut facts.coupling, listener, key.text(), text.trim(), &|_, _| place);
    }
}
