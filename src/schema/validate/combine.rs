//! Limits of collections, and types made of others: `allOf`, `anyOf`, `oneOf`, `not`.

use super::{Class, Place, Run, Violation, say};
use crate::schema::types::{More, Type, TypeId};
use crate::syntax::tree::{Kind, Node};

/// Whether a value is of a type.
enum Verdict {
    Is,
    IsNot(Vec<Violation>),
    Unknown,
}

impl Run<'_> {
    pub(super) fn combined<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &Type, more: &More) {
        if !more.combines || matches!(node.kind(), Kind::Null | Kind::Unknown) {
            return;
        }
        self.counts(node, place, of, more);
        for &id in &more.all {
            self.value(node, place, id, None);
        }
        self.alternatives(node, place, of, more);
        if let Some(id) = more.not
            && let Verdict::Is = self.verdict(node, place, id)
        {
            let message = format!("{} has a form that its schema rules out", place.name());
            self.report_missing(Class::InvalidValue, place.of(node), message, of);
        }
    }

    fn counts<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &Type, more: &More) {
        let (bounds, count, what) = match node.kind() {
            Kind::Sequence => (more.count, node.items().len(), "item"),
            Kind::Mapping => (more.keys, node.own_entries().len(), "key"),
            _ => return,
        };
        if node.is_open() || bounds.hold(count) {
            return;
        }
        let message = say::count(&place.name(), bounds, what);
        let too_few = bounds.least.is_some_and(|least| (count as u64) < least);
        if too_few {
            self.report_missing(Class::InvalidValue, place.span(), message, of);
        } else {
            self.report(Class::InvalidValue, place.span(), message, of);
        }
    }

    fn alternatives<'t>(&mut self, node: Node<'t>, place: Place<'t>, of: &Type, more: &More) {
        for (ids, only_one) in [(&more.any, false), (&more.one, true)] {
            if ids.is_empty() {
                continue;
            }
            let (mut fits, mut nearest): (usize, Option<Vec<Violation>>) = (0, None);
            let mut unknown = false;
            for &id in ids {
                match self.verdict(node, place, id) {
                    Verdict::Is => fits += 1,
                    Verdict::Unknown => unknown = true,
                    Verdict::IsNot(wrong) => {
                        if nearest.as_ref().is_none_or(|least| wrong.len() < least.len()) {
                            nearest = Some(wrong);
                        }
                    }
                }
            }
            if unknown || fits == 1 || fits > 1 && !only_one {
                continue;
            }
            let message = if fits > 1 {
                format!("{} fits {fits} of the alternatives in its schema, and must fit one", place.name())
            } else {
                let first = nearest.as_ref().and_then(|wrong| wrong.first());
                let why =
                    first.map(|first| format!("; of the nearest, {}", first.message)).unwrap_or_default();
                format!("{} fits none of the alternatives in its schema{why}", place.name())
            };
            self.report_missing(Class::InvalidValue, place.of(node), message, of);
        }
    }

    /// Whether the value is of the type, without reporting anything.
    fn verdict<'t>(&mut self, node: Node<'t>, place: Place<'t>, id: TypeId) -> Verdict {
        let out = std::mem::take(&mut self.out);
        let unknown = std::mem::replace(&mut self.unknown, false);
        let fragment = std::mem::replace(&mut self.fragment, false);
        self.value(node, place, id, None);
        self.fragment = fragment;
        let unsure = std::mem::replace(&mut self.unknown, unknown);
        self.unknown |= unsure;
        let wrong = std::mem::replace(&mut self.out, out);
        if unsure {
            Verdict::Unknown
        } else if wrong.is_empty() {
            Verdict::Is
        } else {
            Verdict::IsNot(wrong)
        }
    }
}
