//! Files and projects with what has to come of them: `fixtures/ok` is silent, each file of `fixtures/err` has its
//! report beside it, each folder of `fixtures/projects` that has a `plimsoll.concise` its own; `fixtures/malformed`
//! only has to be survived.

use std::path::Path;

use crate::scratch::Folder;
use crate::{binary, bless, tree};

/// What `check --format concise` reports on standard output, and how it ends.
fn report(paths: &[&str]) -> String {
    let arguments = ["check", "--isolated", "--select", "recommended", "--format", "concise"];
    let output = binary::run(binary::root(), &[&arguments, paths].concat());
    let code = output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string());
    format!("{}exit code {code}\n", binary::stdout(&output))
}

#[test]
fn what_is_right_is_silent() {
    let files = tree::files("fixtures/ok");
    assert!(!files.is_empty());
    for path in files {
        assert_eq!(report(&[&path]), "exit code 0\n", "{path}");
    }
}

#[test]
fn what_is_wrong_is_reported() {
    let files = tree::files("fixtures/err");
    let inputs: Vec<&String> = files.iter().filter(|path| !path.ends_with(".report")).collect();
    assert!(!inputs.is_empty());
    for path in &inputs {
        bless::check(&format!("{path}.report"), &report(&[path]));
    }
    let stale = files
        .iter()
        .filter_map(|path| path.strip_suffix(".report"))
        .find(|path| !inputs.iter().any(|input| input == path));
    assert_eq!(stale, None, "a report of a file that is gone");
}

#[test]
fn what_is_malformed_is_survived() {
    for path in tree::files("fixtures/malformed") {
        let text = report(&[&path]);
        let codes = ["exit code 0\n", "exit code 1\n", "exit code 3\n"];
        assert!(codes.iter().any(|code| text.ends_with(code)), "{path}: {text}");
        assert!(!text.contains("crashed"), "{path}: {text}");
    }
}

/// Every beginning of a malformed file, and every file without one of its lines, ends as well.
#[test]
fn parts_of_what_is_malformed_are_survived() {
    let folder = Folder::new();
    for path in tree::files("fixtures/malformed") {
        let text = tree::text(&path);
        let name = Path::new(&path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..lines.len().min(40) {
            folder.add(format!("{at}/start-{name}"), lines[..at].concat());
            folder.add(format!("{at}/rest-{name}"), lines[at..].concat());
            folder.add(format!("{at}/without-{name}"), [&lines[..at], &lines[at + 1..]].concat().concat());
        }
    }
    let run = folder.check(&["--select", "ALL"]);
    run.assert_sound("parts");
    assert!(!run.reports[0].contains("crashed"));
}

#[test]
fn projects_are_as_reported() {
    for report_path in
        tree::files("fixtures/projects").iter().filter(|path| path.ends_with("/plimsoll.report"))
    {
        let project = report_path.trim_end_matches("/plimsoll.report");
        bless::check(report_path, &report(&[project]));
    }
}
