//! The minifb window: opened, polled, shown.

use super::error::WindowError;
use super::input::{BUTTONS, Keystroke, Polled};
use super::options::WindowOptions;
use minifb::{CursorStyle, InputCallback, Key, MouseMode, ScaleMode, Window};
use raster::Framebuffer;
use std::cell::RefCell;
use std::rc::Rc;

/// A window on the desktop.
pub(super) struct Screen {
    window: Window,
    keystrokes: Rc<RefCell<Vec<Keystroke>>>,
}

/// Receives keys and characters from minifb, in the order they came.
struct Typing(Rc<RefCell<Vec<Keystroke>>>);

impl InputCallback for Typing {
    fn add_char(&mut self, code_point: u32) {
        self.0
            .borrow_mut()
            .extend(char::from_u32(code_point).map(Keystroke::Character));
    }

    fn set_key_state(&mut self, key: Key, down: bool) {
        self.0.borrow_mut().push(if down {
            Keystroke::Down(key)
        } else {
            Keystroke::Up(key)
        });
    }
}

impl Screen {
    pub(super) fn open(options: &WindowOptions) -> Result<Self, WindowError> {
        let [width, height] = options.size.map(|side| side.max(1));
        let settings = minifb::WindowOptions {
            resize: true,
            scale_mode: ScaleMode::UpperLeft,
            ..minifb::WindowOptions::default()
        };
        // A C string ends at NUL; minifb would refuse the title and print about it.
        let title = options.title.replace('\0', "");
        let mut window = Window::new(&title, width, height, settings)
            .map_err(|error| WindowError::from_opening(&error))?;
        // Sleeping is the pacer's business.
        window.set_target_fps(0);
        let keystrokes = Rc::new(RefCell::new(Vec::new()));
        window.set_input_callback(Box::new(Typing(Rc::clone(&keystrokes))));
        Ok(Self { window, keystrokes })
    }

    /// Looks at keys and mouse.
    #[must_use]
    pub(super) fn poll(&mut self) -> Polled {
        self.window.update();
        self.read()
    }

    /// Shows `frame`, and looks at keys and mouse, since minifb does both at once.
    pub(super) fn show(&mut self, frame: &Framebuffer) -> Result<Polled, WindowError> {
        self.window
            .update_with_buffer(frame.pixels(), frame.width(), frame.height())
            .map_err(|error| WindowError::NotShown {
                reason: error.to_string(),
            })?;
        Ok(self.read())
    }

    /// Whether nobody has closed the window.
    pub(super) fn is_open(&self) -> bool {
        self.window.is_open()
    }

    pub(super) fn set_cursor(&mut self, cursor: CursorStyle) {
        self.window.set_cursor_style(cursor);
    }

    pub(super) fn set_title(&mut self, title: &str) {
        self.window.set_title(&title.replace('\0', ""));
    }

    fn read(&self) -> Polled {
        let (width, height) = self.window.get_size();
        let (right, up) = self.window.get_scroll_wheel().unwrap_or_default();
        Polled {
            size: [width, height],
            pointer: self
                .window
                .get_unscaled_mouse_pos(MouseMode::Pass)
                .map(<[f32; 2]>::from),
            buttons: BUTTONS.map(|(button, _)| self.window.get_mouse_down(button)),
            wheel: [right, up],
            keystrokes: self.keystrokes.take(),
            focused: self.window.is_active(),
        }
    }
}
