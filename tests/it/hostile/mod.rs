//! Files made to hang, crash, mislead or silence plimsoll: each ends in a finding or in an ordinary analysis, and no
//! other file of the run suffers.
//!
//! Sizes are small here; `benches/hostile.rs` runs the same rows in full and measures.

mod encodings;
#[cfg(unix)]
mod links;
mod names;
mod pages;
pub(crate) mod rows;

use crate::scratch::{Folder, PRIVILEGED, Run};
use rows::{Expect, Row};

/// By how much the rows are smaller here than what has to be borne.
const SCALE: usize = 100;

/// Fails unless the file at `path` came out as expected, and the others as ever.
fn assert_outcome(run: &Run, path: &str, expect: Expect, what: &str) {
    run.assert_sibling("sibling.yaml", what);
    let found = run.rules(|other| other == path);
    match expect {
        Expect::Analysed => assert_eq!(run.code, 1, "{what}: {found:?}"),
        Expect::Says(rule) => {
            assert!(found.contains(&rule), "{what}: {found:?}");
            assert!(run.code == 1 || run.code == 3, "{what}: {}", run.code);
        }
        Expect::Incomplete(rule) => {
            assert!(found.contains(&rule), "{what}: {found:?}");
            assert_eq!(run.code, 3, "{what}");
        }
    }
}

fn assert_rows(rows: &[Row]) {
    for row in rows {
        let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
        folder.add(row.path, (row.make)((row.full / SCALE).max(row.full.min(300))));
        assert_outcome(&folder.check(&["--select", "ALL"]), row.path, row.expect, row.name);
    }
}

#[test]
fn yaml_and_json() {
    assert_rows(rows::YAML);
}

#[test]
fn objects() {
    assert_rows(rows::OBJECTS);
}

#[test]
fn clouds() {
    assert_rows(rows::CLOUD);
}

#[test]
fn hcl() {
    assert_rows(rows::HCL);
}

#[test]
fn settings() {
    assert_rows(rows::SETTINGS);
}

#[test]
fn dockerfiles() {
    assert_rows(rows::DOCKERFILE);
}
