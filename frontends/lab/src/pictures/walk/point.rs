//! A point in the space of noise, whatever the noise is.

use gan_core::configuration::{Noise, NoiseDimensions, NoiseKind};

use crate::{Experiment, checks::observer};

const MOST: usize = NoiseDimensions::MOST.get();
/// How far noise on a sphere is from the middle.
pub(super) const RADIUS: f64 = 0.5;

/// A point in the space of noise: as many components as noise can have, 0–1, as the plane shows noise and not as
/// [centred](gan_core::techniques::Inputs) networks see it. Of noise with fewer dimensions the first ones count, so a
/// point means something in every run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoisePoint([f32; MOST]);

impl NoisePoint {
    /// The point whose components are all 0.5.
    pub const MIDDLE: Self = Self([0.5; MOST]);

    /// A point with these first components, the others in the middle. A component outside of 0–1
    /// comes to its edge, a NaN to the middle; components beyond the most that noise can have are
    /// left out.
    #[must_use]
    pub fn of(components: &[f32]) -> Self {
        let mut point = Self::MIDDLE;
        for (own, component) in point.0.iter_mut().zip(components) {
            if !component.is_nan() {
                *own = component.clamp(0.0, 1.0);
            }
        }
        point
    }

    /// Two points as the run draws its noise: that of the fake samples shown, the first and the second, the third and
    /// the fourth, and so on for each number.
    #[must_use]
    pub fn pair(experiment: &Experiment, number: usize) -> [Self; 2] {
        let configuration = experiment.configuration();
        let dimensions = configuration.noise.dimensions.get();
        let noise = observer::evaluation_noise(experiment, 2 * (number + 1));
        let inputs = configuration.techniques.inputs;
        let at = |vector: usize| {
            let components = noise[vector * dimensions..][..dimensions].iter();
            Self::of(
                &components
                    .map(|component| inputs.denormalize(*component))
                    .collect::<Vec<_>>(),
            )
        };
        [at(2 * number), at(2 * number + 1)]
    }

    /// The first so many components.
    ///
    /// # Panics
    /// Beyond [`NoiseDimensions::MOST`].
    #[must_use]
    pub fn components(&self, dimensions: usize) -> &[f32] {
        &self.0[..dimensions]
    }

    /// With two components (or, of one-dimensional noise, one) moved elsewhere, as far as such noise goes there: noise
    /// on a sphere stays on it, its other components making up for what these leave.
    #[must_use]
    pub fn moved(&self, noise: Noise, axes: [usize; 2], to: [f32; 2]) -> Self {
        let dimensions = noise.dimensions.get();
        let mut point = *self;
        for (axis, to) in axes.into_iter().zip(to).filter(|(axis, _)| *axis < dimensions) {
            point.0[axis] = if to.is_nan() { 0.5 } else { to.clamp(0.0, 1.0) };
        }
        match noise.kind {
            NoiseKind::Uniform | NoiseKind::Normal => point,
            NoiseKind::Spherical => point.onto_sphere(dimensions, axes),
        }
    }

    /// The point of the sphere with these two components; where they are too far out for that, or the others have no
    /// direction to make up for it, the nearest in theirs.
    fn onto_sphere(mut self, dimensions: usize, axes: [usize; 2]) -> Self {
        let apart = |component: f32| f64::from(component) - 0.5;
        let sum = |point: &Self, chosen: bool| {
            let squares = (0..dimensions)
                .filter(|axis| axes.contains(axis) == chosen)
                .map(|axis| apart(point.0[axis]) * apart(point.0[axis]));
            libm::sqrt(squares.sum())
        };
        let (chosen, others) = (sum(&self, true), sum(&self, false));
        let missing = RADIUS * RADIUS - chosen * chosen;
        let (of_chosen, of_others) = if missing > 0.0 && others > 1e-6 {
            (1.0, libm::sqrt(missing) / others)
        } else if chosen > 1e-6 {
            (RADIUS / chosen, 0.0)
        } else {
            self.0[axes[0].min(dimensions - 1)] = 1.0;
            (1.0, 0.0)
        };
        for axis in 0..dimensions {
            let factor = if axes.contains(&axis) {
                of_chosen
            } else {
                of_others
            };
            self.0[axis] = ((0.5 + factor * apart(self.0[axis])) as f32).clamp(0.0, 1.0);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Drawing, Inline, Session as _};
    use gan_core::Preset;
    use gan_core::techniques::Inputs;

    const KINDS: [NoiseKind; 3] = [NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical];

    fn noise(kind: NoiseKind, dimensions: u32) -> Noise {
        Noise {
            kind,
            dimensions: NoiseDimensions::new(dimensions).unwrap(),
        }
    }

    fn radius(point: &NoisePoint, dimensions: usize) -> f32 {
        let squares = point.components(dimensions).iter().map(|x| (x - 0.5) * (x - 0.5));
        squares.sum::<f32>().sqrt()
    }

    #[test]
    fn nothing_is_outside_the_cube_and_nothing_is_nan() {
        let point = NoisePoint::of(&[f32::NAN, -3.0, 7.0, f32::INFINITY]);
        assert_eq!(point.components(5), [0.5, 0.0, 1.0, 1.0, 0.5]);
        let moved = point.moved(noise(NoiseKind::Uniform, 2), [0, 1], [f32::NAN, 9.0]);
        assert_eq!(moved.components(2), [0.5, 1.0]);
    }

    #[test]
    fn pairs_are_the_noise_of_the_fake_samples_shown() {
        for kind in KINDS {
            for dimensions in [1, 2, 9] {
                for inputs in [Inputs::Plain, Inputs::Centred] {
                    let mut configuration = Preset::Ring.configuration();
                    configuration.noise = noise(kind, dimensions);
                    configuration.techniques.inputs = inputs;
                    let experiment = Experiment::new(configuration, 5, Drawing::default()).unwrap();
                    let snapshot = Inline::new(experiment.clone()).latest();
                    let count = dimensions as usize;
                    for number in [0, 3] {
                        for (index, end) in NoisePoint::pair(&experiment, number).iter().enumerate() {
                            let shown = &snapshot.noise[(2 * number + index) * count..][..count];
                            let shown: Vec<f32> = shown.iter().map(|x| inputs.denormalize(*x)).collect();
                            assert_eq!(end.components(count), NoisePoint::of(&shown).components(count));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_point_goes_where_it_is_put_and_noise_on_a_sphere_stays_on_it() {
        let many = NoisePoint::of(&[0.2, 0.8, 0.3, 0.5, 0.6]);
        let put = [0.35, 0.7];
        for kind in KINDS {
            let moved = many.moved(noise(kind, 5), [1, 3], put);
            assert!(
                (moved.components(5)[1] - put[0]).abs() < 1e-6
                    && (moved.components(5)[3] - put[1]).abs() < 1e-6
            );
            if kind == NoiseKind::Spherical {
                assert!((radius(&moved, 5) - 0.5).abs() < 1e-6);
            } else {
                assert_eq!(moved.components(5)[0], 0.2);
            }
        }
        for (dimensions, to) in [
            (2, [0.6, 0.6]),
            (2, [0.5, 0.5]),
            (2, [1.0, 1.0]),
            (5, [1.0, 0.0]),
            (1, [0.7, 0.5]),
        ] {
            let moved = NoisePoint::MIDDLE.moved(noise(NoiseKind::Spherical, dimensions), [0, 1], to);
            assert!(
                (radius(&moved, dimensions as usize) - 0.5).abs() < 1e-6,
                "{dimensions} {to:?}"
            );
        }
    }
}
