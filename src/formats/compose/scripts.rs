//! What a service has a shell run.

use super::read::{Layers, Text};
use crate::syntax::shell::{self, Dialect, Script};
use crate::syntax::tree::{Kind, Node, Trace};

/// The scripts of a service: its own, then its health check and its hooks.
pub(super) fn scripts(layers: &Layers<'_>) -> Vec<Script> {
    let mut found = Vec::new();
    let own = ["entrypoint", "command"].iter().filter_map(|key| Some(layers.entry(key)?.value));
    // A shell in the entrypoint may get its script from the command.
    let words: Vec<Node<'_>> =
        own.clone().filter(|node| node.kind() == Kind::Sequence).flat_map(Node::items).collect();
    found.extend(listed(&words));
    found.extend(own.filter_map(line));
    if let Some(test) = layers.entry("healthcheck").and_then(|entry| entry.value.get("test")) {
        found.extend(check(test));
    }
    for hook in ["post_start", "pre_stop"].iter().flat_map(|key| layers.items(key)) {
        let Some(command) = hook.get("command") else { continue };
        found.extend(listed(&command.items().collect::<Vec<_>>()));
        found.extend(line(command));
    }
    found
}

/// A health check: text, or `CMD-SHELL` before it, is for a shell.
fn check(test: Node<'_>) -> Option<Script> {
    let words: Vec<Node<'_>> = test.items().collect();
    match words.as_slice() {
        [] => run(test, Dialect::Sh),
        [first, script] if first.text() == "CMD-SHELL" => run(*script, Dialect::Sh),
        [first, rest @ ..] if first.text() == "CMD" => listed(rest),
        _ => None,
    }
}

/// The script in a list of words that starts a shell.
fn listed(words: &[Node<'_>]) -> Option<Script> {
    let (dialect, at) = shell::script_of(words.iter().map(|word| word.text()))?;
    let errexit = words.iter().take(at).any(|word| shell::sets_errexit(word.text()));
    run(*words.get(at)?, dialect).map(|script| script.started(errexit))
}

/// The script in a line that Compose splits into words: `command: sh -c "a && b"`. No shell sees the line itself.
fn line(node: Node<'_>) -> Option<Script> {
    let text = Text::of(node)?;
    let whole = |from: usize, to: usize| text.span(from, to);
    let outer = shell::parse(text.text(), Dialect::Sh, &whole);
    let words = &outer.commands.first()?.words;
    let (dialect, at) = shell::script_of(words.iter().map(|word| word.text.as_str()))?;
    let inner = words.get(at)?.literal()?;
    let all = text.text();
    let start = all.find(inner).filter(|start| all.rfind(inner) == Some(*start))?;
    let trace = Trace::of(node);
    let script = shell::parse(inner, dialect, &|from, to| {
        let origin = text.origin(start + from, start + to);
        trace.span(origin.start, origin.end)
    });
    let errexit = words.iter().take(at).any(|word| shell::sets_errexit(&word.text));
    Some(script.started(errexit))
}

fn run(node: Node<'_>, dialect: Dialect) -> Option<Script> {
    let text = Text::of(node).filter(|_| node.kind() != Kind::Unknown)?;
    let trace = Trace::of(node);
    Some(shell::parse(text.text(), dialect, &|from, to| {
        let origin = text.origin(from, to);
        trace.span(origin.start, origin.end)
    }))
}
