//! Expressions: what each kind gives.

use std::collections::BTreeMap;

use super::engine::Engine;
use super::functions;
use super::operators;
use super::scope::{Binding, Scope};
use super::value::{Data, Entry, Value, Via};
use crate::syntax::hcl::{Call, Entry as Written, Expr, ExprKind, For, Operator, Template};

impl<'a> Engine<'a> {
    /// The value of an expression, at the level that was made for it. What is made of something sensitive is sensitive.
    pub(super) fn eval_here(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Value {
        let before = std::mem::take(&mut self.touched);
        let value = self.eval_kind(scope, expr);
        let makes = match &expr.kind {
            ExprKind::Call(call) if call.name.text == "nonsensitive" => {
                self.touched = before;
                return value;
            }
            ExprKind::Call(call) => self.touched || call.name.text == "sensitive",
            ExprKind::Template(_) | ExprKind::Unary(..) | ExprKind::Binary(..) | ExprKind::Conditional(_) => {
                self.touched
            }
            _ => false,
        };
        self.touched |= before || makes;
        value.hidden(makes)
    }

    fn eval_kind(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Value {
        let value = match &expr.kind {
            ExprKind::Null => Value::new(Data::Null),
            ExprKind::Bool(value) => Value::bool(*value),
            ExprKind::Number(value) => Value::number(*value),
            ExprKind::Template(template) => self.template(scope, template),
            ExprKind::Tuple(items) => Value::list(items.iter().map(|item| self.eval(scope, item)).collect()),
            ExprKind::Object(entries) => self.object(scope, entries),
            ExprKind::For(it) => self.for_expr(scope, it),
            ExprKind::Variable(_) | ExprKind::Access(..) => return self.access(scope, expr),
            ExprKind::Call(call) => self.call_of(scope, call),
            ExprKind::Unary(operator, value) => {
                let value = self.eval(scope, value);
                operators::unary(*operator, &value)
            }
            ExprKind::Binary(first, rest) => self.binary(scope, first, rest),
            ExprKind::Conditional(of) => return self.conditional(scope, of),
            ExprKind::Paren(value) => return self.eval(scope, value),
            ExprKind::Unreadable => Value::unknown(),
        };
        value.at(expr.inner_span(), Via::Written)
    }

    fn template(&mut self, scope: Scope<'_>, template: &'a Template) -> Value {
        // A template of nothing but a value is that value.
        if let [crate::syntax::hcl::Part::Interpolation(value, _)] = template.parts.as_slice()
            && !template.heredoc
        {
            return self.eval(scope, value);
        }
        let text = self.parts(scope, &template.parts);
        Value { says: self.document(scope, template), ..text }
    }

    fn object(&mut self, scope: Scope<'_>, entries: &'a [Written]) -> Value {
        let mut map = BTreeMap::new();
        let mut open = false;
        for entry in entries {
            let key = match &entry.key.kind {
                ExprKind::Variable(name) => Value::text(name.as_str()),
                ExprKind::Null => Value::text("null"),
                ExprKind::Bool(value) => Value::text(value.to_string()),
                _ => self.eval(scope, &entry.key),
            };
            let value = self.eval(scope, &entry.value);
            match key.as_text() {
                Some(key) => {
                    let span = entry.key.inner_span();
                    map.insert(key.to_string(), Entry { key: Some(span), value });
                }
                None => open = true,
            }
        }
        Value::open_map(map, open)
    }

    fn binary(&mut self, scope: Scope<'_>, first: &'a Expr, rest: &'a [(Operator, Expr)]) -> Value {
        let mut value = self.eval(scope, first);
        for (operator, next) in rest {
            let next = self.eval(scope, next);
            value = operators::binary(*operator, &value, &next);
        }
        value
    }

    fn conditional(&mut self, scope: Scope<'_>, [condition, yes, no]: &'a [Expr; 3]) -> Value {
        let chosen = self.eval(scope, condition);
        match chosen.as_bool() {
            Some(true) => self.eval(scope, yes),
            Some(false) => self.eval(scope, no),
            None if matches!(chosen.data, Data::Error) => chosen,
            None => {
                let (yes, no) = (self.eval(scope, yes), self.eval(scope, no));
                if yes.equals(&no) == Some(true) { yes } else { Value::unknown() }
            }
        }
    }

    fn for_expr(&mut self, scope: Scope<'_>, it: &'a For) -> Value {
        let collection = self.eval(scope, &it.collection);
        let Some(pairs) = pairs(&collection) else {
            return if matches!(collection.data, Data::Error) { collection } else { Value::unknown() };
        };
        let (mut items, mut entries) = (Vec::new(), BTreeMap::<String, Entry>::new());
        let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (key, value) in pairs {
            if !self.spend(1) {
                return Value::unknown();
            }
            let given = self.for_one(scope, it, key, value);
            match given {
                Given::Skipped => {}
                Given::Unknown => return Value::unknown(),
                Given::Item(value) => items.push(value),
                Given::Entry(key, value) if it.grouped => groups.entry(key).or_default().push(value),
                Given::Entry(key, value) => drop(entries.insert(key, Entry { key: None, value })),
            }
        }
        match (&it.key, it.grouped) {
            (None, _) => Value::list(items),
            (Some(_), false) => Value::open_map(entries, false),
            (Some(_), true) => Value::map(groups.into_iter().map(|(key, values)| (key, Value::list(values)))),
        }
    }

    fn for_one(&mut self, scope: Scope<'_>, it: &'a For, key: Value, value: Value) -> Given {
        let names: Vec<&str> = it.names.iter().map(|name| name.text.as_str()).collect();
        let (key_name, value_name) = if let [key, value] = names[..] { (key, value) } else { ("", names[0]) };
        let first = Binding { name: key_name, value: key, next: scope.bound };
        let second = Binding { name: value_name, value, next: Some(&first) };
        let scope = scope.with(&second);
        if let Some(condition) = &it.condition {
            match self.eval(scope, condition).as_bool() {
                Some(true) => {}
                Some(false) => return Given::Skipped,
                None => return Given::Unknown,
            }
        }
        let value = self.eval(scope, &it.value);
        match &it.key {
            None => Given::Item(value),
            Some(key) => match self.eval(scope, key).as_text() {
                Some(key) => Given::Entry(key.to_string(), value),
                None => Given::Unknown,
            },
        }
    }

    fn call_of(&mut self, scope: Scope<'_>, call: &'a Call) -> Value {
        let mut arguments: Vec<Value> =
            call.arguments.iter().map(|argument| self.eval(scope, argument)).collect();
        if call.spread
            && let Some(last) = arguments.pop()
        {
            match last.items() {
                Some(items) => arguments.extend(items.iter().cloned()),
                None => return Value::unknown(),
            }
        }
        let weight = arguments.iter().map(functions::weight).sum();
        if !self.spend(weight) {
            return Value::unknown();
        }
        let name = call.name.text.strip_prefix("core::").unwrap_or(&call.name.text);
        self.terragrunt(scope.module, name, &arguments)
            .or_else(|| self.reader(scope, name, &arguments, call.name.span))
            .unwrap_or_else(|| functions::call(name, &arguments))
    }
}

/// What one round of `for` gives.
enum Given {
    Skipped,
    Unknown,
    Item(Value),
    Entry(String, Value),
}

/// Keys and values of what can be walked.
pub(super) fn pairs(of: &Value) -> Option<Vec<(Value, Value)>> {
    if let Some(items) = of.items() {
        let items = items.iter().map(|item| item.clone().hidden(of.secret));
        let key =
            |(at, item): (usize, Value)| (if of.is_set() { item.clone() } else { Value::count(at) }, item);
        return Some(items.enumerate().map(key).collect());
    }
    let entries = of.entries()?.iter();
    let pair = |(key, entry): (&String, &Entry)| {
        (Value::text(key.as_str()).hidden(of.secret), entry.value.clone().hidden(of.secret))
    };
    Some(entries.map(pair).collect())
}
