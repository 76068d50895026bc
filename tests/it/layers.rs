//! Who may use whom: the layers of `src/lib.rs`, from the bottom up, held to by the text of the code itself.

use crate::tree;

/// A layer and what it may use; `a::B` allows only `B` of the layer `a`.
const LAYERS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("syntax", &["text"]),
    // Facts keep the nodes they were read from, so that expressions can ask for any key.
    ("model", &["text", "syntax"]),
    ("formats", &["text", "syntax", "model"]),
    ("rule", &["text", "syntax", "model"]),
    // Schemas hold conditions in CEL, and tell what was meant.
    ("schema", &["text", "syntax", "model", "rule::cel", "rule::nearest"]),
    // Config names rules and severities, and does not know what a page is.
    ("config", &["text", "rule::Severity", "rule::nearest"]),
    ("checks", &["text", "syntax", "model", "rule", "schema", "config::KubernetesVersion"]),
    ("lint", &["text", "syntax", "model", "formats", "rule", "schema", "config", "checks"]),
    ("discover", &["text", "config"]),
    // The graph is a fact that is shown as it is.
    ("report", &["text", "rule", "lint", "model::graph"]),
    // Configs of other tools are YAML.
    ("cli", &["text", "syntax", "model", "formats", "rule", "config", "lint", "discover", "report"]),
];

#[test]
fn layers_use_only_those_below() {
    let mut wrong = Vec::new();
    for (path, text) in tree::rust(&["src"]) {
        let Some(layer) = layer_of(&path) else { continue };
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            wrong.push(format!("{path}:1: `{layer}` is not among the layers of this test"));
            continue;
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (number, line) in lines {
            let used = line.match_indices("crate::").map(|(at, word)| &line[at + word.len()..]);
            for used in used.filter(|used| !may_use(layer, allowed, used)) {
                wrong.push(format!("{path}:{}: `{layer}` may not use `crate::{used}`", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The layer of a file; `main.rs` and `lib.rs` belong to none.
fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let (layer, _) = inside.split_once('/').unwrap_or((inside.strip_suffix(".rs")?, ""));
    (!["lib", "main"].contains(&layer)).then_some(layer)
}

/// `used` is what follows `crate::`; a group in braces is never allowed, so that every line names one layer.
fn may_use(layer: &str, allowed: &[&str], used: &str) -> bool {
    std::iter::once(&layer).chain(allowed).any(|allowed| {
        let rest = used.strip_prefix(allowed);
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
    })
}

#[test]
fn what_is_not_allowed_is_seen() {
    assert!(may_use("config", &["text"], "text::Span;"));
    assert!(may_use("config", &["rule::Severity"], "rule::Severity;"));
    assert!(!may_use("config", &["rule::Severity"], "rule::SeverityOf;"));
    assert!(!may_use("config", &["rule::Severity"], "rule::{Page, Severity};"));
    assert!(!may_use("config", &["text"], "{text, report};"));
}

#[test]
fn every_layer_exists() {
    let text = tree::text("src/lib.rs");
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut modules: Vec<&str> = modules.collect();
    let mut layers = LAYERS.map(|(name, _)| name);
    modules.sort_unstable();
    layers.sort_unstable();
    assert_eq!(modules, layers);
}
