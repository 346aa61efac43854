//! The space of noise as a grid: where the manifold's vertices come from, and how much of the noise lies between
//! them.

use std::sync::Arc;

use gan_core::Configuration;
use gan_core::configuration::NoiseKind;

use crate::Slice;
use crate::run::snapshot::{CURVE_VERTICES, MANIFOLD_SIDE};

/// Corners of the grid over a slice of the space of noise, row by row, as the generator sees them;
/// `[vertex][dimension]`.
pub(crate) fn latent_grid(configuration: &Configuration, slice: Slice) -> Vec<f32> {
    let inputs = configuration.techniques.inputs;
    let dimensions = configuration.noise.dimensions.get();
    let grid: Vec<f32> = if dimensions == 1 {
        (0..CURVE_VERTICES)
            .map(|i| i as f32 / (CURVE_VERTICES - 1) as f32)
            .collect()
    } else {
        let corner = |index: usize| index as f32 / MANIFOLD_SIDE as f32;
        let vector = |x: usize, y: usize| {
            let mut vector = vec![0.5; dimensions];
            (vector[slice.across()], vector[slice.up()]) = (corner(x), corner(y));
            vector
        };
        (0..=MANIFOLD_SIDE)
            .flat_map(|y| (0..=MANIFOLD_SIDE).flat_map(move |x| vector(x, y)))
            .collect()
    };
    grid.into_iter()
        .map(|component| inputs.normalize(component))
        .collect()
}

/// Share of the noise in each cell of the grid, or stretch of the curve, as a multiple of the mean.
pub(crate) fn noise_density(kind: NoiseKind, dimensions: usize) -> Arc<[f32]> {
    let side = match dimensions {
        1 => CURVE_VERTICES - 1,
        _ => MANIFOLD_SIDE,
    };
    let share: Vec<f32> = match kind {
        // On a sphere the grid is a plane through it, which has no density of its own.
        NoiseKind::Uniform | NoiseKind::Spherical => vec![1.0; side],
        NoiseKind::Normal => {
            // Mean 0.5, deviation 0.25, truncated at two deviations, which are 0 and 1.
            let below = |edge: usize| {
                let deviations = (edge as f64 / side as f64 - 0.5) / 0.25;
                libm::erf(deviations * core::f64::consts::FRAC_1_SQRT_2)
            };
            let whole = below(side) - below(0);
            let cell = |i| side as f64 * (below(i + 1) - below(i)) / whole;
            (0..side).map(|i| cell(i) as f32).collect()
        }
    };
    if dimensions == 1 {
        return share.into();
    }
    share
        .iter()
        .flat_map(|y| share.iter().map(move |x| x * y))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::Preset;
    use gan_core::configuration::NoiseDimensions;
    use gan_core::techniques::Inputs;

    #[test]
    fn noise_density_has_mean_one() {
        for (kind, dimensions) in [NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical]
            .map(|kind| [(kind, 1), (kind, 2), (kind, 7)])
            .concat()
        {
            let density = noise_density(kind, dimensions);
            let mean = density.iter().sum::<f32>() / density.len() as f32;
            assert!((mean - 1.0).abs() < 1e-4, "{kind:?}, {dimensions}: {mean}");
        }
    }

    #[test]
    fn a_slice_varies_two_components_and_the_others_rest_in_the_middle() {
        let mut configuration = Preset::Line.configuration();
        configuration.noise.dimensions = NoiseDimensions::new(5).unwrap();
        for (inputs, [least, middle, most]) in [
            (Inputs::Plain, [0.0, 0.5, 1.0]),
            (Inputs::Centred, [-1.0, 0.0, 1.0]),
        ] {
            configuration.techniques.inputs = inputs;
            let grid = latent_grid(&configuration, Slice::new(3, 1).unwrap());
            let vectors: Vec<&[f32]> = grid.chunks_exact(5).collect();
            assert_eq!(vectors.len(), (MANIFOLD_SIDE + 1) * (MANIFOLD_SIDE + 1));
            assert_eq!(vectors[0], [middle, least, middle, least, middle]);
            assert_eq!(vectors[MANIFOLD_SIDE], [middle, least, middle, most, middle]);
            assert_eq!(vectors[vectors.len() - 1], [middle, most, middle, most, middle]);
        }
    }
}
