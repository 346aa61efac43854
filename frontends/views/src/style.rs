//! Looks that egui itself must know: visuals and sizes of text; and how large everything is.

use std::ops::Deref;

use egui::{
    Color32, Context, CornerRadius, FontId, Margin, Rect, Shadow, Stroke, Style, TextStyle, Theme, Visuals,
};

use crate::palette::Palette;

/// Puts the viewer's colours, spacing and text sizes into a context. Once, before the first frame. The
/// theme is light until [`Context::set_theme`] says otherwise, also while the viewer runs.
pub fn install_style(context: &Context) {
    context.set_theme(Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        context.style_mut_of(theme, |style| {
            style.visuals = visuals(theme);
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.3;
            style.spacing.tooltip_width = 320.0;
            style.spacing.menu_margin = Margin::symmetric(10, 8);
            Scale::ONE.set_text_sizes(style);
        });
    }
}

fn visuals(theme: Theme) -> Visuals {
    let colours = Palette::of(theme);
    let mut visuals = theme.default_visuals();
    visuals.panel_fill = colours.background;
    visuals.window_fill = colours.paper;
    visuals.window_stroke = Stroke::new(1.0, colours.hairline);
    visuals.extreme_bg_color = colours.paper;
    visuals.popup_shadow = Shadow {
        offset: [0, 2],
        blur: 10,
        spread: 0,
        color: Color32::from_black_alpha(36),
    };
    visuals.menu_corner_radius = CornerRadius::same(4);
    visuals.widgets.noninteractive.fg_stroke.color = colours.text;
    visuals.widgets.noninteractive.bg_stroke.color = colours.hairline;
    visuals
}

/// The look of everything: its size, its colours, and the hand that presses it. A [`Scale`] with a
/// palette.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// How large.
    pub scale: Scale,
    /// In which colours.
    pub colours: &'static Palette,
    /// The hand that presses things.
    pub hand: Hand,
}

/// A mouse or a finger. A mouse hits things ten points high, and can rest on something; a finger
/// wants four times that, and hides the thing it is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// Also a pen, or a pad.
    #[default]
    Mouse,
    /// A finger of a hand that also holds the screen.
    Finger,
}

/// Height of a target for a finger, before scaling.
const FINGER: f32 = 40.0;

impl Look {
    /// The height of something to be pressed, from that at 1280×800 under a mouse.
    #[must_use]
    pub fn target(self, length: f32) -> f32 {
        match self.hand {
            Hand::Mouse => self.of(length),
            Hand::Finger => self.of(length.max(FINGER)),
        }
    }
}

impl Deref for Look {
    type Target = Scale;

    fn deref(&self) -> &Scale {
        &self.scale
    }
}

/// How large text and its surroundings are, relative to a window of 1280×800.
///
/// Text grows more slowly than the window: pictures need the room more. In a tight window all shrinks
/// alike: words that can hardly be read show what is where, and words over one another do not.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Scale(f32);

/// Share of 1280×800 below which text has no more room to keep its size.
const TIGHT: f32 = 0.8;
/// Share of 1280×800 below which not everything is shown at once: running text of the whole would have less than
/// ten points. All phones are below it, and tablets held upright.
const NARROW: f32 = 0.72;
/// Width and height from which on text keeps its size in a narrow window.
const LEAST_NARROW: f32 = 320.0;
/// Growth of text as a share of the window's.
const GROWTH: f32 = 0.6;

impl Scale {
    /// The designed size.
    pub const ONE: Self = Self(1.0);

    /// For a window of this size that shows everything.
    #[must_use]
    pub fn of_window(window: Rect) -> Self {
        let tight = (ratio(window) / TIGHT).clamp(0.0, 1.0);
        Self((Self::of_part(window).0.max(growth(TIGHT)) * tight).max(0.25))
    }

    /// For a window of this size that shows one part alone, which has room for its words.
    #[must_use]
    pub fn of_part(window: Rect) -> Self {
        Self(growth(ratio(window)).clamp(0.8, 2.5))
    }

    /// For a window too small to show everything at once, in which text keeps its size.
    #[must_use]
    pub fn of_narrow(window: Rect) -> Self {
        let room = (window.width() / LEAST_NARROW).min(window.height() / LEAST_NARROW);
        Self(room.clamp(0.25, 1.0))
    }

    /// Whether a window of this size is too small to show everything at once, in letters that can be read.
    #[must_use]
    pub fn is_narrow(window: Rect) -> bool {
        !(ratio(window) >= NARROW)
    }

    /// A length, from that at 1280×800.
    #[must_use]
    pub fn of(self, length: f32) -> f32 {
        (length * self.0).round()
    }

    /// A line's width, from that at 1280×800.
    #[must_use]
    pub fn stroke(self, width: f32) -> f32 {
        width * self.0
    }

    fn font(self, size: f32) -> FontId {
        FontId::proportional((size * self.0 * 2.0).round() / 2.0)
    }

    /// The program's name.
    #[must_use]
    pub fn title(self) -> FontId {
        self.font(23.0)
    }

    /// The epoch.
    #[must_use]
    pub fn figure(self) -> FontId {
        self.font(26.0)
    }

    /// A panel's heading.
    #[must_use]
    pub fn heading(self) -> FontId {
        self.font(14.5)
    }

    /// The name of a node or a row.
    #[must_use]
    pub fn name(self) -> FontId {
        self.font(13.5)
    }

    /// Running text, hyper-parameters.
    #[must_use]
    pub fn body(self) -> FontId {
        self.font(12.5)
    }

    /// Explanations, axis labels.
    #[must_use]
    pub fn small(self) -> FontId {
        self.font(11.5)
    }

    /// Names of small plates, if nothing else helps.
    #[must_use]
    pub fn finest(self) -> FontId {
        self.font(11.0)
    }

    /// Lets what egui itself lays out (tooltips, charts) follow.
    pub(crate) fn set_text_sizes(self, style: &mut Style) {
        for (text_style, font) in &mut style.text_styles {
            *font = match text_style {
                TextStyle::Heading => self.heading(),
                TextStyle::Small => self.small(),
                _ => self.body(),
            };
        }
    }
}

/// How large a window is, relative to 1280×800.
fn ratio(window: Rect) -> f32 {
    (window.width() / 1280.0).min(window.height() / 800.0)
}

/// How large text is in a window of such a ratio.
fn growth(ratio: f32) -> f32 {
    1.0 + (ratio - 1.0) * GROWTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_grows_more_slowly_than_the_window() {
        let scale = |width, height| {
            Scale::of_window(Rect::from_min_size(Default::default(), egui::vec2(width, height)))
        };
        assert_eq!(scale(1280.0, 800.0), Scale::ONE);
        assert!(scale(2560.0, 1600.0) < Scale(2.0) && scale(2560.0, 1600.0) > Scale(1.3));
        assert!(scale(1024.0, 700.0) < Scale::ONE && scale(1024.0, 700.0) >= Scale(0.85));
        assert_eq!(scale(512.0, 320.0), Scale(0.44));
        // A degenerate window is no reason to panic.
        assert_eq!(scale(0.0, f32::NAN).of(10.0), 3.0);
    }
}
