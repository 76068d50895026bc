//! Keys that Compose does not know, and values of the wrong type.

use super::spec::{FILE, Type};
use crate::checks::File;
use crate::rule::Match;
use crate::rule::nearest::nearest;
use crate::syntax::tree::{Entry, Kind, Node};

/// So many unknown keys of a file are compared with those that there are.
const MOST_SUGGESTIONS: usize = 50;

/// The keys of a mapping, and what they take.
type Known = &'static [(&'static str, Type)];

/// What a walk over a file meets.
enum Fault<'t> {
    /// A key that is not among these, and what it stands in.
    Unknown(Node<'t>, &'static str, Known),
    Wrong(Entry<'t>, &'static str),
    /// An item of a list that is of the wrong type.
    Item(Node<'t>, &'static str),
}

/// Keys that Compose does not know.
pub(super) fn unknown_key(file: &File<'_>, out: &mut Vec<Match>) {
    let mut suggestions = 0;
    walk(file, &mut |fault| {
        let Fault::Unknown(key, place, keys) = fault else { return };
        let text = key.text();
        suggestions += 1;
        let candidates = keys.iter().filter(|_| suggestions <= MOST_SUGGESTIONS).map(|(key, _)| *key);
        let near =
            nearest(text, candidates).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("Compose knows no `{text}` in {place}{near}");
        out.push(Match::new(key.sub_span(0, text.len()), message));
    });
}

/// Values of the wrong type.
pub(super) fn wrong_type(file: &File<'_>, out: &mut Vec<Match>) {
    walk(file, &mut |fault| {
        let (span, name, node, wanted) = match fault {
            Fault::Wrong(entry, wanted) => (entry.place(), entry.key.text(), entry.value, wanted),
            Fault::Item(item, wanted) => {
                let first = item.own_entries().next().map_or(item.span(), |entry| entry.key.span());
                (item.short_span().unwrap_or(first), "this entry", item, wanted)
            }
            Fault::Unknown(..) => return,
        };
        let name = if name == "this entry" { name.to_owned() } else { format!("`{name}`") };
        let given = kind_name(node.kind());
        out.push(Match::new(span, format!("{name} takes {wanted}, not {given}; Compose refuses the file")));
    });
}

/// Files of before 2016, or files that are no Compose files.
pub(super) fn without_services(file: &File<'_>, out: &mut Vec<Match>) {
    if let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree)
        && is_old(tree.node(compose.root))
    {
        let message = "services stand at the top, as in Compose v1, which nothing reads any more; put them under `services`";
        out.push(Match::new(compose.anchor, message));
    }
}

fn is_old(root: Node<'_>) -> bool {
    let service = |node: Node<'_>| node.get("image").is_some() || node.get("build").is_some();
    let mut entries = root.own_entries().filter(|entry| !entry.key.text().starts_with("x-"));
    root.get("services").is_none()
        && root.get("include").is_none()
        && entries.any(|entry| service(entry.value))
}

fn walk<'f>(file: &File<'f>, report: &mut dyn FnMut(Fault<'f>)) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    let root = tree.node(compose.root);
    if !is_old(root) {
        check(root, &FILE, report);
    }
}

/// The depth of this recursion is that of the table, not of the file.
fn check<'t>(node: Node<'t>, of: &'static Type, report: &mut dyn FnMut(Fault<'t>)) {
    match of {
        Type::Either(types) => {
            if let Some(of) = types.iter().find(|of| fits(node, of)) {
                check(node, of, report);
            }
        }
        Type::Items(of) => {
            for item in node.items() {
                if fits(item, of) {
                    check(item, of, report);
                } else {
                    report(Fault::Item(item, wanted(of)));
                }
            }
        }
        Type::Named(of) => {
            for entry in node.entries().into_iter().filter(|entry| !entry.key.text().starts_with("x-")) {
                value(entry, of, report);
            }
        }
        Type::Keys(place, keys) => {
            for entry in node.entries() {
                let text = entry.key.text();
                if let Some((_, of)) = keys.iter().find(|(key, _)| *key == text) {
                    value(entry, of, report);
                } else if is_key(entry.key) {
                    report(Fault::Unknown(entry.key, place, keys));
                }
            }
        }
        _ => {}
    }
}

/// Whether a key is meant for Compose, and known.
fn is_key(key: Node<'_>) -> bool {
    let text = key.text();
    key.kind() != Kind::Unknown && !text.starts_with("x-") && !text.is_empty() && !key.is_merge()
}

fn value<'t>(entry: Entry<'t>, of: &'static Type, report: &mut dyn FnMut(Fault<'t>)) {
    if fits(entry.value, of) {
        check(entry.value, of, report);
    } else {
        report(Fault::Wrong(entry, wanted(of)));
    }
}

/// Whether a value may be of this type, from outside.
fn fits(node: Node<'_>, of: &Type) -> bool {
    let tagged = node.tag().is_some_and(|tag| tag == "!reset" || tag == "!override");
    let kind = node.kind();
    if tagged || matches!(kind, Kind::Unknown | Kind::Null) {
        return true;
    }
    // A variable may become anything that one line can say.
    if node.style().is_some() && node.text().contains('$') {
        return !matches!(of, Type::Items(_) | Type::Named(_) | Type::Keys(..));
    }
    match of {
        Type::Any => true,
        Type::Bool => {
            kind == Kind::Bool || is_word(node, &["true", "false", "yes", "no", "y", "n", "on", "off"])
        }
        Type::Number => {
            matches!(kind, Kind::Int | Kind::Float)
                || node.style().is_some() && node.text().parse::<f64>().is_ok()
        }
        Type::Text => kind == Kind::String,
        Type::TextOrNumber => matches!(kind, Kind::String | Kind::Int | Kind::Float),
        Type::Scalar => !matches!(kind, Kind::Mapping | Kind::Sequence),
        Type::Items(_) => kind == Kind::Sequence,
        Type::Named(_) | Type::Keys(..) => kind == Kind::Mapping,
        Type::Either(types) => types.iter().any(|of| fits(node, of)),
    }
}

fn is_word(node: Node<'_>, words: &[&str]) -> bool {
    node.kind() == Kind::String && words.contains(&node.text().to_ascii_lowercase().as_str())
}

fn wanted(of: &Type) -> &'static str {
    match of {
        Type::Any => "a value",
        Type::Bool => "`true` or `false`",
        Type::Number => "a number",
        Type::Text => "text",
        Type::TextOrNumber => "text or a number",
        Type::Scalar => "one value",
        Type::Items(_) => "a list",
        Type::Named(_) | Type::Keys(..) => "a mapping",
        Type::Either(types) => {
            let has = |wanted: fn(&Type) -> bool| types.iter().any(wanted);
            let list = has(|of| matches!(of, Type::Items(_)));
            let mapping = has(|of| matches!(of, Type::Named(_) | Type::Keys(..)));
            match (list, mapping) {
                (true, true) => "a list or a mapping",
                (true, false) => "text or a list",
                (false, true) => "text or a mapping",
                (false, false) => "one value",
            }
        }
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "nothing",
        Kind::Bool => "a switch",
        Kind::Int | Kind::Float => "a number",
        Kind::String => "text",
        Kind::Mapping => "a mapping",
        Kind::Sequence => "a list",
        Kind::Unknown => "this",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_keys(of: &Type) {
        match of {
            Type::Keys(_, keys) => {
                for (at, (key, of)) in keys.iter().enumerate() {
                    assert!(keys[..at].iter().all(|(before, _)| before != key), "`{key}` stands twice");
                    check_keys(of);
                }
            }
            Type::Items(of) | Type::Named(of) => check_keys(of),
            Type::Either(types) => types.iter().for_each(check_keys),
            _ => {}
        }
    }

    #[test]
    fn no_key_stands_twice() {
        check_keys(&FILE);
    }
}
