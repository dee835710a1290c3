-- Files that nothing refers to any more and that are not deleted yet: written in the transaction that
-- forgets their rows, so that a node that ends amid retention deletes them when it starts again.
-- A path is below the spool (RECEIVED) or the name of a job's folder of results (RESULTS).
CREATE TABLE owed_deletions (
  kind VARCHAR(16) NOT NULL,
  path VARCHAR(512) NOT NULL,
  PRIMARY KEY (kind, path)
);
