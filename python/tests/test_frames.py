"""Frames of pyarrow, pandas, Polars and DuckDB as input and as output; the mapper of Spark, Ray and Dask."""

from __future__ import annotations

import datetime as dt
import importlib.util
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from news import articles

import kennzahl
from kennzahl.frames import NESTED, Mapper, schema

EXTRACTOR = kennzahl.Extractor()
ARTICLES = articles(200)
TABLE = pa.table({name: [a[name] for a in ARTICLES] for name in ("id", "published", "text")})
TABLES = ["documents", "quantities", "times", "entities", "facts", "fact_scopes"]

# All digits of a DECIMAL(38,9), which no float has.
HARD = "Es sind 0,000000001 Prozent und 99999999999999999999999999999 Leute, -0,25 Grad, zwei Drittel."
HARD_VALUES = [Decimal("1e-9"), Decimal("99999999999999999999999999999"), Decimal("-0.25"), None]


def tables(found: Any) -> dict[str, pa.Table]:
    return {name: pa.table(found[name]) for name in TABLES}


EXPECTED = tables(EXTRACTOR.extract_arrow(TABLE))


def test_what_is_compared_below_is_worth_it() -> None:
    assert EXPECTED["documents"]["doc"].to_pylist() == [a["id"] for a in ARTICLES]
    assert all(EXPECTED[name].num_rows > 100 for name in TABLES if name != "fact_scopes")
    quantities = EXPECTED["quantities"].to_pylist()
    texts = {a["id"]: a["text"] for a in ARTICLES}
    assert all(texts[q["doc"]][q["start"] : q["end"]] == q["text"] for q in quantities)


# Each frame with the name of its maker; all of them hold the same.
INPUTS: dict[str, Callable[[], Any]] = {
    "pyarrow in chunks": lambda: pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1, 0), TABLE.slice(1)]),
    "pyarrow batch": lambda: TABLE.combine_chunks().to_batches()[0],
    "pyarrow slice": lambda: pa.concat_tables([TABLE.slice(150), TABLE]).combine_chunks().slice(50),
    "pyarrow reader": lambda: TABLE.to_reader(max_chunksize=7),
    "large strings": lambda: TABLE.cast(pa.schema([(n, pa.large_string()) for n in TABLE.column_names])),
    "string views": lambda: TABLE.cast(pa.schema([(n, pa.string_view()) for n in TABLE.column_names])),
    "dictionaries": lambda: pa.table({n: TABLE[n].dictionary_encode() for n in TABLE.column_names}),
    "other columns": lambda: TABLE.append_column("n", pa.array(range(200))).append_column("l", pa.array([[1.5]] * 200)),
    "pandas": lambda: TABLE.to_pandas(),
    "pandas with Arrow's types": lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype),
    "Polars": lambda: pl.DataFrame(ARTICLES),
    "Polars in chunks": lambda: pl.concat([pl.DataFrame(ARTICLES[:90]), pl.DataFrame(ARTICLES[90:])], rechunk=False),
    "DuckDB": lambda: duckdb.connect().from_arrow(TABLE),
}


@pytest.mark.parametrize("frame", INPUTS.values(), ids=list(INPUTS))
def test_frames_as_input(frame: Callable[[], Any]) -> None:
    found = tables(EXTRACTOR.extract_arrow(frame()))
    for name in TABLES:
        assert found[name].equals(EXPECTED[name]), name


def test_columns_that_are_missing() -> None:
    texts = ["Gestern kamen 20 Gäste.", "Morgen kommen 30."]
    found = EXTRACTOR.extract_arrow(pa.table({"body": texts}), text="body")
    assert pa.table(found.documents)["doc"].to_pylist() == ["0", "1"]
    assert pa.table(found.documents)["published"].null_count == 2
    assert pa.table(found.times)["from"].null_count == 2
    with pytest.raises((ValueError, KeyError), match="body"):
        EXTRACTOR.extract_arrow(pa.table({"body": texts}), text="bodies")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["2026-01-28"]), dt.datetime(2026, 1, 28)),
        (pa.array(["2026-01-28T23:30Z"]), dt.datetime(2026, 1, 29, 0, 30)),
        (pa.array([dt.date(2026, 1, 28)], pa.date32()), dt.datetime(2026, 1, 28)),
        (pa.array([dt.datetime(2026, 1, 28, 23, 30)], pa.timestamp("us")), dt.datetime(2026, 1, 28, 23, 30)),
        (pa.array([dt.datetime(2026, 1, 28, 23, 30)], pa.timestamp("ns")), dt.datetime(2026, 1, 28, 23, 30)),
        (pa.array([dt.datetime(2026, 1, 28, 23, 30)], pa.timestamp("ms", "UTC")), dt.datetime(2026, 1, 29, 0, 30)),
        (pa.array([None], pa.string()), None),
        (pa.nulls(1), None),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_published_columns(column: pa.Array, expected: dt.datetime | None) -> None:
    table = pa.table({"id": ["a"], "text": ["Heute kamen 20 Gäste."], "published": column})
    found = EXTRACTOR.extract_arrow(table)
    assert pa.table(found.documents)["published"].to_pylist() == [expected]
    day = None if expected is None else dt.datetime.combine(expected.date(), dt.time())
    assert pa.table(found.times)["from"].to_pylist() == [day]


def outputs(table: Any) -> Iterator[tuple[str, list[Any]]]:
    """The column ``value`` of a table as each library reads it."""
    yield "pyarrow", pa.table(table)["value"].to_pylist()
    yield "pandas", pd.DataFrame.from_arrow(table)["value"].astype(object).where(lambda v: v.notna(), None).to_list()
    yield "pandas with Arrow's types", [
        None if v is pd.NA else v for v in pa.table(table).to_pandas(types_mapper=pd.ArrowDtype)["value"]
    ]
    yield "Polars", pl.DataFrame(table)["value"].to_list()
    rows = pa.table(table)
    found = duckdb.from_arrow(rows).order("start").project("value, typeof(value)").fetchall()
    yield "DuckDB", [value for value, _ in found]
    assert {kind for _, kind in found} == {"DECIMAL(38,9)"}


def test_decimals_are_exact_in_each_library() -> None:
    found = EXTRACTOR.extract_arrow(pa.table({"text": [HARD]}))
    for library, values in outputs(found.quantities):
        assert values == HARD_VALUES, library


def test_whole_tables_are_the_same_in_each_library() -> None:
    found = EXTRACTOR.extract_arrow(TABLE)
    for name in TABLES:
        expected, schema_ = EXPECTED[name], EXPECTED[name].schema
        assert pl.DataFrame(found[name]).to_arrow().cast(schema_).equals(expected), name
        typed = pa.table(found[name]).to_pandas(types_mapper=pd.ArrowDtype)
        again = pa.Table.from_pandas(typed, schema=schema_, preserve_index=False).cast(schema_)
        assert again.to_pylist() == expected.to_pylist(), name
        rows = pa.table(found[name])
        by_duckdb = duckdb.from_arrow(rows).to_arrow_table()
        assert by_duckdb.cast(schema_).to_pylist() == expected.to_pylist()
        assert found[name].num_rows == expected.num_rows
        assert pa.schema(kennzahl.schemas()[name]).equals(schema_)


def flat(nested: pa.Table, table: str) -> list[dict[str, Any]]:
    """The rows of a table out of rows of documents."""
    if table == "documents":
        return [{"doc": row["doc"], **row["document"]} for row in nested.to_pylist()]
    return [{"doc": row["doc"], **found} for row in nested.to_pylist() for found in row[table]]


def test_the_mapper_gives_what_the_extractor_gives() -> None:
    nested = Mapper()(TABLE)
    nested.validate(full=True)
    assert nested.schema.equals(schema())
    for name in TABLES:
        assert flat(nested, name) == EXPECTED[name].to_pylist(), name
        # What a table does not need is not looked for; what it has is the same.
        assert Mapper(name)(TABLE).to_pylist() == EXPECTED[name].to_pylist(), name


def test_the_mapper_gives_the_kind_of_frame_that_it_takes() -> None:
    mapper = Mapper("facts")
    batch = mapper(TABLE.combine_chunks().to_batches()[0])
    assert isinstance(batch, pa.RecordBatch) and pa.Table.from_batches([batch]).equals(EXPECTED["facts"])
    frame = mapper(TABLE.to_pandas())
    assert isinstance(frame, pd.DataFrame)
    assert (frame.dtypes == mapper.meta.dtypes).all() and len(mapper.meta) == 0
    assert pa.Table.from_pandas(frame, preserve_index=False)["value"].equals(EXPECTED["facts"]["value"])
    none = TABLE.slice(0, 0)
    for nothing in (none, none.to_pandas(), TABLE.combine_chunks().to_batches()[0].slice(0, 0)):
        assert len(mapper(nothing)) == len(Mapper()(nothing)) == 0


def test_the_mapper_wants_an_id_and_a_text() -> None:
    for missing in ("id", "text"):
        with pytest.raises(ValueError, match=f"there is no column '{missing}' for the {missing}; there are"):
            Mapper()(TABLE.drop_columns([missing]))
    assert Mapper()(TABLE.drop_columns(["published"]))["document"].combine_chunks().field("published").null_count == 200
    with pytest.raises(ValueError, match="there is no table 'fact'; there are documents, quantities"):
        Mapper("fact")


def test_an_id_that_comes_twice_keeps_its_rows_apart() -> None:
    table = pa.table({"id": ["a", "a", "b", "a"], "text": ["1 Gast", "2 Gäste und 3 Helfer", "niemand", "4 Gäste"]})
    nested = Mapper(kinds=["quantity"])(table)
    values = [[int(q["value"]) for q in row] for row in nested["quantities"].to_pylist()]
    assert nested["doc"].to_pylist() == ["a", "a", "b", "a"] and values == [[1], [2, 3], [], [4]]


def test_the_mapper_takes_small_pieces_of_large_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []
    extractor = kennzahl.Extractor(kinds=["quantity"])

    class Counting:
        def extract_arrow_batches(self, batch: pa.RecordBatch, **options: Any) -> Iterator[Any]:
            sizes.append((batch.num_rows, sum(len(t) for t in batch["text"].to_pylist())))
            return extractor.extract_arrow_batches(batch, **options)

    monkeypatch.setattr("kennzahl.frames._extractor", lambda state: Counting())
    many = pa.table({"id": [str(i) for i in range(3000)], "text": [f"{10_000 + i} Gäste" for i in range(3000)]})
    long = pa.table({"id": [str(i) for i in range(6)], "text": ["3 Gäste. " * 130_000] * 6})
    asked = 0

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal asked
        for batch in [*many.to_batches(), *many.to_batches()]:
            asked += 1
            yield batch

    rows = Mapper("quantities").batches(batches())
    first = next(rows)
    # Nothing is read ahead, and a batch does not wait for the whole of its input.
    assert asked == 1 and len(sizes) == 1 and first.num_rows == sizes[0][0] <= 1000
    assert first.num_rows + sum(batch.num_rows for batch in rows) == 6000
    assert asked == 2 and max(rows for rows, _ in sizes) <= 1000 and sum(rows for rows, _ in sizes) == 6000
    sizes.clear()
    # Of long texts as many as have 4 MB, and their many records in several batches.
    pieces = Mapper("quantities").batches(long.to_batches())
    assert next(pieces).num_rows == 10_000 and sizes == [(3, 3 * 9 * 130_000)]


def test_documents_that_cannot_be_read() -> None:
    table = pa.table(
        {
            "id": ["a", "b", None, "d", "e"],
            "text": ["1 Gast", None, "2 Gäste", "3 Gäste", "4 Gäste"],
            "published": ["2026-01-28", None, None, "neulich", None],
        }
    )
    for columns in (None, "quantities"):
        with pytest.raises(kennzahl.KennzahlError, match="^1 documents have no id in the column 'id'; on_error='skip'"):
            Mapper(columns)(table)
        with pytest.raises(kennzahl.KennzahlError, match="^document 'b': .*without text; on_error='skip' leaves such"):
            Mapper(columns)(table.filter(table["id"].is_valid()))
        with pytest.raises(kennzahl.KennzahlError, match="^document 'd': .*'neulich' is no ISO date"):
            Mapper(columns)(table.slice(3))
    assert Mapper(on_error="skip")(table)["doc"].to_pylist() == ["a", "e"]
    assert Mapper("quantities", on_error="skip")(table)["value"].to_pylist() == [1, 4]


def test_all_kinds_of_records() -> None:
    text = "Am Mittwoch, 29. Januar 2026, nannte § 15 HGB 20 Prozent. "
    text += "Der Umsatz der Nordkap AG stieg um 24 Prozent auf 62 Euro."
    table = pa.table({"id": ["a"], "text": [text]})
    kinds = list(NESTED.values())
    found = Mapper(kinds=kinds, derived=True)(table)
    assert found.column_names == ["doc", "document", *NESTED]
    extracted = kennzahl.Extractor(kinds=[*dict.fromkeys(kinds)], derived=True).extract_arrow(table)
    for name in NESTED:
        assert flat(found, name) == pa.table(extracted[name]).to_pylist(), name
    assert all(len(found[name][0]) > 0 for name in ("refused", "conflicts"))
    assert True in [fact["derived"] for fact in flat(found, "facts")]
    assert "law" in Mapper("refused")(table)["reason"].to_pylist()
    # An extractor says itself what it gives.
    assert Mapper(extractor=kennzahl.Extractor(kinds=["time"])).schema.names == ["doc", "document", "times"]
    with pytest.raises(ValueError, match="the extractor gives no table 'facts': ask it for the kind 'fact'"):
        Mapper("facts", extractor=kennzahl.Extractor(kinds=["time"]))


def test_a_mapper_goes_along_with_its_packs(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[[unit]]\nid = "{Klafter}"\nkind = "measure"\nforms = ["Klafter|n"]\n'
        'example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]\n',
        encoding="utf-8",
    )
    state = pickle.dumps(Mapper("quantities", packs=[pack]))
    pack.unlink()
    # In a process that knows nothing of the file.
    code = (
        "import pickle, sys, pyarrow as pa\n"
        "mapper = pickle.loads(sys.stdin.buffer.read())\n"
        "print(mapper(pa.table({'id': ['a'], 'text': ['Der Turm ist acht Klafter hoch.']}))['unit'].to_pylist())"
    )
    done = subprocess.run([sys.executable, "-c", code], input=state, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "['{Klafter}']"


def test_an_extractor_is_made_once_a_process() -> None:
    from kennzahl import frames

    frames._extractor.cache_clear()
    mapper = Mapper("quantities")
    for _ in range(3):
        pickle.loads(pickle.dumps(mapper))(TABLE)
    assert frames._extractor.cache_info().misses == 1


def test_the_schema_is_that_of_the_tables() -> None:
    assert schema("facts").equals(EXPECTED["facts"].schema)
    assert schema().names == ["doc", "document", *TABLES[1:]]
    assert schema(kinds=set(NESTED.values())).names == ["doc", "document", *NESTED]
    assert schema(kinds=["time", "quantity"]).names == ["doc", "document", "quantities", "times"]
    assert schema("facts").field("value").type == pa.decimal128(38, 9)
    assert schema("facts").field("period_from").type == pa.timestamp("us")
    assert not schema("facts").field("doc").nullable and schema("facts").field("value").nullable


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_dask(scheduler: str) -> None:
    import dask.dataframe as dd

    mapper = Mapper("facts")
    texts = dd.from_pandas(TABLE.to_pandas(), npartitions=3)  # type: ignore[no-untyped-call]
    found = texts.map_partitions(mapper, meta=mapper.meta).compute(scheduler=scheduler)
    facts = pa.Table.from_pandas(found, preserve_index=False).cast(schema("facts"))
    assert facts.to_pylist() == EXPECTED["facts"].to_pylist()


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not there for every version of Python")
def test_ray() -> None:
    import ray
    import ray.data

    path = [str(Path(kennzahl.__file__).parents[1])]
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": path[0]}})
    try:
        texts = ray.data.from_arrow(TABLE).repartition(4)
        found = texts.map_batches(Mapper("facts"), batch_format="pyarrow", batch_size=64).to_arrow_refs()
        whole = pa.concat_tables(ray.get(found)).select(schema("facts").names)
        order = [("doc", "ascending"), ("id", "ascending")]
        assert whole.sort_by(order).to_pylist() == EXPECTED["facts"].sort_by(order).to_pylist()
    finally:
        ray.shutdown()
