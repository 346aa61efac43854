//! On a phone: fingers, a narrow page, many pixels.

use gan_lab_tests::browser::Size;

use crate::visit::Visit;

#[test]
fn a_tap_plays_on_a_phone() {
    let Some(mut visit) = Visit::open(Size::PHONE) else {
        return;
    };
    let play = visit.place("Play");
    visit.tab.tap(play);
    visit.tab.wait("training", "ganLab.state.epoch > 100");
    visit.keep_picture("phone");
    let width = visit.tab.evaluate("canvas.width");
    assert_eq!(width, 780, "every pixel of the display is painted");
    let finer = Size {
        scale: 4.0,
        ..Size::PHONE
    };
    visit.tab.resize(finer);
    visit.tab.wait(
        "fewer pixels than there are",
        "canvas.width > 780 && canvas.width * canvas.height < 2.51e6",
    );
}
