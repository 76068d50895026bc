//! Parameters of Argo Workflows and of their templates that nothing uses.

use std::collections::HashSet;

use super::super::File;
use super::argo;
use crate::rule::Match;
use crate::syntax::tree::Node;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for spec in argo::specs(file) {
        for template in argo::templates(spec) {
            // The inputs of a pause are there for people to see, those of a plugin for the plugin.
            if template.get("suspend").is_none() && template.get("plugin").is_none() {
                unused(template, "inputs", "inputs.parameters", &HashSet::new(), out);
            }
        }
        // Arguments also fill inputs of the same name, of the template that the workflow starts with.
        let inputs = argo::templates(spec).flat_map(|template| argo::parameters(template, "inputs"));
        let filled: HashSet<&str> = inputs.map(Node::text).collect();
        if spec.get("workflowTemplateRef").is_none() {
            unused(spec, "arguments", "workflow.parameters", &filled, out);
        }
    }
}

fn unused(node: Node<'_>, list: &str, prefix: &str, filled: &HashSet<&str>, out: &mut Vec<Match>) {
    // Used all at once, or in an expression that picks by name.
    let whole =
        [format!("{prefix}}}}}"), format!("{prefix} "), format!("{prefix}["), format!("{prefix}.json")];
    let text = node.tree().text().get(node.span().range()).unwrap_or_default();
    if whole.iter().any(|whole| text.contains(whole.as_str())) {
        return;
    }
    // Expressions name parameters without braces as well.
    let used: HashSet<&str> = argo::words(text, &format!("{prefix}.")).map(|(_, name)| name).collect();
    for name in argo::parameters(node, list) {
        if !used.contains(name.text()) && !filled.contains(name.text()) {
            let span = name.short_span().unwrap_or_else(|| name.span());
            out.push(Match::new(span, format!("nothing uses `{{{{{prefix}.{}}}}}`", name.text())));
        }
    }
}
