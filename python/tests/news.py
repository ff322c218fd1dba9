"""Invented business news in German: as many short documents as are asked for, no two alike, the same ones every time."""

from __future__ import annotations

import random
from typing import TypedDict


class Article(TypedDict):
    """A document as the command line and the package read it."""

    id: str
    published: str | None
    text: str


COMPANIES = [
    "Nordkap AG", "Brandner AG", "Hallig Energie SE", "Oberwald GmbH", "Seiler & Söhne KG", "Mühlenbach Pharma AG",
    "Tannhof Logistik", "Grünwerk SE", "Weserstahl AG", "Kranich Air", "Alpenglas GmbH", "Förde Bank",
]  # fmt: skip
METRICS = ["Umsatz", "Gewinn", "operative Gewinn", "Auftragseingang", "Absatz", "Börsenwert", "Verlust", "Schuldenstand"]
PEOPLE = ["Anna Reinders", "Jörg Petersen", "Mehmet Aksoy", "Clara Weißkopf", "Tim Övermann", "Petra Lindholm"]
PLACES = ["Kiel", "Passau", "Österreich", "Polen", "Nordrhein-Westfalen", "Lüneburg", "Rostock", "Frankreich"]
PERIODS = [
    "im vergangenen Quartal", "im ersten Halbjahr", "im Vorjahr", "2024", "im dritten Quartal", "im März",
    "in den ersten neun Monaten", "in der vergangenen Woche", "am Montag", "seit 2019",
]  # fmt: skip
HEDGES = ["", "", "", "knapp ", "rund ", "gut ", "mehr als ", "fast ", "mindestens "]
SCALES = ["Millionen Euro", "Milliarden Euro", "Mio. Dollar", "Mrd. Franken", "Euro", "Tausend Euro"]


def number(draw: random.Random) -> str:
    """A number as it is printed: 3,64 or 1.250 or 17."""
    shape = draw.randrange(4)
    if shape == 0:
        return f"{draw.randrange(1, 1000)},{draw.randrange(1, 100)}"
    if shape == 1:
        return f"{draw.randrange(1, 1000)}.{draw.randrange(1000):03}"
    return str(draw.randrange(2, 1000))


def sentence(draw: random.Random) -> str:
    """One of ten kinds of sentence."""
    company, metric, when = draw.choice(COMPANIES), draw.choice(METRICS), draw.choice(PERIODS)
    hedge, scale, place, who = draw.choice(HEDGES), draw.choice(SCALES), draw.choice(PLACES), draw.choice(PEOPLE)
    percent = f"{draw.randrange(1, 90)},{draw.randrange(10)} Prozent"
    kinds = [
        f"Der {metric} der {company} stieg {when} um {percent} auf {hedge}{number(draw)} {scale}.",
        f"{when[0].upper()}{when[1:]} sank der {metric} von {company} um {hedge}{percent}.",
        f"{company} beschäftigt in {place} {hedge}{number(draw)} Mitarbeiter.",
        f"Wie {who} sagte, wird der {metric} {draw.randrange(2025, 2032)} bei {hedge}{number(draw)} {scale} liegen.",
        f"Die {company} will {hedge}{number(draw)} Stellen in {place} streichen.",
        f"{who}, Chef der {company}, rechnet mit einem Plus von {percent}.",
        f"Zwischen {draw.randrange(2, 50)} und {draw.randrange(50, 99)} Prozent der Kunden kamen aus {place}.",
        f"Am {draw.randrange(1, 29)}. Mai {draw.randrange(1990, 2030)} eröffnete {company} ein Werk für {number(draw)} {scale}.",
        f"Der Kurs von {company} fiel {when} auf {number(draw)} Euro, {hedge}{percent} weniger als zuvor.",
        f"Nach § {draw.randrange(1, 400)} HGB meldete {company} drei Viertel des Betrags, {number(draw)} {scale}. 🙂",
    ]
    return kinds[draw.randrange(len(kinds))]


def articles(count: int, seed: int = 2026) -> list[Article]:
    """Documents of one to four sentences; one in seven has no day of publication, ids are not in order of their text."""
    draw = random.Random(seed)
    found: list[Article] = []
    for number_of in range(count):
        text = " ".join(sentence(draw) for _ in range(draw.randrange(1, 5)))
        day = f"{draw.randrange(2010, 2027)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        clock = draw.choice(["", "", f"T{draw.randrange(24):02}:{draw.randrange(60):02}", "T23:30Z"])
        published = None if draw.randrange(7) == 0 else day + clock
        found.append({"id": f"news/{(number_of * 7919) % 1_000_003:07}", "published": published, "text": text})
    return found
