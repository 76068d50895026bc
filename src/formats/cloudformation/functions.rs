//! The functions that make text and pick values.

use super::calls::{Call, Piece, arguments, pieces};
use super::conditions;
use super::evaluate::Evaluator;
use crate::model::cloud::{Computed, Data, Run, Target, Text};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// The value of a call that stands at `span`.
pub(super) fn run<'t>(on: &Evaluator<'t>, name: &str, call: Call<'t>, span: Span) -> Computed {
    let found = match name {
        "GetAtt" => attribute(call, span),
        "Sub" => sub(on, call, span),
        "Join" => join(on, call, span),
        "Select" => select(on, call),
        "Split" => split(on, call, span),
        "FindInMap" => find_in_map(on, call, span),
        "Base64" => Some(on_argument(on, call)),
        "If" | "And" | "Or" | "Not" | "Equals" => Some(conditions::run(on, name, call, span)),
        _ => None,
    };
    found.unwrap_or_else(|| Computed::unknown(span))
}

/// The value of what a function is called with.
fn on_argument<'t>(on: &Evaluator<'t>, call: Call<'t>) -> Computed {
    if call.short { on.plain(call.argument) } else { on.value(call.argument) }
}

fn attribute(call: Call<'_>, span: Span) -> Option<Computed> {
    let arguments = arguments(call);
    let (name, attribute) = match arguments.as_slice() {
        [both] => both.text().split_once('.')?,
        [name, attribute] => (name.text(), attribute.text()),
        _ => return None,
    };
    let target = Target { name: name.to_owned(), attribute: attribute.to_owned() };
    Some(Computed::new(Data::Reference(target), span))
}

/// Text that is put together.
#[derive(Default)]
struct Made {
    text: Text,
    origins: Vec<crate::model::cloud::Origin>,
}

impl Made {
    fn push(&mut self, text: &str, span: Span) {
        self.text.runs.push(Run { at: self.text.text.len(), span });
        self.text.text.push_str(text);
    }

    /// Puts a value in, where it is used at `span`; nothing if it is not known.
    fn value(&mut self, value: Computed, span: Span) -> Option<()> {
        self.push(&value.scalar()?, span);
        self.origins.extend(value.origins);
        Some(())
    }

    fn finish(self, on: &Evaluator<'_>, span: Span) -> Option<Computed> {
        let data = Data::Text(self.text);
        let size = if let Data::Text(text) = &data { text.text.len() } else { 0 };
        on.spend(size).then(|| Computed { origins: self.origins, ..Computed::new(data, span) })
    }
}

fn sub<'t>(on: &Evaluator<'t>, call: Call<'t>, span: Span) -> Option<Computed> {
    let arguments = arguments(call);
    let node = *arguments.first()?;
    let own = arguments.get(1).copied();
    let mut made = Made::default();
    let all = pieces(node.text());
    let alone = all.len() == 1;
    for piece in all {
        match piece {
            Piece::Literal(range) => lines(node, range.start, &node.text()[range], &mut made),
            Piece::Escaped(range) => {
                made.push("${", node.sub_span(range.start, range.start));
                made.push(&node.text()[range.clone()], node.sub_span(range.start, range.end));
            }
            Piece::Name(range) => {
                let at = node.sub_span(range.start, range.end);
                let name = &node.text()[range];
                let value = match own.and_then(|own| own.get(name)) {
                    Some(value) => on.value(value),
                    None if name.contains('.') => return None,
                    None => on.named(name, at),
                };
                // The text of only a name of a resource leads there.
                if let (Data::Reference(_), true) = (&value.data, alone) {
                    return Some(value);
                }
                made.value(value, at)?;
            }
        }
    }
    let short = node.short_span().is_some();
    made.finish(on, span).map(|value| Computed { short, ..value })
}

/// Adds part of the text of a node line by line, so that each leads back to itself.
fn lines(node: Node<'_>, from: usize, text: &str, made: &mut Made) {
    let mut at = from;
    for line in text.split_inclusive('\n') {
        made.push(line, node.sub_span(at, at + line.len()));
        at += line.len();
    }
}

fn join<'t>(on: &Evaluator<'t>, call: Call<'t>, span: Span) -> Option<Computed> {
    let arguments = arguments(call);
    let [separator, items] = arguments.as_slice() else { return None };
    let items = on.value(*items);
    let Data::List(list) = items.data else { return None };
    let mut made = Made { origins: items.origins, ..Made::default() };
    for (at, item) in list.into_iter().enumerate() {
        if at > 0 {
            made.push(separator.text(), separator.span());
        }
        match item {
            Computed { data: Data::Text(text), origins, .. } => {
                let base = made.text.text.len();
                let moved = text.runs.iter().map(|run| Run { at: base + run.at, span: run.span });
                made.text.runs.extend(moved);
                made.text.text.push_str(&text.text);
                made.origins.extend(origins);
            }
            item => {
                let span = item.span;
                made.value(item, span)?;
            }
        }
    }
    made.finish(on, span).map(|value| Computed { short: false, ..value })
}

fn select<'t>(on: &Evaluator<'t>, call: Call<'t>) -> Option<Computed> {
    let arguments = arguments(call);
    let [at, items] = arguments.as_slice() else { return None };
    let at: usize = on.value(*at).scalar()?.parse().ok()?;
    let items = on.value(*items);
    let Data::List(mut list) = items.data else { return None };
    let known = list.iter().take(at + 1).all(|item| item.data != Data::Unknown);
    if at >= list.len() || !known {
        return None;
    }
    let mut found = list.swap_remove(at);
    found.origins.extend(items.origins);
    Some(found)
}

fn split<'t>(on: &Evaluator<'t>, call: Call<'t>, span: Span) -> Option<Computed> {
    let arguments = arguments(call);
    let [separator, text] = arguments.as_slice() else { return None };
    let value = on.value(*text);
    let (Data::Text(text), separator) = (&value.data, separator.text()) else { return None };
    if separator.is_empty() || !on.spend(text.text.len()) {
        return None;
    }
    let mut at = 0;
    let mut items = Vec::new();
    for part in text.text.split(separator) {
        let place = text.span(at, at + part.len()).unwrap_or(span);
        items.push(Computed::new(Data::Text(Text::written(part, place)), place));
        at += part.len() + separator.len();
    }
    Some(Computed { origins: value.origins, ..Computed::new(Data::List(items), span) })
}

fn find_in_map<'t>(on: &Evaluator<'t>, call: Call<'t>, span: Span) -> Option<Computed> {
    let arguments = arguments(call);
    let mut at = on.mappings?;
    let mut origins = Vec::new();
    for key in arguments.get(..3)? {
        let key = on.value(*key);
        at = at.get(&key.scalar()?)?;
        origins.extend(key.origins);
    }
    let found = on.plain(at);
    let what = "the entry of the mapping".to_owned();
    origins.push(crate::model::cloud::Origin { span: found.span, what });
    let data = match at.kind() {
        Kind::Sequence => found.data,
        _ => Data::Text(Text::written(&found.scalar()?, span)),
    };
    Some(Computed { origins, ..Computed::new(data, span) })
}
