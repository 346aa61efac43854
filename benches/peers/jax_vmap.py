"""Many GANs at once in JAX, on whatever device JAX finds: `jit` around `lax.scan` around `vmap`.

The work is that of `gan-lab bench --backends vulkan`: GANs of one shape, each with its own parameters and its own
samples. The first of them is gan-lab's own, and nothing is timed before it agrees with gan-lab's. With `--bench`
(what gan-lab's bench printed with `--json`) and `--results`, both go into a table of that Markdown file.
"""

import argparse
import datetime
import json
import tempfile
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy
from jax import lax

from jax_scan import STYLES, Layers, layers
from peer import Job, furthest
from run import NETS, TOLERANCE, export, write_section

HEADING = "## Many GANs at once on a graphics card"
SECONDS = 2.0
"""How long a population is timed, at least."""


class Population:
    """`count` GANs of a job's shape; the first is the job's."""

    def __init__(self, style: type, job: Job, count: int):
        random = numpy.random.default_rng(7)
        g_configuration, d_configuration = job.configuration["generator"], job.configuration["discriminator"]
        real, noise = style.batches(job.real), style.batches(job.noise)

        def others(first: jax.Array) -> jax.Array:
            """The first one's numbers, then as many others of their mean and deviation."""
            drawn = random.normal(float(first.mean()), float(first.std()), (count - 1, *first.shape))
            return jnp.concatenate([first[None], jnp.asarray(drawn, jnp.float32)])

        start = [jax.tree.map(others, layers(job.init, name)) for name in ("generator", "discriminator")]
        self.start = (*start, jnp.int32(0), jnp.int32(0))
        self.atlases = others(real), others(noise)

        def descend(rate: float, parameters: Layers, gradient: Layers) -> Layers:
            return jax.tree.map(lambda x, g: x - rate * g, parameters, gradient)

        def update_discriminator(generator: Layers, discriminator: Layers, real, noise) -> Layers:
            fake = jnp.tanh(style.network(generator, noise))
            gradient = style.discriminator_gradient(discriminator, real, fake)
            return descend(d_configuration["learning_rate"], discriminator, gradient)

        def update_generator(generator: Layers, discriminator: Layers, noise) -> Layers:
            gradient = style.generator_gradient(generator, discriminator, noise)
            return descend(g_configuration["learning_rate"], generator, gradient)

        # All GANs are at the same place of their atlases, so a batch is a slice and no gathering.
        def epoch(atlases, state, _):
            real, noise = atlases
            generator, discriminator, real_cursor, noise_cursor = state
            batch = lambda atlas, cursor: lax.dynamic_index_in_dim(atlas, cursor % atlas.shape[1], 1, False)
            for _ in range(d_configuration["updates_per_epoch"]):
                samples = batch(real, real_cursor), batch(noise, noise_cursor)
                discriminator = jax.vmap(update_discriminator)(generator, discriminator, *samples)
                real_cursor, noise_cursor = real_cursor + 1, noise_cursor + 1
            for _ in range(g_configuration["updates_per_epoch"]):
                generator = jax.vmap(update_generator)(generator, discriminator, batch(noise, noise_cursor))
                noise_cursor += 1
            return (generator, discriminator, real_cursor, noise_cursor), None

        @partial(jax.jit, static_argnums=2)
        def training(state, atlases, epochs: int):
            return lax.scan(partial(epoch, atlases), state, length=epochs)[0]

        self.training = training

    def train(self, state, epochs: int):
        return jax.block_until_ready(self.training(state, self.atlases, epochs))

    def first(self, state) -> dict[str, numpy.ndarray]:
        return {
            f"{network}.{n}.{part}": numpy.asarray(values[0])
            for network, of_network in zip(("generator", "discriminator"), state)
            for n, layer in enumerate(of_network)
            for part, values in zip(("weight", "bias"), layer)
        }


def rate(population: Population, job: Job, count: int) -> float:
    """GAN-epochs a second, once the first GAN agrees with gan-lab's."""
    difference = furthest(population.first(population.train(population.start, job.check_epochs)), job.expected)
    if not difference <= TOLERANCE:
        raise SystemExit(f"JAX: a parameter is {difference} from gan-lab's, but must be within {TOLERANCE}")
    epochs = 1
    while True:
        population.train(population.start, epochs)
        begun = time.perf_counter()
        population.train(population.start, epochs)
        taken = time.perf_counter() - begun
        if taken >= SECONDS / 4:
            break
        epochs *= 4
    best, begun = taken, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        stint = time.perf_counter()
        population.train(population.start, epochs)
        best = min(best, time.perf_counter() - stint)
    return count * epochs / best


def table(bench: dict, rates: dict[tuple[str, int], float]) -> list[str]:
    lines = [
        "| net | GANs | gan-lab cpu | gan-lab vulkan | of its peak | JAX | vulkan / JAX |",
        "|---|---|---|---|---|---|---|",
    ]
    found = {(row["name"], row["runs"], row["backend"]): row for row in bench["rows"]}
    for name, runs, backend in found:
        if backend != "vulkan":
            continue
        vulkan, cpu = found[name, runs, backend], found.get((name, runs, "cpu"))
        jax_rate = rates.get((name, runs))
        cells = [
            name,
            str(runs),
            f"{cpu['gan_epochs_per_second']:,.0f}" if cpu else "–",
            f"{vulkan['gan_epochs_per_second']:,.0f}",
            f"{100 * vulkan['share_of_peak']:.1f} %",
            f"{jax_rate:,.0f}" if jax_rate else "–",
            f"{vulkan['gan_epochs_per_second'] / jax_rate:.2f}×" if jax_rate else "–",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gan_lab", type=Path, help="the gan-lab binary")
    parser.add_argument("--nets", nargs="*", default=["gaussians", "5x100"])
    parser.add_argument("--populations", nargs="*", type=int, default=[1, 64, 1024, 4096])
    parser.add_argument("--bench", type=Path, help="what `gan-lab bench --backends cpu,vulkan --json` printed")
    parser.add_argument("--machine", default="", help="device and driver, for the table's head")
    parser.add_argument("--results", type=Path, help="Markdown file whose section is to be replaced")
    arguments = parser.parse_args()

    rates: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for net in (net for net in NETS if net.name in arguments.nets):
            job = Job.read(export(arguments.gan_lab.absolute(), net, Path(folder)))
            for count in arguments.populations:
                # As in run.py, both ways of writing it, and the faster one counts.
                styles = {name: rate(Population(style, job, count), job, count) for name, style in STYLES.items()}
                rates[net.name, count] = max(styles.values())
                figures = {name: round(figure) for name, figure in styles.items()}
                print(json.dumps({"net": net.name, "gans": count, "gan_epochs_per_second": figures}), flush=True)
    if not arguments.bench:
        return
    head = f"{datetime.date.today()}, {arguments.machine}; jax {jax.__version__} on {jax.devices()[0].device_kind}."
    lines = [HEADING, head, "GAN-epochs a second.", "", *table(json.loads(arguments.bench.read_text()), rates), ""]
    section = "\n".join(lines)
    print(section)
    if arguments.results:
        write_section(arguments.results, section)


if __name__ == "__main__":
    main()
