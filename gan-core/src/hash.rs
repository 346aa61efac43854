//! FNV-1a, 64 bits: names a state in 16 hex digits (`CONTRACT.md`, section 7).

use core::fmt;
use core::str::FromStr;

/// The name of a state: equal states, equal hashes, on every machine. Shown as 16 hex digits.
///
/// ```
/// use gan_core::StateHash;
///
/// assert_eq!(StateHash(255).to_string(), "00000000000000ff");
/// assert_eq!("00000000000000ff".parse(), Ok(StateHash(255)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StateHash(pub u64);

impl fmt::Display for StateHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text is not a state hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHash;

impl fmt::Display for NotAHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hash is 16 hex digits, 0–9 and a–f")
    }
}

impl core::error::Error for NotAHash {}

impl FromStr for StateHash {
    type Err = NotAHash;

    /// From exactly what [`fmt::Display`] writes: 16 lower-case hex digits.
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(digit) {
            return Err(NotAHash);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| NotAHash)
    }
}

/// Fowler, Noll and Vo's hash, 1a, over numbers in little-endian order.
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(crate) fn floats(&mut self, values: &[f32]) {
        for value in values {
            self.bytes(&value.to_bits().to_le_bytes());
        }
    }

    pub(crate) fn finish(self) -> StateHash {
        StateHash(self.0)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::string::ToString;

    #[test]
    fn matches_the_published_test_vector() {
        let mut fnv = Fnv::new();
        fnv.bytes(b"foobar");
        assert_eq!(fnv.finish().to_string(), "85944171f73967e8");
        assert_eq!(StateHash(1).to_string(), "0000000000000001");
    }

    #[test]
    fn a_hash_reads_back_and_nothing_else_does() {
        for hash in [
            StateHash(0),
            StateHash(0x0123_4567_89ab_cdef),
            StateHash(u64::MAX),
        ] {
            assert_eq!(hash.to_string().parse(), Ok(hash));
        }
        for bad in [
            "",
            "0",
            "0123456789ABCDEF",
            "+123456789abcdef",
            "0123456789abcdef0",
            "0123456789abcde\u{e9}",
        ] {
            assert_eq!(bad.parse::<StateHash>(), Err(NotAHash), "{bad}");
        }
    }
}
