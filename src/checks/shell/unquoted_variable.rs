//! A variable without quotes, where a shell splits its value.

use super::lists::{is_list, is_test};
use super::split::{Argument, arguments, bare, is_pattern, is_whole, others, unquoted};
use super::values::{Value, Values};
use crate::rule::Match;
use crate::syntax::shell::{Form, Part, PartKind, Script, Variable, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let values = Values::of(script);
    for argument in arguments(script) {
        for (part, variable) in variables(argument.word) {
            match values.value(variable) {
                Value::Optional if is_test(argument) => out.push(missing(script, part, variable)),
                Value::Plain | Value::Optional => {}
                value if is_meant(argument, part, variable, value) => {}
                _ => out.push(report(script, part, variable)),
            }
        }
    }
    let patterns = script.loops.iter().filter_map(|one| one.words.as_ref()).flatten();
    for word in others(script).chain(patterns.filter(|word| is_pattern(word))) {
        for (part, variable) in variables(word) {
            if !values.value(variable).is_a_word() {
                out.push(report(script, part, variable));
            }
        }
    }
}

/// The variables in a word that are split. `${x:+…}` writes out what it gives, and all arguments at once are another
/// rule's.
fn variables(word: &Word) -> impl Iterator<Item = (&Part, &Variable)> {
    bare(word).filter_map(|part| match &part.kind {
        PartKind::Variable(variable) => {
            let split =
                !matches!(variable.form, Form::Alternative) && !matches!(variable.name.as_str(), "@" | "*");
            split.then_some((part, variable))
        }
        _ => None,
    })
}

/// Whether the value is meant to be several words.
fn is_meant(argument: Argument<'_>, part: &Part, variable: &Variable, value: Value) -> bool {
    let listed = value == Value::List;
    is_whole(argument.word, part) && (listed || is_list(argument, &variable.name))
}

fn missing(script: &Script, part: &Part, variable: &Variable) -> Match {
    let message = format!("`${}` is no operand where it is empty; put it in double quotes", variable.name);
    unquoted(script, part.span, message)
}

fn report(script: &Script, part: &Part, variable: &Variable) -> Match {
    let message = format!(
        "`${}` is split at blanks and matched with file names; put it in double quotes",
        variable.name
    );
    unquoted(script, part.span, message)
}
