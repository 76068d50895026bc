//! Expressions of Prometheus whose brackets or quotes do not pair up.

use super::super::File;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for resource in &file.facts.resources {
        if resource.kind() != "PrometheusRule" || resource.group() != "monitoring.coreos.com" {
            continue;
        }
        let Some(groups) = tree.node(resource.node).at(&["spec", "groups"]) else { continue };
        let rules = groups.items().filter_map(|group| group.get("rules")).flat_map(Node::items);
        for entry in rules.filter_map(|rule| rule.entry("expr")) {
            let text = entry.value.text();
            if entry.value.kind() != Kind::String || text.contains("{{") {
                continue;
            }
            if let Err((at, what)) = balanced(text) {
                let byte = entry.value.sub_span(at, at + 1);
                let span = if byte.len() == 1 { byte } else { entry.key.span() };
                out.push(Match::new(
                    span,
                    format!("{what}; Prometheus refuses the file with all of its rules"),
                ));
            }
        }
    }
}

/// Pairs brackets outside of texts and comments; the error is the byte that has no partner.
fn balanced(text: &str) -> Result<(), (usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => at = end_of_text(bytes, at).ok_or((at, "this quote is never closed"))?,
            b'#' => at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end),
            b'(' => open.push((at, b')')),
            b'[' => open.push((at, b']')),
            b'{' => open.push((at, b'}')),
            b')' | b']' | b'}' => match open.pop() {
                Some((_, wanted)) if wanted == byte => {}
                Some((from, _)) => return Err((from, "this bracket is closed by another kind")),
                None => return Err((at, "this bracket was never opened")),
            },
            _ => {}
        }
        at += 1;
    }
    open.first().map_or(Ok(()), |(from, _)| Err((*from, "this bracket is never closed")))
}

/// Where the quoted text that starts here ends.
fn end_of_text(bytes: &[u8], from: usize) -> Option<usize> {
    let quote = bytes[from];
    let mut at = from + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote != b'`' => at += 1,
            _ if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_and_comments_do_not_count() {
        assert_eq!(balanced(r#"sum(rate(a{b=~"(x\"]"}[5m])) # ) "#), Ok(()));
        assert_eq!(balanced("a{b='}'} > `(`"), Ok(()));
    }

    #[test]
    fn the_byte_without_a_partner_is_named() {
        assert_eq!(balanced("sum(a").map_err(|(at, _)| at), Err(3));
        assert_eq!(balanced("a)").map_err(|(at, _)| at), Err(1));
        assert_eq!(balanced("a[5m)").map_err(|(at, _)| at), Err(1));
        assert_eq!(balanced("a{b=\"x}").map_err(|(at, _)| at), Err(4));
    }
}
