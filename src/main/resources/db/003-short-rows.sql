-- From here on rows of books, marks and running rates are short texts. Those before stay objects.
UPDATE meta SET v = '3' WHERE k = 'schema_version';
