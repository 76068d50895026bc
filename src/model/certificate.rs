//! Who asks for certificates and who issues them: cert-manager.

use super::Setting;
use super::resource::ResourceId;
use super::workload::Word;

/// A Certificate, or an Ingress or Gateway that has one made by its annotations.
#[derive(Debug)]
pub struct Request {
    /// The object.
    pub resource: ResourceId,
    /// The issuer's name.
    pub issuer: Setting<String>,
    /// Whether a `ClusterIssuer` is meant.
    pub cluster: bool,
    /// Names that start with `*.`.
    pub wildcards: Vec<Word>,
}

/// An Issuer or `ClusterIssuer`.
#[derive(Debug)]
pub struct Issuer {
    /// The object.
    pub resource: ResourceId,
    /// Whether it proves names by serving a file, and in no other way.
    pub http_only: bool,
}
