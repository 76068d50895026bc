//! How Argo Workflows are built: a spec, its templates, their steps and tasks.
//!
//! Source: <https://argo-workflows.readthedocs.io/en/latest/fields/>.

use super::super::File;
use crate::syntax::tree::{Entry, Node};
use crate::text::Span;

/// The spec of each workflow in the file, with its text's object.
pub(super) fn specs<'f>(file: &File<'f>) -> Vec<Node<'f>> {
    let Some(tree) = file.tree else { return Vec::new() };
    let argo = file.facts.resources.iter().filter(|resource| resource.group() == "argoproj.io");
    argo.filter_map(|resource| {
        let root = tree.node(resource.node);
        match resource.kind() {
            "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate" => root.get("spec"),
            "CronWorkflow" => root.at(&["spec", "workflowSpec"]),
            _ => None,
        }
    })
    .collect()
}

/// The templates of a spec.
pub(super) fn templates(spec: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    spec.get("templates").into_iter().flat_map(Node::items)
}

/// The steps and tasks of a template, those of all its stages.
pub(super) fn calls(template: Node<'_>) -> Vec<Node<'_>> {
    let stages = template.get("steps").into_iter().flat_map(Node::items);
    // A stage is a list of steps; a lone step may stand for it.
    let steps = stages.flat_map(|stage| {
        let lone = stage.entry("name").map(|_| stage);
        stage.items().chain(lone).collect::<Vec<_>>()
    });
    steps.chain(tasks(template)).collect()
}

/// The tasks of a template that is a graph.
pub(super) fn tasks(template: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    template.at(&["dag", "tasks"]).into_iter().flat_map(Node::items)
}

/// The hooks of a spec, a step or a task: what also calls a template.
pub(super) fn hooks(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let hooks = node.get("hooks").map(Node::own_entries).into_iter().flatten();
    hooks.map(|Entry { value, .. }| value)
}

/// The names of the parameters under `inputs` or `arguments`.
pub(super) fn parameters<'t>(node: Node<'t>, list: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    let parameters = node.at(&[list, "parameters"]).into_iter().flat_map(Node::items);
    parameters.filter_map(|parameter| parameter.get("name")).filter(|name| name.as_str().is_some())
}

/// A parameter that a text puts in.
pub(super) struct Use<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Where the name is written.
    pub(super) span: Span,
}

/// Everything in the text of a node that follows `prefix` inside `{{ }}`.
pub(super) fn uses<'t>(node: Node<'t>, prefix: &str) -> Vec<Use<'t>> {
    let whole = node.span();
    let text = node.tree().text().get(whole.range()).unwrap_or_default();
    let mut found = Vec::new();
    for (from, name) in words(text, prefix) {
        let line = &text[text[..from].rfind('\n').map_or(0, |end| end + 1)..from];
        // The last braces before it are open, and the line is no comment.
        let inside = line.rfind("{{").is_some_and(|open| !line[open..].contains("}}"));
        if inside && !line.trim_start().starts_with('#') {
            found.push(Use { name, span: whole.slice(from, from + name.len()) });
        }
    }
    found
}

/// The names that follow `prefix` in a text, and where they start.
pub(super) fn words<'t>(text: &'t str, prefix: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(prefix).filter_map(move |(at, found)| {
        let from = at + found.len();
        let rest = &text[from..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        (!name.is_empty()).then_some((from, name))
    })
}
