//! Windows too small to show everything at once: whatever can be done in a large one can be done there, by finger.

use crate::support::{Recorder, Viewer, viewer};
use egui::{Pos2, Rect, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::Change;
use gan_core::configuration::{HiddenLayers, LearningRate, Loss, Neurons, UpdatesPerEpoch};
use gan_core::{Network, Preset, Target};
use lab::{Command, Experiment, Inline, Pace, Session as _, Setting, Snapshot, Status, Step};
use views::{Canvases, Favoured, Layer, NarrowPanels, Runs, Scale};

const PHONE: [f32; 2] = [390.0, 844.0];
/// Phones and tablets, standing and lying, and windows that somebody made small.
const WINDOWS: [[f32; 2]; 11] = [
    [320.0, 568.0],
    [360.0, 640.0],
    PHONE,
    [430.0, 932.0],
    [568.0, 320.0],
    [640.0, 360.0],
    [844.0, 390.0],
    [640.0, 400.0],
    [800.0, 600.0],
    [768.0, 1024.0],
    [834.0, 1194.0],
];
const TABS: [&str; 4] = ["Layers", "Data", "Model", "Charts"];

fn window(size: [f32; 2]) -> Rect {
    Rect::from_min_size(Pos2::ZERO, Vec2::from(size))
}

fn ring() -> Recorder {
    Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Paused)
}

fn phone() -> Viewer {
    viewer(PHONE, ring())
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

fn sent(clicks: &[&str]) -> Vec<Command> {
    let mut viewer = phone();
    clicks.iter().for_each(|name| click(&mut viewer, name));
    viewer.into_state().1.sent
}

/// Two runs that differ in a learning rate.
fn two() -> Snapshot {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    let rate = Change::learning_rate(Network::Generator, LearningRate::new(0.003).unwrap());
    run.send(Command::Compare(Some(Setting::from(rate))));
    (*run.latest()).clone()
}

#[test]
fn parts_fill_the_window_without_overlap() {
    for size in WINDOWS {
        let window = window(size);
        assert!(Scale::is_narrow(window), "{size:?}");
        let scale = Scale::of_narrow(window);
        for favoured in [Favoured::Canvas, Favoured::Part] {
            for (runs, layers) in [(Runs::One, 6), (Runs::One, 7), (Runs::Two, 6), (Runs::Two, 7)] {
                let case = format!("{size:?}, {favoured:?}, {runs:?}");
                let panels = NarrowPanels::new(window, scale, favoured, runs, layers);
                let canvases = match panels.canvases {
                    Canvases::One(square) => vec![square],
                    Canvases::Two(split) => {
                        vec![split.canvases[0], split.canvases[1], split.head(0), split.head(1)]
                    }
                };
                let mut all = vec![
                    panels.bar,
                    panels.diagnosis,
                    panels.switches,
                    panels.tabs,
                    panels.part,
                    panels.timeline,
                ];
                all.extend(canvases);
                for (index, rect) in all.iter().enumerate() {
                    assert!(window.contains_rect(*rect), "{case}: {rect}");
                    assert!(rect.is_positive(), "{case}: {rect}");
                    for other in &all[index + 1..] {
                        let apart = !rect.shrink(0.5).intersects(other.shrink(0.5));
                        assert!(apart, "{case}: {rect} and {other}");
                    }
                }
                assert!(panels.part.height() >= 60.0, "{case}: {}", panels.part);
                let rows = layers.div_ceil(panels.columns) as f32;
                assert!(panels.switches.height() / rows >= 34.0, "{case}");
            }
        }
    }
}

#[test]
fn on_a_phone_the_canvas_is_as_wide_as_the_window() {
    let scale = Scale::of_narrow(window(PHONE));
    let panels = NarrowPanels::new(window(PHONE), scale, Favoured::Canvas, Runs::One, 6);
    let side = panels.canvases.rect().width();
    assert!(side > 0.94 * PHONE[0], "{side}");
}

#[test]
fn a_window_is_narrow_where_letters_of_the_whole_would_be_too_small() {
    for size in [[1024.0, 700.0], [1280.0, 600.0], [940.0, 590.0], [1133.0, 744.0]] {
        assert!(!Scale::is_narrow(window(size)), "{size:?}");
    }
    assert!(Scale::is_narrow(window([f32::NAN, 100.0])));
    // Nothing is smaller than eleven points on anything that is sold as a phone.
    for size in &WINDOWS[1..] {
        assert!(Scale::of_narrow(window(*size)).small().size >= 11.0, "{size:?}");
    }
}

/// Checks the usual controls and the tabs in every part, whichever of canvas and part has the room.
#[test]
fn nothing_lies_outside_the_window_and_a_thumb_can_hit_it() {
    for size in WINDOWS {
        for tab in TABS {
            let mut viewer = viewer(size, ring());
            click(&mut viewer, tab);
            for share in ["Enlarge part", "Enlarge canvas"] {
                if let Some(button) = viewer.query_by_label(share) {
                    button.click();
                    viewer.run_steps(3);
                }
                for name in ALWAYS.iter().chain(&TABS) {
                    let rect = viewer.get_by_label(name).rect();
                    let case = format!("{size:?}, {tab}: {name} at {rect}");
                    assert!(window(size).contains_rect(rect), "{case}");
                    let thumb = if size[1] < 360.0 { 38.0 } else { 39.0 };
                    assert!(rect.height() >= thumb, "{case}");
                }
            }
        }
    }
}

/// Controls that are there whatever the tabs say.
const ALWAYS: [&str; 9] = [
    "Reset",
    "Play",
    "Step both",
    "Step discriminator",
    "Step generator",
    "Menu",
    "Go back to the beginning",
    "Pace",
    "Timeline",
];

#[test]
fn what_a_thumb_needs_most_does_what_it_says() {
    assert_eq!(sent(&["Play"]), [Command::Play]);
    assert_eq!(sent(&["Step both"]), [Command::Step(Step::Both)]);
    assert_eq!(
        sent(&["Step discriminator"]),
        [Command::Step(Step::Discriminator)]
    );
    assert_eq!(sent(&["Step generator"]), [Command::Step(Step::Generator)]);
    assert_eq!(sent(&["Slow motion"]), [Command::SetPace(Pace::SLOW_MOTION)]);
    assert!(matches!(*sent(&["Reset"]), [Command::Restart(_)]));
}

#[test]
fn each_layer_has_a_switch_at_the_canvas() {
    for layer in Layer::ALL.into_iter().filter(|layer| *layer != Layer::Average) {
        let mut viewer = phone();
        let mut expected = viewer.state().0.layers();
        expected.toggle(layer);
        let switch = viewer.get_by_label(layer.name());
        assert!(switch.rect().height() >= 40.0);
        switch.click();
        viewer.run_steps(2);
        assert_eq!(viewer.state().0.layers(), expected);
    }
}

#[test]
fn tabs_show_their_part() {
    for (tab, inside) in [
        ("Layers", "Is D right?"),
        ("Data", "Target spiral"),
        ("Model", "Edit hyper-parameters"),
        ("Charts", "Losses logarithmic"),
    ] {
        let mut viewer = phone();
        click(&mut viewer, tab);
        viewer.get_by_label(inside);
    }
}

#[test]
fn data_and_recipes_restart() {
    let mut configuration = Preset::Ring.configuration();
    configuration.target = Target::Line;
    let line = Experiment::preset(Preset::Ring, 7)
        .with_configuration(configuration)
        .unwrap();
    assert_eq!(sent(&["Data", "Target line"]), [Command::Restart(line)]);
    let mut viewer = phone();
    click(&mut viewer, "Data");
    // Below the tiles: the room is scrolled by a finger.
    click(&mut viewer, "Enlarge part");
    click(&mut viewer, "Preset gaussians");
    let gaussians = Command::Restart(Experiment::preset(Preset::Gaussians, 7));
    assert_eq!(viewer.state().1.sent, [gaussians]);
}

#[test]
fn a_part_that_is_longer_than_its_room_is_dragged_and_nothing_is_pressed() {
    let mut viewer = phone();
    click(&mut viewer, "Data");
    // A finger comes from nowhere.
    viewer.remove_cursor();
    viewer.run_steps(2);
    let before = viewer.get_by_label("Target line").rect();
    viewer.drag_at(before.center());
    for step in 1..=10 {
        viewer.hover_at(before.center() - Vec2::new(0.0, 8.0 * step as f32));
        viewer.step();
    }
    viewer.drop_at(before.center() - Vec2::new(0.0, 80.0));
    viewer.run_steps(3);
    let after = viewer.get_by_label("Target line").rect();
    assert!(after.top() < before.top() - 30.0, "{before} to {after}");
    assert_eq!(viewer.state().1.sent, []);
}

#[test]
fn hyper_parameters_are_set_in_a_form() {
    for (names, expected) in [
        (["Generator neurons up", ""], "Restart"),
        (["Discriminator updates per epoch down", ""], "Change"),
        (["Generator optimizer", "Adam"], "Change"),
        (["Generator learning rate", "0.3"], "Change"),
        (["Noise distribution", "1-D normal"], "Restart"),
    ] {
        let mut viewer = phone();
        click(&mut viewer, "Model");
        click(&mut viewer, "Edit hyper-parameters");
        let button = viewer.get_by_label(names[0]);
        assert!(button.rect().height() >= 40.0, "{names:?}");
        button.scroll_to_me();
        viewer.run_steps(3);
        click(&mut viewer, names[0]);
        if !names[1].is_empty() {
            let option = viewer.get_by_label(names[1]);
            assert!(option.rect().height() >= 40.0, "{names:?}");
            option.click();
            viewer.run_steps(3);
        }
        let sent = &viewer.state().1.sent;
        assert_eq!(sent.len(), 1, "{names:?}: {sent:?}");
        assert!(format!("{sent:?}").contains(expected), "{names:?}: {sent:?}");
    }
}

#[test]
fn techniques_open_in_the_form() {
    let mut viewer = phone();
    click(&mut viewer, "Model");
    click(&mut viewer, "Edit hyper-parameters");
    viewer.get_by_label("Techniques at the losses").scroll_to_me();
    viewer.run_steps(3);
    for place in [
        "Techniques at the noise",
        "Techniques at the generator",
        "Techniques at the samples",
        "Techniques at the discriminator",
        "Techniques at the losses",
        "Techniques at the generator's steps",
    ] {
        viewer.get_by_label(place).scroll_to_me();
        viewer.run_steps(3);
        click(&mut viewer, place);
        let shown = viewer.root().children_recursive();
        for node in shown.filter(|node| node.accesskit_node().bounding_box().is_some()) {
            let rect = node.rect();
            let inside = rect.left() >= -0.5 && rect.right() <= PHONE[0] + 0.5;
            assert!(inside || !rect.is_positive(), "{place}: {node:?} at {rect}");
        }
    }
}

#[test]
fn everything_else_is_in_the_menu() {
    assert!(matches!(*sent(&["Menu", "New seed"]), [Command::Restart(_)]));
    assert!(matches!(*sent(&["Menu", "Record"]), [Command::Record(_)]));
    for (item, inside) in [
        ("Lessons", "Lesson 1"),
        ("Files", "Open a file"),
        ("Keys", "this page"),
        ("Compare two runs", "Difference between the runs"),
    ] {
        let mut viewer = phone();
        click(&mut viewer, "Menu");
        click(&mut viewer, item);
        let shown = viewer.get_all_by_label_contains(inside).next();
        assert!(shown.is_some(), "{item}");
    }
    let mut viewer = phone();
    click(&mut viewer, "Menu");
    click(&mut viewer, "Dark");
    assert_eq!(viewer.ctx.theme(), egui::Theme::Dark);
    assert!(viewer.query_by_label("Record").is_none(), "the menu is closed");
}

/// Whatever they hold, pages over everything keep to the window, and can be closed.
#[test]
fn pages_fit_or_scroll() {
    for size in WINDOWS {
        for (item, title) in [
            ("", "All of the menu"),
            ("Lessons", "All lessons"),
            ("Files", "Files"),
            ("Keys", "All keys"),
        ] {
            let mut viewer = viewer(size, ring());
            click(&mut viewer, "Menu");
            if !item.is_empty() {
                let row = viewer.get_by_label(item);
                row.scroll_to_me();
                viewer.run_steps(3);
                click(&mut viewer, item);
            }
            viewer.run_steps(3);
            let page = viewer.get_by(|node| {
                node.label().as_deref() == Some(title) && node.role() == egui::accesskit::Role::Dialog
            });
            let rect = page.rect();
            assert!(
                window(size).expand(0.5).contains_rect(rect),
                "{size:?}: {title} at {rect}"
            );
            click(&mut viewer, "Close page");
            assert!(viewer.query_by_label("Close page").is_none(), "{size:?}: {title}");
        }
    }
}

#[test]
fn the_button_for_the_device_s_own_files_has_a_row_of_its_own() {
    let mut viewer = phone();
    viewer.state_mut().0.offer_picker();
    click(&mut viewer, "Menu");
    click(&mut viewer, "Files");
    viewer.run_steps(3);
    let places = ["From this device…", "Cancel", "Open"].map(|name| viewer.get_by_label(name).rect());
    for (index, rect) in places.iter().enumerate() {
        assert!(window(PHONE).contains_rect(*rect), "{rect}");
        let others = &places[index + 1..];
        assert!(others.iter().all(|other| !rect.intersects(*other)), "{places:?}");
    }
}

#[test]
fn two_runs_lie_side_by_side_and_can_be_ended() {
    let mut viewer = viewer(PHONE, Recorder::of(two()));
    let [first, second] = ["first", "second"].map(|which| {
        viewer
            .get_by_label(&format!("Layered distributions of the {which} run"))
            .rect()
    });
    assert_eq!(first.size(), second.size());
    assert!(first.right() < second.left() && first.width() > 150.0);
    // A part that has just come is shown.
    click(&mut viewer, "End comparison");
    assert_eq!(viewer.state().1.sent, [Command::Compare(None)]);
}

#[test]
fn a_comparison_is_chosen_and_begun() {
    let sent = sent(&["Menu", "Compare two runs", "Compare"]);
    assert!(matches!(*sent, [Command::Compare(Some(_))]), "{sent:?}");
    assert_eq!(self::sent(&["Menu", "Compare two runs", "Cancel"]), []);
}

#[test]
fn slow_motion_brings_its_lists() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.send(Command::SetPace(Pace::SLOW_MOTION));
    run.run_phases(3).unwrap();
    let mut viewer = viewer(PHONE, Recorder::of(run.latest()));
    click(&mut viewer, "Next phase");
    assert_eq!(viewer.state().1.sent, [Command::Step(Step::Phase)]);
    click(&mut viewer, "Show formulas");
    click(&mut viewer, "Charts");
    viewer.get_by_label("Losses logarithmic");
    click(&mut viewer, "Steps");
    viewer.get_by_label("Next phase");
}

#[test]
fn a_finger_draws_and_the_run_learns_it() {
    let mut viewer = phone();
    click(&mut viewer, "Data");
    click(&mut viewer, "Enlarge part");
    click(&mut viewer, "Draw");
    let paper = viewer.get_by_label("Paper").rect();
    assert!(paper.width() > 300.0);
    viewer.drag_at(paper.lerp_inside(Vec2::new(0.3, 0.4)));
    for step in 1..=6 {
        viewer.hover_at(paper.lerp_inside(Vec2::new(0.3 + 0.05 * step as f32, 0.4)));
        viewer.step();
    }
    viewer.drop_at(paper.lerp_inside(Vec2::new(0.6, 0.4)));
    viewer.run_steps(2);
    assert_eq!(viewer.get_by_label("Paper").rect(), paper, "nothing scrolls");
    for name in ["Undo", "Redo", "Clear", "Cancel", "Learn it"] {
        let rect = viewer.get_by_label(name).rect();
        assert!(
            rect.height() >= 40.0 && window(PHONE).contains_rect(rect),
            "{name} at {rect}"
        );
    }
    click(&mut viewer, "Learn it");
    let [Command::Restart(experiment)] = &*viewer.state().1.sent else {
        panic!("{:?}", viewer.state().1.sent);
    };
    assert_eq!(experiment.configuration().target, Target::Drawing);
}

#[test]
fn the_timeline_is_dragged() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(400).unwrap();
    let mut viewer = viewer(PHONE, Recorder::of(run.latest()));
    let rail = viewer.get_by_label("Timeline").rect();
    viewer.drag_at(rail.lerp_inside(Vec2::new(0.9, 0.2)));
    viewer.hover_at(rail.lerp_inside(Vec2::new(0.5, 0.8)));
    viewer.step();
    viewer.drop_at(rail.lerp_inside(Vec2::new(0.5, 0.8)));
    viewer.run_steps(2);
    let sent = &viewer.state().1.sent;
    assert!(
        matches!(sent.last(), Some(Command::Seek(epoch)) if (150..250).contains(epoch)),
        "{sent:?}"
    );
}

#[test]
fn a_tap_on_a_node_explains_it_and_a_press_on_the_generator_warps() {
    let mut viewer = phone();
    click(&mut viewer, "Model");
    click(&mut viewer, "Generator");
    let explained = viewer
        .get_all_by_label_contains("turns noise into samples")
        .next();
    assert!(explained.is_some());
}

/// The graph scrolls; its words have the room they need all the same.
#[test]
fn words_and_boxes_of_the_graph_stay_apart() {
    let mut configuration = Preset::Gaussians.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        let network = configuration.network_mut(network);
        network.hidden_layers = HiddenLayers::MOST;
        network.neurons = Neurons::MOST;
        network.updates_per_epoch = UpdatesPerEpoch::MOST;
    }
    configuration.loss = Loss::LeastSquares;
    let experiment = Experiment::preset(Preset::Gaussians, 7)
        .with_configuration(configuration)
        .unwrap();
    for size in WINDOWS {
        let mut viewer = viewer(size, Recorder::new(experiment.clone(), Status::Paused));
        click(&mut viewer, "Model");
        let of_graph = |name: &str| {
            !name.starts_with("Diagnosis: ")
                && [": ", " node", " in the graph", "Predictions of"]
                    .iter()
                    .any(|part| name.contains(part))
                || ["Noise", "Generator", "Discriminator"].contains(&name)
        };
        let named: Vec<(String, Rect)> = viewer
            .root()
            .children_recursive()
            .filter_map(|node| {
                let access = node.accesskit_node();
                let name = access.label().or(access.value())?;
                access.bounding_box()?;
                of_graph(&name).then(|| (name, node.rect()))
            })
            .collect();
        assert!(named.len() > 20, "{size:?}: {}", named.len());
        for (index, (name, rect)) in named.iter().enumerate() {
            for (other, place) in &named[index + 1..] {
                // A switch may be hit where it is not seen.
                let seen = |name: &str, rect: Rect| match name.ends_with(" node") {
                    true => Rect::from_center_size(rect.center(), Vec2::new(18.0, 10.0)),
                    false => rect,
                };
                let apart = !seen(name, *rect)
                    .shrink(0.5)
                    .intersects(seen(other, *place).shrink(0.5));
                assert!(apart, "{size:?}: {name} at {rect}, {other} at {place}");
            }
        }
    }
}

#[test]
fn a_lesson_has_a_tab_of_its_own() {
    let mut viewer = phone();
    click(&mut viewer, "Menu");
    click(&mut viewer, "Lessons");
    click(&mut viewer, "Lesson 2: What D and G each do");
    viewer.get_by_label("Lesson");
    for name in ["Back", "Next", "Close"] {
        let rect = viewer.get_by_label(name).rect();
        assert!(
            rect.height() >= 40.0 && window(PHONE).contains_rect(rect),
            "{name} at {rect}"
        );
    }
    click(&mut viewer, "Charts");
    click(&mut viewer, "Lesson");
    click(&mut viewer, "Close");
    assert!(viewer.query_by_label("Lesson").is_none());
}
