"""What is found in a text, as objects: one class a kind of record, and one for what is nested in facts.

The fields are those of the records that ``kennzahl extract`` writes; ``kennzahl schema`` says what each means. A field that
a record has not is None. Python takes the words ``from`` and ``with`` for itself, so that they are ``from_`` and ``with_``.

Numbers are exact: :class:`decimal.Decimal`. Offsets count code points, as indices into a string do. Intervals are civil
time, and ``until`` is not in them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

__all__ = [
    "Amount", "Change", "Conflict", "Entity", "Fact", "Mention", "Metric", "Party", "Period", "Quantity", "Refused",
    "Scope", "Time",
]


def _name(field: str) -> str:
    """A field as records name it."""
    return field.rstrip("_")


def fields_of(record: type[Any]) -> list[tuple[str, Any]]:
    """The fields of a class in order, as records name them, with what they are where a record has none."""
    return [(_name(f.name), None if f.default is dataclasses.MISSING else f.default) for f in dataclasses.fields(record)]


def moment(text: str) -> datetime | None:
    """A civil time as records write it; None for one that Python has not."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


class _Part:
    """What all records have in common."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON record: what is not known is left out, numbers are Decimal, times are as ISO writes them."""
        record: dict[str, Any] = {}
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if value is None or value is False or value == ():
                continue
            if isinstance(value, datetime):
                value = self._written(value)
            elif isinstance(value, _Part):
                value = value.to_dict()
            elif isinstance(value, tuple):
                value = [part.to_dict() if isinstance(part, _Part) else part for part in value]
            record[_name(field.name)] = value
        return record

    def _written(self, at: datetime) -> str:
        """Intervals of clock times are shorter than a day, all others are of whole days."""
        begin, end = getattr(self, "from_"), getattr(self, "until")
        timed = begin is None or end is None or end - begin < timedelta(days=1)
        return at.isoformat(timespec="minutes") if timed else at.date().isoformat()


@dataclass(frozen=True, slots=True)
class Mention(_Part):
    """A stretch of a text that something was found in."""

    #: The kind of the record: quantity, time, entity, fact, refused, conflict.
    kind: ClassVar[str]

    #: The id of the document.
    doc: str
    #: The letter of the kind and the first code point: ``q53``.
    id: str
    #: The number of the sentence, from 0.
    sentence: int
    #: The first code point.
    start: int
    #: One past the last.
    end: int
    #: The covered stretch: ``document.text[start:end]``.
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON record: what is not known is left out, numbers are Decimal, times are as ISO writes them."""
        return {"kind": self.kind, **_Part.to_dict(self)}


@dataclass(frozen=True, slots=True)
class Quantity(Mention):
    """A number with what it counts or measures."""

    kind: ClassVar[str] = "quantity"

    #: money, percent, measure, count, age, ordinal, fraction, multiple, score, number
    type: str
    #: The number.
    value: Decimal | None = None
    #: The lower end of a range.
    low: Decimal | None = None
    #: The upper end of a range.
    high: Decimal | None = None
    #: What is no decimal: ``1/3``, ``2:1``.
    ratio: str | None = None
    #: ISO 4217, UCUM, ``%``, ``pp``, ``bp``.
    unit: str | None = None
    #: What a hedge says: about, just_below, above, at_least …
    approx: str | None = None
    #: The words of the hedge.
    hedge: str | None = None
    #: What a rate is taken over.
    per: str | None = None
    #: What is counted.
    noun: str | None = None
    #: The lower bound that holds whatever the hedge leaves open.
    lower: Decimal | None = None
    #: The upper bound.
    upper: Decimal | None = None
    #: What the text did not say.
    assumed: str | None = None
    #: The rule that made it, with ``explain``.
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Time(Mention):
    """A date, a clock time, a duration, or what comes again."""

    kind: ClassVar[str] = "time"

    #: date, time, duration, set
    type: str
    #: As in TIMEX3: ``2025-Q4``, ``P3Y``, ``PRESENT_REF``.
    value: str
    #: As in TIMEX3: START, MID, END, APPROX …
    mod: str | None = None
    #: The begin of the interval that is meant.
    from_: datetime | None = None
    #: Its end, not in it.
    until: datetime | None = None
    #: The rule that made it, with ``explain``.
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Entity(Mention):
    """A name."""

    kind: ClassVar[str] = "entity"

    #: person, organization, location, product, index
    type: str
    #: The citation form: the fullest of the document.
    name: str
    #: The thing that is meant; mentions of one thing in a document share it.
    coref: int
    #: What a lexicon says it is: company, party, city.
    subtype: str | None = None
    #: Its identifier in a lexicon; the same in every document.
    link: str | None = None
    #: What a person is: *Chef*.
    role: str | None = None
    #: The id of the mention that the role is of.
    of: str | None = None
    #: The rule that made it, with ``explain``.
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Party(_Part):
    """Whose metric it is, or who says so."""

    #: The id of its mention.
    entity: str | None = None
    #: As of its mention.
    coref: int | None = None
    #: The citation form, or the noun where no name is given.
    name: str = ""
    #: person, organization, location, product, index
    type: str | None = None
    #: Its identifier in a lexicon.
    link: str | None = None
    #: The name folded and without legal form: joins across documents.
    key: str | None = None
    #: Where it was found, the surer the earlier: clause, sentence, carried, topic.
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Metric(_Part):
    """What is measured."""

    #: The words that name it.
    text: str | None = None
    #: Nominative, singular; plural for what is counted.
    lemma: str = ""
    #: Its identifier in the list of metrics: ``revenue``.
    concept: str | None = None
    #: How the number was reckoned: ``währungsbereinigt``, ``vor Steuern``.
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope(_Part):
    """What a number is restricted to beside its subject."""

    #: of, in, for, segment
    role: str
    #: The words.
    text: str
    #: The id of the mention.
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Amount(_Part):
    """A number of a fact. Its fields are those of :class:`Quantity`."""

    #: The id of its quantity; None where arithmetic gives it.
    quantity: str | None = None
    type: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ratio: str | None = None
    unit: str | None = None
    approx: str | None = None
    per: str | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Period(_Part):
    """When a fact holds."""

    #: The id of its time; None where it was computed.
    time: str | None = None
    #: As in TIMEX3.
    value: str = ""
    #: The begin of the period.
    from_: datetime | None = None
    #: Its end, not in it.
    until: datetime | None = None
    #: Where it was found, the surer the earlier: clause, sentence, carried, topic.
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Change(_Part):
    """How a metric changed."""

    #: up, down, flat
    direction: str | None = None
    #: By how much: a magnitude, the direction carries the sign.
    by: Amount | None = None
    #: The earlier value.
    from_: Amount | None = None
    #: The period compared with, as in TIMEX3.
    versus: str | None = None


@dataclass(frozen=True, slots=True)
class Fact(Mention):
    """A statement: whose metric had which value when, and how it changed. ``text`` is its sentence."""

    kind: ClassVar[str] = "fact"

    #: Whose metric it is.
    subject: Party | None = None
    #: What is measured.
    metric: Metric = Metric()
    #: What the number is restricted to beside the subject.
    scope: tuple[Scope, ...] = ()
    #: How much.
    value: Amount | None = None
    #: When it holds.
    period: Period | None = None
    #: How it changed.
    change: Change | None = None
    #: reported, forecast, target, denied
    status: str = ""
    #: Who says so, where another than the subject is named.
    source: Party | None = None
    #: The id of the first fact of the document that says the same.
    repeat_of: str | None = None
    #: The same for the same statement in another document.
    fact_key: str = ""
    #: Whether arithmetic gives its number.
    derived: bool = False
    #: The rule that made it, with ``explain``.
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Refused(Mention):
    """A numeral that is no quantity."""

    kind: ClassVar[str] = "refused"

    #: Why it is none: law, product, phone, index, version, list …
    reason: str
    #: The rule that decided, with ``explain``.
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict(Mention):
    """Statements that cannot all hold."""

    kind: ClassVar[str] = "conflict"

    #: The ids of their records.
    ids: tuple[str, ...]
    #: What would agree.
    expected: str
    #: What is contradicted: weekday, published, arithmetic, statement.
    with_: str
