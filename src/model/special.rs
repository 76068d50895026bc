//! Values that have no literal: times, types, optionals, quantities, addresses.

use std::net::IpAddr;

use super::{Quantity, Value};

/// A value that only a conversion or function makes.
#[derive(Clone)]
pub enum Special<'a> {
    /// A length of time, in nanoseconds.
    Duration(i64),
    /// A moment: seconds since 1970, and nanoseconds after that second.
    Timestamp(i64, u32),
    /// The type of a value, by name.
    Type(&'static str),
    /// A value that may be absent.
    Optional(Option<Value<'a>>),
    /// An amount of a resource.
    Quantity(Quantity),
    /// An IP address.
    Ip(IpAddr),
    /// A network: an address and the length of its prefix, in bits.
    Cidr(IpAddr, u8),
}
