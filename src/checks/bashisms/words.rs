//! Words that only bash expands as they are meant.

use super::Bashism;
use crate::syntax::shell::{Flavour, Form, PartKind, Quotes, Script, Variable};

/// Variables that bash sets by itself. `HOSTNAME` is set in every container.
const SET_BY_BASH: &[&str] = &[
    "RANDOM",
    "SRANDOM",
    "SECONDS",
    "EPOCHSECONDS",
    "UID",
    "EUID",
    "GROUPS",
    "OSTYPE",
    "HOSTTYPE",
    "MACHTYPE",
    "BASH",
    "BASHPID",
    "BASH_SOURCE",
    "BASH_VERSION",
    "BASH_VERSINFO",
    "BASH_REMATCH",
    "FUNCNAME",
    "PIPESTATUS",
    "DIRSTACK",
];

pub(super) fn find(script: &Script, found: &mut Vec<Bashism>) {
    for part in script.words().flat_map(|word| &word.parts) {
        let (what, instead, ash) = match &part.kind {
            PartKind::Process { .. } => ("process substitution", "use a pipe or a file", true),
            PartKind::Text(_) if part.quotes == Quotes::Dollar => ("`$'…'`", "use `printf`", true),
            PartKind::Variable(variable) => match form(variable) {
                Some(form) => form,
                None if special(script, variable) => (
                    "this variable, which bash sets",
                    "ask a program, such as `id -u`",
                    variable.name == "RANDOM",
                ),
                None => continue,
            },
            _ => continue,
        };
        found.push(Bashism::new(part.span, what, instead, ash));
    }
    let commands =
        script.commands.iter().filter(|command| !command.place.nested).flat_map(|command| &command.words);
    let loops = script.loops.iter().filter_map(|one| one.words.as_ref()).flatten();
    for brace in commands.chain(loops).flat_map(|word| &word.braces) {
        found.push(Bashism::new(*brace, "brace expansion", "write the words out", false));
    }
}

fn form(variable: &Variable) -> Option<(&'static str, &'static str, bool)> {
    match variable.form {
        Form::Slice => Some(("substrings such as `${x:0:1}`", "use `cut`, `${x#…}` or `${x%…}`", true)),
        Form::Replace => Some(("`${x/…/…}`", "use `sed` or `tr`", true)),
        Form::Case => Some(("`${x^}` and `${x,}`", "use `tr`", false)),
        Form::Indirect => Some(("`${!x}`", "use `eval` or `printenv`", false)),
        Form::Element => Some(("arrays", "use `set -- …` and `\"$@\"`", false)),
        Form::Plain | Form::Length | Form::Default | Form::Alternative | Form::Trim | Form::Other => None,
    }
}

/// Whether bash alone would give it a value. An image that nobody knows may set any variable but those that change.
fn special(script: &Script, variable: &Variable) -> bool {
    let name = variable.name.as_str();
    let never_set = ["RANDOM", "SECONDS", "PIPESTATUS", "BASH_SOURCE", "BASHPID"].contains(&name);
    variable.form == Form::Plain
        && SET_BY_BASH.contains(&name)
        && (never_set || script.flavour != Flavour::Unknown)
        && !script.assigns(name)
        && !script.given.contains_key(name)
}
