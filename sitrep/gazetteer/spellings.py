"""The spellings of a place in all languages become those that texts of the chosen ones may have."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_json
from sitrep.base.slugs import slug
from sitrep.text.spelling import SHORTEST, is_near, likeness, words_of

_SHORTEST_NAME = 4
_ALIKE, _SURE = 0.8, 2
_MOST = (3, 6)
"""Spellings of one place in another script, and in Latin letters; more make a list nobody can look over."""
_LATIN = "LATIN"
# Marks that transliteration writes and hardly anybody types.
_TRANSLITERATED = lazy_pattern("[āēīōūĀĒĪŌŪḨḩḐḑḤḥẔẓ‘’ʻʼ]|[zZ]\u0327")
# A soft sign of Cyrillic, in Latin letters: El'-Mukalla.
_CYRILLIC_SIGN = lazy_pattern(r"['’`](?!\w)")
# What a spelling has that is this language's and not that of the largest one of its script: letters, endings.
# In Ukrainian of today no ї stands behind a consonant.
_OWN = {
    "uk": lazy_pattern("^(?!.*[бвгґджзклмнпрстфхцчшщ]ї).*([ґєії]|[сзц]ьк)"),
    "ru": lazy_pattern("^(?!.*([сзц]ьк|[бвгджзклмнпрстфхцчшщ]ъ[бвгджзклмнпрстфхцчшщ]))"),
    "be": lazy_pattern("^(?!.*([сзц]ьк|[ищъ])).*[ўіэы]"),
    "sr": lazy_pattern("[ђјљњћџ]"),
}
_PRECISE = "آإة"
"""Letters that careless writing puts without their signs, so that whoever has them knows."""
_TOWN = "မြို့"
"""Burmese writes the word for town onto the name."""


@functools.cache
def _writing() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """By language: the script it is written in, if that is not Latin, by a word of its characters' Unicode
    names; and, where several share a script, the letters that make a spelling one of this language's."""
    said = shipped_json("gazetteer/scripts.json")
    scripts = {lang: name for name, langs in said["scripts"].items() for lang in langs.split()}
    return scripts, said["alphabets"]


def script(lang: str) -> str:
    """The writing of a language, by a word of its characters' Unicode names: LATIN, CYRILLIC."""
    return _writing()[0].get(lang.partition("-")[0], _LATIN)


def name_in(lang: str, name: str, spellings: Iterable[str]) -> str:
    """The spelling that a text in this language has for a place called ``name``; ``name`` if there is none.

    In Latin letters that is ``name`` itself, without the marks of transliteration.

    Among several of one script one with what only this language has (Харків before Харков, Бєлгород before
    Белгород), then the one that reads as ``name`` does, then the one that most others are near to or the same
    as, then the one that sounds most like ``name``.
    """
    if script(lang) == _LATIN:
        return _usual(name, spellings) if _TRANSLITERATED.search(name) else name
    fitting = _fitting(lang, spellings)
    forms = {spelling: form for spelling in fitting if (form := _form(spelling))}
    own = _OWN.get(lang.partition("-")[0])

    def rank(spelling: str) -> tuple[bool, bool, bool, int, int, float, int, str]:
        near = sum(_is_near(form, forms[spelling]) for form in forms.values())
        same = sum(form == forms[spelling] for form in forms.values())
        alike = _likeness(spelling, name)
        its_own = own is not None and own.search(spelling.lower()) is not None
        return (
            is_near(_skeleton(spelling), _skeleton(name), _SURE) and its_own,
            _skeleton(spelling) == _skeleton(name),
            its_own,
            near,
            same,
            alike,
            sum(c in _PRECISE for c in spelling) - sum(map(bool, map(unicodedata.combining, spelling))),
            spelling,
        )

    return max(forms, key=rank, default=name)


def _usual(name: str, spellings: Iterable[str]) -> str:
    """The plain spelling of a transliterated name that most others are near to: Hama of Ḩamāh."""
    marked = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in marked if not unicodedata.combining(c) and c not in "‘’ʻʼ")
    written = [s for s in spellings if s.isascii() and _is_written(s, _LATIN, None)]
    alike = dict.fromkeys((plain, *sorted(s for s in written if _likeness(s, plain) > _ALIKE)))
    near = {spelling: sum(_is_near(_form(spelling), _form(other)) for other in written) for spelling in alike}
    return max(near, key=lambda spelling: (near[spelling], spelling == plain))


def spellings_in(langs: Sequence[str], name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The other spellings of a place that texts in these languages may have, the likeliest first.

    Those that the reading of texts takes for the name anyway are left out: other accents and hyphens, the
    usual rival letters, one slip of the pen.
    """
    every = tuple(dict.fromkeys(spellings))
    kept: list[str] = []
    for wanted in dict.fromkeys(script(lang) for lang in (*langs, "en")):
        fitting = {
            spelling
            for lang in (*langs, "en")
            if script(lang) == wanted
            for spelling in _fitting(lang, every)
        }
        kept += _covering(name, sorted(fitting), _MOST[wanted == _LATIN])
    return tuple(kept)


def is_written_in(langs: Sequence[str], name: str) -> bool:
    """A text in one of these languages, or in English, may have the name: it is of their writing."""
    return all(any(_is_of(c, lang) for lang in (*langs, "en")) for c in _further(name))


def _further(name: str) -> str:
    """The letters that English has not."""
    return "" if name.isascii() else "".join(c for c in name if c.isalpha() and not c.isascii())


def _is_of(letter: str, lang: str) -> bool:
    alphabet = _writing()[1].get(lang.partition("-")[0])
    return letter.lower() in alphabet if alphabet else _script_of(letter) == script(lang)


def _covering(name: str, fitting: Sequence[str], most: int) -> Iterator[str]:
    """The spellings that most others are near to, each of which is not understood without being listed.

    What many languages agree on (Kiev, Kiew, Kieva) is a name in use, and what sounds like ``name``; then
    comes what stands alone, as far as there is room: it may be another name (Stepanakert), or nobody's.
    """
    # Of spellings that are read alike the shortest: Kiev, not Kiiev.
    read_as = {
        form: spelling
        for spelling in sorted(fitting, key=_plainness, reverse=True)
        if (form := _form(spelling))
    }
    forms = {spelling: form for form, spelling in read_as.items()}
    near = {
        spelling: sum(_is_near(form, other) for other in forms.values()) for spelling, form in forms.items()
    }
    worth = {spelling for spelling in forms if near[spelling] > 1 or _likeness(spelling, name) > _ALIKE}
    known = [_form(name)]
    for spelling in sorted(
        forms, key=lambda o: (o not in worth, -near[o], -_likeness(o, name), not o.isascii(), o)
    ):
        if len(known) <= most and not any(_is_understood(forms[spelling], form) for form in known):
            known.append(forms[spelling])
            yield spelling


def _plainness(name: str) -> tuple[int, bool, str]:
    return len(name), not name.isascii(), name


def _form(name: str) -> str:
    return " ".join(words_of(name))


def _is_understood(form: str, known: str) -> bool:
    """A text with the one is read as if it had the other: letter by letter, or with a slip in a long word.

    Slips are looked for in words with a capital only, and not in the first letter.
    """
    if form.replace(" ", "") == known.replace(" ", ""):
        return True
    if not (form[0] == known[0] and form[0].upper() != form[0]):
        return False
    return min(len(form), len(known)) > SHORTEST and " " not in form + known and is_near(form, known, 1)


def _is_near(form: str, known: str) -> bool:
    return min(len(form), len(known)) >= _SHORTEST_NAME and is_near(form, known, 1)


def _fitting(lang: str, spellings: Iterable[str]) -> list[str]:
    alphabet = _writing()[1].get(lang.partition("-")[0])
    bare = (spelling.removesuffix(_TOWN) for spelling in spellings)
    return [spelling for spelling in bare if _is_written(spelling, script(lang), alphabet)]


def _is_written(spelling: str, wanted: str, alphabet: str | None) -> bool:
    """The spelling is of that script and alphabet, and looks like a name and not like a code or a key."""
    if (wanted != _LATIN and spelling.isascii()) or len(spelling) > 40:
        return False
    letters = [c for c in spelling if c.isalpha()]
    if not letters or any(c.isdecimal() for c in spelling):
        return False
    if wanted == _LATIN and _CYRILLIC_SIGN.search(spelling):
        return False
    if wanted == _LATIN:
        named = letters[0].isupper() and not (spelling.isupper() and len(spelling) < 6)
        return (
            named
            and len(letters) >= _SHORTEST_NAME
            and all(_script_of(c) == _LATIN for c in _further(spelling))
        )
    if alphabet is not None:
        return len(letters) > 1 and all(c in alphabet for c in "".join(letters).lower())
    return all(_script_of(c) == wanted for c in letters)


@functools.lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _likeness(spelling: str, name: str) -> float:
    return likeness(_skeleton(spelling), _skeleton(name))


@functools.lru_cache(maxsize=65_536)
def _skeleton(name: str) -> str:
    return slug(name).replace("-", "")
