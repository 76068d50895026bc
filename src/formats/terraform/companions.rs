//! Resources that complete another one: the versioning of a bucket, the rules of a security group. They name it by one of
//! their attributes.

use std::collections::HashMap;

use super::blocks::Evaluated;
use super::value::{Data, Value};
use crate::text::FileId;

/// Resources that are told to one other at most.
const MOST: usize = 64;

/// A resource that names another.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Its type.
    pub kind: String,
    /// What it holds.
    pub body: Value,
    /// Whether there may be none, or many.
    pub symbolic: bool,
}

/// Tells each block of one root module which resources name it.
pub(super) fn attach(all: &mut [(FileId, Evaluated)]) {
    let mut of: HashMap<String, Vec<Companion>> = HashMap::new();
    for (_, one) in all.iter().filter(|(_, one)| one.is_resource) {
        let companion =
            || Companion { kind: kind(one).to_owned(), body: one.body.clone(), symbolic: one.symbolic };
        let mut targets: Vec<&str> = links(&one.body).filter(|target| *target != one.base()).collect();
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            let companions = of.entry(target.to_owned()).or_default();
            if companions.len() < MOST {
                companions.push(companion());
            }
        }
    }
    for (_, one) in all.iter_mut().filter(|(_, one)| one.is_resource) {
        one.companions = of.get(one.base()).cloned().unwrap_or_default();
    }
}

/// The type of a resource: `module.logs.aws_s3_bucket.data` is an `aws_s3_bucket`.
fn kind(one: &Evaluated) -> &str {
    let mut words = one.base().rsplit('.');
    words.next();
    words.next().unwrap_or_default()
}

/// What the attributes of a block lead to, themselves or by an item of a list.
fn links(body: &Value) -> impl Iterator<Item = &str> {
    let values = body.entries().into_iter().flatten().map(|(_, entry)| &entry.value);
    values.flat_map(|value| {
        let inner: &[Value] = if let Data::List(list) = &value.data { &list.items } else { &[] };
        std::iter::once(value).chain(inner).filter_map(|value| Some(value.link.as_ref()?.address.as_str()))
    })
}
