//! Versions of well-known projects' kinds that are deprecated or gone: the table in `projects.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A version of some kinds of a project.
pub(super) struct Row {
    /// The project's name.
    pub(super) project: &'static str,
    /// The kinds; all, if there is none.
    kinds: Vec<&'static str>,
    /// The release of the project that made it so.
    pub(super) since: &'static str,
    /// Whether that release no longer serves it, rather than warns.
    pub(super) gone: bool,
    /// The version to use, and the kind where that is another; empty if there is none.
    pub(super) replacement: &'static str,
}

const TEXT: &str = include_str!("projects.txt");

/// Rows by group and version, in the order of the table.
static ROWS: LazyLock<HashMap<&str, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Vec<Row>> = HashMap::new();
    for (version, row) in table() {
        rows.entry(version).or_default().push(row);
    }
    rows
});

/// What is known of this version of a kind.
pub(super) fn find(version: &str, kind: &str) -> Option<&'static Row> {
    ROWS.get(version)?.iter().find(|row| row.kinds.is_empty() || row.kinds.contains(&kind))
}

fn table() -> impl Iterator<Item = (&'static str, Row)> {
    let mut project = "";
    TEXT.lines().filter_map(move |line| {
        if let Some(row) = line.strip_prefix("  ") {
            return read(project, row);
        }
        project = line.split_once(" https://").map_or("", |(name, _)| name);
        None
    })
}

fn read(project: &'static str, row: &'static str) -> Option<(&'static str, Row)> {
    let mut words = row.splitn(5, ' ');
    let (version, kinds) = (words.next()?, words.next()?);
    let kinds = if kinds == "*" { Vec::new() } else { kinds.split(',').collect() };
    let gone = words.next()? == "gone";
    let (since, replacement) = (words.next()?, words.next()?);
    let replacement = if replacement == "-" { "" } else { replacement };
    Some((version, Row { project, kinds, since, gone, replacement }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_met() {
        assert_eq!(table().count(), TEXT.lines().filter(|line| line.starts_with("  ")).count());
        for (version, row) in table() {
            assert!(!row.project.is_empty(), "{version} is under no project with its source");
            assert_ne!(version, row.replacement);
            let kind = row.kinds.first().copied().unwrap_or("Any");
            let found = find(version, kind).unwrap();
            assert_eq!((found.project, found.since), (row.project, row.since), "{version} {kind}");
        }
    }

    #[test]
    fn words_are_what_they_should_be() {
        for line in TEXT.lines().filter(|line| line.starts_with("  ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert!(matches!(words[2], "gone" | "deprecated"), "{line}");
            assert!(words[3].split('.').all(|number| number.parse::<u32>().is_ok()), "{line}");
            assert!(words[0].split_once('/').is_some_and(|(group, _)| group.contains('.')), "{line}");
        }
    }
}
