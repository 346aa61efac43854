//! The deterministic reference for training small generative adversarial networks.
//!
//! A generator turns noise into points of the plane, a discriminator tells them from real ones, and each
//! is trained against the other (Goodfellow et al. 2014), as in *GAN Lab* (Kahng et al., VIS 2018). The
//! same configuration and seed give the same bits on every machine: `CONTRACT.md` says how, and
//! [`Gan::state_hash`] names the result.
//!
//! `no_std`, no allocation, no I/O, no clock, no threads. The caller owns the memory.
//!
//! ```
//! use gan_core::{Gan, Preset, Reference, memory_words};
//!
//! let ring = Preset::Ring.configuration();
//! let memory = vec![0.0; memory_words(&ring)];
//! let mut gan = Gan::<_, Reference>::new(memory, &ring, 7, &[])?;
//! gan.run_epochs(10)?;
//! println!("after {} epochs: {}", gan.epoch(), gan.state_hash());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules, from seed to hash: [`random`] streams draw the [`target`]'s samples, noise and
//! weights; [`shape`] says where a network's numbers lie and [`memory`] where a run's do; [`dense`] holds
//! the layer, forward beside backward, [`loss`] and the optimisers its ends; [`training`] strings them
//! into phases and epochs; [`log`] and [`checkpoints`] keep what is needed to train it again;
//! [`inference`] makes a plain network of any; [`evaluate`], [`density`] and [`measures`] look at the result.
#![no_std]
#![deny(missing_docs)]

#[cfg(doctest)]
extern crate std;

pub mod backend;
pub mod checkpoints;
pub mod configuration;
pub mod dense;
pub mod density;
pub mod evaluate;
pub mod gan;
pub mod hash;
pub mod inference;
pub mod kernels;
pub mod log;
pub mod loss;
pub mod math;
pub mod measures;
pub mod memory;
mod network;
mod optimizer;
pub mod packed;
pub mod parameters;
mod phases;
mod presets;
pub mod profile;
pub mod random;
mod results;
pub mod shape;
mod simd;
pub mod target;
pub mod techniques;
pub mod training;
mod wasserstein;

pub use backend::Backend;
pub use checkpoints::{Checkpoint, CheckpointError, Checkpoints};
pub use configuration::{Configuration, Network, OutOfRange};
pub use gan::{CONTRACT_VERSION, Gan, LoadError, MidEpoch, SetupError};
pub use hash::{NotAHash, StateHash};
pub use inference::{ParameterSet, inference_words};
pub use kernels::Instructions;
pub use memory::{Memory, memory_words};
pub use packed::StateLayout;
pub use parameters::{CONFIGURATION_WORDS, Change, Parameter, WordsError};
pub use presets::Preset;
#[cfg(feature = "micromath")]
pub use profile::MicroMath;
pub use profile::{Profile, Reference};
pub use results::Moments;
pub use shape::Shape;
pub use target::{Mode, Point, Target};
pub use techniques::Techniques;
pub use training::{Diverged, Phase, Stage, StepError};
