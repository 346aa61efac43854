//! The results of a single phase of training, in the numbers of this very run: plain data, to be
//! shown beside the formulas they stand in.

use gan_core::loss::{Objective, Role};
use gan_core::{Diverged, Gan, Moments, Network, Phase, Point, Profile, Stage};
use serde::{Deserialize, Serialize};

use crate::run::memory::AlignedWords;

/// A phase that was run, and all that its update has made so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseReport {
    /// Which phase.
    pub phase: Phase,
    /// The epoch it belongs to, from 1.
    pub epoch: u64,
    /// Updates of its network in that epoch.
    pub updates: usize,
    /// The batch of noise, `[sample][component]`, as the generator sees it.
    pub noise: Vec<f32>,
    /// The generator's samples from that noise, `[sample]`.
    pub fake: Vec<Point>,
    /// The real batch last shown to the discriminator, `[sample]`; empty before its first update. The
    /// generator's update uses none: there it is the discriminator's last.
    pub real: Vec<Point>,
    /// The discriminator's predictions for the batches; from the second phase on.
    pub predictions: Option<Predictions>,
    /// The network's loss on them; from the third phase on.
    pub loss: Option<LossReport>,
    /// The effect on one of the network's weights; from the fourth phase on.
    pub weight: Option<WeightReport>,
}

/// The discriminator's logits; its output is their sigmoid, the probability of being real.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predictions {
    /// Logits of the real batch, `[sample]`; empty in the generator's update.
    pub real_logits: Vec<f32>,
    /// Logits of the fake batch, `[sample]`.
    pub fake_logits: Vec<f32>,
}

/// A loss and the means it is made of ([`Objective::mean_term`]).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossReport {
    /// Which formula, its weight and its labels.
    pub objective: Objective,
    /// The means that go into the loss.
    pub terms: LossTerms,
    /// The loss itself; the discriminator's is halved, as in GAN Lab.
    pub value: f64,
}

/// The means over samples in a loss.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LossTerms {
    /// Means in the discriminator's loss.
    Discriminator {
        /// Over the real batch.
        real: f64,
        /// Over the fake batch.
        fake: f64,
    },
    /// Mean in the generator's loss.
    Generator {
        /// Over the fake batch.
        fooling: f64,
    },
}

/// One weight of the network being updated: the one with the steepest gradient of all, for most of the
/// others hardly move.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightReport {
    /// Its place among the network's parameters.
    pub index: usize,
    /// Its layer, from 0, the one that the network's inputs feed.
    pub layer: usize,
    /// The neuron of the layer before that it comes from, from 0; in layer 0, the component of the input.
    pub input: usize,
    /// The neuron of its layer that it goes to, from 0; in the last layer, the component of the output.
    pub output: usize,
    /// The derivative of the loss in it. The discriminator's loss is whole here, not halved as where it
    /// is shown.
    pub gradient: f32,
    /// Its value before the update.
    pub before: f32,
    /// The update's effect on the weight; from the fifth phase on.
    pub step: Option<WeightStep>,
    /// The length of the gradient of all the network's weights and biases.
    pub norm: f64,
}

/// How a weight followed its gradient.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightStep {
    /// Its value after the update.
    pub after: f32,
    /// The rate of this update: the network's learning rate, as far as it has decayed.
    pub rate: f32,
    /// Adam's moments of the weight; `None` for plain gradient descent.
    pub moments: Option<Moments>,
}

impl PhaseReport {
    /// Runs the next phase of a GAN and reports it; `None` for an epoch without updates.
    pub(crate) fn of_next<P: Profile>(gan: &mut Gan<AlignedWords, P>) -> Result<Option<Self>, Diverged> {
        let epoch = gan.epoch() + 1;
        // The last phase overwrites the weight.
        let before = gan
            .upcoming()
            .filter(|phase| phase.stage == Stage::Update)
            .and_then(|phase| steepest(gan, phase.network));
        let Some(phase) = gan.advance()? else {
            return Ok(None);
        };
        let Phase { network, stage, .. } = phase;
        let loss = (stage >= Stage::ComputeLoss)
            .then(|| loss(gan, network))
            .flatten();
        let weight = match stage {
            Stage::ComputeGradients => steepest(gan, network),
            Stage::Update => before.map(|weight| updated(gan, network, epoch, weight)),
            _ => None,
        };
        Ok(Some(Self {
            phase,
            epoch,
            updates: gan.configuration().network(network).updates_per_epoch.get(),
            noise: noise(gan),
            fake: points(gan, gan.fake_samples()),
            real: real(gan, phase),
            predictions: (stage >= Stage::RunDiscriminator).then(|| predictions(gan, network)),
            loss,
            weight,
        }))
    }

    /// Samples in a batch.
    #[must_use]
    pub const fn samples(&self) -> usize {
        self.fake.len()
    }
}

fn noise<P: Profile>(gan: &Gan<AlignedWords, P>) -> Vec<f32> {
    let rows: Vec<&[f32]> = gan.noise_samples().collect();
    let samples = rows.first().map_or(0, |row| row.len());
    let vector = |sample: usize| rows.iter().map(move |row| row[sample]);
    (0..samples).flat_map(vector).collect()
}

/// Rows of what the networks see, as points of the plane.
fn points<P: Profile>(gan: &Gan<AlignedWords, P>, [x, y]: [&[f32]; 2]) -> Vec<Point> {
    let inputs = gan.configuration().techniques.inputs;
    x.iter()
        .zip(y)
        .map(|(x, y)| [*x, *y].map(|coordinate| inputs.denormalize(coordinate)))
        .collect()
}

fn real<P: Profile>(gan: &Gan<AlignedWords, P>, phase: Phase) -> Vec<Point> {
    // Gathered in D's second phase; its loss is known from the third on.
    let gathered = gan.loss(Network::Discriminator).is_some()
        || (phase.network == Network::Discriminator && phase.stage >= Stage::RunDiscriminator);
    if gathered {
        points(gan, gan.real_samples())
    } else {
        Vec::new()
    }
}

fn predictions<P: Profile>(gan: &Gan<AlignedWords, P>, network: Network) -> Predictions {
    Predictions {
        real_logits: match network {
            Network::Discriminator => gan.real_logits().to_vec(),
            Network::Generator => Vec::new(),
        },
        fake_logits: gan.fake_logits().to_vec(),
    }
}

fn loss<P: Profile>(gan: &Gan<AlignedWords, P>, network: Network) -> Option<LossReport> {
    let objective = Objective::of(gan.configuration());
    let terms = match network {
        Network::Discriminator => LossTerms::Discriminator {
            real: objective.mean_term(Role::Real, gan.real_logits()),
            fake: objective.mean_term(Role::Fake, gan.fake_logits()),
        },
        Network::Generator => LossTerms::Generator {
            fooling: objective.mean_term(Role::Fooling, gan.fake_logits()),
        },
    };
    let value = gan.loss(network)?;
    Some(LossReport {
        objective,
        terms,
        value,
    })
}

/// The weight with the steepest gradient, as it is before an update.
fn steepest<P: Profile>(gan: &Gan<AlignedWords, P>, network: Network) -> Option<WeightReport> {
    let (gradients, parameters) = (gan.gradients(network), gan.parameters(network));
    let layers = gan.configuration().shape(network).layers();
    let weights = layers.iter().enumerate().flat_map(|(number, layer)| {
        layer.weights().map(move |index| {
            let place = index - layer.offset;
            (index, number, place % layer.inputs, place / layer.inputs)
        })
    });
    let steepness = |index: usize| gradients[index].abs();
    let (index, layer, input, output) =
        weights.max_by(|(one, ..), (other, ..)| steepness(*one).total_cmp(&steepness(*other)))?;
    let square = |gradient: &f32| f64::from(*gradient) * f64::from(*gradient);
    Some(WeightReport {
        index,
        layer,
        input,
        output,
        gradient: gradients[index],
        before: parameters[index],
        step: None,
        norm: gradients.iter().map(square).sum::<f64>().sqrt(),
    })
}

/// The weight as the update left it, in an epoch counted from 1.
fn updated<P: Profile>(
    gan: &Gan<AlignedWords, P>,
    network: Network,
    epoch: u64,
    weight: WeightReport,
) -> WeightReport {
    let configuration = gan.configuration();
    let decayed = configuration.techniques.rate_decay.factor(epoch - 1);
    let rate = configuration.network(network).learning_rate.get() * decayed;
    let step = WeightStep {
        after: gan.parameters(network)[weight.index],
        rate,
        moments: gan
            .moments(network)
            .and_then(|mut moments| moments.nth(weight.index)),
    };
    WeightReport {
        step: Some(step),
        ..weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gan_core::configuration::{LearningRate, Loss, Optimizer};
    use gan_core::shape::Activation;
    use gan_core::{Preset, Shape};

    use crate::{Experiment, Trainer};

    fn trainer(loss: Loss, optimizer: Optimizer) -> Trainer {
        let mut configuration = Preset::Ring.configuration();
        configuration.loss = loss;
        for network in [Network::Generator, Network::Discriminator] {
            let network = configuration.network_mut(network);
            network.optimizer = optimizer;
            // Faster, Adam switches all of D's neurons off.
            network.learning_rate = LearningRate::new(0.003).unwrap();
        }
        Trainer::new(Experiment::new(configuration, 7, crate::Drawing::default()).unwrap())
    }

    /// A network in `f64`, straight from its definition.
    fn forward(shape: Shape, parameters: &[f64], inputs: &[f64]) -> Vec<f64> {
        let mut values = inputs.to_vec();
        for layer in shape.layers() {
            let (weights, biases) = (&parameters[layer.weights()], &parameters[layer.biases()]);
            let neuron = |(weights, bias): (&[f64], &f64)| {
                let sum = bias + weights.iter().zip(&values).map(|(w, x)| w * x).sum::<f64>();
                match layer.activation {
                    Activation::Relu => sum.max(0.0),
                    Activation::LeakyRelu(slope) if sum <= 0.0 => f64::from(slope) * sum,
                    Activation::Tanh => sum.tanh(),
                    Activation::LeakyRelu(_) | Activation::Linear => sum,
                }
            };
            values = weights.chunks(layer.inputs).zip(biases).map(neuron).collect();
        }
        values
    }

    /// Both networks' parameters in `f64`: generator, discriminator.
    fn parameters(trainer: &Trainer) -> [Vec<f64>; 2] {
        [Network::Generator, Network::Discriminator].map(|network| {
            let parameters = trainer.gan().parameters(network).iter();
            parameters.map(|parameter| f64::from(*parameter)).collect()
        })
    }

    /// The loss that a network minimises on a report's batches, and its terms, from the definitions.
    fn whole_loss(
        trainer: &Trainer,
        report: &PhaseReport,
        [generator, discriminator]: &[Vec<f64>; 2],
    ) -> (f64, LossTerms) {
        let configuration = trainer.gan().configuration();
        let shape = |network| configuration.shape(network);
        let inputs = |vector: &[f32]| vector.iter().map(|x| f64::from(*x)).collect::<Vec<_>>();
        let logit = |point: &[f64]| forward(shape(Network::Discriminator), discriminator, point)[0];
        let d = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        let dimensions = configuration.noise.dimensions.get();
        let fake = report.noise.chunks(dimensions).map(|noise| {
            let outputs = forward(shape(Network::Generator), generator, &inputs(noise));
            logit(&outputs.iter().map(|x| x.tanh()).collect::<Vec<_>>())
        });
        let fake: Vec<f64> = fake.collect();
        let real: Vec<f64> = report.real.iter().map(|point| logit(&inputs(point))).collect();
        let mean =
            |of: &[f64], f: &dyn Fn(f64) -> f64| of.iter().map(|s| f(*s)).sum::<f64>() / of.len() as f64;
        let ln_d = |s: f64| d(s).ln();
        let ln_not_d = |s: f64| (1.0 - d(s)).ln();
        match report.phase.network {
            Network::Discriminator => {
                let (real, fake) = match configuration.loss {
                    Loss::Log | Loss::Minimax => (mean(&real, &ln_d), mean(&fake, &ln_not_d)),
                    Loss::Flipped => (mean(&real, &ln_not_d), mean(&fake, &ln_d)),
                    Loss::LeastSquares => (
                        mean(&real, &|s| (1.0 - d(s)).powi(2)),
                        mean(&fake, &|s| d(s).powi(2)),
                    ),
                    Loss::Wasserstein => (mean(&real, &|s| s), mean(&fake, &|s| s)),
                    Loss::Hinge => (
                        mean(&real, &|s| (1.0 - s).max(0.0)),
                        mean(&fake, &|s| (1.0 + s).max(0.0)),
                    ),
                };
                let whole = match configuration.loss {
                    Loss::Log | Loss::Minimax | Loss::Flipped => -(0.95 * real + fake),
                    Loss::LeastSquares | Loss::Hinge => real + fake,
                    Loss::Wasserstein => fake - real,
                };
                (whole, LossTerms::Discriminator { real, fake })
            }
            Network::Generator => {
                let fooling = match configuration.loss {
                    Loss::Log => mean(&fake, &ln_d),
                    Loss::Minimax | Loss::Flipped => mean(&fake, &ln_not_d),
                    Loss::LeastSquares => mean(&fake, &|s| (1.0 - d(s)).powi(2)),
                    Loss::Wasserstein | Loss::Hinge => mean(&fake, &|s| s),
                };
                let whole = match configuration.loss {
                    Loss::Minimax | Loss::LeastSquares => fooling,
                    Loss::Log | Loss::Flipped | Loss::Wasserstein | Loss::Hinge => -fooling,
                };
                (whole, LossTerms::Generator { fooling })
            }
        }
    }

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() <= 2e-5 * (1.0 + b.abs()), "{a} is not {b}");
    }

    #[test]
    fn numbers_are_those_of_an_independent_computation() {
        for loss in Loss::ALL {
            for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
                let mut trainer = trainer(loss, optimizer);
                trainer.run_epochs(30).unwrap();
                let mut weight: Option<WeightReport> = None;
                for _ in 0..20 {
                    let networks = parameters(&trainer);
                    trainer.run_phase().unwrap();
                    let state = trainer.state();
                    let report = state.phase.as_deref().unwrap();
                    let network = report.phase.network;
                    let halved = if network == Network::Discriminator {
                        2.0
                    } else {
                        1.0
                    };
                    match report.phase.stage {
                        Stage::RunGenerator | Stage::RunDiscriminator => {
                            assert!(report.loss.is_none() && report.weight.is_none());
                        }
                        Stage::ComputeLoss => {
                            let (whole, terms) = whole_loss(&trainer, report, &networks);
                            let reported = report.loss.unwrap();
                            near(halved * reported.value, whole);
                            assert_eq!(Some(reported.value), trainer.gan().loss(network));
                            match (reported.terms, terms) {
                                (
                                    LossTerms::Discriminator { real: a, fake: b },
                                    LossTerms::Discriminator { real, fake },
                                ) => (near(a, real), near(b, fake)).1,
                                (LossTerms::Generator { fooling: a }, LossTerms::Generator { fooling }) => {
                                    near(a, fooling);
                                }
                                (reported, _) => panic!("{network}: {reported:?}"),
                            }
                        }
                        Stage::ComputeGradients => {
                            let found = report.weight.unwrap();
                            let moved = |by: f64| {
                                let mut networks = networks.clone();
                                let owner = match network {
                                    Network::Generator => &mut networks[0],
                                    Network::Discriminator => &mut networks[1],
                                };
                                assert_eq!(owner[found.index] as f32, found.before);
                                owner[found.index] += by;
                                whole_loss(&trainer, report, &networks).0
                            };
                            // Small enough that hardly a sample crosses a ReLU's corner.
                            let h = 1e-6;
                            let slope = (moved(h) - moved(-h)) / (2.0 * h);
                            let gradient = f64::from(found.gradient);
                            assert!(
                                (gradient - slope).abs() <= 1e-3 * slope.abs(),
                                "{gradient} {slope}"
                            );
                            assert!(found.norm >= gradient.abs() && found.step.is_none());
                            let layers = trainer.gan().configuration().shape(network).layers();
                            let layer = layers[found.layer];
                            let place = layer.offset + found.output * layer.inputs + found.input;
                            assert_eq!(found.index, place);
                            let gradients = trainer.gan().gradients(network);
                            let mut weights = layers.iter().flat_map(|layer| layer.weights());
                            assert!(weights.all(|index| gradients[index].abs() <= found.gradient.abs()));
                            weight = Some(found);
                        }
                        Stage::Update => {
                            let found = report.weight.unwrap();
                            let step = found.step.unwrap();
                            assert_eq!(Some(WeightReport { step: None, ..found }), weight);
                            assert_eq!(trainer.gan().parameters(network)[found.index], step.after);
                            let direction = match step.moments {
                                None => f64::from(found.gradient),
                                Some(Moments { mean, square }) => {
                                    f64::from(mean) / (f64::from(square).sqrt() + 1e-8)
                                }
                            };
                            assert_eq!(step.moments.is_some(), optimizer == Optimizer::Adam);
                            let expected = f64::from(found.before) - f64::from(step.rate) * direction;
                            near(f64::from(step.after), expected);
                            assert_ne!(step.after, found.before);
                        }
                    }
                }
            }
        }
    }
}
