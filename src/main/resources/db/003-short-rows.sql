-- From here on rows of books, marks and running rates are short texts. Those before stay objects.
-- What is no market data is found without reading the market data. The condition is the program's
-- own, letter for letter, or the index is of no use.
CREATE INDEX journal_facts ON journal (seq, cause)
  WHERE (cause IS NOT NULL OR kind NOT IN ('TimerFired', 'BookUpdated', 'PricesUpdated', 'FundingRateUpdated', 'AccountReported', 'BudgetReported'));

UPDATE meta SET v = '3' WHERE k = 'schema_version';
