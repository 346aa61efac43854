//! Going back in a run of 100,000 epochs to which things were done: the time to the state asked for, and to
//! its snapshot in a session as the window's. No preset may take longer than a tenth of a second anywhere.

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gan_core::Change;
use gan_core::configuration::{LearningRate, Optimizer};
use gan_core::log::Action;
use gan_core::{Network, Preset, Profile as _, Reference};
use lab::{Command, Experiment, Pace, Recording, Session as _, Status, Threaded, Trainer};

/// Epochs of the run.
const END: u64 = 100_000;
/// Places to go to.
const PLACES: usize = 100;
/// The longest that a place may take.
const MOST: Duration = Duration::from_millis(100);

/// A run of [`END`] epochs: rates lowered, an optimiser changed, both networks trained alone for a while.
fn recording(preset: Preset) -> Arc<Recording> {
    let mut recording = Recording::of(&Experiment::preset(preset, 13), Reference::NAME);
    let rate = |network, rate| {
        let rate = LearningRate::new(rate).expect("it is a rate");
        Action::Change(Change::learning_rate(network, rate))
    };
    let steps =
        |from: u64, count: u64, network| (from..from + count).map(move |n| (n, Action::Step(network)));
    let adam = Change::optimizer(Network::Discriminator, Optimizer::Adam);
    let actions = [(5_000, rate(Network::Discriminator, 0.03))]
        .into_iter()
        .chain(steps(12_345, 500, Network::Generator))
        .chain([(40_000, rate(Network::Generator, 0.01))])
        .chain([(40_000, rate(Network::Discriminator, 0.003))])
        .chain([(40_001, Action::Change(adam))])
        .chain(steps(77_777, 300, Network::Discriminator))
        .chain(steps(END - 10, 10, Network::Generator));
    for (epoch, action) in actions {
        recording.log.push(epoch, action).expect("there is room");
    }
    assert_eq!(recording.end(), END);
    Arc::new(recording)
}

/// Epochs all over the run, in no order: the same ones each time.
fn places() -> impl Iterator<Item = u64> + Clone {
    (1..=PLACES as u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % END)
}

/// The run at its end.
fn trained(recording: &Arc<Recording>) -> Trainer {
    let mut trainer = Trainer::opened(Arc::clone(recording)).expect("it is of this profile");
    trainer.keep_past();
    trainer.run_epochs(END).expect("it does not diverge");
    trainer
}

fn go(trainer: &mut Trainer, epoch: u64) {
    trainer.obey(Command::Seek(epoch));
    while trainer.seeking().is_some() {
        trainer.run_towards(u64::MAX);
    }
    assert_eq!(trainer.gan().epoch(), epoch);
}

/// The same run in a session as the window's, at its end.
fn session(recording: &Arc<Recording>) -> Threaded {
    let mut session = Threaded::new(recording.experiment.clone(), || {});
    session.send(Command::Open(Arc::clone(recording)));
    session.send(Command::SetPace(Pace::Full));
    session.send(Command::Retrace);
    wait(&session, END);
    session
}

/// Until a snapshot shows the run at rest at this epoch.
fn wait(session: &Threaded, epoch: u64) {
    loop {
        let snapshot = session.latest();
        if snapshot.epoch == epoch && snapshot.status == Status::Paused {
            return;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}

fn show(session: &mut Threaded, epoch: u64) {
    session.send(Command::Seek(epoch));
    wait(session, epoch);
}

/// Mean and worst of all places, told and checked.
fn tell(what: &str, mut go: impl FnMut(u64)) {
    let times: Vec<Duration> = places()
        .map(|epoch| {
            let begun = Instant::now();
            go(epoch);
            begun.elapsed()
        })
        .collect();
    let worst = times.iter().max().copied().unwrap_or_default();
    let mean = times.iter().sum::<Duration>() / PLACES as u32;
    println!("{what}: mean {mean:.2?}, worst {worst:.2?}");
    assert!(worst <= MOST, "{what}: {worst:.2?} is more than {MOST:.0?}");
}

fn scrubbing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("an epoch of 100,000");
    group.sample_size(20);
    for preset in Preset::ALL {
        let recording = recording(preset);
        let mut trainer = trained(&recording);
        println!("{preset:?}: {} KiB of states kept", trainer.past_bytes() / 1024);
        tell(&format!("{preset:?}, state"), |epoch| go(&mut trainer, epoch));
        let mut epochs = places().cycle();
        group.bench_function(BenchmarkId::new("state", format!("{preset:?}")), |bencher| {
            bencher.iter(|| go(&mut trainer, epochs.next().expect("it never ends")));
        });
        let mut session = session(&recording);
        tell(&format!("{preset:?}, snapshot"), |epoch| {
            show(&mut session, epoch)
        });
        group.bench_function(BenchmarkId::new("snapshot", format!("{preset:?}")), |bencher| {
            bencher.iter(|| show(&mut session, epochs.next().expect("it never ends")));
        });
    }
    group.finish();
}

criterion_group!(benches, scrubbing);
criterion_main!(benches);
