//! What a container has a shell run.

use crate::syntax::shell::{self, Script};
use crate::syntax::tree::{Kind, Node, Trace};

/// Where a container says what runs beside its program.
const HOOKS: &[&[&str]] = &[
    &["lifecycle", "postStart"],
    &["lifecycle", "preStop"],
    &["livenessProbe"],
    &["readinessProbe"],
    &["startupProbe"],
];

/// The scripts of a container: its own, then those of its hooks and probes.
pub(super) fn scripts(container: Node<'_>) -> impl Iterator<Item = Script> {
    let own = script(items(container.get("command")).chain(items(container.get("args"))), true);
    let hooks = HOOKS.iter().filter_map(move |path| {
        let command = container.at(path)?.at(&["exec", "command"]);
        script(items(command), false)
    });
    own.into_iter().chain(hooks)
}

fn items(list: Option<Node<'_>>) -> impl Iterator<Item = Node<'_>> {
    list.filter(|list| !list.is_open()).into_iter().flat_map(Node::items)
}

/// The script in a list of words that starts a shell; nothing where a template fills in part of it. In the words of a
/// container the kubelet puts in variables for `$(NAME)`, before any shell does.
fn script<'t>(words: impl Iterator<Item = Node<'t>>, expanded: bool) -> Option<Script> {
    let words: Vec<Node<'t>> = words.collect();
    let (dialect, at) = shell::script_of(words.iter().map(|word| word.text()))?;
    let node = words.get(at).filter(|node| node.kind() != Kind::Unknown && node.style().is_some())?;
    let text = if expanded { variables(node.text()) } else { node.text().to_owned() };
    let trace = Trace::of(*node);
    let errexit = words.iter().take(at).any(|word| shell::sets_errexit(word.text()));
    Some(shell::parse(&text, dialect, &|from, to| trace.span(from, to)).started(errexit))
}

/// `$(NAME)` as `${NAME}`, which is as long and as unknown. A command is hardly ever written in capitals.
fn variables(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("$(") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let name = from[2..].split(')').next().unwrap_or_default();
        let is_name = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        let closed = from.as_bytes().get(2 + name.len()) == Some(&b')');
        if is_name && closed {
            out.push_str("${");
            out.push_str(name);
            out.push('}');
            rest = &from[3 + name.len()..];
        } else {
            out.push_str("$(");
            rest = &from[2..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::variables;

    #[test]
    fn what_the_kubelet_puts_in_is_a_variable() {
        assert_eq!(variables("a $(POD_IP) $(date) $(X y) $$(A"), "a ${POD_IP} $(date) $(X y) $$(A");
    }
}
