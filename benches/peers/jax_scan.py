"""gan-lab's training in JAX: a stint of training is one compiled call, `jit` around `lax.scan` over epochs.

Two styles. `plain` is JAX as its documentation writes it: batches [samples, features], `jax.grad` of the
losses. `tuned` is the fastest form found by trying: batches [features, samples], and the losses' derivatives
at the logits written out, so that XLA computes one sigmoid where autodiff leaves several functions.
"""

import os
import sys

if __name__ == "__main__":
    # Before JAX is imported: one core, one thread. (jax_vmap.py takes what is below to other devices.)
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    os.environ["JAX_PLATFORMS"] = "cpu"

from functools import partial

import jax
import jax.numpy as jnp
import jaxlib
import numpy
from jax import Array, lax
from jax.nn import log_sigmoid, relu, sigmoid

from peer import REAL_WEIGHT, Job, Parameters, Run, serve

Layers = list[tuple[Array, Array]]
"""Weights [outputs, inputs] and biases [outputs], layer by layer."""


class Plain:
    """Batches [samples, features], gradients by autodiff alone."""

    @staticmethod
    def batches(atlas: numpy.ndarray) -> Array:
        return jnp.asarray(atlas)

    @staticmethod
    def network(layers: Layers, x: Array) -> Array:
        *hidden, (weights, biases) = layers
        for w, b in hidden:
            x = relu(x @ w.T + b)
        return x @ weights.T + biases

    @classmethod
    def discriminator_gradient(cls, discriminator: Layers, real: Array, fake: Array) -> Layers:
        def loss(discriminator: Layers) -> Array:
            real_logits, fake_logits = cls.network(discriminator, real), cls.network(discriminator, fake)
            return -REAL_WEIGHT * log_sigmoid(real_logits).mean() - log_sigmoid(-fake_logits).mean()

        return jax.grad(loss)(discriminator)

    @classmethod
    def generator_gradient(cls, generator: Layers, discriminator: Layers, noise: Array) -> Layers:
        def loss(generator: Layers) -> Array:
            fake = jnp.tanh(cls.network(generator, noise))
            return -log_sigmoid(cls.network(discriminator, fake)).mean()

        return jax.grad(loss)(generator)


class Tuned:
    """Batches [features, samples], the losses' derivatives at the logits by hand."""

    @staticmethod
    def batches(atlas: numpy.ndarray) -> Array:
        return jnp.asarray(atlas.transpose(0, 2, 1))

    @staticmethod
    def network(layers: Layers, x: Array) -> Array:
        *hidden, (weights, biases) = layers
        for w, b in hidden:
            x = relu(w @ x + b[:, None])
        return weights @ x + biases[:, None]

    @classmethod
    def discriminator_gradient(cls, discriminator: Layers, real: Array, fake: Array) -> Layers:
        real_logits, back_from_real = jax.vjp(lambda layers: cls.network(layers, real), discriminator)
        fake_logits, back_from_fake = jax.vjp(lambda layers: cls.network(layers, fake), discriminator)
        samples = real.shape[1]
        (of_real,) = back_from_real(-REAL_WEIGHT / samples * sigmoid(-real_logits))
        (of_fake,) = back_from_fake(sigmoid(fake_logits) / samples)
        return jax.tree.map(jnp.add, of_real, of_fake)

    @classmethod
    def generator_gradient(cls, generator: Layers, discriminator: Layers, noise: Array) -> Layers:
        def logits(generator: Layers) -> Array:
            return cls.network(discriminator, jnp.tanh(cls.network(generator, noise)))

        fake_logits, back = jax.vjp(logits, generator)
        (gradient,) = back(-sigmoid(-fake_logits) / noise.shape[1])
        return gradient


STYLES = {"plain": Plain, "tuned": Tuned}


def layers(parameters: Parameters, network: str) -> Layers:
    count = sum(name.startswith(network) for name in parameters) // 2
    return [tuple(jnp.asarray(parameters[f"{network}.{n}.{part}"]) for part in ("weight", "bias")) for n in range(count)]


class JaxRun(Run):
    def __init__(self, style: type, job: Job):
        self.start = layers(job.init, "generator"), layers(job.init, "discriminator"), jnp.int32(0), jnp.int32(0)
        real_batches, noise_batches = style.batches(job.real), style.batches(job.noise)
        g_configuration, d_configuration = job.configuration["generator"], job.configuration["discriminator"]

        def descend(rate: float, parameters: Layers, gradient: Layers) -> Layers:
            return jax.tree.map(lambda x, g: x - rate * g, parameters, gradient)

        def epoch(state, _):
            generator, discriminator, real_cursor, noise_cursor = state
            for _ in range(d_configuration["updates_per_epoch"]):
                real, noise = (
                    atlas[cursor % len(atlas)]
                    for atlas, cursor in ((real_batches, real_cursor), (noise_batches, noise_cursor))
                )
                fake = jnp.tanh(style.network(generator, noise))
                gradient = style.discriminator_gradient(discriminator, real, fake)
                discriminator = descend(d_configuration["learning_rate"], discriminator, gradient)
                real_cursor, noise_cursor = real_cursor + 1, noise_cursor + 1
            for _ in range(g_configuration["updates_per_epoch"]):
                noise = noise_batches[noise_cursor % len(noise_batches)]
                gradient = style.generator_gradient(generator, discriminator, noise)
                generator = descend(g_configuration["learning_rate"], generator, gradient)
                noise_cursor += 1
            return (generator, discriminator, real_cursor, noise_cursor), None

        @partial(jax.jit, static_argnums=1)
        def training(state, epochs: int):
            return lax.scan(epoch, state, length=epochs)[0]

        self.training = training

    def reset(self) -> None:
        self.state = self.start

    def train(self, epochs: int) -> None:
        self.state = jax.block_until_ready(self.training(self.state, epochs))

    def parameters(self) -> Parameters:
        return {
            f"{network}.{n}.{part}": numpy.asarray(values)
            for network, layers in zip(("generator", "discriminator"), self.state)
            for n, layer in enumerate(layers)
            for part, values in zip(("weight", "bias"), layer)
        }


if __name__ == "__main__":
    serve(partial(JaxRun, STYLES[sys.argv[1]]), {"jax": jax.__version__, "jaxlib": jaxlib.__version__})
