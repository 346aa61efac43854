//! The viewer's colours, as the command line names them.

use clap::ValueEnum;
use egui::Theme;

/// Light or dark.
#[derive(Clone, Copy, ValueEnum)]
pub enum ThemeName {
    /// As on GAN Lab's page
    Light,
    /// For dark rooms and projectors
    Dark,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::Light,
            ThemeName::Dark => Self::Dark,
        }
    }
}
