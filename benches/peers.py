#!/usr/bin/env python3
"""What kennzahl and the programs beside it cost on the same text, on the same machine, in the same run.

    cargo build --release && python3 benches/peers.py [NAME…]

Installs each peer from its registry into target/peers, lets it read the same articles one after the other, and prints a
table: MB of text a second of processor time (all its threads together, so that a busy machine changes little), what of
the work it does, and how many things it found. A peer that cannot be installed here is named with the reason.
Reading of models and a first article are not counted. Needs Python, Node and cargo.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "target" / "peers"

# What runs around each piece of Python: `find` takes a text and says how many things it found.
PYTHON = """
import json, sys, time
texts = json.load(open(sys.argv[1], encoding="utf-8"))
limit = float(sys.argv[2])
{code}
find(texts[0])
size = found = 0
begun = time.process_time()
for text in texts:
    found += find(text)
    size += len(text.encode())
    if time.process_time() - begun > limit:
        break
print(json.dumps([size, time.process_time() - begun, found]))
"""

NODE = """
import {{ readFileSync }} from "node:fs";
{code}
const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const limit = Number(process.argv[3]) * 1e6;
find(texts[0]);
let size = 0, found = 0;
const begun = process.cpuUsage();
const spent = () => {{ const u = process.cpuUsage(begun); return u.user + u.system; }};
for (const text of texts) {{
  found += find(text);
  size += Buffer.byteLength(text);
  if (spent() > limit) break;
}}
console.log(JSON.stringify([size, spent() / 1e6, found]));
"""

RUST = """
use std::time::{{Duration, Instant}};
{code}
fn main() {{
    let mut args = std::env::args().skip(1);
    let file = std::fs::read_to_string(args.next().unwrap()).unwrap();
    let limit = Duration::from_secs_f64(args.next().unwrap().parse().unwrap());
    let texts: Vec<String> = serde_json::from_str(&file).unwrap();
    find(&texts[0]);
    let (mut size, mut found, begun) = (0, 0, Instant::now());
    for text in &texts {{
        found += find(text);
        size += text.len();
        if begun.elapsed() > limit {{
            break;
        }}
    }}
    println!("[{{size}}, {{}}, {{found}}]", begun.elapsed().as_secs_f64());
}}
"""

# name: language, what is installed, what of the work it does, the code.
PEERS = {
    "text2num (crate)": ("rust", 'text2num = "2"', "number words to digits", """
fn find(text: &str) -> usize {
    text2num::replace_numbers_in_text(text, &text2num::Language::german(), 0.0).len().abs_diff(text.len())
}
"""),
    "text2num": ("python", ["text2num"], "number words to digits", """
from text_to_num import alpha2digit
def find(text): return abs(len(alpha2digit(text, "de")) - len(text))
"""),
    "Duckling": ("python", ["pyduckling-native-phihos", "pendulum"], "numbers, amounts, times with values", """
import duckling
zones = duckling.load_time_zones("/usr/share/zoneinfo")
now = duckling.parse_ref_time(zones, "Europe/Berlin", 1400000000)
language = duckling.parse_lang("DE")
context = duckling.Context(now, duckling.parse_locale("DE_XX", duckling.default_locale_lang(language)))
kinds = duckling.parse_dimensions(["number", "amount-of-money", "quantity", "distance", "duration", "time"])
def find(text): return len(duckling.parse(text, context, kinds, False))
"""),
    "Duckling, amounts": ("python", ["pyduckling-native-phihos", "pendulum"], "amounts of money alone", """
import duckling
zones = duckling.load_time_zones("/usr/share/zoneinfo")
now = duckling.parse_ref_time(zones, "Europe/Berlin", 1400000000)
language = duckling.parse_lang("DE")
context = duckling.Context(now, duckling.parse_locale("DE_XX", duckling.default_locale_lang(language)))
kinds = duckling.parse_dimensions(["amount-of-money"])
def find(text): return len(duckling.parse(text, context, kinds, False))
"""),
    "SoMaJo": ("python", ["SoMaJo"], "tokens and sentences", """
from somajo import SoMaJo
tokenizer = SoMaJo("de_CMC", split_sentences=True)
def find(text): return sum(len(s) for s in tokenizer.tokenize_text([text]))
"""),
    "spaCy, blank": ("python", ["spacy"], "tokens", """
import spacy
nlp = spacy.blank("de")
nlp.max_length = 10 ** 9
def find(text): return len(nlp(text))
"""),
    "HanTa": ("python", ["HanTa", "numpy"], "lemma and part of speech of given tokens", """
import re
from HanTa import HanoverTagger
tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
def find(text): return sum(len(tagger.tag_sent(re.findall(r"\\w+|[^\\w\\s]", s))) for s in text.split(". ") if s.strip())
"""),
    "quantulum3": ("python", ["quantulum3"], "quantities with units, in English", """
from quantulum3 import parser
def find(text): return len(parser.parse(text))
"""),
    "ctparse": ("python", ["ctparse", "setuptools<80"], "one time a sentence, with its value", """
from datetime import datetime
from ctparse import ctparse
now = datetime(2014, 5, 1)
def find(text): return sum(ctparse(s, ts=now, timeout=1.0) is not None for s in text.split(". ") if s.strip())
"""),
    "chrono-node": ("node", "chrono-node", "times with values", """
import * as chrono from "chrono-node";
const now = new Date(2014, 4, 1);
const find = (text) => chrono.de.parse(text, now).length;
"""),
    "de-compromise": ("node", "de-compromise", "tokens, parts of speech, numbers", """
import nlp from "de-compromise";
const find = (text) => { const doc = nlp(text); doc.compute("root"); return doc.numbers().length; };
"""),
}


def articles() -> list[str]:
    """The public news corpus, else the project's own articles."""
    shared = ROOT / ".." / "shared" / "data" / "wikinews.jsonl.gz"
    if shared.exists():
        with gzip.open(shared, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    return [p.read_text(encoding="utf-8") for p in sorted((ROOT / "corpus" / "articles").glob("*.txt"))]


def call(command: list, **options) -> str:
    """What a command prints; its last complaint where it fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        complaint = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
        raise RuntimeError(complaint)
    return done.stdout


def python(place: Path, packages: list[str], code: str) -> list:
    interpreter = place / "bin" / "python"
    if not interpreter.exists():
        venv.create(place, with_pip=True)
        call([interpreter, "-m", "pip", "install", "--quiet", *packages])
    (place / "peer.py").write_text(PYTHON.replace("{code}", code), encoding="utf-8")
    return [interpreter, place / "peer.py"]


def node(place: Path, package: str, code: str) -> list:
    if not (place / "node_modules").exists():
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text('{"type": "module", "private": true}', encoding="utf-8")
        call(["npm", "install", "--silent", package], cwd=place)
    (place / "peer.mjs").write_text(NODE.format(code=code), encoding="utf-8")
    return ["node", place / "peer.mjs"]


def rust(place: Path, package: str, code: str) -> list:
    (place / "src").mkdir(parents=True, exist_ok=True)
    (place / "Cargo.toml").write_text(
        '[package]\nname = "peer"\nversion = "0.0.0"\nedition = "2021"\n'
        f'[workspace]\n[dependencies]\nserde_json = "1"\n{package}\n', encoding="utf-8")
    (place / "src" / "main.rs").write_text(RUST.format(code=code), encoding="utf-8")
    call(["cargo", "build", "--quiet", "--release", "--target-dir", place / "target"], cwd=place)
    return [place / "target" / "release" / "peer"]


def ours(kennzahl: Path, texts: list[str]) -> tuple[int, float, int]:
    """One thread, from JSON lines to JSON lines, all that is found; without what the start takes. The texts several times:
    once, they are read too soon to be timed."""
    texts = texts * max(1, 10_000_000 // sum(len(t.encode()) for t in texts))
    lines = "".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)).encode()

    def run(given: bytes) -> tuple[float, int]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [kennzahl, "extract", "-", "--from", "jsonl", "--jobs", "1"]
        out = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return spent, out.count(b"\n") - given.count(b"\n")

    empty, _ = run(b"")
    spent, found = min(run(lines) for _ in range(3))
    return sum(len(t.encode()) for t in texts), spent - empty, found


def times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", metavar="NAME", help="peers to run (default: all)")
    options.add_argument("--seconds", type=float, default=10, help="processor time for each (default: 10)")
    given = options.parse_args()
    unknown = set(given.names) - set(PEERS)
    if unknown:
        options.error(f"no peer is called {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    kennzahl = ROOT / "target" / "release" / "kennzahl"
    if not kennzahl.exists():
        print("peers: build kennzahl first: cargo build --release", file=sys.stderr)
        return 2
    PLACE.mkdir(parents=True, exist_ok=True)
    texts = articles()
    file = PLACE / "texts.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    size, spent, found = ours(kennzahl, texts)
    base = size / spent
    print("| program | what it does of the work | MB/s | kennzahl is faster by | found a kB |")
    print("| --- | --- | ---: | ---: | ---: |")
    print(f"| kennzahl | all: quantities, times, names, facts, written | {base / 1e6:.1f} | | {1e3 * found / size:.1f} |")
    missing = []
    for name, (language, package, covers, code) in PEERS.items():
        if given.names and name not in given.names:
            continue
        place = PLACE / "".join(c if c.isalnum() else "-" for c in name).lower()
        try:
            command = {"python": python, "node": node, "rust": rust}[language](place, package, code)
            size, spent, found = json.loads(call([*command, file, given.seconds]))
        except (RuntimeError, OSError, json.JSONDecodeError) as e:
            missing.append(f"{name}: {e}")
            continue
        speed = size / max(spent, 1e-9)
        print(f"| {name} | {covers} | {speed / 1e6:.3g} | {times(base / speed)} × | {1e3 * found / size:.1f} |", flush=True)
    for line in missing:
        print(f"peers: not run: {line}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
