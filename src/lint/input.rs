//! A file on its way into the engine, and the tree it is read as.

use std::path::Path;
use std::sync::Arc;

use crate::formats::{Format, proxy, terraform};
use crate::model::Facts;
use crate::model::facts::FolderId;
use crate::syntax::codeowners::{self, CodeOwners};
use crate::syntax::directives::{self, Directives};
use crate::syntax::dockerfile::{self, Dockerfile};
use crate::syntax::dockerignore::{self, Patterns};
use crate::syntax::dotenv::{self, Dotenv};
use crate::syntax::parsed::{Parsed, SyntaxError};
use crate::syntax::tree::{Schema, Tree};
use crate::syntax::{hcl, json, toml, yaml};
use crate::text::{FileId, Span};

/// A file to analyse.
pub struct Input<'a> {
    /// Its number among the sources.
    pub file: FileId,
    /// Where it is, absolute: overrides by path and other files that name it look at it.
    pub path: &'a Path,
    /// Its text.
    pub text: Arc<str>,
    /// What it is.
    pub format: Format,
    /// Its folder, so that neighbours know each other.
    pub folder: FolderId,
    /// What was wrong with its bytes: where, and what.
    pub notes: Vec<(Span, String)>,
    /// Which of the files it is, if it was named for the variables of all root modules.
    pub values: Option<usize>,
    /// Whether it is of a module from elsewhere, which is there for those that call it.
    pub lent: bool,
    /// What it came out as, if it is a part of a module: those are evaluated together.
    pub(super) evaluated: Option<Box<(Facts, Tree)>>,
    /// What the survey read already; a file is parsed once.
    parsed: Option<Read>,
}

/// A tree, and what is wrong with the text.
pub(super) type Read = (Syntax, Vec<SyntaxError>);

/// A parsed file.
pub(super) enum Syntax {
    Data(Tree),
    Dockerfile(Dockerfile),
    Patterns(Patterns),
    Owners(CodeOwners),
    Variables(Dotenv),
    Hcl(hcl::File),
    Directives(Directives),
}

impl<'a> Input<'a> {
    /// A file with nothing wrong in its bytes.
    pub fn new(file: FileId, path: &'a Path, text: Arc<str>, format: Format, folder: FolderId) -> Self {
        Input {
            file,
            path,
            text,
            format,
            folder,
            notes: Vec::new(),
            values: None,
            lent: false,
            evaluated: None,
            parsed: None,
        }
    }

    /// Whether it holds blocks of a module of Terraform.
    pub(super) fn is_of_module(&self) -> bool {
        let blocks = matches!(self.format, Format::Terraform | Format::TerraformJson);
        blocks && !terraform::is_values(&self.path.to_string_lossy())
    }

    /// Parses it now, and keeps the tree for later.
    pub(super) fn parse(&mut self) -> &Syntax {
        let read = self.parsed();
        &self.parsed.insert(read).0
    }

    /// The tree, if it was parsed already.
    pub(super) fn tree(&self) -> Option<&Syntax> {
        self.parsed.as_ref().map(|(tree, _)| tree)
    }

    /// The tree, and what is wrong with the text.
    pub(super) fn parsed(&mut self) -> Read {
        self.parsed.take().unwrap_or_else(|| self.read())
    }

    fn read(&self) -> Read {
        let data = |parsed: Parsed<Tree>| (Syntax::Data(parsed.tree), parsed.errors);
        let text = self.text.clone();
        match self.format {
            Format::Kubernetes | Format::Cloudformation => data(self.perhaps_templated(Schema::Kubernetes)),
            Format::Compose => data(self.perhaps_templated(Schema::Core)),
            Format::KubernetesTemplate => data(yaml::parse_templated(self.file, text, Schema::Kubernetes)),
            Format::Yaml | Format::Catalog | Format::Chart => {
                data(yaml::parse(self.file, text, Schema::Core))
            }
            Format::KubernetesJson | Format::CloudformationJson | Format::TerraformJson | Format::Json => {
                data(json::parse(self.file, text))
            }
            Format::Terraform | Format::TerraformVariables | Format::Hcl => {
                let parsed = hcl::parse(self.file, text);
                (Syntax::Hcl(parsed.tree), parsed.errors)
            }
            Format::Dockerfile => {
                let parsed = dockerfile::parse(self.file, &self.text);
                (Syntax::Dockerfile(parsed.tree), parsed.errors)
            }
            Format::Dockerignore => {
                let parsed = dockerignore::parse(self.file, &self.text);
                (Syntax::Patterns(parsed.tree), parsed.errors)
            }
            Format::Proxy(program) => match program.syntax() {
                proxy::Syntax::Directives(grammar) => {
                    (Syntax::Directives(directives::parse(&self.text, grammar)), Vec::new())
                }
                proxy::Syntax::Data if proxy::is_toml(&self.path.to_string_lossy()) => {
                    data(toml::parse(self.file, text))
                }
                proxy::Syntax::Data if self.text.trim_start().starts_with('{') => {
                    data(json::parse(self.file, text))
                }
                proxy::Syntax::Data => data(self.perhaps_templated(Schema::Core)),
            },
            Format::Codeowners => (Syntax::Owners(codeowners::parse(self.file, &self.text)), Vec::new()),
            Format::Dotenv => (Syntax::Variables(dotenv::parse(&self.text)), Vec::new()),
        }
    }

    fn perhaps_templated(&self, schema: Schema) -> Parsed<Tree> {
        let text = self.text.clone();
        let plain = yaml::parse(self.file, text.clone(), schema);
        // Text that only makes sense once its actions are filled in.
        if !plain.errors.is_empty() && text.contains("{{") {
            let masked = yaml::parse_templated(self.file, text, schema);
            return if masked.errors.len() < plain.errors.len() { masked } else { plain };
        }
        plain
    }
}
