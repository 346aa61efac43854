//! The diagnosis: its sentence in every window, its evidence, its remedies, and the lost places on
//! the canvas.

use std::sync::Arc;

use egui::accesskit::Toggled;
use egui::{Key, Rect, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Change;
use gan_core::configuration::LearningRate;
use gan_core::{Network, Preset, Target};
use lab::checks::diagnosis::{Cure, Diagnosis, Evidence, Finding, Lost, Measure, Remedy};
use lab::lesson::Bound;
use lab::{Command, Experiment, Inline, Session as _, Setting, Snapshot, Status, Word};
use views::projection::Projection;

use crate::support::{Recorder, Viewer, sent_by, viewer};

const USUAL: [f32; 2] = [1280.0, 800.0];
const WINDOWS: [[f32; 2]; 5] = [
    USUAL,
    [1024.0, 700.0],
    [2560.0, 1440.0],
    [390.0, 844.0],
    [844.0, 390.0],
];
const LONG: &str =
    "Discriminator too strong: it is sure of every sample, so the generator is not told which way to go.";

fn rate() -> Setting {
    Setting::from(Change::learning_rate(
        Network::Discriminator,
        LearningRate::new(0.01).unwrap(),
    ))
}

fn finding(word: Word) -> Finding {
    let ring = Preset::Ring.configuration();
    let advice = |setting: Setting, key: &str, value: &str| Remedy {
        cure: Cure::Setting(setting),
        keeps_the_run: setting.change().is_some(),
        key: key.to_owned(),
        value: value.to_owned(),
        reason: "a slower D leaves G time",
        citation: "Heusel et al. 2017: two time scales",
    };
    let penalty = Setting::written("penalty.kind=r1", &ring).unwrap();
    Finding {
        word,
        sentence: match word {
            Word::DiscriminatorTooStrong => LONG.to_owned(),
            word => format!("{}.", word.title()),
        },
        evidence: [(Measure::Js, 0.8), (Measure::Missed, 0.4), (Measure::Spread, 0.2)]
            .map(|(measure, value)| Evidence {
                measure,
                value,
                bound: Bound::Above(0.1),
                epochs: 2_000,
            })
            .to_vec(),
        lost: Vec::new(),
        remedies: vec![
            advice(rate(), "discriminator.learning_rate", "0.01"),
            advice(penalty, "penalty.kind", "r1"),
        ],
    }
}

/// A run of which this is said.
fn said(finding: Finding) -> Snapshot {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(60).unwrap();
    let snapshot = (*run.latest()).clone();
    Snapshot {
        diagnosis: Arc::new(Diagnosis {
            epoch: 60,
            since: 20,
            finding,
        }),
        ..snapshot
    }
}

fn of_word(word: Word) -> Snapshot {
    said(finding(word))
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(4);
}

/// The sentence's button.
fn button(word: Word) -> String {
    format!("Diagnosis: {}", word.title())
}

#[test]
fn every_word_is_always_in_sight_and_says_its_sentence() {
    for size in WINDOWS {
        for word in Word::ALL {
            let viewer = viewer(size, Recorder::of(of_word(word)));
            let name = button(word);
            let node = viewer.get_by_label(&name);
            let sentence = node.accesskit_node().value().unwrap();
            assert_eq!(sentence, finding(word).sentence);
            let window = Rect::from_min_size(egui::Pos2::ZERO, Vec2::from(size));
            assert!(window.contains_rect(node.rect()), "{size:?}: {}", node.rect());
        }
    }
}

#[test]
fn words_look_different_in_more_than_their_colours() {
    // Shapes without their colours and words: the mark alone.
    let marks: Vec<Vec<String>> = [
        Word::Improving,
        Word::Converged,
        Word::TooEarly,
        Word::ModeCollapse,
        Word::Diverged,
        Word::Settled,
    ]
    .into_iter()
    .map(|word| {
        let viewer = viewer(USUAL, Recorder::of(of_word(word)));
        let row = viewer.get_by_label(&button(word)).rect();
        let mark = Rect::from_center_size(row.left_center() + vec2(14.0, 0.0), vec2(26.0, 22.0));
        let kinds = viewer.output().shapes.iter().filter_map(|clipped| {
            let bounds = clipped.shape.visual_bounding_rect();
            let small =
                bounds.is_positive() && bounds.width() < 24.0 && mark.contains_rect(bounds.shrink(1.0));
            small.then(|| {
                let kind = match &clipped.shape {
                    egui::Shape::Circle(_) => "circle",
                    egui::Shape::Path(path) => match path.points.len() {
                        3 => "three corners",
                        8 => "eight corners",
                        _ => "path",
                    },
                    egui::Shape::LineSegment { .. } => "line",
                    egui::Shape::Text(_) => "text",
                    _ => "other",
                };
                kind.to_owned()
            })
        });
        kinds.collect()
    })
    .collect();
    for (index, mark) in marks.iter().enumerate() {
        assert!(!mark.is_empty(), "{index}");
        assert!(!marks[index + 1..].contains(mark), "{marks:?}");
    }
}

#[test]
fn the_card_says_what_it_rests_on_and_who_suggests_what() {
    for size in WINDOWS {
        let first = finding(Word::DiscriminatorTooStrong);
        let mut viewer = viewer(size, Recorder::of(said(first.clone())));
        assert!(viewer.query_by_label_contains("How the run fares").is_none());
        click(&mut viewer, &button(Word::DiscriminatorTooStrong));
        viewer.get_by_label("So it is since epoch 20, as of epoch 60");
        for heading in ["What it rests on", "What may help"] {
            viewer.get_by_label(heading);
        }
        let words = Word::ALL.into_iter().filter(|word| *word != first.word);
        for other in words {
            // One verdict a card.
            assert!(viewer.query_by_label_contains(&finding(other).sentence).is_none());
        }
        for evidence in &first.evidence {
            viewer.get_by_label_contains(&evidence.sentence()[1..]);
            assert!(
                viewer
                    .query_all_by_label(&format!("threshold: {}", evidence.limit()))
                    .count()
                    > 0
            );
        }
        assert_eq!(
            viewer
                .query_all_by_label("Heusel et al. 2017: two time scales")
                .count(),
            2
        );
        viewer.key_press(Key::Escape);
        viewer.run_steps(3);
        assert!(viewer.query_by_label("What may help").is_none(), "{size:?}");
    }
}

#[test]
fn a_remedy_is_tried_beside_the_run_by_one_click() {
    for size in WINDOWS {
        let mut viewer = viewer(size, Recorder::of(of_word(Word::DiscriminatorTooStrong)));
        click(&mut viewer, &button(Word::DiscriminatorTooStrong));
        let sent = sent_by(viewer, "Try beside: D learning rate from 0.1 to 0.01");
        assert_eq!(sent, [Command::Branch(rate())], "{size:?}");
    }
}

#[test]
fn a_remedy_goes_beside_the_original_in_a_run_that_trains() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(300).unwrap();
    run.send(Command::Branch(rate()));
    run.run_epochs(50).unwrap();
    let snapshot = run.latest();
    assert_eq!(
        (snapshot.epoch, snapshot.beside.as_ref().unwrap().run.epoch),
        (350, 350)
    );
    let viewer = viewer(USUAL, Recorder::of(snapshot));
    viewer.get_by_label("Layered distributions of the first run");
    viewer.get_by_label("Layered distributions of the second run");
    viewer.get_by_label_contains("Diagnosis of the first run: ");
    viewer.get_by_label_contains("Diagnosis of the second run: ");
}

#[test]
fn a_figure_leads_to_its_chart() {
    for size in WINDOWS {
        let mut viewer = viewer(size, Recorder::of(of_word(Word::ModeCollapse)));
        click(&mut viewer, &button(Word::ModeCollapse));
        click(&mut viewer, "Show chart: Coverage");
        viewer.get_by_label_contains("Coverage chart");
        assert_eq!(viewer.state().1.sent, []);
    }
}

#[test]
fn a_healthy_run_has_nothing_to_be_helped_with() {
    let healthy = Finding {
        remedies: Vec::new(),
        ..finding(Word::Improving)
    };
    let mut viewer = viewer(USUAL, Recorder::of(said(healthy)));
    viewer.key_press(Key::I);
    viewer.run_steps(3);
    viewer.get_by_label("What it rests on");
    assert!(viewer.query_by_label("What may help").is_none());
    // A click beside the card closes it.
    viewer.get_by_label("Layered distributions").click();
    viewer.run_steps(3);
    assert!(viewer.query_by_label("What it rests on").is_none());
}

/// A run on eight modes that has lost two of them.
fn lost() -> Snapshot {
    let lost: Vec<Lost> = Target::Eight.modes()[..2]
        .iter()
        .map(|mode| Lost {
            centre: mode.centre,
            deviations: mode.deviations,
        })
        .collect();
    said(Finding {
        lost,
        ..finding(Word::ModeCollapse)
    })
}

#[test]
fn what_is_lost_is_marked_on_the_canvas_and_told() {
    let mut viewer = viewer(USUAL, Recorder::of(lost()));
    let canvas = viewer.get_by_label("Layered distributions");
    let value = canvas.accesskit_node().value();
    assert_eq!(
        value.as_deref(),
        Some("2 places of the target are marked as lost")
    );
    let projection = Projection::onto(canvas.rect());
    let [x, y] = Target::Eight.modes()[1].centre;
    viewer.hover_at(projection.place([x as f32, y as f32]));
    viewer.run_steps(30);
    viewer.get_by_label_contains("Lost: hardly any fake sample comes here");
    let drawn = viewer.output().shapes.len();
    let without = crate::support::viewer(USUAL, Recorder::of(of_word(Word::ModeCollapse)));
    assert!(drawn > without.output().shapes.len() + 40, "dashes");
}

#[test]
fn each_of_two_runs_has_its_own() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::Compare(Some(rate())));
    run.run_epochs(60).unwrap();
    let mut snapshot = (*run.latest()).clone();
    snapshot.diagnosis = Arc::clone(&of_word(Word::Oscillation).diagnosis);
    let beside = snapshot.beside.as_mut().unwrap();
    Arc::make_mut(&mut beside.run).diagnosis = Arc::clone(&lost().diagnosis);
    for size in WINDOWS {
        let mut viewer = viewer(size, Recorder::of(snapshot.clone()));
        viewer.get_by_label("Diagnosis of the first run: Oscillation");
        let marked = |name: &str| viewer.get_by_label(name).accesskit_node().value();
        assert_eq!(marked("Layered distributions of the first run"), None);
        assert_eq!(
            marked("Layered distributions of the second run").as_deref(),
            Some("2 places of the target are marked as lost")
        );
        let second = "Diagnosis of the second run: Mode collapse";
        click(&mut viewer, second);
        viewer.get_by_label("What it rests on");
        // The second run has no tries: they begin beside the first.
        assert!(viewer.query_by_label_contains("Try beside").is_none());
        let pressed = viewer.get_by_label(second).accesskit_node().toggled();
        assert_eq!(pressed, Some(Toggled::True));
    }
}

#[test]
fn a_run_that_plays_does_not_change_its_word_from_frame_to_frame() {
    let words = [Word::Improving, Word::Oscillation].map(|word| Snapshot {
        status: Status::Playing,
        ..of_word(word)
    });
    let [one, other] = words.map(Arc::new);
    // The same run.
    let other = Arc::new(Snapshot {
        experiment: Arc::clone(&one.experiment),
        ..(*other).clone()
    });
    let mut viewer = viewer(USUAL, Recorder::of(Arc::clone(&one)));
    let name = button(Word::Improving);
    for frame in 0..60 {
        let now = if frame % 4 < 2 { &other } else { &one };
        viewer.state_mut().1 = Recorder::of(Arc::clone(now));
        viewer.step();
        viewer.get_by_label(&name);
    }
    // It holds for long enough, whatever a frame's length is here.
    viewer.state_mut().1 = Recorder::of(other);
    viewer.run_steps(60);
    viewer.get_by_label(&button(Word::Oscillation));
}
