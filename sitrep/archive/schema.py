"""The tables of the archive. One with other tables is no archive of this version, and is made again."""

from __future__ import annotations

from sitrep.archive import claims, pictures

SCHEMA_VERSION = "14"

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, stat TEXT, digest TEXT, state TEXT, receipt BLOB,
                      until TEXT) WITHOUT ROWID;
CREATE INDEX sources_state ON sources (state);
CREATE INDEX sources_until ON sources (until) WHERE until > '';
CREATE TABLE told (folder TEXT, topic TEXT, path TEXT, PRIMARY KEY (folder, topic)) WITHOUT ROWID;
CREATE INDEX told_path ON told (path);
CREATE TABLE spares (day TEXT, path TEXT, PRIMARY KEY (day, path)) WITHOUT ROWID;
CREATE INDEX spares_path ON spares (path);
CREATE TABLE artifacts (path TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
CREATE TABLE fragments (name TEXT PRIMARY KEY, stamp BLOB, body BLOB) WITHOUT ROWID;
"""

OF_UPDATES = (
    """
    CREATE TABLE updates (key TEXT PRIMARY KEY, position TEXT UNIQUE, month TEXT, source TEXT, live INTEGER,
                          digest BLOB, body BLOB, out TEXT)
    """,
    "CREATE INDEX updates_out ON updates (out) WHERE live",
    "CREATE INDEX updates_live ON updates (position) WHERE live",
    "CREATE INDEX updates_source ON updates (source)",
    """
    CREATE TABLE reports (front TEXT, position TEXT, key TEXT, items INTEGER,
                          size INTEGER, updated INTEGER, log TEXT, packed INTEGER, prints BLOB,
                          PRIMARY KEY (front, position)) WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX reports_log ON reports (front, log)",
    "CREATE INDEX reports_key ON reports (key)",
    "CREATE TABLE changes (at TEXT, key TEXT, number INTEGER, month TEXT, body BLOB)",
    "CREATE INDEX changes_at ON changes (at)",
    "CREATE INDEX changes_month ON changes (month, at)",
    "CREATE INDEX changes_key ON changes (key)",
    """
    CREATE TABLE gone (feed TEXT, at TEXT, key TEXT, number INTEGER,
                       PRIMARY KEY (feed, at, key, number)) WITHOUT ROWID
    """,
    "CREATE INDEX gone_key ON gone (key)",
    "CREATE TABLE months (month TEXT PRIMARY KEY, live INTEGER) WITHOUT ROWID",
    "CREATE TABLE total (live INTEGER)",
    "INSERT INTO total VALUES (0)",
    """
    CREATE TRIGGER month_more AFTER INSERT ON updates WHEN new.live BEGIN
      UPDATE total SET live = live + 1;
      INSERT INTO months VALUES (new.month, 1) ON CONFLICT DO UPDATE SET live = live + 1; END
    """,
    """
    CREATE TRIGGER month_less AFTER DELETE ON updates WHEN old.live BEGIN
      UPDATE total SET live = live - 1;
      UPDATE months SET live = live - 1 WHERE month = old.month;
      DELETE FROM months WHERE month = old.month AND live = 0; END
    """,
)
"""What holds updates, a statement each: the edition of a language has the same for itself."""

SCHEMA = f"{_TABLES}{';'.join(OF_UPDATES)};{claims.SCHEMA}{pictures.SCHEMA}"
