"""Bytes that are not UTF-8 -> the 8-bit code page they were most likely written in, told by their letters."""

from __future__ import annotations

import re

CODE_PAGES = {
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Western)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
}
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_SIGNS = frozenset("“”‘’‚„‹›«»–—…•·§°€£©®™´\xa0\xad\u200e\u200f،؛؟")
"""Signs of any language, which tell nothing."""
# Letters beyond ASCII of the languages written in a page; where two fit alike, the earlier is taken.
_LATIN = (
    ("cp1252", "éèêëàâçîïôûùœæ", "äöüß", "ñáéíóúü¿¡", "áàâãçéêíóôõúü", "àèéìòù", "åäöæøé", "ëïéèöü"),
    ("cp1254", "çğışöüâîû", "çêîşû"),
    ("cp1250", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "áäčďéíľĺňóôŕšťúýž"),
    ("cp1252", "áðéíóúýþæö"),
)
# Where whole words lie beyond ASCII: the letters that make up two thirds of a text, and the rest.
_SCRIPTS = (
    ("cp1251", "оеаинтсрвл", "кмдпуяыьгзбчйхжшюцщэфъё"),
    ("cp1251", "оанивіертс", "кмлдпуяьгзбчйхжшюцщфїєґ"),
    ("cp1253", "αοιετσνηυρ", "πκμλςωδγχθφβξζψάέήίόύώϊϋΐΰ"),
    ("cp1255", "יהולארתבמש", "נעםדחקפטכןגצסזךףץ"),
    ("cp1256", "ايدهرنوتبم", "سشلکزآفقخجپعحگضصطغظژثءئ"),
    ("cp1256", "الينمورتبة", "عدسفهكقحجطشصخضذثزئءغىأإآؤظپچژگک"),
)


def code_page(content: bytes) -> str:
    """The page, a key of ``CODE_PAGES``.

    Letters beyond ASCII stand in runs in Arabic, Cyrillic, Greek and Hebrew words, singly in Latin ones.
    """
    high = sum(byte > 0x7F for byte in content)
    runs = b"".join(_HIGH_RUN.findall(content))
    if 2 * len(runs) < high:
        fits = [(_share(content, page, a), page) for page, *alphabets in _LATIN for a in alphabets]
    else:
        fits = [(_share(runs, page, often) + _share(runs, page, often + rest), page)
                for page, often, rest in _SCRIPTS]  # fmt: skip
    return max(fits, key=lambda fit: fit[0])[1]


def _share(content: bytes, page: str, letters: str) -> float:
    """Which share of what is beyond ASCII are these letters, if the bytes are of that page."""
    text = content.decode(page, "replace").lower()
    beyond = [char for char in text if char > "\x7f" and char not in _SIGNS]
    return sum(char in letters for char in beyond) / len(beyond) if beyond else 0.0
