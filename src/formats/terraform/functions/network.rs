//! Networks: parts of ranges of addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::given;
use crate::formats::terraform::value::Value;

/// A range: its first address as a number, how many bits it fixes, how many there are.
#[derive(Clone, Copy)]
struct Range {
    first: u128,
    fixed: u32,
    bits: u32,
}

/// A function on ranges of addresses.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let range = || arguments.first().and_then(Value::as_text).and_then(|text| Range::parse(&text));
    Some(match (name, arguments) {
        ("cidrsubnet", [_, bits, number]) => {
            given(subnet(range(), bits, number).map(|range| Value::text(range.text())))
        }
        ("cidrhost", [_, number]) => given(range().and_then(|range| range.host(number)).map(Value::text)),
        ("cidrnetmask", [_]) => given(
            range()
                .filter(|range| range.bits == 32)
                .map(|range| Value::text(Ipv4Addr::from(range.mask() as u32).to_string())),
        ),
        ("cidrsubnets", [_, bits @ ..]) => given(range().and_then(|range| subnets(range, bits))),
        _ => return None,
    })
}

fn subnet(range: Option<Range>, bits: &Value, number: &Value) -> Option<Range> {
    range?.part(count(bits)?, number.as_count()? as u128)
}

fn count(bits: &Value) -> Option<u32> {
    bits.as_count().and_then(|bits| u32::try_from(bits).ok())
}

/// One range behind the other, each where its size allows.
fn subnets(range: Range, bits: &[Value]) -> Option<Value> {
    let mut next = range.first;
    let mut out = Vec::new();
    for bits in bits {
        let fixed = range.fixed.checked_add(count(bits)?).filter(|fixed| *fixed <= range.bits)?;
        let size = 1u128.checked_shl(range.bits - fixed)?;
        let first = next.checked_add(size - 1)? / size * size;
        let part = Range { first, fixed, bits: range.bits };
        if first & range.mask() != range.first {
            return None;
        }
        next = first.checked_add(size)?;
        out.push(Value::text(part.text()));
    }
    Some(Value::list(out))
}

impl Range {
    fn parse(text: &str) -> Option<Range> {
        let (address, fixed) = text.split_once('/')?;
        let (first, bits) = match address.parse().ok()? {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        let fixed = fixed.parse().ok().filter(|fixed| *fixed <= bits)?;
        let range = Range { first, fixed, bits };
        Some(Range { first: first & range.mask(), ..range })
    }

    fn all(self) -> u128 {
        u128::MAX >> (128 - self.bits)
    }

    fn mask(self) -> u128 {
        let free = self.bits - self.fixed;
        self.all() & u128::MAX.checked_shl(free).unwrap_or(0)
    }

    fn part(self, bits: u32, number: u128) -> Option<Range> {
        let fixed = self.fixed.checked_add(bits).filter(|fixed| *fixed <= self.bits)?;
        let fits = bits >= 128 || number >> bits == 0;
        let first = self.first | number.checked_shl(self.bits - fixed).unwrap_or(0);
        fits.then_some(Range { first, fixed, ..self })
    }

    /// The address at a place, from the end if that is below zero.
    fn host(self, number: &Value) -> Option<String> {
        let free = !self.mask() & self.all();
        let number = number.as_number()?;
        let at = Value::number(number.abs()).as_count()? as u128;
        let at = if number < 0.0 { free.checked_sub(at - 1)? } else { at };
        (at <= free).then(|| self.address(self.first | at))
    }

    fn address(self, number: u128) -> String {
        if self.bits == 32 {
            Ipv4Addr::from(number as u32).to_string()
        } else {
            Ipv6Addr::from(number).to_string()
        }
    }

    fn text(self) -> String {
        format!("{}/{}", self.address(self.first), self.fixed)
    }
}
