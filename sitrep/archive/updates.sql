-- What holds updates: the edition of a language has the same for itself. A blank line parts the statements.

CREATE TABLE updates (key TEXT PRIMARY KEY, position TEXT UNIQUE, month TEXT, source TEXT, live INTEGER,
                      digest BLOB, body BLOB, out TEXT)

CREATE INDEX updates_out ON updates (out) WHERE live

CREATE INDEX updates_live ON updates (position) WHERE live

CREATE INDEX updates_source ON updates (source)

CREATE TABLE reports (front TEXT, position TEXT, key TEXT, items INTEGER,
                      size INTEGER, updated INTEGER, log TEXT, packed INTEGER, prints BLOB,
                      PRIMARY KEY (front, position)) WITHOUT ROWID

CREATE UNIQUE INDEX reports_log ON reports (front, log)

CREATE INDEX reports_key ON reports (key)

CREATE TABLE changes (at TEXT, key TEXT, number INTEGER, month TEXT, body BLOB)

CREATE INDEX changes_at ON changes (at)

CREATE INDEX changes_month ON changes (month, at)

CREATE INDEX changes_key ON changes (key)

CREATE TABLE gone (feed TEXT, at TEXT, key TEXT, number INTEGER,
                   PRIMARY KEY (feed, at, key, number)) WITHOUT ROWID

CREATE INDEX gone_key ON gone (key)

CREATE TABLE months (month TEXT PRIMARY KEY, live INTEGER) WITHOUT ROWID

CREATE TABLE total (live INTEGER)

INSERT INTO total VALUES (0)

CREATE TRIGGER month_more AFTER INSERT ON updates WHEN new.live BEGIN
  UPDATE total SET live = live + 1;
  INSERT INTO months VALUES (new.month, 1) ON CONFLICT DO UPDATE SET live = live + 1; END

CREATE TRIGGER month_less AFTER DELETE ON updates WHEN old.live BEGIN
  UPDATE total SET live = live - 1;
  UPDATE months SET live = live - 1 WHERE month = old.month;
  DELETE FROM months WHERE month = old.month AND live = 0; END
