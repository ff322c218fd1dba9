#!/usr/bin/env python3
"""Runs that are killed at random moments and resumed: the content is that of a quiet run.

    python3 tests/resume.py KENNZAHL [--install]

Into SQLite, and into PostgreSQL where tests/postgres.py finds or installs it. Exit code 77: there is no PostgreSQL.
"""

import glob
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time

import postgres
from postgres import KENNZAHL, ROOT, SKIPPED, TABLES

DOCUMENTS = 20_000
KILLS = 20
OWN = ["kennzahl_versions", "kennzahl_schema", "kennzahl_runs"]


def archive(path):
    """A packed archive of JSON lines made of the corpus, with what a long feed has: broken lines, documents sent twice,
    newer and older versions of one."""
    texts = []
    for article in sorted(glob.glob(ROOT + "/corpus/articles/*.txt")):
        with open(article, encoding="utf-8") as f:
            paragraphs = [p for p in f.read().split("\n\n") if len(p) > 100]
            texts += ["\n\n".join(paragraphs[i:i + 3]) for i in range(0, len(paragraphs), 3)]
    chance = random.Random(1)
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for member in range(20):
            lines = []
            for n in range(member * DOCUMENTS // 20, (member + 1) * DOCUMENTS // 20):
                def add(version, id=f"d{n}"):
                    text = f"{chance.choice(texts)}\n\nEs waren {n} Euro."
                    lines.append(json.dumps({"id": id, "version": version, "published": "2026-01-28", "text": text}))
                add("5")
                if n % 500 == 1:
                    lines.append("{broken")
                if n % 300 == 2:
                    add("5", f"d{chance.randrange(n)}")
                if n % 400 == 3:
                    add("6", f"d{chance.randrange(n)}")
                if n % 400 == 4:
                    add("4", f"d{chance.randrange(n)}")
            data = "\n".join(lines).encode()
            info = tarfile.TarInfo(f"part-{member:02}.jsonl")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


class Sqlite:
    def __init__(self, folder):
        self.url = folder + "/news.sqlite"

    def clean(self):
        for path in glob.glob(self.url + "*"):
            os.remove(path)

    def content(self):
        db = sqlite3.connect(self.url)
        there = {name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        all = {t: sorted(map(repr, db.execute(f"SELECT * FROM {t}"))) for t in TABLES + OWN if t in there}
        all["indices"] = sorted(db.execute("SELECT name FROM sqlite_master WHERE type = 'index'"))
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return all


class Postgres:
    def __init__(self, server):
        self.server, self.url = server, server.url

    def clean(self):
        postgres.clean(self.server)

    def content(self):
        all = {}
        for table in TABLES + OWN:
            if self.server.query(f"SELECT to_regclass('{table}') IS NOT NULL AS yes")[0]["yes"]:
                all[table] = self.server.query(
                    f"SELECT count(*) AS n, md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")) AS hash FROM {table} t")
        all["indices"] = self.server.query("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        return all


def killed(name, output, folder):
    source, rejects = folder + "/news.tar.gz", folder + "/rejects.jsonl"
    command = [KENNZAHL, "extract", source, "-o", output.url, "--kinds", "document,quantity,time", "--rejects", rejects]

    def noted():
        with open(rejects, encoding="utf-8") as f:
            return f.read()

    output.clean()
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1, (done.returncode, done.stderr)
    whole = time.monotonic() - begun
    want, want_rejects = output.content(), noted()
    assert len(want_rejects.splitlines()) > 100
    chance, kills, gone_on, rounds = random.Random(), 0, 0, 0
    while kills < KILLS:
        output.clean()
        os.remove(rejects)
        rounds, longest, resume = rounds + 1, whole / 5, []
        while True:
            child = subprocess.Popen(command + resume, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                err = child.communicate(timeout=chance.uniform(0, longest))[1]
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                err = child.communicate()[1]
            gone_on += "going on behind" in err
            if child.returncode == 1:
                break
            assert child.returncode == -signal.SIGKILL, (child.returncode, err)
            kills += 1
            # What was done is read past, which takes longer every time.
            resume, longest = ["--resume"], longest * 1.04
        have = output.content()
        for part in want:
            assert have[part] == want[part], f"{name}: {part} differs after {kills} kills"
        assert noted() == want_rejects, f"{name}: the rejects differ after {kills} kills"
    assert gone_on >= 5, f"gone on with {gone_on} times only"
    print(f"   {name}: killed {kills} times in {rounds} runs, gone on with {gone_on} times; a quiet run takes {whole:.1f} s")


def main():
    bin = postgres.programs("--install" in sys.argv)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own:
        archive(folder + "/news.tar.gz")
        killed("SQLite", Sqlite(folder), folder)
        if not bin:
            return SKIPPED
        server = postgres.Server(bin, own)
        try:
            killed("PostgreSQL", Postgres(server), folder)
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
