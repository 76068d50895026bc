//! What one file says about who depends on whom, text by text; [`super::graph`] puts them together.

use super::graph::Signal;
use super::labels::Selector;
use super::resource::ResourceId;
use super::workload::Word;
use crate::text::Span;

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The pods of a workload, by its number in the facts.
    Pod(usize),
    /// A service of the Compose file, by its number.
    Service(usize),
    /// An object: a ConfigMap, a Secret, a policy, a route.
    Object(ResourceId),
    /// What is built from the Dockerfile.
    Image,
    /// The file itself: settings of a program, for whoever has the file.
    File,
    /// A ConfigMap or Secret that a kustomization makes, by its number in [`Coupling::made`].
    Made(usize),
}

/// An address that somebody is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who.
    pub holder: Holder,
    /// What kind of text says it.
    pub signal: Signal,
    /// The variable, flag or key that holds it; empty where there is none.
    pub key: String,
    /// The scheme, in lower case.
    pub scheme: Option<String>,
    /// The host, and where it is written.
    pub host: Word,
    /// The port.
    pub port: Option<u16>,
    /// The user that signs in.
    pub user: Option<Word>,
    /// The database that is used.
    pub database: Option<Word>,
    /// Whether only the key tells that it is an address.
    pub bare: bool,
}

/// An address whose host is a variable of whoever is told it, as in a template that is filled in when a program starts.
#[derive(Clone, Debug)]
pub struct Hole {
    /// Who is told.
    pub holder: Holder,
    /// The directive or key that holds it.
    pub directive: String,
    /// The variable, whose value is a host or an address.
    pub variable: String,
    /// The scheme, in lower case.
    pub scheme: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// Where the variable stands.
    pub span: Span,
}

/// A setting that may say which part of a datastore an address beside it means: `POSTGRES_DB`, `MYSQL_USER`.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Who is told.
    pub holder: Holder,
    /// The key.
    pub key: String,
    /// The value, and where it is written.
    pub value: Word,
}

/// What kind of thing somebody takes settings from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A ConfigMap, or a config of Compose.
    Map,
    /// A Secret, or a secret of Compose.
    Secret,
    /// A file of the repository or a folder with some, by its path from the folder of the file that names it; of a
    /// Dockerfile, from the folder that its build sees.
    File,
    /// A claim or a volume with a name.
    Volume,
    /// A folder of the host.
    Host,
}

/// That somebody takes settings or data from somewhere.
#[derive(Clone, Debug)]
pub struct Import {
    /// Who.
    pub holder: Holder,
    /// What kind of thing it is.
    pub source: Source,
    /// Its name or path.
    pub name: Word,
    /// The one key that is taken; `None` takes all.
    pub key: Option<String>,
    /// The variable that the value becomes, where it is one.
    pub variable: Option<String>,
    /// Whether it becomes files and not variables.
    pub mounted: bool,
    /// Whether it may be written; unknown counts as no.
    pub writes: bool,
}

/// That somebody starts after somebody else, by name.
#[derive(Clone, Debug)]
pub struct After {
    /// Who waits.
    pub holder: Holder,
    /// What kind of text says it.
    pub signal: Signal,
    /// The name of the other.
    pub name: Word,
    /// Whether it waits until the other is healthy or has ended, and not only has begun.
    pub gate: bool,
}

/// The wave that an application of Argo CD is applied in: after those of lower numbers beside it.
#[derive(Clone, Copy, Debug)]
pub struct Wave {
    /// The application.
    pub resource: ResourceId,
    /// The number, which may be below zero.
    pub number: i64,
    /// Where it is written.
    pub span: Span,
}

/// A topic, a queue or a stream that somebody is told to use.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Who.
    pub holder: Holder,
    /// The key that names it.
    pub key: String,
    /// Its name.
    pub name: Word,
    /// Whether it surely reads from it.
    pub reads: bool,
}

/// That pods may be called by those who run as some account: an authorization policy of a mesh.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The policy.
    pub resource: ResourceId,
    /// The pods that are called.
    pub pods: Selector,
    /// The namespace and the name of each account.
    pub accounts: Vec<(String, Word)>,
}

/// That pods are told by a mesh whom they call: the sidecar of Istio.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The object.
    pub resource: ResourceId,
    /// The pods that call.
    pub pods: Selector,
    /// The hosts.
    pub hosts: Vec<Word>,
}

/// All that a file says about who depends on whom.
#[derive(Clone, Debug, Default)]
pub struct Coupling {
    /// The name of the file, if it holds settings of a program that others may have.
    pub file: Option<String>,
    /// Addresses.
    pub told: Vec<Told>,
    /// Addresses that variables give.
    pub holes: Vec<Hole>,
    /// Names that settings give to groups of hosts: such a name is none of a host.
    pub groups: Vec<(Holder, Word)>,
    /// Settings beside them.
    pub details: Vec<Detail>,
    /// Where settings and data come from.
    pub imports: Vec<Import>,
    /// The order of starting.
    pub after: Vec<After>,
    /// Waves of applications.
    pub waves: Vec<Wave>,
    /// Topics and queues.
    pub channels: Vec<Channel>,
    /// Services that are another name for a host.
    pub other_names: Vec<(ResourceId, Word)>,
    /// What kustomizations make.
    pub made: Vec<(Source, Word)>,
    /// Who may call whom in a mesh.
    pub allowed: Vec<Allowed>,
    /// Who is told whom to call in a mesh.
    pub reached: Vec<Reached>,
    /// Checks of health that ask an address: the text that names the host, and whether a failure restarts.
    pub probes: Vec<(Told, bool)>,
    /// What is called otherwise than its object: names under which services of Compose are reached.
    pub aliases: Vec<(Holder, Word)>,
    /// Who answers for an object or service, as labels and annotations say.
    pub owners: Vec<(Holder, Word)>,
}
