"""The part of the package that is compiled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final

from .records import Conflict, Entity, Fact, Mention, Quantity, Refused, Time

VERSION: str
SCHEMA_VERSION: str

class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

#: Anything that gives its rows as Arrow has them: tables, batches and readers of pyarrow, polars, pandas, duckdb.
_Table: TypeAlias = _Stream | _Array
_Published: TypeAlias = str | date | datetime | None
#: A text, (id, text), (id, text, published), or a mapping of text, id, published, title, source, lang, version, status.
_Item: TypeAlias = str | tuple[str, str] | tuple[str, str, _Published] | Mapping[str, Any]

class KennzahlError(ValueError):
    """What cannot be read or written, in the words of the command line. `reason` says of which kind it is."""

    reason: str

@final
class Extractor:
    """Finds quantities, times, names and facts in German texts.

    An extractor may be used by many threads at once, pickled, and used after a fork.
    """

    def __new__(
        cls,
        packs: Sequence[str | PathLike[str] | tuple[str, str]] | None = None,
        kinds: Sequence[str] | None = None,
        *,
        derived: bool = False,
        checks: bool = False,
        explain: bool = False,
        threads: int | None = None,
    ) -> Extractor:
        """`packs` are files, as of `--pack`, or pairs of a name and the text of a pack; `kinds` are those of the records
        to find, by default quantity, time, entity and fact. `derived` adds what arithmetic gives, `checks` looks for
        contradictions, `explain` names the rule of each record. `threads` is one a core where it is not given.
        """

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of records that it finds."""

    def extract(self, text: str, *, id: str = "text", published: _Published = None) -> Document:
        """What is found in a text. `published` is the day from which *gestern* and *im Vorjahr* are counted."""

    def extract_many(
        self, items: Iterable[_Item], *, on_error: Literal["raise", "skip", "yield"] = "raise"
    ) -> Documents:
        """What is found in many texts, in order, on all cores. Some items are read ahead, never all of them.

        An item without an id has its number for one, from 0. An item that is no document raises in its place, is left
        out, or comes as a KennzahlError: `on_error` says which.
        """

    def extract_arrow(
        self,
        table: _Table,
        *,
        text: str = "text",
        id: str = "id",
        published: str = "published",
        carry: Sequence[str] = (),
        on_error: Literal["raise", "skip"] = "raise",
    ) -> Tables:
        """What is found in the rows of a table. `text`, `id` and `published` name its columns, of which only the one of
        texts must be there; a row without an id has its number for one, from 0. The columns title, source, lang, version
        and status count too, `carry` names further ones for the column `carried`.

        The first row that is no document raises, or is left out and stands in `rejects`: `on_error` says which.
        """

    def extract_arrow_batches(
        self,
        table: _Table,
        *,
        text: str = "text",
        id: str = "id",
        published: str = "published",
        carry: Sequence[str] = (),
        on_error: Literal["raise", "skip"] = "raise",
    ) -> TablesOfBatches:
        """The same batch by batch of the table, in bounded memory. An id that comes twice is noticed within a batch."""

    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Document:
    """A text and what was found in it. Objects are made when they are first asked for."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def published(self) -> str | None:
        """When it was published, civil time; from the head of the text where it was not given."""
    @property
    def published_from(self) -> str | None:
        """Where that is from: given, head."""
    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def lang(self) -> str | None: ...
    @property
    def version(self) -> str | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def text_sha256(self) -> str: ...
    @property
    def chars(self) -> int:
        """The length of the text in code points."""
    @property
    def sentences(self) -> int:
        """How many sentences it has."""
    @property
    def quantities(self) -> tuple[Quantity, ...]: ...
    @property
    def times(self) -> tuple[Time, ...]: ...
    @property
    def entities(self) -> tuple[Entity, ...]: ...
    @property
    def facts(self) -> tuple[Fact, ...]: ...
    @property
    def refused(self) -> tuple[Refused, ...]: ...
    @property
    def conflicts(self) -> tuple[Conflict, ...]: ...
    @property
    def records(self) -> tuple[Mention, ...]:
        """All of them in the order of the JSON lines."""
    def to_dict(self) -> dict[str, Any]:
        """The record of the document itself; those of what was found in it are `[r.to_dict() for r in records]`."""
    def to_json_lines(self) -> str:
        """The records, as `kennzahl extract` writes them."""
    def _repr_html_(self) -> str:
        """The page of `kennzahl view`, for notebooks."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Documents:
    """Documents in the order of their items. Items are asked for on the thread that asks for documents."""

    def __iter__(self) -> Iterator[Document]: ...
    def __next__(self) -> Document: ...

@final
class Schema:
    """The columns of a table."""

    @property
    def names(self) -> list[str]: ...
    @property
    def descriptions(self) -> dict[str, str]:
        """What the columns mean, by their names."""
    def __arrow_c_schema__(self) -> object: ...

@final
class Table:
    """A table in memory, for whatever reads streams of Arrow: `pyarrow.table(t)`, `polars.DataFrame(t)`."""

    @property
    def name(self) -> str: ...
    @property
    def schema(self) -> Schema: ...
    @property
    def num_rows(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...

@final
class Tables:
    """The tables of some documents, by name and as attributes: those of the kinds that were asked for."""

    documents: Table
    quantities: Table
    times: Table
    entities: Table
    facts: Table
    fact_scopes: Table
    refused: Table
    conflicts: Table

    @property
    def rejects(self) -> list[KennzahlError]:
        """What was wrong with rows that were left out."""
    def __getitem__(self, name: str, /) -> Table: ...
    def __contains__(self, name: str, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...
    def items(self) -> list[tuple[str, Table]]: ...

@final
class TablesOfBatches:
    """Tables batch by batch."""

    def __iter__(self) -> Iterator[Tables]: ...
    def __next__(self) -> Tables: ...

def schemas() -> dict[str, Schema]:
    """The schemas of all tables by their names."""

def run(args: Sequence[str]) -> int:
    """Runs a command of the command line; the first of the arguments is the name of the program."""
