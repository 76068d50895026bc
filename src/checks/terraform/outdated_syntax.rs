//! Ways to write things that Terraform has better ones for by now.

use crate::checks::File;
use crate::rule::Match;
use crate::syntax::hcl::{Expr, ExprKind, Operator, Part, StepKind};

/// Visits every expression.
fn each<'f>(file: &File<'f>, mut visit: impl FnMut(&'f Expr)) {
    if let Some(hcl) = file.hcl {
        hcl.body.visit(&|_| false, &mut |expr, _| visit(expr));
    }
}

/// `"${var.x}"`.
pub(super) fn interpolations(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, |expr| {
        if let ExprKind::Template(template) = &expr.kind
            && !template.heredoc
            && let [Part::Interpolation(value, _)] = template.parts.as_slice()
        {
            let inner = file.text.get(value.span.range()).filter(|inner| !inner.contains('\n'));
            let instead = inner.map_or_else(String::new, |inner| format!("; write `{inner}`"));
            out.push(Match::new(
                expr.span,
                format!("quotes and `${{…}}` around a single value do nothing{instead}"),
            ));
        }
    });
}

/// `a.b.0`.
pub(super) fn indices(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, |expr| {
        let ExprKind::Access(_, steps) = &expr.kind else { return };
        for step in steps {
            if let StepKind::LegacyIndex(at) = step.kind {
                out.push(Match::new(step.span, format!("an index stands in brackets; write `[{at}]`")));
            }
        }
    });
}

/// `x == []`.
pub(super) fn empty_lists(file: &File<'_>, out: &mut Vec<Match>) {
    let is_empty = |expr: &Expr| matches!(&expr.kind, ExprKind::Tuple(items) if items.is_empty());
    each(file, |expr| {
        let ExprKind::Binary(first, rest) = &expr.kind else { return };
        let mut left: &Expr = first;
        for (operator, right) in rest {
            let sides = [(left, right), (right, left)];
            let empty = sides.into_iter().find(|(side, other)| is_empty(side) && !is_tuple(other));
            if let (Operator::Equal | Operator::NotEqual, Some((empty, _))) = (operator, empty) {
                let sign = if *operator == Operator::Equal { "==" } else { ">" };
                let message =
                    format!("a list never equals `[]`, which is of another type; write `length(…) {sign} 0`");
                out.push(Match::new(empty.span, message));
            }
            left = right;
        }
    });
}

/// Whether a value is a tuple as well: what is written as one, made by `for`, or the instances of an object.
fn is_tuple(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Tuple(_) | ExprKind::For(_) => true,
        ExprKind::Paren(inner) => is_tuple(inner),
        _ => expr.traversal().is_some_and(|(root, _)| root.contains('_') || root == "data"),
    }
}

/// `list(…)`, `map(…)`.
pub(super) fn functions(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(hcl) = file.hcl else { return };
    for block in hcl.body.blocks() {
        let types = |key: &str| key == "type" && block.kind.text == "variable";
        block.body.visit(&types, &mut |expr, _| {
            let ExprKind::Call(call) = &expr.kind else { return };
            let instead = match call.name.text.as_str() {
                "list" => "[…]",
                "map" => "{…}",
                _ => return,
            };
            let message =
                format!("Terraform has no function `{}` any more; write `{instead}`", call.name.text);
            out.push(Match::new(call.name.span, message));
        });
    }
}

/// `type = "string"`.
pub(super) fn types(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(hcl) = file.hcl else { return };
    for block in hcl.body.blocks().filter(|block| block.kind.text == "variable") {
        let Some(wanted) = block.body.attribute("type") else { continue };
        let Some(text) = wanted.value.literal() else { continue };
        let instead = match text.as_str() {
            "list" => "list(string)",
            "map" => "map(string)",
            other => other,
        };
        out.push(Match::new(wanted.value.span, format!("a type stands without quotes; write `{instead}`")));
    }
}
