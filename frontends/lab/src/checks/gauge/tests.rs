use super::*;
use crate::{Command, Experiment, Step, Trainer};
use gan_core::Preset;

fn trained(preset: Preset, epochs: u64) -> Trainer {
    let mut trainer = Trainer::new(Experiment::preset(preset, 7));
    trainer.run_epochs(epochs).unwrap();
    trainer
}

#[test]
fn being_measured_changes_no_bit() {
    for preset in Preset::ALL {
        let mut other = Trainer::<gan_core::Reference>::new(Experiment::preset(preset, 7));
        other.run_epochs_with(397, Gan::run_epochs).unwrap();
        let trainer = trained(preset, 397);
        assert_eq!(trainer.gan().state_hash(), other.gan().state_hash(), "{preset:?}");
        assert_eq!(other.state().gauged, Gauged::default());
    }
}

#[test]
fn the_last_measured_epoch_is_told_until_the_next_is_due() {
    assert_eq!(trained(Preset::Ring, 39).state().gauged, Gauged::default());
    let at_40 = trained(Preset::Ring, 40);
    let gauged = at_40.state().gauged;
    for network in [Network::Generator, Network::Discriminator] {
        let figures = match network {
            Network::Generator => gauged.generator.as_ref(),
            Network::Discriminator => gauged.discriminator.as_ref(),
        };
        assert_eq!(
            figures.unwrap().gradients[..],
            at_40.gan().gradient_norms(network)[..]
        );
    }
    assert_eq!(
        gauged.loss.unwrap().mean,
        at_40.gan().loss(Network::Discriminator).unwrap()
    );
    assert_eq!(trained(Preset::Ring, 79).state().gauged, gauged);
    let at_80 = trained(Preset::Ring, 80).state().gauged;
    assert_ne!(at_80, gauged);
    assert_eq!(at_80.loss.unwrap().epochs, 40);
}

#[test]
fn however_a_run_is_divided_the_same_is_measured() {
    let whole = trained(Preset::Disjoint, 2_000).state().gauged;
    let mut parts = trained(Preset::Disjoint, 3);
    for count in [1, 36, 1, 77, 400, 1_482] {
        parts.run_epochs(count).unwrap();
    }
    assert_eq!(parts.state().gauged, whole);
    assert_eq!(whole.loss.unwrap().epochs, 49 * EVERY);
}

#[test]
fn what_returns_with_the_atlas_is_no_oscillation() {
    // Such a run's loss has, epoch by epoch, a period of 80: 12,000 samples in batches of 150.
    for preset in Preset::ALL {
        let gauged = trained(preset, 4_000).state().gauged;
        println!("{preset:?}: {gauged:?}");
        let oscillation = gauged.loss.unwrap().oscillation;
        assert!(
            oscillation.is_none_or(|found| found.period > 2.5 * EVERY as f64),
            "{preset:?}"
        );
    }
}

#[test]
fn a_window_without_equal_steps_begins_anew() {
    let mut trainer = trained(Preset::Line, 400);
    assert_eq!(trainer.state().gauged.loss.unwrap().epochs, 9 * EVERY);
    // Past an epoch to measure by single steps.
    (0..60).for_each(|_| trainer.obey(Command::Step(Step::Discriminator)));
    assert_eq!(trainer.state().gauged, Gauged::default());
    trainer.run_epochs(60).unwrap();
    assert_eq!(trainer.state().gauged.loss.unwrap().epochs, EVERY);
    trainer.obey(Command::Restart(Experiment::preset(Preset::Line, 8)));
    assert_eq!(trainer.state().gauged, Gauged::default());
    trainer.run_epochs(40).unwrap();
    assert_eq!(trainer.state().gauged.loss.unwrap().epochs, 0);
}
