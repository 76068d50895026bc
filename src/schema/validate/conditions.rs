//! The conditions of a CustomResourceDefinition: `x-kubernetes-validations`, in CEL.
//!
//! Run only on an object that is otherwise right, as the server does. A condition that compares with an older object
//! is not in the definition any more when this runs; one that reads what the server fills in is left alone.

use super::{Class, Place, Run};
use crate::model::Value;
use crate::rule::cel::{Outcome, Program};
use crate::schema::types::{Condition, Rest, Rule, Type, TypeId};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// Steps that one condition may take. The server's own budget is about as tight.
const STEPS: u64 = 20_000;
/// Conditions that are run on one object.
const MAX_RUNS: usize = 500;

impl Run<'_> {
    /// Runs all conditions in and below a type.
    pub(super) fn conditions<'t>(&mut self, node: Node<'t>, place: Place<'t>, root: TypeId) {
        let mut runs = MAX_RUNS;
        let mut stack = vec![(node, place, root)];
        while let Some((node, place, id)) = stack.pop() {
            let of = self.types.get(id);
            if of.is_any() || place.depth > super::MAX_DEPTH || !self.step() {
                continue;
            }
            if matches!(node.kind(), Kind::Null | Kind::Unknown) {
                continue;
            }
            for rule in of.more.iter().flat_map(|more| &more.rules) {
                runs = runs.saturating_sub(1);
                if runs > 0 {
                    self.condition(node, place, id, rule);
                }
            }
            children(node, place, of, &mut stack);
        }
    }

    fn condition<'t>(&mut self, node: Node<'t>, place: Place<'t>, id: TypeId, rule: &Rule) {
        let Some(program) = compiled(&rule.condition) else { return };
        let scope = [("self", Value::Node(node))];
        if program.eval_bool(&scope, STEPS) != Outcome::Value(false) {
            return;
        }
        if self.filled_in(node, id, &rule.condition.source) {
            return;
        }
        let said = rule.message_expression.as_ref().and_then(compiled).and_then(|program| {
            match program.eval(&scope, STEPS) {
                Outcome::Value(Value::String(text)) => Some(text.into_owned()),
                _ => None,
            }
        });
        let said = said.unwrap_or_else(|| rule.message.clone());
        let message = if said.trim().is_empty() {
            format!("the definition of this kind asks for `{}`", rule.condition.source.trim())
        } else {
            format!("the definition of this kind refuses it: {}", said.trim())
        };
        let span = field(node, &rule.field_path).unwrap_or_else(|| place.of(node));
        let of = self.types.get(id);
        let declared = rule.place.or(of.place);
        self.out.push(super::Violation {
            class: Class::InvalidValue,
            span,
            message,
            missing: true,
            lacks: String::new(),
            declared,
        });
    }

    /// Whether the server would fill in a field that this condition may read.
    fn filled_in(&mut self, node: Node<'_>, id: TypeId, source: &str) -> bool {
        let place = Place { anchor: node.span(), key: None, above: None, item: None, depth: 0 };
        let mut stack = vec![(node, place, id)];
        while let Some((node, place, id)) = stack.pop() {
            let of = self.types.get(id);
            // Nor can be known what stands for something else.
            if place.depth > super::MAX_DEPTH || !self.step() || super::hidden(node) {
                return true;
            }
            let defaults = of.fields.iter().filter(|field| field.default && source.contains(&*field.name));
            let absent = |name: &str| node.get(name).is_none_or(|value| value.kind() == Kind::Null);
            if defaults.into_iter().any(|field| absent(&field.name)) {
                return true;
            }
            children(node, place, of, &mut stack);
        }
        false
    }
}

/// Where the field is that a rule says it speaks of.
fn field(node: Node<'_>, path: &str) -> Option<Span> {
    let mut names = path.strip_prefix('.')?.split('.');
    let mut entry = node.entry(names.next()?)?;
    for name in names {
        entry = entry.value.entry(name)?;
    }
    Some(entry.place())
}

fn children<'t>(node: Node<'t>, place: Place<'t>, of: &Type, stack: &mut Vec<(Node<'t>, Place<'t>, TypeId)>) {
    if let Some(items) = of.items {
        let at = |item| Place { item: Some(item), depth: place.depth + 1, ..place };
        stack.extend(node.items().map(|item| (item, at(item), items)));
    }
    for entry in node.own_entries() {
        let key = entry.key.text();
        let of = match (of.field(key), of.rest) {
            (Some(field), _) => field.of,
            (None, Rest::Each(id)) => id,
            (None, _) => continue,
        };
        stack.push((entry.value, place.under(entry.key), of));
    }
}

/// The compiled condition; nothing if it does not compile, which is for whoever wrote the definition.
fn compiled(condition: &Condition) -> Option<&Program> {
    condition.program.get_or_init(|| Program::compile(&condition.source).ok()).as_ref()
}
