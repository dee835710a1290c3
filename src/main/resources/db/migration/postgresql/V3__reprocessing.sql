-- Reprocessing, results held for review, and storage commitment.
-- Urgency decides who computes first; the recipe is the digest of software, model and configuration
-- that a result was made by, empty until it is made.
ALTER TABLE jobs ADD COLUMN urgency VARCHAR(16) DEFAULT 'CLINICAL' NOT NULL;
ALTER TABLE jobs ADD COLUMN recipe VARCHAR(64) DEFAULT '' NOT NULL;
ALTER TABLE jobs DROP CONSTRAINT jobs_once;

ALTER TABLE deliveries ADD COLUMN transaction_uid VARCHAR(64) NULL;
CREATE INDEX deliveries_transaction ON deliveries (transaction_uid);

-- Every object that was ever a result, with its bytes: the same UID never stands for others.
CREATE TABLE issued_objects (
  sop_instance_uid VARCHAR(64) PRIMARY KEY,
  digest           CHAR(64) NOT NULL
);
INSERT INTO issued_objects (sop_instance_uid, digest)
  SELECT sop_instance_uid, min(digest) FROM result_files GROUP BY sop_instance_uid;

CREATE TABLE reprocessing (
  item_id            VARCHAR(192) PRIMARY KEY,
  kind               VARCHAR(16) NOT NULL,
  study_instance_uid VARCHAR(64) NOT NULL,
  subject            VARCHAR(128) NOT NULL,
  state              VARCHAR(16) NOT NULL,
  asked              BOOLEAN NOT NULL,
  attempts           INTEGER NOT NULL,
  next_attempt_at    TIMESTAMP WITH TIME ZONE NOT NULL,
  outcome            VARCHAR(1024) NULL,
  worker             VARCHAR(64) NULL,
  planned_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at         TIMESTAMP WITH TIME ZONE NULL,
  updated_at         TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX reprocessing_state ON reprocessing (state, next_attempt_at);
CREATE INDEX reprocessing_study ON reprocessing (study_instance_uid);

-- Whether the night's work is paused, and for which night it was planned.
CREATE TABLE night (
  name  VARCHAR(32) PRIMARY KEY,
  state VARCHAR(64) NOT NULL
);
