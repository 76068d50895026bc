//! What files of settings tell those who have them.
//!
//! Settings that one has alone are as good as its own words. Those that several have are an address book: nobody knows
//! whom which address is for, so that none is told any.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::build::{Builder, Says};
use super::files::{self, Taken};
use super::members::Lead;
use super::{Confidence, Id, Share, ShareKind, Signal, Use};
use crate::model::coupling::{Coupling, Hole, Told};
use crate::model::workload::Word;
use crate::text::{FileId, Span};

/// Settings that somebody has: the number of their file, who, and where that is written.
struct Held<'p> {
    settings: usize,
    says: Says<'p>,
    span: Span,
}

/// What makes nodes of one system one user of settings: they run the same image.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum User<'a> {
    Built(FileId),
    Image(&'a str),
    Node(Id),
}

/// Values of variables that are addresses, by who has them and by name.
type Values<'p> = HashMap<(Id, &'p str), &'p Told>;

impl<'p> Builder<'_, 'p> {
    /// Adds what files of settings say, and what objects with such text in them leave to variables.
    pub(super) fn settings(&mut self) {
        let taken = files::taken(self.wired.project);
        let all: Vec<Held<'p>> = taken.iter().flat_map(|taken| self.held_by(taken)).collect();
        let (alone, books) = self.users(all);
        for book in books {
            self.book(&book);
        }
        let values = self.values();
        let groups = self.groups(&alone);
        for held in &alone {
            let coupling = self.coupling(held.settings);
            let is_group = |name: &str| groups.contains(&(held.says.from, name));
            for told in coupling.told.iter().filter(|told| !is_group(&told.host.text)) {
                self.address(&held.says, told);
            }
            for hole in &coupling.holes {
                self.hole(&held.says, hole, &values);
            }
        }
        for (file, facts) in self.files() {
            for hole in &facts.coupling.holes {
                for says in self.listeners(file, hole.holder, &hole.directive) {
                    self.hole(&says, hole, &values);
                }
            }
        }
    }

    fn coupling(&self, file: usize) -> &'p Coupling {
        &self.wired.project.files[file].coupling
    }

    fn held_by(&self, taken: &Taken) -> Vec<Held<'p>> {
        let says = self.listeners(taken.by, taken.holder, "").into_iter();
        let held = says.map(|says| {
            let says = Says { best: Confidence::Medium, ..says };
            Held { settings: taken.settings, says, span: taken.span }
        });
        held.collect()
    }

    /// What somebody has alone in their system, and what several have, by system.
    fn users(&self, all: Vec<Held<'p>>) -> (Vec<Held<'p>>, Vec<Vec<Held<'p>>>) {
        let built = self.members.built.iter();
        let built: HashMap<Id, FileId> =
            built.flat_map(|(file, nodes)| nodes.iter().map(|node| (*node, *file))).collect();
        let mut sets: BTreeMap<(usize, usize), Vec<Held<'p>>> = BTreeMap::new();
        for held in all {
            sets.entry((held.settings, held.says.here.system)).or_default().push(held);
        }
        let user = |held: &Held<'_>| {
            let node = held.says.from;
            let image = self.members.nodes[node].image.as_deref().map(User::Image);
            let file = built.get(&node).copied().map(User::Built);
            file.or(image).unwrap_or(User::Node(node))
        };
        let (mut alone, mut books) = (Vec::new(), Vec::new());
        for mut set in sets.into_values() {
            let mut seen = BTreeSet::new();
            set.retain(|held| seen.insert(held.says.from));
            let users: BTreeSet<User<'_>> = set.iter().map(user).collect();
            if users.len() == 1 {
                alone.extend(set);
            } else {
                books.push(set);
            }
        }
        (alone, books)
    }

    /// Settings that several have.
    fn book(&mut self, users: &[Held<'p>]) {
        let Some(first) = users.first() else { return };
        let coupling = self.coupling(first.settings);
        let here = first.says.here;
        let name = coupling.file.clone().unwrap_or_default();
        let takers = users.iter().map(|held| {
            let (node, span) = (held.says.from, held.span);
            Use { node, span, writes: false, whole: true }
        });
        let holds = coupling.told.iter().filter_map(|told| match self.members.lead(here, &told.host.text) {
            Lead::To(to) => Some((to, told.host.span)),
            _ => None,
        });
        let share = Share {
            kind: ShareKind::Config,
            name: name.clone(),
            place: coupling.told.first().map(|told| Span::at(told.host.span.file, 0)),
            uses: takers.collect(),
            holds: holds.collect(),
        };
        // A name that no object has, so that it meets none.
        let key = format!("{name}\n{}", first.settings);
        self.shares.insert((ShareKind::Config, here.system, key), share);
    }

    /// Names of groups of hosts, by who has the settings that give them: one file may use what another one names.
    fn groups(&self, alone: &[Held<'p>]) -> HashSet<(Id, &'p str)> {
        let of = |held: &Held<'p>| {
            let (groups, node) = (&self.coupling(held.settings).groups, held.says.from);
            groups.iter().map(move |(_, name)| (node, name.text.as_str()))
        };
        alone.iter().flat_map(of).collect()
    }

    /// What variables that settings leave a host to are set to.
    fn values(&self) -> Values<'p> {
        let holes = self.files().flat_map(|(_, facts)| &facts.coupling.holes);
        let wanted: HashSet<&str> = holes.map(|hole| hole.variable.as_str()).collect();
        let mut values = Values::new();
        if wanted.is_empty() {
            return values;
        }
        for (file, facts) in self.files() {
            let told = facts.coupling.told.iter().filter(|told| wanted.contains(told.key.as_str()));
            for told in told.filter(|told| told.signal != Signal::ConfigFile) {
                for says in self.listeners(file, told.holder, &told.key) {
                    let value = values.entry((says.from, told.key.as_str())).or_insert(told);
                    // What is set from outside takes the place of what the image sets.
                    if value.signal == Signal::ImageEnv {
                        *value = told;
                    }
                }
            }
        }
        values
    }

    fn hole(&mut self, says: &Says<'p>, hole: &Hole, values: &Values<'p>) {
        let Some(value) = values.get(&(says.from, hole.variable.as_str())) else { return };
        let told = Told {
            holder: hole.holder,
            signal: Signal::ConfigFile,
            key: hole.directive.clone(),
            scheme: hole.scheme.clone().or_else(|| value.scheme.clone()),
            host: Word { text: value.host.text.clone(), span: hole.span },
            port: hole.port.or(value.port),
            user: None,
            database: None,
            bare: false,
        };
        self.address(says, &told);
    }
}
