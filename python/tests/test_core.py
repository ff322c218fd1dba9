"""Texts in, objects out."""

from __future__ import annotations

import copy
import dataclasses
import json
import pathlib
import pickle
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import kennzahl
import pytest
from kennzahl import records

TEXT = (
    "Der Umsatz der Nordkap AG 🚢 stieg im vierten Quartal um 12,5 Prozent auf knapp 58,7 Millionen Euro, "
    "teilte Finanzchefin Ulrike Behrens am Mittwoch um 9.30 Uhr mit. Zwei Drittel davon kamen aus Österreich."
)
ARTICLES = sorted((pathlib.Path(__file__).resolve().parents[2] / "corpus" / "articles").glob("*.txt"))
PACK = """
[[unit]]
id = "{Klafter}"
kind = "measure"
forms = ["Klafter|n"]
example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]
"""


@pytest.fixture(scope="module")
def extractor() -> kennzahl.Extractor:
    return kennzahl.Extractor()


def test_values_are_exact(extractor: kennzahl.Extractor) -> None:
    document = extractor.extract(TEXT, published="2026-01-28T18:00")
    percent, money, share = document.quantities
    assert (percent.value, percent.unit) == (Decimal("12.5"), "%")
    assert (money.value, money.unit, money.approx, money.hedge) == (Decimal(58700000), "EUR", "just_below", "knapp")
    assert (money.lower, money.upper) == (None, Decimal(58700000))
    assert (share.value, share.ratio) == (None, "2/3")
    quarter = next(t for t in document.times if "Quartal" in t.text)
    assert (quarter.from_, quarter.until) == (datetime(2025, 10, 1), datetime(2026, 1, 1))
    clock = next(t for t in document.times if "9.30" in t.text)
    assert (clock.from_, clock.until) == (datetime(2026, 1, 28, 9, 30), datetime(2026, 1, 28, 9, 31))
    fact = document.facts[0]
    assert fact.subject is not None and fact.value is not None and fact.change is not None and fact.period is not None
    assert (fact.subject.name, fact.subject.entity, fact.metric.concept) == ("Nordkap AG", "e15", "revenue")
    assert (fact.value.value, fact.value.quantity) == (money.value, money.id)
    assert fact.change.by is not None and fact.change.by.value == Decimal("12.5")
    assert fact.period.from_ == datetime(2025, 10, 1)


def test_offsets_are_code_points(extractor: kennzahl.Extractor) -> None:
    document = extractor.extract("🚢🚢 Größe: 5 Euro, " + TEXT)
    assert len(document.records) > 6
    for record in document.records:
        assert document.text[record.start : record.end] == record.text
        assert record.id.startswith(record.kind[0])
    assert document.chars == len(document.text)


def test_records_are_those_of_the_json_lines() -> None:
    extractor = kennzahl.Extractor(
        kinds=["quantity", "time", "entity", "fact", "refused", "conflict"], derived=True, checks=True, explain=True
    )
    kinds = set()
    for path in ARTICLES:
        document = extractor.extract(path.read_text(encoding="utf-8"), id=path.stem, published="2025-03-04")
        lines = document.to_json_lines().splitlines()
        read = [json.loads(line, parse_float=Decimal) for line in lines]
        made: list[dict[str, Any]] = [document.to_dict(), *(r.to_dict() for r in document.records)]
        assert made == read
        # The keys stand in the same order.
        assert [list(r) for r in made[1:]] == [list(r) for r in read[1:]]
        kinds |= {r.kind for r in document.records}
        of_kinds = (document.quantities, document.times, document.entities, document.facts, document.refused,
                    document.conflicts)
        assert sum(map(len, of_kinds)) == len(document.records)
    assert kinds == {"quantity", "time", "entity", "fact", "refused", "conflict"}


def test_classes_have_the_fields_of_the_schema(capfd: pytest.CaptureFixture[str]) -> None:
    assert kennzahl.main(["schema"]) == 0
    schema = json.loads(capfd.readouterr().out)
    of_kind = {s["properties"]["kind"]["const"]: s["properties"] for s in schema["oneOf"]}
    fact = of_kind["fact"]
    nested = {
        records.Party: fact["subject"], records.Metric: fact["metric"], records.Scope: fact["scope"]["items"],
        records.Amount: fact["value"], records.Period: fact["period"], records.Change: fact["change"],
    }
    for record in (records.Quantity, records.Time, records.Entity, records.Fact, records.Refused, records.Conflict):
        assert {name for name, _ in records.fields_of(record)} | {"kind"} >= set(of_kind[record.kind]) - {"rule"}, record
    for part, properties in nested.items():
        assert {name for name, _ in records.fields_of(part)} == set(properties["properties"]), part


def test_objects_are_values(extractor: kennzahl.Extractor) -> None:
    document = extractor.extract(TEXT)
    quantity = document.quantities[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        quantity.value = Decimal(1)  # type: ignore[misc]
    assert extractor.extract(TEXT) == document and hash(extractor.extract(TEXT)) == hash(document)
    assert extractor.extract(TEXT + " Es sind 5 Euro.") != document
    for copied in (pickle.loads(pickle.dumps(document)), copy.copy(document), copy.deepcopy(document)):
        assert copied == document and copied.quantities == document.quantities
    assert pickle.loads(pickle.dumps(document.facts)) == document.facts
    assert len({q for q in document.quantities}) == 3
    assert document.quantities is document.quantities, "made once"


def test_published(extractor: kennzahl.Extractor) -> None:
    text = "Das war im vergangenen Quartal."
    for published in ("2026-01-28", date(2026, 1, 28), datetime(2026, 1, 28, 12), "2026-01-28T21:17Z"):
        document = extractor.extract(text, published=published)
        assert document.times[0].value == "2025-Q4"
        assert document.published_from == "given"
    # A zone is converted to that of the readers.
    assert extractor.extract(text, published="2026-01-28T21:17Z").published == "2026-01-28T22:17"
    open_ = extractor.extract(text)
    assert open_.published is None and open_.times[0].from_ is None


def test_packs(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(PACK, encoding="utf-8")
    text = "Der Schacht ist neun Klafter tief."
    for pack in (file, str(file), ("mine", PACK)):
        assert kennzahl.Extractor([pack]).extract(text).quantities[0].unit == "{Klafter}"
    extractor = kennzahl.Extractor(packs=[file])
    state = pickle.dumps(extractor)
    document = pickle.dumps(extractor.extract(text))
    file.unlink()
    assert pickle.loads(state).extract(text).quantities[0].unit == "{Klafter}"
    assert copy.deepcopy(extractor).extract(text).quantities[0].unit == "{Klafter}"
    assert pickle.loads(document).quantities[0].unit == "{Klafter}"
    assert kennzahl.Extractor().extract(text).quantities[0].unit is None


def test_options() -> None:
    assert kennzahl.Extractor(kinds=["quantity"]).extract(TEXT).entities == ()
    x = kennzahl.Extractor(derived=True, checks=True)
    document = x.extract("Der Umsatz der Nordkap AG stieg um 24 Prozent von 50,0 auf 57,0 Millionen Euro.")
    assert document.conflicts[0].with_ == "arithmetic"
    document = x.extract("Der Umsatz der Nordkap AG stieg um 25 Prozent auf 50,0 Millionen Euro.")
    assert any(fact.derived for fact in document.facts)
    again = pickle.loads(pickle.dumps(kennzahl.Extractor(kinds=["time"], explain=True, threads=2)))
    assert again.kinds == ("time",) and again.extract("Es war Montag.").times[0].rule


def test_many(extractor: kennzahl.Extractor) -> None:
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    alone = [extractor.extract(text, id=str(n)) for n, text in enumerate(texts)]
    assert list(extractor.extract_many(texts)) == alone
    assert list(extractor.extract_many((str(n), text) for n, text in enumerate(texts))) == alone
    assert list(extractor.extract_many([])) == []
    whole = {"id": "a", "text": TEXT, "title": "Nordkap", "published": date(2026, 1, 28), "source": "Anzeiger",
             "lang": "de", "version": 2, "status": "usable", "other": object()}
    (document,) = extractor.extract_many([whole])
    assert (document.id, document.title, document.source, document.lang) == ("a", "Nordkap", "Anzeiger", "de")
    assert (document.version, document.status, document.published) == ("2", "usable", "2026-01-28")
    assert document.to_dict()["title"] == "Nordkap"
    assert pickle.loads(pickle.dumps(document)) == document


def test_many_is_lazy(extractor: kennzahl.Extractor) -> None:
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield f"Es sind {taken} Euro."

    documents = extractor.extract_many(endless())
    for n in range(1, 5001):
        assert next(documents).quantities[0].value == n
    assert taken < 5000 + 3000
    del documents


def test_errors_stand_in_their_place(extractor: kennzahl.Extractor) -> None:
    items: list[Any] = ["Es sind 5 Euro.", "", ("c", "Es sind 7 Euro.", "gestern"), "Es sind 8 Euro."]
    documents = extractor.extract_many(items)
    assert next(documents).id == "0"
    with pytest.raises(kennzahl.KennzahlError, match="^items:2: a document without text$") as raised:
        next(documents)
    assert raised.value.reason == "no_text"
    assert list(documents) == []
    assert [d.id for d in extractor.extract_many(items, on_error="skip")] == ["0", "3"]
    given: list[Any] = list(extractor.extract_many(items, on_error="yield"))
    assert isinstance(given[1], kennzahl.KennzahlError) and isinstance(given[1], ValueError)
    assert "'gestern' is no ISO date" in str(given[2])
    assert given[3].quantities[0].value == 8

    def broken() -> Any:
        yield "Es sind 5 Euro."
        raise OSError("the line is dead")

    documents = extractor.extract_many(broken())
    assert next(documents).id == "0"
    with pytest.raises(OSError, match="the line is dead"):
        next(documents)
    with pytest.raises(TypeError, match="an item is a int"):
        list(extractor.extract_many([5]))  # type: ignore[list-item]


def test_errors_are_those_of_the_command_line(
    extractor: kennzahl.Extractor, tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def said(*args: str) -> str:
        assert kennzahl.main(["extract", "-q", *args]) in (1, 2)
        return capfd.readouterr().err.strip()

    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    bad = tmp_path / "bad.toml"
    for pack in ("[[unit", "[[unit]]\nid = 5\n", "[[hedge]]\nid = \"x\"\n"):
        bad.write_text(pack, encoding="utf-8")
        with pytest.raises(kennzahl.KennzahlError) as raised:
            kennzahl.Extractor(packs=[bad])
        assert said(str(article), "--pack", str(bad)) == f"kennzahl: {raised.value}"
    with pytest.raises(kennzahl.KennzahlError) as raised:
        kennzahl.Extractor(packs=[tmp_path / "none.toml"])
    assert said(str(article), "--pack", str(tmp_path / "none.toml")) == f"kennzahl: {raised.value}"
    with pytest.raises(kennzahl.KennzahlError) as raised:
        extractor.extract(TEXT, published="am Montag")
    assert said(str(article), "--published", "am Montag").removeprefix("kennzahl: ") in str(raised.value)
    with pytest.raises(kennzahl.KennzahlError, match="there is no kind 'number'; there are quantity"):
        kennzahl.Extractor(kinds=["number"])


def test_notebook(extractor: kennzahl.Extractor) -> None:
    html = extractor.extract("<b>5 Euro</b> & \"7 Euro\"")._repr_html_()
    assert html.startswith("<iframe sandbox=") and html.endswith("</iframe>")
    page = html.split('srcdoc="', 1)[1].rsplit('"></iframe>', 1)[0]
    assert '"' not in page, "nothing leaves the attribute"
    assert "&lt;" not in page and "<b>5" not in page


def test_version() -> None:
    assert kennzahl.__version__ and kennzahl.SCHEMA_VERSION == "1.0"
    assert sys.modules["kennzahl._kennzahl"].VERSION == kennzahl.__version__
    for name in kennzahl.__all__:
        assert getattr(kennzahl, name).__doc__, name
