"""gan-lab against JAX, PyTorch and TensorFlow.js: the same trainings, in turn, on one pinned core.

Every peer trains from gan-lab's initial parameters on gan-lab's atlas, and is timed only after it has arrived
where gan-lab arrives. Then come rounds; in each, net by net, gan-lab and every peer are timed in turn, so that
whatever else the machine does meets all of them. A timing is the best of many stints of a hundredth of a second,
for gan-lab and peers alike. A ratio is the median over the rounds of peer's time over gan-lab's in that round.
"""

import argparse
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
SEED = 7
TOLERANCE = 1e-3
"""How far a peer's parameters may be from gan-lab's after the check."""


class Net:
    """What is trained: a preset, or the gaussians preset with two networks of another shape."""

    def __init__(self, name: str, shape: str = "", check_epochs: int = 50):
        self.name, self.check_epochs = name, check_epochs
        self.preset = "gaussians" if shape else name
        self.toml = shape and f"[generator]\n{shape}\n[discriminator]\n{shape}\n"


NETS = [
    Net("line"),
    Net("gaussians"),
    Net("ring"),
    Net("disjoint"),
    Net("1x14", "hidden_layers = 1\nneurons = 14"),
    # After some 15 epochs a sample lies at a ReLU's kink, rounding decides its side, and even PyTorch's f32 and
    # f64 part.
    Net("5x100", "hidden_layers = 5\nneurons = 100", check_epochs=10),
]

PEERS = ["JAX", "JAX, tuned", "PyTorch eager", "tfjs CPU"]

# The project's goals: ratio wanted at least, by net and peer.
GOALS = {
    ("gaussians", "JAX"): 6,
    ("1x14", "JAX"): 5,
    ("5x100", "JAX"): 1,
    ("gaussians", "PyTorch eager"): 80,
    ("gaussians", "tfjs CPU"): 400,
}

HEADING = "## Against JAX, PyTorch and TensorFlow.js"


class Peer:
    """A peer's process, pinned, alive for all rounds so that what it compiled stays compiled."""

    def __init__(self, name: str, command: list, core: int):
        self.name = name
        environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            ["taskset", "-c", str(core), *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.versions = self.answer()["versions"]

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended instead of answering; its message is above")
        return json.loads(line)

    def ask(self, question: str, job: Path, **details) -> dict:
        self.process.stdin.write(json.dumps({"ask": question, "job": str(job), **details}) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def check(self, net: Net, job: Path) -> float:
        """How far its parameters are from gan-lab's; ends the program if they are not the same."""
        answer = self.ask("check", job)
        difference = answer["difference"]
        # JavaScript writes NaN as null.
        if difference is None or not difference <= TOLERANCE:
            raise SystemExit(
                f"{self.name} on {net.name}: after {net.check_epochs} epochs a parameter is {difference} from "
                f"gan-lab's, but must be within {TOLERANCE}; it does other work, so it is not timed"
            )
        return difference

    def time(self, job: Path, seconds: float) -> dict:
        """µs per epoch, as `gan-lab bench` takes them: the best of many stints of a hundredth of a second."""
        return self.ask("time", job, seconds=seconds)

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def export(gan_lab: Path, net: Net, folder: Path) -> Path:
    """The net's job as files; `peer.py` says which."""
    job = folder / net.name
    job.mkdir()
    start = ["--preset", net.preset, "--seed", str(SEED)]
    if net.toml:
        (job / "config.toml").write_text(net.toml)
        start += ["--config", job / "config.toml"]
    init, atlas, expected = (job / f"{name}.safetensors" for name in ("init", "atlas", "expected"))
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([gan_lab, "export", *start, "--out", init, "--atlas", atlas], **quiet)
    train = [gan_lab, "train", *start, "--init", init, "--atlas", atlas, "--epochs", str(net.check_epochs)]
    subprocess.run([*train, "--save", expected], **quiet)
    description = {"configuration": configuration(atlas), "check_epochs": net.check_epochs}
    (job / "job.json").write_text(json.dumps(description))
    return job


def configuration(atlas: Path) -> dict:
    """The whole configuration, which gan-lab writes into the header of a safetensors file."""
    with atlas.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return tomllib.loads(header["__metadata__"]["gan-lab"])


def bench(gan_lab: Path, net: Net, core: int) -> dict:
    """What `gan-lab bench --json` says of one net."""
    command = ["taskset", "-c", str(core), gan_lab, "bench", "--only", net.name, "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def machine() -> str:
    """The processor, as the kernel names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().split("\n\n")[0].splitlines()
    except OSError:
        return platform.processor()
    cpu = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    if "model name" not in cpu:
        return platform.machine()
    return f"{cpu['model name']} (family {cpu.get('cpu family')}, model {cpu.get('model')}), {os.cpu_count()} cores"


def number(value: float) -> str:
    """Three digits, no exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


class Measurements:
    """Times in µs per epoch by (net, program), one a round."""

    def __init__(self):
        self.times: dict[tuple[str, str], list[float]] = {}

    def add(self, net: str, program: str, microseconds: float) -> None:
        self.times.setdefault((net, program), []).append(microseconds)

    def median(self, net: str, program: str) -> float:
        return statistics.median(self.times[net, program])

    def ratios(self, net: str, peer: str) -> list[float]:
        return [theirs / ours for ours, theirs in zip(self.times[net, "gan-lab"], self.times[net, peer])]

    def table(self) -> list[str]:
        """Markdown: µs per epoch, and in brackets the ratio."""
        lines = [f"| net | gan-lab | {' | '.join(PEERS)} |", "|---" * (2 + len(PEERS)) + "|"]
        for net in NETS:
            cells = [net.name, number(self.median(net.name, "gan-lab"))]
            for peer in PEERS:
                ratio = statistics.median(self.ratios(net.name, peer))
                cells.append(f"{number(self.median(net.name, peer))} ({number(ratio)}×)")
            lines.append(f"| {' | '.join(cells)} |")
        return lines

    def goals(self) -> list[str]:
        lines = ["| net | against | wanted | measured | least to most of a round | |", "|---|---|---|---|---|---|"]
        for (net, peer), wanted in GOALS.items():
            ratios = self.ratios(net, peer)
            ratio = statistics.median(ratios)
            verdict = "reached" if ratio >= wanted else f"**missed by {number(wanted / ratio)}×**"
            spread = f"{number(min(ratios))}–{number(max(ratios))}"
            lines.append(f"| {net} | {peer} | {wanted}× | {number(ratio)}× | {spread} | {verdict} |")
        return lines


def measure(arguments: argparse.Namespace, peers: list[Peer], jobs: dict[str, Path]) -> tuple[Measurements, dict]:
    for net in NETS:
        for peer in peers:
            difference = peer.check(net, jobs[net.name])
            # Compiles and warms up.
            epochs = peer.time(jobs[net.name], 0)["epochs_of_stint"]
            print(f"{net.name}: {peer.name} agrees within {difference:.0e}; {epochs} epochs a stint", file=sys.stderr)
    measurements = Measurements()
    for number_of_round in range(1, arguments.rounds + 1):
        print(f"round {number_of_round} of {arguments.rounds}", file=sys.stderr)
        for net in NETS:
            said = bench(arguments.gan_lab, net, arguments.core)
            (row,) = said["rows"]
            measurements.add(net.name, "gan-lab", row["microseconds_per_epoch"])
            for peer in peers:
                answer = peer.time(jobs[net.name], arguments.seconds)
                measurements.add(net.name, peer.name, answer["microseconds_per_epoch"])
    return measurements, said


def write_section(path: Path, section: str) -> None:
    """Replaces the section of that heading, or appends it."""
    text = path.read_text() if path.exists() else "# Results\n"
    # Up to the next heading of its level, or the end.
    found = re.search(rf"^{re.escape(HEADING)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found:
        text = text[: found.start()] + section + "\n" * (found.end() < len(text)) + text[found.end() :]
    else:
        text = f"{text.rstrip()}\n\n{section}"
    path.write_text(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gan_lab", type=Path, help="the gan-lab binary")
    parser.add_argument("--python", default=sys.executable, help="interpreter with requirements.txt (default: this)")
    parser.add_argument("--python-torch", help="another one for PyTorch (default: --python)")
    parser.add_argument("--node", default="node", help="Node, after `npm ci` in tfjs/")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="core to pin to")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="length of one timing of a peer; as gan-lab's")
    parser.add_argument("--results", type=Path, help="Markdown file whose section is to be replaced")
    arguments = parser.parse_args()
    arguments.gan_lab = arguments.gan_lab.absolute()

    load = os.getloadavg()[0]
    commands = {
        "JAX": [arguments.python, HERE / "jax_scan.py", "plain"],
        "JAX, tuned": [arguments.python, HERE / "jax_scan.py", "tuned"],
        "PyTorch eager": [arguments.python_torch or arguments.python, HERE / "torch_eager.py"],
        "tfjs CPU": [arguments.node, HERE / "tfjs" / "train.js"],
    }
    with tempfile.TemporaryDirectory() as folder:
        jobs = {net.name: export(arguments.gan_lab, net, Path(folder)) for net in NETS}
        peers = [Peer(name, commands[name], arguments.core) for name in PEERS]
        measurements, said = measure(arguments, peers, jobs)
        for peer in peers:
            peer.end()

    version = subprocess.run([arguments.gan_lab, "--version"], check=True, capture_output=True, text=True)
    versions = [version.stdout.strip()]
    versions += sorted({f"{name} {v}" for peer in peers for name, v in peer.versions.items()})
    lines = [
        HEADING,
        f"{datetime.date.today()}, {machine()}, one of them pinned; gan-lab on {said['instructions']}.",
        f"{', '.join(versions)}.",
        f"Load average of the machine just before: {load:.2f}. µs per epoch, in brackets times gan-lab's; each the",
        f"median of {arguments.rounds} rounds.",
        "",
        *measurements.table(),
        "",
        *measurements.goals(),
        "",
    ]
    section = "\n".join(lines)
    print(section)
    if arguments.results:
        write_section(arguments.results, section)


if __name__ == "__main__":
    main()
