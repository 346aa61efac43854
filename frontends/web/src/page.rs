//! The browser's main thread: the views, the page's side of the run ([`Remote`]), and the picture.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::{Context, FullOutput, OutputCommand, Theme, ViewportId};
use gan_core::Preset;
use lab::files::store;
use lab::run::remote::{Clock, Malformed, Remote, Turn};
use lab::{Command, Experiment, Pace, Session as _, Status, files::link};
use views::App;
use views::files::Purpose;

use crate::cursor;
use crate::input::Input;
use crate::opening::{self, Asked};
use crate::picture::Picture;
use crate::wishes::{Picker, Wishes};

/// The seed of a run that nobody chose one for, as in the window.
const SEED: u64 = 13;

/// The page, without its browser.
pub struct Page {
    context: Context,
    app: App,
    run: Remote,
    clock: Clock,
    input: Input,
    picture: Picture,
    notice: Option<String>,
    /// Messages for the worker.
    messages: VecDeque<Vec<u8>>,
    /// Files to be downloaded.
    files: VecDeque<(PathBuf, Vec<u8>)>,
    /// Files that came and are not opened yet.
    arrived: Vec<PathBuf>,
}

impl Page {
    /// A page with a run at epoch 0 that waits to be played.
    #[must_use]
    pub fn open(theme: Theme, clock: Clock) -> Self {
        let context = Context::default();
        views::install_style(&context);
        context.set_theme(theme);
        // The browser has a zoom of its own, on the same keys.
        context.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = App::new();
        app.offer_picker();
        let mut run = Remote::new(Experiment::preset(Preset::Ring, SEED), clock);
        run.send(Command::SetPace(Pace::BRISK));
        Self {
            context,
            app,
            run,
            clock,
            input: Input::default(),
            picture: Picture::default(),
            notice: None,
            messages: VecDeque::new(),
            files: VecDeque::new(),
            arrived: Vec::new(),
        }
    }

    /// The input, which takes everything that happens to the canvas.
    pub const fn input(&mut self) -> &mut Input {
        &mut self.input
    }

    /// Shows the run of an address, what comes after its '#', as far as that run went.
    pub fn follow(&mut self, address: &str) {
        match link::parse(address) {
            Ok(recording) => {
                let end = recording.end();
                self.run.send(Command::Open(Arc::new(recording)));
                self.run.send(Command::Seek(end));
            }
            Err(sentence) => self.notice = Some(sentence),
        }
    }

    /// The address of the run, without '#'; nothing of one that no address can hold.
    #[must_use]
    pub fn address(&self) -> String {
        link::of(&self.run.latest()).unwrap_or_default()
    }

    /// Takes a file that was dropped onto the page or chosen.
    pub fn take_in(&mut self, name: &str, bytes: &[u8]) {
        match opening::keep(name, bytes) {
            Ok(path) => self.arrived.push(path),
            Err(sentence) => self.notice = Some(sentence),
        }
    }

    /// Opens what came.
    pub fn open_arrived(&mut self) {
        match opening::asked(&std::mem::take(&mut self.arrived), &self.run.latest()) {
            Asked::Of(command) => self.run.send(*command),
            Asked::Choice(folder) => self.app.show_files(Purpose::Open, &folder, &self.run),
            Asked::Refused(sentence) => self.notice = Some(sentence),
        }
    }

    /// Takes a message of the worker's.
    pub fn receive(&mut self, message: &[u8]) -> Result<(), Malformed> {
        self.run.receive(message)
    }

    /// The next message for the worker.
    pub fn next_message(&mut self) -> Option<Vec<u8>> {
        if self.messages.is_empty() {
            self.messages.extend(self.run.take_messages());
        }
        self.messages.pop_front()
    }

    /// The next file that was saved, by its name.
    pub fn next_file(&mut self) -> Option<(String, Vec<u8>)> {
        if self.files.is_empty() {
            self.files.extend(store::take_written());
        }
        let (path, bytes) = self.files.pop_front()?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Some((name.into_owned(), bytes))
    }

    /// Paints what there is to see, and tells what else is wanted.
    pub fn paint(&mut self) -> Wishes {
        let turn = self.run.turn();
        let size = self.input.pixels();
        let raw = self.input.take((self.clock)().as_secs_f64());
        let mut output = self.context.run_ui(raw, |ui| self.app.ui(ui, &mut self.run));
        let wishes = self.wishes(turn, &mut output);
        self.picture.paint(&self.context, output, size);
        wishes
    }

    /// The picture painted last.
    #[must_use]
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    fn wishes(&mut self, turn: Turn, output: &mut FullOutput) -> Wishes {
        let snapshot = self.run.latest();
        let platform = &mut output.platform_output;
        let mut copied = platform.commands.drain(..).filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text),
            _ => None,
        });
        let copied = copied.next_back();
        let viewport = output.viewport_output.get(&ViewportId::ROOT);
        let next = viewport.map_or(Duration::MAX, |viewport| viewport.repaint_delay);
        let next = match turn {
            Turn::Again => Duration::ZERO,
            Turn::After(time) => next.min(time),
            Turn::Resting => next,
        };
        Wishes {
            delay: (next < Wishes::NEVER).then_some(next.as_secs_f64() * 1e3),
            cursor: cursor::css(platform.cursor_icon),
            copied,
            typing: platform.ime.map(|ime| {
                let place = ime.cursor_rect;
                [place.left(), place.top(), place.width(), place.height()]
            }),
            picker: match self.app.take_picker_asked() {
                true => Picker::Open,
                false => Picker::Closed,
            },
            notice: self.notice.take(),
            epoch: snapshot.epoch,
            end: snapshot.end,
            status: match snapshot.status_of_both() {
                Status::Paused => "paused",
                Status::Playing => "playing",
                Status::Diverged(_) => "diverged",
            },
            epochs_per_second: snapshot.epochs_per_second,
            verified: snapshot
                .verification
                .map(|verification| [verification.verified, verification.named]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;
    use std::time::Instant;

    use egui::{Event, Key, vec2};
    use gan_core::Reference;
    use lab::{Trainer, Worker};

    use super::*;

    fn clock() -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGUN.elapsed()
    }

    /// A page and its worker, which hand each other their messages as a browser does.
    struct Browser {
        page: Page,
        worker: Worker,
    }

    impl Browser {
        fn open() -> Self {
            let mut page = Page::open(Theme::Light, clock);
            page.input().resize(vec2(1280.0, 800.0), 1.0);
            let worker = Worker::new(clock);
            Self { page, worker }
        }

        fn frame(&mut self) -> Wishes {
            let wishes = self.page.paint();
            while let Some(message) = self.page.next_message() {
                self.worker.receive(&message).unwrap();
            }
            self.worker.turn();
            for message in self.worker.take_messages() {
                self.page.receive(&message).unwrap();
            }
            wishes
        }

        fn until(&mut self, seen: impl Fn(&Wishes) -> bool) -> Wishes {
            for _ in 0..1000 {
                let wishes = self.frame();
                if seen(&wishes) {
                    return wishes;
                }
            }
            panic!("never seen; last {:?}", self.frame());
        }

        fn press(&mut self, key: Key) {
            for pressed in [true, false] {
                self.page.input().key(key.name(), "", pressed, false);
            }
        }
    }

    #[test]
    fn a_page_rests_until_it_is_played() {
        let mut browser = Browser::open();
        let wishes = browser.until(|wishes| wishes.delay.is_none());
        assert_eq!((wishes.epoch, wishes.status), (0, "paused"));
        assert_eq!(browser.page.picture().rgba().len(), 1280 * 800);
        assert_eq!(browser.page.address(), "preset=ring&seed=13");
        browser.press(Key::Space);
        let wishes = browser.until(|wishes| wishes.epoch > 20);
        assert_eq!((wishes.status, wishes.delay), ("playing", Some(0.0)));
    }

    #[test]
    fn an_address_is_followed_as_far_as_its_run_went() {
        let mut browser = Browser::open();
        browser.page.follow("preset=line&seed=4&epoch=50");
        browser.until(|wishes| wishes.epoch == 50);
        assert_eq!(browser.page.address(), "preset=line&seed=4&epoch=50");
        let mut here = Trainer::<Reference>::new(Experiment::preset(Preset::Line, 4));
        here.run_epochs(50).unwrap();
        assert_eq!(browser.worker.state_hash(), Some((50, here.gan().state_hash())));
        browser.page.follow("preset=none");
        let notice = browser.frame().notice.unwrap();
        assert!(notice.contains("none"), "{notice}");
        assert_eq!(browser.frame().notice, None, "said once");
    }

    #[test]
    fn a_field_wants_the_keyboard_and_gives_its_text_away() {
        let mut browser = Browser::open();
        browser.until(|wishes| wishes.delay.is_none());
        browser.page.input().hold(0b10010);
        browser.press(Key::S);
        browser.page.input().hold(0);
        let wishes = browser.until(|wishes| wishes.typing.is_some());
        assert_eq!((wishes.copied, wishes.picker), (None, Picker::Closed));
        browser.page.input().text("name".to_owned());
        browser.frame();
        browser.page.input().hold(0b10010);
        browser.press(Key::A);
        browser.page.input().copy();
        let copied = browser.frame().copied.unwrap();
        assert!(copied.contains("name"), "{copied}");
        assert!(!browser.page.input().take(0.0).events.contains(&Event::Copy));
    }
}
