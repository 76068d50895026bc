//! Templates: what is masked, what stays known, and what is open.

use super::*;
use crate::syntax::tree::Piece;

fn template(text: &str) -> Parsed<Tree> {
    parse_templated(FileId(0), text.into(), Schema::Kubernetes)
}

fn clean(text: &str) -> Tree {
    let parsed = template(text);
    assert_eq!(parsed.errors, [], "{text}");
    assert_eq!(parsed.tree.text(), text);
    parsed.tree
}

#[test]
fn a_value_with_an_action_is_unknown_but_its_parts_are_not() {
    let tree = clean("image: \"{{ .Values.repo }}/web:{{ .Values.tag }}\"\nport: 80\n");
    let image = root(&tree).get("image").unwrap();
    assert_eq!(image.kind(), Kind::Unknown);
    let pieces: Vec<&str> = image
        .pieces()
        .into_iter()
        .map(|piece| match piece {
            Piece::Literal(text, _) => text,
            Piece::Hole(span) => &tree.text()[span.range()],
        })
        .collect();
    assert_eq!(pieces, ["{{ .Values.repo }}", "/web:", "{{ .Values.tag }}"]);
    assert_eq!(root(&tree).get("port").unwrap().as_i64(), Some(80));
    assert!(!root(&tree).is_open());
}

#[test]
fn a_block_with_actions_has_its_text_as_pieces() {
    let tree = clean("run: |\n  one {{ .x }}\n  two\nb: 1\n");
    let pieces = root(&tree).get("run").unwrap().pieces();
    assert!(matches!(
        pieces[..],
        [Piece::Literal("  one ", _), Piece::Hole(_), Piece::Literal("\n  two", _)]
    ));
}

#[test]
fn a_value_that_an_action_prints_is_unknown_not_null() {
    let texts = [
        "a: {{ .Values.a }}\nb: 1\n",
        "a: {{- toYaml .Values.a | nindent 2 }}\nb: 1\n",
        "a:\n  {{- toYaml .Values.a | nindent 2 }}\nb: 1\n",
        "a:\n{{ toYaml .Values.a | indent 2 }}\nb: 1\n",
        "a:{{ include \"x\" . | nindent 2 }}\nb: 1\n",
        "a:\n  {{- with .Values.a }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\nb: 1\n",
        "a: |\n  {{- .Values.a | nindent 2 }}\nb: 1\n",
        "a: |- {{- .Values.a | nindent 2 }}\nb: 1\n",
        "a: |\n{{ .Values.a | indent 2 }}\nb: 1\n",
        "a: {{- if .Values.a }} x {{- else }} y {{- end }}\nb: 1\n",
    ];
    for text in texts {
        let tree = clean(text);
        assert_eq!(root(&tree).get("a").unwrap().kind(), Kind::Unknown, "{text}");
        assert_eq!(root(&tree).get("b").unwrap().as_i64(), Some(1), "{text}");
    }
    let tree = clean("{{- if .x }}\na:\n{{- end }}\nb: 1\n");
    assert_eq!(root(&tree).get("a").unwrap().kind(), Kind::Null);
}

#[test]
fn inserted_lines_open_the_mapping_they_join() {
    let tree = clean("a:\n  b:\n    c: 1\n    {{- include \"x\" . | nindent 4 }}\n  d: 2\n");
    let a = root(&tree).get("a").unwrap();
    assert_eq!([root(&tree).is_open(), a.is_open(), a.get("b").unwrap().is_open()], [false, false, true]);
    let tree = clean("a: {{- include \"x\" . | nindent 2 }}\n  c: 1\n");
    let a = root(&tree).get("a").unwrap();
    assert_eq!((a.is_open(), a.get("c").unwrap().as_i64()), (true, Some(1)));
}

#[test]
fn keys_of_an_item_are_beside_its_first_key() {
    let tree = clean("- name: {{ .x }}\n  port: 1\n- {{- include \"y\" . | nindent 2 }}\n  port: 2\n");
    let items: Vec<Node> = root(&tree).items().collect();
    assert_eq!((items[0].get("name").unwrap().text(), items[0].is_open()), ("{{ .x }}", false));
    assert_eq!((items[1].get("port").unwrap().as_i64(), items[1].is_open()), (Some(2), true));
}

#[test]
fn keys_in_a_branch_open_their_mapping() {
    let tree = clean("a:\n  b: 1\n  {{- if .x }}\n  c: 2\n  {{- end }}\nd:\n  e: 1\n");
    let open = |key| root(&tree).get(key).unwrap().is_open();
    assert_eq!([open("a"), open("d"), root(&tree).is_open()], [true, false, false]);
    let tree = clean("a:\n  {{- if .x }}\n  b: 1\n  {{- else }}\n  c: 2\n  {{- end }}\n");
    assert!(root(&tree).get("a").unwrap().is_open());
    let tree = clean("a:\n  {{ $k }}: 1\n");
    assert!(root(&tree).get("a").unwrap().is_open());
}

#[test]
fn a_document_inside_one_branch_is_closed() {
    let tree = clean("{{- if .x }}\na: 1\nb: 2\n---\nc: 3\n{{- end }}\n");
    assert_eq!(tree.roots().map(Node::is_open).collect::<Vec<_>>(), [false, false]);
}

#[test]
fn lines_printed_before_a_document_are_not_in_it() {
    let tree = clean("{{ include \"x\" . }}\n--- &a\n---\nb: 1\n---\n{{ include \"y\" . }}\n");
    let kinds: Vec<Kind> = tree.roots().map(Node::kind).collect();
    assert_eq!(kinds, [Kind::Null, Kind::Mapping, Kind::Unknown]);
    assert!(!tree.roots().nth(1).unwrap().is_open());
    let tree = clean("{{ include \"x\" . }}\nb: 1\n");
    assert!(root(&tree).is_open());
}

#[test]
fn the_same_key_in_two_branches_is_no_duplicate() {
    clean("{{- if .x }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n");
    let parsed = template("a: {{ .x }}\na: 2\n");
    assert_eq!(parsed.errors[0].kind, ErrorKind::DuplicateKey);
}

#[test]
fn actions_may_hold_anything() {
    let tree =
        clean("a: {{ printf \"}} %s\" `{{ \" }}` }}\nb: {{/* }} \" */}}x\nc: {{ list\n  1 2 }}\nd: 1\n");
    let kinds: Vec<Kind> = root(&tree).own_entries().map(|entry| entry.value.kind()).collect();
    assert_eq!(kinds, [Kind::Unknown, Kind::Unknown, Kind::Unknown, Kind::Int]);
}

#[test]
fn a_definition_prints_nothing_where_it_stands() {
    let tree = clean("{{- define \"x\" }}\n{{ include \"y\" . }}\nname: b\n{{- end }}\na: 1\n");
    assert_eq!(root(&tree).own_entries().map(|entry| entry.key.text()).collect::<Vec<_>>(), ["a"]);
    assert!(!root(&tree).is_open());
}

#[test]
fn actions_and_blocks_end() {
    let parsed = template("a: {{ .x }\nb: 1\n");
    assert_eq!(errors(&parsed)[0], ("{{", "this `{{` is never closed; add `}}`"));
    let parsed = template("a: {{ default \"x .y }}\nb: {{ .z }}\n");
    assert_eq!(errors(&parsed)[0], ("\"", "this quote is not closed in its line of the action; close it"));
    let parsed = template("{{- if .x }}\na: 1\n");
    assert_eq!(errors(&parsed), [("{{- if .x }}", "this block never ends; add `{{ end }}`")]);
    let parsed = template("a: 1\n{{ else }}\n{{ end }}\n");
    assert_eq!(errors(&parsed).iter().map(|error| error.0).collect::<Vec<_>>(), ["{{ else }}", "{{ end }}"]);
}

#[test]
fn other_branches_may_hold_another_shape() {
    let tree = clean("a:\n  {{- if .x }}\n  b: 1\n  {{- else }}\n  {}\n  {{- end }}\nc: 1\n");
    assert_eq!(root(&tree).get("a").unwrap().get("b").unwrap().as_i64(), Some(1));
    assert_eq!(root(&tree).get("c").unwrap().as_i64(), Some(1));
}

#[test]
fn keys_that_are_chosen_on_one_line_are_one_unknown_key() {
    let tree = clean("a: 1\n{{ if .s -}} stringData: {{- else -}} data: {{- end }}\n  x: y\n");
    assert!(root(&tree).is_open());
    assert_eq!(root(&tree).get("a").unwrap().as_i64(), Some(1));
    assert_eq!(root(&tree).own_entries().len(), 2);
}

#[test]
fn a_value_that_depends_on_the_branch_is_unknown() {
    let tree = clean("{{- if .old }}\napi: v1beta1\n{{- else }}\napi: v1\n{{- end }}\nkind: X\n");
    assert_eq!(root(&tree).get("api").unwrap().kind(), Kind::Unknown);
    assert_eq!(root(&tree).get("kind").unwrap().as_str(), Some("X"));
}

#[test]
fn a_switch_that_a_template_may_leave_out_is_unknown() {
    let tree = clean(
        "spec:\n  a: 1\n  {{- if .x }}\n  hostNetwork: true\n  inner:\n    b: 2\n  {{- end }}\n  c: 3\n",
    );
    let spec = root(&tree).get("spec").unwrap();
    assert_eq!(spec.get("hostNetwork").unwrap().kind(), Kind::Unknown);
    assert_eq!(spec.get("inner").unwrap().get("b").unwrap().as_i64(), Some(2));
    assert_eq!((spec.get("a").unwrap().as_i64(), spec.get("c").unwrap().as_i64()), (Some(1), Some(3)));
    let whole = clean("{{- if .x }}\nhostNetwork: true\n{{- end }}\n");
    assert_eq!(root(&whole).get("hostNetwork").unwrap().as_bool(), Some(true));
}
