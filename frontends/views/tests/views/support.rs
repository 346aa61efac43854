//! A viewer without a window, over a session that writes down what it is asked for.

use std::sync::Arc;

use egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use lab::{Command, Experiment, Inline, Session, Snapshot, Status};
use views::{App, install_style};

/// Shows a run as it is and remembers commands.
pub struct Recorder {
    snapshot: Arc<Snapshot>,
    pub sent: Vec<Command>,
}

impl Recorder {
    /// Shows a run at epoch 0, said to be in this state.
    pub fn new(experiment: Experiment, status: Status) -> Self {
        let snapshot = Inline::new(experiment).latest();
        let snapshot = Snapshot {
            status,
            ..(*snapshot).clone()
        };
        Self::of(snapshot)
    }

    /// Shows a run in the state of some moment.
    pub fn of(snapshot: impl Into<Arc<Snapshot>>) -> Self {
        Self {
            snapshot: snapshot.into(),
            sent: Vec::new(),
        }
    }
}

impl Session for Recorder {
    fn send(&mut self, command: Command) {
        self.sent.push(command);
    }

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot)
    }
}

pub type Viewer = Harness<'static, (App, Recorder)>;

/// The whole viewer in a window of this size.
pub fn viewer(size: impl Into<Vec2>, recorder: Recorder) -> Viewer {
    let mut viewer = Harness::builder().with_size(size).build_ui_state(
        |ui, (app, session): &mut (App, Recorder)| app.ui(ui, session),
        (App::new(), recorder),
    );
    install_style(&viewer.ctx);
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    viewer.run_steps(3);
    viewer
}

/// The commands that a click on the control of this name asks of the session.
pub fn sent_by(mut viewer: Viewer, name: &str) -> Vec<Command> {
    viewer.get_by_label(name).click();
    viewer.run_steps(2);
    let (_, recorder) = viewer.into_state();
    recorder.sent
}
