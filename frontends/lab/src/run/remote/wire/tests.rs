use std::sync::Arc;

use gan_core::configuration::{AtlasLength, LearningRate, Loss, Optimizer, UpdatesPerEpoch};
use gan_core::log::{Action, Log, Stamped};
use gan_core::{
    Change, Checkpoint, Checkpoints, Configuration, Diverged, Network, Parameter, Preset, StateHash, Target,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::files::configuration::any;
use crate::recording::{Difference, RecordingStatus, Verification};
use crate::run::looker::Looker;
use crate::run::remote::known::{Known, Opened};
use crate::setup::drawing::Source;
use crate::{
    Beside, Command, Course, Drawing, Experiment, HeatmapSide, Pace, Rate, Recording, Scaling, Setting,
    Slice, State, Status, Step, Stop, Trainer,
};

fn network() -> impl Strategy<Value = Network> {
    select(vec![Network::Generator, Network::Discriminator])
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (network(), 1e-6_f32..=10.0)
            .prop_map(|(network, rate)| Change::learning_rate(network, LearningRate::new(rate).unwrap())),
        (network(), select(vec![Optimizer::Sgd, Optimizer::Adam]))
            .prop_map(|(network, optimizer)| Change::optimizer(network, optimizer)),
        (network(), 0..=10_u32).prop_map(|(network, updates)| Change::updates_per_epoch(
            network,
            UpdatesPerEpoch::new(updates).unwrap()
        )),
        select(Loss::ALL.to_vec()).prop_map(Change::loss),
    ]
}

/// Any value of any hyper-parameter in which two runs can differ, the rest of its family as usual.
fn setting() -> impl Strategy<Value = Setting> {
    let all = Parameter::ALL
        .into_iter()
        .filter(|parameter| parameter.can_be_compared());
    let any =
        select(all.collect::<Vec<_>>()).prop_flat_map(|parameter| (Just(parameter), any::word(parameter)));
    any.prop_map(|(parameter, word)| {
        let ring = Preset::Ring.configuration();
        Setting::new(parameter, word, ring).unwrap_or_else(|_| Setting::in_configuration(parameter, &ring))
    })
}

/// The ring with other settings, as far as they go together, and a short atlas.
fn configuration() -> impl Strategy<Value = Configuration> {
    let targets = vec![Target::Ring, Target::Drawing, Target::Spiral, Target::Moons];
    (vec(setting(), 0..6), select(targets)).prop_map(|(settings, target)| {
        let ring = Configuration {
            target,
            atlas: AtlasLength::new(64).unwrap(),
            ..Preset::Ring.configuration()
        };
        settings.into_iter().fold(ring, |configuration, setting| {
            let applied = setting.applied_to(configuration);
            applied.check().map_or(configuration, |()| applied)
        })
    })
}

fn drawing() -> impl Strategy<Value = Drawing> {
    let points = vec([0.0_f32..=1.0, 0.0_f32..=1.0], 1..30);
    let corner = || [-1e30_f32..1e30, -1e-3_f32..1e-3];
    let file = proptest::option::of((".{0,12}", corner(), corner()));
    (points, file).prop_map(|(points, file)| {
        let source = file.map_or(Source::Brush, |(name, one, other)| Source::File {
            name: name.into(),
            scaling: Scaling::of(&[one, other]).unwrap(),
        });
        Drawing::of(points, source).unwrap()
    })
}

pub(in crate::run::remote) fn experiment() -> impl Strategy<Value = Experiment> {
    (configuration(), any::<u64>(), drawing(), 0..4).prop_map(|(configuration, seed, drawing, begun)| {
        let experiment = Experiment::new(configuration, seed, drawing).unwrap();
        if begun > 0 {
            return experiment;
        }
        let model = Trainer::<gan_core::Reference>::new(experiment.with_seed(!seed)).model();
        experiment.with_parameters(Arc::new(model)).unwrap()
    })
}

fn log() -> impl Strategy<Value = Log<1024>> {
    let action = prop_oneof![
        change().prop_map(Action::Change),
        network().prop_map(Action::Step)
    ];
    let stamped = (any::<u64>(), action, any::<u64>()).prop_map(|(epoch, action, times)| Stamped {
        epoch,
        action,
        times,
    });
    (vec(stamped, 0..20), any::<u64>())
        .prop_map(|(actions, dropped)| Log::restored(&actions, dropped).unwrap())
}

fn recording() -> impl Strategy<Value = Recording> {
    let hashes = vec((1..1_000_000_u64, any::<u64>()), 0..10);
    (experiment(), log(), hashes, any::<u64>()).prop_map(|(experiment, log, hashes, reached)| {
        let mut recording = Recording::of(&experiment, "reference");
        (recording.log, recording.reached) = (log, reached);
        let mut epoch = 0;
        for (later, hash) in hashes {
            epoch += later;
            let hash = StateHash(hash);
            recording.checkpoints.push(Checkpoint { epoch, hash }).unwrap();
        }
        recording
    })
}

fn pace() -> impl Strategy<Value = Pace> {
    let rate = || (0.01..=1e6).prop_map(|rate| Rate::per_second(rate).unwrap());
    prop_oneof![
        rate().prop_map(Pace::PhasesPerSecond),
        rate().prop_map(Pace::EpochsPerSecond),
        Just(Pace::Full),
    ]
}

fn side() -> impl Strategy<Value = HeatmapSide> {
    (30..=1024_usize).prop_map(HeatmapSide::nearest)
}

fn slice() -> impl Strategy<Value = Slice> {
    (0..16_usize, 1..16_usize).prop_map(|(across, up)| Slice::new(across, (across + up) % 16).unwrap())
}

fn stop() -> impl Strategy<Value = Stop> {
    let figures = vec!["js", "ndb", "g_gradient"];
    prop_oneof![
        (1..1_000_000_u64).prop_map(|epoch| format!("epoch {epoch}")),
        (select(figures), 0.0..2.0, 1..9_u32)
            .prop_map(|(figure, least, checks)| format!("{figure} at least {least} for {checks} checks")),
        select(vec!["healthy", "mode_collapse"]).prop_map(|word| format!("diagnosis {word}")),
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn command() -> impl Strategy<Value = Command> {
    let steps = vec![Step::Phase, Step::Discriminator, Step::Generator, Step::Both];
    prop_oneof![
        Just(Command::Play),
        Just(Command::Pause),
        Just(Command::Retrace),
        Just(Command::EndRecording),
        select(steps).prop_map(Command::Step),
        pace().prop_map(Command::SetPace),
        side().prop_map(Command::SetHeatmap),
        slice().prop_map(Command::SetSlice),
        change().prop_map(Command::Change),
        experiment().prop_map(Command::Restart),
        any::<u64>().prop_map(Command::Seek),
        recording().prop_map(|recording| Command::Open(Arc::new(recording))),
        ".{0,30}".prop_map(|path| Command::Record(path.into())),
        proptest::option::of(setting()).prop_map(Command::Compare),
        setting().prop_map(Command::Branch),
        proptest::option::of(stop()).prop_map(Command::StopWhen),
    ]
}

/// Any bits, infinities and all the NaNs among them.
fn number() -> impl Strategy<Value = f32> {
    any::<u32>().prop_map(f32::from_bits)
}

fn long_number() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(f64::from_bits)
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        Just(Status::Paused),
        Just(Status::Playing),
        (any::<u64>(), network()).prop_map(|(epoch, network)| Status::Diverged(Diverged { epoch, network })),
    ]
}

fn recording_status() -> impl Strategy<Value = RecordingStatus> {
    let path = || ".{0,20}".prop_map(|path| Arc::from(std::path::PathBuf::from(path)));
    prop_oneof![
        Just(RecordingStatus::Off),
        path().prop_map(RecordingStatus::Writing),
        path().prop_map(RecordingStatus::Written),
        ".{0,20}".prop_map(|why: String| RecordingStatus::Failed(why.into())),
    ]
}

fn verification() -> impl Strategy<Value = Verification> {
    let difference =
        (any::<u64>(), any::<u64>(), any::<u64>()).prop_map(|(epoch, expected, got)| Difference {
            epoch,
            expected: StateHash(expected),
            got: StateHash(got),
        });
    (any::<usize>(), any::<usize>(), proptest::option::of(difference)).prop_map(
        |(verified, named, difference)| Verification {
            verified,
            named,
            difference,
        },
    )
}

/// A run after some phases, with whatever numbers.
fn run() -> impl Strategy<Value = State> {
    let numbers = (
        vec(number(), 1..20),
        [long_number(), long_number()],
        any::<u64>(),
        any::<u64>(),
    );
    let choices = (pace(), side(), slice(), status(), recording_status());
    let known = (
        log(),
        vec(any::<u64>(), 0..4),
        proptest::option::of(verification()),
    );
    let courses = select(vec![Course::Present, Course::Past, Course::Retracing]);
    (experiment(), 0..12, change(), numbers, choices, known, courses).prop_map(
        |(experiment, phases, change, numbers, choices, known, course)| {
            let mut trainer = Trainer::<gan_core::Reference>::new(experiment);
            trainer.obey(Command::Change(change));
            for _ in 0..phases {
                let _ = trainer.run_phase();
            }
            let mut state = trainer.state();
            let (bits, losses, epoch, end) = numbers;
            for (value, bits) in state.generator.iter_mut().rev().zip(&bits) {
                *value = *bits;
            }
            for average in state.average.iter_mut().flatten().zip(&bits) {
                *average.0 = *average.1;
            }
            if let Some(phase) = &mut state.phase
                && let Some(weight) = &mut Arc::make_mut(phase).weight
            {
                weight.gradient = bits[0];
            }
            [state.discriminator_loss, state.generator_loss] = losses.map(Some);
            (state.epoch, state.end, state.course) = (epoch, end, course);
            (
                state.pace,
                state.heatmap,
                state.slice,
                state.status,
                state.recording,
            ) = choices;
            (state.log, state.forks) = (Arc::new(known.0), known.1.into());
            state.verification = known.2;
            state
        },
    )
}

fn state() -> impl Strategy<Value = State> {
    (run(), proptest::option::of((setting(), run()))).prop_map(|(mut state, second)| {
        state.beside = second.map(|(contrast, run)| Box::new(Beside { contrast, run }));
        state
    })
}

fn bytes_of(state: &State, speed: Option<f64>, known: &Known, opened: &Opened) -> Vec<u8> {
    let message = StateMessage::of(state, speed, known, opened);
    encode(&ToPage::State(Box::new(message)))
}

fn read(bytes: &[u8], known: &Known, opened: &Opened) -> Result<State, Malformed> {
    match decode(bytes)? {
        ToPage::State(message) => message.state(known, opened),
        ToPage::File { .. } => Err(Malformed::Impossible { what: "a file" }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_command_comes_back_the_same(command in command()) {
        let (mut sent, mut came) = (Opened::default(), Opened::default());
        let bytes = encode(&ToWorker::Command(CommandMessage::of(&command, &mut sent)));
        let Ok(ToWorker::Command(message)) = decode(&bytes) else {
            panic!("it was a command");
        };
        let back = message.command(&mut came).unwrap();
        prop_assert_eq!(&back, &command);
        if let (Command::Open(one), Command::Open(other)) = (&command, &back) {
            prop_assert_eq!((sent.number(one), came.number(other)), (Some(0), Some(0)));
        }
    }

    #[test]
    fn every_beginning_comes_back_the_same(experiment in experiment()) {
        let bytes = encode(&ToWorker::Begin((&experiment).into()));
        let Ok(ToWorker::Begin(message)) = decode(&bytes) else {
            panic!("it was the beginning");
        };
        prop_assert_eq!(Experiment::try_from(message).unwrap(), experiment);
    }

    #[test]
    fn every_state_comes_back_the_same_to_the_bit(state in state(), speed in proptest::option::of(0.0..1e9)) {
        let (nothing, opened) = (Known::default(), Opened::default());
        let bytes = bytes_of(&state, speed, &nothing, &opened);
        let back = read(&bytes, &nothing, &opened).unwrap();
        prop_assert_eq!(format!("{back:?}"), format!("{state:?}"));
        // A NaN is not equal to itself, but its bits are.
        prop_assert!(bytes_of(&back, speed, &nothing, &opened) == bytes);
        // Nothing known is sent again, and the page keeps its own.
        let (known, own) = (Known::of(&state), Known::of(&back));
        let news = bytes_of(&state, speed, &known, &opened);
        prop_assert!(news.len() < bytes.len());
        let again = read(&news, &own, &opened).unwrap();
        prop_assert_eq!(format!("{again:?}"), format!("{state:?}"));
        prop_assert!(Arc::ptr_eq(&again.experiment, &back.experiment));
        prop_assert!(read(&news, &nothing, &opened).is_err());
    }
}

/// A state in mid-epoch, of which all is news, and one after it, of which little is.
fn messages() -> (State, Vec<u8>, Vec<u8>) {
    let mut trainer = Trainer::<gan_core::Reference>::new(Experiment::preset(Preset::Ring, 3));
    for _ in 0..4 {
        trainer.run_phase().unwrap();
    }
    let (nothing, opened) = (Known::default(), Opened::default());
    let first = trainer.state();
    let all = bytes_of(&first, Some(1.0), &nothing, &opened);
    trainer.obey(Command::Step(Step::Generator));
    let little = bytes_of(&trainer.state(), None, &Known::of(&first), &opened);
    (first, all, little)
}

#[test]
fn a_message_that_was_cut_off_or_is_too_long_is_malformed() {
    let (first, all, little) = messages();
    let (nothing, opened) = (Known::default(), Opened::default());
    for (bytes, known) in [(all, nothing), (little, Known::of(&first))] {
        assert!(read(&bytes, &known, &opened).is_ok());
        for end in 0..bytes.len() {
            assert_eq!(
                read(&bytes[..end], &known, &opened).unwrap_err(),
                Malformed::Unreadable
            );
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(read(&longer, &known, &opened).unwrap_err(), Malformed::Unreadable);
    }
    let command = Command::Restart(Experiment::preset(Preset::Line, 1));
    let bytes = encode(&ToWorker::Command(CommandMessage::of(
        &command,
        &mut Opened::default(),
    )));
    for end in 0..bytes.len() {
        assert!(decode::<ToWorker<'_>>(&bytes[..end]).is_err());
    }
}

/// A state from a damaged message can still be looked at.
#[test]
fn no_damage_is_a_panic() {
    let (first, all, little) = messages();
    let opened = Opened::default();
    let (mut looker, _) = Looker::new(first.clone());
    let mut outcomes = [0; 3];
    for (bytes, known) in [(&all, Known::default()), (&little, Known::of(&first))] {
        for place in 0..bytes.len() {
            for mask in [0xff, 0x01, 0x80, 0x7f] {
                let mut damaged = bytes.clone();
                damaged[place] ^= mask;
                match read(&damaged, &known, &opened) {
                    Err(Malformed::Unreadable) => outcomes[0] += 1,
                    Err(Malformed::Impossible { .. }) => outcomes[1] += 1,
                    Ok(mut state) => {
                        outcomes[2] += 1;
                        if place % 13 == 0 && Arc::ptr_eq(&state.experiment, &first.experiment) {
                            state.heatmap = HeatmapSide::AS_IN_GAN_LAB;
                            looker.look(state, None, || std::time::Duration::ZERO);
                        }
                    }
                }
            }
        }
    }
    assert!(outcomes.iter().all(|count| *count > 0), "{outcomes:?}");
}

/// No run gets there, for one that would stays where it was.
#[test]
fn parameters_that_are_not_finite_can_be_looked_at() {
    let (first, ..) = messages();
    let (mut looker, _) = Looker::new(first.clone());
    for value in [f32::NAN, f32::INFINITY, f32::MAX] {
        for phase in [first.phase.clone(), None] {
            let mut state = State {
                phase,
                ..first.clone()
            };
            state.generator.fill(value);
            state.discriminator.fill(value);
            state.discriminator_loss = Some(f64::NAN);
            let (nothing, opened) = (Known::of(&first), Opened::default());
            let bytes = bytes_of(&state, Some(f64::NAN), &nothing, &opened);
            let state = read(&bytes, &nothing, &opened).unwrap();
            looker.look(state, None, || std::time::Duration::ZERO);
        }
    }
}

#[test]
fn what_cannot_be_is_said() {
    let (first, ..) = messages();
    let (known, mut opened) = (Known::of(&first), Opened::default());
    let what = |change: fn(&mut State), known: &Known| {
        let mut state = first.clone();
        change(&mut state);
        let bytes = bytes_of(&state, None, known, &Opened::default());
        match read(&bytes, known, &Opened::default()) {
            Err(Malformed::Impossible { what }) => what,
            other => panic!("{:?}", other.map(|state| state.epoch)),
        }
    };
    let parameters = "parameters are not as many as the networks have";
    assert_eq!(what(|state| _ = state.generator.pop(), &known), parameters);
    assert_eq!(what(|state| state.average = Some(Vec::new()), &known), parameters);
    let phase = "a phase is not of the run's batches and networks";
    let report = |state: &mut State| Arc::make_mut(state.phase.as_mut().unwrap()).noise.truncate(3);
    assert_eq!(what(report, &known), phase);
    let weight = |state: &mut State| {
        let report = Arc::make_mut(state.phase.as_mut().unwrap());
        report.weight.as_mut().unwrap().layer = 9;
    };
    assert_eq!(what(weight, &known), phase);
    let mut forked = first.clone();
    forked.forks = Arc::from([5]);
    let gone = |state: &mut State| state.forks = Arc::from([6]);
    assert_eq!(what(gone, &Known::of(&forked)), "a way that a run went is gone");

    // A recording that the page did not open.
    let recording = Arc::new(Recording::of(&Experiment::preset(Preset::Line, 1), "reference"));
    opened.open(&recording);
    let mut state = first.clone();
    state.opened = Some(recording);
    let bytes = bytes_of(&state, None, &known, &opened);
    assert!(read(&bytes, &known, &opened).is_ok());
    let error = read(&bytes, &known, &Opened::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a recording was opened that nobody asked for"),
        "{error}"
    );
    assert!(error.to_string().ends_with("load the page again"));
}

#[test]
fn a_recording_s_hashes_come_in_their_order() {
    let mut checkpoints = Checkpoints::<64>::new();
    let hash = StateHash(1);
    checkpoints.push(Checkpoint { epoch: 7, hash }).unwrap();
    let mut recording = Recording::of(&Experiment::preset(Preset::Line, 1), "reference");
    recording.checkpoints = checkpoints;
    let mut message = beginning::RecordingMessage::from(&recording);
    message.checkpoints = vec![Checkpoint { epoch: 7, hash }; 2].into();
    let bytes = encode(&message);
    let message: beginning::RecordingMessage<'_> = decode(&bytes).unwrap();
    assert!(Recording::try_from(message).is_err());
}
