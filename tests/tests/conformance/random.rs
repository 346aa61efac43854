//! Random configurations, the same ones every time.

use gan_core::configuration::{
    AtlasLength, BatchSize, HiddenLayers, LearningRate, Loss, NetworkConfiguration, Neurons, Noise,
    NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Preset, Target};

use crate::backends::Run;
use crate::population::run;

/// Weyl's sequence, mixed (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 32) as u32 % sides
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u32) as usize]
    }
}

/// What may differ between runs of one population.
fn settings(dice: &mut Dice, configuration: &mut Configuration) {
    configuration.target = dice.any(&[
        Target::Line,
        Target::Gaussians,
        Target::Ring,
        Target::Disjoint,
        Target::Drawing,
    ]);
    configuration.noise.kind = dice.any(&[NoiseKind::Uniform, NoiseKind::Normal]);
    configuration.loss = dice.any(&[Loss::Log, Loss::LeastSquares]);
    configuration.atlas = AtlasLength::new(1 + dice.roll(3000)).unwrap();
    for network in [&mut configuration.generator, &mut configuration.discriminator] {
        network.learning_rate = dice.any(&LearningRate::LISTED);
        network.optimizer = dice.any(&[Optimizer::Sgd, Optimizer::Adam]);
        network.updates_per_epoch = UpdatesPerEpoch::new(dice.any(&[0, 1, 1, 1, 2, 2, 3, 10])).unwrap();
    }
}

/// Four runs of the same shapes and batch.
fn population(dice: &mut Dice, layers: &[u32], neurons: [u32; 2], batch: u32) -> Vec<Run> {
    let [least, most] = neurons;
    let mut network = || NetworkConfiguration {
        hidden_layers: HiddenLayers::new(dice.any(layers)).unwrap(),
        neurons: Neurons::new(least + dice.roll(most - least + 1)).unwrap(),
        ..Preset::Line.configuration().generator
    };
    let (generator, discriminator) = (network(), network());
    let mut configuration = Configuration {
        noise: Noise {
            kind: NoiseKind::Uniform,
            dimensions: NoiseDimensions::new(1 + dice.roll(2)).unwrap(),
        },
        generator,
        discriminator,
        batch: BatchSize::new(batch).unwrap(),
        ..Preset::Line.configuration()
    };
    (0..4)
        .map(|_| {
            settings(dice, &mut configuration);
            run(&configuration, u64::from(dice.roll(1000)))
        })
        .collect()
}

/// So many populations of four runs each, small enough for a processor that plays a graphics card.
pub fn populations(count: usize) -> impl Iterator<Item = Vec<Run>> {
    let mut dice = Dice(2026);
    (0..count).map(move |number| match number % 16 {
        0 => population(&mut dice, &[0, 1], [1, 6], 1024),
        1 => population(&mut dice, &[4, 5], [1, 4], 16),
        2 => population(&mut dice, &[1], [20, 30], 32),
        _ => {
            let batch = 1 + dice.roll(150);
            population(&mut dice, &[0, 0, 1, 1, 2, 3], [1, 12], batch)
        }
    })
}

/// Four runs of the largest networks, one update of each a GAN's epoch.
pub fn largest() -> Vec<Run> {
    let mut dice = Dice(5100);
    let mut runs = population(&mut dice, &[5], [100, 100], 150);
    for (run, optimizer) in runs
        .iter_mut()
        .zip([Optimizer::Sgd, Optimizer::Adam].into_iter().cycle())
    {
        let mut configuration = *run.configuration();
        for network in [&mut configuration.generator, &mut configuration.discriminator] {
            network.updates_per_epoch = UpdatesPerEpoch::new(1).unwrap();
            network.optimizer = optimizer;
        }
        *run = crate::population::run(&configuration, 7);
    }
    runs
}
