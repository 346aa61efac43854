//! Files in and out of the page: dropped, chosen, downloaded.

use std::path::PathBuf;

use egui::{Key, Modifiers};
use gan_core::configuration::LearningRate;
use gan_core::{Change, Network, Preset, Reference};
use gan_lab_tests::browser::Size;
use lab::{Command, Experiment, Recording, Replay, Trainer};

use crate::visit::Visit;

/// A run of 60 epochs in which something was done, and the name of its state at the end.
fn recording(visit: &Visit) -> (PathBuf, String) {
    let path = visit.folder.path().join("run.toml");
    let experiment = Experiment::preset(Preset::Gaussians, 5);
    let mut run = Trainer::<Reference>::recorded(experiment, &path).unwrap();
    run.run_epochs(30).unwrap();
    let rate = LearningRate::new(0.05).unwrap();
    run.obey(Command::Change(Change::learning_rate(Network::Generator, rate)));
    run.run_epochs(30).unwrap();
    run.finish_recording().unwrap();
    (path, run.gan().state_hash().to_string())
}

/// Plays a recording that was opened to its end.
fn play_to_the_end(visit: &mut Visit, hash: &str) {
    visit.tab.wait("what is known", "ganLab.state.end === 60");
    visit.tab.press(" ", 0);
    visit.wait_for_epoch(60);
    visit.tab.wait("all hashes", "ganLab.state.verified?.[0] > 0");
    let verified = visit.tab.evaluate("ganLab.state.verified");
    assert_eq!(verified[0], verified[1], "all states are the recording's");
    assert_eq!(visit.hash(), (60, hash.to_owned()));
}

#[test]
fn a_recording_that_is_dropped_ends_in_its_hash() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let (path, hash) = recording(&visit);
    visit.tab.drop_files([640.0, 400.0], &[&path]);
    play_to_the_end(&mut visit, &hash);
    visit.keep_picture("recording");
}

#[test]
fn a_recording_is_chosen_in_the_browsers_own_list() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let (path, hash) = recording(&visit);
    visit.tab.expect_chooser();
    visit.key(Key::O, Modifiers::COMMAND);
    visit.keep_picture("files");
    visit.click("From this device…");
    visit.tab.choose(&path);
    play_to_the_end(&mut visit, &hash);
}

#[test]
fn a_run_that_is_saved_is_downloaded() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let folder = visit.folder.path().to_owned();
    visit.tab.download_to(&folder);
    visit.epochs(20);
    visit.key(Key::S, Modifiers::COMMAND);
    visit.tab.press("Enter", 0);
    assert_eq!(visit.tab.downloaded(), "ring-13.toml");
    let (recording, _) = Recording::load(&folder.join("ring-13.toml")).unwrap();
    assert_eq!(recording.end(), 20);
    let mut replay = Replay::<Reference>::new(recording).unwrap();
    replay.run_to(20).unwrap();
    assert_eq!(
        visit.hash(),
        (20, replay.trainer().gan().state_hash().to_string())
    );
    visit.keep_picture("saved");
}

#[test]
fn what_is_no_file_of_ours_is_said_in_a_sentence() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let path = visit.folder.path().join("broken.csv");
    std::fs::write(&path, "0.1,0.2\n0.3,a\n").unwrap();
    visit.tab.drop_files([640.0, 400.0], &[&path]);
    visit.tab.wait(
        "a sentence",
        "!notice.hidden && notice.textContent.includes('broken.csv')",
    );
    visit.keep_picture("refused");
    let folder = visit.folder.path().to_owned();
    visit.tab.drop_files([640.0, 400.0], &[&folder]);
    visit.tab.wait(
        "a sentence about a folder",
        "notice.textContent.includes('cannot read it')",
    );
    assert_eq!(visit.tab.evaluate("ganLab.state.epoch"), 0);
}
