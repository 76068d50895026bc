//! A key that a mapping does not have: what was meant, or where it belongs.

use super::{Class, MAX_HINTS, Place, Run, hint};
use crate::rule::nearest::nearest;
use crate::schema::types::{Format, Rest, Type};
use crate::syntax::tree::Entry;

/// Fields of former versions, or of a kind that is like this one, and what they are called here. Source: the API
/// reference.
const RENAMED: [(&str, &str, &str); 4] = [
    ("ConfigMap", "stringData", "data"),
    ("HorizontalPodAutoscalerSpec", "targetCPUUtilizationPercentage", "metrics"),
    ("IngressBackend", "serviceName", "service.name"),
    ("IngressBackend", "servicePort", "service.port"),
];

/// What Kustomize and `kubectl` take out of a patch before the server sees it. SOPS takes out its own key, too.
fn is_directive(key: &str) -> bool {
    matches!(key, "$patch" | "$retainKeys")
        || key.starts_with("$setElementOrder/")
        || key.starts_with("$deleteFromPrimitiveList/")
}

impl<'s> Run<'s> {
    pub(super) fn unknown_field(
        &mut self,
        entry: Entry<'_>,
        place: Place<'_>,
        of: &'s Type,
        around: Option<&'s Type>,
    ) {
        let key = entry.key.text();
        let encrypted = key == "sops" && place.depth == 0;
        if encrypted || is_directive(key) || crate::model::setting::is_placeholder(key) {
            return;
        }
        self.hints += 1;
        let hint = if self.hints > MAX_HINTS { String::new() } else { self.meant(key, of, around) };
        let message = format!("`{key}` is not a field of {}{hint}", self.holder(of, &place));
        self.report(Class::UnknownField, entry.key.span(), message, of);
    }

    /// What the mapping is called that the key is not a field of.
    fn holder(&self, of: &Type, place: &Place<'_>) -> String {
        match (of.name.as_ref(), place.key()) {
            ("", key) if place.item.is_some() => format!("an item of `{key}`"),
            ("", key) if place.depth == 1 && !self.kind.is_empty() => format!("`{key}` of {}", self.kind),
            _ => hint::owner(of, place),
        }
    }

    /// A known key like it, or the mapping near by that has it.
    fn meant(&self, key: &str, of: &Type, around: Option<&Type>) -> String {
        let renamed = RENAMED.iter().find(|(name, old, _)| (*name, *old) == (of.name.as_ref(), key));
        if let Some((.., new)) = renamed {
            return format!("; here it is `{new}`");
        }
        if let Some(near) = nearest(key, of.fields.iter().map(|field| field.name.as_ref())) {
            return format!(", did you mean `{near}`?");
        }
        if around.is_some_and(|around| around.field(key).is_some()) {
            return ", but of the mapping around it; indent it less".to_owned();
        }
        let inside = |of: &Type| {
            let mut having = of.fields.iter().filter(|field| {
                let inner = self.types.get(field.of);
                inner.format != Format::Metadata && inner.rest == Rest::Refused && inner.field(key).is_some()
            });
            having.next().filter(|_| having.next().is_none()).map(|field| field.name.clone())
        };
        inside(of).map(|name| format!("; it goes into `{name}`")).unwrap_or_default()
    }
}
