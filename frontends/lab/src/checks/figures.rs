//! The figures that are measured of a run at checks, a row each: metrics files, `--json`, conditions and stops, and a
//! sweep's rows iterate over the table.

use gan_core::Network;
use gan_core::measures::{Activity, Modes};

use crate::checks::gauge::Norms;
use crate::checks::measures::Measures;
use crate::checks::reach::Judgement;

/// Layers of the largest network there is: five hidden ones in GAN Lab's counting, and two.
pub const LAYERS: usize = 7;

/// One figure of each layer.
pub type OfLayers = [Option<f32>; LAYERS];

macro_rules! figures {
    (
        |$measures:ident, $layer:ident|
        run { $($(#[doc = $about:literal])+ $field:ident: $variant:ident $key:literal = $of:expr;)* }
        layers { $($(#[doc = $layer_about:literal])+ $layer_field:ident: $layer_variant:ident $layer_key:literal = $layer_of:expr;)* }
    ) => {
        /// A figure of a check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Figure {
            $($(#[doc = $about])+ $variant,)*
            $($(#[doc = $layer_about])+ $layer_variant(u8),)*
        }

        /// The figures of [`Measures`] that a course over epochs keeps, each `None` where it is not known.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Summary {
            $($(#[doc = $about])+ pub $field: Option<f32>,)*
            /// Middle of the fake samples, `[x, y]`.
            pub middle: Option<[f32; 2]>,
            $($(#[doc = $layer_about])+ pub $layer_field: OfLayers,)*
        }

        impl Figure {
            /// All of them, in the order of files.
            pub const ALL: [Self; [$($key),*].len() + LAYERS * [$($layer_key),*].len()] = [
                $(Self::$variant,)*
                $(
                    Self::$layer_variant(0), Self::$layer_variant(1), Self::$layer_variant(2), Self::$layer_variant(3),
                    Self::$layer_variant(4), Self::$layer_variant(5), Self::$layer_variant(6),
                )*
            ];

            /// The name in files and conditions; layers count from 1, at the input.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                    $(Self::$layer_variant(layer) => [
                        concat!($layer_key, "_1"), concat!($layer_key, "_2"), concat!($layer_key, "_3"),
                        concat!($layer_key, "_4"), concat!($layer_key, "_5"), concat!($layer_key, "_6"),
                        concat!($layer_key, "_7"),
                    ][layer as usize],)*
                }
            }

            /// The figure's description, in a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($about),+),)*
                    $(Self::$layer_variant(_) => concat!($($layer_about),+),)*
                }
            }
        }

        impl Summary {
            /// Nothing is known.
            pub const UNKNOWN: Self = Self {
                $($field: None,)*
                middle: None,
                $($layer_field: [None; LAYERS],)*
            };

            /// A figure's value.
            #[must_use]
            pub const fn get(&self, figure: Figure) -> Option<f32> {
                match figure {
                    $(Figure::$variant => self.$field,)*
                    $(Figure::$layer_variant(layer) => self.$layer_field[layer as usize],)*
                }
            }
        }

        impl Measures {
            /// The figures that a course over epochs keeps. A figure that is not finite is not
            /// known.
            #[must_use]
            pub fn summary(&self) -> Summary {
                let $measures = self;
                let known = |value: Option<f64>| value.map(|value| value as f32).filter(|value| value.is_finite());
                let reach = self.reach.as_ref();
                let middle = reach.map(|reach| reach.middle.map(|at| at as f32));
                Summary {
                    $($field: known($of),)*
                    middle: middle.filter(|middle| middle.iter().all(|at| at.is_finite())),
                    $($layer_field: std::array::from_fn(|$layer| known($layer_of)),)*
                }
            }
        }
    };
}

const G: Network = Network::Generator;
const D: Network = Network::Discriminator;

figures! { |measures, layer|
    run {
        /// NDB/K, 0–1 (Richardson and Weiss 2018).
        ndb: Ndb "ndb" = measures.bins.as_ref().map(|bins| bins.score());
        /// Share of the modes covered, 0–1.
        coverage: Coverage "mode_coverage" = measures.modes.as_ref().map(Modes::coverage);
        /// Share of the fake samples near a mode, 0–1.
        high_quality: HighQuality "high_quality" = measures.modes.as_ref().and_then(Modes::high_quality);
        /// Norm of D's gradient.
        discriminator_gradient: DiscriminatorGradient "d_gradient" = gradient(measures, D);
        /// Norm of G's gradient.
        generator_gradient: GeneratorGradient "g_gradient" = gradient(measures, G);
        /// Distance D moved per update.
        discriminator_moved: DiscriminatorMoved "d_moved" = measures.updates(D).map(|updates| updates.moved);
        /// Distance G moved per update.
        generator_moved: GeneratorMoved "g_moved" = measures.updates(G).map(|updates| updates.moved);
        /// Share of D's hidden units that are dead, 0–1.
        discriminator_dead: DiscriminatorDead "d_dead" = measures.activity(D).map(dead_share);
        /// Share of G's hidden units that are dead, 0–1.
        generator_dead: GeneratorDead "g_dead" = measures.activity(G).map(dead_share);
        /// Mean of D's loss over the window.
        loss_mean: LossMean "d_loss_mean" = measures.gauged.loss.map(|loss| loss.mean);
        /// Variance of D's loss over the window.
        loss_variance: LossVariance "d_loss_variance" = measures.gauged.loss.map(|loss| loss.variance);
        /// Period of its oscillation, in epochs.
        period: LossPeriod "d_loss_period"
            = measures.gauged.loss.and_then(|loss| loss.oscillation).map(|found| found.period);
        /// How well D's outputs tell real and fake samples apart, 0–1.
        separation: Separation "d_separation" = judged(measures, |judgement| judgement.separation);
        /// D's mean output at real samples, 0–1.
        real_score: RealScore "real_score" = judged(measures, |judgement| judgement.real);
        /// D's mean output at fake samples, 0–1.
        fake_score: FakeScore "fake_score" = judged(measures, |judgement| judgement.fake);
        /// Share of the real samples where there is hardly a fake one, 0–1.
        missed: Missed "missed" = measures.reach.as_ref().map(|reach| reach.missed);
        /// Share of the fake samples where real ones are, 0–1.
        precision: Precision "precision" = measures.reach.as_ref().map(|reach| reach.precision);
        /// Spread of the fake samples, in spreads of the real ones.
        spread: Spread "spread" = measures.reach.as_ref().map(|reach| reach.spread);
        /// The greatest share of dead units in a layer of D, 0–1.
        discriminator_dead_layer: DiscriminatorDeadLayer "d_dead_layer" = measures.activity(D).map(deadest_layer);
        /// The greatest share of dead units in a layer of G, 0–1.
        generator_dead_layer: GeneratorDeadLayer "g_dead_layer" = measures.activity(G).map(deadest_layer);
        /// Median norm of D's gradient over the window.
        discriminator_gradient_median: DiscriminatorGradientMedian "d_gradient_median"
            = norms(measures, D).map(|norms| norms.median);
        /// Median norm of G's gradient over the window.
        generator_gradient_median: GeneratorGradientMedian "g_gradient_median"
            = norms(measures, G).map(|norms| norms.median);
        /// The greatest norm of D's gradient over the window.
        discriminator_gradient_greatest: DiscriminatorGradientGreatest "d_gradient_greatest"
            = norms(measures, D).map(|norms| norms.greatest);
        /// The greatest norm of G's gradient over the window.
        generator_gradient_greatest: GeneratorGradientGreatest "g_gradient_greatest"
            = norms(measures, G).map(|norms| norms.greatest);
        /// How often G's samples moved as a whole over the window.
        swings: Swings "swings" = wandering(measures).map(|found| found.moves.swings.into());
        /// How often they did of late.
        late_swings: LateSwings "late_swings" = wandering(measures).map(|found| found.moves.late.into());
        /// How often they turned round.
        turns: Turns "turns" = wandering(measures).map(|found| found.moves.turns);
        /// After how many epochs they come back, if they do.
        swing_period: SwingPeriod "swing_period" = wandering(measures).and_then(|found| found.period);
        /// Share of the fake samples that D finds more real than half of the real ones, 0–1.
        fooled: Fooled "fooled" = judged(measures, |judgement| judgement.fooled);
        /// D's greatest output less its least.
        discriminator_range: DiscriminatorRange "d_range" = judged(measures, |judgement| judgement.range);
        /// The share of the real samples in smaller regions where there is hardly a fake one, 0–1.
        missed_finely: MissedFinely "missed_finely" = measures.reach.as_ref().map(|reach| reach.missed_finely);
        /// Sliced Wasserstein distance, in that of the one point that is nearest to the real samples.
        wasserstein: Wasserstein "wasserstein" = measures.wasserstein;
        /// Share of the real samples that belong to modes with less than a tenth of their due, 0–1.
        lost: Lost "lost" = measures.modes.as_ref().map(Modes::lost);
    }
    layers {
        /// Norm of the gradient of a layer of D.
        discriminator_gradients: DiscriminatorLayerGradient "d_gradient" = gradient_of(measures, D, layer);
        /// Norm of the gradient of a layer of G.
        generator_gradients: GeneratorLayerGradient "g_gradient" = gradient_of(measures, G, layer);
        /// Share of the dead units of a hidden layer of D, 0–1.
        discriminator_dead_units: DiscriminatorLayerDead "d_dead" = dead_in(measures, D, layer);
        /// Share of the dead units of a hidden layer of G, 0–1.
        generator_dead_units: GeneratorLayerDead "g_dead" = dead_in(measures, G, layer);
    }
}

impl Default for Summary {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl Figure {
    /// The figure of a name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.key() == key)
    }
}

fn gradient(measures: &Measures, network: Network) -> Option<f64> {
    measures
        .updates(network)
        .map(crate::checks::gauge::UpdateFigures::gradient)
}

fn gradient_of(measures: &Measures, network: Network, layer: usize) -> Option<f64> {
    measures.updates(network)?.gradients.get(layer).copied()
}

fn dead_in(measures: &Measures, network: Network, layer: usize) -> Option<f64> {
    measures.activity(network)?.shares().nth(layer)
}

fn dead_share(activity: &Activity) -> f64 {
    activity.shares().sum::<f64>() / activity.shares().count() as f64
}

fn deadest_layer(activity: &Activity) -> f64 {
    activity.shares().fold(0.0, f64::max)
}

fn judged(measures: &Measures, of: fn(&Judgement) -> f64) -> Option<f64> {
    measures.judgement.as_ref().map(of)
}

fn norms(measures: &Measures, network: Network) -> Option<Norms> {
    let window = measures.gauged.window?;
    match network {
        Network::Generator => window.generator_gradient,
        Network::Discriminator => window.discriminator_gradient,
    }
}

fn wandering(measures: &Measures) -> Option<crate::checks::gauge::Wandering> {
    measures.gauged.window?.wandering
}
