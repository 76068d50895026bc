//! `FROM --platform`.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::{Dockerfile, Flag, Instruction, Word};

/// A platform that is written out.
pub(super) fn fixed(file: &File<'_>, out: &mut Vec<Match>) {
    for (from, _, value) in platforms(file.dockerfile) {
        let text = value.as_str();
        if text.contains('$') || text.is_empty() || is_in_name(from, text) {
            continue;
        }
        let message =
            format!("`{text}` is used whatever the build is for; drop the flag, or write `$BUILDPLATFORM`");
        out.push(Match::new(value.span, message));
    }
}

/// A platform that is what the build is for anyway.
pub(super) fn redundant(file: &File<'_>, out: &mut Vec<Match>) {
    for (_, flag, value) in platforms(file.dockerfile) {
        // It is always set, so that no default behind `:-` is ever used.
        let text = value.as_str();
        let with_default =
            text.starts_with("${TARGETPLATFORM:-") && text.find('}') == text.len().checked_sub(1);
        if with_default || ["$TARGETPLATFORM", "${TARGETPLATFORM}"].contains(&text) {
            out.push(Match::new(
                flag.span,
                "this is the platform of every stage that says nothing; drop the flag",
            ));
        }
    }
}

fn platforms(dockerfile: Option<&Dockerfile>) -> impl Iterator<Item = (&Instruction, &Flag, &Word)> {
    let stages = dockerfile
        .into_iter()
        .flat_map(|dockerfile| dockerfile.stages.iter().map(|stage| &dockerfile.instructions[stage.from]));
    stages.filter_map(|from| {
        let flag = from.flag("platform")?;
        Some((from, flag, flag.value.as_ref()?))
    })
}

/// A stage that is named for its platform, such as `build-arm64`, is meant to have it.
fn is_in_name(from: &Instruction, platform: &str) -> bool {
    let name = from.words().get(2).map(|word| word.as_str().to_lowercase()).unwrap_or_default();
    let platform = platform.to_lowercase();
    platform.split('/').take(2).any(|part| !part.is_empty() && name.contains(part))
}
