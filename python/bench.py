#!/usr/bin/env python3
"""How long `extract_arrow` takes beside the command line on the same text.

    python bench.py KENNZAHL [--megabytes N]

Both read the same table, the command line from a Parquet file that it writes back as Arrow, and find the same rows; what
starting the program takes is in the one, what making an extractor takes in both; that the first one of a process unpacks
the tables of the language, a quarter of a second, is in neither. Runs are taken in turns, and each is compared with its
neighbour, since what else the machine does changes from run to run; the median of these ratios counts. The time of
processors is printed too: where it differs from that of the clock, others were at work.

Fails where the two find other rows.
"""

from __future__ import annotations

import argparse
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# The package that is installed is measured, not the folder beside this file.
sys.path[:] = [path for path in sys.path if pathlib.Path(path).resolve() != HERE]

import kennzahl  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

ARTICLES = HERE.parent / "corpus" / "articles"
RUNS = 9


def table(megabytes: int) -> pa.Table:
    """Articles of the corpus, again and again under other ids."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    times = max(1, (megabytes << 20) // sum(len(text.encode()) for text in texts))
    all_texts = texts * times
    return pa.table({"id": [f"a{n}" for n in range(len(all_texts))], "text": all_texts})


def clock(who: int) -> tuple[float, float]:
    """The time of the clock, and that of processors which this process or its children had."""
    used = resource.getrusage(who)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def since(began: tuple[float, float], now: tuple[float, float]) -> tuple[float, float]:
    return now[0] - began[0], now[1] - began[1]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("kennzahl")
    options.add_argument("--megabytes", type=int, default=20)
    given = options.parse_args()
    rows = table(given.megabytes)
    line, package = [], []
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(rows, f"{folder}/texts.parquet")
        # Unpacks the tables of the language, once for the process.
        kennzahl.Extractor()
        for n in range(RUNS):
            began = clock(resource.RUSAGE_CHILDREN)
            command = [given.kennzahl, "extract", f"{folder}/texts.parquet", "-o", f"{folder}/{n}/", "--to", "arrow", "-q"]
            subprocess.run(command, check=True)
            line.append(since(began, clock(resource.RUSAGE_CHILDREN)))
            began = clock(resource.RUSAGE_SELF)
            tables = kennzahl.Extractor().extract_arrow(rows)
            package.append(since(began, clock(resource.RUSAGE_SELF)))
        for name, found in tables.items():
            assert pa.ipc.open_file(f"{folder}/0/{name}.arrow").read_all().equals(pa.table(found)), name
    megabytes = rows["text"].nbytes / 1e6
    pairs = [p / c for (c, _), (p, _) in zip(line, package, strict=True)]
    ratio, of_processors = statistics.median(pairs), statistics.median(p / c for (_, c), (_, p) in zip(line, package, strict=True))
    of_line, of_package = (statistics.median(wall for wall, _ in runs) for runs in (line, package))
    print("ratios, run by run: " + " ".join(f"{pair:.2f}" for pair in pairs))
    print(f"{megabytes:.0f} MB of text: command line {of_line:.2f} s, {megabytes / of_line:.1f} MB/s; "
          f"extract_arrow {of_package:.2f} s, {megabytes / of_package:.1f} MB/s; "
          f"ratio {ratio:.3f}, of the time of processors {of_processors:.3f}")


if __name__ == "__main__":
    main()
