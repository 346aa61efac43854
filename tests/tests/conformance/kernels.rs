//! Kernel by kernel: what each step of an update leaves on the device against what the reference's phase
//! leaves: fake samples, logits, output deltas, gradients, and the state after the update.

use gan_core::configuration::{HiddenLayers, Loss, Neurons, NoiseDimensions, Optimizer};
use gan_core::{Backend, Configuration, Network, Preset, Stage};
use gan_vulkan::Population;
use gan_vulkan::sizes::Sizes;
use gan_vulkan::steps::{disguises, feature_steps, half, steep_steps};

use crate::backends::{Run, packed};
use crate::population::run;
use crate::techniques;

/// Every phase of one epoch, for several shapes, both losses and both optimisers.
pub fn every_phase(device: &mut Population) {
    for (layers, neurons, dimensions) in [([1, 1], [5, 6], 2), ([0, 2], [3, 4], 1)] {
        for loss in [Loss::Log, Loss::LeastSquares] {
            for optimizer in [Optimizer::Sgd, Optimizer::Adam] {
                let mut configuration = Preset::Line.configuration();
                configuration.loss = loss;
                configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
                let networks = [&mut configuration.generator, &mut configuration.discriminator];
                for (index, network) in networks.into_iter().enumerate() {
                    network.hidden_layers = HiddenLayers::new(layers[index]).unwrap();
                    network.neurons = Neurons::new(neurons[index]).unwrap();
                    network.optimizer = optimizer;
                }
                phases_of_an_epoch(device, &configuration);
            }
        }
    }
}

/// Every phase of one epoch, with one technique; historical averaging's pull is part of the update
/// and so has no step.
pub fn every_phase_of_techniques(device: &mut Population) {
    for technique in techniques::alone() {
        if technique.contains(".history") {
            continue;
        }
        phases_of_an_epoch(device, &techniques::small().with_written(&technique));
    }
}

fn phases_of_an_epoch(device: &mut Population, configuration: &Configuration) {
    let mut ours = run(configuration, 7);
    // Moments and cursors are not all zero.
    ours.run_epochs(3).unwrap();
    let mut theirs = [ours.clone()];
    let sizes = device.sizes(configuration);
    device.load(&theirs).unwrap();
    let updates = |network| configuration.network(network).updates_per_epoch.get() as u32;
    let of_discriminator = updates(Network::Discriminator);
    for update in 0..of_discriminator + updates(Network::Generator) {
        let network = match update < of_discriminator {
            true => Network::Discriminator,
            false => Network::Generator,
        };
        let expected = reference_update(&mut ours);
        let last = expected.last().map_or(0, |(step, ..)| step(&sizes, network));
        for step in 0..=last + 1 {
            let rows = device.run_step(update, step).unwrap();
            for (at, stage, role, values) in expected.iter().filter(|(at, ..)| at(&sizes, network) == step) {
                let _ = at;
                let found = match stage {
                    Stage::ComputeGradients => rows.gradients[0][..values.len()].to_vec(),
                    _ => end_rows(&sizes, &rows.activations[0], *stage, values.len()),
                };
                assert_eq!(
                    bits(&found),
                    bits(values),
                    "{stage:?} of {role} in update {update} of {network}, {configuration:?}"
                );
            }
        }
        device.read(&mut theirs).unwrap();
        assert_eq!(
            theirs[0].parameters(network),
            ours.parameters(network),
            "update {update}"
        );
    }
    // Single steps complete no epoch; all else is the same.
    let (mut a, b) = (packed(&theirs[0]), packed(&ours));
    a[..2].copy_from_slice(&b[..2]);
    assert_eq!(a, b);
}

/// The step after which a result can be read.
type At = fn(&Sizes, Network) -> u32;

/// One update of the reference, and what its phases leave.
fn reference_update(ours: &mut Run) -> Vec<(At, Stage, &'static str, Vec<f32>)> {
    let mut found: Vec<(At, Stage, &'static str, Vec<f32>)> = Vec::new();
    loop {
        let phase = ours.advance().unwrap().expect("the epoch has updates");
        let of_discriminator = phase.network == Network::Discriminator;
        match phase.stage {
            Stage::RunGenerator => found.push((generated, phase.stage, "fake", ours.fake_samples().concat())),
            Stage::RunDiscriminator => {
                if of_discriminator {
                    found.push((judged_real, phase.stage, "real", ours.real_logits().to_vec()));
                }
                found.push((judged_fake, phase.stage, "fake", ours.fake_logits().to_vec()));
            }
            Stage::ComputeLoss => {
                if of_discriminator {
                    let at: At = |sizes, network| judged_real(sizes, network) + 1;
                    found.push((at, phase.stage, "real", ours.real_deltas().to_vec()));
                }
                let at: At = |sizes, network| judged_fake(sizes, network) + 1;
                found.push((at, phase.stage, "fake", ours.fake_deltas().to_vec()));
            }
            Stage::ComputeGradients => {
                let values = ours.gradients(phase.network).to_vec();
                found.push((differentiated, phase.stage, "both", values));
            }
            Stage::Update => return found,
        }
    }
}

fn generated(sizes: &Sizes, network: Network) -> u32 {
    sizes.generator.layers
        + match network {
            Network::Discriminator => half(sizes),
            Network::Generator => feature_steps(sizes),
        }
}

fn judged_real(sizes: &Sizes, _: Network) -> u32 {
    sizes.discriminator.layers
}

fn judged_fake(sizes: &Sizes, network: Network) -> u32 {
    generated(sizes, network) + disguises(sizes) + sizes.discriminator.layers
}

fn differentiated(sizes: &Sizes, network: Network) -> u32 {
    let (g, d) = (sizes.generator.layers, sizes.discriminator.layers);
    let back = match network {
        Network::Discriminator => 2 * d - 1 + steep_steps(sizes),
        // The sums of the fake batch's features, too, where they are to match.
        Network::Generator => feature_steps(sizes).min(1) + d + 2 * g - 1,
    };
    judged_fake(sizes, network) + 1 + back
}

/// The rows that a stage writes: the fake samples where D's begin, logits and their deltas D's last.
fn end_rows(sizes: &Sizes, rows: &[f32], stage: Stage, count: usize) -> Vec<f32> {
    let row = match stage {
        Stage::RunGenerator => sizes.generator.rows - 2,
        _ => sizes.rows() - 1,
    };
    let begin = (row * sizes.batch) as usize;
    rows[begin..begin + count].to_vec()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}
