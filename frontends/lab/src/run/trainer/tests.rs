use super::*;
use gan_core::configuration::{LearningRate, UpdatesPerEpoch};
use gan_core::{Change, Preset, Stage};

fn ring() -> Trainer {
    Trainer::new(Experiment::preset(Preset::Ring, 7))
}

/// Phases of an epoch of the ring: three updates of D and one of G, five each.
const PHASES: usize = 20;

#[test]
fn the_stride_reaches_no_hash() {
    for preset in Preset::ALL {
        let mut phases: Trainer = Trainer::new(Experiment::preset(preset, 7));
        let mut epochs: Trainer = Trainer::new(Experiment::preset(preset, 7));
        for _ in 0..4 {
            epochs.run_epochs(1).unwrap();
            while phases.gan.epoch() < epochs.gan.epoch() {
                phases.run_phase().unwrap();
            }
            assert_eq!(phases.gan.state_hash(), epochs.gan.state_hash(), "{preset:?}");
        }
    }
}

#[test]
fn whatever_arrives_in_mid_epoch_takes_effect_at_its_end() {
    let rate = LearningRate::new(0.02).unwrap();
    let asked = [
        Command::Change(Change::learning_rate(Network::Generator, rate)),
        Command::Step(Step::Discriminator),
        Command::Step(Step::Generator),
        Command::SetPace(Pace::BRISK),
    ];
    for command in asked {
        for phases in 1..PHASES {
            let (mut slow, mut whole) = (ring(), ring());
            slow.obey(Command::SetPace(Pace::SLOW_MOTION));
            (0..phases).for_each(|_| slow.run_phase().unwrap());
            assert!(slow.gan.upcoming().is_some());
            whole.run_epochs(1).unwrap();
            for trainer in [&mut slow, &mut whole] {
                trainer.obey(command.clone());
            }
            let (slow_state, whole_state) = (slow.state(), whole.state());
            assert_eq!((slow_state.upcoming, slow_state.phase), (None, None));
            assert_eq!(slow_state.epoch, whole_state.epoch, "{command:?} after {phases}");
            assert_eq!(slow_state.log, whole_state.log, "{command:?} after {phases}");
            assert_eq!(slow_state.configuration, whole_state.configuration);
            assert_eq!(
                slow.gan.state_hash(),
                whole.gan.state_hash(),
                "{command:?} after {phases}"
            );
        }
    }
}

#[test]
fn both_completes_the_epoch_under_way() {
    let mut trainer = ring();
    trainer.obey(Command::Step(Step::Phase));
    trainer.obey(Command::Step(Step::Both));
    assert_eq!((trainer.gan.epoch(), trainer.gan.upcoming()), (1, None));
    trainer.obey(Command::Step(Step::Both));
    assert_eq!(trainer.gan.epoch(), 2);
}

#[test]
fn the_next_phase_by_hand_pauses_in_slow_motion() {
    let mut trainer = ring();
    trainer.obey(Command::SetPace(Pace::BRISK));
    trainer.obey(Command::Play);
    for count in 0..2 * PHASES {
        trainer.obey(Command::Step(Step::Phase));
        let state = trainer.state();
        assert_eq!((state.status, state.pace), (Status::Paused, Pace::SLOW_MOTION));
        let report = state.phase.unwrap();
        assert_eq!(report.phase.stage, Stage::ALL[count % 5]);
        assert_eq!(report.epoch, 1 + (count / PHASES) as u64);
        let (network, updates) = match count % PHASES {
            0..15 => (Network::Discriminator, 3),
            _ => (Network::Generator, 1),
        };
        assert_eq!((report.phase.network, report.updates), (network, updates));
        assert_eq!(report.phase.update, count % PHASES % 15 / 5);
        assert_eq!(state.epoch, ((count + 1) / PHASES) as u64);
    }
    assert!(
        trainer.log.actions().is_empty(),
        "phases are no actions of their own"
    );
}

#[test]
fn a_restart_in_mid_epoch_begins_anew_at_once() {
    let mut trainer = ring();
    trainer.obey(Command::Step(Step::Phase));
    trainer.obey(Command::Restart(Experiment::preset(Preset::Ring, 8)));
    let state = trainer.state();
    assert_eq!((state.epoch, state.upcoming, state.phase), (0, None, None));
    assert_eq!(state.pace, Pace::SLOW_MOTION);
}

#[test]
fn an_epoch_without_updates_has_no_phase_and_counts() {
    let mut trainer = ring();
    for network in [Network::Generator, Network::Discriminator] {
        let none = Change::updates_per_epoch(network, UpdatesPerEpoch::LEAST);
        trainer.obey(Command::Change(none));
    }
    trainer.obey(Command::Step(Step::Phase));
    let state = trainer.state();
    assert_eq!((state.epoch, state.upcoming, state.phase), (1, None, None));
}
