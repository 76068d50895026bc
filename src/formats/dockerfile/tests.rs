//! Dockerfiles, and the facts read from them.

use super::*;
use crate::model::coupling::Source;
use crate::syntax::shell;
use crate::text::FileId;

fn read(text: &str) -> Facts {
    let parsed = syntax::parse(FileId(0), text);
    lower(&parsed.tree, text, FolderId(0))
}

/// Each image as its parts, `?` for what is hidden, and the text it is written in.
fn images(text: &str) -> Vec<(String, String)> {
    let image = |image: &Image| (image.reference.replace(HIDDEN, "?"), text[image.span.range()].to_owned());
    read(text).images.iter().map(image).collect()
}

fn pairs<const N: usize>(list: [(&str, &str); N]) -> Vec<(String, String)> {
    list.map(|(one, two)| (one.to_owned(), two.to_owned())).to_vec()
}

#[test]
fn images_are_neither_stages_nor_nothing() {
    let text = "FROM a:1 AS b\nFROM scratch\nCOPY --from=b x y\nCOPY --from=0 x y\nCOPY --from=c:2 x y\n\
                RUN --mount=type=bind,from=d/e,target=/x true\nFROM b\n";
    assert_eq!(images(text), pairs([("a:1", "a:1"), ("c:2", "c:2"), ("d/e", "d/e")]));
}

#[test]
fn defaults_of_arguments_are_known_and_stand_where_the_variable_does() {
    let text = "ARG V=latest\nARG R\nFROM \"${R}/a\":$V\n";
    assert_eq!(images(text), pairs([("?/a:latest", "${R}/a\":$V")]));
    let image = &read(text).images[0];
    let tag = image.tag.as_ref().unwrap();
    assert_eq!((tag.text.as_str(), &text[tag.span.range()]), ("latest", "$V"));
    assert_eq!(image.hidden.map(|span| &text[span.range()]), Some("${R}"));
    assert_eq!(
        images("FROM ${A:-b:1}\nFROM $TARGETARCH/x\n"),
        pairs([("b:1", "${A:-b:1}"), ("?/x", "$TARGETARCH/x")])
    );
}

#[test]
fn spans_survive_continuations() {
    let text = "FROM alp\\\nine:3 \\\n  AS x\nRUN a \\\n  # why\n  bc\\\nd e\n";
    assert_eq!(images(text), pairs([("alpine:3", "alp\\\nine:3")]));
    let facts = read(text);
    let run = &facts.instructions[1];
    let words = |word: &shell::Word| (word.text.clone(), text[word.span.range()].to_owned());
    let words: Vec<_> = run.commands()[0].words.iter().map(words).collect();
    assert_eq!(words, pairs([("a", "a"), ("bcd", "bc\\\nd"), ("e", "e")]));
}

#[test]
fn users_are_inherited_from_stages_only() {
    let users = |text: &str| -> Vec<Option<String>> {
        read(text).stages.iter().map(|stage| stage.user.get().cloned()).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let text = "FROM a AS b\nUSER root\nUSER 1000\nFROM b\nFROM c\nONBUILD USER 5\nFROM b\nUSER 0:0\n";
    assert_eq!(users(text), [some("1000"), some("1000"), None, some("0:0")]);
    assert_eq!(users("FROM a\nARG U=x\nUSER $U\nFROM a\nARG U\nUSER $U\n"), [some("x"), None]);
    let facts = read("FROM a\nFROM g/static:nonroot\nFROM scratch\n");
    assert!(
        facts.stages[0].user.is_unset()
            && facts.stages[1].user.is_unknown()
            && facts.stages[2].user.is_unset()
    );
    assert_eq!(facts.stages.iter().map(|stage| stage.ships).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn only_posix_shells_are_read() {
    let scripts = |text: &str| -> Vec<bool> {
        let runs = |found: &&Instruction| found.kind == Kind::Run;
        read(text).instructions.iter().filter(runs).map(|found| found.script.is_some()).collect()
    };
    let text = "FROM a AS w\nRUN a\nSHELL [\"pwsh\", \"-c\"]\nRUN b\nFROM w\nRUN c\nSHELL [\"/bin/bash\", \"-c\"]\nRUN d\n";
    assert_eq!(scripts(text), [true, false, false, true]);
    assert_eq!(scripts("FROM mcr.microsoft.com/windows/servercore:1\nRUN a\n"), [false]);
    assert_eq!(scripts("# escape=`\nFROM a\nRUN a\n"), [false]);
    assert_eq!(
        scripts("FROM a\nRUN <<EOF\na\nEOF\nRUN <<EOF\n#!/usr/bin/env python3\na\nEOF\n"),
        [true, false]
    );
}

#[test]
fn heredocs_are_scripts_or_input() {
    let text = "FROM a\nRUN <<-EOF\n\tx y\nEOF\nRUN cat <<A > /b && c\nfrom $d\nA\nRUN [\"sh\", \"-ec\", \"p \\\"q\\\"\"]\n";
    let facts = read(text);
    let shown: Vec<Vec<&str>> = facts
        .instructions
        .iter()
        .flat_map(Instruction::commands)
        .map(|command| command.words.iter().map(|word| &text[word.span.range()]).collect())
        .collect();
    assert_eq!(shown, [vec!["x", "y"], vec!["cat"], vec!["c"], vec!["p", "\\\"q\\\""]]);
}

#[test]
fn variables_have_the_value_of_a_plain_build() {
    let text = "ARG A=1\nFROM a\nARG A\nARG N\nENV B=\"x$A\" C=$N D 'e'\nENV F g h\n";
    let facts = read(text);
    let value = |name: &str| {
        let found = facts.env.iter().rfind(|one| one.name.get().is_some_and(|known| known == name)).unwrap();
        (found.value.get().cloned(), found.value.span().map(|span| &text[span.range()]))
    };
    assert_eq!(value("B"), (Some("x1".to_owned()), Some("x$A")));
    assert_eq!(value("C"), (None, Some("$N")));
    assert_eq!(value("F"), (Some("g h".to_owned()), Some("g h")));
    assert_eq!(value("N"), (None, None));
}

#[test]
fn instructions_know_their_stage_and_flags() {
    let facts = read("ARG X\nFROM a\nONBUILD COPY --from=b --link c d\nHEALTHCHECK --retries=3 CMD e f\n");
    let shown: Vec<_> = facts
        .instructions
        .iter()
        .map(|found| {
            (found.kind.name(), found.stage, found.onbuild, found.args.len(), found.commands().len())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("ARG", None, false, 1, 0),
            ("FROM", Some(0), false, 1, 0),
            ("COPY", Some(0), true, 2, 0),
            ("HEALTHCHECK", Some(0), false, 1, 1)
        ]
    );
    assert_eq!(facts.instructions[2].flags.get("from").map(|flag| flag.value.as_str()), Some("b"));
    assert_eq!(facts.instructions[3].flags.get("retries").map(|flag| flag.value.as_str()), Some("3"));
}

#[test]
fn scripts_know_what_the_file_gives_their_variables() {
    use shell::Given;
    let text = "FROM a\nARG X=1\nENV Y=\"b c\" Z=\nRUN echo $X $Y $Z $W\nRUN [\"sh\", \"-c\", \"d $X\"]\nONBUILD RUN e $X\n";
    let facts = read(text);
    let scripts: Vec<_> = facts.instructions.iter().filter_map(|one| one.script.as_ref()).collect();
    let given = |name: &str| scripts[0].given.get(name).copied();
    assert_eq!(
        ["X", "Y", "Z", "W"].map(given),
        [Some(Given::Word), Some(Given::Words), Some(Given::Empty), None]
    );
    assert_eq!(scripts.iter().map(|one| one.verbatim).collect::<Vec<_>>(), [true, false, true]);
    assert!(!scripts[1].given.is_empty() && scripts[2].given.is_empty());
}

#[test]
fn labels_come_from_the_stages_below() {
    let labels = |text: &str| -> Vec<Option<Vec<String>>> {
        let known = |stage: &Stage| match &stage.labels {
            Setting::Unknown(_) => None,
            labels => Some(labels.get().cloned().unwrap_or_default()),
        };
        read(text).stages.iter().map(known).collect()
    };
    let text =
        "FROM a AS b\nLABEL x=1 \"y\"=2\nFROM b\nLABEL x=3 z=4\nFROM c\nFROM b AS d\nLABEL $E=1\nFROM d\n";
    let list = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(labels(text), [list(&["x", "y"]), list(&["x", "y", "z"]), list(&[]), None, None]);
}

#[test]
fn settings_are_copied_from_the_folder_of_the_build() {
    let text = "FROM nginx\nCOPY nginx.conf a/x.conf /etc/nginx/\nCOPY --from=a y.conf /\nCOPY . /app\nADD $X.conf /\nCOPY conf /etc/nginx\n";
    let imports = read(text).coupling.imports;
    let files: Vec<_> = imports.iter().filter(|import| import.source == Source::File).collect();
    let files: Vec<_> = files.iter().map(|import| &text[import.name.span.range()]).collect();
    assert_eq!(files, ["nginx.conf", "a/x.conf", "conf"]);
}
