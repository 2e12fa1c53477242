-- All that the engine knew after the row seq, so that a start reads this and the rows after it.
-- config is the configuration of that run; version is of the format of state and report; crc is
-- CRC-32C over all the rest. The newest three are kept.
CREATE TABLE snapshot (
  seq     INTEGER PRIMARY KEY,
  ts      INTEGER NOT NULL,
  version INTEGER NOT NULL,
  config  TEXT NOT NULL,
  state   BLOB NOT NULL,
  report  BLOB NOT NULL,
  crc     INTEGER NOT NULL
) STRICT;

-- Up to the row seq the market data were dropped. kept is the number of rows that are left there,
-- and crc is CRC-32C over their checksums in order, so that a lost one is noticed.
CREATE TABLE pruned (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  seq  INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  crc  INTEGER NOT NULL
) STRICT;

INSERT INTO pruned (id, seq, kept, crc) VALUES (1, 0, 0, 0);

UPDATE meta SET v = '2' WHERE k = 'schema_version';
