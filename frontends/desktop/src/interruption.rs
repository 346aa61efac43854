//! Ctrl-C, and being told to end: long work stops where it may, and leaves nothing half-done.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;

/// Whether somebody asked the program to end; true also when work is to stop for another reason.
pub static STOP: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C ask from here on instead of ending the program.
pub fn wait_for_it() -> Result<(), Failure> {
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed))
        .map_err(|error| Failure::bad_input(format_args!("Ctrl-C cannot be waited for: {error}")))
}

/// Whether work is to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::Relaxed)
}
