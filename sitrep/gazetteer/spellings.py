"""The spellings of a place in all the world's languages become those that texts of the chosen ones may have."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence



from sitrep.base.slugs import slug
from sitrep.text.spelling import words_of

_SHORTEST_NAME = 4
_ALIKE = 0.8
_MOST = (3, 6)
"""Spellings of one place in another script, and in Latin letters; more make a list nobody can look over."""
_LATIN = "LATIN"
# Where several languages share a script, the letters that make a spelling one of this language's.
_ALPHABETS = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "my": "ကခဂဃငစဆဇဈဉညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအဣဤဥဦဧဩဪဿ",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
}  # fmt: skip
_TOWN = "မြို့"
"""Burmese writes the word for town onto the name."""
# The writing of languages that do not use Latin letters, by a word of its characters' Unicode names.
_SCRIPTS = {
    "uk": "CYRILLIC", "ru": "CYRILLIC", "be": "CYRILLIC", "bg": "CYRILLIC", "sr": "CYRILLIC", "mk": "CYRILLIC",
    "kk": "CYRILLIC", "ky": "CYRILLIC", "mn": "CYRILLIC", "tg": "CYRILLIC",
    "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "ps": "ARABIC", "ckb": "ARABIC", "ug": "ARABIC", "sd": "ARABIC",
    "he": "HEBREW", "yi": "HEBREW", "el": "GREEK", "hy": "ARMENIAN", "ka": "GEORGIAN", "am": "ETHIOPIC", "ti": "ETHIOPIC",
    "my": "MYANMAR", "th": "THAI", "lo": "LAO", "km": "KHMER", "bo": "TIBETAN", "si": "SINHALA",
    "hi": "DEVANAGARI", "ne": "DEVANAGARI", "mr": "DEVANAGARI", "bn": "BENGALI", "pa": "GURMUKHI", "gu": "GUJARATI",
    "ta": "TAMIL", "te": "TELUGU", "kn": "KANNADA", "ml": "MALAYALAM", "or": "ORIYA",
    "zh": "CJK", "ja": "CJK", "ko": "HANGUL",
}  # fmt: skip


def script(lang: str) -> str:
    """The writing of a language, by a word of its characters' Unicode names: LATIN, CYRILLIC."""
    return _SCRIPTS.get(lang.partition("-")[0], _LATIN)


def name_in(lang: str, name: str, spellings: Iterable[str]) -> str:
    """The spelling that a text in this language has for a place called ``name``; ``name`` if there is none.

    Among several of one script the one that sounds most like ``name``: Харків before Харьков for Kharkiv.
    """
    if script(lang) == _LATIN:
        return name
    fitting = _fitting(lang, spellings)
    return max(fitting, key=lambda one: (_likeness(one, name), one), default=name)


def spellings_in(langs: Sequence[str], name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The other spellings of a place that texts in these languages may have, the likeliest first.

    Those that the reading of texts takes for the name anyway are left out: other accents and hyphens, the
    usual rival letters, one slip of the pen.
    """
    every = tuple(dict.fromkeys(spellings))
    kept: list[str] = []
    for wanted in dict.fromkeys(script(lang) for lang in (*langs, "en")):
        fitting = {one for lang in (*langs, "en") if script(lang) == wanted for one in _fitting(lang, every)}
        kept += _covering(name, sorted(fitting), _MOST[wanted == _LATIN])
    return tuple(kept)


def _covering(name: str, fitting: Sequence[str], most: int) -> Iterator[str]:
    """The spellings that stand for most of the others, until what is left stands only for itself.

    What many languages agree on (Kiev, Kiew, Kieva) is a name in use; what stands alone is one only if it
    sounds like ``name``.
    """
    forms = {one: form for one in fitting if (form := _form(one))}
    open_ = {one for one, form in forms.items() if not _is_understood(form, _form(name))}
    for _ in range(most):
        covers = {
            one: {other for other in open_ if _is_understood(forms[other], forms[one])} for one in open_
        }
        covers = {o: c for o, c in covers.items() if len(c) > 1 or _likeness(o, name) > _ALIKE}
        best = max(covers, key=lambda o: (len(covers[o]), _likeness(o, name), o.isascii(), o), default=None)
        if best is None:
            return
        yield best
        open_ -= covers[best]


def _form(name: str) -> str:
    return "".join(words_of(name))


def _is_understood(form: str, known: str) -> bool:
    """A text with the one is as good as read as if it had the other."""
    from rapidfuzz.distance import OSA

    return form == known or (min(len(form), len(known)) >= _SHORTEST_NAME and OSA.distance(form, known) <= 1)


def _fitting(lang: str, spellings: Iterable[str]) -> list[str]:
    alphabet = _ALPHABETS.get(lang.partition("-")[0])
    bare = (one.removesuffix(_TOWN) for one in spellings)
    return [one for one in bare if _is_written(one, script(lang), alphabet)]


def _is_written(spelling: str, wanted: str, alphabet: str | None) -> bool:
    """The spelling is of that script and alphabet, and looks like a name and not like a code or a key."""
    letters = [c for c in spelling if c.isalpha()]
    if not letters or any(c.isdecimal() for c in spelling) or len(spelling) > 40:
        return False
    if wanted == _LATIN:
        named = letters[0].isupper() and not (spelling.isupper() and len(spelling) < 6)
        return named and len(letters) >= _SHORTEST_NAME and all(_script_of(c) == _LATIN for c in letters)
    if alphabet is not None:
        return len(letters) > 1 and all(c in alphabet for c in "".join(letters).lower())
    return all(_script_of(c) == wanted for c in letters)


@functools.lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _likeness(one: str, name: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(_skeleton(one), _skeleton(name))


@functools.lru_cache(maxsize=65_536)
def _skeleton(name: str) -> str:
    return slug(name).replace("-", "")
