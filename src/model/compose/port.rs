//! Ports that a service publishes.

use crate::model::{Field, Record, Setting, Value};
use crate::text::Span;

/// A port of a service, published or only made known.
#[derive(Clone, Debug)]
pub struct Port {
    /// As written.
    pub text: Setting<String>,
    /// The address of the host that it is bound to.
    pub host_ip: Setting<String>,
    /// On the host; unset where Docker picks one.
    pub published: Setting<Ports>,
    /// In the container.
    pub target: Setting<Ports>,
    /// `tcp` or `udp`
    pub protocol: Setting<String>,
    /// Whether it is written as a plain number or without quotes.
    pub plain: bool,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

/// A port, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The first.
    pub from: i64,
    /// The last.
    pub to: i64,
}

/// There is no port above.
const LAST: i64 = 65_535;

impl Port {
    /// The first port, of the host or of the container, that is as asked; 0 if there is none.
    fn first(&self, wanted: fn(i64) -> bool) -> Field<'_> {
        let both = [&self.published, &self.target];
        for ports in both {
            if let Setting::Set(ports, span) = ports
                && let Some(port) = [ports.from, ports.to].into_iter().find(|port| wanted(*port))
            {
                return Field::Set(Value::Int(port), *span);
            }
        }
        let unknown = both.into_iter().find(|ports| ports.is_unknown()).and_then(Setting::span);
        unknown.map_or(Field::Unset(Value::Int(0), self.anchor), Field::Unknown)
    }
}

impl Record for Port {
    fn field(&self, name: &str) -> Field<'_> {
        let near = self.anchor;
        let number = |ports: &'_ Setting<Ports>, number: fn(&Ports) -> i64| match ports {
            Setting::Set(ports, span) => Field::Set(Value::Int(number(ports)), *span),
            Setting::Unknown(span) => Field::Unknown(*span),
            Setting::Unset => Field::Unset(Value::Int(0), near),
        };
        match name {
            "text" => Field::string(&self.text, near),
            "hostIp" => Field::string(&self.host_ip, near),
            "published" => number(&self.published, |ports| ports.from),
            "publishedTo" => number(&self.published, |ports| ports.to),
            "target" => number(&self.target, |ports| ports.from),
            "targetTo" => number(&self.target, |ports| ports.to),
            "protocol" => Field::string(&self.protocol, near),
            "low" => self.first(|port| port < 1024 && port > 0),
            "impossible" => self.first(|port| port > LAST),
            "plain" => Field::Set(Value::Bool(self.plain), near),
            _ => Field::Missing(near),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
