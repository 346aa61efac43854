//! A walk through the noise: opened, chosen, moved and read, by mouse and keyboard.

use egui::{Key, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Preset;
use gan_core::configuration::{Noise, NoiseDimensions, NoiseKind};
use lab::{Command, Drawing, Experiment, Inline, Session as _, Setting, Status};

use crate::arrangement::WINDOWS;
use crate::support::{Recorder, Viewer, viewer};

const WINDOW: [f32; 2] = [1280.0, 800.0];

fn with_noise(kind: NoiseKind, dimensions: u32) -> Recorder {
    let mut configuration = Preset::Ring.configuration();
    configuration.noise = Noise {
        kind,
        dimensions: NoiseDimensions::new(dimensions).unwrap(),
    };
    let experiment = Experiment::new(configuration, 7, Drawing::default()).unwrap();
    Recorder::new(experiment, Status::Paused)
}

fn of(kind: NoiseKind, dimensions: u32) -> Viewer {
    viewer(WINDOW, with_noise(kind, dimensions))
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

fn value(viewer: &Viewer, name: &str) -> String {
    viewer.get_by_label(name).accesskit_node().value().unwrap()
}

fn rect(viewer: &Viewer, name: &str) -> Rect {
    viewer.get_by_label(name).rect()
}

/// Place of the noise in its square, which has room around it.
fn noise(viewer: &Viewer) -> Rect {
    rect(viewer, "Space of noise").shrink(9.0)
}

/// Place of the verdict on the generator.
fn verdict(viewer: &Viewer) -> Rect {
    let wordings = [
        "the generator leaps",
        "the generator stands still",
        "The generator goes fairly evenly",
    ];
    let said = |words: &&str| viewer.query_by_label_contains(words).map(|node| node.rect());
    wordings.iter().find_map(said).expect("a verdict")
}

/// Drags from one place to another.
fn drag(viewer: &mut Viewer, from: Pos2, to: Pos2) {
    viewer.drag_at(from);
    viewer.run_steps(2);
    viewer.hover_at(from.lerp(to, 0.5));
    viewer.run_steps(2);
    viewer.hover_at(to);
    viewer.run_steps(2);
    viewer.drop_at(to);
    viewer.run_steps(3);
}

#[test]
fn it_takes_the_legends_place_and_gives_it_back() {
    let mut viewer = of(NoiseKind::Uniform, 2);
    let before = viewer.output().shapes.len();
    click(&mut viewer, "Noise walk");
    assert!(viewer.query_by_label("Density contour").is_none());
    viewer.get_by_label("Space of noise");
    verdict(&viewer);
    assert!(viewer.output().shapes.len() > before);
    // The layers have their keys meanwhile.
    viewer.key_press(Key::Num3);
    viewer.run_steps(2);
    assert!(viewer.state().0.layers().contains(views::Layer::Contour));
    click(&mut viewer, "Done");
    viewer.get_by_label("Density contour");
    assert!(viewer.query_by_label("Space of noise").is_none());
    for closing in [Key::Z, Key::Escape] {
        viewer.key_press(Key::Z);
        viewer.run_steps(2);
        viewer.get_by_label("Space of noise");
        viewer.key_press(closing);
        viewer.run_steps(2);
        assert!(viewer.query_by_label("Space of noise").is_none(), "{closing:?}");
    }
    assert_eq!(viewer.state().1.sent, [], "a walk is nothing to the run");
}

#[test]
fn each_noise_has_its_walks() {
    for kind in [NoiseKind::Uniform, NoiseKind::Normal, NoiseKind::Spherical] {
        for dimensions in [1, 2, 3, 16] {
            let mut viewer = of(kind, dimensions);
            click(&mut viewer, "Noise walk");
            for (way, points) in [
                (
                    "One dimension",
                    if dimensions == 1 {
                        &[][..]
                    } else {
                        &["Point of the walk"]
                    },
                ),
                ("Straight", &["Point a", "Point b"]),
                ("Great circle", &["Point a", "Point b"]),
            ] {
                if way == "Great circle" && dimensions == 1 {
                    assert!(viewer.query_by_label(way).is_none(), "a line has no circle");
                    continue;
                }
                click(&mut viewer, way);
                for point in points {
                    viewer.get_by_label(point);
                }
                assert!(value(&viewer, "Place on the walk").contains('×'));
                verdict(&viewer);
            }
        }
    }
}

#[test]
fn a_dimension_is_chosen_and_seen() {
    let mut viewer = of(NoiseKind::Normal, 16);
    click(&mut viewer, "Noise walk");
    let of_first = value(&viewer, "Place on the walk");
    assert_eq!(value(&viewer, "Dimension of the walk"), "1");
    click(&mut viewer, "Dimension of the walk");
    click(&mut viewer, "12");
    assert_eq!(value(&viewer, "Dimension of the walk"), "12");
    assert_ne!(value(&viewer, "Place on the walk"), of_first);
    assert_eq!(viewer.state().1.sent, [], "the manifold's slice stays");
}

#[test]
fn points_go_where_they_are_dragged_clicked_or_sent_by_keys() {
    let mut viewer = of(NoiseKind::Uniform, 2);
    click(&mut viewer, "Noise walk");
    click(&mut viewer, "Straight");
    let square = noise(&viewer);
    let place = |x: f32, y: f32| square.lerp_inside(vec2(x, 1.0 - y));
    let from = rect(&viewer, "Point b").center();
    drag(&mut viewer, from, place(0.8, 0.25));
    let at = value(&viewer, "Point b");
    assert_eq!(at, "(0.80, 0.25)");
    let other = value(&viewer, "Point a");
    // A click brings the nearest.
    viewer.hover_at(place(0.9, 0.35));
    viewer.drag_at(place(0.9, 0.35));
    viewer.drop_at(place(0.9, 0.35));
    viewer.run_steps(3);
    assert_eq!(value(&viewer, "Point b"), "(0.90, 0.35)");
    assert_eq!(value(&viewer, "Point a"), other);
    viewer.get_by_label("Point b").focus();
    viewer.run_steps(2);
    for key in [Key::ArrowLeft, Key::ArrowLeft, Key::ArrowUp] {
        viewer.key_press(key);
        viewer.run_steps(2);
    }
    assert_eq!(value(&viewer, "Point b"), "(0.86, 0.37)");
    // And new ones are the run's own noise again.
    click(&mut viewer, "New points");
    assert_eq!(value(&viewer, "Point a"), other);
    click(&mut viewer, "New points");
    assert_ne!(value(&viewer, "Point a"), other);
}

#[test]
fn points_of_a_circle_stay_on_it() {
    let mut viewer = of(NoiseKind::Spherical, 2);
    click(&mut viewer, "Noise walk");
    click(&mut viewer, "Great circle");
    let square = noise(&viewer);
    let from = rect(&viewer, "Point b").center();
    drag(&mut viewer, from, square.lerp_inside(vec2(0.7, 0.5)));
    assert_eq!(value(&viewer, "Point b"), "(1.00, 0.50)");
    assert!(viewer.query_by_label_contains("Thin:").is_none());
    click(&mut viewer, "Straight");
    viewer.get_by_label_contains("Thin: off the sphere of the noise");
}

#[test]
fn the_bead_is_moved_by_hand_by_key_and_by_itself() {
    let mut viewer = of(NoiseKind::Uniform, 2);
    click(&mut viewer, "Noise walk");
    assert!(value(&viewer, "Place on the walk").starts_with("0.50: "));
    let chart = rect(&viewer, "Place on the walk");
    drag(&mut viewer, chart.center(), chart.lerp_inside(vec2(0.75, 0.4)));
    let at: f32 = value(&viewer, "Place on the walk")[..4].parse().unwrap();
    assert!((at - 0.75).abs() < 0.02, "{at}");
    viewer.get_by_label("Walk on");
    viewer.get_by_label("Place on the walk").focus();
    viewer.run_steps(2);
    for (key, begins) in [
        (Key::Home, "0.00"),
        (Key::ArrowRight, "0.01"),
        (Key::End, "1.00"),
        (Key::ArrowLeft, "0.99"),
    ] {
        viewer.key_press(key);
        viewer.run_steps(2);
        assert!(value(&viewer, "Place on the walk").starts_with(begins), "{key:?}");
    }
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.1);
    click(&mut viewer, "Walk on");
    let mut seen = Vec::new();
    for _ in 0..4 {
        viewer.run_steps(1);
        seen.push(value(&viewer, "Place on the walk"));
    }
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
    click(&mut viewer, "Stop walking");
    let held = value(&viewer, "Place on the walk");
    viewer.run_steps(4);
    assert_eq!(value(&viewer, "Place on the walk"), held);
}

#[test]
fn two_runs_are_walked_together_whatever_they_differ_in() {
    for difference in [
        "discriminator.updates_per_epoch=3",
        "noise.dimensions=1",
        "noise.kind=spherical",
    ] {
        let preset = Preset::Gaussians.configuration();
        let mut runs = Inline::new(Experiment::preset(Preset::Gaussians, 1));
        runs.send(Command::Compare(Some(
            Setting::written(difference, &preset).unwrap(),
        )));
        let mut viewer = viewer(WINDOW, Recorder::of(runs.latest()));
        click(&mut viewer, "Noise walk");
        for way in ["Great circle", "Straight", "One dimension"] {
            click(&mut viewer, way);
            viewer.get_by_label_contains("The first run's generator");
            viewer.get_by_label_contains("the second's, dashed,");
        }
    }
}

#[test]
fn the_path_is_warped_with_the_samples() {
    let mut viewer = of(NoiseKind::Normal, 3);
    click(&mut viewer, "Noise walk");
    let mut held = |progress| {
        viewer.state_mut().0.set_warp(progress);
        viewer.run_steps(2);
        viewer.output().shapes.clone()
    };
    let [begin, middle, end] = [0.0, 0.5, 1.0].map(|progress| held(Some(progress)));
    assert!(begin != middle && middle != end);
}

#[test]
fn nothing_of_it_leaves_its_place() {
    for size in WINDOWS {
        for dimensions in [1, 2, 16] {
            let mut viewer = viewer(size, with_noise(NoiseKind::Spherical, dimensions));
            click(&mut viewer, "Noise walk");
            click(&mut viewer, "Straight");
            let verdict = verdict(&viewer);
            let window = Rect::from_min_size(Pos2::ZERO, size.into());
            let names = [
                "Done",
                "Straight",
                "New points",
                "Space of noise",
                "Place on the walk",
            ];
            let places = names.map(|name| rect(&viewer, name)).into_iter().chain([verdict]);
            let places: Vec<Rect> = places.collect();
            for (index, place) in places.iter().enumerate() {
                assert!(window.contains_rect(*place), "{size:?}: {place}");
                for other in &places[index + 1..] {
                    assert!(
                        !place.shrink(0.5).intersects(other.shrink(0.5)),
                        "{size:?}: {place}, {other}"
                    );
                }
            }
            let timeline = rect(&viewer, "Timeline");
            assert!(
                verdict.bottom() <= timeline.top() + 0.5,
                "{size:?}: {verdict} above {timeline}"
            );
        }
    }
}

#[test]
fn on_a_phone_it_is_a_part() {
    let mut viewer = viewer([390.0, 844.0], with_noise(NoiseKind::Uniform, 2));
    assert!(viewer.query_by_label("Walk").is_none());
    click(&mut viewer, "Menu");
    click(&mut viewer, "Noise walk");
    viewer.get_by_label("Walk");
    click(&mut viewer, "Great circle");
    assert!(value(&viewer, "Place on the walk").starts_with("0.50"));
    for name in ["Great circle", "Done", "New points", "Stop walking"] {
        assert!(rect(&viewer, name).height() >= 36.0, "{name} is for fingers");
    }
    // With the layers in its place it stays open, and its tab brings it back.
    click(&mut viewer, "Data");
    assert!(viewer.query_by_label("Great circle").is_none());
    click(&mut viewer, "Walk");
    click(&mut viewer, "Done");
    assert!(viewer.query_by_label("Walk").is_none());
}
