//! What names lead to: every object and what others make, by kind and name, made once for all checks.

mod builds;
mod home;
mod parts;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use home::Home;
pub use parts::Whole;

use self::builds::Builds;
use self::home::Beside;
use self::parts::Parts;
use self::words::{ANY, OWN, Word, Words};
use super::reference::{Definition, Purpose, Reference, Target};
use super::resource::Resource;
use super::{Facts, Project, Setting};
use crate::text::Span;

/// Kind, group, name, namespace.
type Key = (Word, Word, Word, Word);

/// Stands for all sets of folders that are built together; their own numbers start above.
const EVERYWHERE: u32 = 0;

/// Pairs of prefix and suffix that are tried at most.
const MOST_AFFIXES: usize = 64;

/// The index of a project.
#[derive(Debug, Default)]
pub struct Names {
    words: Words,
    /// Where each name leads first.
    spots: HashMap<Key, Span>,
    /// What is inside, for each set of folders that are built together.
    parts: HashMap<(Key, u32), Parts>,
    /// The number of that set, by home.
    builds: HashMap<u32, u32>,
    homes: HashMap<u32, Home>,
    /// What kustomizations put around names.
    affixes: BTreeSet<(String, String)>,
    shares: HashMap<Purpose, Share>,
    /// Objects by kind and group, of the whole project.
    all: HashMap<(Word, Word), Vec<Beside>>,
}

/// How the references for one purpose fare in the whole project.
#[derive(Debug, Default)]
pub struct Share {
    /// References that lead somewhere.
    pub resolved: usize,
    /// Those that do not.
    pub missing: usize,
    /// Names that they lead to.
    names: HashSet<Word>,
}

impl Share {
    /// How many different names are referred to and are here.
    pub fn names(&self) -> usize {
        self.names.len()
    }
}

impl Names {
    /// Indexes a project.
    pub(super) fn of(project: &Project) -> Names {
        let mut names = Names::default();
        let mut builds = Builds::of(project);
        for facts in &project.files {
            let home = project.layout.home(facts.folder);
            names.builds.entry(home).or_insert_with(|| builds.set(home).saturating_add(1));
            for resource in &facts.resources {
                names.object(home, resource);
            }
            for definition in &facts.definitions {
                names.definition(home, facts, definition);
            }
            names.surroundings(home, facts);
        }
        for facts in &project.files {
            let home = project.layout.home(facts.folder);
            for reference in &facts.references {
                names.resolve(home, reference);
            }
        }
        names
    }

    fn object(&mut self, home: u32, resource: &Resource) {
        let (Some(kind), Some(_)) = (resource.kind.get(), resource.api_version.get()) else {
            // It may be anything.
            self.homes.entry(home).or_default().installs |= resource.kind.is_unknown();
            return;
        };
        let target = Target::read(resource.group(), kind);
        self.define(home, &target, &resource.name, &resource.namespace, resource.anchor);
        if let (true, Some(name)) = (home::makes_others(&target), resource.name.get()) {
            let name = self.words.add(name);
            self.homes.entry(home).or_default().makers.insert(name);
        }
    }

    /// What a file says of the objects beside it.
    fn surroundings(&mut self, home: u32, facts: &Facts) {
        let home = self.homes.entry(home).or_default();
        home.installs |= facts.installs;
        let readable = facts.grants.iter().filter_map(|grant| grant.resources.get()).flatten();
        home.readable.extend(readable.map(|word| word.text.clone()));
        let room = MOST_AFFIXES.saturating_sub(self.affixes.len());
        self.affixes.extend(facts.affixes.iter().take(room).cloned());
    }

    fn definition(&mut self, home: u32, facts: &Facts, made: &Definition) {
        let key = self.define(home, &made.target, &made.name, &made.namespace, made.anchor);
        let Some((kind, group, name, namespace)) = key else { return };
        let build = self.build(home);
        let mut places = vec![(namespace, build), (ANY, build)];
        // What is written to be in a namespace is found from everywhere.
        places.extend((namespace != OWN).then_some((namespace, EVERYWHERE)));
        // Other text may be laid over a fragment, or it over others.
        let fragment = made.resource.is_some_and(|resource| facts.resource(resource).fragment);
        for (namespace, build) in places {
            let parts = self.parts.entry(((kind, group, name, namespace), build));
            let parts = parts.or_insert_with(|| Parts::new(made.anchor));
            parts.add(made.parts.as_ref().filter(|_| !fragment));
        }
    }

    /// The number of the set of folders that this one is built with, as kustomizations take in each other.
    pub(super) fn build(&self, home: u32) -> u32 {
        self.builds.get(&home).copied().unwrap_or(u32::MAX)
    }

    /// Notes that this name leads somewhere.
    fn define(
        &mut self,
        home: u32,
        target: &Target,
        name: &Setting<String>,
        namespace: &Setting<String>,
        anchor: Span,
    ) -> Option<Key> {
        let (kind, group) = self.words.add_target(target);
        let Some(name) = name.get() else {
            if name.is_unknown() {
                self.homes.entry(home).or_default().vague.insert((kind, group));
            }
            return None;
        };
        let name = self.words.add(name);
        let namespace = namespace.get().map_or(OWN, |namespace| self.words.add(namespace));
        for namespace in [namespace, ANY] {
            self.spots.entry((kind, group, name, namespace)).or_insert(anchor);
        }
        let beside = Beside { name, namespace, anchor };
        home::note(&mut self.homes.entry(home).or_default().defined, (kind, group), beside);
        home::note(&mut self.all, (kind, group), beside);
        Some((kind, group, name, namespace))
    }

    fn resolve(&mut self, home: u32, reference: &Reference) {
        let Some(name) = reference.name.get() else { return };
        let found = self.find(reference).is_some();
        let share = self.shares.entry(reference.purpose).or_default();
        if found {
            share.resolved += 1;
            share.names.extend(self.words.get(name));
            self.homes.entry(home).or_default().resolving.insert(reference.purpose);
        } else {
            share.missing += 1;
        }
    }

    /// What the reference leads to: the same kind and name, in a namespace that may be the same.
    pub fn find(&self, reference: &Reference) -> Option<Span> {
        self.find_as(reference, reference.name.get()?)
    }

    fn find_as(&self, reference: &Reference, name: &str) -> Option<Span> {
        let (kind, group) = self.words.target(&reference.target)?;
        let name = self.words.get(name)?;
        let spot = |namespace| self.spots.get(&(kind, group, name, namespace)).copied();
        match reference.namespace.get() {
            None => spot(ANY),
            Some(namespace) => self.words.get(namespace).and_then(spot).or_else(|| spot(OWN)),
        }
    }

    /// What a reference may mean a part of: what is built with it has the first word, then what is written to be in
    /// the very namespace. Elsewhere, the same name may be another's.
    pub fn whole(&self, project: &Project, facts: &Facts, reference: &Reference) -> Option<Whole<'_>> {
        let (kind, group) = self.words.target(&reference.target)?;
        let name = self.words.get(reference.name.get()?)?;
        let build = self.build(project.layout.home(facts.folder));
        let parts = |namespace, build| self.parts.get(&((kind, group, name, namespace), build));
        let Some(namespace) = reference.namespace.get() else { return Whole::of(parts(ANY, build), None) };
        // Samples of all sorts are written to be in the default one.
        let written = self.words.get(namespace);
        let said = written.filter(|_| namespace != "default");
        let near = written.and_then(|namespace| parts(namespace, build));
        Whole::of(near, parts(OWN, build))
            .or_else(|| Whole::of(said.and_then(|namespace| parts(namespace, EVERYWHERE)), None))
    }

    /// Whether a kustomization makes the name that is referred to from another.
    pub fn is_affixed(&self, reference: &Reference) -> bool {
        let Some(name) = reference.name.get() else { return false };
        self.affixes.iter().any(|(prefix, suffix)| {
            let bare = name.strip_prefix(prefix.as_str()).and_then(|rest| rest.strip_suffix(suffix.as_str()));
            bare.is_some_and(|bare| !bare.is_empty() && self.find_as(reference, bare).is_some())
        })
    }

    /// What stands in the folder of these facts.
    pub fn home(&self, project: &Project, facts: &Facts) -> Option<&Home> {
        self.homes.get(&project.layout.home(facts.folder))
    }

    /// How all references for a purpose fare.
    pub fn share(&self, purpose: Purpose) -> Option<&Share> {
        self.shares.get(&purpose)
    }

    /// Names of objects of the kind that is referred to, in the whole project.
    pub fn all<'n>(&'n self, reference: &Reference) -> impl Iterator<Item = (&'n str, Span)> {
        let all = self.words.target(&reference.target).and_then(|target| self.all.get(&target));
        let all = all.map_or(&[][..], Vec::as_slice).iter();
        all.map(|one| (self.words.text(one.name), one.anchor))
    }

    /// Whether something in the home makes objects that it names after itself, and so may make this one.
    pub fn may_be_made(&self, home: &Home, name: &str) -> bool {
        let ends = name.match_indices('-').map(|(at, _)| at).chain([name.len()]);
        ends.filter_map(|end| self.words.get(&name[..end])).any(|name| home.makers.contains(&name))
    }

    /// Whether the definition of this kind may be unknown by name in the home.
    pub fn is_vague(&self, home: &Home, target: &Target) -> bool {
        self.words.target(target).is_some_and(|target| home.vague.contains(&target))
    }

    /// Names of objects of the kind that is referred to, in the home and in the namespace that is meant: the same one
    /// is written, or none on either side.
    pub fn beside<'n>(
        &'n self,
        home: &'n Home,
        reference: &Reference,
    ) -> impl Iterator<Item = (&'n str, Span)> {
        let wanted = reference.namespace.get().map_or(Some(OWN), |namespace| self.words.get(namespace));
        let target = self.words.target(&reference.target);
        let all = target.and_then(|target| home.defined.get(&target)).map_or(&[][..], Vec::as_slice);
        let meant = all.iter().filter(move |one| wanted == Some(one.namespace));
        meant.map(|one| (self.words.text(one.name), one.anchor))
    }

    /// An object of the home that has the right kind and name, and is in another namespace than the one referred to.
    pub fn in_other_namespace<'n>(
        &'n self,
        home: &'n Home,
        reference: &Reference,
    ) -> Option<(&'n str, Span)> {
        let target = self.words.target(&reference.target)?;
        let name = self.words.get(reference.name.get()?)?;
        let found = home.defined.get(&target)?.iter().find(|one| one.name == name)?;
        (found.namespace != OWN).then(|| (self.words.text(found.namespace), found.anchor))
    }
}
