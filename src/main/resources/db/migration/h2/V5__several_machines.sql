-- Which processes are alive: a row for each node name, held by one process at a time, its worker.
-- The lease is measured by the clock of this database and by no other.
CREATE TABLE nodes (
  name           VARCHAR(64) PRIMARY KEY,
  worker         VARCHAR(96) NOT NULL,
  place          VARCHAR(128) NOT NULL,
  pid            BIGINT NOT NULL,
  started_ticks  BIGINT NOT NULL,
  roles          VARCHAR(64) NOT NULL,
  lease_until    TIMESTAMP WITH TIME ZONE NOT NULL
);

-- A row in hand belongs to a worker. Its turn counts how often it was taken in hand and is never
-- set back: a step that began in an earlier turn changes nothing.
ALTER TABLE jobs ALTER COLUMN worker SET DATA TYPE VARCHAR(96);
ALTER TABLE jobs ADD COLUMN turn BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE deliveries ALTER COLUMN worker SET DATA TYPE VARCHAR(96);
ALTER TABLE deliveries ADD COLUMN turn BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE reprocessing ALTER COLUMN worker SET DATA TYPE VARCHAR(96);
ALTER TABLE reprocessing ADD COLUMN turn BIGINT DEFAULT 0 NOT NULL;

-- Who plans the night, until it is planned.
ALTER TABLE night ADD COLUMN worker VARCHAR(96) NULL;

-- The sweeps have schedulers of their own since nodes have roles; the triggers are made again at
-- the start.
DELETE FROM QRTZ_FIRED_TRIGGERS;
DELETE FROM QRTZ_SIMPLE_TRIGGERS;
DELETE FROM QRTZ_CRON_TRIGGERS;
DELETE FROM QRTZ_SIMPROP_TRIGGERS;
DELETE FROM QRTZ_BLOB_TRIGGERS;
DELETE FROM QRTZ_TRIGGERS;
DELETE FROM QRTZ_JOB_DETAILS;
