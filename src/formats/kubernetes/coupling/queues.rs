//! What scales by the length of a queue reads from it: the triggers of KEDA.
//!
//! Source: KEDA's list of scalers.

use crate::formats::coupling::{Listener, told};
use crate::formats::kubernetes::read;
use crate::model::coupling::{Channel, Holder};
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};

/// Keys of a trigger that name what is read.
const CHANNELS: [&str; 8] =
    ["listName", "queueName", "queueURL", "stream", "streamName", "subscriptionName", "subject", "topic"];

/// Keys of a trigger that hold addresses.
const ADDRESSES: [&str; 6] = ["address", "addresses", "bootstrapServers", "host", "hosts", "serverAddress"];

/// Adds what the triggers of an object say.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    if resource.group() != "keda.sh" || !matches!(resource.kind(), "ScaledObject" | "ScaledJob") {
        return;
    }
    let holder = Holder::Object(id);
    let triggers = root.at(&["spec", "triggers"]).into_iter().flat_map(Node::items);
    for metadata in triggers.filter_map(|trigger| trigger.get("metadata")) {
        for entry in metadata.entries().iter().filter(|entry| entry.value.kind() == Kind::String) {
            let (key, value) = (entry.key.text(), entry.value);
            if CHANNELS.contains(&key) {
                let name = Word { text: value.text().to_owned(), span: read::content(value) };
                facts.coupling.channels.push(Channel { holder, key: key.to_owned(), name, reads: true });
            } else if ADDRESSES.contains(&key) {
                let listener = Listener { holder, signal: Signal::Scaler };
                told(&mut facts.coupling, listener, "host", value.text(), &|from, to| {
                    value.sub_span(from, to)
                });
            }
        }
    }
}
