-- What a dry run's own exchange held after the row: the version of its format, and its fields. Empty
-- where a real venue holds it. Where it is not empty, crc is over its length and bytes too.
ALTER TABLE snapshot ADD COLUMN simulator BLOB NOT NULL DEFAULT x'';

UPDATE meta SET v = '4' WHERE k = 'schema_version';
