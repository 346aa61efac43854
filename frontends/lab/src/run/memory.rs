//! Memory for a run on the heap, beginning where a cache line does.

/// Zeroed words whose first lies at a multiple of 64 bytes.
///
/// Vectors are up to 64 bytes long; one that straddles two cache lines costs twice.
#[derive(Debug, Default)]
pub struct AlignedWords {
    words: Vec<f32>,
    /// Words before the boundary. The heap does not move, so it stays true.
    offset: usize,
}

const ALIGNMENT: usize = 64;

impl AlignedWords {
    /// So many words, all 0.
    #[must_use]
    pub fn zeroed(count: usize) -> Self {
        let words = vec![0.0; count + ALIGNMENT / size_of::<f32>()];
        // A platform that cannot tell only loses speed.
        let offset = words.as_ptr().align_offset(ALIGNMENT).min(words.len() - count);
        Self { words, offset }
    }
}

impl AsRef<[f32]> for AlignedWords {
    fn as_ref(&self) -> &[f32] {
        &self.words[self.offset..]
    }
}

impl AsMut<[f32]> for AlignedWords {
    fn as_mut(&mut self) -> &mut [f32] {
        &mut self.words[self.offset..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_begins_a_cache_line() {
        for count in [0, 1, 100, 12_345] {
            let mut memory = AlignedWords::zeroed(count);
            assert_eq!(memory.as_ref().as_ptr() as usize % ALIGNMENT, 0);
            assert!(memory.as_mut().len() >= count);
            let moved = Box::new(memory);
            assert_eq!(moved.as_ref().as_ref().as_ptr() as usize % ALIGNMENT, 0);
        }
    }
}
