"""What the Python peers share: reading a job, and answering the questions of run.py.

A job is a folder: `job.json` (configuration, epochs of the check), and as safetensors `init` (initial
parameters), `atlas` (samples) and `expected` (gan-lab's parameters after the check's epochs). Questions
and answers are JSON, one a line.
"""

import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy
from safetensors.numpy import load_file

# GAN Lab's weight of the real batch in the log loss: one-sided label smoothing.
REAL_WEIGHT = 0.95

# Seconds of a stint, about: as long as one of `gan-lab bench`, which counts its best stint too.
STINT = 0.01
# Trials of a stint's length.
TRIES = 5

Parameters = dict[str, numpy.ndarray]


@dataclass
class Job:
    """A GAN to train, with the log loss and SGD."""

    configuration: dict
    check_epochs: int
    init: Parameters
    expected: Parameters
    real: numpy.ndarray
    """Batches of real points [batches, samples, 2]; after the last one comes the first."""
    noise: numpy.ndarray
    """Batches of noise [batches, samples, dimensions]."""

    @classmethod
    def read(cls, folder: Path) -> "Job":
        job = json.loads((folder / "job.json").read_text())
        configuration = job["configuration"]
        atlas = load_file(folder / "atlas.safetensors")
        # Cut beforehand: a batch never runs over the atlas' end here, and peers need not gather.
        batches = configuration["atlas"] // configuration["batch"]
        real, noise = (atlas[name].reshape(batches, configuration["batch"], -1) for name in ("real", "noise"))
        init, expected = (load_file(folder / f"{name}.safetensors") for name in ("init", "expected"))
        return cls(configuration, job["check_epochs"], init, expected, real, noise)


class Run:
    """A peer's training of one job."""

    def reset(self) -> None:
        """Back to the job's initial parameters and first batches."""
        raise NotImplementedError

    def train(self, epochs: int) -> None:
        """Trains on, and waits until the parameters are there; only this is timed."""
        raise NotImplementedError

    def parameters(self) -> Parameters:
        """By gan-lab's names, weights [outputs, inputs]."""
        raise NotImplementedError


def furthest(a: Parameters, b: Parameters) -> float:
    """The largest difference of a parameter; NaN if any is."""
    return float(numpy.max([numpy.max(numpy.abs(a[name] - b[name])) for name in b]))


def check(job: Job, run: Run) -> dict:
    """How far from gan-lab's the peer's parameters are, and how far training moved them."""
    run.reset()
    run.train(job.check_epochs)
    return {"difference": furthest(run.parameters(), job.expected), "change": furthest(job.init, job.expected)}


def seconds_of(run: Run, epochs: int) -> float:
    begun = time.perf_counter()
    run.train(epochs)
    return time.perf_counter() - begun


def epochs_of_stint(run: Run) -> int:
    """Epochs that take about `STINT`, and everything warm."""
    run.reset()
    epochs = 1
    while True:
        # The first training of a length may compile; any may be interrupted by another program.
        taken = min(seconds_of(run, epochs) for _ in range(1 + TRIES))
        if taken >= STINT / 2:
            return epochs
        epochs = math.ceil(epochs * min(10, STINT / taken))


def best_time(run: Run, epochs: int, seconds: float) -> float:
    """Seconds per epoch, the best of all stints of that many epochs that fit into `seconds`; at least one."""
    run.reset()
    best, begun = math.inf, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        best = min(best, seconds_of(run, epochs) / epochs)
    return best


def serve(start: Callable[[Job], Run], versions: dict[str, str]) -> None:
    """Answers questions until standard input ends."""

    def say(answer: dict) -> None:
        print(json.dumps(answer), flush=True)

    say({"versions": versions})
    runs: dict[str, tuple[Job, Run]] = {}
    stints: dict[str, int] = {}
    for line in sys.stdin:
        question = json.loads(line)
        folder = question["job"]
        if folder not in runs:
            job = Job.read(Path(folder))
            runs[folder] = job, start(job)
        job, run = runs[folder]
        if question["ask"] == "check":
            say(check(job, run))
        else:
            if folder not in stints:
                stints[folder] = epochs_of_stint(run)
            best = best_time(run, stints[folder], question["seconds"])
            say({"microseconds_per_epoch": best * 1e6, "epochs_of_stint": stints[folder]})
