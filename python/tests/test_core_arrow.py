"""Tables in, tables out, through the PyCapsule interface."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import kennzahl
import pytest

pa = pytest.importorskip("pyarrow")

ARTICLES = sorted((pathlib.Path(__file__).resolve().parents[2] / "corpus" / "articles").glob("*.txt"))
TEXTS = [path.read_text(encoding="utf-8") for path in ARTICLES]
NAMES = ["documents", "quantities", "times", "entities", "facts", "fact_scopes"]


@pytest.fixture(scope="module")
def extractor() -> kennzahl.Extractor:
    return kennzahl.Extractor()


def articles() -> Any:
    return pa.table({"id": [p.stem for p in ARTICLES], "text": TEXTS, "published": ["2025-03-04"] * len(TEXTS)})


def test_tables_are_those_of_the_command_line(extractor: kennzahl.Extractor, tmp_path: pathlib.Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(articles(), tmp_path / "articles.parquet")
    assert kennzahl.main(["extract", str(tmp_path / "articles.parquet"), "-o", str(tmp_path / "out") + "/",
                          "--to", "arrow", "-q"]) == 0
    tables = extractor.extract_arrow(articles())
    assert list(tables) == NAMES == tables.keys() and len(tables) == 6
    for name, table in tables.items():
        want = pa.ipc.open_file(tmp_path / "out" / f"{name}.arrow").read_all()
        got = pa.table(table)
        assert got.schema.equals(want.schema, check_metadata=True), name
        assert got.equals(want), name
        assert table.num_rows == len(table) == want.num_rows
        assert tables[name] is not None and name in tables
    assert extractor.extract_arrow(articles()).rejects == []


def test_decimals_are_exact(extractor: kennzahl.Extractor) -> None:
    text = "Es sind 0,000000001 Prozent, 99999999999999999999999999999 Leute, -0,25 Grad, zwei Drittel."
    quantities = pa.table(extractor.extract_arrow(pa.table({"text": [text]})).quantities)
    assert quantities.schema.field("value").type == pa.decimal128(38, 9)
    assert quantities["value"].to_pylist() == [
        Decimal("0.000000001"), Decimal("99999999999999999999999999999"), Decimal("-0.25"), None
    ]
    assert quantities["value_ratio"].to_pylist()[-1] == "2/3"


def test_rows_are_the_objects(extractor: kennzahl.Extractor) -> None:
    tables = extractor.extract_arrow(articles())
    facts = pa.table(tables.facts).to_pylist()
    of_objects = [
        f for path, text in zip(ARTICLES, TEXTS, strict=True)
        for f in extractor.extract(text, id=path.stem, published="2025-03-04").facts
    ]
    assert [(r["doc"], r["id"], r["value"], r["period_from"], r["fact_key"]) for r in facts] == [
        (f.doc, f.id, f.value and f.value.value, f.period and f.period.from_, f.fact_key) for f in of_objects
    ]


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "binary", "large_binary", "dictionary"])
def test_kinds_of_text(extractor: kennzahl.Extractor, kind: str) -> None:
    types = {"string_view": pa.string_view(), "dictionary": pa.dictionary(pa.int8(), pa.string())}
    values: list[Any] = ["Es sind 5 Euro.", "Es sind sieben Euro am Montag."]
    if "binary" in kind:
        values = [v.encode() for v in values]
    column = pa.array(values, types.get(kind) or getattr(pa, kind)())
    for table in (pa.table({"text": column}), pa.record_batch({"text": column}),
                  pa.chunked_array([pa.StructArray.from_arrays([column], ["text"])]),
                  pa.table({"text": column}).to_reader(), pa.table({"n": [9, 9, 9][:2], "text": column}).slice(0, 2)):
        got = pa.table(extractor.extract_arrow(table).quantities)
        assert got["value"].to_pylist() == [Decimal(5), Decimal(7)], table
        assert got["doc"].to_pylist() == ["0", "1"]


def test_columns(extractor: kennzahl.Extractor) -> None:
    text = "Das war im vergangenen Quartal."
    days: list[Any] = [date(2026, 1, 28), datetime(2026, 1, 28, 12), datetime(2026, 1, 28, 12), "2026-01-28T12:00"]
    kinds = [pa.date32(), pa.timestamp("ns"), pa.timestamp("us", "UTC"), pa.string()]
    for day, kind in zip(days, kinds, strict=True):
        table = pa.table({"body": [text], "key": [17], "day": pa.array([day], kind), "rubric": ["Märkte"]})
        tables = extractor.extract_arrow(table, text="body", id="key", published="day", carry=["rubric"])
        assert pa.table(tables.times)["value"].to_pylist() == ["2025-Q4"]
        document = pa.table(tables.documents).to_pylist()[0]
        assert (document["doc"], document["carried"]) == ("17", '{"rubric":"Märkte"}')
    table = pa.table({"text": [text], "published": pa.array([None], pa.null())})
    assert pa.table(extractor.extract_arrow(table).documents)["published"].to_pylist() == [None]


def test_errors(extractor: kennzahl.Extractor) -> None:
    with pytest.raises(kennzahl.KennzahlError, match="table: no column 'text' among 'body'; name it with"):
        extractor.extract_arrow(pa.table({"body": ["a"]}))
    table = pa.table({"id": ["a", "b", "a"], "text": ["Es sind 5 Euro.", None, "Es sind 7 Euro."]})
    with pytest.raises(kennzahl.KennzahlError, match="^table:2: a document without text$"):
        extractor.extract_arrow(table)
    tables = extractor.extract_arrow(table, on_error="skip")
    assert [e.reason for e in tables.rejects] == ["no_text", "duplicate"]
    assert tables.documents.num_rows == 1
    with pytest.raises(kennzahl.KennzahlError, match="it is a column"):
        extractor.extract_arrow(pa.array(["Es sind 5 Euro."]))
    with pytest.raises(kennzahl.KennzahlError, match="the table cannot be read"):
        extractor.extract_arrow(pa.chunked_array([["Es sind 5 Euro."]]))
    with pytest.raises(TypeError, match="this is a list"):
        extractor.extract_arrow(["Es sind 5 Euro."])  # type: ignore[arg-type]
    with pytest.raises(kennzahl.KennzahlError, match="on_error is 'yield': write 'raise' or 'skip'"):
        extractor.extract_arrow(table, on_error="yield")  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match="there is no table 'facts'; with these kinds there are documents, times"):
        kennzahl.Extractor(kinds=["time"]).extract_arrow(pa.table({"text": ["a"]})).facts
    with pytest.raises(KeyError):
        tables["none"]

    def failing() -> Any:
        yield pa.record_batch({"text": ["Es sind 5 Euro."]})
        raise OSError("the line is dead")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), failing())
    with pytest.raises(kennzahl.KennzahlError, match="the line is dead"):
        extractor.extract_arrow(reader)


def test_batches(extractor: kennzahl.Extractor) -> None:
    whole = extractor.extract_arrow(pa.table({"text": TEXTS}))
    batches = list(extractor.extract_arrow_batches(pa.table({"text": TEXTS}).to_reader(max_chunksize=7)))
    assert len(batches) == -(-len(TEXTS) // 7)
    for name in NAMES:
        joined = pa.concat_tables([pa.table(b[name]) for b in batches])
        assert joined.equals(pa.table(whole[name])), name
    # The numbers of rows go on, and so do those in errors.
    table = pa.table({"text": ["Es sind 5 Euro."] * 3 + [""]})
    stream = extractor.extract_arrow_batches(table.to_reader(max_chunksize=2))
    next(stream)
    with pytest.raises(kennzahl.KennzahlError, match="^table:4:"):
        next(stream)
    # A large batch comes in pieces.
    pieces = list(kennzahl.Extractor(kinds=["quantity"]).extract_arrow_batches(pa.table({"text": ["5 Euro"] * 40_000})))
    assert [p.documents.num_rows for p in pieces] == [16384, 16384, 7232]
    assert pa.table(pieces[2].documents)["doc"].to_pylist()[-1] == "39999"


def test_schemas() -> None:
    schemas = kennzahl.schemas()
    assert list(schemas) == [*NAMES, "refused", "conflicts"]
    schema = pa.schema(schemas["facts"])
    assert schema.field("value").type == pa.decimal128(38, 9)
    assert schemas["facts"].names == schema.names
    assert schemas["facts"].descriptions["value"] == "how much"
    assert schema.metadata[b"kennzahl.schema_version"] == kennzahl.SCHEMA_VERSION.encode()


def test_empty(extractor: kennzahl.Extractor) -> None:
    tables = extractor.extract_arrow(pa.table({"text": pa.array([], pa.string())}))
    for name, table in tables.items():
        assert table.num_rows == 0
        assert pa.table(table).schema.equals(pa.schema(kennzahl.schemas()[name]))


def test_a_table_is_read_again_and_again(extractor: kennzahl.Extractor) -> None:
    table = extractor.extract_arrow(pa.table({"text": TEXTS})).facts
    first, second = pa.table(table), pa.table(table)
    del table
    assert first.equals(second)
    # A capsule that nobody takes is released with it.
    extractor.extract_arrow(pa.table({"text": TEXTS[:2]})).facts.__arrow_c_stream__()


def test_without_pyarrow() -> None:
    program = """
import sys
sys.modules["pyarrow"] = None
import polars, kennzahl
frame = polars.DataFrame({"text": ["Der Umsatz der Nordkap AG stieg um 12 Prozent auf 5,5 Millionen Euro."]})
tables = kennzahl.Extractor().extract_arrow(frame)
quantities = polars.DataFrame(tables.quantities)
assert str(quantities["value"].dtype) == "Decimal(precision=38, scale=9)", quantities["value"].dtype
assert [str(v) for v in quantities["value"].to_list()] == ["12.000000000", "5500000.000000000"]
again = kennzahl.Extractor().extract_arrow(quantities, text="text", id="id")
assert again.documents.num_rows == 2
"""
    pytest.importorskip("polars")
    subprocess.run([sys.executable, "-c", program], check=True)
