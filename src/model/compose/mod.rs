//! What Compose files say: services, what they are bound to, and what the file defines.

mod mount;
mod port;
mod service;

pub use mount::{Mount, MountKind};
pub use port::{Port, Ports};
pub use service::{Artifact, Build, Dependency, Health, Service, ServiceView};

use super::workload::Word;
use crate::syntax::tree::NodeId;
use crate::text::{FileId, Span};

/// A Compose file.
#[derive(Clone, Debug)]
pub struct Compose {
    /// Its root.
    pub root: NodeId,
    /// The shortest text that stands for it: `services`, or its first key.
    pub anchor: Span,
    /// Its services, in the order of the text.
    pub services: Vec<Service>,
    /// What else it defines, and its services' names.
    pub definitions: Vec<(Target, Word)>,
    /// The files that it takes in, from its folder.
    pub included: Vec<Word>,
    /// The services of other files that its own extend.
    pub extended: Vec<Extended>,
    /// Whether more is defined than can be seen: files that are not there, templates, text that could not be read.
    pub open: bool,
    /// Whether another file takes it in or extends it, so that names may be defined there.
    pub part: bool,
    /// Whether it is laid over another file.
    pub fragment: bool,
}

/// A service of another file that a service extends.
#[derive(Clone, Debug)]
pub struct Extended {
    /// The path of the file, from the folder of the Compose file.
    pub path: Word,
    /// The file, if it is among the files.
    pub file: Option<FileId>,
    /// The name of the service there, where it is known.
    pub service: Option<Word>,
}

/// What a name in a service leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A service.
    Service,
    /// A network.
    Network,
    /// A volume.
    Volume,
    /// A secret.
    Secret,
    /// A config.
    Config,
}

impl Target {
    /// The key at the top of the file that defines such things.
    pub fn key(self) -> &'static str {
        match self {
            Target::Service => "services",
            Target::Network => "networks",
            Target::Volume => "volumes",
            Target::Secret => "secrets",
            Target::Config => "configs",
        }
    }

    /// All, services first.
    pub const ALL: [Target; 5] =
        [Target::Service, Target::Network, Target::Volume, Target::Secret, Target::Config];
}
