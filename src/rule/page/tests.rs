//! Errors of pages, on the text that is wrong.

use std::borrow::Cow;

use super::*;

const BODY: &str = "---\n# a-b\nlead\n## Why\nso\n## Check\n```cel\nimage.tag != \"\"\n```\n";

/// Each error's text in the page, and its message.
fn errors(text: &str) -> Vec<(String, String)> {
    let mut errors = Vec::new();
    let page = Page::read(FileId(3), "image/a-b.md", Cow::Owned(text.to_owned()), &mut errors);
    errors.extend(page.iter().flat_map(|page| page.verify(false)));
    assert!(errors.iter().all(|error| error.span.file == FileId(3)));
    errors.into_iter().map(|error| (text[error.span.range()].to_owned(), error.message)).collect()
}

/// A good page with `from` replaced by `to`; the errors, each with its text.
fn after(from: &str, to: &str) -> Vec<(String, String)> {
    let good = format!(
        "---\nsummary: Image is wrong\nseverity: error\npreset: strict\nfor: image\nreport: image.tag\n\
         message: \"`{{image.tag}}` is wrong\"\n{BODY}"
    );
    assert!(good.contains(from), "{from}");
    errors(&good.replacen(from, to, 1))
}

fn one(from: &str, to: &str) -> (String, String) {
    let mut errors = after(from, to);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

fn pair(text: &str, message: &str) -> (String, String) {
    (text.to_owned(), message.to_owned())
}

#[test]
fn a_good_page_has_none() {
    assert_eq!(after("lead", "lead"), []);
    assert_eq!(after("lead", "lead\r"), []);
}

#[test]
fn keys_and_values_are_checked_where_they_stand() {
    assert_eq!(
        one("preset:", "pre-set: x\npreset:"),
        pair("pre-set", "unknown key `pre-set`, did you mean `preset`?")
    );
    assert_eq!(
        one("severity: error", "severity: eror"),
        pair("eror", "`severity:` cannot be `eror`, did you mean `error`?")
    );
    assert_eq!(
        one("preset: strict", "preset: 'all'"),
        pair("all", "`preset:` cannot be `all`; it is one of `recommended`, `strict`")
    );
    assert_eq!(one("summary: Image is wrong", "summary: Image."), pair(".", "a summary has no full stop"));
    assert_eq!(
        one("Image is wrong", &"x".repeat(61)),
        pair(&"x".repeat(61), "the summary has 61 characters, at most 60 fit a line")
    );
    assert_eq!(one("preset: strict\n", ""), pair("---", "`preset:` is missing: every page needs it"));
    assert_eq!(
        one("report:", "equivalents: [a:b, \"DL1\"]\nreport:"),
        pair("DL1", "`DL1` does not read as `tool:ID`, such as `hadolint:DL3008`")
    );
    assert_eq!(
        one("report:", "kinds: [Pod]\nreport:"),
        pair("kinds", "`kinds:` has no use with `for: image`: it has no kind")
    );
    assert_eq!(one("for: image", "for: image\nnative: ja"), pair("ja", "`native:` wants `true` or `false`"));
    assert_eq!(
        one("report: image.tag", "report: image..tag"),
        pair(".", "a path wants a name here: letters, digits, `_`")
    );
    assert_eq!(
        one("report: image.tag", "report: imag.tag"),
        pair("imag.tag", "`report:` starts at `imag`, but `for: image` has `image`, did you mean `image`?")
    );
}

#[test]
fn subjects_without_variables_need_code() {
    let found = after("for: image", "for: project");
    assert_eq!(found, [pair("project", "`for: project` needs code: no expression can look at it")]);
}

#[test]
fn the_shape_of_a_page_is_checked() {
    let message = "a page starts with front matter between two lines of `---`";
    assert_eq!(errors("# a-b\ntext"), [pair("# a-b", message)]);
    assert_eq!(errors("---\n---\n# a-b\n"), [pair("---", "the front matter is empty")]);
    assert_eq!(errors("---\n- x\n---\n"), [pair("- x", "front matter is made of `key: value` lines")]);
    assert_eq!(one("# a-b", "# a-c"), pair("a-c", "the title `a-c` is not the file's name, `a-b`"));
    assert_eq!(one("lead\n", ""), pair("a-b", "nothing below the title says what the rule reports"));
    let (text, message) = one("## Check", "## Chekc\n## Check");
    assert_eq!(
        (text.as_str(), message.as_str()),
        ("Chekc", "no section is called `Chekc`, did you mean `Check`?")
    );
    assert_eq!(
        one("```cel", "```js"),
        pair("a-b", "`## Check` with a block of `cel` is missing: say what must hold")
    );
    let native = after("report: image.tag\nmessage: \"`{image.tag}` is wrong\"", "native: true");
    let expected = [
        pair("a-b", "only plimsoll's own rules are native: write a `## Check` instead"),
        pair("Check", "a native rule has no `## Check`: its check is code"),
    ];
    assert_eq!(native, expected);
}

#[test]
fn expressions_are_compiled_and_their_variables_known() {
    let (text, message) = one("image.tag != \"\"", "imag.tag != \"\"");
    assert_eq!(text, "imag");
    assert_eq!(message, "unknown variable `imag`: `for: image` has `image`, did you mean `image`?");
    assert_eq!(one("`{image.tag}` is", "`{tag}` is").0, "tag");
    assert_eq!(one("is wrong\"", "is } wrong\""), pair("}", "`}` closes nothing; write `}}` for a brace"));
    assert_eq!(one("image.tag != \"\"", "image.tag != != \"\"").0, "!=");
}

#[test]
fn examples_are_read() {
    let bad = "## Check\n```cel\nimage.tag != \"\"\n```\n## Bad\n```yaml\na: 1\n#       ^ far\n";
    let found = after("## Check\n```cel\nimage.tag != \"\"\n```\n", bad);
    let expected = [
        pair("```yaml", "this block is not closed"),
        pair("#       ^ far", "these carets reach past the end of the line above"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn hostile_pages_are_read_to_the_end() {
    for text in [
        "",
        "---",
        "---\n",
        "---\n---",
        "---\n\u{0}\n---\n#",
        "---\n[[[[\n---\n",
        "---\n&a [*a]\n---\n```",
        "---\n? \n---",
    ] {
        assert!(!errors(text).is_empty(), "{text:?}");
    }
}

#[test]
fn the_schema_has_the_same_keys_and_words() {
    let schema = include_str!("../../../schemas/rule-page.schema.json");
    let tree = crate::syntax::json::parse(FileId(0), schema.into()).tree;
    let root = tree.roots().next().unwrap();
    let keys: Vec<&str> =
        root.get("properties").unwrap().own_entries().map(|entry| entry.key.text()).collect();
    assert_eq!(keys, KEYS);
    let words = |path: &[&str]| {
        root.at(path).unwrap().items().map(crate::syntax::tree::Node::text).collect::<Vec<_>>()
    };
    assert_eq!(words(&["required"]), KEYS[..REQUIRED]);
    assert_eq!(
        words(&["properties", "severity", "enum"]),
        crate::rule::Severity::ALL.map(crate::rule::Severity::name)
    );
    assert_eq!(
        words(&["properties", "preset", "enum"]),
        crate::rule::Preset::ALL.map(crate::rule::Preset::name)
    );
    assert_eq!(
        words(&["properties", "for", "enum"]),
        crate::rule::Subject::ALL.map(crate::rule::Subject::name)
    );
    assert_eq!(words(&["properties", "formats", "items", "enum"]), crate::rule::subject::FORMATS);
}
