//! On a phone: fingers, a narrow page, many pixels.

use egui_kittest::kittest::Queryable as _;
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

#[test]
fn a_finger_goes_through_the_tabs_and_draws() {
    let Some(mut visit) = Visit::open(Size::PHONE) else {
        return;
    };
    let tap = |visit: &mut Visit, name: &str| {
        let place = visit.place(name);
        visit.tab.tap(place);
        visit.twin.get_by_label(name).click();
        visit.twin.run_steps(4);
    };
    tap(&mut visit, "Charts");
    visit.keep_picture("phone-charts");
    tap(&mut visit, "Data");
    visit.keep_picture("phone-data");
    tap(&mut visit, "Enlarge part");
    tap(&mut visit, "Draw");
    let paper = visit.twin.get_by_label("Paper").rect();
    let at = |x: f32, y: f32| [paper.left() + x * paper.width(), paper.top() + y * paper.height()];
    visit.tab.touch("touchStart", &[at(0.2, 0.3)]);
    for step in 1..=10 {
        visit.tab.touch("touchMove", &[at(0.2 + 0.06 * step as f32, 0.3)]);
    }
    visit.tab.touch("touchEnd", &[]);
    visit.keep_picture("phone-drawing");
    tap(&mut visit, "Learn it");
    visit.tab.wait(
        "a drawn target in the address",
        "location.hash.includes('drawing')",
    );
}
