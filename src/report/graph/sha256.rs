//! SHA-256 in base64, by which a page's policy names the only style and script that it allows. FIPS 180-4.
//!
//! A crate for it would bring six more; this runs over two texts of our own.

/// The first 32 bits of the fractional parts of the square roots of the first eight primes.
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The hash of a text, in base64.
pub(super) fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = hash(text.as_bytes()).iter().flat_map(|word| word.to_be_bytes()).collect();
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..=three.len() {
            out.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize % 64]));
        }
    }
    out + &"=".repeat((3 - bytes.len() % 3) % 3)
}

fn hash(text: &[u8]) -> [u32; 8] {
    let constants = constants();
    let mut padded = text.to_vec();
    padded.push(0x80);
    padded.resize(padded.len() + (64 + 56 - padded.len() % 64) % 64, 0);
    padded.extend((text.len() as u64 * 8).to_be_bytes());
    let mut state = START;
    for block in padded.chunks(64) {
        let mut words: Vec<u32> = block
            .chunks(4)
            .map(|word| word.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)))
            .collect();
        for at in 16..64 {
            let (near, far) = (words[at - 15], words[at - 2]);
            let near = near.rotate_right(7) ^ near.rotate_right(18) ^ (near >> 3);
            let far = far.rotate_right(17) ^ far.rotate_right(19) ^ (far >> 10);
            words.push(words[at - 16].wrapping_add(near).wrapping_add(words[at - 7]).wrapping_add(far));
        }
        let mut round = state;
        for (word, constant) in words.iter().zip(constants) {
            round = step(round, word.wrapping_add(constant));
        }
        state.iter_mut().zip(round).for_each(|(state, round)| *state = state.wrapping_add(round));
    }
    state
}

#[expect(clippy::many_single_char_names, reason = "they are those of the standard")]
fn step([a, b, c, d, e, f, g, h]: [u32; 8], word: u32) -> [u32; 8] {
    let high = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
    let first = h.wrapping_add(high).wrapping_add((e & f) ^ (!e & g)).wrapping_add(word);
    let low = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
    let second = low.wrapping_add((a & b) ^ (a & c) ^ (b & c));
    [first.wrapping_add(second), a, b, c, d.wrapping_add(first), e, f, g]
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, by whole numbers alone.
fn constants() -> [u32; 64] {
    let mut found = [0; 64];
    let primes = (2_u128..)
        .filter(|number| (2..*number).take_while(|by| by * by <= *number).all(|by| number % by != 0));
    for (constant, prime) in found.iter_mut().zip(primes) {
        // The greatest number whose cube is not above the prime times 2 to the 96th: the root, times 2 to the 32nd.
        let (mut low, mut high) = (0_u128, 1 << 36);
        while low + 1 < high {
            let middle = u128::midpoint(low, high);
            if middle * middle * middle <= prime << 96 { low = middle } else { high = middle }
        }
        *constant = low as u32;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(hash(b"abc")[..2], [0xba78_16bf, 0x8f01_cfea]);
        assert_eq!(base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(base64(&"a".repeat(1_000)), "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM=");
    }
}
