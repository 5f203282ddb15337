#!/bin/sh
# A DVC 3 repository with a tracked file, a tracked folder, a pipeline of two stages, its cache and a local remote.
# usage: dvc.sh DIR (needs DVC 3 from PyPI; 3.67.1 made what is here)
set -eu
out=$1
mkdir -p "$out/repo" "$out/remote"
cd "$out/repo"
export DVC_NO_ANALYTICS=1
dvc init -q --no-scm
dvc config core.autostage false
dvc remote add -d local ../remote
mkdir -p data/raw/2024 src
printf 'id,amount\n1,10\n2,20\n3,30\n4,40\n' >data/raw/2024/part-1.csv
printf 'id,amount\n5,50\n' >"data/raw/part é—😀.csv"
printf 'rate\n1.5\n' >data/rates.csv
printf 'seed: 42\nsplit: 0.5\ntrain:\n  C: 0.5\n' >params.yaml
printf 'numpy==1.26.4\n' >requirements.txt
printf '3.11.7\n' >.python-version
printf 'tail -q -n +2 data/raw/2024/*.csv >data/train.csv\n' >src/prepare.sh
printf 'wc -l <data/train.csv >model.pkl\necho "{\\"auc\\": 0.91}" >metrics.json\n' >src/train.sh
dvc add -q data/raw data/rates.csv
cat >dvc.yaml <<'YAML'
stages:
  prepare:
    cmd: sh src/prepare.sh
    deps: [data/raw, src/prepare.sh]
    params: [seed, split]
    outs: [data/train.csv]
  train:
    cmd: sh src/train.sh
    deps: [data/train.csv, data/rates.csv, src/train.sh]
    params: [seed, train]
    outs: [model.pkl]
    metrics:
    - metrics.json: {cache: false}
YAML
dvc repro -q
dvc push -q
rm -rf .dvc/tmp .dvc/cache/runs
