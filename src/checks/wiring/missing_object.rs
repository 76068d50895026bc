//! References by name to objects that the project does not define.
//!
//! A target may live elsewhere: in another chart, in the cluster, with an operator that makes it. So a missing object
//! is reported only where something says that this project is what defines such objects, and the message says what.

use crate::model::names::{Home, Names, Share};
use crate::model::reference::{Purpose, Reference};
use crate::model::{Facts, Project};
use crate::rule::Match;
use crate::text::Span;

use super::purpose::{Evidence, consequence, evidence, is_provided};

/// Reports what is missing of the references for these purposes.
pub(super) fn check(project: &Project, purposes: &[Purpose], out: &mut Vec<Match>) {
    let names = project.names();
    let wanted = project.references().filter(|(_, reference)| purposes.contains(&reference.purpose));
    for (facts, reference) in wanted {
        let (Some(name), Some(span)) = (reference.name.get(), reference.name.span()) else { continue };
        if reference.optional || names.find(reference).is_some() || is_provided(reference, name) {
            continue;
        }
        let Some(home) = names.home(project, facts) else { continue };
        if names.is_affixed(reference) || may_be_elsewhere(names, home, reference, name) {
            continue;
        }
        if let Some((message, other)) = verdict(names, home, reference, name) {
            let mut found = Match::new(span, message);
            if let Some((span, label)) = other {
                found = found.related(span, label);
            }
            out.push(found.related(anchor(facts, reference), "the object that refers to it"));
        }
    }
}

fn anchor(facts: &Facts, reference: &Reference) -> Span {
    facts.resource(reference.resource).anchor
}

/// Whether something in the same place may make the object under a name that no file says.
fn may_be_elsewhere(names: &Names, home: &Home, reference: &Reference, name: &str) -> bool {
    if names.is_vague(home, &reference.target) {
        return true;
    }
    // What is of the project as a whole is made by people, not by charts and operators.
    let made_by_people = evidence(reference) == Evidence::Project;
    !made_by_people && (home.installs() || names.may_be_made(home, name))
}

/// A message, and the other end where there is one. `None` where the target may well live elsewhere.
fn verdict(
    names: &Names,
    home: &Home,
    reference: &Reference,
    name: &str,
) -> Option<(String, Option<(Span, String)>)> {
    let kind = reference.target.kind.as_ref();
    let consequence = consequence(reference.purpose);
    if let Some((namespace, span)) = names.in_other_namespace(home, reference) {
        let wanted = reference.namespace.get().map_or("", String::as_str);
        let message =
            format!("{kind} `{name}` is in namespace `{namespace}`, not in `{wanted}`; {consequence}");
        return Some((message, Some((span, format!("the {kind}")))));
    }
    let of_project = evidence(reference) == Evidence::Project;
    let alike = |(other, _): &(&str, Span)| one_slip_apart(name, other);
    let near = names.beside(home, reference).find(alike);
    let near = near.or_else(|| names.all(reference).find(alike).filter(|_| of_project));
    if let Some((near, span)) = near {
        let message = format!("no {kind} `{name}` in this project, but there is `{near}`; {consequence}");
        return Some((message, Some((span, format!("the {kind} with almost this name")))));
    }
    let known = match evidence(reference) {
        Evidence::Siblings => home.resolves(reference.purpose),
        Evidence::Beside => {
            home.resolves(reference.purpose) || names.beside(home, reference).next().is_some()
        }
        Evidence::Project => names.share(reference.purpose).is_some_and(most_resolve),
    };
    let message = || {
        let others = "where others that are referred to are defined";
        let others = if home.resolves(reference.purpose) || of_project {
            others
        } else {
            "where others are defined beside this"
        };
        format!("no {kind} `{name}` in this project, {others}; {consequence}")
    };
    known.then(|| (message(), None))
}

/// Whether the project is what defines the targets of such references: it has several, and few are missing.
fn most_resolve(share: &Share) -> bool {
    share.names() >= 3 && share.resolved >= 8 * share.missing
}

/// Shorter names are alike by chance.
const SHORTEST: usize = 4;

/// Whether one letter too many, too few, wrong or in the wrong place makes one name of the other. A digit is no slip:
/// `web-1` and `web-2` are two.
fn one_slip_apart(one: &str, two: &str) -> bool {
    let (one, two) = if one.len() <= two.len() {
        (one.as_bytes(), two.as_bytes())
    } else {
        (two.as_bytes(), one.as_bytes())
    };
    if one.len() < SHORTEST || two.len() - one.len() > 1 {
        return false;
    }
    let start = one.iter().zip(two).take_while(|(a, b)| a == b).count();
    let end = one[start..].iter().rev().zip(two[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&one[start..one.len() - end], &two[start..two.len() - end]);
    let letters = left.iter().chain(right).all(u8::is_ascii_alphabetic);
    let slip = match (left, right) {
        ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    slip && letters
}

#[cfg(test)]
mod tests {
    use super::one_slip_apart;

    #[test]
    fn slips_of_the_finger() {
        let slips = [("settings", "setings"), ("web-api", "wbe-api"), ("cart", "carts"), ("front", "frint")];
        for (one, two) in slips {
            assert!(one_slip_apart(one, two) && one_slip_apart(two, one), "{one} {two}");
        }
        for (one, two) in [("web-1", "web-2"), ("db", "dc"), ("settings", "secrets"), ("cart", "cart")] {
            assert!(!one_slip_apart(one, two), "{one} {two}");
        }
    }
}
