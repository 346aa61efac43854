//! The recording that was compiled in (`build.rs`), and the memory that its run takes.

#![allow(
    unused_imports,
    dead_code,
    reason = "a recording need not change everything that one may change"
)]

use gan_core::configuration::{Configuration, Network};
use gan_core::evaluate::evaluation_words;
use gan_core::log::{Action, Stamped};
use gan_core::{Change, Checkpoint, Parameter, Point, StateHash, memory_words};

include!(concat!(env!("OUT_DIR"), "/recording.rs"));

/// The configuration that is trained.
pub const CONFIGURATION: Configuration = match Configuration::from_words(&WORDS) {
    Ok(configuration) => configuration,
    Err(_) => panic!("build.rs writes the words of a configuration"),
};

/// Words of memory for training.
pub const TRAINING_WORDS: usize = memory_words(&CONFIGURATION);

/// Words of memory for looking at either network.
pub const LOOKING_WORDS: usize = {
    let generator = evaluation_words(&CONFIGURATION.shape(Network::Generator));
    let discriminator = evaluation_words(&CONFIGURATION.shape(Network::Discriminator));
    if generator > discriminator {
        generator
    } else {
        discriminator
    }
};

/// The change of the parameter at a place of the list of all to a value that the recording has.
const fn changed(place: usize, word: u32) -> Change {
    match Change::new(Parameter::ALL[place], word) {
        Ok(change) => change,
        Err(_) => panic!("build.rs writes changes of a run that goes on"),
    }
}
