//! Names and values that would speak for plimsoll, if they came out as they are.

use super::assert_outcome;
use super::rows::Expect::Says;
use crate::scratch::{Folder, PRIVILEGED};

const NAMES: [&str; 7] = [
    "a\n::error title=x::owned\n.yaml",
    "\u{1b}[31m\u{1b}]0;x\u{7}.yaml",
    "\u{202e}lmay.yaml",
    "-x.yaml",
    "a%0A::add-mask::b.yaml",
    "a,title=b:c.yaml",
    "<img src=x onerror=y>|`a`.yaml",
];

#[test]
fn names_of_files() {
    for name in NAMES.iter().filter(|_| cfg!(unix)) {
        let folder = Folder::with(&[("sibling.yaml", PRIVILEGED), (name, PRIVILEGED)]);
        assert_outcome(&folder.check(&["--isolated"]), name, Says("privileged-container"), name);
        assert_outcome(
            &folder.check(&["--isolated", "--", name, "sibling.yaml"]),
            name,
            Says("privileged-container"),
            name,
        );
    }
}

#[test]
fn long_names() {
    let deep = vec!["d".repeat(250); 15].join("/") + "/a.yaml";
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    let folders = deep.rsplit_once('/').map_or("", |(folders, _)| folders);
    // Some file systems take no such path, and then there is nothing to find.
    if std::fs::create_dir_all(folder.0.join(folders)).is_ok() {
        folder.add(&deep, PRIVILEGED);
        let run = folder.check(&["--isolated"]);
        assert_outcome(&run, &deep, Says("privileged-container"), "a long path");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED)]);
    folder.add(std::ffi::OsStr::from_bytes(b"caf\xE9\xFF.yaml"), PRIVILEGED);
    let run = folder.check(&["--isolated"]);
    assert_outcome(&run, "caf\u{fffd}\u{fffd}.yaml", Says("privileged-container"), "not UTF-8");
}

/// Every place of a manifest whose text a report may repeat.
#[test]
fn values() {
    let hostile = r"\e[31m\n::error title=x::owned\n##[error]x\u202e\u0085\u2028</td>";
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: \"{hostile}\", namespace: \"{hostile}\"}}\nspec:\n  \
        volumes: [{{name: a, hostPath: {{path: \"{hostile}\"}}}}]\n  containers:\n  - name: \"{hostile}\"\n    \
        image: \"{hostile}:latest\"\n    \"{hostile}\": 1\n    \"{hostile}\": 2\n    \
        env: [{{name: \"PASSWORD{hostile}\", value: \"{hostile}\"}}]\n    \
        securityContext: {{privileged: true, capabilities: {{add: [\"{hostile}\"]}}}}\n\
        # plimsoll: ignore[{hostile}] {hostile}\n"
    );
    let docker = "FROM a\u{1b}[31m:latest\u{202e}\nENV PASSWORD=\u{1b}]0;x\u{7}\nRUN \u{1b}[31m\nX\u{1b} y\n\
        LABEL a=\"\n::error title=x::owned\n\"\n::error title=x::owned\n";
    let folder = Folder::with(&[("sibling.yaml", PRIVILEGED), ("a.yaml", &text), ("Dockerfile", docker)]);
    let run = folder.check(&["--select", "ALL"]);
    assert_outcome(&run, "a.yaml", Says("privileged-container"), "values");
    assert_outcome(&run, "Dockerfile", Says("syntax-error"), "values");
}
