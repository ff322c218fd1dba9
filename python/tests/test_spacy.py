"""The component of spaCy."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from news import articles
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import kennzahl
import kennzahl.spacy

TEXT = "Der Umsatz der Nordkap AG stieg im vierten Quartal um 24 Prozent auf knapp 59,9 Millionen Euro."


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("kennzahl")
    return nlp


def dated(nlp: Language, text: str, published: str | None) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    return doc


def test_spans_values_and_facts(nlp: Language) -> None:
    doc = nlp(dated(nlp, TEXT, "2026-01-28"))
    assert [(span.text, span.label_) for span in doc.spans["kennzahl"]] == [
        ("Nordkap AG", "organization"),
        ("vierten Quartal", "date"),
        ("24 Prozent", "percent"),
        ("59,9 Millionen Euro", "money"),
    ]
    money = doc.spans["kennzahl"][3]._.kennzahl
    assert isinstance(money, kennzahl.Quantity)
    assert (money.value, money.unit, money.approx) == (Decimal(59_900_000), "EUR", "just_below")
    assert doc.spans["kennzahl"][1]._.kennzahl.from_ == dt.datetime(2025, 10, 1)
    (fact,) = doc._.kennzahl.facts
    assert (fact.subject.name, fact.metric.concept, fact.change.by.value) == ("Nordkap AG", "revenue", Decimal(24))
    assert doc._.kennzahl[fact.value.quantity] == money
    assert doc[0:2]._.kennzahl is None


def test_everything_is_what_the_extractor_finds() -> None:
    kinds = ["quantity", "time", "entity", "fact", "refused", "conflict"]
    nlp = spacy.blank("de")
    nlp.add_pipe("kennzahl", config={"kinds": kinds, "derived": True, "checks": True})
    extractor = kennzahl.Extractor(kinds=kinds, derived=True, checks=True)
    given = articles(400)
    more = "Am Mittwoch, 29. Januar 2026, sank der Umsatz der Nordkap AG von 50,0 auf 57,0 Millionen Euro, zwei Drittel."
    given.append({"id": "a", "published": None, "text": more})
    expected = list(extractor.extract_many((a["text"] for a in given)))
    expected_dated = list(extractor.extract_many({"text": a["text"], "published": a["published"]} for a in given))
    docs = list(nlp.pipe(a["text"] for a in given))
    docs_dated = list(nlp.pipe(dated(nlp, a["text"], a["published"]) for a in given))
    kinds_seen = set()
    for doc, found in zip([*docs, *docs_dated], [*expected, *expected_dated], strict=True):
        assert doc.text == found.text
        # The ids of the documents are the numbers in their streams, for both.
        assert doc._.kennzahl.records == found.records
        for kind in ("quantities", "times", "entities", "facts", "refused", "conflicts"):
            assert len(getattr(doc._.kennzahl, kind)) == len(getattr(found, kind))
        kinds_seen |= {type(record).__name__ for record in doc._.kennzahl.records}
        for span in doc.spans["kennzahl"]:
            mention = span._.kennzahl
            assert doc.text[mention.start : mention.end] == mention.text
            assert span.start_char <= mention.start and mention.end <= span.end_char
    assert kinds_seen == {"Quantity", "Time", "Entity", "Fact", "Refused", "Conflict"}
    assert sum(len(doc.spans["kennzahl"]) for doc in docs) == sum(len(d.records) - len(d.facts) for d in expected)


def test_mentions_within_tokens() -> None:
    text = "Der EU-Chef bekam 20Euro."
    spans = {}
    for mode in ("expand", "contract", "strict"):
        nlp = spacy.blank("de")
        nlp.add_pipe("kennzahl", config={"alignment_mode": mode, "spans_key": "sc"})
        doc = nlp(text)
        assert "kennzahl" not in doc.spans
        spans[mode] = [(span.text, span._.kennzahl.text) for span in doc.spans["sc"] if span.label_ == "organization"]
        # What has no span is there all the same.
        assert [e.text for e in doc._.kennzahl.entities if e.type == "organization"] == ["EU"]
    assert spans == {"expand": [("EU-Chef", "EU")], "contract": [], "strict": []}
    with pytest.raises(ValueError, match="alignment_mode is 'wide': write 'expand'"):
        spacy.blank("de").add_pipe("kennzahl", config={"alignment_mode": "wide"})


def test_two_mentions_in_one_token_keep_their_values(nlp: Language) -> None:
    doc = nlp("Es steht 17:30/18:45.")
    spans = list(doc.spans["kennzahl"])
    assert len(spans) == len({span.id_ for span in spans}) == len(doc._.kennzahl.records)
    assert [span._.kennzahl.id for span in spans] == [span.id_ for span in spans]


def test_published_counts(nlp: Language) -> None:
    text = "Gestern kamen 300 Gäste."
    values = [nlp(dated(nlp, text, day))._.kennzahl.times[0].value for day in ("2026-01-28", "2025-05-01", None)]
    assert values[:2] == ["2026-01-27", "2025-04-30"] and values[2] == "PAST_REF"


def test_documents_that_cannot_be_read(nlp: Language) -> None:
    docs = list(nlp.pipe(["", "1 Gast", " \n "]))
    assert [len(doc._.kennzahl.quantities) for doc in docs] == [0, 1, 0]
    assert [len(doc.spans["kennzahl"]) for doc in docs] == [0, 1, 0]
    assert nlp("")._.kennzahl.facts == ()
    assert nlp.make_doc("1 Gast")._.kennzahl is None
    wrong = dated(nlp, "2 Gäste", "neulich")
    with pytest.raises(kennzahl.KennzahlError, match="'neulich' is no ISO date"):
        nlp(wrong)
    with pytest.raises(kennzahl.KennzahlError):
        list(nlp.pipe([wrong]))
    # As spaCy has it: who handles errors gets the others.
    seen: list[str] = []
    handler = lambda name, pipe, docs, error: seen.append(docs[0].text)  # noqa: E731
    nlp.set_error_handler(handler)  # type: ignore[arg-type]
    kept = list(nlp.pipe([nlp.make_doc("1 Gast"), wrong, nlp.make_doc("3 Gäste")]))
    assert [doc.text for doc in kept] == ["1 Gast", "3 Gäste"] and seen == ["2 Gäste"]


def test_pipe_reads_little_ahead(nlp: Language) -> None:
    read = 0

    def texts() -> object:
        nonlocal read
        for number in range(20_000):
            read += 1
            yield f"Es kamen {number + 3000} Gäste, und es blieben viele von ihnen bis in den Abend hinein in der Halle."

    docs = nlp.pipe(texts())  # type: ignore[call-overload]
    first = next(docs)
    assert first._.kennzahl.quantities[0].value == 3000
    assert read < 10_000


def test_what_is_found_travels(nlp: Language, tmp_path: Path) -> None:
    docs = list(nlp.pipe([TEXT, "Es kamen 300 Gäste."]))
    expected = [doc._.kennzahl.records for doc in docs]
    ids = [[span.id_ for span in doc.spans["kennzahl"]] for doc in docs]
    plain = spacy.blank("de")
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    for again in (
        list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(plain.vocab)),
        [Doc(plain.vocab).from_bytes(doc.to_bytes()) for doc in docs],
        list(nlp.pipe([TEXT, "Es kamen 300 Gäste."], n_process=2)),
        list(pickle.loads(pickle.dumps(nlp)).pipe([TEXT, "Es kamen 300 Gäste."])),
    ):
        assert [doc._.kennzahl.records for doc in again] == expected
        assert [[span._.kennzahl.id for span in doc.spans["kennzahl"]] for doc in again] == ids


def test_a_pipeline_that_is_saved(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[[unit]]\nid = "{Klafter}"\nkind = "measure"\nforms = ["Klafter|n"]\n'
        'example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]\n',
        encoding="utf-8",
    )
    nlp = spacy.blank("de")
    nlp.add_pipe("kennzahl", config={"packs": [str(pack)], "kinds": ["quantity"], "threads": 1})
    nlp.to_disk(tmp_path / "pipeline")
    code = (
        "import sys, spacy, kennzahl.spacy\n"
        "doc = spacy.load(sys.argv[1])('Der Turm von Kiel ist acht Klafter hoch.')\n"
        "print([span._.kennzahl.unit for span in doc.spans['kennzahl']])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "pipeline")], capture_output=True, text=True)
    assert done.stdout.strip() == "['{Klafter}']", done.stderr
    with pytest.raises(ValueError, match="'facts' is not"):
        spacy.blank("de").add_pipe("kennzahl", config={"kinds": ["facts"]})


def test_spacy_finds_the_component_by_itself() -> None:
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert '[project.entry-points.spacy_factories]\nkennzahl = "kennzahl.spacy:make"\n' in text
    assert Language.get_factory_meta("kennzahl").assigns == ["doc.spans", "doc._.kennzahl", "span._.kennzahl"]
