#!/usr/bin/env python3
"""Compares the counts of mentions that `kennzahl eval` gives with those of the package nervaluate.

    python3 tests/evaluation.py KENNZAHL [--install]

Over the project's own corpus, in every mode and type. With --install the package is installed into a folder below
target/. Exit code 77: it is missing.
"""

import glob
import json
import os
import subprocess
import sys
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KENNZAHL = os.path.abspath(sys.argv[1])
LAYERS = {"quantities": "quantity", "times": "time", "entities": "entity"}
MODES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
COUNTS = {"correct": "correct", "incorrect": "incorrect", "partial": "partial", "missing": "missed",
          "spurious": "spurious", "possible": "possible", "actual": "actual"}


def packages(install):
    """Runs this program again with the package; ends with 77 where it is missing."""
    try:
        import nervaluate  # noqa: F401
        return
    except ImportError:
        pass
    folder = os.environ.get("CARGO_TARGET_DIR", ROOT + "/target") + "/evaluation-venv"
    python = folder + "/bin/python3"
    if not os.path.exists(python) or install:
        if not install:
            sys.exit(77)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "nervaluate==1.2.1"],
                       check=True)
    if os.environ.get("EVALUATION_AGAIN"):
        sys.exit("nervaluate cannot be loaded though it is installed")
    os.execve(python, [python, *[a for a in sys.argv if a != "--install"]], {**os.environ, "EVALUATION_AGAIN": "1"})


def cut(text):
    """Where a text breaks off: what touches this place counts neither way."""
    body = text.rstrip()
    return len(body) if body and body[-1] not in ".!?…\"“”»«)’':" else len(text) + 1


def mention(m):
    # Ends of nervaluate are the last character.
    return {"label": m["type"], "start": m["start"], "end": m["end"] - 1}


def main():
    packages("--install" in sys.argv)
    warnings.filterwarnings("ignore")
    from nervaluate.evaluator import Evaluator

    gold = []
    for path in sorted(glob.glob(ROOT + "/corpus/articles/*.gold.json")):
        with open(path) as f:
            one = json.load(f)
        with open(path.replace(".gold.json", ".txt"), newline="") as f:
            one["text"] = f.read()
        one["doc"] = os.path.basename(path).removesuffix(".gold.json")
        gold.append(one)
    documents = "".join(
        json.dumps({"id": g["doc"], "text": g["text"], **{k: g[k] for k in ["published"] if g.get(k)}}) + "\n" for g in gold)
    found = subprocess.run([KENNZAHL, "extract", "-", "--from", "jsonl", "--kinds", "quantity,time,entity"],
                           input=documents, capture_output=True, text=True, check=True).stdout
    found = [json.loads(line) for line in found.splitlines()]
    report = subprocess.run([KENNZAHL, "eval", ROOT + "/corpus/articles", "--json"],
                            capture_output=True, text=True, check=True).stdout
    ours = {(m["layer"], m.get("type"), m["mode"]): m for m in json.loads(report)["mentions"]}

    compared = 0
    for layer, kind in LAYERS.items():
        asked = [g for g in gold if layer in g.get("annotated", LAYERS)]
        true = [[mention(m) for m in g[layer] if m["end"] < cut(g["text"])] for g in asked]
        pred = [[mention(m) for m in found if m["kind"] == kind and m["doc"] == g["doc"] and m["end"] < cut(g["text"])]
                for g in asked]
        tags = sorted({m["label"] for side in (true, pred) for one in side for m in one})
        assert tags, layer
        theirs = Evaluator(true, pred, tags=tags, loader="dict").evaluate()
        for tag in [None, *tags]:
            of = theirs["overall"] if tag is None else theirs["entities"][tag]
            for mode, name in MODES.items():
                mine = ours.pop((layer, tag, mode))
                for count, attribute in COUNTS.items():
                    want = getattr(of[name], attribute)
                    assert mine[count] == want, f"{layer} {tag} {mode} {count}: {mine[count]}, nervaluate has {want}"
                compared += 1
                for share, attribute in {"p": "precision", "r": "recall", "f1": "f1"}.items():
                    assert abs(float(mine[share]) - 100 * getattr(of[name], attribute)) < 0.051 or not mine["possible"] * mine["actual"]
    assert not ours, f"nervaluate has no {sorted(map(str, ours))}"
    print(f"nervaluate counts the mentions of {len(gold)} articles as kennzahl eval does: {compared} tables")


if __name__ == "__main__":
    main()
