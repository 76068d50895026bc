//! Base64, as the data of a Secret is written.

use super::{Function, text};
use crate::model::Value;
use crate::rule::cel::fault::{Eval, Fault, Meter};

pub(super) static TABLE: &[Function] =
    &[Function::global("base64.encode", 1, 1, encode), Function::global("base64.decode", 1, 1, decode)];

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn encode<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::Bytes(bytes)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(2 * bytes.len())?;
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    Ok(text(out))
}

fn decode<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    match bytes(string) {
        Some(bytes) => Ok(Value::Bytes(bytes.into())),
        None => Fault::error("this text is not base64"),
    }
}

/// The bytes that `text` encodes, padded or not.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 || digits.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in digits.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}
