//! What SAM's `Globals` add to resources of its types.

use std::collections::HashMap;

use super::evaluate::Evaluator;
use crate::model::cloud::{Computed, Data, Instance};
use crate::syntax::tree::Node;

/// Types of SAM, and the section of `Globals` that completes them.
const SECTIONS: [(&str, &str); 5] = [
    ("AWS::Serverless::Function", "Function"),
    ("AWS::Serverless::Api", "Api"),
    ("AWS::Serverless::HttpApi", "HttpApi"),
    ("AWS::Serverless::SimpleTable", "SimpleTable"),
    ("AWS::Serverless::StateMachine", "StateMachine"),
];

/// How many entries of `Globals` are looked at: each resource has a copy of its own.
const MOST: usize = 100_000;

/// Puts the properties of `globals` under those of the resources.
pub(super) fn spread<'t>(evaluator: &Evaluator<'t>, globals: Node<'t>, instances: &mut [Instance]) {
    let mut left = MOST;
    for (kind, section) in SECTIONS {
        let Some(section) = globals.get(section).map(|node| evaluator.value(node)) else { continue };
        for instance in instances.iter_mut().filter(|instance| instance.kind.text == kind) {
            under(&mut instance.properties, &section, &mut left);
        }
    }
}

/// Adds what `above` lacks; mappings are merged, as SAM merges them. The depth is that of a computed value.
fn under(above: &mut Computed, below: &Computed, left: &mut usize) {
    let (Data::Map(above), Some(below)) = (&mut above.data, below.map()) else { return };
    above.open |= below.open;
    let keys = above.entries.iter().enumerate();
    let own: HashMap<String, usize> = keys.map(|(at, (key, _))| (key.text.clone(), at)).collect();
    for (key, value) in &below.entries {
        if *left == 0 {
            above.open = true;
            return;
        }
        *left -= 1;
        match own.get(&key.text) {
            Some(at) => under(&mut above.entries[*at].1, value, left),
            None => above.entries.push((key.clone(), value.clone())),
        }
    }
}
