//! What infrastructure files say: resources, facts, and the project they form together.
//!
//! Does not parse, opens nothing, and knows no rules or severities.

pub mod block;
pub mod catalog;
pub mod certificate;
pub mod chart;
pub mod cloud;
pub mod cloudformation;
pub mod cluster;
pub mod command;
pub mod command_line;
pub mod component;
pub mod compose;
pub mod coupling;
pub mod env;
pub mod facts;
pub mod flags;
pub mod forms;
pub mod graph;
pub mod host_path;
pub mod image;
pub mod instruction;
pub mod labels;
pub mod layout;
pub mod matching;
pub mod mesh;
pub mod module;
pub mod names;
pub mod official;
pub mod origins;
pub mod ports;
pub mod project;
pub mod quantity;
pub mod rbac;
pub mod reach;
pub mod record;
pub mod reference;
pub mod release;
pub mod resource;
pub mod scaling;
pub mod security;
pub mod setting;
pub mod special;
pub mod stage;
pub mod wired;
pub mod wiring;
pub mod workload;

pub use facts::Facts;
pub use layout::Layout;
pub use names::Names;
pub use project::Project;
pub use quantity::Quantity;
pub use record::{Field, Made, Record, Value};
pub use setting::Setting;
pub use special::Special;
