//! Who may do what: rules of roles, and the bindings that hand them out.

use super::labels::Selector;
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
    /// `subjects`
    pub subjects: Vec<Subject>,
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

/// One of the subjects of a binding.
#[derive(Clone, Debug)]
pub struct Subject {
    /// `User`, `Group` or `ServiceAccount`.
    pub kind: Setting<String>,
    /// Its name.
    pub name: Setting<String>,
    /// The namespace of a service account.
    pub namespace: Setting<String>,
    /// The shortest text that stands for it: its name, or its first key.
    pub anchor: Span,
}

/// A ClusterRole that gathers the rules of others by their labels.
#[derive(Clone, Debug)]
pub struct Aggregation {
    /// The role.
    pub resource: ResourceId,
    /// What it gathers: roles that one of these selects.
    pub selectors: Vec<Selector>,
}

/// A ServiceAccount.
#[derive(Clone, Debug)]
pub struct Account {
    /// The object.
    pub resource: ResourceId,
    /// `automountServiceAccountToken`
    pub automount: Setting<bool>,
}

/// What a workload's pods run as.
#[derive(Clone, Debug)]
pub struct RunsAs {
    /// The workload: a number in the file's facts.
    pub workload: usize,
    /// The service account; unset is that of the namespace, `default`.
    pub account: Setting<String>,
    /// `automountServiceAccountToken`
    pub automount: Setting<bool>,
}

impl RunsAs {
    /// The name of the service account; `None` where it cannot be known.
    pub fn account_name(&self) -> Option<&str> {
        match &self.account {
            Setting::Unset => Some("default"),
            Setting::Set(name, _) if name.is_empty() => Some("default"),
            Setting::Set(name, _) => Some(name),
            Setting::Unknown(_) => None,
        }
    }
}
