//! The lines of each chart: the figure of each, its colour, its unit and its meaning.

use std::borrow::Cow;

use egui::Color32;
use gan_core::Network;
use gan_core::measures::{Activity, SIGNIFICANCE};
use lab::{Measured, Series, Snapshot};

use super::histogram;
use super::kinds::Chart;
use super::series;
use super::unit::Unit;
use crate::names;
use crate::style::Look;

/// A line of a chart.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) name: &'static str,
    /// A name for heads that have no room for the full one.
    pub(super) short_name: &'static str,
    pub(super) colour: Color32,
    pub(super) unit: Unit,
    /// Its figure in a measurement.
    pub(super) value: fn(&Measured) -> Option<f64>,
    /// How far a band reaches above and below it, if it has one of its own.
    pub(super) spread: Option<fn(&Measured) -> Option<f64>>,
    pub(super) now: Option<f64>,
    /// [`Self::spread`] now.
    pub(super) spread_now: Option<f64>,
    /// The same of the generator's moving average, where the run keeps one.
    pub(super) average: Option<f64>,
    /// A sentence that explains the line, for whoever rests on the name.
    pub(super) meaning: Cow<'static, str>,
    /// How near two sets of real samples come: a perfect generator gets there.
    pub(super) floor: Option<f64>,
}

impl Line {
    /// A figure, with its spread if that is known.
    pub(super) fn figure(&self, value: Option<f64>, spread: Option<f64>) -> String {
        let figure = self.unit.figure(value);
        match spread.filter(|_| value.is_some()) {
            Some(spread) => format!("{figure} ± {}", self.unit.figure(Some(spread))),
            None => figure,
        }
    }

    /// The figure of a measurement.
    pub(super) fn figure_in(&self, measured: Option<&Measured>) -> String {
        let spread = self
            .spread
            .zip(measured)
            .and_then(|(spread, measured)| spread(measured));
        self.figure(measured.and_then(self.value), spread)
    }
}

impl Chart {
    /// Its lines, except lines for figures that this target does not have.
    pub(super) fn lines(self, snapshot: &Snapshot, look: Look) -> Vec<Line> {
        let now = series::now(snapshot);
        let colours = look.colours;
        let line = |name, short_name, colour, unit, value: fn(&Measured) -> Option<f64>, meaning| Line {
            name,
            short_name,
            colour,
            unit,
            value,
            spread: None,
            now: value(&now),
            spread_now: None,
            average: None,
            meaning,
            floor: None,
        };
        let of_network = |network, unit, value, meaning: String| {
            let (name, letter) = match network {
                Network::Discriminator => ("Discriminator", "D"),
                Network::Generator => ("Generator", "G"),
            };
            line(
                name,
                letter,
                colours.network(network),
                unit,
                value,
                Cow::Owned(meaning),
            )
        };
        let said = |words: &'static str| Cow::Borrowed(words);
        let (d, g) = (Network::Discriminator, Network::Generator);
        match self {
            Self::Losses => vec![
                of_network(
                    d,
                    Unit::Plain,
                    |measured| measured.value(Series::DiscriminatorLoss),
                    names::loss_of(d).to_owned(),
                ),
                of_network(
                    g,
                    Unit::Plain,
                    |measured| measured.value(Series::GeneratorLoss),
                    names::loss_of(g).to_owned(),
                ),
            ],
            Self::Divergences => vec![
                Line {
                    floor: Some(snapshot.floor.kl),
                    ..line(
                        "KL",
                        "KL",
                        colours.kl,
                        Unit::Plain,
                        |measured| measured.value(Series::Kl),
                        said(
                            "Kullback–Leibler divergence of the real samples from the fake ones, in bits: 0 where \
                             both lie alike. It punishes real samples that the generator never makes.",
                        ),
                    )
                },
                Line {
                    average: snapshot.average.as_ref().map(|average| average.divergence.js),
                    floor: Some(snapshot.floor.js),
                    ..line(
                        "JS",
                        "JS",
                        colours.js,
                        Unit::Plain,
                        |measured| measured.value(Series::Js),
                        said(
                            "Jensen–Shannon divergence between real and fake samples, in bits: 0 where both lie \
                             alike, 1 where they have no place in common.",
                        ),
                    )
                },
            ],
            Self::Outputs => histogram::lines(snapshot, look),
            Self::Coverage => {
                let ndb = Line {
                    floor: Some(SIGNIFICANCE),
                    ..line(
                        "NDB/K",
                        "NDB/K",
                        colours.kl,
                        Unit::Share,
                        |measured| figure(measured.summary.ndb),
                        said(
                            "NDB/K: in what share of 100 bins of the real samples there are too few or too many fake \
                             ones, at a significance level of 5 % (Richardson and Weiss 2018). Less is better.",
                        ),
                    )
                };
                if snapshot.configuration.target.modes().is_empty() {
                    return vec![ndb];
                }
                vec![
                    ndb,
                    line(
                        "modes covered",
                        "modes",
                        colours.js,
                        Unit::Share,
                        |measured| figure(measured.summary.coverage),
                        said(
                            "Share of the target's modes that have at least a quarter of the fake samples due to them. \
                             Less than 100 % is mode collapse.",
                        ),
                    ),
                    line(
                        "high quality",
                        "quality",
                        colours.fake,
                        Unit::Share,
                        |measured| figure(measured.summary.high_quality),
                        said(
                            "Share of the fake samples that lie within three deviations of a mode; of real ones it is 99 %.",
                        ),
                    ),
                ]
            }
            Self::Gradients => vec![
                of_network(
                    d,
                    Unit::Norm,
                    |measured| figure(measured.summary.discriminator_gradient),
                    gradients(snapshot, d),
                ),
                of_network(
                    g,
                    Unit::Norm,
                    |measured| figure(measured.summary.generator_gradient),
                    gradients(snapshot, g),
                ),
            ],
            Self::Movement => {
                let meaning = |network| {
                    format!(
                        "How far an update moves the {}: the norm of the change of all its weights and biases",
                        named(network)
                    )
                };
                vec![
                    of_network(
                        d,
                        Unit::Norm,
                        |measured| figure(measured.summary.discriminator_moved),
                        meaning(d),
                    ),
                    of_network(
                        g,
                        Unit::Norm,
                        |measured| figure(measured.summary.generator_moved),
                        meaning(g),
                    ),
                ]
            }
            Self::DeadUnits => vec![
                of_network(
                    d,
                    Unit::Share,
                    |measured| figure(measured.summary.discriminator_dead),
                    dead_units(snapshot, d),
                ),
                of_network(
                    g,
                    Unit::Share,
                    |measured| figure(measured.summary.generator_dead),
                    dead_units(snapshot, g),
                ),
            ],
            Self::MeanLoss => {
                let spread: fn(&Measured) -> Option<f64> =
                    |measured| figure(measured.summary.loss_variance).map(f64::sqrt);
                vec![Line {
                    spread: Some(spread),
                    spread_now: spread(&now),
                    ..of_network(
                        d,
                        Unit::Plain,
                        |measured| figure(measured.summary.loss_mean),
                        mean_loss(snapshot),
                    )
                }]
            }
        }
    }
}

/// Within a sentence.
const fn named(network: Network) -> &'static str {
    match network {
        Network::Generator => "generator",
        Network::Discriminator => "discriminator",
    }
}

/// A figure of a summary.
fn figure(value: Option<f32>) -> Option<f64> {
    value.map(f64::from).filter(|value| value.is_finite())
}

/// Explains the norm of a gradient, and gives each layer's.
fn gradients(snapshot: &Snapshot, network: Network) -> String {
    let name = named(network);
    let mut meaning =
        format!("The norm of the {name}'s gradient at its last measured update, all layers together.");
    if let Some(updates) = snapshot.measures.updates(network) {
        meaning += " Layer by layer, from the input on:";
        for (layer, norm) in updates.gradients.iter().enumerate() {
            let which = layer_name(layer, updates.gradients.len());
            meaning += &format!("\n{which}: {}", Unit::Norm.figure(Some(*norm)));
        }
    }
    meaning
}

/// Explains dead units, and counts them in each hidden layer.
fn dead_units(snapshot: &Snapshot, network: Network) -> String {
    let name = named(network);
    let neurons = snapshot.configuration.network(network).neurons.get();
    let mut meaning = format!("Hidden units of the {name} that are 0 for every sample.");
    match snapshot.measures.activity(network) {
        Some(activity) => {
            for (layer, dead) in Activity::dead(activity).enumerate() {
                meaning += &format!("\nhidden layer {}: {dead} of {neurons}", layer + 1);
            }
        }
        None => meaning += " Only ReLUs can die.",
    }
    meaning
}

fn mean_loss(snapshot: &Snapshot) -> String {
    let meaning = "The mean of D's loss over a window, and one standard deviation around it.";
    match snapshot.measures.gauged.loss {
        Some(loss) => format!(
            "{meaning} The window now has {} epochs.",
            crate::text::count(loss.epochs)
        ),
        None => meaning.to_owned(),
    }
}

/// 'hidden layer 2', 'output layer'.
fn layer_name(layer: usize, layers: usize) -> String {
    if layer + 1 == layers {
        "output layer".to_owned()
    } else {
        format!("hidden layer {}", layer + 1)
    }
}
