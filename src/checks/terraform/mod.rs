//! Rules of the domain `terraform`.

mod charts;
mod duplicate_declaration;
mod modules;
mod outdated_syntax;
mod undeclared_name;
mod unused_declaration;
mod versions;

use super::Check;

/// The checks of this domain, by rule.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("chart-gives-more-rights", Check::File(charts::more_rights)),
    ("chart-with-latest-image", Check::File(charts::latest_image)),
    ("comparison-with-empty-list", Check::File(outdated_syntax::empty_lists)),
    ("duplicate-declaration", Check::Project(duplicate_declaration::check)),
    ("index-with-dot", Check::File(outdated_syntax::indices)),
    ("interpolation-only-string", Check::File(outdated_syntax::interpolations)),
    ("quoted-type", Check::File(outdated_syntax::types)),
    ("removed-function", Check::File(outdated_syntax::functions)),
    ("undeclared-name", Check::Project(undeclared_name::check)),
    ("unpinned-provider", Check::Project(versions::providers)),
    ("unpinned-terraform", Check::Project(versions::terraform)),
    ("unused-declaration", Check::Project(unused_declaration::check)),
];
