//! The timeline in a real window: dragged back, the window shows the very state that the run had there; from
//! there it goes another way, and the way it had gone stays as a ghost.

use egui::{Pos2, Rect, Theme, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_lab::picture;
use gan_lab_tests::desk::{Desk, HEIGHT, Picture, WIDTH, part};
use lab::{Command, Course, Experiment, Inline, Pace, Session as _, Step};
use views::App;

/// The same viewer in this process, over a run of its own.
type Twin = Harness<'static, (App, Inline)>;

/// A place of the window where nothing reacts to the pointer.
const OUT_OF_THE_WAY: Pos2 = pos2(770.0, 100.0);

fn twin() -> Twin {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 12));
    run.send(Command::SetPace(Pace::BRISK));
    let mut twin = Harness::builder()
        .with_size([WIDTH as f32, HEIGHT as f32])
        .build_ui_state(
            |ui, (app, run): &mut (App, Inline)| app.ui(ui, run),
            (App::new(), run),
        );
    views::install_style(&twin.ctx);
    twin.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    twin.run_steps(3);
    twin
}

/// A part of a picture, whole pixels only.
fn cut(picture: &Picture, rect: Rect) -> Picture {
    let (min, max) = (rect.min.ceil(), rect.max.floor());
    let size = [min.x, min.y, max.x - min.x, max.y - min.y].map(|length| length as u32);
    part(picture, size)
}

/// Waits until the window shows what this process does at these places.
fn alike(desk: &Desk, twin: &mut Twin, what: &str, places: &[Rect]) {
    desk.point(OUT_OF_THE_WAY.into());
    twin.run_steps(2);
    let (app, run) = twin.state_mut();
    let frame = picture::paint(app, run, [WIDTH, HEIGHT], Theme::Light);
    let whole = Picture::from_raw(WIDTH as u32, HEIGHT as u32, frame.rgb_bytes()).unwrap();
    desk.wait(what, |seen| {
        places
            .iter()
            .all(|place| cut(seen, *place) == cut(&whole, *place))
    });
}

#[test]
fn dragged_back_the_window_shows_the_run_as_it_was_and_then_goes_another_way() {
    let Some(desk) = Desk::open(&["--paused", "--preset", "ring", "--seed", "12"]) else {
        return;
    };
    let mut twin = twin();
    desk.press("s", 300);
    twin.state_mut().1.run_epochs(300).unwrap();
    twin.run_steps(2);
    let canvas = twin.get_by_label("Layered distributions").rect();
    let counter = twin.get_by_label("Epoch 000,300").rect();
    alike(&desk, &mut twin, "epoch 300", &[canvas, counter]);

    // The rail lies in a margin of 7. A whole pixel that is nearly a whole epoch.
    let rail = twin.get_by_label("Timeline").rect().shrink2(vec2(7.0, 0.0));
    let epoch = |x: f32| (x - rail.left()) / rail.width() * 300.0;
    let x = (300..500)
        .map(|x| x as f32)
        .min_by(|one, other| {
            let off = |x: f32| (epoch(x) - epoch(x).round()).abs();
            off(*one).total_cmp(&off(*other))
        })
        .unwrap();
    let [from, to] = [rail.right(), x].map(|x| pos2(x.round(), rail.center().y.round()));
    desk.drag(from.into(), to.into());
    let target = epoch(x).round() as u64;
    twin.state_mut().1.send(Command::Seek(target));
    let snapshot = twin.state().1.latest();
    assert_eq!((snapshot.epoch, snapshot.course), (target, Course::Past));
    let timeline = rail.expand2(vec2(0.0, 12.0)).translate(vec2(0.0, 4.0));
    alike(&desk, &mut twin, "the past", &[canvas, counter, timeline]);

    desk.press("g", 25);
    for _ in 0..25 {
        twin.state_mut().1.send(Command::Step(Step::Generator));
    }
    twin.run_steps(2);
    let legend = twin.get_by_label("earlier branch").rect();
    alike(&desk, &mut twin, "a branch", &[canvas, counter, legend]);
    assert_eq!(twin.state().1.latest().course, Course::Present);

    // Back once more, and on by the round button.
    twin.state_mut().1.send(Command::Seek(0));
    desk.click(
        twin.get_by_label("Go back to the beginning")
            .rect()
            .center()
            .into(),
    );
    alike(&desk, &mut twin, "the beginning", &[canvas, counter]);
    desk.click(twin.get_by_label("Play").rect().center().into());
    let (_, run) = twin.state_mut();
    run.send(Command::Play);
    run.tick(1);
    let begun = desk.picture();
    desk.wait("training", |seen| cut(seen, canvas) != cut(&begun, canvas));
    alike(&desk, &mut twin, "the ghost of the branch", &[legend]);
}
