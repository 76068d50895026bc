//! What Terraform's documentation says that its functions give.

use crate::formats::terraform::{Modules, Root, by_file};
use crate::syntax::hcl;
use crate::text::FileId;
use std::path::{Path, PathBuf};

fn json(expr: &str) -> String {
    let parsed = hcl::parse(FileId(0), format!("locals {{\n  v = {expr}\n}}\n").into());
    let mut modules = Modules::default();
    modules.add(Path::new("/r/main.tf"), &parsed.tree);
    let found = by_file(modules.evaluate(&Root::of(PathBuf::from("/r"))));
    found[&FileId(0)][0].body.field("v").json().unwrap_or_else(|| "?".to_owned())
}

#[test]
fn as_documented() {
    for (expr, wanted) in [
        (r#"format("%s-%03d-%.1f%%", "a", 7, 1.25)"#, r#""a-007-1.2%""#),
        (r#"formatlist("%s.%s", ["a", "b"], "x")"#, r#"["a.x","b.x"]"#),
        (r#"join(",", ["a", 1], ["b"])"#, r#""a,1,b""#),
        (r#"split(",", "a,,b")"#, r#"["a","","b"]"#),
        (r#"replace("hello", "/l+/", "L")"#, r#""heLo""#),
        (r#"regex("(?P<a>[a-z]+)-(?P<b>\\d+)", "x-12")"#, r#"{"a":"x","b":"12"}"#),
        (r#"regexall("[a-z]", "a1b")"#, r#"["a","b"]"#),
        (r#"substr("hello world", -5, -1)"#, r#""world""#),
        (r#"title("hello world")"#, r#""Hello World""#),
        (r#"cidrsubnet("10.0.0.0/16", 8, 2)"#, r#""10.0.2.0/24""#),
        (r#"cidrhost("10.12.112.0/20", -1)"#, r#""10.12.127.255""#),
        (
            r#"cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)"#,
            r#"["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]"#,
        ),
        (r#"cidrnetmask("172.16.0.0/12")"#, r#""255.240.0.0""#),
        (r#"cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)"#, r#""fd00:fd12:3456:7800:a200::/72""#),
        (r#"flatten([["a", ["b"]], [], "c"])"#, r#"["a","b","c"]"#),
        (r#"setproduct(["a", "b"], [1, 2])"#, r#"[["a",1],["a",2],["b",1],["b",2]]"#),
        ("merge({a = 1, b = 2}, {b = 3}, null)", r#"{"a":1,"b":3}"#),
        (r#"lookup({a = 1}, "b", 2)"#, "2"),
        (r#"zipmap(["a", "b"], [1, 2])"#, r#"{"a":1,"b":2}"#),
        (r#"distinct(["a", "b", "a"])"#, r#"["a","b"]"#),
        (r#"[for k, v in toset(["b", "a"]) : k]"#, r#"["a","b"]"#),
        (r#"[for k, v in ["b", "a"] : k]"#, "[0,1]"),
        (r#"try(toset(["a"])[0], "no")"#, r#""no""#),
        ("alltrue([null])", "false"),
        (r#"chunklist(["a", "b"], 0)"#, r#"[["a","b"]]"#),
        (r#"distinct([1, "1"])"#, r#"["1"]"#),
        (r#"format("%e % d %#v", 12345.678, 5, "a")"#, r#""1.234568e+04  5 \"a\"""#),
        (r#"try(format("%s", "a", "b"), format("%d", 1.5), "no")"#, r#""no""#),
        (r#"[parseint("aA", 62), parseint("-FF", 16)]"#, "[656,-255]"),
        (r#"try(sum([]), signum(-0.5), parseint("9", 8), "no")"#, r#""no""#),
        (r#"yamldecode("a: 1\nb: [x, &i 2.5, ~, *i]")"#, r#"{"a":1,"b":["x",2.5,null,2.5]}"#),
        (r#"try(yamldecode("a: [")["a"], "no")"#, r#""no""#),
        (
            r#"yamlencode({b = [1, {a = "b", c = {}}, [2]], a = {d = null}})"#,
            r#""\"a\":\n  \"d\": null\n\"b\":\n- 1\n- \"a\": \"b\"\n  \"c\": {}\n- - 2\n""#,
        ),
        (r#"toset(["b", "a", "b"])"#, r#"["a","b"]"#),
        (r#"element(["a", "b"], 3)"#, r#""b""#),
        (r#"slice(["a", "b", "c"], 1, 3)"#, r#"["b","c"]"#),
        ("range(1, 8, 3)", "[1,4,7]"),
        (r#"coalesce("", null, "b")"#, r#""b""#),
        (r#"compact(["a", "", null])"#, r#"["a"]"#),
        (r#"contains(["1"], 1)"#, "false"),
        (r#"tolist([1, "a"])"#, r#"["1","a"]"#),
        ("0.1 + 0.2", "0.3"),
        (r#"jsondecode("{\"a\": [1, null]}")"#, r#"{"a":[1,null]}"#),
        (r#"jsonencode({a = "<x>"})"#, r#""{\"a\":\"\\u003cx\\u003e\"}""#),
        (r#"base64decode(base64encode("hi there"))"#, r#""hi there""#),
        (r#"urlencode("a b/c")"#, r#""a+b%2Fc""#),
        ("max(5, 12, 9) + min(1, 2) + ceil(1.1) + floor(1.9) + abs(-2)", "18"),
        (r#"parseint("FF", 16)"#, "255"),
        (r#"transpose({a = ["1", "2"], b = ["2"]})"#, r#"{"1":["a"],"2":["a","b"]}"#),
        (r#"can(tonumber("x"))"#, "false"),
        (r#"try(tonumber("x"), 3)"#, "3"),
        (r#"length("abc")"#, "3"),
        (r#"length("añb")"#, "?"),
        ("one([])", "null"),
        (r#"chunklist(["a", "b", "c"], 2)"#, r#"[["a","b"],["c"]]"#),
        (r#"setintersection(["a", "b"], ["b", "c"])"#, r#"["b"]"#),
        (r#"setsubtract(["a", "b"], ["b"])"#, r#"["a"]"#),
        (r#"alltrue([true, "true"])"#, "true"),
        ("sum([1, 2.5])", "3.5"),
        (r#"trimprefix("helloworld", "hello")"#, r#""world""#),
        (r#"indent(2, "a\nb")"#, r#""a\n  b""#),
        (r#"dirname("a/b/c.txt")"#, r#""a/b""#),
        (r#"file("x")"#, "?"),
        (r#"sha256("x")"#, "?"),
    ] {
        assert_eq!(json(expr), wanted, "{expr}");
    }
}
