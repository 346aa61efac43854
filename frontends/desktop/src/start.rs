//! What a run starts from, as the command line tells it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use gan_core::{Point, Preset, Target};
use lab::Experiment;
use lab::files::{configuration, points};

use crate::failure::Failure;

/// Configuration, seed and data of a run.
#[derive(Args)]
pub struct Start {
    /// GAN Lab's preset to begin with
    #[arg(long, value_enum, default_value = "ring")]
    preset: PresetName,
    /// Seed of all randomness: the same seed gives the same run
    #[arg(long, default_value_t = 13)]
    seed: u64,
    /// Hyper-parameters that differ from the preset's, as TOML
    #[arg(long, value_name = "F.toml")]
    config: Option<PathBuf>,
    /// Points to learn, two columns; scaled into the unit square if they lie outside
    #[arg(long, value_name = "F.csv")]
    data: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum PresetName {
    Line,
    Gaussians,
    Ring,
    Disjoint,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Line => Self::Line,
            PresetName::Gaussians => Self::Gaussians,
            PresetName::Ring => Self::Ring,
            PresetName::Disjoint => Self::Disjoint,
        }
    }
}

impl Start {
    /// The experiment told.
    pub fn experiment(&self) -> Result<Experiment, Failure> {
        let mut configuration = Preset::from(self.preset).configuration();
        if let Some(path) = &self.config {
            configuration = configuration::load(path, &configuration)?;
        }
        let mut drawing: Arc<[Point]> = Arc::default();
        if let Some(path) = &self.data {
            configuration.target = Target::Drawing;
            drawing = into_unit_square(points::load(path, 2)?.as_chunks().0.to_vec());
        }
        Experiment::new(configuration, self.seed, drawing).map_err(|_| {
            Failure::bad_input("the target 'drawing' has no points: give them with --data F.csv")
        })
    }
}

/// Share of the unit square's side that scaled points leave free on each side.
const MARGIN: f32 = 0.1;

/// Points as they are if all lie in the unit square; else scaled, both axes alike, and centred.
fn into_unit_square(mut points: Vec<Point>) -> Arc<[Point]> {
    let inside = |value: &f32| (0.0..=1.0).contains(value);
    if !points.as_flattened().iter().all(inside) {
        let range = |axis: usize| {
            let values = points.iter().map(|point| point[axis]);
            let least = values.clone().fold(f32::INFINITY, f32::min);
            let most = values.fold(f32::NEG_INFINITY, f32::max);
            // Halved before they meet, so that the largest numbers do not overflow.
            (0.5 * least + 0.5 * most, 0.5 * most - 0.5 * least)
        };
        let (ranges, room) = ([range(0), range(1)], 0.5 - MARGIN);
        let half = ranges[0].1.max(ranges[1].1);
        for point in &mut points {
            for (value, (middle, _)) in point.iter_mut().zip(ranges) {
                let share = if half > 0.0 { (*value - middle) / half } else { 0.0 };
                *value = 0.5 + room * share;
            }
        }
    }
    points.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_outside_are_scaled_alike_and_centred() {
        let scaled = into_unit_square(vec![[-10.0, 0.0], [30.0, 10.0]]);
        let expected = [[0.1, 0.4], [0.9, 0.6]];
        assert_eq!(scaled.len(), expected.len());
        for (own, expected) in scaled.as_flattened().iter().zip(expected.as_flattened()) {
            assert!(f32::abs(own - expected) < 1e-6, "{scaled:?}");
        }
        let inside = into_unit_square(vec![[0.0, 1.0], [0.2, 0.3]]);
        assert_eq!(*inside, [[0.0, 1.0], [0.2, 0.3]]);
        let extreme = into_unit_square(vec![[f32::MAX, 0.0], [f32::MIN, 5.0], [7.0, 7.0]]);
        assert!(
            extreme
                .as_flattened()
                .iter()
                .all(|value| (0.0..=1.0).contains(value)),
            "{extreme:?}"
        );
        assert_eq!(*into_unit_square(vec![[5.0, 5.0]]), [[0.5, 0.5]]);
    }
}
