//! `plimsoll rules` and `plimsoll rule`.

use std::fmt::Write as _;

use super::args::{Rule, Rules};
use super::exit::Exit;
use crate::report::escape::line;
use crate::rule::Registry;
use crate::rule::explain::explain;

/// Lists the rules.
pub(super) fn rules(_arguments: &Rules) -> Exit {
    let mut out = String::new();
    for rule in Registry::built_in().rules() {
        let _ =
            writeln!(out, "{:<40} {:<8} {}", rule.id(), rule.front().severity.name(), rule.front().summary);
    }
    super::print(out.as_bytes())
}

/// Explains a rule.
pub(super) fn rule(arguments: &Rule) -> Exit {
    let registry = Registry::built_in();
    let name = arguments.id.as_deref().unwrap_or_default();
    let found: Vec<String> = registry.find(name).into_iter().map(explain).collect();
    if found.is_empty() {
        let help = registry.suggest(name).map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| "`plimsoll rules` lists them".to_string());
        return super::fail(&format!("there is no rule `{}`", line(name)), &help);
    }
    super::print(found.join("\n").as_bytes())
}
