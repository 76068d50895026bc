//! A service of a Compose file, and how expressions see it.

use std::rc::Rc;

use super::{Mount, Port, Target};
use crate::model::image::Image;
use crate::model::security::Security;
use crate::model::workload::Word;
use crate::model::{Field, Made, Record, Setting, Value};
use crate::syntax::tree::{Kind, Node, NodeId, Tree};
use crate::text::{FileId, Span};

/// A service, with what it extends in the same file under it.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: Word,
    /// The name and all below it.
    pub span: Span,
    /// Its mapping, and those that it extends in this file, nearest first.
    pub layers: Vec<NodeId>,
    /// Whether more is set than is written here: it extends a service of another file, or a template hides keys.
    pub open: bool,
    /// Whether other text is laid over it or under it, so that what is missing here may stand elsewhere.
    pub fragment: bool,
    /// The image that it runs, where it does not build it.
    pub image: Option<Image>,
    /// `image` as written, also where it names what is built.
    pub image_name: Setting<String>,
    /// What the image is called that it builds, where that is said.
    pub built_image: Option<Image>,
    /// `entrypoint`
    pub entrypoint: Setting<Vec<Word>>,
    /// `command`
    pub command: Setting<Vec<Word>>,
    /// The program that its health check runs in it.
    pub inside: Option<Word>,
    /// `tmpfs`: the folders.
    pub tmpfs: Setting<Vec<Word>>,
    /// How it is built.
    pub build: Option<Build>,
    /// What Kubernetes would have in a security context.
    pub security: Security,
    /// `security_opt`
    pub options: Vec<Word>,
    /// `ports`
    pub ports: Vec<Port>,
    /// `volumes`
    pub mounts: Vec<Mount>,
    /// Limits and other single words, by the key of Compose.
    pub settings: Vec<(&'static str, Setting<String>)>,
    /// Whether it says how healthy it is.
    pub health: Health,
    /// `depends_on`
    pub dependencies: Vec<Dependency>,
    /// Names of other things.
    pub references: Vec<(Target, Word)>,
}

/// What a service says of its health check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Nothing: the image may have one.
    Unsaid,
    /// It has one.
    Checked,
    /// There is none, whatever the image has.
    Off,
}

impl Health {
    /// The word for it in rule pages.
    pub fn name(self) -> &'static str {
        match self {
            Health::Unsaid => "",
            Health::Checked => "checked",
            Health::Off => "off",
        }
    }
}

/// How a service is built.
#[derive(Clone, Debug)]
pub struct Build {
    /// Where it is written: `build`.
    pub anchor: Span,
    /// The shortest text that says which Dockerfile: its path, or that of its folder.
    pub place: Span,
    /// The Dockerfile, from the folder of the Compose file; `None` where it stands elsewhere or is not known.
    pub path: Option<String>,
    /// The folder that the build sees, from the folder of the Compose file; `None` as above.
    pub context: Option<String>,
    /// The Dockerfile, if it is among the files.
    pub file: Option<FileId>,
    /// The file that says what the build does not see, if there is one.
    pub ignored_by: Option<FileId>,
    /// The stage that is built.
    pub target: Setting<String>,
    /// The names of build arguments.
    pub args: Vec<Word>,
}

/// An image that something else than Compose builds.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// What it is called.
    pub image: Image,
    /// How it is built.
    pub build: Build,
}

/// A service that another waits for.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Its name.
    pub name: Word,
    /// Whether the other does not start without it.
    pub required: bool,
    /// Where it is said that it must be healthy.
    pub healthy: Option<Span>,
}

impl Service {
    /// A setting by its key.
    pub fn setting(&self, key: &str) -> &Setting<String> {
        let found = self.settings.iter().find(|(known, _)| *known == key);
        found.map_or(&Setting::Unset, |(_, setting)| setting)
    }

    /// The value of a key as written, its own or what it extends.
    pub fn get<'t>(&self, tree: &'t Tree, key: &str) -> Option<Node<'t>> {
        self.layers
            .iter()
            .find_map(|&layer| tree.node(layer).get(key))
            .filter(|node| node.kind() != Kind::Null)
    }
}

/// A service with the tree it was read from: its facts first, then its keys as written.
pub struct ServiceView<'f> {
    /// The facts.
    pub service: &'f Service,
    /// The tree.
    pub tree: &'f Tree,
}

/// A word as a thing with `text`.
fn word(word: &Word) -> Value<'_> {
    let text = Field::Set(Value::text(&word.text), word.span);
    Value::Made(Rc::new(Made { span: word.span, fields: vec![("text", text)] }))
}

impl ServiceView<'_> {
    fn written(&self, name: &str) -> Field<'_> {
        let service = self.service;
        let missing = || {
            if service.open { Field::Unknown(service.name.span) } else { Field::Missing(service.name.span) }
        };
        let mut layers = service
            .layers
            .iter()
            .map(|&layer| Field::of_node(self.tree.node(layer), name, service.name.span));
        layers.find(|field| !matches!(field, Field::Missing(_))).unwrap_or_else(missing)
    }

    /// A list of facts, standing at the key that holds them.
    fn list<'a>(&'a self, key: &str, items: Vec<Value<'a>>) -> Field<'a> {
        match self.written(key) {
            Field::Set(_, span) => Field::Set(Value::list(items), span),
            Field::Missing(span) | Field::Unset(_, span) => Field::Unset(Value::list(items), span),
            Field::Unknown(span) => Field::Unknown(span),
        }
    }
}

impl Record for ServiceView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let service = self.service;
        let near = service.name.span;
        if let Some((_, setting)) = service.settings.iter().find(|(key, _)| *key == name) {
            return Field::string(setting, near);
        }
        match name {
            "name" => Field::Set(Value::text(&service.name.text), near),
            "security" => Field::Set(Value::Record(&service.security), near),
            "role" => Field::Set(Value::text("main"), near),
            "builds" => Field::Set(
                Value::Bool(service.build.is_some()),
                service.build.as_ref().map_or(near, |build| build.anchor),
            ),
            "health" => Field::Set(Value::text(service.health.name()), near),
            "namesImage" => Field::Set(Value::Bool(!service.image_name.is_unset()), near),
            "image" => match &service.image {
                Some(image) => Field::Set(Value::Record(image), image.span),
                None if service.open => Field::Unknown(near),
                None => Field::Missing(near),
            },
            "ports" => {
                self.list("ports", service.ports.iter().map(|port| Value::Record(port) as _).collect())
            }
            "mounts" => {
                self.list("volumes", service.mounts.iter().map(|mount| Value::Record(mount) as _).collect())
            }
            "options" => self.list("security_opt", service.options.iter().map(word).collect()),
            "added" => match &service.security.capabilities_add {
                Setting::Unknown(span) => Field::Unknown(*span),
                words => self.list("cap_add", words.get().into_iter().flatten().map(word).collect()),
            },
            _ => self.written(name),
        }
    }

    fn span(&self) -> Span {
        self.service.name.span
    }
}
