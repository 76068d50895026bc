//! Steps, tasks, hooks and entry points of Argo Workflows that call a template which is not there.

use std::collections::HashSet;

use super::super::File;
use super::argo;
use crate::model::setting::is_placeholder;
use crate::rule::{Match, nearest};
use crate::syntax::tree::Node;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for spec in argo::specs(file) {
        let hidden = spec.get("templates").is_some_and(Node::is_open) || spec.is_open();
        if hidden || spec.get("workflowTemplateRef").is_some() || spec.get("templates").is_none() {
            continue;
        }
        let known: HashSet<&str> =
            argo::templates(spec).filter_map(|template| template.get("name")).map(Node::text).collect();
        let direct = ["entrypoint", "onExit"].into_iter().filter_map(|key| spec.get(key));
        let mut called: Vec<Node<'_>> = direct.collect();
        let mut callers: Vec<Node<'_>> = argo::hooks(spec).collect();
        for call in argo::templates(spec).flat_map(argo::calls) {
            callers.push(call);
            callers.extend(argo::hooks(call));
            called.extend(call.get("onExit"));
        }
        called.extend(callers.into_iter().filter_map(|caller| caller.get("template")));
        for node in called {
            missing(node, &known, out);
        }
    }
}

fn missing(node: Node<'_>, known: &HashSet<&str>, out: &mut Vec<Match>) {
    let Some(name) = node.as_str().filter(|name| !name.is_empty() && !is_placeholder(name)) else { return };
    if known.contains(name) {
        return;
    }
    let mut names: Vec<&str> = known.iter().copied().collect();
    names.sort_unstable();
    let hint = nearest::hint(name, names);
    let span = node.short_span().unwrap_or_else(|| node.span());
    out.push(Match::new(span, format!("no template here is called `{name}`{hint}")));
}
