//! What nodes have in common: volumes, settings, secrets, topics; and who takes settings from which object.

use std::collections::{BTreeSet, HashMap};

use super::build::Builder;
use super::members::{Here, Lead};
use super::{Id, Share, ShareKind, Use};
use crate::model::compose::Target;
use crate::model::coupling::{Holder, Import, Source, Told};
use crate::model::layout;
use crate::text::Span;

impl<'p> Builder<'_, 'p> {
    /// Who takes settings and data from where.
    pub(super) fn imports(&mut self) {
        let objects = self.objects();
        let places = self.places();
        for (file, facts) in self.files() {
            for import in &facts.coupling.imports {
                let Some(id) = self.members.party_of(file, import.holder) else { continue };
                let here = self.here(file, import.holder);
                let place = objects.get(&(here.system, import.source, import.name.text.as_str()));
                if let Some(&(other, holder)) = place {
                    self.users.entry((other, holder)).or_default().push((id, import.clone()));
                }
                let defined = places.get(&(here.system, import.source, import.name.text.as_str()));
                self.share(file, id, import, here, defined.copied());
            }
        }
    }

    /// Where settings, secrets and volumes are defined, by system and name.
    fn places(&self) -> HashMap<(usize, Source, &'p str), Span> {
        let mut places = HashMap::new();
        for (file, facts) in self.files() {
            for (number, resource) in facts.resources.iter().enumerate() {
                let source = match (resource.kind(), resource.group()) {
                    ("ConfigMap", "") => Source::Map,
                    ("Secret", "") => Source::Secret,
                    ("PersistentVolumeClaim", "") => Source::Volume,
                    _ => continue,
                };
                let system = self.systems.of_file(file, Holder::Object(number));
                if let Some(name) = resource.name.get() {
                    places.entry((system, source, name.as_str())).or_insert(resource.anchor);
                }
            }
            for (target, name) in facts.compose.iter().flat_map(|compose| &compose.definitions) {
                let source = match target {
                    Target::Config => Source::Map,
                    Target::Secret => Source::Secret,
                    Target::Volume => Source::Volume,
                    Target::Service | Target::Network => continue,
                };
                let system = self.systems.of_file(file, Holder::Service(0));
                places.entry((system, source, name.text.as_str())).or_insert(name.span);
            }
        }
        places
    }

    /// ConfigMaps and Secrets by system and name.
    fn objects(&self) -> HashMap<(usize, Source, &'p str), (usize, Holder)> {
        let mut objects = HashMap::new();
        for (file, facts) in self.files() {
            for (number, (source, name)) in facts.coupling.made.iter().enumerate() {
                let holder = Holder::Made(number);
                let system = self.systems.of_file(file, holder);
                objects.entry((system, *source, name.text.as_str())).or_insert((file, holder));
            }
            for (number, resource) in facts.resources.iter().enumerate() {
                let source = match (resource.kind(), resource.group()) {
                    ("ConfigMap", "") => Source::Map,
                    ("Secret", "") => Source::Secret,
                    _ => continue,
                };
                let Some(name) = resource.name.get() else { continue };
                let holder = Holder::Object(number);
                let system = self.systems.of_file(file, holder);
                objects.entry((system, source, name.as_str())).or_insert((file, holder));
            }
        }
        objects
    }

    fn share(&mut self, file: usize, id: Id, import: &Import, here: Here<'p>, place: Option<Span>) {
        let kind = match import.source {
            Source::Volume | Source::Host => ShareKind::Volume,
            Source::Secret => ShareKind::Secret,
            Source::Map => ShareKind::Config,
            Source::File => return,
        };
        let name = match (&import.key, import.source) {
            (_, Source::Host) => self.path(file, &import.name.text),
            (Some(key), _) => format!("{}/{key}", import.name.text),
            (None, _) => import.name.text.clone(),
        };
        let shown = if import.source == Source::Host { import.name.text.clone() } else { name.clone() };
        let share = self.shares.entry((kind, here.system, name)).or_insert_with(|| Share {
            kind,
            name: shown,
            place,
            uses: Vec::new(),
            holds: Vec::new(),
        });
        let whole = import.key.is_none();
        share.uses.push(Use { node: id, span: import.name.span, writes: import.writes, whole });
    }

    /// A path of the host, as seen from the folder of the file that names it.
    fn path(&self, file: usize, path: &str) -> String {
        let folder =
            self.wired.project.layout.place(self.wired.project.files[file].folder).unwrap_or_default();
        let relative = path.starts_with('.');
        let joined = relative.then(|| layout::join(folder, path)).flatten();
        joined.unwrap_or_else(|| path.to_owned())
    }

    /// Notes whose address stands in settings.
    pub(super) fn held(&mut self, file: usize, told: &Told) {
        let here = self.here(file, told.holder);
        let Lead::To(to) = self.members.lead(here, &told.host.text) else { return };
        let Some(users) = self.users.get(&(file, told.holder)) else { return };
        let names: BTreeSet<String> = users.iter().map(|(_, import)| import.name.text.clone()).collect();
        for name in names {
            if let Some(share) = self.shares.get_mut(&(ShareKind::Config, here.system, name)) {
                share.holds.push((to, told.host.span));
            }
        }
    }

    /// Topics and queues.
    pub(super) fn channels(&mut self) {
        for (file, facts) in self.files() {
            for channel in &facts.coupling.channels {
                for says in self.listeners(file, channel.holder, &channel.key) {
                    let key = (ShareKind::Topic, says.here.system, channel.name.text.clone());
                    let share = self.shares.entry(key).or_insert_with(|| Share {
                        kind: ShareKind::Topic,
                        name: channel.name.text.clone(),
                        place: None,
                        uses: Vec::new(),
                        holds: Vec::new(),
                    });
                    let span = channel.name.span;
                    share.uses.push(Use { node: says.from, span, writes: !channel.reads, whole: true });
                }
            }
        }
    }
}
