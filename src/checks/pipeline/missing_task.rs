//! Tasks that wait for a task which is not there: in Argo's graphs and in Tekton's pipelines.

use std::collections::HashSet;

use super::super::File;
use super::argo;
use crate::model::setting::is_placeholder;
use crate::rule::Match;
use crate::syntax::tree::Node;
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for template in argo::specs(file).into_iter().flat_map(argo::templates) {
        let open = template.at(&["dag", "tasks"]).is_none_or(Node::is_open);
        let tasks: Vec<Node<'_>> = argo::tasks(template).collect();
        if !open {
            judge(&tasks, waits_in_argo, out);
        }
    }
    for list in tekton(file).into_iter().filter(|list| !list.is_open()) {
        let tasks: Vec<Node<'_>> = list.items().collect();
        judge(&tasks, waits_in_tekton, out);
    }
}

/// The lists of tasks of Tekton's pipelines. Source: <https://tekton.dev/docs/pipelines/pipelines/>.
fn tekton<'f>(file: &File<'f>) -> Vec<Node<'f>> {
    let Some(tree) = file.tree else { return Vec::new() };
    let pipelines = file.facts.resources.iter().filter(|resource| resource.group() == "tekton.dev");
    pipelines
        .filter_map(|resource| {
            let root = tree.node(resource.node);
            match resource.kind() {
                "Pipeline" => root.at(&["spec", "tasks"]),
                "PipelineRun" => root.at(&["spec", "pipelineSpec", "tasks"]),
                _ => None,
            }
        })
        .collect()
}

type Waits<'t> = Vec<(&'t str, Span)>;

fn judge<'t>(tasks: &[Node<'t>], waits: fn(Node<'t>) -> Waits<'t>, out: &mut Vec<Match>) {
    let known: HashSet<&str> = tasks.iter().filter_map(|task| task.get("name")).map(Node::text).collect();
    for (name, span) in tasks.iter().flat_map(|task| waits(*task)) {
        if !known.contains(name) && !is_placeholder(name) {
            out.push(Match::new(span, format!("no task here is called `{name}`, so this one cannot be run")));
        }
    }
}

fn texts(list: Option<Node<'_>>) -> Waits<'_> {
    let items = list.into_iter().flat_map(Node::items);
    items.filter_map(|item| Some((item.as_str()?, item.short_span()?))).collect()
}

fn waits_in_tekton(task: Node<'_>) -> Waits<'_> {
    texts(task.get("runAfter"))
}

fn waits_in_argo(task: Node<'_>) -> Waits<'_> {
    let mut waits = texts(task.get("dependencies"));
    if let Some(depends) = task.get("depends").filter(|depends| depends.as_str().is_some()) {
        let names = words(depends.text()).into_iter();
        waits.extend(names.map(|(name, at)| (name, depends.sub_span(at, at + name.len()))));
    }
    waits
}

/// The names of tasks in `a.Succeeded && (b || !c)`, and where they start.
fn words(text: &str) -> Vec<(&str, usize)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(is_name).map(|skipped| at + skipped) {
        let end = text[from..].find(|c| !is_name(c)).map_or(text.len(), |length| from + length);
        found.push((text[from..end].split('.').next().unwrap_or_default(), from));
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_cut_off() {
        assert_eq!(words("a.Succeeded && (b-1 || !c)"), [("a", 0), ("b-1", 16), ("c", 24)]);
        assert_eq!(words(""), []);
    }
}
