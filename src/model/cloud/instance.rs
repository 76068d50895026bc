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
}
