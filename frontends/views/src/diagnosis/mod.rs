//! The diagnosis of a run: a sentence that is always in sight, its evidence, and remedies.
//!
//! `lab::checks::diagnosis` finds it; here it is said. [`row`] is the sentence, quiet while a run is
//! healthy. A click opens the card ([`card`]) with figures, thresholds, remedies from the
//! literature, and a button for each remedy that tries it beside the run. [`steady`] keeps words
//! standing long enough to be read while a run plays; [`marks`] has the shape of each state of
//! health, so that none is told by its colour alone; [`lost`] paints the lost parts of the target
//! on the canvas. Each of two runs has its own diagnosis.

mod card;
mod lost;
mod marks;
mod row;
mod steady;

use std::sync::Arc;

use egui::{Rect, Ui, pos2};
use lab::checks::diagnosis::Lost;
use lab::{Command, Diagnosis, Snapshot, Status};

use crate::beside::Which;
use crate::graph::{GraphLayout, Node};
use crate::metrics::Chart;
use crate::style::{Look, Scale};
use steady::Steady;

pub(crate) use lost::{paint as paint_lost, under as lost_under};

/// Height of the sentence in a narrow window, before scaling: a finger hits it.
const NARROW: f32 = 40.0;

/// Its height in a narrow window.
pub(crate) fn narrow_height(scale: Scale) -> f32 {
    scale.of(NARROW)
}

/// The diagnosis shown of each run, and whose card is open.
#[derive(Default)]
pub(crate) struct Diagnoses {
    said: [Steady; 2],
    open: Option<Which>,
    /// Whether the card has had a frame: the click that opened it must not close it.
    is_new: bool,
}

/// A request made in a card.
pub(crate) enum Asked {
    /// A chart to see.
    Chart(Chart),
    /// A remedy to try beside the run.
    Run(Box<Command>),
}

impl Diagnoses {
    /// Takes note of what was found now.
    pub(crate) fn follow(&mut self, ui: &Ui, snapshot: &Snapshot) {
        let now = ui.input(|input| input.time);
        let [first, second] = &mut self.said;
        let playing = snapshot.status_of_both() == Status::Playing;
        first.follow(now, snapshot, playing);
        match &snapshot.beside {
            Some(beside) => second.follow(now, &beside.run, playing),
            None => {
                *second = Steady::default();
                self.open = self.open.filter(|which| *which == Which::First);
            }
        }
    }

    /// The diagnosis shown of a run; `None` if there is no such run.
    pub(crate) fn said(&self, which: Which) -> Option<&Arc<Diagnosis>> {
        self.said[which as usize].said()
    }

    /// Parts of the target that a run has lost, as its first finding names them.
    pub(crate) fn lost(&self, which: Which) -> &[Lost] {
        self.said(which).map_or(&[], |diagnosis| &diagnosis.finding.lost)
    }

    /// Opens the card of the run, or the first of two, or closes it.
    pub(crate) fn toggle_first(&mut self) {
        self.toggle(Which::First);
    }

    /// Closes the card; whether it was open.
    pub(crate) fn close(&mut self) -> bool {
        self.open.take().is_some()
    }

    fn toggle(&mut self, which: Which) {
        self.is_new = true;
        self.open = (self.open != Some(which)).then_some(which);
    }

    /// Shows the sentence above the graph's generator, where there is room for it, and the open card below it.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        graph: Rect,
        head: Head,
        snapshot: &Snapshot,
        look: Look,
    ) -> Option<Asked> {
        let layout = GraphLayout::new(graph, look.scale);
        let place = place(&layout, head, look);
        let along = match place.height() < look.of(LOW) {
            true => row::Along::Row,
            false => row::Along::Column,
        };
        self.rows(ui, place, along, snapshot, look);
        let which = self.open?;
        let opened = std::mem::take(&mut self.is_new);
        let (asked, closing) = card::beside(ui, place, self.said(which)?, which, snapshot, look);
        if (closing && !opened) || matches!(asked, Some(Asked::Run(_))) {
            self.open = None;
        }
        asked
    }

    /// Shows the sentence in a narrow window.
    pub(crate) fn show_narrow(&mut self, ui: &mut Ui, place: Rect, snapshot: &Snapshot, look: Look) {
        self.rows(ui, place, row::Along::Row, snapshot, look);
    }

    /// Shows the open card over all of a narrow window.
    pub(crate) fn show_page(&mut self, ui: &Ui, snapshot: &Snapshot, look: Look) -> Option<Asked> {
        let which = self.open?;
        let (asked, closing) = card::page(ui, self.said(which)?, which, snapshot, look);
        if closing || asked.is_some() {
            self.open = None;
        }
        asked
    }

    fn rows(&mut self, ui: &mut Ui, place: Rect, along: row::Along, snapshot: &Snapshot, look: Look) {
        let count = 1 + usize::from(snapshot.beside.is_some());
        let mut asked = None;
        for which in Which::BOTH.into_iter().take(count) {
            let Some(diagnosis) = self.said(which) else {
                continue;
            };
            let row = row::Row {
                finding: &diagnosis.finding,
                whose: (count == 2).then_some(which),
                is_open: self.open == Some(which),
            };
            let rect = row::part(place, along, which as usize, count, look);
            if row.show(ui, rect, look).clicked() {
                asked = Some(which);
            }
        }
        if let Some(which) = asked {
            self.toggle(which);
        }
    }
}

/// Lines above the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// The graph's heading.
    Heading,
    /// The graph's heading and a line about its controls.
    Controls,
}

/// Height below which two rows do not fit above one another, before scaling.
const LOW: f32 = 30.0;

/// Place of the sentence in the graph: below the heading, above the generator, before D's loop.
fn place(layout: &GraphLayout, head: Head, look: Look) -> Rect {
    let s = |length| look.of(length);
    let line = match head {
        Head::Heading => 0.0,
        Head::Controls => s(15.0),
    };
    let top = layout.heading().y + s(22.0) + line;
    let bottom = layout.node(Node::RealSamples).top() - s(33.0);
    let right = layout.node(Node::Discriminator).center().x - s(14.0);
    let height = (bottom - top).min(s(44.0));
    let left = layout.heading().x;
    Rect::from_min_max(pos2(left, bottom - height), pos2(right, bottom))
}
