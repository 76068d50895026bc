//! Dockerfiles, and the facts read from them.
