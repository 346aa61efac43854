//! What holds of every technique: the same bits on every level, and nothing of an update that is discarded.

extern crate std;

use std::vec;
use std::vec::Vec;

use super::{
    Bound, Decay, Deviation, FadeEpochs, FeatureMatching, HiddenActivation, InstanceNoise, MinibatchKernels,
    Normalization, Penalty, Replay, ReplayCapacity, ReplayedSamples, Share, Slope, Technique, Weight,
};
use crate::configuration::{BatchSize, LearningRate, Optimizer};
use crate::kernels::Instructions;
use crate::kernels::tests::levels;
use crate::{Configuration, Gan, Network, Preset, StateHash, StateLayout, memory_words};

fn gan(configuration: &Configuration) -> Gan<Vec<f32>> {
    Gan::new(vec![0.0; memory_words(configuration)], configuration, 5, &[]).unwrap()
}

fn with(techniques: &[Technique]) -> Configuration {
    let mut configuration = Preset::Ring.configuration();
    // Rows with padding.
    configuration.batch = BatchSize::new(37).unwrap();
    configuration.discriminator.optimizer = Optimizer::Adam;
    for technique in techniques {
        configuration.techniques = technique.applied_to(configuration.techniques);
    }
    configuration
}

fn replay(samples: u32, capacity: u32) -> Technique {
    Technique::Replay(Some(Replay {
        samples: ReplayedSamples::new(samples).unwrap(),
        capacity: ReplayCapacity::new(capacity).unwrap(),
    }))
}

fn instance_noise() -> Technique {
    Technique::InstanceNoise(Some(InstanceNoise {
        deviation: Deviation::new(0.1).unwrap(),
        fade: FadeEpochs::new(4).unwrap(),
    }))
}

fn matching() -> Technique {
    Technique::FeatureMatching(Some(FeatureMatching {
        weight: Share::new(0.75).unwrap(),
        fade: FadeEpochs::new(8).unwrap(),
    }))
}

fn batch(network: Network) -> Technique {
    let decay = Decay::from_decimal(0.9).unwrap();
    Technique::Normalization(network, Normalization::Batch(decay))
}

fn spectral(network: Network) -> Technique {
    Technique::Normalization(network, Normalization::Spectral)
}

fn kernels(count: u32) -> Technique {
    Technique::Minibatch(Some(MinibatchKernels::new(count).unwrap()))
}

/// Everything that reads or writes beside a plain run, alone and in company.
fn all() -> Vec<Vec<Technique>> {
    let weight = Weight::new(0.5).unwrap();
    let leaky = HiddenActivation::LeakyRelu(Slope::new(0.2).unwrap());
    let label_noise = Technique::LabelNoise(Share::new(0.2).unwrap());
    let mut all = vec![
        vec![label_noise],
        vec![instance_noise()],
        vec![replay(9, 20)],
        vec![Technique::Penalty(Penalty::Clipping(Bound::new(0.2).unwrap()))],
        vec![matching()],
        vec![kernels(2)],
        vec![spectral(Network::Generator)],
        vec![spectral(Network::Discriminator)],
    ];
    for activation in [HiddenActivation::Relu, leaky, HiddenActivation::Tanh] {
        let of_generator = Technique::Activation(Network::Generator, activation);
        let activation = Technique::Activation(Network::Discriminator, activation);
        let (generator, discriminator) = (Network::Generator, Network::Discriminator);
        all.push(vec![of_generator, batch(generator)]);
        all.push(vec![activation, batch(discriminator)]);
        all.push(vec![
            activation,
            spectral(discriminator),
            Technique::Penalty(Penalty::R1(weight)),
        ]);
        all.push(vec![
            activation,
            batch(generator),
            spectral(discriminator),
            kernels(3),
            matching(),
        ]);
        all.push(vec![
            activation,
            spectral(generator),
            batch(discriminator),
            kernels(1),
        ]);
        let [r1, gradient] = [Penalty::R1(weight), Penalty::Gradient(weight)].map(Technique::Penalty);
        all.push(vec![activation, r1]);
        all.push(vec![activation, gradient]);
        all.push(vec![
            activation,
            gradient,
            matching(),
            label_noise,
            instance_noise(),
            replay(9, 20),
        ]);
    }
    all
}

#[test]
fn every_technique_trains_to_the_same_state_on_every_level_and_to_its_own() {
    let hash = |techniques: &[Technique], instructions: Instructions| {
        let mut run = gan(&with(techniques));
        run.use_instructions(instructions);
        run.run_epochs(6).unwrap();
        run.state_hash()
    };
    let mut states: Vec<StateHash> = vec![hash(&[], Instructions::Scalar)];
    for techniques in all() {
        let expected = hash(&techniques, Instructions::Scalar);
        for instructions in levels() {
            assert_eq!(
                hash(&techniques, instructions),
                expected,
                "{techniques:?} {instructions:?}"
            );
        }
        assert!(!states.contains(&expected), "{techniques:?} makes no difference");
        states.push(expected);
    }
}

#[test]
fn a_state_grows_by_what_is_kept_and_what_can_work_in_place_does() {
    let words = |configuration: &Configuration| StateLayout::of(configuration).words;
    for techniques in all() {
        let configuration = with(&techniques);
        let of = configuration.techniques;
        let mut kept = of.replay.map_or(0, |replay| 2 * replay.capacity.get());
        for network in [Network::Generator, Network::Discriminator] {
            let shape = configuration.shape(network);
            let hidden = shape.hidden_rows();
            kept += match of.network(network).normalization {
                Normalization::None => 0,
                // Means and variances; left vectors, of the output layer too.
                Normalization::Batch(_) => 2 * hidden,
                Normalization::Spectral => hidden + shape.outputs(),
            };
        }
        let parameters = |configuration: &Configuration| {
            let count = |network| configuration.shape(network).parameters();
            count(Network::Generator) + count(Network::Discriminator)
        };
        // Scales, and the matrix of minibatch discrimination, are parameters.
        let more = 3 * (parameters(&configuration) - parameters(&with(&[])));
        let counts = if kept > 0 { 6 } else { 0 };
        assert_eq!(
            words(&configuration),
            words(&with(&[])) + more + counts + kept,
            "{techniques:?}"
        );
    }
    let plain = with(&[]);
    let clipping = Technique::Penalty(Penalty::Clipping(Bound::new(0.2).unwrap()));
    for techniques in [&[clipping][..], &[matching(), clipping]] {
        assert_eq!(memory_words(&with(techniques)), memory_words(&plain));
    }
}

#[test]
fn an_update_that_is_discarded_leaves_the_buffer_and_clips_nothing() {
    for penalty in [
        Penalty::None,
        Penalty::R1(Weight::new(1.0).unwrap()),
        Penalty::Clipping(Bound::new(0.1).unwrap()),
    ] {
        let mut configuration = with(&[replay(9, 20), instance_noise(), Technique::Penalty(penalty)]);
        configuration.discriminator.optimizer = Optimizer::Sgd;
        let mut run = gan(&configuration);
        run.run_epochs(2).unwrap();
        let mut weights = run.parameters(Network::Discriminator).to_vec();
        let last = weights.len() - 2;
        weights[..last].fill(1e30);
        run.load_parameters(Network::Discriminator, &weights).unwrap();
        let before = run.state_hash();
        let (count, buffer) = (run.counts, run.parts().techniques.replay.buffer.to_vec());
        assert!(count.replayed > 0);
        let diverged = run.run_epoch().unwrap_err();
        assert_eq!(diverged.network, Network::Discriminator);
        assert_eq!(run.state_hash(), before, "{penalty:?}");
        assert_eq!(
            (run.counts, run.parts().techniques.replay.buffer),
            (count, &buffer[..])
        );
        assert_eq!(run.parameters(Network::Discriminator), weights);
    }
}

#[test]
fn an_update_that_is_discarded_leaves_running_figures_and_left_vectors() {
    for network in [Network::Generator, Network::Discriminator] {
        for normalization in [batch(network), spectral(network)] {
            let mut run = gan(&with(&[normalization]));
            run.run_epochs(2).unwrap();
            let states = |run: &Gan<Vec<f32>>| -> Vec<Vec<f32>> {
                let states = run.parts().techniques.states().into_iter();
                states.map(|(numbers, _)| numbers.to_vec()).collect()
            };
            let mut next = run
                .copied_to(vec![0.0; memory_words(run.configuration())])
                .unwrap();
            next.step(network).unwrap();
            assert_ne!(states(&next), states(&run), "{normalization:?} keeps nothing");
            let weights = vec![3e38; run.parameters(network).len()];
            run.load_parameters(network, &weights).unwrap();
            let (hash, before) = (run.state_hash(), states(&run));
            run.step(network).unwrap_err();
            assert_eq!(
                (run.state_hash(), states(&run)),
                (hash, before),
                "{normalization:?}"
            );
        }
    }
}

#[test]
fn running_figures_begin_at_0_and_1_and_every_state_is_in_the_hash() {
    let (generator, discriminator) = (Network::Generator, Network::Discriminator);
    for techniques in [
        [batch(generator), batch(discriminator)],
        [spectral(generator), spectral(discriminator)],
    ] {
        let configuration = with(&techniques);
        let mut run = gan(&configuration);
        let running = run.parts().techniques.running;
        for (figures, network) in [
            (running.generator, generator),
            (running.discriminator, discriminator),
        ] {
            for layer in figures.chunks_exact(2 * configuration.network(network).neurons.get()) {
                let (means, variances) = layer.split_at(layer.len() / 2);
                assert!(means.iter().all(|mean| *mean == 0.0) && variances.iter().all(|v| *v == 1.0));
            }
        }
        let mut hashes = vec![run.state_hash()];
        for index in 0..run.parts().techniques.states().len() {
            let parts = run.sizes.parts_mut(run.memory.as_mut());
            let (numbers, _) = &mut parts.techniques.states()[index];
            if let Some(number) = numbers.last_mut() {
                *number += 1.0;
                hashes.push(run.state_hash());
            }
        }
        assert_eq!(hashes.len(), 3, "a state of each network");
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2], "{techniques:?}");
    }
}

#[test]
fn clipped_parameters_stay_within_the_bound_as_they_train() {
    let bound = Bound::new(0.05).unwrap();
    let mut configuration = with(&[Technique::Penalty(Penalty::Clipping(bound))]);
    configuration.discriminator.learning_rate = LearningRate::new(0.1).unwrap();
    let mut run = gan(&configuration);
    run.run_epochs(5).unwrap();
    let most = |network| {
        run.parameters(network)
            .iter()
            .fold(0.0_f32, |most, x| most.max(x.abs()))
    };
    assert_eq!(most(Network::Discriminator), 0.05);
    assert!(most(Network::Generator) > 0.05);
}
