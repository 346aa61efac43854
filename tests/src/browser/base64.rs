//! Bytes as Chromium writes them into JSON.

/// The bytes that letters stand for (RFC 4648, section 4).
///
/// # Panics
/// If they stand for none.
pub(super) fn decode(letters: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    for four in letters.as_bytes().chunks(4) {
        let known = four.iter().filter(|letter| **letter != b'=').count();
        let bits = four
            .iter()
            .fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..known]);
    }
    bytes
}

fn value(letter: u8) -> u8 {
    match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        b'=' => 0,
        _ => panic!("no letter of base 64: {letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn letters_stand_for_bytes() {
        for (letters, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
        ] {
            assert_eq!(decode(letters), bytes.as_bytes());
        }
        assert_eq!(decode("+/8="), [0xfb, 0xff]);
    }
}
