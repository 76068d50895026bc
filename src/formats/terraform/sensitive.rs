//! What somebody called sensitive: where it is written, so that no report shows it.

use std::collections::HashSet;

use super::Modules;
use super::engine::local_source;
use super::folder::{Folder, expr};
use crate::syntax::hcl::{Block, Expr, ExprKind, File, Part};
use crate::text::Span;

/// Whether a variable or an output is sensitive.
pub(super) fn is_sensitive(block: &Block) -> bool {
    let says = expr(&block.body, "sensitive");
    says.is_some_and(|says| {
        matches!(says.kind, ExprKind::Bool(true)) || says.literal().as_deref() == Some("true")
    })
}

impl<'a> Modules<'a> {
    /// The text of literals that make sensitive values: defaults of such variables, values in files, arguments of calls,
    /// inputs of Terragrunt, outputs.
    pub fn secrets(&self) -> Vec<Span> {
        let mut out = Vec::new();
        let mut names: HashSet<&str> = HashSet::new();
        for folder in self.folders.values() {
            let secret = |name: &str| folder.variables.get(name).is_some_and(|block| is_sensitive(block));
            let values = folder.values.iter().chain(&folder.auto);
            for attribute in values.filter(|attribute| secret(&attribute.key.text)) {
                literals(&attribute.value, &mut out);
            }
            for (name, block) in folder.variables.iter().filter(|(_, block)| is_sensitive(block)) {
                names.insert(name);
                if let Some(default) = expr(&block.body, "default") {
                    literals(default, &mut out);
                }
            }
            for output in folder.outputs.values().filter(|block| is_sensitive(block)) {
                if let Some(value) = expr(&output.body, "value") {
                    literals(value, &mut out);
                }
            }
            self.arguments(folder, &mut out);
        }
        for attribute in self.given.iter().filter(|attribute| names.contains(attribute.key.text.as_str())) {
            literals(&attribute.value, &mut out);
        }
        for unit in self.units.values() {
            let Some(ExprKind::Object(entries)) = unit.inputs().map(|inputs| &inputs.kind) else { continue };
            for entry in entries {
                let is_secret = match &entry.key.kind {
                    ExprKind::Variable(name) => names.contains(name.as_str()),
                    _ => entry.key.literal().is_some_and(|name| names.contains(name.as_str())),
                };
                if is_secret {
                    literals(&entry.value, &mut out);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What calls of local modules give to sensitive variables.
    fn arguments(&self, folder: &Folder<'a>, out: &mut Vec<Span>) {
        for call in folder.calls.values() {
            let Some(called) = local_source(&folder.path, call).and_then(|path| self.folders.get(&path))
            else {
                continue;
            };
            for attribute in call.body.attributes() {
                let variable = called.variables.get(attribute.key.text.as_str());
                if variable.is_some_and(|variable| is_sensitive(variable)) {
                    literals(&attribute.value, out);
                }
            }
        }
    }
}

/// The literals in what `sensitive()` is called with.
pub fn called_sensitive(file: &File) -> Vec<Span> {
    let mut out = Vec::new();
    if memchr::memmem::find(file.text.as_bytes(), b"sensitive(").is_some() {
        file.body.visit(&|_| false, &mut |expr, _| {
            if let ExprKind::Call(call) = &expr.kind
                && call.name.text == "sensitive"
            {
                call.arguments.iter().for_each(|argument| literals(argument, &mut out));
            }
        });
    }
    out
}

/// The literals in an expression.
fn literals(expr: &Expr, out: &mut Vec<Span>) {
    expr.visit(&mut |expr, _| match &expr.kind {
        ExprKind::Number(_) => out.push(expr.span),
        ExprKind::Template(template) => out.extend(template.parts.iter().filter_map(|part| match part {
            Part::Literal(_, span) => Some(*span),
            _ => None,
        })),
        _ => {}
    });
}
