//! The hooks for pre-commit: their arguments, with lists of files as pre-commit makes them.
#![expect(clippy::unwrap_used, reason = "a hook that is not there should fail the test")]

use std::path::PathBuf;

use crate::{binary, tree};

/// The arguments of a hook: its `entry` without the program, then its `args`.
fn arguments(id: &str) -> Vec<String> {
    let hooks = tree::text(".pre-commit-hooks.yaml");
    let (_, hook) = hooks.split_once(&format!("- id: {id}\n")).unwrap();
    let field = |name: &str| hook.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap();
    let entry = field("entry: plimsoll ").split_whitespace();
    let more = field("args: ").trim_matches(['[', ']']).split(", ");
    entry.chain(more).map(str::to_owned).collect()
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let folder = std::env::temp_dir().join(format!("plimsoll-hooks-{name}-{}", std::process::id()));
        for (path, text) in files {
            tree::write(&folder.join(path), text);
        }
        Folder(folder)
    }

    fn run(&self, hook: &str, files: &[&str]) -> (Option<i32>, String) {
        let words = arguments(hook);
        let words: Vec<&str> = words.iter().map(String::as_str).chain(files.iter().copied()).collect();
        let output = binary::run(&self.0, &words);
        (output.status.code(), binary::stdout(&output))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        tree::remove(&self.0);
    }
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";

fn deployment(name: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  selector: {{matchLabels: {{app: {name}}}}}\n  template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers:\n        - name: app\n          image: app:1.2\n          securityContext: {{runAsNonRoot: true}}\n          resources: {{limits: {{memory: 1Mi}}}}\n"
    )
}

#[test]
fn files_of_others_are_passed_over() {
    let files = [
        ("tsconfig.json", "{\n  // comments are welcome here\n  \"strict\": true,\n}\n"),
        ("play.yaml", "- hosts: {{ all }}\n"),
        ("old/a.yaml", "apiVersion: v1\nkind: [\n"),
        ("plimsoll.toml", "exclude = [\"old/**\"]\n"),
    ];
    let folder = Folder::new("others", &files);
    let (code, report) = folder.run("plimsoll", &["tsconfig.json", "play.yaml", "old/a.yaml"]);
    assert_eq!((code, report.as_str()), (Some(0), ""));
}

#[test]
fn a_part_of_the_files_is_not_judged_as_the_whole() {
    let (web, api) = (deployment("web"), deployment("api"));
    let folder = Folder::new("part", &[("service.yaml", SERVICE), ("web.yaml", &web), ("api.yaml", &api)]);
    assert_eq!(folder.run("plimsoll", &["service.yaml", "api.yaml"]).0, Some(0));
    assert_eq!(folder.run("plimsoll-project", &[]).0, Some(0));
    tree::write(&folder.0.join("web.yaml"), &deployment("website"));
    let (code, report) = folder.run("plimsoll-project", &[]);
    assert!(code == Some(1) && report.contains("service-selects-nothing"), "{report}");
}

#[test]
fn a_name_is_no_argument() {
    let text = deployment("web").replace("app:1.2", "app:latest");
    let folder = Folder::new("name", &[("--config=x.yaml", &text), ("--exit-zero.yaml", &text)]);
    let (code, report) = folder.run("plimsoll", &["--config=x.yaml", "--exit-zero.yaml"]);
    assert_eq!((code, report.matches("mutable-image-tag]").count()), (Some(1), 2), "{report}");
}
