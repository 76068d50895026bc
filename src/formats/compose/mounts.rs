//! `volumes` of a service, in the short and the long form.

use super::read::{Text, flag, text_at};
use crate::model::Setting;
use crate::model::compose::{Mount, MountKind};
use crate::model::image::HIDDEN;
use crate::syntax::tree::{Kind, Node, Style};

/// A mount; `None` for what is neither text nor a mapping.
pub(super) fn lower(node: Node<'_>) -> Option<Mount> {
    match node.kind() {
        Kind::Mapping => Some(long(node)),
        _ => Text::of(node).map(|text| short(node, &text)),
    }
}

fn long(node: Node<'_>) -> Mount {
    let shown = ["source", "target"].iter().find_map(|key| node.entry(key));
    let first = node.own_entries().next().map(|entry| entry.key.span());
    let anchor = shown.map(|entry| entry.place()).or(first).unwrap_or_else(|| node.span());
    let source = text_at(node, "source").or(text_at(node, "src"));
    let kind = match text_at(node, "type") {
        Setting::Set(word, span) => {
            let kind = match word.as_str() {
                "bind" => MountKind::Bind,
                "volume" if source.is_unset() => MountKind::Anonymous,
                "volume" => MountKind::Volume,
                _ => MountKind::Other,
            };
            Setting::Set(kind, span)
        }
        Setting::Unknown(span) => Setting::Unknown(span),
        Setting::Unset => Setting::Unknown(anchor),
    };
    let target = ["target", "dst", "destination"].iter().find_map(|key| node.get(key));
    let bind = node.get("bind");
    Mount {
        kind,
        source,
        target: target.map_or(Setting::Unset, super::read::setting),
        read_only: flag(text_at(node, "read_only")),
        propagation: bind.map_or(Setting::Unset, |bind| text_at(bind, "propagation")),
        quoted: false,
        anchor,
    }
}

fn short(node: Node<'_>, text: &Text<'_>) -> Mount {
    let all = text.text();
    // The colon of a drive letter cuts nothing.
    let drive = all.len() > 2
        && all.as_bytes()[0].is_ascii_alphabetic()
        && all.as_bytes()[1] == b':'
        && matches!(all.as_bytes()[2], b'\\' | b'/')
        && all[2..].contains(':');
    let first = all[if drive { 2 } else { 0 }..].find(':').map(|at| if drive { at + 2 } else { at });
    let (source, target, mode) = match first {
        None => ((0, 0), (0, all.len()), (all.len(), all.len())),
        Some(colon) => {
            let rest = &all[colon + 1..];
            let windows = rest.len() > 2 && rest.as_bytes()[1] == b':' && rest.as_bytes()[2] == b'\\';
            let skip = if windows { 2 } else { 0 };
            let second = rest[skip..].find(':').map_or(all.len(), |at| colon + 1 + skip + at);
            ((0, colon), (colon + 1, second), ((second + 1).min(all.len()), all.len()))
        }
    };
    let hidden = &all[source.0..source.1];
    let vague = all[..source.1.max(target.1)].find(HIDDEN);
    let source = text.part(source.0, source.1);
    let kind = match (&source, vague) {
        (Setting::Unset, None) => Setting::Set(MountKind::Anonymous, text.whole()),
        (Setting::Set(path, span), _) if is_path(path) => Setting::Set(MountKind::Bind, *span),
        (Setting::Unknown(span), _) if is_path(hidden) => Setting::Set(MountKind::Bind, *span),
        (Setting::Set(_, span), _) => Setting::Set(MountKind::Volume, *span),
        (_, at) => Setting::Unknown(at.map_or(text.whole(), |at| text.span(at, at + 1))),
    };
    let mode = text.part(mode.0, mode.1);
    let words = |mode: &Setting<String>, wanted: fn(&str) -> bool| match mode {
        Setting::Set(words, span) => {
            let mut at = 0;
            for word in words.split(',') {
                if wanted(word) {
                    return Some((word.to_owned(), span.slice(at, at + word.len())));
                }
                at += word.len() + 1;
            }
            None
        }
        _ => None,
    };
    let read_only = match &mode {
        Setting::Unknown(span) => Setting::Unknown(*span),
        _ => words(&mode, |word| word == "ro").map_or(Setting::Unset, |(_, span)| Setting::Set(true, span)),
    };
    let propagation =
        words(&mode, |word| word.ends_with("shared") || word.ends_with("slave") || word.ends_with("private"));
    Mount {
        kind,
        source,
        target: text.part(target.0, target.1),
        read_only,
        propagation: propagation.map_or(Setting::Unset, |(word, span)| Setting::Set(word, span)),
        quoted: matches!(node.style(), Some(Style::Single | Style::Double)),
        anchor: text.whole(),
    }
}

/// Whether Compose takes a source for a path of the host.
fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\']) || source.as_bytes().get(1) == Some(&b':')
}
