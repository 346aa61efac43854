//! `gan-core` as the smallest wasm module: whoever calls writes a configuration's words and a drawing's
//! points into its memory, and gets the state hash after so many epochs.
//!
//! Without wasm-bindgen, so that nothing lies between the arithmetic and the page. The words
//! written to are atomics: plain memory to JavaScript, and no `unsafe` here.

#![allow(
    unsafe_code,
    reason = "names that JavaScript calls are attributes that Rust calls unsafe"
)]

use std::sync::atomic::{AtomicU32, Ordering};

use gan_core::{CONFIGURATION_WORDS, Configuration, Gan, Instructions, Point, Reference, memory_words};

/// Points of a drawing at most.
const MOST_POINTS: usize = 64;

static CONFIGURATION: [AtomicU32; CONFIGURATION_WORDS] = [const { AtomicU32::new(0) }; CONFIGURATION_WORDS];
static DRAWING: [[AtomicU32; 2]; MOST_POINTS] = [const { [const { AtomicU32::new(0) }; 2] }; MOST_POINTS];

/// Address to write the configuration's words to.
#[unsafe(no_mangle)]
pub extern "C" fn configuration() -> *const AtomicU32 {
    CONFIGURATION.as_ptr()
}

/// Address to write the bits of the drawing's points to, x then y.
#[unsafe(no_mangle)]
pub extern "C" fn drawing() -> *const [AtomicU32; 2] {
    DRAWING.as_ptr()
}

/// 1 where the module computes with vectors, 0 with one number at a time.
#[unsafe(no_mangle)]
pub extern "C" fn vectors() -> u32 {
    matches!(Instructions::BASELINE, Instructions::Simd(_)).into()
}

/// Trains a run of what was written, with so many points, and returns its state hash: of the last state that
/// there is where it diverges.
///
/// # Panics
/// A trap, if what was written is no configuration, or a drawing without points.
#[unsafe(no_mangle)]
pub extern "C" fn train(seed: u64, epochs: u64, points: usize) -> u64 {
    let words = CONFIGURATION.each_ref().map(|word| word.load(Ordering::Relaxed));
    let configuration = Configuration::from_words(&words).expect("the words are a configuration");
    let drawing: Vec<Point> = DRAWING[..points]
        .iter()
        .map(|point| {
            point
                .each_ref()
                .map(|bits| f32::from_bits(bits.load(Ordering::Relaxed)))
        })
        .collect();
    let memory = vec![0.0; memory_words(&configuration)];
    let mut gan =
        Gan::<_, Reference>::new(memory, &configuration, seed, &drawing).expect("the run can begin");
    // A divergence is part of the run.
    let _ = gan.run_epochs(epochs);
    gan.state_hash().0
}
