//! Properties of resources.

use crate::checks::File;
use crate::rule::Match;

/// Properties that differ from those that there are in capitals only.
pub(super) fn wrong_case(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = &file.facts.cloudformation else { return };
    for (key, meant) in &template.misspelt {
        let message = format!("CloudFormation tells capitals apart: `{}` should be `{meant}`", key.text);
        out.push(Match::new(key.span, message));
    }
}
