//! Any source compiles or is refused with a range in it, and what compiles ends, on facts with holes.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plimsoll::model::Value;
use plimsoll::rule::cel::{Outcome, Program};
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::yaml;
use plimsoll::text::FileId;

const FACTS: &str = "a: 1\nb: [x, {{ y }}, {c: 2.5}]\nd: {e: text, f: }\ng:\n  h: 1\n  {{ more }}\n";

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    let program = match Program::compile(&source) {
        Ok(program) => program,
        Err(error) => {
            assert!(source.get(error.range.clone()).is_some(), "{error:?}");
            return;
        }
    };
    for read in program.reads() {
        assert!(source.get(read.range.clone()).is_some(), "{read:?}");
    }
    let tree = yaml::parse_templated(FileId(0), Arc::from(FACTS), Schema::Kubernetes).tree;
    let Some(root) = tree.roots().next() else { return };
    let scope = [("x", Value::Node(root)), ("a", Value::Int(1)), ("s", Value::text("text"))];
    if let Outcome::Unknown(span) = program.eval(&scope, 20_000) {
        assert!(FACTS.get(span.range()).is_some());
    }
});
