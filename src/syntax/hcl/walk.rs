//! Every expression of a body or an expression, with the names that are bound around it.

use super::tree::{Body, Expr, ExprKind, Item, Name, Part, Step, StepKind};

/// What is called for each expression, outer ones first, with the names bound by `for` and dynamic blocks around it.
pub type Visit<'v, 'a> = dyn FnMut(&'a Expr, &[&'a str]) + 'v;

impl Body {
    /// Visits the expressions of its attributes, and those of the blocks in it. `skip` says which keys are passed over.
    pub fn visit<'a>(&'a self, skip: &dyn Fn(&str) -> bool, visit: &mut Visit<'_, 'a>) {
        self.visit_bound(&mut Vec::new(), skip, visit);
    }

    fn visit_bound<'a>(
        &'a self,
        bound: &mut Vec<&'a str>,
        skip: &dyn Fn(&str) -> bool,
        visit: &mut Visit<'_, 'a>,
    ) {
        for item in &self.items {
            match item {
                Item::Attribute(attribute) if skip(&attribute.key.text) => {}
                Item::Attribute(attribute) => attribute.value.visit_bound(bound, visit),
                Item::Block(block) if block.kind.text == "dynamic" => {
                    let iterator = block.body.attribute("iterator").and_then(|it| it.value.traversal());
                    let label = block.labels.first().map(|label| label.text.as_str());
                    bound.extend(iterator.map(|(name, _)| name).or(label));
                    let own = |key: &str| key == "iterator" || skip(key);
                    block.body.visit_bound(bound, &own, visit);
                    bound.truncate(bound.len() - usize::from(iterator.is_some() || label.is_some()));
                }
                Item::Block(block) => block.body.visit_bound(bound, skip, visit),
            }
        }
    }
}

impl Expr {
    /// Visits it, and the expressions in it.
    pub fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        self.visit_bound(&mut Vec::new(), visit);
    }

    fn visit_bound<'a>(&'a self, bound: &mut Vec<&'a str>, visit: &mut Visit<'_, 'a>) {
        visit(self, bound);
        match &self.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Variable(_)
            | ExprKind::Unreadable => {}
            ExprKind::Template(template) => parts(&template.parts, bound, visit),
            ExprKind::Tuple(items) => items.iter().for_each(|item| item.visit_bound(bound, visit)),
            ExprKind::Object(entries) => {
                for entry in entries {
                    // A name by itself is its own text.
                    if !matches!(entry.key.kind, ExprKind::Variable(_)) {
                        entry.key.visit_bound(bound, visit);
                    }
                    entry.value.visit_bound(bound, visit);
                }
            }
            ExprKind::For(it) => {
                it.collection.visit_bound(bound, visit);
                let inner = it.key.iter().chain([&it.value]).chain(&it.condition);
                with(&it.names, bound, |bound| inner.for_each(|expr| expr.visit_bound(bound, visit)));
            }
            ExprKind::Call(call) => {
                call.arguments.iter().for_each(|argument| argument.visit_bound(bound, visit));
            }
            ExprKind::Access(of, steps) => {
                // The name that steps lead from was visited with them.
                if !matches!(of.kind, ExprKind::Variable(_)) {
                    of.visit_bound(bound, visit);
                }
                steps.iter().filter_map(index).for_each(|index| index.visit_bound(bound, visit));
            }
            ExprKind::Unary(_, value) | ExprKind::Paren(value) => value.visit_bound(bound, visit),
            ExprKind::Binary(first, rest) => {
                first.visit_bound(bound, visit);
                for (_, value) in rest {
                    value.visit_bound(bound, visit);
                }
            }
            ExprKind::Conditional(of) => of.iter().for_each(|expr| expr.visit_bound(bound, visit)),
        }
    }
}

fn parts<'a>(of: &'a [Part], bound: &mut Vec<&'a str>, visit: &mut Visit<'_, 'a>) {
    for part in of {
        match part {
            Part::Literal(..) => {}
            Part::Interpolation(value, _) => value.visit_bound(bound, visit),
            Part::If(condition, [yes, no], _) => {
                condition.visit_bound(bound, visit);
                parts(yes, bound, visit);
                parts(no, bound, visit);
            }
            Part::For(names, collection, inner, _) => {
                collection.visit_bound(bound, visit);
                with(names, bound, |bound| parts(inner, bound, visit));
            }
        }
    }
}

/// Runs `inner` with these names bound.
fn with<'a>(names: &'a [Name], bound: &mut Vec<&'a str>, inner: impl FnOnce(&mut Vec<&'a str>)) {
    let before = bound.len();
    bound.extend(names.iter().map(|name| name.text.as_str()));
    inner(bound);
    bound.truncate(before);
}

fn index(step: &Step) -> Option<&Expr> {
    if let StepKind::Index(index) = &step.kind { Some(index) } else { None }
}
