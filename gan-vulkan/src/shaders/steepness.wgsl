// Penalties on how steep the discriminator is, to be read beside gan-core/src/techniques/penalty.rs: for D
// with ReLU or leaky ReLU, which are straight on either side of 0.
//
// D runs forward again at the samples that count. Its rows stay as they are while the logit's derivatives are
// made in rows BESIDE them; then tangents take the rows' places, layer by layer.

// D's inputs at which it is to be less steep: the real batch, or points between it and the fake one.
fn gather_steep() {
    let length = setting(OWN_LENGTH);
    let layer = discriminator_layer(0u);
    let first = remainder_of_count(REAL_CURSOR, setting(ATLAS_LENGTH));
    let own = remainder_of_count(REAL_CURSOR, length);
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = layer.row * BATCH + n;
        let fake = vec2(row(place), row(place + BATCH));
        let sample = setting(REAL_ATLAS) + (first + n) % setting(ATLAS_LENGTH) * 2u;
        set_row(place, atlases[sample]);
        set_row(place + BATCH, atlases[sample + 1u]);
        if (INSTANCE_NOISE) {
            blurred(place, setting(REAL_NOISE) + (own + n) % length * 2u);
        }
        if (GRADIENT_PENALTY) {
            // The fake batch stood here, as D saw it.
            let share = atlases[setting(MIXING) + (own + n) % length];
            let real = vec2(row(place), row(place + BATCH));
            let between = real + share * (fake - real);
            set_row(place, canonical(between.x));
            set_row(place + BATCH, canonical(between.y));
        }
        set_row((BESIDE + LOGIT_ROW) * BATCH + n, 1.0);
    }
    all_done();
}

// slope[i][n] = gate(sum over o of weight[o][i] * slope[o][n]), an item is 4 inputs of one sample: as `backward`,
// but beside the activations.
fn slopes(layer: Layer) {
    let weights = layer.network + layer.offset;
    let inputs = layer.inputs;
    let outputs = layer.outputs;
    let end = min(dispatch.end_item, (inputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let i = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(inputs - 1u));
        var sums = vec4(0.0);
        for (var o = 0u; o < outputs; o++) {
            let slope = row((BESIDE + layer.row + inputs + o) * BATCH + n);
            let w = weights + o * inputs + i;
            sums = sums + vec4(parameter(w.x), parameter(w.y), parameter(w.z), parameter(w.w)) * slope;
        }
        // D's own inputs are behind no gate here.
        if (layer.row != D_ROW) {
            sums = gated(layer, sums, (i + layer.row) * BATCH + n);
        }
        set_rows((BESIDE + layer.row + i.x) * BATCH + n, inputs - i.x, sums);
    }
    all_done();
}

// 4 deltas or tangents of D's hidden neurons behind their gates, which are told by the activations at `made`.
fn gated(layer: Layer, sums: vec4<f32>, made: vec4<u32>) -> vec4<f32> {
    let open = vec4(row(made.x), row(made.y), row(made.z), row(made.w)) > vec4(0.0);
    var closed = vec4(0.0);
    if (HAS_LEAKY_RELU && D_HIDDEN == LEAKY_RELU) {
        closed = slope_of(layer) * sums;
    }
    return select(closed, sums, open);
}

// The tangents at D's inputs, in the place of the samples.
fn input_tangents() {
    let weight = from_bits(setting(STEEPNESS_FACTOR));
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = D_ROW * BATCH + n;
        let x = row(BESIDE * BATCH + place);
        let y = row((BESIDE + 1u) * BATCH + place);
        var pull = weight;
        if (GRADIENT_PENALTY) {
            let root = square_root(x * x + y * y);
            let norm = select(1e-12, root, root > 1e-12);
            pull = weight * divide(norm - 1.0, norm);
        }
        set_row(place, pull * x);
        set_row(place + BATCH, pull * y);
    }
    all_done();
}

// tangent[o][n] = gate(sum over i of weight[o][i] * tangent[i][n]) in the place of the activation: as `forward`,
// without biases.
fn tangents(layer: Layer) {
    let weights = layer.network + layer.offset;
    let inputs = layer.inputs;
    let outputs = layer.outputs;
    let end = min(dispatch.end_item, (outputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let o = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(outputs - 1u));
        let w = weights + o * inputs;
        var sums = vec4(0.0);
        for (var i = 0u; i < inputs; i++) {
            let t = row((layer.row + i) * BATCH + n);
            sums = sums + vec4(parameter(w.x + i), parameter(w.y + i), parameter(w.z + i), parameter(w.w + i)) * t;
        }
        let place = (layer.row + inputs + o) * BATCH + n;
        set_rows(place.x, outputs - o.x, gated(layer, sums, place));
    }
    all_done();
}
