//! `rm -rf "$x/"`, which is the root where `$x` is empty.

use super::values::{Value, Values};
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::shell::{Command, Form, Given, PartKind, Script, Word};
use crate::text::Edit;

/// Folders that a system does not live without. Source: the Filesystem Hierarchy Standard, chapter 3.
const SYSTEM: &[&str] = &[
    "",
    "bin",
    "boot",
    "dev",
    "etc",
    "home",
    "lib",
    "lib32",
    "lib64",
    "mnt",
    "opt",
    "proc",
    "root",
    "run",
    "sbin",
    "srv",
    "sys",
    "usr",
    "usr/bin",
    "usr/lib",
    "usr/local",
    "usr/sbin",
    "usr/share",
    "var",
    "var/lib",
];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let values = Values::of(script);
    for command in script.commands.iter().filter(|one| !one.place.nested && deletes_folders(one)) {
        for word in command.arguments().operands {
            out.extend(emptied(script, &values, word));
        }
    }
}

fn deletes_folders(command: &Command) -> bool {
    let recursive = |name: &str| matches!(name, "r" | "R" | "recursive");
    command.name() == "rm" && command.arguments().options.iter().any(|option| recursive(option.name))
}

/// The variable at the start of a word that leaves a system folder when it is empty.
fn emptied(script: &Script, values: &Values<'_>, word: &Word) -> Option<Match> {
    let mut first = None;
    let mut rest = String::new();
    for part in &word.parts {
        match &part.kind {
            PartKind::Text(text) => rest.push_str(text),
            PartKind::Variable(variable) => {
                let given = script.given.get(&variable.name).filter(|_| !values.assigns(&variable.name));
                let full = given.is_some_and(|given| matches!(given, Given::Word | Given::Words));
                if full || values.value(variable) == Value::Plain || is_set(variable.form) {
                    return None;
                }
                if rest.is_empty() && first.is_none() {
                    first = Some((part, variable));
                }
            }
            _ => return None,
        }
    }
    let (part, variable) = first?;
    let path = rest.trim_end_matches('*').trim_end_matches('/');
    let path =
        path.strip_prefix('/').or_else(|| path.is_empty().then_some("")).filter(|_| rest.starts_with('/'))?;
    if !SYSTEM.contains(&path) {
        return None;
    }
    let name = &variable.name;
    let message = format!("`rm` deletes `{rest}` where `${name}` is empty; write `${{{name}:?}}`");
    let mut found = Match::new(part.span, message);
    if script.verbatim && variable.form == Form::Plain {
        let edits = vec![Edit { span: part.span, text: format!("${{{name}:?}}") }];
        found.fix = Some(Fix { applicability: Applicability::Unsafe, edits });
    }
    Some(found)
}

/// Whether the form gives text even where the variable has none.
fn is_set(form: Form) -> bool {
    matches!(form, Form::Default | Form::Length)
}
