//! The shapes of the mouse cursor that egui asks for, as far as minifb has them.

use egui::CursorIcon;
use minifb::CursorStyle;

/// The nearest shape; an arrow for everything minifb cannot show.
pub(super) fn translated(icon: CursorIcon) -> CursorStyle {
    match icon {
        CursorIcon::Text | CursorIcon::VerticalText => CursorStyle::Ibeam,
        CursorIcon::Crosshair | CursorIcon::Cell => CursorStyle::Crosshair,
        CursorIcon::PointingHand | CursorIcon::Grab => CursorStyle::OpenHand,
        CursorIcon::Grabbing => CursorStyle::ClosedHand,
        CursorIcon::Move | CursorIcon::AllScroll => CursorStyle::ResizeAll,
        CursorIcon::ResizeHorizontal
        | CursorIcon::ResizeEast
        | CursorIcon::ResizeWest
        | CursorIcon::ResizeColumn => CursorStyle::ResizeLeftRight,
        CursorIcon::ResizeVertical
        | CursorIcon::ResizeNorth
        | CursorIcon::ResizeSouth
        | CursorIcon::ResizeRow => CursorStyle::ResizeUpDown,
        _ => CursorStyle::Arrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_minifb_lacks_become_an_arrow() {
        assert_eq!(translated(CursorIcon::Wait), CursorStyle::Arrow);
        assert_eq!(translated(CursorIcon::ResizeColumn), CursorStyle::ResizeLeftRight);
        assert_eq!(translated(CursorIcon::Text), CursorStyle::Ibeam);
    }
}
