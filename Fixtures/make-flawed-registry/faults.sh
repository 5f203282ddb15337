# One fault a line: what must be found (rule and subject; several where one flaw is visible from several sides), the
# kind and the name of what is made, and what is done to it. Every finding stands here once.

digest_of_nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

# code
fault 'missing-commit run:no-commit' run no-commit drop_key git_commit
fault 'missing-commit run:null-commit' run null-commit replace_key git_commit null
fault 'unresolvable-commit run:unknown-commit' run unknown-commit \
  replace_key git_commit '"5b3c7d0e9a1f42688c6e7f10a2d94b35e8c0f716"'
fault 'unresolvable-commit run:branch-as-commit' run branch-as-commit replace_key git_commit main
fault 'uncommitted-changes run:dirty-tree' run dirty-tree replace_key git_dirty true
fault 'large-file-in-git run:from-spike' run from-spike record_spike

# environment
fault 'missing-requirements run:no-requirements' run no-requirements record_without_requirements
fault 'unpinned-requirement run:version-range, requirement-without-hash run:version-range' run version-range \
  record_with_requirements 's/ --hash=.*//; s/numpy==.*/numpy>=1.26/'
fault 'unpinned-requirement run:version-missing, requirement-without-hash run:version-missing' run version-missing \
  record_with_requirements 's/ --hash=.*//; s/PyYAML==.*/PyYAML/'
fault 'unpinned-requirement run:version-wildcard, requirement-without-hash run:version-wildcard' run version-wildcard \
  record_with_requirements 's/ --hash=.*//; s/scipy==.*/scipy==1.14.*/'
fault 'changed-requirements run:upgraded-later' run upgraded-later edit requirements.txt 's/joblib==1.4.2/joblib==1.5.1/'
fault 'missing-python-version run:no-python' run no-python record_with_python none
fault 'missing-python-version run:python-minor' run python-minor record_with_python 3.11
fault 'floating-image-tag run:image-latest' run image-latest edit run.yaml 's/\(docker_image: "python\):.*/\1:latest"/'
fault 'floating-image-tag run:image-untagged' run image-untagged edit run.yaml 's/\(docker_image: "python\):.*/\1"/'
fault 'unpinned-base-image run:base-untagged' run base-untagged edit Dockerfile 's/^FROM .*/FROM python/'
fault 'unpinned-base-image run:base-latest' run base-latest record_with_dockerfile python:latest
fault 'unpinned-base-image run:copies-from-latest' run copies-from-latest \
  add_to_dockerfile 'COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/uv'
fault 'image-without-digest run:image-by-tag' run image-by-tag \
  edit run.yaml 's/\(docker_image: "python:[^@"]*\)@[^"]*/\1/'
fault 'unpinned-install-in-dockerfile run:installs-newest' run installs-newest \
  add_to_dockerfile 'RUN pip install --no-cache-dir shap lightgbm==4.5.0'
fault 'unpinned-install-in-dockerfile run:runs-download' run runs-download \
  add_to_dockerfile 'RUN curl -LsSf https://example.org/install.sh | sh'
fault 'unpinned-system-package run:installs-libgomp' run installs-libgomp \
  add_to_dockerfile 'RUN apt-get update && apt-get install -y --no-install-recommends libgomp1'
fault 'requirement-without-hash run:without-hash' run without-hash \
  record_with_requirements 's/ --hash=.*//'
fault 'requirements-without-digest run:requirements-unsealed' run requirements-unsealed \
  drop_line run.yaml '^  requirements_sha256:'
fault 'missing-platform run:no-platform' run no-platform edit run.yaml '/^  os:/d;/^  docker_image:/d'
fault 'missing-hardware-note run:no-hardware' run no-hardware \
  eval 'record_with_torch torch==2.4.1; drop_line run.yaml "^  hardware:"'
fault 'missing-container-image run:no-image' run no-image record_without_image

# data
fault 'missing-data-manifest run:no-manifest' run no-manifest record_without_manifest
fault 'missing-data-manifest run:lost-manifest' run lost-manifest rm -r inputs
fault 'missing-data-manifest run:fraud-detector-1.4.0, incomplete-lineage fraud-detector@1.4.0' \
  version 1.4.0 publish_without_manifest
fault 'dataset-without-digest dataset:no_digest, mutable-data-reference dataset:no_digest' dataset no_digest \
  record_with_manifest '/"content_hash":/d'
fault 'dataset-digest-mismatch dataset:flipped_byte' dataset flipped_byte edit inputs/flipped_byte.csv '2s/0$/1/'
fault 'dataset-digest-mismatch dataset:lost_snapshot' dataset lost_snapshot rm inputs/lost_snapshot.csv
fault 'record-count-mismatch dataset:counted_lines' dataset counted_lines \
  record_with_manifest 's/"record_count": .*/"record_count": 448,/'
fault 'schema-hash-mismatch dataset:renamed_column' dataset renamed_column \
  record_with_renamed_column inputs/renamed_column.csv amount amount_eur
fault 'schema-hash-mismatch dataset:other_schema' dataset other_schema \
  record_with_manifest 's/\("schema_hash": ".*:\)......../\1deadbeef/'
fault 'changed-data-manifest run:manifest-edited' run manifest-edited \
  edit inputs/data_manifest.json 's/"created_at":/"license": "CC0-1.0",\n  &/'
fault 'mutable-data-reference dataset:rolling_link' dataset rolling_link record_data_under_latest rolling_link
fault 'train-test-overlap run:tested-on-train' run tested-on-train record_same_data_for_test
fault 'missing-transform run:features-alone' run features-alone edit run.yaml 's/role: other/role: features/'

# config
fault 'missing-config run:no-config' run no-config record_without_config
fault 'changed-config run:config-edited' run config-edited edit config.yaml 's/^C: .*/C: 5.0/'
fault 'changed-config run:config-lost' run config-lost rm config.yaml

# randomness
fault 'missing-seed run:no-seeds' run no-seeds drop_key seeds
fault 'missing-seed run:empty-seeds' run empty-seeds replace_key seeds '{}'
fault 'unseeded-framework run:torch-unseeded' run torch-unseeded \
  record_with_requirements '$s/$/\ntorch @ https:\/\/example.org\/torch-2.4.1-py3-none-any.whl#sha256=2a02aba9ed12e4ac4eb3ea9421c420301a0c6460d9830d74a9df87efa4912010/'
fault 'unseeded-framework run:numpy-unseeded' run numpy-unseeded edit run.yaml '/^  numpy: /d;/^  sklearn: /d'
fault 'undeclared-nondeterminism run:not-deterministic' run not-deterministic replace_key deterministic false

# tracking
fault 'missing-metrics run:no-metrics' run no-metrics drop_key metrics
fault 'missing-metrics run:empty-metrics' run empty-metrics replace_key metrics '{}'
fault 'missing-artifact-uri run:artifact-without-path' run artifact-without-path \
  edit run.yaml 's/^  - path: coefficients.json/  - name: coefficients/'
fault 'missing-artifact-uri run:no-artifacts' run no-artifacts drop_key artifacts
fault 'missing-run-log run:no-log' run no-log record_without_log
fault 'missing-run-log run:lost-log' run lost-log rm run.log
fault 'missing-run-id run:runs/no-id' run no-id edit run.yaml '/^run_id:/d'
fault 'duplicate-run-id run:twice, duplicate-run-id run:twice#runs/twice-again/run.yaml' run twice copy_record twice-again
fault 'unfinished-run run:fraud-detector-1.12.0' version 1.12.0 edit run.json 's/"finished"/"failed"/'
fault 'nonconforming-run-record run:strong-c' run strong-c edit run.yaml 's/^  C: .*/  C: strong/'
fault 'exposed-secret run:password-in-command' run password-in-command \
  edit run.yaml 's/^command: .*/command: "python train.py --password hunter2secret"/'

# registry
fault 'missing-artifact fraud-detector@1.5.0, missing-artifact run:fraud-detector-1.5.0' version 1.5.0 rm model.pkl
fault 'missing-artifact fraud-detector@1.5.1' version 1.5.1 list_in_checksum threshold.json
fault 'missing-artifact run:lost-artifact' run lost-artifact rm coefficients.json
fault 'missing-checksum fraud-detector@1.6.0, missing-checksum run:fraud-detector-1.6.0, uncovered-file fraud-detector@1.6.0' \
  version 1.6.0 publish_without_digests
fault 'missing-checksum fraud-detector@1.6.1' version 1.6.1 publish_without_naming_model
fault 'missing-checksum run:artifact-without-digest' run artifact-without-digest \
  edit run.yaml '/path: coefficients.json/,/size/{/sha256:/d}'
fault 'artifact-digest-mismatch fraud-detector@1.7.0, artifact-digest-mismatch run:fraud-detector-1.7.0' \
  version 1.7.0 flip_last_byte model.pkl
fault 'artifact-digest-mismatch fraud-detector@1.7.1, artifact-digest-mismatch run:fraud-detector-1.7.1' \
  version_with_bare_checksum 1.7.1 flip_model_that_only_checksum_covers
fault 'artifact-digest-mismatch run:truncated-artifact' run truncated-artifact keep_half coefficients.json
fault 'version-without-run fraud-detector@1.8.0, incomplete-lineage fraud-detector@1.8.0, uncovered-file fraud-detector@1.8.0' \
  version 1.8.0 rm run.json
fault 'nonconforming-version fraud-detector@final_v2' version 1.9.0 rename_version final_v2
fault 'nonconforming-version fraud-detector@1.99' version_with_bare_checksum 1.9.1 rename_version 1.99
fault 'nonconforming-name fraud-detector@Beta' link beta mv beta Beta
fault 'ambiguous-version fraud-detector@1.2.0, ambiguous-version fraud-detector@v1.2.0' \
  version 1.13.0 rename_version v1.2.0
fault 'uncovered-file fraud-detector@1.14.0' version 1.14.0 eval 'echo "threshold: 0.5" > threshold.yaml'
fault 'unsafe-model-format fraud-detector@1.15.0' version 1.15.0 publish_pickled_calibrator
fault 'self-referential-checksum fraud-detector@1.16.0' version 1.16.0 leave_out_of_list
fault 'missing-model-card merchant-detector@1.0.0' model merchant-detector rm ../MODEL_CARD.md

# contradictions
fault 'placeholder-value run:hardware-todo' run hardware-todo edit run.yaml 's/^  hardware: .*/  hardware: TODO/'
fault 'placeholder-value run:elided-digest, changed-data-manifest run:elided-digest' run elided-digest \
  edit run.yaml '/^data_manifest:/,/sha256:/s/sha256: "\(....\).*\(....\)"/sha256: "\1...\2"/'
fault 'placeholder-value dataset:license_todo' dataset license_todo \
  record_with_manifest 's/"created_at":/"license": "TODO",\n  &/'
fault 'placeholder-value dataset:empty_input, dataset-digest-mismatch dataset:empty_input' dataset empty_input \
  record_with_manifest "s/\\(\"content_hash\": \"sha256:\\)[^\"]*/\\1$digest_of_nothing/"
fault 'placeholder-value fraud-detector@1.10.0, artifact-digest-mismatch fraud-detector@1.10.0' \
  version 1.10.0 list_with_zeros approval.txt
fault 'contradictory-environment run:other-python' run other-python edit run.yaml 's/^  python: ".*/  python: "3.10.13"/'
fault 'contradictory-metrics fraud-detector@1.17.0' version 1.17.0 edit run.json '/^  "metrics":/,/}/s/"auc": .*/"auc": 0.5,/'
fault 'contradictory-dataset run:other-data' run other-data record_other_data
fault 'impossible-chronology run:before-its-data' run before-its-data replace_key timestamp '"2025-05-01T08:00:00Z"'

# promotion
fault 'dangling-alias fraud-detector@canary' link canary ln -sfn 2.0.0 canary
fault 'dangling-alias fraud-detector@shadow' alias_file shadow eval 'echo 2.0.0 > shadow'
fault 'metric-below-threshold chargeback-detector@prod' model chargeback-detector \
  publish_with_metrics 's/"auc": .*,/"auc": 0.712,/'
fault 'metric-below-threshold account-detector@prod' model account-detector publish_with_metrics '/"auc":/d'
fault 'metric-below-threshold fraud-detector@staging' policy repro-audit.yaml edit repro-audit.yaml 's/0\.85/0.995/'

fault 'missing-promotion-policy fraud-detector@preprod' link preview mv preview preprod
fault 'missing-promotion-record undated-detector@prod' model undated-detector promotion_of_prod 's/"at": "[^"]*", //'
fault 'changed-after-publication replaced-detector@1.0.0, missing-promotion-record replaced-detector@prod' \
  model replaced-detector promotion_of_prod 's/"digest": "sha256:......../"digest": "sha256:0badcafe/'
fault 'skipped-stage hasty-detector@prod' model hasty-detector eval \
  'edit ../promotions.jsonl "/\"alias\": \"staging\"/d"; promotion_of_prod "s/\"from\": \"staging\", //"'
fault 'missing-approval lone-detector@prod' model lone-detector promotion_of_prod 's/grace@/ada@/'
fault 'missing-validation unfair-detector@prod' model unfair-detector record_of bias-audit 's/"pass"/"fail"/'
fault 'missing-validation retrained-detector@prod' model retrained-detector \
  record_of holdout 's/"digest": "sha256:......../"digest": "sha256:0badcafe/'
fault 'missing-drift-check drifted-detector@prod' model drifted-detector record_of 'input drift' 's/0\.07/0.31/'
fault 'missing-drift-check unwatched-detector@prod' model unwatched-detector record_of 'input drift' d
fault 'missing-rollback-target untried-detector@prod' model untried-detector edit ../rollback.md '/Tested/d'
fault 'missing-rollback-target stranded-detector@prod' model stranded-detector edit ../rollback.md 's/none$/0.9.0/'
fault 'retired-version-in-use leaky-detector@prod' model leaky-detector eval 'echo "learnt from the label" > RETIRED'
fault 'missing-inference-commit unserved-detector@1.0.0' model unserved-detector \
  promotion_of_prod 's/"inference_commit": "[^"]*", //'

# reproduction
fault 'unreproduced-version unique-detector@1.0.0' model unique-detector rm ../reproductions.jsonl
fault 'failed-reproduction unstable-detector@1.0.0' model unstable-detector \
  edit ../reproductions.jsonl 's/"reproduced_digest": "sha256:......../"reproduced_digest": "sha256:0badcafe/; s/"result": "pass"/"result": "fail"/'

# lineage
fault 'incomplete-lineage fraud-detector@1.11.0' version 1.11.0 \
  publish_with_key '"upstream_models": ["merchant-embedding@2.0.0"]'
fault 'incomplete-lineage fraud-detector@1.11.1' version 1.11.1 publish_with_key '"parent_run": "sweep-2025-06"'

# integrity
fault 'unreadable-file flawed-registry' json_run half-a-record keep_half run.json
fault 'overdue-verification flawed-registry, missing-run-log run:log-elsewhere' run log-elsewhere \
  edit run.yaml 's|^log: .*|log: ../../../elsewhere/run.log|'
