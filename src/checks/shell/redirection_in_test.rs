//! `[ $a > 3 ]`, which writes a file.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in &script.commands {
        let Some(end) = command.tested().and_then(|_| command.words.last()) else { continue };
        if command.words[0].text != "[" {
            continue;
        }
        for redirect in command.redirects.iter().filter(|redirect| redirect.span.end <= end.span.start) {
            let meant = match redirect.operator {
                ">" => "-gt",
                "<" => "-lt",
                _ => continue,
            };
            let operator = redirect.span.slice(0, 1);
            let message = format!(
                "`{}` is a redirection here and compares nothing; write `{meant}`",
                redirect.operator
            );
            out.push(Match::new(operator, message));
        }
    }
}
