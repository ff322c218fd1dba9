"""The case files of the Rust tests: each text, with the same result."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import kennzahl
import pytest

tomllib = pytest.importorskip("tomllib")

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "tests" / "cases"


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield path.name, case


def plain(number: Any) -> str:
    return format(number, "f")


def quantity(q: kennzahl.Quantity) -> str:
    """A quantity in the notation of the cases."""
    if q.value is not None:
        value = plain(q.value)
    elif q.low is not None:
        value = f"{plain(q.low)}..{'' if q.high is None else plain(q.high)}"
    else:
        value = str(q.ratio)
    more = [q.unit, q.per and f"per:{q.per}", q.approx, q.noun and f"noun:{q.noun}"]
    return " ".join([f"{q.text} = {q.type} {value}", *filter(None, more)])


def time(t: kennzahl.Time) -> str:
    return " ".join(filter(None, [f"{t.text} = {t.type} {t.value}", t.mod]))


def name(e: kennzahl.Entity) -> str:
    return " ".join(filter(None, [f"{e.text} = {e.type} {e.name}", e.subtype, e.link]))


def refused(r: kennzahl.Refused) -> str:
    return f"{r.text} {r.reason}"


def test_all_cases() -> None:
    extractor = kennzahl.Extractor(kinds=["quantity", "time", "entity", "fact", "refused"])
    all_cases = list(cases())
    assert len(all_cases) > 50
    items = [(str(n), case["text"], case.get("published")) for n, (_, case) in enumerate(all_cases)]
    documents = extractor.extract_many(items)
    wrong = []
    for (file, case), document in zip(all_cases, documents, strict=True):
        found = {
            "found": "; ".join(map(quantity, document.quantities)),
            "times": "; ".join(map(time, document.times)),
            "names": "; ".join(map(name, document.entities)),
            "refused": "; ".join(map(refused, document.refused)),
        }
        for key, got in found.items():
            if case.get(key, got) != got:
                wrong.append(f"{file}: {case['text']}\n  want {case[key]}\n  got  {got}")
    assert not wrong, "\n".join(wrong)
