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
