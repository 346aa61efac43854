// Where a GAN's numbers lie while it trains: buffers, for networks that do not fit in shared memory.

// Where each network's parameters begin, for `parameter`: its place in the state.
const GENERATOR: u32 = GENERATOR_AT;
const DISCRIMINATOR: u32 = DISCRIMINATOR_AT;

fn parameter(i: u32) -> f32 {
    return from_bits(states[gan * STATE_WORDS + i]);
}

fn set_parameter(i: u32, value: f32) {
    states[gan * STATE_WORDS + i] = bits(value);
}

fn gradient(i: u32) -> f32 {
    return work[gan * WORK_WORDS + GRADIENTS_AT + i];
}

fn set_gradient(i: u32, value: f32) {
    work[gan * WORK_WORDS + GRADIENTS_AT + i] = value;
}

fn row(i: u32) -> f32 {
    return work[gan * WORK_WORDS + ROWS_AT + i];
}

fn set_row(i: u32, value: f32) {
    work[gan * WORK_WORDS + ROWS_AT + i] = value;
}

// Everybody has finished the step before, and sees what it made, in shared memory and in buffers.
fn all_done() {
    storageBarrier();
    workgroupBarrier();
}

// Everything is in place already, and stays.
fn bring() {}

fn take_back() {}
