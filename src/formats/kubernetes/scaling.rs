//! Disruption budgets and autoscalers: Kubernetes' own, and KEDA's.

use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::ports::Listed;
use crate::model::resource::ResourceId;
use crate::model::scaling::{Amount, Budget, ResourceMetric, Scaler, Scales};
use crate::model::setting::is_placeholder;
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource says about the number or size of pods.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let Some(spec) = root.get("spec") else { return };
    match (resource.group(), resource.kind()) {
        ("policy", "PodDisruptionBudget") => {
            facts.budgets.push(Budget {
                resource: id,
                selector: read::selector(spec, "selector"),
                min_available: amount(spec, "minAvailable"),
                max_unavailable: amount(spec, "maxUnavailable"),
            });
        }
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let scaler = scaler(id, spec, Scales::Out, "scaleTargetRef", "minReplicas", metrics(spec));
            facts.scalers.push(scaler);
        }
        ("keda.sh", "ScaledObject") => {
            let scaler = scaler(id, spec, Scales::Out, "scaleTargetRef", "minReplicaCount", triggers(spec));
            facts.scalers.push(scaler);
        }
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") if !only_recommends(spec) => {
            let scaler = scaler(id, spec, Scales::Up, "targetRef", "minReplicas", controlled(spec));
            facts.scalers.push(scaler);
        }
        _ => {}
    }
}

fn amount(spec: Node<'_>, key: &str) -> Setting<Amount> {
    Setting::read(spec, key, |node| {
        if let Some(count) = node.as_i64() {
            return Some(Amount::Count(count));
        }
        let text = node.as_str().filter(|text| !is_placeholder(text))?;
        match text.strip_suffix('%') {
            Some(percent) => percent.parse().ok().map(Amount::Percent),
            None => text.parse().ok().map(Amount::Count),
        }
    })
}

fn scaler(
    resource: ResourceId,
    spec: Node<'_>,
    scales: Scales,
    target: &str,
    min: &str,
    metrics: Listed<ResourceMetric>,
) -> Scaler {
    let target = spec.get(target);
    let text = |key| target.map_or(Setting::Unset, |target| Setting::text(target, key));
    let keda = min == "minReplicaCount";
    let kind = match (text("kind"), target) {
        // KEDA takes a Deployment where no kind is written.
        (Setting::Unset, Some(target)) if keda => Setting::Set("Deployment".to_owned(), target.span()),
        (kind, _) => kind,
    };
    Scaler { resource, scales, kind, name: text("name"), min: Setting::int(spec, min), metrics }
}

/// The resources that a `HorizontalPodAutoscaler` goes by, in every version of its API.
fn metrics(spec: Node<'_>) -> Listed<ResourceMetric> {
    let written = read::list(spec, "metrics", metric);
    let mut metrics = Listed { items: written.items.into_iter().flatten().collect(), open: written.open };
    if let Some(entry) = spec.entry("targetCPUUtilizationPercentage") {
        metrics.items.push(ResourceMetric {
            resource: "cpu".to_owned(),
            container: Setting::Unset,
            relative: true,
            span: entry.key.span(),
        });
    }
    metrics
}

fn metric(node: Node<'_>) -> Option<ResourceMetric> {
    let source = node.get("resource").or(node.get("containerResource"))?;
    let name = source.get("name").filter(|name| name.as_str().is_some())?;
    // The second is how the API of v2beta1 has it.
    let relative = source.at(&["target", "averageUtilization"]).or(source.get("targetAverageUtilization"));
    Some(ResourceMetric {
        resource: name.text().to_owned(),
        container: Setting::text(source, "container"),
        relative: relative.is_some(),
        span: read::content(name),
    })
}

/// The resources that a `ScaledObject` of KEDA goes by.
fn triggers(spec: Node<'_>) -> Listed<ResourceMetric> {
    let written = read::list(spec, "triggers", |node| {
        let kind = node.get("type").filter(|kind| matches!(kind.text(), "cpu" | "memory"))?;
        let metadata = node.get("metadata");
        let text = |node: Option<Node<'_>>, key| node.map_or(Setting::Unset, |node| Setting::text(node, key));
        let relative = text(Some(node), "metricType").or(text(metadata, "type"));
        Some(ResourceMetric {
            resource: kind.text().to_owned(),
            container: text(metadata, "containerName"),
            relative: relative.get().is_some_and(|kind| kind == "Utilization"),
            span: read::content(kind),
        })
    });
    Listed { items: written.items.into_iter().flatten().collect(), open: written.open }
}

/// The resources that a `VerticalPodAutoscaler` sets: both, unless its policies say otherwise.
fn controlled(spec: Node<'_>) -> Listed<ResourceMetric> {
    let policies = spec.at(&["resourcePolicy", "containerPolicies"]);
    let narrowed = policies.is_some_and(|list| {
        list.is_open()
            || list.kind() == Kind::Unknown
            || list
                .items()
                .any(|policy| policy.get("controlledResources").is_some() || policy.get("mode").is_some())
    });
    let span = spec.entry("targetRef").map_or(spec.span(), |entry| entry.key.span());
    let both = ["cpu", "memory"].map(|resource| ResourceMetric {
        resource: resource.to_owned(),
        container: Setting::Unset,
        relative: false,
        span,
    });
    let items = if narrowed { Vec::new() } else { both.into() };
    Listed { items, open: narrowed || spec.is_open() }
}

/// Whether a `VerticalPodAutoscaler` changes nothing by itself, or may be told not to by a template.
fn only_recommends(spec: Node<'_>) -> bool {
    let mode = spec.get("updatePolicy").map_or(Setting::Unset, |policy| Setting::text(policy, "updateMode"));
    mode.is_unknown() || mode.get().is_some_and(|mode| mode == "Off")
}
