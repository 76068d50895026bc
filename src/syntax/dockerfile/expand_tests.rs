//! Words and what they expand to.

use super::expand::{Binding, Expanded, Value, expand};

fn run(raw: &str) -> Expanded {
    expand(raw, '\\', &|name| match name {
        "PWD" => Binding::Known("/home".into()),
        "SHELL" => Binding::Known("bash".into()),
        "NULL" => Binding::Known(String::new()),
        "V" => Binding::Known("1.2.3-rc.4".into()),
        "ARCH" => Binding::Unknown,
        _ => Binding::Unset,
    })
}

fn known(raw: &str) -> String {
    match run(raw).value {
        Value::Known(text) => text,
        other => format!("{other:?}"),
    }
}

#[test]
fn quotes_and_escapes() {
    for (raw, expected) in [
        ("he'll'o", "hello"),
        (r"he\'llo", "he'llo"),
        (r"abc\tdef", "abctdef"),
        (r#""abc\tdef""#, r"abc\tdef"),
        (r#""a\\b\"c\$d""#, r#"a\b"c$d"#),
        (r"'a\\b'", r"a\\b"),
        (r"end\", "end"),
        (r"he\\$PWD", r"he\/home"),
        (r"he\$PWD", "he$PWD"),
        (r"\${}x", "${}x"),
        ("'$PWD'", "$PWD"),
        (r#""'$PWD'""#, "'/home'"),
    ] {
        assert_eq!(known(raw), expected, "{raw}");
    }
}

#[test]
fn names() {
    for (raw, expected) in [
        ("$.", "$."),
        ("a$", "a$"),
        ("he$1x", "hex"),
        ("$001aaa", "aaa"),
        ("$@@@", "@@"),
        ("$PWDx$PWD.", "/home."),
        ("${PWD}x", "/homex"),
        ("${-:-b}", "b"),
        ("${#:-b}", "b"),
    ] {
        assert_eq!(known(raw), expected, "{raw}");
    }
}

#[test]
fn defaults() {
    for (raw, expected) in [
        ("${X:-a}", "a"),
        ("${X-a}", "a"),
        ("${NULL:-a}", "a"),
        ("${NULL-a}", ""),
        ("${PWD:-a}", "/home"),
        ("${X:-${Y:-y}}z", "yz"),
        ("${PWD:+${SHELL}:}x", "bash:x"),
        ("${X:+a}", ""),
        ("${NULL+a}", "a"),
        ("${NULL:+a}", ""),
        ("${PWD:?}", "/home"),
        ("${NULL?}", ""),
        (r"${X:-\${PWD}z}x", "${PWDz}x"),
        (r#"${X:-"a}b"}"#, "a}b"),
    ] {
        assert_eq!(known(raw), expected, "{raw}");
    }
}

#[test]
fn patterns() {
    for (raw, expected) in [
        ("${V#*.}", "2.3-rc.4"),
        ("${V##*.}", "4"),
        ("${V%.*}", "1.2.3-rc"),
        ("${V%%-*}", "1.2.3"),
        ("${V/./_}", "1_2.3-rc.4"),
        ("${V//./}", "123-rc4"),
        (r"${PWD/\/ho/x}", "xme"),
    ] {
        assert_eq!(known(raw), expected, "{raw}");
    }
}

#[test]
fn what_buildkit_refuses() {
    for (raw, range, message) in [
        ("a'b", 1..2, "quote `'` is never closed"),
        ("\"b$PWD", 0..1, "quote `\"` is never closed"),
        ("x${}", 1..4, "variable has no name"),
        ("${{a}}", 0..3, "variable has no name"),
        ("x${PWD", 1..6, "`${` has no `}`"),
        ("x${PWD:-y", 1..3, "`${` has no `}`"),
        ("${PWD:=0}", 5..7, "`:=` is no modifier that BuildKit knows in `${…}`"),
        ("${X:?}", 0..6, "`X`: must be set"),
        ("${X?why}", 0..8, "`X`: why"),
    ] {
        assert_eq!(run(raw).value, Value::Invalid(range, message.into()), "{raw}");
    }
}

#[test]
fn unknown_variables_taint_only_what_needs_them() {
    assert_eq!(run("a-${ARCH}.x").value, Value::Unknown(2..9));
    assert_eq!(run("\"$ARCH\"").value, Value::Unknown(1..6));
    assert_eq!(run("${ARCH:-amd64}").value, Value::Unknown(0..14));
    assert_eq!(known("${PWD:-$ARCH}"), "/home");
    assert_eq!(run("${X:-$ARCH}").value, Value::Unknown(5..10));
}

#[test]
fn uses_tell_missing_from_guarded() {
    let uses: Vec<_> =
        run("$A ${B:-b} $PWD").uses.into_iter().map(|found| (found.name, found.missing)).collect();
    assert_eq!(uses, [(1..2, true), (5..6, false), (12..15, false)]);
}

#[test]
fn deep_nesting_is_unknown_not_fatal() {
    let raw = "${X:-".repeat(5000) + &"}".repeat(5000);
    assert!(matches!(run(&raw).value, Value::Unknown(_)));
}
