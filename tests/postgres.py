#!/usr/bin/env python3
"""PostgreSQL: a real server on a free port in a temporary folder, filled by the program.

    python3 tests/postgres.py KENNZAHL [--install]

With --install the server is installed from the system's packages where it is missing. Exit code 77: there is none.
"""

import decimal
import glob
import json
import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KENNZAHL = os.path.abspath(sys.argv[1])
SKIPPED = 77


def programs(install):
    """The folder of the newest server."""
    def found():
        folders = glob.glob("/usr/lib/postgresql/*/bin") + [os.path.dirname(shutil.which("initdb") or "")]
        folders = [f for f in folders if f and os.path.exists(f + "/initdb") and os.path.exists(f + "/postgres")]
        return max(folders, key=lambda f: [int(n) for n in f.split("/") if n.isdigit()], default=None)

    if not found() and install and shutil.which("apt-get"):
        quiet = dict(env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=True, stdout=subprocess.DEVNULL)
        # The package would start a server of its own, which nobody needs here.
        os.makedirs("/etc/postgresql-common", exist_ok=True)
        if not os.path.exists("/etc/postgresql-common/createcluster.conf"):
            with open("/etc/postgresql-common/createcluster.conf", "w") as conf:
                conf.write("create_main_cluster = false\n")
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], **quiet)
    return found()


class Server:
    """A server of its own, gone with the test. PostgreSQL does not run as root: then it runs as its own user."""

    def __init__(self, bin, folder):
        self.bin, self.data = bin, folder + "/data"
        self.user = None
        if os.geteuid() == 0:
            self.user = next((u for u in ("postgres", "nobody") if any(p.pw_name == u for p in pwd.getpwall())))
            shutil.chown(folder, self.user)
            os.chmod(folder, 0o711)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.call("initdb", "-D", self.data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.log = folder + "/log"
        self.start()
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "test", "news")
        self.url = f"postgres://test@127.0.0.1:{self.port}/news"

    def call(self, program, *args):
        done = subprocess.run([f"{self.bin}/{program}", *args], user=self.user, cwd="/", stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            sys.exit(f"{program}: {done.stdout}")

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self.call("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-o", options, "start")

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def query(self, sql):
        """Rows as lists of texts; null is None."""
        out = subprocess.run(
            [f"{self.bin}/psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "test", "-d", "news",
             "-v", "ON_ERROR_STOP=1", "-t", "-A", "-c", f"SELECT row_to_json(r)::text FROM ({sql}) r"],
            capture_output=True, text=True)
        assert out.returncode == 0, out.stderr
        return [json.loads(line, parse_float=decimal.Decimal) for line in out.stdout.splitlines()]

    def execute(self, sql):
        out = subprocess.run(
            [f"{self.bin}/psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "test", "-d", "news",
             "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
        assert out.returncode == 0, out.stderr


TABLES = ["documents", "quantities", "times", "entities", "facts", "fact_scopes", "refused", "conflicts"]


def run(*args, input="", code=0):
    done = subprocess.run([KENNZAHL, "extract", *args], input=input, capture_output=True, text=True)
    assert done.returncode == code, (done.returncode, done.stderr)
    return done


def clean(server):
    server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def moment(text):
    text = text.replace("T", " ")
    return text + {10: " 00:00:00", 16: ":00"}.get(len(text), "")


def dump(server, tables=TABLES + ["kennzahl_versions", "kennzahl_schema", "kennzahl_runs"]):
    """All rows, sorted; numbers without the zeros of their scale."""
    all = {}
    for table in tables:
        there = server.query(f"SELECT to_regclass('{table}') IS NOT NULL AS yes")[0]["yes"]
        rows = server.query(f"SELECT * FROM {table}") if there else []
        all[table] = sorted(sorted((c, plain(v)) for c, v in r.items() if v is not None) for r in rows)
    return all


def plain(value):
    """A cell as text: decimals by their digits, what is true as 1, as SQLite has it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, decimal.Decimal | int):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, dict):
        return json.dumps(value, default=str)
    return str(value)


def from_sqlite(path):
    import sqlite3
    db, all = sqlite3.connect(path), {}
    db.row_factory = sqlite3.Row
    for table in TABLES:
        rows = [{c: r[c] for c in r.keys()} for r in db.execute(f"SELECT * FROM {table}")]
        all[table] = sorted(sorted((c, str(v)) for c, v in r.items() if v is not None) for r in rows)
    return all


MOMENTS = {"published", "from", "until", "period_from", "period_until"}


def same_json(row):
    """A row whose JSON is written in one way: jsonb has one of its own."""
    as_written = lambda v: json.dumps(json.loads(v, parse_float=decimal.Decimal), sort_keys=True, default=str)
    return [(c, as_written(v) if c == "carried" else v) for c, v in row]


def same_as_sqlite(server, folder):
    """Digit for digit what SQLite has, which tests/tables.rs compares with all other outputs."""
    hard = json.dumps({"id": "x \"y\", z", "title": "", "published": "2026-01-28T22:17:05",
                       "carried": {"ressort": "W \"x\" ä", "n": [1, None, 2.5]}, "text":
                       "Es sind 0,000000001 Prozent, 99999999999999999999999999999 Leute, -0,25 Grad, 10000 Euro, "
                       "0,0001 Prozent, 123456,789 Euro, zwei Drittel, 2:1 Tore. Am Montag, 27. Januar 2026, gilt Paragraf 5."})
    articles = ROOT + "/corpus/articles"
    with open(folder + "/hard.jsonl", "w") as f:
        f.write(hard + "\n")
    kinds = ["--kinds", "document,quantity,time,entity,fact,refused,conflict", "--explain", "--derive"]
    kinds += ["--carry", "*"]
    run(articles, folder + "/hard.jsonl", "-o", folder + "/news.sqlite", *kinds)
    run(articles, folder + "/hard.jsonl", "-o", server.url, *kinds)
    want, have = from_sqlite(folder + "/news.sqlite"), dump(server, TABLES)
    for table in TABLES:
        rows = [sorted((c, moment(v) if c in MOMENTS else v) for c, v in r) for r in have[table]]
        assert len(rows) == len(want[table]), (table, len(rows), len(want[table]))
        for a, b in zip(sorted(map(same_json, rows)), sorted(map(same_json, want[table]))):
            assert a == b, (table, a, b)
    values = {dict(r).get("value") for r in have["quantities"]}
    assert {"99999999999999999999999999999", "0.000000001", "-0.25", "10000", "0.0001", "123456.789"} <= values, values
    assert len(have["facts"]) > 500 and have["refused"] and have["conflicts"]
    # A second run changes nothing, whatever the number of threads.
    once = dump(server)
    run(articles, folder + "/hard.jsonl", "-o", server.url, *kinds, "--jobs", "1")
    assert dump(server) == once
    types = server.query("SELECT DISTINCT data_type, numeric_precision AS p, numeric_scale AS s FROM "
                         "information_schema.columns WHERE table_name = 'facts' AND data_type = 'numeric'")
    assert types == [{"data_type": "numeric", "p": 38, "s": 9}], types
    for view in ("series", "latest", "changes", "names"):
        assert server.query(f"SELECT count(*) AS n FROM {view}")[0]["n"] > 50, view
    assert server.query("SELECT count(*) AS n FROM pg_indexes WHERE tablename = 'facts'")[0]["n"] == 4


def versions(server):
    def feed(*docs):
        lines = [json.dumps({"id": "a", "text": f"Das kostet {n} Euro.", **more}) for n, more in docs]
        run("-", "--from", "jsonl", "-o", server.url, input="\n".join(lines))
        rows = server.query("SELECT d.doc, q.value FROM documents d LEFT JOIN quantities q USING (doc)")
        assert server.query("SELECT count(*) AS n FROM quantities")[0]["n"] == len(rows)
        return [int(r["value"]) for r in rows]

    version = lambda n, **more: (n, {"version": str(n), **more})
    assert feed(version(1)) == [1]
    assert feed((2, {"version": "1"})) == [2], "written again, it replaces its rows"
    assert feed(version(10)) == [10], "a newer one replaces it"
    assert feed(version(9)) == [10], "an older one that comes late does not"
    assert feed(version(11), version(12)) == [12], "both in one batch"
    assert feed(version(14), version(13)) == [14]
    assert feed(version(15, status="canceled")) == [], "a withdrawn one is deleted"
    assert feed(version(14)) == [], "and an older one stays out"
    assert feed(version(16)) == [16], "a newer one comes back"
    assert feed(version(17), version(18, status="canceled")) == []
    assert feed((20, {})) == [20], "without a version the later one counts"
    # A text may hold what PostgreSQL cannot.
    odd = '{"id": "n", "title": "\\u0000", "text": "5\\u0000 Euro", "x": "\\u0000", "y": 1e999999, "z": ' + "9" * 2000 + "}"
    run("-", "--from", "jsonl", "--carry", "*", "-o", server.url, input=odd)
    found = server.query("SELECT title, carried->>'x' AS x, carried->>'y' AS y, length(carried->>'z') AS z "
                         "FROM documents WHERE doc = 'n'")
    assert found == [{"title": "\ufffd", "x": "\ufffd", "y": "1e+999999", "z": 2000}], found


def schema(server):
    server.execute("UPDATE kennzahl_schema SET schema_version = '2.0'")
    before = dump(server)
    done = run("-", "-o", server.url, input="5 Euro", code=2)
    assert "schema 2.0" in done.stderr and "new database" in done.stderr, done.stderr
    assert dump(server) == before
    server.execute("UPDATE kennzahl_schema SET schema_version = '1.0'; "
                   "ALTER TABLE documents DROP COLUMN lang")
    run("-", "-o", server.url, input="6 Euro")
    assert server.query("SELECT count(lang) AS n FROM documents") == [{"n": 0}], "a missing column is added"
    # The printed script makes the same tables.
    columns = "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns " \
              "WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
    clean(server)
    run("-", "-o", server.url, "--kinds", "refused,conflict", input="6 Euro")
    ours = server.query(columns)
    clean(server)
    script = subprocess.run([KENNZAHL, "schema", "--sql", "postgres"], capture_output=True, text=True, check=True).stdout
    server.execute(script)
    assert server.query(columns) == ours
    run("-", "-o", server.url, input="6 Euro")
    # Neither user nor password of a URL is printed.
    done = run("-", "-o", "postgres://nobody:geheim@127.0.0.1:1/none?connect_timeout=1", input="5 Euro", code=2)
    assert "geheim" not in done.stderr and "127.0.0.1" in done.stderr, done.stderr


def tables(server):
    return server.query("SELECT to_regclass('kennzahl_runs') IS NOT NULL AS yes")[0]["yes"]


def dropped(server, folder, lines):
    """Connections are cut and the server restarts while the program writes: the content is that of a quiet run."""
    with open(folder + "/many.jsonl", "w") as f:
        f.write(lines)
    clean(server)
    run(folder + "/many.jsonl", "-o", server.url)
    want = dump(server)
    assert len(want["documents"]) > 1000
    clean(server)
    child = subprocess.Popen([KENNZAHL, "extract", folder + "/many.jsonl", "-o", server.url], stderr=subprocess.PIPE,
                             text=True)
    cut, restarts, seen = 0, 0, None
    chance = random.Random(7)
    while child.poll() is None:
        time.sleep(0.05)
        rows = server.query("SELECT checkpoint FROM kennzahl_runs") if child.poll() is None and tables(server) else []
        # Cut once a batch, somewhere within it: the next try has to come through.
        if not rows or rows == seen:
            continue
        seen = rows
        time.sleep(chance.random() / 2)
        if cut == 3 and not restarts:
            server.stop()
            time.sleep(0.5)
            server.start()
            restarts = 1
        else:
            cut += len(server.query("SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity "
                                    "WHERE application_name = 'kennzahl'"))
    assert child.returncode == 0, child.stderr.read()
    assert cut >= 3 and restarts == 1, f"the connection was cut {cut} times"
    assert dump(server) == want
    print(f"   connections cut {cut} times, server restarted {restarts} times")


def two_at_once(server, folder):
    """Two programs write the same documents at the same time."""
    clean(server)
    errors = []

    def one():
        done = subprocess.run([KENNZAHL, "extract", folder + "/many.jsonl", "-o", server.url], capture_output=True, text=True)
        if done.returncode:
            errors.append(done.stderr)

    run(folder + "/many.jsonl", "-o", server.url)
    want = dump(server)
    clean(server)
    threads = [threading.Thread(target=one) for _ in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert not errors, errors
    assert dump(server) == want


def main():
    bin = programs("--install" in sys.argv)
    if not bin:
        return SKIPPED
    texts = []
    for path in sorted(glob.glob(ROOT + "/corpus/articles/*.txt")):
        with open(path, encoding="utf-8") as f:
            texts.append(f.read())
    lines = "".join(json.dumps({"id": f"{i}-{n}", "text": text, "published": "2026-01-28"}) + "\n"
                    for i in range(70) for n, text in enumerate(texts))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own:
        server = Server(bin, own)
        try:
            for test in (lambda: same_as_sqlite(server, folder), lambda: clean(server), lambda: versions(server),
                         lambda: schema(server), lambda: dropped(server, folder, lines),
                         lambda: two_at_once(server, folder)):
                test()
        finally:
            server.stop()
    print("PostgreSQL: as SQLite digit for digit, versions, schemas, dropped connections, two at once")
    return 0


if __name__ == "__main__":
    sys.exit(main())
