//! The compiled form of an expression: a flat list of nodes that refer to one another by number.

use std::sync::OnceLock;

use regex::Regex;

use super::functions::Function;

/// The number of a node.
pub(super) type Id = u32;

/// A piece of [`Ast::text`] (for bytes literals, of [`Ast::bytes`]), by offsets in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Consecutive entries of [`Ast::children`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// Operators of two operands that are always both evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Op {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Op::Equal => "==",
            Op::Unequal => "!=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::Greater => ">",
            Op::AtLeast => ">=",
            Op::In => "in",
            Op::Add => "+",
            Op::Subtract => "-",
            Op::Multiply => "*",
            Op::Divide => "/",
            Op::Remainder => "%",
        }
    }
}

/// One node.
#[derive(Clone, Copy)]
pub(super) enum Expr {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(Slice),
    Bytes(Slice),
    /// A type by its name.
    Type(&'static str),
    /// A variable that the scope must bind.
    Free(Slice),
    /// A variable that a macro binds, by its depth.
    Local(u32),
    Select {
        of: Id,
        name: Slice,
        optional: bool,
    },
    Has {
        of: Id,
        name: Slice,
    },
    Index {
        of: Id,
        at: Id,
        optional: bool,
    },
    And(Run),
    Or(Run),
    Not(Id),
    Negate(Id),
    Binary(Op, Id, Id),
    Choose(Id, Id, Id),
    List(Run),
    /// Key, value, key, value.
    Map(Run),
    /// An optional element of a list, or value of a map: left out when it holds nothing.
    Maybe(Id),
    Call(&'static Function, Run),
    /// `matches` with a literal pattern, by its number.
    Matches(Id, u32),
    /// A macro that walks a collection, by its number.
    Fold(u32),
    /// `cel.bind`.
    Bind(Id, Id),
    /// `optMap`, or `optFlatMap` when `flat`.
    OptMap {
        of: Id,
        body: Id,
        flat: bool,
    },
    /// `or`, or `orValue` when `value`.
    OrElse {
        of: Id,
        other: Id,
        value: bool,
    },
}

/// What a macro makes of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoldKind {
    All,
    Exists,
    ExistsOne,
    Filter,
    /// `map` and `transformList`.
    List,
    /// `transformMap`.
    Map,
    /// `transformMapEntry`.
    Entries,
}

/// A macro that walks a collection. Its variables are the next one or two locals.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    pub(super) kind: FoldKind,
    pub(super) over: Id,
    /// Whether it binds index and value, or key and value.
    pub(super) pair: bool,
    pub(super) filter: Option<Id>,
    pub(super) body: Id,
}

/// A literal pattern, compiled when it is first used: start-up does not pay for rules that never run.
pub(super) struct Pattern {
    pub(super) text: Slice,
    pub(super) node: Id,
    pub(super) regex: OnceLock<Result<Regex, String>>,
}

/// All nodes of one expression. Children come before their parents; the root is [`Ast::root`].
pub(super) struct Ast {
    /// The source, and after it the strings that had escapes.
    pub(super) text: String,
    pub(super) bytes: Vec<u8>,
    pub(super) nodes: Vec<Expr>,
    /// Where each node stands in the source.
    pub(super) ranges: Vec<Slice>,
    pub(super) children: Vec<Id>,
    pub(super) folds: Vec<Fold>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) root: Id,
}

impl Ast {
    pub(super) fn expr(&self, id: Id) -> Expr {
        self.nodes[id as usize]
    }

    pub(super) fn str(&self, slice: Slice) -> &str {
        &self.text[slice.start as usize..slice.end as usize]
    }

    pub(super) fn run(&self, run: Run) -> &[Id] {
        &self.children[run.start as usize..(run.start + run.len) as usize]
    }

    pub(super) fn range(&self, id: Id) -> std::ops::Range<usize> {
        let slice = self.ranges[id as usize];
        slice.start as usize..slice.end as usize
    }
}
