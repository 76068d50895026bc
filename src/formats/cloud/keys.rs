//! Keys of resources that the tables know.

use super::table::Table;

/// The key that is meant by one that differs from it in capitals only, of a resource of this type.
pub(super) fn meant(table: &'static Table, kind: &str, key: &str) -> Option<&'static str> {
    let mut meant = None;
    for known in known(table, kind) {
        if known == key {
            return None;
        }
        if known.eq_ignore_ascii_case(key) {
            meant = Some(known);
        }
    }
    meant
}

/// Keys at the top of a resource of CloudFormation, each as often as it is used; these start with a capital.
fn known(table: &'static Table, kind: &str) -> impl Iterator<Item = &'static str> {
    let sources = table.by_kind.get(kind).into_iter().flatten();
    let keys = sources.flat_map(|(family, source)| {
        let family = &table.families[*family];
        let part = family.sources[*source].records.as_ref();
        let ways = family.fields.iter().flat_map(|field| field.ways.iter().flatten());
        let own = ways.filter(move |way| way.attached.is_none() && (way.whole || part.is_none()));
        part.into_iter().chain(own.map(|way| &way.path)).filter_map(|path| path.first())
    });
    keys.map(|step| step.key).filter(|key| key.starts_with(|first: char| first.is_ascii_uppercase()))
}
