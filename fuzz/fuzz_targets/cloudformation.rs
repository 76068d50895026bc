//! Any template of CloudFormation is computed and lowered, and every place of its facts lies in the text, on the bounds
//! of characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::formats::cloudformation::lower;
use plimsoll::model::cloud::{Held, Slot};
use plimsoll::model::facts::FolderId;
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::yaml;
use plimsoll::text::{FileId, Span};

fuzz_target!(|text: &str| {
    let parsed = yaml::parse(FileId(0), text.into(), Schema::Kubernetes);
    let facts = lower(&parsed.tree, FolderId(0));
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
    for fact in &facts.cloud {
        inside(fact.anchor);
        inside(fact.name.span);
        for part in &fact.parts {
            part.origins.iter().for_each(|origin| inside(origin.span));
            match &part.slot {
                Slot::Set(Held::Words(words), span) => {
                    inside(*span);
                    words.iter().for_each(|(_, span)| inside(*span));
                }
                Slot::Set(_, span) | Slot::Unset(_, span) | Slot::Unknown(span) => inside(*span),
            }
        }
    }
    let Some(template) = facts.cloudformation else { return };
    template.uses.iter().for_each(|found| inside(found.name.span));
    template.resources.iter().for_each(|entry| inside(entry.span));
    template.parameters.iter().filter_map(|parameter| parameter.default.span()).for_each(inside);
});
