//! Labels and the selectors that match them, three-valued: yes, no, or not knowable.

use super::Setting;
use crate::text::Span;

/// The labels of an object or a pod template.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Keys with their values, in order.
    pub pairs: Vec<Label>,
    /// Whether a template may add more than is written.
    pub open: bool,
    /// The key they stand under, if there is one.
    pub span: Option<Span>,
}

/// One label, written or wanted.
#[derive(Clone, Debug)]
pub struct Label {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Setting<String>,
    /// Key and value as written.
    pub span: Span,
}

/// Keys of the labels that controllers give. Source:
/// <https://kubernetes.io/docs/reference/labels-annotations-taints/>.
const GIVEN_LATER: &[&str] = &[
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
];

impl Label {
    /// Whether a controller gives this label to pods when they run, so that no file need have it.
    pub fn is_given_later(&self) -> bool {
        GIVEN_LATER.contains(&self.key.as_str())
    }
}

impl Labels {
    /// The label with this key.
    pub fn get(&self, key: &str) -> Option<&Label> {
        self.pairs.iter().find(|label| label.key == key)
    }

    /// Whether nothing is written and nothing may be added.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && !self.open
    }

    /// Whether it may hold labels, or values, that are not known.
    pub fn is_vague(&self) -> bool {
        self.open || self.pairs.iter().any(|label| label.value.is_unknown())
    }

    /// Whether the label `wanted` is here with the same value.
    pub fn carries(&self, wanted: &Label) -> Option<bool> {
        let Some(label) = self.get(&wanted.key) else {
            return if self.open || wanted.is_given_later() { None } else { Some(false) };
        };
        Some(label.value.get()? == wanted.value.get()?)
    }
}

/// A condition on labels.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// All of these must be carried.
    pub labels: Labels,
    /// All of these must hold.
    pub requirements: Vec<Requirement>,
    /// The key it stands under.
    pub span: Option<Span>,
}

/// One of `matchExpressions`.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The label it is about.
    pub key: Setting<String>,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: Setting<String>,
    /// The values; `None` when one cannot be known.
    pub values: Option<Vec<String>>,
    /// The whole requirement.
    pub span: Span,
}

impl Requirement {
    /// Whether `labels` meet it.
    pub fn holds(&self, labels: &Labels) -> Option<bool> {
        let label = labels.get(self.key.get()?);
        if label.is_none() && labels.open {
            return None;
        }
        let within = || {
            let value = label.map(|label| label.value.get());
            match value {
                Some(None) => None,
                Some(Some(value)) => Some(self.values.as_ref()?.contains(value)),
                None => Some(false),
            }
        };
        match self.operator.get()?.as_str() {
            "In" => within(),
            "NotIn" => within().map(|found| !found),
            "Exists" => Some(label.is_some()),
            "DoesNotExist" => Some(label.is_none()),
            _ => None,
        }
    }
}

impl Selector {
    /// Whether it selects these labels; an empty selector selects all.
    pub fn selects(&self, labels: &Labels) -> Option<bool> {
        let wanted = self.labels.pairs.iter().map(|label| labels.carries(label));
        let required = self.requirements.iter().map(|requirement| requirement.holds(labels));
        let mut unknown = self.labels.open;
        for verdict in wanted.chain(required) {
            match verdict {
                Some(false) => return Some(false),
                None => unknown = true,
                Some(true) => {}
            }
        }
        if unknown { None } else { Some(true) }
    }

    /// Whether it has no condition at all.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.requirements.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn labels(pairs: &[(&str, Option<&str>)], open: bool) -> Labels {
        let span = Span::at(FileId(0), 0);
        let setting = |value: Option<&str>| match value {
            Some(value) => Setting::Set(value.to_owned(), span),
            None => Setting::Unknown(span),
        };
        let pairs =
            pairs.iter().map(|(key, value)| Label { key: (*key).into(), value: setting(*value), span });
        Labels { pairs: pairs.collect(), open, span: None }
    }

    fn selector(pairs: &[(&str, Option<&str>)]) -> Selector {
        Selector { labels: labels(pairs, false), ..Selector::default() }
    }

    #[test]
    fn a_known_difference_beats_an_unknown() {
        let pod = labels(&[("app", Some("web")), ("tier", None)], false);
        assert_eq!(selector(&[("app", Some("web"))]).selects(&pod), Some(true));
        assert_eq!(selector(&[("tier", Some("x"))]).selects(&pod), None);
        assert_eq!(selector(&[("tier", Some("x")), ("app", Some("api"))]).selects(&pod), Some(false));
    }

    #[test]
    fn a_label_that_controllers_add_is_unknown() {
        let pod = labels(&[("app", Some("db"))], false);
        let one = selector(&[("app", Some("db")), ("statefulset.kubernetes.io/pod-name", Some("db-0"))]);
        assert_eq!(one.selects(&pod), None);
    }

    #[test]
    fn a_label_that_a_template_may_add_is_unknown() {
        assert_eq!(selector(&[("app", Some("web"))]).selects(&labels(&[], true)), None);
        assert_eq!(selector(&[("app", Some("web"))]).selects(&labels(&[], false)), Some(false));
    }
}
