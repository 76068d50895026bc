//! What a rule looks at, and which variables its expressions see there.
//!
//! Does not produce the facts: formats do.

/// The thing that a rule subscribes to, the `for:` of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A whole file.
    File,
    /// An object with `apiVersion` and `kind`.
    Resource,
    /// A resource that runs pods.
    Workload,
    /// A container of a workload.
    Container,
    /// A component of a cluster: the API server, the kubelet and the like.
    Component,
    /// A reference to a container image.
    Image,
    /// An environment variable.
    Env,
    /// A volume of a workload.
    Volume,
    /// A Kubernetes Service.
    Service,
    /// One rule of a `Role` or `ClusterRole`.
    Grant,
    /// A `RoleBinding` or `ClusterRoleBinding`.
    Binding,
    /// A name in one place that something in another must answer to.
    Reference,
    /// A build stage of a Dockerfile.
    Stage,
    /// An instruction of a Dockerfile.
    Instruction,
    /// A command that a shell runs, or that is run without one.
    Command,
    /// Text that a shell runs.
    Script,
    /// A service of a Compose file.
    Compose,
    /// One thing that a cloud is asked for.
    Cloud,
    /// A block of Terraform, evaluated.
    Block,
    /// All files together.
    Project,
}

const KUBERNETES: &[&str] = &["kubernetes"];
const DOCKERFILE: &[&str] = &["dockerfile"];
const COMPOSE: &[&str] = &["compose"];
const CLOUD: &[&str] = &["cloudformation", "terraform"];
const TERRAFORM: &[&str] = &["terraform"];
const CONTAINERS: &[&str] = &["kubernetes", "compose"];

const IMAGES: &[&str] = &["kubernetes", "dockerfile", "compose"];

/// The formats that a page can name.
pub const FORMATS: &[&str] = &["kubernetes", "dockerfile", "compose", "cloudformation", "terraform", "hcl"];

impl Subject {
    /// Number of subjects.
    pub const COUNT: usize = Subject::ALL.len();

    /// All, in the order of [`Subject::index`].
    pub const ALL: [Subject; 20] = [
        Subject::File,
        Subject::Resource,
        Subject::Workload,
        Subject::Container,
        Subject::Component,
        Subject::Image,
        Subject::Env,
        Subject::Volume,
        Subject::Service,
        Subject::Grant,
        Subject::Binding,
        Subject::Reference,
        Subject::Stage,
        Subject::Instruction,
        Subject::Command,
        Subject::Script,
        Subject::Compose,
        Subject::Cloud,
        Subject::Block,
        Subject::Project,
    ];

    /// Its place in [`Subject::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The word for it in pages.
    pub fn name(self) -> &'static str {
        match self {
            Subject::File => "file",
            Subject::Resource => "resource",
            Subject::Workload => "workload",
            Subject::Container => "container",
            Subject::Component => "component",
            Subject::Image => "image",
            Subject::Env => "env",
            Subject::Volume => "volume",
            Subject::Service => "service",
            Subject::Grant => "grant",
            Subject::Binding => "binding",
            Subject::Reference => "reference",
            Subject::Stage => "stage",
            Subject::Instruction => "instruction",
            Subject::Command => "command",
            Subject::Script => "script",
            Subject::Compose => "compose",
            Subject::Cloud => "cloud",
            Subject::Block => "block",
            Subject::Project => "project",
        }
    }

    /// The subject with this name.
    pub fn parse(name: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|subject| subject.name() == name)
    }

    /// The variables that expressions see; the first is the subject itself. Empty where only native checks can look.
    pub fn variables(self) -> &'static [&'static str] {
        match self {
            Subject::Resource => &["resource", "object", "kubernetes"],
            Subject::Workload => &["workload", "object", "kubernetes"],
            Subject::Container => &["container", "workload", "object", "kubernetes"],
            Subject::Component => &["component", "object", "kubernetes"],
            Subject::Image => &["image"],
            Subject::Env => &["env"],
            Subject::Volume => &["volume", "workload", "object", "kubernetes"],
            Subject::Service => &["service", "object", "kubernetes"],
            Subject::Grant => &["grant", "object", "kubernetes"],
            Subject::Binding => &["binding", "object", "kubernetes"],
            Subject::Stage => &["stage"],
            Subject::Instruction => &["instruction", "stage"],
            Subject::Command => &["command", "instruction", "stage"],
            Subject::Compose => &["compose"],
            Subject::Cloud => &["cloud"],
            Subject::Block => &["block", "object"],
            Subject::Script | Subject::File | Subject::Reference | Subject::Project => &[],
        }
    }

    /// The formats that have such subjects.
    pub fn formats(self) -> &'static [&'static str] {
        match self {
            Subject::Resource
            | Subject::Workload
            | Subject::Component
            | Subject::Volume
            | Subject::Service
            | Subject::Grant
            | Subject::Binding => KUBERNETES,
            Subject::Container => CONTAINERS,
            Subject::Compose => COMPOSE,
            Subject::Cloud => CLOUD,
            Subject::Block => TERRAFORM,
            Subject::Stage | Subject::Instruction => DOCKERFILE,
            Subject::Command | Subject::Script | Subject::Image | Subject::Env => IMAGES,
            Subject::File | Subject::Reference | Subject::Project => FORMATS,
        }
    }

    /// The formats that a page without `formats` is for. What a container says beside its facts has other names in
    /// Compose, and only in a Dockerfile is a command part of an instruction, so that a page has to say that it asks for
    /// nothing else.
    pub fn own_formats(self) -> &'static [&'static str] {
        match self {
            Subject::Container => KUBERNETES,
            Subject::Command => DOCKERFILE,
            subject => subject.formats(),
        }
    }

    /// Whether `kinds:` makes sense: the subject belongs to an object that has a kind, or has one itself, as a command
    /// its program, an instruction its keyword, and what a cloud is asked for its family.
    pub fn has_kind(self) -> bool {
        matches!(self, Subject::Command | Subject::Instruction | Subject::Cloud)
            || self.variables().contains(&"object")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_the_place_in_the_list() {
        for (at, subject) in Subject::ALL.into_iter().enumerate() {
            assert_eq!(subject.index(), at);
            assert_eq!(Subject::parse(subject.name()), Some(subject));
            assert!(subject.variables().first().is_none_or(|first| *first == subject.name()));
        }
    }
}
