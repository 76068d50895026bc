//! Secrets that a release of a chart is given in the text.

use super::super::File;
use super::secret_in_env::verdict;
use crate::model::block::Block;
use crate::model::release::{self, ChartValue};
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node, Tree};

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for block in file.facts.blocks.iter().filter(|block| block.kind() == release::RELEASE) {
        for value in release::values(block, tree) {
            if !names_another(&value) {
                report(block, &value.dotted(), value.name(), value.value, out);
            }
        }
        if let Some(password) = password(block, tree) {
            report(block, "repository_password", "repository_password", password, out);
        }
    }
}

fn password<'t>(block: &Block, tree: &'t Tree) -> Option<Node<'t>> {
    tree.node(block.node).get("repository_password").filter(|node| node.kind() == Kind::String)
}

fn report(block: &Block, path: &str, name: &str, value: Node<'_>, out: &mut Vec<Match>) {
    let text = value.text().trim_end();
    let Some(what) = verdict(&words(name), text).filter(|_| !text.contains('\n')) else { return };
    let span = value.short_span().unwrap_or_else(|| value.span());
    let message = format!(
        "{what} is written out in `{path}`; let the chart read a Secret, or pass it in by a variable without a default"
    );
    let mut found = Match::new(span, message);
    for (span, what) in block.through(span) {
        found = found.related(*span, *what);
    }
    out.push(found);
}

/// Whether a value says where a secret is: `existingSecret`, `tls.secret`, `auth.secretKeys.adminPasswordKey`.
fn names_another(value: &ChartValue<'_>) -> bool {
    let name = words(value.name());
    let parts: Vec<&str> = name.split('_').collect();
    let named = |part: &str| ["EXISTING", "IMAGE", "PULL", "TLS", "USE", "CREATE"].contains(&part);
    let own = |part: &str| ["CLIENT", "APP", "COOKIE", "JWT", "SESSION", "SHARED", "WEBHOOK"].contains(&part);
    match parts.as_slice() {
        [.., before, "SECRET"] => !own(before),
        ["SECRET"] | [.., "PASSWORD" | "TOKEN" | "SECRET", "KEY"] => true,
        parts => parts.iter().any(|part| named(part)),
    }
}

/// `rootPassword` as `ROOT_PASSWORD`.
fn words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut small = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && small {
            out.push('_');
        }
        small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        out.push(if letter == '-' || letter == '.' { '_' } else { letter.to_ascii_uppercase() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_in_camel_case_are_words() {
        for (name, shows) in [
            ("rootPassword", "ROOT_PASSWORD"),
            ("apiKey", "API_KEY"),
            ("JWTSecret", "JWTSECRET"),
            ("s3-key", "S3_KEY"),
        ] {
            assert_eq!(words(name), shows);
        }
    }
}
