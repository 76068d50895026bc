//! One line of `kubernetes.txt` → a type. What does not fit is left out, which the tests rule out.

use crate::schema::types::{Constant, Field, Format, More, Range, Rest, Takes, Type, TypeId};

/// The minor releases in which something exists, both ends in it.
#[derive(Clone, Copy)]
pub(super) struct Minors {
    pub(super) first: u16,
    pub(super) last: u16,
}

impl Minors {
    const ALL: Minors = Minors { first: 0, last: u16::MAX };

    /// `27-30`, `27-` or `-30`.
    fn parse(text: &str) -> Option<Minors> {
        let (first, last) = text.split_once('-')?;
        let end = |text: &str, open| if text.is_empty() { Some(open) } else { text.parse().ok() };
        Some(Minors { first: end(first, 0)?, last: end(last, u16::MAX)? })
    }

    fn has(self, minor: u16) -> bool {
        (self.first..=self.last).contains(&minor)
    }
}

/// Text, and the releases behind its `@`.
fn dated(text: &'static str) -> (&'static str, Minors) {
    match text.split_once('@') {
        Some((text, span)) => (text, Minors::parse(span).unwrap_or(Minors::ALL)),
        None => (text, Minors::ALL),
    }
}

/// The last word of the line of a kind.
pub(super) fn kind(word: &'static str) -> Option<(TypeId, Minors)> {
    let (number, span) = dated(word);
    Some((TypeId(number.parse().ok()?), span))
}

/// The type that a line means in a release.
pub(super) fn read(line: &'static str, minor: u16) -> Type {
    let (first, rest) = line.split_at(line.len().min(1));
    let number = || rest.parse().ok().map(TypeId);
    let of = |takes, format| Type { format, ..Type::new(takes) };
    match (first, rest) {
        ("[", _) => Type { items: number(), ..Type::new(Takes::LIST) },
        ("{", _) => Type { rest: number().map_or(Rest::Any, Rest::Each), ..Type::new(Takes::MAPPING) },
        ("s", _) if rest.starts_with('=') => words(&rest[1..], minor),
        ("i" | "l", _) if rest.starts_with(':') => {
            let more = More { range: range(&rest[1..]), ..More::default() };
            Type { more: Some(Box::new(more)), ..scalar(first).unwrap_or(Type::new(Takes::INT)) }
        }
        (_, "") => scalar(first).unwrap_or(of(Takes::ANY, Format::None)),
        _ => mapping(line, minor),
    }
}

fn scalar(letter: &str) -> Option<Type> {
    let (takes, format) = match letter {
        "o" => (Takes::MAPPING, Format::None),
        "s" => (Takes::TEXT, Format::None),
        "b" => (Takes::BOOL, Format::None),
        "i" => (Takes::INT, Format::Int32),
        "l" => (Takes::INT, Format::None),
        "n" => (Takes::NUMBER, Format::None),
        "q" => (Takes::TEXT.or(Takes::NUMBER), Format::Quantity),
        "x" => (Takes::TEXT.or(Takes::INT), Format::None),
        "t" => (Takes::TEXT, Format::DateTime),
        "y" => (Takes::TEXT, Format::Byte),
        _ => return None,
    };
    Some(Type { format, ..Type::new(takes) })
}

fn words(list: &'static str, minor: u16) -> Type {
    let known = list.split(',').map(dated).filter(|(_, span)| span.has(minor));
    let mut values: Vec<Constant> = known.map(|(word, _)| Constant::Text(word.into())).collect();
    // Nothing is what is not written, and has a default.
    values.push(Constant::Text("".into()));
    Type { more: Some(Box::new(More { values, ..More::default() })), ..Type::new(Takes::TEXT) }
}

/// `1..65535`, `0..`.
fn range(text: &str) -> Range {
    let (least, most) = text.split_once("..").unwrap_or_default();
    Range { least: least.parse().ok(), most: most.parse().ok(), ..Range::default() }
}

/// `PodSpec containers:5! hostname:2 resources:7@32-`.
fn mapping(line: &'static str, minor: u16) -> Type {
    let mut parts = line.split(' ');
    let mut read = Type { rest: Rest::Refused, ..Type::new(Takes::MAPPING) };
    read.name = parts.next().unwrap_or_default().into();
    for part in parts {
        let (part, span) = dated(part);
        let Some((name, of)) = part.rsplit_once(':').filter(|_| span.has(minor)) else { continue };
        let (of, required) = of.strip_suffix('!').map_or((of, false), |of| (of, true));
        let Ok(of) = of.parse().map(TypeId) else { continue };
        if required {
            read.required.push(name.into());
        }
        read.fields.push(Field { name: name.into(), of, default: false, required: false });
    }
    read.seal();
    read
}
