//! Names of labels that Docker's guidelines do not allow.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;

/// Namespaces that belong to Docker. Source: its guidelines for object labels.
const RESERVED: &[&str] = &["com.docker.", "io.docker.", "org.dockerproject."];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for instruction in &dockerfile.instructions {
        let labels = if instruction.kind == Kind::Onbuild { instruction.inner() } else { Some(instruction) };
        let Some(labels) = labels.filter(|labels| labels.kind == Kind::Label) else { continue };
        for pair in labels.pairs() {
            let key = pair.key.unquoted(dockerfile.escape);
            if let Some(message) = wrong(key.as_str()) {
                out.push(Match::new(pair.key.span, message));
            }
        }
    }
}

fn wrong(key: &str) -> Option<String> {
    if let Some(namespace) = RESERVED.iter().find(|namespace| key.starts_with(**namespace)) {
        return Some(format!("`{namespace}*` belongs to Docker; use a domain of your own"));
    }
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let edges = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if key.is_empty() || (key.bytes().all(allowed) && edges && !key.contains("..") && !key.contains("--")) {
        return None;
    }
    Some(
        "a label's name has lower-case letters, digits, and single `.` and `-` between them; rename it"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn names_follow_the_guidelines() {
        for fine in ["maintainer", "org.opencontainers.image.ref-name", "com.example.v2"] {
            assert_eq!(wrong(fine), None, "{fine}");
        }
        for bad in ["Vendor", "1a", "a..b", "a--b", ".a", "a-", "a_b", "a$b", "com.docker.x"] {
            assert!(wrong(bad).is_some(), "{bad}");
        }
    }
}
