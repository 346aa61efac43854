//! What a kernel reads and never writes: hyper-parameters and samples.

use std::collections::HashMap;

use gan_core::Configuration;
use gan_core::configuration::{Loss, Optimizer};

/// The kernel's settings of a run, in its order.
pub(crate) fn setting_words(configuration: &Configuration, real: u32, noise: u32) -> [u32; 10] {
    let [g, d] = [&configuration.generator, &configuration.discriminator];
    let optimizer = |optimizer| match optimizer {
        Optimizer::Sgd => 0,
        Optimizer::Adam => 1,
    };
    [
        g.learning_rate.get().to_bits(),
        d.learning_rate.get().to_bits(),
        match configuration.loss {
            Loss::Log => 0,
            Loss::LeastSquares => 1,
            Loss::Minimax => 2,
            Loss::Flipped => 3,
            Loss::Wasserstein => 4,
            Loss::Hinge => 5,
        },
        optimizer(g.optimizer),
        optimizer(d.optimizer),
        g.updates_per_epoch.get() as u32,
        d.updates_per_epoch.get() as u32,
        real,
        noise,
        configuration.atlas.get() as u32,
    ]
}

/// Atlases of all runs; equal ones lie there once.
#[derive(Default)]
pub(crate) struct Atlases {
    pub(crate) words: Vec<u32>,
    /// Where atlases lie that begin with these bits.
    places: HashMap<Vec<u32>, Vec<(usize, usize)>>,
}

impl Atlases {
    /// The place of an atlas, in words.
    pub(crate) fn place(&mut self, numbers: &[f32]) -> u32 {
        let bits = || numbers.iter().map(|number| number.to_bits());
        let places = self.places.entry(bits().take(8).collect()).or_default();
        for (at, length) in &*places {
            if self.words[*at..at + length].iter().copied().eq(bits()) {
                return *at as u32;
            }
        }
        let at = self.words.len();
        places.push((at, numbers.len()));
        self.words.extend(bits());
        at as u32
    }
}
