-- How often a destination was asked by C-FIND, without an answer, for what it did not commit to.
ALTER TABLE deliveries ADD COLUMN looks INTEGER DEFAULT 0 NOT NULL;
