//! Why a window could not be had.

/// Why there is no window, or no longer one. Displays as one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The machine has no display, or its server does not answer.
    #[error("there is no display to open a window on: set DISPLAY to one that answers")]
    NoDisplay,
    /// A system library that windows need is not installed.
    #[error("a window needs libX11 and libXcursor ({reason}): install them")]
    NoLibrary {
        /// The loader's message.
        reason: String,
    },
    /// There is a display, but it would not open the window.
    #[error("the display did not open a window: {reason}")]
    NotOpened {
        /// The window system's message.
        reason: String,
    },
    /// The window could not show a picture any more.
    #[error("the window stopped showing pictures: {reason}")]
    NotShown {
        /// The window system's message.
        reason: String,
    },
}

impl WindowError {
    /// Tells why `minifb` could not open a window: one variant's text holds every reason.
    pub(super) fn from_opening(error: &minifb::Error) -> Self {
        let reason = match error {
            minifb::Error::WindowCreate(reason) => reason.clone(),
            other => other.to_string(),
        };
        if reason.contains("XOpenDisplay") {
            Self::NoDisplay
        } else if reason.contains("failed to load") {
            Self::NoLibrary { reason }
        } else {
            Self::NotOpened { reason }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_minifb_says_is_told_apart() {
        let meant = |said: &str| WindowError::from_opening(&minifb::Error::WindowCreate(said.to_owned()));
        assert_eq!(meant("XOpenDisplay failed"), WindowError::NoDisplay);
        assert!(matches!(
            meant("failed to load Xlib: no such file"),
            WindowError::NoLibrary { .. }
        ));
        assert!(matches!(
            meant("failed to load XCursor: none"),
            WindowError::NoLibrary { .. }
        ));
        let refused = WindowError::NotOpened {
            reason: "No 32-bit format available".to_owned(),
        };
        assert_eq!(meant("No 32-bit format available"), refused);
        assert!(refused.to_string().contains("No 32-bit format available"));
    }
}
