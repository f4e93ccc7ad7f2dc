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
    "koi8-u": "KOI8 (Cyrillic)",
    "cp874": "Windows-874 (Thai)",
    "gb18030": "GB 18030 (simplified Chinese)",
    "big5hkscs": "Big5 (traditional Chinese)",
    "cp932": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "cp949": "EUC-KR (Korean)",
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
    ("koi8-u", "оеаинтсрвл", "кмдпуяыьгзбчйхжшюцщэфъё"),
    ("koi8-u", "оанивіертс", "кмлдпуяьгзбчйхжшюцщфїєґ"),
    ("cp874", "านรกเงมอยลว", "ดทตสคแปจบพหชผขซถธณศภษไใโะัิีึืุู็่้๊๋์ฟฝฉฐญฎฏ"),
    ("cp1251", "оеаинтсрвл", "кмдпуяыьгзбчйхжшюцщэфъё"),
    ("cp1251", "оанивіертс", "кмлдпуяьгзбчйхжшюцщфїєґ"),
    ("cp1253", "αοιετσνηυρ", "πκμλςωδγχθφβξζψάέήίόύώϊϋΐΰ"),
    ("cp1255", "יהולארתבמש", "נעםדחקפטכןגצסזךףץ"),
    ("cp1256", "ايدهرنوتبم", "سشلکزآفقخجپعحگضصطغظژثءئ"),
    ("cp1256", "الينمورتبة", "عدسفهكقحجطشصخضذثزئءغىأإآؤظپچژگک"),
)

# Of two bytes a letter: the letters that make up a third of a text and more.
_KANA = "のにはをたがでてとしれさるいなかっもらすあこりくまそきだんよ"
_DOUBLE = (
    ("gb18030",
     "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
     "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心前开但因只从"
     "想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向"
     "头文体政见被二等新制身加西月话合回代内信表化世位次度门任常先海通教"),
    ("big5hkscs",
     "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後"
     "作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心前開但因只從"
     "想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向"
     "頭文體政見被二等新制身加西月話合回代內信表化世位次度門任常先海通教"),
    ("cp932", _KANA),
    ("euc_jp", _KANA),
    ("cp949",
     "이다는의에을가고하지한로은도를어리서나사기인대시자그라아해일정들과수있게보했전주부면었원으성상니"
     "여것장만국구모조동적세거오였등선경제비신중년문없생회안관용미스습까"),
)  # fmt: skip
_ENOUGH = 0.16
"""A text of such letters has at least this share of the common ones; chance gives a tenth of that."""


def code_page(content: bytes) -> str:
    """The page, a key of ``CODE_PAGES``.

    Letters beyond ASCII stand in runs in Arabic, Cyrillic, Greek and Hebrew words, singly in Latin ones.
    """
    double, share = _double(content)
    if share >= _ENOUGH:
        return double
    high = sum(byte > 0x7F for byte in content)
    runs = b" ".join(_HIGH_RUN.findall(content))
    if 3 * len(runs) < 2 * high:
        fits = [(_share(content, page, a), page) for page, *alphabets in _LATIN for a in alphabets]
    else:
        fits = [(_share(runs, page, often) + _share(runs, page, often + rest), page)
                for page, often, rest in _SCRIPTS]  # fmt: skip
    return max(fits, key=lambda fit: fit[0])[1]


def _double(content: bytes) -> tuple[str, float]:
    """The page of two bytes a letter that fits best, and how much of what is beyond ASCII is common in it."""
    fits = [("", 0.0)]
    for page, letters in _DOUBLE:
        try:
            content.decode(page)
        except UnicodeDecodeError:
            continue
        fits.append((page, _share(content, page, letters)))
    return max(fits, key=lambda fit: fit[1])


def _share(content: bytes, page: str, letters: str) -> float:
    """Which share of what is beyond ASCII are these letters, if the bytes are of that page.

    A capital after a small letter counts against the page: nobody writes so.
    """
    text = content.decode(page, "replace")
    small = text.lower() if len(text.lower()) == len(text) else text
    beyond = fitting = 0
    before = " "
    for char, low in zip(text, small, strict=True):
        if char > "\x7f" and char not in _SIGNS:
            beyond += 1
            fitting += low in letters and not (char != low and before.islower())
        before = char
    return fitting / beyond if beyond else 0.0
