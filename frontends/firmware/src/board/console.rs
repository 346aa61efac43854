//! Output to whoever holds the debugger: lines, and the display's pixels in hexadecimal digits.

use core::fmt::Write as _;

use crate::picture::{Display, HEIGHT, WIDTH};
use cortex_m_semihosting::hio;
use heapless::String;

/// Prints a line in one call; the debugger takes its time for each.
#[macro_export]
macro_rules! say {
    ($($what:tt)*) => { $crate::board::console::line(format_args!($($what)*)) };
}

/// See [`say!`]. A line too long is cut off.
pub fn line(what: core::fmt::Arguments<'_>) {
    let mut text: String<120> = String::new();
    let _ = text.write_fmt(what);
    let _ = text.push('\n');
    write(&text);
}

fn write(text: &str) {
    if let Ok(mut out) = hio::hstdout() {
        let _ = out.write_str(text);
    }
}

/// Prints the picture: a line `picture WIDTH HEIGHT`, then a line for each row, four digits for each pixel.
pub fn picture(display: &Display<'_>) {
    line(format_args!("picture {WIDTH} {HEIGHT}"));
    for row in display.rows() {
        let mut text: String<{ 4 * WIDTH as usize + 1 }> = String::new();
        for pixel in row {
            let _ = write!(text, "{pixel:04x}");
        }
        let _ = text.push('\n');
        write(&text);
    }
}
