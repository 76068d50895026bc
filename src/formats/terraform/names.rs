//! The names that a file declares and uses.

use super::folder::address;
use crate::model::module::{Name, Names, Provider};
use crate::syntax::hcl::{Block, Expr, ExprKind, File, Step, StepKind};

/// Words that lead to no declaration.
const OWN: [&str; 8] = ["each", "count", "self", "path", "terraform", "tofu", "run", "ephemeral"];

/// Blocks about objects that are no longer there, or not yet.
const ELSEWHERE: [&str; 3] = ["moved", "removed", "import"];

/// The names of a file.
pub(super) fn names(file: &File, overrides: bool) -> Names {
    let mut names = Names { overrides, partial: file.body.open, ..Names::default() };
    for block in file.body.blocks() {
        declare(block, &mut names);
        providers(block, &mut names);
        if ELSEWHERE.contains(&block.kind.text.as_str()) {
            continue;
        }
        // Aliases of providers look like objects, and keys that are left alone like names.
        let skip =
            |key: &str| matches!(key, "provider" | "providers" | "configuration_aliases" | "ignore_changes");
        let type_of = |key: &str| key == "type" && block.kind.text == "variable";
        let used = &mut names.used;
        block
            .body
            .visit(&|key| skip(key) || type_of(key), &mut |expr, bound| used.extend(name_of(expr, bound)));
        names.partial |= block.body.open;
    }
    names
}

fn declare(block: &Block, names: &mut Names) {
    let is_declared = matches!(
        (block.kind.text.as_str(), block.labels.len()),
        ("resource" | "data", 2) | ("variable" | "output" | "module", 1)
    );
    if block.kind.text == "locals" {
        let local =
            |key: &crate::syntax::hcl::Name| Name { address: format!("local.{}", key.text), span: key.span };
        names.declared.extend(block.body.attributes().map(|attribute| local(&attribute.key)));
    } else if is_declared && let Some(label) = block.labels.last() {
        names.declared.push(Name { address: address(block), span: label.span });
    } else if block.kind.text == "check" {
        // A data source of its own.
        block.body.blocks().for_each(|inner| declare(inner, names));
    }
}

/// The providers that a block uses, or says the versions of.
fn providers(block: &Block, names: &mut Names) {
    let mut used = |name: &str, span| {
        // One comes with Terraform itself.
        if name != "terraform" {
            let name = name.to_owned();
            names.providers.push(Provider { name, span, required: false, versioned: false });
        }
    };
    match (block.kind.text.as_str(), block.labels.as_slice()) {
        ("provider", [label]) => used(&label.text, label.span),
        ("resource" | "data" | "ephemeral", [kind, _]) => {
            let chosen = block.body.attribute("provider").and_then(|attribute| attribute.value.traversal());
            let own = kind.text.split('_').next().unwrap_or_default();
            used(chosen.map_or(own, |(name, _)| name), kind.span);
        }
        ("terraform", []) => {
            names.settings.get_or_insert(block.kind.span);
            let required = block.body.attribute("required_version").map(|attribute| attribute.span);
            names.required_version = names.required_version.or(required);
            let required = block.body.blocks().filter(|inner| inner.kind.text == "required_providers");
            for entry in required.flat_map(|inner| inner.body.attributes()) {
                let versioned = match &entry.value.kind {
                    ExprKind::Object(fields) => fields.iter().any(|field| is_version(&field.key)),
                    _ => true,
                };
                let (name, span) = (entry.key.text.clone(), entry.key.span);
                names.providers.push(Provider { name, span, required: true, versioned });
            }
        }
        _ => {}
    }
}

fn is_version(key: &Expr) -> bool {
    key.literal().as_deref() == Some("version")
        || matches!(&key.kind, ExprKind::Variable(name) if name == "version")
}

/// What an expression leads to: `var.x`, `local.x`, `module.x`, `data.t.n`, `t.n`.
fn name_of(expr: &Expr, bound: &[&str]) -> Option<Name> {
    let (root, steps) = expr.traversal()?;
    if bound.contains(&root) || OWN.contains(&root) {
        return None;
    }
    let ExprKind::Access(of, _) = &expr.kind else { return None };
    let (first, rest) = field(steps)?;
    let last = if root == "data" { field(rest)?.0 } else { first };
    let words: Vec<&str> = [root, first].into_iter().chain((root == "data").then_some(last)).collect();
    let end = if root == "data" { &steps[1] } else { &steps[0] };
    Some(Name { address: words.join("."), span: of.span.to(end.span) })
}

fn field(steps: &[Step]) -> Option<(&str, &[Step])> {
    let (first, rest) = steps.split_first()?;
    if let StepKind::Field(name) = &first.kind { Some((name, rest)) } else { None }
}
