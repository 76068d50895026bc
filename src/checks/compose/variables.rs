//! `$` in values: what begins nothing, and variables without a default.

use crate::checks::File;
use crate::rule::Match;
use crate::syntax::interpolation::{Otherwise, Part, parse_all};
use crate::syntax::tree::Node;

/// A `$` that begins no variable.
pub(super) fn invalid(file: &File<'_>, out: &mut Vec<Match>) {
    values(file, &mut |node| {
        for part in parse_all(node.text()) {
            let Part::Invalid(range) = part else { continue };
            let text = &node.text()[range.clone()];
            let message = if text.starts_with("${") {
                format!(
                    "`{text}` is no variable that Compose can read; write `$${}` if it is meant for the container",
                    &text[1..]
                )
            } else {
                "`$` begins a variable; write `$$` for a `$` in the container".to_owned()
            };
            out.push(Match::new(node.sub_span(range.start, range.end), message));
        }
    });
}

/// Variables that have neither a default nor a message.
pub(super) fn without_default(file: &File<'_>, out: &mut Vec<Match>) {
    values(file, &mut |node| {
        for part in parse_all(node.text()) {
            let Part::Variable(variable) = part else { continue };
            let name = &node.text()[variable.name.clone()];
            let set = node.tree().values().open || node.tree().values().get(name).is_some();
            if variable.otherwise == Otherwise::Empty && !set {
                let message = format!(
                    "`{name}` is empty unless the environment sets it; write `${{{name}:-…}}` or `${{{name}:?…}}`"
                );
                out.push(Match::new(node.sub_span(variable.whole.start, variable.whole.end), message));
            }
        }
    });
}

/// Every scalar value with a `$`, each once; keys are taken as they are.
fn values<'f>(file: &File<'f>, visit: &mut dyn FnMut(Node<'f>)) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    let mut waiting: Vec<Node<'f>> = Vec::new();
    let root = tree.node(compose.root);
    waiting.extend(
        root.own_entries().filter(|entry| !entry.key.text().starts_with("x-")).map(|entry| entry.value),
    );
    while let Some(node) = waiting.pop() {
        // What an alias stands for is visited where it is written.
        if node.is_alias() {
            continue;
        }
        if node.style().is_some() && node.text().contains('$') {
            visit(node);
        }
        waiting.extend(node.items());
        waiting.extend(node.own_entries().map(|entry| entry.value));
    }
}
