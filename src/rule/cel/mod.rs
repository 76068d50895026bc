//! The Common Expression Language over spanned facts.
