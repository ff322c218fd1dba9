#!/usr/bin/env python3
"""Peak memory of `kennzahl extract` over 1 GB of JSON lines on standard input: under 200 MB.

    tests/memory.py PATH_OF_KENNZAHL [MEGABYTES]
"""
import json
import pathlib
import resource
import subprocess
import sys

LIMIT = 200  # MB
binary, megabytes = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
articles = sorted((pathlib.Path(__file__).parent.parent / "corpus" / "articles").glob("*.txt"))
texts = [json.dumps(p.read_text(encoding="utf-8"), ensure_ascii=False) for p in articles]

run = subprocess.Popen([binary, "extract", "-", "--from", "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
sent = number = 0
while sent < megabytes * 1_000_000:
    lines = "".join(f'{{"id":"{number + i}","text":{t}}}\n' for i, t in enumerate(texts)).encode()
    run.stdin.write(lines)
    sent, number = sent + len(lines), number + len(texts)
run.stdin.close()
if run.wait() != 0:
    sys.exit(f"exit code {run.returncode}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{number} documents, {sent / 1e6:.0f} MB, peak memory {peak:.0f} MB")
if peak >= LIMIT:
    sys.exit(f"peak memory is {peak:.0f} MB, not under {LIMIT}")
