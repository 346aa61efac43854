//! The layers on the canvas and in the nodes: questions, resolution, tooltips, the warp.

use std::sync::{Arc, OnceLock};

use egui::{Pos2, pos2};
use egui_kittest::kittest::Queryable as _;
use gan_core::configuration::NoiseDimensions;
use gan_core::{Point, Preset};
use lab::{Command, Drawing, Experiment, HeatmapSide, Inline, ManifoldPart, Session as _, Snapshot};
use views::projection::Projection;
use views::{Combination, Layer, LayerSet, Resolution};

use crate::support::{Recorder, Viewer, viewer};

/// The ring's preset with noise of one dimension or two, after as many epochs as bring all samples into
/// the square; trained once for all tests.
fn trained(dimensions: u32) -> Viewer {
    static RUNS: [OnceLock<Arc<Snapshot>>; 2] = [const { OnceLock::new() }; 2];
    let snapshot = RUNS[dimensions as usize - 1].get_or_init(|| {
        let mut configuration = Preset::Ring.configuration();
        configuration.noise.dimensions = NoiseDimensions::new(dimensions).unwrap();
        let experiment = Experiment::new(configuration, 12, Drawing::default()).unwrap();
        let mut run = Inline::new(experiment);
        run.run_epochs(1500).unwrap();
        run.latest()
    });
    viewer([1280.0, 800.0], Recorder::of((**snapshot).clone()))
}

fn ring() -> Viewer {
    trained(2)
}

fn of_one_dimension() -> Viewer {
    trained(1)
}

fn snapshot(viewer: &Viewer) -> Arc<Snapshot> {
    viewer.state().1.latest()
}

/// Place of a point in the picture of this name; a node's frame is up to 4 points wide.
fn place(viewer: &Viewer, name: &str, point: Point, frame: f32) -> Pos2 {
    Projection::onto(viewer.get_by_label(name).rect().shrink(frame)).place(point)
}

fn hover(viewer: &mut Viewer, place: Pos2) {
    viewer.hover_at(place);
    viewer.run_steps(8);
}

/// The middle of a cell of the manifold, no dot near it.
fn bare_cell(snapshot: &Snapshot) -> Point {
    let dots = || snapshot.real.iter().chain(&snapshot.fake);
    let far = |at: &Point| dots().all(|dot| (dot[0] - at[0]).abs().max((dot[1] - at[1]).abs()) > 0.03);
    let middle = |part| match part {
        ManifoldPart::Cell {
            corners: [a, _, c, _],
            ..
        } => [0, 1].map(|axis| 0.5 * (a[axis] + c[axis])),
        ManifoldPart::Stretch { ends, .. } => ends[0],
    };
    let mut middles = snapshot.manifold.parts().map(middle);
    middles.find(far).expect("a bare place on the manifold")
}

#[test]
fn a_question_shows_its_layers_and_says_how_to_read_them() {
    for combination in Combination::ALL {
        let mut viewer = ring();
        assert!(viewer.query_by_label(combination.sentence()).is_none());
        viewer.get_by_label(combination.question()).click();
        viewer.run_steps(2);
        assert_eq!(viewer.state().0.layers(), combination.layers());
        viewer.get_by_label(combination.sentence());
        assert_eq!(viewer.state().1.sent, [], "a question is no command");
        // Any other layer, and it is no longer that question's answer.
        viewer.get_by_label("Density contour").click();
        viewer.run_steps(2);
        assert!(viewer.query_by_label(combination.sentence()).is_none());
    }
}

#[test]
fn the_heatmap_is_asked_for_as_fine_as_the_canvas_and_as_coarse_as_before() {
    let mut viewer = ring();
    viewer.get_by_label("Heatmap per pixel").click();
    viewer.run_steps(6);
    assert_eq!(viewer.state().0.resolution(), Resolution::PerPixel);
    let pixels = viewer.get_by_label("Layered distributions").rect().width();
    let side = HeatmapSide::nearest(pixels as usize);
    assert!(side.get() > 400, "{side:?}");
    // The recorder never follows; it is asked once all the same.
    assert_eq!(viewer.state().1.sent, [Command::SetHeatmap(side)]);
    viewer.get_by_label("Heatmap 30×30").click();
    viewer.run_steps(6);
    assert_eq!(viewer.state().0.resolution(), Resolution::AsInGanLab);
    assert_eq!(viewer.state().1.sent.len(), 1, "it has 30×30 already");
}

#[test]
fn every_switch_changes_what_is_painted() {
    for layer in Layer::ALL.into_iter().filter(|layer| *layer != Layer::Average) {
        let mut viewer = ring();
        *viewer.state_mut().0.layers_mut() = LayerSet::of(&[]);
        viewer.run_steps(2);
        let before = viewer.output().shapes.clone();
        viewer.get_by_label(layer.name()).click();
        viewer.run_steps(2);
        // More than its switch, which the pointer is on.
        assert!(viewer.output().shapes.len() > before.len(), "{}", layer.name());
    }
}

#[test]
fn dots_in_the_nodes_tell_what_they_tell_on_the_canvas() {
    for (node, frame) in [
        ("Real samples in the graph", 1.0),
        ("Fake samples in the graph", 1.0),
        ("Predictions of real samples", 1.0),
        ("Predictions of fake samples", 1.0),
    ] {
        let mut viewer = ring();
        let snapshot = snapshot(&viewer);
        let (kind, [x, y], score) = if node.to_lowercase().contains("real") {
            ("Real", snapshot.real[3], snapshot.real_scores[3])
        } else {
            ("Fake", snapshot.fake[3], snapshot.fake_scores[3])
        };
        let at = place(&viewer, node, [x, y], frame);
        hover(&mut viewer, at);
        viewer.get_by_label_contains(&format!("{kind} sample at ({x:.3}, {y:.3})"));
        viewer.get_by_label_contains(&format!("The discriminator says {score:.3}"));
    }
}

#[test]
fn a_gradient_tells_its_slope_where_gradients_are_shown() {
    let mut viewer = ring();
    let snapshot = snapshot(&viewer);
    let ([x, y], [dx, dy]) = (snapshot.fake[3], snapshot.gradients[3]);
    let [dx, dy] = [dx, dy].map(|along| format!("{along:.2}").replace('-', "−"));
    let words = format!("Its gradient: ({dx}, {dy})");
    let at = place(&viewer, "Gradients in the graph", [x, y], 1.0);
    hover(&mut viewer, at);
    viewer.get_by_label_contains(&words);
    let at = place(&viewer, "Layered distributions", [x, y], 0.0);
    *viewer.state_mut().0.layers_mut() = LayerSet::of(&[Layer::Fake]);
    hover(&mut viewer, at);
    viewer.get_by_label_contains("Fake sample at");
    assert!(viewer.query_by_label_contains("Its gradient").is_none());
}

#[test]
fn noise_tells_which_sample_it_becomes() {
    for (mut viewer, dimensions) in [(ring(), 2), (of_one_dimension(), 1)] {
        let snapshot = snapshot(&viewer);
        let noise = snapshot.noise_places().nth(5).unwrap();
        let [x, y] = snapshot.fake[5];
        let at = place(&viewer, "Noise", noise, 1.0);
        hover(&mut viewer, at);
        let said = match dimensions {
            1 => format!("Noise {:.3}", noise[0]),
            _ => format!("Noise ({:.3}, {:.3})", noise[0], noise[1]),
        };
        viewer.get_by_label_contains(&said);
        viewer.get_by_label_contains(&format!("The generator makes it the sample ({x:.3}, {y:.3})"));
    }
}

#[test]
fn the_discriminators_node_tells_the_score_of_a_cell() {
    let mut viewer = ring();
    let score = snapshot(&viewer).heatmap.scores()[2 * 30 + 28];
    let at = place(&viewer, "Discriminator", [28.5 / 30.0, 2.5 / 30.0], 4.0);
    hover(&mut viewer, at);
    viewer.get_by_label_contains("A neural network that tells real samples from fake ones");
    viewer.get_by_label_contains("Cell around (0.950, 0.083)");
    viewer.get_by_label_contains(&format!("The discriminator says {score:.3}"));
}

#[test]
fn a_cell_of_the_manifold_tells_its_density_on_the_canvas_and_at_the_node() {
    let mut viewer = ring();
    let bare = bare_cell(&snapshot(&viewer));
    for (picture, frame) in [("Layered distributions", 0.0), ("Generator", 4.0)] {
        let at = place(&viewer, picture, bare, frame);
        hover(&mut viewer, at);
        viewer.get_by_label_contains("Cell of the manifold: ");
        viewer.get_by_label_contains("0.25 % of all land here");
    }
    // On the canvas, the heatmap's cell too; neither where its layer is off.
    let at = place(&viewer, "Layered distributions", bare, 0.0);
    hover(&mut viewer, at);
    viewer.get_by_label_contains("The discriminator says");
    *viewer.state_mut().0.layers_mut() = LayerSet::of(&[Layer::Heatmap]);
    viewer.run_steps(4);
    viewer.get_by_label_contains("The discriminator says");
    assert!(viewer.query_by_label_contains("Cell of the manifold").is_none());
}

#[test]
fn a_curve_tells_how_densely_samples_lie_along_it() {
    let mut viewer = of_one_dimension();
    let vertex = snapshot(&viewer).manifold.vertices()[100];
    let at = place(&viewer, "Generator", vertex, 4.0);
    hover(&mut viewer, at);
    viewer.get_by_label_contains("Stretch of the manifold: ");
    viewer.get_by_label_contains("0.50 % of all land here");
}

#[test]
fn the_warp_plays_while_the_pointer_is_on_the_generator_and_then_holds() {
    let mut viewer = ring();
    viewer.ctx.all_styles_mut(|style| style.animation_time = 0.1);
    // Nothing is warped and no layer of its own is needed.
    *viewer.state_mut().0.layers_mut() = LayerSet::of(&[Layer::Real]);
    viewer.run_steps(2);
    let at_rest = viewer.output().shapes.len();
    let generator = viewer.get_by_label("Generator").rect().center();
    viewer.hover_at(generator);
    // A quarter of a second each.
    let mut steps = Vec::new();
    for _ in 0..14 {
        viewer.run_steps(1);
        steps.push(viewer.output().shapes.clone());
    }
    assert!(
        steps[3].len() > at_rest + 100,
        "manifold and fake samples are shown"
    );
    for step in 3..8 {
        assert!(steps[step] != steps[step + 1], "it moves at step {step}");
    }
    assert!(steps[11] == steps[12] && steps[12] == steps[13], "it holds");
    viewer.hover_at(pos2(400.0, 5.0));
    viewer.run_steps(4);
    assert_eq!(viewer.output().shapes.len(), at_rest, "all as before");
    // And again from the beginning.
    viewer.hover_at(generator);
    viewer.run_steps(4);
    assert!(viewer.output().shapes != steps[13]);
}

#[test]
fn the_warp_can_be_held_anywhere_and_jumps_to_its_end_without_animations() {
    let mut viewer = ring();
    let mut held = |progress| {
        viewer.state_mut().0.set_warp(progress);
        viewer.run_steps(2);
        viewer.output().shapes.clone()
    };
    let (rest, begin, middle, end) = (held(None), held(Some(0.0)), held(Some(0.5)), held(Some(1.0)));
    assert!(begin != middle && middle != end && end != rest);
    assert!(held(None) == rest);
    let generator = viewer.get_by_label("Generator").rect();
    viewer.hover_at(generator.center());
    viewer.run_steps(1);
    viewer.run_steps(1);
    // Tooltips wait for the pointer to rest; what is painted besides is the end.
    let painted = viewer.output().shapes.len();
    assert!(painted >= end.len(), "{painted} of {}", end.len());
}
