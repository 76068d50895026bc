//! How much of who depends on whom is found again: systems written for it, each with the edges that are true.
//!
//! `expected.txt` beside a system holds a line for every edge, `FROM -> TO KIND CONFIDENCE SIGNAL` with its best signal,
//! and `nowhere FROM -> HOST` for every address that nobody has. What is not in it must not be found.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

use crate::binary;
use crate::tree;

/// Every system, by the name of its folder.
const SYSTEMS: [&str; 5] = ["compose", "delivery", "mesh", "shop", "twice"];

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The edges that are found in a system, and the addresses that nobody has.
fn found(system: &str) -> BTreeSet<String> {
    let folder = format!("fixtures/graphs/{system}");
    let output = binary::run(binary::root(), &["graph", "--isolated", "--format", "json", &folder]);
    let graph: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let edges = graph["edges"].as_array().cloned().unwrap_or_default();
    let edge = |edge: &Value| {
        let (from, to) = (text(edge, "from"), text(edge, "to"));
        let signal = text(&edge["signs"][0], "signal");
        format!("{from} -> {to} {} {} {signal}", text(edge, "kind"), text(edge, "confidence"))
    };
    let hints = graph["smells"].as_array().cloned().unwrap_or_default();
    let nowhere = hints.iter().filter(|hint| text(hint, "rule") == "dangling-address").map(|hint| {
        let host = text(hint, "message").split('`').nth(1).unwrap_or_default();
        format!("nowhere {} -> {host}", hint["nodes"][0].as_str().unwrap_or_default())
    });
    let all = edges.iter().map(edge).chain(nowhere);
    all.map(|line| line.replace("fixtures/graphs/", "")).collect()
}

fn expected(system: &str) -> BTreeSet<String> {
    let lines = tree::text(&format!("fixtures/graphs/{system}/expected.txt"));
    lines.lines().map(str::to_owned).collect()
}

#[test]
fn every_edge_and_every_lost_address_is_found_and_no_other() {
    let (mut right, mut report) = (0, String::new());
    let (mut all_found, mut all_expected) = (0, 0);
    for system in SYSTEMS {
        let (found, expected) = (found(system), expected(system));
        right += found.intersection(&expected).count();
        all_found += found.len();
        all_expected += expected.len();
        for line in found.difference(&expected) {
            let _ = writeln!(report, "{system}: not true: {line}");
        }
        for line in expected.difference(&found) {
            let _ = writeln!(report, "{system}: not found: {line}");
        }
    }
    let score = format!("precision {right} of {all_found}, recall {right} of {all_expected}");
    assert!(report.is_empty(), "{score}\n{report}");
}
