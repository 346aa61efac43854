//! Nothing overlaps and nothing leaves its place, in small windows and large.

use crate::support::{Recorder, Viewer, viewer};
use egui::{Pos2, Rect, Vec2};
use egui_kittest::kittest::NodeT as _;
use gan_core::configuration::{HiddenLayers, LearningRate, Loss, Neurons, Optimizer, UpdatesPerEpoch};
use gan_core::{Network, Preset};
use lab::{Experiment, Status};
use views::graph::{GraphLayout, Node, edges};
use views::{LayersPanel, Panels, Scale};

pub const WINDOWS: [[f32; 2]; 7] = [
    [940.0, 590.0],
    [960.0, 640.0],
    [1024.0, 700.0],
    [1280.0, 720.0],
    [1280.0, 800.0],
    [1920.0, 1080.0],
    [2560.0, 1440.0],
];

fn window(size: [f32; 2]) -> Rect {
    Rect::from_min_size(Pos2::ZERO, Vec2::from(size))
}

/// Whether they share more than a border.
fn overlap(one: Rect, other: Rect) -> bool {
    one.shrink(0.5).intersects(other.shrink(0.5))
}

#[test]
fn panels_fill_the_window_without_overlap() {
    for size in WINDOWS {
        let window = window(size);
        let Panels {
            top_bar,
            choices,
            graph,
            metrics,
            layers,
            timeline,
        } = Panels::new(window, Scale::of_window(window));
        let panels = [top_bar, choices, graph, metrics, layers, timeline];
        for (index, panel) in panels.iter().enumerate() {
            assert!(window.contains_rect(*panel), "{size:?}: {panel}");
            assert!(
                panels[index + 1..].iter().all(|other| !overlap(*panel, *other)),
                "{size:?}"
            );
        }
        let area: f32 = panels.iter().map(Rect::area).sum();
        assert!((area - window.area()).abs() < 1.0, "{size:?}: {area}");
    }
}

#[test]
fn nodes_of_the_graph_stay_in_it_and_apart() {
    for size in WINDOWS {
        let scale = Scale::of_window(window(size));
        let panel = Panels::new(window(size), scale).graph;
        let layout = GraphLayout::new(panel, scale);
        for (index, node) in Node::ALL.into_iter().enumerate() {
            let rect = layout.node(node);
            assert!(panel.contains_rect(rect), "{size:?}: {node:?}");
            for other in &Node::ALL[index + 1..] {
                assert!(
                    !overlap(rect, layout.node(*other)),
                    "{size:?}: {node:?} and {other:?}"
                );
            }
        }
        let edges = edges(&layout, scale);
        let mut corners = edges.iter().flat_map(|edge| &edge.path);
        assert!(corners.all(|corner| panel.contains(*corner)), "{size:?}");
    }
}

#[test]
fn the_canvas_is_large_and_leaves_room_for_its_legend() {
    for size in WINDOWS {
        let scale = Scale::of_window(window(size));
        let panel = Panels::new(window(size), scale).layers;
        let LayersPanel { canvas, legend, .. } = LayersPanel::new(panel, scale);
        assert!(
            panel.contains_rect(canvas) && panel.contains_rect(legend),
            "{size:?}"
        );
        assert!(!overlap(canvas, legend), "{size:?}");
        assert!(
            canvas.width() > 0.78 * panel.width(),
            "{size:?}: {}",
            canvas.width()
        );
    }
}

/// egui lays the words out, so the test asks for their places.
#[test]
fn everything_with_a_name_stays_in_the_window_and_apart() {
    // The longest words that can stand at the nodes.
    let mut configuration = Preset::Gaussians.configuration();
    for network in [Network::Generator, Network::Discriminator] {
        let network = configuration.network_mut(network);
        network.hidden_layers = HiddenLayers::MOST;
        network.neurons = Neurons::MOST;
        network.learning_rate = LearningRate::new(0.000_012_345_679).unwrap();
        network.updates_per_epoch = UpdatesPerEpoch::MOST;
        network.optimizer = Optimizer::Adam;
    }
    configuration.loss = Loss::LeastSquares;
    let experiment = Experiment::preset(Preset::Gaussians, u64::MAX)
        .with_configuration(configuration)
        .unwrap();
    for size in WINDOWS {
        let mut viewer = viewer(size, Recorder::new(experiment.clone(), Status::Paused));
        assert_apart(&viewer, size);
        // The same words take more room when they are controls.
        viewer.state_mut().0.toggle_edit();
        viewer.run_steps(2);
        assert_apart(&viewer, size);
    }
}

/// Nothing with a name leaves the window or lies over another.
pub fn assert_apart(viewer: &Viewer, size: [f32; 2]) {
    let named: Vec<(String, Rect)> = viewer
        .root()
        .children_recursive()
        .filter(|node| node.children().next().is_none())
        .filter_map(|node| {
            // The words of a label are its value.
            let named = node.accesskit_node();
            Some((named.label().or(named.value())?, node.rect()))
        })
        .collect();
    assert!(named.len() > 50, "{}", named.len());
    for (index, (name, rect)) in named.iter().enumerate() {
        assert!(window(size).contains_rect(*rect), "{size:?}: {name} at {rect}");
        for (other, place) in &named[index + 1..] {
            assert!(
                !overlap(*rect, *place),
                "{size:?}: {name} at {rect}, {other} at {place}"
            );
        }
    }
}

#[test]
fn no_window_is_too_small_to_survive() {
    for size in [[0.0, 0.0], [1.0, 300.0], [300.0, 1.0], [200.0, 150.0]] {
        viewer(
            size,
            Recorder::new(Experiment::preset(Preset::Line, 1), Status::Paused),
        );
    }
}
