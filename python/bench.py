#!/usr/bin/env python3
"""How long `extract_arrow` takes beside the command line on the same text.

    python bench.py KENNZAHL [--megabytes N]

Both read the same table, the command line from a Parquet file that it writes back as Arrow, and find the same rows; what
starting the program and loading the language take is in both. The better of a few runs of each counts, taken in turns.
Prints the ratio; fails where what they find differs.
"""

from __future__ import annotations

import argparse
import pathlib
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
RUNS = 5


def table(megabytes: int) -> pa.Table:
    """Articles of the corpus, again and again under other ids."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    times = max(1, (megabytes << 20) // sum(len(text.encode()) for text in texts))
    all_texts = texts * times
    return pa.table({"id": [f"a{n}" for n in range(len(all_texts))], "text": all_texts})


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("kennzahl")
    options.add_argument("--megabytes", type=int, default=40)
    given = options.parse_args()
    rows = table(given.megabytes)
    line, package = [], []
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(rows, f"{folder}/texts.parquet")
        for n in range(RUNS):
            begun = time.perf_counter()
            subprocess.run([given.kennzahl, "extract", f"{folder}/texts.parquet", "-o", f"{folder}/{n}/", "--to", "arrow", "-q"],
                           check=True)
            line.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            tables = kennzahl.Extractor().extract_arrow(rows)
            package.append(time.perf_counter() - begun)
        for name, found in tables.items():
            assert pa.ipc.open_file(f"{folder}/0/{name}.arrow").read_all().equals(pa.table(found)), name
    ratio = min(package) / min(line)
    speed = rows["text"].nbytes / 1e6
    print(f"{speed:.0f} MB of text: command line {min(line):.2f} s, {speed / min(line):.1f} MB/s; "
          f"extract_arrow {min(package):.2f} s, {speed / min(package):.1f} MB/s; ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
