//! Variables that tell a program not to check certificates.

use super::super::File;
use crate::rule::Match;
use crate::text::Span;

/// What value of a variable switches a check off.
#[derive(Clone, Copy)]
enum Off {
    /// Any that is written, even none.
    Any,
    /// 0, `false` or `no`.
    Zero,
    /// Anything else than empty.
    Set,
}

/// Variables, what switches the check off, and whose check it is. Sources: the manuals of Python, Node.js, npm, git, pip.
const VARIABLES: &[(&str, Off, &str)] = &[
    ("PYTHONHTTPSVERIFY", Off::Zero, "Python"),
    ("NODE_TLS_REJECT_UNAUTHORIZED", Off::Zero, "Node.js"),
    ("NPM_CONFIG_STRICT_SSL", Off::Zero, "npm"),
    ("npm_config_strict_ssl", Off::Zero, "npm"),
    ("YARN_STRICT_SSL", Off::Zero, "Yarn"),
    ("YARN_ENABLE_STRICT_SSL", Off::Zero, "Yarn"),
    ("GIT_SSL_NO_VERIFY", Off::Any, "git"),
    ("PIP_TRUSTED_HOST", Off::Set, "pip"),
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    // Facts of pods are judged by what they run, not here.
    if file.dockerfile.is_none() {
        return;
    }
    for variable in &file.facts.env {
        let Some(name) = variable.name.get() else { continue };
        let span = variable.value.span().unwrap_or(variable.anchor);
        let whole =
            if span.start < variable.anchor.start { variable.anchor } else { variable.anchor.to(span) };
        report(name, variable.value.get().map(String::as_str), whole, out);
    }
    for instruction in &file.facts.instructions {
        let Some(script) = &instruction.script else { continue };
        for assigned in &script.assigned {
            report(&assigned.name, assigned.value(), assigned.span, out);
        }
        for command in &script.commands {
            // `env NAME=value program`
            let given = command.words.len() - command.program().len();
            for word in &command.words[..given] {
                if let Some((name, value)) = word.literal().and_then(|text| text.split_once('=')) {
                    report(name, Some(value), word.span, out);
                }
            }
        }
    }
}

/// Reports a variable whose value is known and switches a check off.
fn report(name: &str, value: Option<&str>, span: Span, out: &mut Vec<Match>) {
    let Some((_, off, whose)) = VARIABLES.iter().find(|(known, _, _)| *known == name) else { return };
    let Some(value) = value else { return };
    let is_off = match off {
        Off::Any => true,
        Off::Zero => ["0", "false", "no"].contains(&value.to_ascii_lowercase().as_str()),
        Off::Set => !value.is_empty(),
    };
    if is_off {
        let message = format!(
            "{whose} does not check certificates with `{name}` set to this; install the certificate instead"
        );
        out.push(Match::new(span, message));
    }
}
