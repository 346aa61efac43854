//! Tests that a link reads back as the run it was written from.

mod problems;

use std::path::Path;

use gan_core::Change;
use gan_core::configuration::{LearningRate, Loss, Network, Optimizer, UpdatesPerEpoch};
use gan_core::log::{Action, Stamped};
use gan_core::{Point, Preset, Reference, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::files::configuration::{any, change, changes};
use crate::setup::drawing::Source;
use crate::{Command, Drawing, Inline, Recipe, Scaling, Session as _, Step, Trainer};

fn experiment(link: &str) -> Experiment {
    parse(link).unwrap().experiment
}

#[test]
fn what_is_left_out_is_as_on_the_command_line() {
    for link in ["", "#", "&", "seed=13", "#preset=ring&recipe=classic"] {
        let recording = parse(link).unwrap();
        assert_eq!(
            recording.experiment,
            Experiment::preset(Preset::Ring, 13),
            "{link}"
        );
        assert_eq!((recording.end(), recording.profile.as_str()), (0, "reference"));
    }
    let line = change("loss", "least-squares", &Preset::Line.configuration()).unwrap();
    let line = change("noise.kind", "normal", &line).unwrap();
    let own = experiment("#noise.kind=normal&loss=least-squares&preset=line&seed=7");
    assert_eq!((own.configuration(), own.seed()), (&line, 7));
    for (link, target) in [
        ("recipe=recommended-2", Target::Ring),
        ("recipe=recommended-2&preset=line", Target::Line),
        ("target=spiral&recipe=recommended-2", Target::Spiral),
    ] {
        let expected = Recipe::Recommended.configuration(target);
        assert_eq!(*experiment(link).configuration(), expected, "{link}");
    }
}

#[test]
fn a_person_reads_what_is_written() {
    let of = |experiment: &Experiment| of_run(experiment, &Log::new(), 0).unwrap();
    for preset in Preset::ALL {
        let written = of(&Experiment::preset(preset, 7));
        assert_eq!(experiment(&written), Experiment::preset(preset, 7));
        assert!(
            written.starts_with("preset=") && written.ends_with("&seed=7"),
            "{written}"
        );
    }
    let ring = |key, value| {
        let changed = change(key, value, &Preset::Ring.configuration()).unwrap();
        Experiment::new(changed, u64::MAX, Drawing::default()).unwrap()
    };
    for (key, value, expected) in [
        (
            "target",
            "moons",
            "preset=ring&seed=18446744073709551615&target=moons",
        ),
        (
            "generator.learning_rate",
            "1e-6",
            "preset=ring&seed=18446744073709551615&generator.learning_rate=0.000001",
        ),
        (
            "noise.kind",
            "spherical",
            "preset=ring&seed=18446744073709551615&noise.dimensions=2&noise.kind=spherical",
        ),
        (
            "generator.activation",
            "leaky-relu",
            "preset=ring&seed=18446744073709551615&generator.activation=leaky-relu&generator.slope=0.2",
        ),
    ] {
        let experiment = ring(key, value);
        let written = of(&experiment);
        assert_eq!(written, expected);
        assert_eq!(parse(&written).unwrap().experiment, experiment);
    }
    let spiral = Recipe::FirstRecommended.configuration(Target::Spiral);
    let spiral = Experiment::new(spiral, 1, Drawing::default()).unwrap();
    assert_eq!(of(&spiral), "preset=line&recipe=recommended&seed=1&target=spiral");

    // A technique of another kind with the same number, which is not the usual one of that kind.
    let base = Recipe::FirstRecommended.configuration(Target::Line);
    let entries = [
        ("penalty.kind", "gradient"),
        ("penalty.weight", "0.5"),
        ("rate_decay.kind", "linear"),
    ];
    let other = changes(entries, &base).unwrap();
    let other = Experiment::new(other, 1, Drawing::default()).unwrap();
    let expected = "preset=line&recipe=recommended&seed=1&penalty.kind=gradient&penalty.weight=0.5&\
                    rate_decay.epochs=10000&rate_decay.kind=linear";
    assert_eq!(of(&other), expected);
    assert_eq!(experiment(expected), other);

    let source = Source::File {
        name: "own & others, 50 %.csv".into(),
        scaling: Scaling::between([-10.0, 3e8], [0.0, 0.1]).unwrap(),
    };
    let drawing = Drawing::of([[0.1, 1.0], [-0.0, 1.0 / 3.0]], source).unwrap();
    let own = Experiment::preset(Preset::Line, 1).learning(drawing).unwrap();
    let expected = "preset=line&seed=1&target=drawing&points=.1,1;0,.33333334&points.source=own%20%26%20others,%2050\
                    %20%25.csv&points.x=-10,3e8&points.y=0,.1";
    assert_eq!(of(&own), expected);
    assert_eq!(experiment(expected), own);
}

#[test]
fn what_was_done_stands_with_its_epoch() {
    let link = "preset=line&seed=1&at=5:generator.learning_rate:0.01&at=5:loss:hinge&at=6:generator.steps:3&\
                at=9:discriminator.optimizer:adam&at=9:discriminator.updates_per_epoch:0&epoch=20";
    let recording = parse(link).unwrap();
    let network = Network::Discriminator;
    let done = [
        (
            5,
            Action::Change(Change::learning_rate(
                Network::Generator,
                LearningRate::new(0.01).unwrap(),
            )),
            1,
        ),
        (5, Action::Change(Change::loss(Loss::Hinge)), 1),
        (6, Action::Step(Network::Generator), 3),
        (9, Action::Change(Change::optimizer(network, Optimizer::Adam)), 1),
        (
            9,
            Action::Change(Change::updates_per_epoch(
                network,
                UpdatesPerEpoch::new(0).unwrap(),
            )),
            1,
        ),
    ];
    let done = done.map(|(epoch, action, times)| Stamped { epoch, action, times });
    assert_eq!(recording.log.actions(), done);
    assert_eq!(recording.end(), 20);
    assert_eq!(of_run(&recording.experiment, &recording.log, 20).unwrap(), link);
    assert_eq!(
        parse("at=6:generator.steps:3").unwrap().end(),
        9,
        "as far as is said"
    );
    // However an address is sent on.
    let escaped = link.replace(':', "%3a").replace('.', "%2E");
    assert_eq!(parse(&escaped).unwrap(), recording);
}

#[test]
fn a_run_that_is_linked_is_the_same_run() {
    let mut run = Inline::new(Experiment::preset(Preset::Line, 3));
    for command in [
        Command::Change(Change::optimizer(Network::Generator, Optimizer::Adam)),
        Command::Step(Step::Discriminator),
        Command::Step(Step::Discriminator),
        Command::Change(Change::loss(Loss::LeastSquares)),
    ] {
        run.run_epochs(7).unwrap();
        run.send(command);
    }
    run.run_epochs(30).unwrap();
    let hash = run.trainer().gan().state_hash();
    let link = of(&run.latest()).unwrap();
    // Wherever one looks, the run is the same.
    run.send(Command::Seek(9));
    assert_eq!(of(&run.latest()).unwrap(), link);

    let recording = parse(&link).unwrap();
    assert_eq!(recording.end(), 60);
    let mut other = Trainer::<Reference>::opened(recording.into()).unwrap();
    other.run_epochs(1000).unwrap();
    assert_eq!((other.gan().epoch(), other.gan().state_hash()), (60, hash));
}

#[test]
fn a_linked_run_that_is_recorded_on_its_way_keeps_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.toml");
    let recording = parse("preset=line&seed=3&batch=4&atlas=64&at=10:loss:hinge&epoch=60").unwrap();
    assert_eq!(
        Recording::parse(recording.to_toml().as_bytes()).unwrap().0,
        recording
    );
    let mut trainer = Trainer::<Reference>::opened(recording.clone().into()).unwrap();
    trainer.run_epochs(20).unwrap();
    trainer.obey(Command::Record(path.clone()));
    trainer.finish_recording().unwrap();
    let load = |path: &Path| Recording::load(path).unwrap().0;
    assert_eq!((load(&path).end(), load(&path).log), (60, recording.log));
    // Another way from there is as long as it is.
    trainer.obey(Command::Record(path.clone()));
    trainer.obey(Command::Change(Change::loss(Loss::Log)));
    trainer.run_epochs(1).unwrap();
    trainer.obey(Command::Restart(Experiment::preset(Preset::Line, 4)));
    trainer.finish_recording().unwrap();
    let [second, third] = ["r-2.toml", "r-3.toml"].map(|name| load(&folder.path().join(name)));
    assert_eq!((second.end(), third.end()), (21, 0));
    assert_eq!(load(&path).end(), 60);
    // One that was not trained again yet is a run, too: nothing takes its place.
    let path = folder.path().join("whole.toml");
    let mut trainer = Trainer::<Reference>::opened(parse("batch=4&epoch=60").unwrap().into()).unwrap();
    trainer.obey(Command::Record(path.clone()));
    trainer.obey(Command::Restart(Experiment::preset(Preset::Line, 4)));
    trainer.finish_recording().unwrap();
    assert_eq!(load(&path).end(), 60);
    assert_eq!(load(&folder.path().join("whole-2.toml")).end(), 0);
}

#[test]
fn runs_that_no_link_holds_are_refused_in_a_sentence() {
    let ring = Experiment::preset(Preset::Ring, 7);
    let refused = |experiment: &Experiment, log: &Log<LOG_CAPACITY>| {
        let refused = of_run(experiment, log, 0).unwrap_err();
        (refused, refused.to_string())
    };
    let model = Trainer::<Reference>::new(ring.clone()).model();
    let begun = ring.with_parameters(model.into()).unwrap();
    let (error, sentence) = refused(&begun, &Log::new());
    assert_eq!(error, Unlinkable::Parameters);
    assert!(
        sentence.contains("parameters from a file; send that file"),
        "{sentence}"
    );

    let mut full = Log::new();
    let change = |index: u64| match index % 2 {
        0 => Action::Change(Change::loss(Loss::Hinge)),
        _ => Action::Change(Change::loss(Loss::Log)),
    };
    for index in 0..=LOG_CAPACITY as u64 {
        if full.push(index, change(index)).is_err() {
            let (error, sentence) = refused(&ring, &full);
            assert_eq!(error, Unlinkable::Actions);
            assert!(sentence.contains("more was done to it"), "{sentence}");
            return;
        }
    }
    panic!("the log was never full");
}

#[test]
fn a_link_that_is_too_long_is_refused_and_the_longest_is_not() {
    let ring = Experiment::preset(Preset::Ring, 7);
    let of = |count: u16| {
        let points: Vec<Point> = (0..count)
            .map(|index| [f32::from(index) / 65_521.0, 0.7])
            .collect();
        let own = ring.learning(Drawing::drawn(points).unwrap()).unwrap();
        (of_run(&own, &Log::new(), 0), own)
    };
    let mut most = 0;
    for count in 790..800 {
        match of(count) {
            (Ok(link), own) => {
                assert!(link.len() <= LONGEST);
                assert_eq!(experiment(&link), own);
                most = count;
            }
            (Err(error), _) => {
                let (characters, points) = (10 * usize::from(count) + 42, usize::from(count));
                assert_eq!(error, Unlinkable::Length { characters, points });
                let words =
                    format!("a link of this run with its {count} points would have {characters} char");
                assert!(error.to_string().starts_with(&words), "{error}");
            }
        }
    }
    assert_eq!(most, 795);
    let mut log = Log::new();
    for epoch in 0..1000 {
        let change = Change::loss(if epoch % 2 == 0 { Loss::Hinge } else { Loss::Log });
        log.push(epoch, Action::Change(change)).unwrap();
    }
    let error = of_run(&ring, &log, 0).unwrap_err().to_string();
    assert!(error.starts_with("a link of this run would have 1"), "{error}");
    assert!(error.ends_with("save its recording and send that"), "{error}");
}

fn action() -> impl Strategy<Value = (Action, u64)> {
    let network = || select(vec![Network::Generator, Network::Discriminator]);
    let change = prop_oneof![
        (network(), 1e-6_f32..=10.0)
            .prop_map(|(network, rate)| Change::learning_rate(network, LearningRate::new(rate).unwrap())),
        (network(), select(vec![Optimizer::Sgd, Optimizer::Adam]))
            .prop_map(|(network, optimizer)| Change::optimizer(network, optimizer)),
        (network(), 0_u32..=10).prop_map(|(network, count)| Change::updates_per_epoch(
            network,
            UpdatesPerEpoch::new(count).unwrap()
        )),
        select(&Loss::ALL[..]).prop_map(Change::loss),
    ];
    prop_oneof![
        change.prop_map(|change| (Action::Change(change), 1)),
        (network(), 1..=1_000_000_u64).prop_map(|(network, times)| (Action::Step(network), times)),
    ]
}

/// Anything done in order, and an epoch at its end or later.
fn story() -> impl Strategy<Value = (Log<LOG_CAPACITY>, u64)> {
    (
        vec((action(), 0..3_000_000_u64), 0..40),
        0..2_u64,
        0..1_000_000_u64,
    )
        .prop_map(|(done, later, by)| {
            let mut log = Log::new();
            let mut epoch = 0;
            for ((action, times), after) in done {
                epoch += after;
                let stamped = Stamped { epoch, action, times };
                log.add(stamped).unwrap();
                epoch = stamped.end();
            }
            (log, epoch + later * by)
        })
}

proptest! {
    #[test]
    fn any_run_comes_back_the_same(
        configuration in any::configuration(),
        seed in any::<u64>(),
        (log, epoch) in story(),
    ) {
        let experiment = Experiment::new(configuration, seed, Drawing::default()).unwrap();
        let link = of_run(&experiment, &log, epoch).unwrap();
        let plain = |character: char| character.is_ascii_alphanumeric() || "-._,;:=&".contains(character);
        prop_assert!(link.chars().all(plain), "{}", link);
        let recording = parse(&link).unwrap();
        prop_assert_eq!(&recording.experiment, &experiment);
        prop_assert_eq!(&recording.log, &log);
        prop_assert_eq!(recording.end(), epoch);
        prop_assert_eq!(of_run(&recording.experiment, &recording.log, recording.end()).unwrap(), link);
        prop_assert_eq!(Recording::parse(recording.to_toml().as_bytes()).unwrap().0, recording);
    }

    #[test]
    fn any_drawing_comes_back_to_the_last_bit(
        bits in vec([0_u32..=0x3f80_0000, 0_u32..=0x3f80_0000], 1..300),
        file in proptest::option::of((".{0,20}", [-1e30_f32..1e30, -1e30_f32..1e30], [0.0_f32..1e30, 0.0_f32..1e-3])),
    ) {
        let points: Vec<Point> = bits.iter().map(|point| point.map(f32::from_bits)).collect();
        let source = match file {
            None => Source::Brush,
            Some((name, [x, y], [wide, high])) => Source::File {
                // White space at its ends is not kept.
                name: name.trim().into(),
                scaling: Scaling::between([x, x + wide], [y, y + high]).unwrap(),
            },
        };
        let ring = Experiment::preset(Preset::Ring, 1);
        let own = ring.learning(Drawing::of(points, source).unwrap()).unwrap();
        let link = of_run(&own, &Log::new(), 0).unwrap();
        prop_assert!(link.is_ascii());
        prop_assert_eq!(experiment(&link), own);
    }

    #[test]
    fn nothing_panics_and_what_is_accepted_can_be_written_again(
        pieces in vec(
            prop_oneof![
                "[a-z_.]{0,12}=[a-z0-9.,:;~%-]{0,12}",
                "at=[0-9]{0,3}:(loss|generator.steps|discriminator.optimizer):(log|adam|[0-9]{0,3})",
                "(generator|discriminator)\\.(neurons|learning_rate|history|slope|beta_1)=[0-9.]{1,4}",
                "(penalty\\.kind|penalty\\.weight|replay\\.samples|loss|target)=(r1|none|hinge|ring|[0-9]{1,2})",
                "\\PC{0,20}",
            ],
            0..4
        )
    ) {
        if let Ok(recording) = parse(&pieces.join("&")) {
            prop_assert_eq!(recording.experiment.configuration().check(), Ok(()));
            let link = of_run(&recording.experiment, &recording.log, recording.end()).unwrap();
            let again = parse(&link).unwrap();
            prop_assert_eq!(&again.experiment, &recording.experiment);
            prop_assert_eq!((&again.log, again.end()), (&recording.log, recording.end()));
            let toml = recording.to_toml();
            prop_assert_eq!(Recording::parse(toml.as_bytes()).unwrap().0.experiment, recording.experiment);
        }
    }
}
