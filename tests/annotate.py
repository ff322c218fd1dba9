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
print(f"{len(list(articles.glob('*.gold.json')))} articles")
