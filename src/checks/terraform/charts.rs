//! Releases of charts.

use crate::checks::File;
use crate::model::release::{self, ChartValue};
use crate::rule::Match;

/// Values that let containers do what containers cannot.
pub(super) fn more_rights(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, out, |value| {
        let text = value.value.text();
        let before =
            value.path.len().checked_sub(2).and_then(|at| value.path.get(at)).map_or("", String::as_str);
        let context = before.to_ascii_lowercase().ends_with("securitycontext");
        let gives = match value.name() {
            "privileged" if context && text == "true" => "whoever breaks in has the node",
            "allowPrivilegeEscalation" if context && text == "true" => {
                "a process can gain more rights than its parent"
            }
            "runAsUser" if context && text == "0" => "it runs as root",
            "hostNetwork" | "hostPID" | "hostIPC" if text == "true" => "it shares the node's own",
            _ => return None,
        };
        Some(format!("`{}` is `{text}`: {gives}; leave it out if the program can do without", value.dotted()))
    });
}

/// Tags of images that mean another image tomorrow.
pub(super) fn latest_image(file: &File<'_>, out: &mut Vec<Match>) {
    each(file, out, |value| {
        let dotted = value.dotted().to_ascii_lowercase();
        let is_tag = dotted.ends_with("image.tag") || dotted.ends_with("imagetag");
        (is_tag && value.value.text() == "latest").then(|| {
            format!("`{}`: `latest` can be a different image tomorrow; name a version", value.dotted())
        })
    });
}

fn each(file: &File<'_>, out: &mut Vec<Match>, says: impl Fn(&ChartValue<'_>) -> Option<String>) {
    let Some(tree) = file.tree else { return };
    for block in file.facts.blocks.iter().filter(|block| block.kind() == release::RELEASE) {
        for value in release::values(block, tree) {
            let Some(message) = says(&value) else { continue };
            let span = value.value.short_span().unwrap_or_else(|| value.value.span());
            let found = Match::new(span, message);
            out.push(
                block.through(span).iter().fold(found, |found, (span, what)| found.related(*span, *what)),
            );
        }
    }
}
