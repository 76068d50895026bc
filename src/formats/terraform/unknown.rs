//! What could not be known of the attributes of blocks, and why. Asked for by those who want to see it; otherwise
//! nothing of this runs.

use std::collections::BTreeMap;

use super::engine::Engine;
use super::folder::address;
use super::scope::Scope;
use super::value::{Data, Value};
use crate::syntax::hcl::{Attribute, Block};
use crate::text::Span;

/// Attributes that say how a block is treated; they are not the provider's.
const META: [&str; 5] = ["depends_on", "ignore_changes", "provider", "providers", "replace_triggered_by"];

/// An attribute of which something is not known.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The block it is in: `aws_s3_bucket.data`.
    pub block: String,
    /// Its key, behind those of the blocks that it is nested in: `versioning.enabled`.
    pub key: String,
    /// Whether a part of it is known.
    pub partly: bool,
    /// Why.
    pub cause: Cause,
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// What sort of cause it is.
    pub reason: Reason,
    /// The expression that gives nothing.
    pub span: Span,
    /// What that leads to, where it is declared.
    pub declared: Option<Span>,
}

/// Sorts of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No default, and nobody gives it a value.
    Variable,
    /// An attribute of a resource that is not set.
    Provider,
    /// An attribute of a data source.
    Data,
    /// An output of a module that is not among the files, or the call of one.
    Module,
    /// What Terragrunt gives: it comes from a program, the environment, or a dependency without mocks.
    Terragrunt,
    /// `count` or `for_each` is not known, or a name that they or a dynamic block bind.
    Instances,
    /// It asks the clock, hashes, is a provider's, or reads a file that is not at hand.
    Function,
    /// Paths, the workspace, `self`.
    Run,
    /// What an override file sets is not laid over.
    Override,
    /// It leads to nothing.
    Undeclared,
    /// Terraform would stop there.
    Error,
    /// A syntax error.
    Unreadable,
    /// Too deep, too large, too long.
    Limit,
}

impl Reason {
    /// What it is, in words.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Variable => "a variable without a value",
            Reason::Provider => "only the provider knows",
            Reason::Data => "a data source",
            Reason::Module => "a module that is not here",
            Reason::Terragrunt => "Terragrunt gives what is not known here",
            Reason::Instances => "depends on which instances there are",
            Reason::Function => "a function that is not computed here",
            Reason::Run => "known when Terraform runs",
            Reason::Override => "an override file says otherwise",
            Reason::Undeclared => "a name that nothing declares",
            Reason::Error => "an expression that fails",
            Reason::Unreadable => "text that cannot be read",
            Reason::Limit => "too much to work out",
        }
    }
}

/// Attributes by the place of their values: nothing for one that is known in all instances.
pub type Attributes = BTreeMap<Span, Option<Unknown>>;

/// What was asked for, as far as it was seen.
#[derive(Default)]
pub(super) struct Asked {
    attributes: Attributes,
    /// The block whose attributes are looked at.
    block: Option<String>,
    /// Where in it: keywords of nested blocks.
    within: Vec<String>,
}

impl Asked {
    pub(super) fn into_attributes(self) -> Attributes {
        self.attributes
    }
}

impl<'a> Engine<'a> {
    /// Looks at attributes of this block from now on, if it is one that a provider or a module takes.
    pub(super) fn ask_about(&mut self, block: &Block) {
        if let Some(asked) = &mut self.asked {
            let counts = matches!(block.kind.text.as_str(), "resource" | "data" | "ephemeral" | "module");
            asked.block = counts.then(|| address(block));
        }
    }

    /// Runs `read`, which looks into a nested block.
    pub(super) fn within<T>(&mut self, kind: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(asked) = &mut self.asked {
            asked.within.push(kind.to_owned());
        }
        let value = read(self);
        if let Some(asked) = &mut self.asked {
            asked.within.pop();
        }
        value
    }

    /// Notes what an attribute of the block came out as.
    pub(super) fn note(&mut self, scope: Scope<'_>, attribute: &'a Attribute, value: &Value) {
        let Some(asked) = &self.asked else { return };
        let name = attribute.key.text.as_str();
        let Some(block) = asked.block.clone().filter(|_| !META.contains(&name)) else { return };
        if block.starts_with("module.") && asked.within.is_empty() && matches!(name, "source" | "version") {
            return;
        }
        let key = asked.within.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".");
        let place = attribute.value.inner_span();
        let is_known = value.is_whole() || value.says.as_ref().is_some_and(|says| says.is_whole());
        // The worst of its instances counts, and one cause of each.
        if is_known || asked.attributes.get(&place).is_some_and(Option::is_some) {
            self.keep(place, None);
            return;
        }
        let partly = !value.is_unknown() || value.says.is_some();
        let cause = self.why(scope, &attribute.value);
        self.keep(place, Some(Unknown { block, key, partly, cause }));
    }

    /// Notes a call of a module that is not among the files.
    pub(super) fn note_missing(&mut self, block: &'a Block) {
        let Some(source) = block.body.attribute("source").filter(|_| self.asked.is_some()) else { return };
        let (span, declared) = (source.value.inner_span(), None);
        let cause = Cause { reason: Reason::Module, span, declared };
        let key = source.key.text.clone();
        self.keep(span, Some(Unknown { block: address(block), key, partly: false, cause }));
    }

    fn keep(&mut self, place: Span, unknown: Option<Unknown>) {
        let Some(asked) = &mut self.asked else { return };
        let kept = asked.attributes.entry(place).or_default();
        if kept.is_none() {
            *kept = unknown;
        }
    }
}

/// What is left to say of a value that none of its parts explains.
pub(super) fn of_itself(value: &Value, span: Span) -> Cause {
    let reason = if matches!(value.data, Data::Error) { Reason::Error } else { Reason::Limit };
    Cause { reason, span, declared: None }
}
