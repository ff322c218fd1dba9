"""The pages of docs/python do what they say: their code runs, and prints what stands below it.

    python -m pytest python/tests/test_pages.py
    python python/tests/test_pages.py --write [PAGE…]     puts what is printed into the pages

The Python blocks of a page run in order in one namespace and a process of its own. What a block prints stands in a block
of ``text`` behind it; a block that prints nothing has none.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "python"
# A block of code, and the block of its output where there is one.
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<out>.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def run(page: Path) -> list[str]:
    """What each block prints; runs in the process of the page."""
    space: dict[str, object] = {"__name__": "__main__"}
    outs: list[str] = []
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        out = io.StringIO()
        # Errors then tell the line of the page.
        code = "\n" * text.count("\n", 0, block.start("code")) + block["code"]
        with contextlib.redirect_stdout(out):
            exec(compile(code, str(page), "exec"), space)  # noqa: S102
        # Printed tables end with blanks and blank lines, which no editor keeps.
        outs.append("".join(line.rstrip() + "\n" for line in out.getvalue().rstrip().splitlines()))
    return outs


def printed(page: Path) -> list[str]:
    """What each block prints, in a process and a folder of its own."""
    # The page runs in a folder of its own: the package is found where it is found here, and so by the engines' workers.
    package = importlib.util.find_spec("kennzahl")
    assert package is not None and package.origin is not None, "the package is not installed"
    paths = [str(Path(package.origin).parents[1]), os.environ.get("PYTHONPATH", "")]
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 "
        "--conf spark.driver.bindAddress=127.0.0.1 --conf spark.sql.shuffle.partitions=2 pyspark-shell",
        "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, __file__, "--run", str(page), str(answer)]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise AssertionError(f"{page.name} does not run:\n{done.stderr[-4000:]}")
        outs: list[str] = json.loads(answer.read_text(encoding="utf-8"))
        return outs


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_page(page: Path) -> None:
    if page.stem == "ray-dask" and importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not there for every version of Python; Dask is tested in test_frames.py")
    blocks = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    assert blocks, "a page without code"
    for block, out in zip(blocks, printed(page), strict=True):
        assert out == (block["out"] or ""), f"{page.name}: --write puts this below\n{block['code']}"


def test_there_is_a_page_for_each() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} >= {"pandas", "polars", "duckdb", "spark", "spacy", "ray-dask"}


def write(page: Path) -> None:
    """Puts what each block prints below it."""
    outs = iter(printed(page))

    def block(found: re.Match[str]) -> str:
        out = next(outs)
        return f"```python\n{found['code']}```\n" + (f"\n```text\n{out}```\n" if out else "")

    page.write_text(BLOCK.sub(block, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        Path(sys.argv[3]).write_text(json.dumps(run(Path(sys.argv[2]))), encoding="utf-8")
    elif sys.argv[1:2] == ["--write"]:
        for page in [Path(p) for p in sys.argv[2:]] or sorted(PAGES.glob("*.md")):
            write(page)
    else:
        sys.exit(__doc__)
