# Ways to spoil what lies in the current folder. `edit` insists that it changed something.

edit() { # FILE SED-SCRIPT
  local before after
  read_text "$1" before
  sed -i "$2" "$1"
  read_text "$1" after
  [[ $before != "$after" ]] || die "fault $number: \`$2\` changes nothing in $1"
}

drop_line() { # FILE PATTERN
  edit "$1" "/$2/d"
}

# A top-level key of a YAML record with everything below it.
drop_key() { # KEY
  edit run.yaml "/^$1:/,/^[^ ]/{/^$1:/d;/^ /d}"
}

replace_key() { # KEY VALUE
  edit run.yaml "/^$1:/,/^[^ ]/{s/^$1:.*/$1: $2/;/^ /d}"
}

flip_last_byte() { # FILE
  truncate -s -1 "$1"
  printf '!' >> "$1"
}

keep_half() { # FILE
  truncate -s "$(($(wc -c < "$1") / 2))" "$1"
}

digest() { # FILE; the digest goes to `hex`
  read -r hex _ < <(sha256sum "$1")
}

# --- flaws that were there when the run was recorded: the record states the digests of flawed files

record_manifest_digest() {
  digest inputs/data_manifest.json
  sed -i "/^data_manifest:/,/sha256:/s/sha256: .*/sha256: \"$hex\"/" run.yaml
}

record_with_manifest() { # SED-SCRIPT on the manifest
  edit inputs/data_manifest.json "$1"
  record_manifest_digest
}

record_with_requirements() { # SED-SCRIPT on requirements.txt
  edit requirements.txt "$1"
  digest requirements.txt
  edit run.yaml "s/requirements_sha256: .*/requirements_sha256: \"$hex\"/"
}

record_without_requirements() {
  rm requirements.txt
  drop_line run.yaml '^  requirements'
}

record_with_dockerfile() { # BASE-IMAGE
  mkdir docker
  sed "s/^FROM .*/FROM $1/" Dockerfile > docker/train.Dockerfile
  edit run.yaml 's|^  docker_image: .*|&\n  dockerfile: docker/train.Dockerfile|'
}

# The image that is named by its digest alone says nothing of its Python.
record_with_python() { # VERSION, or none for a record without one
  if [[ $1 == none ]]; then drop_line run.yaml '^  python: "'; else edit run.yaml "s/^  python: \".*/  python: \"$1\"/"; fi
  edit run.yaml 's/^\(  docker_image: "python\):[^@]*@/\1@/'
  edit Dockerfile 's/^\(FROM python\):[^@]*@/\1@/'
}

add_to_dockerfile() { # INSTRUCTION
  echo "$1" >> Dockerfile
}

record_without_manifest() {
  rm -r inputs
  drop_key data_manifest
}

publish_without_manifest() {
  rm data_manifest.json
  edit run.json '/^  "data_manifest":/,/^  }/d'
}

record_with_renamed_column() { # FILE OLD NEW
  edit "$1" "1s/$2/$3/"
  digest "$1"
  record_with_manifest "s/\"content_hash\": .*/\"content_hash\": \"sha256:$hex\",/"
}

record_without_config() {
  rm config.yaml
  drop_key config
}

record_without_log() {
  rm run.log
  drop_key log
}

# The list above the versions; `PWD` is a version's folder in it.
leave_out_of_list() {
  edit ../../SHA256SUMS "\\|${PWD##*/models/}/|d"
}

publish_without_digests() {
  leave_out_of_list
  rm checksum.txt
  edit run.json '/^  "artifacts":/,$ {/"sha256":/d}'
}

publish_without_naming_model() {
  leave_out_of_list
  rm checksum.txt
  edit run.json '/^  "artifacts":/,/^    }/{/^  "artifacts":/!d}'
}

publish_with_metrics() { # SED-SCRIPT on the record and on metrics.json
  edit metrics.json "$1"
  digest metrics.json
  edit run.json "$1
    /\"path\": \"metrics.json\"/,/}/{
      s/\"sha256\": .*/\"sha256\": \"$hex\",/
      s/\"size\": .*/\"size\": $(wc -c < metrics.json),/
    }"
}

publish_with_key() { # LINE of the record
  edit run.json "s/^  \"git_dirty\":.*/&\n  $1,/"
}

# Its checksum.txt covers one file more, so that it cannot pass for a copy of the version it was made from.
rename_version() { # NAME
  sha256sum metrics.json >> checksum.txt
  edit run.json "s/^  \"version\": .*/  \"version\": \"$1\",/"
  edit ../../SHA256SUMS "s|${PWD##*/models/}/|$(basename "$(dirname "$at")")/$1/|"
  mv "$at" "$(dirname "$at")/$1"
}

flip_model_that_only_checksum_covers() {
  edit run.json '/"path": "model.pkl"/,/}/{/"sha256":/d}'
  flip_last_byte model.pkl
}

list_in_checksum() { # FILE, which is not there
  digest model.pkl
  echo "$hex  $1" >> checksum.txt
}

list_with_zeros() { # FILE
  echo "Approved for the pilot." > "$1"
  printf '%064d  %s\n' 0 "$1" >> checksum.txt
}

# --- flaws of what is recorded of a model; the current folder is its version's

promotion_of_prod() { # SED-COMMAND on the record of the promotion to prod
  edit ../promotions.jsonl "/\"alias\": \"prod\"/$1"
}

record_of() { # NAME SED-COMMAND on the validation of that name
  edit ../validations.jsonl "/\"name\": \"$1\"/$2"
}

record_with_torch() { # REQUIREMENT
  record_with_requirements "\$s/\$/\n$1 --hash=sha256:2a02aba9ed12e4ac4eb3ea9421c420301a0c6460d9830d74a9df87efa4912010/"
  edit run.yaml 's/^  numpy: .*/&\n  torch: 42/'
}

record_data_under_latest() { # NAME
  mv "inputs/$1.csv" inputs/latest.csv
  record_with_manifest 's/"file:.*"/"file:latest.csv"/'
}

record_same_data_for_test() {
  edit run.yaml '/^data_manifest:/,/^  sha256:/{
    s/^  path/  - path/
    s/^  \([rs]\)/    \1/
    s/^    sha256: .*/&\n  - path: inputs\/data_manifest.json\n    role: test/
  }'
}

record_other_data() {
  edit run.yaml '/^data_manifest:/,/^  sha256:/s/^  sha256: "......../  content_hash: "deadbeef/'
}

record_without_image() {
  rm Dockerfile
  drop_line run.yaml '^  docker_image:'
}

record_spike() {
  read_text "$registry/code.git/refs/heads/spike" text
  replace_key git_commit "\"${text%$'\n'}\""
}

copy_record() { # FOLDER
  mkdir "../$1"
  cp -R . "../$1"
}

publish_pickled_calibrator() {
  cp model.pkl calibrator.joblib
  digest calibrator.joblib
  echo "$hex  calibrator.joblib" >> checksum.txt
  echo "$hex  ${PWD##*/models/}/calibrator.joblib" >> ../../SHA256SUMS
}
