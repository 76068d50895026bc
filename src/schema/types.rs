//! A schema: types by number, whatever they were read from.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use regex::Regex;

use super::kubernetes::Release;
use crate::rule::cel::Program;
use crate::text::Span;

/// The number of a type among its [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeId(pub u32);

/// A name that is embedded or was read.
pub(super) type Text = Cow<'static, str>;

/// Types that refer to each other by number.
#[derive(Clone, Copy, Debug)]
pub enum Types<'s> {
    /// Kubernetes' own, each read when it is first asked for.
    Release(&'static Release),
    /// Those of one definition.
    Own(&'s [Type]),
}

impl<'s> Types<'s> {
    /// The type of this number.
    pub fn get(self, id: TypeId) -> &'s Type {
        match self {
            Types::Release(release) => release.get(id),
            Types::Own(types) => types.get(id.0 as usize).unwrap_or(&ANY),
        }
    }
}

/// The type of one kind, and those that it refers to.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'s> {
    /// All of them.
    pub types: Types<'s>,
    /// The kind's own.
    pub root: TypeId,
    /// Whether any of them has conditions in CEL.
    pub conditions: bool,
}

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes(u8);

impl Takes {
    pub const NONE: Takes = Takes(0);
    pub const TEXT: Takes = Takes(1);
    pub const BOOL: Takes = Takes(2);
    pub const INT: Takes = Takes(4);
    /// Numbers with a fraction; whole ones too.
    pub const NUMBER: Takes = Takes(4 | 8);
    pub const MAPPING: Takes = Takes(16);
    pub const LIST: Takes = Takes(32);
    pub const ANY: Takes = Takes(63);

    /// Either of two.
    pub const fn or(self, other: Takes) -> Takes {
        Takes(self.0 | other.0)
    }

    /// Whether everything in `other` is taken.
    pub const fn has(self, other: Takes) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What a scalar must look like beyond its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    None,
    Int32,
    /// `500m`, `1Gi`; also a number.
    Quantity,
    DateTime,
    Date,
    /// Base64.
    Byte,
    Ipv4,
    Ipv6,
    Cidr,
    Uuid,
    /// The metadata of an object, of the release that is checked against.
    Metadata,
}

/// What keys a mapping may have besides its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// None.
    Refused,
    /// Any, with any value.
    Any,
    /// Any, with values of this type.
    Each(TypeId),
}

/// A field of a mapping.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: Text,
    /// Its type.
    pub of: TypeId,
    /// Whether the server fills it in.
    pub default: bool,
    /// Whether it must be there; [`Type::seal`] knows.
    pub required: bool,
}

/// What a value may be, and what may be in it.
#[derive(Debug)]
pub struct Type {
    /// The name that Kubernetes has for it, such as `PodSpec`; empty if there is none.
    pub name: Text,
    /// What it may be.
    pub takes: Takes,
    /// Whether null is a value and not the same as nothing.
    pub nullable: bool,
    /// What it must look like.
    pub format: Format,
    /// The fields of a mapping, sorted by name.
    pub fields: Vec<Field>,
    /// The first bytes of their names, which tell most of them apart.
    pub starts: Vec<u64>,
    /// Keys that must be there.
    pub required: Vec<Text>,
    /// Its other keys.
    pub rest: Rest,
    /// The items of a list.
    pub items: Option<TypeId>,
    /// What few types have.
    pub more: Option<Box<More>>,
    /// Where it is declared, if that is in a file of the input.
    pub place: Option<Span>,
}

/// Takes everything.
pub(super) static ANY: Type = Type::new(Takes::ANY);

impl Type {
    /// Takes these values, whatever is in them.
    pub const fn new(takes: Takes) -> Type {
        Type {
            name: Cow::Borrowed(""),
            takes,
            nullable: false,
            format: Format::None,
            fields: Vec::new(),
            starts: Vec::new(),
            required: Vec::new(),
            rest: Rest::Any,
            items: None,
            more: None,
            place: None,
        }
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        let start = start(name);
        let from = self.starts.partition_point(|one| *one < start);
        let same = self.starts.get(from..)?;
        let fields = self.fields.get(from..from + same.partition_point(|one| *one == start))?;
        let at = fields.binary_search_by(|field| field.name.as_ref().cmp(name)).ok()?;
        fields.get(at)
    }

    /// Puts the fields in order, once they are all there.
    pub fn seal(&mut self) {
        self.fields.sort_by(|a, b| a.name.cmp(&b.name));
        self.fields.dedup_by(|later, first| later.name == first.name);
        self.starts = self.fields.iter().map(|field| start(&field.name)).collect();
        let needed: HashSet<&str> = self.required.iter().map(AsRef::as_ref).collect();
        for field in &mut self.fields {
            field.required = needed.contains(&*field.name);
        }
    }

    /// Whether there is nothing to check in such a value.
    pub fn is_any(&self) -> bool {
        self.takes == Takes::ANY
            && self.fields.is_empty()
            && self.required.is_empty()
            && self.rest == Rest::Any
            && self.items.is_none()
            && self.more.is_none()
    }
}

/// The first eight bytes of a name as a number that sorts like it.
fn start(name: &str) -> u64 {
    let bytes = name.as_bytes();
    bytes.first_chunk().map_or_else(
        || bytes.iter().zip((0..8).rev()).map(|(byte, at)| u64::from(*byte) << (8 * at)).sum(),
        |first| u64::from_be_bytes(*first),
    )
}

/// A constant of an enumeration.
#[derive(Debug, PartialEq)]
pub enum Constant {
    Text(Text),
    Number(f64),
    Bool(bool),
    Null,
    /// A collection; it is not compared.
    Other,
}

/// Least and most, both inclusive.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    pub least: Option<u64>,
    pub most: Option<u64>,
}

impl Bounds {
    /// Whether `count` is within them.
    pub fn hold(self, count: usize) -> bool {
        let count = count as u64;
        self.least.is_none_or(|least| count >= least) && self.most.is_none_or(|most| count <= most)
    }
}

/// Limits of a number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Range {
    pub least: Option<f64>,
    pub most: Option<f64>,
    /// Whether the ends themselves are not in it.
    pub above: bool,
    pub below: bool,
    pub multiple: Option<f64>,
}

/// A pattern that is compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    pub source: String,
    pub compiled: OnceLock<Option<Regex>>,
}

/// A condition in CEL.
#[derive(Debug)]
pub struct Condition {
    pub source: String,
    pub program: OnceLock<Option<Program>>,
}

/// A rule of a CustomResourceDefinition's own.
#[derive(Debug)]
pub struct Rule {
    pub condition: Condition,
    /// What it says; empty if that is an expression, or nothing.
    pub message: String,
    pub message_expression: Option<Condition>,
    /// The field it speaks of, from the value it is about: `.spec.size`.
    pub field_path: String,
    pub place: Option<Span>,
}

/// What few types have.
#[derive(Debug, Default)]
pub struct More {
    /// The only values; empty for no such limit.
    pub values: Vec<Constant>,
    pub pattern: Option<Pattern>,
    pub range: Range,
    /// Characters of a text.
    pub length: Bounds,
    /// Items of a list.
    pub count: Bounds,
    /// Keys of a mapping.
    pub keys: Bounds,
    pub all: Vec<TypeId>,
    pub any: Vec<TypeId>,
    pub one: Vec<TypeId>,
    pub not: Option<TypeId>,
    /// Whether there is any of the last six.
    pub combines: bool,
    pub rules: Vec<Rule>,
}
