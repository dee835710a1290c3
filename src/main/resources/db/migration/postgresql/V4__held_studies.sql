-- A study that could not be examined: why, how often in a row, and (examine_at) when it is looked at again.
ALTER TABLE studies ADD COLUMN held_reason VARCHAR(255) NULL;
ALTER TABLE studies ADD COLUMN held_attempts INTEGER DEFAULT 0 NOT NULL;
CREATE INDEX studies_held ON studies (held_reason);
