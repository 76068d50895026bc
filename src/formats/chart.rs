//! `Chart.yaml` of Helm → the charts that a chart is made of.

use crate::model::Setting;
use crate::model::chart::{Chart, Part};
use crate::model::facts::{Facts, FolderId};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};

/// The chart of a file.
pub fn lower(tree: &Tree, folder: FolderId) -> Facts {
    Facts { folder, chart: tree.roots().next().and_then(chart), ..Facts::default() }
}

fn chart(root: Node<'_>) -> Option<Chart> {
    let dependencies = root.get("dependencies").into_iter().flat_map(Node::items);
    Some(Chart {
        name: root.get("name").and_then(word)?,
        dependencies: dependencies.filter_map(part).collect(),
    })
}

fn part(node: Node<'_>) -> Option<Part> {
    let own = node.get("repository").is_some_and(|repository| repository.text().starts_with("file://"));
    Some(Part { name: node.get("name").and_then(word)?, version: Setting::text(node, "version"), own })
}

fn word(node: Node<'_>) -> Option<Word> {
    let known = node.style().is_some() && !matches!(node.kind(), Kind::Null | Kind::Unknown);
    let (text, span) = (node.text(), node.short_span().unwrap_or_else(|| node.span()));
    (known && !text.is_empty()).then(|| Word { text: text.to_owned(), span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    #[test]
    fn parts_of_the_same_repository() {
        let text = "apiVersion: v2\nname: shop\ndependencies:\n\
                    - {name: orders, version: 1.2.3, repository: 'file://../orders'}\n\
                    - {name: bills, version: ~1.2.0, repository: 'file://../bills'}\n\
                    - {name: postgresql, version: 15.5.0, repository: 'https://charts.example.com'}\n";
        let tree = yaml::parse(FileId(0), text.into(), Schema::Core).tree;
        let chart = lower(&tree, FolderId(0)).chart.expect("a chart");
        let parts: Vec<_> =
            chart.dependencies.iter().map(|part| (&*part.name.text, part.own, part.is_pinned())).collect();
        assert_eq!(parts, [("orders", true, true), ("bills", true, false), ("postgresql", false, true)]);
    }
}
