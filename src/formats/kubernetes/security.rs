//! Security contexts: a container's own over its pod's, setting by setting, and the annotations that came before them.

use super::read;
use super::templates::Template;
use crate::model::Setting;
use crate::model::security::{SeLinux, Security};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// The security context of `container`, which is called `name` and stands at `anchor`.
pub(super) fn lower(
    container: Node<'_>,
    name: &Setting<String>,
    template: &Template<'_>,
    anchor: Span,
) -> Security {
    let own = Context::of(container, anchor);
    let pod = Context::of(template.pod, anchor);
    let annotations = template.template.and_then(|template| template.at(&["metadata", "annotations"]));
    let legacy = Annotations { node: annotations, container: name };
    Security {
        privileged: own.bool("privileged"),
        allow_privilege_escalation: own.bool("allowPrivilegeEscalation"),
        run_as_non_root: own.bool("runAsNonRoot").or(pod.bool("runAsNonRoot")),
        run_as_user: own.int("runAsUser").or(pod.int("runAsUser")),
        run_as_group: own.int("runAsGroup").or(pod.int("runAsGroup")),
        read_only_root: own.bool("readOnlyRootFilesystem"),
        proc_mount: own.text("procMount"),
        seccomp: own.profile("seccompProfile").or(pod.profile("seccompProfile")).or(legacy.seccomp()),
        // The container's annotation is older than the field, and stands for its own setting.
        app_armor: own.profile("appArmorProfile").or(legacy.app_armor()).or(pod.profile("appArmorProfile")),
        se_linux: se_linux(&own, &pod),
        host_process: own.host_process().or(pod.host_process()),
        capabilities_add: own.words("capabilities", "add"),
        capabilities_drop: own.words("capabilities", "drop"),
        near: own.near,
    }
}

fn se_linux(own: &Context<'_>, pod: &Context<'_>) -> SeLinux {
    let holds = own.node.is_some_and(|node| node.get("seLinuxOptions").is_some());
    let from = if holds || own.hidden { own } else { pod };
    let text = |key: &str| from.nested("seLinuxOptions", |node| Setting::text(node, key));
    SeLinux { kind: text("type"), user: text("user"), role: text("role") }
}

/// The security context of a container or a pod; it may be absent, or hidden by a template.
struct Context<'t> {
    node: Option<Node<'t>>,
    hidden: bool,
    anchor: Span,
    /// Its key, or else `anchor`.
    near: Span,
}

impl<'t> Context<'t> {
    fn of(parent: Node<'t>, anchor: Span) -> Self {
        let entry = parent.entry("securityContext");
        Context {
            near: entry.as_ref().map_or(anchor, |entry| entry.key.span()),
            hidden: entry.is_none() && parent.is_open(),
            node: entry.map(|entry| entry.value),
            anchor,
        }
    }

    fn read<T>(&self, read: impl Fn(Node<'_>) -> Setting<T>) -> Setting<T> {
        match self.node {
            Some(node) if node.kind() == Kind::Unknown => Setting::Unknown(node.span()),
            Some(node) => read(node),
            None if self.hidden => Setting::Unknown(self.anchor),
            None => Setting::Unset,
        }
    }

    fn bool(&self, key: &str) -> Setting<bool> {
        self.read(|node| Setting::bool(node, key))
    }

    fn int(&self, key: &str) -> Setting<i64> {
        self.read(|node| Setting::int(node, key))
    }

    fn text(&self, key: &str) -> Setting<String> {
        self.read(|node| Setting::text(node, key))
    }

    fn nested<T>(&self, key: &str, read: impl Fn(Node<'_>) -> Setting<T>) -> Setting<T> {
        self.read(|node| match node.get(key) {
            Some(inner) if inner.kind() == Kind::Unknown => Setting::Unknown(inner.span()),
            Some(inner) => read(inner),
            None if node.is_open() => Setting::Unknown(node.span()),
            None => Setting::Unset,
        })
    }

    fn profile(&self, key: &str) -> Setting<String> {
        self.nested(key, |node| Setting::text(node, "type"))
    }

    fn host_process(&self) -> Setting<bool> {
        self.nested("windowsOptions", |node| Setting::bool(node, "hostProcess"))
    }

    fn words(&self, key: &str, inner: &str) -> Setting<Vec<Word>> {
        self.nested(key, |node| read::words(node, inner))
    }
}

/// The annotations of a pod that said what fields of the security context say now.
struct Annotations<'t> {
    node: Option<Node<'t>>,
    container: &'t Setting<String>,
}

impl Annotations<'_> {
    /// Read until 1.26, the container's own first.
    fn seccomp(&self) -> Setting<String> {
        let own = self.own("container.seccomp.security.alpha.kubernetes.io/");
        own.or(self.get("seccomp.security.alpha.kubernetes.io/pod")).map(|profile| profile_type(&profile))
    }

    /// Deprecated since 1.30.
    fn app_armor(&self) -> Setting<String> {
        let profile = self.own("container.apparmor.security.beta.kubernetes.io/");
        if profile.get().is_some_and(String::is_empty) {
            return Setting::Unset;
        }
        profile.map(|profile| profile_type(&profile))
    }

    fn own(&self, prefix: &str) -> Setting<String> {
        let Some(name) = self.container.get() else { return Setting::Unset };
        self.get(&format!("{prefix}{name}"))
    }

    fn get(&self, key: &str) -> Setting<String> {
        self.node.map_or(Setting::Unset, |node| Setting::text(node, key))
    }
}

/// The type that the value of an annotation amounts to; what is none stays as it is.
fn profile_type(profile: &str) -> String {
    match profile {
        "runtime/default" | "docker/default" => "RuntimeDefault",
        "unconfined" => "Unconfined",
        profile if profile.starts_with("localhost/") => "Localhost",
        profile => profile,
    }
    .to_owned()
}
