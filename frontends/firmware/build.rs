//! Turns a recording (`fixtures/targets/board.toml`) into constants, so that the board needs no reader of
//! files, and says where its memory lies.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use gan_core::configuration::Network;
use gan_core::log::{Action, Stamped};
use gan_core::{Change, Parameter};
use lab::recording::Recording;

const RECORDING: &str = "../../fixtures/targets/board.toml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={RECORDING}");
    println!("cargo:rerun-if-changed=memory.x");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let (recording, _) = Recording::load(Path::new(RECORDING))?;
    fs::write(out.join("recording.rs"), constants(&recording)?)?;
    if env::var("CARGO_CFG_TARGET_OS")? == "none" {
        fs::copy("memory.x", out.join("memory.x"))?;
        println!("cargo:rustc-link-search={}", out.display());
        println!("cargo:rustc-link-arg-bins=-Tlink.x");
        println!("cargo:rustc-link-arg-bins=--nmagic");
    }
    Ok(())
}

/// The recording as the source of constants, in the names of `gan_core`.
fn constants(recording: &Recording) -> Result<String, Box<dyn Error>> {
    let experiment = &recording.experiment;
    let words = experiment.configuration().to_words();
    let points = experiment.drawing().points();
    let mut text = String::new();
    writeln!(
        text,
        "const WORDS: [u32; {}] = {words:?};\n/// The seed.\npub const SEED: u64 = {};\n\
         /// The epoch it reaches.\npub const EPOCHS: u64 = {};\n\
         /// The points of its drawing.\npub const DRAWING: [Point; {}] = {points:?};",
        words.len(),
        experiment.seed(),
        recording.end(),
        points.len(),
    )?;
    let actions = recording.log.actions();
    writeln!(
        text,
        "/// What was done to it.\npub const LOG: [Stamped; {}] = [",
        actions.len()
    )?;
    for Stamped { epoch, action, times } in actions {
        let action = match action {
            Action::Step(network) => format!("Action::Step({})", name(*network)),
            Action::Change(change) => format!("Action::Change({})", source(change)),
        };
        writeln!(
            text,
            "    Stamped {{ epoch: {epoch}, action: {action}, times: {times} }},"
        )?;
    }
    let taken = recording.checkpoints.taken();
    writeln!(
        text,
        "];\n/// What its states were called.\npub const CHECKPOINTS: [Checkpoint; {}] = [",
        taken.len()
    )?;
    for checkpoint in taken {
        let (epoch, hash) = (checkpoint.epoch, checkpoint.hash.0);
        writeln!(
            text,
            "    Checkpoint {{ epoch: {epoch}, hash: StateHash({hash:#x}) }},"
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// A change as the expression that makes it.
fn source(change: &Change) -> String {
    let place = Parameter::ALL
        .iter()
        .position(|parameter| *parameter == change.parameter());
    let place = place.expect("all parameters are in the list of all");
    format!("changed({place}, {:#x})", change.word())
}

const fn name(network: Network) -> &'static str {
    match network {
        Network::Generator => "Network::Generator",
        Network::Discriminator => "Network::Discriminator",
    }
}
