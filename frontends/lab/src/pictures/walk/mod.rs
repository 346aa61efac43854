//! A walk through the space of noise, and what the generator makes of it: a path through the plane of samples, and
//! how fast it goes there.
//!
//! The walk goes evenly; the generator does not. Where it stretches the noise, few samples come to lie, and where it
//! jumps from one mode to another the same small step of noise crosses half of the plane. So a walk shows what a cloud
//! of samples hides: how the modes hang together.
//!
//! A walk is a function of a snapshot ([`Walked::of`]), which has the generator's parameters: nothing is asked of the
//! run, and in a browser nothing crosses to the worker. [`NoisePoint`] is where one begins and ends, `circle` the
//! way about the middle, [`Walked`] what becomes of it.

mod circle;
mod point;
mod walked;

pub use point::NoisePoint;
pub use walked::{Evenness, Leap, Walked};

/// Stations of a walk, at equal steps: as many as the manifold of one-dimensional noise has vertices, and in the same
/// places where the walk is along its only dimension.
pub const STATIONS: usize = crate::run::snapshot::CURVE_VERTICES;

/// A way through the space of noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Walk {
    /// One component goes from 0 to 1, all that noise can be; the others rest where a point has them.
    Dimension {
        /// The component, from 0; of noise with fewer, the last.
        dimension: usize,
        /// The point whose components the others keep.
        others: NoisePoint,
    },
    /// The straight line between two points. In many dimensions its middle is nearer to the middle of the noise than
    /// nearly all noise is; of noise on a sphere it is a chord, where the generator has never been.
    Straight {
        /// The beginning.
        from: NoisePoint,
        /// The end.
        to: NoisePoint,
    },
    /// The great circle about the middle of the noise, 0.5 in each component: directions by
    /// spherical interpolation (Shoemake 1985), as far from the middle as lies evenly between the
    /// ends. White 2016 (*Sampling generative networks*) argues for it because normal noise of many
    /// dimensions lies near a sphere, and its straight lines do not. The same holds of the cube,
    /// less so: there the circle may leave it on the way, which is said ([`Walked::is_drawn`]) and
    /// not mended, as a circle cut off would no longer be one. Noise of one dimension has no
    /// circle, and there is none from or to the very middle; the walk is straight then. Between
    /// opposite points all circles are as great: it is the one by way of the first component in
    /// which they hardly differ from the middle.
    GreatCircle {
        /// The beginning.
        from: NoisePoint,
        /// The end.
        to: NoisePoint,
    },
}

impl Walk {
    /// The noise at each station, in so many dimensions, `[station][component]`, as the plane shows
    /// noise: 0–1. The first and the last are exactly the ends.
    #[must_use]
    pub fn stations(&self, dimensions: usize) -> Vec<f32> {
        let share = |station: usize| station as f64 / (STATIONS - 1) as f64;
        let mut noise = Vec::with_capacity(STATIONS * dimensions);
        match self {
            Self::Dimension { dimension, others } => {
                let dimension = (*dimension).min(dimensions - 1);
                for station in 0..STATIONS {
                    noise.extend_from_slice(others.components(dimensions));
                    noise[station * dimensions + dimension] = share(station) as f32;
                }
            }
            Self::Straight { from, to } | Self::GreatCircle { from, to } => {
                let ends = [from, to].map(|end| end.components(dimensions));
                let circle = match self {
                    Self::GreatCircle { .. } => circle::Circle::between(ends),
                    _ => None,
                };
                noise.extend_from_slice(ends[0]);
                for station in 1..STATIONS - 1 {
                    let share = share(station);
                    match &circle {
                        Some(circle) => circle.extend(share, &mut noise),
                        None => noise.extend(ends[0].iter().zip(ends[1]).map(|(from, to)| {
                            let [from, to] = [*from, *to].map(f64::from);
                            (from + share * (to - from)) as f32
                        })),
                    }
                }
                noise.extend_from_slice(ends[1]);
            }
        }
        noise
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(components: &[f32]) -> NoisePoint {
        NoisePoint::of(components)
    }

    #[test]
    fn along_a_dimension_one_component_goes_over_its_whole_range_and_the_others_rest() {
        let others = point(&[0.2, 0.3, 0.9]);
        let noise = Walk::Dimension { dimension: 1, others }.stations(3);
        assert_eq!(noise.len(), 3 * STATIONS);
        for (station, at) in noise.chunks_exact(3).enumerate() {
            assert_eq!(at, [0.2, station as f32 / (STATIONS - 1) as f32, 0.9]);
        }
        // A dimension that this noise has not got is its last.
        let beyond = Walk::Dimension { dimension: 7, others }.stations(2);
        assert_eq!(beyond[2 * STATIONS - 2..], [0.2, 1.0]);
    }

    #[test]
    fn a_straight_walk_goes_evenly_from_end_to_end() {
        let ends = [point(&[0.1, 0.7, 0.35]), point(&[0.8, 0.2, 0.4])];
        let noise = Walk::Straight {
            from: ends[0],
            to: ends[1],
        }
        .stations(3);
        let at = |station: usize| &noise[3 * station..][..3];
        assert_eq!(at(0), ends[0].components(3));
        assert_eq!(at(STATIONS - 1), ends[1].components(3));
        for station in 0..STATIONS {
            let share = station as f32 / 200.0;
            for (component, (from, to)) in ends[0]
                .components(3)
                .iter()
                .zip(ends[1].components(3))
                .enumerate()
            {
                assert!((at(station)[component] - (from + share * (to - from))).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn walks_have_exact_ends_and_no_nan_whatever_the_ends_are() {
        let strange = [
            [0.5; 16],
            [0.0; 16],
            [1.0; 16],
            std::array::from_fn(|index| if index == 3 { 1.0 } else { 0.5 }),
            std::array::from_fn(|index| if index == 3 { 0.0 } else { 0.5 }),
            std::array::from_fn(|index| 0.5 + if index == 0 { 1e-7 } else { 0.0 }),
            std::array::from_fn(|index| index as f32 / 15.0),
        ];
        for from in strange.map(|end| point(&end)) {
            for to in strange.map(|end| point(&end)) {
                for dimensions in 1..=16 {
                    for walk in [Walk::Straight { from, to }, Walk::GreatCircle { from, to }] {
                        let noise = walk.stations(dimensions);
                        assert_eq!(noise.len(), STATIONS * dimensions);
                        assert!(noise.iter().all(|component| component.is_finite()), "{walk:?}");
                        assert_eq!(noise[..dimensions], *from.components(dimensions));
                        assert_eq!(noise[noise.len() - dimensions..], *to.components(dimensions));
                    }
                }
            }
        }
    }
}
