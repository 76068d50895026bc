//! Any Compose file is lowered, and every place of its facts lies in the text, on the bounds of characters; values with
//! variables lead back to where they are written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::formats::compose::lower;
use plimsoll::model::facts::FolderId;
use plimsoll::syntax::interpolation::{Part, Resolved, Values, parse_all};
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::yaml;
use plimsoll::text::{FileId, Span};

fuzz_target!(|text: &str| {
    values(text);
    let parsed = yaml::parse(FileId(0), text.into(), Schema::Core);
    let facts = lower(&parsed.tree, FolderId(0), false);
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
    for variable in &facts.env {
        inside(variable.anchor);
        variable.value.span().into_iter().for_each(inside);
    }
    let Some(compose) = facts.compose else { return };
    inside(compose.anchor);
    compose.definitions.iter().for_each(|(_, name)| inside(name.span));
    for service in &compose.services {
        inside(service.name.span);
        inside(service.span);
        service.options.iter().for_each(|word| inside(word.span));
        service.references.iter().for_each(|(_, name)| inside(name.span));
        service.settings.iter().filter_map(|(_, setting)| setting.span()).for_each(inside);
        for port in &service.ports {
            inside(port.anchor);
            [port.host_ip.span(), port.published.span(), port.target.span()].into_iter().flatten().for_each(inside);
        }
        for mount in &service.mounts {
            inside(mount.anchor);
            [mount.source.span(), mount.target.span(), mount.propagation.span()].into_iter().flatten().for_each(inside);
        }
        if let Some(image) = &service.image {
            inside(image.span);
            image.tag.iter().for_each(|tag| inside(tag.span));
        }
    }
});

fn values(text: &str) {
    for part in parse_all(text) {
        let (Part::Literal(range) | Part::Dollar(range) | Part::Invalid(range)) = part else { continue };
        assert!(text.get(range).is_some());
    }
    let resolved = Resolved::new(text, '\u{1}', &Values::default());
    for (at, _) in resolved.text.char_indices().take(64) {
        assert!(text.get(resolved.origin(at, resolved.text.len())).is_some());
    }
}
