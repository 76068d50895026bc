//! Objects by name, as close to who asks as they can be found: many projects of one repository use the same names.

use std::collections::HashMap;

/// A fact of a project: the number of its file, and its own in there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file, by its place in the project.
    pub file: usize,
    /// The fact, by its place among those of its kind.
    pub id: usize,
}

/// Where something is looked for, the closest first. A home is a folder, or a whole chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    File(usize),
    Home(u32),
    Everywhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Space<'p> {
    Named(&'p str),
    /// The namespace that the object is applied to.
    Unset,
    Any,
}

/// Objects of one name that are kept for one place: one more than can be said to be meant.
const MOST: usize = 4;

/// Objects of one kind by name.
#[derive(Debug, Default)]
pub(super) struct Nearest<'p> {
    found: HashMap<(Place, Space<'p>, &'p str), Vec<At>>,
}

impl<'p> Nearest<'p> {
    /// Adds an object; what has no namespace may be in any.
    pub(super) fn add(&mut self, at: At, home: u32, namespace: Option<&'p str>, name: &'p str) {
        let own = namespace.map_or(Space::Unset, Space::Named);
        for place in [Place::File(at.file), Place::Home(home), Place::Everywhere] {
            for space in [own, Space::Any] {
                let list = self.found.entry((place, space, name)).or_default();
                if list.len() < MOST {
                    list.push(at);
                }
            }
        }
    }

    /// The closest objects of this name, as seen from a file; some of them only, if there are many.
    pub(super) fn find(&self, file: usize, home: u32, namespace: Option<&'p str>, name: &'p str) -> &[At] {
        let spaces = match namespace {
            Some(namespace) => [Space::Named(namespace), Space::Unset],
            None => [Space::Unset, Space::Any],
        };
        [Place::File(file), Place::Home(home), Place::Everywhere]
            .into_iter()
            .flat_map(|place| spaces.map(|space| (place, space, name)))
            .find_map(|key| self.found.get(&key))
            .map_or(&[], Vec::as_slice)
    }

    /// The closest object of this name, unless several are as close.
    pub(super) fn sole(
        &self,
        file: usize,
        home: u32,
        namespace: Option<&'p str>,
        name: &'p str,
    ) -> Option<At> {
        match self.find(file, home, namespace, name) {
            [one] => Some(*one),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_is_meant_and_namespaces_count() {
        let (here, there) = (0, 1);
        let at = |file| At { file, id: 0 };
        let mut names = Nearest::default();
        names.add(at(0), here, Some("web"), "ci");
        names.add(at(1), here, None, "ci");
        names.add(at(2), there, Some("web"), "ci");
        assert_eq!(names.sole(0, here, Some("web"), "ci"), Some(at(0)));
        assert_eq!(names.sole(3, there, Some("web"), "ci"), Some(at(2)));
        // One of no namespace may be in any, one of another is not meant.
        assert_eq!(names.sole(3, here, Some("api"), "ci"), Some(at(1)));
        assert_eq!(names.sole(3, there, Some("api"), "ci"), Some(at(1)));
        assert_eq!(names.sole(4, 2, Some("web"), "ci"), None);
        assert_eq!(names.sole(4, 2, None, "cd"), None);
    }
}
