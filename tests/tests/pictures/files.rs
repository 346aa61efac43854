//! The page of files over a run.

use std::path::Path;

use egui::Theme;
use gan_core::Preset;
use lab::Inline;
use views::App;
use views::files::Purpose;

use crate::{WINDOW, compare_in, trained};

/// From where the tests run, so that its name is the same everywhere.
const FOLDER: &str = "../fixtures/files";

fn over(run: &Inline, purpose: Purpose) -> App {
    let mut app = App::new();
    app.show_files(purpose, Path::new(FOLDER), run);
    app
}

#[test]
fn the_page_of_files() {
    let mut run = trained(Preset::Ring.configuration(), 12, 300);
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (purpose, page) in [(Purpose::Open, "open"), (Purpose::Save, "save")] {
            let mut app = over(&run, purpose);
            compare_in(theme, &format!("files-{page}-{name}"), &mut app, &mut run, WINDOW);
        }
    }
    let mut app = over(&run, Purpose::Save);
    compare_in(Theme::Light, "files-1024x700", &mut app, &mut run, [1024, 700]);
}
