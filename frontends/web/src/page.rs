//! What is on the browser's main thread: the views, what looks at the run, and the picture.

use std::time::Duration;

use egui::{Context, FullOutput, OutputCommand, Theme, ViewportId};
use lab::{Command, Experiment, Inline, Pace, Session as _, Status};
use gan_core::Preset;
use views::App;

use crate::cursor;
use crate::input::Input;
use crate::picture::Picture;
use crate::wishes::{Picker, Wishes};

/// The seed of a run that nobody chose one for, as in the window.
const SEED: u64 = 13;

/// The page.
pub struct Page {
    context: Context,
    app: App,
    run: Inline,
    input: Input,
    picture: Picture,
    notice: Option<String>,
}

impl Page {
    /// A page with a run at epoch 0 that waits to be played.
    #[must_use]
    pub fn open(theme: Theme) -> Self {
        let context = Context::default();
        views::install_style(&context);
        context.set_theme(theme);
        // The browser has a zoom of its own, on the same keys.
        context.options_mut(|options| options.zoom_with_keyboard = false);
        let mut run = Inline::new(Experiment::preset(Preset::Ring, SEED));
        run.send(Command::SetPace(Pace::BRISK));
        Self {
            context,
            app: App::new(),
            run,
            input: Input::default(),
            picture: Picture::default(),
            notice: None,
        }
    }

    /// What happens to the canvas goes there.
    pub const fn input(&mut self) -> &mut Input {
        &mut self.input
    }

    /// Paints what there is to see at this time, and tells what else is wanted.
    pub fn paint(&mut self, now: Duration) -> Wishes {
        self.run.tick(10);
        let size = self.input.pixels();
        let raw = self.input.take(now.as_secs_f64());
        let mut output = self.context.run_ui(raw, |ui| self.app.ui(ui, &mut self.run));
        let wishes = self.wishes(&mut output);
        self.picture.paint(&self.context, output, size);
        wishes
    }

    /// What was painted last.
    #[must_use]
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    fn wishes(&mut self, output: &mut FullOutput) -> Wishes {
        let snapshot = self.run.latest();
        let platform = &mut output.platform_output;
        let mut copied = None;
        for command in platform.commands.drain(..) {
            if let OutputCommand::CopyText(text) = command {
                copied = Some(text);
            }
        }
        let viewport = output.viewport_output.get(&ViewportId::ROOT);
        Wishes {
            // Beyond a day is never: browsers' clocks of 32 bits would take it for now.
            delay: viewport
                .map(|viewport| viewport.repaint_delay.as_secs_f64() * 1e3)
                .filter(|delay| *delay < 1e8),
            cursor: cursor::css(platform.cursor_icon),
            copied,
            typing: platform.ime.map(|ime| {
                let place = ime.cursor_rect;
                [place.left(), place.top(), place.width(), place.height()]
            }),
            picker: Picker::Closed,
            notice: self.notice.take(),
            epoch: snapshot.epoch,
            end: snapshot.end,
            status: match snapshot.status_of_both() {
                Status::Paused => "paused",
                Status::Playing => "playing",
                Status::Diverged(_) => "diverged",
            },
            epochs_per_second: snapshot.epochs_per_second,
            verified: snapshot.verification.map(|verification| [verification.verified, verification.named]),
        }
    }
}
