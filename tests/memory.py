#!/usr/bin/env python3
"""Peak memory of `kennzahl extract` over 1 GB of JSON lines on standard input: within --memory, whatever the sizes.

    tests/memory.py PATH_OF_KENNZAHL [MEGABYTES [MEMORY]]

Most documents are articles; every two hundredth is as long as a document may be, in prose or in rows of amounts.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

binary = sys.argv[1]
megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
limit = int(sys.argv[3]) if len(sys.argv) > 3 else 160  # MB
articles = sorted((pathlib.Path(__file__).parent.parent / "corpus" / "articles").glob("*.txt"))
texts = [p.read_text(encoding="utf-8") for p in articles]
prose, rows = "\n\n".join(texts), "Es sind 5 Euro. "
long = [(prose * (limit * 4000 // len(prose) + 1))[:limit * 4000], rows * (limit * 1000 // len(rows))]
texts = [json.dumps(t, ensure_ascii=False) for t in texts]
long = [json.dumps(t, ensure_ascii=False) for t in long]

for output in ("records.jsonl", "records.sqlite", "records.parquet"):
    with tempfile.TemporaryDirectory() as folder:
        place = "/dev/null" if output.endswith("jsonl") else f"{folder}/{output}"
        command = [binary, "extract", "-", "--from", "jsonl", "-o", place, "--memory", f"{limit}MB"]
        run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        sent = number = 0
        # A database takes its time, and does not grow with it.
        most = megabytes * 1_000_000 // (1 if place == "/dev/null" else 5)
        while sent < most:
            some = [*texts, long[number // len(texts) % 2]] if number // len(texts) % 3 == 0 else texts
            lines = "".join(f'{{"id":"{number}.{i}","text":{t}}}\n' for i, t in enumerate(some)).encode()
            run.stdin.write(lines)
            sent, number = sent + len(lines), number + len(texts)
        run.stdin.close()
        _, status, used = os.wait4(run.pid, 0)
        if status != 0:
            sys.exit(f"{output}: status {status}")
        peak = used.ru_maxrss / 1024
        print(f"{output}: {number} documents, {sent / 1e6:.0f} MB, peak memory {peak:.0f} MB of {limit}")
        if peak >= limit:
            sys.exit(f"{output}: peak memory is {peak:.0f} MB, not under {limit}")
