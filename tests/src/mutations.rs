//! Files damaged on purpose: what disks, editors and mischief do to those of a corpus. The same seed damages
//! them in the same way on every machine.

/// Values that replace numbers.
const EXTREMES: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1",
    "255",
    "1024",
    "1025",
    "65536",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e39",
    "1e-46",
    "3.5e38",
    "1e999",
    "nan",
    "-inf",
    "0x7fffffff",
    "",
    "1_0",
];

/// Damages the files of a corpus, one after another.
pub struct Mutations<'a> {
    corpus: &'a [Vec<u8>],
    state: u64,
}

impl<'a> Mutations<'a> {
    /// Mutations of a corpus that is not empty.
    #[must_use]
    pub const fn new(corpus: &'a [Vec<u8>], seed: u64) -> Self {
        Self { corpus, state: seed }
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    const fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below a count; 0 where that is 0.
    const fn below(&mut self, count: usize) -> usize {
        match count {
            0 => 0,
            count => (self.random() % count as u64) as usize,
        }
    }

    fn pick(&mut self) -> &'a [u8] {
        &self.corpus[self.below(self.corpus.len())]
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        let length = 1 + self.below(40);
        let end = (at + length).min(bytes.len());
        match self.below(11) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 if !bytes.is_empty() => bytes[at] = self.random() as u8,
            2 => bytes.insert(at, self.random() as u8),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.truncate(at),
            5 => {
                // The head of one file, the tail of another.
                let other = self.pick();
                bytes.truncate(at);
                bytes.extend_from_slice(&other[self.below(other.len())..]);
            }
            6 => {
                let line = line_around(bytes, at);
                let copy = bytes[line.clone()].to_vec();
                bytes.splice(line.start..line.start, copy);
            }
            7 => drop(bytes.drain(line_around(bytes, at))),
            8 => {
                // A line of another file.
                let other = self.pick();
                let line = line_around(other, self.below(other.len()));
                let place = line_around(bytes, at).start;
                bytes.splice(place..place, other[line].iter().copied());
            }
            9 => {
                let extreme = EXTREMES[self.below(EXTREMES.len())];
                if let Some(number) = number_from(bytes, at) {
                    bytes.splice(number, extreme.bytes());
                }
            }
            _ => {
                // A length or a number of eight or four bytes, as binary formats have.
                let word = [0, 1, u64::MAX, 1 << 31, 1 << 40, 0x7fc0_0000, 0xff80_0000][self.below(7)];
                let width = [4, 8][self.below(2)];
                let at = [0, at & !3][self.below(2)];
                let end = (at + width).min(bytes.len());
                bytes.splice(at..end, word.to_le_bytes()[..width].iter().copied());
            }
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.pick().to_vec();
        for _ in 0..=self.below(4) {
            self.damage(&mut bytes);
        }
        Some(bytes)
    }
}

/// The line that a byte is in, with its line break.
fn line_around(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let at = at.min(bytes.len());
    let start = bytes[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |before| before + 1);
    let end = bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |after| at + after + 1);
    start..end
}

/// The first number from a place on.
fn number_from(bytes: &[u8], at: usize) -> Option<std::ops::Range<usize>> {
    let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
    let part = |byte: &u8| !(byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'-'));
    let end = bytes[start..]
        .iter()
        .position(part)
        .map_or(bytes.len(), |length| start + length);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_damages_in_the_same_way_and_every_file_differs() {
        let corpus = [b"a = 1\nb = 22.5\n".to_vec(), b"c = 'x'\n".to_vec(), Vec::new()];
        let some = |seed| Mutations::new(&corpus, seed).take(1000).collect::<Vec<_>>();
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
        let mut different = some(1);
        different.sort_unstable();
        different.dedup();
        assert!(different.len() > 500, "{}", different.len());
    }

    #[test]
    fn lines_and_numbers_are_found() {
        let text = b"a = 1\nb = -22.5e3;\n";
        assert_eq!(line_around(text, 0), 0..6);
        assert_eq!(line_around(text, 8), 6..19);
        assert_eq!(line_around(text, 99), 19..19);
        assert_eq!(number_from(text, 5), Some(11..17));
        assert_eq!(number_from(text, 17), None);
        assert_eq!(number_from(b"", 0), None);
    }
}
