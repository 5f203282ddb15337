-- Made when the facts are loaded: sorting once is quicker than keeping an index while rows arrive.
CREATE INDEX IF NOT EXISTS version_model ON version (model, name);
CREATE INDEX IF NOT EXISTS run_run_id ON run (run_id);
CREATE INDEX IF NOT EXISTS run_folder ON run (folder);
CREATE INDEX IF NOT EXISTS artifact_file ON artifact (file);
CREATE INDEX IF NOT EXISTS claim_file ON claim (file, algorithm);
CREATE INDEX IF NOT EXISTS reach_alias ON reach (alias);
CREATE INDEX IF NOT EXISTS listed_digest_path ON listed_digest (store, path);
CREATE INDEX IF NOT EXISTS large_blob_commit ON large_blob (repository, hash);
CREATE INDEX IF NOT EXISTS dataset_file_dataset ON dataset (file);
CREATE INDEX IF NOT EXISTS dataset_member_file ON dataset_file (file);
CREATE INDEX IF NOT EXISTS dataset_use_dataset ON dataset_use (dataset);
CREATE INDEX IF NOT EXISTS promotion_model ON promotion (model, version_name);
CREATE INDEX IF NOT EXISTS approval_promotion ON approval (promotion);
CREATE INDEX IF NOT EXISTS validation_model ON validation (model);
CREATE INDEX IF NOT EXISTS validation_dataset_validation ON validation_dataset (validation);
CREATE INDEX IF NOT EXISTS record_version_version ON record_version (version, kind);
CREATE INDEX IF NOT EXISTS observation_unread ON observation (file) WHERE state <> 'present';
