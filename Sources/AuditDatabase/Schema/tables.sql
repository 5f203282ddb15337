-- Base tables of the audit database. Rules, `query` and people read the views of views.sql, never these.

-- `kept` is 0 when what reports read of a complete scan was dropped. `found` is 0 when there was nothing to audit; `figures` are the counts over files of a finished scan, as JSON: the files themselves are of the last scan only.
-- `trusts` is 1 when size and times of files decided which of them were read.
CREATE TABLE scan (
  id INTEGER PRIMARY KEY, digest TEXT, now TEXT NOT NULL,
  policy TEXT NOT NULL, policy_digest TEXT NOT NULL, finished INTEGER NOT NULL DEFAULT 0,
  tool TEXT NOT NULL DEFAULT '', selection TEXT,
  found INTEGER NOT NULL DEFAULT 1, figures TEXT, sources TEXT, ledger INTEGER,
  kept INTEGER NOT NULL DEFAULT 1, trusts INTEGER NOT NULL DEFAULT 0
);
-- An entry for each complete scan with a kept database, as one line of JSON; `scan.ledger` is its number.
CREATE TABLE ledger (number INTEGER PRIMARY KEY, scan INTEGER NOT NULL, digest TEXT NOT NULL, entry TEXT NOT NULL);
CREATE TABLE policy_text (digest TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE store (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, path TEXT NOT NULL);

-- `judged` is 0 for what a partial audit leaves out. `position` is the rank in (store, kind, name) order, bytewise, and is what every report sorts by.
CREATE TABLE subject (
  id INTEGER PRIMARY KEY, store INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  path TEXT, line INTEGER, position INTEGER, judged INTEGER NOT NULL DEFAULT 1, UNIQUE (name, kind, store)
);

CREATE TABLE model (subject INTEGER PRIMARY KEY, project TEXT, name TEXT NOT NULL);

-- `run_id` is what the registry itself says of the run that made it.
CREATE TABLE version (
  subject INTEGER PRIMARY KEY, model INTEGER NOT NULL, name TEXT NOT NULL,
  rank TEXT, conforming INTEGER NOT NULL, run INTEGER, run_id TEXT
);

CREATE TABLE alias (
  subject INTEGER PRIMARY KEY, model INTEGER NOT NULL, name TEXT NOT NULL,
  target TEXT, form TEXT NOT NULL, version INTEGER
);

-- Store, name and place of the subject stand here again: every rule about runs reads them, 100,000 times.
CREATE TABLE run (
  subject INTEGER PRIMARY KEY, store TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, line INTEGER, run_id TEXT, recorded_at TEXT, status TEXT, command TEXT,
  model TEXT, version TEXT, parent_run TEXT, deterministic INTEGER,
  environment INTEGER, folder TEXT NOT NULL,
  log TEXT, log_file INTEGER, log_line INTEGER, started_at TEXT, finished_at TEXT, nondeterminism TEXT,
  parent_groups INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE commit_claim (
  run INTEGER PRIMARY KEY, hash TEXT, repository TEXT, repository_root TEXT, dirty INTEGER, line INTEGER,
  guessed INTEGER NOT NULL DEFAULT 0,
  resolution TEXT NOT NULL DEFAULT 'not-asked', message TEXT
);

-- Shared by content: `fingerprint` is the SHA-256 of everything below that belongs to it.
CREATE TABLE environment (
  id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE,
  python TEXT, os TEXT, hardware TEXT, requirements_state TEXT NOT NULL
);
CREATE TABLE requirement (
  environment INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT, text TEXT NOT NULL,
  pin TEXT NOT NULL, pinned INTEGER NOT NULL, hashed INTEGER NOT NULL, path TEXT, line INTEGER,
  PRIMARY KEY (environment, position)
) WITHOUT ROWID;
CREATE TABLE image (
  environment INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL,
  registry TEXT, repository TEXT, tag TEXT, digest TEXT, pin TEXT NOT NULL, reason TEXT, path TEXT, line INTEGER,
  PRIMARY KEY (environment, position)
) WITHOUT ROWID;
CREATE TABLE python_pin (
  environment INTEGER NOT NULL, position INTEGER NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,
  version TEXT, is_range INTEGER NOT NULL, path TEXT, line INTEGER,
  PRIMARY KEY (environment, position)
) WITHOUT ROWID;
CREATE TABLE install (
  environment INTEGER NOT NULL, position INTEGER NOT NULL, tool TEXT NOT NULL, name TEXT, text TEXT NOT NULL,
  pin TEXT NOT NULL, pinned INTEGER NOT NULL, path TEXT, line INTEGER,
  PRIMARY KEY (environment, position)
) WITHOUT ROWID;
CREATE TABLE run_requirements (
  run INTEGER PRIMARY KEY, file INTEGER, declared TEXT, digest TEXT, line INTEGER
);

CREATE TABLE config (run INTEGER PRIMARY KEY, form TEXT NOT NULL, declared TEXT, file INTEGER, line INTEGER);
CREATE TABLE seed (run INTEGER NOT NULL, framework TEXT NOT NULL, value TEXT, line INTEGER, PRIMARY KEY (run, framework)) WITHOUT ROWID;
CREATE TABLE param (run INTEGER NOT NULL, name TEXT NOT NULL, value TEXT, line INTEGER, PRIMARY KEY (run, name)) WITHOUT ROWID;
-- `subject` is a run or a version.
CREATE TABLE metric (
  subject INTEGER NOT NULL, name TEXT NOT NULL, value REAL, text TEXT, path TEXT, line INTEGER, PRIMARY KEY (subject, name)
) WITHOUT ROWID;
-- What `metrics.json` says beside a record that states metrics itself.
CREATE TABLE metric_beside (
  run INTEGER NOT NULL, name TEXT NOT NULL, value REAL, text TEXT, path TEXT, line INTEGER, PRIMARY KEY (run, name)
) WITHOUT ROWID;
-- Values a record states that no record should: elided digests, TODO, the digest of nothing.
CREATE TABLE placeholder (subject INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, path TEXT, line INTEGER);

-- `wanted`: 1 is read and checked, 0 is left alone by a partial audit, 2 is read only to find where content went.
CREATE TABLE file (
  id INTEGER PRIMARY KEY, store INTEGER NOT NULL, path TEXT NOT NULL, raw BLOB,
  location TEXT NOT NULL, form TEXT NOT NULL DEFAULT 'file', exclusion TEXT, reason TEXT,
  wanted INTEGER NOT NULL DEFAULT 1, UNIQUE (path, store)
);
-- `subject` is a version or a run.
CREATE TABLE artifact (
  subject INTEGER NOT NULL, file INTEGER NOT NULL, role TEXT NOT NULL, declared TEXT, document TEXT, line INTEGER,
  PRIMARY KEY (subject, file)
) WITHOUT ROWID;
CREATE TABLE unlocated_artifact (run INTEGER NOT NULL, item TEXT NOT NULL, line INTEGER);
CREATE TABLE claim (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL, algorithm TEXT, digest TEXT, text TEXT NOT NULL,
  definition TEXT, size INTEGER, document TEXT, line INTEGER, evidence TEXT NOT NULL
);

-- What reading a file gave. `state`: present, missing, unreadable, changing, unstable, unreachable, outside, not-read.
-- `read_at`: the clock of the earlier scan that read the bytes; NULL when this one did. `tabular`: what counting found.
CREATE TABLE observation (
  file INTEGER PRIMARY KEY, state TEXT NOT NULL, size INTEGER, modified INTEGER, sha256 TEXT, message TEXT,
  changed INTEGER, inode INTEGER, tabular TEXT, read_at TEXT
);
CREATE TABLE observed_digest (
  file INTEGER NOT NULL, algorithm TEXT NOT NULL, definition TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL,
  PRIMARY KEY (file, algorithm, definition)
) WITHOUT ROWID;
CREATE TABLE file_check (
  file INTEGER NOT NULL, claim INTEGER, found TEXT, size INTEGER, verdict TEXT NOT NULL, evidence TEXT NOT NULL,
  verified_at TEXT, message TEXT
);
-- Files that hold other bytes than an earlier scan found to be good.
CREATE TABLE file_change (
  file INTEGER PRIMARY KEY, found_before TEXT NOT NULL, found_at TEXT NOT NULL, published INTEGER NOT NULL
);

-- Of stores that an earlier complete scan read, the last such scan; and the versions that scans found before, that are not
-- there and that no record retires. `subject` is the model, or the store where the model is gone too; `scan` found it last.
CREATE TABLE earlier_scan (store INTEGER PRIMARY KEY, scan INTEGER NOT NULL);
CREATE TABLE vanished_version (
  subject INTEGER NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
  scan INTEGER NOT NULL, doubt TEXT, PRIMARY KEY (subject, model, version)
) WITHOUT ROWID;

CREATE TABLE dataset (
  subject INTEGER PRIMARY KEY, name TEXT NOT NULL, storage_uri TEXT, storage_line INTEGER, format TEXT,
  record_count INTEGER, record_count_line INTEGER, schema_hash TEXT, schema_hash_line INTEGER,
  content_hash TEXT, content_hash_line INTEGER, created_at TEXT, file INTEGER,
  declared_columns TEXT, declared_types TEXT, counted_records INTEGER, found_schema_hash TEXT, schema_verdict TEXT, tabular_message TEXT,
  mutability TEXT
);
CREATE TABLE dataset_document (dataset INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (dataset, path)) WITHOUT ROWID;
CREATE TABLE dataset_file (dataset INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (dataset, file)) WITHOUT ROWID;
-- `manifest` is the path the reference resolves to; `dataset` is found from it or from the name.
CREATE TABLE dataset_use (
  run INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT, declared TEXT, manifest TEXT, name TEXT, digest TEXT,
  dataset INTEGER, reason TEXT, line INTEGER, manifest_file INTEGER, digest_of TEXT, algorithm TEXT, hex TEXT,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE upstream (run INTEGER NOT NULL, declared TEXT NOT NULL, version INTEGER, line INTEGER, PRIMARY KEY (run, declared)) WITHOUT ROWID;

-- What was done with versions after their training; `version_name` is as recorded. Records in `record_version` by kind.
CREATE TABLE promotion (
  id INTEGER PRIMARY KEY, model INTEGER NOT NULL, action TEXT NOT NULL, alias TEXT, version_name TEXT NOT NULL,
  digest TEXT, digest_text TEXT, replaces TEXT, from_stage TEXT, "by" TEXT, at TEXT, at_text TEXT, reason TEXT,
  inference_commit TEXT, path TEXT NOT NULL, line INTEGER
);
CREATE TABLE approval (promotion INTEGER NOT NULL, name TEXT NOT NULL, role TEXT, at TEXT, at_text TEXT);
CREATE TABLE validation (
  id INTEGER PRIMARY KEY, model INTEGER NOT NULL, version_name TEXT, digest TEXT, digest_text TEXT, name TEXT, kind TEXT,
  result TEXT, passed INTEGER, value REAL, threshold REAL, statistic TEXT, at TEXT, at_text TEXT, tool TEXT, "by" TEXT,
  path TEXT NOT NULL, line INTEGER
);
CREATE TABLE validation_dataset (validation INTEGER NOT NULL, role TEXT NOT NULL, name TEXT, digest TEXT, digest_text TEXT);
CREATE TABLE reproduction (
  id INTEGER PRIMARY KEY, model INTEGER NOT NULL, version_name TEXT, digest TEXT, digest_text TEXT, reproduced_digest TEXT,
  result TEXT, passed INTEGER, at TEXT, at_text TEXT, tool TEXT, "by" TEXT, path TEXT NOT NULL, line INTEGER
);
CREATE TABLE reproduction_metric (
  reproduction INTEGER NOT NULL, name TEXT NOT NULL, original REAL, reproduced REAL, tolerance REAL,
  PRIMARY KEY (reproduction, name)
) WITHOUT ROWID;
CREATE TABLE rollback_plan (
  model INTEGER NOT NULL, version_name TEXT, file INTEGER NOT NULL, owner TEXT, tested TEXT, tested_text TEXT,
  target TEXT, line INTEGER
);
CREATE TABLE inference_commit (run INTEGER PRIMARY KEY, hash TEXT NOT NULL, line INTEGER);
-- Which version a record is of, and whether the digest it states is the model's: same, different, unknown, absent or
-- malformed; `digest_read` is 0 where only claims could be compared. A record that names a digest only is of every version
-- of its model that has it.
CREATE TABLE record_version (
  kind TEXT NOT NULL, record INTEGER NOT NULL, version INTEGER NOT NULL, digest_state TEXT NOT NULL,
  digest_read INTEGER NOT NULL,
  PRIMARY KEY (kind, record, version)
) WITHOUT ROWID;

CREATE TABLE problem (
  id INTEGER PRIMARY KEY, store INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, line INTEGER, message TEXT NOT NULL
);

-- `subject` is a run or a dataset; never what the secret is.
CREATE TABLE secret (subject INTEGER NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, line INTEGER);
-- The policy's schema of run records, one row or none, and what records do not meet of it.
CREATE TABLE run_schema (path TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE schema_problem (run INTEGER NOT NULL, item TEXT NOT NULL, message TEXT NOT NULL, line INTEGER);
CREATE TABLE model_document (model INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL);
-- Lines of lists above the versions; those of files that belong to something become claims.
CREATE TABLE listed_digest (
  store INTEGER NOT NULL, path TEXT NOT NULL, algorithm TEXT, digest TEXT, text TEXT NOT NULL, definition TEXT,
  document TEXT NOT NULL, line INTEGER
);
-- What git holds at the commits of runs: the files of at least the size that the policy states.
CREATE TABLE commit_tree (
  repository TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (repository, hash)
) WITHOUT ROWID;
CREATE TABLE large_blob (repository TEXT NOT NULL, hash TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL);

CREATE TABLE parameter (rule TEXT NOT NULL, name TEXT NOT NULL, value TEXT, PRIMARY KEY (rule, name)) WITHOUT ROWID;
CREATE TABLE stage (
  name TEXT PRIMARY KEY, position INTEGER NOT NULL, promotion_record INTEGER,
  drift_required INTEGER NOT NULL, drift_max_age INTEGER, drift_statistic TEXT, drift_limit REAL,
  rollback_required INTEGER NOT NULL, rollback_tested INTEGER NOT NULL, rollback_tested_within INTEGER,
  approvals_required INTEGER NOT NULL, not_author INTEGER NOT NULL
) WITHOUT ROWID;
-- `stated` is 0 where only the order of the stages says so.
CREATE TABLE stage_predecessor (stage TEXT NOT NULL, after TEXT NOT NULL, stated INTEGER NOT NULL, PRIMARY KEY (stage, after)) WITHOUT ROWID;
CREATE TABLE threshold (
  stage TEXT NOT NULL, metric TEXT NOT NULL, minimum REAL, maximum REAL, tolerance REAL, higher_is_better INTEGER NOT NULL,
  PRIMARY KEY (stage, metric)
) WITHOUT ROWID;
CREATE TABLE required_validation (
  stage TEXT NOT NULL, position INTEGER NOT NULL, name TEXT, kind TEXT, max_age INTEGER, dataset TEXT,
  PRIMARY KEY (stage, position)
) WITHOUT ROWID;
CREATE TABLE approver (stage TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (stage, kind, name)) WITHOUT ROWID;
CREATE TABLE framework (package TEXT NOT NULL, seed TEXT NOT NULL, PRIMARY KEY (package, seed)) WITHOUT ROWID;

-- `rest` and `rest_message` are what the subjects without a row in `result` got, if the rule completed: nearly always
-- `pass`, and `not-applicable` where a rule applies to nothing in the store.
CREATE TABLE rule_run (
  rule TEXT PRIMARY KEY, severity TEXT NOT NULL, kinds TEXT NOT NULL,
  examined INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL, message TEXT,
  rest TEXT NOT NULL, rest_message TEXT NOT NULL
) WITHOUT ROWID;
-- Every outcome but the rest; the results view adds it for rules that completed.
CREATE TABLE result (
  rule TEXT NOT NULL, subject INTEGER NOT NULL, outcome TEXT NOT NULL, severity TEXT NOT NULL,
  message TEXT NOT NULL, details TEXT, PRIMARY KEY (subject, rule)
) WITHOUT ROWID;
-- Which subjects an alias reaches through versions, runs and datasets.
CREATE TABLE reach (subject INTEGER NOT NULL, alias INTEGER NOT NULL, PRIMARY KEY (subject, alias)) WITHOUT ROWID;
-- What a registered version reaches: the version, its run, that run's datasets and upstream versions.
CREATE TABLE publication (subject INTEGER PRIMARY KEY);

-- Waivers and attestations; lists are divided by newlines. `ends` is the last day on which one holds.
CREATE TABLE waiver (
  subject INTEGER PRIMARY KEY, form TEXT NOT NULL, rule TEXT NOT NULL, subject_glob TEXT NOT NULL, item_globs TEXT,
  digests TEXT, reason TEXT NOT NULL, owner TEXT NOT NULL, approved_by TEXT, created TEXT NOT NULL,
  expires TEXT NOT NULL, ends TEXT NOT NULL,
  subjects INTEGER NOT NULL DEFAULT 0, binding TEXT NOT NULL DEFAULT 'none', matched INTEGER NOT NULL DEFAULT 0
);
-- What is covered of a result; `waiver` is 0 for the baseline.
CREATE TABLE cover (
  subject INTEGER NOT NULL, rule TEXT NOT NULL, waiver INTEGER NOT NULL, details INTEGER NOT NULL,
  PRIMARY KEY (subject, rule, waiver)
) WITHOUT ROWID;
