//! A run in the address.

use gan_core::{Preset, Reference};
use gan_lab_tests::browser::Size;
use lab::{Experiment, Trainer};

use crate::visit::Visit;

#[test]
fn an_address_brings_a_run_back() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    assert_eq!(visit.tab.evaluate("location.hash"), "", "nothing was done yet");
    visit.epochs(3);
    visit.click("Edit hyper-parameters");
    visit.click("Generator learning rate");
    visit.click("0.1");
    visit.epochs(3);
    visit
        .tab
        .wait("the run in the address", "location.hash.includes('epoch=6')");
    let before = visit.hash();
    let address = visit.tab.evaluate("location.hash");
    let rest = format!("?another{}", address.as_str().unwrap());
    let url = visit.server.url(&rest);
    visit.tab.go(&url);
    visit.wait_for_epoch(6);
    assert_eq!(visit.hash(), before);
}

#[test]
fn another_address_opens_another_run() {
    let Some(mut visit) = Visit::at(Size::DESKTOP, "#preset=line&seed=4&epoch=50") else {
        return;
    };
    visit.wait_for_epoch(50);
    let hash = |preset, seed| {
        let mut run = Trainer::<Reference>::new(Experiment::preset(preset, seed));
        run.run_epochs(50).unwrap();
        (50, run.gan().state_hash().to_string())
    };
    assert_eq!(visit.hash(), hash(Preset::Line, 4));
    visit
        .tab
        .evaluate("location.hash = 'preset=disjoint&seed=9&epoch=50'");
    // The same epoch: the state's name tells that it is the other run.
    let other = format!("(await ganLab.hash()).hash === '{}'", hash(Preset::Disjoint, 9).1);
    visit.tab.wait("the other run", &other);
    visit.tab.evaluate("location.hash = 'preset=nothing'");
    visit.tab.wait(
        "a sentence",
        "!notice.hidden && notice.textContent.includes('nothing')",
    );
}
