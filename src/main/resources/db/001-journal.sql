-- The state db of specification 1.13. One writer; WAL and synchronous=FULL are set when it is opened.

-- Every fact the engine saw (cause IS NULL) and every command it gave (cause = the fact's seq), in
-- order: the only table that recovery and replay read. ts is epoch ms; crc is CRC-32C over the rest.
-- AUTOINCREMENT remembers the highest seq ever committed, so that a lost tail is noticed and no seq
-- is ever given twice: a client order id contains it.
CREATE TABLE journal (
  seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  ts    INTEGER NOT NULL,
  cause INTEGER,
  kind  TEXT NOT NULL,
  data  TEXT NOT NULL,
  crc   INTEGER NOT NULL
) STRICT;

-- The event log, for people: nothing is decided by it. ts is ISO-8601 in UTC.
CREATE TABLE events (
  id   INTEGER PRIMARY KEY,
  ts   TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_kind ON events (kind, id);

CREATE TABLE kv (
  k TEXT NOT NULL PRIMARY KEY,
  v TEXT NOT NULL
) STRICT;

-- What operators ask for, from any process. taken_seq: the fact that it became.
CREATE TABLE inbox (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  ts        TEXT NOT NULL,
  command   TEXT NOT NULL,
  args      TEXT NOT NULL,
  taken_seq INTEGER
) STRICT;

CREATE INDEX inbox_waiting ON inbox (id) WHERE taken_seq IS NULL;

-- Whose journal this is. Written once, with the tables.
CREATE TABLE meta (
  k TEXT NOT NULL PRIMARY KEY,
  v TEXT NOT NULL
) STRICT;

INSERT INTO meta (k, v) VALUES ('schema_version', '1');
