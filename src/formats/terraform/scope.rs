//! What names mean where an expression stands.

use super::value::Value;

/// Names that are bound around an expression.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    /// The module, by its number.
    pub module: usize,
    /// Which instance of a block it is in.
    pub instance: &'s Instance,
    /// Names of `for` and of dynamic blocks, the nearest first.
    pub bound: Option<&'s Binding<'s>>,
}

/// A name that is bound.
pub(super) struct Binding<'s> {
    pub name: &'s str,
    pub value: Value,
    pub next: Option<&'s Binding<'s>>,
}

/// One of the objects that a block stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    /// What its address ends in: `[0]`, `["a"]`; nothing without `count` and `for_each`.
    pub key: String,
    /// `each.key` and `each.value`.
    pub each: Option<[Value; 2]>,
    /// `count.index`.
    pub count: Option<Value>,
}

impl<'s> Scope<'s> {
    /// The value of a bound name.
    pub(super) fn get(&self, name: &str) -> Option<&'s Value> {
        let mut next = self.bound;
        while let Some(binding) = next {
            if binding.name == name {
                return Some(&binding.value);
            }
            next = binding.next;
        }
        None
    }

    /// The same place with one more name.
    pub(super) fn with<'t>(self, binding: &'t Binding<'t>) -> Scope<'t>
    where
        's: 't,
    {
        Scope { module: self.module, instance: self.instance, bound: Some(binding) }
    }
}
