# What faults are planted in: healthy copies of what fraud-registry holds. Each sets `at` to its folder.

healthy_run() { # ID
  at=$registry/runs/$1
  cp -R "$registry/runs/weak-regularisation" "$at"
  read_text "$at/run.yaml" text
  printf %s "run_id: $1${text#run_id: weak-regularisation}" > "$at/run.yaml"
}

# The same as JSON, one folder deeper, so that the paths of a version's record hold.
healthy_json_run() { # ID
  at=$registry/runs/$1/record
  mkdir -p "$registry/runs/$1"
  cp -R "$registry/models/fraud-detector/1.2.0" "$at"
  rm "$at/checksum.txt"
  sed -i -e "s/^  \"run_id\": .*/  \"run_id\": \"$1\",/" -e '/^  "model":/d' -e '/^  "version":/d' "$at/run.json"
}

# A dataset of its own, read by a run of its own.
healthy_dataset() { # NAME
  healthy_run "reads-$1"
  cp "$registry/data/transactions_v3.csv" "$at/inputs/$1.csv"
  sed -i -e "s/\"transactions_v3\"/\"$1\"/" -e "s|\"file:.*\"|\"file:$1.csv\"|" "$at/inputs/data_manifest.json"
  cd "$at"
  record_manifest_digest
}

healthy_version() { # VERSION
  copy_version 1.2.0 fraud-detector "$1"
}

# Its checksum.txt is a bare digest.
healthy_version_with_bare_checksum() { # VERSION
  copy_version 1.2.1 fraud-detector "$1"
}

# Version 1.0.0 with an alias prod, and with records of what 1.2.0 went through.
healthy_model() { # MODEL
  mkdir "$registry/models/$1"
  ln -s 1.0.0 "$registry/models/$1/prod"
  cp "$registry/models/fraud-detector/rollback.md" "$registry/models/$1"
  for records in promotions validations reproductions; do
    sed -e '/"1\.2\.1"/d' -e 's/"1\.2\.0"/"1.0.0"/g' "$registry/models/fraud-detector/$records.jsonl" \
      > "$registry/models/$1/$records.jsonl"
  done
  cp "$registry/models/fraud-detector/"{MODEL_CARD.md,LICENSE} "$registry/models/$1"
  copy_version 1.2.0 "$1" 1.0.0
}

healthy_link() { # ALIAS
  at=$registry/models/fraud-detector
  ln -s 1.2.1 "$at/$1"
}

healthy_alias_file() { # ALIAS
  at=$registry/models/fraud-detector
  echo 1.2.1 > "$at/$1"
}

healthy_policy() { # FILE
  at=$registry
}

copy_version() { # FROM MODEL VERSION
  at=$registry/models/$2/$3
  cp -R "$registry/models/fraud-detector/$1" "$at"
  sed -i -e "s/^  \"run_id\": .*/  \"run_id\": \"$2-$3\",/" -e "s/^  \"model\": .*/  \"model\": \"$2\",/" \
    -e "s/^  \"version\": .*/  \"version\": \"$3\",/" "$at/run.json"
  digest "$at/model.pkl"
  echo "$hex  $2/$3/model.pkl" >> "$registry/models/SHA256SUMS"
}
