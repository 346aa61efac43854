"""Paints what `gan-lab bench --backends cpu,vulkan --json` printed: GAN-epochs a second against GANs at once.

Both axes are logarithmic; a line is one network on one backend. SVG, from the standard library alone.
"""

import json
import math
import sys
from pathlib import Path

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 80, 190, 30, 60
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]
"""Okabe and Ito's, which most colour-blind people can tell apart."""


class Axis:
    """A logarithmic axis over some values, from one power to another."""

    def __init__(self, values: list[float], base: int, begin: float, end: float):
        self.base = base
        self.least = math.floor(math.log(min(values), base))
        self.most = max(math.ceil(math.log(max(values), base)), self.least + 1)
        self.begin, self.end = begin, end

    def place(self, value: float) -> float:
        share = (math.log(value, self.base) - self.least) / (self.most - self.least)
        return self.begin + share * (self.end - self.begin)

    def ticks(self) -> list[float]:
        return [self.base**power for power in range(self.least, self.most + 1)]


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{words}</text>'


def plot(rows: list[dict]) -> str:
    x = Axis([row["runs"] for row in rows], 4, LEFT, WIDTH - RIGHT)
    y = Axis([row["gan_epochs_per_second"] for row in rows], 10, HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for value in x.ticks():
        at = x.place(value)
        parts.append(f'<line x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#e5e5e5"/>')
        parts.append(text(at, HEIGHT - BOTTOM + 20, f"{value:,}"))
    for value in y.ticks():
        at = y.place(value)
        parts.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="#e5e5e5"/>')
        parts.append(text(LEFT - 8, at + 4, f"{value:,.0f}", "end"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 15, "GANs at once"))
    parts.append(text(LEFT, TOP - 12, "GAN-epochs a second", "start"))
    series = sorted({(row["name"], row["backend"]) for row in rows})
    for number, (name, backend) in enumerate(series):
        mine = [row for row in rows if (row["name"], row["backend"]) == (name, backend)]
        mine.sort(key=lambda row: row["runs"])
        points = [(x.place(row["runs"]), y.place(row["gan_epochs_per_second"])) for row in mine]
        colour, line = COLOURS[number % len(COLOURS)], " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in points]
        height = TOP + 20 + 22 * number
        parts.append(f'<circle cx="{WIDTH - RIGHT + 20}" cy="{height - 4}" r="4" fill="{colour}"/>')
        parts.append(text(WIDTH - RIGHT + 32, height, f"{name}, {backend}", "start"))
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: plot_populations.py BENCH.json OUT.svg")
    Path(sys.argv[2]).write_text(plot(json.loads(Path(sys.argv[1]).read_text())["rows"]))
