//! Damaged files of every format: no panic, no endless work; a refusal is one sentence, and what is accepted
//! reads back to the same thing ([`gan_lab_tests::formats`]).

use std::fs;
use std::time::{Duration, Instant};

use gan_lab_tests::fixture;
use gan_lab_tests::formats::Format;
use gan_lab_tests::mutations::Mutations;

/// Damaged files of each format.
const MUTATIONS: usize = 10_000;
/// No file of a few kilobytes takes longer, on whatever machine the tests run.
const LONGEST: Duration = Duration::from_secs(2);

/// All of a format's corpus, in the order of names.
fn corpus(format: Format) -> Vec<Vec<u8>> {
    let folder = fixture("fuzz").join(format.name());
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Reads bytes as a format, within bounds; what fails can be found again.
fn holds(format: Format, bytes: &[u8]) -> bool {
    let begun = Instant::now();
    let outcome = std::panic::catch_unwind(|| format.holds(bytes));
    let took = begun.elapsed();
    match outcome {
        Ok(held) if took < LONGEST => held,
        _ => {
            let kept = std::env::temp_dir().join(format!("gan-lab-damaged.{}", format.name()));
            fs::write(&kept, bytes).expect("what failed can be kept");
            panic!(
                "{} failed after {took:?}; it is kept as {}",
                format.name(),
                kept.display()
            );
        }
    }
}

fn damaged(format: Format) {
    let corpus = corpus(format);
    assert!(
        corpus.iter().map(Vec::len).sum::<usize>() < 100_000,
        "a corpus is small"
    );
    let (good, bad): (Vec<_>, Vec<_>) = corpus.into_iter().partition(|bytes| holds(format, bytes));
    assert!(good.len() > 1, "{} files of the corpus are one", good.len());
    // Good files as often as bad ones, so that damage reaches what lies behind the first check.
    let again = good.iter().cycle().take(bad.len().max(good.len())).cloned();
    let corpus: Vec<_> = again.chain(bad.iter().cloned()).collect();
    let mutations = Mutations::new(&corpus, 5).take(MUTATIONS);
    let accepted = mutations.filter(|bytes| holds(format, bytes)).count();
    let share = MUTATIONS / 200..MUTATIONS - MUTATIONS / 10;
    assert!(share.contains(&accepted), "{accepted} damaged files are accepted");
    println!(
        "{}: {accepted} of {MUTATIONS} damaged files are still one",
        format.name()
    );
}

#[test]
fn recordings() {
    damaged(Format::Recording);
}

#[test]
fn lessons() {
    damaged(Format::Lesson);
}

#[test]
fn configurations() {
    damaged(Format::Configuration);
}

#[test]
fn points() {
    damaged(Format::Csv);
}

#[test]
fn parameters() {
    damaged(Format::Safetensors);
}

#[test]
fn models_of_gan_lab() {
    damaged(Format::GanLabModel);
}
