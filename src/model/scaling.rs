//! What keeps pods running and changes how many there are: disruption budgets and autoscalers.

use super::Setting;
use super::labels::Selector;
use super::ports::Listed;
use super::resource::ResourceId;
use crate::text::Span;

/// A number of pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Count(i64),
    /// So many of a hundred.
    Percent(i64),
}

impl Amount {
    /// How many of `total` these are; parts of a pod count as one, as the disruption controller has it.
    pub fn of(self, total: i64) -> i64 {
        match self {
            Amount::Count(count) => count,
            Amount::Percent(percent) => {
                let parts = total.saturating_mul(percent);
                parts / 100 + i64::from(parts % 100 > 0)
            }
        }
    }
}

/// A `PodDisruptionBudget`.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The object.
    pub resource: ResourceId,
    /// `spec.selector`; `None` when it has none.
    pub selector: Option<Selector>,
    /// `spec.minAvailable`
    pub min_available: Setting<Amount>,
    /// `spec.maxUnavailable`
    pub max_unavailable: Setting<Amount>,
}

/// What an autoscaler changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scales {
    /// How many pods there are: a `HorizontalPodAutoscaler`, or KEDA's `ScaledObject`, which makes one.
    Out,
    /// How much each of them asks for: a `VerticalPodAutoscaler`.
    Up,
}

/// Something that scales a workload.
#[derive(Clone, Debug)]
pub struct Scaler {
    /// The object.
    pub resource: ResourceId,
    /// What it changes.
    pub scales: Scales,
    /// The kind of the target.
    pub kind: Setting<String>,
    /// The name of the target.
    pub name: Setting<String>,
    /// `spec.minReplicas`
    pub min: Setting<i64>,
    /// The resources that it goes by: `cpu`, `memory`.
    pub metrics: Listed<ResourceMetric>,
}

/// A resource that an autoscaler goes by.
#[derive(Clone, Debug)]
pub struct ResourceMetric {
    /// `cpu` or `memory`.
    pub resource: String,
    /// The container it is measured in; all of them where none is written.
    pub container: Setting<String>,
    /// Whether it is measured against what the containers request.
    pub relative: bool,
    /// Where it is written.
    pub span: Span,
}

/// A `ServiceMonitor` or `PodMonitor`.
#[derive(Clone, Debug)]
pub struct Monitor {
    /// The object.
    pub resource: ResourceId,
    /// Whether it selects Services rather than pods.
    pub of_services: bool,
    /// `spec.selector`; `None` when it has none.
    pub selector: Option<Selector>,
    /// Whether it looks only into its own namespace.
    pub own_namespace: bool,
    /// The names of the ports that are scraped.
    pub ports: Vec<Setting<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_pod_count_as_one() {
        assert_eq!(Amount::Percent(50).of(3), 2);
        assert_eq!(Amount::Percent(100).of(3), 3);
        assert_eq!(Amount::Percent(0).of(3), 0);
        assert_eq!(Amount::Count(7).of(3), 7);
    }
}
