//! What `.env` files say of the Compose files beside them, as far as it may be told.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::{Input, Syntax};
use super::raw::Raw;
use super::survey::survived;
use crate::formats::Format;
use crate::formats::paths::normal;
use crate::rule::Label;
use crate::syntax::dotenv::Dotenv;
use crate::syntax::interpolation::{Part, Value, Values, parse_all};
use crate::syntax::tree::Tree;
use crate::text::Span;

/// The values, by the folder of their file.
#[derive(Debug, Default)]
pub(super) struct Environment(HashMap<PathBuf, Arc<Values>>);

impl Environment {
    /// Reads the `.env` files, if there are Compose files at all.
    pub(super) fn of(inputs: &mut [Input<'_>]) -> Environment {
        let mut found = Environment::default();
        if !inputs.iter().any(|input| input.format == Format::Compose) {
            return found;
        }
        for input in inputs.iter_mut().filter(|input| input.format == Format::Dotenv) {
            found.0.extend(survived(|| read(input)));
        }
        found
    }

    /// Tells a Compose file what its variables stand for.
    pub(super) fn tell(&self, path: &Path, tree: &mut Tree) {
        let values = path.parent().and_then(|folder| self.0.get(&normal(folder)));
        if let Some(values) = values {
            tree.set_values(values.clone());
        }
    }
}

/// The folder of a file, and what the file sets; a list, for whatever crashes gives none.
fn read(input: &mut Input<'_>) -> Vec<(PathBuf, Arc<Values>)> {
    let Some(folder) = input.path.parent().map(normal) else { return Vec::new() };
    let text = input.text.clone();
    let Syntax::Variables(variables) = input.parse() else { return Vec::new() };
    vec![(folder, Arc::new(values(&text, variables)))]
}

fn values(text: &str, variables: &Dotenv) -> Values {
    let mut values = Values::default();
    values.open = variables.open;
    let mut places: Vec<_> =
        variables.names().filter_map(|name| Some((variables.place(name)?.start, name))).collect();
    places.sort_unstable();
    let (mut at, mut line) = (0, 1);
    for (place, name) in places {
        line += text.get(at..place).unwrap_or_default().matches('\n').count();
        at = place;
        let value = variables.get(name).filter(|value| !is_private(name) && is_plain(value));
        values.set(name, Value { text: value.map(str::to_owned), line });
    }
    values
}

/// Parts of names of variables whose value is nobody's business.
const PRIVATE: [&str; 17] = [
    "auth", "cert", "code", "cookie", "cred", "dsn", "hash", "jwt", "key", "login", "pass", "pin", "private",
    "pwd", "salt", "secret", "token",
];

fn is_private(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PRIVATE.iter().any(|word| name.contains(word))
}

/// Whether a value looks like a version, a name, a number or a path: what is long, random or quoted stays unknown, as it
/// would be repeated in messages.
fn is_plain(value: &str) -> bool {
    const LONGEST: usize = 64;
    const LONGEST_RANDOM: usize = 16;
    let random = |run: &str| {
        run.len() >= LONGEST_RANDOM
            && run.bytes().any(|byte| byte.is_ascii_digit())
            && run.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    value.len() <= LONGEST
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:/-+".contains(&byte))
        && !value.split(|char: char| !char.is_ascii_alphanumeric()).any(random)
}

/// Says of each finding on a variable where its value comes from; the text of that file is not shown.
pub(super) fn explain(tree: &Tree, found: &mut [Raw]) {
    for raw in found {
        let span = raw.found.span;
        let text = tree.text().get(span.range()).unwrap_or_default();
        for part in parse_all(text).into_iter().take(MOST_EXPLAINED) {
            let Part::Variable(variable) = part else { continue };
            let name = &text[variable.name.clone()];
            if let Some(Value { text: Some(_), line }) = tree.values().get(name) {
                let start = span.start as usize;
                let place = Span::new(span.file, start + variable.whole.start, start + variable.whole.end);
                let message = format!("`{name}` is set in `.env`, line {line}");
                raw.found.related.push(Label { span: place, message });
            }
        }
    }
}

/// Variables in the place of one finding that are explained; one value has a few.
const MOST_EXPLAINED: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::dotenv::parse;

    #[test]
    fn what_may_be_a_secret_stays_unknown() {
        let text = "TAG=1.2\n\nDB_PASSWORD=x\nID=a8f5f167f44f4964e6c998dee827110c\nURL=http://u:p@h/\nPORT=80\nX=a b\n";
        let values = values(text, &parse(text));
        let told = ["TAG", "DB_PASSWORD", "ID", "URL", "PORT", "X"]
            .map(|name| values.get(name).and_then(|value| value.text.as_deref()).unwrap_or("?"));
        assert_eq!(told, ["1.2", "?", "?", "?", "80", "?"]);
        assert_eq!(values.get("PORT").map(|value| value.line), Some(6));
    }
}
