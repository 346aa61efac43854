//! A visit to the page, and its twin in this process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gan_core::Preset;
use gan_lab_tests::browser::{Place, Size, Tab};
use gan_lab_tests::server::Server;
use gan_lab_tests::targets::{WASM, products, ready};
use gan_lab_tests::{skip, workspace};
use lab::{Command as Asked, Experiment, Inline, Pace, Session as _};
use tempfile::TempDir;
use views::App;

/// A page that is open, and in this process the same views over the same run.
pub struct Visit {
    pub tab: Tab,
    pub twin: Harness<'static, (App, Inline)>,
    pub server: Server,
    /// Files put there can be opened, and downloads lie there.
    pub folder: TempDir,
    _profile: TempDir,
}

/// The page, built once; why it cannot be. `GAN_LAB_PAGE` names a folder in which it is built already.
fn built() -> Result<PathBuf, String> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let build = || {
        if let Some(folder) = std::env::var_os("GAN_LAB_PAGE") {
            return Ok(folder.into());
        }
        ready(WASM)?;
        let folder = products().join("page");
        let status = Command::new("bash")
            .arg(workspace().join("frontends/web/build.sh"))
            .arg(&folder)
            .env("CARGO_TARGET_DIR", products())
            // The flags of these tests are none of its.
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTC_BOOTSTRAP")
            .stdin(Stdio::null())
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "the page does not build"
        );
        Ok(folder)
    };
    BUILT.get_or_init(build).clone()
}

impl Visit {
    /// Goes to the page; says why not, and gives `None`, where something for that is missing.
    pub fn open(size: Size) -> Option<Self> {
        Self::at(size, "")
    }

    /// The same, at an address with something after it.
    pub fn at(size: Size, rest: &str) -> Option<Self> {
        let open = || {
            let page = built()?;
            let profile = tempfile::tempdir().expect("a folder for what the browser forgets");
            let mut tab = Tab::open(size, profile.path())?;
            let server = serve(&page, |_| true);
            tab.go(&server.url(rest));
            tab.wait("the first picture", "ganLab.statistics.frames > 0");
            Ok(Self {
                tab,
                twin: twin(size),
                server,
                folder: tempfile::tempdir().expect("a folder for files"),
                _profile: profile,
            })
        };
        open().map_err(|why: String| skip(&why)).ok()
    }

    /// The run in this process.
    pub fn run(&mut self) -> &mut Inline {
        &mut self.twin.state_mut().1
    }

    /// Place of a control, by its name.
    pub fn place(&self, name: &str) -> Place {
        self.twin.get_by_label(name).rect().center().into()
    }

    /// Clicks a control in both.
    pub fn click(&mut self, name: &str) {
        let place = self.place(name);
        self.tab.click(place);
        self.twin.get_by_label(name).click();
        self.twin.run_steps(4);
    }

    /// Presses a key in both, with Ctrl held if it is a command.
    pub fn key(&mut self, key: egui::Key, modifiers: egui::Modifiers) {
        let held = if modifiers.command { 2 } else { 0 };
        let name = match key.name() {
            "Space" => " ".to_owned(),
            name if name.len() == 1 => name.to_lowercase(),
            name => name.to_owned(),
        };
        self.tab.press(&name, held);
        self.twin.key_press_modifiers(modifiers, key);
        self.twin.run_steps(4);
    }

    /// Steps both networks so many times, by the key for it, in both.
    pub fn epochs(&mut self, count: u64) {
        for _ in 0..count {
            self.tab.press("s", 0);
        }
        self.run().run_epochs(count).expect("it converges");
        self.twin.run_steps(3);
        let epoch = self.run().latest().epoch;
        self.wait_for_epoch(epoch);
    }

    /// Waits until the page shows an epoch.
    pub fn wait_for_epoch(&mut self, epoch: u64) {
        self.tab.wait(
            &format!("epoch {epoch}"),
            &format!("ganLab.state.epoch === {epoch}"),
        );
    }

    /// The epoch that the page's run has completed, and its state by name.
    pub fn hash(&mut self) -> (u64, String) {
        let named = self.tab.evaluate("ganLab.hash()");
        let epoch = named["epoch"].as_u64().expect("an epoch is a number");
        (
            epoch,
            named["hash"].as_str().expect("a hash is a text").to_owned(),
        )
    }

    /// The same of the run in this process.
    pub fn hash_of_twin(&mut self) -> (u64, String) {
        let trainer = self.run().trainer();
        let gan = trainer.gan();
        (gan.epoch(), gan.state_hash().to_string())
    }

    /// The page's run and the one of this process must be in the same state.
    pub fn compare(&mut self) {
        let expected = self.hash_of_twin();
        assert_eq!(self.hash(), expected);
    }

    /// Keeps what is seen for whoever wants to look, beside what is built.
    pub fn keep_picture(&mut self, name: &str) {
        let folder = products().join("page-pictures");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let picture = self.tab.picture();
        picture
            .save(folder.join(format!("{name}.png")))
            .expect("a picture can be kept");
    }
}

/// Serves the files of the page that are wanted by name.
fn serve(page: &Path, wanted: impl Fn(&str) -> bool) -> Server {
    let files = std::fs::read_dir(page).expect("the page is built");
    Server::of(files.filter_map(|file| {
        let path = file.expect("the page can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        let bytes = std::fs::read(&path).expect("the page can be read");
        wanted(&name).then(|| (name.into_owned(), bytes))
    }))
}

/// A server that lacks the files whose names begin so.
pub fn serve_without(beginning: &str) -> Server {
    let page = built().expect("it was built for a visit");
    serve(&page, |name| !name.starts_with(beginning))
}

/// The views as the page has them, over a run as it begins there.
fn twin(size: Size) -> Harness<'static, (App, Inline)> {
    let mut run = Inline::new(Experiment::preset(Preset::Ring, 13));
    run.send(Asked::SetPace(Pace::BRISK));
    let mut app = App::new();
    app.offer_picker();
    let mut twin = Harness::builder()
        .with_size([size.width as f32, size.height as f32])
        .build_ui_state(|ui, (app, run): &mut (App, Inline)| app.ui(ui, run), (app, run));
    views::install_style(&twin.ctx);
    twin.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    twin.run_steps(3);
    twin
}
