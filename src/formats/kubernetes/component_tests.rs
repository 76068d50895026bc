//! How components are found in pods and read from files, and where their flags stand.

use std::sync::Arc;

use crate::model::component::{Component, Source};
use crate::model::facts::{Facts, FolderId};
use crate::model::flags::Lists;
use crate::model::workload::ContainerView;
use crate::model::{Field, Record, Setting, Value};
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::{FileId, Span};

fn facts(text: &str) -> Facts {
    let tree = if text.contains("{{") {
        yaml::parse_templated(FileId(0), Arc::from(text), Schema::Kubernetes).tree
    } else {
        yaml::parse(FileId(0), Arc::from(text), Schema::Kubernetes).tree
    };
    super::lower(&tree, FolderId(0))
}

/// A pod whose container has these keys, in flow style.
fn pod(container: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - {{name: a, {container}}}\n"
    )
}

fn component(text: &str) -> Option<Component> {
    facts(text).components.into_iter().next()
}

/// The names of the components of a container with these keys.
fn names(container: &str) -> Vec<&'static str> {
    facts(&pod(container)).components.iter().map(|component| component.name).collect()
}

/// The value of a flag, and the text that is underlined for it.
fn flag<'t>(text: &'t str, name: &str) -> (String, &'t str) {
    let component = component(text).unwrap();
    let word = match component.flags.field(name) {
        Field::Set(Value::String(value), _) => value.into_owned(),
        Field::Unset(..) => "absent".to_owned(),
        Field::Unknown(_) => "unknown".to_owned(),
        _ => "something else".to_owned(),
    };
    (word, &text[component.flags.field(name).span().range()])
}

fn is(text: &str, name: &str, value: &str, place: &str) {
    assert_eq!(flag(text, name), (value.to_owned(), place), "{name} in {text}");
}

#[test]
fn programs_are_found_behind_folders_shells_and_starters() {
    assert_eq!(names("image: a, command: [/usr/local/bin/kube-apiserver]"), ["kube-apiserver"]);
    assert_eq!(names("image: a, args: [kubelet, --v=2]"), ["kubelet"]);
    assert_eq!(names("image: a, command: [/hyperkube, apiserver]"), ["kube-apiserver"]);
    assert_eq!(
        names("image: a, command: [/go-runner, --log-file=/x, kube-scheduler, --v=2]"),
        ["kube-scheduler"]
    );
    assert_eq!(names("image: a, command: [sh, -c, 'set -e; exec kube-proxy --v=2 2>&1']"), ["kube-proxy"]);
    assert_eq!(names("image: 'r.io/kube-apiserver-amd64:v1.6.0', args: [--v=2]"), ["kube-apiserver"]);
}

#[test]
fn what_only_looks_like_a_component_is_none() {
    assert_eq!(names("image: r.io/etcd"), [""; 0]);
    assert_eq!(names("image: r.io/kube-apiserver, command: [sleep, infinity]"), [""; 0]);
    assert_eq!(names("image: a, command: [kube-bench, --config, kubelet]"), [""; 0]);
    assert_eq!(names("image: a, command: [etcd, gateway, start]"), [""; 0]);
    assert_eq!(names("image: a, command: [kubelet, --version]"), [""; 0]);
    assert_eq!(names("image: a, command: [sh, -c, 'until etcdctl get x; do sleep 1; done']"), [""; 0]);
}

#[test]
fn a_flag_stands_at_its_value_and_a_missing_one_at_the_program() {
    let text =
        pod("image: a, command: [kube-apiserver, --a=1, --b, two, --c, '--d=x,y', --a=3], args: [--e=]");
    is(&text, "a", "3", "3");
    is(&text, "b", "two", "two");
    is(&text, "c", "true", "--c");
    is(&text, "d", "x,y", "x,y");
    is(&text, "e", "", "--e=");
    is(&text, "f", "absent", "kube-apiserver");
    let found = component(&text).unwrap();
    let item = Lists(&found.flags).item_span("d", "y").unwrap();
    assert_eq!(&text[item.range()], "y");
}

#[test]
fn flags_in_a_script_have_places_too() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: b\n    command:\n    - sh\n    - -c\n    - |\n      exec kube-apiserver \\\n        --a=1 \\\n        --b=\"two\" --c=$C\n";
    is(text, "a", "1", "1");
    is(text, "b", "two", "two");
    assert_eq!(flag(text, "c").0, "unknown");
    is(text, "d", "absent", "kube-apiserver");
}

#[test]
fn what_is_filled_in_elsewhere_is_unknown() {
    let text = pod("image: a, command: [kubelet, --a=$(A), --b, $(B), --c=3]");
    assert_eq!(flag(&text, "a").0, "unknown");
    assert_eq!(flag(&text, "b").0, "unknown");
    assert_eq!(flag(&text, "c").0, "3");
    // What stands for one word may stand for several.
    assert_eq!(flag(&text, "d").0, "unknown");
    let chart = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: b\n    command:\n    - etcd\n    - --a={{ .Values.a }}\n    {{- range .Values.args }}\n    - {{ . }}\n    {{- end }}\n";
    assert_eq!(flag(chart, "a").0, "unknown");
    assert_eq!(flag(chart, "b").0, "unknown");
}

#[test]
fn a_file_of_its_own_holds_what_the_command_line_lacks() {
    let text = pod("image: a, command: [kubelet, --config=/x]");
    assert_eq!(flag(&text, "anonymous-auth").0, "unknown");
    assert_eq!(flag(&text, "hostname-override").0, "absent");
    let file = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 0\ntlsCipherSuites: [A, B]\nfeatureGates: {X: no}\n";
    is(file, "read-only-port", "0", "0");
    is(file, "tls-cipher-suites", "A,B", "A");
    is(file, "feature-gates", "X=false", "no");
    is(file, "anonymous-auth", "absent", "KubeletConfiguration");
    assert_eq!(flag(file, "hostname-override").0, "unknown");
    assert!(!component(file).unwrap().fragment);
}

#[test]
fn etcd_takes_flags_from_variables() {
    let text = pod(
        "image: a, command: [etcd, --a-b=1], env: [{name: ETCD_A_B, value: '2'}, {name: ETCD_C, value: 'true'}]",
    );
    is(&text, "a-b", "1", "1");
    is(&text, "c", "true", "true");
    let text = pod("image: a, command: [etcd], envFrom: [{secretRef: {name: x}}]");
    assert_eq!(flag(&text, "a").0, "unknown");
}

#[test]
fn kubeadm_adds_to_what_it_sets_itself() {
    let head = "kind: ClusterConfiguration\nkubernetesVersion: v1.31.2\n";
    let map = format!(
        "apiVersion: kubeadm.k8s.io/v1beta3\n{head}apiServer:\n  extraArgs:\n    profiling: \"false\"\n"
    );
    let list = format!(
        "apiVersion: kubeadm.k8s.io/v1beta4\n{head}apiServer:\n  extraArgs:\n  - name: profiling\n    value: \"false\"\n"
    );
    for text in [&map, &list] {
        is(text, "profiling", "false", "false");
        is(text, "authorization-mode", "Node,RBAC", "extraArgs");
        is(text, "audit-log-path", "absent", "extraArgs");
        assert_eq!(component(text).unwrap().minor.get(), Some(&31));
    }
    let names: Vec<&str> = facts(&map).components.iter().map(|component| component.name).collect();
    assert_eq!(names, ["kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler"]);
    let outside =
        "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\netcd: {external: {caFile: /ca}}\n";
    is(outside, "etcd-cafile", "/ca", "/ca");
    is(outside, "etcd-certfile", "absent", "ClusterConfiguration");
}

#[test]
fn cluster_api_carries_kubeadm() {
    let text = "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nmetadata: {name: a}\nspec:\n  kubeadmConfigSpec:\n    clusterConfiguration:\n      apiServer: {extraArgs: {profiling: 'false'}}\n    initConfiguration:\n      nodeRegistration:\n        kubeletExtraArgs: {node-ip: $(IP)}\n";
    let facts = facts(text);
    let found: Vec<(&str, Source)> =
        facts.components.iter().map(|found| (found.name, found.source)).collect();
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|(_, source)| *source == Source::Kubeadm));
    assert!(found.iter().any(|(name, _)| *name == "kubelet"));
    is(text, "profiling", "false", "false");
}

#[test]
fn a_file_that_kubeadm_completes_lacks_less() {
    let file = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\ncgroupDriver: systemd\n---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n";
    assert_eq!(flag(file, "rotate-certificates").0, "true");
}

#[test]
fn a_version_is_read_from_the_image() {
    let minor =
        |image: &str| component(&pod(&format!("image: '{image}', command: [kubelet]"))).unwrap().minor;
    assert_eq!(minor("r.io/kubelet:v1.33.1").get(), Some(&33));
    assert_eq!(minor("r.io/kubelet:latest"), Setting::Unset);
}

#[test]
fn any_container_has_a_program_and_flags() {
    let text = pod("image: a, command: [/bin/agent], args: [-v=1, --level, high]");
    let tree = yaml::parse(FileId(0), Arc::from(text.as_str()), Schema::Kubernetes).tree;
    let facts = super::lower(&tree, FolderId(0));
    let view = ContainerView::new(&facts.containers[0], &tree);
    let Field::Set(Value::String(program), place) = view.field("program") else { panic!("no program") };
    assert_eq!((program.as_ref(), &text[place.range()]), ("agent", "agent"));
    let Field::Set(Value::Record(flags), _) = view.field("flags") else { panic!("no flags") };
    let place = |span: Span| &text[span.range()];
    assert_eq!(place(flags.field("level").span()), "high");
    assert_eq!(place(flags.field("v").span()), "1");
    assert!(!flags.field("other").is_set());
}
