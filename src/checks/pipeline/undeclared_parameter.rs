//! Templates of Argo Workflows that use an input parameter which they do not declare.

use std::collections::HashSet;

use super::super::File;
use super::argo;
use crate::rule::Match;
use crate::syntax::tree::Node;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for spec in argo::specs(file) {
        if spec.get("templateDefaults").is_some() {
            continue;
        }
        for template in argo::templates(spec) {
            let parameters = template.at(&["inputs", "parameters"]);
            if template.is_open() || template.is_alias() || parameters.is_some_and(Node::is_open) {
                continue;
            }
            let declared: HashSet<&str> = argo::parameters(template, "inputs").map(Node::text).collect();
            let mut said = HashSet::new();
            for used in argo::uses(template, "inputs.parameters.") {
                if !declared.contains(used.name) && said.insert(used.name) {
                    let message = format!("`{}` is not among the template's `inputs.parameters`", used.name);
                    out.push(Match::new(used.span, message));
                }
            }
        }
    }
}
