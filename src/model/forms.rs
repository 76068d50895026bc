//! Which objects are applied together, and which are forms of one thing, of which only one is.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::Project;
use super::layout::Layout;
use super::matching::From;
use crate::text::FileId;

/// A file, or a folder with what is applied at once with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    File(FileId),
    /// By the number that [`Layout::home`] gives: a folder, or a whole chart.
    Home(u32),
}

/// What every file and folder defines, by kind and name.
#[derive(Debug)]
pub struct Forms<'p> {
    layout: &'p Layout,
    objects: HashMap<Place, HashSet<(&'p str, &'p str)>>,
    /// Places that were compared already.
    known: RefCell<HashMap<(Place, Place), bool>>,
}

impl<'p> Forms<'p> {
    /// Sorts the objects of a project by where they stand. Text that is laid over others is no form of its own.
    pub fn new(project: &'p Project) -> Self {
        let layout = &project.layout;
        let mut forms = Forms { layout, objects: HashMap::new(), known: RefCell::default() };
        for (facts, resource) in project.resources().filter(|(_, resource)| !resource.fragment) {
            // A namespace is made wherever something is put into it.
            if resource.name.get().is_none() || matches!(resource.kind(), "" | "Namespace") {
                continue;
            }
            for place in [Place::File(resource.anchor.file), Place::Home(layout.home(facts.folder))] {
                forms.objects.entry(place).or_default().insert((resource.kind(), resource.name()));
            }
        }
        forms
    }

    /// Whether two objects are applied together, as far as files can say: they stand in one folder or chart, or say that they
    /// are of one namespace. Two objects of one kind and name are forms of one, such as a base and its overlay; and
    /// where two files or folders hold forms of something, such as those for two clusters, all in them is one or the
    /// other.
    pub fn together(&self, one: From<'_>, two: From<'_>) -> bool {
        let (a, b) = (one.resource, two.resource);
        if (a.kind(), a.name()) == (b.kind(), b.name()) || !a.may_share_namespace(b) {
            return false;
        }
        if a.anchor.file == b.anchor.file {
            return true;
        }
        let (here, there) = (self.layout.home(one.facts.folder), self.layout.home(two.facts.folder));
        if here == there {
            return !self.share(Place::File(a.anchor.file), Place::File(b.anchor.file));
        }
        // `default` says no more than nothing does.
        let written = a.namespace.get().filter(|name| *name != "default");
        let same = written.is_some() && written == b.namespace.get();
        same && !self.share(Place::Home(here), Place::Home(there))
    }

    /// Whether both places define an object of one kind and name.
    fn share(&self, one: Place, two: Place) -> bool {
        let key = (one.min(two), one.max(two));
        *self.known.borrow_mut().entry(key).or_insert_with(|| {
            let both = self.objects.get(&one).zip(self.objects.get(&two));
            both.is_some_and(|(one, two)| !one.is_disjoint(two))
        })
    }
}
