//! Settings of proxies and of programs that ask others → the addresses in them: nginx, Apache, Caddy, `HAProxy`, Envoy,
//! Traefik, Prometheus, Grafana, Fluent Bit, collectors of telemetry.
//!
//! Here the settings are the program: what they name is called. They are read for that alone; whether a program takes
//! them is for the program to say. So nothing here is an error, and what breaks a grammar costs one directive.

mod data;
mod lines;
mod nginx;
mod program;
mod taken;
mod target;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::model::coupling::{Coupling, Holder, Hole, Told};
use crate::model::graph::Signal;
use crate::model::workload::Word;
use crate::syntax::directives::{self, Directives};
use crate::syntax::tree::{Schema, Tree};
use crate::syntax::{json, toml, yaml};
use crate::text::{FileId, Span};

pub use program::{Program, Syntax, called, is_candidate, is_toml, may_be};
pub use taken::taken;

/// Addresses that are taken from one text at most.
const MOST: usize = 4096;

/// An address in settings. All ranges are bytes in their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The directive or key that names it: `proxy_pass`, `targets`.
    pub directive: String,
    /// The scheme, in lower case.
    pub scheme: Option<String>,
    /// The host.
    pub host: Host,
    /// The port.
    pub port: Option<u16>,
}

/// What stands where a host does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name or an IPv4 address.
    Name(Range<usize>),
    /// A variable of the environment and nothing else: its name, and where all of it stands.
    Variable(String, Range<usize>),
}

/// What settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whom they call.
    pub called: Vec<Called>,
    /// Names that they give to groups of hosts, for themselves and for files beside them.
    pub groups: Vec<Range<usize>>,
}

/// What the text says, if a file of this name with this text has settings that are read here. For texts inside of
/// others: a key of a ConfigMap, a config of Compose.
pub fn told(name: &str, text: &str) -> Option<Settings> {
    let program = Program::of(name, text)?;
    Some(match program.syntax() {
        Syntax::Directives(grammar) => of_directives(program, &directives::parse(text, grammar), text),
        Syntax::Data if is_toml(name) => of_data(program, &toml::parse(FileId(0), text.into()).tree),
        Syntax::Data if text.trim_start().starts_with('{') => {
            of_data(program, &json::parse(FileId(0), text.into()).tree)
        }
        Syntax::Data => of_data(program, &yaml::parse(FileId(0), text.into(), Schema::Core).tree),
    })
}

/// What directives say, read from `text`.
pub fn of_directives(program: Program, found: &Directives, text: &str) -> Settings {
    let mut settings = match program {
        Program::Nginx => nginx::read(found, text),
        Program::Apache => lines::apache(found, text),
        Program::Caddy => lines::caddy(found, text),
        Program::Haproxy => lines::haproxy(found, text),
        _ => lines::fluent(found, text),
    };
    settings.called.truncate(MOST);
    settings
}

/// What data say.
pub fn of_data(program: Program, tree: &Tree) -> Settings {
    let mut settings = data::read(program, tree);
    settings.called.truncate(MOST);
    settings
}

impl Settings {
    /// Tells `coupling` what they say, on the part of `holder`. `place` leads from ranges of `text` to a file.
    pub fn tell(
        &self,
        coupling: &mut Coupling,
        holder: Holder,
        text: &str,
        place: &dyn Fn(Range<usize>) -> Span,
    ) {
        let word = |range: &Range<usize>| Word {
            text: text.get(range.clone()).unwrap_or_default().to_owned(),
            span: place(range.clone()),
        };
        for called in &self.called {
            match &called.host {
                Host::Name(range) => coupling.told.push(Told {
                    holder,
                    signal: Signal::ConfigFile,
                    key: called.directive.clone(),
                    scheme: called.scheme.clone(),
                    host: word(range),
                    port: called.port,
                    user: None,
                    database: None,
                    bare: false,
                }),
                Host::Variable(name, range) => coupling.holes.push(Hole {
                    holder,
                    directive: called.directive.clone(),
                    variable: name.clone(),
                    scheme: called.scheme.clone(),
                    port: called.port,
                    span: place(range.clone()),
                }),
            }
        }
        coupling.groups.extend(self.groups.iter().map(|range| (holder, word(range))));
    }
}
