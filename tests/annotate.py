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
with tempfile.TemporaryDirectory() as folder:
    marked, out = pathlib.Path(folder, "marked"), pathlib.Path(folder, "out")
    marked.mkdir(), out.mkdir()
    for gold in sorted(articles.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        text, done, pieces = (articles / f"{name}.txt").read_text(encoding="utf-8"), 0, []
        for q in json.loads(gold.read_text(encoding="utf-8"))["quantities"]:
            value = q.get("value") or f"{q['low']}..{q.get('high', '')}"
            rest = [f"{k}={q[k]}" for k in ("unit", "approx", "per", "noun") if k in q]
            pieces += [text[done:q["start"]], "⟦", "|".join([q["text"], q["type"], value, *rest]), "⟧"]
            done = q["end"]
        (marked / f"{name}.marked.txt").write_text("".join(pieces) + text[done:], encoding="utf-8")
    subprocess.run([sys.executable, root / "corpus" / "annotate.py", marked, "--out", out], check=True)
    for gold in sorted(articles.glob("*.gold.json")):
        want, got = (json.loads(p.read_text(encoding="utf-8"))["quantities"] for p in (gold, out / gold.name))
        assert want == got, gold.name
    broken = marked / next(marked.iterdir()).name
    broken.write_text(broken.read_text(encoding="utf-8") + "x", encoding="utf-8")
    run = subprocess.run([sys.executable, root / "corpus" / "annotate.py", marked, "--out", out], capture_output=True)
    assert run.returncode == 1 and b"differs from the article" in run.stderr
print(f"{len(list(articles.glob('*.gold.json')))} articles")
