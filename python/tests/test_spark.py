"""kennzahl.spark on a real Spark: two executor processes, and what they find is what the command line writes.

Needs Java. ``$KENNZAHL`` names the command line; without it ``python -m kennzahl`` stands in.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyspark
import pytest
from news import articles
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

import kennzahl
import kennzahl.spark

DOCUMENTS = 20_000
KEYS = {"documents": ["doc"], "fact_scopes": ["doc", "fact", "nth"]}
TABLES = ["documents", "quantities", "times", "entities", "facts", "fact_scopes"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents as JSON lines."""
    path = tmp_path_factory.mktemp("archive") / "news.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for article in articles(DOCUMENTS):
            known = {name: value for name, value in article.items() if value is not None}
            out.write(json.dumps(known, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def expected(archive: Path) -> dict[str, pa.Table]:
    """The tables that the command line writes."""
    out = archive.parent / "tables"
    program = [os.environ["KENNZAHL"]] if "KENNZAHL" in os.environ else [sys.executable, "-m", "kennzahl"]
    subprocess.run([*program, "extract", str(archive), "--to", "parquet", "-o", f"{out}/"], check=True)
    found = {name: pq.read_table(out / f"{name}.parquet") for name in TABLES}
    # What is compared has to be worth it.
    assert found["documents"].num_rows == DOCUMENTS
    assert all(found[name].num_rows > DOCUMENTS / 2 for name in TABLES if name != "fact_scopes")
    return found


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A cluster of two executors, processes of their own with a core and a gigabyte each."""
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        env.setenv("PYSPARK_PYTHON", sys.executable)
        # The executors import this file and the package.
        paths = [str(Path(kennzahl.__file__).parents[1]), str(Path(__file__).parent)]
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.pyspark.python", sys.executable)
            .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(paths))
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            # The archive in about 16 partitions, without a shuffle.
            .config("spark.sql.files.maxPartitionBytes", "256k")
            .config("spark.sql.files.openCostInBytes", "0")
            # A zone that is neither that of the documents nor, as a rule, that of the machine.
            .config("spark.sql.session.timeZone", "America/New_York")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def read(spark: SparkSession, archive: Path) -> DataFrame:
    return spark.read.schema("id string, published string, text string").json(str(archive))


def same(table: str, found: pa.Table, expected: pa.Table) -> None:
    """Row for row, every column, whatever the order of the rows."""
    order = [(key, "ascending") for key in KEYS.get(table, ["doc", "id"])]
    assert found.column_names == expected.column_names
    types = {field.name: str(field.type) for field in expected.schema}
    assert {field.name: str(field.type) for field in found.schema} == types
    found, expected = found.sort_by(order), expected.sort_by(order)
    assert found.num_rows == expected.num_rows
    for name in expected.column_names:
        if not found[name].equals(expected[name]):
            pairs = zip(found.to_pylist(), expected.to_pylist(), strict=True)
            raise AssertionError(f"{table}.{name}: {next(p for p in pairs if p[0][name] != p[1][name])}")


def flat(nested: pa.Table, table: str) -> pa.Table:
    """A table out of the arrays of it."""
    docs, rows = nested["doc"], nested["document" if table == "documents" else table]
    if table != "documents":
        docs, rows = docs.take(pc.list_parent_indices(rows)), pc.list_flatten(rows)
    struct = rows.combine_chunks() if isinstance(rows, pa.ChunkedArray) else rows
    return pa.table([docs, *struct.flatten()], names=["doc", *(field.name for field in struct.type)])


def test_rows_of_documents_are_what_the_command_line_writes(
    spark: SparkSession, archive: Path, expected: dict[str, pa.Table]
) -> None:
    found = kennzahl.spark.extract(read(spark, archive)).toArrow()
    for table in TABLES:
        same(table, flat(found, table), expected[table])


def executor() -> int:
    """The process of the executor that this worker belongs to: the parent of the daemon that forked it."""
    command = ["ps", "-o", "ppid=", "-p", str(os.getppid())]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def waits(partition: int, notes: str) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A step that passes batches on; in this partition, where it runs first, it waits for its end amid them."""

    def step(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = pyspark.TaskContext.get()
        assert context is not None
        for number, batch in enumerate(batches):
            yield batch
            if context.partitionId() != partition or number > 0:
                continue
            note = Path(notes) / f"attempt-{context.attemptNumber()}"
            note.with_suffix(".new").write_text(str(executor()))
            note.with_suffix(".new").rename(note)
            if context.attemptNumber() == 0:
                daemon, until = os.getppid(), time.monotonic() + 60
                while os.getppid() == daemon and time.monotonic() < until:
                    time.sleep(0.05)
                raise RuntimeError("nobody killed the executor")

    return step


def test_an_executor_that_is_killed_changes_nothing(
    spark: SparkSession, archive: Path, expected: dict[str, pa.Table], tmp_path: Path
) -> None:
    facts = kennzahl.spark.extract(read(spark, archive), table="facts")
    assert facts.rdd.getNumPartitions() >= 12
    slow = facts.mapInArrow(waits(5, str(tmp_path)), facts.schema)
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(slow.toArrow)
        note = tmp_path / "attempt-0"
        until = time.monotonic() + 120
        while not note.exists():
            assert time.monotonic() < until and not result.done(), "the partition is not reached"
            time.sleep(0.05)
        victim = int(note.read_text())
        command = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(victim)], capture_output=True, text=True).stdout
        assert "CoarseGrainedExecutorBackend" in command and spark.sparkContext.applicationId in command
        os.kill(victim, signal.SIGKILL)
        found = result.result(timeout=150)
    assert int((tmp_path / "attempt-1").read_text()) != victim
    same("facts", found, expected["facts"])


def test_packs_are_read_where_extract_is_called(spark: SparkSession, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[[unit]]\nid = "{Klafter}"\nkind = "measure"\nforms = ["Klafter|n"]\n'
        'example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]\n',
        encoding="utf-8",
    )
    texts = spark.createDataFrame([(1, "Der Turm ist acht Klafter hoch.")], ["id", "text"])
    found = [
        kennzahl.spark.extract(texts, table="quantities", packs=[pack]),
        kennzahl.spark.extract(texts, extractor=kennzahl.Extractor(packs=[pack])).select("doc", F.inline("quantities")),
        kennzahl.spark.extract(texts, table="quantities"),
    ]
    pack.unlink()
    rows = found[0].union(found[1]).union(found[2]).select("doc", "value", "unit", "noun").collect()
    assert [tuple(row) for row in rows] == [("1", 8, "{Klafter}", None)] * 2 + [("1", 8, None, "Klafter")]


def test_columns_have_any_name_and_published_any_type(spark: SparkSession) -> None:
    instant = dt.datetime(2026, 1, 28, 23, 30, tzinfo=dt.timezone.utc)
    data = [("a", "Gestern kamen 20 Gäste.", "unused", instant, dt.date(2026, 1, 28))]
    texts = spark.createDataFrame(data, "`the id` string, `te.xt` string, text string, `at` timestamp, `day` date")
    texts = texts.withColumn("civil", F.lit("2026-01-28 23:30:00").cast("timestamp_ntz"))

    def found(published: str | Column | None) -> DataFrame:
        rows = kennzahl.spark.extract(texts, "te.xt", "the id", published, kinds=["time"])
        assert rows.columns == ["doc", "document", "times"]
        return rows.select("document.published", F.col("times")[0]["value"])

    columns: list[str | Column | None] = ["at", "civil", "day", F.lit("2026-01-28T23:30Z"), None, "no such column"]
    values = reduce(DataFrame.union, [found(column) for column in columns]).collect()
    # 23:30 in UTC is half past midnight in Berlin, and half past six in the evening in the session's zone.
    berlin = (dt.datetime(2026, 1, 29, 0, 30), "2026-01-28")
    assert [tuple(row) for row in values[:4]] == [
        berlin,
        (dt.datetime(2026, 1, 28, 23, 30), "2026-01-27"),
        (dt.datetime(2026, 1, 28), "2026-01-27"),
        berlin,
    ]
    assert [row[0] for row in values[4:]] == [None, None]
    with pytest.raises(pyspark.errors.AnalysisException):
        kennzahl.spark.extract(texts, "te.xt")
    with pytest.raises(ValueError, match="there is no table 'fact'"):
        kennzahl.spark.extract(texts, "te.xt", "the id", table="fact")


def test_documents_that_cannot_be_read(spark: SparkSession) -> None:
    texts = spark.createDataFrame([("a", "1 Gast"), ("b", None), (None, "3 Gäste")], "id string, text string")
    with pytest.raises(Exception, match="document 'b': .*without text; on_error='skip' leaves such documents out"):
        kennzahl.spark.extract(texts.where("id is not null"), table="quantities").collect()
    kept = kennzahl.spark.extract(texts, on_error="skip")
    assert [row["doc"] for row in kept.select("doc").collect()] == ["a"]


def test_nothing_in_nothing_out(spark: SparkSession) -> None:
    empty = spark.createDataFrame([], "id string, text string")
    assert kennzahl.spark.extract(empty).toArrow().num_rows == 0
    assert kennzahl.spark.extract(empty, table="times").schema == kennzahl.spark.schema("times")
