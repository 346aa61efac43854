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
@group(0) @binding(0) @coherent var<storage, read_write> states: array<u32>;
// Hyper-parameters, SETTINGS words a GAN.
@group(0) @binding(1) var<storage, read> settings: array<u32>;
// Real points and noise vectors `[sample][component]`, of all GANs.
@group(0) @binding(2) var<storage, read> atlases: array<f32>;
// 1 where loops were cut short, then rows and gradients, WORK_WORDS a GAN.
@group(0) @binding(3) @coherent var<storage, read_write> work: array<f32>;

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

// output[o][n] = activation(bias[o] + sum over i of weight[o][i] * input[i][n]); an item is 4 outputs of
// one sample. Past the last output the last is computed again and not stored.
fn forward(weights: u32, inputs: u32, outputs: u32, first_row: u32, activation: u32) {
    let end = min(dispatch.end_item, (outputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let o = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(outputs - 1u));
        let biases = weights + inputs * outputs + o;
        let w = weights + o * inputs;
        var sums = vec4(parameter(biases.x), parameter(biases.y), parameter(biases.z), parameter(biases.w));
        for (var i = 0u; i < inputs; i++) {
            let x = row((first_row + i) * BATCH + n);
            sums = sums + vec4(parameter(w.x + i), parameter(w.y + i), parameter(w.z + i), parameter(w.w + i)) * x;
        }
        for (var k = 0u; k < 4u && item / BATCH * 4u + k < outputs; k++) {
            var y = sums[k];
            if (activation == RELU) {
                y = relu(y);
            } else if (activation == TANH) {
                y = hyperbolic_tangent(y);
            }
            set_row((first_row + inputs + o.x + k) * BATCH + n, y);
        }
    }
    all_done();
}

// input_delta[i][n] = gate(sum over o of weight[o][i] * output_delta[o][n]), in the place of input[i][n];
// an item is 4 inputs of one sample.
fn backward(weights: u32, inputs: u32, outputs: u32, first_row: u32, activation: u32) {
    let end = min(dispatch.end_item, (inputs + 3u) / 4u * BATCH);
    for (var item = dispatch.first_item + invocation; item < end; item += WORKGROUP) {
        let n = item % BATCH;
        let i = min(item / BATCH * 4u + vec4(0u, 1u, 2u, 3u), vec4(inputs - 1u));
        var sums = vec4(0.0);
        for (var o = 0u; o < outputs; o++) {
            let delta = row((first_row + inputs + o) * BATCH + n);
            let w = weights + o * inputs + i;
            sums = sums + vec4(parameter(w.x), parameter(w.y), parameter(w.z), parameter(w.w)) * delta;
        }
        for (var k = 0u; k < 4u && item / BATCH * 4u + k < inputs; k++) {
            let place = (first_row + i.x + k) * BATCH + n;
            let x = row(place);
            if (activation == TANH) {
                set_row(place, canonical(sums[k] * (1.0 - x * x)));
            } else {
                set_row(place, select(0.0, sums[k], x > 0.0));
            }
        }
    }
    all_done();
}

// Gradients of a layer's parameters, summed over the batch: weight [o][i]: sum over n of delta[o][n] *
// input[i][n]; a bias is the weight of an input that is 1. An item is 2 outputs x 2 inputs, computed by 16
// invocations, each with the samples of one of the contract's 16 partial sums.
fn gradients(offset: u32, inputs: u32, outputs: u32, first_row: u32, role: u32) {
    let columns = (inputs + 2u) / 2u;
    let end = min(dispatch.end_item, (outputs + 1u) / 2u * columns);
    for (var first = dispatch.first_item; first < end; first += TILES) {
        let lane = invocation % 16u;
        let tile = min(first + invocation / 16u, end - 1u);
        let o = min(tile / columns * 2u + vec2(0u, 1u), vec2(outputs - 1u));
        let i = min(tile % columns * 2u + vec2(0u, 1u), vec2(inputs));
        let deltas = (first_row + inputs + o) * BATCH;
        let activations = (first_row + i) * BATCH;
        var sums = vec4(0.0);
        for (var n = lane; n < BATCH; n += 16u) {
            let delta = vec2(row(deltas.x + n), row(deltas.y + n));
            let x = select(vec2(row(activations.x + n), row(activations.y + n)), vec2(1.0), i == vec2(inputs));
            sums = sums + delta.xxyy * x.xyxy;
        }
        for (var k = 0u; k < 4u; k++) {
            partials[(k * TILES + invocation / 16u) * 17u + lane] = sums[k];
        }
        workgroupBarrier();
        if (invocation < 4u * TILES) {
            let k = invocation / TILES;
            let tile = first + invocation % TILES;
            let o = tile / columns * 2u + k / 2u;
            let i = tile % columns * 2u + k % 2u;
            if (tile < end && o < outputs && i <= inputs) {
                let place = offset + select(o * inputs + i, outputs * inputs + o, i == inputs);
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
// stays and the run has stopped. `at` is where the network's parameters lie in the state.
fn update(first: u32, at: u32, count: u32, network: u32, number: u32) {
    let state = gan * STATE_WORDS + at;
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
            if (network == 1u) {
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

// Layer l of a network: inputs -> neurons, neurons -> neurons, ..., neurons -> outputs.
fn generator_forward(l: u32) {
    if (l == 0u) {
        forward(GENERATOR, NOISE, G_NEURONS, 0u, RELU);
    } else if (l + 1u < G_LAYERS) {
        forward(GENERATOR + g_hidden(l), G_NEURONS, G_NEURONS, NOISE + (l - 1u) * G_NEURONS, RELU);
    } else {
        forward(GENERATOR + g_hidden(l), G_NEURONS, 2u, NOISE + (l - 1u) * G_NEURONS, TANH);
    }
}

fn discriminator_forward(l: u32) {
    if (l == 0u) {
        forward(DISCRIMINATOR, 2u, D_NEURONS, D_ROW, RELU);
    } else if (l + 1u < D_LAYERS) {
        forward(DISCRIMINATOR + d_hidden(l), D_NEURONS, D_NEURONS, D_ROW + 2u + (l - 1u) * D_NEURONS, RELU);
    } else {
        forward(DISCRIMINATOR + d_hidden(l), D_NEURONS, 1u, D_ROW + 2u + (l - 1u) * D_NEURONS, LINEAR);
    }
}

// Where the parameters of a layer but the first begin.
fn g_hidden(l: u32) -> u32 {
    return (NOISE + 1u) * G_NEURONS + (l - 1u) * (G_NEURONS + 1u) * G_NEURONS;
}

fn d_hidden(l: u32) -> u32 {
    return 3u * D_NEURONS + (l - 1u) * (D_NEURONS + 1u) * D_NEURONS;
}

// Deltas of a layer's inputs; D's own inputs are the fake samples, behind G's tanh.
fn discriminator_backward(l: u32) {
    if (l == 0u) {
        backward(DISCRIMINATOR, 2u, D_NEURONS, D_ROW, TANH);
    } else if (l + 1u < D_LAYERS) {
        backward(DISCRIMINATOR + d_hidden(l), D_NEURONS, D_NEURONS, D_ROW + 2u + (l - 1u) * D_NEURONS, RELU);
    } else {
        backward(DISCRIMINATOR + d_hidden(l), D_NEURONS, 1u, D_ROW + 2u + (l - 1u) * D_NEURONS, RELU);
    }
}

fn generator_backward(l: u32) {
    let outputs = select(2u, G_NEURONS, l + 1u < G_LAYERS);
    backward(GENERATOR + g_hidden(l), G_NEURONS, outputs, NOISE + (l - 1u) * G_NEURONS, RELU);
}

fn discriminator_gradients(l: u32, role: u32) {
    if (l == 0u) {
        gradients(0u, 2u, D_NEURONS, D_ROW, role);
    } else {
        let outputs = select(1u, D_NEURONS, l + 1u < D_LAYERS);
        gradients(d_hidden(l), D_NEURONS, outputs, D_ROW + 2u + (l - 1u) * D_NEURONS, role);
    }
}

fn generator_gradients(l: u32) {
    if (l == 0u) {
        gradients(0u, NOISE, G_NEURONS, 0u, FOOLING);
    } else {
        let outputs = select(2u, G_NEURONS, l + 1u < G_LAYERS);
        gradients(g_hidden(l), G_NEURONS, outputs, NOISE + (l - 1u) * G_NEURONS, FOOLING);
    }
}

// A step of D's update: the real batch through D and back, the noise through G, the fake batch through D
// and back, the update.
fn discriminator_step(step: u32, number: u32) {
    let role = select(REAL, FAKE, step > HALF);
    // Within the batch's way through D: forward, deltas, then gradients and deltas of each layer in turns.
    let way = select(step - 1u, step - 1u - HALF - G_LAYERS, step > HALF + G_LAYERS);
    if (step == 0u) {
        gather(setting(7u), 2u, 2u, D_ROW);
    } else if (step == HALF) {
        gather(setting(8u), 4u, NOISE, 0u);
    } else if (step > HALF && step <= HALF + G_LAYERS) {
        generator_forward(step - HALF - 1u);
    } else if (way < D_LAYERS) {
        discriminator_forward(way);
    } else if (way == D_LAYERS) {
        output_deltas(role);
    } else if (way < 3u * D_LAYERS) {
        let back = way - D_LAYERS - 1u;
        let l = D_LAYERS - 1u - back / 2u;
        if (back % 2u == 0u) {
            discriminator_gradients(l, role);
        } else {
            discriminator_backward(l);
        }
    } else if (way == 3u * D_LAYERS) {
        update(DISCRIMINATOR, DISCRIMINATOR_AT, DISCRIMINATOR_PARAMETERS, 1u, number);
    }
}

// A step of G's update: noise through G and D, back through D and G, the update.
fn generator_step(step: u32, number: u32) {
    if (step == 0u) {
        gather(setting(8u), 4u, NOISE, 0u);
    } else if (step <= G_LAYERS) {
        generator_forward(step - 1u);
    } else if (step <= G_LAYERS + D_LAYERS) {
        discriminator_forward(step - 1u - G_LAYERS);
    } else if (step == 1u + G_LAYERS + D_LAYERS) {
        output_deltas(FOOLING);
    } else if (step <= 1u + G_LAYERS + 2u * D_LAYERS) {
        discriminator_backward(1u + G_LAYERS + 2u * D_LAYERS - step);
    } else if (step <= 3u * G_LAYERS + 2u * D_LAYERS) {
        let back = step - (2u + G_LAYERS + 2u * D_LAYERS);
        let l = G_LAYERS - 1u - back / 2u;
        if (back % 2u == 0u) {
            generator_gradients(l);
        } else {
            generator_backward(l);
        }
    } else if (step == 1u + 3u * G_LAYERS + 2u * D_LAYERS) {
        update(GENERATOR, GENERATOR_AT, GENERATOR_PARAMETERS, 0u, number);
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
                if (of_discriminator) {
                    discriminator_step(step, name);
                } else {
                    generator_step(step, name);
                }
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
