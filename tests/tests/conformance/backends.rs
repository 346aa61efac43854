//! Requirements on every backend.

use gan_core::{Backend, Gan, Reference, StateLayout};
use gan_lab_tests::skip;
use gan_vulkan::{Device, Options, Population};

/// A run in memory of its own.
pub type Run = Gan<Vec<f32>, Reference>;

/// Vulkan's backend; without a device, `None` and why, which fails where everything must be there.
pub fn vulkan(options: Options) -> Option<Population> {
    match Device::open(None) {
        Ok(device) => Some(Population::new(device, options).unwrap()),
        Err(error) => {
            skip(&error.to_string());
            None
        }
    }
}

/// The packed state of a run: all that it goes on from.
pub fn packed(run: &Run) -> Vec<u32> {
    let mut words = vec![0; StateLayout::of(run.configuration()).words];
    run.pack(&mut words).unwrap();
    words
}

/// Trains `runs` on the backend, some epochs at once and the rest after a reload of what was read, and
/// compares every word of every state, and the hashes, with the reference's.
pub fn conforms<B: Backend>(backend: &mut B, runs: &[Run], epochs: u64) {
    let (first, rest) = (epochs - epochs / 3, epochs / 3);
    let mut own = runs.to_vec();
    backend.load(&own).unwrap();
    backend.train(first).unwrap();
    backend.read(&mut own).unwrap();
    let saved: Vec<Vec<u32>> = own.iter().map(packed).collect();
    // New runs, with nothing but the packed state.
    let mut again = runs.to_vec();
    for (run, state) in again.iter_mut().zip(&saved) {
        run.unpack(state).unwrap();
    }
    backend.load(&again).unwrap();
    backend.train(rest).unwrap();
    backend.read(&mut again).unwrap();
    for (number, (run, theirs)) in runs.iter().zip(&again).enumerate() {
        let mut ours = run.clone();
        // A divergence is part of the state.
        let _ = ours.run_epochs(epochs);
        let differing = packed(&ours)
            .iter()
            .zip(&packed(theirs))
            .filter(|(a, b)| a != b)
            .count();
        assert_eq!(
            (differing, ours.state_hash(), ours.diverged()),
            (0, theirs.state_hash(), theirs.diverged()),
            "run {number} after {epochs} epochs on {}: {:?}",
            backend.name(),
            run.configuration()
        );
    }
}
