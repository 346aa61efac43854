//! Text in and out of fields: keys, clipboard, input methods.

use egui::{Key, Modifiers};
use gan_lab_tests::browser::Size;
use serde_json::json;

use crate::visit::Visit;

#[test]
fn names_are_typed_copied_cut_and_pasted() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let folder = visit.folder.path().to_owned();
    visit.tab.download_to(&folder);
    visit.epochs(1);
    visit.key(Key::S, Modifiers::COMMAND);
    visit.tab.wait("a field", "ganLab.state.typing !== null");
    visit.tab.press("a", 2);
    visit.tab.type_word("loop");
    visit.tab.press("a", 2);
    visit.tab.press("x", 2);
    visit.tab.press("v", 2);
    visit.tab.press("v", 2);
    // An input method decides on a text, after another that it showed before.
    let composed = json!({ "text": "ü", "selectionStart": 1, "selectionEnd": 1 });
    visit.tab.call("Input.imeSetComposition", composed);
    visit.tab.call("Input.insertText", json!({ "text": "über" }));
    visit.tab.type_word(".toml");
    visit.tab.press("a", 2);
    visit.tab.press("c", 2);
    visit.keep_picture("typed");
    visit.tab.press("Enter", 0);
    assert_eq!(visit.tab.downloaded(), "looploopüber.toml");
    // It is in the system's clipboard too.
    let origin = visit.server.url("");
    visit.tab.grant(&origin, "clipboardReadWrite");
    let read = visit.tab.evaluate("navigator.clipboard.readText()");
    assert_eq!(read, "looploopüber.toml");
}
