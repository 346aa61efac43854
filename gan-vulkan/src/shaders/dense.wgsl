// A fully connected layer, forward beside backward, to be read beside gan-core/src/dense.rs. The order of
// sums is the contract's (section 3), whatever the workgroup's size.

// A layer of weights: where its network's parameters begin, its own place among them, its widths, its first
// input row, and what its outputs and its inputs came through.
struct Layer {
    network: u32,
    offset: u32,
    inputs: u32,
    outputs: u32,
    row: u32,
    activation: u32,
    gate: u32,
}

// Up to 4 rows' numbers of one sample, from the first row's place on.
fn set_rows(place: u32, count: u32, values: vec4<f32>) {
    set_row(place, values.x);
    if (count > 1u) {
        set_row(place + BATCH, values.y);
    }
    if (count > 2u) {
        set_row(place + 2u * BATCH, values.z);
    }
    if (count > 3u) {
        set_row(place + 3u * BATCH, values.w);
    }
}

// What leaky ReLU lets pass of a negative number.
fn slope_of(layer: Layer) -> f32 {
    return from_bits(setting(select(G_SLOPE, D_SLOPE, layer.network == DISCRIMINATOR)));
}

// output[o][n] = activation(bias[o] + sum over i of weight[o][i] * input[i][n]); an item is 4 outputs of
// one sample. Past the last output the last is computed again and not stored.
fn forward(layer: Layer) {
    let weights = layer.network + layer.offset;
    let inputs = layer.inputs;
    let outputs = layer.outputs;
    let end = min(dispatch.end_item, (outputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let o = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(outputs - 1u));
        let biases = weights + inputs * outputs + o;
        let w = weights + o * inputs;
        var sums = vec4(parameter(biases.x), parameter(biases.y), parameter(biases.z), parameter(biases.w));
        for (var i = 0u; i < inputs; i++) {
            let x = row((layer.row + i) * BATCH + n);
            sums = sums + vec4(parameter(w.x + i), parameter(w.y + i), parameter(w.z + i), parameter(w.w + i)) * x;
        }
        if (layer.activation == RELU) {
            sums = relu(sums);
        } else if (layer.activation == TANH) {
            // G's 2 outputs.
            sums = vec4(hyperbolic_tangent(sums.x), hyperbolic_tangent(sums.y), 0.0, 0.0);
        } else if (HAS_LEAKY_RELU && layer.activation == LEAKY_RELU) {
            sums = select(slope_of(layer) * sums, sums, sums > vec4(0.0));
        } else if (HAS_HIDDEN_TANH && layer.activation == HIDDEN_TANH) {
            sums = vec4(
                hyperbolic_tangent(sums.x),
                hyperbolic_tangent(sums.y),
                hyperbolic_tangent(sums.z),
                hyperbolic_tangent(sums.w),
            );
        }
        set_rows((layer.row + inputs + o.x) * BATCH + n, outputs - o.x, sums);
    }
    all_done();
}

// input_delta[i][n] = gate(sum over o of weight[o][i] * output_delta[o][n]), in the place of input[i][n];
// an item is 4 inputs of one sample. `matched` is D's output layer, where features are to match.
fn backward(layer: Layer, matched: bool) {
    let weights = layer.network + layer.offset;
    let inputs = layer.inputs;
    let outputs = layer.outputs;
    let end = min(dispatch.end_item, (inputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let i = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(inputs - 1u));
        var sums = vec4(0.0);
        for (var o = 0u; o < outputs; o++) {
            let delta = row((layer.row + inputs + o) * BATCH + n);
            let w = weights + o * inputs + i;
            sums = sums + vec4(parameter(w.x), parameter(w.y), parameter(w.z), parameter(w.w)) * delta;
        }
        if (FEATURE_MATCHING && matched) {
            sums = drawn_to_features(sums, i);
        }
        let place = (layer.row + i.x) * BATCH + n;
        // What G made, also where D saw something else.
        let made = (i + select(layer.row, CLEAN_ROW, DISGUISED && layer.gate == TANH)) * BATCH + n;
        let x = vec4(row(made.x), row(made.y), row(made.z), row(made.w));
        if (layer.gate == TANH) {
            // D's 2 inputs.
            let deltas = sums * (vec4(1.0) - x * x);
            sums = vec4(canonical(deltas.x), canonical(deltas.y), 0.0, 0.0);
        } else if (HAS_LINEAR_OUTPUT && layer.gate == LINEAR) {
            sums = vec4(canonical(sums.x), canonical(sums.y), 0.0, 0.0);
        } else if (HAS_LEAKY_RELU && layer.gate == LEAKY_RELU) {
            sums = select(slope_of(layer) * sums, sums, x > vec4(0.0));
        } else if (HAS_HIDDEN_TANH && layer.gate == HIDDEN_TANH) {
            sums = sums * (vec4(1.0) - x * x);
        } else {
            sums = select(vec4(0.0), sums, x > vec4(0.0));
        }
        set_rows(place, inputs - i.x, sums);
    }
    all_done();
}

// Gradients of a layer's parameters, summed over the batch: weight [o][i]: sum over n of delta[o][n] *
// input[i][n]; a bias is the weight of an input that is 1. An item is 2 outputs x 2 inputs, computed by 16
// invocations, each with the samples of one of the contract's 16 partial sums.
fn gradients(layer: Layer, role: u32) {
    let inputs = layer.inputs;
    let outputs = layer.outputs;
    let columns = (inputs + 2u) / 2u;
    // A penalty has tangents in place of activations, beside the deltas; nothing of it falls on biases.
    let of_penalty = STEEPNESS && role == STEEP;
    let end = min(dispatch.end_item, (outputs + 1u) / 2u * columns);
    for (var first = dispatch.first_item; first < end; first += TILES) {
        let lane = invocation % 16u;
        let tile = min(first + invocation / 16u, end - 1u);
        let o = min(tile / columns * 2u + vec2(0u, 1u), vec2(outputs - 1u));
        let i = min(tile % columns * 2u + vec2(0u, 1u), vec2(inputs));
        let deltas = (layer.row + inputs + o + select(0u, BESIDE, of_penalty)) * BATCH;
        let activations = (layer.row + i) * BATCH;
        var sums = vec4(0.0);
        for (var n = lane; n < BATCH; n += 16u) {
            let delta = vec2(row(deltas.x + n), row(deltas.y + n));
            let x = select(vec2(row(activations.x + n), row(activations.y + n)), vec2(1.0), i == vec2(inputs));
            sums = sums + delta.xxyy * x.xyxy;
        }
        let place = invocation / 16u * 17u + lane;
        partials[place] = sums.x;
        partials[place + TILES * 17u] = sums.y;
        partials[place + 2u * TILES * 17u] = sums.z;
        partials[place + 3u * TILES * 17u] = sums.w;
        workgroupBarrier();
        if (invocation < 4u * TILES) {
            let k = invocation / TILES;
            let tile = first + invocation % TILES;
            let o = tile / columns * 2u + k / 2u;
            let i = tile % columns * 2u + k % 2u;
            if (tile < end && o < outputs && i <= inputs && !(of_penalty && i == inputs)) {
                let place = layer.offset + select(o * inputs + i, outputs * inputs + o, i == inputs);
                let sum = canonical(fold(invocation * 17u));
                // D's real batch comes first; the fake one joins it, and a penalty both.
                let joins = role == FAKE || of_penalty;
                set_gradient(place, select(sum, canonical(gradient(place) + sum), joins));
            }
        }
        workgroupBarrier();
    }
    all_done();
}

// The mean of each of 4 features over the fake batch is drawn to that over the real one, and the loss has the
// rest. Their sums over both batches stand where G's gradients will.
fn drawn_to_features(sums: vec4<f32>, feature: vec4<u32>) -> vec4<f32> {
    let weight = factor(MATCHING_FACTOR);
    let real = vec4(gradient(feature.x), gradient(feature.y), gradient(feature.z), gradient(feature.w));
    let at = feature + D_NEURONS;
    let fake = vec4(gradient(at.x), gradient(at.y), gradient(at.z), gradient(at.w));
    let apart = -2.0 * (real * INVERSE_BATCH - fake * INVERSE_BATCH);
    return (1.0 - weight) * sums + weight * (apart * INVERSE_BATCH);
}

// 16 partial sums to 8, 4, 2, 1, upper half onto lower half.
fn fold(at: u32) -> f32 {
    let s0 = vec4(partials[at], partials[at + 1u], partials[at + 2u], partials[at + 3u]);
    let s4 = vec4(partials[at + 4u], partials[at + 5u], partials[at + 6u], partials[at + 7u]);
    let s8 = vec4(partials[at + 8u], partials[at + 9u], partials[at + 10u], partials[at + 11u]);
    let s12 = vec4(partials[at + 12u], partials[at + 13u], partials[at + 14u], partials[at + 15u]);
    let four = (s0 + s8) + (s4 + s12);
    let two = four.xy + four.zw;
    return two.x + two.y;
}
