//! References of the Gateway API into another namespace, which needs to have granted them.

use std::collections::HashSet;

use crate::model::reference::{Purpose, Reference, ReferenceGrant};
use crate::model::resource::Resource;
use crate::model::{Facts, Project, Setting};
use crate::rule::Match;

const GATEWAY_API: &str = "gateway.networking.k8s.io";

/// Combinations of who and what that are read of one grant; one with more may grant anything.
const MOST_PAIRS: usize = 1_000;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let grants = Grants::new(project);
    for (facts, reference) in project.references() {
        let from = facts.resource(reference.resource);
        let crosses = matches!(reference.purpose, Purpose::Backend | Purpose::TlsSecret);
        let (Some(own), Some(other)) = (from.namespace.get(), reference.namespace.get()) else { continue };
        if !crosses
            || own == other
            || from.group() != GATEWAY_API
            || grants.allow(from, own, other, reference)
        {
            continue;
        }
        // Whoever owns the other namespace writes the grant; this project does if the target is in it.
        let Some(target) = project.names().find(reference) else { continue };
        let Some(span) = reference.name.span() else { continue };
        let kind = &reference.target.kind;
        let message = format!(
            "nothing lets {}s of namespace `{own}` refer to {kind}s of `{other}`; add a ReferenceGrant to `{other}`",
            from.kind()
        );
        let found = Match::new(span, message).related(target, format!("the {kind}"));
        out.push(found.related(anchor(facts, reference), "the object that refers to it"));
    }
}

fn anchor(facts: &Facts, reference: &Reference) -> crate::text::Span {
    facts.resource(reference.resource).anchor
}

/// Namespace, who (kind and namespace), what (kind and name); `None` stands for any.
type Grant<'p> = (Option<&'p str>, &'p str, Option<&'p str>, &'p str, Option<&'p str>);

struct Grants<'p> {
    known: HashSet<Grant<'p>>,
    /// Namespaces in which anything may be granted.
    open: HashSet<Option<&'p str>>,
}

impl<'p> Grants<'p> {
    fn new(project: &'p Project) -> Self {
        let mut grants = Grants { known: HashSet::new(), open: HashSet::new() };
        for grant in project.files.iter().flat_map(|facts| &facts.reference_grants) {
            let namespace = text(&grant.namespace);
            if grant.open || grant.from.len() * grant.to.len() > MOST_PAIRS {
                grants.open.insert(namespace);
            } else {
                grants.add(namespace, grant);
            }
        }
        grants
    }

    fn add(&mut self, namespace: Option<&'p str>, grant: &'p ReferenceGrant) {
        for (from, of) in &grant.from {
            for (to, name) in &grant.to {
                self.known.insert((namespace, from, text(of), to, text(name)));
            }
        }
    }

    fn allow(&self, from: &Resource, own: &str, other: &str, reference: &Reference) -> bool {
        let name = reference.name.get().map(String::as_str);
        [Some(other), None].into_iter().any(|namespace| {
            let to = reference.target.kind.as_ref();
            let granted = |own, name| self.known.contains(&(namespace, from.kind(), own, to, name));
            self.open.contains(&namespace)
                || [Some(own), None].into_iter().any(|own| granted(own, name) || granted(own, None))
        })
    }
}

fn text(setting: &Setting<String>) -> Option<&str> {
    setting.get().map(String::as_str)
}
