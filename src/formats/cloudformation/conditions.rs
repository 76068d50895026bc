//! Conditions: true, false, or not known.

use super::calls::{Call, arguments, call};
use super::evaluate::Evaluator;
use crate::model::cloud::{Computed, Data};
use crate::syntax::tree::Node;
use crate::text::Span;

impl Evaluator<'_> {
    /// Whether a condition holds, if that is known. One that asks for itself is not.
    pub(super) fn condition(&self, name: &str) -> Option<bool> {
        let entry = self.conditions?.entry(name)?;
        let name = entry.key.text();
        if let Some(known) = self.decided.borrow().get(name) {
            return *known;
        }
        self.decided.borrow_mut().insert(name, None);
        let holds = truth(&self.value(entry.value));
        self.decided.borrow_mut().insert(name, holds);
        holds
    }
}

/// The value of a call that stands at `span`.
pub(super) fn run<'t>(on: &Evaluator<'t>, name: &str, call: Call<'t>, span: Span) -> Computed {
    let arguments = arguments(call);
    let holds = match (name, arguments.as_slice()) {
        ("If", [condition, yes, no]) => {
            return branch(on.condition(condition.text()), on.value(*yes), on.value(*no), span);
        }
        ("Equals", [left, right]) => equal(&on.value(*left), &on.value(*right)),
        ("Not", [inner]) => holds(on, *inner).map(|holds| !holds),
        ("And", all) => decided(all.iter().map(|node| holds(on, *node)), false),
        ("Or", all) => decided(all.iter().map(|node| holds(on, *node)), true),
        _ => None,
    };
    Computed::new(holds.map_or(Data::Unknown, Data::Bool), span)
}

/// One operand of `And`, `Or` and `Not`: the name of a condition, or a call.
fn holds<'t>(on: &Evaluator<'t>, node: Node<'t>) -> Option<bool> {
    match call(node) {
        Some(found) if found.name == "Condition" => on.condition(found.argument.text()),
        _ => truth(&on.value(node)),
    }
}

fn truth(value: &Computed) -> Option<bool> {
    match value.scalar()?.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn equal(left: &Computed, right: &Computed) -> Option<bool> {
    Some(left.scalar()? == right.scalar()?)
}

/// `decisive` as soon as one is, its opposite if all are known.
fn decided(all: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let all: Vec<Option<bool>> = all.collect();
    if all.contains(&Some(decisive)) {
        return Some(decisive);
    }
    all.iter().all(Option::is_some).then_some(!decisive)
}

/// The branch that is taken; where that is not known, what both agree on.
fn branch(holds: Option<bool>, yes: Computed, no: Computed, span: Span) -> Computed {
    match holds {
        Some(true) => yes,
        Some(false) => no,
        None if agree(&yes, &no) => yes,
        None => Computed::unknown(span),
    }
}

fn agree(yes: &Computed, no: &Computed) -> bool {
    match (&yes.data, &no.data) {
        (Data::Null, Data::Null) => true,
        _ => yes.scalar().is_some() && yes.scalar() == no.scalar(),
    }
}
