//! Ports: what containers declare, what Services lead to, how either is named.

use super::Setting;
use crate::text::Span;

/// The items of a list, and whether a template may add others.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// What is written, in order.
    pub items: Vec<T>,
    /// Whether more may be there than is written.
    pub open: bool,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Listed { items: Vec::new(), open: false }
    }
}

/// A port, by number or by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortRef {
    /// `8080`
    Number(i64),
    /// `http`, which is for the pods to declare.
    Name(String),
}

/// The protocol that is meant where none is written.
const TCP: &str = "TCP";

/// The protocol, if it is known.
fn protocol(written: &Setting<String>) -> Option<&str> {
    match written {
        Setting::Unset => Some(TCP),
        Setting::Unknown(_) => None,
        Setting::Set(protocol, _) => Some(protocol),
    }
}

/// A port that a container declares.
#[derive(Clone, Debug)]
pub struct ContainerPort {
    /// `name`
    pub name: Setting<String>,
    /// `containerPort`
    pub number: Setting<i64>,
    /// `protocol`
    pub protocol: Setting<String>,
}

impl ContainerPort {
    /// The protocol, if it is known.
    pub fn protocol(&self) -> Option<&str> {
        protocol(&self.protocol)
    }

    /// Whether `wanted` means this port, by name or number.
    pub fn is(&self, wanted: &PortRef) -> Option<bool> {
        match wanted {
            PortRef::Number(number) => match &self.number {
                Setting::Unset => Some(false),
                written => written.get().map(|written| written == number),
            },
            PortRef::Name(name) => match &self.name {
                Setting::Unset => Some(false),
                written => written.get().map(|written| written == name),
            },
        }
    }
}

/// A port of a Service.
#[derive(Clone, Debug)]
pub struct ServicePort {
    /// `name`
    pub name: Setting<String>,
    /// `port`
    pub port: Setting<i64>,
    /// `targetPort`; where it is not written, it is `port`.
    pub target: Setting<PortRef>,
    /// `protocol`
    pub protocol: Setting<String>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

impl ServicePort {
    /// The protocol, if it is known.
    pub fn protocol(&self) -> Option<&str> {
        protocol(&self.protocol)
    }

    /// The pods' port that it leads to, if it is known, and where that is written.
    pub fn leads_to(&self) -> Option<(PortRef, Span)> {
        match (&self.target, &self.port) {
            (Setting::Set(target, span), _) => Some((target.clone(), *span)),
            (Setting::Unset, Setting::Set(port, span)) => Some((PortRef::Number(*port), *span)),
            _ => None,
        }
    }
}

/// A port that a network policy opens.
#[derive(Clone, Debug)]
pub struct PolicyPort {
    /// `port`; every port where it is not written.
    pub port: Setting<PortRef>,
    /// Whether it is the first of a range.
    pub range: bool,
    /// `protocol`
    pub protocol: Setting<String>,
}

impl PolicyPort {
    /// The protocol, if it is known.
    pub fn protocol(&self) -> Option<&str> {
        protocol(&self.protocol)
    }
}
