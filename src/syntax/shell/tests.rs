//! Scripts, and what is read out of them.

use super::*;
use crate::text::FileId;

fn read(text: &str) -> Script {
    let script = parse(text, Dialect::Sh, &|from, to| Span::new(FileId(0), from, to));
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
    assert_eq!(script.commands[0].words[2].variables().collect::<Vec<_>>(), ["V"]);
    assert_eq!(script.commands[0].words[3].variables().collect::<Vec<_>>(), ["X"]);
}

#[test]
fn pipelines_number_their_commands() {
    let places = |text: &str| -> Vec<Option<(usize, usize)>> {
        let pair = |pipe: Pipe| (pipe.pipeline, pipe.position);
        read(text).commands.iter().map(|command| command.place.pipe.map(pair)).collect()
    };
    assert_eq!(places("a | b | c && d"), [Some((0, 0)), Some((0, 1)), Some((0, 2)), None]);
    assert_eq!(places("(a; b) | c"), [Some((0, 0)), Some((0, 0)), Some((0, 1))]);
}

#[test]
fn marks_say_where_a_command_stands() {
    let script = read("a; (b); if c; then d; fi; e \"$(f)\"; g <(h) & read i");
    let of = |name: &str| {
        let command = script.commands.iter().find(|command| command.words[0].text == name);
        command.map(|command| (command.place.subshell, command.place.conditional)).unwrap()
    };
    assert_eq!(
        [of("a"), of("b"), of("c"), of("d")],
        [(false, false), (true, false), (false, false), (false, true)]
    );
    assert_eq!((of("f"), of("g")), ((true, false), (true, false)));
    let inside = |name: &str| {
        script.commands.iter().find(|one| one.words[0].text == name).unwrap().place.inside.unwrap()
    };
    let outer =
        |name: &str| script.commands[inside(name).command].words[inside(name).word.unwrap()].substitution();
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
fn long_scripts_are_read_piece_by_piece() {
    let text = "X=1; a \"$(b | c)\" | d &&\n".repeat(LONGEST / 8) + "e";
    let script = read(&text);
    assert!(script.complete);
    let last = script.commands.len() - 2;
    let inner = &script.commands[last - 1];
    assert_eq!((inner.words[0].text.as_str(), &text[inner.words[0].span.range()]), ("c", "c"));
    assert_eq!(inner.place.inside.map(|inside| inside.command), Some(last - 3));
    assert_eq!(inner.place.pipe.map(|pipe| pipe.pipeline), Some(2 * (LONGEST / 8) - 1));
    assert_eq!(script.assigned.last().and_then(|assigned| assigned.command), Some(last - 4));
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
        parse(&text, Dialect::Sh, &|from, to| Span::new(FileId(0), from, to));
    }
    assert!(!read(&"${a:-".repeat(12_000)).complete);
    let long = format!("echo '{}'", "a;".repeat(LONGEST));
    assert!(!read(&long).complete && read(&long).commands.is_empty());
    assert_eq!(read(&long).unread.map(|span| &long[span.range()]), Some("echo"));
    assert!(read("if a; then").commands.is_empty() || !read("if a; then").complete);
}

#[test]
fn words_know_their_parts() {
    let script = read("rm -rf \"$a/\"*.{b,c} 'd'`e`${f:-1}$((1))");
    let shown = |word: &Word| -> Vec<String> {
        word.parts.iter().map(|part| format!("{:?} {:?}", part.quotes, part.kind).replace('"', "")).collect()
    };
    let words = &script.commands[0].words;
    let variable = |name: &str, form: &str| format!("Variable(Variable {{ name: {name}, form: {form} }})");
    assert!(shown(&words[1]).is_empty());
    assert_eq!(
        shown(&words[2]),
        [
            format!("Double {}", variable("a", "Plain")),
            "Double Text(/)".to_owned(),
            "None Text(*.{b,c})".to_owned()
        ]
    );
    assert_eq!((words[2].braces.len(), words[3].braces.len()), (1, 0));
    assert_eq!(
        shown(&words[3]),
        [
            "Single Text(d)".to_owned(),
            "None Command { backticks: true }".to_owned(),
            format!("None {}", variable("f", "Default")),
            "None Arithmetic".to_owned()
        ]
    );
    let names: Vec<_> = read("a $1 $@ ${#x} ${!y} ${z[@]} ${#}").commands[0]
        .words
        .iter()
        .flat_map(|w| w.variables().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(names, ["1", "@", "x", "y", "z", "#"]);
}

#[test]
fn constructs_are_marked_at_what_makes_them() {
    let text = "[[ -f $a && $b == c ]] && d || e; for x in $f; do g; done; case $h in i) ;; esac; j=(k); function l { m; }; (( n )); cat <<X\n$o `p`\nX";
    let script = read(text);
    let shown: Vec<(ConstructKind, &str, usize)> =
        script.constructs.iter().map(|one| (one.kind, &text[one.span.range()], one.words.len())).collect();
    let expected = [
        (ConstructKind::AndOr, "||", 0),
        (ConstructKind::Test, "[[", 2),
        (ConstructKind::Case, "case", 1),
        (ConstructKind::Array, "(k)", 1),
        (ConstructKind::FunctionKeyword, "function", 0),
        (ConstructKind::Arithmetic, "(( n ))", 0),
        (ConstructKind::Heredoc, "$o `p`\n", 1),
    ];
    assert_eq!(shown, expected);
    assert_eq!(script.loops[0].words.as_ref().unwrap()[0].text, HIDDEN.to_string());
    assert!(script.commands.iter().any(|command| command.words.first().is_some_and(|word| word.text == "p")));
}

#[test]
fn what_depends_on_a_command_is_known() {
    let script =
        read("cd a && cd b || cd c; if cd d; then cd e; fi; ! cd f; cd g | cd h; while cd i; do cd j; done");
    let checked: Vec<_> =
        script.commands.iter().filter(|one| one.place.checked).map(|one| one.words[1].text.clone()).collect();
    assert_eq!(checked, ["a", "b", "d", "i"]);
    assert!(script.commands.iter().all(|one| one.place.negated == (one.words[1].text == "f")));
}

#[test]
fn scripts_in_words_are_read_as_well() {
    let text = "sudo -E bash -euo pipefail -c 'apt-get update && apt-get install -y \"$X\"' | tee log; sh -c \"a \\$b\"";
    let script = read(text);
    let names: Vec<_> = script.commands.iter().map(|one| (one.name().to_owned(), one.place.nested)).collect();
    let expected = [("bash", false), ("apt-get", true), ("apt-get", true), ("tee", false), ("sh", false)];
    assert_eq!(names, expected.map(|(name, nested)| (name.to_owned(), nested)));
    assert_eq!(script.commands[2].place.inside, Some(Inside { command: 0, word: Some(6) }));
    assert_eq!(&text[script.commands[2].words[2].span.range()], "-y");
    assert_eq!(script_of(["bash", "-o", "pipefail", "-c", "x"].into_iter()), Some((Dialect::Bash, 4)));
    assert_eq!(script_of(["bash", "-eo", "pipefail", "-c", "x"].into_iter()), Some((Dialect::Bash, 4)));
    assert_eq!(script_of(["/bin/sh", "-c", "x"].into_iter()), Some((Dialect::Sh, 2)));
    assert_eq!(script_of(["sh", "-c", "-x", "x"].into_iter()), Some((Dialect::Sh, 3)));
    assert_eq!(script_of(["bash", "-c", "--", "x"].into_iter()), Some((Dialect::Bash, 3)));
    assert_eq!(script_of(["sh", "run.sh", "-c"].into_iter()), None);
}

#[test]
fn how_a_script_ends_is_how_its_last_commands_end() {
    let names = |of: fn(&Place) -> bool| -> Vec<String> {
        let text = "a && b; if c; then d; e; else f; fi && g $(h; i); for x in j; do k; done; l() { m; }; n | (o; p)";
        let script = read(text);
        let found = script.commands.iter().filter(|one| of(&one.place));
        found.map(|one| one.words[0].text.clone()).collect()
    };
    assert_eq!(names(|place| place.last), ["i", "m", "p"]);
    assert_eq!(names(|place| place.guarded), ["b", "g"]);
    assert_eq!(names(|place| place.checked), ["a", "c", "e", "f"]);
}

#[test]
fn scripts_know_from_where_a_failure_ends_them() {
    let from = |text: &str| read(text).errexit_from();
    assert_eq!(
        (from("a; set -eux; b"), from("set -o errexit"), from("set -x; a -e")),
        (Some(1), Some(0), None)
    );
}

#[test]
fn pipes_lead_from_one_command_to_the_next() {
    let script = read("a | b | (c; d) | e; f | g >x 2>&1; for i in $(h); do j; done");
    let names: Vec<_> = script.piped().iter().map(|(left, right)| [left.name(), right.name()]).collect();
    assert_eq!(names, [["a", "b"], ["f", "g"]]);
    let redirects: Vec<_> =
        script.commands.iter().flat_map(|one| &one.redirects).map(|one| (one.operator, one.number)).collect();
    assert_eq!(redirects, [(">", None), (">&", Some(2))]);
    assert_eq!(script.commands[script.loops[0].before].name(), "h");
}

#[test]
fn long_chains_are_read_whole() {
    let text = format!("a{}", " && b".repeat(3_000));
    assert_eq!(read(&text).commands.len(), 3_001);
}

#[test]
fn what_no_shell_reads_is_pointed_at() {
    let broken = |text: &str| {
        let found = read(text).broken?;
        Some((text[found.span.range()].to_owned(), found.reason))
    };
    let of = |text: &str, span: &str, reason: &str| {
        assert_eq!(broken(text), Some((span.to_owned(), reason.to_owned())), "{text}");
    };
    of("if a; then b", "b", "an `if` is never closed with `fi`");
    of("a 'b", "'", "`'` is never closed");
    of("a $(b", "$(", "`$(` is never closed");
    of("a && && b", "&&", "`&&` stands where a command should be");
    of("a |\n", "|", "the script ends where a command, or a closing word, should follow");
    of("for x in a; b; done", "b", "`do` is missing before `b`");
    of("a; }", "}", "`}` stands where a command should be");
    of("if a; then; b; fi", ";", "no `;` can stand here: a command must");
    of("for a in b; do ; c; done", ";", "no `;` can stand here: a command must");
    for text in
        ["a; b", "case a in a) b; esac", "[[ a ]", "!", "if {{ x }} then", "echo }", "echo }}", "a }}\nfi"]
    {
        assert_eq!(broken(text), None, "{text}");
    }
}

#[test]
fn groups_send_what_is_in_them_to_files() {
    let script = read("{ a; b $(c); } > d; e > f; while g; do h; done < i");
    let sent: Vec<_> = script.commands.iter().map(|one| (one.name(), one.place.redirected)).collect();
    let expected = [("a", true), ("b", true), ("c", false), ("e", false), ("g", false), ("h", false)];
    assert_eq!(sent, expected);
}

#[test]
fn what_arrays_and_loops_give_is_known() {
    let script = read("a=($(b) \"$c\" [3]=d); for e in f g; do h; done; for i in j; do k; done");
    assert_eq!(script.constructs[0].words.len(), 3);
    assert!(script.commands.iter().any(|command| command.name() == "b"));
    let loops: Vec<_> = script.assigned.iter().map(|one| (one.name.as_str(), one.in_loop)).collect();
    assert_eq!(loops, [("a", None), ("e", Some(0)), ("i", Some(1))]);
}
