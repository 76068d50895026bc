//! Functions that read files: `file("${path.module}/policy.json")`. Nothing is opened here: the files that blocks name as
//! plainly as that are read beforehand, and others are unknown.

use std::path::PathBuf;
use std::sync::Arc;

use memchr::memmem;

use super::engine::Engine;
use super::functions;
use super::scope::{Binding, Scope};
use super::value::{Entry, Value, Via};
use crate::formats::paths::normal;
use crate::syntax::hcl::{self, Template};
use crate::text::{FileId, Span};

/// Functions that read a file.
const READERS: [&str; 4] = ["file", "filebase64", "fileexists", "templatefile"];
/// Names that a template is given at most.
const MOST_NAMES: usize = 64;
/// Templates are larger than this only by mistake.
const LONGEST_NAME: usize = 512;
/// What is read here is no part of what is reported on.
const NOWHERE: FileId = FileId(u32::MAX);

/// A file that functions may read.
pub(super) struct Text {
    text: Arc<str>,
    template: Template,
}

impl Text {
    pub(super) fn new(text: Arc<str>) -> Text {
        let template = hcl::template(NOWHERE, &text, Span::new(NOWHERE, 0, text.len()), &text);
        Text { text, template }
    }
}

/// The paths that functions in this text name, from the folder that it is in.
pub fn named(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"file") {
        let start = text[..at].rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        let end = at + text[at..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len() - at);
        if !READERS.contains(&&text[start..end]) {
            continue;
        }
        let Some(rest) = text[end..].strip_prefix('(').map(str::trim_start) else { continue };
        let Some((path, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
        let path = ["${path.module}", "${path.root}"].iter().fold(path, |path, start| {
            path.strip_prefix(start).map_or(path, |rest| rest.trim_start_matches('/'))
        });
        if !path.is_empty() && path.len() <= LONGEST_NAME && !path.contains(['$', '\\', '\n']) {
            out.push(path.to_owned());
        }
    }
    out
}

impl<'a> Engine<'a> {
    /// What a function that reads a file gives; nothing if it is none.
    pub(super) fn reader(
        &mut self,
        scope: Scope<'_>,
        name: &str,
        arguments: &[Value],
        place: Span,
    ) -> Option<Value> {
        let is_reader = READERS.contains(&name);
        let (path, rest) = arguments.split_first().filter(|_| is_reader)?;
        let path = path.as_text().map(|path| self.full(&path));
        let Some(read) = path.and_then(|path| self.known.texts.get(&path)) else {
            return Some(Value::unknown());
        };
        if !self.spend(1 + read.text.len() / 64) {
            return Some(Value::unknown());
        }
        Some(match (name, rest) {
            ("fileexists", []) => Value::bool(true),
            ("filebase64", []) => {
                functions::call("base64encode", &[Value::text(read.text.clone())]).hidden(true)
            }
            ("file", []) => said(Value::text(read.text.clone()), place),
            ("templatefile", [names]) => {
                let Some(entries) = names.entries().filter(|entries| entries.len() <= MOST_NAMES) else {
                    return Some(Value::unknown());
                };
                let entries: Vec<(&String, &Entry)> = entries.iter().collect();
                said(self.filled(scope, &entries, &read.template), place)
            }
            _ => Value::error(),
        })
    }

    /// A template with these names bound.
    fn filled(&mut self, scope: Scope<'_>, names: &[(&String, &Entry)], template: &'a Template) -> Value {
        match names.split_first() {
            Some(((name, entry), rest)) => {
                let binding = Binding { name, value: entry.value.clone(), next: scope.bound };
                self.filled(scope.with(&binding), rest, template)
            }
            None => self.deeper(|engine| engine.parts(scope, &template.parts)),
        }
    }

    /// The place of a file, as Terraform looks for it from where it runs.
    fn full(&self, path: &str) -> PathBuf {
        normal(&self.modules[self.root].folder.path.join(path))
    }
}

/// The text of a file: what it says if it is JSON, all of it at the place that reads it. Other text is not shown: it may
/// be a key.
fn said(text: Value, place: Span) -> Value {
    let says = text.as_text().filter(|text| text.trim_start().starts_with(['{', '[']));
    let says = says.map(|text| functions::call("jsondecode", &[Value::text(text)]));
    match says.filter(|says| !says.is_unknown()) {
        Some(says) => Value { says: Some(Arc::new(says.at(place, Via::Written))), ..text },
        None => text.hidden(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_plainly() {
        let text = "a = file(\"a.json\")\nb = templatefile( \"${path.module}/b/c.tpl\", {})\nc = file(var.x)\n\
            d = myfile(\"d\")\ne = file(\"${path.module}/${var.x}\")\nf = fileset(\"e\", \"*\")\ng = file(\"g";
        assert_eq!(named(text), ["a.json", "b/c.tpl"]);
    }
}
