//! Profiles: services that wait for others which may not be switched on.

use std::collections::{HashMap, HashSet};

use crate::checks::File;
use crate::model::compose::Service;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Tree};
use crate::text::Span;

/// A service with more profiles is left alone; people have a handful.
const MOST_PROFILES: usize = 20;

/// The profiles of a service, and where they are written; `None` where they are not known.
type Profiles<'t> = Option<(HashSet<&'t str>, Span)>;

/// Services that a profile switches on, or none, without what they wait for.
pub(super) fn dependency(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    // Who sets this always works with some profiles.
    if tree.values().get("COMPOSE_PROFILES").is_some() || compose.fragment || compose.part {
        return;
    }
    let of: HashMap<&str, Profiles<'_>> = compose
        .services
        .iter()
        .map(|service| (service.name.text.as_str(), profiles(service, tree)))
        .collect();
    for service in &compose.services {
        let Some(Some((own, _))) = of.get(service.name.text.as_str()) else { continue };
        for other in service.dependencies.iter().filter(|other| other.required) {
            let Some(Some((needed, place))) = of.get(other.name.text.as_str()) else { continue };
            let mut lacking: Vec<&str> = own.difference(needed).copied().collect();
            lacking.sort_unstable();
            let name = &other.name.text;
            let message = match lacking.first() {
                _ if needed.is_empty() => continue,
                None if own.is_empty() => {
                    format!("`{name}` only starts with a profile, and this service without; Compose stops")
                }
                None => continue,
                Some(lacking) => {
                    format!("the profile `{lacking}` starts this service, but not `{name}`; Compose stops")
                }
            };
            out.push(Match::new(other.name.span, message).related(*place, "its profiles"));
        }
    }
}

fn profiles<'t>(service: &Service, tree: &'t Tree) -> Profiles<'t> {
    if service.open || service.fragment {
        return None;
    }
    let Some(list) = service.get(tree, "profiles") else { return Some((HashSet::new(), service.name.span)) };
    let items: Vec<_> = list.items().collect();
    let known = |text: &str| !text.is_empty() && !text.contains('$');
    let plain = list.kind() == Kind::Sequence
        && items.len() <= MOST_PROFILES
        && !list.is_open()
        && list.tag().is_none()
        && items.iter().all(|item| item.style().is_some() && known(item.text()));
    plain.then(|| {
        let place = items.first().map_or(list.span(), |item| item.span());
        (items.iter().map(|item| item.text()).collect(), place)
    })
}
