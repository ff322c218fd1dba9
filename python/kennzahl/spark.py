"""Extraction in Apache Spark 3.4 and later: a DataFrame of texts in, a DataFrame of what is in them out.

    import kennzahl.spark

    found = kennzahl.spark.extract(articles)                  # a row a document, with arrays of what is in it
    facts = found.select("doc", "document.published", F.inline("facts"))
    facts = kennzahl.spark.extract(articles, table="facts")   # the rows of one table alone

kennzahl and pyarrow have to be installed where the executors run; packs and lists of words need not be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
from pyspark.sql import functions as F
from pyspark.sql import types as T

from . import Extractor
from .frames import KINDS, Mapper
from .frames import schema as arrow_schema

if TYPE_CHECKING:
    import os

    from pyspark.sql import Column, DataFrame

__all__ = ["extract", "schema"]


def extract(
    df: DataFrame,
    text: str | Column = "text",
    id: str | Column = "id",
    published: str | Column | None = "published",
    *,
    table: str | None = None,
    extractor: Extractor | None = None,
    packs: Sequence[str | os.PathLike[str]] = (),
    kinds: Sequence[str] | None = None,
    derived: bool = False,
    checks: bool = False,
    on_error: Literal["raise", "skip"] = "raise",
) -> DataFrame:
    """What is in the documents of ``df``, as a lazy DataFrame.

    Without ``table`` there is a row a document, with the columns of :func:`schema`: ``doc`` (its id), ``document``, and
    the arrays ``quantities``, ``times``, ``entities``, ``facts``, ``fact_scopes``; one pass over the texts gives all of
    them. With ``table="facts"`` there is a row a fact; what that table does not need is not looked for.

    Nothing is shuffled: the partitions are those of ``df``, and rows keep their order in them. Each Python worker holds
    one extractor, and batches of at most a thousand documents; the sizes of partitions do not matter. Packs are read
    here, and go to the executors with the task.

    Args:
        df: any DataFrame; of its other columns nothing is read. Join the result with it by ``doc``.
        text: the column of texts, or an expression.
        id: the column that tells documents apart; it becomes ``doc``, as a string.
        published: a string as of ISO 8601, a date, or a timestamp. A ``TIMESTAMP`` is an instant and counts as the civil
            time of Berlin, a ``TIMESTAMP_NTZ`` is civil time as it is. ``None``, a null, or no column of that name:
            times like *gestern* stay open.
        table: the one table that is wanted, see :func:`kennzahl.schemas`.
        extractor: what extracts, with its own threads; else one is made of ``packs``, ``kinds``, ``derived`` and
            ``checks``, with as many threads as ``spark.task.cpus`` says.
        kinds: ``quantity``, ``time``, ``entity``, ``fact``, ``refused``, ``conflict``; without it the first four, or
            what ``table`` needs. There are arrays for these alone.
        on_error: what becomes of a document without a text or an id, with a ``published`` that is no day, or too long
            for the memory: ``"raise"`` fails the job and names it, ``"skip"`` leaves it out.

    Raises:
        KennzahlError: a pack is wrong. What is wrong with a document is raised by the action that reads it.
        ValueError: there is no such table.
        pyspark.errors.AnalysisException: there is no such column.

    Example:
        >>> rows = [("a", "Der Umsatz der Nordkap AG stieg auf 59,9 Millionen Euro.")]
        >>> facts = extract(spark.createDataFrame(rows, ["id", "text"]), table="facts")  # doctest: +SKIP
        >>> facts.select("doc", "subject_name", "value").first()  # doctest: +SKIP
        Row(doc='a', subject_name='Nordkap AG', value=Decimal('59900000.000000000'))
    """
    threads = int(df.sparkSession.conf.get("spark.task.cpus", "1") or 1)
    mapper = Mapper(
        table,
        extractor=extractor,
        packs=packs,
        kinds=kinds,
        derived=derived,
        checks=checks,
        threads=threads,
        on_error=on_error,
    )
    columns = [_column(df, id).cast("string").alias("id"), _column(df, text).alias("text")]
    if published is not None and (not isinstance(published, str) or published in df.columns):
        columns.append(_column(df, published).alias("published"))
    chosen = df.select(*columns)
    if "published" in chosen.columns:
        chosen = chosen.withColumn("published", _iso(chosen))
    return chosen.mapInArrow(mapper.batches, _spark(mapper.schema))


def schema(table: str | None = None, kinds: Sequence[str] = KINDS) -> T.StructType:
    """The schema of what :func:`extract` gives: exact numbers ``DECIMAL(38,9)``, times ``TIMESTAMP_NTZ``.

    >>> schema("facts")["value"].dataType.simpleString()
    'decimal(38,9)'
    """
    return _spark(arrow_schema(table, kinds))


def _column(df: DataFrame, column: str | Column) -> Column:
    # A name with a dot or a blank in it is a name all the same.
    return df["`" + column.replace("`", "``") + "`"] if isinstance(column, str) else column


def _iso(df: DataFrame) -> Column:
    """The column ``published`` as text: Arrow would give an instant in the zone of the session, which is not known here."""
    kind = df.schema["published"].dataType
    column = df["published"]
    if isinstance(kind, T.TimestampType):
        return F.date_format(column, "yyyy-MM-dd'T'HH:mm:ssXXX")
    if isinstance(kind, T.TimestampNTZType):
        return F.date_format(column, "yyyy-MM-dd'T'HH:mm:ss")
    return column.cast("string")


def _spark(found: pa.Schema) -> T.StructType:
    return T.StructType([T.StructField(f.name, _type(f.type), f.nullable) for f in found])


def _type(found: pa.DataType) -> T.DataType:
    if pa.types.is_struct(found):
        return T.StructType([T.StructField(f.name, _type(f.type), f.nullable) for f in found])
    if pa.types.is_list(found):
        return T.ArrayType(_type(found.value_type), found.value_field.nullable)
    if pa.types.is_decimal(found):
        return T.DecimalType(found.precision, found.scale)
    # Pyspark's own translation makes instants of timestamps unless it is told otherwise, and not in every version.
    if pa.types.is_timestamp(found):
        return T.TimestampNTZType()
    if pa.types.is_string(found) or pa.types.is_large_string(found):
        return T.StringType()
    if pa.types.is_int64(found):
        return T.LongType()
    if pa.types.is_boolean(found):
        return T.BooleanType()
    raise TypeError(f"no type of Spark for {found}")
