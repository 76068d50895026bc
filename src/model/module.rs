//! Names within a module of Terraform: what its files declare, and what they use.

use crate::text::Span;

/// The names in one file.
#[derive(Debug, Default)]
pub struct Names {
    /// What it declares, in order: `var.region`, `local.tags`, `aws_s3_bucket.logs`, `data.aws_ami.os`, `module.vpc`,
    /// `output.id`.
    pub declared: Vec<Name>,
    /// What its expressions lead to.
    pub used: Vec<Name>,
    /// Providers that it uses or requires.
    pub providers: Vec<Provider>,
    /// The keyword of its first block `terraform`.
    pub settings: Option<Span>,
    /// Where it says which versions of Terraform it takes.
    pub required_version: Option<Span>,
    /// Whether there may be more: part of it could not be read.
    pub partial: bool,
    /// Whether its blocks are laid over those of other files.
    pub overrides: bool,
    /// Whether only `OpenTofu` reads it, in place of a file of Terraform.
    pub tofu: bool,
}

/// A name and its place.
#[derive(Debug)]
pub struct Name {
    /// The address.
    pub address: String,
    /// The shortest text that says it.
    pub span: Span,
}

/// A provider that a module uses or requires.
#[derive(Debug)]
pub struct Provider {
    /// Its name in the module.
    pub name: String,
    /// The type of the resource that needs it, its own block's label, or its entry in `required_providers`.
    pub span: Span,
    /// Whether this is its entry.
    pub required: bool,
    /// Whether the entry says a version.
    pub versioned: bool,
}
