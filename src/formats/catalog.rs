//! Catalogues of software → who owns what, and what depends on what.
//!
//! Sources: the descriptor format of Backstage, and the versions 2 and 3 of Datadog's service and entity schemas.

use crate::model::catalog::Entry;
use crate::model::facts::{Facts, FolderId};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};

/// Kinds of entities that are part of a running system.
const PARTS: [&str; 8] =
    ["component", "resource", "service", "datastore", "queue", "system", "api", "frontend"];

/// The entities of a file.
pub fn lower(tree: &Tree, folder: FolderId) -> Facts {
    Facts { folder, catalog: tree.roots().filter_map(entry).collect(), ..Facts::default() }
}

fn entry(root: Node<'_>) -> Option<Entry> {
    if let Some(name) = root.get("dd-service").and_then(word) {
        return Some(Entry { name, owner: root.get("team").and_then(word), depends: Vec::new() });
    }
    let kind = root.get("kind").map_or("", Node::text).to_ascii_lowercase();
    if !PARTS.contains(&kind.as_str()) {
        return None;
    }
    // Backstage says who owns it in the specification, Datadog beside the name.
    let owner = root.at(&["spec", "owner"]).or_else(|| root.at(&["metadata", "owner"]));
    let depends = root.at(&["spec", "dependsOn"]);
    Some(Entry {
        name: root.at(&["metadata", "name"]).and_then(word)?,
        owner: owner.and_then(word),
        depends: depends.into_iter().flat_map(Node::items).filter_map(word).collect(),
    })
}

/// The name in a reference: `orders` of `component:default/orders`.
fn word(node: Node<'_>) -> Option<Word> {
    let known = node.style().is_some() && !matches!(node.kind(), Kind::Null | Kind::Unknown);
    let text = node.text();
    let start = text.rfind([':', '/']).map_or(0, |at| at + 1);
    let name = &text[start..];
    (known && !name.is_empty())
        .then(|| Word { text: name.to_owned(), span: node.sub_span(start, text.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    /// `name owner depends…` of each entry.
    fn read(text: &str) -> Vec<String> {
        let tree = yaml::parse(FileId(0), text.into(), Schema::Core).tree;
        let facts = lower(&tree, FolderId(0));
        let one = |entry: &Entry| {
            let owner = entry.owner.as_ref().map_or("-", |owner| &owner.text);
            let depends = entry.depends.iter().map(|word| {
                assert_eq!(&text[word.span.range()], word.text);
                word.text.as_str()
            });
            let words = [entry.name.text.as_str(), owner].into_iter().chain(depends);
            words.collect::<Vec<_>>().join(" ")
        };
        facts.catalog.iter().map(one).collect()
    }

    #[test]
    fn backstage_and_datadog() {
        let backstage = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: orders}\n\
                         spec:\n  owner: group:default/shop\n  dependsOn: [resource:orders-db, component:default/bills]\n\
                         ---\nkind: User\nmetadata: {name: anna}\n";
        assert_eq!(read(backstage), ["orders shop orders-db bills"]);
        let datadog = "apiVersion: v3\nkind: service\nmetadata: {name: orders, owner: shop}\n\
                       spec: {dependsOn: ['datastore:orders-db']}\n";
        assert_eq!(read(datadog), ["orders shop orders-db"]);
        assert_eq!(read("schema-version: v2.2\ndd-service: orders\nteam: shop\n"), ["orders shop"]);
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        assert_eq!(read("kind: Component\n"), [""; 0]);
        assert_eq!(read("kind: Component\nmetadata: {name: a}\n"), ["a -"]);
        assert_eq!(read("- a\n"), [""; 0]);
    }
}
