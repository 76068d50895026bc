//! Any file beside a Dockerfile or a Compose file is read: patterns are held against paths, variables have their places.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::syntax::{dockerignore, dotenv};
use plimsoll::text::FileId;

fuzz_target!(|text: &str| {
    let parsed = dockerignore::parse(FileId(0), text);
    for error in &parsed.errors {
        assert!(text.get(error.span.range()).is_some());
    }
    for path in text.lines().take(8).chain(["a/b", "x"]) {
        let span = parsed.tree.leaves_out(path);
        assert!(span.is_none_or(|span| text.get(span.range()).is_some()));
    }
    let variables = dotenv::parse(text);
    for name in variables.names() {
        let place = variables.place(name).and_then(|range| text.get(range));
        assert_eq!(place, Some(name));
    }
});
