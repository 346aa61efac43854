//! Marks on a time axis for actions on the run: a triangle at each change of a hyper-parameter, a
//! bar along the epochs in which one network was trained alone.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};
use gan_core::{Change, Network};
use lab::recording::LOG_CAPACITY;
use lab::{Event, Timeline};

use crate::parameters::{Named as _, value_of};
use crate::style::Look;
use crate::{palette, text};

/// The most lines that a mark tells.
const MOST_LINES: usize = 8;
/// How opaque the mark of an action is that is still to come.
const COMING: f32 = 0.45;

/// A time axis: the lower edge of this rectangle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strip {
    pub(crate) rect: Rect,
    /// At its left end, and at its right.
    pub(crate) begin: f64,
    pub(crate) end: f64,
    pub(crate) look: Look,
}

impl Strip {
    /// The `x` of an epoch. An epoch far outside is kept near enough for pixels to be counted.
    pub(crate) fn x(&self, epoch: f64) -> f32 {
        let share = (epoch - self.begin) / (self.end - self.begin);
        self.rect.left() + share.clamp(-4.0, 5.0) as f32 * self.rect.width()
    }
}

/// A mark's place above the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    /// A triangle.
    Changes,
    /// A bar right on the axis, or a little above it.
    Steps(Network),
}

/// Events that lie so near together that they have one mark.
#[derive(Clone, Debug)]
pub(crate) struct Mark<'a> {
    lane: Lane,
    /// In pixels, from the left to the right of it.
    left: f32,
    right: f32,
    events: Vec<&'a Event>,
}

/// The marks that can be seen.
pub(crate) fn of<'a>(timeline: &'a Timeline, strip: &Strip) -> Vec<Mark<'a>> {
    let look = strip.look;
    let half = look.of(5.0);
    let mut marks: Vec<Mark<'a>> = Vec::new();
    for event in &timeline.events {
        let (lane, begin) = match event {
            Event::Change { epoch, .. } => (Lane::Changes, *epoch),
            // The first epoch begins where the one before it is complete.
            Event::Steps { network, first, .. } => (Lane::Steps(*network), first - 1),
        };
        let [begin, end] = [begin, event.end()].map(|epoch| epoch as f64);
        if end < strip.begin || begin > strip.end {
            continue;
        }
        let [begin, end] = [begin, end].map(|epoch| strip.x(epoch));
        let middle = 0.5 * (begin + end);
        let (left, right) = (begin.min(middle - half), end.max(middle + half));
        let near = |mark: &&mut Mark<'a>| mark.lane == lane && left < mark.left + 2.0 * half;
        match marks.iter_mut().rev().find(|mark| mark.lane == lane).filter(near) {
            Some(mark) => {
                if lane != Lane::Changes {
                    mark.right = mark.right.max(right);
                }
                mark.events.push(event);
            }
            None => marks.push(Mark {
                lane,
                left,
                right,
                events: vec![event],
            }),
        }
    }
    marks
}

impl Mark<'_> {
    /// The rectangle of the mark.
    fn rect(&self, strip: &Strip) -> Rect {
        let (plot, look) = (strip.rect, strip.look);
        let (above, height) = match self.lane {
            Lane::Changes => (0.0, 9.0),
            Lane::Steps(Network::Discriminator) => (0.0, 4.0),
            Lane::Steps(Network::Generator) => (4.0, 4.0),
        };
        let bottom = plot.bottom() - look.of(above);
        let [left, right] = [self.left, self.right].map(|x| x.clamp(plot.left(), plot.right()));
        Rect::from_x_y_ranges(left..=right, bottom - look.of(height)..=bottom)
    }

    /// The colour of the network concerned, or a neutral one if it is both.
    fn colour(&self, strip: &Strip) -> Color32 {
        let colours = strip.look.colours;
        let network = self.events[0].network();
        match network {
            Some(network) if self.events.iter().all(|event| event.network() == Some(network)) => {
                colours.network(network)
            }
            _ => colours.ink,
        }
    }

    fn begins_after(&self, epoch: u64) -> bool {
        self.events.iter().all(|event| event.begin() > epoch)
    }

    fn lines(&self) -> Vec<String> {
        self.events.iter().map(|event| words(event)).collect()
    }
}

/// Shows them on the axis. What is done only after this epoch is pale: it is still to come.
pub(crate) fn show(ui: &mut Ui, strip: &Strip, marks: &[Mark<'_>], now: u64) {
    let look = strip.look;
    let (bars, triangles): (Vec<_>, Vec<_>) = marks.iter().partition(|mark| mark.lane != Lane::Changes);
    for mark in bars.into_iter().chain(triangles) {
        let rect = mark.rect(strip);
        let opacity = if mark.begins_after(now) { COMING } else { 1.0 };
        let colour = palette::translucent(mark.colour(strip), opacity);
        match mark.lane {
            Lane::Steps(_) => {
                let bar = rect.shrink2(vec2(0.0, look.stroke(0.5)));
                ui.painter().rect_filled(bar, look.of(1.0), colour);
            }
            Lane::Changes => {
                let [x, foot] = [0.5 * (mark.left + mark.right), rect.bottom()];
                let half = 0.5 * (mark.right - mark.left);
                let corners = vec![pos2(x, rect.top()), pos2(x + half, foot), pos2(x - half, foot)];
                let rim = Stroke::new(look.stroke(1.0), look.colours.paper);
                ui.painter_at(strip.rect.expand(1.0))
                    .add(Shape::convex_polygon(corners, colour, rim));
            }
        }
        text::announce(ui, rect, &mark.lines().join("\n"));
    }
}

/// Tells the events at the pointer, a line each.
pub(crate) fn under(marks: &[Mark<'_>], strip: &Strip, pointer: Pos2) -> Option<String> {
    let reach = strip.look.of(3.0);
    let top = strip.rect.bottom() - strip.look.of(9.0) - reach;
    if pointer.y < top || pointer.y > strip.rect.bottom() {
        return None;
    }
    let near = |mark: &&Mark<'_>| mark.left - reach <= pointer.x && pointer.x <= mark.right + reach;
    let mut lines: Vec<String> = marks.iter().filter(near).flat_map(Mark::lines).collect();
    if lines.is_empty() {
        return None;
    }
    if lines.len() > MOST_LINES {
        let more = lines.len() - (MOST_LINES - 1);
        lines.truncate(MOST_LINES - 1);
        lines.push(format!("and {more} more: zoom in to tell them apart"));
    }
    Some(lines.join("\n"))
}

/// A full log keeps no more, which must not look as if nothing had been done.
pub(crate) fn say_what_is_missing(ui: &mut Ui, strip: &Strip, timeline: &Timeline) {
    if timeline.missing == 0 {
        return;
    }
    let (look, plot) = (strip.look, strip.rect);
    let words = format!("{} later actions not marked", text::count(timeline.missing));
    let place = plot.right_bottom() - vec2(look.of(5.0), look.of(11.0));
    let rect = ui.painter().text(
        place,
        Align2::RIGHT_BOTTOM,
        &words,
        look.small(),
        look.colours.faint,
    );
    let last = timeline.events.iter().map(Event::end).max().unwrap_or(0);
    text::announce(ui, rect, &words).on_hover_text(format!(
        "The first {} changes and stretches of single steps of a run are remembered. What was done after \
         epoch {} took effect, but has no mark.",
        text::count(LOG_CAPACITY as u64),
        text::count(last)
    ));
}

/// 'Epoch 1,204: discriminator's learning rate from 0.1 to 0.03'.
pub(crate) fn words(event: &Event) -> String {
    match event {
        Event::Change { epoch, before, after } => {
            let (what, _) = setting(*after);
            let [(_, before), (_, after)] = [*before, *after].map(setting);
            format!("Epoch {}: {what} from {before} to {after}", text::count(*epoch))
        }
        Event::Steps {
            network,
            first,
            last,
            count,
        } => {
            let [first, last, steps] = [*first, *last, *count].map(text::count);
            match count {
                1 => format!("Epoch {first}: a step of the {network} alone"),
                _ => format!("Epochs {first}–{last}: {steps} steps of the {network} alone"),
            }
        }
    }
}

/// A hyper-parameter and its value.
fn setting(change: Change) -> (String, String) {
    let (head, value) = (change.parameter(), value_of(change.into()));
    match head.network() {
        Some(network) => (format!("{network}'s {}", head.titled()), value),
        // 'loss = log loss' would say it twice.
        None => (
            head.name().to_lowercase(),
            value.trim_end_matches(" loss").to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::palette::Palette;
    use crate::style::{Hand, Scale};
    use gan_core::configuration::{LearningRate, Loss};
    use gan_core::{Preset, log::Action, log::Log};

    fn rate(network: Network, value: f32) -> Change {
        Change::learning_rate(network, LearningRate::new(value).unwrap())
    }

    fn timeline(actions: impl IntoIterator<Item = (u64, Action)>) -> Timeline {
        let mut log = Log::<LOG_CAPACITY>::new();
        for (epoch, action) in actions {
            log.push(epoch, action).unwrap();
        }
        Timeline::new(&Preset::Line.configuration(), &log)
    }

    /// A strip of 300 pixels and 3,000 epochs.
    fn strip() -> Strip {
        let look = Look {
            scale: Scale::ONE,
            colours: &Palette::LIGHT,
            hand: Hand::Mouse,
        };
        Strip {
            rect: Rect::from_min_size(pos2(30.0, 0.0), vec2(300.0, 160.0)),
            begin: 0.0,
            end: 3000.0,
            look,
        }
    }

    #[test]
    fn events_in_words() {
        let say = |actions: &[(u64, Action)]| -> Vec<String> {
            timeline(actions.iter().copied())
                .events
                .iter()
                .map(words)
                .collect()
        };
        let began = Preset::Line.configuration().discriminator.learning_rate.get();
        let change = |change| Action::Change(change);
        assert_eq!(
            say(&[
                (1204, change(rate(Network::Discriminator, 0.3))),
                (1300, change(Change::loss(Loss::LeastSquares))),
            ]),
            [
                format!("Epoch 1,204: discriminator's learning rate from {began} to 0.3"),
                "Epoch 1,300: loss from log to least squares".to_owned()
            ]
        );
        let steps: Vec<_> = (299..512)
            .filter(|epoch| epoch % 16 != 0)
            .map(|epoch| (epoch, Action::Step(Network::Generator)))
            .collect();
        assert_eq!(say(&steps), ["Epochs 300–512: 200 steps of the generator alone"]);
        assert_eq!(say(&steps[..1]), ["Epoch 300: a step of the generator alone"]);
    }

    #[test]
    fn what_lies_within_a_few_pixels_is_one_mark_that_tells_all() {
        let changes = [(1000, 0.3), (1001, 0.1), (1030, 0.03), (2000, 0.01)];
        let timeline =
            timeline(changes.map(|(epoch, value)| (epoch, Action::Change(rate(Network::Generator, value)))));
        let strip = strip();
        let marks = of(&timeline, &strip);
        let counts: Vec<usize> = marks.iter().map(|mark| mark.events.len()).collect();
        assert_eq!(counts, [3, 1]);
        let foot = strip.rect.bottom() - 3.0;
        let told = |epoch| under(&marks, &strip, pos2(strip.x(epoch), foot));
        assert_eq!(told(1000.0).unwrap().lines().count(), 3);
        assert!(
            told(2000.0)
                .unwrap()
                .starts_with("Epoch 2,000: generator's learning rate from 0.03 to 0.01")
        );
        assert_eq!(told(1500.0), None);
        let above = pos2(strip.x(1000.0), strip.rect.center().y);
        assert_eq!(under(&marks, &strip, above), None);
    }

    #[test]
    fn a_crowd_of_changes_stays_a_line_of_marks_and_a_few_lines_of_words() {
        let changes = (0..1000).map(|n| {
            (
                3 * n,
                Action::Change(rate(Network::Generator, 0.1 + 0.001 * n as f32)),
            )
        });
        let timeline = timeline(changes);
        let strip = strip();
        let marks = of(&timeline, &strip);
        assert!((20..=31).contains(&marks.len()), "{}", marks.len());
        let at = pos2(strip.x(1500.0), strip.rect.bottom() - 3.0);
        assert!(under(&marks, &strip, at).unwrap().lines().count() <= MOST_LINES);
    }

    #[test]
    fn steps_of_both_networks_lie_over_one_another_and_both_are_told() {
        let step = |epoch: u64| {
            let network = if epoch.is_multiple_of(2) {
                Network::Discriminator
            } else {
                Network::Generator
            };
            (epoch, Action::Step(network))
        };
        let timeline = timeline((500..1000).map(step));
        let strip = strip();
        let marks = of(&timeline, &strip);
        let rects: Vec<Rect> = marks.iter().map(|mark| mark.rect(&strip)).collect();
        assert_eq!(rects.len(), 2);
        assert!(rects[0].top() >= rects[1].bottom());
        let at = pos2(strip.x(700.0), strip.rect.bottom() - 1.0);
        assert_eq!(under(&marks, &strip, at).unwrap().lines().count(), 2);
    }
}
