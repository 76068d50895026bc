//! What `schemas/cloud/modules.txt` says, read once. Its grammar is explained at the top of that file.

use std::collections::HashMap;

use super::version::Bound;

/// Modules, and what texts stand for where they expect items.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) modules: HashMap<&'static str, Module>,
    /// By the name of an item: keys and values.
    pub(super) items: HashMap<&'static str, Vec<(&'static str, &'static str)>>,
}

/// What the calls of a module make.
#[derive(Clone, Debug, Default)]
pub(super) struct Module {
    pub(super) makes: Vec<Makes>,
    /// Items that an argument holds beside those of the call.
    pub(super) with: Vec<(&'static str, Vec<&'static str>)>,
}

/// A resource that a call makes.
#[derive(Clone, Debug)]
pub(super) struct Makes {
    pub(super) kind: &'static str,
    /// The argument of whose items each makes one.
    pub(super) each: Option<&'static str>,
    pub(super) flags: Vec<Flag>,
    pub(super) attributes: Vec<Attribute>,
    /// Types of resources that say more about it only where the same call makes them.
    pub(super) complete: Vec<&'static str>,
    /// What the arguments are called that its attributes are.
    pub(super) spoken: Vec<(&'static str, &'static str)>,
}

/// What must hold for a resource to be made.
#[derive(Clone, Debug)]
pub(super) struct Flag {
    pub(super) way: Way,
    /// What it is where it is not given.
    pub(super) absent: bool,
    pub(super) negated: bool,
}

/// An attribute, and the arguments that it is.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) path: Vec<&'static str>,
    pub(super) absent: Option<(Absent, Option<Bound>)>,
    pub(super) ways: Vec<Way>,
}

/// What an attribute is where no argument gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    Nothing,
    Value(&'static str),
    /// The resource of this type that the call makes.
    Made(&'static str),
}

/// Where a call says something.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Whether it starts at the item.
    pub(super) item: bool,
    pub(super) path: Vec<&'static str>,
    /// Whether only that it is given counts.
    pub(super) given: bool,
    /// Whether it is a text that commas split.
    pub(super) split: bool,
}

/// Reads the table; lines that cannot be read are left out and told.
pub(super) fn read(text: &'static str, errors: &mut Vec<String>) -> Table {
    let mut table = Table::default();
    let mut module = "";
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let done = match line.split_once(' ') {
            Some(("module", name)) => {
                module = name;
                table.modules.insert(name, Module::default());
                Some(())
            }
            Some(("item", rest)) => item(rest, &mut table),
            Some(("like", name)) => table.modules.get(name).cloned().and_then(|like| {
                *table.modules.get_mut(module)? = like;
                Some(())
            }),
            _ => table.modules.get_mut(module).and_then(|module| in_module(line, module)),
        };
        if done.is_none() {
            errors.push(format!("line {}: `{line}`", at + 1));
        }
    }
    for module in table.modules.values_mut() {
        let made: Vec<&'static str> = module.makes.iter().map(|makes| makes.kind).collect();
        module.makes.iter_mut().for_each(|makes| makes.complete.extend(&made));
    }
    table
}

/// `NAME KEY=VALUE KEY=VALUE`
fn item(rest: &'static str, table: &mut Table) -> Option<()> {
    let (name, pairs) = rest.split_once(' ')?;
    let pairs = pairs.split(' ').map(|pair| pair.split_once('=')).collect::<Option<_>>()?;
    table.items.insert(name, pairs);
    Some(())
}

fn in_module(line: &'static str, module: &mut Module) -> Option<()> {
    match line.split_once(' ')? {
        ("makes", rest) => module.makes.push(makes(rest)?),
        ("with", rest) => {
            let mut words = rest.split(' ');
            module.with.push((words.next()?, words.collect()));
        }
        ("no", rest) => module.makes.last_mut()?.complete.extend(rest.split(", ")),
        _ => attribute(line, module.makes.last_mut()?)?,
    }
    Some(())
}

/// `TYPE for ARGUMENT if FLAG and FLAG`
fn makes(rest: &'static str) -> Option<Makes> {
    let (head, flags) = rest.split_once(" if ").unwrap_or((rest, ""));
    let flags = flags.split(" and ").filter(|flag| !flag.is_empty()).map(|flag| {
        let (negated, flag) = flag.strip_prefix('!').map_or((false, flag), |flag| (true, flag));
        let (flag, absent) = flag.strip_suffix(" = true").map_or((flag, false), |flag| (flag, true));
        Some(Flag { way: way(flag)?, absent, negated })
    });
    let (kind, each) = match head.split_once(" for ") {
        Some((kind, each)) => (kind, Some(each)),
        None => (head, None),
    };
    Some(Makes {
        kind,
        each,
        flags: flags.collect::<Option<_>>()?,
        attributes: Vec::new(),
        complete: Vec::new(),
        spoken: Vec::new(),
    })
}

/// `PATH = VALUE below VERSION <- WAY, WAY`
fn attribute(line: &'static str, makes: &mut Makes) -> Option<()> {
    let (head, ways) = line.split_once(" <- ").unwrap_or((line, ""));
    let ways: Vec<Way> = ways.split(", ").filter(|text| !text.is_empty()).map(way).collect::<Option<_>>()?;
    let (key, absent) = match head.split_once(" = ") {
        None => (head, None),
        Some((key, value)) => {
            let (value, bound) = match value.split_once(" below ") {
                Some((value, version)) => (value, Some(Bound::read(version)?)),
                None => (value, None),
            };
            let absent = match (value, value.strip_prefix('@')) {
                ("none", _) => Absent::Nothing,
                (_, Some(kind)) => Absent::Made(kind),
                _ => Absent::Value(value),
            };
            (key, Some((absent, bound)))
        }
    };
    if key.contains(' ') || ways.is_empty() && absent.is_none() {
        return None;
    }
    let first = line.split_once(" <- ").and_then(|(_, ways)| ways.split([',', ' ']).next());
    if let Some(first) = first.map(|first| first.trim_start_matches('.')).filter(|first| !first.is_empty()) {
        makes.spoken.push((key, first.trim_end_matches('?')));
    }
    makes.attributes.push(Attribute { path: key.split('.').collect(), absent, ways });
    Some(())
}

/// `.KEY.KEY`, `ARGUMENT.KEY`, `…?`, `… by comma`
fn way(text: &'static str) -> Option<Way> {
    let (text, split) = text.strip_suffix(" by comma").map_or((text, false), |text| (text, true));
    let (text, given) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
    let (text, item) = text.strip_prefix('.').map_or((text, false), |text| (text, true));
    let path: Vec<&str> = text.split('.').filter(|key| !key.is_empty()).collect();
    let is_path = item || !path.is_empty();
    (is_path && !text.contains(' ')).then_some(Way { item, path, given, split })
}
