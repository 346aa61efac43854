//! Training on one core: an epoch of each preset and of the largest networks, and its kernels apart.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use gan_core::configuration::{HiddenLayers, Neurons};
use gan_core::dense::{self, Gate};
use gan_core::{Configuration, Gan, Network, Preset, memory_words};

fn gan(configuration: &Configuration) -> Gan<Vec<f32>> {
    Gan::new(vec![0.0; memory_words(configuration)], configuration, 7, &[])
        .expect("the memory is of the configuration's size")
}

/// Two networks of the same shape, else as the gaussians preset.
fn shaped(hidden_layers: u32, neurons: u32) -> Configuration {
    let mut configuration = Preset::Gaussians.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        let place = configuration.network_mut(network);
        place.hidden_layers = HiddenLayers::new(hidden_layers).expect("0 to 5");
        place.neurons = Neurons::new(neurons).expect("1 to 100");
    }
    configuration
}

fn epochs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("epoch");
    let presets = ["line", "gaussians", "ring", "disjoint"]
        .into_iter()
        .zip(Preset::ALL.map(Preset::configuration));
    let others = [("1x14", shaped(1, 14)), ("5x100", shaped(5, 100))];
    for (name, configuration) in presets.chain(others) {
        let mut gan = gan(&configuration);
        group.throughput(Throughput::Elements(1));
        group.bench_function(name, |bencher| {
            bencher.iter(|| gan.run_epoch().expect("it does not diverge"))
        });
    }
    group.finish();
}

fn kernels(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("kernel, 150 samples");
    for (name, neurons) in [("8 to 8", 8), ("100 to 100", 100)] {
        let configuration = shaped(1, neurons);
        let gan = gan(&configuration);
        let parameters = gan.parameters(Network::Discriminator);
        let shape = configuration.shape(Network::Discriminator);
        // The middle layer: neurons to neurons, ReLU.
        let layer = shape.layers()[1];
        let stride = dense::stride(150);
        let activations = vec![0.25; shape.rows() * stride];
        let deltas = vec![0.125; shape.widest() * stride];
        group.throughput(Throughput::Elements((layer.inputs * layer.outputs * 150) as u64));
        group.bench_function(format!("forward {name}"), |bencher| {
            let copy = || activations.clone();
            let run = |activations: &mut Vec<f32>| dense::forward(&layer, parameters, activations, stride);
            bencher.iter_batched_ref(copy, run, BatchSize::SmallInput);
        });
        let inputs = &activations[layer.row * stride..];
        let mut out = vec![0.0; layer.inputs * stride];
        group.bench_function(format!("backward {name}"), |bencher| {
            bencher.iter(|| {
                dense::backward(
                    &layer,
                    parameters,
                    black_box(&deltas),
                    Gate::Relu(inputs),
                    &mut out,
                    stride,
                );
            });
        });
        let mut sums = vec![0.0; parameters.len()];
        group.bench_function(format!("gradients {name}"), |bencher| {
            bencher.iter(|| dense::gradients(&layer, black_box(&deltas), inputs, &mut sums, 150));
        });
    }
    group.finish();
}

criterion_group!(benches, epochs, kernels);
criterion_main!(benches);
