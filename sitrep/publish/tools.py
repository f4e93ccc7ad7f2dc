"""A site's configuration and theme -> what the heavy half of a publish is done with, made once.

Apart from the open site, so that a start that finds nothing to do imports none of it.
"""

from __future__ import annotations

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.prepared import PREPARED_CACHE
from sitrep.base.values import Struct
from sitrep.claims.hints import Comparer
from sitrep.config.values import Config
from sitrep.feeds.feed_entry_cache import ArchivedEntryCache
from sitrep.publish import lexicon_cache
from sitrep.publish.render import Renderer
from sitrep.site.folders import Folders
from sitrep.sorting.front_rules import SortingRules, compile_rules


class Tools(Struct, kw_only=True):
    """What reading, recording and writing are done with."""

    rules: SortingRules
    comparer: Comparer
    renderer: Renderer
    finished: ArchivedEntryCache
    makings: bytes
    """Fingerprint of configuration and program, by which the compiled lexicon is kept."""
    lexicon_is_kept: bool

    def keep_prepared(self, archive: Archive) -> None:
        """Keep for the next start what is new: tables, and the compiled lexicon of the site's language."""
        if more := PREPARED_CACHE.with_made(archive.meta(Note.PREPARED) or b"{}"):
            archive.set_meta(Note.PREPARED, more)
        self.lexicon_is_kept = self.lexicon_is_kept or lexicon_cache.keep(self.rules, archive, self.makings)


def tools_of(config: Config, folders: Folders, archive: Archive, makings: bytes) -> Tools:
    """Raises TemplateError if a template does not compile."""
    folders.compiled.mkdir(exist_ok=True)
    finished, rules = ArchivedEntryCache(archive), compile_rules(config)
    return Tools(
        rules=rules,
        comparer=Comparer(rules),
        renderer=Renderer(config, folders.themes, finished, folders.compiled),
        finished=finished,
        makings=makings,
        lexicon_is_kept=lexicon_cache.take_up(rules, archive, makings),
    )
