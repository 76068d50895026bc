//! The text of a config file into a [`Config`].
//!
//! Does not look up rules, and does not follow `extend`.

use std::path::{Component, Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use super::{
    Config, ConfigError, DEFAULT_FILE_SIZE, FailOn, Globs, KubernetesVersion, Level, Override, Requirement,
    Selection, Written, parse_size,
};
use crate::rule::nearest::nearest;
use crate::text::FileId;

/// Fields at the top; the schema has the same.
pub(super) const TOP: [&str; 15] = [
    "required-version",
    "kubernetes-version",
    "fail-on",
    "extend",
    "select",
    "extend-select",
    "ignore",
    "exclude",
    "rules",
    "schemas",
    "severity",
    "limits",
    "override",
    "services",
    "$schema",
];
/// Fields of `[limits]`.
pub(super) const LIMITS: [&str; 1] = ["file-size"];
/// Fields of `[[override]]`.
pub(super) const OVERRIDE: [&str; 9] =
    ["paths", "kinds", "namespaces", "names", "select", "extend-select", "ignore", "severity", "reason"];
const SEVERITIES: &str = "`error`, `warning`, `info`, `hint` or `off`";
/// A pattern is compiled to an automaton; nobody writes a longer one by hand.
const MAX_PATTERN: usize = 1000;

/// Reads the text of a config file that lies in `folder`, both absolute, in the repository at `root`.
///
/// What is wrong is left out of the config and told.
pub fn parse(file: FileId, text: &str, folder: &Path, root: &Path) -> (Config, Vec<ConfigError>) {
    let (document, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(file);
    for error in broken {
        let range = error.span().unwrap_or(0..0);
        reader.error(&range, format!("this is not TOML: {}", error.message()), "");
    }
    let place = Place { folder, root };
    let refused = required_version(&mut reader, document.get_ref());
    let config = config(&mut reader, document.get_ref(), &place);
    if let Some(refused) = refused {
        // A config for another version may well have fields that this one does not know.
        return (config, vec![refused]);
    }
    reader.errors.sort_by_key(|error| error.span);
    (config, reader.errors)
}

struct Place<'p> {
    folder: &'p Path,
    root: &'p Path,
}

impl Place<'_> {
    /// `written` under the folder of the config, `.` and `..` resolved by the words alone; `None` outside the root.
    fn inside(&self, written: &str) -> Option<PathBuf> {
        let mut path = self.folder.to_path_buf();
        for component in Path::new(written).components() {
            match component {
                Component::Normal(name) => path.push(name),
                Component::CurDir => {}
                Component::ParentDir if path.pop() => {}
                _ => return None,
            }
        }
        path.starts_with(self.root).then_some(path)
    }
}

fn config(reader: &mut Reader, table: &DeTable<'_>, place: &Place<'_>) -> Config {
    reader.only(table, &TOP, "a config");
    Config {
        folder: place.folder.to_path_buf(),
        kubernetes_version: reader.parsed(
            table,
            "kubernetes-version",
            KubernetesVersion::parse,
            "a minor release, such as `1.33`",
        ),
        fail_on: reader.parsed(
            table,
            "fail-on",
            FailOn::parse,
            "`error`, `warning`, `info`, `hint` or `never`",
        ),
        selections: vec![selection(reader, table)],
        overrides: reader
            .tables(table, "override")
            .into_iter()
            .filter_map(|inner| one_override(reader, inner, place))
            .collect(),
        exclude: globs(reader, table, "exclude", place).into_iter().collect(),
        rules: folders(reader, table, "rules", place),
        schemas: folders(reader, table, "schemas", place),
        file_size: reader.table(table, "limits").and_then(|limits| file_size(reader, limits)),
        services: reader
            .table(table, "services")
            .map(|inner| super::services::services(reader, inner))
            .unwrap_or_default(),
        extends: reader.string(table, "extend").and_then(|written| path(reader, &written, place)),
    }
}

fn required_version(reader: &mut Reader, table: &DeTable<'_>) -> Option<ConfigError> {
    let help = "comparisons joined by commas, such as `>=0.1, <2`";
    let required = reader.parsed(table, "required-version", Requirement::parse, help)?;
    let own = env!("CARGO_PKG_VERSION");
    if required.value.allows(own) {
        return None;
    }
    let message = format!("this is plimsoll {own}, which the config does not allow");
    let help = "run a version that it allows, or change `required-version`";
    Some(ConfigError::new(required.span, message).help(help))
}

fn selection(reader: &mut Reader, table: &DeTable<'_>) -> Selection {
    Selection {
        select: reader.strings(table, "select"),
        extend_select: reader.strings(table, "extend-select").unwrap_or_default(),
        ignore: reader.strings(table, "ignore").unwrap_or_default(),
        severity: reader.table(table, "severity").map(|inner| severities(reader, inner)).unwrap_or_default(),
    }
}

fn severities(reader: &mut Reader, table: &DeTable<'_>) -> Vec<(Written<String>, Level)> {
    let mut levels = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let Some(word) = reader.as_string(value, &name) else { continue };
        if let Some(level) = Level::parse(&word.value) {
            levels.push((Written { span: reader.span(&key.span()), value: name }, level));
            continue;
        }
        let message = format!("`{}` is no severity", word.value);
        let help = match nearest(&word.value, Level::NAMES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => SEVERITIES.to_string(),
        };
        reader.errors.push(ConfigError::new(word.span, message).help(help));
    }
    // The table is sorted by name; people read in the order of the file.
    levels.sort_by_key(|(name, _)| name.span);
    levels
}

fn one_override(reader: &mut Reader, table: &DeTable<'_>, place: &Place<'_>) -> Option<Override> {
    reader.only(table, &OVERRIDE, "an override");
    let read = Override {
        paths: globs(reader, table, "paths", place),
        kinds: names(reader, table, "kinds"),
        namespaces: names(reader, table, "namespaces"),
        names: names(reader, table, "names"),
        selection: selection(reader, table),
        reason: reader.string(table, "reason").map(|written| written.value).unwrap_or_default(),
    };
    let narrow = ["paths", "kinds", "namespaces", "names"].iter().any(|key| table.contains_key(*key));
    if narrow {
        // A list of paths that does not compile must not turn into an override of everything.
        return (read.paths.is_some() || !table.contains_key("paths")).then_some(read);
    }
    let at = table.keys().map(Spanned::span).min_by_key(|range| range.start).unwrap_or(0..0);
    reader.error(
        &at,
        "this override is for everything",
        "add `paths`, `kinds`, `namespaces` or `names`, or move it to the top of the config",
    );
    None
}

fn names(reader: &mut Reader, table: &DeTable<'_>, key: &str) -> Vec<String> {
    let written = reader.strings(table, key);
    if written.as_ref().is_some_and(Vec::is_empty)
        && let Some(value) = table.get(key)
    {
        reader.error(
            &value.span(),
            format!("`{key}` is empty, so this override is for nothing"),
            "name one, or leave it out",
        );
    }
    written.unwrap_or_default().into_iter().map(|name| name.value).collect()
}

fn globs(reader: &mut Reader, table: &DeTable<'_>, key: &str, place: &Place<'_>) -> Option<Globs> {
    let mut patterns = reader.strings(table, key)?;
    patterns.retain(|pattern| {
        let short = pattern.value.len() <= MAX_PATTERN;
        if !short {
            let message = format!("this pattern is longer than {MAX_PATTERN} bytes");
            reader.errors.push(ConfigError::new(pattern.span, message));
        }
        short
    });
    match Globs::new(place.folder, patterns.iter().map(|pattern| pattern.value.as_str())) {
        Ok(globs) => Some(globs),
        Err((at, reason)) => {
            if let Some(pattern) = patterns.get(at) {
                let message = format!("`{}` is no pattern of paths: {reason}", pattern.value);
                reader.errors.push(ConfigError::new(pattern.span, message));
            }
            None
        }
    }
}

fn folders(reader: &mut Reader, table: &DeTable<'_>, key: &str, place: &Place<'_>) -> Vec<Written<PathBuf>> {
    let written = reader.strings(table, key).unwrap_or_default();
    written.into_iter().filter_map(|written| path(reader, &written, place)).collect()
}

fn path(reader: &mut Reader, written: &Written<String>, place: &Place<'_>) -> Option<Written<PathBuf>> {
    if let Some(value) = place.inside(&written.value) {
        return Some(Written { value, span: written.span });
    }
    let message = format!("`{}` is outside the repository", written.value);
    let help = "plimsoll reads nothing outside: give a path that is relative to this file and stays inside";
    reader.errors.push(ConfigError::new(written.span, message).help(help));
    None
}

fn file_size(reader: &mut Reader, table: &DeTable<'_>) -> Option<Written<u64>> {
    reader.only(table, &LIMITS, "`[limits]`");
    let expected = "a number of bytes, or a size such as `4MiB`";
    let size = match table.get("file-size").map(|value| (value.span(), value.get_ref())) {
        Some((range, DeValue::Integer(number))) if number.radix() == 10 => {
            let Some(value) = parse_size(number.as_str()) else {
                reader.error(&range, format!("`{}` is no size", number.as_str()), expected);
                return None;
            };
            Written { value, span: reader.span(&range) }
        }
        _ => reader.parsed(table, "file-size", parse_size, expected)?,
    };
    if size.value > DEFAULT_FILE_SIZE {
        let error = ConfigError::new(size.span, "a config can only lower this limit, which is 10 MiB");
        reader.errors.push(error.help("`--max-file-size` on the command line can raise it"));
        return None;
    }
    Some(size)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
