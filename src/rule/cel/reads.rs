//! Lists what an expression reads, for the check that every name exists.

use std::ops::Range;

use super::ast::{Ast, Expr, Id};

/// One place where an expression reads a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<'a> {
    /// The variable, then the fields read from it one from the other: `["container", "image", "tag"]`.
    pub path: Vec<&'a str>,
    /// The bytes of the source, from the variable to the last field, 0-based.
    pub range: Range<usize>,
    /// Whether the last field is only tested, by `has` or `?`: it may be absent.
    pub tested: bool,
}

/// Every read of a free variable, in the order of the source.
pub(super) fn reads(ast: &Ast) -> Vec<Read<'_>> {
    let mut out = Vec::new();
    let mut waiting = vec![ast.root];
    while let Some(id) = waiting.pop() {
        match path(ast, id) {
            Some(read) => out.push(read),
            None => children(ast, id, &mut waiting),
        }
    }
    out.sort_by_key(|read| read.range.start);
    out
}

/// The chain of fields that `id` ends, if it starts at a free variable.
fn path(ast: &Ast, id: Id) -> Option<Read<'_>> {
    let mut names = Vec::new();
    let tested = matches!(ast.expr(id), Expr::Has { .. } | Expr::Select { optional: true, .. });
    let (mut at, mut end) = (id, ast.range(id).end);
    loop {
        match ast.expr(at) {
            Expr::Has { of, name } => {
                end = name.end as usize;
                names.push(ast.str(name));
                at = of;
            }
            Expr::Select { of, name, .. } => {
                names.push(ast.str(name));
                at = of;
            }
            Expr::Free(name) => {
                names.push(ast.str(name));
                names.reverse();
                return Some(Read { path: names, range: name.start as usize..end, tested });
            }
            _ => return None,
        }
    }
}

fn children(ast: &Ast, id: Id, out: &mut Vec<Id>) {
    match ast.expr(id) {
        Expr::Select { of, .. }
        | Expr::Has { of, .. }
        | Expr::Matches(of, _)
        | Expr::Not(of)
        | Expr::Negate(of)
        | Expr::Maybe(of) => out.push(of),
        Expr::Index { of, at: other, .. }
        | Expr::Binary(_, of, other)
        | Expr::Bind(of, other)
        | Expr::OptMap { of, body: other, .. }
        | Expr::OrElse { of, other, .. } => out.extend([of, other]),
        Expr::And(run) | Expr::Or(run) | Expr::List(run) | Expr::Map(run) | Expr::Call(_, run) => {
            out.extend_from_slice(ast.run(run));
        }
        Expr::Choose(condition, yes, no) => out.extend([condition, yes, no]),
        Expr::Fold(number) => {
            let fold = &ast.folds[number as usize];
            out.extend([fold.over, fold.body]);
            out.extend(fold.filter);
        }
        _ => {}
    }
}
