"""Reads German prose and writes its numbers, times, names and facts as data.

>>> import kennzahl
>>> x = kennzahl.Extractor()
>>> document = x.extract("Der Umsatz der Nordkap AG stieg um 12 Prozent auf knapp 58,7 Millionen Euro.")
>>> document.quantities[1].value
Decimal('58700000')
>>> document.facts[0].metric.concept
'revenue'

The same library as the command line, with the same results: :meth:`Extractor.extract` for a text,
:meth:`Extractor.extract_many` for many of them, :meth:`Extractor.extract_arrow` for tables of Arrow, and
:func:`main` for the command line itself, which is ``python -m kennzahl`` too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ._kennzahl import (
    SCHEMA_VERSION,
    VERSION as __version__,
    Document,
    Documents,
    Extractor,
    KennzahlError,
    Schema,
    Table,
    Tables,
    TablesOfBatches,
    run as _run,
    schemas,
)
from .records import (
    Amount,
    Change,
    Conflict,
    Entity,
    Fact,
    Mention,
    Metric,
    Party,
    Period,
    Quantity,
    Refused,
    Scope,
    Time,
)

__all__ = [
    "SCHEMA_VERSION", "Amount", "Change", "Conflict", "Document", "Documents", "Entity", "Extractor", "Fact",
    "KennzahlError", "Mention", "Metric", "Party", "Period", "Quantity", "Refused", "Schema", "Scope", "Table", "Tables",
    "TablesOfBatches", "Time", "__version__", "main", "schemas",
]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line with these arguments, or those of the program, and returns its exit code.

    It writes to the standard output and error of the process, which are not ``sys.stdout`` and ``sys.stderr`` everywhere.
    Where nobody reads its standard output any more, the process ends, as the program does.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    return _run(["kennzahl", *(sys.argv[1:] if argv is None else argv)])
