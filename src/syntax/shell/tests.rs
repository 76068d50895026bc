//! Scripts, and what is read out of them.

use super::*;
use crate::text::FileId;

fn read(text: &str) -> Script {
    let script = parse(text, &|from, to| Span::new(FileId(0), from, to));
    for word in script.commands.iter().flat_map(|command| &command.words) {
        assert!(text.get(word.span.range()).is_some_and(|found| !found.is_empty()), "{text}: {word:?}");
    }
    script
}

/// Each command as its words, hidden text shown as `?`.
fn words(text: &str) -> Vec<String> {
    let line = |command: &Command| {
        let words: Vec<String> = command.words.iter().map(|word| word.text.replace(HIDDEN, "?")).collect();
        words.join(" ")
    };
    read(text).commands.iter().map(line).collect()
}

#[test]
fn commands_come_in_the_order_of_the_text() {
    assert_eq!(words("a 1 && b '2 3'; c || d \"4\" &"), ["a 1", "b 2 3", "c", "d 4"]);
    assert_eq!(words("if a; then b; elif c; then d; else e; fi; f"), ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(words("for x in $(a); do b $x; done; while c; do d; done"), ["a", "b ?", "c", "d"]);
    assert_eq!(words("case $x in a) b;; *) c;; esac; f() { d; }; ( e ); { g; }"), ["b", "c", "d", "e", "g"]);
    assert_eq!(words("a \"$(b | c)\" `d`"), ["a ? ?", "b", "c", "d"]);
    assert_eq!(words("X=$(a) export Y=$(b)"), ["export", "a", "b"]);
}

#[test]
fn words_keep_their_places_and_hide_what_is_unknown() {
    let text = "apt-get install 'a'=$V b${X:-1} \"c\"";
    let script = read(text);
    let shown: Vec<(&str, String)> = script.commands[0]
        .words
        .iter()
        .map(|word| (&text[word.span.range()], word.text.replace(HIDDEN, "?")))
        .collect();
    let expected = [
        ("apt-get", "apt-get"),
        ("install", "install"),
        ("'a'=$V", "a=?"),
        ("b${X:-1}", "b?"),
        ("\"c\"", "c"),
    ];
    assert_eq!(shown, expected.map(|(raw, text)| (raw, text.to_owned())));
    assert_eq!(script.commands[0].words[2].variables, ["V"]);
    assert_eq!(script.commands[0].words[3].variables, ["X"]);
}

#[test]
fn pipelines_number_their_commands() {
    let places = |text: &str| -> Vec<Option<(usize, usize)>> {
        let pair = |pipe: Pipe| (pipe.pipeline, pipe.position);
        read(text).commands.iter().map(|command| command.pipe.map(pair)).collect()
    };
    assert_eq!(places("a | b | c && d"), [Some((0, 0)), Some((0, 1)), Some((0, 2)), None]);
    assert_eq!(places("(a; b) | c"), [Some((0, 0)), Some((0, 0)), Some((0, 1))]);
}

#[test]
fn marks_say_where_a_command_stands() {
    let script = read("a; (b); if c; then d; fi; e \"$(f)\"; g <(h) & read i");
    let of = |name: &str| {
        let command = script.commands.iter().find(|command| command.words[0].text == name);
        command.map(|command| (command.subshell, command.conditional)).unwrap()
    };
    assert_eq!(
        [of("a"), of("b"), of("c"), of("d")],
        [(false, false), (true, false), (false, false), (false, true)]
    );
    assert_eq!((of("f"), of("g")), ((true, false), (true, false)));
    let inside =
        |name: &str| script.commands.iter().find(|one| one.words[0].text == name).unwrap().inside.unwrap();
    let outer =
        |name: &str| script.commands[inside(name).command].words[inside(name).word.unwrap()].substitution;
    assert_eq!((outer("f"), outer("h")), (Some(Substitution::Command), Some(Substitution::Process)));
    assert!(script.assigns("i") && !script.assigns("a"));
    let script = read("a='1 2' b=$a; b=3; c=x; c+=y; export d=4");
    let values = ["a", "b", "c", "d"].map(|name| script.value(name));
    assert_eq!(values, [Some("1 2"), None, None, Some("4")]);
}

#[test]
fn programs_lose_what_starts_them() {
    let name = |text: &str| {
        let script = read(text);
        let words: Vec<String> = script.commands[0].program().iter().map(|word| word.text.clone()).collect();
        words.join(" ")
    };
    assert_eq!(name("sudo -E -u root apt-get update"), "apt-get update");
    assert_eq!(name("DEBIAN_FRONTEND=x env -i A=1 /usr/bin/apt-get install x"), "/usr/bin/apt-get install x");
    assert_eq!(name("timeout -k 5 30 sh -s"), "sh -s");
    assert_eq!(name("sudo"), "");
    assert_eq!(read("/usr/bin/apt-get update").commands[0].name(), "apt-get");
}

#[test]
fn hostile_scripts_end() {
    for text in [
        "(".repeat(30_000),
        "$(".repeat(30_000),
        "a|".repeat(30_000),
        "\"$(".repeat(20_000),
        "{ ".repeat(30_000),
    ] {
        parse(&text, &|from, to| Span::new(FileId(0), from, to));
    }
    assert!(!read(&"${a:-".repeat(12_000)).complete);
    let long = "a;".repeat(LONGEST);
    assert!(!read(&long).complete && read(&long).commands.is_empty());
    assert!(read("if a; then").commands.is_empty() || !read("if a; then").complete);
}
