//! Whole files: what is in the tree, where it stands, and what is reported.

use super::*;
use crate::text::Span;

fn read(text: &str) -> Parsed<Dockerfile> {
    parse(FileId(0), text)
}

/// Each error as the text it points at, and its message.
fn errors(text: &str) -> Vec<String> {
    let point = |span: Span| text[span.range()].to_owned();
    read(text).errors.into_iter().map(|error| format!("{}: {}", point(error.span), error.message)).collect()
}

/// A single instruction of a file without errors; the FROM in front of it is not counted.
fn one(text: &str) -> Instruction {
    let mut parsed = read(&format!("FROM scratch\n{text}"));
    assert_eq!(parsed.errors, []);
    parsed.tree.instructions.swap_remove(1)
}

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(Word::as_str).collect()
}

fn shell(instruction: &Instruction) -> &Logical {
    let Args::Shell(text) = &instruction.args else { panic!("no shell form: {instruction:?}") };
    text
}

#[test]
fn directives_stand_at_the_top_only() {
    let text = "\u{feff}# syntax = docker/dockerfile:1\n#Escape=`\n# check=skip=A, B;error=true\n\n# escape=\\\nFROM a `\n AS b";
    let parsed = read(text);
    assert_eq!(parsed.errors, []);
    let names: Vec<_> =
        parsed.tree.directives.iter().map(|found| (found.name, &text[found.key.range()])).collect();
    let expected = [
        (DirectiveName::Syntax, "syntax"),
        (DirectiveName::Escape, "Escape"),
        (DirectiveName::Check, "check"),
    ];
    assert_eq!(names, expected);
    assert_eq!(parsed.tree.directives[0].value.as_str(), "docker/dockerfile:1");
    let settings = parsed.tree.directives[2].settings();
    assert_eq!(texts(&settings[0].values), ["A", "B"]);
    assert_eq!(&text[settings[1].values[0].span.range()], "true");
    assert_eq!((parsed.tree.escape, parsed.tree.comments.len()), ('`', 1));
    assert_eq!(texts(parsed.tree.instructions[0].words()), ["a", "AS", "b"]);
}

#[test]
fn wrong_directives() {
    assert_eq!(errors("# escape=x\nFROM a"), ["x: the escape character can only be `\\` or a backtick"]);
    let message = "syntax: this parser directive is already given: delete one of them";
    assert_eq!(errors("# syntax=a\n# syntax=b\nFROM a"), [message]);
}

#[test]
fn continuations_comments_and_blank_lines_join() {
    let text = "FROM a\r\nrun x \\ \t\r\n  # why\r\n\r\n   y\\\r\nz";
    let parsed = read(text);
    let run = &parsed.tree.instructions[1];
    assert_eq!(shell(run).as_str(), "x    yz");
    assert_eq!(&text[shell(run).span(5, 7).range()], "y\\\r\nz");
    assert_eq!(&text[run.span.range()], &text[8..]);
    assert_eq!(&text[parsed.tree.comments[0].range()], "# why");
    assert_eq!(run.blank_lines, [Span::at(FileId(0), 28)]);
}

#[test]
fn a_word_may_be_broken_by_a_continuation() {
    let text = "FROM scratch\nCOPY a/\\\n# x\nb /c";
    let parsed = read(text);
    let words = parsed.tree.instructions[1].words();
    assert_eq!(texts(words), ["a/b", "/c"]);
    assert_eq!(&text[words[0].span.range()], "a/\\\n# x\nb");
    assert_eq!(&text[words[0].text.span(2, 3).range()], "b");
}

#[test]
fn escaped_escapes_do_not_continue() {
    assert_eq!(read("FROM a\nRUN x \\\\\nRUN y").tree.instructions.len(), 3);
    assert_eq!(read("FROM a\nRUN x \\").tree.instructions.len(), 2);
}

#[test]
fn both_forms() {
    assert_eq!(texts(one(r#"CMD [ "a b", "\u0041" ]"#).words()), ["a b", "A"]);
    assert_eq!(shell(&one("CMD ['a']")).as_str(), "['a']");
    assert_eq!(shell(&one("RUN [ -f x ] && y")).as_str(), "[ -f x ] && y");
    assert_eq!(texts(one("VOLUME /a /b").words()), ["/a", "/b"]);
    assert_eq!(texts(one(r#"COPY ["a b", "/c"]"#).words()), ["a b", "/c"]);
    assert_eq!(
        errors("FROM a\nCMD [\"a\", 1]"),
        ["1: JSON form takes strings only: put this in double quotes"]
    );
}

#[test]
fn pairs_of_all_shapes() {
    let pairs = |text: &str| -> Vec<(String, Option<String>, bool)> {
        let own = |word: &Word| word.as_str().to_owned();
        one(text)
            .pairs()
            .iter()
            .map(|pair| (own(&pair.key), pair.value.as_ref().map(own), pair.legacy))
            .collect()
    };
    let pair = |key: &str, value: Option<&str>, legacy| (key.to_owned(), value.map(str::to_owned), legacy);
    assert_eq!(
        pairs(r#"ENV a="b c" d=e\ f g="#),
        [pair("a", Some("\"b c\""), false), pair("d", Some("e\\ f"), false), pair("g", Some(""), false)]
    );
    assert_eq!(pairs("LABEL a  b c=d "), [pair("a", Some("b c=d"), true)]);
    assert_eq!(pairs("ARG a b=c"), [pair("a", None, false), pair("b", Some("c"), false)]);
}

#[test]
fn flags_and_mounts() {
    let run = one("RUN --mount=type=cache,target=/x,ro --network=none a --b");
    assert_eq!(shell(&run).as_str(), "a --b");
    let mount = run.mounts().next().unwrap();
    assert_eq!(mount.option(&["dst", "target"]).unwrap().as_str(), "/x");
    assert_eq!(run.flag("network").unwrap().value.as_ref().unwrap().span, Span::new(FileId(0), 59, 63));
}

#[test]
fn healthcheck_and_onbuild_hold_instructions() {
    let probe = one("HEALTHCHECK --interval=5s --retries=3 CMD curl --fail x");
    assert_eq!(shell(probe.inner().unwrap()).as_str(), "curl --fail x");
    assert_eq!(texts(one("HEALTHCHECK none").words()), ["none"]);
    let trigger = one("ONBUILD COPY --from=x a b");
    assert_eq!(trigger.inner().unwrap().kind, Kind::Copy);
    assert_eq!(texts(trigger.inner().unwrap().words()), ["a", "b"]);
    // That a trigger may not trigger is a rule's matter.
    assert_eq!(errors("FROM a\nONBUILD ONBUILD RUN x"), [] as [&str; 0]);
}

#[test]
fn heredocs_take_the_lines_below() {
    let text = "FROM a\nCOPY <<A <<-\"B\" /x\n1 $x\nA\n\t2\n\tB\nUSER u\n";
    let parsed = read(text);
    assert_eq!(parsed.errors, []);
    let [first, second] = &parsed.tree.instructions[1].heredocs[..] else { panic!("not two") };
    assert_eq!((first.name.as_str(), first.expand, &text[first.body.range()]), ("A", true, "1 $x\n"));
    assert_eq!((second.name.as_str(), second.expand, &text[second.body.range()]), ("B", false, "\t2\n"));
    assert!(second.strip_tabs && &text[second.word.range()] == "<<-\"B\"");
    assert_eq!(&text[second.terminator.unwrap().range()], "\tB");
    assert!(text[parsed.tree.instructions[1].span.range()].ends_with("\tB"));
    assert_eq!(parsed.tree.instructions[2].kind, Kind::User);
}

#[test]
fn what_is_no_heredoc() {
    for text in
        ["RUN cat <<<x", "RUN echo '<<A'", "RUN a<<A", "RUN echo $((1<<2))", "CMD <<A", "RUN x ${y:0:3} <<A"]
    {
        assert_eq!(one(text).heredocs, [], "{text}");
    }
    assert_eq!(one("RUN 3<< \"E\"'F'\nEF").heredocs[0].descriptor, 3);
    assert_eq!(one("ONBUILD RUN <<A\nx\nA\n").heredocs.len(), 1);
}

#[test]
fn an_endless_heredoc_stops_at_an_instruction() {
    let text = "FROM a\nRUN <<EOF\nfrom here\n EOF\nCOPY a b\nUSER x";
    assert_eq!(errors(text), ["<<EOF: heredoc never ends: add a line that is just `EOF`"]);
    let kinds: Vec<Kind> = read(text).tree.instructions.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::From, Kind::Run, Kind::Copy, Kind::User]);
}

#[test]
fn unknown_instructions_do_not_hide_others() {
    let text = "FORM a\nFROM a\nRUN x \\ \n  y\n  && z\n  q\nUSER u";
    assert_eq!(
        errors(text),
        [
            "FORM: no such instruction: write `FROM`",
            "&&: no such instruction: does the line before it lack a continuation?"
        ]
    );
    assert_eq!(read(text).tree.instructions.len(), 6);
}

#[test]
fn what_buildkit_refuses() {
    for (line, expected) in [
        ("COPY a", "COPY: `COPY` needs a source and a destination"),
        ("ENV", "ENV: `ENV` needs `name=value`"),
        ("ENV a", "a: `ENV` takes `name=value`, and here is no value"),
        ("ENV a=b c", "c: `ENV` takes `name=value`, and here is no `=`"),
        ("ENV =b", ": `ENV` needs a name before `=`"),
        ("ENV a=${b", "${b: `${` has no `}`"),
        ("LABEL a=\"b", "\": quote `\"` is never closed"),
        ("FROM a b", "b: `FROM` takes an image, or `image AS name`: delete what is more"),
        (
            "FROM a AS 1b",
            "1b: stage name must start with a letter and have only letters, digits, `-`, `_` and `.`",
        ),
        ("COPY --form=x a b", "form: `COPY` has no flag `--form`: write `--from`"),
        ("COPY --from a b", "--from: `--from` needs a value: write `--from=…`"),
        ("COPY --link=maybe a b", "maybe: `--link` takes `true` or `false`"),
        ("COPY --from=a --from=b c d", "--from=b: `--from` is given twice: delete one of them"),
        (
            "COPY --from=$a b c",
            "$a: `--from` takes no variable: name a stage, and use the variable in its `FROM`",
        ),
        ("COPY a <<EOF\nEOF", "<<EOF: the destination cannot be a heredoc: add a path behind it"),
        (
            "RUN --mount=type=secrets x",
            "secrets: a mount is of type `bind`, `cache`, `tmpfs`, `secret` or `ssh`",
        ),
        ("RUN --mount=tpye=bind x", "tpye: a mount has no option `tpye`: write `type`"),
        ("RUN --network=off x", "off: `--network` takes `default`, `none` or `host`"),
        ("SHELL sh -c", "sh -c: `SHELL` takes a JSON array: write `[\"/bin/sh\", \"-c\"]`"),
        ("HEALTHCHECK NONE x", "x: `HEALTHCHECK NONE` takes no arguments: delete them"),
        ("HEALTHCHECK CMD", "CMD: `HEALTHCHECK CMD` needs a command"),
        ("HEALTHCHECK curl x", "curl: `HEALTHCHECK` takes `CMD` and a command, or `NONE`"),
        ("HEALTHCHECK --timeout=5 CMD x", "5: `--timeout` takes a duration such as `30s`"),
        ("VOLUME [\"\"]", "\"\": `VOLUME` needs a path, and this one is empty"),
        ("\\", ": continuation has nothing to continue: delete it"),
    ] {
        assert_eq!(errors(&format!("FROM a\n{line}")), [expected], "{line}");
    }
}

#[test]
fn what_buildkit_takes() {
    for line in [
        "RUN",
        "CMD",
        "ENTRYPOINT []",
        "ARG --x y",
        "COPY -- --a b",
        "USER a b",
        "ENV a=$b${c}'d'",
        "env a b",
    ] {
        assert_eq!(errors(&format!("FROM a\n{line}")), [""; 0], "{line}");
    }
}

#[test]
fn files_without_a_stage() {
    assert_eq!(errors("# x\n"), [": file has no stage: add a `FROM`"]);
    assert_eq!(errors("ARG a\n"), ["ARG: file has no stage: add a `FROM`"]);
    assert_eq!(errors("ARG a\nRUN x\nFROM a"), ["RUN: `RUN` stands outside a stage: put `FROM` before it"]);
}

#[test]
fn stages_find_one_another() {
    let text = "ARG B=one\nFROM a AS One\nFROM $B AS two\nCOPY --from=ONE a b\nCOPY --from=0 a b\nCOPY --from=9 a b\n\
        RUN --mount=type=bind,from=nginx:1,target=/x y\nFROM scratch\nCOPY --from=two a b\nFROM ${X}\n";
    let tree = read(text).tree;
    let bases: Vec<_> = tree.stages.iter().map(|stage| stage.base.clone()).collect();
    assert_eq!(bases, [Origin::Image("a".into()), Origin::Stage(0), Origin::Scratch, Origin::Unknown]);
    let origins: Vec<_> = tree.references.iter().map(|found| found.origin.clone()).collect();
    let nginx = Origin::Image("nginx:1".into());
    assert_eq!(origins, [Origin::Stage(0), Origin::Stage(0), Origin::Unknown, nginx, Origin::Stage(1)]);
    assert_eq!(tree.ancestors(1).collect::<Vec<_>>(), [0]);
    assert_eq!((tree.stage_of(0), tree.stage_of(1), tree.stage_of(3)), (None, Some(0), Some(1)));
    assert_eq!(tree.stages[1].instructions, 2..7);
}

#[test]
fn the_last_earlier_stage_of_a_name_wins() {
    let text = "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x a b\nCOPY --from=late a b\nFROM d AS x\nFROM e AS late\n";
    let origins: Vec<_> = read(text).tree.references.into_iter().map(|found| found.origin).collect();
    assert_eq!(origins, [Origin::Stage(1), Origin::Stage(4)]);
}

#[test]
fn comments_above_an_instruction() {
    let text = "# a\nFROM x\n# b\n\n# c\nRUN y \\\n# d\nz\nUSER u";
    let tree = read(text).tree;
    let above = |at| tree.comments_above(at).iter().map(|span| &text[span.range()]).collect::<Vec<_>>();
    assert_eq!((above(0), above(1), above(2)), (vec!["# a"], vec!["# b", "# c"], vec![]));
}

#[test]
fn scopes_follow_stages() {
    let text = "ARG G=1\nARG TARGETARCH\nFROM scratch AS base\nARG G\nARG H=$G-h I=$H\nENV E=e G2=$G\nENV E=$E$E L=$E\n\
        FROM base\nARG TARGETARCH\nUSER $L.$H.$E\nUSER $NOPE\nUSER $TARGETARCH\nFROM image\nUSER $G$L\n";
    let parsed = read(text);
    let scopes = Scopes::new(&parsed.tree);
    let value = |at: usize| scopes.expand(at, &parsed.tree.instructions[at].words()[0]);
    assert_eq!(value(9).known(), Some("e.1-h.ee"));
    assert_eq!(scopes.lookup(9, "I").binding, Binding::Known("1-h".into()));
    assert!(scopes.lookup(9, "H").overridable && !scopes.lookup(9, "E").overridable);
    assert_eq!(&text[scopes.lookup(9, "E").origin.unwrap().range()], "E");
    assert!(value(10).uses[0].missing);
    assert_eq!(value(11).value, Value::Unknown(0..11));
    assert_eq!(value(13).value, Value::Unknown(0..2));
}

#[test]
fn an_arg_without_a_value_keeps_what_is_set() {
    let text = "FROM scratch\nENV A=1\nARG A\nARG B\nARG http_proxy\nUSER $A\n";
    let parsed = read(text);
    let scopes = Scopes::new(&parsed.tree);
    assert_eq!(scopes.lookup(5, "A").binding, Binding::Known("1".into()));
    let declared = scopes.lookup(5, "B");
    assert_eq!((declared.binding, declared.overridable), (Binding::Unset, true));
    assert_eq!(scopes.lookup(5, "http_proxy").binding, Binding::Unknown);
}

#[test]
fn values_that_double_become_unknown() {
    let text = format!("FROM scratch\nENV a=xxxxxxxx\n{}USER $a", "ENV a=$a$a\n".repeat(60));
    let parsed = read(&text);
    let last = parsed.tree.instructions.len() - 1;
    assert_eq!(Scopes::new(&parsed.tree).lookup(last, "a").binding, Binding::Unknown);
}

#[test]
fn long_lines_are_reported_and_read() {
    let text = format!("FROM a\nRUN {}", "x".repeat(70_000));
    let message = ": line has more than 65535 bytes, which BuildKit refuses: break it with a continuation";
    assert_eq!(errors(&text), [message]);
    assert_eq!(shell(&read(&text).tree.instructions[1]).as_str().len(), 70_000);
}
