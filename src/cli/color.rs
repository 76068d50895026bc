//! Whether to colour.

use clap::ValueEnum;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whether to colour an output, in the order: argument, `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`,
/// `TERM`, terminal.
///
/// A CI job is no terminal. Its log could show colours, but its output may as well be a file that somebody parses:
/// such a job sets `FORCE_COLOR`.
pub(super) fn wanted(when: When, is_terminal: bool, environment: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name| environment(name).filter(|value| !value.is_empty());
    let forced = set("FORCE_COLOR").or_else(|| set("CLICOLOR_FORCE").filter(|value| value != "0"));
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR").is_some() => false,
        When::Auto => match forced.as_deref() {
            Some(value) => value != "0" && value != "false",
            None => {
                is_terminal
                    && set("CLICOLOR").as_deref() != Some("0")
                    && set("TERM").as_deref() != Some("dumb")
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_wishes() {
        let auto = |is_terminal, set: &[(&str, &str)]| {
            let get =
                |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_string());
            wanted(When::Auto, is_terminal, &get)
        };
        assert!(auto(true, &[]));
        assert!(!auto(false, &[]));
        assert!(!auto(true, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]));
        assert!(auto(true, &[("NO_COLOR", "")]));
        assert!(auto(false, &[("FORCE_COLOR", "1")]));
        assert!(!auto(true, &[("FORCE_COLOR", "0")]));
        assert!(auto(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(auto(true, &[("CLICOLOR_FORCE", "0")]));
        assert!(!auto(true, &[("CLICOLOR", "0")]));
        assert!(!auto(true, &[("TERM", "dumb")]));
        assert!(!auto(false, &[("CI", "true"), ("GITHUB_ACTIONS", "true")]));
        assert!(wanted(When::Always, false, &|_| Some("1".to_string())));
        assert!(!wanted(When::Never, true, &|_| None));
    }
}
