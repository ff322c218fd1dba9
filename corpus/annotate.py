#!/usr/bin/env python3
"""Turn marked texts into gold files, so that nobody has to count offsets by hand.

    corpus/annotate.py MARKED_DIR [--published FILE.tsv] [--out DIR] [--compare DIR]

A marked text `NAME.marked.txt` is the text `NAME.txt` of corpus/articles with each quantity in double brackets:

    um ⟦24 Prozent|percent|24|unit=%⟧ auf knapp ⟦59,9 Milliarden Dollar|money|59900000000|unit=USD|approx=just_below⟧
    mit ⟦10 bis 15 Prozent|percent|10..15|unit=%⟧, ⟦Milliarden|number|1000000000..|approx=vague⟧verlust

Fields: surface | type | value (or low..high, low.. where only the low end is known) | unit= approx= per= noun=.
Without its marks the text must be the article, character for character; what is wrong is listed and nothing is written.
With --compare DIR the marked texts are held against the gold files in DIR instead: the agreement of two readers.
"""
import argparse
import collections
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


def read_marked(path):
    """The text without its marks and the quantities at their code point offsets."""
    marked, text, quantities, done = path.read_text(encoding="utf-8"), "", [], 0
    for m in MARK.finditer(marked):
        text += marked[done : m.start()]
        fields = m.group(1).split("|")
        try:
            quantities.append(quantity(fields, len(text)))
        except (AssertionError, ValueError) as e:
            raise SystemExit(f"{path.name}: {m.group(0)}: {e}")
        text += fields[0]
        done = m.end()
    return text + marked[done:], quantities


def key(q):
    exact = lambda x: None if x is None else (x if ":" in x else Fraction(x))
    return (q["start"], q["end"], q["type"], exact(q.get("value")), exact(q.get("low")), exact(q.get("high")),
            q.get("unit"), q.get("approx"), q.get("per"), q.get("noun"))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("marked", type=pathlib.Path)
    ap.add_argument("--published", type=pathlib.Path, help="lines of NAME, tab, date-time")
    ap.add_argument("--out", type=pathlib.Path, default=HERE / "articles")
    ap.add_argument("--compare", type=pathlib.Path)
    a = ap.parse_args()
    dates = dict(l.split("\t") for l in a.published.read_text(encoding="utf-8").splitlines() if l.strip()) if a.published else {}
    bad, same, first, second = [], 0, 0, 0
    for path in sorted(a.marked.glob("*.marked.txt")):
        name = path.name.removesuffix(".marked.txt")
        text, quantities = read_marked(path)
        article = (HERE / "articles" / f"{name}.txt").read_text(encoding="utf-8")
        if text != article:
            at = next((i for i, (x, y) in enumerate(zip(text, article)) if x != y), min(len(text), len(article)))
            bad.append(f"{name}: differs from the article at {at}: {text[at:at + 40]!r} for {article[at:at + 40]!r}")
            continue
        if a.compare:
            gold = json.loads((a.compare / f"{name}.gold.json").read_text(encoding="utf-8"))["quantities"]
            g, p = collections.Counter(map(key, gold)), collections.Counter(map(key, quantities))
            same, first, second = same + sum((g & p).values()), first + len(gold), second + len(quantities)
            for side, only in (("first ", g - p), ("second", p - g)):
                for k in sorted(only, key=lambda k: k[0]):
                    print(f"{side} {name}: {text[max(0, k[0] - 40):k[0]]!r} [{text[k[0]:k[1]]}] {k[2:]}")
            continue
        gold = {"id": name, "published": dates.get(name), "annotated": ["quantities"],
                "quantities": quantities, "times": [], "entities": [], "facts": []}
        rows = ",\n  ".join(json.dumps(q, ensure_ascii=False) for q in quantities)
        head = json.dumps({k: gold[k] for k in ("id", "published", "annotated")}, ensure_ascii=False)[1:-1]
        (a.out / f"{name}.gold.json").write_text(
            f'{{{head},\n "quantities": [\n  {rows}],\n "times": [], "entities": [], "facts": []}}\n', encoding="utf-8")
    if a.compare:
        print(f"{first} and {second} quantities, {same} the same in all fields: F1 {200 * same / max(1, first + second):.1f}")
    for b in bad:
        print(b, file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
