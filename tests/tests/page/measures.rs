//! Speed of the page, measured by hand:
//! `cargo test -p gan-lab-tests --test page -- --ignored --nocapture measures`.

use egui_kittest::kittest::Queryable as _;
use gan_lab_tests::browser::Size;

use crate::visit::Visit;

#[test]
#[ignore = "prints figures of this machine"]
fn measures() {
    let Some(mut visit) = Visit::open(Size::DESKTOP) else {
        return;
    };
    let first = visit.tab.evaluate("ganLab.statistics.first");
    println!("first picture after {:.0} ms", first.as_f64().unwrap());
    for preset in ["line", "gaussians", "ring"] {
        let url = visit
            .server
            .url(&format!("?{preset}#preset={preset}&seed=1&epoch=1"));
        visit.tab.go(&url);
        visit.wait_for_epoch(1);
        // The pace's other end.
        let rail = visit.twin.get_by_label("Pace").rect();
        visit.tab.click([rail.right() - 2.0, rail.center().y]);
        let play = visit.place("Play");
        visit.tab.click(play);
        visit.tab.wait("training", "ganLab.state.epoch > 2000");
        let measured = visit.tab.evaluate(
            "(async () => {
                const { statistics, state } = ganLab;
                const [epoch, frames, total, began] = [state.epoch, statistics.frames, statistics.total, performance.now()];
                statistics.worst = 0;
                await new Promise((resolve) => setTimeout(resolve, 5000));
                const seconds = (performance.now() - began) / 1000;
                const painted = statistics.frames - frames;
                return [(state.epoch - epoch) / seconds, painted / seconds, (statistics.total - total) / painted, statistics.worst];
            })()",
        );
        let figure = |place: usize| measured[place].as_f64().unwrap_or(f64::NAN);
        println!(
            "{preset}: {:.0} epochs/s; {:.0} pictures/s, {:.1} ms each, {:.1} at worst",
            figure(0),
            figure(1),
            figure(2),
            figure(3)
        );
    }
}
