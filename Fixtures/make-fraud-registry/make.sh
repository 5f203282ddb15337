#!/usr/bin/env bash
# Builds the registry: commits the code, takes the data snapshot, trains each model twice, records the runs.
#
# usage: make.sh DIR        DIR must not exist
#
# Needs git and Python 3.11.7 (PYTHON=… names another program). PyPI is asked for the packages of
# code/requirements.txt, unless VENV names a virtual environment that has them.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
die() { echo "make.sh: $*" >&2; exit 1; }
[[ $# -eq 1 ]] || die "usage: make.sh DIR"
[[ ! -e $1 ]] || die "$1 exists already; remove it first"
mkdir -p "$1"
registry=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The interpreter and the packages that the records name.
venv=${VENV:-$work/venv}
if [[ ! -d $venv ]]; then
  "${PYTHON:-python3.11}" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/code/requirements.txt"
fi
python=$venv/bin/python
[[ $("$python" --version) == "Python 3.11.7" ]] || die "Python 3.11.7 is needed, $("$python" --version) is here"
diff <("$venv/bin/pip" freeze) <(sed 's/ .*//' "$here/code/requirements.txt") || die "$venv does not hold what requirements.txt lists"

# Other kernels round differently, and processors choose different ones by themselves: these need x86-64 with AVX2.
export PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8 TZ=UTC
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OPENBLAS_CORETYPE=Haswell
export NPY_DISABLE_CPU_FEATURES="AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
umask 022

# --- code.git -------------------------------------------------------------------------------------------------------

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME="Ada Example" GIT_AUTHOR_EMAIL=ada@example.org
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

commit() { # DATE MESSAGE
  git -C "$work/code" add --all
  GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git -C "$work/code" commit --quiet --message "$2"
  git -C "$work/code" rev-parse HEAD
}

git init --quiet --template= --initial-branch=main "$work/code"
cp "$here"/code/* "$work/code"
first=$(commit 2025-06-10T09:00:00Z "Train the fraud detector")
sed -i 's/^C: 1\.0$/C: 0.1/' "$work/code/config.yaml"
second=$(commit 2025-06-18T15:30:00Z "Regularise more strongly")

# What should not have happened, and stays in the history: the data in git. No run stands on it.
mkdir "$work/code/sample"
"$python" "$here/make_data.py" "$work/code/sample/transactions.csv"
spike=$(commit 2025-06-19T08:00:00Z "Try it on a sample")
git -C "$work/code" reset --quiet --hard "$second"

# A bare repository of plain files, none of them an empty directory: it can lie in another repository as it is.
mkdir -p "$registry/code.git/refs/heads"
cp -R "$work/code/.git/objects" "$registry/code.git/objects"
find "$registry/code.git" -type d -empty -delete
chmod -R u+w "$registry/code.git"
mkdir -p "$registry/code.git/refs/heads"
echo "$second" > "$registry/code.git/refs/heads/main"
echo "$spike" > "$registry/code.git/refs/heads/spike"
echo "ref: refs/heads/main" > "$registry/code.git/HEAD"
printf '[core]\n\trepositoryformatversion = 0\n\tbare = true\n' > "$registry/code.git/config"

# --- data -----------------------------------------------------------------------------------------------------------

mkdir -p "$registry/data"
"$python" "$here/make_data.py" "$registry/data/transactions_v3.csv"

# --- runs -----------------------------------------------------------------------------------------------------------

# Checks out COMMIT as a colleague would and trains there, twice; what was written lies in $work/COMMIT/out.
train() { # COMMIT OPTION …
  local tree=$work/$1 commit=$1
  shift
  rm -rf "$tree"
  git clone --quiet "$registry/code.git" "$tree"
  git -C "$tree" checkout --quiet --detach "$commit"
  cp -R "$registry/data" "$tree/data"
  for out in out again; do
    (cd "$tree" && "$python" train.py --config config.yaml --data data/transactions_v3.csv --out "$out" "$@") \
      2> "$work/output" || { cat "$work/output" >&2; die "training $commit failed"; }
  done
  diff -r "$tree/out" "$tree/again" || die "two runs of $commit wrote different bytes"
}

publish() { # VERSION COMMIT TIMESTAMP [--bare-checksum]
  local folder=$registry/models/fraud-detector/$1 version=$1 commit=$2 timestamp=$3
  shift 3
  train "$commit"
  mkdir -p "$folder"
  cp "$work/$commit"/out/{model.pkl,metrics.json,config.yaml,run.log} "$folder"
  cp "$work/$commit"/{requirements.txt,Dockerfile} "$folder"
  "$python" "$here/record.py" manifest "$registry" "$folder"
  "$python" "$here/record.py" version "$registry" "$folder" "fraud-detector-$version" "$timestamp" "$commit" "$@"
}

explore() { # RUN_ID COMMIT TIMESTAMP OPTION …
  local folder=$registry/runs/$1 run=$1 commit=$2 timestamp=$3
  shift 3
  train "$commit" "$@"
  mkdir -p "$folder/inputs"
  cp "$work/$commit"/out/{model.pkl,metrics.json,coefficients.json,config.yaml,run.log} "$folder"
  cp "$work/$commit"/{requirements.txt,Dockerfile} "$folder"
  "$python" "$here/record.py" manifest "$registry" "$folder/inputs"
  "$python" "$here/record.py" run "$registry" "$folder" "$run" "$timestamp" "$commit" "$@"
}

publish 1.2.0 "$first" 2025-06-10T10:12:00Z
publish 1.2.1 "$second" 2025-06-20T08:40:00Z --bare-checksum
explore weak-regularisation "$second" 2025-06-19T13:05:00Z --C 10.0
ln -s 1.2.0 "$registry/models/fraud-detector/prod"
ln -s 1.2.1 "$registry/models/fraud-detector/staging"

"$python" "$here/lifecycle.py" "$registry"
# Kept by the people who release, not by those who train.
(cd "$registry/models" && sha256sum fraud-detector/[0-9]*/model.pkl > SHA256SUMS)
cp "$here/MODEL_CARD.md" "$here/LICENSE" "$registry/models/fraud-detector"
cp "$here/repro-audit.yaml" "$here/run.schema.json" "$registry"
