//! How G's samples move as a whole: whether they go somewhere, stand still or go round.
//!
//! The mean and the standard deviations along x and y are kept of each moment. Two moments are as
//! far apart as normal distributions with these are: `√(Σ (Δmean² + Δdeviation²))`, the Fréchet
//! distance (Dowson and Landau 1982). The gauge uses it for batches, the diagnosis for glances.

use serde::{Deserialize, Serialize};

/// A move of G's samples as a whole that counts as a swing, in widths of the unit square.
pub const SWING: f64 = 0.15;

/// Place of samples as a whole: means of x and y, then standard deviations, in widths of the unit
/// square.
pub type Place = [f64; 4];

/// How G's samples moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moves {
    /// How often they moved by [`SWING`] or more from where they were after the last such move.
    pub swings: u32,
    /// How many of these were late.
    pub late: u32,
    /// The sum of those moves over the greatest distance between any two of their ends: 1 is a way without return,
    /// 2 there and back.
    pub turns: f64,
}

impl Moves {
    /// Moves between places in order, those from number `late` on being late; `None` without
    /// places.
    #[must_use]
    pub fn of(places: &[Place], late: usize) -> Option<Self> {
        let mut ends = vec![(0, *places.first()?)];
        let mut way = 0.0;
        for (number, place) in places.iter().enumerate() {
            let moved = distance(&ends.last()?.1, place);
            if moved >= SWING {
                way += moved;
                ends.push((number, *place));
            }
        }
        let pairs = ends
            .iter()
            .flat_map(|one| ends.iter().map(|other| distance(&one.1, &other.1)));
        let widest = pairs.fold(0.0, f64::max);
        Some(Self {
            swings: ends.len() as u32 - 1,
            late: ends[1..].iter().filter(|(number, _)| *number >= late).count() as u32,
            turns: if widest > 0.0 { way / widest } else { 0.0 },
        })
    }
}

fn distance(one: &Place, other: &Place) -> f64 {
    let squares = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other) * (one - other));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64) -> Place {
        [x, 0.5, 0.1, 0.1]
    }

    #[test]
    fn there_and_back_is_two_swings_and_two_turns_as_far_as_it_got() {
        let places = [0.2, 0.25, 0.4, 0.3, 0.2].map(at);
        let moves = Moves::of(&places, 4).unwrap();
        assert_eq!((moves.swings, moves.late), (2, 1));
        assert!((moves.turns - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_way_without_return_is_one_turn_and_small_steps_are_none() {
        let places: Vec<Place> = (0..20).map(|step| at(0.05 * f64::from(step))).collect();
        let moves = Moves::of(&places, 10).unwrap();
        assert!((moves.turns - 1.0).abs() < 1e-12 && moves.swings > 3);
        let still = Moves::of(&[0.5, 0.6, 0.5].map(at), 0).unwrap();
        assert_eq!((still.swings, still.late, still.turns), (0, 0, 0.0));
        assert_eq!(Moves::of(&[], 0), None);
    }

    #[test]
    fn samples_that_widen_and_narrow_swing_too() {
        let places: Vec<Place> = (0..8)
            .map(|step| [0.5, 0.5, if step % 2 == 0 { 0.05 } else { 0.25 }, 0.1])
            .collect();
        assert_eq!(
            Moves::of(&places, 4).map(|found| (found.swings, found.late)),
            Some((7, 4))
        );
    }
}
