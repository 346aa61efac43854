//! The layers of the large canvas.

use gan_core::Preset;
use views::{App, Layer, LayerSet, View};

use crate::{compare, trained};

#[test]
fn each_layer_alone_and_all_together() {
    let mut run = trained(Preset::Gaussians.configuration(), 13, 1500);
    let mut app = App::new();
    app.show(View::Layers);
    for layer in Layer::ALL {
        *app.layers_mut() = LayerSet::of(&[layer]);
        compare(
            &format!("layer-{layer:?}").to_lowercase(),
            &mut app,
            &mut run,
            [640, 480],
        );
    }
    *app.layers_mut() = LayerSet::of(&Layer::ALL);
    compare("layers-all", &mut app, &mut run, [640, 480]);
}
