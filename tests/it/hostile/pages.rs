//! Rule pages and configs of a repository that nobody vouches for.

use crate::scratch::{Folder, PRIVILEGED};
use crate::{binary, scratch};

fn with_check(check: &str) -> scratch::Run {
    let page = format!(
        "---\nsummary: Hostile\nseverity: warning\npreset: recommended\nfor: container\nmessage: hostile\n---\n\
        # hostile-page\n\nHostile.\n\n## Why\n\nNone.\n\n## Check\n\n```cel\n{check}\n```\n"
    );
    let config = "rules = [\"pages\"]\n";
    let folder = Folder::with(&[
        ("sibling.yaml", PRIVILEGED),
        ("plimsoll.toml", config),
        ("pages/test/hostile-page.md", &page),
    ]);
    folder.check(&[])
}

/// Whatever the page says, the built-in rules run, and no page passes in silence.
fn assert_told(what: &str, check: &str) {
    let run = with_check(check);
    run.assert_sibling("sibling.yaml", what);
    let told = run.rules(|_| true);
    let about = ["invalid-rule-page", "rule-failed", "hostile-page"];
    assert!(told.iter().any(|rule| about.contains(rule)), "{what}: {told:?}\n{}", run.told);
}

#[test]
fn patterns() {
    for (what, pattern) in [
        ("a bomb of counts", "(a{1000}){1000}".to_owned()),
        ("a deep bomb of counts", "((((x{99}){99}){99}){99})".to_owned()),
        ("a long pattern", "ab".repeat(5_000)),
        ("a deep pattern", "(".repeat(5_000) + &")".repeat(5_000)),
        ("an open pattern", "(a".to_owned()),
    ] {
        assert_told(what, &format!("'a'.matches('{pattern}')"));
    }
}

#[test]
fn expressions() {
    let n = 10_000;
    for (what, check) in [
        ("parentheses", "(".repeat(n) + "true" + &")".repeat(n)),
        ("open parentheses", "(".repeat(n)),
        ("lists", "[".repeat(n) + &"]".repeat(n)),
        ("maps", "{1:".repeat(n) + "1" + &"}".repeat(n)),
        ("negations", "!".repeat(n) + "true"),
        ("signs", "-".repeat(n) + "1 == 1"),
        ("choices", "true ? ".repeat(n) + "true"),
        ("fields", "container".to_owned() + &".a".repeat(n)),
        ("indices", "container".to_owned() + &"[0]".repeat(n)),
        ("calls", "size(".repeat(n) + "container"),
        ("a conjunction", "false && ".repeat(n) + "false"),
        ("a sum", "1 + ".repeat(n) + "1 == 0"),
        ("more than is read", "false || ".repeat(20_000) + "false"),
        ("an open string", "'".to_owned() + &"a".repeat(n)),
        ("nothing", String::new()),
        ("loops in loops", loops(12)),
        (
            "a text that doubles",
            format!("{}size(a) < 0{}", "['aa'].all(a, [a + a].all(a, ".repeat(30), "))".repeat(30)),
        ),
    ] {
        assert_told(what, &check);
    }
}

/// Each level goes through ten items: 10^depth steps without a bound.
fn loops(depth: usize) -> String {
    let open: Vec<String> = (0..depth).map(|at| format!("[0,1,2,3,4,5,6,7,8,9].all(x{at}, ")).collect();
    let open = open.concat();
    format!("{open}x0 >= 0{} && false", ")".repeat(depth))
}

#[test]
fn configs() {
    for text in [
        "a = ".to_owned() + &"[".repeat(100_000),
        "a = ".to_owned() + &"{a=".repeat(100_000),
        "[a.".to_owned() + &"a.".repeat(100_000) + "a]\n",
        "extend = \"plimsoll.toml\"\n".to_owned(),
        "extend = \"../../etc/passwd\"\n".to_owned(),
        "rules = [\"/etc\"]\n".to_owned(),
        "rules = [\"..\"]\n".to_owned(),
        "select = [\"\\u001b[31m\\n::error::x\"]\n".to_owned(),
        format!("exclude = [{}]\n", "\"**/**/**/a{b,c}*\",".repeat(20_000)),
        format!("exclude = [\"{}\"]\n", "*a".repeat(20_000)),
        "\0".to_owned(),
        "\u{1b}[31m = 1\n".to_owned(),
    ] {
        let folder = Folder::with(&[("sibling.yaml", PRIVILEGED), ("plimsoll.toml", &text)]);
        let output = binary::run(&folder.0, &["check", "--format", "github"]);
        let what: String = text.chars().take(40).collect();
        let told = String::from_utf8_lossy(&output.stderr);
        // Either it is wrong, and then nothing is checked, or it means something, and then all is.
        let code = output.status.code();
        assert!(code == Some(2) || code == Some(1), "{what:?}: {code:?} {told}");
        let hidden = |c: char| c != '\n' && plimsoll::report::escape::is_hidden(c);
        assert!(!told.contains(hidden) && !told.contains("\n::"), "{what:?}: {told:?}");
    }
}
