//! `ports`, in the short and the long form.

use super::read::{Text, setting, text_at};
use crate::model::Setting;
use crate::model::compose::{Port, Ports};
use crate::model::image::HIDDEN;
use crate::syntax::tree::{Kind, Node, Style};

/// A port; `None` for what is neither text, a number nor a mapping.
pub(super) fn lower(node: Node<'_>) -> Option<Port> {
    match node.kind() {
        Kind::Mapping => Some(long(node)),
        _ => Text::of(node).map(|text| short(node, &text)),
    }
}

fn long(node: Node<'_>) -> Port {
    let target = node.entry("target");
    let first = node.own_entries().next().map(|entry| entry.key.span());
    let anchor = target.map(|entry| entry.place()).or(first).unwrap_or_else(|| node.span());
    let mut host_ip = text_at(node, "host_ip");
    let mut published = text_at(node, "published");
    // An address in front of the port is no part of the specification, but meant.
    if let (Some(text), Some(value)) = (published.get(), node.get("published"))
        && let Some(colon) = text.rfind(':')
        && let Some(written) = Text::of(value)
    {
        let end = written.text().len();
        (host_ip, published) = (written.part(0, colon), written.part(colon + 1, end));
    }
    Port {
        text: node.get("target").map_or(Setting::Unset, setting),
        host_ip,
        published: numbers(published),
        target: numbers(text_at(node, "target")),
        protocol: text_at(node, "protocol"),
        plain: false,
        anchor,
    }
}

fn short(node: Node<'_>, text: &Text<'_>) -> Port {
    let all = text.text();
    let plain = matches!(node.style(), Some(Style::Plain));
    let end = all.find('/').unwrap_or(all.len());
    let protocol = text.part((end + 1).min(all.len()), all.len());
    let last = all[..end].rfind(':');
    let target = numbers(text.part(last.map_or(0, |colon| colon + 1), end));
    let (host_ip, published) = match last {
        None => (Setting::Unset, Setting::Unset),
        Some(colon) => {
            let middle = all[..colon].rfind(':');
            let published = numbers(text.part(middle.map_or(0, |colon| colon + 1), colon));
            let ip = middle.map_or(Setting::Unset, |colon| text.part(0, colon));
            (ip, published)
        }
    };
    // A variable may hold an address as well.
    let vague = all.find(HIDDEN).filter(|_| host_ip.is_unset()).map(|at| text.span(at, at + 1));
    let host_ip = vague.map_or(host_ip, Setting::Unknown);
    Port { text: text.setting(), host_ip, published, target, protocol, plain, anchor: text.whole() }
}

/// `80` or `8000-8010`.
fn numbers(text: Setting<String>) -> Setting<Ports> {
    match text {
        Setting::Unset => Setting::Unset,
        Setting::Unknown(span) => Setting::Unknown(span),
        Setting::Set(text, span) => {
            let (from, to) = text.split_once('-').unwrap_or((&text, &text));
            match (from.trim().parse(), to.trim().parse()) {
                (Ok(from), Ok(to)) => Setting::Set(Ports { from, to }, span),
                _ => Setting::Unknown(span),
            }
        }
    }
}
