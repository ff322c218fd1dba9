"""Extraction over Arrow batches in bounded memory: what Spark, Ray and Dask run in their workers. Needs pyarrow.

>>> import pyarrow as pa
>>> from kennzahl.frames import Mapper
>>> facts = Mapper(table="facts")
>>> found = facts(pa.table({"id": ["a"], "text": ["Der Umsatz der Nordkap AG stieg auf 59,9 Millionen Euro."]}))
>>> found.select(["doc", "subject_name", "value"]).to_pylist()
[{'doc': 'a', 'subject_name': 'Nordkap AG', 'value': Decimal('59900000.000000000')}]
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from . import Extractor, KennzahlError, schemas

if TYPE_CHECKING:
    import os

__all__ = ["KINDS", "NESTED", "Mapper", "schema"]

#: The kinds of records that are found unless others are asked for.
KINDS = ("quantity", "time", "entity", "fact")

#: The tables that stand as columns in a row of a document, each with the kind of record that fills it.
NESTED: dict[str, str] = {
    "quantities": "quantity",
    "times": "time",
    "entities": "entity",
    "facts": "fact",
    "fact_scopes": "fact",
    "refused": "refused",
    "conflicts": "conflict",
}

# What goes to the analysis at once, so that memory depends neither on the engine's batches nor on the lengths of texts.
_ROWS = 1000
_BYTES = 4 << 20
# Rows of an output batch: a long text has many times as many records as a batch has documents.
_ROWS_OUT = 10_000

_Frame = TypeVar("_Frame")


@functools.cache
def _tables() -> dict[str, pa.Schema]:
    return {name: pa.schema(found).remove_metadata() for name, found in schemas().items()}


def schema(table: str | None = None, kinds: Iterable[str] = KINDS) -> pa.Schema:
    """The Arrow schema of what a :class:`Mapper` gives.

    ``table`` is one of the tables of :func:`kennzahl.schemas`; ``None``: a row a document with the columns ``doc``,
    ``document`` (a struct), and a list of structs for each table of ``kinds``. Decimals are ``decimal128(38, 9)``, times
    ``timestamp[us]`` without zone, offsets code points.

    Raises:
        ValueError: there is no such table.

    >>> schema("times").field("from").type
    TimestampType(timestamp[us])
    >>> schema(kinds=["fact"]).names
    ['doc', 'document', 'facts', 'fact_scopes']
    """
    kinds = set(kinds)
    return _schema(table, [name for name, kind in NESTED.items() if kind in kinds])


def _schema(table: str | None, nested: Sequence[str]) -> pa.Schema:
    tables = _tables()
    if table is not None:
        _known(table)
        return tables[table]
    fields = [tables["documents"].field("doc"), pa.field("document", _struct(tables["documents"]), nullable=False)]
    for name in nested:
        row = pa.field("element", _struct(tables[name]), nullable=False)
        fields.append(pa.field(name, pa.list_(row), nullable=False))
    return pa.schema(fields)


def _known(table: str | None) -> None:
    if table is not None and table not in _tables():
        raise ValueError(f"there is no table '{table}'; there are {', '.join(_tables())}")


def _struct(table: pa.Schema) -> pa.DataType:
    """A row without the id of its document, which stands beside it."""
    return pa.struct([field for field in table if field.name != "doc"])


class Mapper:
    """What is called with a batch of documents and gives a batch of what is in them.

    It takes and gives ``pyarrow.Table``, ``pyarrow.RecordBatch`` or ``pandas.DataFrame``: what comes in goes out. It can
    be pickled with its packs, so that it goes to machines that do not have their files; there an extractor is made once
    a process, whatever the number of batches. Columns other than those three are not looked at.

    Args:
        table: the table whose rows are wanted, ``"facts"``; ``None``: a row a document, see :func:`schema`.
        extractor: what extracts; else one is made of ``packs``, ``kinds``, ``derived``, ``checks`` and ``threads``.
        kinds: ``quantity``, ``time``, ``entity``, ``fact``, ``refused``, ``conflict``; without it what the table needs,
            the first four for rows of documents.
        threads: of each process; 1 suits engines that run a process a core.
        text, id, published: names of the columns. ``published`` may be absent or null, ``id`` may not: a batch does not
            know which row of all it begins with.
        on_error: what becomes of a document without a text or an id, with a ``published`` that is no day, or too long
            for the memory: ``"raise"``, or ``"skip"``, which leaves it out.

    Raises:
        KennzahlError: a pack is wrong; in a call: a document is.
        ValueError: there is no such table or column.

    >>> import pyarrow as pa
    >>> rows = Mapper()(pa.table({"id": ["a"], "text": ["Es kamen 300 Gäste und 20 Helfer."]}))
    >>> [q["noun"] for q in rows["quantities"][0].as_py()]
    ['Gäste', 'Helfer']
    """

    def __init__(
        self,
        table: str | None = None,
        *,
        extractor: Extractor | None = None,
        packs: Sequence[str | os.PathLike[str]] = (),
        kinds: Sequence[str] | None = None,
        derived: bool = False,
        checks: bool = False,
        threads: int | None = 1,
        text: str = "text",
        id: str = "id",
        published: str = "published",
        on_error: Literal["raise", "skip"] = "raise",
    ) -> None:
        _known(table)
        if extractor is None:
            kinds = _needed(table) if kinds is None else kinds
            extractor = Extractor(
                packs=list(packs), kinds=list(kinds), derived=derived, checks=checks, threads=threads
            )
        # Which tables an extractor gives is best asked of itself.
        given = set(extractor.extract_arrow(_NONE).keys())
        if table is not None and table not in given:
            raise ValueError(f"the extractor gives no table '{table}': ask it for the kind '{NESTED[table]}'")
        self.table = table
        self.columns = (id, text, published)
        self.on_error: Literal["raise", "skip"] = on_error
        self.schema = _schema(table, [name for name in NESTED if name in given])
        # Kept as bytes: pickling a mapper is then cheap, and equal ones share an extractor in a worker.
        self._state = pickle.dumps(extractor)

    def __call__(self, frame: _Frame) -> _Frame:
        """The rows of what is in these documents, as the same kind of frame."""
        found: _Frame = self._like(frame)
        return found

    def _like(self, given: Any) -> Any:
        if isinstance(given, pa.RecordBatch):
            table = self._whole(pa.Table.from_batches([given]))
            columns = [column.combine_chunks() for column in table.columns]
            return pa.RecordBatch.from_arrays(columns, schema=self.schema)
        if isinstance(given, pa.Table):
            return self._whole(given)
        # A frame of pandas; of its other columns some may be nothing that Arrow has.
        wanted = [name for name in self.columns if name in given.columns]
        return _pandas(self._whole(pa.Table.from_pandas(given[wanted], preserve_index=False)))

    @property
    def meta(self) -> Any:
        """An empty ``pandas.DataFrame`` with the columns and types of the result, as Dask wants to know them."""
        return _pandas(self.schema.empty_table())

    def batches(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of what is in these batches, in batches of at most 10,000 rows, in order.

        Not more than a thousand documents or 4 MB of text (but at least one document) are in work at a time, however
        large a batch is.
        """
        for batch in batches:
            for piece in _pieces(self._input(batch)):
                yield from self._extract(piece).to_batches(max_chunksize=_ROWS_OUT)

    def _whole(self, table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(self.batches(table.to_batches()), schema=self.schema)

    def _input(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The columns that are read, under the names they have in the extractor."""
        names = batch.schema.names
        columns: dict[str, pa.Array] = {}
        for role, name in zip(("id", "text", "published"), self.columns, strict=True):
            if name in names:
                columns[role] = batch.column(name)
            elif role != "published":
                raise ValueError(f"there is no column '{name}' for the {role}; there are {', '.join(names)}")
        found = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
        # The extractor would number such rows, from 0 in every batch.
        if unnamed := found["id"].null_count:
            if self.on_error != "skip":
                raise KennzahlError(f"{unnamed} documents have no id in the column '{self.columns[0]}'{_ADVICE}")
            found = found.filter(found["id"].is_valid())
        return found

    def _extract(self, batch: pa.RecordBatch) -> pa.Table:
        extractor = _extractor(self._state)
        try:
            parts = [self._rows(found) for found in extractor.extract_arrow_batches(batch, on_error=self.on_error)]
        except KennzahlError as e:
            # Its text names the row in this piece of a batch of a partition, which tells nobody anything.
            parts = [pa.table(t["documents"]) for t in extractor.extract_arrow_batches(batch, on_error="skip")]
            read = {doc for part in parts for doc in part["doc"].to_pylist()}
            first = next((doc for doc in batch["id"].to_pylist() if str(doc) not in read), None)
            raise KennzahlError(f"document '{first}': {e}{_ADVICE}") from e
        return pa.concat_tables(parts) if parts else self.schema.empty_table()

    def _rows(self, tables: Any) -> pa.Table:
        if self.table is not None:
            return pa.table(tables[self.table]).cast(self.schema)
        documents = pa.table(tables["documents"])
        docs = documents["doc"].combine_chunks()
        columns = [docs, _structs(documents, _struct(documents.schema))]
        for field in self.schema:
            if field.name in NESTED:
                columns.append(_lists(pa.table(tables[field.name]), docs, field.type))
        return pa.Table.from_arrays(columns, schema=self.schema)


_ADVICE = "; on_error='skip' leaves such documents out"
_NONE = pa.RecordBatch.from_pydict({"text": pa.array([], pa.string())})


def _needed(table: str | None) -> Sequence[str]:
    """The kinds of records that fill a table; without names and facts the rest is three times as fast."""
    if table is None:
        return KINDS
    return [NESTED[table]] if table in NESTED else []


@functools.lru_cache(maxsize=4)
def _extractor(state: bytes) -> Extractor:
    """The extractor of this process; the state is that of a :class:`Mapper`, which pickled it itself."""
    found = pickle.loads(state)
    assert isinstance(found, Extractor)
    return found


def _pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch in halves of halves, until each is small and has no id twice, so that rows find their document by it."""
    rows = batch.num_rows
    small = rows <= _ROWS and _size(batch["text"]) <= _BYTES and len(batch["id"].unique()) == rows
    if rows == 0:
        return
    if small or rows == 1:
        yield batch
        return
    yield from _pieces(batch.slice(0, rows // 2))
    yield from _pieces(batch.slice(rows // 2))


def _size(text: pa.Array) -> int:
    """Bytes of a text column; those of a slice, not of all that it is a slice of."""
    if pa.types.is_dictionary(text.type):
        text = text.dictionary_decode()
    if text.type in (pa.string_view(), pa.binary_view()):
        text = text.cast(pa.large_string())
    return int(pc.sum(pc.binary_length(text)).as_py() or 0) if len(text) else 0


def _structs(rows: pa.Table, row: pa.DataType) -> pa.Array:
    columns = [rows[field.name].combine_chunks() for field in row]
    return pa.StructArray.from_arrays(columns, fields=list(row))


def _lists(rows: pa.Table, docs: pa.Array, kind: pa.DataType) -> pa.Array:
    """The rows of each document as a list. Tables have the documents in the order of the input, each in one stretch."""
    counts = {count["values"]: count["counts"] for count in pc.value_counts(rows["doc"]).to_pylist()}
    ends = [0]
    for doc in docs.to_pylist():
        ends.append(ends[-1] + counts.get(doc, 0))
    assert ends[-1] == rows.num_rows, "rows of a document that is not there"
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), _structs(rows, kind.value_type), type=kind)


def _pandas(table: pa.Table) -> Any:
    """With Arrow's types, which keep decimals exact and nulls null."""
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)
