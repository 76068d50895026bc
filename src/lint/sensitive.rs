//! What Terraform calls sensitive is not repeated in messages.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::analyse::Analysed;
use super::raw::Raw;
use crate::model::Facts;
use crate::text::Sources;

/// What stands for a text that is not shown.
const INSTEAD: &str = "(sensitive)";
/// Bytes of a text that is looked for wherever it stands; shorter ones are hidden where they are all that is quoted.
const SHORTEST: usize = 4;
/// Words that tell nothing.
const PLAIN: [&str; 3] = ["true", "false", "null"];
/// Texts that are looked for. Where there are more, nothing is quoted.
const MOST: usize = 500;

/// The texts that are not to be shown.
pub(super) struct Secrets {
    texts: BTreeSet<String>,
}

impl Secrets {
    /// Those that some value has, and those that are written out as such.
    pub(super) fn of(analysed: &[Analysed], sources: &Sources) -> Secrets {
        let blocks = analysed.iter().flat_map(|file| &file.facts.blocks);
        let mut texts: BTreeSet<String> = blocks.flat_map(|block| block.secrets.iter().cloned()).collect();
        for (_, source) in sources.iter() {
            let written = source.hidden().iter().filter_map(|range| source.text.get(range.clone()));
            texts.extend(written.map(str::to_owned));
        }
        texts.retain(|text| !text.trim().is_empty() && !PLAIN.contains(&text.as_str()));
        Secrets { texts }
    }

    /// Takes them out of the messages about a file, if it is of Terraform.
    pub(super) fn hide(&self, facts: &Facts, raw: &mut [Raw]) {
        if self.texts.is_empty() || facts.blocks.is_empty() {
            return;
        }
        for Raw { found, .. } in raw {
            let related = found.related.iter_mut().map(|label| &mut label.message);
            for message in std::iter::once(&mut found.message).chain(related) {
                if let Cow::Owned(changed) = self.without(message) {
                    *message = changed;
                }
            }
        }
    }

    /// The message without secrets in what it quotes; values stand nowhere else.
    fn without<'m>(&self, message: &'m str) -> Cow<'m, str> {
        let parts: Vec<&str> = message.split('`').collect();
        let is_quote = |at: usize| at % 2 == 1 && at + 1 < parts.len();
        let each = parts.iter().enumerate();
        let each: Vec<Cow<'_, str>> = each
            .map(|(at, part)| if is_quote(at) { self.quote(part) } else { Cow::Borrowed(*part) })
            .collect();
        if each.iter().all(|part| matches!(part, Cow::Borrowed(_))) {
            return Cow::Borrowed(message);
        }
        Cow::Owned(each.join("`"))
    }

    fn quote<'m>(&self, text: &'m str) -> Cow<'m, str> {
        if self.texts.len() > MOST || self.texts.contains(text) {
            return Cow::Owned(INSTEAD.to_owned());
        }
        let mut text = Cow::Borrowed(text);
        for secret in self.texts.iter().filter(|secret| secret.len() >= SHORTEST) {
            if text.contains(secret.as_str()) {
                text = Cow::Owned(text.replace(secret.as_str(), INSTEAD));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_no_secret() {
        let secrets = Secrets { texts: ["hunter22", "no"].map(str::to_owned).into() };
        let without = |message| secrets.without(message).into_owned();
        assert_eq!(without("`x-hunter22` is short"), "`x-(sensitive)` is short");
        assert_eq!(without("`no` is not known: `nothing`"), "`(sensitive)` is not known: `nothing`");
        assert_eq!(without("no hunter22 `"), "no hunter22 `");
        let many = Secrets { texts: (0..1000).map(|at| at.to_string()).collect() };
        assert_eq!(many.without("set `port` to `7`"), "set `(sensitive)` to `(sensitive)`");
    }
}
