//! Which references are read, and from where.

use std::sync::Arc;

use crate::model::Facts;
use crate::model::facts::FolderId;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::FileId;

fn facts(text: &str) -> Facts {
    let tree = yaml::parse(FileId(0), Arc::from(text), Schema::Kubernetes).tree;
    super::super::lower(&tree, FolderId(0))
}

/// Every reference as `kind namespace/name part`; what is not known is `?`, what is not written nothing.
fn read(version: &str, kind: &str, rest: &str) -> Vec<String> {
    let text =
        format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: x, namespace: own}}\n{rest}\n");
    let shown = |setting: &crate::model::Setting<String>| {
        if setting.is_unknown() { "?".to_owned() } else { setting.get().cloned().unwrap_or_default() }
    };
    let references = facts(&text).references;
    let lines = references.iter().map(|one| {
        let (namespace, name, part) = (shown(&one.namespace), shown(&one.name), shown(&one.part));
        format!("{} {namespace}/{name} {part}", one.target.kind).trim_end().to_owned()
    });
    lines.collect()
}

#[test]
fn backends_of_every_version() {
    let old = "spec: {backend: {serviceName: a, servicePort: 80}}";
    assert_eq!(read("networking.k8s.io/v1beta1", "Ingress", old), ["Service own/a 80"]);
    let new = "spec: {ingressClassName: c, tls: [{secretName: t}], rules: [{http: {paths: [{backend: \
               {service: {name: a, port: {name: http}}}}]}}]}";
    let found = ["Service own/a http", "Secret own/t", "IngressClass /c"];
    assert_eq!(read("networking.k8s.io/v1", "Ingress", new), found);
    let route = "spec: {parentRefs: [{name: g, namespace: ns, sectionName: s}], rules: [{backendRefs: \
                 [{name: a, port: 80}, {kind: ServiceImport, group: multicluster.x-k8s.io, name: b}]}]}";
    let found = ["Gateway ns/g s", "Service own/a 80", "ServiceImport own/b"];
    assert_eq!(read("gateway.networking.k8s.io/v1", "HTTPRoute", route), found);
}

#[test]
fn what_pods_need() {
    let pod = "spec: {serviceAccountName: s, priorityClassName: p, imagePullSecrets: [{name: i}], containers: \
               [{name: a, env: [{name: A, valueFrom: {secretKeyRef: {name: k, key: x}}}]}], volumes: \
               [{configMap: {name: m, items: [{key: yy}]}}, {persistentVolumeClaim: {claimName: '${C}'}}]}";
    let found = [
        "Secret own/k x",
        "ConfigMap own/m yy",
        "ConfigMap own/m",
        "PersistentVolumeClaim own/?",
        "ServiceAccount own/s",
        "Secret own/i",
        "PriorityClass /p",
    ];
    assert_eq!(read("v1", "Pod", pod), found);
}

#[test]
fn what_the_cluster_looks_up() {
    let binding = "roleRef: {kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: s, namespace: ns}, \
                   {kind: User, name: u}]";
    let version = "rbac.authorization.k8s.io/v1";
    assert_eq!(read(version, "RoleBinding", binding), ["Role own/r", "ServiceAccount ns/s"]);
    let webhook = "webhooks: [{clientConfig: {service: {name: w, namespace: ns}}}]";
    let version = "admissionregistration.k8s.io/v1";
    assert_eq!(read(version, "MutatingWebhookConfiguration", webhook), ["Service ns/w 443"]);
    let scaler = "spec: {scaleTargetRef: {name: d}, triggers: [{authenticationRef: {name: t}}]}";
    let found = ["Deployment own/d", "TriggerAuthentication own/t"];
    assert_eq!(read("keda.sh/v1alpha1", "ScaledObject", scaler), found);
}

#[test]
fn what_is_no_name_stands_for_one() {
    let claim = "spec: {storageClassName: <YOUR_CLASS>}";
    assert_eq!(read("v1", "PersistentVolumeClaim", claim), ["StorageClass /?"]);
    let claim = "spec: {storageClassName: ''}";
    assert!(read("v1", "PersistentVolumeClaim", claim).is_empty());
}
