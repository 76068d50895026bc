//! `[services]`: what files do not say of the services that they deploy.

use toml::de::DeTable;

use super::reader::Reader;
use super::{ConfigError, Written};
use crate::rule::nearest::nearest;

/// Fields of `[services]`; the schema has the same.
pub(super) const SERVICES: [&str; 4] = ["owners", "layer", "edge", "leave-out"];
/// Fields of `[[services.layer]]`.
pub(super) const LAYER: [&str; 3] = ["name", "services", "may-call"];
/// Fields of `[[services.edge]]`.
pub(super) const EDGE: [&str; 3] = ["from", "to", "kind"];

/// What `[services]` says. Services go by their name in reports; `*` stands for any characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services {
    /// Who answers for which services; a later one wins.
    pub owners: Vec<(Written<String>, Written<String>)>,
    /// From the top down.
    pub layers: Vec<ServiceLayer>,
    /// Dependencies that no file shows.
    pub edges: Vec<ServiceEdge>,
    /// Services that are not looked at.
    pub leave_out: Vec<Written<String>>,
}

/// Services that stand on one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLayer {
    /// What it is called.
    pub name: Written<String>,
    /// The services in it.
    pub services: Vec<Written<String>>,
    /// The other layers that these may call; `None` for all below.
    pub may_call: Option<Vec<Written<String>>>,
}

/// A dependency that no file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEdge {
    /// Who depends.
    pub from: Written<String>,
    /// On whom.
    pub to: Written<String>,
    /// How; what `to` is tells where it is not said.
    pub kind: Option<DependencyKind>,
}

/// How one service depends on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DependencyKind {
    /// It calls it and waits.
    Sync,
    /// It sends or gets messages.
    Async,
    /// It keeps data there.
    Datastore,
    /// It starts after it.
    Order,
}

impl DependencyKind {
    /// The kind with this name.
    pub fn parse(name: &str) -> Option<DependencyKind> {
        match name {
            "sync" => Some(DependencyKind::Sync),
            "async" => Some(DependencyKind::Async),
            "datastore" => Some(DependencyKind::Datastore),
            "order" => Some(DependencyKind::Order),
            _ => None,
        }
    }
}

impl Services {
    /// These over those of `base`: lists add up, but for the layers, whose order is one thought.
    pub(super) fn over(self, base: Services) -> Services {
        let join = |mut base: Vec<_>, own: Vec<_>| {
            base.extend(own);
            base
        };
        Services {
            owners: base.owners.into_iter().chain(self.owners).collect(),
            layers: if self.layers.is_empty() { base.layers } else { self.layers },
            edges: base.edges.into_iter().chain(self.edges).collect(),
            leave_out: join(base.leave_out, self.leave_out),
        }
    }
}

/// Reads the table.
pub(super) fn services(reader: &mut Reader, table: &DeTable<'_>) -> Services {
    reader.only(table, &SERVICES, "`[services]`");
    let layers = reader.tables(table, "layer");
    let layers: Vec<ServiceLayer> = layers.into_iter().filter_map(|inner| layer(reader, inner)).collect();
    known_layers(reader, &layers);
    let edges = reader.tables(table, "edge");
    Services {
        owners: reader.table(table, "owners").map(|inner| owners(reader, inner)).unwrap_or_default(),
        layers,
        edges: edges.into_iter().filter_map(|inner| edge(reader, inner)).collect(),
        leave_out: reader.strings(table, "leave-out").unwrap_or_default(),
    }
}

fn owners(reader: &mut Reader, table: &DeTable<'_>) -> Vec<(Written<String>, Written<String>)> {
    let mut owners = Vec::new();
    for (key, value) in table {
        let services = Written { value: key.get_ref().to_string(), span: reader.span(&key.span()) };
        if let Some(owner) = reader.as_string(value, &services.value) {
            owners.push((services, owner));
        }
    }
    // The table is sorted by name; a later line wins.
    owners.sort_by_key(|(services, _)| services.span);
    owners
}

fn layer(reader: &mut Reader, table: &DeTable<'_>) -> Option<ServiceLayer> {
    reader.only(table, &LAYER, "a layer");
    let name = needed(reader, table, "name", "a layer");
    let services = reader.strings(table, "services");
    let may_call = reader.strings(table, "may-call");
    if services.is_none() && !table.contains_key("services") {
        missing(reader, table, "services", "a layer");
    }
    Some(ServiceLayer { name: name?, services: services?, may_call })
}

fn edge(reader: &mut Reader, table: &DeTable<'_>) -> Option<ServiceEdge> {
    reader.only(table, &EDGE, "an edge");
    let from = needed(reader, table, "from", "an edge");
    let to = needed(reader, table, "to", "an edge");
    let kinds = "`sync`, `async`, `datastore` or `order`";
    let kind = reader.parsed(table, "kind", DependencyKind::parse, kinds).map(|written| written.value);
    Some(ServiceEdge { from: from?, to: to?, kind })
}

/// A string that must be there.
fn needed(reader: &mut Reader, table: &DeTable<'_>, key: &str, whose: &str) -> Option<Written<String>> {
    if !table.contains_key(key) {
        missing(reader, table, key, whose);
    }
    reader.string(table, key)
}

fn missing(reader: &mut Reader, table: &DeTable<'_>, key: &str, whose: &str) {
    let at = table.keys().map(toml::Spanned::span).min_by_key(|range| range.start).unwrap_or(0..0);
    reader.error(&at, format!("{whose} needs `{key}`"), "");
}

/// Notes names that two layers have, and calls to layers that there are not.
fn known_layers(reader: &mut Reader, layers: &[ServiceLayer]) {
    for (at, layer) in layers.iter().enumerate() {
        if let Some(first) = layers[..at].iter().find(|first| first.name.value == layer.name.value) {
            let message = format!("there is a layer `{}` already", layer.name.value);
            let error = ConfigError::new(layer.name.span, message);
            reader.errors.push(error.related(first.name.span, "the first one"));
        }
        for called in layer.may_call.iter().flatten() {
            let names = || layers.iter().map(|layer| layer.name.value.as_str());
            if names().any(|name| name == called.value) {
                continue;
            }
            let error = ConfigError::new(called.span, format!("there is no layer `{}`", called.value));
            let near = nearest(&called.value, names()).map(|near| format!("did you mean `{near}`?"));
            reader.errors.push(error.help(near.unwrap_or_default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, parse};
    use crate::text::FileId;

    fn read(text: &str) -> (Config, Vec<String>) {
        let (config, errors) = parse(FileId(0), text, Path::new("/r"), Path::new("/r"));
        (config, errors.into_iter().map(|error| error.message).collect())
    }

    #[test]
    fn a_whole_table() {
        let (config, errors) = read(
            "[services]\nleave-out = ['load-*']\n[services.owners]\n'orders*' = 'shop'\norders-db = 'data'\n\
             [[services.layer]]\nname = 'edge'\nservices = ['web']\nmay-call = ['core']\n\
             [[services.layer]]\nname = 'core'\nservices = ['orders']\n\
             [[services.edge]]\nfrom = 'orders'\nto = 'ledger'\nkind = 'async'\n",
        );
        assert_eq!(errors, [""; 0]);
        let services = config.services;
        let owners: Vec<_> = services.owners.iter().map(|(of, who)| (&*of.value, &*who.value)).collect();
        assert_eq!(owners, [("orders*", "shop"), ("orders-db", "data")]);
        assert_eq!(services.layers[0].may_call.as_ref().map(Vec::len), Some(1));
        assert_eq!(services.edges[0].kind, Some(DependencyKind::Async));
        assert_eq!(services.leave_out[0].value, "load-*");
    }

    #[test]
    fn mistakes_are_told() {
        let errors = |text: &str| read(text).1;
        assert_eq!(errors("[services]\nowner = 1"), ["unknown field `owner`"]);
        assert_eq!(errors("[[services.layer]]\nservices = ['a']"), ["a layer needs `name`"]);
        assert_eq!(errors("[[services.layer]]\nname = 'a'"), ["a layer needs `services`"]);
        assert_eq!(errors("[[services.edge]]\nfrom = 'a'"), ["an edge needs `to`"]);
        let kind = "[[services.edge]]\nfrom = 'a'\nto = 'b'\nkind = 'rpc'";
        assert_eq!(errors(kind), ["`rpc` is no value for `kind`"]);
        let one = "[[services.layer]]\nname = 'a'\nservices = []\n";
        assert_eq!(errors(&format!("{one}{one}")), ["there is a layer `a` already"]);
        assert_eq!(errors(&format!("{one}may-call = ['b']")), ["there is no layer `b`"]);
    }
}
