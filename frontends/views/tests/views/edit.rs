//! Hyper-parameters at their nodes: every control by its name, by click, by typing, by keys, by the
//! wheel; the commands sent, and the words for values that cannot be taken.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use gan_core::Change;
use gan_core::configuration::{
    HiddenLayers, LearningRate, Loss, Neurons, Noise, NoiseDimensions, NoiseKind, Optimizer, UpdatesPerEpoch,
};
use gan_core::{Configuration, Network, Preset};
use lab::{Command, Experiment, Inline, Session, Status};
use views::{App, install_style};

use crate::support::{Recorder, Viewer, viewer};

use Network::{Discriminator, Generator};

const SIZE: [f32; 2] = [1280.0, 800.0];

/// The ring's preset with seed 7, its hyper-parameters as controls.
fn editing() -> Viewer {
    editing_with(|_| {})
}

fn editing_with(change: impl FnOnce(&mut Configuration)) -> Viewer {
    let experiment = ring_with(change);
    in_edit_mode(Recorder::new(experiment, Status::Playing))
}

/// Makes a viewer at sixty frames a second: a control that waits for the run's answer waits a
/// second.
fn in_edit_mode<S: Session + 'static>(session: S) -> Harness<'static, (App, S)> {
    let mut app = App::new();
    app.toggle_edit();
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(
            |ui, (app, session): &mut (App, S)| app.ui(ui, session),
            (app, session),
        );
    install_style(&harness.ctx);
    harness.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    harness.run_steps(3);
    harness
}

fn ring_with(change: impl FnOnce(&mut Configuration)) -> Experiment {
    let mut configuration = Preset::Ring.configuration();
    change(&mut configuration);
    Experiment::preset(Preset::Ring, 7)
        .with_configuration(configuration)
        .unwrap()
}

/// The run anew, with the same seed and other hyper-parameters.
fn anew(change: impl FnOnce(&mut Configuration)) -> Command {
    Command::Restart(ring_with(change))
}

fn rate(number: f32) -> LearningRate {
    LearningRate::new(number).unwrap()
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

fn press(viewer: &mut Viewer, key: Key) {
    viewer.key_press(key);
    viewer.run_steps(3);
}

/// Replaces what is in the field that has the keyboard, and presses Enter.
fn enter(viewer: &mut Viewer, text: &str) {
    viewer.key_press_modifiers(Modifiers::COMMAND, Key::A);
    viewer.event(Event::Text(text.to_owned()));
    viewer.run_steps(3);
    press(viewer, Key::Enter);
}

fn turn_wheel(viewer: &mut Viewer, name: &str, unit: MouseWheelUnit, up: f32) {
    let at = viewer.get_by_label(name).rect().center();
    viewer.hover_at(at);
    viewer.run_steps(2);
    viewer.event(Event::MouseWheel {
        unit,
        delta: vec2(0.0, up),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    viewer.run_steps(2);
}

fn sent(viewer: &Viewer) -> &[Command] {
    &viewer.state().1.sent
}

fn value(viewer: &Viewer, name: &str) -> String {
    let node = viewer.get_by_label(name);
    let node = node.accesskit_node();
    node.value()
        .unwrap_or_else(|| node.numeric_value().unwrap().to_string())
}

/// Names of the steppers, their values for the ring, and the command that one more sends.
fn steppers() -> [(&'static str, &'static str, Command); 6] {
    [
        (
            "Generator hidden layers",
            "1",
            anew(|ring| ring.generator.hidden_layers = HiddenLayers::new(2).unwrap()),
        ),
        (
            "Generator neurons",
            "10",
            anew(|ring| ring.generator.neurons = Neurons::new(11).unwrap()),
        ),
        (
            "Generator updates per epoch",
            "1",
            Command::Change(Change::updates_per_epoch(
                Generator,
                UpdatesPerEpoch::new(2).unwrap(),
            )),
        ),
        (
            "Discriminator hidden layers",
            "2",
            anew(|ring| ring.discriminator.hidden_layers = HiddenLayers::new(3).unwrap()),
        ),
        (
            "Discriminator neurons",
            "9",
            anew(|ring| ring.discriminator.neurons = Neurons::new(10).unwrap()),
        ),
        (
            "Discriminator updates per epoch",
            "3",
            Command::Change(Change::updates_per_epoch(
                Discriminator,
                UpdatesPerEpoch::new(4).unwrap(),
            )),
        ),
    ]
}

#[test]
fn the_pencil_turns_words_into_controls_and_back() {
    let recorder = Recorder::new(Experiment::preset(Preset::Ring, 7), Status::Paused);
    let mut viewer = viewer(SIZE, recorder);
    assert!(viewer.query_by_label("Generator neurons").is_none());
    viewer.get_by_label("generator: 1 hidden layer, 10 neurons");
    click(&mut viewer, "Edit hyper-parameters");
    assert!(viewer.state().0.is_editing());
    viewer.get_by_label("Generator neurons");
    viewer.get_by_label("Controls with a round arrow begin the run anew.");
    assert!(
        viewer
            .query_by_label("generator: 1 hidden layer, 10 neurons")
            .is_none()
    );
    click(&mut viewer, "Edit hyper-parameters");
    assert!(!viewer.state().0.is_editing());
    viewer.get_by_label("generator: 1 hidden layer, 10 neurons");
    assert_eq!(sent(&viewer), []);
}

#[test]
fn every_number_steps_by_click_by_key_and_by_wheel() {
    for (name, held, command) in steppers() {
        let mut viewer = editing();
        assert_eq!(value(&viewer, name), held, "{name}");
        click(&mut viewer, &format!("{name} up"));
        assert_eq!(sent(&viewer), std::slice::from_ref(&command), "{name}");

        let mut viewer = editing();
        viewer.get_by_label(name).focus();
        viewer.run_steps(2);
        press(&mut viewer, Key::ArrowUp);
        assert_eq!(sent(&viewer), std::slice::from_ref(&command), "{name}");
        press(&mut viewer, Key::ArrowDown);
        assert_eq!(value(&viewer, name), held, "back again");
        assert!(
            viewer.get_by_label(name).is_focused(),
            "{name} keeps the keyboard"
        );

        let mut viewer = editing();
        turn_wheel(&mut viewer, name, MouseWheelUnit::Line, 1.0);
        assert_eq!(sent(&viewer), [command], "{name}");
    }
}

#[test]
fn every_number_can_be_typed() {
    for (name, _, command) in steppers() {
        let mut viewer = editing();
        let raised = (value(&viewer, name).parse::<u32>().unwrap() + 1).to_string();
        click(&mut viewer, name);
        enter(&mut viewer, &raised);
        assert_eq!(sent(&viewer), [command], "{name}");
        assert_eq!(value(&viewer, name), raised);
        assert!(
            viewer.get_by_label(name).is_focused(),
            "{name} keeps the keyboard"
        );
    }
}

#[test]
fn numbers_stop_at_their_bounds() {
    let mut viewer = editing_with(|ring| {
        ring.generator.hidden_layers = HiddenLayers::MOST;
        ring.generator.neurons = Neurons::LEAST;
        ring.generator.updates_per_epoch = UpdatesPerEpoch::LEAST;
        ring.discriminator.updates_per_epoch = UpdatesPerEpoch::MOST;
    });
    for name in [
        "Generator hidden layers up",
        "Generator neurons down",
        "Generator updates per epoch down",
        "Discriminator updates per epoch up",
    ] {
        click(&mut viewer, name);
        assert_eq!(sent(&viewer), [], "{name}");
    }
    turn_wheel(&mut viewer, "Generator neurons", MouseWheelUnit::Line, -3.0);
    assert_eq!(sent(&viewer), []);
    // The wheel goes as far as there are values.
    turn_wheel(
        &mut viewer,
        "Generator updates per epoch",
        MouseWheelUnit::Line,
        25.0,
    );
    let most = Change::updates_per_epoch(Generator, UpdatesPerEpoch::MOST);
    assert_eq!(sent(&viewer), [Command::Change(most)]);
}

#[test]
fn fingers_on_a_pad_add_up_to_notches() {
    let mut viewer = editing();
    for _ in 0..5 {
        turn_wheel(&mut viewer, "Generator neurons", MouseWheelUnit::Point, 12.0);
    }
    assert_eq!(sent(&viewer).len(), 1, "60 points are a line and a half");
    assert_eq!(value(&viewer, "Generator neurons"), "11");
}

#[test]
fn a_number_that_cannot_be_taken_stays_for_correction() {
    let must = "Generator neurons must be a whole number from 1 to 100";
    for bad in ["0", "101", "ten", "2.5", "-3", "99999999999999999999"] {
        let mut viewer = editing();
        click(&mut viewer, "Generator neurons");
        enter(&mut viewer, bad);
        viewer.get_by_label(&format!("{must}, not '{bad}'."));
        assert_eq!(value(&viewer, "Generator neurons"), bad, "the text stays");
        assert_eq!(sent(&viewer), [], "{bad}");
        enter(&mut viewer, "12");
        assert!(viewer.query_by_label_contains(must).is_none());
        let command = anew(|ring| ring.generator.neurons = Neurons::new(12).unwrap());
        assert_eq!(sent(&viewer), [command], "{bad}");
    }
}

#[test]
fn a_click_elsewhere_takes_a_number_and_escape_forgets_it() {
    let mut viewer = editing();
    click(&mut viewer, "Generator neurons");
    viewer.event(Event::Text("12".to_owned()));
    viewer.run_steps(2);
    click(&mut viewer, "Discriminator neurons");
    assert_eq!(value(&viewer, "Generator neurons"), "12");
    assert_eq!(sent(&viewer).len(), 1);
    viewer.event(Event::Text("55".to_owned()));
    viewer.run_steps(2);
    press(&mut viewer, Key::Escape);
    assert_eq!(value(&viewer, "Discriminator neurons"), "9");
    assert_eq!(sent(&viewer).len(), 1);
}

#[test]
fn a_drop_down_offers_what_there_is() {
    let noise = |kind, dimensions| Noise { kind, dimensions };
    let cases = [
        (
            "Generator optimizer",
            "SGD",
            "Adam",
            Command::Change(Change::optimizer(Generator, Optimizer::Adam)),
        ),
        (
            "Discriminator optimizer",
            "SGD",
            "Adam",
            Command::Change(Change::optimizer(Discriminator, Optimizer::Adam)),
        ),
        (
            "Generator learning rate",
            "0.03",
            "0.3",
            Command::Change(Change::learning_rate(Generator, rate(0.3))),
        ),
        (
            "Discriminator learning rate",
            "0.1",
            "0.001",
            Command::Change(Change::learning_rate(Discriminator, rate(0.001))),
        ),
        (
            "Loss",
            "Log loss",
            "Least squares",
            Command::Change(Change::loss(Loss::LeastSquares)),
        ),
        (
            "Noise distribution",
            "2-D uniform",
            "1-D normal",
            anew(|ring| ring.noise = noise(NoiseKind::Normal, NoiseDimensions::LEAST)),
        ),
        (
            "Noise distribution",
            "2-D uniform",
            "2-D normal",
            anew(|ring| ring.noise = noise(NoiseKind::Normal, NoiseDimensions::new(2).unwrap())),
        ),
    ];
    for (name, now, choice, command) in cases {
        let mut viewer = editing();
        assert_eq!(value(&viewer, name), now);
        click(&mut viewer, name);
        click(&mut viewer, choice);
        assert_eq!(sent(&viewer), [command], "{name}: {choice}");
        assert!(viewer.query_by_label(now).is_none(), "{name} has closed");
        assert_eq!(value(&viewer, name), choice, "{name} shows it at once");
    }
}

#[test]
fn choosing_what_is_so_already_asks_for_nothing() {
    let mut viewer = editing();
    click(&mut viewer, "Generator optimizer");
    click(&mut viewer, "SGD");
    click(&mut viewer, "Generator neurons");
    enter(&mut viewer, "10");
    assert_eq!(sent(&viewer), []);
}

#[test]
fn a_drop_down_works_by_keyboard() {
    let mut viewer = editing();
    viewer.get_by_label("Generator optimizer").focus();
    viewer.run_steps(2);
    press(&mut viewer, Key::Enter);
    press(&mut viewer, Key::ArrowDown);
    press(&mut viewer, Key::ArrowDown);
    press(&mut viewer, Key::Enter);
    let adam = Change::optimizer(Generator, Optimizer::Adam);
    assert_eq!(sent(&viewer), [Command::Change(adam)]);
    assert!(viewer.get_by_label("Generator optimizer").is_focused());
}

#[test]
fn arrows_in_an_open_menu_leave_the_layers_alone() {
    let mut viewer = editing();
    let layers = viewer.state().0.layers();
    let menu = viewer.get_by_label("Noise distribution").rect().center();
    viewer.drag_at(menu);
    viewer.drop_at(menu);
    viewer.run_steps(3);
    viewer.get_by_label("1-D normal");
    press(&mut viewer, Key::ArrowDown);
    press(&mut viewer, Key::ArrowDown);
    assert_eq!(viewer.state().0.layers(), layers);
}

const RATE: &str = "Generator learning rate";
/// The field has the same name, as long as it is there.
const MUST: &str = "Generator learning rate must be a number from 0.000001 to 10";

#[test]
fn any_rate_can_be_typed() {
    for (text, number) in [
        ("0.02", 0.02),
        ("0,02", 0.02),
        (" 1e-6 ", 1e-6),
        ("0.000001", 1e-6),
        ("10", 10.0),
    ] {
        let mut viewer = editing();
        click(&mut viewer, RATE);
        enter(&mut viewer, text);
        let change = Change::learning_rate(Generator, rate(number));
        assert_eq!(sent(&viewer), [Command::Change(change)], "{text}");
        assert!(
            viewer.query_by_label_contains("or any from").is_none(),
            "it has closed"
        );
    }
}

#[test]
fn a_rate_that_cannot_be_taken_stays_for_correction() {
    for bad in ["0", "10.5", "fast", "NaN", "-0.1"] {
        let mut viewer = editing();
        click(&mut viewer, RATE);
        enter(&mut viewer, bad);
        viewer.get_by_label(&format!("{MUST}, not '{bad}'."));
        // Closed and opened again, it is still there.
        viewer.hover_at(egui::pos2(5.0, 795.0));
        viewer.drag_at(egui::pos2(5.0, 795.0));
        viewer.drop_at(egui::pos2(5.0, 795.0));
        viewer.run_steps(3);
        assert!(viewer.query_by_label_contains(MUST).is_none());
        assert_eq!(value(&viewer, RATE), "0.03");
        click(&mut viewer, RATE);
        viewer.get_by_label(&format!("{MUST}, not '{bad}'."));
        assert_eq!(sent(&viewer), [], "{bad}");
        let field = By::new().role(Role::TextInput).value(bad);
        viewer.get(field).click();
        viewer.run_steps(3);
        enter(&mut viewer, "0.5");
        let change = Change::learning_rate(Generator, rate(0.5));
        assert_eq!(sent(&viewer), [Command::Change(change)], "{bad}");
    }
}

#[test]
fn a_click_elsewhere_takes_a_rate() {
    let mut viewer = editing();
    click(&mut viewer, RATE);
    viewer.event(Event::Text("0.25".to_owned()));
    viewer.run_steps(2);
    click(&mut viewer, "Discriminator learning rate");
    let change = Change::learning_rate(Generator, rate(0.25));
    assert_eq!(sent(&viewer), [Command::Change(change)]);
}

/// A run answers some frames later; what was clicked before counts.
#[test]
fn quick_clicks_count_from_what_is_shown() {
    let mut viewer = editing();
    for _ in 0..3 {
        click(&mut viewer, "Generator neurons up");
    }
    assert_eq!(value(&viewer, "Generator neurons"), "13");
    click(&mut viewer, "Generator updates per epoch up");
    click(&mut viewer, "Discriminator hidden layers up");
    let all = anew(|ring| {
        ring.generator.neurons = Neurons::new(13).unwrap();
        ring.generator.updates_per_epoch = UpdatesPerEpoch::new(2).unwrap();
        ring.discriminator.hidden_layers = HiddenLayers::new(3).unwrap();
    });
    assert_eq!(sent(&viewer).last(), Some(&all));
    // A run that never answers is believed in the end, and one that is asked for something else at once.
    viewer.run_steps(120);
    assert_eq!(value(&viewer, "Generator neurons"), "10");
    click(&mut viewer, "Generator neurons up");
    click(&mut viewer, "Reset");
    assert_eq!(value(&viewer, "Generator neurons"), "10");
}

/// A real run, paused after 20 epochs.
fn run() -> Harness<'static, (App, Inline)> {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(20).unwrap();
    in_edit_mode(run)
}

#[test]
fn what_applies_at_once_leaves_the_run_where_it_is() {
    let mut harness = run();
    harness
        .get_by_label("Discriminator updates per epoch down")
        .click();
    harness.run_steps(3);
    let snapshot = harness.state().1.latest();
    assert_eq!(snapshot.epoch, 20);
    assert_eq!(snapshot.configuration.discriminator.updates_per_epoch.get(), 2);
    assert_eq!(snapshot.log.actions().len(), 1);
    harness.get_by_label("From now on: discriminator has 2 updates per epoch.");
    // The sentence goes after some seconds.
    harness.run_steps(400);
    harness.get_by_label("Paused.");
}

#[test]
fn what_begins_the_run_anew_says_so() {
    let mut harness = run();
    harness
        .get_by_label("Discriminator updates per epoch down")
        .click();
    harness.run_steps(3);
    harness.get_by_label("Generator neurons up").click();
    harness.run_steps(3);
    let snapshot = harness.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.experiment.seed()), (0, 7));
    assert_eq!(snapshot.configuration.generator.neurons.get(), 11);
    assert_eq!(
        snapshot.configuration.discriminator.updates_per_epoch.get(),
        2,
        "what was changed before stays"
    );
    // For as long as nothing else happens.
    harness.run_steps(400);
    harness.get_by_label("Began anew: generator has 11 neurons. Press play to train.");
    harness.get_by_label("Play").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Training");
}

#[test]
fn tooltips_say_what_a_hyper_parameter_does_and_what_becomes_of_the_run() {
    for (name, effect) in [
        ("Generator neurons", "Begins the run anew."),
        ("Noise distribution", "Begins the run anew."),
        ("Generator learning rate", "Takes effect at once."),
        ("Loss", "Takes effect at once."),
    ] {
        let mut viewer = editing();
        viewer.get_by_label(name).hover();
        viewer.run_steps(40);
        viewer.get_by_label_contains(effect);
    }
    // Hyper-parameters shown as words are explained too.
    let mut viewer = editing();
    viewer.state_mut().0.toggle_edit();
    viewer.run_steps(2);
    viewer.get_by_label("discriminator: Learning rate: 0.1").hover();
    viewer.run_steps(40);
    viewer.get_by_label_contains("How far each update goes");
}
