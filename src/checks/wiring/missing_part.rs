//! References to objects that are here and lack what is meant inside them: a key, a port, a listener, being headless.

use crate::model::Project;
use crate::model::names::Whole;
use crate::model::reference::{HEADLESS, Purpose, Reference};
use crate::rule::Match;

/// Parts that a message lists at most.
const MOST_LISTED: usize = 5;

pub(super) fn key(project: &Project, out: &mut Vec<Match>) {
    each(
        project,
        &[Purpose::ConfigMap, Purpose::Secret],
        |reference, part, _| {
            let (kind, name) = target(reference);
            (
                format!("{kind} `{name}` has no key `{part}`; the container will not start"),
                format!("the {kind}"),
            )
        },
        out,
    );
}

pub(super) fn backend_port(project: &Project, out: &mut Vec<Match>) {
    each(
        project,
        &[Purpose::Backend],
        |reference, part, found| (port(reference, part, found), "the Service".to_owned()),
        out,
    );
}

pub(super) fn webhook_port(project: &Project, out: &mut Vec<Match>) {
    each(
        project,
        &[Purpose::Webhook],
        |reference, part, found| (port(reference, part, found), "the Service".to_owned()),
        out,
    );
}

pub(super) fn listener(project: &Project, out: &mut Vec<Match>) {
    each(
        project,
        &[Purpose::Gateway],
        |reference, part, found| {
            let (kind, name) = target(reference);
            let message = format!("{kind} `{name}` has no listener `{part}`; it has {}", list(found));
            (message, format!("the {kind}"))
        },
        out,
    );
}

pub(super) fn headless(project: &Project, out: &mut Vec<Match>) {
    each(
        project,
        &[Purpose::GoverningService],
        |reference, _, _| {
            let (_, name) = target(reference);
            let message = format!(
                "Service `{name}` has an address of its own; give it `clusterIP: None`, or the pods get no names of theirs"
            );
            (message, "the Service".to_owned())
        },
        out,
    );
}

fn target(reference: &Reference) -> (&str, &str) {
    (reference.target.kind.as_ref(), reference.name.get().map_or("", String::as_str))
}

fn port(reference: &Reference, part: &str, found: &Whole<'_>) -> String {
    let (kind, name) = target(reference);
    format!("{kind} `{name}` has no port `{part}`; it has {}", list(found))
}

fn list(found: &Whole<'_>) -> String {
    let mut parts: Vec<&str> = found.parts().filter(|part| *part != HEADLESS).collect();
    parts.dedup();
    let more = parts.len().saturating_sub(MOST_LISTED);
    parts.truncate(MOST_LISTED);
    let shown: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
    match (shown.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => shown.join(", "),
        (false, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Reports every part that is not there, in the words of `say`: the message, and the label of the target.
fn each(
    project: &Project,
    purposes: &[Purpose],
    say: impl Fn(&Reference, &str, &Whole<'_>) -> (String, String),
    out: &mut Vec<Match>,
) {
    let names = project.names();
    let wanted = project.references().filter(|(_, reference)| purposes.contains(&reference.purpose));
    for (facts, reference) in wanted.filter(|(_, reference)| !reference.optional) {
        let (Some(part), Some(span)) = (reference.part.get(), reference.part.span()) else { continue };
        let Some(found) = names.whole(project, facts, reference).filter(|found| found.lacks(part)) else {
            continue;
        };
        let (message, label) = say(reference, part, &found);
        out.push(Match::new(span, message).related(found.anchor(), label));
    }
}
