//! What HCL is parsed to. Every node, key and part of a template has its place.

use std::sync::Arc;

use crate::syntax::tree::Comment;
use crate::text::{FileId, Span};

/// A file.
#[derive(Debug)]
pub struct File {
    /// The file the spans are in.
    pub file: FileId,
    /// Its text.
    pub text: Arc<str>,
    /// What it says.
    pub body: Body,
    /// Comments of all three kinds, in order.
    pub comments: Vec<Comment>,
}

/// What stands in a file or between the braces of a block.
#[derive(Debug)]
pub struct Body {
    /// From the first brace to the last, those included; the whole file at the top.
    pub span: Span,
    /// Attributes and blocks, in order.
    pub items: Vec<Item>,
    /// Whether something in it could not be read: nothing may be called missing.
    pub open: bool,
}

/// An attribute or a block.
#[derive(Debug)]
pub enum Item {
    /// `key = value`.
    Attribute(Attribute),
    /// `kind "label" { … }`.
    Block(Block),
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// `key = value`.
#[derive(Debug)]
pub struct Attribute {
    /// The key.
    pub key: Name,
    /// The value; [`ExprKind::Unreadable`] where it could not be read.
    pub value: Expr,
    /// From the key to the end of the value.
    pub span: Span,
}

/// `kind "label" { … }`.
#[derive(Debug)]
pub struct Block {
    /// The word it starts with.
    pub kind: Name,
    /// What stands between that and the brace.
    pub labels: Vec<Label>,
    /// What stands between the braces.
    pub body: Body,
    /// From the kind to the closing brace.
    pub span: Span,
}

/// A label of a block.
#[derive(Debug)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Its place, without quotes.
    pub span: Span,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// Its place, with quotes and brackets.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// Kinds of expressions.
#[derive(Debug)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// `12`, `1.5e3`.
    Number(f64),
    /// `"…"`, `<<EOT`.
    Template(Template),
    /// `[a, b]`.
    Tuple(Vec<Expr>),
    /// `{a = b}`.
    Object(Vec<Entry>),
    /// `[for x in y : z]`, `{for x in y : k => v}`.
    For(Box<For>),
    /// A name by itself: `var`, `local`, a keyword such as `string`.
    Variable(String),
    /// `name(…)`.
    Call(Call),
    /// Fields, indices and splats of something.
    Access(Box<Expr>, Vec<Step>),
    /// `-a`, `!a`.
    Unary(Operator, Box<Expr>),
    /// Operators of one precedence, from left to right: `a + b - c`.
    Binary(Box<Expr>, Vec<(Operator, Expr)>),
    /// `a ? b : c`.
    Conditional(Box<[Expr; 3]>),
    /// `(a)`.
    Paren(Box<Expr>),
    /// What could not be read.
    Unreadable,
}

/// What stands between quotes, or in a heredoc.
#[derive(Debug)]
pub struct Template {
    /// Its parts, in order; white space that markers strip is gone.
    pub parts: Vec<Part>,
    /// Whether it is a heredoc.
    pub heredoc: bool,
}

/// A part of a template.
#[derive(Debug)]
pub enum Part {
    /// Text. It is as long as its place, but for an escape, which is a part by itself.
    Literal(String, Span),
    /// `${…}`; the place is that with the braces.
    Interpolation(Expr, Span),
    /// `%{ if a }…%{ else }…%{ endif }`; the place is that of the `if`.
    If(Expr, [Vec<Part>; 2], Span),
    /// `%{ for a, b in c }…%{ endfor }`.
    For(Vec<Name>, Expr, Vec<Part>, Span),
}

/// An entry of an object.
#[derive(Debug)]
pub struct Entry {
    /// The key: a name by itself stands for its own text.
    pub key: Expr,
    /// The value.
    pub value: Expr,
}

/// A `for` expression.
#[derive(Debug)]
pub struct For {
    /// The names that it binds: a value, or a key and a value.
    pub names: Vec<Name>,
    /// What it walks.
    pub collection: Expr,
    /// The key of each entry, where it makes an object.
    pub key: Option<Expr>,
    /// Each value.
    pub value: Expr,
    /// Whether values of one key are gathered: `...`.
    pub grouped: bool,
    /// What follows `if`.
    pub condition: Option<Expr>,
}

/// A call of a function.
#[derive(Debug)]
pub struct Call {
    /// Its name, with its namespace: `provider::aws::arn_parse`.
    pub name: Name,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// Whether the last argument is spread: `...`.
    pub spread: bool,
}

/// A step into a value.
#[derive(Debug)]
pub struct Step {
    /// Its place, with the dot or brackets.
    pub span: Span,
    /// What it is.
    pub kind: StepKind,
}

/// Steps into a value.
#[derive(Debug)]
pub enum StepKind {
    /// `.name`.
    Field(String),
    /// `.0`, the old way to write an index.
    LegacyIndex(u64),
    /// `[expression]`.
    Index(Expr),
    /// `.*`: what follows, as far as it is fields, is asked of each.
    AttributeSplat,
    /// `[*]`: all that follows is asked of each.
    FullSplat,
}

/// Operators, by the words of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`, before one value or between two.
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `!`
    Not,
}

impl Body {
    /// Its attributes, in order.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter().filter_map(|item| match item {
            Item::Attribute(attribute) => Some(attribute),
            Item::Block(_) => None,
        })
    }

    /// Its blocks, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.items.iter().filter_map(|item| match item {
            Item::Block(block) => Some(block),
            Item::Attribute(_) => None,
        })
    }

    /// The attribute with this key.
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes().find(|attribute| attribute.key.text == key)
    }
}

impl Item {
    /// The whole of it.
    pub fn span(&self) -> Span {
        match self {
            Item::Attribute(attribute) => attribute.span,
            Item::Block(block) => block.span,
        }
    }
}

impl Expr {
    /// Text without any part that is put in, as `"private"`.
    pub fn literal(&self) -> Option<String> {
        let ExprKind::Template(template) = &self.kind else { return None };
        let mut out = String::new();
        for part in &template.parts {
            let Part::Literal(text, _) = part else { return None };
            out.push_str(text);
        }
        Some(out)
    }

    /// Its place without quotes, if it is text in quotes.
    pub fn inner_span(&self) -> Span {
        match &self.kind {
            ExprKind::Template(template) if !template.heredoc => self.span.slice(1, self.span.len() - 1),
            _ => self.span,
        }
    }

    /// The name of a variable and the steps from it, if that is all.
    pub fn traversal(&self) -> Option<(&str, &[Step])> {
        match &self.kind {
            ExprKind::Variable(name) => Some((name, &[])),
            ExprKind::Access(of, steps) => match &of.kind {
                ExprKind::Variable(name) => Some((name, steps)),
                _ => None,
            },
            _ => None,
        }
    }
}
