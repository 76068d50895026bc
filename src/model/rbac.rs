//! Who may do what: rules of roles, and the bindings that hand them out.

use super::resource::ResourceId;
use super::workload::Word;
use super::{Field, Record, Setting};
use crate::text::Span;

/// One rule of a Role or ClusterRole.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The role.
    pub resource: ResourceId,
    /// `verbs`
    pub verbs: Setting<Vec<Word>>,
    /// `resources`
    pub resources: Setting<Vec<Word>>,
    /// `apiGroups`
    pub api_groups: Setting<Vec<Word>>,
    /// `resourceNames`
    pub resource_names: Setting<Vec<Word>>,
    /// The shortest text that stands for it: its first key.
    pub anchor: Span,
}

impl Record for Grant {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "verbs" => Word::field(&self.verbs, self.anchor),
            "resources" => Word::field(&self.resources, self.anchor),
            "apiGroups" => Word::field(&self.api_groups, self.anchor),
            "resourceNames" => Word::field(&self.resource_names, self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }

    fn item_span(&self, name: &str, text: &str) -> Option<Span> {
        match name {
            "verbs" => Word::find(&self.verbs, text),
            "resources" => Word::find(&self.resources, text),
            "apiGroups" => Word::find(&self.api_groups, text),
            "resourceNames" => Word::find(&self.resource_names, text),
            _ => None,
        }
    }
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The object.
    pub resource: ResourceId,
    /// `roleRef.kind`
    pub role_kind: Setting<String>,
    /// `roleRef.name`
    pub role_name: Setting<String>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

impl Record for Binding {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "roleKind" => Field::string(&self.role_kind, self.anchor),
            "roleName" => Field::string(&self.role_name, self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
