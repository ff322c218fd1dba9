"""A component for pipelines of spaCy 3.5 and later.

    nlp = spacy.blank("de")
    nlp.add_pipe("kennzahl")
    doc = nlp("Der Umsatz der Nordkap AG stieg auf knapp 59,9 Millionen Euro.")

    for span in doc.spans["kennzahl"]:          # quantities, times and names
        span.label_, span._.kennzahl            # money, Quantity(start=42, end=61, value=Decimal('59900000'), …)
    doc._.kennzahl.facts                        # what the numbers say

It needs no other component and no model. What is found is kept as plain data in ``doc.user_data``: it goes through
``nlp.pipe(n_process=…)``, ``Doc.to_bytes`` and ``DocBin(store_user_data=True)``. Reading such data back needs this module
imported, but no component in the pipeline.
"""

from __future__ import annotations

import functools
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any, Literal, TypeVar

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from . import records as r
from ._kennzahl import Document, Extractor, KennzahlError

__all__ = ["Found", "Kennzahl", "make"]

#: Where the records of a document stand in ``doc.user_data``: JSON lines as of the command line.
KEY = "kennzahl"

_Record = TypeVar("_Record")


class Found:
    """What was found in a document; its attributes are those of :class:`kennzahl.Document`.

    Offsets are those of the text, in code points, as of ``doc.text``; the span of a mention covers whole tokens and may
    be longer.

    >>> nlp = spacy.blank("de")
    >>> _ = nlp.add_pipe("kennzahl")
    >>> found = nlp("Der Umsatz der Nordkap AG stieg auf 59,9 Millionen Euro.")._.kennzahl
    >>> [(f.subject.name, f.metric.lemma, f.value.value) for f in found.facts]
    [('Nordkap AG', 'Umsatz', Decimal('59900000'))]
    >>> found["e15"].name
    'Nordkap AG'
    """

    def __init__(self, lines: str) -> None:
        read = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines.splitlines()]
        #: The record of the document itself; empty where the text is.
        self.document: dict[str, Any] = next((record for record in read if record["kind"] == "document"), {})
        #: All mentions and facts in the order of the JSON lines.
        self.records: tuple[r.Mention, ...] = tuple(
            _made(_KINDS[record["kind"]], record) for record in read if record["kind"] in _KINDS
        )
        self._by_id = {record.id: record for record in self.records}

    def __getitem__(self, id: str) -> r.Mention:
        """The record of this id, as facts name their numbers, times and names; raises ``KeyError``."""
        return self._by_id[id]

    def get(self, id: str) -> r.Mention | None:
        """The record of this id, or none."""
        return self._by_id.get(id)

    def _of(self, kind: type[_Record]) -> tuple[_Record, ...]:
        return tuple(record for record in self.records if isinstance(record, kind))

    @property
    def quantities(self) -> tuple[r.Quantity, ...]:
        """Numbers with what they count or measure."""
        return self._of(r.Quantity)

    @property
    def times(self) -> tuple[r.Time, ...]:
        """Dates, clock times, durations, and what comes again."""
        return self._of(r.Time)

    @property
    def entities(self) -> tuple[r.Entity, ...]:
        """Names."""
        return self._of(r.Entity)

    @property
    def facts(self) -> tuple[r.Fact, ...]:
        """Whose metric had which value when, and how it changed."""
        return self._of(r.Fact)

    @property
    def refused(self) -> tuple[r.Refused, ...]:
        """Numerals that are no quantities, where they are asked for."""
        return self._of(r.Refused)

    @property
    def conflicts(self) -> tuple[r.Conflict, ...]:
        """Statements that cannot both hold, where they are asked for."""
        return self._of(r.Conflict)

    def __repr__(self) -> str:
        counts = ", ".join(f"{kind}={len(getattr(self, kind))}" for kind in ("quantities", "times", "entities", "facts"))
        return f"Found({counts})"


class Kennzahl(Pipe):
    """The component. It is made by ``nlp.add_pipe("kennzahl", config={…})``; :func:`make` says what can be configured.

    Mentions go to ``doc.spans[spans_key]`` in order of the text, with their type as the label and their id as
    ``span.id_``. A mention that does not begin and end with tokens gets the span of the tokens that it touches
    (``alignment_mode`` ``expand``), of those within it (``contract``), or none (``strict``); ``span._.kennzahl`` has
    its own offsets. The day of publication is ``doc._.published``: a string of ISO 8601, a date, or none.
    """

    def __init__(self, name: str, extractor: Extractor, spans_key: str, alignment_mode: str) -> None:
        if alignment_mode not in ("expand", "contract", "strict"):
            raise ValueError(f"alignment_mode is '{alignment_mode}': write 'expand', 'contract' or 'strict'")
        self.name = name
        self.extractor = extractor
        self.spans_key = spans_key
        self.alignment_mode = alignment_mode

    def __call__(self, doc: Doc) -> Doc:
        """Finds what is in a document."""
        for _ in self.pipe((doc,)):
            pass
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same for many documents, in order, on all cores that ``threads`` allows. Some are read ahead."""
        handler: Callable[[str, Pipe, list[Doc], Exception], None] = self.get_error_handler()
        ahead: deque[Doc] = deque()

        def items() -> Iterator[dict[str, Any]]:
            for doc in stream:
                ahead.append(doc)
                yield {"text": doc.text, "published": doc._.published}

        for found in self.extractor.extract_many(items(), on_error="yield"):
            doc = ahead.popleft()
            try:
                self._set(doc, found)
            except KennzahlError as e:
                handler(self.name, self, [doc], e)
                continue
            yield doc

    def _set(self, doc: Doc, found: Document | KennzahlError) -> None:
        if isinstance(found, Document):
            doc.user_data[KEY] = found.to_json_lines()
            mentions: Sequence[r.Mention] = found.records
        elif found.reason == "no_text":
            # Pipelines take empty documents.
            doc.user_data[KEY], mentions = "", ()
        else:
            raise found
        spans = []
        for mention in mentions:
            if isinstance(mention, r.Fact):
                continue
            span = doc.char_span(
                mention.start,
                mention.end,
                label=getattr(mention, "type", mention.kind),
                alignment_mode=self.alignment_mode,
                span_id=mention.id,
            )
            if span is not None:
                spans.append(span)
        doc.spans[self.spans_key] = spans


@Language.factory(
    "kennzahl",
    assigns=["doc.spans", "doc._.kennzahl", "span._.kennzahl"],
    default_config={
        "packs": [],
        "kinds": ["quantity", "time", "entity", "fact"],
        "derived": False,
        "checks": False,
        "threads": None,
        "spans_key": KEY,
        "alignment_mode": "expand",
    },
)
def make(
    nlp: Language,
    name: str,
    packs: list[str],
    kinds: list[Literal["quantity", "time", "entity", "fact", "refused", "conflict"]],
    derived: bool,
    checks: bool,
    threads: int | None,
    spans_key: str,
    alignment_mode: str,
) -> Kennzahl:
    """The component of a pipeline.

    Args:
        packs: files of packs. A pipeline that is saved names them: they have to be where it is loaded.
        kinds: quantity, time, entity, fact, and on request refused and conflict.
        derived: with facts that arithmetic gives.
        checks: with contradictions.
        threads: for ``nlp.pipe``; one a core if it is not given. With ``n_process`` it is best 1.
        spans_key: where the spans stand in ``doc.spans``.
        alignment_mode: what becomes of mentions that are no whole tokens, see :class:`Kennzahl`.

    Raises:
        KennzahlError: a pack is wrong, or there is no such kind.
        ValueError: there is no such alignment mode.
    """
    extractor = Extractor(packs, kinds, derived=derived, checks=checks, threads=threads)
    return Kennzahl(name, extractor, spans_key, alignment_mode)


_KINDS: dict[str, type[r.Mention]] = {
    kind.kind: kind for kind in (r.Quantity, r.Time, r.Entity, r.Fact, r.Refused, r.Conflict)
}
# What is nested in facts, by the name of its field. `from` is the amount of a change, and the begin of an interval.
_PARTS: dict[str, type[Any]] = {
    "subject": r.Party,
    "source": r.Party,
    "metric": r.Metric,
    "scope": r.Scope,
    "period": r.Period,
    "change": r.Change,
    "value": r.Amount,
    "by": r.Amount,
    "from": r.Amount,
}
# Numbers that count; all others are decimals.
_COUNTS = {"sentence", "start", "end", "coref"}


def _made(kind: type[_Record], record: dict[str, Any]) -> _Record:
    """The object of a record; of later versions' fields nothing is known, and they are left out."""
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        name = field.name.rstrip("_")
        if name in record:
            values[field.name] = _value(name, record[name])
        elif field.default is MISSING:
            raise ValueError(f"a record without {name}: {record}")
    return kind(**values)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _made(_PARTS[name], value)
    if isinstance(value, list):
        return tuple(_value(name, one) for one in value)
    if isinstance(value, str) and name in ("from", "until"):
        return r.moment(value)
    return int(value) if name in _COUNTS else value


# Objects are made of the data when they are asked for, and kept for as many documents as are looked at in turns.
_found = functools.lru_cache(maxsize=64)(Found)


def _of_doc(doc: Doc) -> Found | None:
    lines = doc.user_data.get(KEY)
    return None if lines is None else _found(lines)


def _of_span(span: Span) -> r.Mention | None:
    found = _of_doc(span.doc)
    return None if found is None or not span.id_ else found.get(span.id_)


Doc.set_extension("kennzahl", getter=_of_doc, force=True)
Span.set_extension("kennzahl", getter=_of_span, force=True)
# A name that pipelines may have for themselves, with the same meaning.
if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)
