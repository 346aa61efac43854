//! Techniques at their nodes: every card by its button, every control by its label, every sentence;
//! the commands sent, the refusals, and how a card closes.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gan_core::configuration::{NoiseDimensions, NoiseKind};
use gan_core::{Configuration, Network, Parameter, Preset, Target};
use lab::{Command, Experiment, Inline, Recipe, Session as _, Setting, Slice, Status};
use views::layers::Layer;
use views::{App, install_style};

use crate::support::{Recorder, Viewer, viewer};

const SIZE: [f32; 2] = [1280.0, 800.0];
/// Buttons, and the list behind each: the name of a control, and words of the sentence.
const CARDS: [(&str, &[(&str, &str)]); 7] = [
    (
        "Techniques at the noise",
        &[
            ("Noise kind", "What the generator starts from"),
            ("Noise dimensions", "spherical a shell"),
            ("Inputs", "LeCun 1998"),
            ("Truncated sampling", "BigGAN 2019"),
        ],
    ),
    (
        "Techniques at the generator",
        &[
            ("Generator hidden activation", "DCGAN 2016"),
            ("Generator normalization", "Ioffe 2015"),
            ("Generator initial weights", "He 2015"),
            ("Generator output", "linear reaches anywhere"),
            ("Generator moving average", "Yazıcı 2019"),
            ("Generator historical averaging", "Salimans 2016"),
        ],
    ),
    (
        "Techniques at the generator's steps",
        &[
            ("Generator β1 of Adam", "GANs like a short β1"),
            ("Rate decay", "Loshchilov 2017"),
        ],
    ),
    (
        "Techniques at the samples",
        &[
            ("Batch size", "How many samples each update looks at"),
            ("Instance noise", "Sønderby 2017"),
            ("Experience replay", "Shrivastava 2017"),
        ],
    ),
    (
        "Techniques at the discriminator",
        &[
            ("Discriminator hidden activation", "DCGAN 2016"),
            ("Discriminator normalization", "Miyato 2018"),
            ("Discriminator initial weights", "Xavier 2010"),
            ("Discriminator penalty", "WGAN-GP 2017"),
            ("Discriminator minibatch discrimination", "repeats itself"),
            ("Discriminator historical averaging", "Salimans 2016"),
        ],
    ),
    (
        "Techniques at the discriminator's steps",
        &[
            ("Discriminator β2 of Adam", "GANs like a short β1"),
            ("Rate decay", "Both networks' learning rates"),
        ],
    ),
    (
        "Techniques at the losses",
        &[
            ("Weight of the real batch", "GAN Lab has 0.95"),
            ("Label of real samples", "0.9 instead of 1"),
            ("Label of fake samples", "0.9 instead of 1"),
            ("Share of noisy labels", "told the wrong label"),
            ("Feature matching", "last hidden layer"),
        ],
    ),
];

fn with(change: impl FnOnce(&mut Configuration)) -> Experiment {
    let mut configuration = Preset::Ring.configuration();
    change(&mut configuration);
    Experiment::preset(Preset::Ring, 7)
        .with_configuration(configuration)
        .unwrap()
}

/// In edit mode, with the card open that this button opens.
fn open(change: impl FnOnce(&mut Configuration), button: &str) -> Viewer {
    open_in(SIZE, change, button)
}

fn open_in(size: [f32; 2], change: impl FnOnce(&mut Configuration), button: &str) -> Viewer {
    let mut app = App::new();
    app.toggle_edit();
    let recorder = Recorder::new(with(change), Status::Paused);
    // A control that waits for the run's answer waits a second.
    let mut viewer = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(
            |ui, (app, session): &mut (App, Recorder)| app.ui(ui, session),
            (app, recorder),
        );
    install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    click(&mut viewer, button);
    viewer
}

fn click(viewer: &mut Viewer, name: &str) {
    viewer.get_by_label(name).click();
    viewer.run_steps(3);
}

fn press(viewer: &mut Viewer, key: Key) {
    viewer.key_press(key);
    viewer.run_steps(3);
}

fn sent(viewer: &Viewer) -> &[Command] {
    &viewer.state().1.sent
}

fn is_open(viewer: &Viewer) -> bool {
    viewer.query_by_label("begins the run anew").is_some()
}

/// The run anew with one setting more.
fn anew(before: impl FnOnce(&mut Configuration), setting: Setting) -> Command {
    let before = with(before);
    let configuration = setting.applied_to(*before.configuration());
    Command::Restart(before.with_configuration(configuration).unwrap())
}

/// The ring's with these values.
fn set(values: &str) -> Setting {
    let ring = Preset::Ring.configuration().with_written(values);
    let (key, _) = values.split_once('=').unwrap();
    Setting::in_configuration(Parameter::named(key).unwrap(), &ring)
}

#[test]
fn every_card_lists_its_techniques_with_a_control_and_a_sentence_each() {
    for (button, rows) in CARDS {
        let viewer = open(|_| {}, button);
        for (control, sentence) in rows {
            viewer.get_by_label(control);
            let mut found = viewer.query_all_by_label_contains(sentence);
            assert!(found.next().is_some(), "{button}: {sentence}");
        }
        assert_eq!(sent(&viewer), [], "{button}");
    }
}

#[test]
fn cards_stay_within_any_window() {
    for size in [[1280.0, 800.0], [1024.0, 700.0], [2560.0, 1440.0], [940.0, 590.0]] {
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        for (button, rows) in CARDS {
            let viewer = open_in(size, everything, button);
            for (control, _) in rows {
                let rect = viewer.get_by_label(control).rect();
                assert!(window.contains_rect(rect), "{size:?}: {control} at {rect}");
            }
        }
    }
}

/// Every technique that goes together with the others.
fn everything(ring: &mut Configuration) {
    for network in Network::ALL {
        *ring = ring.with_written(
            &"@.activation=leaky-relu @.initialization=he @.history=0.01 @.beta_1=0.5 @.beta_2=0.9"
                .replace('@', network.name()),
        );
    }
    *ring = ring
        .with_written(
            "generator.normalization=batch discriminator.normalization=spectral generator.average=0.99",
        )
        .with_written("inputs=centred output=linear truncation=1.5 rate_decay.kind=cosine penalty.kind=r1")
        .with_written("labels.real_weight=1 labels.real=0.9 labels.fake=0.1 labels.noise=0.05")
        .with_written("instance_noise.deviation=0.1 instance_noise.epochs=4000 feature_matching.weight=0.5")
        .with_written("replay.samples=50 replay.capacity=3000");
}

#[test]
fn a_menu_sets_what_it_offers_and_a_number_comes_with_it() {
    let cases = [
        (
            "Techniques at the generator",
            "Generator hidden activation",
            "leaky ReLU",
            "generator.activation=leaky-relu",
            Some("Generator slope of leaky ReLU"),
        ),
        (
            "Techniques at the generator",
            "Generator normalization",
            "batch",
            "generator.normalization=batch",
            Some("Generator decay of batch normalization"),
        ),
        (
            "Techniques at the generator",
            "Generator output",
            "linear",
            "output=linear",
            None,
        ),
        (
            "Techniques at the discriminator",
            "Discriminator normalization",
            "spectral",
            "discriminator.normalization=spectral",
            None,
        ),
        (
            "Techniques at the discriminator",
            "Discriminator penalty",
            "R1",
            "penalty.kind=r1",
            Some("Strength of the penalty"),
        ),
        (
            "Techniques at the discriminator",
            "Discriminator initial weights",
            "Xavier",
            "discriminator.initialization=xavier",
            None,
        ),
        (
            "Techniques at the noise",
            "Inputs",
            "−1 to 1",
            "inputs=centred",
            None,
        ),
        (
            "Techniques at the generator's steps",
            "Rate decay",
            "cosine",
            "rate_decay.kind=cosine",
            Some("Epochs of rate decay"),
        ),
    ];
    for (button, menu, choice, technique, number) in cases {
        let mut viewer = open(|_| {}, button);
        if let Some(number) = number {
            assert!(viewer.query_by_label(number).is_none(), "{menu} is off");
        }
        click(&mut viewer, menu);
        assert!(is_open(&viewer), "a menu leaves its card open");
        click(&mut viewer, choice);
        assert_eq!(sent(&viewer), [anew(|_| {}, set(technique))], "{menu}");
        assert!(is_open(&viewer), "{menu}: the card stays");
        assert_eq!(
            viewer.get_by_label(menu).accesskit_node().value().as_deref(),
            Some(choice)
        );
        if let Some(number) = number {
            viewer.get_by_label(number);
        }
    }
}

#[test]
fn a_switch_switches_on_with_usual_numbers_and_off_again() {
    let cases = [
        ("Techniques at the noise", "Truncated sampling", "truncation=1"),
        (
            "Techniques at the generator",
            "Generator moving average",
            "generator.average=0.999",
        ),
        (
            "Techniques at the generator",
            "Generator historical averaging",
            "generator.history=0.01",
        ),
        (
            "Techniques at the discriminator",
            "Discriminator minibatch discrimination",
            "discriminator.minibatch_kernels=5",
        ),
        (
            "Techniques at the samples",
            "Experience replay",
            "replay.samples=50 replay.capacity=3000",
        ),
        (
            "Techniques at the samples",
            "Instance noise",
            "instance_noise.deviation=0.1 instance_noise.epochs=4000",
        ),
        (
            "Techniques at the losses",
            "Feature matching",
            "feature_matching.weight=0.5 feature_matching.epochs=4000",
        ),
    ];
    for (button, switch, on) in cases {
        let mut viewer = open(|_| {}, button);
        click(&mut viewer, switch);
        let switched = anew(|_| {}, set(on));
        assert_eq!(sent(&viewer), std::slice::from_ref(&switched), "{switch}");
        click(&mut viewer, switch);
        assert_eq!(
            sent(&viewer),
            [switched, anew(|_| {}, set(on).of(&Preset::Ring.configuration()))],
            "{switch}"
        );
    }
}

#[test]
fn numbers_step_along_their_ladders_and_can_be_typed() {
    type Case = (&'static str, &'static str, Setting, &'static str, Setting);
    let cases: [Case; 6] = [
        (
            "Techniques at the noise",
            "Noise dimensions",
            set("noise.dimensions=3"),
            "16",
            set("noise.dimensions=16"),
        ),
        (
            "Techniques at the samples",
            "Batch size",
            set("batch=300"),
            "1,024",
            set("batch=1024"),
        ),
        (
            "Techniques at the losses",
            "Weight of the real batch",
            set("labels.real_weight=1"),
            "0,5",
            set("labels.real_weight=0.5"),
        ),
        (
            "Techniques at the losses",
            "Label of fake samples",
            set("labels.fake=0.05"),
            "0.25",
            set("labels.fake=0.25"),
        ),
        (
            "Techniques at the losses",
            "Share of noisy labels",
            set("labels.noise=0.01"),
            "0.333",
            set("labels.noise=0.333"),
        ),
        (
            "Techniques at the generator's steps",
            "Generator β1 of Adam",
            set("generator.beta_1=0.95"),
            "0",
            set("generator.beta_1=0"),
        ),
    ];
    for (button, number, raised, text, typed) in cases {
        let mut viewer = open(|_| {}, button);
        click(&mut viewer, &format!("{number} up"));
        assert_eq!(sent(&viewer), [anew(|_| {}, raised)], "{number}");

        let mut viewer = open(|_| {}, button);
        click(&mut viewer, number);
        viewer.event(Event::Text(text.to_owned()));
        viewer.run_steps(2);
        press(&mut viewer, Key::Enter);
        assert_eq!(sent(&viewer), [anew(|_| {}, typed)], "{number}");
        assert!(is_open(&viewer), "{number}: Enter leaves the card open");
    }
}

#[test]
fn a_number_that_cannot_be_taken_stays_with_a_sentence() {
    for (button, number, bad, must) in [
        (
            "Techniques at the generator",
            "Decay of the moving average",
            "1",
            "Decay of the moving average must be a number of at most four decimals from 0 to 0.9999, not '1'.",
        ),
        (
            "Techniques at the discriminator",
            "Strength of the penalty",
            "0",
            "Strength of the penalty must be a number from 0.000001 to 1000, not '0'.",
        ),
        (
            "Techniques at the samples",
            "Epochs of instance noise",
            "soon",
            "Epochs of instance noise must be a whole number from 0 to 1000000000, not 'soon'.",
        ),
    ] {
        let mut viewer = open(everything, button);
        click(&mut viewer, number);
        viewer.event(Event::Text(bad.to_owned()));
        viewer.run_steps(2);
        press(&mut viewer, Key::Enter);
        viewer.get_by_label(must);
        assert_eq!(sent(&viewer), [], "{number}");
        // Escape forgets what was typed, and the card stays.
        press(&mut viewer, Key::Escape);
        assert!(viewer.query_by_label(must).is_none());
        assert!(is_open(&viewer), "{number}");
    }
}

#[test]
fn what_fades_never_can_be_said_in_words() {
    let mut viewer = open(everything, "Techniques at the samples");
    click(&mut viewer, "Epochs of instance noise");
    viewer.event(Event::Text("never".to_owned()));
    viewer.run_steps(2);
    press(&mut viewer, Key::Enter);
    assert_eq!(
        sent(&viewer),
        [anew(everything, set("instance_noise.deviation=0.1"))]
    );
}

#[test]
fn what_does_not_go_together_is_refused_and_nothing_is_lost() {
    let mut viewer = open(everything, "Techniques at the discriminator");
    let batch = "Not possible: a penalty on D's gradient needs each sample alone, but batch normalization of D mixes \
                 them: take spectral normalization or none.";
    let minibatch = "Not possible: a penalty on D's gradient needs each sample alone, but minibatch discrimination \
                     compares them: switch one of the two off.";
    click(&mut viewer, "Discriminator normalization");
    click(&mut viewer, "batch");
    viewer.get_by_label(batch);
    let value = |viewer: &Viewer| {
        let node = viewer.get_by_label("Discriminator normalization");
        node.accesskit_node().value()
    };
    assert_eq!(value(&viewer).as_deref(), Some("spectral"));
    click(&mut viewer, "Discriminator minibatch discrimination");
    viewer.get_by_label(minibatch);
    assert!(viewer.query_by_label(batch).is_none(), "the last one counts");
    assert_eq!(sent(&viewer), []);
    // A possible change is made, and the refusal forgotten.
    click(&mut viewer, "Discriminator penalty");
    click(&mut viewer, "none");
    assert_eq!(sent(&viewer).len(), 1);
    assert!(viewer.query_by_label(minibatch).is_none());
    click(&mut viewer, "Discriminator minibatch discrimination");
    assert_eq!(sent(&viewer).len(), 2);

    let mut viewer = open(everything, "Techniques at the samples");
    click(&mut viewer, "Batch size");
    viewer.event(Event::Text("50".to_owned()));
    viewer.run_steps(2);
    press(&mut viewer, Key::Enter);
    viewer.get_by_label_contains("leave none of the batch to the generator");
    assert_eq!(sent(&viewer), []);
}

#[test]
fn a_card_closes_by_its_button_by_escape_and_by_a_click_beside_it() {
    let button = "Techniques at the losses";
    let mut viewer = open(|_| {}, button);
    assert!(is_open(&viewer));
    click(&mut viewer, button);
    assert!(!is_open(&viewer), "its button");
    click(&mut viewer, button);
    press(&mut viewer, Key::Escape);
    assert!(!is_open(&viewer), "Escape");
    assert!(
        viewer.get_by_label(button).is_focused(),
        "the keyboard goes back to the button"
    );
    click(&mut viewer, button);
    let beside = egui::pos2(1270.0, 790.0);
    viewer.hover_at(beside);
    viewer.drag_at(beside);
    viewer.drop_at(beside);
    viewer.run_steps(3);
    assert!(!is_open(&viewer), "a click beside it");
    // One card at a time.
    click(&mut viewer, button);
    click(&mut viewer, "Techniques at the noise");
    viewer.get_by_label("Noise kind");
    assert!(viewer.query_by_label("Feature matching").is_none());
    // And none without edit mode.
    viewer.state_mut().0.toggle_edit();
    viewer.run_steps(3);
    assert!(!is_open(&viewer));
    assert!(viewer.query_by_label(button).is_none());
}

#[test]
fn a_card_works_by_keyboard() {
    let mut viewer = open(|_| {}, "Techniques at the generator");
    viewer.get_by_label("Generator moving average").focus();
    viewer.run_steps(2);
    press(&mut viewer, Key::Space);
    let average = set("generator.average=0.999");
    assert_eq!(sent(&viewer), [anew(|_| {}, average)]);
    viewer.get_by_label("Decay of the moving average").focus();
    viewer.run_steps(2);
    press(&mut viewer, Key::ArrowDown);
    let lower = set("generator.average=0.998");
    assert_eq!(sent(&viewer).last(), Some(&anew(|_| {}, lower)));
    // From the button Tab goes into the card.
    viewer.get_by_label("Techniques at the generator").focus();
    viewer.run_steps(2);
    press(&mut viewer, Key::Tab);
    assert!(viewer.get_by_label("Generator hidden activation").is_focused());
}

#[test]
fn a_real_run_begins_anew_and_says_so() {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 7));
    run.run_epochs(20).unwrap();
    let mut app = App::new();
    app.toggle_edit();
    let mut viewer = Harness::builder()
        .with_size(SIZE)
        .build_ui_state(|ui, (app, run): &mut (App, Inline)| app.ui(ui, run), (app, run));
    install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    for name in [
        "Techniques at the discriminator",
        "Discriminator hidden activation",
        "leaky ReLU",
    ] {
        viewer.get_by_label(name).click();
        viewer.run_steps(3);
    }
    let snapshot = viewer.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.experiment.seed()), (0, 7));
    viewer.get_by_label("Began anew: discriminator hidden activation: leaky ReLU 0.2. Press play to train.");
}

#[test]
fn what_is_on_stands_in_words_and_buttons_say_how_much() {
    let mut viewer = viewer(SIZE, Recorder::new(with(everything), Status::Paused));
    for words in [
        "Noise, techniques: inputs −1 to 1 · truncated at 1.5 deviations",
        "Generator, techniques: leaky ReLU 0.2 · batch norm 0.9 · He weights · linear output · average 0.99 · \
         historical averaging 0.01",
        "Discriminator, techniques: leaky ReLU 0.2 · spectral norm · He weights · R1 1 · historical averaging 0.01",
        "Samples, techniques: instance noise 0.1, fading over 4,000 · replay 50 of 3,000",
        "Losses, techniques: real weight 1 · labels 0.9 and 0.1 · noisy labels 0.05 · feature matching 0.5",
        "Steps of the generator, techniques: β 0.5, 0.9 · cosine decay, 10,000 epochs",
    ] {
        viewer.get_by_label(words);
    }
    viewer.state_mut().0.toggle_edit();
    viewer.run_steps(3);
    let button = viewer.get_by_label("Techniques at the noise");
    let value = button.accesskit_node().value();
    assert_eq!(
        value.as_deref(),
        Some("inputs −1 to 1, truncated at 1.5 deviations")
    );
}

#[test]
fn what_has_no_effect_is_said() {
    let viewer = open(everything, "Techniques at the generator's steps");
    viewer.get_by_label("No effect with SGD, which remembers nothing.");
    let spherical = |ring: &mut Configuration| {
        everything(ring);
        ring.noise.kind = NoiseKind::Spherical;
        ring.loss = gan_core::configuration::Loss::Hinge;
    };
    open(spherical, "Techniques at the noise").get_by_label_contains("No effect with spherical noise");
    open(spherical, "Techniques at the losses").get_by_label_contains("which has no labels");
}

#[test]
fn the_averaged_generator_has_a_switch_where_a_run_keeps_one() {
    let viewer = viewer(SIZE, Recorder::new(with(|_| {}), Status::Paused));
    assert!(viewer.query_by_label("Averaged generator").is_none());
    let average = |ring: &mut Configuration| *ring = ring.with_written("generator.average=0.99");
    let mut viewer = crate::support::viewer(SIZE, Recorder::new(with(average), Status::Paused));
    let before = viewer.output().shapes.len();
    click(&mut viewer, "Averaged generator");
    assert!(viewer.state().0.layers().contains(Layer::Average));
    assert!(
        viewer.output().shapes.len() > before + 100,
        "its dots are painted"
    );
    viewer.key_press_modifiers(Modifiers::NONE, Key::Num7);
    viewer.run_steps(3);
    assert!(!viewer.state().0.layers().contains(Layer::Average));
    viewer.ctx.set_theme(Theme::Dark);
    viewer.run_steps(2);
    viewer.get_by_label("Averaged generator");
}

#[test]
fn of_noise_with_more_than_two_dimensions_two_are_chosen_to_be_seen() {
    let names = ["Noise dimension across", "Noise dimension upwards"];
    let viewer = viewer(SIZE, Recorder::new(with(|_| {}), Status::Paused));
    assert!(viewer.query_by_label(names[0]).is_none());
    let four = |ring: &mut Configuration| ring.noise.dimensions = NoiseDimensions::new(4).unwrap();
    let value = |viewer: &Viewer, name| viewer.get_by_label(name).accesskit_node().value();
    for (name, choice, expected) in [
        (names[0], "3", (2, 1)),
        (names[1], "4", (0, 3)),
        (names[0], "2", (1, 0)),
    ] {
        let mut viewer = crate::support::viewer(SIZE, Recorder::new(with(four), Status::Paused));
        assert_eq!(
            names.map(|name| value(&viewer, name)),
            [Some("1".into()), Some("2".into())]
        );
        click(&mut viewer, name);
        viewer.get_by_role_and_label(Role::MenuItemRadio, choice).click();
        viewer.run_steps(3);
        let slice = Slice::new(expected.0, expected.1).unwrap();
        assert_eq!(sent(&viewer), [Command::SetSlice(slice)], "{name}: {choice}");
    }
    let mut viewer = crate::support::viewer(SIZE, Recorder::new(with(four), Status::Paused));
    viewer.get_by_label(names[0]).hover();
    viewer.run_steps(40);
    viewer.get_by_label_contains("the others rest in the middle");
}

#[test]
fn a_recipe_sets_everything_for_the_data_chosen() {
    let grid = |ring: &mut Configuration| ring.target = Target::Grid;
    for (name, recipe) in [
        ("Recipe GAN Lab classic", Recipe::Classic),
        ("Recipe Recommended", Recipe::Recommended),
    ] {
        let experiment = with(grid);
        let expected = experiment
            .with_configuration(recipe.configuration(Target::Grid))
            .unwrap();
        let mut viewer = viewer(SIZE, Recorder::new(experiment, Status::Paused));
        click(&mut viewer, name);
        assert_eq!(sent(&viewer), [Command::Restart(expected.clone())], "{name}");
        let viewer = crate::support::viewer(SIZE, Recorder::new(expected, Status::Paused));
        let chosen = viewer.get_by_label(name).accesskit_node().toggled();
        assert_eq!(chosen, Some(Toggled::True), "{name}");
    }
    let mut viewer = viewer(SIZE, Recorder::new(with(grid), Status::Paused));
    viewer.get_by_label("Recipe Recommended").hover();
    viewer.run_steps(40);
    viewer.get_by_label_contains("A recipe sets everything for the data chosen");
}
