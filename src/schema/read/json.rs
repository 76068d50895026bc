//! JSON Schema files as other tools' catalogues name them: `{group}/{kind}_{version}.json`, `{kind}-{group}-{version}.json`.

use super::{Defined, Mode, Reader, TypeId};
use crate::syntax::tree::{Kind, Node, Tree};

/// The schema in a file, if its text or else its path says which kind it is for. `path` has `/` and no extension.
pub fn json_schema(tree: &Tree, path: &str) -> Option<Defined> {
    let root = tree.roots().next().filter(|root| root.kind() == Kind::Mapping)?;
    root.get("properties").or(root.get("$ref")).or(root.get("type"))?;
    let (api_version, kind) = said(root).or_else(|| named(path))?;
    let mut reader = Reader::new(false);
    reader.root = Some(root);
    reader.schema(root, Mode::Json, 0);
    Some(Defined::new(api_version, kind, reader.types))
}

/// The kind that the name of a file means; `path` has no extension.
pub fn kind_of_path(path: &str) -> Option<String> {
    named(path).map(|(_, kind)| kind)
}

/// The kind that a schema says it is for.
fn said(root: Node<'_>) -> Option<(String, String)> {
    let only = |key: &str| {
        let values = root.at(&["properties", key, "enum"])?;
        (values.items().len() == 1).then(|| values.item(0)?.as_str().map(str::to_owned))?
    };
    let own = || Some((only("apiVersion")?, only("kind")?));
    let marked = || {
        let mark = root.get("x-kubernetes-group-version-kind")?.item(0)?;
        let text = |key| mark.get(key).map_or("", Node::text);
        let version = format!("{}/{}", text("group"), text("version"));
        Some((version.trim_start_matches('/').to_owned(), text("kind").to_owned()))
    };
    own().or_else(marked)
}

/// The kind that the name of a file means.
fn named(path: &str) -> Option<(String, String)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if let Some((kind, version)) = name.rsplit_once('_') {
        let group = folder.rsplit('/').next().filter(|group| !group.is_empty())?;
        return Some((format!("{group}/{version}"), kind.to_owned()));
    }
    let mut parts = name.splitn(2, '-');
    let (kind, rest) = (parts.next()?, parts.next()?);
    let api_version =
        rest.rsplit_once('-').map_or(rest.to_owned(), |(group, version)| format!("{group}/{version}"));
    Some((api_version, kind.to_owned()))
}

impl<'t> Reader<'t> {
    /// The type that a reference within the file leads to; others take anything.
    pub(super) fn reference(&mut self, reference: &'t str, depth: usize) -> TypeId {
        if let Some(&id) = self.named.get(reference) {
            return id;
        }
        let id = self.any();
        self.named.insert(reference, id);
        let target =
            reference.strip_prefix("#/").and_then(|path| path.split('/').try_fold(self.root?, Node::get));
        if let Some(target) = target.filter(|target| target.kind() == Kind::Mapping) {
            let read = match target.get("$ref") {
                // A reference to a reference is rare, and may go round.
                Some(_) => crate::schema::Type::new(crate::schema::types::Takes::ANY),
                None => self.read(target, Mode::Json, depth + 1),
            };
            self.types[id.0 as usize] = read;
        }
        id
    }
}
