//! What a path of the node gives away to a pod that mounts it.

/// What a `hostPath` volume shows of its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposed {
    /// Nothing: it is another kind of volume.
    Nothing,
    /// The socket of a container runtime.
    RuntimeSocket,
    /// Keys of a cloud or of the cluster.
    Credentials,
    /// A folder that holds most of what the node is: who reads it, has it.
    Core,
    /// A folder that the node itself runs on.
    System,
    /// Some other file or folder.
    Other,
}

impl Exposed {
    /// The word for it in rule pages.
    pub fn name(self) -> &'static str {
        match self {
            Exposed::Nothing => "",
            Exposed::RuntimeSocket => "runtime-socket",
            Exposed::Credentials => "credentials",
            Exposed::Core => "core",
            Exposed::System => "system",
            Exposed::Other => "other",
        }
    }
}

/// Sockets that container runtimes listen on, below `/run`, which is `/var/run` as well. Sources: the default
/// configurations of Docker, containerd, CRI-O, Podman, cri-dockerd, k3s and the former dockershim.
const SOCKETS: &[&str] = &[
    "docker.sock",
    "docker/docker.sock",
    "docker/containerd/containerd.sock",
    "containerd/containerd.sock",
    "crio/crio.sock",
    "podman/podman.sock",
    "cri-dockerd.sock",
    "k3s/containerd/containerd.sock",
    "dockershim.sock",
];

/// Folders in somebody's home that command-line tools keep their keys in.
const KEY_FOLDERS: &[&str] = &[".aws", ".azure", ".kube", ".docker", ".ssh", ".gnupg", ".oci", ".aliyun"];

/// Where nodes keep the keys of their cloud and of the cluster. Sources: kubeadm, the cloud providers of Azure,
/// of vSphere and `OpenStack`, Google's guest agent, RKE2 and k3s.
const KEYS: &[&str] = &[
    "etc/kubernetes/pki",
    "etc/kubernetes/admin.conf",
    "etc/kubernetes/super-admin.conf",
    "etc/kubernetes/kubelet.conf",
    "etc/kubernetes/controller-manager.conf",
    "etc/kubernetes/scheduler.conf",
    "etc/kubernetes/azure.json",
    "etc/kubernetes/cloud.conf",
    "etc/kubernetes/cloud-config",
    "etc/rancher/k3s/k3s.yaml",
    "etc/rancher/rke2/rke2.yaml",
    "var/lib/kubelet/pki",
    "var/lib/kubelet/kubeconfig",
    "var/lib/rancher/k3s/server/tls",
    "var/lib/rancher/rke2/server/tls",
];

/// Folders of the node whose whole content counts, by the first part of their path.
const SYSTEM: &[&str] = &["bin", "boot", "etc", "home", "lib", "lib64", "proc", "root", "sbin", "sys", "usr"];

/// Further ones, with what is below them. What is said of `/run` holds for `/var/run`, which is the same folder.
const SYSTEM_BELOW: &[&str] = &[
    "run/containerd",
    "run/crio",
    "run/dbus",
    "run/docker",
    "run/systemd",
    "var/lib/containerd",
    "var/lib/containers",
    "var/lib/docker",
    "var/lib/etcd",
    "var/lib/kubelet",
    "var/lib/rancher",
    "var/log",
    "var/spool/cron",
];

/// Further ones that are harmless a level deeper: single devices, what belongs to single programs.
const SYSTEM_ITSELF: &[&str] = &["dev", "run", "var", "var/lib", "var/spool"];

/// Folders that hold keys, or ways to make some, somewhere below.
const CORE: &[&str] = &["", "etc", "etc/kubernetes", "var/lib/kubelet"];

/// Where the plugins of a network live and keep their state: made to be mounted by them.
const NETWORK: &[&str] = &["etc/cni/net.d", "opt/cni/bin", "run/netns", "sys/fs/bpf"];

/// Parts of system folders that hold nothing secret, and are mounted to be read.
const HARMLESS: &[&str] = &[
    "etc/localtime",
    "etc/machine-id",
    "etc/os-release",
    "etc/pki/ca-trust",
    "etc/pki/tls/certs",
    "etc/ssl/certs",
    "etc/timezone",
    "lib/modules",
    "run/xtables.lock",
    "usr/lib/os-release",
    "usr/lib/modules",
    "usr/local/share/ca-certificates",
    "usr/share/ca-certificates",
    "usr/share/zoneinfo",
];

/// What `path` on a node shows of it.
pub fn exposed(path: &str) -> Exposed {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let parts = parts.strip_prefix(&["var"]).filter(|rest| rest.first() == Some(&"run")).unwrap_or(&parts);
    let path = parts.join("/");
    let holds = |folders: &[&str]| folders.iter().any(|folder| is_in(&path, folder));
    if path.strip_prefix("run/").is_some_and(|below| SOCKETS.contains(&below)) {
        Exposed::RuntimeSocket
    } else if parts.iter().any(|part| KEY_FOLDERS.contains(part)) || is_gcloud(parts) || holds(KEYS) {
        Exposed::Credentials
    } else if CORE.contains(&path.as_str()) {
        Exposed::Core
    } else if holds(HARMLESS) || holds(NETWORK) {
        Exposed::Other
    } else if SYSTEM_ITSELF.contains(&path.as_str())
        || parts.first().is_some_and(|first| SYSTEM.contains(first))
        || holds(SYSTEM_BELOW)
    {
        Exposed::System
    } else {
        Exposed::Other
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_gcloud(parts: &[&str]) -> bool {
    parts.windows(2).any(|pair| pair == [".config", "gcloud"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart() {
        for (path, what) in [
            ("/var/run/docker.sock", Exposed::RuntimeSocket),
            ("//run/containerd//containerd.sock/", Exposed::RuntimeSocket),
            ("/root/.aws/credentials", Exposed::Credentials),
            ("/home/me/.config/gcloud", Exposed::Credentials),
            ("/etc/kubernetes/pki/etcd", Exposed::Credentials),
            ("/", Exposed::Core),
            ("/dev", Exposed::System),
            ("/dev/kvm", Exposed::Other),
            ("/etc/kubernetes", Exposed::Core),
            ("/var/run", Exposed::System),
            ("/var/lib", Exposed::System),
            ("/var/run/cilium", Exposed::Other),
            ("/var/run/netns", Exposed::Other),
            ("/var/lib/postgresql", Exposed::Other),
            ("/var/lib/kubelet/pods", Exposed::System),
            ("/var/library", Exposed::Other),
            ("/etc/localtime", Exposed::Other),
            ("/etc/localtimes", Exposed::System),
            ("/srv/data", Exposed::Other),
        ] {
            assert_eq!(exposed(path), what, "{path}");
        }
    }
}
