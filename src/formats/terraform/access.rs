//! Names and the steps from them: variables, locals, other objects, calls of modules.

use std::path::PathBuf;

use super::engine::Engine;
use super::folder::Folder;
use super::instances::{Instances, key_of};
use super::scope::{Instance, Scope};
use super::value::{Data, Value, Via};
use crate::formats::paths;
use crate::syntax::hcl::{Expr, ExprKind, Step, StepKind};

impl<'a> Engine<'a> {
    /// The value of a name with its steps, or of something else with steps.
    pub(super) fn access(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Value {
        let (of, steps): (&'a Expr, &'a [Step]) = match &expr.kind {
            ExprKind::Access(of, steps) => (of, steps),
            _ => (expr, &[]),
        };
        let value = if let ExprKind::Variable(name) = &of.kind {
            self.named(scope, name, steps)
        } else {
            let value = self.eval(scope, of);
            self.walk(scope, value, steps)
        };
        self.touched |= value.holds_secret();
        value.at(expr.span, Via::Written)
    }

    fn named(&mut self, scope: Scope<'_>, name: &str, steps: &'a [Step]) -> Value {
        if let Some(value) = scope.get(name) {
            return self.walk(scope, value.clone(), steps);
        }
        let Some((first, rest)) = field(steps) else { return Value::unknown() };
        let value = match name {
            "var" => self.variable(scope.module, first),
            "local" => self.local(scope.module, first),
            "each" => match (&scope.instance.each, first) {
                (Some([key, _]), "key") => key.clone(),
                (Some([_, value]), "value") => value.clone(),
                _ => Value::unknown(),
            },
            "count" if first == "index" => scope.instance.count.clone().unwrap_or_else(Value::unknown),
            "module" => return self.of_module(scope, first, rest),
            "data" | "ephemeral" => {
                let Some((second, rest)) = field(rest) else { return Value::unknown() };
                return self.of_object(scope, &format!("{name}.{first}.{second}"), rest);
            }
            "path" if matches!(first, "module" | "root") => self.path(scope.module, first),
            "path" | "terraform" | "tofu" | "self" | "count" => return Value::unknown(),
            "dependency" | "include" if self.modules[scope.module].reading.is_some() => {
                self.of_unit(scope.module, name, first).unwrap_or_else(Value::unknown)
            }
            _ => return self.of_object(scope, &format!("{name}.{first}"), rest),
        };
        self.walk(scope, value, rest)
    }

    /// Where a module is, from where Terraform runs: in the root module.
    fn path(&self, module: usize, of: &str) -> Value {
        let (root, own) = (&self.modules[self.root].folder.path, &self.modules[module].folder.path);
        let path = if of == "root" { PathBuf::new() } else { paths::relative(root, own) };
        let path = path.to_string_lossy();
        Value::text(if path.is_empty() { ".".into() } else { path.replace('\\', "/") })
    }

    /// What an output of a called module is.
    fn of_module(&mut self, scope: Scope<'_>, call: &str, steps: &'a [Step]) -> Value {
        let folder: &'a Folder<'a> = self.modules[scope.module].folder;
        let Some(block) = folder.calls.get(call) else { return Value::unknown() };
        let instances = self.instances(scope.module, block);
        self.of_instances(scope, &instances, steps, &mut |engine, instance, output| {
            engine.output(scope.module, call, &instance.key, output)
        })
    }

    /// What an attribute of a resource or data source is.
    fn of_object(&mut self, scope: Scope<'_>, address: &str, steps: &'a [Step]) -> Value {
        let folder: &'a Folder<'a> = self.modules[scope.module].folder;
        let Some(block) = folder.objects.get(address) else {
            return self.undeclared(scope.module, address, steps);
        };
        let instances = self.instances(scope.module, block);
        self.of_instances(scope, &instances, steps, &mut |engine, instance, name| {
            engine.attribute(scope.module, address, instance, name)
        })
    }

    /// An attribute of an object that is not among the files: not known, but that it is one.
    fn undeclared(&self, module: usize, address: &str, steps: &[Step]) -> Value {
        let indexed = |step: &Step| matches!(step.kind, StepKind::Index(_) | StepKind::LegacyIndex(_));
        let steps = if steps.first().is_some_and(indexed) { &steps[1..] } else { steps };
        match field(steps) {
            Some((name, [])) => Value { link: Some(self.link(module, address, name)), ..Value::unknown() },
            _ => Value::unknown(),
        }
    }

    /// Reads an attribute of one instance, or of each: `.name`, `[key].name`, `[*].name`.
    fn of_instances(
        &mut self,
        scope: Scope<'_>,
        instances: &Instances,
        steps: &'a [Step],
        read: &mut dyn FnMut(&mut Self, &Instance, &str) -> Value,
    ) -> Value {
        let Some((first, rest)) = steps.split_first() else { return Value::unknown() };
        let key = match &first.kind {
            StepKind::Field(name) => {
                let value = read(self, &instances.of_key(""), name);
                return self.walk(scope, value, rest);
            }
            StepKind::LegacyIndex(at) => Some(format!("[{at}]")),
            StepKind::Index(index) => {
                let index = self.eval(scope, index);
                key_of(&index)
            }
            StepKind::AttributeSplat | StepKind::FullSplat => None,
        };
        let Some((name, rest)) = field(rest) else { return Value::unknown() };
        if matches!(first.kind, StepKind::AttributeSplat | StepKind::FullSplat) {
            if !instances.exact {
                return Value::unknown();
            }
            let values: Vec<Value> = instances.all.iter().map(|one| read(self, one, name)).collect();
            return if matches!(first.kind, StepKind::FullSplat) {
                Value::list(values.into_iter().map(|value| self.walk(scope, value, rest)).collect())
            } else {
                self.walk(scope, Value::list(values), rest)
            };
        }
        let instance = instances.of_key(&key.unwrap_or_else(|| "[*]".to_owned()));
        let value = read(self, &instance, name);
        self.walk(scope, value, rest)
    }

    /// Steps into a value.
    pub(super) fn walk(&mut self, scope: Scope<'_>, value: Value, steps: &'a [Step]) -> Value {
        let mut value = value;
        let mut steps = steps;
        while let Some((step, rest)) = steps.split_first() {
            steps = rest;
            value = match &step.kind {
                StepKind::Field(name) => value.field(name),
                StepKind::LegacyIndex(at) => value.item(usize::try_from(*at).unwrap_or(usize::MAX)),
                StepKind::Index(index) => {
                    let index = self.eval(scope, index);
                    value.index(&index)
                }
                StepKind::FullSplat => {
                    return self.each(&value, |engine, item| engine.walk(scope, item, rest));
                }
                StepKind::AttributeSplat => {
                    let is_field = |step: &&Step| matches!(step.kind, StepKind::Field(_));
                    let (fields, after) = rest.split_at(rest.iter().take_while(is_field).count());
                    steps = after;
                    self.each(&value, |engine, item| engine.walk(scope, item, fields))
                }
            };
            if !self.spend(1) {
                return Value::unknown();
            }
        }
        value
    }

    /// What a splat makes of a value: a list of one, of what is no list; of null, none.
    fn each(&mut self, of: &Value, mut read: impl FnMut(&mut Self, Value) -> Value) -> Value {
        let items = match &of.data {
            Data::Unknown | Data::Error => return of.clone(),
            Data::Null => Vec::new(),
            Data::List(list) if list.open => return Value::unknown(),
            Data::List(list) => list.items.iter().map(|item| item.clone().hidden(of.secret)).collect(),
            _ => vec![of.clone()],
        };
        self.deeper(|engine| Value::list(items.into_iter().map(|item| read(engine, item)).collect()))
    }
}

/// The name that the first step is, and the other steps.
fn field(steps: &[Step]) -> Option<(&str, &[Step])> {
    let (first, rest) = steps.split_first()?;
    match &first.kind {
        StepKind::Field(name) => Some((name, rest)),
        _ => None,
    }
}

impl Value {
    /// The entry of this name.
    pub fn field(&self, name: &str) -> Value {
        match &self.data {
            Data::Map(map) => match map.entries.get(name) {
                Some(entry) => entry.value.clone().hidden(self.secret),
                None if map.open => Value::unknown(),
                None => Value::error(),
            },
            Data::Unknown => Value::unknown(),
            _ => Value::error(),
        }
    }

    /// The item at this place.
    pub fn item(&self, at: usize) -> Value {
        match &self.data {
            Data::List(list) => match list.items.get(at) {
                Some(item) => item.clone().hidden(self.secret),
                None if list.open => Value::unknown(),
                None => Value::error(),
            },
            Data::Unknown => Value::unknown(),
            _ => Value::error(),
        }
    }

    /// What `[index]` gives.
    pub fn index(&self, index: &Value) -> Value {
        if index.is_unknown() || self.is_unknown() {
            return super::operators::refuse(&[self, index]);
        }
        match &self.data {
            Data::List(list) if list.set => Value::error(),
            Data::List(_) => index.as_count().map_or_else(Value::error, |at| self.item(at)),
            _ => index.as_text().map_or_else(Value::error, |name| self.field(&name)),
        }
    }
}
