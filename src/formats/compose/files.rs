//! Files of settings that services have: mounted, or as configs.

use std::collections::HashMap;
use std::ops::Range;

use crate::formats::proxy::{self, taken};
use crate::model::Setting;
use crate::model::compose::{Compose, MountKind, Service, Target};
use crate::model::coupling::{Coupling, Holder};
use crate::model::workload::Word;
use crate::syntax::tree::{Node, Trace};

/// Adds what the services take, by paths from the folder of the file, and what settings in the file itself tell them.
pub(super) fn lower(coupling: &mut Coupling, compose: &Compose, root: Node<'_>) {
    for (number, service) in compose.services.iter().enumerate() {
        mounts(coupling, Holder::Service(number), service);
    }
    configs(coupling, compose, root);
}

fn mounts(coupling: &mut Coupling, holder: Holder, service: &Service) {
    let bound = service.mounts.iter().filter(|mount| mount.kind.get() == Some(&MountKind::Bind));
    for mount in bound {
        let (Setting::Set(path, span), Some(target)) = (&mount.source, mount.target.get()) else { continue };
        // Others lie outside of the repository.
        if path.starts_with(['/', '~', '\\']) || path.as_bytes().get(1) == Some(&b':') {
            continue;
        }
        let source = Word { text: path.clone(), span: *span };
        let writes = mount.read_only.get() != Some(&true);
        coupling.imports.extend(taken(holder, source, target, writes));
    }
}

/// `configs`: a file, or text in place. Text that several services have is an address book, which tells of no one.
fn configs(coupling: &mut Coupling, compose: &Compose, root: Node<'_>) {
    let mut users: HashMap<&str, Vec<(usize, &Word)>> = HashMap::new();
    for (number, service) in compose.services.iter().enumerate() {
        let configs = service.references.iter().filter(|(target, _)| *target == Target::Config);
        for (_, name) in configs {
            users.entry(name.text.as_str()).or_default().push((number, name));
        }
    }
    for entry in root.get("configs").map(Node::entries).unwrap_or_default() {
        let users = users.get(entry.key.text()).map_or(&[][..], Vec::as_slice);
        if let Some(path) = entry.value.get("file").and_then(super::read::word) {
            let target = entry.key.text();
            let imports = users
                .iter()
                .filter_map(|(number, _)| taken(Holder::Service(*number), path.clone(), target, false));
            coupling.imports.extend(imports);
        }
        if let ([(number, _)], Some(content)) = (users, entry.value.get("content")) {
            let service = &compose.services[*number];
            content_of(coupling, Holder::Service(*number), content, &names(service, entry.key.text(), root));
        }
    }
}

/// What a config may be called: its own name, and that of the file which a service finds it as.
fn names(service: &Service, name: &str, root: Node<'_>) -> Vec<String> {
    let layers = service.layers.iter().map(|&layer| root.tree().node(layer));
    let uses = layers.filter_map(|layer| layer.get("configs")).flat_map(Node::items);
    let targets = uses
        .filter(|item| item.get("source").is_some_and(|source| source.text() == name))
        .filter_map(|item| item.get("target"));
    targets.map(|target| target.text().to_owned()).chain([name.to_owned()]).collect()
}

fn content_of(coupling: &mut Coupling, holder: Holder, content: Node<'_>, names: &[String]) {
    let Some(text) = content.as_str() else { return };
    let Some(mut settings) = names.iter().find_map(|name| proxy::told(name, text)) else { return };
    // Variables in it are filled in by Compose, from elsewhere.
    settings.called.retain(|called| matches!(called.host, proxy::Host::Name(_)));
    let trace = Trace::of(content);
    let place = |range: Range<usize>| trace.span(range.start, range.end);
    settings.tell(coupling, holder, text, &place);
}
