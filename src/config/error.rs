//! A mistake in the config, with the place of it.

use crate::text::Span;

/// Something in a config file, or among the arguments that stand in for one, that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Lower case, no full stop, code in backticks.
    pub message: String,
    /// The key or value at fault.
    pub span: Span,
    /// What to write instead; empty when the message says all.
    pub help: String,
    /// Other places that explain it.
    pub related: Vec<(Span, String)>,
}

impl ConfigError {
    /// An error without help.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        ConfigError { message: message.into(), span, help: String::new(), related: Vec::new() }
    }

    /// The same error with help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same error with one more place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push((span, message.into()));
        self
    }
}

/// The name among `known` that `wrong` was most likely meant to be.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name longer than this is no slip of the finger, and the distance takes quadratic time.
    if wrong.len() > 64 {
        return None;
    }
    let lower = wrong.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_near() {
        let known = ["select", "extend-select", "ignore", "exclude"];
        assert_eq!(nearest("selct", known), Some("select"));
        assert_eq!(nearest("extend_select", known), Some("extend-select"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest(&"a".repeat(10_000), known), None);
    }
}
