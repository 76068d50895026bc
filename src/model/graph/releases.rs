//! The versions that images are deployed in.

use super::Release;
use super::build::Builder;
use super::parties::Party;
use crate::model::coupling::Holder;
use crate::model::image::HIDDEN;
use crate::model::workload::Word;

impl Builder<'_, '_> {
    /// The version that a party runs its image in, or the variable that stands for it.
    pub(super) fn release(&self, party: &Party<'_>) -> Option<Release> {
        let image = party.image?;
        let node = self.members.party_of(party.file, party.holder)?;
        let tag = image.tag.as_ref()?;
        let text = image.tag_written.as_ref().unwrap_or(&tag.text);
        let tag = Word { text: text.clone(), span: tag.span };
        // Of a name that is known in part, that part tells images apart.
        let seen = || {
            let name = image.reference.split('@').next()?.rsplit_once(':')?.0;
            let known = name.split(HIDDEN).filter(|text| !text.is_empty());
            Some(known.collect::<Vec<_>>().join("*"))
        };
        let image = image.name().or_else(seen)?;
        let built = party.built.is_some() || self.says_build(party);
        (!image.is_empty() && !tag.text.is_empty()).then_some(Release { node, image, tag, built })
    }

    /// Whether it is a service that is built, wherever from.
    fn says_build(&self, party: &Party<'_>) -> bool {
        let compose = self.wired.project.files[party.file].compose.as_ref();
        let Holder::Service(number) = party.holder else { return false };
        compose.is_some_and(|compose| compose.services[number].build.is_some())
    }
}
