//! The keywords of a schema that hold no other schema.

use crate::schema::types::{Bounds, Condition, Constant, Format, More, Pattern, Range, Rule, Takes};
use crate::syntax::tree::{Kind, Node};

/// Keywords that limit nothing, or are read apart from the limits.
const PLAIN: &[&str] = &[
    "default",
    "description",
    "format",
    "items",
    "nullable",
    "properties",
    "required",
    "title",
    "type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
    "x-kubernetes-preserve-unknown-fields",
];

/// Whether a schema limits nothing, as nine of ten do: so the many keywords that could are not looked for.
pub(super) fn is_plain(node: Node<'_>) -> bool {
    node.own_entries().all(|entry| PLAIN.contains(&entry.key.text()))
}

/// What a schema's `type` takes, and whether null is among it.
pub(super) fn takes(node: Node<'_>) -> (Takes, bool) {
    let on = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    let nullable = on("nullable");
    if on("x-kubernetes-int-or-string") {
        return (Takes::TEXT.or(Takes::INT), nullable);
    }
    let Some(of) = node.get("type") else { return (Takes::ANY, true) };
    let words: Vec<&str> = match of.kind() {
        Kind::Sequence => of.items().map(Node::text).collect(),
        Kind::String => vec![of.text()],
        _ => return (Takes::ANY, true),
    };
    let mut takes = Takes::NONE;
    for word in &words {
        takes = takes.or(match *word {
            "string" => Takes::TEXT,
            "boolean" => Takes::BOOL,
            "integer" => Takes::INT,
            "number" => Takes::NUMBER,
            "object" => Takes::MAPPING,
            "array" => Takes::LIST,
            "null" => continue,
            _ => Takes::ANY,
        });
    }
    (if takes == Takes::NONE { Takes::ANY } else { takes }, nullable || words.contains(&"null"))
}

/// The formats that the API server looks at; it ignores others.
pub(super) fn format(node: Node<'_>) -> Format {
    match node.get("format").map_or("", Node::text) {
        "int32" => Format::Int32,
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "byte" => Format::Byte,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "cidr" => Format::Cidr,
        "uuid" | "uuid3" | "uuid4" | "uuid5" => Format::Uuid,
        _ => Format::None,
    }
}

/// The limits of a value, and the conditions on it; not the types that it is made of.
pub(super) fn more(node: Node<'_>, shown: bool) -> More {
    let number = |key: &str| node.get(key).and_then(Node::as_f64);
    let on = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    let bounds = |least: &str, most: &str| Bounds { least: count(node, least), most: count(node, most) };
    // JSON Schema changed its mind: once a boolean beside the end, then the end itself.
    let above = number("exclusiveMinimum");
    let below = number("exclusiveMaximum");
    let hidden = node.get("enum").is_some_and(Node::is_open);
    let values = node.get("enum").into_iter().flat_map(Node::items).filter(|_| !hidden);
    More {
        values: values.map(constant).collect(),
        pattern: node
            .get("pattern")
            .and_then(Node::as_str)
            .map(|source| Pattern { source: source.to_owned(), compiled: std::sync::OnceLock::new() }),
        range: Range {
            least: above.or_else(|| number("minimum")),
            most: below.or_else(|| number("maximum")),
            above: above.is_some() || on("exclusiveMinimum"),
            below: below.is_some() || on("exclusiveMaximum"),
            multiple: number("multipleOf"),
        },
        length: bounds("minLength", "maxLength"),
        count: bounds("minItems", "maxItems"),
        keys: bounds("minProperties", "maxProperties"),
        rules: node
            .get("x-kubernetes-validations")
            .into_iter()
            .flat_map(Node::items)
            .filter_map(|item| rule(item, shown))
            .collect(),
        ..More::default()
    }
}

fn count(node: Node<'_>, key: &str) -> Option<u64> {
    node.get(key).and_then(Node::as_i64).and_then(|count| u64::try_from(count).ok())
}

fn constant(node: Node<'_>) -> Constant {
    match node.kind() {
        Kind::String => Constant::Text(node.text().to_owned().into()),
        Kind::Bool => Constant::Bool(node.as_bool() == Some(true)),
        Kind::Int | Kind::Float => Constant::Number(node.as_f64().unwrap_or_default()),
        Kind::Null => Constant::Null,
        Kind::Mapping | Kind::Sequence | Kind::Unknown => Constant::Other,
    }
}

/// A rule that can be judged by one object alone.
fn rule(node: Node<'_>, shown: bool) -> Option<Rule> {
    let entry = node.entry("rule")?;
    let source = entry.value.as_str()?;
    // How the server lets CEL read keys that are no words; `field_name` knows only the words.
    let escapes = ["__dash__", "__dot__", "__slash__", "__underscores__"];
    if source.contains("oldSelf") || escapes.iter().any(|escape| source.contains(escape)) {
        return None;
    }
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let condition = |source: String| Condition { source, program: std::sync::OnceLock::new() };
    Some(Rule {
        condition: condition(source.to_owned()),
        message: text("message").unwrap_or_default(),
        message_expression: text("messageExpression").map(condition),
        field_path: text("fieldPath").unwrap_or_default(),
        place: shown.then(|| entry.place()),
    })
}

/// Whether there is anything in it.
pub(super) fn is_used(more: &More) -> bool {
    let range = more.range.least.or(more.range.most).or(more.range.multiple).is_some();
    let bounds = [more.length, more.count, more.keys];
    let bounded = bounds.iter().any(|bounds| bounds.least.or(bounds.most).is_some());
    !more.values.is_empty()
        || more.pattern.is_some()
        || range
        || bounded
        || more.combines
        || !more.rules.is_empty()
}
