//! Terragrunt: which modules its files run, and what they give to their variables. The language is that of
//! <https://terragrunt.gruntwork.io/docs/reference/hcl/>.
//!
//! A file is like a module that declares nothing but locals. What it reads of others stays among the files of the run;
//! outputs of dependencies are their mocks, and what programs and the environment say is unknown.

mod functions;

use std::path::{Path, PathBuf};

use super::Modules;
use super::engine::{Engine, Key, Module};
use super::folder::{self, Folder};
use super::functions as core;
use super::scope::{Instance, Scope};
use super::value::{Data, Entry, Value, Via};
use crate::formats::paths::normal;
use crate::syntax::hcl::{Block, Body, Expr, File};

/// The name of files that are run; others are there to be included or read.
const RUN: &str = "terragrunt.hcl";
/// How deep maps are laid over each other.
const DEEPEST_MERGE: usize = 16;

/// A file of Terragrunt.
pub(super) struct Unit<'a> {
    pub path: PathBuf,
    /// Its locals, as a module has them.
    folder: Folder<'a>,
    body: &'a Body,
}

/// A file of Terragrunt, and the one that it is read for: that which includes it, or itself.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    unit: &'a Unit<'a>,
    child: &'a Unit<'a>,
}

impl<'a> Unit<'a> {
    pub(super) fn new(path: PathBuf, file: &'a File) -> Unit<'a> {
        let mut folder = Folder::new(path.parent().map(PathBuf::from).unwrap_or_default());
        folder.add(file, false);
        Unit { path, folder, body: &file.body }
    }

    pub(super) fn is_run(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == RUN)
    }

    /// What it gives to variables by itself.
    pub(super) fn inputs(&self) -> Option<&'a Expr> {
        folder::expr(self.body, "inputs")
    }

    /// The folder that it is in.
    fn home(&self) -> &Path {
        &self.folder.path
    }

    fn blocks(&self, kind: &'static str) -> impl Iterator<Item = &'a Block> + use<'a> {
        self.body.blocks().filter(move |block| block.kind.text == kind)
    }
}

impl<'a> Engine<'a> {
    /// An engine for what a file of Terragrunt runs; nothing where that is not among the files.
    pub(super) fn for_unit(known: &'a Modules<'a>, unit: &'a Unit<'a>) -> Option<Engine<'a>> {
        let mut engine = Engine::new(known, &unit.folder);
        engine.modules[0].reading = Some(Reading { unit, child: unit });
        let source = engine.runs(0, true)?;
        let folder = known.folders.get(&source).filter(|folder| !folder.blocks.is_empty())?;
        let mut root = Module::root(folder);
        root.unit = Some(0);
        engine.root = engine.add(root)?;
        Some(engine)
    }

    /// The folder of the module that a file runs, if it is a local one.
    fn runs(&mut self, module: usize, is_child: bool) -> Option<PathBuf> {
        let Reading { unit, child } = self.modules[module].reading?;
        let terraform = unit.blocks("terraform").next();
        if let Some(source) = terraform.and_then(|block| folder::expr(&block.body, "source")) {
            let source = self.in_unit(module, source).as_text()?;
            let is_local = ["./", "../", "/"].iter().any(|start| source.starts_with(start));
            // What stands behind two slashes is a part of what is copied.
            let source = source.replace("//", "/");
            return is_local.then(|| normal(&child.home().join(source)));
        }
        if !is_child {
            return None;
        }
        let mut source = Some(child.home().to_path_buf());
        for include in unit.blocks("include") {
            let parent = self.included(module, include)?;
            let says = self.modules[parent]
                .reading
                .is_some_and(|parent| parent.unit.blocks("terraform").next().is_some());
            if says {
                source = self.runs(parent, false);
            }
        }
        source
    }

    fn in_unit(&mut self, module: usize, expr: &'a Expr) -> Value {
        self.eval(Scope { module, instance: &Instance::default(), bound: None }, expr)
    }

    /// What a file of Terragrunt gives to a variable.
    pub(super) fn input(&mut self, module: usize, name: &str) -> Option<Value> {
        let inputs = self.inputs(module);
        let Data::Map(map) = &inputs.data else { return Some(Value::unknown()) };
        match map.entries.get(name) {
            Some(Entry { key, value }) => {
                let place = value.trail.as_ref().map(|trail| trail.span).or(*key);
                let value = value.clone();
                Some(place.map_or(value.clone(), |place| value.at(place, Via::Inputs)))
            }
            None => map.open.then(Value::unknown),
        }
    }

    /// All that a file gives: its own over that of the files that it includes.
    fn inputs(&mut self, module: usize) -> Value {
        self.once(module, Key::Inputs, |engine| {
            let Some(Reading { unit, child }) = engine.modules[module].reading else {
                return Value::unknown();
            };
            let mut all = Value::map([]);
            // What an included file includes is nothing to the child: Terragrunt refuses it.
            let includes = unit.blocks("include").filter(|_| std::ptr::eq(unit, child));
            let mut deep = false;
            for include in includes {
                let strategy = folder::expr(&include.body, "merge_strategy").and_then(Expr::literal);
                if strategy.as_deref() == Some("no_merge") {
                    continue;
                }
                deep |= strategy.as_deref() == Some("deep");
                let given = engine.included(module, include).map(|parent| engine.inputs(parent));
                all = merged(&all, &given.unwrap_or_else(Value::unknown), deep, DEEPEST_MERGE);
            }
            match unit.inputs() {
                Some(own) => {
                    let own = engine.in_unit(module, own);
                    merged(&all, &own, deep, DEEPEST_MERGE)
                }
                None => all,
            }
        })
    }

    /// The file that an `include` names, read for the one that includes it.
    fn included(&mut self, module: usize, include: &'a Block) -> Option<usize> {
        let child = self.modules[module].reading?.child;
        let path = folder::expr(&include.body, "path")?;
        let path = self.in_unit(module, path).as_text()?;
        let unit = self.known.units.get(&normal(&child.home().join(&*path)))?;
        self.read(unit, child)
    }

    /// A file read for another one: the same as before, if it was read already.
    fn read(&mut self, unit: &'a Unit<'a>, child: &'a Unit<'a>) -> Option<usize> {
        let is_same =
            |reading: Reading<'a>| std::ptr::eq(reading.unit, unit) && std::ptr::eq(reading.child, child);
        let known = self.modules.iter().position(|module| module.reading.is_some_and(is_same));
        if known.is_some() {
            return known;
        }
        let mut module = Module::root(&unit.folder);
        module.reading = Some(Reading { unit, child });
        self.add(module)
    }

    /// What `include.root` and `dependency.vpc` stand for.
    pub(super) fn of_unit(&mut self, module: usize, name: &str, first: &str) -> Option<Value> {
        let reading = self.modules[module].reading?;
        match name {
            "dependency" => {
                let is_it = |block: &&Block| block.labels.first().is_some_and(|label| label.text == first);
                let dependency = reading.unit.blocks("dependency").find(is_it)?;
                let mocks =
                    folder::expr(&dependency.body, "mock_outputs").map(|mocks| self.in_unit(module, mocks));
                Some(Value::map([("outputs".to_owned(), opened(mocks.unwrap_or_else(Value::unknown)))]))
            }
            "include" => {
                let named = |block: &&Block| block.labels.first().is_some_and(|label| label.text == first);
                if let Some(include) = reading.unit.blocks("include").find(named) {
                    let parent = self.included(module, include)?;
                    return Some(self.exposed(parent));
                }
                let bare = reading.unit.blocks("include").find(|block| block.labels.is_empty())?;
                let parent = self.included(module, bare)?;
                Some(self.exposed(parent).field(first))
            }
            _ => None,
        }
    }

    /// What a file shows to those that include or read it.
    fn exposed(&mut self, module: usize) -> Value {
        let folder = self.modules[module].folder;
        let names: Vec<&'a str> = folder.locals.keys().copied().collect();
        let locals = names.into_iter().map(|name| (name.to_owned(), self.local(module, name)));
        let locals = Value::map(locals.collect::<Vec<_>>());
        let all = [("locals".to_owned(), locals), ("inputs".to_owned(), self.inputs(module))];
        opened(Value::map(all))
    }
}

/// The same map, of which not all is known.
fn opened(value: Value) -> Value {
    match &value.data {
        Data::Map(map) => Value { data: Value::open_map(map.entries.clone(), true).data, ..value },
        _ => Value::unknown(),
    }
}

/// One map over another.
fn merged(under: &Value, over: &Value, deep: bool, depth: usize) -> Value {
    let (Data::Map(below), Data::Map(above), true) = (&under.data, &over.data, deep && depth > 0) else {
        return core::call("merge", &[under.clone(), over.clone()]);
    };
    let mut entries = below.entries.clone();
    for (key, entry) in &above.entries {
        let value = match entries.get(key) {
            Some(old) if matches!((&old.value.data, &entry.value.data), (Data::Map(_), Data::Map(_))) => {
                merged(&old.value, &entry.value, deep, depth - 1)
            }
            // Lists are put one behind the other.
            Some(old) => match (&old.value.data, &entry.value.data) {
                (Data::List(first), Data::List(second)) => {
                    let items = first.items.iter().chain(&second.items).cloned().collect();
                    Value::open_list(items, first.open || second.open)
                }
                _ => entry.value.clone(),
            },
            None => entry.value.clone(),
        };
        entries.insert(key.clone(), Entry { key: entry.key, value });
    }
    Value::open_map(entries, below.open || above.open)
}
