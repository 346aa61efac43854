//! The loop: look, decide, paint, show, sleep.

use super::cursor;
use super::error::WindowError;
use super::input::{Polled, Translator};
use super::options::WindowOptions;
use super::pacing::{Alarm, Pacer, Step};
use super::screen::Screen;
use super::statistics::FrameStatistics;
use egui::{Event, OutputCommand, Pos2, RawInput, Rect, Ui, Vec2, ViewportCommand, ViewportId};
use raster::{Bands, Framebuffer, Rasteriser};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Instant;

/// Threads that paint a picture, at most; more do not pay, and training wants the other cores.
const PAINTERS: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Longest side of egui's font texture, in texels.
const FONT_TEXTURE_SIDE: usize = 8_192;

/// Opens a window and shows `ui` in it, until the user closes it, the interface sends
/// [`ViewportCommand::Close`], or the options say so.
///
/// `context` is where the caller has set fonts and style; a clone of it wakes the window from
/// another thread with [`egui::Context::request_repaint`]. The background is the style's panel
/// colour. Copied text stays within the program.
///
/// # Errors
/// See [`WindowError`]; [`WindowError::NoDisplay`] where there is nothing to open a window on.
pub fn run(
    options: WindowOptions,
    context: &egui::Context,
    mut ui: impl FnMut(&mut Ui),
) -> Result<FrameStatistics, WindowError> {
    let mut session = Session::open(&options, context.clone())?;
    let mut polled = session.screen.poll();
    loop {
        session.take(&polled);
        let now = Instant::now();
        let over = options
            .close_after
            .is_some_and(|time| now.duration_since(session.opened) >= time);
        if over || session.closing || !session.screen.is_open() {
            session.statistics.close(session.opened.elapsed());
            return Ok(session.statistics);
        }
        polled = match session.pacer.step(now, session.alarm.due()) {
            Step::Paint => session.paint(now, &mut ui)?,
            Step::Refresh => {
                session.pacer.refreshed(now);
                session.screen.show(&session.frame)?
            }
            Step::Sleep(duration) => {
                session.alarm.sleep(duration);
                session.screen.poll()
            }
        };
    }
}

/// A window while it is open.
struct Session {
    context: egui::Context,
    screen: Screen,
    translator: Translator,
    /// Events since the last picture.
    events: Vec<Event>,
    /// Width and height of the window, in pixels.
    size: [usize; 2],
    /// Whether the keyboard belongs to the window.
    focused: bool,
    native_scale: f32,
    rasteriser: Rasteriser,
    frame: Framebuffer,
    bands: Bands,
    alarm: Arc<Alarm>,
    pacer: Pacer,
    statistics: FrameStatistics,
    opened: Instant,
    closing: bool,
}

impl Session {
    fn open(options: &WindowOptions, context: egui::Context) -> Result<Self, WindowError> {
        let screen = Screen::open(options)?;
        let opened = Instant::now();
        let alarm = Arc::new(Alarm::default());
        alarm.set(opened);
        context.set_request_repaint_callback({
            let alarm = Arc::clone(&alarm);
            move |request| alarm.set_after(request.delay)
        });
        Ok(Self {
            context,
            screen,
            translator: Translator::new(),
            events: Vec::new(),
            size: options.size,
            focused: false,
            native_scale: options.scale.get(),
            rasteriser: Rasteriser::new(),
            frame: Framebuffer::new(0, 0),
            bands: Bands::available(PAINTERS),
            alarm,
            pacer: Pacer::new(opened),
            statistics: FrameStatistics::default(),
            opened,
            closing: false,
        })
    }

    /// The scale the user sees: the window's, times egui's own zoom (Ctrl and + or −).
    fn pixels_per_point(&self) -> f32 {
        self.native_scale * self.context.zoom_factor()
    }

    /// Notes what was polled, and asks for a picture when something has changed.
    fn take(&mut self, polled: &Polled) {
        let known = self.events.len();
        self.translator
            .translate(polled, self.pixels_per_point(), &mut self.events);
        if self.events.len() > known || self.size != polled.size {
            self.alarm.set(Instant::now());
        }
        self.size = polled.size;
        self.focused = polled.focused;
    }

    fn paint(&mut self, now: Instant, ui: &mut impl FnMut(&mut Ui)) -> Result<Polled, WindowError> {
        self.alarm.clear();
        let input = self.input(now);
        let mut output = self.context.run_ui(input, &mut *ui);
        self.obey(&mut output);
        let scale = output.pixels_per_point;
        self.rasteriser.update_textures(&mut output.textures_delta);
        let meshes = self.context.tessellate(output.shapes, scale);
        self.frame.resize(self.size[0], self.size[1]);
        self.frame.fill(self.context.global_style().visuals.panel_fill);
        self.rasteriser.paint(&mut self.frame, &meshes, scale, self.bands);
        let polled = self.screen.show(&self.frame)?;
        self.statistics.count(now.elapsed());
        self.pacer.painted(now);
        Ok(polled)
    }

    fn input(&mut self, now: Instant) -> RawInput {
        let [width, height] = self.size.map(|side| side as f32);
        let size = Vec2::new(width, height) / self.pixels_per_point();
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(now.duration_since(self.opened).as_secs_f64()),
            max_texture_side: Some(FONT_TEXTURE_SIDE),
            events: std::mem::take(&mut self.events),
            focused: self.focused,
            ..RawInput::default()
        };
        input
            .viewports
            .entry(ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(self.native_scale);
        input
    }

    /// Does what the interface asked of the window.
    fn obey(&mut self, output: &mut egui::FullOutput) {
        self.screen
            .set_cursor(cursor::translated(output.platform_output.cursor_icon));
        for command in output.platform_output.commands.drain(..) {
            if let OutputCommand::CopyText(text) = command {
                self.translator.copy(text);
            }
        }
        let Some(viewport) = output.viewport_output.get(&ViewportId::ROOT) else {
            return;
        };
        self.alarm.set_after(viewport.repaint_delay);
        for command in &viewport.commands {
            match command {
                ViewportCommand::Close => self.closing = true,
                ViewportCommand::Title(title) => self.screen.set_title(title),
                _ => {}
            }
        }
    }
}
