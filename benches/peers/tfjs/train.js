// gan-lab's training on TensorFlow.js' plain JavaScript backend, the one GAN Lab falls back to without
// WebGL: weights are variables [inputs, outputs], losses are written with probabilities as in the paper,
// and `optimizer.minimize` differentiates and applies them. Answers run.py's questions, see ../peer.py.

// The bundle for current engines: a fifth faster than the one Node takes by itself.
import tf from '@tensorflow/tfjs/dist/tf.es2017.js';
import { createInterface } from 'node:readline';
import { furthest, readJob } from './job.js';

/** GAN Lab's weight of the real batch in the log loss: one-sided label smoothing. */
const REAL_WEIGHT = 0.95;
/** Milliseconds of a stint, about: as long as one of `gan-lab bench`, which counts its best stint too. */
const STINT = 10;
/** Milliseconds for V8 to optimise. */
const WARM_UP = 500;

/** One network: linear layers with ReLU between them, and an activation after the last. */
class Network {
  constructor(name, init, activation) {
    this.activation = activation;
    this.layers = [];
    for (let n = 0; `${name}.${n}.weight` in init; n++) {
      const weight = init[`${name}.${n}.weight`];
      const bias = init[`${name}.${n}.bias`];
      this.layers.push({
        name: `${name}.${n}`,
        // gan-lab stores weights [outputs, inputs].
        weights: tf.variable(tf.transpose(tf.tensor2d(weight.values, weight.shape))),
        biases: tf.variable(tf.tensor1d(bias.values)),
      });
    }
  }

  /** Outputs [samples, outputs] of inputs [samples, inputs]. */
  apply(inputs) {
    const last = this.layers.length - 1;
    return this.layers.reduce((x, { weights, biases }, n) => {
      const sums = tf.add(tf.matMul(x, weights), biases);
      return n < last ? tf.relu(sums) : this.activation(sums);
    }, inputs);
  }

  get variables() {
    return this.layers.flatMap(({ weights, biases }) => [weights, biases]);
  }

  /** Parameters by gan-lab's names, in its order. */
  parameters() {
    return Object.fromEntries(this.layers.flatMap(({ name, weights, biases }) => [
      [`${name}.weight`, { values: tf.tidy(() => tf.transpose(weights).dataSync()) }],
      [`${name}.bias`, { values: biases.dataSync() }],
    ]));
  }

  dispose() {
    tf.dispose(this.variables);
  }
}

/** -(0.95 mean ln D(x) + mean ln(1 - D(G(z)))) */
function discriminatorLoss(real, fake) {
  const ofReal = tf.mul(tf.mean(tf.log(real)), REAL_WEIGHT);
  const ofFake = tf.mean(tf.log(tf.sub(1, fake)));
  return tf.neg(tf.add(ofReal, ofFake));
}

/** -mean ln D(G(z)) */
function generatorLoss(fake) {
  return tf.neg(tf.mean(tf.log(fake)));
}

/** The atlas cut into batches; after the last one comes the first. */
class Batches {
  constructor({ shape, values }, size) {
    this.batches = tf.tidy(() => tf.split(tf.tensor2d(values, shape), shape[0] / size));
    this.rewind();
  }

  rewind() {
    this.cursor = 0;
  }

  next() {
    return this.batches[this.cursor++ % this.batches.length];
  }
}

/** Training of one job. */
class Run {
  constructor(folder) {
    this.job = readJob(folder);
    const { configuration, atlas } = this.job;
    this.real = new Batches(atlas.real, configuration.batch);
    this.noise = new Batches(atlas.noise, configuration.batch);
    this.gOptimizer = tf.train.sgd(configuration.generator.learning_rate);
    this.dOptimizer = tf.train.sgd(configuration.discriminator.learning_rate);
  }

  /** Back to the job's initial parameters and first batches. */
  reset() {
    this.generator?.dispose();
    this.discriminator?.dispose();
    this.generator = new Network('generator', this.job.init, tf.tanh);
    this.discriminator = new Network('discriminator', this.job.init, tf.sigmoid);
    this.real.rewind();
    this.noise.rewind();
  }

  train(epochs) {
    const { configuration } = this.job;
    const { generator, discriminator, real, noise, gOptimizer, dOptimizer } = this;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let n = 0; n < configuration.discriminator.updates_per_epoch; n++) {
        tf.tidy(() => {
          const fake = generator.apply(noise.next());
          const points = real.next();
          dOptimizer.minimize(
            () => discriminatorLoss(discriminator.apply(points), discriminator.apply(fake)),
            false,
            discriminator.variables,
          );
        });
      }
      for (let n = 0; n < configuration.generator.updates_per_epoch; n++) {
        gOptimizer.minimize(
          () => generatorLoss(discriminator.apply(generator.apply(noise.next()))),
          false,
          generator.variables,
        );
      }
    }
  }

  /** How far from gan-lab's its parameters are, and how far training moved them. */
  check() {
    const { checkEpochs, init, expected } = this.job;
    this.reset();
    this.train(checkEpochs);
    const arrived = { ...this.generator.parameters(), ...this.discriminator.parameters() };
    return { difference: furthest(arrived, expected), change: furthest(init, expected) };
  }

  /** Milliseconds of so many epochs. */
  millisecondsOf(epochs) {
    const begun = performance.now();
    this.train(epochs);
    return performance.now() - begun;
  }

  /** Epochs that take about `STINT`, and everything warm. */
  epochsOfStint() {
    this.reset();
    for (let epochs = 1; ;) {
      // V8 optimises what has run for a while; any training may be interrupted by another program.
      let taken = Infinity;
      const begun = performance.now();
      do taken = Math.min(taken, this.millisecondsOf(epochs)); while (performance.now() - begun < WARM_UP);
      if (taken >= STINT / 2) return epochs;
      epochs = Math.ceil(epochs * Math.min(10, STINT / taken));
    }
  }

  /** The best of all stints that fit into `seconds`; at least one. */
  time(seconds) {
    this.stint ??= this.epochsOfStint();
    this.reset();
    let best = Infinity;
    const begun = performance.now();
    while (performance.now() - begun < seconds * 1e3) {
      best = Math.min(best, this.millisecondsOf(this.stint) / this.stint);
    }
    return { microseconds_per_epoch: best * 1e3, epochs_of_stint: this.stint };
  }
}

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

// Without checks of every operation.
tf.enableProdMode();
await tf.setBackend('cpu');
say({ versions: { tfjs: tf.version_core, node: process.versions.node } });
const runs = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, job, seconds } = JSON.parse(line);
  if (!runs.has(job)) runs.set(job, new Run(job));
  const run = runs.get(job);
  say(ask === 'check' ? run.check() : run.time(seconds));
}
