//! Every kernel on every level of this machine against the scalar reference: the same bits, NaN for NaN.

extern crate std;

use core::slice;
use std::format;
use std::vec;
use std::vec::Vec;

use fearless_simd::Level;

use super::{Instructions, Kernels};
use crate::configuration::{HiddenLayers, Loss, Neurons};
use crate::dense::stride;
use crate::loss::{Objective, Role};
use crate::network::{BackwardGoal, ForwardPass};
use crate::optimizer::{Adam, NotFinite};
use crate::profile::Reference;
use crate::random::{Purpose, Stream};
use crate::shape::{Activation, KERNEL_DIMENSIONS, Layer, Scales, Shape};
use crate::techniques::batch_normalization::Batch;
use crate::techniques::penalty::{Pull, Steepness};
use crate::techniques::{HiddenActivation, Slope};

const SCALAR: Kernels<Reference> = Kernels::new(Instructions::Scalar);

/// Vectors of every level that this machine has.
pub(crate) fn levels() -> Vec<Instructions> {
    let best = Level::new();
    let mut levels = vec![best, Level::baseline()];
    #[cfg(target_arch = "x86_64")]
    levels.extend(
        [
            best.as_sse2().map(Level::Sse2),
            best.as_sse4_2().map(Level::Sse4_2),
            best.as_avx2().map(Level::Avx2),
        ]
        .into_iter()
        .flatten(),
    );
    levels.into_iter().map(Instructions::Simd).collect()
}

/// The kind of numbers that a test is made of.
#[derive(Clone, Copy, Debug)]
enum Numbers {
    /// Sizes met in training, zeros of both signs among them.
    Usual,
    /// Also so large that sums overflow, and infinite or NaN themselves where `f32` allows.
    Wild,
}

fn numbers(kind: Numbers, seed: u64, count: usize) -> Vec<f32> {
    let mut stream = Stream::new(seed, Purpose::EvaluationReal);
    let number = || {
        let value = stream.normal::<Reference>() as f32;
        match (kind, (stream.uniform() * 20.0) as u32) {
            (_, 0) => 0.0,
            (_, 1) => -0.0,
            (_, 2) => value * 1e-25,
            (Numbers::Wild, 3) => value * 1e38,
            (Numbers::Wild, 4) => f32::MAX,
            _ => value,
        }
    };
    std::iter::repeat_with(number).take(count).collect()
}

/// Bits, every NaN as one: which of its many a machine makes is nobody's rule.
fn bits(values: &[f32]) -> Vec<u32> {
    values
        .iter()
        .map(|value| {
            if value.is_nan() {
                f32::NAN.to_bits()
            } else {
                value.to_bits()
            }
        })
        .collect()
}

/// Layers of all the remainders that tiles leave: 1→n, 2→n, n→n, n→1, n→2 for each n.
fn layers() -> Vec<(Shape, Layer)> {
    let mut all = Vec::new();
    for neurons in [1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 100] {
        for ends in [1, 2] {
            let neurons = Neurons::new(neurons).unwrap();
            let shape = Shape::new(ends, HiddenLayers::MOST, neurons, ends);
            let leaky = HiddenActivation::LeakyRelu(Slope::new(0.2).unwrap());
            for activation in [HiddenActivation::Relu, leaky, HiddenActivation::Tanh] {
                let layers = shape.with_activation(activation).layers();
                all.extend([0, 1, layers.len() - 1].map(|index| (shape, layers[index])));
            }
        }
    }
    all
}

const BATCHES: [usize; 7] = [1, 15, 16, 17, 32, 37, 150];

#[test]
fn dense_layers_are_the_reference_on_every_level() {
    for kind in [Numbers::Usual, Numbers::Wild] {
        for (shape, layer) in layers() {
            for samples in BATCHES {
                let stride = stride(samples);
                // Parameters are always finite.
                let parameters = numbers(Numbers::Usual, 1, shape.parameters());
                let mut activations = numbers(kind, 2, shape.rows() * stride);
                let mut deltas = numbers(kind, 3, layer.outputs * stride);
                for rows in [&mut activations, &mut deltas] {
                    let rows = rows.chunks_exact_mut(stride);
                    rows.for_each(|row| row[samples..].fill(0.0));
                }
                let run = |kernels: Kernels<Reference>| {
                    let mut forward = activations.clone();
                    kernels.forward(slice::from_ref(&layer), &parameters, &mut forward, samples);
                    if layer.activation != Activation::Linear {
                        let outputs = &forward[(layer.row + layer.inputs) * stride..];
                        for row in outputs.chunks_exact(stride).take(layer.outputs) {
                            assert!(bits(&row[samples..]).iter().all(|bits| *bits == 0), "padding");
                        }
                    }
                    let mut results = vec![bits(&forward)];
                    // The layer is a network of its own: first among its layers, where no gate is,
                    // and behind a ReLU.
                    for row in [0, 1] {
                        let network = ForwardPass {
                            layers: &[Layer { row, ..layer }],
                            parameters: &parameters,
                            activations: &activations,
                            samples,
                        };
                        let back = |wanted| {
                            let mut taken = deltas.clone();
                            let mut next = vec![f32::NAN; layer.inputs * stride];
                            let [last, _] = kernels.backward(network, None, [&mut taken, &mut next], wanted);
                            bits(last)
                        };
                        results.push(back(BackwardGoal::InputDeltas));
                        let mut gradients = vec![0.0; shape.parameters()];
                        results.push(back(BackwardGoal::Gradients(&mut gradients)));
                        results.push(bits(&gradients));
                    }
                    results
                };
                let expected = run(SCALAR);
                for kernels in levels().into_iter().map(Kernels::new) {
                    let place = format!("{kind:?} {layer:?} {samples} {:?}", kernels.instructions);
                    assert!(run(kernels) == expected, "{place}");
                }
            }
        }
    }
}

/// Penalties' gradients and tangents, and sums of rows, with every remainder that tiles leave.
#[test]
fn penalties_are_the_reference_on_every_level() {
    let leaky = HiddenActivation::LeakyRelu(Slope::new(0.2).unwrap());
    for (kind, neurons) in [Numbers::Usual, Numbers::Wild]
        .into_iter()
        .flat_map(|kind| [1, 2, 3, 5, 6, 8, 9, 14, 100].map(|neurons| (kind, neurons)))
    {
        let neurons = Neurons::new(neurons).unwrap();
        for (activation, samples) in [HiddenActivation::Relu, leaky, HiddenActivation::Tanh]
            .into_iter()
            .flat_map(|activation| [1, 16, 37, 150].map(|samples| (activation, samples)))
        {
            let shape = Shape::new(2, HiddenLayers::new(2).unwrap(), neurons, 1).with_activation(activation);
            let (layers, stride) = (shape.layers(), stride(samples));
            let parameters = numbers(Numbers::Usual, 1, shape.parameters());
            let mut activations = numbers(kind, 2, shape.rows() * stride);
            for row in activations.chunks_exact_mut(stride) {
                row[samples..].fill(0.0);
            }
            let bent = usize::from(activation == HiddenActivation::Tanh);
            let run = |kernels: Kernels<Reference>, pull| {
                let [mut slopes, mut tangents] = [(); 2].map(|()| vec![0.0; activations.len()]);
                let mut bends = vec![0.0; bent * activations.len()];
                let mut gradients = [vec![1.0; parameters.len()], vec![0.0; bent * parameters.len()]];
                let network = ForwardPass {
                    layers: &layers,
                    parameters: &parameters,
                    activations: &activations,
                    samples,
                };
                let rows = Steepness {
                    slopes: &mut slopes,
                    tangents: &mut tangents,
                    bends: &mut bends,
                };
                let [first, second] = &mut gradients;
                kernels.penalty(network, pull, rows, [first, second]);
                let mut sums = vec![1.0; shape.rows()];
                kernels.row_sums(&activations, &mut sums, samples);
                let [first, second] = gradients;
                [first, second, slopes, tangents, bends, sums].map(|values| bits(&values))
            };
            for pull in [Pull::ToZero(0.01), Pull::ToOne(0.03)] {
                let expected = run(SCALAR, pull);
                for kernels in levels().into_iter().map(Kernels::new) {
                    let place = format!("{kind:?} {shape} {activation:?} {samples} {pull:?}");
                    assert!(
                        run(kernels, pull) == expected,
                        "{place} {:?}",
                        kernels.instructions
                    );
                }
            }
        }
    }
}

/// Batch normalisation of a layer's rows, there and back.
#[test]
fn normalisation_is_the_reference_on_every_level() {
    let leaky = HiddenActivation::LeakyRelu(Slope::new(0.2).unwrap());
    for kind in [Numbers::Usual, Numbers::Wild] {
        for (activation, samples) in [HiddenActivation::Relu, leaky, HiddenActivation::Tanh]
            .into_iter()
            .flat_map(|activation| BATCHES.map(|samples| (activation, samples)))
        {
            let shape = Shape::new(2, HiddenLayers::LEAST, Neurons::new(9).unwrap(), 1)
                .with_activation(activation)
                .with_scales(Scales::PerOutput);
            let (layer, stride) = (shape.layers()[0], stride(samples));
            let parameters = numbers(Numbers::Usual, 1, shape.parameters());
            let [rows, deltas] = [2, 3].map(|seed| {
                let mut rows = numbers(kind, seed, layer.outputs * stride);
                rows.chunks_exact_mut(stride)
                    .for_each(|row| row[samples..].fill(0.0));
                rows
            });
            let run = |kernels: Kernels<Reference>| {
                let (mut rows, mut deltas) = (rows.clone(), deltas.clone());
                let (mut normalized, mut figures) = (vec![1.0; rows.len()], vec![1.0; 2 * layer.outputs]);
                let batch = Batch {
                    normalized: &mut normalized[..],
                    figures: &mut figures[..],
                };
                kernels.normalize(&layer, &parameters, &mut rows, batch, samples);
                let batch = || Batch {
                    normalized: &normalized[..],
                    figures: &figures[..],
                };
                let mut free = deltas.clone();
                let mut gradients = vec![1.0; parameters.len()];
                let wanted = Some(&mut gradients[..]);
                kernels.normalize_backward(&layer, &parameters, &mut deltas, batch(), wanted, samples);
                kernels.normalize_backward(&layer, &parameters, &mut free, batch(), None, samples);
                assert_eq!(bits(&deltas), bits(&free));
                for rows in [&rows, &normalized, &deltas] {
                    for row in rows.chunks_exact(stride) {
                        assert!(bits(&row[samples..]).iter().all(|bits| *bits == 0), "padding");
                    }
                }
                [rows, normalized, figures, deltas, gradients].map(|values| bits(&values))
            };
            let expected = run(SCALAR);
            for kernels in levels().into_iter().map(Kernels::new) {
                let place = format!("{kind:?} {activation:?} {samples} {:?}", kernels.instructions);
                assert!(run(kernels) == expected, "{place}");
            }
        }
    }
}

/// Minibatch discrimination's comparisons, there and back.
#[test]
fn comparisons_are_the_reference_on_every_level() {
    for (kind, count) in [Numbers::Usual, Numbers::Wild]
        .into_iter()
        .flat_map(|kind| [1, 2, 5].map(|count| (kind, count)))
    {
        for samples in BATCHES {
            let stride = stride(samples);
            let [mut compared, mut deltas] = [(4, KERNEL_DIMENSIONS * count), (5, count)]
                .map(|(seed, rows)| numbers(kind, seed, rows * stride));
            // Samples of which some are the same, as a collapsed generator's are.
            for row in compared.chunks_exact_mut(stride) {
                row[..samples]
                    .iter_mut()
                    .skip(1)
                    .step_by(3)
                    .for_each(|x| *x = 0.25);
            }
            for rows in [&mut compared, &mut deltas] {
                rows.chunks_exact_mut(stride)
                    .for_each(|row| row[samples..].fill(0.0));
            }
            let run = |kernels: Kernels<Reference>| {
                let mut outputs = vec![1.0; count * stride];
                kernels.compare(&compared, &mut outputs, samples);
                let mut back = vec![1.0; compared.len()];
                kernels.compare_backward(&compared, &deltas, &mut back, samples);
                for row in outputs.chunks_exact(stride).chain(back.chunks_exact(stride)) {
                    assert!(bits(&row[samples..]).iter().all(|bits| *bits == 0), "padding");
                }
                [outputs, back].map(|values| bits(&values))
            };
            let expected = run(SCALAR);
            for kernels in levels().into_iter().map(Kernels::new) {
                let place = format!("{kind:?} {count} {samples} {:?}", kernels.instructions);
                assert!(run(kernels) == expected, "{place}");
            }
        }
    }
}

/// Numbers spread over all bit patterns, and the special ones.
fn all_kinds() -> Vec<f32> {
    let mut values: Vec<f32> = (0..=u32::MAX).step_by(65_521).map(f32::from_bits).collect();
    values.extend([
        0.0,
        -0.0,
        f32::NAN,
        -f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        88.0,
        -87.0,
        0.625,
    ]);
    values.resize(stride(values.len()), 1.0);
    values
}

#[test]
fn functions_are_the_reference_on_every_level() {
    let values = all_kinds();
    let backward = numbers(Numbers::Wild, 5, values.len());
    let run = |kernels: Kernels<Reference>| {
        let mut results = Vec::new();
        let mut tanh = values.clone();
        kernels.tanh_all(&mut tanh);
        results.push(bits(&tanh));
        let mut deltas = backward.clone();
        kernels.tanh_backward(&mut deltas, &tanh);
        results.push(bits(&deltas));
        for (loss, labels) in Loss::ALL
            .into_iter()
            .flat_map(|loss| [(loss, [1.0, 0.0]), (loss, [0.9, 0.15])])
        {
            let objective = Objective {
                loss,
                real_weight: 0.95,
                real_label: labels[0],
                fake_label: labels[1],
            };
            for role in [Role::Real, Role::Fake, Role::Fooling] {
                let mut deltas = vec![f32::NAN; values.len()];
                kernels.output_deltas(&objective, role, &values, &mut deltas, values.len() - 3);
                assert_eq!(bits(&deltas[values.len() - 3..]), [0; 3], "padding");
                results.push(bits(&deltas));
            }
        }
        for odd in [0, 1, 5, 17] {
            let mut sums = values[odd..].to_vec();
            kernels.join(&mut sums, &backward[odd..]);
            results.push(bits(&sums));
        }
        results
    };
    let expected = run(SCALAR);
    for kernels in levels().into_iter().map(Kernels::new) {
        assert!(run(kernels) == expected, "{:?}", kernels.instructions);
    }
}

/// Parameters and both moments after an update, as bits, and whether it was made.
type Updated = (Result<(), NotFinite>, Vec<Vec<u32>>);

fn updated(kernels: Kernels<Reference>, adam: bool, parameters: &[f32], gradients: &[f32]) -> Updated {
    let count = parameters.len();
    let mut arrays = [
        parameters.to_vec(),
        numbers(Numbers::Usual, 7, count),
        vec![1e-3; count],
    ];
    let [x, m, v] = &mut arrays;
    let outcome = match adam {
        true => {
            let step = Adam {
                rate: 0.03,
                betas: [[0.5, 0.5], [0.99, 0.01]],
                correction_1: 0.271,
                correction_2: 0.003,
            };
            kernels.adam(&step, x, gradients, m, v)
        }
        false => kernels.sgd(0.03, x, gradients),
    };
    (outcome, arrays.iter().map(|values| bits(values)).collect())
}

#[test]
fn optimizers_are_the_reference_on_every_level() {
    for count in [1, 4, 15, 16, 17, 33, 57] {
        let parameters = numbers(Numbers::Usual, 8, count);
        let calm = numbers(Numbers::Usual, 9, count);
        // Then with one number that must stop the update, wherever it stands.
        let spoilt = (0..count).map(|at| {
            let mut gradients = calm.clone();
            gradients[at] = f32::INFINITY;
            gradients
        });
        for gradients in core::iter::once(calm.clone()).chain(spoilt) {
            for adam in [false, true] {
                let expected = updated(SCALAR, adam, &parameters, &gradients);
                assert_eq!(expected.0.is_err(), gradients != calm);
                for kernels in levels().into_iter().map(Kernels::new) {
                    let ours = updated(kernels, adam, &parameters, &gradients);
                    assert!(ours == expected, "{count} {adam} {:?}", kernels.instructions);
                }
            }
        }
    }
}
