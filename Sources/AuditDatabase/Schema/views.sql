-- The contract for rules, `query` and people with sqlite3. `subject_id` is local to one database and never printed;
-- `path` is relative to the store. Each view is preceded by what it holds, each column followed by what it means.

-- One row: the scan whose facts these are.
CREATE VIEW current AS SELECT
  id AS scan, -- the scan's number in this database
  now -- the scan's clock, RFC 3339 in UTC; rules know no other
FROM scan ORDER BY id DESC LIMIT 1;

-- The places that were audited.
CREATE VIEW stores AS SELECT
  s.id AS subject_id,
  t.name AS store, -- the store's name
  s.name AS subject, -- the name in reports
  t.path, -- as given on the command line
  t.kind -- the reader: native, …
FROM subject s JOIN store t ON t.id = s.store WHERE s.kind = 'store';

-- Models: names that hold versions and aliases.
CREATE VIEW models AS SELECT
  s.id AS subject_id, t.name AS store, s.name AS subject, s.path,
  m.project, -- NULL without a project level
  m.name AS model
FROM model m JOIN subject s ON s.id = m.subject JOIN store t ON t.id = s.store;

-- Registered versions.
CREATE VIEW versions AS SELECT
  s.id AS subject_id, t.name AS store, s.name AS subject, s.path,
  v.model AS model_id, -- subject_id of the model
  m.name AS model,
  v.name AS version,
  v.rank AS version_rank, -- sorts as versions do; NULL when the name is not a version
  v.conforming, -- 1 when the name is a semantic version
  v.run AS run_subject_id -- subject_id of the run that made it; NULL when none is recorded
FROM version v JOIN model m ON m.subject = v.model JOIN subject s ON s.id = v.subject JOIN store t ON t.id = s.store;

-- Aliases; a stage is an alias with a policy.
CREATE VIEW aliases AS SELECT
  s.id AS subject_id, t.name AS store, s.name AS subject, s.path,
  a.model AS model_id, m.name AS model,
  a.name AS alias,
  a.target, -- as written; NULL when it could not be read
  a.form, -- link, file, or directory (a copy that replaced the link)
  a.version AS version_id -- subject_id of the version it points at; NULL when it dangles
FROM alias a JOIN model m ON m.subject = a.model JOIN subject s ON s.id = a.subject JOIN store t ON t.id = s.store;

-- Recorded runs.
CREATE VIEW runs AS SELECT
  r.subject AS subject_id, r.store, r.name AS subject, r.path, r.line,
  r.run_id, -- as recorded; NULL when absent
  r.recorded_at, -- the record's timestamp, as written
  r.status, -- as written; NULL when absent
  r.command, -- with secrets redacted
  r.parent_run, -- run_id of the parent
  r.deterministic, -- 1, 0 or NULL: what the record says of deterministic algorithms
  r.environment AS environment_id, -- NULL when the record says nothing of its environment
  r.started_at, r.finished_at, -- as written; NULL when absent
  r.nondeterminism, -- what the record says of operations that give other numbers each time
  r.log, -- the run log as written; NULL when absent
  r.log_file AS log_file_id, -- file_id of the log when it is a path
  r.log_line
FROM run r;

-- A column of another table is asked for by itself: SQLite then takes the view for the table it is of, and its keys with it.

-- Files that a version or a run declares, or that lie in a version's directory.
CREATE VIEW artifacts AS SELECT
  a.subject AS subject_id, -- the version or the run
  a.file AS file_id,
  (SELECT path FROM file WHERE id = a.file) AS path,
  a.role, -- model, metrics, config, log, plot, data, record, requirements, image, checksum, folder (all that a run left), other
  a.declared, -- the path or URI as written; NULL when the file was found and not declared
  a.document, -- the record that declares it
  a.line
FROM artifact a;

-- Artifacts that a run declares without a path or URI.
CREATE VIEW unlocated_artifacts AS SELECT u.run AS subject_id, u.item, s.path, u.line
FROM unlocated_artifact u JOIN subject s ON s.id = u.run;

-- Every file that facts speak of, with what reading it gave.
CREATE VIEW files AS SELECT
  f.id AS file_id, (SELECT name FROM store WHERE id = f.store) AS store, f.path,
  f.location, -- local, remote (a URI this scan does not reach) or outside (leaves the store)
  f.form, -- file or directory
  f.exclusion, -- the policy's reason when it is declared out of scope
  coalesce((SELECT state FROM observation WHERE file = f.id), 'not-read') AS state, -- present, missing, unreadable, changing, unstable (two reads differ), unreachable, outside, not-read
  (SELECT size FROM observation WHERE file = f.id) AS size, -- bytes
  (SELECT sha256 FROM observation WHERE file = f.id) AS sha256, -- hexadecimal; of a directory its directory digest, version 1
  coalesce((SELECT message FROM observation WHERE file = f.id), f.reason) AS message -- why it could not be read
FROM file f;

-- The files that were not simply found and read: every state but `present`. Nearly all were, and need not be looked at.
CREATE VIEW unread_files AS SELECT
  f.id AS file_id, (SELECT name FROM store WHERE id = f.store) AS store, f.path,
  f.location, -- as in files
  f.form, -- file or directory
  f.exclusion, -- the policy's reason when it is declared out of scope
  coalesce((SELECT state FROM observation WHERE file = f.id), 'not-read') AS state, -- as in files
  coalesce((SELECT message FROM observation WHERE file = f.id), f.reason) AS message -- why it could not be read
FROM (
  SELECT file FROM observation WHERE state <> 'present'
  UNION ALL SELECT g.id FROM (SELECT 1 WHERE (SELECT count(*) FROM file) > (SELECT count(*) FROM observation)) some
    CROSS JOIN file g WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = g.id)
) u CROSS JOIN file f ON f.id = u.file;

-- Digests that records state.
CREATE VIEW claims AS SELECT
  c.id AS claim_id, c.file AS file_id, (SELECT path FROM file WHERE id = c.file) AS path,
  c.algorithm, -- NULL when the claim is malformed
  c.digest, -- hexadecimal, lower case; NULL when the claim is malformed
  c.text, -- as written
  c.definition, -- what it was computed over, when the claim says so
  c.size AS claimed_size,
  c.document, -- the file that states it
  c.line,
  c.evidence -- independent, self-referential or none
FROM claim c;

-- One row per (file, claim), or one row for a file without a claim: `unclaimed`, unless an earlier scan found other bytes.
CREATE VIEW checks AS SELECT
  k.file AS file_id, k.claim AS claim_id, (SELECT path FROM file WHERE id = k.file) AS path,
  k.size, -- bytes read
  CASE WHEN k.claim IS NULL
    THEN (SELECT found_before || ', as found at ' || found_at FROM file_change WHERE file = k.file)
    ELSE (SELECT text FROM claim WHERE id = k.claim) END AS claimed, -- as written; without a claim what an earlier scan found, and when
  k.found, -- algorithm:hex; NULL when nothing could be read
  k.verdict, -- see DESIGN section 5 in docs/decisions
  k.evidence, -- independent, self-referential or none
  k.verified_at, -- when the bytes were read: now, or by an earlier scan that found them good
  (SELECT document FROM claim WHERE id = k.claim) AS document, (SELECT line FROM claim WHERE id = k.claim) AS line, -- where the claim stands
  k.message
FROM file_check k;

-- Files that hold other bytes than an earlier scan with the same database found to be good; empty without one.
CREATE VIEW file_changes AS SELECT
  c.file AS file_id, (SELECT path FROM file WHERE id = c.file) AS path,
  c.found_before, -- algorithm:hex
  c.found_at, -- the last scan that found it so
  c.published -- 1 when the file is of a registered version, its run or a dataset of that run, and no record, list, log or Markdown
FROM file_change c;

-- Stores that an earlier complete scan with the same database read; empty without one.
CREATE VIEW earlier_scans AS SELECT
  s.id AS subject_id, -- the store
  t.name AS store,
  (SELECT now FROM scan WHERE id = e.scan) AS scanned_at -- the last time
FROM earlier_scan e JOIN store t ON t.id = e.store JOIN subject s ON s.store = t.id AND s.kind = 'store';

-- Versions that an earlier complete scan with the same database found and that are not there, folder and record; those that
-- are retired are left out.
CREATE VIEW vanished_versions AS SELECT
  v.subject AS subject_id, -- the model; the store when the model is not there either
  v.model, -- the model's name in reports
  v.version,
  v.name AS subject, -- the version's name in reports
  v.path, -- where it was
  (SELECT now FROM scan WHERE id = v.scan) AS found_at, -- the last scan that found it
  v.doubt -- what could not be read and may hold it; NULL when everything there could
FROM vanished_version v;

-- Datasets as their manifests describe them.
CREATE VIEW datasets AS SELECT
  s.id AS subject_id, t.name AS store, s.name AS subject, s.path, s.line,
  d.name AS dataset,
  d.storage_uri, d.storage_line, -- where the data lies, as written
  d.format, -- csv, tsv, jsonl, or NULL for one that is not counted
  d.record_count, d.record_count_line, -- as claimed
  d.schema_hash, d.schema_hash_line, -- as claimed
  d.content_hash, d.content_hash_line, -- as claimed
  d.created_at,
  d.file AS file_id, -- the data itself; NULL when no storage_uri is given
  d.counted_records, -- as counted in this scan; NULL when not counted
  d.found_schema_hash, -- as computed in this scan; NULL when it could not be
  d.schema_verdict, -- matched, mismatched, malformed-claim, unknown-definition; NULL when not computed
  d.tabular_message, -- why records or schema could not be read
  d.mutability -- why storage_uri may lead to other bytes tomorrow (`undated`: nothing in it tells snapshots apart)
FROM dataset d JOIN subject s ON s.id = d.subject JOIN store t ON t.id = s.store;

-- The files of a dataset, when its manifest lists them or its storage is one file.
CREATE VIEW dataset_files AS SELECT d.dataset AS subject_id, d.file AS file_id, (SELECT path FROM file WHERE id = d.file) AS path
FROM dataset_file d;

-- Which run uses which dataset.
CREATE VIEW run_datasets AS SELECT
  u.run AS subject_id, -- the run
  u.dataset AS dataset_id, -- subject_id of the dataset; NULL when the reference leads nowhere
  u.role, -- train, test, validation, … as written
  u.declared, -- the reference as written
  u.digest, -- as the run claims it
  u.digest_of, -- manifest or data, by the name of its key; NULL when that may be either
  u.algorithm AS digest_algorithm, u.hex AS digest_hex, -- NULL when the text is no digest
  u.manifest_file AS manifest_file_id, -- file_id of the manifest; NULL when it is not there
  u.reason, -- why it leads nowhere
  (SELECT path FROM subject WHERE id = u.run) AS path, u.line
FROM dataset_use u;

-- Environments, shared between runs whose content is the same.
CREATE VIEW environments AS SELECT
  id AS environment_id,
  python, -- as recorded, without a leading `Python `
  os, hardware,
  requirements_state -- read, none (nothing recorded), missing (named, not there), unreadable
FROM environment;

-- Requirements, one row a requirement line.
CREATE VIEW requirements AS SELECT
  environment AS environment_id, position,
  name, -- normalised; NULL when the line could not be parsed
  text, -- as written, secrets redacted
  pin, -- exact, hashed, url-digest, vcs-commit, vcs-floating, url, local, range, wildcard, none, invalid
  pinned, -- 1 when it can resolve to one thing only
  hashed, path, line
FROM requirement;

-- Where a run's requirements come from.
CREATE VIEW run_requirements_files AS SELECT
  r.run AS subject_id,
  r.file AS file_id, -- NULL when none was found
  (SELECT path FROM file WHERE id = r.file) AS path,
  r.declared, -- as written; NULL when the file was found beside the record
  r.digest, -- as the record claims it; NULL when it does not
  r.line -- of the claim, in the record
FROM run_requirements r;

-- Container images of an environment.
CREATE VIEW images AS SELECT
  environment AS environment_id, position,
  role, -- run (by the record), base (FROM), source (COPY --from, RUN --mount), frontend (# syntax), service (compose, CI, …)
  text, -- as written, with known variables put in
  registry, repository, tag, digest,
  pin, -- digest, version, floating, none, invalid, unresolved
  reason, -- why it is unresolved
  path, line
FROM image;

-- Every place that says which Python an environment runs; they may contradict each other.
CREATE VIEW pythons AS SELECT
  environment AS environment_id, position,
  source, -- record, file, image
  text, -- as written
  version, -- such as 3.10.13; NULL when it is not exact
  is_range, -- 1 for versions that would do, such as >=3.9
  path, line
FROM python_pin;

-- What the commands of a Dockerfile install.
CREATE VIEW installs AS SELECT
  environment AS environment_id, position,
  tool, -- pip, uv, conda, apt (any system package manager), script (downloaded and run)
  name, text,
  pin, -- as of requirements
  pinned, path, line
FROM install;

-- The commit a run names.
CREATE VIEW commits AS SELECT
  c.run AS subject_id,
  c.hash AS "commit", -- as written; NULL when absent
  c.repository, -- as written; NULL when the record names none
  c.dirty, -- 1, 0 or NULL when the record does not say
  c.resolution, -- found, absent, ambiguous, malformed, no-repository, shallow, unreadable, not-asked
  c.message, (SELECT path FROM run WHERE subject = c.run) AS path, c.line
FROM commit_claim c;

-- The configuration of a run.
CREATE VIEW configs AS SELECT
  c.run AS subject_id,
  c.form, -- inline or file
  c.declared, c.file AS file_id, (SELECT path FROM run WHERE subject = c.run) AS path, c.line
FROM config c;

-- Random seeds; framework `all` is one seed given for the whole run.
CREATE VIEW seeds AS SELECT c.run AS subject_id, c.framework, c.value, (SELECT path FROM subject WHERE id = c.run) AS path, c.line
FROM seed c;

-- Parameters of a run.
CREATE VIEW params AS SELECT c.run AS subject_id, c.name, c.value, (SELECT path FROM subject WHERE id = c.run) AS path, c.line
FROM param c;

-- Metrics of a run or a version.
CREATE VIEW metrics AS SELECT
  subject AS subject_id, name,
  value, -- NULL when it is not a finite number
  text, -- as written
  path, line
FROM metric;

-- Metrics in `metrics.json` beside the record of a run that states metrics itself; `metrics` has what the record says.
CREATE VIEW metrics_beside AS SELECT
  run AS subject_id, name,
  value, -- NULL when it is not a finite number
  text, -- as written
  path, line
FROM metric_beside;

-- Values that stand for nothing: elided or all-zero digests, TODO, the digest of the empty input.
CREATE VIEW placeholders AS SELECT subject AS subject_id, key, value, reason, path, line FROM placeholder;

-- Where records hold passwords, tokens or keys; never what they are.
CREATE VIEW secrets AS SELECT
  subject AS subject_id, -- a run or a dataset
  key, -- as a dotted path
  path, line
FROM secret;

-- The policy's schema of run records; no row when it names none.
CREATE VIEW run_schemas AS SELECT
  path, -- as the policy names it
  digest
FROM run_schema;

-- What run records do not meet of that schema.
CREATE VIEW schema_problems AS SELECT
  p.run AS subject_id,
  p.item, -- `artifacts[0].sha256`; empty for the record itself
  p.message, (SELECT path FROM run WHERE subject = p.run) AS path, p.line
FROM schema_problem p;

-- Model cards and licences in the folders of models; those of versions are artifacts.
CREATE VIEW model_documents AS SELECT
  model AS subject_id, -- the model
  kind, -- card or licence
  path
FROM model_document;

-- Large files in git at the commit of a run.
CREATE VIEW large_blobs AS SELECT
  c.run AS subject_id,
  b.path, -- in the repository
  b.size -- bytes
FROM commit_claim c JOIN large_blob b ON b.repository = c.repository_root AND b.hash = c.hash;

-- Whether the files of a run's commit could be listed.
CREATE VIEW commit_trees AS SELECT
  c.run AS subject_id,
  t.state -- read, unreadable
FROM commit_claim c JOIN commit_tree t ON t.repository = c.repository_root AND t.hash = c.hash;

-- The lineage graph, child to parent. A missing parent is a row with a `gap` and no parent.
CREATE VIEW lineage AS
SELECT a.subject AS child_id, 'points at' AS relation, 'version' AS parent_kind, a.version AS parent_id,
  a.target AS parent_name, CASE WHEN a.version IS NULL THEN 'the version it names does not exist' END AS gap
FROM alias a
UNION ALL SELECT v.subject, 'made by', 'run', v.run, NULL, CASE WHEN v.run IS NULL THEN 'no run is recorded' END FROM version v
UNION ALL SELECT u.run, 'reads', 'dataset', u.dataset, coalesce(u.name, u.declared),
  CASE WHEN u.dataset IS NULL THEN coalesce(u.reason, 'the data manifest is not there') END FROM dataset_use u
UNION ALL SELECT r.subject, 'reads', 'dataset', NULL, NULL, 'no data manifest is recorded'
FROM run r WHERE NOT EXISTS (SELECT 1 FROM dataset_use u WHERE u.run = r.subject)
UNION ALL SELECT r.subject, 'built from', 'commit', NULL, c.hash,
  CASE WHEN c.hash IS NULL THEN 'no commit is recorded' END
FROM run r LEFT JOIN commit_claim c ON c.run = r.subject
UNION ALL SELECT r.subject, 'configured by', 'config', NULL, CASE c.form WHEN 'inline' THEN 'inline' ELSE c.declared END,
  CASE WHEN c.run IS NULL THEN 'no configuration is recorded' END
FROM run r LEFT JOIN config c ON c.run = r.subject
UNION ALL SELECT r.subject, 'ran in', 'environment', NULL,
  CASE WHEN e.requirements_state = 'read' THEN coalesce('Python ' || e.python, 'environment') END,
  CASE WHEN e.requirements_state = 'read' THEN NULL ELSE 'no requirements are recorded' END
FROM run r LEFT JOIN environment e ON e.id = r.environment
UNION ALL SELECT r.subject, 'ran in', 'image', NULL, i.text, NULL
FROM run r JOIN image i ON i.environment = r.environment AND i.role = 'run'
-- Nothing of a parent that only groups runs went into the run.
UNION ALL SELECT r.subject, CASE WHEN r.parent_groups THEN 'grouped by' ELSE 'child of' END, 'run', p.subject, r.parent_run,
  CASE WHEN p.subject IS NULL THEN 'the parent run is not recorded' END
FROM run r JOIN subject s ON s.id = r.subject
LEFT JOIN ( -- of several runs with one id, one: the graph must not multiply
  SELECT q.subject, min(q.path), q.run_id, t.store FROM run q JOIN subject t ON t.id = q.subject
  WHERE q.run_id IS NOT NULL GROUP BY q.run_id, t.store
) p ON p.run_id = r.parent_run AND p.store = s.store
WHERE r.parent_run IS NOT NULL
UNION ALL SELECT u.run, 'starts from', 'version', u.version, u.declared,
  CASE WHEN u.version IS NULL THEN 'the upstream version is not in the audited stores' END FROM upstream u;

-- Records of promotions, rollbacks and retirements, of the model's folder and of the marks in its versions' folders.
CREATE VIEW promotions AS SELECT
  p.id AS promotion_id, -- of one model these ascend as the actions followed each other
  p.model AS model_id, -- subject_id of the model
  p.action, -- promote, rollback, retire, restore
  p.alias, -- as written; NULL for retirements
  p.version_name AS version, -- as written
  r.version AS version_id, -- subject_id of the version; NULL when there is none of that name
  p.digest, -- of the model, as algorithm:hex; NULL when absent or malformed
  p.digest_text, -- as written
  r.digest_state, -- same, different, unknown (nothing to compare it with), absent, malformed; NULL without a version
  r.digest_read, -- 1 when it was held against bytes that this scan read, 0 when against other records only
  p.replaces, -- the version that the alias pointed at before, as written
  (SELECT v.subject FROM version v WHERE v.model = p.model AND v.name = p.replaces) AS replaces_id, -- subject_id of it
  p.from_stage, -- the stage that the version came from, as written
  p."by", -- who did it
  p.at AS promoted_at, -- RFC 3339 in UTC; NULL when absent or no moment
  p.at_text, -- as written
  p.reason,
  p.inference_commit, -- of the code that serves the model
  p.path, p.line
FROM promotion p LEFT JOIN record_version r ON r.kind = 'promotion' AND r.record = p.id;

-- The last promotion or rollback that is recorded of an alias, whose name may be written in other letters' case.
CREATE VIEW alias_promotions AS SELECT
  a.subject AS subject_id, -- the alias
  max(p.id) AS promotion_id
FROM alias a JOIN promotion p ON p.model = a.model AND p.alias = a.name COLLATE NOCASE AND p.action IN ('promote', 'rollback')
GROUP BY a.subject;

-- Who approved a promotion.
CREATE VIEW approvals AS SELECT
  a.promotion AS promotion_id, a.name, a.role,
  a.at AS approved_at, -- RFC 3339 in UTC; NULL when absent or no moment
  (SELECT path FROM promotion WHERE id = a.promotion) AS path,
  (SELECT line FROM promotion WHERE id = a.promotion) AS line
FROM approval a;

-- Records of validations, drift checks among them; a record that names a digest only stands once for each version that has it.
CREATE VIEW validations AS SELECT
  c.id AS validation_id, -- ascends in the order of a file's lines
  c.model AS model_id, -- subject_id of the model
  c.version_name AS version, -- as written; NULL when the record names a digest only
  r.version AS version_id, -- subject_id of the version; NULL when there is none
  c.digest, -- of the model that was validated, as algorithm:hex; NULL when absent or malformed
  c.digest_text, -- as written
  r.digest_state, r.digest_read, -- as in promotions
  c.name, -- as written; NULL when the record says the kind only
  c.kind, -- in lower case: drift, bias, …
  c.result, -- as written
  c.passed, -- 1, 0 or NULL when the record does not say
  c.value, c.threshold, c.statistic,
  c.at AS performed_at, -- RFC 3339 in UTC; NULL when absent or no moment
  c.at_text, -- as written
  c.tool, c."by", c.path, c.line
FROM validation c LEFT JOIN record_version r ON r.kind = 'validation' AND r.record = c.id;

-- Datasets that validations were made on.
CREATE VIEW validation_datasets AS SELECT
  d.validation AS validation_id,
  d.role, -- dataset; of a drift check reference or current
  d.name, -- NULL when a digest is stated only
  d.digest, -- as algorithm:hex; NULL when absent or malformed
  d.digest_text, -- as written
  (SELECT path FROM validation WHERE id = d.validation) AS path,
  (SELECT line FROM validation WHERE id = d.validation) AS line
FROM validation_dataset d;

-- Records of attempts to make a version again; one that names a digest only stands once for each version that has it.
CREATE VIEW reproductions AS SELECT
  c.id AS reproduction_id, -- ascends in the order of a file's lines
  c.model AS model_id, -- subject_id of the model
  c.version_name AS version, -- as written; NULL when the record names a digest only
  r.version AS version_id, -- subject_id of the version; NULL when there is none
  c.digest, -- of the original model, as algorithm:hex; NULL when absent or malformed
  r.digest_state, r.digest_read, -- as in promotions
  c.reproduced_digest, -- of the model that came out, as algorithm:hex
  c.result, -- as written
  c.passed, -- 1, 0 or NULL when the record does not say
  CASE
    WHEN c.passed = 0 THEN 'failed'
    WHEN EXISTS (SELECT 1 FROM reproduction_metric m WHERE m.reproduction = c.id
      AND abs(m.original - m.reproduced) > m.tolerance + 1e-12 * abs(m.original)) THEN 'failed'
    WHEN c.passed = 1 OR c.reproduced_digest = c.digest THEN 'passed'
    WHEN EXISTS (SELECT 1 FROM reproduction_metric m WHERE m.reproduction = c.id) THEN CASE WHEN EXISTS (
      SELECT 1 FROM reproduction_metric m WHERE m.reproduction = c.id
        AND abs(m.original - m.reproduced) - m.tolerance IS NULL) THEN 'undecided' ELSE 'passed' END
    WHEN c.reproduced_digest <> c.digest THEN 'failed'
    ELSE 'undecided'
  END AS verdict, -- passed, failed or undecided: the result, or else equal digests, or else every metric within its tolerance
  c.at AS performed_at, -- RFC 3339 in UTC; NULL when absent or no moment
  c.at_text, -- as written
  c.tool, c."by", c.path, c.line
FROM reproduction c LEFT JOIN record_version r ON r.kind = 'reproduction' AND r.record = c.id;

-- Metrics of reproductions, as they were and as they came out again.
CREATE VIEW reproduction_metrics AS SELECT
  m.reproduction AS reproduction_id, m.name, m.original, m.reproduced,
  m.tolerance -- how far the two may be apart; NULL when the record does not say
FROM reproduction_metric m;

-- Documents that say how to get rid of a version.
CREATE VIEW rollback_plans AS SELECT
  p.model AS model_id, -- subject_id of the model
  p.version_name AS version, -- NULL when the plan is for every version of the model
  (SELECT v.subject FROM version v WHERE v.model = p.model AND v.name = p.version_name) AS version_id, -- subject_id of it
  p.file AS file_id, (SELECT path FROM file WHERE id = p.file) AS path,
  p.owner,
  p.tested AS tested_at, -- RFC 3339 in UTC; NULL when absent or no moment
  p.tested_text, -- as written
  p.target, -- the version to return to, `none`, or NULL when the plan names none
  (SELECT v.subject FROM version v WHERE v.model = p.model AND v.name = p.target) AS target_id, -- subject_id of the version to return to; NULL when there is none of that name
  p.line -- where the target stands
FROM rollback_plan p;

-- Versions whose last record of the kind says that they are retired.
CREATE VIEW retirements AS SELECT
  r.version AS subject_id, -- the version
  p.at AS retired_at, -- RFC 3339 in UTC; NULL when absent or no moment
  p.reason, p."by", p.path, p.line
FROM promotion p JOIN record_version r ON r.kind = 'promotion' AND r.record = p.id
WHERE p.action = 'retire' AND NOT EXISTS (
  SELECT 1 FROM promotion q JOIN record_version s ON s.kind = 'promotion' AND s.record = q.id
  WHERE q.model = p.model AND s.version = r.version AND q.action IN ('retire', 'restore') AND q.id > p.id);

-- Files that are not there and that nobody misses: those of retired versions, also where only the record is left.
CREATE VIEW retired_files AS SELECT
  o.file AS file_id, (SELECT path FROM file WHERE id = o.file) AS path
FROM ( -- from the few
  SELECT g.id AS file FROM ( -- what lies, or lay, in the folder of the version
    SELECT p.model, p.version_name FROM promotion p
    WHERE p.action = 'retire' AND NOT EXISTS (
      SELECT 1 FROM promotion q WHERE q.model = p.model AND q.version_name = p.version_name
        AND q.action IN ('retire', 'restore') AND q.id > p.id)
  ) r CROSS JOIN subject m ON m.id = r.model
  CROSS JOIN file g ON g.path > m.path || '/' || r.version_name || '/' AND g.path < m.path || '/' || r.version_name || '0'
    AND g.store = m.store
  UNION SELECT a.file FROM ( -- what the version and its run declare
    SELECT subject_id AS subject FROM retirements
    UNION SELECT v.run FROM retirements t JOIN version v ON v.subject = t.subject_id WHERE v.run IS NOT NULL
  ) w CROSS JOIN artifact a ON a.subject = w.subject
) o CROSS JOIN observation s ON s.file = o.file AND s.state = 'missing';

-- Commits of the code that serves a model, as its run records them.
CREATE VIEW inference_commits AS SELECT
  i.run AS subject_id, i.hash AS "commit", (SELECT path FROM run WHERE subject = i.run) AS path, i.line
FROM inference_commit i;

-- What could not be read, store by store.
CREATE VIEW problems AS SELECT
  s.id AS subject_id, -- the store
  p.kind, -- malformed-record, unreadable, special-file, link-loop, link-outside, …
  p.path, p.line, p.message
FROM problem p JOIN subject s ON s.store = p.store AND s.kind = 'store';

-- The effective policy's parameters, every parameter of every rule.
CREATE VIEW parameters AS SELECT rule, name, value FROM parameter;
-- The policy's stages, in promotion order, and what each asks of the version it points at.
CREATE VIEW stages AS SELECT
  name AS stage, position,
  promotion_record, -- 1 when a record of the promotion is asked for, 0 when not, NULL when the policy does not say
  drift_required, -- 1 when a drift check is asked for
  drift_max_age, -- in seconds; NULL without a limit
  drift_statistic, -- the statistic that the check must use; NULL for any
  drift_limit, -- what its value must not exceed; NULL for the record's own limit
  rollback_required, -- 1 when a rollback plan is asked for
  rollback_tested, -- 1 when the plan must have been tested
  rollback_tested_within, -- in seconds; NULL without a limit
  approvals_required, -- how many people must have approved
  not_author -- 1 when who promotes does not count among them
FROM stage;
-- Which stage a version must have been in before; a stage may have several of these, each of which must have been passed.
CREATE VIEW stage_order AS SELECT
  stage, after,
  stated -- 1 when the policy says `after`, 0 when it follows from the order of the stages
FROM stage_predecessor;
-- Metric limits that a stage asks of the version it points at.
CREATE VIEW thresholds AS SELECT
  stage, metric, minimum, maximum,
  tolerance, -- how much worse than the version it replaces the value may be; NULL when that is not asked
  higher_is_better -- 1 or 0
FROM threshold;
-- Validations that a stage asks for; without name and kind, any will do.
CREATE VIEW required_validations AS SELECT
  stage, position, name, kind,
  max_age, -- in seconds; NULL without a limit
  dataset -- the dataset that it must have been made on; NULL for any
FROM required_validation;
-- Whose approval counts at a stage; at a stage without any, everybody's does.
CREATE VIEW approvers AS SELECT
  stage,
  kind, -- role or person
  name
FROM approver;
-- Which seed names (as in seeds.framework) cover which required package.
CREATE VIEW frameworks AS SELECT package, seed FROM framework;

-- Waivers and attestations of the policy. What they cover is known to rules about waivers only, which run last.
CREATE VIEW waivers AS SELECT
  w.subject AS subject_id, t.name AS store, s.name AS subject,
  s.path, -- the file that holds it, as the policy names it
  s.line,
  w.form, -- waiver or attestation
  w.rule, w.subject_glob,
  w.item_globs, -- one a line; NULL for the whole finding
  w.digests, -- of the files it is bound to, one a line; NULL when it is bound to none
  w.reason, -- of an attestation, what is attested
  w.owner, -- of an attestation, who attests
  w.approved_by, -- NULL for an attestation
  w.created, -- the day it was made; of an attestation, the day it was updated
  w.expires, -- the last day, as declared; of an attestation, from its frequency
  w.ends, -- the last day it holds: `expires`, or earlier where the policy's horizon says so
  w.subjects, -- how many subjects the glob matches
  w.binding, -- none, bound (a subject still has a file of that digest), changed, unread
  w.matched, -- flagged items it matches, also those that another covers first
  (SELECT status FROM rule_run WHERE rule = w.rule) AS rule_status -- as in rule_runs; NULL when its rule did not run
FROM waiver w JOIN subject s ON s.id = w.subject JOIN store t ON t.id = s.store;

-- Which waivers cover how much of a result, and how much the baseline does.
CREATE VIEW coverage AS SELECT
  c.subject AS subject_id, c.rule,
  nullif(c.waiver, 0) AS waiver_id, -- subject_id of the waiver; NULL for the baseline
  c.details -- flagged items; 1 for a finding without items
FROM cover c;

-- What happened to each rule in the current scan.
CREATE VIEW rule_runs AS SELECT
  rule, severity,
  kinds, -- subject kinds, comma separated
  examined, -- how many subjects it judged
  status, -- completed, failed, timed-out
  message
FROM rule_run;

-- Every outcome, passes included.
CREATE VIEW results AS
SELECT r.rule, t.name AS store, s.kind, s.name AS subject, r.outcome, r.severity, r.message, r.details, r.subject AS subject_id
FROM result r JOIN subject s ON s.id = r.subject JOIN store t ON t.id = s.store
UNION ALL
SELECT q.rule, t.name, s.kind, s.name, q.rest, q.severity, q.rest_message, NULL, s.id
FROM rule_run q JOIN subject s ON instr(',' || q.kinds || ',', ',' || s.kind || ',') JOIN store t ON t.id = s.store
WHERE q.status = 'completed' AND s.judged AND NOT EXISTS (SELECT 1 FROM result r WHERE r.subject = s.id AND r.rule = q.rule);

-- The scans this database has seen.
CREATE VIEW scans AS SELECT
  id AS scan,
  digest, -- the id that reports show; NULL until the scan has ended
  now, -- the scan's clock
  policy, policy_digest,
  finished, -- 0 for a scan that is under way or was killed
  tool, -- the version of repro-audit
  selection, -- what a partial audit judged, in words; NULL when that was everything
  ledger, -- the number of its entry in the ledger; NULL for a scan that was not entered
  kept -- 0 when its results were dropped since, so that its reports cannot be made again
FROM scan;

-- What each complete scan left for later, chained: an entry that was changed, moved or taken out shows (docs/ledger.md).
CREATE VIEW ledger_entries AS SELECT
  number, -- from 1
  scan, -- the scan's number
  digest, -- sha256:…, over the entry without digest and signature
  json_extract(entry, '$.previous') AS previous, -- the digest of the entry before; NULL for the first
  json_extract(entry, '$.now') AS now, -- the scan's clock
  json_extract(entry, '$.results') AS results, -- sha256:…, over the clock, the policy's digest, what happened to rules and every result
  json_extract(entry, '$.policy') AS policy_digest, -- of the effective policy, as in reports
  json_extract(entry, '$.signature.key') AS signed_by, -- sha256:… of the public key in DER; NULL when it is not signed
  entry -- as it is chained: one line of JSON
FROM ledger;

-- The effective policies of the scans, in one spelling.
CREATE VIEW policies AS SELECT digest AS policy_digest, text FROM policy_text;
