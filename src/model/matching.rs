//! Labels and selectors of a whole project, found by label: who carries what, and who selects whom.
//!
//! Nothing here compares everything with everything. What cannot be known is a match that may be.

use std::collections::{BTreeMap, HashMap};

use super::Facts;
use super::labels::{Labels, Selector};
use super::layout::Layout;
use super::resource::Resource;

/// Something that carries labels: the pods of a workload, a Service.
#[derive(Clone, Copy, Debug)]
pub struct Carrier<'p> {
    /// The facts of its file.
    pub facts: &'p Facts,
    /// Its object.
    pub resource: &'p Resource,
    /// What it carries.
    pub labels: &'p Labels,
    /// Its number among the facts of its kind.
    pub number: usize,
}

impl Carrier<'_> {
    /// Whether `selector` selects it. Text that other text is laid over may get further labels from there.
    pub fn selected_by(&self, selector: &Selector) -> Option<bool> {
        match selector.selects(self.labels) {
            Some(false) if self.resource.fragment => {
                let labels = Labels { open: true, ..self.labels.clone() };
                selector.selects(&labels)
            }
            verdict => verdict,
        }
    }

    fn is_vague(&self) -> bool {
        self.resource.fragment || self.labels.is_vague()
    }
}

/// Whoever selects: its object, and the facts of its file.
#[derive(Clone, Copy, Debug)]
pub struct From<'p> {
    /// The facts of its file.
    pub facts: &'p Facts,
    /// Its object.
    pub resource: &'p Resource,
}

/// What a selector finds.
#[derive(Debug, Default)]
pub struct Found<'p> {
    /// Those it surely selects.
    pub sure: Vec<Carrier<'p>>,
    /// Those of which that cannot be known.
    pub maybe: Vec<Carrier<'p>>,
    /// Whether there may be others, here in the project, that were not looked at.
    pub more: bool,
}

/// Where a selector looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In its own namespace.
    Namespace,
    /// In all of them.
    Everywhere,
}

impl Reach {
    fn takes(self, carrier: &Carrier<'_>, from: From<'_>) -> bool {
        self == Reach::Everywhere || carrier.resource.may_share_namespace(from.resource)
    }
}

/// Carriers that are looked at for one selector at most; one more, and nothing is said about it.
const MOST: usize = 500;

/// Everything of one kind that carries labels, by what it is built with, and by label.
#[derive(Debug)]
pub struct Carriers<'p> {
    layout: &'p Layout,
    /// By the number of their folder's [`Layout::home`].
    by_home: HashMap<u32, Vec<Carrier<'p>>>,
    by_label: HashMap<&'p str, BTreeMap<&'p str, Vec<Carrier<'p>>>>,
    /// Those with a label whose value, or key, cannot be known: they may be meant by their neighbours only.
    vague: HashMap<u32, Vec<Carrier<'p>>>,
}

impl<'p> Carriers<'p> {
    /// Sorts `all` by what they carry.
    pub fn new(layout: &'p Layout, all: impl Iterator<Item = Carrier<'p>>) -> Self {
        let (by_home, by_label, vague) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut index = Carriers { layout, by_home, by_label, vague };
        for carrier in all {
            let home = layout.home(carrier.facts.folder);
            index.by_home.entry(home).or_default().push(carrier);
            for label in &carrier.labels.pairs {
                if let Some(value) = label.value.get() {
                    index.by_label.entry(&label.key).or_default().entry(value).or_default().push(carrier);
                }
            }
            if carrier.is_vague() {
                index.vague.entry(home).or_default().push(carrier);
            }
        }
        index
    }

    /// The one beside `from` that carries most of the keys it selects by, of its own name and file if it can be. None
    /// if no neighbour carries any: then what is selected is made elsewhere.
    pub fn nearest(&self, from: From<'_>, selector: &Selector) -> Option<Carrier<'p>> {
        let written = selector.labels.pairs.iter().map(|label| label.key.as_str());
        let required = selector.requirements.iter().filter_map(|one| one.key.get().map(String::as_str));
        let keys: Vec<&str> = written.chain(required).collect();
        let close = |carrier: &Carrier<'p>| {
            let shared = keys.iter().filter(|key| carrier.labels.get(key).is_some()).count();
            let named = shared > 0 && carrier.resource.name() == from.resource.name();
            (named, shared, carrier.resource.anchor.file == from.resource.anchor.file)
        };
        let neighbours = slice(self.by_home.get(&self.layout.home(from.facts.folder))).iter();
        let near = neighbours.filter(|carrier| carrier.resource.may_share_namespace(from.resource));
        let near: Vec<&Carrier<'p>> = near.take(MOST).collect();
        // Of several, the first.
        let best = near.into_iter().rev().max_by_key(|carrier| close(carrier))?;
        (close(best).1 > 0).then_some(*best)
    }

    /// What `selector` finds for `from`, anywhere in the project.
    pub fn find(&self, from: From<'_>, selector: &Selector, reach: Reach) -> Found<'p> {
        let (candidates, more) = self.candidates(from, selector);
        let mut found = Found { more, ..Found::default() };
        for carrier in candidates.into_iter().filter(|carrier| reach.takes(carrier, from)) {
            match carrier.selected_by(selector) {
                Some(true) => found.sure.push(*carrier),
                None => found.maybe.push(*carrier),
                Some(false) => {}
            }
        }
        found
    }

    /// Whether `selector` surely finds nothing for `from`.
    pub fn misses(&self, from: From<'_>, selector: &Selector, reach: Reach) -> bool {
        let (candidates, more) = self.candidates(from, selector);
        let may = |carrier: &&Carrier<'p>| {
            reach.takes(carrier, from) && carrier.selected_by(selector) != Some(false)
        };
        !more && !candidates.iter().any(may)
    }

    /// Those that `selector` may select, and whether there may be others.
    fn candidates(&self, from: From<'_>, selector: &Selector) -> (Vec<&Carrier<'p>>, bool) {
        let home = self.layout.home(from.facts.folder);
        let neighbours = slice(self.by_home.get(&home)).iter();
        let Some(labelled) = self.handle(selector) else {
            return (neighbours.take(MOST).collect(), true);
        };
        // Of the vague, those with the label are among the labelled already.
        let here = |one: &Carrier<'_>| self.layout.home(one.facts.folder) == home;
        let others = labelled.into_iter().filter(|one| !(one.is_vague() && here(one)));
        let vague = slice(self.vague.get(&home));
        let candidates: Vec<&Carrier<'p>> = others.chain(vague).take(MOST + 1).collect();
        let more = selector.labels.open || candidates.len() > MOST;
        (candidates, more)
    }

    /// Those that carry the rarest of the labels asked for, or what a requirement asks for; none if nothing is asked
    /// that one could look for.
    fn handle(&self, selector: &Selector) -> Option<Vec<&Carrier<'p>>> {
        let written = selector.labels.pairs.iter().filter(|label| !label.is_given_later());
        let labels = written.filter_map(|label| {
            let values = self.by_label.get(label.key.as_str());
            let value = label.value.get()?.as_str();
            Some(slice(values.and_then(|values| values.get(value))))
        });
        if let Some(rarest) = labels.min_by_key(|carriers| carriers.len()) {
            return Some(rarest.iter().take(MOST + 1).collect());
        }
        selector.requirements.iter().find_map(|requirement| {
            let values = self.by_label.get(requirement.key.get()?.as_str()).into_iter().flatten();
            let meant: Vec<&Vec<Carrier<'p>>> = match requirement.operator.get()?.as_str() {
                "In" => {
                    let wanted = requirement.values.as_ref()?;
                    values
                        .filter(|(value, _)| wanted.iter().any(|one| one == *value))
                        .map(|one| one.1)
                        .collect()
                }
                "Exists" => values.map(|(_, carriers)| carriers).collect(),
                _ => return None,
            };
            Some(meant.into_iter().flatten().take(MOST + 1).collect())
        })
    }
}

fn slice<T>(found: Option<&Vec<T>>) -> &[T] {
    found.map_or(&[], Vec::as_slice)
}

/// Something with a selector.
#[derive(Clone, Copy, Debug)]
pub struct Chooser<'p> {
    /// Its object, and the facts of its file.
    pub from: From<'p>,
    /// What it selects; `None` when that cannot be read.
    pub selector: Option<&'p Selector>,
    /// Its number among the facts of its kind.
    pub number: usize,
}

/// Everything of one kind that selects, by a label that it asks for.
#[derive(Debug, Default)]
pub struct Choosers<'p> {
    by_label: HashMap<(&'p str, &'p str), Vec<Chooser<'p>>>,
    /// Those that ask for no label of a known value, by namespace.
    others: BTreeMap<Option<&'p str>, Vec<Chooser<'p>>>,
    /// All of them, for pods of which it cannot be known what they carry.
    all: Vec<Chooser<'p>>,
}

impl<'p> Choosers<'p> {
    /// Sorts `all` by what they ask for.
    pub fn new(all: impl Iterator<Item = Chooser<'p>>) -> Self {
        let mut index = Choosers::default();
        for chooser in all {
            index.all.push(chooser);
            let labels = chooser.selector.iter().flat_map(|selector| &selector.labels.pairs);
            let mut known =
                labels.filter_map(|label| Some((label.key.as_str(), label.value.get()?.as_str())));
            let namespace = chooser.from.resource.namespace.get().map(String::as_str);
            match known.next_back() {
                Some(label) => index.by_label.entry(label).or_default().push(chooser),
                None => index.others.entry(namespace).or_default().push(chooser),
            }
        }
        index
    }

    /// Those that select `carrier`, or of which that cannot be known, with which of the two.
    pub fn of<'a>(&'a self, carrier: Carrier<'a>) -> impl Iterator<Item = (Chooser<'p>, Option<bool>)> + 'a {
        let vague = carrier.is_vague();
        let all = self.all.iter().filter(move |_| vague);
        let pairs = carrier.labels.pairs.iter().filter(move |_| !vague);
        let pairs = pairs.filter_map(|label| Some((label.key.as_str(), label.value.get()?.as_str())));
        let labelled = pairs.filter_map(|label| self.by_label.get(&label)).flatten();
        let others = self.others(carrier.resource).filter(move |_| !vague);
        all.chain(labelled).chain(others).filter_map(move |chooser| {
            if !chooser.from.resource.may_share_namespace(carrier.resource) {
                return None;
            }
            let verdict = chooser.selector.and_then(|selector| carrier.selected_by(selector));
            (verdict != Some(false)).then_some((*chooser, verdict))
        })
    }

    /// Those without a known label that may be of the namespace of `resource`.
    fn others<'a>(&'a self, resource: &'a Resource) -> impl Iterator<Item = &'a Chooser<'p>> {
        let own = resource.namespace.get().map(String::as_str);
        let near = move |namespace: Option<&str>| own.is_none() || namespace.is_none() || namespace == own;
        self.others.iter().filter(move |(namespace, _)| near(**namespace)).flat_map(|(_, choosers)| choosers)
    }
}
