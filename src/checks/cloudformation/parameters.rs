//! Parameters that contradict themselves.

use crate::checks::File;
use crate::rule::Match;

/// A default that the parameter does not allow.
pub(super) fn default_not_allowed(file: &File<'_>, out: &mut Vec<Match>) {
    let parameters = file.facts.cloudformation.iter().flat_map(|template| &template.parameters);
    for parameter in parameters.filter(|parameter| !parameter.allowed.is_empty()) {
        let (Some(default), Some(span)) = (parameter.default.get(), parameter.default.span()) else {
            continue;
        };
        let allowed = |item: &str| parameter.allowed.iter().any(|allowed| allowed == item);
        let wrong = if parameter.list {
            default.split(',').map(str::trim).find(|item| !allowed(item))
        } else {
            Some(default.as_str()).filter(|default| !allowed(default))
        };
        if let Some(wrong) = wrong {
            let name = &parameter.name.text;
            let message = format!("`{name}` does not allow `{wrong}`; choose one of its `AllowedValues`");
            out.push(Match::new(span, message).related(parameter.name.span, "the parameter"));
        }
    }
}
