#!/usr/bin/env python3
"""How many instructions the program takes, against counts that are committed: what the noise of clocks would hide.

    python3 tests/instructions.py KENNZAHL [--install] [--write]

valgrind counts them over the articles of the corpus, layer by layer, on one thread. A count that is more than five per
cent above the committed one fails; --write writes benches/instructions.tsv anew. With --install valgrind is installed from
the system's packages where it is missing. Exit code 77: there is none.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KENNZAHL = os.path.abspath(sys.argv[1])
TABLE = os.path.join(ROOT, "benches", "instructions.tsv")
SKIPPED = 77

# Compilers and processors differ by less, changes that matter by more.
TOLERANCE = 0.05

SENTENCE = "Der Umsatz der Nordkap AG stieg 2025 um 24 Prozent auf 59,9 Milliarden Euro.\n"

# What is run: a name, and the arguments behind `extract`.
RUNS = [
    ("start and one sentence", ["sentence.txt"]),
    ("quantities", ["articles", "--kinds", "quantity"]),
    ("quantities and times", ["articles", "--kinds", "quantity,time"]),
    ("quantities, times and names", ["articles", "--kinds", "quantity,time,entity"]),
    ("all, with facts", ["articles"]),
    ("all, into SQLite", ["articles", "-o", "out.sqlite"]),
]


def valgrind(install):
    if not shutil.which("valgrind") and install and shutil.which("apt-get"):
        quiet = dict(env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "valgrind"], **quiet)
    return shutil.which("valgrind")


def count(folder, arguments):
    """Instructions of one run."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", KENNZAHL, "extract", *arguments,
               "--jobs", "1"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "GLIBC_TUNABLES": "", "NO_COLOR": "1"})
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return int(found.group(1))


def main():
    if not valgrind("--install" in sys.argv):
        print("valgrind is missing")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(ROOT, "corpus", "articles"), os.path.join(folder, "articles"))
        with open(os.path.join(folder, "sentence.txt"), "w", encoding="utf-8") as file:
            file.write(SENTENCE)
        counts = [(name, count(folder, arguments)) for name, arguments in RUNS]
    if "--write" in sys.argv:
        with open(TABLE, "w", encoding="utf-8") as file:
            file.write("run\tinstructions\n")
            file.writelines(f"{name}\t{n}\n" for name, n in counts)
        print(f"written: {TABLE}")
        return
    with open(TABLE, encoding="utf-8") as file:
        known = dict(line.rstrip("\n").split("\t") for line in list(file)[1:])
    risen = []
    for name, n in counts:
        before = int(known[name])
        print(f"{name:30} {n / 1e6:9.1f} million  {100 * (n / before - 1):+6.1f} %")
        if n > before * (1 + TOLERANCE):
            risen.append(name)
    if risen:
        sys.exit(f"more instructions than {TABLE} has: {', '.join(risen)}; if that is meant, run this with --write")


main()
