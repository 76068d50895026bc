//! `runAsNonRoot` of images that start as root, or as a name that may be root.

use super::runs::{self, Of, Runs};
use crate::model::official::starts_as_root;
use crate::model::origins::{Evidence, User};
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    runs::each(wired, &mut |runs| out.extend(refused(runs)));
}

/// Containers whose image surely starts as an ordinary user, though they do not say so themselves.
pub(in crate::checks) fn ordinary(wired: &Wired<'_>, out: &mut Vec<Span>) {
    runs::each(wired, &mut |runs| {
        let Some(origin) = &runs.origin else { return };
        let said = matches!(origin.evidence, Evidence::Own | Evidence::Said(_));
        if said
            && matches!(runs.of, Of::Container(_))
            && matches!(origin.built.user(), Some((User::Number, _)))
        {
            out.push(runs.security.near);
        }
    });
}

fn refused(runs: &Runs<'_, '_>) -> Option<Match> {
    let security = runs.security;
    // A user that is set takes the place of the image's.
    if !matches!(runs.of, Of::Container(_)) || !runs.settled || !security.run_as_user.is_unset() {
        return None;
    }
    let span = security.run_as_non_root.span().filter(|_| security.run_as_non_root.get() == Some(&true))?;
    let Some(origin) = &runs.origin else {
        let name = runs.official().filter(|name| starts_as_root(name))?;
        let message =
            format!("refuses the image: `{name}` starts as root; add a `runAsUser` that it can run as");
        let image = runs.image?.span;
        return Some(Match::new(span, message).related(image, "the image"));
    };
    let (user, place) = origin.built.user()?;
    match user {
        User::Number => None,
        User::Name(name) => {
            let message = format!(
                "refuses the image: its user `{name}` is a name, and only a number shows that it is not root; write \
                 the number in the Dockerfile, or set `runAsUser`"
            );
            Some(runs.labelled(Match::new(span, message), place, "the user of the image"))
        }
        User::Root => {
            let message = "refuses the image, which starts as root; end the Dockerfile with a `USER` by number, or set \
                           `runAsUser`";
            Some(runs.labelled(Match::new(span, message), place, "built here, to start as root"))
        }
    }
}
