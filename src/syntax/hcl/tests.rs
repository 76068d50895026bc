//! Trees, templates, and what is left of each when something is wrong.

use super::*;

fn read(text: &str) -> Parsed<File> {
    let parsed = parse(FileId(0), text.into());
    sound(&parsed.tree);
    parsed
}

/// Without errors.
fn clean(text: &str) -> File {
    let parsed = read(text);
    assert_eq!(parsed.errors, [], "{text}");
    parsed.tree
}

/// Where the errors are.
fn errors(text: &str) -> Vec<String> {
    read(text).errors.iter().map(|error| text[error.span.range()].to_owned()).collect()
}

/// Places lie in the text, children in their parents, in order.
fn sound(file: &File) {
    let mut bodies = vec![&file.body];
    while let Some(body) = bodies.pop() {
        assert!(file.text.get(body.span.range()).is_some());
        let mut from = body.span.start;
        for item in &body.items {
            assert!(body.span.contains(item.span()) && item.span().start >= from, "{item:?}");
            from = item.span().end;
        }
        for attribute in body.attributes() {
            assert!(attribute.span.contains(attribute.key.span));
            assert!(attribute.span.contains(attribute.value.span));
        }
        bodies.extend(body.blocks().map(|block| &block.body));
    }
}

/// The keys of attributes and kinds of blocks, in order, nested ones in brackets.
fn outline(body: &Body) -> String {
    let words: Vec<String> = body
        .items
        .iter()
        .map(|item| match item {
            Item::Attribute(attribute) => attribute.key.text.clone(),
            Item::Block(block) => {
                let words = std::iter::once(block.kind.text.as_str());
                let words: Vec<&str> =
                    words.chain(block.labels.iter().map(|label| label.text.as_str())).collect();
                format!("{}({})", words.join("."), outline(&block.body))
            }
        })
        .collect();
    words.join(" ")
}

/// The expression with brackets around everything that is one.
fn show(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(value) => value.to_string(),
        ExprKind::Template(template) => format!("{:?}", parts(&template.parts)),
        ExprKind::Tuple(items) => format!("[{}]", list(items)),
        ExprKind::Object(entries) => {
            let shown: Vec<String> =
                entries.iter().map(|entry| format!("{}={}", show(&entry.key), show(&entry.value))).collect();
            format!("{{{}}}", shown.join(" "))
        }
        ExprKind::For(it) => {
            let names: Vec<&str> = it.names.iter().map(|name| name.text.as_str()).collect();
            let mut out = format!("for {} in {}", names.join(","), show(&it.collection));
            for (word, part) in [("key", &it.key), ("if", &it.condition)] {
                out.push_str(
                    &part.as_ref().map(|part| format!(" {word} {}", show(part))).unwrap_or_default(),
                );
            }
            format!("({out} value {}{})", show(&it.value), if it.grouped { "..." } else { "" })
        }
        ExprKind::Variable(name) => name.clone(),
        ExprKind::Call(call) => {
            format!("{}({}{})", call.name.text, list(&call.arguments), if call.spread { "..." } else { "" })
        }
        ExprKind::Access(of, steps) => format!("{}{}", show(of), steps.iter().map(step).collect::<String>()),
        ExprKind::Unary(operator, value) => format!("({operator:?} {})", show(value)),
        ExprKind::Binary(first, rest) => {
            let rest: Vec<String> =
                rest.iter().map(|(operator, value)| format!(" {operator:?} {}", show(value))).collect();
            format!("({}{})", show(first), rest.concat())
        }
        ExprKind::Conditional(of) => format!("({} ? {} : {})", show(&of[0]), show(&of[1]), show(&of[2])),
        ExprKind::Paren(value) => show(value),
        ExprKind::Unreadable => "?".to_owned(),
    }
}

fn step(step: &Step) -> String {
    match &step.kind {
        StepKind::Field(name) => format!(".{name}"),
        StepKind::LegacyIndex(at) => format!(".{at}"),
        StepKind::Index(index) => format!("[{}]", show(index)),
        StepKind::AttributeSplat => ".*".to_owned(),
        StepKind::FullSplat => "[*]".to_owned(),
    }
}

fn parts(of: &[Part]) -> String {
    let shown = of.iter().map(|part| match part {
        Part::Literal(text, _) => text.clone(),
        Part::Interpolation(value, _) => format!("<{}>", show(value)),
        Part::If(condition, [yes, no], _) => {
            format!("<if {}|{}|{}>", show(condition), parts(yes), parts(no))
        }
        Part::For(names, of, inner, _) => format!("<for {} {}|{}>", names.len(), show(of), parts(inner)),
    });
    shown.collect()
}

fn value(text: &str) -> String {
    let file = clean(&format!("a = {text}\n"));
    show(&file.body.attribute("a").unwrap().value)
}

#[test]
fn blocks_and_attributes_have_places() {
    let text = "# why\nresource \"aws_s3_bucket\" logs {\n  acl = \"private\" // x\n  versioning { enabled = true }\n}\n/* end */\n";
    let file = clean(text);
    assert_eq!(outline(&file.body), "resource.aws_s3_bucket.logs(acl versioning(enabled))");
    let block = file.body.blocks().next().unwrap();
    assert_eq!(&text[block.labels[0].span.range()], "aws_s3_bucket");
    let acl = block.body.attribute("acl").unwrap();
    assert_eq!(&text[acl.span.range()], "acl = \"private\"");
    assert_eq!(&text[acl.value.inner_span().range()], "private");
    let comments: Vec<_> =
        file.comments.iter().map(|comment| (&text[comment.span.range()], comment.own_line)).collect();
    assert_eq!(comments, [("# why", true), ("// x", false), ("/* end */", true)]);
}

#[test]
fn operators_bind_by_precedence() {
    assert_eq!(value("1 + 2 * 3 - 4"), "(1 Add (2 Multiply 3) Subtract 4)");
    assert_eq!(value("a || b && !c == d"), "(a Or (b And ((Not c) Equal d)))");
    assert_eq!(value("a < 1 ? -b.c[0] : d ? e : f"), "((a Less 1) ? (Subtract b.c[0]) : (d ? e : f))");
    assert_eq!(value("(a + b) * c"), "((a Add b) Multiply c)");
    assert_eq!(value("a-b"), "a-b");
    assert_eq!(value("1.5e3 % 2"), "(1500 Remainder 2)");
}

#[test]
fn steps_calls_and_collections() {
    assert_eq!(value("aws_instance.web.*.id"), "aws_instance.web.*.id");
    assert_eq!(value("a[*].b[\"c\"].0"), "a[*].b[\"c\"].0");
    assert_eq!(value("provider::aws::arn(a, b...)"), "provider::aws::arn(a b...)");
    assert_eq!(value("[\n  1, # one\n  2,\n]"), "[1 2]");
    assert_eq!(value("{\n  a = 1\n  \"b\" : 2, (c) = 3\n}"), "{a=1 \"b\"=2 c=3}");
    assert_eq!(value("[for x in y : x if x != \"\"]"), "(for x in y if (x NotEqual \"\") value x)");
    assert_eq!(value("{ for k, v in y : k => v... }"), "(for k,v in y key k value v...)");
    assert_eq!(value("{ for = 1 }"), "{for=1}");
    assert_eq!(value("(\n  a\n  ? b\n  : c\n)"), "(a ? b : c)");
}

#[test]
fn templates_hold_text_values_and_directives() {
    assert_eq!(value(r#""a${b}c""#), "\"a<b>c\"");
    assert_eq!(value(r#""$${b} %%{c} \"$5 100% \n""#), r#""${b} %{c} \"$5 100% \n""#);
    assert_eq!(value(r#""%{ if a }x%{ else }${"y"}%{ endif }""#), r#""<if a|x|<\"y\">>""#);
    assert_eq!(value(r#""a ${~ b ~} c""#), "\"a<b>c\"");
    let heredoc = "<<-EOT\n    a\n      ${b}\n\n    %{ for x in y ~}\n    ${x}\n    %{ endfor ~}\n  EOT";
    assert_eq!(value(heredoc), r#""a\n  <b>\n\n<for 1 y|<x>\n>""#);
    assert_eq!(value("<<EOT\n  a\\n\nEOT"), r#""  a\\n\n""#);
}

#[test]
fn text_is_as_long_as_its_place() {
    let text = "a = \"x\\ty\"\nb = <<-E\n    one\n      two\n  E\n";
    let file = clean(text);
    for attribute in file.body.attributes() {
        let ExprKind::Template(template) = &attribute.value.kind else { panic!() };
        for part in &template.parts {
            let Part::Literal(value, span) = part else { panic!() };
            assert!(value == &text[span.range()] || value == "\t", "{value:?}");
        }
    }
}

#[test]
fn an_error_loses_one_attribute() {
    let text = "a {\n  b = 1\n  c = \n  d = [1, 2\n  e = \"x\n  f = 2\n}\ng = 3\n";
    let parsed = read(text);
    assert_eq!(outline(&parsed.tree.body), "a(b c d e f) g");
    assert_eq!(parsed.errors.len(), 3);
    let block = parsed.tree.body.blocks().next().unwrap();
    assert!(block.body.open && !parsed.tree.body.open);
    assert!(matches!(block.body.attribute("d").unwrap().value.kind, ExprKind::Unreadable));
    assert!(matches!(block.body.attribute("f").unwrap().value.kind, ExprKind::Number(_)));
}

#[test]
fn an_unclosed_block_ends_where_the_next_starts() {
    let text = "a \"x\" {\n  b = 1\n  t = {\n    u = 1\n\nc \"y\" {\n  d = 1\n}\ne \"z\" {\n  f = 1\n";
    assert_eq!(outline(&read(text).tree.body), "a.x(b t) c.y(d) e.z(f)");
    let text = "a {\n  b = 1\n\nc {\n  d = 1\n}\n";
    let parsed = read(text);
    assert_eq!(outline(&parsed.tree.body), "a(b) c(d)");
    assert_eq!(parsed.errors.len(), 1);
    assert!(parsed.errors[0].message.contains("never closed"));
}

#[test]
fn what_is_wrong_is_marked() {
    assert_eq!(errors("a = 1 b = 2\n"), ["b"]);
    assert_eq!(errors("a { b = 1, c = 2 }\n"), [",", "}"]);
    assert_eq!(errors("a {\n  b = 1}\n"), ["}"]);
    assert_eq!(errors("a { b = 1\n}\n"), [""]);
    assert_eq!(errors("a {\n  b {} }\n"), ["}"]);
    assert_eq!(errors("\"a\" = 1\n"), ["\"a\""]);
    assert_eq!(errors("a = 1\na = 2\n"), ["a"]);
    assert_eq!(errors("a = 'x'\n"), ["'x'"]);
    assert_eq!(errors("a = \"x\nb = 1\n"), ["\"x"]);
    assert_eq!(errors("a = \"${b\"\n"), ["\""]);
    assert_eq!(errors("a = <<EOT\n${ }\nx\nEOT\nb = 1\n"), ["}"]);
    assert_eq!(errors("a = <<EOT\nx\n"), ["<<EOT"]);
    assert_eq!(errors("}\na = 1\n"), ["}"]);
    assert_eq!(errors("a = \"%{ if b }\"\n"), ["%{ if b }"]);
}

#[test]
fn depth_is_bounded_and_length_is_not() {
    for open in ["[", "{a=", "(", "f(", "\"${", "-", "a?", "a[", "b {\n", "b { "] {
        let parsed = read(&format!("a {{\n  b = {}\n  c = 1\n}}\n", open.repeat(5_000)));
        assert!(!parsed.errors.is_empty(), "{open}");
    }
    let file = clean(&format!("a = 1{}\nb = x{}\n", " + 1".repeat(20_000), ".y".repeat(20_000)));
    assert_eq!(file.body.items.len(), 2);
}
