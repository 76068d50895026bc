//! Where a resource keeps its pod templates, by kind; anything else is searched by shape.

use crate::model::resource::Resource;
use crate::syntax::tree::{Kind, Node};

/// A pod template found in a resource.
#[expect(clippy::struct_field_names, reason = "`template` is the key in the manifest")]
pub(super) struct Template<'t> {
    /// The mapping with `metadata` and `spec`; `None` where only the spec exists.
    pub(super) template: Option<Node<'t>>,
    /// The pod's spec.
    pub(super) pod: Node<'t>,
    /// Keys of the pod's spec that hold lists of main containers, beside `initContainers` and `ephemeralContainers`.
    pub(super) mains: &'static [&'static str],
    /// Whether its pods run to completion.
    pub(super) batch: bool,
}

/// How deep the search by shape goes: deeper than any known operator's template.
const MAX_DEPTH: usize = 24;

const CONTAINERS: &[&str] = &["containers"];
/// Argo: `container` and `script` are single containers, `sidecars` a list. Tekton: `steps`, `sidecars`, one `stepTemplate`.
const STEPS: &[&str] = &["containers", "container", "script", "steps", "sidecars"];

/// Kinds whose template stands in one place. Sources: the API references of Kubernetes, Argo Rollouts, Knative, KEDA.
const FIXED: &[(&str, &[&str], bool)] = &[
    ("Pod", &[], false),
    ("Deployment", &["spec", "template"], false),
    ("StatefulSet", &["spec", "template"], false),
    ("DaemonSet", &["spec", "template"], false),
    ("ReplicaSet", &["spec", "template"], false),
    ("ReplicationController", &["spec", "template"], false),
    ("Job", &["spec", "template"], true),
    ("CronJob", &["spec", "jobTemplate", "spec", "template"], true),
    ("PodTemplate", &["template"], false),
    ("Rollout", &["spec", "template"], false),
    ("ScaledJob", &["spec", "jobTargetRef", "template"], true),
];

/// Kinds of other tools whose pods run to completion.
const BATCH: &[&str] = &[
    "Workflow",
    "WorkflowTemplate",
    "ClusterWorkflowTemplate",
    "CronWorkflow",
    "Task",
    "TaskRun",
    "ClusterTask",
    "Pipeline",
    "PipelineRun",
    "ScaledJob",
    "JobSet",
    "PyTorchJob",
    "TFJob",
    "MPIJob",
    "PaddleJob",
    "XGBoostJob",
    "SparkApplication",
    "TrainJob",
];

/// Kinds that hold lists called `containers` or `steps` without running them, that only describe others, or that
/// are large and never hold a pod; with their groups, as other groups have kinds of the same names.
const INERT: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "ConfigMap",
            "Secret",
            "Service",
            "ServiceAccount",
            "Namespace",
            "PersistentVolume",
            "PersistentVolumeClaim",
        ],
    ),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("rbac.authorization.k8s.io", &["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]),
    ("networking.k8s.io", &["Ingress", "NetworkPolicy"]),
    ("kustomize.config.k8s.io", &["Kustomization", "Component"]),
    ("monitoring.coreos.com", &["PrometheusRule"]),
    ("kyverno.io", &["ClusterPolicy", "Policy"]),
    ("templates.gatekeeper.sh", &["ConstraintTemplate"]),
];

/// All pod templates of a resource.
pub(super) fn find<'t>(resource: &Resource, root: Node<'t>) -> Vec<Template<'t>> {
    let kind = resource.kind();
    if INERT.iter().any(|(group, kinds)| *group == resource.group() && kinds.contains(&kind)) {
        return Vec::new();
    }
    let fixed = FIXED.iter().find(|(name, ..)| *name == kind).and_then(|(_, path, batch)| {
        let template = root.at(path)?;
        let pod = template.get("spec").filter(|pod| matches!(pod.kind(), Kind::Mapping | Kind::Unknown))?;
        Some(Template { template: Some(template), pod, mains: CONTAINERS, batch: *batch })
    });
    // A kind of the same name in another group may keep its pods elsewhere.
    fixed.map_or_else(|| search_all(root, BATCH.contains(&kind)), |template| vec![template])
}

fn search_all(root: Node<'_>, batch: bool) -> Vec<Template<'_>> {
    let mut found = Vec::new();
    search(root, batch, &mut found);
    found
}

/// Finds every mapping that looks like a pod's spec, without following aliases.
fn search<'t>(root: Node<'t>, batch: bool, found: &mut Vec<Template<'t>>) {
    let mut stack = vec![(root, None, 0)];
    while let Some((node, parent, depth)) = stack.pop() {
        if node.is_alias() || depth > MAX_DEPTH {
            continue;
        }
        if is_pod(node, batch) {
            let mains = if batch { STEPS } else { CONTAINERS };
            found.push(Template { template: parent, pod: node, mains, batch });
            continue;
        }
        let from = stack.len();
        stack.extend(node.own_entries().map(|entry| (entry.value, Some(node), depth + 1)));
        stack.extend(node.items().map(|item| (item, Some(node), depth + 1)));
        stack[from..].reverse();
    }
}

fn is_pod(node: Node<'_>, batch: bool) -> bool {
    if node.kind() != Kind::Mapping {
        return false;
    }
    let keys = if batch { STEPS } else { CONTAINERS };
    keys.iter().filter_map(|key| node.get(key)).any(|value| match value.kind() {
        Kind::Sequence => value.items().any(is_container),
        Kind::Mapping => is_container(value),
        _ => false,
    })
}

fn is_container(node: Node<'_>) -> bool {
    node.kind() == Kind::Mapping && node.get("image").is_some_and(|image| image.style().is_some())
}
