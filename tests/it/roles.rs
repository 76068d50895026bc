//! Which containers of a pod the rules about their security look at: init containers, sidecars and ephemeral ones too.

use crate::scratch::Folder;

/// A pod with a container of each role, all alike.
fn pod(container: &str) -> String {
    let one = |name: &str, more: &str| {
        format!("    - name: {name}\n      image: busybox:1.37\n{more}      {container}\n")
    };
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: all\nspec:\n  initContainers:\n{}{}  containers:\n{}  ephemeralContainers:\n{}",
        one("init", ""),
        one("sidecar", "      restartPolicy: Always\n"),
        one("main", ""),
        one("ephemeral", ""),
    )
}

/// How many of the four containers `rule` reports.
fn count(rule: &str, container: &str) -> usize {
    let folder = Folder::with(&[("pod.yaml", &pod(container))]);
    folder.check(&["--select", rule]).rules(|_| true).len()
}

#[test]
fn privileges_are_forbidden_to_every_role() {
    for (rule, container) in [
        ("privileged-container", "securityContext: {privileged: true}"),
        ("privilege-escalation", "securityContext: {}"),
        ("dangerous-capability", "securityContext: {capabilities: {add: [SYS_ADMIN]}}"),
        ("capability-beyond-default", "securityContext: {capabilities: {add: [NET_ADMIN]}}"),
        ("capabilities-not-dropped", "securityContext: {}"),
        ("may-run-as-root", "securityContext: {}"),
        ("runs-as-root", "securityContext: {runAsUser: 0}"),
        ("root-group", "securityContext: {runAsGroup: 0}"),
        ("unmasked-proc", "securityContext: {procMount: Unmasked}"),
        ("no-seccomp-profile", "securityContext: {}"),
        ("seccomp-unconfined", "securityContext: {seccompProfile: {type: Unconfined}}"),
        ("apparmor-unconfined", "securityContext: {appArmorProfile: {type: Unconfined}}"),
        ("custom-selinux-type", "securityContext: {seLinuxOptions: {type: spc_t}}"),
        ("windows-host-process", "securityContext: {windowsOptions: {hostProcess: true}}"),
        ("host-port", "ports: [{hostPort: 80}]"),
    ] {
        assert_eq!(count(rule, container), 4, "{rule}");
    }
}

#[test]
fn what_is_there_to_try_things_may_keep_what_it_has() {
    for (rule, container) in [
        ("net-raw-not-dropped", "securityContext: {}"),
        ("writable-root-filesystem", "securityContext: {}"),
        ("interactive-container", "stdin: true"),
    ] {
        assert_eq!(count(rule, container), 3, "{rule}");
    }
}

#[test]
fn an_ephemeral_container_does_not_belong_in_a_file() {
    assert_eq!(count("ephemeral-container-in-manifest", "tty: true"), 1);
}
