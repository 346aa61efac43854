//! Sizes of pictures and windows, as people write them: `1280x800`.

use std::str::FromStr;

/// Width and height in pixels, each 320–8,192.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    width: usize,
    height: usize,
}

impl Size {
    /// Pixels from left to right.
    pub const fn width(self) -> usize {
        self.width
    }

    /// Pixels from top to bottom.
    pub const fn height(self) -> usize {
        self.height
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let side = |text: &str| text.parse().ok().filter(|side| (320..=8192).contains(side));
        match text
            .split_once('x')
            .map(|(width, height)| (side(width), side(height)))
        {
            Some((Some(width), Some(height))) => Ok(Self { width, height }),
            _ => Err("write WIDTHxHEIGHT, each from 320 to 8192, as in 1280x800".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_two_sensible_numbers() {
        assert_eq!(
            "1280x800".parse(),
            Ok(Size {
                width: 1280,
                height: 800
            })
        );
        for text in [
            "",
            "1280",
            "1280x",
            "x",
            "0x0",
            "1280x800x3",
            "-1x800",
            "99999x800",
        ] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
