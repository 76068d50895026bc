//! Modules as they are called, and what their names stand for. Each name is evaluated once for each call.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Modules;
use super::folder::{self, Folder};
use super::instances::Instances;
use super::scope::{Instance, Scope};
use super::sensitive;
use super::terragrunt::Reading;
use super::types;
use super::unknown::Asked;
use super::value::{Link, Value, Via};
use crate::formats::paths;
use crate::syntax::hcl::{Attribute, Block, Expr};

/// How deep expressions may lead to each other.
pub(super) const MAX_DEPTH: u32 = 160;
/// Steps that one root module may take with all that it calls; the rest is unknown.
const MOST_STEPS: u64 = 3_000_000;
/// Calls of modules below one root module.
const MOST_MODULES: usize = 400;
/// How deep modules may call each other.
const DEEPEST_CALL: usize = 8;

/// All folders, by path.
pub(super) type Folders<'a> = HashMap<PathBuf, Folder<'a>>;

/// A module as one call makes it.
pub(super) struct Module<'a> {
    pub folder: &'a Folder<'a>,
    /// What addresses in it start with: `module.logs.`.
    pub prefix: String,
    /// The names of the calls that lead to it: `vpc.subnets`; empty for a root module.
    key: String,
    /// Who calls it; nobody calls a root module.
    pub caller: Option<Caller<'a>>,
    /// The file of Terragrunt that runs it, by number.
    pub unit: Option<usize>,
    /// The file of Terragrunt that it is itself: those have names and values like modules.
    pub reading: Option<Reading<'a>>,
    depth: usize,
    /// What is known of names; nothing while it is being found out.
    memo: HashMap<Key<'a>, Option<Value>>,
    children: HashMap<(&'a str, String), Option<usize>>,
}

/// The call of a module.
pub(super) struct Caller<'a> {
    pub module: usize,
    pub instance: Instance,
    pub block: &'a Block,
}

impl<'a> Module<'a> {
    /// A module that no other calls.
    pub(super) fn root(folder: &'a Folder<'a>) -> Module<'a> {
        Module {
            folder,
            prefix: String::new(),
            key: String::new(),
            caller: None,
            unit: None,
            reading: None,
            depth: 0,
            memo: HashMap::new(),
            children: HashMap::new(),
        }
    }
}

/// What is evaluated once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key<'a> {
    Variable(&'a str),
    Local(&'a str),
    Output(&'a str),
    /// What a file of Terragrunt gives to variables.
    Inputs,
    /// An attribute of an instance of an object.
    Attribute(String, &'a str, String),
}

/// What evaluates.
pub(super) struct Engine<'a> {
    pub known: &'a Modules<'a>,
    pub modules: Vec<Module<'a>>,
    /// The root module, by number.
    pub root: usize,
    /// What is to be told of attributes that are not known, if that is asked for.
    pub asked: Option<Asked>,
    /// Whether something sensitive was read for the expression at hand.
    pub touched: bool,
    steps: u64,
    pub depth: u32,
}

impl<'a> Engine<'a> {
    /// An engine for one root module.
    pub(super) fn new(known: &'a Modules<'a>, root: &'a Folder<'a>) -> Engine<'a> {
        Engine {
            known,
            modules: vec![Module::root(root)],
            root: 0,
            asked: None,
            touched: false,
            steps: 0,
            depth: 0,
        }
    }

    /// Adds a module; nothing where there are too many.
    pub(super) fn add(&mut self, module: Module<'a>) -> Option<usize> {
        (self.modules.len() < MOST_MODULES).then(|| self.modules.push(module))?;
        Some(self.modules.len() - 1)
    }

    /// Takes a step of this weight; false where there are no more.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        self.steps += steps as u64;
        self.steps < MOST_STEPS
    }

    /// Whether so many steps were taken in vain that even unknown values are too many.
    pub(super) fn is_spent(&self) -> bool {
        self.steps > 2 * MOST_STEPS
    }

    /// Runs `read` one level deeper; unknown where that is too deep.
    pub(super) fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.depth >= MAX_DEPTH || !self.spend(1) {
            return Value::unknown();
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// The value of `key`, found out by `read` the first time. What depends on itself is unknown.
    pub(super) fn once(
        &mut self,
        module: usize,
        key: Key<'a>,
        read: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        if let Some(known) = self.modules[module].memo.get(&key) {
            return known.clone().unwrap_or_else(Value::unknown);
        }
        self.modules[module].memo.insert(key.clone(), None);
        let touched = self.touched;
        let value = self.deeper(read);
        self.touched = touched;
        self.modules[module].memo.insert(key, Some(value.clone()));
        value
    }

    /// The value of a variable.
    pub(super) fn variable(&mut self, module: usize, name: &str) -> Value {
        let Some((name, block)) = self.modules[module].folder.variables.get_key_value(name) else {
            return Value::error();
        };
        let (name, block): (&'a str, &'a Block) = (name, block);
        self.once(module, Key::Variable(name), |engine| {
            let given = engine.given(module, name);
            let nullable = folder::expr(&block.body, "nullable").is_none_or(|expr| !types::is_false(expr));
            let value = match given {
                Some(value) if nullable || !value.is_null() => value,
                _ => engine.default(module, block),
            };
            let value = match folder::expr(&block.body, "type") {
                Some(wanted) => engine.convert(value, wanted),
                None => value,
            };
            value.hidden(sensitive::is_sensitive(block))
        })
    }

    pub(super) fn default(&mut self, module: usize, block: &'a Block) -> Value {
        let scope = Scope { module, instance: &Instance::default(), bound: None };
        let replaced = self.modules[module].folder.is_replaced(&folder::address(block), "default");
        match folder::expr(&block.body, "default") {
            Some(default) if !replaced => self.eval(scope, default).at(default.inner_span(), Via::Default),
            _ => Value::unknown(),
        }
    }

    /// The value of a local.
    pub(super) fn local(&mut self, module: usize, name: &str) -> Value {
        let Some((name, attribute)) = self.modules[module].folder.locals.get_key_value(name) else {
            return Value::error();
        };
        let (name, attribute): (&'a str, &'a Attribute) = (name, attribute);
        if self.modules[module].folder.is_replaced("locals", name) {
            return Value::unknown();
        }
        self.once(module, Key::Local(name), |engine| {
            let scope = Scope { module, instance: &Instance::default(), bound: None };
            engine.eval(scope, &attribute.value)
        })
    }

    /// An output of a module that is called here.
    pub(super) fn output(&mut self, module: usize, call: &str, key: &str, output: &str) -> Value {
        let Some(child) = self.child(module, call, key) else { return Value::unknown() };
        let folder = self.modules[child].folder;
        let Some((name, block)) = folder.outputs.get_key_value(output) else { return Value::error() };
        let (name, block): (&'a str, &'a Block) = (name, block);
        self.once(child, Key::Output(name), |engine| {
            let scope = Scope { module: child, instance: &Instance::default(), bound: None };
            let value = folder::expr(&block.body, "value").map(|expr| engine.eval(scope, expr));
            value.unwrap_or_else(Value::unknown).hidden(sensitive::is_sensitive(block))
        })
    }

    /// The module that a call makes, by the key of the instance; nothing where it is not among the files.
    pub(super) fn child(&mut self, module: usize, call: &str, key: &str) -> Option<usize> {
        let (name, block) = self.modules[module].folder.calls.get_key_value(call)?;
        let (name, block): (&'a str, &'a Block) = (name, block);
        let known = self.modules[module].children.get(&(name, key.to_owned()));
        if let Some(known) = known {
            return *known;
        }
        self.modules[module].children.insert((name, key.to_owned()), None);
        let child = self.call(module, block, key);
        self.modules[module].children.insert((name, key.to_owned()), child);
        child
    }

    fn call(&mut self, module: usize, block: &'a Block, key: &str) -> Option<usize> {
        let this = &self.modules[module];
        if this.depth >= DEEPEST_CALL {
            return None;
        }
        let name = block.labels.first().map_or("", |label| label.text.as_str());
        let calls = if this.key.is_empty() { name.to_owned() } else { format!("{}.{name}", this.key) };
        let folder = self.source(&this.folder.path, block, &calls)?;
        let (prefix, depth) = (this.prefix.clone(), this.depth + 1);
        let instance = self.instances(module, block).of_key(key);
        let prefix = format!("{prefix}module.{name}{key}.");
        let caller = Some(Caller { module, instance, block });
        self.add(Module { prefix, key: calls, caller, depth, ..Module::root(folder) })
    }

    /// The folder that a call leads to: a local one, or where Terraform put one from elsewhere.
    fn source(&self, from: &Path, call: &Block, calls: &str) -> Option<&'a Folder<'a>> {
        if let Some(local) = local_source(from, call) {
            return self.known.folders.get(&local);
        }
        let root = &self.modules[self.root].folder.path;
        self.known.folders.get(self.known.installed.get(root)?.get(calls)?)
    }

    /// The instances that a block stands for.
    pub(super) fn instances(&mut self, module: usize, block: &'a Block) -> Instances {
        let address = folder::address(block);
        let scope = Scope { module, instance: &Instance::default(), bound: None };
        let mut value = |key| {
            let expr = folder::expr(&block.body, key)?;
            let replaced = self.modules[module].folder.is_replaced(&address, key);
            Some(if replaced { Value::unknown() } else { self.eval(scope, expr) })
        };
        match (value("count"), value("for_each")) {
            (Some(count), _) => Instances::counted(&count),
            (None, Some(each)) => Instances::each(&each),
            (None, None) => Instances::one(),
        }
    }

    /// An attribute of an object that is declared in the module.
    pub(super) fn attribute(
        &mut self,
        module: usize,
        object: &str,
        instance: &Instance,
        name: &str,
    ) -> Value {
        let folder = self.modules[module].folder;
        let Some(block) = folder.objects.get(object).copied() else { return Value::unknown() };
        let link = Some(self.link(module, object, name));
        let unknown = Value { link: link.clone(), ..Value::unknown() };
        let Some(attribute) = block.body.attribute(name) else { return unknown };
        if folder.is_replaced(object, &attribute.key.text) {
            return unknown;
        }
        let key = Key::Attribute(object.to_owned(), &attribute.key.text, instance.key.clone());
        let value = self.once(module, key, |engine| {
            let scope = Scope { module, instance, bound: None };
            engine.eval(scope, &attribute.value)
        });
        // What is configured as null is the provider's to choose.
        if value.is_null() { unknown } else { Value { link: value.link.or(link), ..value } }
    }

    /// What leads to an attribute of an object of the module.
    pub(super) fn link(&self, module: usize, object: &str, attribute: &str) -> Arc<Link> {
        let address = format!("{}{object}", self.modules[module].prefix);
        Arc::new(Link { address, attribute: attribute.to_owned() })
    }

    /// The value of an expression.
    pub(super) fn eval(&mut self, scope: Scope<'_>, expr: &'a Expr) -> Value {
        self.deeper(|engine| engine.eval_here(scope, expr))
    }
}

/// The folder that a call leads to, if it is a local one.
pub(super) fn local_source(from: &Path, call: &Block) -> Option<PathBuf> {
    let source = folder::expr(&call.body, "source")?.literal()?;
    (source.starts_with("./") || source.starts_with("../")).then(|| paths::normal(&from.join(source)))
}
