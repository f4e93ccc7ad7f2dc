"""The tables of the archive. One with other tables is no archive of this version, and is made again."""

from __future__ import annotations

from sitrep.base.shipped import shipped_text

SCHEMA_VERSION = "15"
OF_UPDATES = tuple(shipped_text("archive/updates.sql").split("\n\n")[1:])
"""What holds updates, a statement each: the edition of a language has the same for itself."""
SCHEMA = f"{shipped_text('archive/schema.sql')}{';'.join(OF_UPDATES)};"
