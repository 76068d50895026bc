//! The sections of a template, and every name that it refers to.

use super::calls::{Call, Piece, arguments, call, pieces};
use crate::model::Setting;
use crate::model::cloudformation::{Entry, Kind, Parameter, Template, Use};
use crate::model::workload::Word;
use crate::syntax::tree::{self, Node};
use crate::text::Span;

/// Reads the template whose root this is.
pub(super) fn read(root: Node<'_>, complete: bool) -> Template {
    let entries = |key: &str| root.get(key).map(Node::entries).unwrap_or_default();
    let names = |key: &str| entries(key).iter().map(|entry| key_word(entry.key)).collect::<Vec<_>>();
    let transforms = transforms(root);
    let several = root.tree().documents().len() > 1;
    let own = root.tree().nodes().filter(move |node| !several || root.span().contains(node.span()));
    let looped = |key: &str| entries(key).iter().any(|entry| entry.key.text().starts_with("Fn::"));
    let sections = ["Parameters", "Mappings", "Conditions", "Resources"];
    let open = !complete
        || root.is_open()
        || sections.iter().any(|key| looped(key) || root.get(key).is_some_and(Node::is_open))
        || root.tree().nodes().any(is_module)
        || transforms.iter().any(|name| !KNOWN_TRANSFORMS.contains(name));
    Template {
        sections: root.own_entries().map(|entry| key_word(entry.key)).collect(),
        parameters: entries("Parameters").into_iter().map(parameter).collect(),
        mappings: names("Mappings"),
        conditions: names("Conditions"),
        resources: entries("Resources").into_iter().filter_map(entry).collect(),
        misspelt: Vec::new(),
        uses: own.flat_map(uses).collect(),
        serverless: transforms.contains(&SERVERLESS),
        open,
    }
}

const SERVERLESS: &str = "AWS::Serverless-2016-10-31";

/// Transforms that only define what is written, or what is known of them.
const KNOWN_TRANSFORMS: [&str; 5] = [
    SERVERLESS,
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
];

/// Whether a node is replaced by what another tool reads elsewhere.
fn is_module(node: Node<'_>) -> bool {
    node.tag().is_some_and(|tag| tag.starts_with("!Rain::"))
}

fn transforms(root: Node<'_>) -> Vec<&str> {
    let Some(node) = root.get("Transform") else { return Vec::new() };
    let one = |node: Node<'_>| node.kind() != tree::Kind::Sequence;
    if one(node) { vec![node.text()] } else { node.items().map(Node::text).collect() }
}

/// A resource by its entry; loops are none.
pub(super) fn entry(entry: tree::Entry<'_>) -> Option<Entry> {
    let name = entry.key.text();
    if name.starts_with("Fn::") || entry.value.kind() != tree::Kind::Mapping {
        return None;
    }
    let kind = Setting::read(entry.value, "Type", |node| node.as_str().map(str::to_owned));
    Some(Entry { name: key_word(entry.key), kind, span: entry.span() })
}

fn parameter(entry: tree::Entry<'_>) -> Parameter {
    let node = entry.value;
    let kind = node.get("Type").map_or("", Node::text);
    let allowed = node.get("AllowedValues").into_iter().flat_map(Node::items);
    let known = |node: Node<'_>| !matches!(node.kind(), tree::Kind::Unknown | tree::Kind::Mapping);
    Parameter {
        name: key_word(entry.key),
        default: Setting::read(node, "Default", |node| {
            (known(node) && node.kind() != tree::Kind::Sequence).then(|| node.text().to_owned())
        }),
        allowed: allowed.filter(|node| known(*node)).map(|node| node.text().to_owned()).collect(),
        list: kind == "CommaDelimitedList" || kind.starts_with("List<"),
    }
}

fn key_word(key: Node<'_>) -> Word {
    let text = key.text();
    Word { text: text.to_owned(), span: key.sub_span(0, text.len()) }
}

/// The text of a scalar, and where it is written.
pub(super) fn word(node: Node<'_>) -> Option<Word> {
    let text = node.as_str().filter(|text| !text.is_empty())?;
    Some(Word { text: text.to_owned(), span: node.short_span().unwrap_or_else(|| node.span()) })
}

/// What a node refers to by itself.
fn uses(node: Node<'_>) -> Vec<Use> {
    if node.is_alias() {
        return Vec::new();
    }
    let mut out = resource_uses(node);
    if let Some(found) = call(node) {
        call_uses(found, &mut out);
    }
    out
}

/// `DependsOn` and `Condition` of a resource or an output.
fn resource_uses(node: Node<'_>) -> Vec<Use> {
    let mut out = Vec::new();
    if node.kind() != tree::Kind::Mapping || node.own_entries().len() < 2 {
        return out;
    }
    if node.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.contains("::")) {
        let depends = node.get("DependsOn");
        let items = depends.into_iter().flat_map(|depends| {
            let one = depends.style().map(|_| depends);
            one.into_iter().chain(depends.items())
        });
        out.extend(items.filter_map(word).map(|name| Use { of: Kind::Resource, name }));
    } else if node.get("Value").is_none() {
        return out;
    }
    let condition = node.get("Condition").and_then(word);
    out.extend(condition.map(|name| Use { of: Kind::Condition, name }));
    out
}

fn call_uses(found: Call<'_>, out: &mut Vec<Use>) {
    let arguments = arguments(found);
    // A name that is computed is known to nobody; that of a tag on a scalar is the scalar itself.
    let written = |node: &Node<'_>| node.id() == found.argument.id() || call(*node).is_none();
    let first = arguments.first().copied().filter(written);
    let Some(first) = first.filter(|node| node.style().is_some()) else { return };
    let scalar = || Some(Word { text: first.text().to_owned(), span: place(first) });
    let (of, name) = match found.name {
        "Ref" => (Kind::Value, scalar()),
        "Condition" | "If" => (Kind::Condition, scalar()),
        "FindInMap" => (Kind::Mapping, scalar()),
        "GetAtt" => {
            let text = first.text();
            let end = if arguments.len() == 1 { text.find('.').unwrap_or(text.len()) } else { text.len() };
            let name = Word { text: text[..end].to_owned(), span: first.sub_span(0, end) };
            (Kind::Resource, Some(name))
        }
        "Sub" => return substituted(first, arguments.get(1).copied(), out),
        _ => return,
    };
    out.extend(name.filter(|name| !name.text.is_empty()).map(|name| Use { of, name }));
}

/// The names in the text of `Sub`, but for those that it defines itself.
fn substituted(text: Node<'_>, own: Option<Node<'_>>, out: &mut Vec<Use>) {
    for piece in pieces(text.text()) {
        let Piece::Name(range) = piece else { continue };
        let name = &text.text()[range.clone()];
        if name.is_empty() || own.is_some_and(|own| own.is_open() || own.get(name).is_some()) {
            continue;
        }
        let (of, end) = name.find('.').map_or((Kind::Value, name.len()), |end| (Kind::Resource, end));
        let span = text.sub_span(range.start, range.start + end);
        out.push(Use { of, name: Word { text: name[..end].to_owned(), span } });
    }
}

fn place(node: Node<'_>) -> Span {
    node.short_span().unwrap_or_else(|| node.span())
}
