//! Slow motion, where the charts are: an epoch as two lists of five phases, and on demand the formula of
//! the current one with this run's numbers.

mod formulas;
mod lists;
mod narrow;
mod sentences;

use egui::{Align2, Pos2, Rect, Ui, pos2, vec2};
use gan_core::{Network, Stage};
use lab::{Command, Snapshot, Status, Step, Stride};

use crate::icons::Icon;
use crate::names;
use crate::style::Look;
use crate::switch::Switch;
use crate::text;
use crate::top_bar;
use crate::widgets::{ChoiceButton, PushButton, Weight};

/// Content of the panel in slow motion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Steps,
    Charts,
}

/// How much it says of the current phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    Sentences,
    Formulas,
}

/// The panel, and what it remembers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phases {
    subject: Subject,
    detail: Detail,
}

/// Result of showing the panel.
pub(crate) struct Shown {
    /// Room for the charts, if they are to be shown.
    pub(crate) charts: Option<Rect>,
    /// The command of the button that was pressed.
    pub(crate) command: Option<Command>,
}

/// Height of the row of switches.
const SWITCHES: f32 = 30.0;
/// Height of two lines of a formula and one below.
const FORMULA: f32 = 54.0;

impl Phases {
    pub(crate) const fn new() -> Self {
        Self {
            subject: Subject::Steps,
            detail: Detail::Sentences,
        }
    }

    /// Shows formulas, like the switch of that name.
    pub(crate) const fn show_formulas(&mut self) {
        self.detail = Detail::Formulas;
    }

    /// Switches between sentences and formulas, like the switch of that name.
    pub(crate) const fn toggle_formulas(&mut self) {
        self.detail = match self.detail {
            Detail::Sentences => Detail::Formulas,
            Detail::Formulas => Detail::Sentences,
        };
    }

    /// Shows the charts also in slow motion.
    pub(crate) const fn show_charts(&mut self) {
        self.subject = Subject::Charts;
    }

    /// From the steps to the charts, and back.
    pub(crate) const fn toggle_charts(&mut self) {
        self.subject = match self.subject {
            Subject::Steps => Subject::Charts,
            Subject::Charts => Subject::Steps,
        };
    }

    /// Shows the panel in slow motion; leaves all of it to the charts otherwise.
    pub(crate) fn show(&mut self, ui: &mut Ui, panel: Rect, snapshot: &Snapshot, look: Look) -> Shown {
        if snapshot.pace.stride() == Stride::Epoch {
            return Shown {
                charts: Some(panel),
                command: None,
            };
        }
        let (switches, rest) = panel.split_top_bottom_at_y(panel.top() + look.of(SWITCHES));
        let command = self.switches(ui, switches, snapshot, look);
        let charts = match self.subject {
            Subject::Charts => Some(rest),
            Subject::Steps => {
                self.steps(ui, rest, snapshot, look);
                None
            }
        };
        Shown { charts, command }
    }

    /// Steps or charts; where in the epoch the run is; formulas or not; the next phase.
    fn switches(&mut self, ui: &mut Ui, row: Rect, snapshot: &Snapshot, look: Look) -> Option<Command> {
        let s = |length| look.of(length);
        let middle = row.top() + s(17.0);
        let mut left = row.left() + s(18.0);
        for (subject, words, hint) in [
            (
                Subject::Steps,
                "Steps",
                "What happens in an epoch, phase by phase",
            ),
            (
                Subject::Charts,
                "Charts",
                "Losses and divergences over the whole run",
            ),
        ] {
            let size = vec2(s(58.0), s(20.0));
            let rect = Rect::from_min_size(pos2(left, middle - 0.5 * size.y), size);
            left = rect.right() + s(4.0);
            let button = ChoiceButton {
                words,
                name: words,
                hint,
                chosen: self.subject == subject,
                font: look.small(),
            };
            if button.show(ui, rect, look).clicked() {
                self.subject = subject;
            }
        }
        text::label(
            ui,
            pos2(left + s(10.0), middle),
            Align2::LEFT_CENTER,
            &whereabouts(snapshot),
            look.body(),
            look.colours.faint,
        );

        let size = vec2(s(98.0), s(20.0));
        let next = Rect::from_min_size(pos2(row.right() - s(18.0) - size.x, middle - 0.5 * size.y), size);
        let button = next_button(snapshot, look);
        let pressed = button.show(ui, next, look).clicked();
        if self.subject == Subject::Steps {
            self.formula_switch(ui, pos2(next.left() - s(14.0), middle), look);
        }
        pressed.then_some(Command::Step(Step::Phase))
    }

    /// A switch and its name, their right middle given.
    fn formula_switch(&mut self, ui: &mut Ui, right_middle: Pos2, look: Look) {
        let name = "Show formulas";
        let switch = Switch {
            name,
            hint: "The current phase as a formula, with the numbers of this run",
            on: self.detail == Detail::Formulas,
            words: Some((name, look.body(), look.colours.text)),
        };
        let left_middle = right_middle - vec2(switch.width(ui, look), 0.0);
        if switch.show(ui, left_middle, look).0.clicked() {
            self.toggle_formulas();
        }
    }

    /// Both lists, and the formula below them.
    fn steps(&self, ui: &mut Ui, rest: Rect, snapshot: &Snapshot, look: Look) {
        let (margin, gap) = (look.of(18.0), look.of(12.0));
        let formula = match self.detail {
            Detail::Sentences => look.of(8.0),
            Detail::Formulas => look.of(FORMULA),
        };
        let room = rest.height() - formula - lists::height(0.0, look.scale);
        let row = (0.2 * room).clamp(look.of(13.0), look.of(23.0)).floor();
        let width = 0.5 * (rest.width() - 2.0 * margin - gap);
        let height = lists::height(row, look.scale);
        for (column, network) in [Network::Discriminator, Network::Generator]
            .into_iter()
            .enumerate()
        {
            let left = rest.left() + margin + column as f32 * (width + gap);
            let place = Rect::from_min_size(pos2(left.round(), rest.top()), vec2(width.floor(), height));
            lists::show(ui, place, network, snapshot, row, look);
        }
        if self.detail == Detail::Formulas {
            let corner = pos2(rest.left() + margin, rest.top() + height + look.of(4.0));
            show_formula(ui, corner, rest.width() - 2.0 * margin, snapshot, look);
        }
    }
}

/// The button that runs one phase.
fn next_button(snapshot: &Snapshot, look: Look) -> PushButton<'static> {
    PushButton {
        icon: Some(Icon::Step),
        words: "Next phase",
        hint: "Run the next phase alone, and pause",
        pressable: top_bar::unless_diverged(snapshot.status_of_both()),
        weight: Weight::Plain,
        font: look.small(),
    }
}

/// Shows the formula, and its note below.
fn show_formula(ui: &mut Ui, corner: Pos2, width: f32, snapshot: &Snapshot, look: Look) {
    let Some(report) = snapshot.phase.as_deref() else {
        let words = "The formula of a phase stands here once one was run.";
        text::label(
            ui,
            corner,
            Align2::LEFT_TOP,
            words,
            look.body(),
            look.colours.faint,
        );
        return;
    };
    let formulas::Formula { line, note } = formulas::formula(report, snapshot);
    let mut top = corner;
    for (words, font, colour) in [
        (line, look.body(), look.colours.ink),
        (note, look.small(), look.colours.faint),
    ] {
        let galley = ui.painter().layout(words.clone(), font, colour, width);
        let place = Rect::from_min_size(top, galley.size());
        ui.painter().galley(top, galley, colour);
        text::announce(ui, place, &words);
        top.y = place.bottom();
    }
}

/// The phase that was run last, in words: its network, then GAN Lab's sentence. Nothing while the
/// run goes in epochs.
pub(crate) fn now(snapshot: &Snapshot) -> Option<String> {
    let report = snapshot.phase.as_deref();
    let report = report.filter(|_| snapshot.pace.stride() == Stride::Phase)?;
    let network = report.phase.network;
    let sentence = sentences::sentence(network, report.phase.stage);
    Some(format!("{}: {sentence}", names::network(network)))
}

/// Which phase of which epoch, or how to begin.
fn whereabouts(snapshot: &Snapshot) -> String {
    let Some(report) = snapshot.phase.as_deref() else {
        return match snapshot.status {
            Status::Paused => "Press play, or take the next phase by hand.".to_owned(),
            Status::Playing | Status::Diverged(_) => String::new(),
        };
    };
    let updates = |network| snapshot.configuration.network(network).updates_per_epoch.get();
    let before = match report.phase.network {
        Network::Discriminator => 0,
        Network::Generator => updates(Network::Discriminator),
    };
    let stages = Stage::ALL.len();
    let phase = (before + report.phase.update) * stages + report.phase.stage as usize + 1;
    let phases = (updates(Network::Discriminator) + updates(Network::Generator)) * stages;
    let whose = match snapshot.beside {
        None => "",
        Some(_) => " of the first run",
    };
    format!(
        "Epoch {}, phase {phase} of {phases}{whose}",
        text::count(report.epoch)
    )
}
