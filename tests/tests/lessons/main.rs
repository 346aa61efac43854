//! The lessons that come with the program cannot lie: each is trained again, every claim of every page is
//! checked, at every level of instructions, and with how many of 32 seeds it holds (`seeds`); every task can be done,
//! and is not done by itself (`tasks`).
//!
//! `GAN_LAB_FILL=1` adds the hashes that a page lacks after it was written or moved. A hash that is there is never
//! changed: what differs fails.

mod seeds;
mod tasks;

use std::path::PathBuf;

use gan_core::{Checkpoint, Checkpoints, Reference, StateHash};
use gan_lab_tests::{fill, fixture, gan_lab};
use lab::lesson::{self, Bound, Condition, Lesson, Reading, Verdict};
use lab::{Recording, Replay};
use rayon::prelude::*;
use serde_json::Value;

fn file(lesson: &Lesson) -> PathBuf {
    fixture("lessons").join(lesson.file)
}

/// The recording with hashes where a page stands and where something is done, and nowhere else. It is trained again, and
/// stops where a hash that it has is another.
fn with_hashes(recording: &Recording) -> Recording {
    let mut written = recording.clone();
    written.checkpoints = Checkpoints::new();
    let stands = written
        .narration
        .pages
        .iter()
        .filter_map(|page| page.stand.as_ref());
    let mut epochs: Vec<u64> = stands.map(|stand| stand.epoch).collect();
    epochs.extend(
        written
            .log
            .actions()
            .iter()
            .flat_map(|done| [done.epoch, done.end()]),
    );
    epochs.sort_unstable();
    epochs.dedup();
    let mut replay = Replay::<Reference>::new(recording.clone()).unwrap();
    for epoch in epochs {
        replay.run_to(epoch).unwrap();
        let hash = replay.trainer().gan().state_hash();
        written.checkpoints.push(Checkpoint { epoch, hash }).unwrap();
    }
    written
}

#[test]
fn the_files_are_as_they_would_be_written() {
    for lesson in lesson::all() {
        // The file on the disk may have been edited since the program was built.
        let path = file(lesson);
        let (recording, _) = Recording::load(&path).unwrap();
        let written = with_hashes(&recording);
        if fill() {
            std::fs::write(path, written.to_toml()).unwrap();
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(written.to_toml(), text, "{}", lesson.file);
        assert_eq!(text, lesson.text, "{}: build the program anew", lesson.file);
        assert_eq!(written, *lesson.recording, "{}", lesson.file);
    }
}

#[test]
fn every_lesson_has_a_title_a_summary_and_a_task_and_every_page_says_something() {
    assert_eq!(lesson::all().len(), 16);
    for Lesson { file, recording, .. } in lesson::all() {
        let narration = &recording.narration;
        assert!(narration.title.is_some() && narration.summary.is_some(), "{file}");
        assert!(narration.pages.iter().any(|page| page.task.is_some()), "{file}");
        assert!(
            narration.pages[0].stand.is_some(),
            "{file}: opening it opens its run"
        );
        for page in &narration.pages {
            assert!(!page.title.is_empty() && page.paragraphs().count() > 0, "{file}");
            let longest = page.paragraphs().map(|paragraph| paragraph.len()).max();
            assert!(
                longest < Some(420),
                "{file}: '{}' is too much at once",
                page.title
            );
            let end = page.stand.as_ref().map_or(0, |stand| stand.epoch);
            assert!(end <= recording.end(), "{file}: '{}'", page.title);
            // A change there is in force when the page opens: the text would be of before.
            let changed = recording.log.actions().iter();
            let changed = changed
                .filter(|done| done.end() == done.epoch)
                .any(|done| done.epoch == end);
            assert!(!changed, "{file}: '{}'", page.title);
        }
    }
}

#[test]
fn every_claim_of_every_page_holds_at_every_level() {
    let levels = lab::run::instructions::available();
    lesson::all().par_iter().for_each(|lesson| {
        for level in &levels {
            let output = gan_lab()
                .arg("replay")
                .arg(file(lesson))
                .arg("--json")
                .env(lab::run::instructions::VARIABLE, level.name())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success(),
                "{} at {}: {said}",
                lesson.file,
                level.name()
            );
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(report["checkpoints"], report["verified"]);
            let claims = report["claims"].as_array().unwrap();
            assert!(claims.len() >= 4, "{}", lesson.file);
            assert!(claims.iter().all(|claim| claim["holds"] == true));
        }
    });
}

fn opposite(condition: Condition) -> Condition {
    match condition {
        Condition::Now(quantity, bound) => Condition::Now(quantity, bound.opposite()),
        Condition::Throughout(series, bound, epochs) => {
            Condition::Throughout(series, bound.opposite(), epochs)
        }
        Condition::Median(series, bound, epochs) => Condition::Median(series, bound.opposite(), epochs),
        Condition::Swings(bound, epochs) => Condition::Swings(bound.opposite(), epochs),
        Condition::Diagnosis(said, word) => Condition::Diagnosis(said.opposite(), word),
    }
}

#[test]
fn the_opposite_of_every_claim_is_refused() {
    for lesson in lesson::all() {
        let mut lying = (*lesson.recording).clone();
        for stand in lying
            .narration
            .pages
            .iter_mut()
            .filter_map(|page| page.stand.as_mut())
        {
            let of_beside = stand.beside.iter_mut().flat_map(|beside| &mut beside.holds);
            for claim in stand.holds.iter_mut().chain(of_beside) {
                *claim = opposite(*claim);
            }
        }
        let verdicts = lesson::examine::<Reference>(&lying, u64::MAX).unwrap();
        assert!(!verdicts.is_empty());
        for verdict in verdicts {
            assert!(
                !verdict.holds && verdict.reading.is_some(),
                "{}: {verdict}",
                lesson.file
            );
        }
    }
}

#[test]
fn a_lesson_that_lies_is_refused_by_its_first_such_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lie.toml");
    let text = lesson::all()[0].text;
    let lie = text.replacen("\"js below 0.25\"", "\"js below 0.1\"", 1);
    assert_ne!(lie, text);
    std::fs::write(&path, lie).unwrap();
    let replay = |rest: &[&str]| gan_lab().arg("replay").arg(&path).args(rest).output().unwrap();
    let output = replay(&[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let part = "page 4 ('When the judge cannot tell') claims at epoch 2000 'js below 0.1', which does not hold: \
                it is 0.";
    assert!(
        said.contains(part) && said.trim_end().lines().count() == 1,
        "{said}"
    );
    // Pages beyond the end that was asked for are not reached.
    assert!(replay(&["--to", "1000"]).status.success());
}

#[test]
fn verdicts_say_what_is_claimed_and_what_is_so() {
    let verdict = Verdict {
        page: 2,
        title: "Past the ring".to_owned(),
        epoch: 520,
        of: lesson::Claimed::Beside,
        claim: Condition::Swings(Bound::AtMost(1.0), 500),
        reading: Some(Reading::Figure(12.0)),
        holds: false,
        hash: StateHash(1),
    };
    assert_eq!(
        verdict.to_string(),
        "page 2 ('Past the ring') claims of the run beside it at epoch 520 'swings at most 1 over 500 epochs', \
         which does not hold: it is 12.000"
    );
}
