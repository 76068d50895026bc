//! Which kinds a text speaks of, told without parsing it: schemas are read for these only.

use std::collections::HashSet;

use memchr::memmem;
use rayon::prelude::*;

use super::input::Input;

/// What defines a kind.
const DEFINITION: &str = "CustomResourceDefinition";

/// Whether a text may define kinds.
pub(super) fn defines(text: &str) -> bool {
    memmem::find(text.as_bytes(), DEFINITION.as_bytes()).is_some()
}

/// Whether a text may define one of these kinds.
pub(super) fn defines_any(text: &str, used: &HashSet<String>) -> bool {
    defines(text) && words(text, true).any(|word| word != DEFINITION && used.contains(word))
}

/// Every word behind a `kind` in any of the texts. Of a definition only those at the start of a line: its own kind,
/// deeper in, is not one that is used.
pub(super) fn used(inputs: &[Input<'_>]) -> HashSet<String> {
    let of = |input: &Input<'_>| {
        let text: &str = &input.text;
        let deep = !defines(text) || text.starts_with('{') || text.contains("kind: List");
        words(text, deep).map(str::to_owned).collect::<HashSet<_>>()
    };
    inputs.par_iter().map(of).reduce(HashSet::new, |mut all, more| {
        all.extend(more);
        all
    })
}

fn words(text: &str, deep: bool) -> impl Iterator<Item = &str> {
    memmem::find_iter(text.as_bytes(), b"kind").filter_map(move |at| {
        let first = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let rest = text.get(at + 4..).filter(|_| first || deep)?;
        let rest = rest.trim_start_matches(['"', '\'']).strip_prefix(':')?;
        let word = rest.trim_start_matches([' ', '"', '\'']);
        let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
        (end > 0).then(|| &word[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_kind_is_a_word_behind_its_key() {
        let of = |text, deep| words(text, deep).collect::<Vec<_>>();
        assert_eq!(of("kind: Pod\nspec:\n  kind: Deep\n", false), ["Pod"]);
        assert_eq!(of("kind: 'Pod'\nitems:\n- kind: Deep\n", true), ["Pod", "Deep"]);
        assert_eq!(of("{\"kind\": \"Pod\", \"mankind\": 1, \"kind\":\"X\"}", true), ["Pod", "1", "X"]);
        assert_eq!(of("kind", true), Vec::<&str>::new());
    }
}
