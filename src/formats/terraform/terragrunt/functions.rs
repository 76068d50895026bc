//! Functions that Terragrunt adds: those about the files of the run. Others ask programs, clouds or the environment.

use std::path::{Path, PathBuf};

use super::{RUN, Reading};
use crate::formats::paths::{normal, relative};
use crate::formats::terraform::engine::Engine;
use crate::formats::terraform::value::Value;

/// Functions that are computed here.
const OWN: [&str; 7] = [
    "find_in_parent_folders",
    "get_env",
    "get_parent_terragrunt_dir",
    "get_terragrunt_dir",
    "path_relative_from_include",
    "path_relative_to_include",
    "read_terragrunt_config",
];
/// Folders above a file that are looked into.
const HIGHEST: usize = 64;

impl<'a> Engine<'a> {
    /// What a function of Terragrunt gives; nothing if it is none of these, or not called from one of its files.
    pub(crate) fn terragrunt(&mut self, module: usize, name: &str, arguments: &[Value]) -> Option<Value> {
        let reading = self.modules[module].reading.filter(|_| OWN.contains(&name))?;
        let first = arguments.first().map(Value::as_text);
        // What is not known cannot be looked for.
        let first = match first {
            Some(None) => return Some(Value::unknown()),
            Some(Some(text)) => Some(text),
            None => None,
        };
        let first = first.as_deref();
        Some(match name {
            "find_in_parent_folders" => match self.find_above(reading, first.unwrap_or(RUN)) {
                Some(path) => text(&path),
                None => arguments.get(1).cloned().unwrap_or_else(Value::unknown),
            },
            "get_terragrunt_dir" => text(reading.child.home()),
            "get_parent_terragrunt_dir" => {
                self.parent(module, first).map_or_else(Value::unknown, |it| text(&it))
            }
            "path_relative_to_include" => match self.parent(module, first) {
                Some(parent) => text(&relative(&parent, reading.child.home())),
                None => Value::text("."),
            },
            "path_relative_from_include" => match self.parent(module, first) {
                Some(parent) => text(&relative(reading.child.home(), &parent)),
                None => Value::text("."),
            },
            "read_terragrunt_config" => {
                let unit = self.known.units.get(&normal(&reading.child.home().join(first?)));
                let read = unit.and_then(|unit| self.read(unit, unit));
                match read {
                    Some(module) => self.exposed(module),
                    None => arguments.get(1).cloned().unwrap_or_else(Value::unknown),
                }
            }
            // The environment is not known; what holds without it is.
            _ => arguments.get(1).cloned().unwrap_or_else(Value::unknown),
        })
    }

    /// The closest file of this name above the one that is run.
    fn find_above(&self, reading: Reading<'a>, name: &str) -> Option<PathBuf> {
        let above = reading.child.home().ancestors().skip(1).take(HIGHEST);
        above.map(|folder| normal(&folder.join(name))).find(|path| self.known.units.contains_key(path))
    }

    /// The folder of the file that the one that is run includes, by the label of the `include`, or the first.
    fn parent(&mut self, module: usize, label: Option<&str>) -> Option<PathBuf> {
        let Reading { unit, child } = self.modules[module].reading?;
        if !std::ptr::eq(unit, child) {
            return Some(unit.home().to_path_buf());
        }
        let is_it = |name: Option<&str>| label.is_none() || label == name;
        let mut includes = unit.blocks("include");
        let include = includes.find(|block| is_it(block.labels.first().map(|label| label.text.as_str())))?;
        let parent = self.included(module, include)?;
        self.modules[parent].reading.map(|parent| parent.unit.home().to_path_buf())
    }
}

fn text(path: &Path) -> Value {
    let text = path.to_string_lossy();
    Value::text(if text.is_empty() { ".".into() } else { text.replace('\\', "/") })
}
