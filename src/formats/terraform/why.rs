//! Why an expression gives nothing: the first of its parts that does not, followed to where it comes from.

use super::engine::{Engine, MAX_DEPTH};
use super::eval::pairs;
use super::folder;
use super::scope::{Binding, Instance, Scope};
use super::unknown::{Cause, Reason, of_itself};
use super::value::{Data, Value};
use crate::syntax::hcl::{Block, Expr, ExprKind, For, Part, Step, StepKind};
use crate::text::Span;

/// Rounds of a `for` that are looked at.
const MOST_ROUNDS: usize = 32;

impl<'a> Engine<'a> {
    /// Why the value of an expression is not known, or not all of it.
    pub(super) fn why(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Cause {
        if self.depth >= MAX_DEPTH || !self.spend(1) {
            return Cause { reason: Reason::Limit, span: expr.span, declared: None };
        }
        self.depth += 1;
        let cause = self.why_here(scope, expr);
        self.depth -= 1;
        cause
    }

    fn why_here(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Cause {
        let cause = |reason| Cause { reason, span: expr.span, declared: None };
        match &expr.kind {
            ExprKind::Unreadable => return cause(Reason::Unreadable),
            ExprKind::Variable(_) => return self.why_name(scope, expr, expr, &[]),
            ExprKind::Access(of, steps) if matches!(of.kind, ExprKind::Variable(_)) => {
                return self.why_name(scope, expr, of, steps);
            }
            ExprKind::Paren(of) => return self.why(scope, of),
            ExprKind::For(it) => return self.why_for(scope, expr, it),
            _ => {}
        }
        // What fails is passed over by some functions.
        let lenient = |name: &str| ["try", "can", "coalesce"].contains(&name);
        let call = if let ExprKind::Call(call) = &expr.kind { Some(call) } else { None };
        let may_fail = call.is_some_and(|call| lenient(&call.name.text));
        for part in parts(expr) {
            let value = self.eval(scope, part);
            if !value.is_whole() && (!may_fail || !is_error(&value)) {
                return self.why(scope, part);
            }
        }
        let value = self.eval(scope, expr);
        if call.is_some() && !is_error(&value) {
            cause(Reason::Function)
        } else {
            of_itself(&value, expr.span)
        }
    }

    fn why_for(&mut self, scope: Scope<'_>, expr: &'a Expr, it: &'a For) -> Cause {
        let collection = self.eval(scope, &it.collection);
        if !collection.is_whole() {
            return self.why(scope, &it.collection);
        }
        for (key, value) in pairs(&collection).unwrap_or_default().into_iter().take(MOST_ROUNDS) {
            let names: Vec<&str> = it.names.iter().map(|name| name.text.as_str()).collect();
            let [key_name, value_name] =
                if let [key, value] = names[..] { [key, value] } else { ["", names[0]] };
            let first = Binding { name: key_name, value: key, next: scope.bound };
            let second = Binding { name: value_name, value, next: Some(&first) };
            let inner = scope.with(&second);
            for part in it.condition.iter().chain(&it.key).chain([&it.value]) {
                if !self.eval(inner, part).is_whole() {
                    return self.why(inner, part);
                }
            }
        }
        of_itself(&self.eval(scope, expr), expr.span)
    }

    /// Why a name, with the steps from it, is not known.
    fn why_name(&mut self, scope: Scope<'_>, expr: &'a Expr, of: &'a Expr, steps: &'a [Step]) -> Cause {
        for step in steps {
            if let StepKind::Index(index) = &step.kind
                && self.eval(scope, index).is_unknown()
            {
                return self.why(scope, index);
            }
        }
        let cause = |reason| Cause { reason, span: expr.span, declared: None };
        let ExprKind::Variable(name) = &of.kind else { return cause(Reason::Limit) };
        if scope.get(name).is_some() {
            return cause(Reason::Instances);
        }
        let (first, second) = (step(steps, 0), step(steps, 1));
        match (name.as_str(), first) {
            ("var", Some(first)) => self.why_variable(scope.module, first, expr.span),
            ("local", Some(first)) => self.why_local(scope.module, first, expr.span),
            ("module", Some(first)) => self.why_output(scope.module, first, steps, expr.span),
            ("each" | "count", _) => cause(Reason::Instances),
            ("path" | "terraform" | "tofu" | "self", _) => cause(Reason::Run),
            ("data" | "ephemeral", Some(first)) => {
                let object = format!("{name}.{first}.{}", second.unwrap_or_default());
                self.why_object(scope, &object, steps.get(2..).unwrap_or_default(), expr.span)
            }
            (_, Some(first)) => {
                let object = format!("{name}.{first}");
                self.why_object(scope, &object, steps.get(1..).unwrap_or_default(), expr.span)
            }
            (_, None) => cause(Reason::Undeclared),
        }
    }

    fn why_variable(&mut self, module: usize, name: &str, span: Span) -> Cause {
        let Some((name, block)) = self.modules[module].folder.variables.get_key_value(name) else {
            return Cause { reason: Reason::Undeclared, span, declared: None };
        };
        let (name, block): (&'a str, &'a Block) = (name, block);
        let declared = block.labels.first().map(|label| label.span);
        if let Some(given) = self.given_by(module, name) {
            let scope = Scope { module: given.module, instance: &given.instance, bound: None };
            return if self.eval(scope, given.expr).is_whole() {
                of_itself(&Value::error(), span)
            } else {
                self.why(scope, given.expr)
            };
        }
        if self.given(module, name).is_some_and(|given| !given.is_whole()) {
            return Cause { reason: Reason::Terragrunt, span, declared };
        }
        let reason = match folder::expr(&block.body, "default") {
            Some(default) if !self.modules[module].folder.is_replaced(&folder::address(block), "default") => {
                let scope = Scope { module, instance: &Instance::default(), bound: None };
                if !self.eval(scope, default).is_whole() {
                    return self.why(scope, default);
                }
                Reason::Error
            }
            Some(_) => Reason::Override,
            None => Reason::Variable,
        };
        Cause { reason, span, declared }
    }

    fn why_local(&mut self, module: usize, name: &str, span: Span) -> Cause {
        let folder = self.modules[module].folder;
        let Some((name, attribute)) = folder.locals.get_key_value(name) else {
            return Cause { reason: Reason::Undeclared, span, declared: None };
        };
        if folder.is_replaced("locals", name) {
            return Cause { reason: Reason::Override, span, declared: Some(attribute.key.span) };
        }
        let scope = Scope { module, instance: &Instance::default(), bound: None };
        if self.eval(scope, &attribute.value).is_whole() {
            return of_itself(&Value::error(), span);
        }
        self.why(scope, &attribute.value)
    }

    fn why_output(&mut self, module: usize, call: &str, steps: &'a [Step], span: Span) -> Cause {
        let cause = |reason, declared| Cause { reason, span, declared };
        let Some(block) = self.modules[module].folder.calls.get(call).copied() else {
            return cause(Reason::Undeclared, None);
        };
        let declared = block.labels.first().map(|label| label.span);
        let instances = self.instances(module, block);
        let Some(key) = instances.all.first().map(|one| one.key.clone()) else {
            return cause(Reason::Error, declared);
        };
        let Some(child) = self.child(module, call, &key) else { return cause(Reason::Module, declared) };
        let name = steps.iter().skip(1).find_map(|step| match &step.kind {
            StepKind::Field(name) => Some(name.as_str()),
            _ => None,
        });
        let outputs = &self.modules[child].folder.outputs;
        let Some(output) = name.and_then(|name| outputs.get(name)).copied() else {
            let reason = if name.is_some() { Reason::Undeclared } else { Reason::Instances };
            return cause(reason, declared);
        };
        let scope = Scope { module: child, instance: &Instance::default(), bound: None };
        match folder::expr(&output.body, "value") {
            Some(value) if !self.eval(scope, value).is_whole() => self.why(scope, value),
            Some(_) if !instances.exact => cause(Reason::Instances, declared),
            _ => cause(Reason::Error, declared),
        }
    }

    /// `steps` are those behind the name of the object: those to its attribute first.
    fn why_object(&mut self, scope: Scope<'_>, object: &str, steps: &'a [Step], span: Span) -> Cause {
        let cause = |reason, declared| Cause { reason, span, declared };
        let folder = self.modules[scope.module].folder;
        let Some(block) = folder.objects.get(object).copied() else { return cause(Reason::Undeclared, None) };
        let declared = block.labels.last().map(|label| label.span);
        let instances = self.instances(scope.module, block);
        let name = steps.iter().find_map(|step| match &step.kind {
            StepKind::Field(name) => Some(name.as_str()),
            _ => None,
        });
        let attribute = name.and_then(|name| block.body.attribute(name));
        let computed = if block.kind.text == "resource" { Reason::Provider } else { Reason::Data };
        let Some(attribute) = attribute else { return cause(computed, declared) };
        if folder.is_replaced(object, &attribute.key.text) {
            return cause(Reason::Override, declared);
        }
        let Some(instance) = instances.all.first() else { return cause(Reason::Error, declared) };
        let inner = Scope { module: scope.module, instance, bound: None };
        let value = self.eval(inner, &attribute.value);
        if value.is_null() {
            cause(computed, declared)
        } else if !value.is_whole() {
            self.why(inner, &attribute.value)
        } else if instances.exact {
            cause(Reason::Error, declared)
        } else {
            cause(Reason::Instances, declared)
        }
    }
}

fn is_error(value: &Value) -> bool {
    matches!(value.data, Data::Error)
}

fn step(steps: &[Step], at: usize) -> Option<&str> {
    match &steps.get(at)?.kind {
        StepKind::Field(name) => Some(name),
        _ => None,
    }
}

/// The expressions that an expression is made of, in order.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Template(template) => {
            let mut out = Vec::new();
            of_template(&template.parts, &mut out);
            out
        }
        ExprKind::Tuple(items) => items.iter().collect(),
        ExprKind::Object(entries) => entries
            .iter()
            .flat_map(|entry| {
                let computed = !matches!(entry.key.kind, ExprKind::Variable(_));
                computed.then_some(&entry.key).into_iter().chain([&entry.value])
            })
            .collect(),
        ExprKind::Call(call) => call.arguments.iter().collect(),
        ExprKind::Access(of, _) | ExprKind::Unary(_, of) | ExprKind::Paren(of) => vec![of],
        ExprKind::Binary(first, rest) => {
            std::iter::once(&**first).chain(rest.iter().map(|(_, next)| next)).collect()
        }
        ExprKind::Conditional(of) => of.iter().collect(),
        _ => Vec::new(),
    }
}

fn of_template<'e>(parts: &'e [Part], out: &mut Vec<&'e Expr>) {
    for part in parts {
        match part {
            Part::Literal(..) => {}
            Part::Interpolation(value, _) | Part::If(value, ..) => out.push(value),
            Part::For(_, collection, ..) => out.push(collection),
        }
    }
}
