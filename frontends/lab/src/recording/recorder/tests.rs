use super::*;
use crate::recording::LOG_CAPACITY;
use crate::recording::sample::{experiment, session};
use crate::recording::{Ending, Replay};
use crate::{Command, Step, Trainer};
use gan_core::Change;
use gan_core::configuration::{Loss, Optimizer};
use gan_core::{Network, Preset, Reference};

fn load(path: &Path) -> Recording {
    let (recording, ending) = Recording::load(path).unwrap();
    assert_eq!(ending, Ending::Whole);
    recording
}

fn replays(recording: &Recording) {
    let end = recording.end();
    let mut replay = Replay::<Reference>::new(recording.clone()).unwrap();
    replay.run_to(end).unwrap();
    assert_eq!(replay.verified(), recording.checkpoints.taken().len());
}

#[test]
fn cut_at_every_byte_it_is_a_recording_of_a_shorter_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer = session(&path);
    // The file of a killed program, and the file in the end.
    let killed = std::fs::read(&path).unwrap();
    trainer.finish_recording().unwrap();
    let finished = std::fs::read(&path).unwrap();
    for bytes in [killed, finished] {
        let (whole, _) = Recording::parse(&bytes).unwrap();
        let head = bytes.windows(6).position(|window| window == b"[[from").unwrap();
        let mut before = None;
        for end in 0..=bytes.len() {
            let cut = match Recording::parse(&bytes[..end]) {
                Ok((cut, ending)) => {
                    let complete = end > 0 && bytes[end - 1] == b'\n';
                    assert_eq!(ending == Ending::Whole, complete, "cut at {end}");
                    cut
                }
                Err(problem) => {
                    assert!(end < head, "cut at {end} of {}: {problem}", bytes.len());
                    continue;
                }
            };
            if end < head {
                continue;
            }
            let hashes = cut.checkpoints.taken();
            assert_eq!(hashes, &whole.checkpoints.taken()[..hashes.len()], "cut at {end}");
            if before.as_ref() != Some(&cut) {
                replays(&cut);
                before = Some(cut);
            }
        }
        assert_eq!(before, Some(whole));
    }
}

#[test]
fn while_it_is_written_it_is_already_what_it_will_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer = session(&path);
    let meanwhile = load(&path);
    trainer.finish_recording().unwrap();
    let finished = load(&path);
    assert_eq!(meanwhile.log, finished.log);
    assert_eq!(finished.log, *trainer.state().log);
    let hashes = meanwhile.checkpoints.taken();
    assert_eq!(hashes, &finished.checkpoints.taken()[..hashes.len()]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), finished.to_toml());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn many_clicks_are_one_line_and_nothing_overtakes_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer: Trainer = Trainer::recorded(experiment(), &path).unwrap();
    // Hashes are far apart here.
    trainer.run_epochs(1025).unwrap();
    let loss = || Command::Change(Change::loss(Loss::LeastSquares));
    for _ in 0..3 {
        trainer.obey(Command::Step(Step::Generator));
    }
    for _ in 0..4 {
        trainer.obey(Command::Step(Step::Discriminator));
    }
    trainer.obey(loss());
    let text = std::fs::read_to_string(&path).unwrap();
    for line in ["generator.steps = 3\n", "discriminator.steps = 4\n"] {
        assert_eq!(text.matches(line).count(), 1, "{text}");
    }
    assert_eq!(load(&path).log, *trainer.state().log);
    trainer.finish_recording().unwrap();
    replays(&load(&path));
}

#[test]
fn what_is_done_last_does_not_rename_the_state_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer: Trainer = Trainer::recorded(experiment(), &path).unwrap();
    trainer.run_epochs(101).unwrap();
    let adam = Change::optimizer(Network::Generator, Optimizer::Adam);
    trainer.obey(Command::Change(adam));
    trainer.finish_recording().unwrap();
    let recording = load(&path);
    assert_eq!(recording.checkpoints.taken().last().unwrap().epoch, 101);
    replays(&recording);
}

#[test]
fn hashes_are_at_most_so_many_and_the_newest_is_never_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer: Trainer = Trainer::recorded(experiment(), &path).unwrap();
    for stint in [1, 30, 3, 500, 77, 2000] {
        trainer.run_epochs(stint).unwrap();
        let recording = load(&path);
        let (taken, epoch) = (recording.checkpoints.taken(), trainer.gan().epoch());
        assert!(taken.len() <= MOST_WRITTEN);
        assert_eq!(taken[0].epoch, 0);
        assert!(
            epoch - recording.end() <= epoch / 16,
            "{} of {epoch}",
            recording.end()
        );
    }
    trainer.finish_recording().unwrap();
    assert_eq!(load(&path).end(), trainer.gan().epoch());
}

#[test]
fn a_run_of_a_hundred_thousand_epochs_is_a_kilobyte_and_a_half() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut recorder = Recorder::create(&path, &Experiment::preset(Preset::Ring, 7), "reference").unwrap();
    for epoch in 0..=100_000 {
        if epoch == recorder.due() {
            recorder.reached(Checkpoint {
                epoch,
                hash: gan_core::StateHash(epoch),
            });
        }
        if epoch % 40_000 == 5000 {
            recorder.acted(epoch, Action::Change(Change::loss(Loss::LeastSquares)));
        }
    }
    recorder.finish().unwrap();
    let length = std::fs::metadata(&path).unwrap().len();
    assert!(length < 1536, "{length} bytes");
}

#[test]
fn each_restart_of_a_trained_run_begins_the_next_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("r-3.toml"), "somebody else's").unwrap();
    let mut trainer: Trainer = Trainer::recorded(experiment(), &file("r.toml")).unwrap();
    // Not trained: its file is used again.
    trainer.obey(Command::Restart(Experiment::preset(Preset::Line, 1)));
    trainer.run_epochs(5).unwrap();
    trainer.obey(Command::Restart(Experiment::preset(Preset::Ring, 2)));
    trainer.obey(Command::Step(Step::Generator));
    // In mid-epoch: the recording ends with the last whole one.
    trainer.obey(Command::Step(Step::Phase));
    trainer.obey(Command::Restart(Experiment::preset(Preset::Disjoint, 3)));
    trainer.run_epochs(40).unwrap();
    trainer.finish_recording().unwrap();
    for (name, seed, end) in [("r.toml", 1, 5), ("r-2.toml", 2, 1), ("r-4.toml", 3, 40)] {
        let recording = load(&file(name));
        assert_eq!(
            (recording.experiment.seed(), recording.end()),
            (seed, end),
            "{name}"
        );
        replays(&recording);
    }
    let other = std::fs::read_to_string(file("r-3.toml")).unwrap();
    assert_eq!(other, "somebody else's");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn a_full_log_ends_the_recording_and_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let mut trainer: Trainer = Trainer::recorded(experiment(), &path).unwrap();
    trainer.run_epochs(40).unwrap();
    for _ in 0..=LOG_CAPACITY {
        trainer.obey(Command::Change(Change::loss(Loss::LeastSquares)));
    }
    trainer.run_epochs(100).unwrap();
    let recording = load(&path);
    assert_eq!(
        (recording.log.actions().len(), recording.end()),
        (LOG_CAPACITY, 40)
    );
    replays(&recording);
    // The next run is recorded all the same.
    trainer.obey(Command::Restart(experiment()));
    trainer.run_epochs(3).unwrap();
    let message = trainer.finish_recording().unwrap_err().to_string();
    assert!(
        message.ends_with(
            "r.toml: the recording ends at epoch 40: it holds 1024 actions; restart the run to begin another"
        ),
        "{message}"
    );
    assert_eq!(load(&folder.path().join("r-2.toml")).end(), 3);
}

#[test]
fn where_the_folder_is_gone_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inner/r.toml");
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    let mut trainer: Trainer = Trainer::recorded(experiment(), &path).unwrap();
    std::fs::remove_dir_all(folder.path().join("inner")).unwrap();
    trainer.run_epochs(100).unwrap();
    trainer.obey(Command::Step(Step::Generator));
    assert_eq!(trainer.gan().epoch(), 101);
    let message = trainer.finish_recording().unwrap_err().to_string();
    assert!(
        message.contains("r.toml: cannot be written: there is no folder"),
        "{message}"
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_refused_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let device = folder.path().join("device");
    std::os::unix::fs::symlink("/dev/null", &device).unwrap();
    let message = Recorder::create(&device, &experiment(), "reference")
        .unwrap_err()
        .to_string();
    assert!(message.contains("is no file that could grow"), "{message}");
}

#[test]
fn a_recording_without_a_name_replaces_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["", "-2", "-3"].map(|number| format!("gan-lab-recording{number}.toml"));
    for name in names {
        let path = Recording::unnamed_in(folder.path());
        assert_eq!(path, folder.path().join(name));
        Recorder::create(&path, &Experiment::preset(Preset::Line, 1), "reference").unwrap();
    }
    assert_eq!(Recording::unnamed_in(Path::new("")).parent(), Some(Path::new("")));
}

#[test]
fn what_another_recorder_named_leaves_room_for_what_comes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let named = |epoch| Checkpoint {
        epoch,
        hash: gan_core::StateHash(epoch),
    };
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 1), "reference");
    for index in 0..crate::recording::MOST_CHECKPOINTS as u64 {
        recording.checkpoints.push(named(2048 * index)).unwrap();
    }
    let mut recorder = Recorder::begin(&path, recording).unwrap();
    for _ in 0..200 {
        let due = recorder.due();
        recorder.reached(named(due));
        recorder.reached(named(due + 1));
    }
    let last = recorder.due() - 1;
    recorder.reached(named(last));
    recorder.finish().unwrap();
    assert_eq!(Recording::load(&path).unwrap().0.end(), last);
}
