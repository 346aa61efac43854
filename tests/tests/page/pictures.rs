//! The page's pixels are those of the picture painted here.

use egui::Theme;
use gan_lab::picture;
use gan_lab_tests::browser::Size;
use gan_lab_tests::desk::Picture;
use gan_lab_tests::targets::products;

use crate::visit::Visit;

/// Compares all pixels; where they differ, keeps the picture that was expected beside the one seen.
fn compare(visit: &mut Visit, name: &str) {
    let (app, run) = visit.twin.state_mut();
    let frame = picture::paint(app, run, [1280, 800], Theme::Light);
    let expected = Picture::from_raw(1280, 800, frame.rgb_bytes()).unwrap();
    visit.keep_picture(name);
    let seen = visit.tab.picture();
    let other = expected
        .pixels()
        .zip(seen.pixels())
        .filter(|(a, b)| a != b)
        .count();
    if other > 0 {
        let path = products()
            .join("page-pictures")
            .join(format!("{name}-expected.png"));
        expected.save(&path).unwrap();
        panic!("{name}: {other} pixels are others than in {}", path.display());
    }
}

#[test]
fn a_run_is_the_same_picture_in_a_browser_and_here() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    compare(&mut visit, "beginning");
    // One after another: the charts have what was looked at.
    for _ in 0..12 {
        visit.epochs(1);
    }
    compare(&mut visit, "after-12-epochs");
}

/// By hand, for the README: `cargo test -p gan-lab-tests --test page -- --ignored readme`.
#[test]
#[ignore = "writes two pictures of the page into fixtures"]
fn the_readmes_pictures() {
    let run = "#preset=gaussians&seed=10003&recipe=recommended&target=moons&epoch=6000";
    for (size, name) in [(Size::DESKTOP, "page.png"), (Size::PHONE, "page-phone.png")] {
        let Some(mut visit) = Visit::at(size, run) else {
            return;
        };
        visit.wait_for_epoch(6000);
        // The charts have what was looked at.
        for share in 1..=20 {
            visit.tab.evaluate(&format!(
                "location.hash = location.hash.replace(/epoch=\\d+/, 'epoch={}')",
                300 * share
            ));
            visit.wait_for_epoch(300 * share);
        }
        visit
            .tab
            .picture()
            .save(gan_lab_tests::fixture("targets").join(name))
            .unwrap();
    }
}
