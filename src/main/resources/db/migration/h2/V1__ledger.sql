-- The ledger: what was received, what it makes up, what was computed from it and where it went.
-- No column holds a value of a patient attribute.
-- Texts up to this many characters stay in the row; only larger ones go to the side store.
SET MAX_LENGTH_INPLACE_LOB 32768;

CREATE TABLE studies (
  study_instance_uid VARCHAR(64) PRIMARY KEY,
  calling_ae         VARCHAR(16) NOT NULL,
  first_received_at  TIMESTAMP WITH TIME ZONE NOT NULL,
  last_received_at   TIMESTAMP WITH TIME ZONE NOT NULL,
  instance_count     INTEGER NOT NULL,
  examine_at         TIMESTAMP WITH TIME ZONE NULL
);

CREATE INDEX studies_examine ON studies (examine_at);

CREATE TABLE instances (
  sop_instance_uid    VARCHAR(64) PRIMARY KEY,
  sop_class_uid       VARCHAR(64) NOT NULL,
  study_instance_uid  VARCHAR(64) NOT NULL,
  series_instance_uid VARCHAR(64) NOT NULL,
  digest              CHAR(64) NOT NULL,
  path                VARCHAR(255) NOT NULL,
  data_set_bytes      BIGINT NOT NULL,
  calling_ae          VARCHAR(16) NOT NULL,
  received_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  facts               CHARACTER LARGE OBJECT NULL
);

CREATE INDEX instances_study ON instances (study_instance_uid);

CREATE TABLE acquisitions (
  acquisition_id     VARCHAR(64) PRIMARY KEY,
  study_instance_uid VARCHAR(64) NOT NULL,
  state              VARCHAR(16) NOT NULL,
  reason_code        VARCHAR(64) NULL,
  reason             VARCHAR(1024) NULL,
  source_digest      CHAR(64) NOT NULL,
  instance_count     INTEGER NOT NULL,
  echoes             INTEGER NOT NULL,
  slices             INTEGER NOT NULL,
  job_id             VARCHAR(128) NULL,
  updated_at         TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE INDEX acquisitions_study ON acquisitions (study_instance_uid);
CREATE INDEX acquisitions_state ON acquisitions (state);

CREATE TABLE acquisition_history (
  entry          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  acquisition_id VARCHAR(64) NOT NULL,
  job_id         VARCHAR(128) NULL,
  entered_at     TIMESTAMP WITH TIME ZONE NOT NULL,
  state          VARCHAR(16) NOT NULL,
  reason_code    VARCHAR(64) NULL
);

CREATE INDEX acquisition_history_of ON acquisition_history (acquisition_id);

CREATE TABLE jobs (
  job_id             VARCHAR(128) PRIMARY KEY,
  acquisition_id     VARCHAR(64) NOT NULL,
  study_instance_uid VARCHAR(64) NOT NULL,
  source_digest      CHAR(64) NOT NULL,
  sources            CHARACTER LARGE OBJECT NOT NULL,
  state              VARCHAR(16) NOT NULL,
  attempts           INTEGER NOT NULL,
  next_attempt_at    TIMESTAMP WITH TIME ZONE NOT NULL,
  worker             VARCHAR(64) NULL,
  reason_code        VARCHAR(64) NULL,
  reason             VARCHAR(1024) NULL,
  created_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT jobs_once UNIQUE (acquisition_id, source_digest)
);

CREATE INDEX jobs_state ON jobs (state, next_attempt_at);

CREATE TABLE results (
  job_id              VARCHAR(128) NOT NULL REFERENCES jobs (job_id),
  kind                VARCHAR(16) NOT NULL,
  series_instance_uid VARCHAR(64) NOT NULL,
  PRIMARY KEY (job_id, kind)
);

CREATE TABLE result_files (
  job_id           VARCHAR(128) NOT NULL,
  kind             VARCHAR(16) NOT NULL,
  position         INTEGER NOT NULL,
  sop_instance_uid VARCHAR(64) NOT NULL,
  path             VARCHAR(512) NOT NULL,
  digest           CHAR(64) NOT NULL,
  PRIMARY KEY (job_id, kind, position),
  FOREIGN KEY (job_id, kind) REFERENCES results (job_id, kind)
);

CREATE INDEX result_files_instance ON result_files (sop_instance_uid);

CREATE TABLE deliveries (
  delivery_id     VARCHAR(255) PRIMARY KEY,
  job_id          VARCHAR(128) NOT NULL,
  kind            VARCHAR(16) NOT NULL,
  destination     VARCHAR(64) NOT NULL,
  state           VARCHAR(16) NOT NULL,
  attempts        INTEGER NOT NULL,
  next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_status     VARCHAR(255) NULL,
  worker          VARCHAR(64) NULL,
  updated_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  FOREIGN KEY (job_id, kind) REFERENCES results (job_id, kind)
);

CREATE INDEX deliveries_state ON deliveries (state, next_attempt_at);
CREATE INDEX deliveries_job ON deliveries (job_id);
