//! What a Compose file says of itself, and of the host.

use crate::checks::File;
use crate::model::compose::MountKind;
use crate::rule::Match;
use crate::text::Span;

/// `version`, which nothing reads.
pub(super) fn version(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    if let Some(entry) = tree.node(compose.root).entry("version") {
        out.push(Match::new(
            entry.key.span(),
            "nothing reads `version` any more, and Compose warns of it; remove it",
        ));
    }
}

/// No `name`, so that the project has that of the folder.
pub(super) fn name(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    let root = tree.node(compose.root);
    let whole = root.get("services").is_some() && !root.is_open() && !compose.fragment;
    if root.get("name").is_none() && whole {
        out.push(Match::new(compose.anchor, "the project is called after its folder; say its `name`"));
    }
}

/// `external` with a name inside, `links`: what newer keys replace.
pub(super) fn external_name(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    let root = tree.node(compose.root);
    for key in ["networks", "volumes", "secrets", "configs"] {
        for entry in root.get(key).into_iter().flat_map(crate::syntax::tree::Node::entries) {
            let old = entry.value.get("external").and_then(|external| external.entry("name"));
            if let Some(old) = old {
                let message =
                    "a name inside `external` is obsolete; write `external: true` and `name` beside it";
                out.push(Match::new(old.key.span(), message));
            }
        }
    }
}

/// Absolute paths of the host, mounted by a service or through a volume.
pub(super) fn host_path(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    let mut report = |path: &str, span: Span| {
        out.push(Match::new(
            span,
            format!("mounts `{path}` of the host; use a volume, or a path inside the project"),
        ));
    };
    for mount in compose.services.iter().flat_map(|service| &service.mounts) {
        if let (Some(MountKind::Bind), Some(path), Some(span)) =
            (mount.kind.get(), mount.source.get(), mount.source.span())
            && path.starts_with('/')
        {
            report(path, span);
        }
    }
    let volumes = tree.node(compose.root).get("volumes");
    for volume in volumes.into_iter().flat_map(crate::syntax::tree::Node::entries) {
        for key in ["device", "mountpoint"] {
            if let Some(path) =
                volume.value.at(&["driver_opts", key]).filter(|path| path.text().starts_with('/'))
            {
                report(path.text(), path.sub_span(0, path.text().len()));
            }
        }
    }
}
