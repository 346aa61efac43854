//! The arithmetic of training, kernel by kernel, on the instructions chosen.
//!
//! [`Instructions`] say how, and change no bit: a run may switch between them at any time. The choice is
//! made anew for each kernel, a network forward or backward or a row's functions, which takes
//! nanoseconds and keeps everything above free of it. Code that is generic over a profile is
//! compiled by the crate that uses it, so the vectors of every level lie apart, in `vectors`.
//!
//! The instruction set is an argument of the run, and is matched once a kernel, not around the
//! epoch. Nothing above the kernels is generic over it, and no vector kernel is generic over the
//! profile. Everything below a dispatch is inlined into it.

use core::marker::PhantomData;
use core::slice;

use fearless_simd::Level;

use crate::dense::stride;
use crate::loss::{Objective, Role};
use crate::math::canonical;
use crate::network::{self, BackwardGoal, Dense as _, ForwardPass};
use crate::optimizer::{Adam, NotFinite};
use crate::profile::{Profile, Reference};
use crate::shape::{Activation, Layer};
use crate::techniques::batch_normalization::{self, Batch};
use crate::techniques::minibatch;
use crate::techniques::penalty::{Pull, Steepness};
use vectors::layers::Layers;
use vectors::rows;

pub(crate) mod scalar;
#[cfg(test)]
pub(crate) mod tests;
mod vectors;

/// Which instructions the kernels use. All give the same bits.
///
/// ```
/// # use gan_core::{Gan, Preset, Reference, memory_words};
/// # let line = Preset::Line.configuration();
/// # let mut gan = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
/// use gan_core::Instructions;
///
/// gan.run_epochs(20)?;
/// let mut plain = Gan::<_, Reference>::new(vec![0.0; memory_words(&line)], &line, 1, &[])?;
/// plain.use_instructions(Instructions::Scalar);
/// plain.run_epochs(20)?;
/// assert_eq!(gan.state_hash(), plain.state_hash());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Instructions {
    /// One number at a time: the reference, plain enough to read beside the textbook.
    Scalar,
    /// Vectors of this level.
    Simd(Level),
}

impl Instructions {
    /// The best that the build's target promises; a program that can ask the machine does better.
    pub const BASELINE: Self = {
        let level = Level::baseline();
        // Vectors that are emulated are slower than none.
        if level_is_fallback(&level) {
            Self::Scalar
        } else {
            Self::Simd(level)
        }
    };

    /// The name by which people choose it: scalar, sse2, sse4.2, avx2, avx512, neon, simd128.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Simd(Level::Sse2(_)) => "sse2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Simd(Level::Sse4_2(_)) => "sse4.2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Simd(Level::Avx2(_)) => "avx2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Simd(Level::Avx512(_)) => "avx512",
            #[cfg(target_arch = "aarch64")]
            Self::Simd(Level::Neon(_)) => "neon",
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Self::Simd(Level::WasmSimd128(_)) => "simd128",
            // Emulated, or a level newer than this list.
            Self::Simd(_) => "simd",
        }
    }
}

impl Default for Instructions {
    fn default() -> Self {
        Self::BASELINE
    }
}

const fn level_is_fallback(level: &Level) -> bool {
    match level {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Level::Sse2(_) | Level::Sse4_2(_) | Level::Avx2(_) | Level::Avx512(_) => false,
        #[cfg(target_arch = "aarch64")]
        Level::Neon(_) => false,
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        Level::WasmSimd128(_) => false,
        _ => true,
    }
}

/// The kernels of a run: its instructions, and its profile's functions.
pub(crate) struct Kernels<P> {
    instructions: Instructions,
    profile: PhantomData<P>,
}

impl<P> Clone for Kernels<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Kernels<P> {}

impl<P: Profile> Kernels<P> {
    pub(crate) const fn new(instructions: Instructions) -> Self {
        Self {
            instructions,
            profile: PhantomData,
        }
    }

    /// The instructions in use. A build that could only emulate vectors computes one number at a
    /// time, whatever was asked for: no bit changes, and a microcontroller's flash holds every
    /// kernel once.
    const fn chosen(self) -> Instructions {
        match Instructions::BASELINE {
            Instructions::Scalar => Instructions::Scalar,
            Instructions::Simd(_) => self.instructions,
        }
    }

    /// The level for functions beyond `+ − × ÷`, whose vectors exist in the reference's arithmetic only.
    fn functions(self) -> Instructions {
        if P::NAME == Reference::NAME {
            self.chosen()
        } else {
            Instructions::Scalar
        }
    }

    /// See [`network::forward`]; hidden layers of tanh go one by one, as the profile has the function.
    pub(crate) fn forward(
        self,
        layers: &[Layer],
        parameters: &[f32],
        activations: &mut [f32],
        samples: usize,
    ) {
        if layers[0].activation_of_sums() == Activation::Tanh {
            let stride = stride(samples);
            for layer in layers {
                self.sums(slice::from_ref(layer), parameters, activations, samples);
                if layer.activation_of_sums() == Activation::Tanh {
                    let first = (layer.row + layer.inputs) * stride;
                    self.tanh_all(&mut activations[first..first + layer.outputs * stride]);
                }
            }
        } else {
            self.sums(layers, parameters, activations, samples);
        }
    }

    /// Layers whose activation is part of the sums, and those of tanh without it.
    fn sums(self, layers: &[Layer], parameters: &[f32], activations: &mut [f32], samples: usize) {
        match self.chosen() {
            Instructions::Scalar => {
                network::forward(scalar::Plain, layers, parameters, activations, samples);
            }
            Instructions::Simd(level) => vectors::forward(level, layers, parameters, activations, samples),
        }
    }

    /// See [`network::backward`]. The rows are taken apart here: as one argument they would be read in greater
    /// pieces than they have just been written in, and wait until all that was stored before has reached the cache.
    pub(crate) fn backward<'a>(
        self,
        network: ForwardPass<'_>,
        outputs: Option<&[f32]>,
        [deltas, next]: [&'a mut [f32]; 2],
        wanted: BackwardGoal<'_>,
    ) -> [&'a mut [f32]; 2] {
        match self.chosen() {
            Instructions::Scalar => {
                network::backward(scalar::Plain, network, outputs, [deltas, next], wanted)
            }
            Instructions::Simd(level) => vectors::backward(level, network, outputs, deltas, next, wanted),
        }
    }

    /// See [`Steepness::gradients`].
    pub(crate) fn penalty(
        self,
        network: ForwardPass<'_>,
        pull: Pull,
        rows: Steepness<'_>,
        gradients: [&mut [f32]; 2],
    ) {
        match self.functions() {
            Instructions::Scalar => rows.gradients::<P>(scalar::Plain, network, pull, gradients),
            Instructions::Simd(level) => vectors::penalty(level, network, pull, rows, gradients),
        }
    }

    /// See [`crate::dense::row_sums`].
    pub(crate) fn row_sums(self, rows: &[f32], sums: &mut [f32], samples: usize) {
        match self.chosen() {
            Instructions::Scalar => scalar::Plain.row_sums(rows, sums, samples),
            Instructions::Simd(level) => Layers(level).row_sums(rows, sums, samples),
        }
    }

    /// See [`batch_normalization::forward`], and the activation behind it.
    pub(crate) fn normalize(
        self,
        layer: &Layer,
        parameters: &[f32],
        rows: &mut [f32],
        batch: Batch<&mut [f32]>,
        samples: usize,
    ) {
        match self.functions() {
            Instructions::Scalar => {
                batch_normalization::forward::<P>(layer, parameters, rows, batch, samples);
            }
            Instructions::Simd(level) => rows::normalize(level, layer, parameters, rows, batch, samples),
        }
        if layer.activation == Activation::Tanh {
            self.tanh_all(rows);
        }
    }

    /// See [`batch_normalization::backward`].
    pub(crate) fn normalize_backward(
        self,
        layer: &Layer,
        parameters: &[f32],
        deltas: &mut [f32],
        batch: Batch<&[f32]>,
        gradients: Option<&mut [f32]>,
        samples: usize,
    ) {
        match self.functions() {
            Instructions::Scalar => {
                batch_normalization::backward::<P>(layer, parameters, deltas, batch, gradients, samples);
            }
            Instructions::Simd(level) => {
                rows::normalize_backward(level, layer, parameters, deltas, batch, gradients, samples);
            }
        }
    }

    /// See [`minibatch::compare`].
    pub(crate) fn compare(self, numbers: &[f32], outputs: &mut [f32], samples: usize) {
        match self.chosen() {
            Instructions::Scalar => minibatch::compare(numbers, outputs, samples),
            Instructions::Simd(level) => rows::compare(level, numbers, outputs, samples),
        }
    }

    /// See [`minibatch::compare_backward`].
    pub(crate) fn compare_backward(
        self,
        numbers: &[f32],
        output_deltas: &[f32],
        number_deltas: &mut [f32],
        samples: usize,
    ) {
        match self.chosen() {
            Instructions::Scalar => {
                minibatch::compare_backward(numbers, output_deltas, number_deltas, samples);
            }
            Instructions::Simd(level) => {
                rows::compare_backward(level, numbers, output_deltas, number_deltas, samples);
            }
        }
    }

    /// See [`scalar::split_pairs`].
    pub(crate) fn split_pairs(self, pairs: &[f32], x: &mut [f32], y: &mut [f32]) {
        match self.chosen() {
            Instructions::Scalar => scalar::split_pairs(pairs, x, y),
            Instructions::Simd(level) => rows::split_pairs(level, pairs, x, y),
        }
    }

    /// tanh of every number of whole rows.
    pub(crate) fn tanh_all(self, values: &mut [f32]) {
        match self.functions() {
            Instructions::Scalar => scalar::tanh_all::<P>(values),
            Instructions::Simd(level) => rows::tanh_all(level, values),
        }
    }

    /// See [`scalar::tanh_backward`].
    pub(crate) fn tanh_backward(self, deltas: &mut [f32], outputs: &[f32]) {
        match self.chosen() {
            Instructions::Scalar => scalar::tanh_backward(deltas, outputs),
            Instructions::Simd(level) => rows::tanh_backward(level, deltas, outputs),
        }
    }

    /// `c` of every number.
    pub(crate) fn canonical_all(self, values: &mut [f32]) {
        values.iter_mut().for_each(|value| *value = canonical(*value));
    }

    /// See [`scalar::output_deltas`]; rows are padded, and the padding's deltas are +0. The objective is the run's own,
    /// written long ago: a copy made for the call would be waited for, as rows in [`Self::backward`].
    pub(crate) fn output_deltas(
        self,
        objective: &Objective,
        role: Role,
        logits: &[f32],
        deltas: &mut [f32],
        samples: usize,
    ) {
        let inverse = 1.0 / samples as f32;
        match self.functions() {
            Instructions::Scalar => scalar::output_deltas::<P>(objective, role, logits, deltas, inverse),
            Instructions::Simd(level) => {
                rows::output_deltas(level, objective, role, logits, deltas, inverse);
            }
        }
        deltas[samples..].fill(0.0);
    }

    /// See [`scalar::join`].
    pub(crate) fn join(self, real: &mut [f32], fake: &[f32]) {
        match self.chosen() {
            Instructions::Scalar => scalar::join(real, fake),
            Instructions::Simd(level) => rows::join(level, real, fake),
        }
    }

    /// See [`scalar::sgd`].
    pub(crate) fn sgd(self, rate: f32, parameters: &mut [f32], gradients: &[f32]) -> Result<(), NotFinite> {
        match self.chosen() {
            Instructions::Scalar => scalar::sgd(rate, parameters, gradients),
            Instructions::Simd(level) => rows::sgd(level, rate, parameters, gradients),
        }
    }

    /// See [`scalar::adam`].
    pub(crate) fn adam(
        self,
        step: &Adam,
        parameters: &mut [f32],
        gradients: &[f32],
        means: &mut [f32],
        squares: &mut [f32],
    ) -> Result<(), NotFinite> {
        match self.functions() {
            Instructions::Scalar => scalar::adam::<P>(step, parameters, gradients, means, squares),
            Instructions::Simd(level) => rows::adam(level, step, parameters, gradients, means, squares),
        }
    }
}
