//! Images that a custom resource names outside of a container: an operator makes the container.

use super::read;
use crate::model::facts::Facts;
use crate::model::resource::ResourceId;
use crate::syntax::tree::Node;

/// Where such images stand, by group and kind; without a kind, for all of the group. Sources: the API references of
/// the projects.
const PATHS: &[(&str, &str, &[&[&str]])] = &[
    ("openfaas.com", "Function", &[&["image"]]),
    ("fission.io", "Environment", &[&["runtime", "image"], &["builder", "image"]]),
    (
        "serving.kserve.io",
        "InferenceService",
        &[
            &["predictor", "model", "image"],
            &["transformer", "model", "image"],
            &["explainer", "model", "image"],
        ],
    ),
    ("trainer.kubeflow.org", "TrainJob", &[&["trainer", "image"]]),
    ("sparkoperator.k8s.io", "SparkApplication", SPARK),
    ("elasticsearch.k8s.elastic.co", "", &[&["image"]]),
    ("kibana.k8s.elastic.co", "", &[&["image"]]),
    ("apm.k8s.elastic.co", "", &[&["image"]]),
    ("beat.k8s.elastic.co", "", &[&["image"]]),
    ("agent.k8s.elastic.co", "", &[&["image"]]),
    ("logstash.k8s.elastic.co", "", &[&["image"]]),
    ("postgresql.cnpg.io", "Cluster", &[&["imageName"]]),
    ("monitoring.coreos.com", "Prometheus", &[&["image"]]),
    ("monitoring.coreos.com", "Alertmanager", &[&["image"]]),
    ("monitoring.coreos.com", "ThanosRuler", &[&["image"]]),
];

const SPARK: &[&[&str]] = &[&["image"], &["driver", "image"], &["executor", "image"]];

/// Adds the images that the object names itself.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let (group, kind) = (resource.group(), resource.kind());
    if group.is_empty() {
        return;
    }
    let mut known = PATHS.iter();
    let Some((_, _, paths)) = known.find(|(of, name, _)| *of == group && (name.is_empty() || *name == kind))
    else {
        return;
    };
    let Some(spec) = root.get("spec") else { return };
    let images = paths.iter().filter_map(|path| spec.at(path)).filter_map(read::image);
    facts.images.extend(images);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::model::Facts;
    use crate::model::facts::FolderId;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    fn facts(version: &str, kind: &str, spec: &str) -> Facts {
        let text = format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {spec}\n");
        let tree = yaml::parse(FileId(0), Arc::from(text), Schema::Kubernetes).tree;
        super::super::lower(&tree, FolderId(0))
    }

    #[test]
    fn images_that_an_operator_puts_into_a_container_count() {
        let cases = [
            ("openfaas.com/v1", "Function", "{image: 'app:1'}", 1),
            ("fission.io/v1", "Environment", "{runtime: {image: 'app:1'}, builder: {image: 'build:1'}}", 2),
            ("serving.kserve.io/v1beta1", "InferenceService", "{predictor: {model: {image: 'app:1'}}}", 1),
            ("trainer.kubeflow.org/v1alpha1", "TrainJob", "{trainer: {image: 'app:1'}}", 1),
            ("sparkoperator.k8s.io/v1beta2", "SparkApplication", "{image: 'a:1', driver: {image: 'b:1'}}", 2),
            ("kibana.k8s.elastic.co/v1", "Kibana", "{image: 'app:1'}", 1),
            ("postgresql.cnpg.io/v1", "Cluster", "{imageName: 'app:1'}", 1),
            ("cluster.x-k8s.io/v1beta1", "Cluster", "{imageName: 'app:1'}", 0),
        ];
        for (version, kind, spec, count) in cases {
            assert_eq!(facts(version, kind, spec).images.len(), count, "{kind}");
        }
    }

    #[test]
    fn pods_for_machine_learning_are_found_by_shape() {
        let template = "{template: {spec: {containers: [{name: app, image: nginx}]}}}";
        let cases = [
            ("kubeflow.org/v1", "Notebook", template.to_owned()),
            (
                "serving.kserve.io/v1beta1",
                "InferenceService",
                "{predictor: {containers: [{name: app, image: nginx}]}}".into(),
            ),
            (
                "serving.kserve.io/v1alpha1",
                "ClusterServingRuntime",
                "{containers: [{name: app, image: nginx}]}".into(),
            ),
            ("ray.io/v1", "RayCluster", format!("{{headGroupSpec: {template}}}")),
            ("kubeflow.org/v1", "PyTorchJob", format!("{{pytorchReplicaSpecs: {{Master: {template}}}}}")),
            (
                "kubeflow.org/v1beta1",
                "Experiment",
                format!("{{trialTemplate: {{trialSpec: {{spec: {template}}}}}}}"),
            ),
        ];
        for (version, kind, spec) in cases {
            assert_eq!(facts(version, kind, &spec).containers.len(), 1, "{kind}");
        }
    }
}
