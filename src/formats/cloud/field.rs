//! One field of a fact, from the places where it may be written.

use super::Attached;
use super::table::{Family, FieldLine, Reading, Shape, Step, Way};
use super::visit::Leaf;
use crate::model::cloud::{Computed, Data, Held, Instance, Origin, Part, Slot};
use crate::text::Span;

/// What fields are read from.
pub(super) struct Reader<'r> {
    /// The fact's mapping.
    pub(super) value: &'r Computed,
    /// What stands for it where something is missing.
    pub(super) near: Span,
    pub(super) instance: &'r Instance,
    /// What others call it.
    pub(super) names: &'r [String],
    pub(super) attached: &'r Attached<'r>,
}

/// Resources that say more about one other at most.
const MOST_ATTACHED: usize = 32;
/// Other resources that findings show at most.
const MOST_SHOWN: usize = 3;

/// What has been found on the ways of a field.
#[derive(Default)]
struct Found {
    held: Vec<(Held, Span)>,
    origins: Vec<Origin>,
    unknown: Option<Span>,
    /// The nearest text that should have held it, and how far down that is.
    missing: Option<(usize, Span)>,
    key: &'static str,
}

impl Reader<'_> {
    /// The field as a part of the fact.
    pub(super) fn part(&self, line: &'static FieldLine) -> Part {
        let mut missing: Option<(usize, Span)> = None;
        for way in &line.ways {
            let found = self.found(way, line.shape);
            let deeper = found.missing;
            if let Some(part) = found.finish(line) {
                return Part { key: self.spoken(part.key), ..part };
            }
            if deeper.is_some_and(|(depth, _)| missing.is_none_or(|(known, _)| depth > known)) {
                missing = deeper;
            }
        }
        let near = missing.map_or(self.near, |(_, near)| near);
        let key = line.ways.iter().flatten().find(|way| self.is_of_format(way));
        let key = key.map_or(line.name, |way| self.spoken(way.key));
        Part { name: line.name, key, slot: Slot::Unset(line.absent.clone(), near), origins: Vec::new() }
    }

    /// The resources that findings of this family show as well.
    pub(super) fn shown(&self, family: &'static Family) -> Vec<Origin> {
        let mut shown: Vec<Origin> = Vec::new();
        for (way, words) in &family.shown {
            let mut sink = |leaf: Leaf<'_>| {
                let named = leaf.target().and_then(|name| self.attached.by_id.get(name.as_str()));
                let place = named.map(|other| other.name.span);
                let new = |place: &Span| shown.iter().all(|known| known.span != *place);
                if let Some(span) = place.filter(new).filter(|_| shown.len() < MOST_SHOWN) {
                    shown.push(Origin { span, what: (*words).to_owned() });
                }
            };
            self.follow(way, &mut sink);
        }
        shown
    }

    /// Whether a boolean way is known to hold.
    pub(super) fn holds(&self, way: &'static Way) -> bool {
        let found = self.found(std::slice::from_ref(way), Shape::Bool);
        let absent = way.negated && found.unknown.is_none() && found.held.is_empty();
        absent || found.held.iter().any(|(held, _)| *held == Held::Bool(true))
    }

    /// Names of CloudFormation start with a capital, Terraform's do not.
    fn is_of_format(&self, way: &Way) -> bool {
        let upper = |text: &str| text.starts_with(|first: char| first.is_ascii_uppercase());
        upper(way.attached.unwrap_or(way.key)) == upper(&self.instance.kind.text)
    }

    /// What people write for a key: of what a module makes, the argument.
    fn spoken(&self, key: &'static str) -> &'static str {
        let spoken = self.instance.made.iter().flat_map(|made| made.spoken);
        spoken.into_iter().find(|(attribute, _)| *attribute == key).map_or(key, |(_, argument)| argument)
    }

    /// Whether a key that is not there could be among those that are not known: it must be of the format.
    fn may_hold(&self, way: &Way) -> bool {
        let part = !std::ptr::eq(self.value, std::ptr::from_ref(&self.instance.properties));
        part && !way.whole || self.is_of_format(way)
    }

    fn found(&self, ways: &'static [Way], shape: Shape) -> Found {
        let mut found = Found::default();
        for way in ways {
            self.follow(way, &mut |leaf| match &way.beyond {
                Some(beyond) => self.beyond(leaf, beyond, &mut |leaf| found.take(leaf, way, shape)),
                None => found.take(leaf, way, shape),
            });
        }
        found
    }

    /// Gives what stands at the ends of a way to `sink`.
    fn follow(&self, way: &Way, sink: &mut dyn FnMut(Leaf<'_>)) {
        if let Some(kind) = way.attached {
            return self.attached(kind, way, sink);
        }
        let (value, near) =
            if way.whole { (&self.instance.properties, self.instance.near) } else { (self.value, self.near) };
        if !self.may_hold(way) {
            return sink(Leaf::Missing { near, depth: 0 });
        }
        self.attached.documents.visit(value, near, &way.path, 0, sink);
    }

    /// Goes on in the resource that a path refers to. A text refers to none.
    fn beyond(&self, leaf: Leaf<'_>, path: &'static [Step], sink: &mut dyn FnMut(Leaf<'_>)) {
        let Leaf::Found { value, near } = leaf else { return sink(leaf) };
        let target = match &value.data {
            Data::Reference(target) => Some(target),
            _ => value.link.as_ref(),
        };
        match target.map(|target| self.attached.documents.resource(target)) {
            Some(Some(other)) => {
                self.attached.documents.visit(&other.properties, other.near, path, 1, sink);
            }
            None if value.data != Data::Unknown => sink(Leaf::Missing { near, depth: 0 }),
            _ => sink(Leaf::Unknown(value.span)),
        }
    }

    fn attached(&self, kind: &'static str, way: &Way, sink: &mut dyn FnMut(Leaf<'_>)) {
        let others = self.names.iter().flat_map(|name| self.attached.to(kind, name));
        let others: Vec<_> = others.take(MOST_ATTACHED).collect();
        let made = self.instance.made;
        let hidden = made.is_some_and(|made| !made.complete.contains(&kind));
        if others.is_empty() && (hidden || self.attached.vague.contains(kind)) {
            return sink(Leaf::Unknown(self.instance.name.span));
        }
        for other in others {
            self.attached.documents.visit(&other.properties, other.near, &way.path, 1, sink);
        }
    }
}

impl Found {
    fn take(&mut self, leaf: Leaf<'_>, way: &'static Way, shape: Shape) {
        match leaf {
            Leaf::Found { value, near } => {
                let place = if value.short { value.span } else { near };
                match read(value, way, shape, near) {
                    Some(Read::Held(held)) => {
                        self.key = way.key;
                        self.held.push((held, place));
                        self.origins.extend(value.origins.iter().cloned());
                    }
                    Some(Read::Nothing) => self.miss(way.path.len(), near),
                    None => {
                        self.key = way.key;
                        self.unknown.get_or_insert(place);
                    }
                }
            }
            Leaf::Missing { near, depth } => self.miss(depth, near),
            Leaf::Unknown(span) => {
                self.key = way.key;
                self.unknown.get_or_insert(span);
            }
        }
    }

    /// What was found, as a part: words are put together, of others the first counts.
    fn finish(self, line: &'static FieldLine) -> Option<Part> {
        let Found { held, origins, unknown, key, .. } = self;
        let first = held.first().map(|(_, span)| *span);
        let slot = match (line.shape, unknown) {
            (Shape::Words, _) => {
                let words = held.into_iter().flat_map(|(held, _)| match held {
                    Held::Words(words) => words,
                    _ => Vec::new(),
                });
                let words = words.chain(unknown.map(|span| (None, span))).collect();
                Slot::Set(Held::Words(words), first.or(unknown)?)
            }
            (_, unknown) => {
                // Of booleans that are put together, one that holds is enough.
                let holds = held.iter().position(|(held, _)| *held == Held::Bool(true));
                match (holds, unknown) {
                    (None, Some(span)) => Slot::Unknown(span),
                    (holds, _) => {
                        let (held, span) = held.into_iter().nth(holds.unwrap_or_default())?;
                        Slot::Set(held, span)
                    }
                }
            }
        };
        Some(Part { name: line.name, key, slot, origins })
    }

    fn miss(&mut self, depth: usize, near: Span) {
        if self.missing.is_none_or(|(known, _)| depth > known) {
            self.missing = Some((depth, near));
        }
    }
}

/// What a value reads as.
enum Read {
    Held(Held),
    /// Nothing is written.
    Nothing,
}

/// `None` where it cannot be known.
fn read(value: &Computed, way: &Way, shape: Shape, near: Span) -> Option<Read> {
    if value.data == Data::Null {
        return Some(Read::Nothing);
    }
    let flag = |holds: bool| Some(Read::Held(Held::Bool(holds != way.negated)));
    match &way.reading {
        Reading::Written | Reading::WrittenBut(_) => match &value.data {
            Data::Unknown => None,
            Data::Text(text) => {
                let but = matches!(way.reading, Reading::WrittenBut(but) if text.text.starts_with(but));
                flag(!text.text.is_empty() && !but)
            }
            Data::List(items) => flag(!items.is_empty()),
            _ => flag(true),
        },
        Reading::Keys => {
            let mut words = Vec::new();
            keys(value, &mut words);
            Some(Read::Held(Held::Words(words)))
        }
        Reading::Under(key) => {
            let mut words = Vec::new();
            under(value, key, near, &mut words);
            Some(if words.is_empty() { Read::Nothing } else { Read::Held(Held::Words(words)) })
        }
        Reading::Start if shape == Shape::Words => {
            let mut words = Vec::new();
            collect(value, near, &Computed::beginning, &mut words);
            Some(Read::Held(Held::Words(words)))
        }
        Reading::Start => one(value)?.beginning().map(|text| Read::Held(Held::Text(text))),
        Reading::OneOf(words) => {
            let value = one(value)?;
            // A mapping is none of them.
            if value.map().is_some_and(|map| !map.open) {
                return flag(false);
            }
            let text = value.scalar()?;
            flag(words.iter().any(|word| word.eq_ignore_ascii_case(&text)))
        }
        Reading::RefersTo(kind) => match &one(value)?.data {
            Data::Reference(target) => flag(is_of_type(&target.name, kind)),
            Data::Unknown => None,
            _ => flag(false),
        },
        Reading::Renamed(names) => {
            let text = one(value)?.scalar()?;
            let name = names.iter().find(|(name, _)| *name == text);
            Some(Read::Held(Held::Text(name.map_or(text, |(_, name)| (*name).to_owned()))))
        }
        Reading::Plain => plain(value, shape, near).map(|held| match held {
            Held::Bool(holds) => Read::Held(Held::Bool(holds != way.negated)),
            held => Read::Held(held),
        }),
    }
}

/// Whether an address such as `module.m.data.TYPE.NAME` is of a resource of this type.
fn is_of_type(address: &str, kind: &str) -> bool {
    address.rsplit_once('.').is_some_and(|(of, _)| {
        of.strip_suffix(kind).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// The value itself, or the only item of a list.
fn one(value: &Computed) -> Option<&Computed> {
    match &value.data {
        Data::List(items) if items.len() == 1 => items.first(),
        Data::List(_) => None,
        _ => Some(value),
    }
}

fn plain(value: &Computed, shape: Shape, near: Span) -> Option<Held> {
    match shape {
        Shape::Bool => match one(value)?.scalar()?.to_ascii_lowercase().as_str() {
            "true" => Some(Held::Bool(true)),
            "false" => Some(Held::Bool(false)),
            _ => None,
        },
        Shape::Int => one(value)?.scalar()?.parse().ok().map(Held::Int),
        Shape::Text => one(value)?.scalar().map(Held::Text),
        Shape::Words => {
            let mut words = Vec::new();
            collect(value, near, &Computed::scalar, &mut words);
            Some(Held::Words(words))
        }
    }
}

/// The keys of a mapping, and of those in it, that stand for something else than a mapping.
fn keys(value: &Computed, words: &mut Words) {
    let Some(map) = value.map() else { return words.push((None, value.span)) };
    for (key, inner) in &map.entries {
        match inner.data {
            Data::Map(_) | Data::Unknown => keys(inner, words),
            _ => words.push((Some(key.text.clone()), key.span)),
        }
    }
    if map.open {
        words.push((None, value.span));
    }
}

/// Words with their places; those that are not known are `None`.
type Words = Vec<(Option<String>, Span)>;

/// What stands under a key of a mapping, or of those in it. Keys of conditions may be in any case.
fn under(value: &Computed, key: &str, near: Span, words: &mut Words) {
    let Some(map) = value.map() else {
        if value.data == Data::Unknown {
            words.push((None, near));
        }
        return;
    };
    for (word, inner) in &map.entries {
        if is_key(&word.text, key) {
            collect(inner, word.span, &Computed::scalar, words);
        } else {
            under(inner, key, word.span, words);
        }
    }
    if map.open {
        words.push((None, value.span));
    }
}

/// Whether a key is this one; `*` stands for how it starts.
fn is_key(text: &str, key: &str) -> bool {
    match key.strip_prefix('*') {
        Some(end) => text.to_ascii_lowercase().ends_with(&end.to_ascii_lowercase()),
        None => text.eq_ignore_ascii_case(key),
    }
}

/// The scalars in a value, as `read` has them: of a list its items, of a mapping its values.
fn collect(value: &Computed, near: Span, read: &dyn Fn(&Computed) -> Option<String>, words: &mut Words) {
    match &value.data {
        Data::List(items) => items.iter().for_each(|item| collect(item, near, read, words)),
        Data::Map(map) => map.entries.iter().for_each(|(key, item)| collect(item, key.span, read, words)),
        Data::Null => {}
        _ => words.push((read(value), if value.short { value.span } else { near })),
    }
}
