//! What to learn: the data distributions as thumbnails, the presets as buttons.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use gan_core::gan::draw_real;
use gan_core::random::{Purpose, Stream};
use gan_core::{Point, Preset, Reference, Target};
use lab::{Command, Experiment, Snapshot};

use crate::layers::paint_dots;
use crate::palette;
use crate::projection::Projection;
use crate::style::{Look, Scale};
use crate::text;
use crate::widgets::{self, ChoiceButton};

/// Dots of a thumbnail.
const DOTS: usize = 160;

/// Targets that come from a formula, with samples to show of each.
pub(crate) struct Thumbnails([(Target, Vec<Point>); Preset::ALL.len()]);

impl Thumbnails {
    /// Draws the samples; always the same ones.
    pub(crate) fn new() -> Self {
        Self(Preset::ALL.map(|preset| {
            let configuration = preset.configuration();
            let mut samples = vec![[0.0; 2]; DOTS];
            let stream = Stream::new(0, Purpose::EvaluationReal);
            draw_real::<Reference>(&configuration, &[], stream, &mut samples);
            (configuration.target, samples)
        }))
    }
}

/// Height of the strip.
pub(crate) fn height(scale: Scale) -> f32 {
    scale.of(92.0)
}

/// Shows both; returns what was chosen.
pub(crate) fn show(
    ui: &mut Ui,
    strip: Rect,
    snapshot: &Snapshot,
    thumbnails: &Thumbnails,
    look: Look,
) -> Option<Command> {
    let mut chosen = None;
    let corner = strip.min + vec2(look.of(18.0), look.of(9.0));
    text::heading(ui.painter(), corner, "Data distribution", look);
    let top = corner.y + look.of(21.0);
    let side = look.of(44.0);
    let pitch = side + look.of(16.0);
    for (index, (target, samples)) in thumbnails.0.iter().enumerate() {
        let rect = Rect::from_min_size(pos2(corner.x + index as f32 * pitch, top), vec2(side, side));
        if thumbnail(ui, rect, *target, samples, snapshot, look) {
            let mut configuration = snapshot.configuration;
            configuration.target = *target;
            // Targets from a formula need no drawing, so this is never an error.
            chosen = snapshot.experiment.with_configuration(configuration).ok();
        }
    }

    let left = corner.x + thumbnails.0.len() as f32 * pitch + look.of(22.0);
    text::heading(ui.painter(), pos2(left, corner.y), "Presets", look);
    let gap = look.of(7.0);
    let room = strip.right() - look.of(18.0) - left;
    let width = ((room + gap) / Preset::ALL.len() as f32 - gap)
        .min(look.of(92.0))
        .floor();
    for (index, preset) in Preset::ALL.into_iter().enumerate() {
        let x = left + index as f32 * (width + gap);
        let rect = Rect::from_min_size(pos2(x, top + look.of(4.0)), vec2(width, look.of(27.0)));
        if preset_button(ui, rect, preset, snapshot, look) {
            chosen = Some(Experiment::preset(preset, snapshot.experiment.seed()));
        }
    }
    let hint = "Data with networks and learning rates that suit it.";
    ui.painter().text(
        pos2(left, top + look.of(47.0)),
        Align2::LEFT_CENTER,
        hint,
        look.small(),
        look.colours.faint,
    );
    chosen.map(Command::Restart)
}

/// True when it was pressed.
fn thumbnail(
    ui: &mut Ui,
    rect: Rect,
    target: Target,
    samples: &[Point],
    snapshot: &Snapshot,
    look: Look,
) -> bool {
    let name = target_name(target);
    let current = snapshot.configuration.target == target;
    let caption = pos2(rect.center().x, rect.bottom() + look.of(9.0));
    let response = ui.interact(
        rect.union(Rect::from_pos(caption)),
        ui.scope_id().with(("target", target)),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, current, format!("Target {name}")));
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 1.0, look.colours.paper);
    let projection = Projection::onto(rect.shrink(2.0));
    let colour = palette::translucent(look.colours.real, if current { 1.0 } else { 0.7 });
    let dots = samples.iter().map(|sample| (projection.place(*sample), colour));
    paint_dots(&painter, projection.dot_radius(), dots);
    let stroke = match (current, response.hovered()) {
        (true, _) => Stroke::new(2.0, look.colours.chosen),
        (false, true) => Stroke::new(1.0, look.colours.faint),
        (false, false) => Stroke::new(1.0, look.colours.hairline),
    };
    painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
    let ink = if current {
        look.colours.ink
    } else {
        look.colours.faint
    };
    ui.painter()
        .text(caption, Align2::CENTER_CENTER, title(name), look.small(), ink);
    if response.has_focus() {
        widgets::focus_frame(ui.painter(), rect.expand(2.0), look);
    }
    response
        .on_hover_text("Learn these data with the present networks and learning rates. Restarts.")
        .clicked()
}

/// True when it was pressed.
fn preset_button(ui: &mut Ui, rect: Rect, preset: Preset, snapshot: &Snapshot, look: Look) -> bool {
    let name = target_name(preset.configuration().target);
    let current = snapshot.configuration == preset.configuration();
    let button = ChoiceButton {
        words: &title(name),
        name: &format!("Preset {name}"),
        hint: &format!("Restart with GAN Lab's set-up for the {name} data."),
        chosen: current,
        font: look.body(),
    };
    button.show(ui, rect, look).clicked()
}

const fn target_name(target: Target) -> &'static str {
    match target {
        Target::Line => "line",
        Target::Gaussians => "gaussians",
        Target::Ring => "ring",
        Target::Disjoint => "disjoint",
        Target::Drawing => "drawing",
    }
}

/// With a capital.
fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
