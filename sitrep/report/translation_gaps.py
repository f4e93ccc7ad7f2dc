"""The archive -> what is still to be translated: newest updates without translation, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.archive.archive import Archive
from sitrep.archive.editions import in_language
from sitrep.base.nouns import Update
from sitrep.base.values import Struct

_NEWEST = 30
"""Updates that are looked at: of older ones nobody waits for a translation."""


class TranslationGap(Struct, frozen=True, kw_only=True):
    """What of one update is to be translated into one language."""

    lang: str
    update: str
    source: str = ""
    """The file of the translation; empty if there is none."""
    missing: int = 0
    """Items without a translation; all of them where there is none."""
    outdated: int = 0
    """Items whose original has changed since."""

    def __str__(self) -> str:
        if not self.source:
            return f"{self.update} is not translated into {self.lang}"
        counts = (
            f"{self.missing} not translated" if self.missing else "",
            f"{self.outdated} changed since" if self.outdated else "",
        )
        return f"{self.update} in {self.lang}: {', '.join(filter(None, counts))} ({self.source})"


def translation_gaps(archive: Archive) -> tuple[TranslationGap, ...]:
    """What is missing or outdated in the translations of the newest updates, newest first."""
    languages = [lang for lang in archive.languages() if archive.edition(lang).latest(1)]
    found = archive.latest(_NEWEST) if languages else ()
    return tuple(gap for update in found for lang in languages for gap in _gaps(update, lang))


def _gaps(update: Update, lang: str) -> Iterator[TranslationGap]:
    own = next(
        (
            translation
            for translation in update.translations
            if translation.lang == lang and not translation.withdrawn
        ),
        None,
    )
    if own is None:
        yield TranslationGap(lang=lang, update=update.key, missing=len(update.items))
        return
    shown = in_language(update, own).items
    missing, outdated = sum(item.untranslated for item in shown), sum(bool(item.outdated) for item in shown)
    if missing or outdated:
        yield TranslationGap(
            lang=lang, update=update.key, source=own.source, missing=missing, outdated=outdated
        )
