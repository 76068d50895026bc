//! What expressions give: values, unknowns, errors, and nothing worse for hostile sources.

use super::*;
use crate::model::{Field, Made, Record};
use crate::syntax::tree::{Schema, Tree};
use crate::syntax::yaml;
use crate::text::FileId;

const MANIFEST: &str = "\
kind: Pod
metadata:
  name: web
  labels: {app: web, tier: front}
spec:
  replicas: 3
  empty:
  containers:
  - name: a
    image: nginx:1
    securityContext: {runAsNonRoot: true}
  - name: b
    image: {{ .Values.image }}
    securityContext: {runAsNonRoot: false}
  open:
    known: 1
    {{ include \"more\" . }}
  volumes:
  - known
  {{ toYaml .Values.volumes }}
";

fn manifest() -> Tree {
    yaml::parse_templated(FileId(0), MANIFEST.into(), Schema::Kubernetes).tree
}

/// The outcome on the manifest above as one word, or the text that hides it, or the error.
fn on_manifest(source: &str) -> String {
    let tree = manifest();
    let Some(root) = tree.roots().next() else { return "no root".to_owned() };
    let program = match Program::compile(source) {
        Ok(program) => program,
        Err(error) => return format!("{:?}: {}", error.range, error.message),
    };
    match program.eval_bool(&[("object", Value::Node(root))], STEPS) {
        Outcome::Value(value) => value.to_string(),
        Outcome::Unknown(span) => {
            let hidden = &MANIFEST[span.range()];
            format!("unknown: {}", hidden.lines().next().unwrap_or_default().trim())
        }
        Outcome::Error(message) => format!("error: {message}"),
    }
}

fn holds(source: &str) {
    assert_eq!(on_manifest(source), "true", "{source}");
}

fn compile_error(source: &str) -> (Range<usize>, String) {
    match Program::compile(source) {
        Ok(_) => (0..0, "compiles".to_owned()),
        Err(error) => (error.range, error.message),
    }
}

#[test]
fn values() {
    for source in [
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 % 4 - 10 / 3 == 0",
        "-9223372036854775808 < 0 && --5 == 5 && !!true && 0xff == 255 && 18446744073709551615u > 1",
        "1 == 1u && 1.0 == 1 && !(1 == '1') && [1, 2.0] == [1.0, 2u] && {1: 'a'} == {1u: 'a'}",
        r#"'a\n' == "a\x0a" && r'\n' == '\\n' && '''x'y''' == "x'y" && b'\377' != b'a' && '\u00e9' == 'é'"#,
        "true ? true : 1 / 0 == 0",
        "2 in [1, 2] && 'k' in {'k': 1} && !('x' in ['a', 'b'])",
        "size('é') == 1 && size(b'abc') == 3 && size([1, 2]) == 2 && {}.size() == 0",
        "'a.b'.split('.').map(p, p + '!') == ['a!', 'b!'] && ['x', 'y'].join('-') == 'x-y'",
        "[1, 2, 3].exists_one(x, x > 2) && [1, 2].all(i, v, v == i + 1) && {'a': 1}.exists(k, v, k == 'a' && v == 1)",
        "[1, 2, 3].filter(x, x > 1).map(x, x > 2, x * 2) == [6]",
        "cel.bind(x, 2, cel.bind(y, x + 1, x * y)) == 6",
        "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
        "{'a': {'b': 1}}.?a.?b.orValue(0) == 1 && {}.?a.b.orValue(0) == 0 && [1][?3].hasValue() == false",
        "[?optional.of(1), ?optional.none(), 2] == [1, 2] && optional.of(2).optMap(x, x + 1).value() == 3",
        "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m').add(quantity('0.5')) == quantity(1)",
        "isQuantity('10Ki') && !isQuantity('10kb') && quantity('50k').asInteger() == 50000",
        "[3, 1, 2].sort() == [1, 2, 3] && [1, 2].sum() == 3 && [1, 5].max() == 5 && [1, 2].isSorted()",
        "sets.contains([1, 2], [1]) && sets.equivalent([1, 1], [1]) && !sets.intersects([1], [2])",
        "duration('1h') + duration('30m') == duration('90m') && timestamp('2024-02-29T00:00:00Z').getMonth() == 1",
        "'%s has %d of %.1f'.format(['a', 2, 1.25]) == 'a has 2 of 1.2'",
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && ip('::1').isLoopback() && !isIP('1.2.3')",
        "string(base64.decode('aGk=')) == 'hi' && type(1) == int && math.greatest(1, 2.5) == 2.5",
        "'abc'.matches('^[a-c]+$') && 'abc'.matches('B'.lowerAscii())",
        "true // a comment",
    ] {
        holds(source);
    }
}

#[test]
fn nodes_are_maps_and_lists() {
    for source in [
        "object.kind == 'Pod' && object['kind'] == 'Pod' && object.spec.replicas > 2",
        "has(object.metadata) && !has(object.status) && !has(object.spec.empty.anything)",
        "object.metadata.labels == {'tier': 'front', 'app': 'web'} && size(object.metadata.labels) == 2",
        "object.metadata.labels.all(k, k in ['app', 'tier']) && 'app' in object.metadata.labels",
        "object.spec.containers.size() == 2 && object.spec.containers[1].name == 'b'",
        "object.spec.containers.map(c, c.name) == ['a', 'b'] && object.spec.empty == null",
        "object.metadata.labels.exists(k, v, k == 'tier' && v.startsWith('f'))",
        "object.?status.?phase.orValue('none') == 'none'",
    ] {
        holds(source);
    }
}

#[test]
fn unknown_is_absorbed_only_where_the_rest_decides() {
    let image = "unknown: {{ .Values.image }}";
    for (source, expected) in [
        ("object.spec.containers[1].image == 'x'", image),
        ("object.spec.containers[1].image == 'x' && false", "false"),
        ("object.spec.containers[1].image == 'x' || true", "true"),
        ("object.spec.containers[1].image == 'x' || false", image),
        ("object.spec.containers[1].image == 'x' || 1 / 0 == 0", image),
        ("1 / 0 == 0 || object.spec.containers[1].image == 'x'", image),
        ("[1 / 0, object.spec.containers[1].image].size() == 2", image),
        ("object.spec.containers[1].image == 'x' ? true : true", image),
        ("object.spec.containers.all(c, c.image != 'nginx:1')", "false"),
        ("object.spec.containers.all(c, c.image == 'nginx:1')", image),
        ("object.spec.containers.exists(c, c.image == 'nginx:1')", "true"),
        ("object.spec.containers.exists_one(c, c.image == 'nginx:1')", image),
        ("object.spec.containers.filter(c, c.image != 'x').size() == 2", image),
        ("cel.bind(i, object.spec.containers[1].image, true || i == 'x')", "true"),
        ("object.spec.open.known == 1", "true"),
        ("[object.spec.containers[0].image, 'x'] == ['y', 'x']", "false"),
    ] {
        assert_eq!(on_manifest(source), expected, "{source}");
    }
}

#[test]
fn open_collections_hide_what_is_missing() {
    for source in [
        "has(object.spec.open.other)",
        "object.spec.open.other == 1",
        "size(object.spec.open) == 1",
        "'other' in object.spec.open",
        "object.spec.volumes.size() == 1",
        "object.spec.volumes.all(v, v == 'known')",
        "'other' in object.spec.volumes",
    ] {
        assert!(on_manifest(source).starts_with("unknown: "), "{source}: {}", on_manifest(source));
    }
    holds("has(object['spec']) && !has(object['no-word'])");
    holds("has(object.spec.open.known) && 'known' in object.spec.volumes");
    holds("object.spec.volumes.exists(v, v == 'known') && !object.spec.volumes.all(v, v == 'x')");
}

#[test]
fn errors_say_what_and_why() {
    for (source, message) in [
        ("object.status.phase == 'x'", "error: no such key: `status`"),
        ("object.kind.x == 1", "error: `.x` needs a map, not string"),
        ("object.spec.containers[2].name == 'x'", "error: there is no item 2 in this list"),
        ("1 + 'a' == 2", "error: `+` does not take int and string"),
        ("object.kind < 1", "error: `<` does not take string and int"),
        ("9223372036854775807 + 1 == 0", "error: the result of `+` does not fit 64 bits"),
        ("1 / 0 == 0", "error: division by zero"),
        ("object.kind", "error: the result needs a bool, not string"),
        ("nothing == 1", "error: there is no variable `nothing`"),
        ("object.kind.startsWith(1)", "error: `startsWith` does not take (string, int)"),
        ("{'a': 1, 'a': 2}.size() == 1", "error: a key of this map is given twice"),
        ("'a'.matches('(')", "error: `(` is not a pattern: unclosed group"),
        (
            "optional.none().value() == 1",
            "error: this optional holds nothing; test `hasValue()` or use `orValue`",
        ),
    ] {
        assert_eq!(on_manifest(source), message, "{source}");
    }
}

#[test]
fn sources_that_do_not_compile_say_where() {
    for (source, range, message) in [
        ("a = b", 2..3, "`=` is not an operator; write `==` to compare"),
        ("a & b", 2..3, "`&` and `|` are not operators; write `&&` or `||`"),
        ("(a", 2..2, "expected `)`, found the end"),
        ("a b", 2..3, "expected an operator or the end, found `b`"),
        ("'abc", 0..4, "this string is not closed"),
        (r"'a\qb'", 2..4, r"`\q` is not an escape; write `\\`"),
        ("has(a)", 4..5, "`has` takes a field, as in `has(object.field)`"),
        ("a.startWith('x')", 2..11, "there is no function `startWith`; did you mean `startsWith`?"),
        ("a.size(1)", 2..6, "`size` takes 0 arguments, not 1"),
        ("startsWith(a, 'x')", 0..10, "`startsWith` is called as `x.startsWith()`"),
        ("a.all(b.c, true)", 7..8, "expected `,` after the variable of the macro, found `.`"),
        ("a.all(x, x, true)", 9..10, "both variables of the macro have this name"),
        ("Pod{name: 1}", 0..4, "messages cannot be made here; write a map, `{\"key\": value}`"),
        ("99999999999999999999", 0..20, "`99999999999999999999` does not fit 64 bits"),
        ("12ab", 0..4, "this is not a number"),
        ("a == #", 5..6, "this character has no meaning in an expression"),
        ("for == 1", 0..3, "`for` is a reserved word"),
        ("", 0..0, "expected a value, found the end"),
    ] {
        assert_eq!(compile_error(source), (range, message.to_owned()), "{source}");
    }
    let pattern =
        Program::compile("a.matches('x') && a.matches('(')").map(|program| program.check_patterns());
    assert_eq!(pattern.map(|result| result.map_err(|error| error.range)), Ok(Err(28..31)));
}

#[test]
fn reads_are_listed_with_their_ranges() {
    let program = Program::compile("has(image.digest) || image.tag.all(t, t in allowed) && x.?y == 1");
    let reads = program.as_ref().map(Program::reads).unwrap_or_default();
    let shown: Vec<_> =
        reads.iter().map(|read| (read.path.join("."), read.range.clone(), read.tested)).collect();
    let expected = [
        ("image.digest", 4..16, true),
        ("image.tag", 21..30, false),
        ("allowed", 43..50, false),
        ("x.y", 55..59, true),
    ];
    assert_eq!(shown, expected.map(|(path, range, tested)| (path.to_owned(), range, tested)));
}

struct Fact;

impl Record for Fact {
    fn field(&self, name: &str) -> Field<'_> {
        let span = Span::new(FileId(0), 5, 8);
        match name {
            "set" => Field::Set(Value::Bool(true), span),
            "unset" => Field::Unset(Value::Bool(false), span),
            "hidden" => Field::Unknown(span),
            _ => Field::Missing(self.span()),
        }
    }

    fn span(&self) -> Span {
        Span::new(FileId(0), 0, 3)
    }
}

#[test]
fn records_have_zero_values() {
    let at = Span::new(FileId(0), 5, 8);
    let made = Made { span: at, fields: vec![("fact", Field::Set(Value::Record(&Fact), at))] };
    let scope = [("fact", Value::Record(&Fact)), ("pair", Value::Made(std::rc::Rc::new(made)))];
    let eval = |source: &str| match Program::compile(source) {
        Ok(program) => program.eval_bool(&scope, STEPS),
        Err(error) => Outcome::Error(error.message),
    };
    assert_eq!(eval("fact.set && has(fact.set)"), Outcome::Value(true));
    assert_eq!(eval("fact.unset || has(fact.unset)"), Outcome::Value(false));
    assert_eq!(eval("fact.hidden"), Outcome::Unknown(at));
    assert_eq!(eval("has(fact.hidden)"), Outcome::Unknown(at));
    assert_eq!(eval("has(fact.absent)"), Outcome::Value(false));
    assert_eq!(eval("fact.absent"), Outcome::Error("no such key: `absent`".to_owned()));
    assert_eq!(eval("pair.fact.set && has(pair.fact)"), Outcome::Value(true));
}

#[test]
fn hostile_sources_are_refused_without_harm() {
    let deep = "this expression nests too deeply; split it";
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("!", ""),
        ("-", ""),
        ("{1:", "}"),
        ("a?b:", ""),
        ("f(", ")"),
        ("a.all(x,", ")"),
    ] {
        let source = format!("{}a{}", open.repeat(5_000), close.repeat(5_000));
        let (_, message) = compile_error(&source);
        assert!(message == deep || message == "there is no function `f`", "{open}: {message}");
        let source = format!("{}1{}", open.repeat(100), close.repeat(100));
        if let Ok(program) = Program::compile(&source) {
            assert!(!matches!(program.eval(&[], STEPS), Outcome::Unknown(_)));
        }
    }
    assert_eq!(compile_error(&"a.b".repeat(20_000)).1, "this expression nests too deeply; split it");
    assert_eq!(compile_error(&format!("a{}", "[0]".repeat(500))).1, deep);
    assert_eq!(compile_error(&format!("1{}", " + 1".repeat(500))).1, deep);
    assert_eq!(compile_error(&" ".repeat(70_000)).1, "this expression is longer than 64 KiB; split it");
    holds(&format!("false{}", " || true".repeat(5_000)));
}

#[test]
fn the_deepest_sources_fit_a_small_stack() {
    for open in
        ["[1].all(x, ", "cel.bind(x, 1, ", "(", "[1].exists(x, true ? true : ", "has({'a': 1}.a) && ("]
    {
        let source = format!("{}true{}", open.repeat(55), ")".repeat(55));
        assert_eq!(on_manifest(&source), "true", "{open}");
        let source = format!("{}true{}", open.repeat(118), ")".repeat(118));
        if let Ok(program) = Program::compile(&source) {
            assert_eq!(program.eval_bool(&[], STEPS), Outcome::Value(true), "{open}");
        }
    }
}

#[test]
fn every_evaluation_ends() {
    let spent = "error: the expression takes too many steps; simplify it";
    let list = "[1,2,3,4,5,6,7,8,9,10]";
    let nested = |body: &str| (0..8).fold(body.to_owned(), |body, n| format!("{list}.all(x{n}, {body})"));
    assert_eq!(on_manifest(&nested("true")), spent);
    assert_eq!(on_manifest(&format!("{} || true", nested("true"))), spent);
    let double = (0..40).fold("x.size() > 0".to_owned(), |body, _| format!("cel.bind(x, x + x, {body})"));
    assert_eq!(on_manifest(&format!("cel.bind(x, 'abcdefgh', {double})")), spent);
    assert_eq!(on_manifest(&format!("cel.bind(x, [1], {double})")), spent);
    assert_eq!(on_manifest("lists.range(1000000000000).size() > 0"), spent);
    assert_eq!(
        on_manifest("'a'.matches('(a{1000}){1000}')"),
        "error: this pattern is too large; simplify it"
    );
}

#[test]
fn programs_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Program>();
}
