#!/usr/bin/env python3
"""Reads tables back with pyarrow and duckdb, and runs the SQL script for DuckDB.

    python3 tests/outputs.py KENNZAHL [--install]

With --install the two packages are installed into a folder below target/. Exit code 77: they are missing.
"""

import decimal
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KENNZAHL = os.path.abspath(sys.argv[1])
TABLES = ["documents", "quantities", "times", "entities", "facts", "fact_scopes"]


def packages(install):
    """Runs this program again with the packages; none where they are missing."""
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
        return
    except ImportError:
        pass
    folder = os.environ.get("CARGO_TARGET_DIR", ROOT + "/target") + "/outputs-venv"
    python = folder + "/bin/python3"
    if not os.path.exists(python) or install:
        if not install:
            sys.exit(77)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "pyarrow", "duckdb"],
                       check=True)
    if os.environ.get("OUTPUTS_AGAIN"):
        sys.exit("pyarrow and duckdb cannot be loaded though they are installed")
    os.execve(python, [python, *[a for a in sys.argv if a != "--install"]], {**os.environ, "OUTPUTS_AGAIN": "1"})


def plain(value):
    """A cell as text: decimals by their digits, times to the second, what is true as 1, as SQLite has it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, decimal.Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def rows(records):
    return sorted(sorted((c, plain(v)) for c, v in r.items() if v is not None) for r in records)


def sqlite(path, table):
    import sqlite3
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    return rows({c: r[c] for c in r.keys()} for r in db.execute(f"SELECT * FROM {table}"))


def main():
    packages("--install" in sys.argv)
    import duckdb
    import pyarrow
    import pyarrow.csv
    import pyarrow.ipc
    import pyarrow.parquet

    hard = {"id": "x \"y\",\nz", "title": "", "published": "2026-01-28T22:17:05", "source": "a, b", "text":
            "Es sind 0,000000001 Prozent, 99999999999999999999999999999 Leute, -0,25 Grad, zwei Drittel, 2:1 Tore. "
            "Der Umsatz der Nordkap AG stieg im vierten Quartal um 12,5 Prozent auf knapp 58,7 Milliarden Dollar."}
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        with open(at("hard.jsonl"), "w") as f:
            f.write(json.dumps(hard) + "\n")
        for more in (["news.sqlite"], ["csv/", "--to", "csv"], ["parquet/", "--to", "parquet"], ["arrow/", "--to", "arrow"],
                     ["parts/", "--to", "parquet", "--part-size", "1K"]):
            subprocess.run([KENNZAHL, "extract", ROOT + "/corpus/articles", at("hard.jsonl"), "--derive",
                            "-o", at(more[0]), *more[1:]], check=True)
        script = subprocess.run([KENNZAHL, "schema", "--sql", "duckdb"], capture_output=True, text=True, check=True).stdout
        here = os.getcwd()
        os.chdir(at("parquet"))
        db = duckdb.connect()
        db.execute(script)
        for table in TABLES:
            want = sqlite(at("news.sqlite"), table)
            assert want or table == "fact_scopes"
            parquet = pyarrow.parquet.read_table(at(f"parquet/{table}.parquet"))
            assert rows(parquet.to_pylist()) == want, f"{table}: Parquet by pyarrow"
            assert parquet.schema.metadata[b"kennzahl.schema_version"] == b"1.0"
            info = pyarrow.parquet.ParquetFile(at(f"parquet/{table}.parquet")).metadata
            assert info.metadata[b"kennzahl.schema_version"] == b"1.0"
            if info.num_row_groups:
                assert info.row_group(0).column(0).compression == "ZSTD"
            arrow = pyarrow.ipc.open_file(at(f"arrow/{table}.arrow")).read_all()
            assert rows(arrow.to_pylist()) == want, f"{table}: Arrow by pyarrow"
            types = {f.name: str(f.type) for f in parquet.schema}
            assert all(t in ("string", "int64", "decimal128(38, 9)", "timestamp[us]", "bool") for t in types.values()), types
            # Through the views of the script.
            columns = [f'"{f.name}"' for f in parquet.schema]
            have = db.execute(f"SELECT {', '.join(columns)} FROM {table}")
            names = [d[0] for d in have.description]
            assert rows(dict(zip(names, r)) for r in have.fetchall()) == want, f"{table}: Parquet by duckdb"
            # CSV with the types said, by both.
            spoken = {"string": "VARCHAR", "int64": "BIGINT", "decimal128(38, 9)": "DECIMAL(38,9)", "timestamp[us]": "TIMESTAMP", "bool": "BOOLEAN"}
            list = ", ".join(f"'{c}': '{spoken[t]}'" for c, t in types.items())
            have = db.execute(f"SELECT * FROM read_csv('{at('csv')}/{table}.csv', header = true, allow_quoted_nulls = false, "
                              f"strict_mode = true, quote = '\"', escape = '\"', delim = ',', columns = {{{list}}})")
            assert rows(dict(zip(types, r)) for r in have.fetchall()) == want, f"{table}: CSV by duckdb"
            have = pyarrow.csv.read_csv(
                at(f"csv/{table}.csv"), parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=parquet.schema, strings_can_be_null=True, quoted_strings_can_be_null=False,
                    null_values=[""], timestamp_parsers=["%Y-%m-%d %H:%M:%S"]))
            assert rows(have.to_pylist()) == want, f"{table}: CSV by pyarrow"
        for view in ("series", "latest", "changes", "names"):
            # The same answers as SQLite gives, but for its column of floats and its booleans.
            have = db.execute(f"SELECT * FROM {view}")
            names = [d[0] for d in have.description]
            have = [{n: int(v) if isinstance(v, bool) else v for n, v in zip(names, r)} for r in have.fetchall()]
            import sqlite3
            lite = sqlite3.connect(at("news.sqlite")).execute(f"SELECT * FROM {view}")
            columns = [d[0] for d in lite.description]
            want = [{c: v for c, v in zip(columns, r) if c != "value_real"} for r in lite.fetchall()]
            assert len(want) > 50 and rows(have) == rows(want), view
        # The same in parts.
        os.chdir(at("parts"))
        parts = duckdb.connect()
        parts.execute(script)
        for table in TABLES:
            assert os.path.exists(f"{table}-00000.parquet") and not os.path.exists(f"{table}.parquet")
            count = parts.execute(f"SELECT count(*) FROM {table}").fetchall()
            assert count == [(len(sqlite(at("news.sqlite"), table)),)], f"{table} in parts"
        os.chdir(here)
    print("pyarrow and duckdb read Parquet, Arrow and CSV as SQLite has them; the script for DuckDB runs")


if __name__ == "__main__":
    main()
