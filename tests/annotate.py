#!/usr/bin/env python3
"""corpus/annotate.py turns marked texts into the gold files they came from: marks every article by its gold, reads the
marks back, and compares."""
import json
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).parent.parent
articles = root / "corpus" / "articles"
FIELDS = {"quantities": ("unit", "approx", "per", "noun"), "times": ("mod",), "entities": ("coref",)}


def mark(gold, layer, marked):
    """Writes the article of a gold file with the marks of one of its lists."""
    name = gold.name.removesuffix(".gold.json")
    text, done, pieces = (articles / f"{name}.txt").read_text(encoding="utf-8"), 0, []
    for m in json.loads(gold.read_text(encoding="utf-8"))[layer]:
        value = m["name"] if layer == "entities" else m.get("value") or f"{m['low']}..{m.get('high', '')}"
        rest = [f"{k}={m[k]}" for k in FIELDS[layer] if k in m]
        pieces += [text[done:m["start"]], "⟦", "|".join([m["text"], m["type"], value, *rest]), "⟧"]
        done = m["end"]
    (marked / f"{name}.marked.txt").write_text("".join(pieces) + text[done:], encoding="utf-8")


with tempfile.TemporaryDirectory() as folder:
    marked, out = pathlib.Path(folder, "marked"), pathlib.Path(folder, "out")
    marked.mkdir(), out.mkdir()
    for layer in FIELDS:
        for gold in sorted(articles.glob("*.gold.json")):
            mark(gold, layer, marked)
        tool = [sys.executable, root / "corpus" / "annotate.py", marked, "--out", out, "--layer", layer]
        subprocess.run(tool, check=True)
        for gold in sorted(articles.glob("*.gold.json")):
            want, got = (json.loads(p.read_text(encoding="utf-8"))[layer] for p in (gold, out / gold.name))
            assert want == got, (gold.name, layer)
    broken = marked / next(marked.iterdir()).name
    broken.write_text(broken.read_text(encoding="utf-8") + "x", encoding="utf-8")
    run = subprocess.run(tool, capture_output=True)
    assert run.returncode == 1 and b"differs from the article" in run.stderr
    # What a name must not be: of an unknown type, without a name, without a number, two things under one number.
    for one, two, wrong in (
        ("⟦Z|person|A|coref=1⟧", "⟦Z|people|B|coref=2⟧", "unknown type"),
        ("⟦Z|person|A|coref=1⟧", "⟦Z|person||coref=2⟧", "no name"),
        ("⟦Z|person|A|coref=1⟧", "⟦Z|person|B|coref=x⟧", "bad field"),
        ("⟦Z|person|A|coref=1⟧", "⟦Z|person|B⟧", "not enough values"),
        ("⟦Z|person|A|coref=1⟧", "⟦Z|person|B|coref=1⟧", "coref=1 is"),
        ("⟦Z|person|A|coref=1⟧", "⟦Z|product|A|coref=1⟧", "coref=1 is"),
    ):
        broken.write_text(one + two, encoding="utf-8")
        run = subprocess.run(tool, capture_output=True)
        assert run.returncode == 1 and wrong in run.stderr.decode(), (one, two, run.stderr)
with tempfile.TemporaryDirectory() as folder:
    read, out = pathlib.Path(folder, "read"), pathlib.Path(folder, "out")
    read.mkdir(), out.mkdir()
    line = lambda f: json.dumps(f) + "\n"
    lines = lambda name, facts: (read / f"{name}.facts.jsonl").write_text("".join(map(line, facts)), encoding="utf-8")
    golds = {p.name.removesuffix(".gold.json"): json.loads(p.read_text(encoding="utf-8")) for p in articles.glob("*.gold.json")}
    for name, gold in golds.items():
        lines(name, gold["facts"])
        (out / f"{name}.gold.json").write_text(json.dumps(gold | {"facts": []}), encoding="utf-8")
    tool = [sys.executable, root / "corpus" / "annotate.py", read, "--layer", "facts"]
    subprocess.run([*tool, "--out", out], check=True)
    for name in golds:
        assert (out / f"{name}.gold.json").read_bytes() == (articles / f"{name}.gold.json").read_bytes(), name
    # Two readings: one fact left out, one metric, one subject, one period and one source otherwise; endings and the
    # names of one thing do not count.
    change = {"direction": "up", "by": 3, "from": None, "versus": "2024"}
    facts = [{"subject": "Telgen", "metric": "Umsätze", "value": n, "period": "2025", "change": change} for n in (0, 1, 2, 4, 5, 6)]
    other = lambda e: e["text"].lower() != e["name"].lower()
    name, one = next((n, e) for n, g in sorted(golds.items()) for e in g["entities"] if other(e))
    facts[0]["subject"] = one["name"]
    for f in read.iterdir():
        f.unlink()
    lines(name, facts)
    subprocess.run([*tool, "--out", out], check=True)
    facts[0] |= {"subject": one["text"].upper(), "metric": "Umsätzen"}
    facts[2]["metric"], facts[3]["subject"], facts[4]["period"], facts[5]["source"] = "Gewinn", "Gretel", None, "Telgen"
    lines(name, facts[:1] + facts[2:])
    shown = subprocess.run([*tool, "--compare", out], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    assert [l for l in shown.splitlines() if l[0].isdigit()] == [
        "6 and 5, 5 the same in number: F1 90.9",
        "6 and 5, 4 the same in number and metric: F1 72.7",
        "6 and 5, 3 the same in number, metric and subject: F1 54.5",
        "6 and 5, 2 the same in number, metric, subject and period: F1 36.4",
        "48 and 40, 37 the same in slots: F1 84.1",
    ], shown
    for wrong, said in (
        ({"metric": "Umsatz"}, "a fact has a number"),
        ({"value": 0}, "a fact has a metric"),
        ({"metric": "Umsatz", "value": 10**6}, "no such quantity"),
        ({"metric": "Umsatz", "value": 0, "status": "rumoured"}, "unknown status"),
        ({"metric": "Umsatz", "value": 0, "change": {"by": 1}}, "unknown direction"),
        ({"metric": "Umsatz", "value": 0, "amount": 1}, "unknown field"),
    ):
        lines(name, [wrong])
        run = subprocess.run([*tool, "--out", out], capture_output=True)
        assert run.returncode == 1 and said in run.stderr.decode(), (wrong, run.stderr)
print(f"{len(list(articles.glob('*.gold.json')))} articles")
