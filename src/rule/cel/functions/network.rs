//! The Kubernetes library of IP addresses and networks.

use std::net::{IpAddr, Ipv4Addr};

use super::{Function, special};
use crate::model::{Special, Value};
use crate::rule::cel::fault::{Eval, Fault, Meter};

pub(super) static TABLE: &[Function] = &[
    Function::global("ip", 1, 1, |_, args| parse(args, "an IP address", parse_ip, Special::Ip)),
    Function::global("isIP", 1, 1, |_, args| string(args).map(|text| Value::Bool(parse_ip(text).is_some()))),
    Function::global("ip.isCanonical", 1, 1, is_canonical),
    Function::global("cidr", 1, 1, |_, args| {
        parse(args, "a network", parse_cidr, |(ip, bits)| Special::Cidr(ip, bits))
    }),
    Function::global("isCIDR", 1, 1, |_, args| {
        string(args).map(|text| Value::Bool(parse_cidr(text).is_some()))
    }),
    Function::member("family", 1, 1, |_, args| {
        Ok(Value::Int(if ip(args.first())?.is_ipv4() { 4 } else { 6 }))
    }),
    Function::member("isUnspecified", 1, 1, |_, args| test(args, IpAddr::is_unspecified)),
    Function::member("isLoopback", 1, 1, |_, args| test(args, IpAddr::is_loopback)),
    Function::member("isLinkLocalMulticast", 1, 1, |_, args| test(args, is_link_local_multicast)),
    Function::member("isLinkLocalUnicast", 1, 1, |_, args| test(args, is_link_local)),
    Function::member("isGlobalUnicast", 1, 1, |_, args| test(args, is_global)),
    Function::member("containsIP", 2, 2, contains_ip),
    Function::member("containsCIDR", 2, 2, contains_cidr),
    Function::member("ip", 1, 1, |_, args| Ok(special(Special::Ip(cidr(args.first())?.0)))),
    Function::member("masked", 1, 1, masked_network),
    Function::member("prefixLength", 1, 1, |_, args| Ok(Value::Int(i64::from(cidr(args.first())?.1)))),
];

fn string<'v>(args: &'v [Value<'_>]) -> Result<&'v str, Fault> {
    match args {
        [Value::String(text)] => Ok(text),
        _ => Err(Fault::Mismatch),
    }
}

fn parse<'a, T>(
    args: &[Value<'a>],
    what: &str,
    read: fn(&str) -> Option<T>,
    make: fn(T) -> Special<'static>,
) -> Eval<'a> {
    let text = string(args)?;
    match read(text) {
        Some(value) => Ok(special(make(value))),
        None => Fault::error(format!("`{text}` is not {what}")),
    }
}

/// An address; IPv4 inside IPv6 is refused, as Kubernetes does.
fn parse_ip(text: &str) -> Option<IpAddr> {
    let ip: IpAddr = text.parse().ok()?;
    match ip {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() => None,
        ip => Some(ip),
    }
}

fn parse_cidr(text: &str) -> Option<(IpAddr, u8)> {
    let (ip, bits) = text.split_once('/')?;
    let ip = parse_ip(ip)?;
    let plain = bits.bytes().all(|byte| byte.is_ascii_digit()) && (bits == "0" || !bits.starts_with('0'));
    let bits: u8 = bits.parse().ok().filter(|_| plain)?;
    (bits <= width(ip)).then_some((ip, bits))
}

fn width(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

fn ip(value: Option<&Value<'_>>) -> Result<IpAddr, Fault> {
    match value {
        Some(Value::Special(given)) => match **given {
            Special::Ip(ip) => Ok(ip),
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

fn cidr(value: Option<&Value<'_>>) -> Result<(IpAddr, u8), Fault> {
    match value {
        Some(Value::Special(given)) => match **given {
            Special::Cidr(ip, bits) => Ok((ip, bits)),
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

fn is_canonical<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let text = string(args)?;
    match parse_ip(text) {
        Some(ip) => Ok(Value::Bool(ip.to_string() == text)),
        None => Fault::error(format!("`{text}` is not an IP address")),
    }
}

fn test<'a>(args: &[Value<'a>], holds: fn(&IpAddr) -> bool) -> Eval<'a> {
    Ok(Value::Bool(holds(&ip(args.first())?)))
}

fn is_link_local(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.segments()[0] & 0xffc0 == 0xfe80,
    }
}

fn is_link_local_multicast(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.octets()[..3] == [224, 0, 0],
        IpAddr::V6(v6) => v6.segments()[0] & 0xff0f == 0xff02,
    }
}

fn is_global(ip: &IpAddr) -> bool {
    let broadcast = *ip == IpAddr::V4(Ipv4Addr::BROADCAST);
    !(broadcast || ip.is_unspecified() || ip.is_loopback() || ip.is_multicast() || is_link_local(ip))
}

/// The address with all bits beyond the prefix cleared.
fn masked(ip: IpAddr, bits: u8) -> IpAddr {
    let keep = u32::from(bits);
    match ip {
        IpAddr::V4(v4) => {
            IpAddr::V4((v4.to_bits() & u32::MAX.checked_shl(32 - keep.min(32)).unwrap_or_default()).into())
        }
        IpAddr::V6(v6) => {
            IpAddr::V6((v6.to_bits() & u128::MAX.checked_shl(128 - keep.min(128)).unwrap_or_default()).into())
        }
    }
}

fn masked_network<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (ip, bits) = cidr(args.first())?;
    Ok(special(Special::Cidr(masked(ip, bits), bits)))
}

fn within(network: (IpAddr, u8), ip: IpAddr) -> bool {
    network.0.is_ipv4() == ip.is_ipv4() && masked(ip, network.1) == masked(network.0, network.1)
}

fn contains_ip<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let network = cidr(args.first())?;
    let inner = match args.get(1) {
        Some(Value::String(text)) => match parse_ip(text) {
            Some(ip) => ip,
            None => return Fault::error(format!("`{text}` is not an IP address")),
        },
        value => ip(value)?,
    };
    Ok(Value::Bool(within(network, inner)))
}

fn contains_cidr<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let network = cidr(args.first())?;
    let inner = match args.get(1) {
        Some(Value::String(text)) => match parse_cidr(text) {
            Some(inner) => inner,
            None => return Fault::error(format!("`{text}` is not a network")),
        },
        value => cidr(value)?,
    };
    Ok(Value::Bool(within(network, inner.0) && network.1 <= inner.1))
}
