//! A module as it is written: the files of one folder, by what they declare.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::syntax::hcl::{Attribute, Block, Body, Expr, File};
use crate::text::FileId;

/// What is declared in a folder.
#[derive(Default)]
pub(super) struct Folder<'a> {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Whether it is from elsewhere.
    pub(super) lent: bool,
    /// All blocks, with their files; those that override others are left out.
    pub(super) blocks: Vec<(FileId, &'a Block)>,
    pub(super) variables: HashMap<&'a str, &'a Block>,
    pub(super) locals: HashMap<&'a str, &'a Attribute>,
    pub(super) outputs: HashMap<&'a str, &'a Block>,
    pub(super) calls: HashMap<&'a str, &'a Block>,
    /// Resources and data sources, by address.
    pub(super) objects: HashMap<String, &'a Block>,
    /// What `terraform.tfvars` says for a root module, the strongest last.
    pub(super) values: Vec<&'a Attribute>,
    /// What `*.auto.tfvars` say, which is stronger.
    pub(super) auto: Vec<&'a Attribute>,
    /// Attributes and blocks that an override file replaces: address of the block, then key.
    replaced: HashSet<(String, &'a str)>,
}

/// The address of a block within its module: `aws_s3_bucket.logs`, `data.aws_ami.os`, `var.region`, `provider.aws`.
pub(super) fn address(block: &Block) -> String {
    let mut parts: Vec<&str> = block.labels.iter().map(|label| label.text.as_str()).collect();
    match block.kind.text.as_str() {
        "resource" => {}
        "variable" => parts.insert(0, "var"),
        kind => parts.insert(0, kind),
    }
    parts.join(".")
}

impl<'a> Folder<'a> {
    /// An empty folder.
    pub(super) fn new(path: PathBuf) -> Folder<'a> {
        Folder { path, ..Folder::default() }
    }

    /// Takes in a file.
    pub(super) fn add(&mut self, file: &'a File, overrides: bool) {
        for block in file.body.blocks() {
            if overrides {
                self.replace(block);
            } else {
                self.declare(file.file, block);
            }
        }
    }

    fn declare(&mut self, file: FileId, block: &'a Block) {
        self.blocks.push((file, block));
        let labels: Vec<&str> = block.labels.iter().map(|label| label.text.as_str()).collect();
        match (block.kind.text.as_str(), labels.as_slice()) {
            ("variable", [name]) => drop(self.variables.entry(name).or_insert(block)),
            ("output", [name]) => drop(self.outputs.entry(name).or_insert(block)),
            ("module", [name]) => drop(self.calls.entry(name).or_insert(block)),
            ("resource" | "data" | "ephemeral", [_, _]) => {
                self.objects.entry(address(block)).or_insert(block);
            }
            ("locals", []) => {
                for attribute in block.body.attributes() {
                    self.locals.entry(&attribute.key.text).or_insert(attribute);
                }
            }
            _ => {}
        }
    }

    fn replace(&mut self, block: &'a Block) {
        let address = address(block);
        let attributes = block.body.attributes().map(|attribute| attribute.key.text.as_str());
        let blocks = block.body.blocks().map(|block| block.kind.text.as_str());
        for key in attributes.chain(blocks) {
            self.replaced.insert((address.clone(), key));
        }
    }

    /// Whether an override file says another value for this key of a block.
    pub(super) fn is_replaced(&self, address: &str, key: &'a str) -> bool {
        !self.replaced.is_empty() && self.replaced.contains(&(address.to_owned(), key))
    }

    /// The keys of a block that an override file sets.
    pub(super) fn replaced_in(&self, address: &str) -> impl Iterator<Item = &'a str> {
        self.replaced.iter().filter(move |(block, _)| block == address).map(|(_, key)| *key)
    }
}

/// The expression at a key.
pub(super) fn expr<'a>(body: &'a Body, key: &str) -> Option<&'a Expr> {
    body.attribute(key).map(|attribute| &attribute.value)
}
