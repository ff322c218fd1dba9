#!/usr/bin/env python3
"""Turn marked texts into gold files, so that nobody has to count offsets by hand.

    corpus/annotate.py MARKED_DIR [--published FILE.tsv] [--out DIR] [--compare DIR]

    corpus/annotate.py MARKED_DIR --layer times …
    corpus/annotate.py MARKED_DIR --layer entities …

A marked text `NAME.marked.txt` is the text `NAME.txt` of corpus/articles with each mention in double brackets. Quantities:

    um ⟦24 Prozent|percent|24|unit=%⟧ auf knapp ⟦59,9 Milliarden Dollar|money|59900000000|unit=USD|approx=just_below⟧
    mit ⟦10 bis 15 Prozent|percent|10..15|unit=%⟧, ⟦Milliarden|number|1000000000..|approx=vague⟧verlust

Fields: surface | type | value (or low..high, low.. where only the low end is known) | unit= approx= per= noun=.
Times:

    seit ⟦Ende März|date|2026-03|mod=END⟧ nach knapp ⟦zwei Jahren|duration|P2Y|mod=LESS_THAN⟧

Fields: surface | type | value | mod= from= until=; from and until only where they are not those of the value.
Names (entities):

    der Auftritt ⟦Elon Musks|person|Elon Musk|coref=3⟧ auf ⟦X|product|X|coref=4⟧

Fields: surface | type | name in its citation form | coref=, the number of the thing meant: one thing, one name, one type.
Facts are a line each of `NAME.facts.jsonl`, in text order, and name their numbers by their place among the article's
quantities, which --numbered NAME prints inside the text:

    {"subject": "Meta", "metric": "Umsatz", "value": 7, "period": "2025-Q4", "change": {"direction": "up", "by": 6, "versus": "2024-Q4"}}

    corpus/annotate.py --numbered NAME
    corpus/annotate.py FOLDER --layer facts …

Fields that are not there are null, `status` is then reported.
Without its marks the text must be the article, character for character; what is wrong is listed and nothing is written.
The other layers of a gold file stay as they are. With --compare DIR the marked texts are held against the gold files in
DIR instead: the agreement of two readers; of facts five figures, from the number alone to all filled slots.
"""
import argparse
import collections
import datetime as dt
import json
import pathlib
import re
import sys
from fractions import Fraction

TYPES = "money percent measure count age ordinal fraction multiple score number".split()
APPROX = "about just_below just_above above below at_least at_most vague".split()
MARK = re.compile("⟦([^⟧]*)⟧")
HERE = pathlib.Path(__file__).parent


def number(text, kind):
    if kind == "score":
        assert re.fullmatch(r"\d+:\d+", text), f"a score is a:b, not {text!r}"
        return text
    assert re.fullmatch(r"-?\d+(\.\d+)?(/\d+)?", text), f"not a plain decimal or n/d: {text!r}"
    return text


def quantity(fields, start):
    surface, kind, value, *rest = fields
    assert kind in TYPES, f"unknown type {kind!r}"
    q = {"start": start, "end": start + len(surface), "text": surface, "type": kind}
    if ".." in value:
        low, high = value.split("..")
        q["low"] = number(low, kind)
        if high:
            q["high"] = number(high, kind)
    else:
        q["value"] = number(value, kind)
    for field in rest:
        key, _, content = field.partition("=")
        assert key in ("unit", "approx", "per", "noun") and content, f"bad field {field!r}"
        assert key != "approx" or content in APPROX, f"unknown approx {content!r}"
        q[key] = content
    return q


TIMES = "date time duration set".split()
MODS = "START MID END APPROX BEFORE AFTER EQUAL_OR_MORE EQUAL_OR_LESS LESS_THAN MORE_THAN".split()


def months(year, month, count):
    """The first day of a month and the first day that many months later."""
    end = year * 12 + month - 1 + count
    return dt.date(year, month, 1), dt.date(end // 12, end % 12 + 1, 1)


def interval(value):
    """The days that a TIMEX3 value covers, as (from, until); for clock times the minute; None where it names none."""
    full = re.fullmatch
    if m := full(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(:\d\d)?", value):
        at = dt.datetime.fromisoformat(m[1]) + dt.timedelta(hours=int(m[2]), minutes=int(m[3]))
        return tuple((at + dt.timedelta(minutes=k)).isoformat(timespec="minutes") for k in (0, 1))
    day = lambda d, n: (d.isoformat(), (d + dt.timedelta(days=n)).isoformat())
    if m := full(r"(\d{4}-\d\d-\d\d)(T(MO|MI|AF|EV|NI))?", value):
        return day(dt.date.fromisoformat(m[1]), 2 if m[3] == "NI" else 1)
    if m := full(r"(\d{4})-W(\d\d)(-WE)?", value):
        return day(dt.date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1), 2 if m[3] else 7)
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    span = None
    if m := full(r"(\d{4})", value):
        span = months(int(m[1]), 1, 12)
    elif m := full(r"(\d{4})/(\d{4})", value):
        span = months(int(m[1]), 1, 12 * (int(m[2]) - int(m[1]) + 1))
    elif m := full(r"(\d{4})-(\d\d)", value):
        span = months(int(m[1]), int(m[2]), 1)
    elif m := full(r"(\d{4})-(Q|H|T)(\d)", value):
        length = {"Q": 3, "H": 6, "T": 4}[m[2]]
        span = months(int(m[1]), length * (int(m[3]) - 1) + 1, length)
    elif m := full(r"(\d{4})-(SP|SU|FA|WI)", value):
        span = months(int(m[1]), start[m[2]], 3)
    elif m := full(r"(\d{3})", value):
        span = months(int(m[1]) * 10, 1, 120)
    elif m := full(r"(\d{2})", value):
        span = months(int(m[1]) * 100, 1, 1200)
    return tuple(d.isoformat() for d in span) if span else None


def time(fields, start):
    surface, kind, value, *rest = fields
    assert kind in TIMES, f"unknown type {kind!r}"
    t = {"start": start, "end": start + len(surface), "text": surface, "type": kind, "value": value}
    for field in rest:
        key, _, content = field.partition("=")
        assert key in ("mod", "from", "until") and content, f"bad field {field!r}"
        assert key != "mod" or content in MODS, f"unknown mod {content!r}"
        t[key] = content
    if "from" not in t and kind in ("date", "time") and (span := interval(value)):
        t["from"], t["until"] = span
    return t


NAMES = "person organization location product index".split()


def entity(fields, start):
    surface, kind, name, coref = fields
    assert kind in NAMES, f"unknown type {kind!r}"
    assert surface, "nothing marked"
    assert name and name == " ".join(name.split()), f"no name, or blanks to spare: {name!r}"
    assert re.fullmatch(r"coref=\d+", coref), f"bad field {coref!r}"
    return {"start": start, "end": start + len(surface), "text": surface, "type": kind, "name": name, "coref": int(coref[6:])}


def one_thing(mentions):
    """A coref number stands for one thing: all its mentions have one name and one type."""
    things = {}
    for m in mentions:
        first = things.setdefault(m["coref"], m)
        assert (m["type"], m["name"]) == (first["type"], first["name"]), (
            f"coref={m['coref']} is {first['type']} {first['name']!r} at {first['text']!r} and {m['type']} {m['name']!r} at {m['text']!r}")


DIRECTIONS = "up down flat".split()
STATUS = "reported forecast target denied".split()


def fact(given, quantities):
    """A fact with all its fields; the numbers it names must be quantities of the article."""
    change = given.get("change")
    f = {k: given.get(k) for k in ("subject", "metric", "value", "period")}
    f["change"] = change and {k: change.get(k) for k in ("direction", "by", "from", "versus")}
    f["status"], f["source"] = given.get("status", "reported"), given.get("source")
    strange = set(given) - set(f) | set(change or {}) - set(f["change"] or {})
    assert not strange, f"unknown field {sorted(strange)}"
    assert f["metric"], "a fact has a metric"
    assert f["status"] in STATUS, f"unknown status {f['status']!r}"
    assert not change or change.get("direction") in DIRECTIONS, f"unknown direction {change!r}"
    change = f["change"] or {}
    numbers = [n for n in (f["value"], change.get("by"), change.get("from")) if n is not None]
    assert numbers, "a fact has a number"
    assert all(type(n) is int and 0 <= n < quantities for n in numbers), f"no such quantity: {numbers}"
    return f


def facts_of(path, quantities):
    """The facts of a file of JSON lines."""
    facts = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            facts.append(fact(json.loads(line), quantities))
        except (AssertionError, ValueError) as e:
            raise SystemExit(f"{path.name}:{n}: {e}")
    return facts


def numbered(folder, name):
    """The text with its quantities, times and names in brackets: ⟦12 24 Prozent⟧, ⟨vergangenen Quartal = 2025-Q4⟩, ⟨Metas = Meta⟩."""
    gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    marks = []
    for i, q in enumerate(gold["quantities"]):
        marks += [(q["start"], 1, f"⟦{i} "), (q["end"], 0, "⟧")]
    for m in gold["times"] + gold["entities"]:
        marks += [(m["start"], 1, "⟨"), (m["end"], 0, f" = {m.get('value', m.get('name'))}⟩")]
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


LISTS = "quantities times entities facts".split()
LAYERS = {"quantities": quantity, "times": time, "entities": entity}
COMPARED = {"quantities": "all fields", "times": "span, type and value", "entities": "span and type"}


def read_marked(path, layer):
    """The text without its marks and the mentions at their code point offsets."""
    marked, text, mentions, done = path.read_text(encoding="utf-8"), "", [], 0
    for m in MARK.finditer(marked):
        text += marked[done : m.start()]
        fields = m.group(1).split("|")
        try:
            mentions.append(LAYERS[layer](fields, len(text)))
        except (AssertionError, ValueError) as e:
            raise SystemExit(f"{path.name}: {m.group(0)}: {e}")
        text += fields[0]
        done = m.end()
    if layer == "entities":
        try:
            one_thing(mentions)
        except AssertionError as e:
            raise SystemExit(f"{path.name}: {e}")
    return text + marked[done:], mentions


def key(q):
    if q["type"] in TIMES:
        return q["start"], q["end"], q["type"], q["value"]
    if q["type"] in NAMES:
        return q["start"], q["end"], q["type"]
    exact = lambda x: None if x is None else (x if ":" in x else Fraction(x))
    return (q["start"], q["end"], q["type"], exact(q.get("value")), exact(q.get("low")), exact(q.get("high")),
            q.get("unit"), q.get("approx"), q.get("per"), q.get("noun"))


def stem(metric):
    """A metric without case and ending: Umsätze = Umsätzen, Anteil = Anteils."""
    metric = metric.lower()
    for end in ("innen", "ern", "en", "er", "es", "e", "n", "s"):
        if metric.endswith(end) and len(metric) - len(end) > 3:
            return metric[: -len(end)]
    return metric


def slots_of(facts, gold):
    """The number that a fact is about (value, else by, else from) and its slots, for each fact; two names of one thing
    are one subject, or source."""
    things = {}
    for m in gold["entities"]:
        for name in (m["text"], m["name"]):
            things.setdefault(name.lower(), m["coref"])
    thing = lambda name: name and things.get(name.lower(), name.lower())
    for f in facts:
        change = f["change"] or {}
        slots = {k: f[k] for k in ("value", "period", "status")}
        slots |= {k: change.get(k) for k in ("direction", "by", "from", "versus")}
        slots |= {"metric": stem(f["metric"]), "subject": thing(f["subject"]), "source": thing(f["source"])}
        yield next(slots[k] for k in ("value", "by", "from") if slots[k] is not None), slots


AGREE = {
    "number": (),
    "number and metric": ("metric",),
    "number, metric and subject": ("metric", "subject"),
    "number, metric, subject and period": ("metric", "subject", "period"),
}


def agreement(first, second):
    """For each way to compare facts what is in the first reading, in the second, in both."""
    count = collections.Counter
    ways = {way: [count((n, *(s[k] for k in keys)) for n, s in facts) for facts in (first, second)] for way, keys in AGREE.items()}
    ways["slots"] = [count((n, k, v) for n, s in facts for k, v in s.items() if v is not None) for facts in (first, second)]
    return {way: count(first=f.total(), second=s.total(), both=(f & s).total()) for way, (f, s) in ways.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("marked", type=pathlib.Path, nargs="?")
    ap.add_argument("--numbered", metavar="NAME", help="print the article with its quantities numbered")
    ap.add_argument("--published", type=pathlib.Path, help="lines of NAME, tab, date-time")
    ap.add_argument("--out", type=pathlib.Path, default=HERE / "articles")
    ap.add_argument("--compare", type=pathlib.Path)
    ap.add_argument("--layer", choices=LISTS, default="quantities")
    a = ap.parse_args()
    if a.numbered:
        print(numbered(a.out, a.numbered))
        return
    dates = dict(l.split("\t") for l in a.published.read_text(encoding="utf-8").splitlines() if l.strip()) if a.published else {}
    bad, same, first, second = [], 0, 0, 0
    ways = collections.defaultdict(collections.Counter)
    suffix = ".facts.jsonl" if a.layer == "facts" else ".marked.txt"
    for path in sorted(a.marked.glob("*" + suffix)):
        name = path.name.removesuffix(suffix)
        if a.layer == "facts":
            gold = json.loads((a.out / f"{name}.gold.json").read_text(encoding="utf-8"))
            text, mentions = (HERE / "articles" / f"{name}.txt").read_text(encoding="utf-8"), facts_of(path, len(gold["quantities"]))
        else:
            text, mentions = read_marked(path, a.layer)
        article = (HERE / "articles" / f"{name}.txt").read_text(encoding="utf-8")
        if text != article:
            at = next((i for i, (x, y) in enumerate(zip(text, article)) if x != y), min(len(text), len(article)))
            bad.append(f"{name}: differs from the article at {at}: {text[at:at + 40]!r} for {article[at:at + 40]!r}")
            continue
        if a.compare and a.layer == "facts":
            gold = json.loads((a.compare / f"{name}.gold.json").read_text(encoding="utf-8"))
            readings = [list(slots_of(facts, gold)) for facts in (gold["facts"], mentions)]
            for way, counts in agreement(*readings).items():
                ways[way].update(counts)
            for side, one, other in (("first ", *readings), ("second", *readings[::-1])):
                for n, slots in (f for f in one if f not in other):
                    q = gold["quantities"][n]
                    filled = {k: v for k, v in slots.items() if v is not None}
                    print(f"{side} {name}: {text[max(0, q['start'] - 40):q['start']]!r} [{q['text']}] {filled}")
            continue
        if a.compare:
            gold = json.loads((a.compare / f"{name}.gold.json").read_text(encoding="utf-8"))[a.layer]
            g, p = collections.Counter(map(key, gold)), collections.Counter(map(key, mentions))
            same, first, second = same + sum((g & p).values()), first + len(gold), second + len(mentions)
            for side, only in (("first ", g - p), ("second", p - g)):
                for k in sorted(only, key=lambda k: k[0]):
                    print(f"{side} {name}: {text[max(0, k[0] - 40):k[0]]!r} [{text[k[0]:k[1]]}] {k[2:]}")
            continue
        path = a.out / f"{name}.gold.json"
        gold = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"id": name, "annotated": []}
        gold["published"] = dates.get(name, gold.get("published"))
        gold["annotated"] = [l for l in LISTS if l in gold["annotated"] or l == a.layer]
        gold[a.layer] = mentions
        head = json.dumps({k: gold[k] for k in ("id", "published", "annotated")}, ensure_ascii=False)[1:-1]
        rows = lambda layer: ",\n  ".join(json.dumps(m, ensure_ascii=False) for m in gold.get(layer, []))
        lists = ",\n ".join(f'"{l}": [\n  {rows(l)}]' if gold.get(l) else f'"{l}": []' for l in LISTS)
        path.write_text(f"{{{head},\n {lists}}}\n", encoding="utf-8")
    for way, n in ways.items():
        print(f"{n['first']} and {n['second']}, {n['both']} the same in {way}: F1 {200 * n['both'] / max(1, n['first'] + n['second']):.1f}")
    if a.compare and a.layer != "facts":
        print(f"{first} and {second} {a.layer}, {same} the same in {COMPARED[a.layer]}: F1 {200 * same / max(1, first + second):.1f}")
    for b in bad:
        print(b, file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
