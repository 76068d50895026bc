//! `a && b || c`, where `c` also runs when `b` fails.

use crate::rule::Match;
use crate::syntax::shell::{Command, ConstructKind, Script};

/// Commands that do not fail, or after which nothing comes.
const SURE: &[&str] = &["echo", "printf", "true", ":", "exit", "return", "break", "continue"];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for one in script.constructs.iter().filter(|one| one.kind == ConstructKind::AndOr) {
        let end =
            script.commands.partition_point(|command| command.span.range().start < one.span.range().start);
        let Some((before, after)) = script.commands.split_at_checked(end) else { continue };
        let (Some(then), Some(or)) = (before.last(), after.first()) else { continue };
        let tests = matches!(then.name(), "[" | "test" | "");
        if tests || is_sure(then) || is_sure(or) || or.place.checked || or.place.nested {
            continue;
        }
        let message =
            format!("`{}` also runs when `{}` fails; write `if`, `then` and `else`", or.name(), then.name());
        out.push(Match::new(one.span, message));
    }
}

/// Whether it cannot fail, only sets variables, or is hidden.
fn is_sure(command: &Command) -> bool {
    command.words.first().is_none_or(|name| name.literal().is_none() || SURE.contains(&name.base_name()))
}
