//! The security context of a container.

use super::workload::Word;
use super::{Field, Record, Setting};
use crate::text::Span;

/// The security context of a container, merged with its pod's as the kubelet merges them: the container's own
/// setting wins; `privileged`, capabilities, escalation, root file system and `procMount` exist on containers only.
#[derive(Clone, Debug)]
pub struct Security {
    /// `privileged`
    pub privileged: Setting<bool>,
    /// `allowPrivilegeEscalation`
    pub allow_privilege_escalation: Setting<bool>,
    /// `runAsNonRoot`
    pub run_as_non_root: Setting<bool>,
    /// `runAsUser`
    pub run_as_user: Setting<i64>,
    /// `runAsGroup`
    pub run_as_group: Setting<i64>,
    /// `readOnlyRootFilesystem`
    pub read_only_root: Setting<bool>,
    /// `procMount`
    pub proc_mount: Setting<String>,
    /// `seccompProfile.type`, or what an annotation says
    pub seccomp: Setting<String>,
    /// `appArmorProfile.type`, or what an annotation says
    pub app_armor: Setting<String>,
    /// `seLinuxOptions`
    pub se_linux: SeLinux,
    /// `windowsOptions.hostProcess`
    pub host_process: Setting<bool>,
    /// `capabilities.add`
    pub capabilities_add: Setting<Vec<Word>>,
    /// `capabilities.drop`
    pub capabilities_drop: Setting<Vec<Word>>,
    /// The nearest text that should have held a missing setting.
    pub near: Span,
}

/// The label that `SELinux` gives a container. A container that sets part of it takes nothing of its pod's.
#[derive(Clone, Debug)]
pub struct SeLinux {
    /// `type`
    pub kind: Setting<String>,
    /// `user`
    pub user: Setting<String>,
    /// `role`
    pub role: Setting<String>,
}

impl Record for Security {
    fn field(&self, name: &str) -> Field<'_> {
        let near = self.near;
        match name {
            "privileged" => Field::bool(&self.privileged, near),
            "allowPrivilegeEscalation" => Field::bool(&self.allow_privilege_escalation, near),
            "runAsNonRoot" => Field::bool(&self.run_as_non_root, near),
            "runAsUser" => Field::int(&self.run_as_user, near),
            "runAsGroup" => Field::int(&self.run_as_group, near),
            "readOnlyRootFilesystem" => Field::bool(&self.read_only_root, near),
            "procMount" => Field::string(&self.proc_mount, near),
            "seccomp" => Field::string(&self.seccomp, near),
            "appArmor" => Field::string(&self.app_armor, near),
            "seLinuxType" => Field::string(&self.se_linux.kind, near),
            "seLinuxUser" => Field::string(&self.se_linux.user, near),
            "seLinuxRole" => Field::string(&self.se_linux.role, near),
            "hostProcess" => Field::bool(&self.host_process, near),
            "capabilitiesAdd" => Word::field(&self.capabilities_add, near),
            "capabilitiesDrop" => Word::field(&self.capabilities_drop, near),
            _ => Field::Missing(near),
        }
    }

    fn span(&self) -> Span {
        self.near
    }

    fn item_span(&self, name: &str, text: &str) -> Option<Span> {
        match name {
            "capabilitiesAdd" => Word::find(&self.capabilities_add, text),
            "capabilitiesDrop" => Word::find(&self.capabilities_drop, text),
            _ => None,
        }
    }
}
