//! What the API server takes: the fields of every kind, and a tree held against them.
//!
//! Schemas come from three places: those of Kubernetes itself, embedded and read kind by kind when they are asked for;
//! CustomResourceDefinitions; and files that the config names. Does not know rules, severities or files.

mod catalog;
pub mod kubernetes;
mod read;
mod types;
mod validate;

pub use catalog::{Catalog, Known};
pub use read::{Defined, definitions, json_schema, kind_of_path};
pub use types::{Schema, Type, TypeId, Types};
pub use validate::{Class, Violation};
