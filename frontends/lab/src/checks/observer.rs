//! Looks at a run: makes a copied state into pictures and figures, on whichever thread has time.
//!
//! Data that do not depend on the state are made once per run: evaluation samples (streams 5 and 6
//! of the contract, apart from the training atlases, so that no figure is of the training data),
//! the density of the real ones, and the floor.

use std::cell::OnceCell;
use std::sync::Arc;

use gan_core::configuration::Loss;
use gan_core::density::Density;
use gan_core::evaluate::{Evaluator, evaluation_words};
use gan_core::gan::{draw_noise_within, draw_real};
use gan_core::measures::{Histogram, Modes};
use gan_core::random::{Purpose, Stream};
use gan_core::{Configuration, Network, Point, Reference};

use crate::checks::diagnosis::{Floor, schedule};
use crate::checks::glance::{self, Glance, Weighing};
use crate::checks::lost::lost_parts;
use crate::checks::reach::{Judgement, RealBins};
use crate::pictures::latent::{latent_grid, noise_density};
use crate::run::snapshot::{Divergence, FAKE_SHOWN, REAL_SHOWN};
use crate::{
    Experiment, Heatmap, HeatmapSide, KernelDensity, Manifold, Measures, Slice, State, checks::measures,
    run::instructions,
};

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
    /// Samples of the generator's moving average from the same noise, where the run keeps one.
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
    wasserstein_floor: Option<f64>,
    real_shown: Arc<[Point]>,
    noise_shown: Arc<[f32]>,
    /// The slice of noise that the grid covers.
    slice: Slice,
    latent_grid: Vec<f32>,
    noise_density: Arc<[f32]>,
    fake: Vec<Point>,
    /// NDB's, once something was measured with them: they take twenty milliseconds. `None` of too few real samples.
    bins: OnceCell<Option<Box<RealBins>>>,
    scratch: Vec<f32>,
}

/// A heatmap, as far as it is made.
pub(crate) struct HeatmapUnderWay {
    side: HeatmapSide,
    /// Scores of the first so many cells.
    scores: Vec<f32>,
}

impl HeatmapUnderWay {
    pub(crate) fn new(side: HeatmapSide) -> Self {
        Self {
            side,
            scores: Vec::with_capacity(side.cells()),
        }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.scores.len() == self.side.cells()
    }

    /// When it is whole.
    pub(crate) fn finish(self) -> Heatmap {
        Heatmap::new(self.side, self.scores)
    }
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

    /// Observes a run whose real samples came from elsewhere, otherwise like [`Self::new`]: `real`
    /// and, for the floor, as many `others` from the same source.
    #[must_use]
    pub fn against(experiment: &Experiment, real: Vec<Point>, others: &[Point]) -> Self {
        let configuration = experiment.configuration();
        let dimensions = configuration.noise.dimensions.get();
        let noise = evaluation_noise(experiment, EVALUATION_SAMPLES);
        let density = Density::of(&real);
        let floor = divergence(&density, &Density::of(others));
        let wasserstein_floor = wasserstein_floor(&real, others);
        let scratch = [Network::Generator, Network::Discriminator]
            .map(|network| evaluation_words(&configuration.inference_shape(network)))
            .into_iter()
            .max();
        Self {
            dimensions,
            density: Arc::new(density),
            floor,
            wasserstein_floor,
            real_shown: real[..REAL_SHOWN.min(real.len())].into(),
            noise_shown: noise[..FAKE_SHOWN * dimensions].into(),
            real,
            noise,
            slice: Slice::FIRST,
            latent_grid: latent_grid(configuration, Slice::FIRST),
            noise_density: noise_density(configuration.noise.kind, dimensions),
            fake: vec![[0.0; 2]; EVALUATION_SAMPLES],
            bins: OnceCell::new(),
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

    /// How far two sets of real samples are apart, by all that a diagnosis asks about.
    #[must_use]
    pub const fn floors(&self) -> Floor {
        Floor {
            js: self.floor.js,
            wasserstein: self.wasserstein_floor,
        }
    }

    /// How far fake and real samples are apart: [`EVALUATION_SAMPLES`] fakes against the real ones.
    pub fn measure(&mut self, state: &State) -> Divergence {
        self.fakes(state, state.at_points(Network::Generator), EVALUATION_SAMPLES);
        self.divergence_of_fakes()
    }

    /// Divergence of the moving average's samples, like [`Self::measure`]; `None` where the run
    /// keeps none.
    pub fn measure_average(&mut self, state: &State) -> Option<Divergence> {
        let average = state.average_at_points()?;
        self.fakes(state, average, EVALUATION_SAMPLES);
        Some(self.divergence_of_fakes())
    }

    /// A glance: of the first [`glance::SAMPLES`] shown samples, and D's answers to a few.
    pub fn glance(&mut self, state: &State) -> Glance {
        let judgement = self.judge(state);
        self.fakes(state, shown(state), glance::SAMPLES);
        self.glance_at_fakes(state.epoch, None, judgement.as_ref())
    }

    /// A glance that weighs the samples where that is due.
    pub fn glance_due(&mut self, state: &State) -> Glance {
        match schedule::is_weighing_due(state.epoch) {
            true => self.weigh_shown(state).1,
            false => self.glance(state),
        }
    }

    /// [`Self::measure`], [`Self::measure_average`] and a glance that weighs the shown samples.
    pub fn weigh(&mut self, state: &State) -> (Divergence, Option<Divergence>, Glance) {
        let (shown, glance) = self.weigh_shown(state);
        match state.average_at_points() {
            Some(_) => (self.measure(state), Some(shown), glance),
            None => (shown, None, glance),
        }
    }

    /// A check: [`Self::measure`], and everything else that is measured of a state: most of it of the first
    /// [`measures::SAMPLES`] of the same fake samples, and as many real ones.
    pub fn check(&mut self, state: &State) -> (Divergence, Measures) {
        let target = state.configuration.target;
        let (shown, glance) = self.weigh_shown(state);
        let lost = {
            let fake = &self.fake[..measures::SAMPLES];
            let reach = real_bins(&self.bins, &self.real).and_then(|bins| bins.reach(fake));
            lost_parts(target, Modes::of(target, fake).as_ref(), reach.as_ref())
        };
        let (divergence, average) = match state.average_at_points() {
            Some(_) => (self.measure(state), Some(shown)),
            None => (shown, None),
        };
        let real = &self.real[..measures::SAMPLES.min(self.real.len())];
        let fake = &self.fake[..measures::SAMPLES];
        let mut generator = generator(state, state.at_points(Network::Generator), &mut self.scratch);
        let generator_activity =
            generator.activity_of_noise(&self.noise[..2 * measures::ACTIVE_AT * self.dimensions]);
        let mut discriminator = discriminator(state, &mut self.scratch);
        let [real_outputs, fake_outputs] =
            [real, fake].map(|points| outputs(&mut discriminator, state, points));
        let of_each = [
            &real[..measures::ACTIVE_AT.min(real.len())],
            &fake[..measures::ACTIVE_AT],
        ];
        let points: Vec<Point> = of_each.concat();
        let (bins, reach) = real_bins(&self.bins, &self.real)
            .map(|bins| bins.meet(fake))
            .unzip();
        let measures = Measures {
            wasserstein: self.density.wasserstein(&Density::of(fake)),
            bins: bins.flatten(),
            reach: reach.flatten(),
            modes: Modes::of(target, fake),
            judgement: Judgement::of(&real_outputs, &fake_outputs),
            real_outputs: Histogram::of(&real_outputs),
            fake_outputs: Histogram::of(&fake_outputs),
            generator_activity,
            discriminator_activity: discriminator.activity_at(&points),
            glance,
            average,
            lost,
            gauged: state.gauged.clone(),
        };
        (divergence, measures)
    }

    /// Makes the first so many fake samples with these parameters of the generator.
    fn fakes(&mut self, state: &State, parameters: &[f32], count: usize) {
        let noise = &self.noise[..count * self.dimensions];
        generator(state, parameters, &mut self.scratch).generate(noise, &mut self.fake[..count]);
    }

    fn divergence_of_fakes(&self) -> Divergence {
        divergence(&self.density, &Density::of(&self.fake))
    }

    /// D's answers to a few samples of either side, as it is trained on them.
    fn judge(&mut self, state: &State) -> Option<Judgement> {
        self.fakes(state, state.at_points(Network::Generator), glance::COMPARED);
        let real = &self.real[..glance::COMPARED.min(self.real.len())];
        let mut discriminator = discriminator(state, &mut self.scratch);
        let [real, fake] =
            [real, &self.fake[..glance::COMPARED]].map(|points| outputs(&mut discriminator, state, points));
        Judgement::of(&real, &fake)
    }

    /// Divergence of the shown samples, which stay, and a glance that weighs them.
    fn weigh_shown(&mut self, state: &State) -> (Divergence, Glance) {
        let judgement = self.judge(state);
        self.fakes(state, shown(state), EVALUATION_SAMPLES);
        let fakes = Density::of(&self.fake);
        let divergence = divergence(&self.density, &fakes);
        let known = |value: f64| Some(value as f32).filter(|value| value.is_finite());
        let fake = &self.fake[..measures::SAMPLES];
        let ndb = real_bins(&self.bins, &self.real).and_then(|bins| bins.meet(fake).0);
        let modes = Modes::of(state.configuration.target, fake);
        let weighing = Weighing {
            js: divergence.js as f32,
            wasserstein: self.density.wasserstein(&fakes).and_then(known),
            ndb: ndb.and_then(|bins| known(bins.score())),
            coverage: modes.as_ref().and_then(|modes| known(modes.coverage())),
            lost: modes.as_ref().and_then(|modes| known(modes.lost())),
        };
        let glance = self.glance_at_fakes(state.epoch, Some(weighing), judgement.as_ref());
        (divergence, glance)
    }

    /// A glance at the first of the fake samples that are made already.
    fn glance_at_fakes(
        &self,
        epoch: u64,
        weighing: Option<Weighing>,
        judgement: Option<&Judgement>,
    ) -> Glance {
        let fake = &self.fake[..glance::SAMPLES];
        let reach = real_bins(&self.bins, &self.real).and_then(|bins| bins.reach(fake));
        let wasserstein = self.density.wasserstein(&Density::of(fake));
        Glance::of(epoch, weighing, wasserstein, reach.as_ref(), judgement)
    }

    /// The samples to show of a state: after a phase its batch, otherwise always the same
    /// evaluation samples.
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
        let average = state.average_at_points().map(|average| {
            generator(state, average, &mut self.scratch).generate(&samples.noise, &mut fake);
            fake.clone()
        });
        let mut generator = generator(state, state.at_points(Network::Generator), &mut self.scratch);
        generator.generate(&samples.noise, &mut fake);
        let slice = state.slice.within(self.dimensions);
        if slice != self.slice {
            self.slice = slice;
            self.latent_grid = latent_grid(&state.configuration, slice);
        }
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
        let [real_scores, fake_scores] =
            [&samples.real[..], &fake].map(|points| outputs(&mut discriminator, state, points));
        let mut gradients = vec![[0.0; 2]; fake.len()];
        discriminator.score_gradient(&fake, &mut gradients);
        for gradient in &mut gradients {
            // Weights near the largest numbers can overflow on the way back; there is no arrow then.
            if !gradient.iter().all(|component| component.is_finite()) {
                *gradient = [0.0; 2];
            } else if state.configuration.loss == Loss::Flipped {
                *gradient = gradient.map(|component| -component);
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
        let mut heatmap = HeatmapUnderWay::new(side);
        loop {
            self.go_on(state, &mut heatmap);
            if heatmap.is_whole() {
                return Some(heatmap.finish());
            }
            if !proceed() {
                return None;
            }
        }
    }

    /// The next 4,096 cells of a heatmap of this state.
    pub(crate) fn go_on(&mut self, state: &State, heatmap: &mut HeatmapUnderWay) {
        let mut discriminator = discriminator(state, &mut self.scratch);
        let first = heatmap.scores.len();
        let cells = first..(first + CELLS_AT_ONCE).min(heatmap.side.cells());
        heatmap.scores.resize(cells.end, 0.0);
        let scores = &mut heatmap.scores[first..];
        let centres: Vec<Point> = cells.map(|cell| heatmap.side.centre(cell)).collect();
        discriminator.score(&centres, scores);
        of_being_real(&state.configuration, scores);
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

/// The first so many noise vectors of evaluation and display, as the generator sees them.
pub(crate) fn evaluation_noise(experiment: &Experiment, vectors: usize) -> Vec<f32> {
    let configuration = experiment.configuration();
    let mut noise = vec![0.0; vectors * configuration.noise.dimensions.get()];
    let mut stream = Stream::new(experiment.seed(), Purpose::EvaluationNoise);
    // Truncated sampling is of what is shown and measured alone (CONTRACT.md, section 9).
    let truncation = configuration.techniques.truncation;
    let deviations = truncation.map_or(2.0, |truncation| f64::from(truncation.get()));
    draw_noise_within::<Reference>(configuration, deviations, &mut stream, &mut noise);
    noise
}

/// Bins of the real samples, made when they are first asked for; `None` of too few samples.
fn real_bins<'a>(bins: &'a OnceCell<Option<Box<RealBins>>>, real: &[Point]) -> Option<&'a RealBins> {
    bins.get_or_init(|| RealBins::of(real).map(Box::new)).as_deref()
}

/// Parameters of the generator that is shown: its moving average where the run keeps one.
fn shown(state: &State) -> &[f32] {
    let average = state.average_at_points();
    average.unwrap_or_else(|| state.at_points(Network::Generator))
}

/// The generator with these parameters, its own or their average.
fn generator<'a>(state: &State, parameters: &'a [f32], scratch: &'a mut [f32]) -> Evaluator<'a, Reference> {
    let shape = state.configuration.inference_shape(Network::Generator);
    Evaluator::new(shape, parameters, scratch)
        .of(&state.configuration.techniques)
        .with_instructions(instructions::current())
}

fn discriminator<'a>(state: &'a State, scratch: &'a mut [f32]) -> Evaluator<'a, Reference> {
    let shape = state.configuration.inference_shape(Network::Discriminator);
    Evaluator::new(shape, state.at_points(Network::Discriminator), scratch)
        .of(&state.configuration.techniques)
        .with_instructions(instructions::current())
}

/// D's probabilities of being real.
fn outputs(discriminator: &mut Evaluator<'_, Reference>, state: &State, points: &[Point]) -> Vec<f32> {
    let mut outputs = vec![0.0; points.len()];
    discriminator.score(points, &mut outputs);
    of_being_real(&state.configuration, &mut outputs);
    outputs
}

/// A discriminator's outputs as probabilities of being real: with flipped labels they are of being fake.
pub fn of_being_real(configuration: &Configuration, outputs: &mut [f32]) {
    if configuration.loss == Loss::Flipped {
        for output in outputs {
            *output = 1.0 - *output;
        }
    }
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

/// Sliced Wasserstein distance between two real sets: the mean of the three ways to make two equal sets of four
/// halves, as one way alone is now half as far and now twice.
fn wasserstein_floor(real: &[Point], others: &[Point]) -> Option<f64> {
    let [(a, b), (c, d)] = [real, others].map(|points| points.split_at(points.len() / 2));
    let apart = |one: [&[Point]; 2], other: [&[Point]; 2]| {
        Density::of(&one.concat()).wasserstein(&Density::of(&other.concat()))
    };
    let ways = [
        apart([a, b], [c, d])?,
        apart([a, c], [b, d])?,
        apart([a, d], [b, c])?,
    ];
    Some(ways.iter().sum::<f64>() / 3.0).filter(|floor| *floor > 0.0)
}

fn divergence(real: &Density, fake: &Density) -> Divergence {
    Divergence {
        kl: real.kl(fake),
        js: real.js(fake),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::configuration::changes;
    use crate::{Command, Inline, Session as _};
    use gan_core::Preset;

    /// The ring with some keys changed.
    fn with(keys: &[(&str, &str)]) -> Experiment {
        let configuration = changes(keys.iter().copied(), &Preset::Ring.configuration()).unwrap();
        Experiment::new(configuration, 3, crate::Drawing::default()).unwrap()
    }

    #[test]
    fn what_is_shown_is_of_the_plane_whatever_the_networks_see() {
        let mut run = Inline::new(with(&[("inputs", "centred")]));
        let plain = Inline::new(with(&[]));
        let places = |run: &Inline| run.latest().noise_places().collect::<Vec<_>>();
        for ([x, y], [u, v]) in places(&run).into_iter().zip(places(&plain)) {
            assert!((x - u).abs() < 1e-6 && (y - v).abs() < 1e-6);
        }
        assert_eq!(run.latest().real, plain.latest().real);
        run.run_phases(2).unwrap();
        let snapshot = run.latest();
        let report = snapshot.phase.as_deref().unwrap();
        assert_eq!(snapshot.fake, report.fake);
        // The ring, its middle at (0.5, 0.45) and its radii 0.3 and 0.25.
        let radius = |[x, y]: &Point| ((x - 0.5) / 0.3).hypot((y - 0.45) / 0.25);
        let on_the_ring = |point: &Point| (0.5..1.5).contains(&radius(point));
        assert!(report.real.iter().all(on_the_ring) && snapshot.real[..] == report.real);
        // D gives a sample the same output in training and where single points are asked about.
        let logits = &report.predictions.as_ref().unwrap().real_logits;
        for (score, logit) in snapshot.real_scores.iter().zip(logits) {
            assert!((score - 1.0 / (1.0 + (-logit).exp())).abs() < 1e-5);
        }
    }

    #[test]
    fn with_flipped_labels_what_is_shown_is_still_the_probability_of_being_real() {
        let [log, flipped] = ["log", "flipped"].map(|loss| Inline::new(with(&[("loss", loss)])).latest());
        let opposite = |one: &f32, other: &f32| (one + other - 1.0).abs() < 1e-6;
        let all = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| opposite(a, b));
        assert!(all(&log.real_scores, &flipped.real_scores));
        assert!(all(&log.fake_scores, &flipped.fake_scores));
        assert!(all(log.heatmap.scores(), flipped.heatmap.scores()));
        let pushed = log.gradients.iter().zip(&flipped.gradients);
        assert!(
            pushed
                .into_iter()
                .all(|(a, b)| *a == b.map(|component| -component))
        );
    }

    #[test]
    fn noise_of_many_dimensions_is_seen_through_a_slice() {
        let mut run = Inline::new(with(&[("noise.dimensions", "5")]));
        let first = run.latest();
        assert_eq!((first.slice, first.noise.len()), (Slice::FIRST, 5 * FAKE_SHOWN));
        assert_eq!(first.manifold.vertices().len(), first.manifold.latent().count());
        let slice = Slice::new(4, 2).unwrap();
        run.send(Command::SetSlice(slice));
        let other = run.latest();
        assert_eq!((other.slice, &other.fake), (slice, &first.fake));
        assert_ne!(other.manifold, first.manifold);
        for (place, vector) in other.noise_places().zip(first.noise.chunks(5)) {
            assert_eq!(place, [vector[4], vector[2]]);
        }
        // Slices through the middle meet there.
        let middle = first.manifold.vertices().len() / 2;
        assert_eq!(
            other.manifold.vertices()[middle],
            first.manifold.vertices()[middle]
        );
        assert_eq!((other.epoch, other.log.actions().len()), (0, 0));
    }

    #[test]
    fn truncation_is_of_what_is_shown_alone() {
        for kind in ["normal", "uniform"] {
            let keys = [("noise.kind", kind)];
            let near = [("noise.kind", kind), ("truncation", "0.5")];
            let [mut usual, mut truncated] = [&keys[..], &near].map(|keys| Inline::new(with(keys)));
            let spread = |run: &Inline| {
                let snapshot = run.latest();
                let apart = snapshot.noise.iter().map(|component| (component - 0.5).abs());
                apart.fold(0.0, f32::max)
            };
            assert!(spread(&truncated) <= 0.1251 && spread(&usual) > 0.4, "{kind}");
            usual.run_epochs(5).unwrap();
            truncated.run_epochs(5).unwrap();
            let hash = |run: &Inline| run.trainer().gan().state_hash();
            assert_eq!(hash(&usual), hash(&truncated));
        }
    }

    #[test]
    fn networks_that_know_only_batches_are_looked_at_through_plain_ones() {
        for keys in [
            [("generator.normalization", "batch"), ("generator.average", "0.9")],
            [
                ("discriminator.normalization", "spectral"),
                ("generator.normalization", "spectral"),
            ],
            [
                ("discriminator.minibatch_kernels", "3"),
                ("discriminator.normalization", "batch"),
            ],
        ] {
            let mut run = Inline::new(with(&keys));
            run.run_epochs(20).unwrap();
            let snapshot = run.latest();
            assert!(snapshot.inference.is_some(), "{keys:?}");
            let finite = |points: &[Point]| points.as_flattened().iter().all(|x| x.is_finite());
            assert!(finite(&snapshot.fake) && finite(snapshot.manifold.vertices()));
            assert_eq!(snapshot.model(), run.trainer().model());
            let bytes = snapshot.model().to_bytes().unwrap();
            let model = crate::files::tensors::Model::parse(&bytes).unwrap();
            assert_eq!(model, snapshot.model());
            assert!(model.at_points(Network::Generator).is_some());
        }
        assert_eq!(Inline::new(with(&[])).latest().inference, None);
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
