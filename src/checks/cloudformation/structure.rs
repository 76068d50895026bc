//! The shape of a template.

use crate::checks::File;
use crate::rule::Match;
use crate::rule::nearest::nearest;

/// The sections that a template may have; the last two are SAM's and those of `aws cloudformation package`.
const SECTIONS: [&str; 12] = [
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
    "Globals",
];

/// Keys at the top that CloudFormation refuses.
pub(super) fn section(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = &file.facts.cloudformation else { return };
    // What starts with `x-` or `.` holds anchors for other tools to take out.
    let odd = |name: &str| name.starts_with(['.', '<']) || name.starts_with("x-") || name.starts_with("Fn::");
    for section in template.sections.iter().filter(|section| !odd(&section.text)) {
        let name = section.text.as_str();
        if SECTIONS.contains(&name) && (name != "Globals" || template.serverless) {
            continue;
        }
        let message = match nearest(name, SECTIONS.into_iter().filter(|known| *known != name)) {
            Some(near) => format!("a template has no section `{name}`; did you mean `{near}`?"),
            None if name == "Globals" => "`Globals` needs `Transform: AWS::Serverless-2016-10-31`".to_owned(),
            None => format!("a template has no section `{name}`; a resource belongs under `Resources`"),
        };
        out.push(Match::new(section.span, message));
    }
}

/// Resources that do not say what they are.
pub(super) fn without_type(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(template) = file.facts.cloudformation.as_ref().filter(|template| !template.open) else { return };
    for entry in template.resources.iter().filter(|entry| entry.kind.is_unset()) {
        let message = format!("`{}` has no `Type`; say what it is, or remove it", entry.name.text);
        out.push(Match { missing: true, ..Match::new(entry.name.span, message) });
    }
}
