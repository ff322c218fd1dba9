#!/usr/bin/env python3
"""Builds the Python package as `pip wheel` does, and tests it where no Rust is.

    python3 tests/python.py KENNZAHL [--install | --build]

With --install, what builds it and what it is tested with is installed into folders below target/. What was compiled for the
program is not compiled again. With --build the wheel is built and nothing else done, so that it is there already when it is
tested. Exit code 77: something is missing.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGE = os.path.join(ROOT, "python")
KENNZAHL = os.path.abspath(sys.argv[1])
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
MOST = 12_000_000  # bytes of the wheel
NEEDS = ["pytest", "mypy", "pyarrow", "pandas", "polars", "duckdb", "pyspark", "spacy", "dask", "ray[data]"]


def run(*command, **more):
    subprocess.run(command, check=True, **more)


def pip(python, *args, **more):
    run(python, "-m", "pip", "--disable-pip-version-check", *args, **more)


def wheel(folder):
    """The wheel, as anyone builds it who has Rust and Python."""
    begun = time.monotonic()
    pip(sys.executable, "wheel", "-q", "--no-deps", "-w", folder, PACKAGE, env={**os.environ, "CARGO_TARGET_DIR": TARGET})
    (path,) = glob.glob(folder + "/kennzahl-*.whl")
    size = os.path.getsize(path)
    print(f"{os.path.basename(path)}: {size / 1e6:.2f} MB, built in {time.monotonic() - begun:.0f} s", flush=True)
    assert "-cp310-abi3-" in path, "one wheel for all versions of Python"
    assert size < MOST, f"the wheel is larger than {MOST / 1e6:.0f} MB"
    return path


def clean():
    """The environment without Rust, and without anything of this folder."""
    rust = {os.path.dirname(os.path.realpath(path)) for path in filter(None, map(shutil.which, ("cargo", "rustc")))}
    rust |= {os.path.dirname(path) for path in filter(None, map(shutil.which, ("cargo", "rustc")))}
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "CARGO_HOME", "RUSTUP_HOME")}
    kept["PATH"] = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if p not in rust)
    assert not shutil.which("cargo", path=kept["PATH"])
    return {**kept, "KENNZAHL": KENNZAHL}


def main():
    install = "--install" in sys.argv
    if "--build" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            wheel(folder)
        return
    place = os.path.join(TARGET, "python-venv")
    python = os.path.join(place, "bin", "python3")
    if not install and not os.path.exists(python):
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        path = wheel(folder)
        # The wheel needs nothing but itself.
        bare = os.path.join(folder, "bare")
        run(sys.executable, "-m", "venv", bare)
        pip(bare + "/bin/python3", "install", "-q", "--no-index", path)
        run(bare + "/bin/python3", "-c", "import kennzahl; print(kennzahl.Extractor().extract('Es sind 5 Euro.').quantities)",
            cwd=folder, env=clean())
        said = subprocess.run([bare + "/bin/python3", "-m", "kennzahl", "--version"], capture_output=True, text=True,
                              check=True, cwd=folder, env=clean()).stdout
        assert said == subprocess.run([KENNZAHL, "--version"], capture_output=True, text=True, check=True).stdout
        if install:
            run(sys.executable, "-m", "venv", place)
            pip(python, "install", "-q", *NEEDS)
        pip(python, "install", "-q", "--no-index", "--no-deps", "--force-reinstall", path)
    # The tests find the installed package: that of the repository is not on the path.
    run(python, "-m", "mypy", "--config-file", PACKAGE + "/pyproject.toml", "-p", "kennzahl", cwd=TARGET, env=clean())
    run(python, "-m", "mypy", "--config-file", PACKAGE + "/pyproject.toml", *sorted(glob.glob(PACKAGE + "/tests/test_c*.py")),
        cwd=TARGET, env=clean())
    run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=8", PACKAGE + "/tests", cwd=TARGET, env=clean())
    # Once, for what it compares: clocks prove nothing beside other work.
    run(python, PACKAGE + "/bench.py", KENNZAHL, "--megabytes", "2", cwd=TARGET, env=clean())


if __name__ == "__main__":
    main()
