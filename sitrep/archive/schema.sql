-- Notes of the program to itself, sources, what was written; claims; pictures.

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
CREATE TABLE claim_steps (claim TEXT, named TEXT, key TEXT, number INTEGER, body BLOB,
                       PRIMARY KEY (key, number, claim)) WITHOUT ROWID;
CREATE INDEX claim_steps_claim ON claim_steps (claim) WHERE claim > '';
CREATE INDEX claim_steps_named ON claim_steps (named) WHERE claim = '';
CREATE TABLE claims (key TEXT PRIMARY KEY, words TEXT, ordinal INTEGER, standing TEXT, began TEXT, latest TEXT,
                     has_page INTEGER, body BLOB) WITHOUT ROWID;
CREATE INDEX claims_words ON claims (words, ordinal);
CREATE INDEX claims_latest ON claims (standing, latest);
CREATE INDEX claims_began ON claims (began, key);
CREATE TABLE standings (standing TEXT PRIMARY KEY, claims INTEGER) WITHOUT ROWID;
INSERT INTO standings VALUES ('open', 0), ('settled', 0), ('gone', 0);
CREATE TRIGGER claims_more AFTER INSERT ON claims
  BEGIN UPDATE standings SET claims = claims + 1 WHERE standing = new.standing; END;
CREATE TRIGGER claims_less AFTER DELETE ON claims
  BEGIN UPDATE standings SET claims = claims - 1 WHERE standing = old.standing; END;
CREATE TABLE pictures (source TEXT, name TEXT, file TEXT, stat TEXT, recipe TEXT, place TEXT, type TEXT,
                       length INTEGER, width INTEGER, height INTEGER,
                       PRIMARY KEY (source, name)) WITHOUT ROWID;
CREATE INDEX pictures_name ON pictures (name);
CREATE TABLE media (place TEXT, key TEXT, PRIMARY KEY (place, key)) WITHOUT ROWID;
CREATE INDEX media_key ON media (key);
