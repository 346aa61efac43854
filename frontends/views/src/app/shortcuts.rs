//! The effect of each key.

use egui::Ui;
use lab::{Command, Snapshot, Step};

use super::App;
use crate::combination::Combination;
use crate::files::Purpose;
use crate::keyboard::{Shortcut, Toward};
use crate::layers::LayerSet;
use crate::sweep_map::SweepPage;
use crate::widgets::Pressable;
use crate::{top_bar, window_buttons};

impl App {
    /// Does what a key asked for; returns what is the session's to do.
    pub(super) fn obey(&mut self, shortcut: Shortcut, ui: &Ui, snapshot: &Snapshot) -> Option<Command> {
        let step = |step| match top_bar::unless_diverged(snapshot.status_of_both()) {
            Pressable::Yes => Some(Command::Step(step)),
            Pressable::No => None,
        };
        match shortcut {
            Shortcut::PlayOrPause => return top_bar::play_or_pause(snapshot),
            Shortcut::Reset => return top_bar::reset(snapshot),
            Shortcut::NewSeed => return top_bar::new_seed(snapshot),
            Shortcut::StepBoth => return step(Step::Both),
            Shortcut::StepDiscriminator => return step(Step::Discriminator),
            Shortcut::StepGenerator => return step(Step::Generator),
            Shortcut::StepPhase => return step(Step::Phase),
            Shortcut::SlowMotion => return Some(self.bar.toggle_slow_motion(snapshot)),
            Shortcut::Slower => return Some(top_bar::slower(snapshot)),
            Shortcut::Faster => return Some(top_bar::faster(snapshot)),
            Shortcut::Layer(layer) => self.layers.toggle(layer),
            Shortcut::Question(toward) => self.layers = question(self.layers, toward).layers(),
            Shortcut::Resolution => self.looking.toggle_resolution(),
            Shortcut::Warp => self.looking.warp.play(ui),
            Shortcut::Walk => self.walker.toggle(),
            Shortcut::Charts => self.phases.toggle_charts(),
            Shortcut::Formulas => self.phases.toggle_formulas(),
            Shortcut::ZoomIn => self.metrics.magnify(snapshot, ZOOM),
            Shortcut::ZoomOut => self.metrics.magnify(snapshot, 1.0 / ZOOM),
            Shortcut::Pan(Toward::Previous) => self.metrics.pan(snapshot, -PAN),
            Shortcut::Pan(Toward::Next) => self.metrics.pan(snapshot, PAN),
            Shortcut::WholeRun => self.metrics.show_whole(),
            Shortcut::Edit => self.toggle_edit(),
            Shortcut::Compare => self.chooser.toggle(),
            Shortcut::Draw => self.board.open(snapshot.experiment.drawing()),
            Shortcut::Undo => self.board.undo(),
            Shortcut::Redo => self.board.redo(),
            Shortcut::Clear => self.board.clear(),
            Shortcut::Learn => return self.board.learn(snapshot),
            Shortcut::Lessons => self.lessons.toggle_list(),
            Shortcut::Theme => window_buttons::toggle_theme(ui.ctx()),
            Shortcut::Open => self.files.toggle(Purpose::Open, snapshot),
            Shortcut::Save => self.files.toggle(Purpose::Save, snapshot),
            Shortcut::Help => self.help.toggle(),
            Shortcut::Sweep => self.sweep.iter_mut().for_each(SweepPage::toggle),
            Shortcut::Stops => self.stops.toggle(snapshot),
            Shortcut::Diagnosis => self.diagnoses.toggle_first(),
            Shortcut::Close => self.close(snapshot),
        }
        None
    }

    /// Closes what lies over everything else, or the last thing that was opened and has a way out.
    fn close(&mut self, snapshot: &Snapshot) {
        if let Some(page) = self.page() {
            self.close_page(page, snapshot);
        } else if !self.diagnoses.close()
            && !self.editing.close_card()
            && !self.chooser.close()
            && !self.walker.close()
        {
            self.board.set_aside();
        }
    }
}

/// How many times fewer epochs a key shows.
const ZOOM: f64 = 1.5;
/// How far a key moves the charts, as a share of the epochs shown.
const PAN: f64 = 0.25;

/// The question after or before the one that these layers answer; from other layers, the first or last.
fn question(layers: LayerSet, toward: Toward) -> Combination {
    let all = Combination::ALL;
    let place = Combination::of(layers).and_then(|now| all.iter().position(|one| *one == now));
    all[match (place, toward) {
        (None, Toward::Next) => 0,
        (None, Toward::Previous) => all.len() - 1,
        (Some(place), Toward::Next) => (place + 1) % all.len(),
        (Some(place), Toward::Previous) => (place + all.len() - 1) % all.len(),
    }]
}
