//! Without a network, and without what the page needs.

use gan_lab_tests::browser::Size;

use crate::visit::{Visit, serve_without};

#[test]
fn after_one_visit_the_page_opens_without_a_network() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    visit
        .tab
        .wait("all files kept", "navigator.serviceWorker.controller !== null");
    visit.server.close();
    let url = visit.server.url("");
    visit.tab.go(&url);
    visit
        .tab
        .wait("the first picture", "ganLab.statistics.frames > 0");
    let play = visit.place("Play");
    visit.tab.click(play);
    visit.tab.wait("training", "ganLab.state.epoch > 50");
}

#[test]
fn what_is_missing_is_said_in_a_sentence() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    for (file, sentence) in [
        ("gan-lab", "could not be loaded (gan-lab"),
        ("input.js", "part of gan-lab could not be loaded"),
        ("worker.js", "gan-lab has stopped"),
    ] {
        // Another port is another origin, of which nothing is kept.
        let server = serve_without(file);
        visit.tab.go(&server.url(""));
        let said = format!("!message.hidden && message.textContent.includes('{sentence}')");
        visit.tab.wait(&format!("a sentence without {file}"), &said);
    }
    visit.tab.at_the_start("delete globalThis.WebAssembly");
    let url = visit.server.url("?without");
    visit.tab.go(&url);
    visit
        .tab
        .wait("a sentence", "message.textContent.includes('no WebAssembly')");
    visit.keep_picture("without-webassembly");
}
