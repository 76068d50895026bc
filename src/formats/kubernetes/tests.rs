//! Where pods hide, and how their security contexts merge.

use std::sync::Arc;

use crate::model::Facts;
use crate::model::coupling::Holder;
use crate::model::facts::FolderId;
use crate::model::security::Security;
use crate::model::workload::Role;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::{FileId, Span};

fn facts(text: &str) -> Facts {
    super::lower(&yaml::parse(FileId(0), Arc::from(text), Schema::Kubernetes).tree, FolderId(0))
}

fn chart(text: &str) -> Facts {
    super::lower(&yaml::parse_templated(FileId(0), Arc::from(text), Schema::Kubernetes).tree, FolderId(0))
}

/// Names of all containers, in order.
fn containers(text: &str) -> Vec<String> {
    facts(text).containers.iter().filter_map(|container| container.name.get().cloned()).collect()
}

#[test]
fn pods_are_found_in_every_kind_that_carries_one() {
    let pod = "containers: [{name: app, image: nginx}]";
    let cases = [
        ("v1", "Pod", format!("spec: {{{pod}}}")),
        ("apps/v1", "Deployment", format!("spec: {{template: {{spec: {{{pod}}}}}}}")),
        (
            "batch/v1",
            "CronJob",
            format!("spec: {{jobTemplate: {{spec: {{template: {{spec: {{{pod}}}}}}}}}}}"),
        ),
        ("v1", "PodTemplate", format!("template: {{spec: {{{pod}}}}}")),
        ("argoproj.io/v1alpha1", "Rollout", format!("spec: {{template: {{spec: {{{pod}}}}}}}")),
        ("serving.knative.dev/v1", "Service", format!("spec: {{template: {{spec: {{{pod}}}}}}}")),
        ("serving.knative.dev/v1", "Revision", format!("spec: {{{pod}}}")),
        (
            "keda.sh/v1alpha1",
            "ScaledJob",
            format!("spec: {{jobTargetRef: {{template: {{spec: {{{pod}}}}}}}}}"),
        ),
        (
            "argoproj.io/v1alpha1",
            "Workflow",
            "spec: {templates: [{container: {name: app, image: nginx}}]}".into(),
        ),
        (
            "argoproj.io/v1alpha1",
            "Workflow",
            "spec: {templates: [{script: {name: app, image: nginx}}]}".into(),
        ),
        ("tekton.dev/v1", "Task", "spec: {steps: [{name: app, image: nginx}]}".into()),
        (
            "tekton.dev/v1",
            "Pipeline",
            "spec: {tasks: [{taskSpec: {steps: [{name: app, image: nginx}]}}]}".into(),
        ),
        (
            "kubeflow.org/v1",
            "PyTorchJob",
            format!("spec: {{pytorchReplicaSpecs: {{Master: {{template: {{spec: {{{pod}}}}}}}}}}}"),
        ),
        ("batch.volcano.sh/v1alpha1", "Job", format!("spec: {{tasks: [{{template: {{spec: {{{pod}}}}}}}]}}")),
        (
            "example.org/v1",
            "Whatever",
            format!("spec: {{deep: [{{er: {{podTemplate: {{spec: {{{pod}}}}}}}}}]}}"),
        ),
    ];
    for (version, kind, rest) in cases {
        let text = format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x}}\n{rest}\n");
        assert_eq!(containers(&text), ["app"], "{version} {kind}");
    }
}

#[test]
fn lists_are_opened_and_definitions_are_not_searched() {
    let pod = "{apiVersion: v1, kind: Pod, spec: {containers: [{name: app, image: nginx}]}}";
    assert_eq!(containers(&format!("apiVersion: v1\nkind: List\nitems: [{pod}, {pod}]\n")), ["app", "app"]);
    assert_eq!(containers(&format!("apiVersion: v1\nkind: PodList\nitems: [{pod}]\n")), ["app"]);
    assert!(containers(&format!("apiVersion: v1\nkind: ConfigMap\ndata: {pod}\n")).is_empty());
}

#[test]
fn roles_are_told_apart() {
    let text = "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n    - {name: a, image: x}\n    \
                - {name: b, image: x, restartPolicy: Always}\n  containers: [{name: c, image: x}]\n  \
                ephemeralContainers: [{name: d, image: x}]\n";
    let roles: Vec<Role> = facts(text).containers.iter().map(|container| container.role).collect();
    assert_eq!(roles, [Role::Init, Role::Sidecar, Role::Main, Role::Ephemeral]);
}

#[test]
fn the_container_wins_over_the_pod_setting_by_setting() {
    let text = "apiVersion: v1\nkind: Pod\nspec:\n  securityContext: {runAsNonRoot: true, runAsUser: 7}\n  \
                containers:\n    - name: a\n      image: x\n      securityContext: {runAsUser: 0}\n";
    let facts = facts(text);
    let security = &facts.containers[0].security;
    assert_eq!((security.run_as_non_root.get(), security.run_as_user.get()), (Some(&true), Some(&0)));
    let zero = text.rfind("0}").unwrap();
    assert_eq!(security.run_as_user.span(), Some(Span::new(FileId(0), zero, zero + 1)));
    let key = text.rfind("securityContext").unwrap();
    assert_eq!(security.near, Span::new(FileId(0), key, key + "securityContext".len()));
}

#[test]
fn what_a_template_may_add_is_unknown() {
    let text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: x:{{ .Values.tag }}\n      \
                {{- toYaml .Values.extra | nindent 6 }}\n";
    let facts = chart(text);
    assert!(facts.containers[0].security.privileged.is_unknown());
    let image = facts.containers[0].image.as_ref().unwrap();
    assert_eq!((image.repository.text.as_str(), image.tag.as_ref().unwrap().text.as_str()), ("x", ""));
}

#[test]
fn generators_of_a_kustomization_define_what_they_make() {
    let facts = facts("configMapGenerator:\n- name: settings\n  literals: [A=1]\n");
    let names: Vec<_> =
        facts.definitions.iter().map(|one| (one.target.kind.as_ref(), one.name.get().cloned())).collect();
    assert_eq!(names, [("ConfigMap", Some("settings".to_owned()))]);
}

#[test]
fn an_object_that_could_not_be_read_to_its_end_is_a_fragment() {
    let facts = facts(
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: x\n    env: [\n---\n\
                       apiVersion: v1\nkind: Pod\nmetadata: {name: b}\n",
    );
    assert_eq!(facts.resources.iter().map(|one| one.fragment).collect::<Vec<_>>(), [true, false]);
    assert!(facts.containers[0].fragment);
}

#[test]
fn an_image_that_a_tool_builds_from_source_is_unknown() {
    let facts = facts(
        "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: a, image: 'ko://example.org/cmd/app'}]\n",
    );
    let image = facts.containers[0].image.as_ref().unwrap();
    assert!(image.hidden.is_some() && image.tag.is_none());
}

fn securities(pod: &str) -> Vec<Security> {
    facts(&format!("apiVersion: v1\nkind: Pod\n{pod}"))
        .containers
        .into_iter()
        .map(|container| container.security)
        .collect()
}

#[test]
fn the_containers_own_setting_wins() {
    let pod = "spec:\n  securityContext: {runAsGroup: 1, seLinuxOptions: {type: a, role: b}, windowsOptions: {hostProcess: true}}\n  containers:\n    - {name: a, image: a}\n    - {name: b, image: b, securityContext: {runAsGroup: 2, procMount: Unmasked, seLinuxOptions: {type: c}}}\n";
    let [a, b] = securities(pod).try_into().unwrap();
    assert_eq!([a.run_as_group.get(), b.run_as_group.get()], [Some(&1), Some(&2)]);
    assert_eq!([a.host_process.get(), b.host_process.get()], [Some(&true); 2]);
    assert_eq!(a.se_linux.role.get().map(String::as_str), Some("b"));
    assert!(b.se_linux.role.is_unset(), "a container's options replace its pod's");
    assert_eq!(b.proc_mount.get().map(String::as_str), Some("Unmasked"));
}

#[test]
fn annotations_stand_in_for_fields() {
    let pod = "metadata:\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/a: localhost/x\n    container.apparmor.security.beta.kubernetes.io/b: ''\n    seccomp.security.alpha.kubernetes.io/pod: docker/default\n    container.seccomp.security.alpha.kubernetes.io/b: unconfined\nspec:\n  containers:\n    - {name: a, image: a}\n    - {name: b, image: b}\n";
    let [a, b] = securities(pod).try_into().unwrap();
    assert_eq!(a.app_armor.get().map(String::as_str), Some("Localhost"));
    assert!(b.app_armor.is_unset());
    assert_eq!(a.seccomp.get().map(String::as_str), Some("RuntimeDefault"));
    assert_eq!(b.seccomp.get().map(String::as_str), Some("Unconfined"));
}

#[test]
fn files_of_settings_become_objects() {
    let text =
        "configMapGenerator:\n- name: web\n  files: [nginx.conf, default.conf=conf/x.conf, notes.txt]\n";
    let imports = facts(text).coupling.imports;
    let files: Vec<_> = imports.iter().map(|import| (import.holder, import.name.text.as_str())).collect();
    let web = Holder::Made(0);
    assert_eq!(files, [(web, "nginx.conf"), (web, "conf/x.conf")]);
}
