-- What docs/facts.md asks of each view, as `view: SELECT …`; a view that is not here is shown by its first columns.
artifacts: SELECT r.subject, a.role, a.path, a.line FROM artifacts a JOIN runs r USING (subject_id) ORDER BY 1, 3 LIMIT 4
files: SELECT path, state, size, substr(sha256, 1, 12) AS sha256 FROM files WHERE state = 'present' ORDER BY path LIMIT 4
claims: SELECT path, algorithm, substr(digest, 1, 12) AS digest, document, line FROM claims ORDER BY path, document LIMIT 4
checks: SELECT verdict, count(*) AS files FROM checks GROUP BY verdict ORDER BY verdict
versions: SELECT v.subject, v.version, v.version_rank, r.subject AS run FROM versions v LEFT JOIN runs r ON r.subject_id = v.run_subject_id ORDER BY v.version_rank
aliases: SELECT alias, target, form, version_id IS NULL AS dangles FROM aliases ORDER BY subject
runs: SELECT subject, recorded_at, status, log FROM runs ORDER BY subject
datasets: SELECT subject, record_count, counted_records, schema_verdict, storage_uri FROM datasets ORDER BY subject
dataset_files: SELECT d.subject, f.path FROM dataset_files f JOIN datasets d USING (subject_id) ORDER BY 1, 2
run_datasets: SELECT r.subject, u.role, d.subject AS dataset FROM run_datasets u JOIN runs r USING (subject_id) LEFT JOIN datasets d ON d.subject_id = u.dataset_id ORDER BY 1, 3
environments: SELECT e.python, e.os, e.requirements_state, count(*) AS runs FROM environments e JOIN runs r USING (environment_id) GROUP BY environment_id ORDER BY 1, 2, 4
requirements: SELECT name, text, pin, path, line FROM requirements ORDER BY path, line LIMIT 3
images: SELECT role, repository, tag, pin, path, line FROM images ORDER BY path, line, role LIMIT 3
pythons: SELECT source, text, version, path FROM pythons ORDER BY path, source LIMIT 3
commits: SELECT r.subject, substr("commit", 1, 12) AS "commit", dirty, resolution FROM commits c JOIN runs r USING (subject_id) ORDER BY 1
configs: SELECT r.subject, form, declared FROM configs c JOIN runs r USING (subject_id) ORDER BY 1
seeds: SELECT framework, value, path FROM seeds ORDER BY path, framework LIMIT 4
metrics: SELECT name, value, path, line FROM metrics ORDER BY path, name LIMIT 4
metrics_beside: SELECT r.subject, name, value, m.path FROM metrics_beside m JOIN runs r USING (subject_id) ORDER BY 1, 2 LIMIT 2
lineage: SELECT s.subject, l.relation, l.parent_kind, l.parent_name, l.gap FROM lineage l JOIN runs s ON s.subject_id = l.child_id ORDER BY 1, 2, 3 LIMIT 5
parameters: SELECT rule, name, value FROM parameters ORDER BY rule, name LIMIT 3
rule_runs: SELECT rule, kinds, examined, status FROM rule_runs ORDER BY rule LIMIT 3
results: SELECT outcome, count(*) AS results FROM results GROUP BY outcome ORDER BY outcome
scans: SELECT scan, now, policy, finished FROM scans
ledger_entries: SELECT number, scan, now, previous FROM ledger_entries ORDER BY number
