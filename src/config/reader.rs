//! Fields of TOML tables, read by name and type; what is wrong is noted and read over.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigError, Written};
use crate::rule::nearest::nearest;
use crate::text::{FileId, Span};

/// A value of TOML with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Reads the tables of one file, and gathers the errors.
pub(super) struct Reader {
    file: FileId,
    /// In the order in which they were met.
    pub(super) errors: Vec<ConfigError>,
}

impl Reader {
    pub(super) fn new(file: FileId) -> Self {
        Reader { file, errors: Vec::new() }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    pub(super) fn error(
        &mut self,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let error = ConfigError::new(self.span(range), message).help(help);
        self.errors.push(error);
    }

    /// Notes every key of `table` that is not in `known`; `place` is how people name the table.
    pub(super) fn only(&mut self, table: &DeTable<'_>, known: &[&str], place: &str) {
        for key in table.keys() {
            let name = key.get_ref();
            if known.contains(&name.as_ref()) {
                continue;
            }
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{place} can have {}", list(known)),
            };
            self.error(&key.span(), format!("unknown field `{name}`"), help);
        }
    }

    /// A string.
    pub(super) fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Written<String>> {
        let value = table.get(key)?;
        self.as_string(value, key)
    }

    /// A string that `parse` accepts; `expected` says what it is, for the help.
    pub(super) fn parsed<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Option<Written<T>> {
        let text = self.string(table, key)?;
        let Some(value) = parse(&text.value) else {
            let message = format!("`{}` is no value for `{key}`", text.value);
            self.errors.push(ConfigError::new(text.span, message).help(expected));
            return None;
        };
        Some(Written { value, span: text.span })
    }

    /// A list of strings; `None` when the field is not there.
    pub(super) fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Written<String>>> {
        let value = table.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            let help = match value.get_ref().as_str() {
                Some(text) => format!("write `{key} = [\"{text}\"]`"),
                None => String::new(),
            };
            self.wrong_type(value, key, "a list of strings", help);
            return None;
        };
        Some(items.iter().filter_map(|item| self.as_string(item, key)).collect())
    }

    /// A table.
    pub(super) fn table<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        let DeValue::Table(inner) = value.get_ref() else {
            self.wrong_type(value, key, "a table", format!("write `[{key}]` and its fields below it"));
            return None;
        };
        Some(inner)
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Vec<&'t DeTable<'i>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let help = || format!("write `[[{key}]]` and its fields below it");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value, key, "a list of tables", help());
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(inner) => tables.push(inner),
                _ => self.wrong_type(item, key, "a list of tables", help()),
            }
        }
        tables
    }

    pub(super) fn as_string(&mut self, value: &Value<'_>, key: &str) -> Option<Written<String>> {
        let Some(text) = value.get_ref().as_str() else {
            let help = match value.get_ref() {
                DeValue::Float(number) => format!("put it in quotes: `\"{}\"`", number.as_str()),
                DeValue::Integer(number) => format!("put it in quotes: `\"{}\"`", number.as_str()),
                _ => String::new(),
            };
            self.wrong_type(value, key, "a string", help);
            return None;
        };
        Some(Written { value: text.to_string(), span: self.span(&value.span()) })
    }

    pub(super) fn wrong_type(
        &mut self,
        value: &Value<'_>,
        key: &str,
        expected: &str,
        help: impl Into<String>,
    ) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
        self.error(&value.span(), format!("`{key}` must be {expected}, this is {article} {found}"), help);
    }
}

/// `a`, `b` and `c`, each in backticks.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
