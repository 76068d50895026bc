//! A resource as its format describes it, before it is known what it means.

use super::Computed;
use crate::model::workload::Word;
use crate::text::Span;

/// One resource of a cloud.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its type, as the format calls it: `AWS::S3::Bucket`, `aws_s3_bucket`.
    pub kind: Word,
    /// The name that people know it by.
    pub name: Word,
    /// What references to it say: its logical id, or its address without the key of an instance.
    pub id: String,
    /// All of it.
    pub span: Span,
    /// The key or name that holds its properties: where one is missing.
    pub near: Span,
    /// Its properties, a mapping.
    pub properties: Computed,
    /// What is known of it where a call of a module makes it, of which only the arguments are seen.
    pub made: Option<Made>,
}

/// What is known of a resource that a call of a module makes.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Types of resources that say more about it only where the same call makes them. There may be more of others.
    pub complete: &'static [&'static str],
    /// What the arguments are called that its attributes are.
    pub spoken: &'static [(&'static str, &'static str)],
}
