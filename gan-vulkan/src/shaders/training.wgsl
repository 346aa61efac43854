// Trains GANs, one a workgroup: the contract's section 6, to be read beside gan-core's dense.rs, loss.rs,
// optimizer.rs and training.rs. Ahead of this text stand its sizes (constants written by sizes.rs),
// functions.wgsl, and shared.wgsl or storage.wgsl, which say where the numbers lie.
//
// An epoch is updates, an update is steps (numbered as in steps.rs), a step is items that the workgroup's
// invocations share out; between two steps stands a barrier. A dispatch runs whole epochs, or some steps
// of one update, or some items of one step, so that no dispatch need last longer than a driver allows.
//
// Rows of activations are `[row][sample]`: G's from the noise to the fake samples, which are D's inputs at
// the same time, then D's to its logits. On the way back each layer's deltas take the place of its
// activations, so one set of rows serves both of D's batches, one after the other.

struct Dispatch {
    // How often the updates below are run.
    epochs: u32,
    first_update: u32,
    end_update: u32,
    first_step: u32,
    end_step: u32,
    first_item: u32,
    end_item: u32,
    flags: u32,
    // Rounds of the last loop.
    guard: u32,
}

// The rows left by the dispatch before are still needed.
const RESUME: u32 = 1u;
// The next dispatch needs the rows.
const KEEP: u32 = 2u;
// The last update of an epoch is among those run.
const COUNTS: u32 = 4u;

var<immediate> dispatch: Dispatch;
// Packed states (gan_core::packed), one after another.
@group(0) @binding(0) var<storage, read_write> states: array<u32>;
// Hyper-parameters, SETTINGS words a GAN.
@group(0) @binding(1) var<storage, read> settings: array<u32>;
// Real points and noise vectors `[sample][component]`, of all GANs.
@group(0) @binding(2) var<storage, read> atlases: array<f32>;
// 1 where loops were cut short, then rows and gradients, WORK_WORDS a GAN.
@group(0) @binding(3) var<storage, read_write> work: array<f32>;

const SETTINGS: u32 = 10u;
const SGD: u32 = 0u;
const LEAST_SQUARES: u32 = 1u;
const REAL: u32 = 0u;
const FAKE: u32 = 1u;
const FOOLING: u32 = 2u;
// What follows a layer's dot products.
const RELU: u32 = 0u;
const TANH: u32 = 1u;
const LINEAR: u32 = 2u;

var<private> gan: u32;
var<private> invocation: u32;
// Epoch, real and noise cursor, two words each: the first words of the state.
var<workgroup> counts: array<u32, 6>;
// 0, or the update at which the run stopped, as in the state.
var<workgroup> stopped: u32;
// Bit 0: D has had a loss computed, bit 1: G has; as in the state.
var<workgroup> judged: u32;
var<workgroup> not_finite: atomic<u32>;
// Partial sums over the batch: 4 parameters of each of the tiles under way, 16 each and 1 to spare, which
// spreads them over the memory's banks.
var<workgroup> partials: array<f32, PARTIALS>;

fn setting(i: u32) -> u32 {
    return settings[gan * SETTINGS + i];
}

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
            // Only G's 2 outputs come through tanh.
            sums = vec4(hyperbolic_tangent(sums.x), hyperbolic_tangent(sums.y), 0.0, 0.0);
        }
        set_rows((layer.row + inputs + o.x) * BATCH + n, outputs - o.x, sums);
    }
    all_done();
}

// input_delta[i][n] = gate(sum over o of weight[o][i] * output_delta[o][n]), in the place of input[i][n];
// an item is 4 inputs of one sample.
fn backward(layer: Layer) {
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
        let place = (layer.row + i.x) * BATCH + n;
        let x = vec4(
            row((layer.row + i.x) * BATCH + n),
            row((layer.row + i.y) * BATCH + n),
            row((layer.row + i.z) * BATCH + n),
            row((layer.row + i.w) * BATCH + n),
        );
        if (layer.gate == TANH) {
            // Only D's 2 inputs lie behind tanh.
            let deltas = sums * (vec4(1.0) - x * x);
            sums = vec4(canonical(deltas.x), canonical(deltas.y), 0.0, 0.0);
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
    let end = min(dispatch.end_item, (outputs + 1u) / 2u * columns);
    for (var first = dispatch.first_item; first < end; first += TILES) {
        let lane = invocation % 16u;
        let tile = min(first + invocation / 16u, end - 1u);
        let o = min(tile / columns * 2u + vec2(0u, 1u), vec2(outputs - 1u));
        let i = min(tile % columns * 2u + vec2(0u, 1u), vec2(inputs));
        let deltas = (layer.row + inputs + o) * BATCH;
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
            if (tile < end && o < outputs && i <= inputs) {
                let place = layer.offset + select(o * inputs + i, outputs * inputs + o, i == inputs);
                let sum = canonical(fold(invocation * 17u));
                // D's real batch comes first; the fake one joins it.
                set_gradient(place, select(sum, canonical(gradient(place) + sum), role == FAKE));
            }
        }
        workgroupBarrier();
    }
    all_done();
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

// Logits -> derivatives of the loss in them, in their place. The logits are kept for the losses shown.
fn output_deltas(role: u32) {
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let place = LOGIT_ROW * BATCH + n;
        let logit = row(place);
        states[gan * STATE_WORDS + LOGITS_AT + role * BATCH + n] = bits(logit);
        let p = canonical(sigmoid(logit));
        let q = canonical(sigmoid(-logit));
        var delta: f32;
        if (setting(2u) == LEAST_SQUARES) {
            delta = select(-((2.0 * q) * (p * q)), (2.0 * p) * (p * q), role == FAKE);
        } else if (role == REAL) {
            delta = -(0.95 * q);
        } else {
            delta = select(-q, p, role == FAKE);
        }
        set_row(place, canonical(delta * INVERSE_BATCH));
    }
    if (invocation == 0u) {
        judged |= select(1u, 2u, role == FOOLING);
    }
    all_done();
}

// A batch from an atlas, from its cursor on, into rows.
fn gather(atlas: u32, cursor: u32, components: u32, first_row: u32) {
    let length = setting(9u);
    // The cursor, 64 bits, modulo the length, which is below 2^20: a byte of the low word at a time.
    var first = counts[cursor + 1u] % length;
    for (var shift = 32u; shift > 0u; shift -= 8u) {
        first = ((first << 8u) | ((counts[cursor] >> (shift - 8u)) & 255u)) % length;
    }
    for (var n = dispatch.first_item + invocation; n < min(dispatch.end_item, BATCH); n += WORKGROUP) {
        let sample = atlas + (first + n) % length * components;
        set_row(first_row * BATCH + n, atlases[sample]);
        if (components == 2u) {
            set_row((first_row + 1u) * BATCH + n, atlases[sample + 1u]);
        }
    }
    all_done();
}

// Parameter, first and second moment after an update.
struct Updated {
    parameter: f32,
    mean: f32,
    square: f32,
}

// What `updated` needs: settings of one network, and the powers of beta after the update.
struct Step {
    optimizer: u32,
    rate: f32,
    power_1: f32,
    power_2: f32,
}

fn updated(step: Step, x: f32, g: f32, mean: f32, square: f32) -> Updated {
    if (step.optimizer == SGD) {
        return Updated(canonical(x - step.rate * g), mean, square);
    }
    let m = canonical(0.9 * mean + 0.1 * g);
    let v = canonical_square(0.999 * square + 0.001 * (g * g));
    let denominator = square_root(divide(v, 1.0 - step.power_2)) + 1e-8;
    let ahead = divide(divide(m, 1.0 - step.power_1), denominator);
    return Updated(canonical(x - step.rate * ahead), m, v);
}

// A network's parameters follow their gradients, unless a number would not be finite: then everything
// stays and the run has stopped.
fn update(of_discriminator: bool, number: u32) {
    let first = select(GENERATOR, DISCRIMINATOR, of_discriminator);
    let count = select(GENERATOR_PARAMETERS, DISCRIMINATOR_PARAMETERS, of_discriminator);
    let network = u32(of_discriminator);
    let state = gan * STATE_WORDS + select(GENERATOR_AT, DISCRIMINATOR_AT, of_discriminator);
    let powers = state - 2u;
    let step = Step(
        setting(3u + network),
        from_bits(setting(network)),
        canonical_square(from_bits(states[powers]) * 0.9),
        canonical_square(from_bits(states[powers + 1u]) * 0.999),
    );
    let means = state + count;
    let squares = means + count;
    for (var i = invocation; i < count; i += WORKGROUP) {
        let x = parameter(first + i);
        let now = updated(step, x, gradient(i), from_bits(states[means + i]), from_bits(states[squares + i]));
        if (not_finite_bits(now.parameter) || not_finite_bits(now.mean) || not_finite_bits(now.square)) {
            atomicOr(&not_finite, 1u);
        }
    }
    workgroupBarrier();
    if (invocation == 0u && atomicLoad(&not_finite) != 0u) {
        stopped = 1u + number;
    }
    if (workgroupUniformLoad(&stopped) == 0u) {
        for (var i = invocation; i < count; i += WORKGROUP) {
            let x = parameter(first + i);
            let now = updated(step, x, gradient(i), from_bits(states[means + i]), from_bits(states[squares + i]));
            set_parameter(first + i, now.parameter);
            if (step.optimizer != SGD) {
                states[means + i] = bits(now.mean);
                states[squares + i] = bits(now.square);
            }
        }
        if (invocation == 0u) {
            if (step.optimizer != SGD) {
                states[powers] = bits(step.power_1);
                states[powers + 1u] = bits(step.power_2);
            }
            count_up(4u, BATCH);
            if (of_discriminator) {
                count_up(2u, BATCH);
            }
        }
    }
    storageBarrier();
    all_done();
}

// Adds to a count of 64 bits.
fn count_up(at: u32, by: u32) {
    counts[at] += by;
    if (counts[at] < by) {
        counts[at + 1u] += 1u;
    }
}

// Layer l of the generator: noise -> neurons -> ... -> neurons -> 2.
fn generator_layer(l: u32) -> Layer {
    let first = l == 0u;
    let last = l + 1u == G_LAYERS;
    return Layer(
        GENERATOR,
        select((NOISE + 1u) * G_NEURONS + (l - 1u) * (G_NEURONS + 1u) * G_NEURONS, 0u, first),
        select(G_NEURONS, NOISE, first),
        select(G_NEURONS, 2u, last),
        select(NOISE + (l - 1u) * G_NEURONS, 0u, first),
        select(RELU, TANH, last),
        RELU,
    );
}

// Layer l of the discriminator: 2 -> neurons -> ... -> neurons -> 1. Its inputs are behind G's tanh.
fn discriminator_layer(l: u32) -> Layer {
    let first = l == 0u;
    let last = l + 1u == D_LAYERS;
    return Layer(
        DISCRIMINATOR,
        select(3u * D_NEURONS + (l - 1u) * (D_NEURONS + 1u) * D_NEURONS, 0u, first),
        select(D_NEURONS, 2u, first),
        select(D_NEURONS, 1u, last),
        D_ROW + select(2u + (l - 1u) * D_NEURONS, 0u, first),
        select(RELU, LINEAR, last),
        select(RELU, TANH, first),
    );
}

// What a step does.
struct Work {
    kind: u32,
    layer: Layer,
    role: u32,
}

const NOTHING: u32 = 0u;
const GATHER_REAL: u32 = 1u;
const GATHER_NOISE: u32 = 2u;
const FORWARD: u32 = 3u;
const OUTPUT_DELTAS: u32 = 4u;
const BACKWARD: u32 = 5u;
const GRADIENTS: u32 = 6u;
const UPDATE: u32 = 7u;

// A step of D's update: the real batch through D and back, the noise through G, the fake batch through D
// and back, the update.
fn discriminator_work(step: u32) -> Work {
    let role = select(REAL, FAKE, step > HALF);
    // Within the batch's way through D: forward, deltas, then gradients and deltas of each layer in turns.
    let way = select(step - 1u, step - 1u - HALF - G_LAYERS, step > HALF + G_LAYERS);
    if (step == 0u) {
        return Work(GATHER_REAL, discriminator_layer(0u), role);
    }
    if (step == HALF) {
        return Work(GATHER_NOISE, generator_layer(0u), role);
    }
    if (step > HALF && step <= HALF + G_LAYERS) {
        return Work(FORWARD, generator_layer(step - HALF - 1u), role);
    }
    if (way < D_LAYERS) {
        return Work(FORWARD, discriminator_layer(way), role);
    }
    if (way == D_LAYERS) {
        return Work(OUTPUT_DELTAS, discriminator_layer(0u), role);
    }
    if (way < 3u * D_LAYERS) {
        let back = way - D_LAYERS - 1u;
        return Work(GRADIENTS - back % 2u, discriminator_layer(D_LAYERS - 1u - back / 2u), role);
    }
    return Work(select(NOTHING, UPDATE, way == 3u * D_LAYERS), discriminator_layer(0u), role);
}

// A step of G's update: noise through G and D, back through D and G, the update.
fn generator_work(step: u32) -> Work {
    let there = G_LAYERS + D_LAYERS;
    if (step == 0u) {
        return Work(GATHER_NOISE, generator_layer(0u), FOOLING);
    }
    if (step <= G_LAYERS) {
        return Work(FORWARD, generator_layer(step - 1u), FOOLING);
    }
    if (step <= there) {
        return Work(FORWARD, discriminator_layer(step - 1u - G_LAYERS), FOOLING);
    }
    if (step == there + 1u) {
        return Work(OUTPUT_DELTAS, discriminator_layer(0u), FOOLING);
    }
    if (step <= there + 1u + D_LAYERS) {
        return Work(BACKWARD, discriminator_layer(there + 1u + D_LAYERS - step), FOOLING);
    }
    let back = step - (there + 2u + D_LAYERS);
    if (back < 2u * G_LAYERS - 1u) {
        return Work(GRADIENTS - back % 2u, generator_layer(G_LAYERS - 1u - back / 2u), FOOLING);
    }
    return Work(select(NOTHING, UPDATE, back == 2u * G_LAYERS - 1u), generator_layer(0u), FOOLING);
}

// One step; `number` names the update where a run stops.
fn run(work: Work, number: u32) {
    switch (work.kind) {
        case GATHER_REAL, GATHER_NOISE: {
            let real = work.kind == GATHER_REAL;
            gather(setting(select(8u, 7u, real)), select(4u, 2u, real), work.layer.inputs, work.layer.row);
        }
        case FORWARD: {
            forward(work.layer);
        }
        case OUTPUT_DELTAS: {
            output_deltas(work.role);
        }
        case BACKWARD: {
            backward(work.layer);
        }
        case GRADIENTS: {
            gradients(work.layer, work.role);
        }
        case UPDATE: {
            // It is never cut; a dispatch of later items of this step is for the other network's.
            if (dispatch.first_item == 0u) {
                update(work.role != FOOLING, number);
            }
        }
        default: {}
    }
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) index: u32, @builtin(workgroup_id) group: vec3<u32>) {
    gan = group.x;
    invocation = index;
    let state = gan * STATE_WORDS;
    if (invocation == 0u) {
        for (var i = 0u; i < 6u; i++) {
            counts[i] = states[state + i];
        }
        stopped = states[state + 6u];
        judged = states[state + 7u];
        atomicStore(&not_finite, 0u);
    }
    bring();
    all_done();
    let discriminator_updates = setting(6u);
    let updates = discriminator_updates + setting(5u);
    for (var epoch = 0u; epoch < dispatch.epochs; epoch++) {
        for (var number = dispatch.first_update; number < min(dispatch.end_update, updates); number++) {
            if (workgroupUniformLoad(&stopped) != 0u) {
                break;
            }
            let of_discriminator = number < discriminator_updates;
            // As the state names the place where a run stops.
            let name = select(2u * (number - discriminator_updates) + 1u, 2u * number, of_discriminator);
            for (var step = dispatch.first_step; step < dispatch.end_step; step++) {
                var work = generator_work(step);
                if (of_discriminator) {
                    work = discriminator_work(step);
                }
                run(work, name);
            }
        }
        if (workgroupUniformLoad(&stopped) == 0u && invocation == 0u && (dispatch.flags & COUNTS) != 0u) {
            count_up(0u, 1u);
        }
    }
    all_done();
    take_back();
    if (invocation == 0u) {
        for (var i = 0u; i < 6u; i++) {
            states[state + i] = counts[i];
        }
        states[state + 6u] = stopped;
        states[state + 7u] = judged;
    }
    // Where a driver cuts loops short, this one is cut too, and the host is told.
    var rounds = 0u;
    for (var i = 0u; i < dispatch.guard; i++) {
        rounds += 1u + (i & 1u);
    }
    if (rounds != dispatch.guard + dispatch.guard / 2u) {
        work[0] = 1.0;
    }
}
