//! Who gives a variable its value: the caller of its module, files of values, Terragrunt.

use super::engine::Engine;
use super::scope::{Instance, Scope};
use super::value::{Value, Via};
use crate::syntax::hcl::{Attribute, Expr};

/// An expression that gives a variable its value.
pub(super) struct Given<'a> {
    pub expr: &'a Expr,
    /// The module that it stands in.
    pub module: usize,
    /// The instance of the call.
    pub instance: Instance,
    via: Via,
}

impl<'a> Engine<'a> {
    /// What a variable is given. Files of values outdo Terragrunt, as it speaks by the environment.
    pub(super) fn given(&mut self, module: usize, name: &str) -> Option<Value> {
        if let Some(given) = self.given_by(module, name) {
            let scope = Scope { module: given.module, instance: &given.instance, bound: None };
            return Some(self.eval(scope, given.expr).at(given.expr.inner_span(), given.via));
        }
        if let Some(caller) = &self.modules[module].caller {
            return caller.block.body.open.then(Value::unknown);
        }
        let unit = self.modules[module].unit?;
        self.input(unit, name)
    }

    /// The expression that a caller or a file of values has for a variable of a module.
    pub(super) fn given_by(&self, module: usize, name: &str) -> Option<Given<'a>> {
        let this = &self.modules[module];
        if let Some(caller) = &this.caller {
            let expr = &caller.block.body.attribute(name)?.value;
            let (module, instance) = (caller.module, caller.instance.clone());
            return Some(Given { expr, module, instance, via: Via::Argument });
        }
        let (weak, auto, given) = (&this.folder.values, &this.folder.auto, &self.known.given);
        let mut all = given.iter().rev().chain(auto.iter().rev()).chain(weak.iter().rev());
        let attribute: &'a Attribute = all.find(|attribute| attribute.key.text == name)?;
        Some(Given { expr: &attribute.value, module, instance: Instance::default(), via: Via::Values })
    }
}
