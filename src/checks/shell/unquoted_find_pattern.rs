//! A pattern that the shell expands before `find` sees it.

use super::split::{is_pattern, unquoted};
use crate::rule::Match;
use crate::syntax::shell::Script;

/// Tests of `find` that take a pattern.
const TESTS: &[&str] =
    &["-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-ilname"];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|one| !one.place.nested && one.name() == "find") {
        for pair in command.words.windows(2) {
            let [test, pattern] = pair else { continue };
            if TESTS.contains(&test.text.as_str()) && is_pattern(pattern) {
                let message = format!(
                    "the shell may replace the pattern with names of files before `find` gets it; quote what follows `{}`",
                    test.text
                );
                out.push(unquoted(script, pattern.span, message));
            }
        }
    }
}
