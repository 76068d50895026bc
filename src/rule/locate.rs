//! From the field that a page reports to the text that is underlined.
//!
//! Does not evaluate anything: it walks names, and takes the places that facts and nodes give.

use std::ops::Range;

use crate::model::{Field, Value};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// More steps than any manifest is deep.
const MOST_STEPS: usize = 32;

/// The way to a field: `container.security.privileged`, `grant.verbs["*"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The variable it starts at.
    pub root: String,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// `.name`: a field, or the key of a mapping.
    Field(String),
    /// `["text"]`: the item of a list with this text, or the key of a mapping.
    Item(String),
}

/// Where a path led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The value; the key where the value is a collection or has many lines; where it is not written, the nearest
    /// text that should have held it.
    pub span: Span,
    /// Whether the field is written, and not as null.
    pub written: bool,
}

impl Path {
    /// Reads a path; the error says which bytes are wrong.
    pub fn parse(text: &str) -> Result<Path, (Range<usize>, String)> {
        let (root, mut at) = name(text, 0)?;
        let mut steps = Vec::new();
        while at < text.len() {
            let rest = &text[at..];
            if rest.starts_with('.') {
                let (field, end) = name(text, at + 1)?;
                steps.push(Step::Field(field));
                at = end;
            } else if let Some(inner) = rest.strip_prefix("[\"") {
                let length =
                    inner.find("\"]").ok_or((at..text.len(), "`[\"` is not closed by `\"]`".to_owned()))?;
                steps.push(Step::Item(inner[..length].to_owned()));
                at += length + 4;
            } else {
                return Err((at..text.len(), "a path goes on with `.name` or `[\"item\"]`".to_owned()));
            }
        }
        if steps.len() > MOST_STEPS {
            return Err((0..text.len(), format!("a path has at most {MOST_STEPS} steps")));
        }
        Ok(Path { root, steps })
    }

    /// Follows the path from its variable. `near` is the text of the subject itself.
    pub fn locate(&self, variables: &[(&'static str, Value<'_>)], near: Span) -> Place {
        let root = variables.iter().find(|(name, _)| *name == self.root);
        root.map_or(Place { span: near, written: false }, |(_, value)| walk(value.clone(), &self.steps, near))
    }
}

fn name(text: &str, from: usize) -> Result<(String, usize), (Range<usize>, String)> {
    let rest = text.get(from..).unwrap_or_default();
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    if length == 0 {
        let end = (from + rest.chars().next().map_or(0, char::len_utf8)).max(from);
        return Err((from..end, "a path wants a name here: letters, digits, `_`".to_owned()));
    }
    Ok((rest[..length].to_owned(), from + length))
}

/// The text that stands for a whole value: its name or key where it has one, `near` where it has no text.
pub fn whole(value: &Value<'_>, near: Span) -> Span {
    match value {
        Value::Record(record) => record.span(),
        Value::Made(record) => record.span,
        Value::Node(node) if !is_collection(*node) => node.short_span().unwrap_or(near),
        Value::Unknown(span) => *span,
        _ => near,
    }
}

fn is_collection(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Mapping | Kind::Sequence)
}

fn walk(mut value: Value<'_>, steps: &[Step], mut near: Span) -> Place {
    let mut steps = steps;
    while let Some((step, rest)) = steps.split_first() {
        match after(&value, step, rest, near) {
            Next::At(next, span) => (value, near) = (next, span),
            Next::End(place) => return place,
        }
        steps = rest;
    }
    let null = match &value {
        Value::Null => true,
        Value::Node(node) => node.kind() == Kind::Null,
        _ => false,
    };
    Place { span: whole(&value, near), written: !null }
}

/// What a step leads to.
enum Next<'a> {
    /// A value, and the text that shows it.
    At(Value<'a>, Span),
    /// Nothing to go on from.
    End(Place),
}

impl<'a> Next<'a> {
    fn missing(near: Span) -> Next<'a> {
        Next::End(Place { span: near, written: false })
    }

    fn of(field: Field<'a>, near: Span) -> Next<'a> {
        match field {
            Field::Set(value, span) => Next::At(value, if span.is_empty() { near } else { span }),
            Field::Unknown(span) => Next::End(Place { span, written: true }),
            Field::Unset(_, span) | Field::Missing(span) => Next::missing(span),
        }
    }
}

fn after<'a>(value: &Value<'a>, step: &Step, rest: &[Step], near: Span) -> Next<'a> {
    let (Step::Field(name) | Step::Item(name)) = step;
    match value {
        Value::Record(record) => {
            let item = match rest {
                [Step::Item(text)] => record.item_span(name, text),
                _ => None,
            };
            let found = |span| Next::End(Place { span, written: true });
            item.map_or_else(|| Next::of(record.field(name), near), found)
        }
        Value::Made(record) => Next::of(record.field(name), near),
        Value::Node(node) if node.kind() == Kind::Sequence && matches!(step, Step::Item(_)) => {
            let item = node.items().find(|item| item.text() == name);
            item.map_or(Next::missing(near), |item| Next::At(Value::Node(item), near))
        }
        Value::Node(node) => Next::of(Field::of_node(*node, name, near), near),
        Value::List(items) => {
            let is_wanted = |item: &&Value<'_>| match item {
                Value::String(text) => text == name,
                Value::Node(node) => node.text() == name,
                _ => false,
            };
            let item = items.iter().find(is_wanted);
            item.map_or(Next::missing(near), |item| Next::At(item.clone(), near))
        }
        _ => Next::missing(near),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Record;
    use crate::syntax::tree::Schema;
    use crate::syntax::yaml;
    use crate::text::FileId;

    const TEXT: &str = "name: web\nresources:\n  limits: {cpu: \"1\", memory: null}\nargs: |\n  one\n  two\nverbs: [get, '*']\nempty:\n";

    /// A fact that holds a mapping, and a field of its own.
    struct Fact<'t>(Node<'t>);

    impl Record for Fact<'_> {
        fn field(&self, name: &str) -> Field<'_> {
            match name {
                "security" => Field::Unset(Value::Bool(false), self.span()),
                "hidden" => Field::Unknown(Span::new(FileId(0), 0, 4)),
                _ => Field::of_node(self.0, name, self.span()),
            }
        }

        fn span(&self) -> Span {
            self.0.get("name").map_or(self.0.span(), Node::span)
        }
    }

    fn located(path: &str) -> (&'static str, bool) {
        let tree = yaml::parse(FileId(0), TEXT.into(), Schema::Kubernetes).tree;
        let fact = Fact(tree.roots().next().unwrap());
        let variables = [("container", Value::Record(&fact))];
        let place = Path::parse(path).unwrap().locate(&variables, fact.span());
        (&TEXT[place.span.range()], place.written)
    }

    #[test]
    fn what_is_written_is_the_value_or_else_its_key() {
        assert_eq!(located("container"), ("web", true));
        assert_eq!(located("container.resources"), ("resources", true));
        assert_eq!(located("container.resources.limits"), ("limits", true));
        assert_eq!(located("container.resources.limits.cpu"), ("1", true));
        assert_eq!(located("container.args"), ("args", true));
        assert_eq!(located("container.verbs"), ("verbs", true));
        assert_eq!(located("container.verbs[\"*\"]"), ("*", true));
        assert_eq!(located("container[\"name\"]"), ("web", true));
        assert_eq!(located("container.hidden.more"), ("name", true));
    }

    #[test]
    fn what_is_missing_is_the_nearest_key_that_is_written() {
        assert_eq!(located("container.resources.requests.cpu"), ("resources", false));
        assert_eq!(located("container.resources.limits.gpu"), ("limits", false));
        assert_eq!(located("container.resources.limits.memory"), ("null", false));
        assert_eq!(located("container.empty"), ("empty", false));
        assert_eq!(located("container.verbs[\"list\"]"), ("verbs", false));
        assert_eq!(located("container.probe.port"), ("web", false));
        assert_eq!(located("container.security.privileged"), ("web", false));
        assert_eq!(located("image.tag"), ("web", false));
    }

    #[test]
    fn a_wrong_path_says_where() {
        let wrong = |text: &str| Path::parse(text).unwrap_err().0;
        assert_eq!(wrong(""), 0..0);
        assert_eq!(wrong("a..b"), 2..3);
        assert_eq!(wrong("a.b c"), 3..5);
        assert_eq!(wrong("a[\"x\""), 1..5);
    }
}
