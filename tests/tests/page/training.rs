//! Playing, changing, drawing, going back: by mouse and keyboard, to the same bits as here.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gan_core::{Preset, Reference};
use gan_lab_tests::browser::Size;
use lab::{Command, Experiment, Session as _, Trainer};

use crate::visit::Visit;

#[test]
fn a_run_plays_and_its_hash_is_the_one_of_this_machine() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    assert_eq!(visit.tab.evaluate("ganLab.state.status"), "paused");
    let play = visit.place("Play");
    visit.tab.click(play);
    visit.tab.wait("training", "ganLab.state.epoch > 300");
    assert_eq!(visit.tab.evaluate("ganLab.state.status"), "playing");
    visit.tab.press(" ", 0);
    visit.tab.wait("a pause", "ganLab.state.status === 'paused'");
    let (epoch, hash) = visit.hash();
    let mut here = Trainer::<Reference>::new(Experiment::preset(Preset::Ring, 13));
    here.run_epochs(epoch).unwrap();
    assert_eq!(hash, here.gan().state_hash().to_string(), "at epoch {epoch}");
    visit.keep_picture("playing");
}

#[test]
fn a_learning_rate_is_changed_by_the_mouse() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    visit.epochs(5);
    visit.click("Edit hyper-parameters");
    visit.click("Discriminator learning rate");
    visit.click("0.3");
    visit.epochs(5);
    assert_eq!(visit.run().latest().log.actions().len(), 1);
    visit.compare();
    visit.keep_picture("edited");
}

#[test]
fn what_is_drawn_is_learnt() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    visit.key(Key::B, Modifiers::NONE);
    let paper = visit.twin.get_by_label("Paper").rect();
    let stroke: Vec<[f32; 2]> = (0..=20)
        .map(|step| {
            let share = step as f32 / 20.0;
            let wave = 0.5 + 0.25 * (6.0 * share).sin();
            [
                paper.left() + (0.2 + 0.6 * share) * paper.width(),
                paper.top() + wave * paper.height(),
            ]
        })
        .collect();
    visit.tab.drag(&stroke);
    visit.keep_picture("drawing");
    visit.tab.press("Enter", 0);
    visit.tab.wait(
        "a drawn target in the address",
        "location.hash.includes('drawing')",
    );
    for _ in 0..10 {
        visit.tab.press("s", 0);
    }
    visit.wait_for_epoch(10);
    visit
        .tab
        .wait("the epoch in the address", "location.hash.includes('epoch=10')");
    let address = visit.tab.evaluate("location.hash.slice(1)");
    let recording = lab::files::link::parse(address.as_str().unwrap()).unwrap();
    let drawing = recording.experiment.drawing().points();
    assert!(drawing.len() > 20, "{} points", drawing.len());
    let mut here = Trainer::<Reference>::new(recording.experiment.clone());
    here.run_epochs(10).unwrap();
    assert_eq!(visit.hash(), (10, here.gan().state_hash().to_string()));
}

#[test]
fn the_past_is_a_drag_away() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    visit.epochs(80);
    let rail = visit
        .twin
        .get_by_label("Timeline")
        .rect()
        .shrink2(egui::vec2(7.0, 0.0));
    let at = |share: f32| [rail.left() + share * rail.width(), rail.center().y];
    visit.tab.drag(&[at(1.0), at(0.7), at(0.25)]);
    visit.wait_for_epoch(20);
    assert_eq!(visit.tab.evaluate("ganLab.state.end"), 80);
    visit.run().send(Command::Seek(20));
    visit.compare();
    visit.keep_picture("past");
}
