//! Who answers for a service, as its labels say.

use super::read::{Layers, word};
use crate::model::graph::owners::is_team_key;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};

/// The value of the first label that names a team.
pub(super) fn owner(layers: &Layers<'_>) -> Option<Word> {
    let of_deploy = layers.all("deploy").filter_map(|deploy| deploy.get("labels"));
    layers.all("labels").chain(of_deploy).find_map(of_labels)
}

fn of_labels(labels: Node<'_>) -> Option<Word> {
    let pairs = labels.entries().into_iter();
    let mut pairs = pairs.filter(|entry| is_team_key(entry.key.text())).filter_map(|entry| word(entry.value));
    pairs.next().or_else(|| labels.items().find_map(of_item))
}

/// `team=shop`
fn of_item(item: Node<'_>) -> Option<Word> {
    let text = item.text();
    let (key, value) = text.split_once('=').filter(|_| item.kind() == Kind::String)?;
    let known = is_team_key(key) && !value.is_empty() && !value.contains('$');
    known.then(|| Word { text: value.to_owned(), span: item.sub_span(key.len() + 1, text.len()) })
}
