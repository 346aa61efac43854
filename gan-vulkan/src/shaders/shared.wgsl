// Where a GAN's numbers lie while it trains: shared memory, for networks that fit.
//
// What a dispatch leaves half done is carried over in `work`, so it can stop anywhere.

var<workgroup> own_parameters: array<f32, PARAMETERS>;
var<workgroup> own_gradients: array<f32, MOST_PARAMETERS>;
var<workgroup> own_rows: array<f32, ROW_WORDS>;

// Where each network's parameters begin, for `parameter`.
const GENERATOR: u32 = 0u;
const DISCRIMINATOR: u32 = GENERATOR_PARAMETERS;

fn parameter(i: u32) -> f32 {
    return own_parameters[i];
}

fn set_parameter(i: u32, value: f32) {
    own_parameters[i] = value;
}

fn gradient(i: u32) -> f32 {
    return own_gradients[i];
}

fn set_gradient(i: u32, value: f32) {
    own_gradients[i] = value;
}

fn row(i: u32) -> f32 {
    return own_rows[i];
}

fn set_row(i: u32, value: f32) {
    own_rows[i] = value;
}

// Everybody has finished the step before, and sees what it made.
fn all_done() {
    workgroupBarrier();
}

fn bring() {
    let state = gan * STATE_WORDS;
    for (var i = invocation; i < PARAMETERS; i += WORKGROUP) {
        let ahead = select(DISCRIMINATOR_AT - GENERATOR_PARAMETERS, GENERATOR_AT, i < GENERATOR_PARAMETERS);
        own_parameters[i] = from_bits(states[state + ahead + i]);
    }
    if ((dispatch.flags & RESUME) != 0u) {
        let place = gan * WORK_WORDS;
        for (var i = invocation; i < ROW_WORDS; i += WORKGROUP) {
            own_rows[i] = work[place + ROWS_AT + i];
        }
        for (var i = invocation; i < MOST_PARAMETERS; i += WORKGROUP) {
            own_gradients[i] = work[place + GRADIENTS_AT + i];
        }
    }
}

fn take_back() {
    let state = gan * STATE_WORDS;
    for (var i = invocation; i < PARAMETERS; i += WORKGROUP) {
        let ahead = select(DISCRIMINATOR_AT - GENERATOR_PARAMETERS, GENERATOR_AT, i < GENERATOR_PARAMETERS);
        states[state + ahead + i] = bits(own_parameters[i]);
    }
    if ((dispatch.flags & KEEP) != 0u) {
        let place = gan * WORK_WORDS;
        for (var i = invocation; i < ROW_WORDS; i += WORKGROUP) {
            work[place + ROWS_AT + i] = own_rows[i];
        }
        for (var i = invocation; i < MOST_PARAMETERS; i += WORKGROUP) {
            work[place + GRADIENTS_AT + i] = own_gradients[i];
        }
    }
}
