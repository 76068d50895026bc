//! Names of hosts inside the cluster: `web`, `web.shop.svc.cluster.local`.

use crate::model::resource::Resource;

/// A Service as the mesh names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Host<'p> {
    /// The name of the Service.
    pub(super) service: &'p str,
    /// Its namespace; `None` is that of the release.
    pub(super) namespace: Option<&'p str>,
}

impl<'p> Host<'p> {
    /// Reads a host as an object says it; `None` if it may be outside of the cluster.
    pub(super) fn read(text: &'p str, from: &'p Resource) -> Option<Host<'p>> {
        if text.contains('*') || text.is_empty() {
            return None;
        }
        let Some((service, rest)) = text.split_once('.') else {
            return Some(Host { service: text, namespace: from.namespace.get().map(String::as_str) });
        };
        let (namespace, domain) = rest.split_once('.')?;
        // Clusters with another domain than `cluster.local` have `svc` at the same place.
        let inside = domain == "svc" || domain.starts_with("svc.");
        inside.then_some(Host { service, namespace: Some(namespace) })
    }

    /// Whether both may be the same Service.
    pub(super) fn may_be(&self, other: &Host<'_>) -> bool {
        self.service == other.service
            && (self.namespace.is_none() || other.namespace.is_none() || self.namespace == other.namespace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Setting;
    use crate::model::labels::Labels;
    use crate::syntax::tree::NodeId;
    use crate::text::{FileId, Span};

    #[test]
    fn short_and_full_names_meet_and_foreign_ones_are_left_alone() {
        let span = Span::at(FileId(0), 0);
        let from = Resource {
            api_version: Setting::Unset,
            kind: Setting::Unset,
            name: Setting::Unset,
            namespace: Setting::Set("shop".to_owned(), span),
            labels: Labels::default(),
            annotations: Labels::default(),
            node: NodeId(0),
            span,
            anchor: span,
            fragment: false,
            patched: false,
            made: false,
            block: None,
        };
        let host = |text| Host::read(text, &from);
        assert_eq!(host("web"), host("web.shop.svc.cluster.local"));
        assert_eq!(host("web.shop.svc"), host("web"));
        assert_ne!(host("web"), host("web.test.svc.cluster.local"));
        assert_eq!(host("example.com"), None);
        assert_eq!(host("api.example.com"), None);
        assert_eq!(host("*.shop.svc.cluster.local"), None);
    }
}
