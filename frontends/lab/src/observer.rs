//! Looks at a run: makes a copied state into pictures and figures, on whichever thread has time.
//!
//! What does not depend on the state is made once per run: evaluation samples (streams 5 and 6 of the
//! contract, apart from the training atlases), the density of the real ones, and the floor.

use std::sync::Arc;

use gan_core::configuration::NoiseKind;
use gan_core::density::Density;
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::gan::{draw_noise, draw_real};
use gan_core::random::{Purpose, Stream};
use gan_core::{Network, Point, Reference};

use crate::snapshot::{CURVE_VERTICES, Divergence, FAKE_SHOWN, MANIFOLD_SIDE, REAL_SHOWN};
use crate::{Experiment, Heatmap, HeatmapSide, KernelDensity, Manifold, State, instructions};

/// Samples on each side of a divergence.
pub const EVALUATION_SAMPLES: usize = 10_000;

/// Samples that contour lines are made of: ten times as many make them three times as smooth.
pub const DENSITY_SAMPLES: usize = 100_000;

/// Cells of a heatmap between two looks at whether to go on: some ten milliseconds of the largest
/// network.
const CELLS_AT_ONCE: usize = 4096;

/// Everything a snapshot shows that is computed from the networks.
pub(crate) struct Pictures {
    pub(crate) fake: Vec<Point>,
    /// What the generator's moving average makes of the same noise, where the run keeps one.
    pub(crate) average: Option<Vec<Point>>,
    pub(crate) real_scores: Vec<f32>,
    pub(crate) fake_scores: Vec<f32>,
    pub(crate) gradients: Vec<Point>,
    pub(crate) manifold: Manifold,
}

/// The samples that a snapshot shows.
pub(crate) struct Samples {
    /// `[sample][component]`
    pub(crate) noise: Arc<[f32]>,
    pub(crate) real: Arc<[Point]>,
}

/// Evaluation samples of a run, and room to put networks to work on them.
pub struct Observer {
    dimensions: usize,
    real: Vec<Point>,
    noise: Vec<f32>,
    density: Arc<Density>,
    floor: Divergence,
    real_shown: Arc<[Point]>,
    noise_shown: Arc<[f32]>,
    latent_grid: Vec<f32>,
    noise_density: Arc<[f32]>,
    fake: Vec<Point>,
    scratch: Vec<f32>,
}

impl Observer {
    /// Draws the evaluation samples of an experiment: 20,000 real ones (half are for the floor alone)
    /// and 10,000 noise vectors.
    #[must_use]
    pub fn new(experiment: &Experiment) -> Self {
        let configuration = experiment.configuration();
        let mut real = vec![[0.0; 2]; 2 * EVALUATION_SAMPLES];
        let stream = Stream::new(experiment.seed(), Purpose::EvaluationReal);
        draw_real::<Reference>(configuration, experiment.drawing().points(), stream, &mut real);
        let others = real.split_off(EVALUATION_SAMPLES);
        Self::against(experiment, real, &others)
    }

    /// As [`Self::new`], for a run whose real samples came from elsewhere: `real` and, for the floor,
    /// as many `others` from the same source.
    #[must_use]
    pub fn against(experiment: &Experiment, real: Vec<Point>, others: &[Point]) -> Self {
        let configuration = experiment.configuration();
        let dimensions = configuration.noise.dimensions.get();
        let mut noise = vec![0.0; EVALUATION_SAMPLES * dimensions];
        let stream = Stream::new(experiment.seed(), Purpose::EvaluationNoise);
        draw_noise::<Reference>(configuration, stream, &mut noise);
        let density = Density::of(&real);
        let floor = divergence(&density, &Density::of(others));
        let scratch = [Network::Generator, Network::Discriminator]
            .map(|network| evaluation_words(&configuration.shape(network)))
            .into_iter()
            .max();
        Self {
            dimensions,
            density: Arc::new(density),
            floor,
            real_shown: real[..REAL_SHOWN.min(real.len())].into(),
            noise_shown: noise[..FAKE_SHOWN * dimensions].into(),
            real,
            noise,
            latent_grid: latent_grid(dimensions),
            noise_density: noise_density(configuration.noise.kind, dimensions),
            fake: vec![[0.0; 2]; EVALUATION_SAMPLES],
            scratch: vec![0.0; scratch.unwrap_or(0)],
        }
    }

    /// Real samples to show.
    #[must_use]
    pub const fn real_shown(&self) -> &Arc<[Point]> {
        &self.real_shown
    }

    /// Noise to show.
    #[must_use]
    pub const fn noise_shown(&self) -> &Arc<[f32]> {
        &self.noise_shown
    }

    /// Density of the real evaluation samples.
    #[must_use]
    pub const fn density(&self) -> &Arc<Density> {
        &self.density
    }

    /// How far two sets of real samples are apart.
    #[must_use]
    pub const fn floor(&self) -> Divergence {
        self.floor
    }

    /// How far fake and real samples are apart: [`EVALUATION_SAMPLES`] fakes against the real ones.
    pub fn measure(&mut self, state: &State) -> Divergence {
        let mut generator = generator(state, &state.generator, &mut self.scratch);
        generator.generate(&self.noise, &mut self.fake);
        divergence(&self.density, &Density::of(&self.fake))
    }

    /// As [`Self::measure`], of the moving average, where the run keeps one.
    pub fn measure_average(&mut self, state: &State) -> Option<Divergence> {
        let average = state.average.as_ref()?;
        let mut generator = generator(state, average, &mut self.scratch);
        generator.generate(&self.noise, &mut self.fake);
        Some(divergence(&self.density, &Density::of(&self.fake)))
    }

    /// What to show of a state: after a phase its batch, otherwise always the same evaluation samples.
    pub(crate) fn samples(&self, state: &State) -> Samples {
        let phase = state.phase.as_deref();
        let real = phase.map(|phase| &phase.real).filter(|real| !real.is_empty());
        Samples {
            noise: phase.map_or_else(
                || Arc::clone(&self.noise_shown),
                |phase| phase.noise.as_slice().into(),
            ),
            real: real.map_or_else(|| Arc::clone(&self.real_shown), |real| real.as_slice().into()),
        }
    }

    pub(crate) fn draw(&mut self, state: &State, samples: &Samples) -> Pictures {
        let mut fake = vec![[0.0; 2]; samples.noise.len() / self.dimensions];
        let average = state.average.as_ref().map(|average| {
            generator(state, average, &mut self.scratch).generate(&samples.noise, &mut fake);
            fake.clone()
        });
        let mut generator = generator(state, &state.generator, &mut self.scratch);
        generator.generate(&samples.noise, &mut fake);
        let mut vertices = vec![[0.0; 2]; self.latent_grid.len() / self.dimensions];
        generator.generate(&self.latent_grid, &mut vertices);
        let manifold = match self.dimensions {
            1 => Manifold::Curve {
                vertices,
                noise_density: Arc::clone(&self.noise_density),
            },
            _ => Manifold::Grid {
                vertices,
                noise_density: Arc::clone(&self.noise_density),
            },
        };

        let mut discriminator = discriminator(state, &mut self.scratch);
        let mut score = |points: &[Point]| {
            let mut scores = vec![0.0; points.len()];
            discriminator.score(points, &mut scores);
            scores
        };
        let (real_scores, fake_scores) = (score(&samples.real), score(&fake));
        let mut gradients = vec![[0.0; 2]; fake.len()];
        discriminator.score_gradient(&fake, &mut gradients);
        for gradient in &mut gradients {
            // Weights near the largest numbers can overflow on the way back; there is no arrow then.
            if !gradient.iter().all(|component| component.is_finite()) {
                *gradient = [0.0; 2];
            }
        }
        Pictures {
            fake,
            average,
            real_scores,
            fake_scores,
            gradients,
            manifold,
        }
    }

    /// The discriminator's output at the centres of so many cells. Asks `proceed` after every 4,096, and
    /// gives up if it says no.
    pub fn heatmap(
        &mut self,
        state: &State,
        side: HeatmapSide,
        mut proceed: impl FnMut() -> bool,
    ) -> Option<Heatmap> {
        let mut discriminator = discriminator(state, &mut self.scratch);
        let mut scores = vec![0.0; side.cells()];
        let mut centres = Vec::with_capacity(CELLS_AT_ONCE);
        for (chunk, scores) in scores.chunks_mut(CELLS_AT_ONCE).enumerate() {
            if chunk > 0 && !proceed() {
                return None;
            }
            let first = chunk * CELLS_AT_ONCE;
            centres.clear();
            centres.extend((first..first + scores.len()).map(|cell| side.centre(cell)));
            discriminator.score(&centres, scores);
        }
        Some(Heatmap::new(side, scores))
    }

    /// Fake samples of the last [`Self::measure`], [`EVALUATION_SAMPLES`] of them; before, all at the origin.
    #[must_use]
    pub fn fake(&self) -> &[Point] {
        &self.fake
    }

    /// Real evaluation samples.
    #[must_use]
    pub fn real(&self) -> &[Point] {
        &self.real
    }
}

/// The generator with these parameters, its own or their average.
fn generator<'a>(state: &State, parameters: &'a [f32], scratch: &'a mut [f32]) -> Evaluator<'a, Reference> {
    let shape = state.configuration.shape(Network::Generator);
    Evaluator::new(shape, parameters, scratch)
        .of(&state.configuration.techniques)
        .with_instructions(instructions::current())
}

fn discriminator<'a>(state: &'a State, scratch: &'a mut [f32]) -> Evaluator<'a, Reference> {
    let shape = state.configuration.shape(Network::Discriminator);
    Evaluator::new(shape, &state.discriminator, scratch)
        .of(&state.configuration.techniques)
        .with_instructions(instructions::current())
}

/// The density of an experiment's real samples, smooth, for contour lines: of [`DENSITY_SAMPLES`], judged by
/// the evaluation samples. Takes some ten milliseconds.
#[must_use]
pub fn kernel_density(experiment: &Experiment) -> KernelDensity {
    let mut others = vec![[0.0; 2]; EVALUATION_SAMPLES + DENSITY_SAMPLES];
    let stream = Stream::new(experiment.seed(), Purpose::EvaluationReal);
    let (configuration, drawing) = (experiment.configuration(), experiment.drawing().points());
    draw_real::<Reference>(configuration, drawing, stream, &mut others);
    let samples = others.split_off(EVALUATION_SAMPLES);
    KernelDensity::of(&samples, &others)
}

fn divergence(real: &Density, fake: &Density) -> Divergence {
    Divergence {
        kl: real.kl(fake),
        js: real.js(fake),
    }
}

/// Corners of the grid over the space of noise, row by row; `[vertex][dimension]`.
fn latent_grid(dimensions: usize) -> Vec<f32> {
    if dimensions == 1 {
        return (0..CURVE_VERTICES)
            .map(|i| i as f32 / (CURVE_VERTICES - 1) as f32)
            .collect();
    }
    let corner = |index: usize| index as f32 / MANIFOLD_SIDE as f32;
    let row = |y| (0..=MANIFOLD_SIDE).flat_map(move |x| [corner(x), corner(y)]);
    (0..=MANIFOLD_SIDE).flat_map(row).collect()
}

/// Share of the noise in each cell of the grid, or stretch of the curve, as a multiple of the mean.
fn noise_density(kind: NoiseKind, dimensions: usize) -> Arc<[f32]> {
    let side = match dimensions {
        1 => CURVE_VERTICES - 1,
        _ => MANIFOLD_SIDE,
    };
    let share: Vec<f32> = match kind {
        // Of a sphere the grid is a plane through it, which has no density of its own.
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

    #[test]
    fn noise_density_has_mean_one() {
        for (kind, dimensions) in [NoiseKind::Uniform, NoiseKind::Normal]
            .map(|kind| [(kind, 1), (kind, 2)])
            .concat()
        {
            let density = noise_density(kind, dimensions);
            let mean = density.iter().sum::<f32>() / density.len() as f32;
            assert!((mean - 1.0).abs() < 1e-4, "{kind:?}, {dimensions}: {mean}");
        }
    }

    #[test]
    fn the_floor_between_two_real_sets_is_small_but_not_zero() {
        for preset in Preset::ALL {
            let floor = Observer::new(&Experiment::preset(preset, 7)).floor();
            println!("{preset:?}: floor JS {:.4}, KL {:.4} bits", floor.js, floor.kl);
            assert!(
                floor.js > 0.0 && floor.js < 0.03 && floor.kl < 0.1,
                "{preset:?}: {floor:?}"
            );
        }
    }
}
