#!/usr/bin/env python3
"""How time and memory grow with what is given: plots in benches/growth.svg, the numbers behind them on standard output.

    cargo build --release && python3 benches/growth.py [--quick]

Four things grow: a document (1 kB to 100 MB, the limit raised), a sentence (100 to 100 000 words without a full stop), a
user's list of names (1 000 to 1 000 000), the threads. Each point is the fastest of three runs of the program less the
fastest of a start without text; a flat line is linear growth. The texts are the project's own articles, repeated.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KENNZAHL = ROOT / "target" / "release" / "kennzahl"


def run(arguments: list[str], text: str, rounds: int = 3) -> tuple[float, float]:
    """Seconds, and megabytes of memory at the peak."""
    best, peak = math.inf, 0.0
    for _ in range(rounds):
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
            given.write(text.encode())
            given.seek(0)
            begun = time.perf_counter()
            child = subprocess.Popen([KENNZAHL, "extract", "-", *arguments], stdin=given,
                                     stdout=subprocess.DEVNULL, stderr=said)
            _, status, usage = os.wait4(child.pid, 0)
            best = min(best, time.perf_counter() - begun)
            said.seek(0)
            if status != 0:
                sys.exit(f"growth: kennzahl extract - {' '.join(arguments)} has failed: {said.read().decode()}")
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, peak


def filled(prose: str, size: int) -> str:
    return (prose * (size // len(prose) + 1))[:size].rsplit(" ", 1)[0]


def lines(prose: str, size: int) -> str:
    """Documents of 4 kB, as JSON lines."""
    pieces = [prose[n:n + 4000] for n in range(0, len(prose) - 4000, 4000)]
    count = size // 4000
    return "".join(json.dumps({"id": str(n), "text": pieces[n % len(pieces)]}) + "\n" for n in range(count))


def documents(prose: str, quick: bool):
    """A document of so many bytes: nanoseconds a byte."""
    plain = ["--from", "text", "--jobs", "1"]
    start, _ = run(plain, ".", 5)
    for size in [10 ** n for n in range(4 if quick else 3, 6 if quick else 9)]:
        memory = max(512, 64 + size * 60 // 2 ** 20)
        text = filled(prose, size)
        # What is short is read many times over, as documents of its own.
        times = max(1, 200_000 // size)
        given, arguments = text, plain
        if times > 1:
            given = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(times))
            arguments = ["--from", "jsonl", "--jobs", "1"]
        seconds, peak = run([*arguments, "--memory", f"{memory}MB"], given, 1 if size > 10 ** 7 else 3)
        yield size, (seconds - start) * 1e9 / (len(text.encode()) * times), peak


def sentences(prose: str, quick: bool):
    """A sentence of so many words: nanoseconds a byte."""
    plain = ["--from", "text", "--jobs", "1"]
    start, _ = run(plain, ".", 5)
    words = [w for w in prose.split() if not w.endswith((".", "!", "?", ":"))]
    for size in [10 ** n for n in range(2, 4 if quick else 6)]:
        sentence = " ".join((words * (size // len(words) + 1))[:size]) + ".\n\n"
        text = sentence * max(1, 100_000 // size)
        seconds, peak = run(plain, text)
        yield size, (seconds - start) * 1e9 / len(text.encode()), peak


def lexicons(prose: str, quick: bool):
    """A list of so many names: milliseconds for the start with it, and then nanoseconds a byte of text."""
    syllables = ["ba", "de", "fi", "gor", "hal", "jen", "kum", "lor", "mei", "nax", "pul", "ros", "sten", "tir", "vul", "wen"]
    text = lines(prose, 2_000_000)
    for size in [10 ** n for n in range(3, 5 if quick else 7)]:
        with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as pack:
            for n in range(size):
                name = "".join(syllables[n >> 4 * k & 15] for k in range(5)).capitalize()
                pack.write(f'[[name]]\nid = "own:{n}"\nname = "{name} Werke"\ntype = "organization"\n'
                           f'example = ["Die {name} Werke.", "{name} Werke = organization {name} Werke own:{n}"]\n')
            pack.flush()
            arguments = ["--from", "jsonl", "--jobs", "1", "--pack", pack.name]
            start, _ = run(arguments, "")
            seconds, peak = run(arguments, text)
            yield size, (seconds - start) * 1e9 / len(text.encode()), peak


def threads(prose: str, quick: bool):
    """So many threads: nanoseconds a byte, times the threads that have a core."""
    text = lines(prose, 4_000_000 if quick else 40_000_000)
    start, _ = run(["--from", "jsonl", "--jobs", "1"], "", 5)
    cores = len(os.sched_getaffinity(0))
    for size in range(1, cores + 1):
        seconds, peak = run(["--from", "jsonl", "--jobs", str(size)], text)
        yield size, (seconds - start) * 1e9 * size / len(text.encode()), peak


PLOTS = [
    ("document, bytes", documents),
    ("sentence, words", sentences),
    ("names of a user", lexicons),
    ("threads", threads),
]


def picture(series: list[tuple[str, list[tuple[float, float, float]]]]) -> str:
    """A plot for each series: time a byte in one colour, memory in another, both axes logarithmic."""
    width, height, pad = 300, 200, 46
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * (width + 90)}" height="{2 * (height + 90)}" '
           'font-family="sans-serif" font-size="11"><title>Time and memory as the input grows</title>'
           '<rect width="100%" height="100%" fill="#fff"/>']
    for k, (name, points) in enumerate(series):
        left, top = (k % 2) * (width + 90) + pad, (k // 2) * (height + 90) + pad
        low, high = math.log10(points[0][0]), math.log10(points[-1][0])
        at_x = lambda v: left + (math.log10(v) - low) / ((high - low) or 1) * width
        # One to ten thousand, for both.
        at_y = lambda v: top + height - min(max(math.log10(max(v, 1)), 0), 4) / 4 * height
        out.append(f'<text x="{left}" y="{top - 26}" font-weight="bold">{name}</text>')
        out.append(f'<text x="{left}" y="{top - 10}"><tspan fill="#0b5cad">ns a byte</tspan>  '
                   '<tspan fill="#b3471d">MB of memory</tspan></text>')
        for n in range(5):
            y = at_y(10 ** n)
            out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#ddd"/>'
                       f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10 ** n}</text>')
        for x, _, _ in points:
            out.append(f'<text x="{at_x(x):.1f}" y="{top + height + 16}" text-anchor="middle">{x:,}</text>')
        for column, colour in ((1, "#0b5cad"), (2, "#b3471d")):
            path = " ".join(f"{at_x(p[0]):.1f},{at_y(p[column]):.1f}" for p in points)
            out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            out += [f'<circle cx="{at_x(p[0]):.1f}" cy="{at_y(p[column]):.1f}" r="3" fill="{colour}"/>' for p in points]
    return "\n".join([*out, "</svg>\n"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="short inputs: whether it works, no figures")
    options.add_argument("-o", "--output", type=Path, default=ROOT / "benches" / "growth.svg")
    given = options.parse_args()
    if not KENNZAHL.exists():
        print("growth: build kennzahl first: cargo build --release", file=sys.stderr)
        return 2
    prose = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "corpus" / "articles").glob("*.txt")))
    series = []
    for name, measure in PLOTS:
        print(f"\n| {name} | ns a byte | MB of memory |\n| ---: | ---: | ---: |")
        points = []
        for point in measure(prose, given.quick):
            points.append(point)
            print(f"| {point[0]:,} | {point[1]:.0f} | {point[2]:.0f} |", flush=True)
        series.append((name, points))
    given.output.write_text(picture(series), encoding="utf-8")
    print(f"\n{given.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
