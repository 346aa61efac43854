//! Tests of every technique: the same bits on every level, and no trace of an update that is
//! discarded.

extern crate std;

use std::format;
use std::string::{String, ToString as _};
use std::vec;
use std::vec::Vec;

use super::Normalization;
use crate::configuration::{LearningRate, Optimizer};
use crate::kernels::Instructions;
use crate::kernels::tests::levels;
use crate::{Configuration, Gan, Network, Preset, StateHash, StateLayout, memory_words};

fn gan(configuration: &Configuration) -> Gan<Vec<f32>> {
    Gan::new(vec![0.0; memory_words(configuration)], configuration, 5, &[]).unwrap()
}

/// Techniques with a batch whose rows have padding.
fn with(techniques: &str) -> Configuration {
    let ring = Preset::Ring.configuration();
    ring.with_written("batch=37 discriminator.optimizer=adam")
        .with_written(techniques)
}

const REPLAY: &str = "replay.samples=9 replay.capacity=20";
const INSTANCE_NOISE: &str = "instance_noise.deviation=0.1 instance_noise.epochs=4";
const MATCHING: &str = "feature_matching.weight=0.75 feature_matching.epochs=8";
const LABEL_NOISE: &str = "labels.noise=0.2";
const CLIPPING: &str = "penalty.kind=clipping penalty.bound=0.2";

/// Everything that reads or writes beside a plain run, alone and in company.
fn all() -> Vec<String> {
    let mut all: Vec<String> = [
        LABEL_NOISE,
        INSTANCE_NOISE,
        REPLAY,
        CLIPPING,
        MATCHING,
        "discriminator.minibatch_kernels=2",
        "generator.normalization=spectral",
        "discriminator.normalization=spectral",
    ]
    .map(|technique| technique.to_string())
    .into();
    for activation in ["relu", "leaky-relu", "tanh"] {
        let of_generator = format!("generator.activation={activation}");
        let activation = format!("discriminator.activation={activation}");
        let [r1, gradient] = ["r1", "gradient"].map(|kind| format!("penalty.kind={kind} penalty.weight=0.5"));
        let [batch, spectral] =
            ["batch", "spectral"].map(|kind| format!("discriminator.normalization={kind}"));
        all.push(format!("{of_generator} generator.normalization=batch"));
        all.push(format!("{activation} {batch}"));
        all.push(format!("{activation} {spectral} {r1}"));
        all.push(format!(
            "{activation} generator.normalization=batch {spectral} discriminator.minibatch_kernels=3 {MATCHING}"
        ));
        all.push(format!(
            "{activation} generator.normalization=spectral {batch} discriminator.minibatch_kernels=1"
        ));
        all.push(format!("{activation} {r1}"));
        all.push(format!("{activation} {gradient}"));
        all.push(format!(
            "{activation} {gradient} {MATCHING} {LABEL_NOISE} {INSTANCE_NOISE} {REPLAY}"
        ));
    }
    all
}

#[test]
fn every_technique_trains_to_the_same_state_on_every_level_and_to_its_own() {
    let hash = |techniques: &str, instructions: Instructions| {
        let mut run = gan(&with(techniques));
        run.use_instructions(instructions);
        run.run_epochs(6).unwrap();
        run.state_hash()
    };
    let mut states: Vec<StateHash> = vec![hash("", Instructions::Scalar)];
    for techniques in all() {
        let expected = hash(&techniques, Instructions::Scalar);
        for instructions in levels() {
            assert_eq!(
                hash(&techniques, instructions),
                expected,
                "{techniques} {instructions:?}"
            );
        }
        assert!(!states.contains(&expected), "{techniques} makes no difference");
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
        let more = 3 * (parameters(&configuration) - parameters(&with("")));
        let counts = if kept > 0 { 6 } else { 0 };
        assert_eq!(
            words(&configuration),
            words(&with("")) + more + counts + kept,
            "{techniques}"
        );
    }
    let plain = with("");
    for techniques in [CLIPPING.to_string(), format!("{MATCHING} {CLIPPING}")] {
        assert_eq!(memory_words(&with(&techniques)), memory_words(&plain));
    }
}

#[test]
fn an_update_that_is_discarded_leaves_the_buffer_and_clips_nothing() {
    for penalty in ["kind=none", "kind=r1", "kind=clipping penalty.bound=0.1"] {
        let mut configuration = with(&format!("{REPLAY} {INSTANCE_NOISE} penalty.{penalty}"));
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
        assert_eq!(run.state_hash(), before, "{penalty}");
        assert_eq!(
            (run.counts, run.parts().techniques.replay.buffer),
            (count, &buffer[..])
        );
        assert_eq!(run.parameters(Network::Discriminator), weights);
    }
}

#[test]
fn an_update_that_is_discarded_leaves_running_figures_and_left_vectors() {
    for network in Network::ALL {
        for normalization in ["batch", "spectral"] {
            let mut run = gan(&with(&format!("{network}.normalization={normalization}")));
            run.run_epochs(2).unwrap();
            let states = |run: &Gan<Vec<f32>>| -> Vec<Vec<f32>> {
                let states = run.parts().techniques.states().into_iter();
                states.map(|(numbers, _)| numbers.to_vec()).collect()
            };
            let mut next = run
                .copied_to(vec![0.0; memory_words(run.configuration())])
                .unwrap();
            next.step(network).unwrap();
            assert_ne!(states(&next), states(&run), "{normalization} keeps nothing");
            let weights = vec![3e38; run.parameters(network).len()];
            run.load_parameters(network, &weights).unwrap();
            let (hash, before) = (run.state_hash(), states(&run));
            run.step(network).unwrap_err();
            assert_eq!(
                (run.state_hash(), states(&run)),
                (hash, before),
                "{normalization}"
            );
        }
    }
}

#[test]
fn running_figures_begin_at_0_and_1_and_every_state_is_in_the_hash() {
    let (generator, discriminator) = (Network::Generator, Network::Discriminator);
    for normalization in ["batch", "spectral"] {
        let both = Network::ALL.map(|network| format!("{network}.normalization={normalization}"));
        let configuration = with(&both.join(" "));
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
        assert!(
            hashes[0] != hashes[1] && hashes[1] != hashes[2],
            "{normalization}"
        );
    }
}

#[test]
fn clipped_parameters_stay_within_the_bound_as_they_train() {
    let mut configuration = with("penalty.kind=clipping penalty.bound=0.05");
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
