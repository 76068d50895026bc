//! Trees with spans, one total parser per syntax; no domain words.

pub mod address;
pub mod codeowners;
pub mod directives;
pub mod dockerfile;
pub mod dockerignore;
pub mod dotenv;
pub mod hcl;
pub mod interpolation;
pub mod json;
pub mod parsed;
pub mod shell;
pub mod template;
pub mod toml;
pub mod tree;
pub mod yaml;
