//! The label schema of a config of hadolint, as rule pages.

use super::Page;
use crate::syntax::tree::Node;

/// A form that values of labels may have: its name in hadolint, its id, a pattern, and a value that has it.
struct Form {
    name: &'static str,
    id: &'static str,
    pattern: &'static str,
    sample: &'static str,
}

/// The forms that can be wrong. Source: hadolint's manual on its label schema, and what each form's own standard says.
const FORMS: [Form; 6] = [
    Form {
        name: "url",
        id: "DL3052",
        pattern: r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+",
        sample: "https://example.com/",
    },
    Form {
        name: "rfc3339",
        id: "DL3053",
        pattern: r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})",
        sample: "2025-01-31T12:00:00Z",
    },
    Form {
        name: "spdx",
        id: "DL3054",
        pattern: r"[(]*[A-Za-z0-9.+:-]+[)]*( (AND|OR|WITH) [(]*[A-Za-z0-9.+:-]+[)]*)*",
        sample: "MIT",
    },
    Form { name: "hash", id: "DL3055", pattern: r"[0-9a-f]{7}([0-9a-f]{33})?", sample: "0123abc" },
    Form {
        name: "semver",
        id: "DL3056",
        pattern: r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?",
        sample: "1.2.3",
    },
    Form { name: "email", id: "DL3058", pattern: r"[^@\s]+@[^@\s]+\.[^@\s]+", sample: "ada@example.com" },
];

/// The labels of a schema: each with its form, if that can be wrong.
fn labels(schema: Node<'_>) -> Vec<(String, Option<&'static Form>)> {
    let named = schema.entries().into_iter().filter(|entry| is_plain(entry.key.text()));
    let form = |name: &str| FORMS.iter().find(|form| form.name == name);
    named.map(|entry| (entry.key.text().to_owned(), entry.value.as_str().and_then(form))).collect()
}

/// What a name of a label has; others are left out.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    !name.is_empty() && name.bytes().all(plain)
}

/// The pages for a schema; `strict` says that no other labels are allowed.
pub(super) fn pages(schema: Option<Node<'_>>, strict: bool) -> Vec<Page> {
    let labels = schema.map(labels).unwrap_or_default();
    if labels.is_empty() {
        return Vec::new();
    }
    let mut pages = vec![missing(&labels)];
    pages.extend(malformed(&labels));
    pages.extend(strict.then(|| unexpected(&labels)));
    pages
}

/// `LABEL` with a good value for each label.
fn example(labels: &[(String, Option<&'static Form>)]) -> String {
    let pair = |(name, form): &(String, Option<&Form>)| {
        format!("{name}=\"{}\"", form.map_or("Ada", |form| form.sample))
    };
    labels.iter().map(pair).collect::<Vec<_>>().join(" ")
}

fn missing(labels: &[(String, Option<&'static Form>)]) -> Page {
    let list: Vec<String> = labels.iter().map(|(name, _)| format!("'{name}'")).collect();
    let marks: String = (0..labels.len()).map(|_| "#    ^^^^^^^^^ the image has no label…\n").collect();
    let text = format!(
        r#"---
summary: Image lacks a label
severity: info
preset: recommended
for: stage
each: "[{}]"
report: stage.name
message: "the image has no label `{{each}}`; add `LABEL {{each}}=…`"
missing: "the image has no label `{{each}}`; add `LABEL {{each}}=…`"
equivalents: [hadolint:DL3049]
---
# missing-label

A label that every image has to have, and that neither the last stage nor a stage that it builds upon sets.

## Why

We ask for it.

## Check

```cel
!stage.ships || each in stage.labels
```

## Bad

```dockerfile
FROM debian:13
{marks}```

## Good

```dockerfile
FROM debian:13
LABEL {}
```
"#,
        list.join(", "),
        example(labels),
    );
    Page { name: "missing-label.md", text }
}

/// What a pair in a LABEL starts with.
fn start(name: &str) -> String {
    format!("^[\\\"']?{}[\\\"']?=", name.replace('.', "\\\\."))
}

fn malformed(labels: &[(String, Option<&'static Form>)]) -> Option<Page> {
    let formed: Vec<(&str, &Form)> =
        labels.iter().filter_map(|(name, form)| Some((name.as_str(), (*form)?))).collect();
    let (first, _) = formed.first()?;
    let line = |(name, form): &(&str, &Form)| {
        let start = start(name);
        let pattern = form.pattern.replace('\\', "\\\\");
        format!(
            "(!each.text.matches(\"{start}\") || each.text.matches(\"{start}[\\\"']?({pattern})[\\\"']?$\"))"
        )
    };
    let lines: Vec<String> = formed.iter().map(line).collect();
    let mut ids: Vec<String> = formed.iter().map(|(_, form)| format!("hadolint:{}", form.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mark = "^".repeat(first.len() + 2);
    let text = format!(
        r#"---
summary: Value of a label has the wrong form
severity: warning
preset: recommended
for: instruction
each: "instruction.keyword == 'LABEL' ? instruction.words : []"
message: "this label has another form in our schema"
equivalents: [{}]
---
# label-of-other-form

A label whose value has not the form that we ask for.

## Why

Our tools read it.

## Check

```cel
each.text.contains("$") ||
{}
```

## Bad

```dockerfile
FROM debian:13
LABEL {first}=!
#     {mark} this label has another form in our schema
```

## Good

```dockerfile
FROM debian:13
LABEL {}
LABEL {first}=$VALUE
```
"#,
        ids.join(", "),
        lines.join(" &&\n"),
        example(labels),
    );
    Some(Page { name: "label-of-other-form.md", text })
}

fn unexpected(labels: &[(String, Option<&'static Form>)]) -> Page {
    let lines: Vec<String> =
        labels.iter().map(|(name, _)| format!("each.text.matches(\"{}\")", start(name))).collect();
    let text = format!(
        r#"---
summary: Label is not in our schema
severity: info
preset: recommended
for: instruction
each: "instruction.keyword == 'LABEL' ? instruction.words : []"
message: "this label is not in our schema"
equivalents: [hadolint:DL3050]
---
# unexpected-label

A label that we know nothing of.

## Why

A slip in a name makes a label that nobody looks for.

## Check

```cel
each.text.split("=")[0].contains("$") ||
{}
```

## Bad

```dockerfile
FROM debian:13
LABEL not-in-our-schema=x
#     ^^^^^^^^^^^^^^^^^^^ this label is not in our schema
```

## Good

```dockerfile
FROM debian:13
LABEL {}
```
"#,
        lines.join(" ||\n"),
        example(labels),
    );
    Page { name: "unexpected-label.md", text }
}
