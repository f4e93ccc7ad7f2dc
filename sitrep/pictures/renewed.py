"""Pictures that came, changed or went -> the texts that name them, to be read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitrep.archive.pictures import PictureIndex
from sitrep.inbox.file_names import Sort, sort_of
from sitrep.inbox.scan import Found, Look, glance
from sitrep.inbox.survey import Survey


def renewed_texts(look: Look, looked: Survey, index: PictureIndex) -> frozenset[str]:
    """Paths of texts whose pictures may not be what they were. After a look at the whole folder also those
    whose pictures this program would make otherwise now, because Pillow was installed or replaced. On a site
    without pictures nothing is asked."""
    changed = [found.path for found in looked.set_aside if found.sort is Sort.PICTURE]
    changed += [path for path in looked.vanished if sort_of(path) is Sort.PICTURE]
    renewed = index.naming(changed) if changed else frozenset()
    if look.whole and index.names_any:
        from sitrep.pictures.clean_image import recipe

        renewed |= index.made_otherwise(recipe())
    return renewed


def found_again(paths: frozenset[str], look: Look, looked: Survey, feeds: Path) -> Iterator[Found]:
    """Those of these texts that are there, finished, and not to be read anyway; in order of path."""
    seen = {found.path: found for found in look.found} if look.whole else {}
    for path in sorted(paths - {found.path for found in looked.to_read} - look.unsettled):
        found = seen.get(path) or glance(feeds, path)
        if found and found.sort is Sort.TEXT:
            yield found
