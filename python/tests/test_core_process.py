"""Threads, processes, signals, and the command line."""

from __future__ import annotations

import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import kennzahl
import pytest

ARTICLES = sorted((pathlib.Path(__file__).resolve().parents[2] / "corpus" / "articles").glob("*.txt"))
TEXTS = [path.read_text(encoding="utf-8") for path in ARTICLES]
LINE = [sys.executable, "-m", "kennzahl"]


@pytest.fixture(scope="module")
def extractor() -> kennzahl.Extractor:
    return kennzahl.Extractor()


def lines(extractor: kennzahl.Extractor) -> list[str]:
    return [d.to_json_lines() for d in extractor.extract_many(TEXTS)]


def test_threads_find_the_same(extractor: kennzahl.Extractor) -> None:
    want = lines(extractor)
    with ThreadPoolExecutor(8) as pool:
        assert all(got == want for got in pool.map(lines, [extractor] * 8))
        many = pool.map(lambda n: extractor.extract(TEXTS[n], id=str(n)).to_json_lines(), range(len(TEXTS)))
        assert list(many) == want


def test_others_run_meanwhile(extractor: kennzahl.Extractor) -> None:
    text = "\n\n".join(TEXTS) * 8
    counted, done = 0, threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begun = time.monotonic()
    extractor.extract(text)
    took = time.monotonic() - begun
    done.set()
    thread.join()
    # With the lock held there would be none, or one a switch.
    assert counted > took * 50, (counted, took)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_after_a_fork(extractor: kennzahl.Extractor) -> None:
    want = lines(extractor)
    begun = extractor.extract_many(TEXTS)
    next(begun)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            extractor.extract(TEXTS[0])
            list(extractor.extract_many(TEXTS[:4]))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                try:
                    signal.alarm(60)
                    same = lines(extractor) == want and extractor.extract(TEXTS[1], id="1").to_json_lines() == want[1]
                    try:
                        list(begun)
                    except kennzahl.KennzahlError as e:
                        same = same and "begun before a fork" in str(e)
                    os._exit(0 if same else 1)
                except BaseException:
                    os._exit(2)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(list(begun)) == len(TEXTS) - 1


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_pools_of_processes(extractor: kennzahl.Extractor, method: str) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        found = list(pool.map(extractor.extract, TEXTS[:6]))
    assert found == [extractor.extract(text) for text in TEXTS[:6]]


def test_ctrl_c_stops_a_table(extractor: kennzahl.Extractor) -> None:
    pa = pytest.importorskip("pyarrow")
    batch = pa.record_batch({"text": TEXTS})
    # Some hundred megabytes, which take much longer than the time to the signal.
    long = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(2000)))
    # A shell that starts this in the background has it ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            extractor.extract_arrow(long)
    finally:
        signal.signal(signal.SIGINT, before)


def run(*args: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LINE, *args], capture_output=True, text=True, **more)


def test_the_command_line(extractor: kennzahl.Extractor) -> None:
    text = "Der Umsatz der Nordkap AG stieg um 12 Prozent."
    out = run("extract", "-", "--from", "text", input=text)
    assert (out.returncode, out.stderr) == (0, "")
    assert out.stdout == extractor.extract(text, id="-").to_json_lines()
    help_ = run("--help")
    assert help_.returncode == 0 and "Usage: kennzahl" in help_.stdout
    assert run("--version").stdout.strip() == f"kennzahl {kennzahl.__version__}"
    assert run("extract", "--wrong").returncode == 2
    assert run("extract", "-", "--from", "text", input="  ").returncode == 1
    assert run("extract", "none.txt").returncode == 2


def test_a_pipe_that_nobody_reads() -> None:
    with subprocess.Popen([*LINE, "extract", str(ARTICLES[0].parent)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.wait() == 0
        assert child.stderr.read() == b""


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals(tmp_path: pathlib.Path, sent: signal.Signals, code: int) -> None:
    fifo = tmp_path / "texts.jsonl"
    os.mkfifo(fifo)
    with subprocess.Popen([*LINE, "extract", str(fifo), "-o", str(tmp_path / "out.jsonl"), "-q"]) as child:
        with open(fifo, "w", encoding="utf-8") as feed:
            feed.write('{"id":"a","text":"Es sind 5 Euro."}\n')
            feed.flush()
            time.sleep(0.5)
            child.send_signal(sent)
            time.sleep(0.2)
        assert child.wait() == code


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc")
def test_memory_is_flat_over_a_million_documents() -> None:
    program = """
import sys, kennzahl
def peak():
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmHWM")) / 1024
x = kennzahl.Extractor()
texts = (f"Die Nordkap AG zahlt {n} Euro." for n in range(1_000_000))
for n, document in enumerate(x.extract_many(texts)):
    assert document.quantities[0].value == n
    if n == 100_000:
        before = peak()
assert n == 999_999
print(before, peak())
"""
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    before, after = map(float, out.split())
    print(f"VmHWM {before:.0f} MB after 100,000 documents, {after:.0f} MB after a million")
    assert after < before + 10 and after < 200


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc")
def test_memory_of_batches_is_flat() -> None:
    pytest.importorskip("pyarrow")
    program = """
import sys, pyarrow as pa, kennzahl
def peak():
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmHWM")) / 1024
x = kennzahl.Extractor(kinds=["quantity"])
batch = pa.record_batch({"text": [f"Die Nordkap AG zahlt {n} Euro." for n in range(10_000)]})
reader = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(60)))
rows = 0
for n, tables in enumerate(x.extract_arrow_batches(reader)):
    rows += pa.table(tables.quantities).num_rows
    if n == 20:
        before = peak()
assert rows == 600_000
print(before, peak())
"""
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    before, after = map(float, out.split())
    assert after < before + 15
