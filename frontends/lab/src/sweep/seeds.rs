//! Lists of seeds, as people write them: `1..64`, or `7,13,20..29`.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::MOST_RUNS;

/// Seeds in the order in which they were named, each once, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeds(Vec<u64>);

impl Seeds {
    /// A single one.
    #[must_use]
    pub fn one(seed: u64) -> Self {
        Self(vec![seed])
    }

    /// These, each of them once; `None` if there are none.
    pub(super) fn listed(seeds: Vec<u64>) -> Option<Self> {
        (!seeds.is_empty()).then_some(Self(seeds))
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[u64] {
        &self.0
    }
}

/// A text is no list of seeds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedsError {
    /// Part of it is neither a number nor a range from a smaller to a larger one.
    #[error("'{0}' is no seed; write numbers and ranges, as in 1..64 or 7,13,20..29")]
    NotSeeds(String),
    /// A seed is named twice.
    #[error("seed {0} is named twice; name it once")]
    Twice(u64),
    /// More seeds than a sweep may have runs.
    #[error("more than {MOST_RUNS} seeds; name fewer")]
    TooMany,
}

impl FromStr for Seeds {
    type Err = SeedsError;

    /// Numbers and ranges, both ends included, with commas between them.
    fn from_str(text: &str) -> Result<Self, SeedsError> {
        let (mut seeds, mut seen) = (Vec::new(), BTreeSet::new());
        for part in text.split(',') {
            let no_seed = || SeedsError::NotSeeds(part.trim().to_owned());
            let number = |text: &str| text.trim().parse::<u64>().map_err(|_| no_seed());
            let (first, last) = match part.split_once("..") {
                Some((first, last)) => (number(first)?, number(last)?),
                None => (number(part)?, number(part)?),
            };
            if first > last {
                return Err(no_seed());
            }
            if last - first >= (MOST_RUNS - seeds.len()) as u64 {
                return Err(SeedsError::TooMany);
            }
            for seed in first..=last {
                if !seen.insert(seed) {
                    return Err(SeedsError::Twice(seed));
                }
                seeds.push(seed);
            }
        }
        Ok(Self(seeds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_in_the_order_named() {
        let seeds = |text: &str| text.parse::<Seeds>().map(|seeds| seeds.0);
        assert_eq!(seeds("1..4"), Ok(vec![1, 2, 3, 4]));
        assert_eq!(seeds("7, 13 ,20..21,3"), Ok(vec![7, 13, 20, 21, 3]));
        assert_eq!(seeds("18446744073709551615"), Ok(vec![u64::MAX]));
        assert_eq!(seeds("5..5"), Ok(vec![5]));
        for text in ["", "1..", "..4", "4..1", "1,", "-1", "1...4", "x"] {
            assert!(matches!(seeds(text), Err(SeedsError::NotSeeds(_))), "{text}");
        }
        assert_eq!(seeds("1..4,3"), Err(SeedsError::Twice(3)));
        assert_eq!(seeds("0..18446744073709551615"), Err(SeedsError::TooMany));
        assert_eq!(seeds("1..1000000").map(|seeds| seeds.len()), Ok(MOST_RUNS));
        assert_eq!(seeds("0..1000000"), Err(SeedsError::TooMany));
        assert_eq!(seeds("0,1..1000000"), Err(SeedsError::TooMany));
    }
}
