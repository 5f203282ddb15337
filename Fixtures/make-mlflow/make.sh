#!/usr/bin/env bash
# Makes Fixtures/mlflow-file and Fixtures/mlflow-sqlite with MLflow itself, version 2 and version 3.
#
# usage: make.sh FIXTURES        FIXTURES/mlflow-file and FIXTURES/mlflow-sqlite must not exist
#
# Needs Python 3.11, PyPI and sqlite3, and makes /srv/ml on the way: stores name the place where they were written, and
# that one names nobody's machine. Ids of runs are drawn anew each time.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
die() { echo "make.sh: $*" >&2; exit 1; }
[[ $# -eq 1 ]] || die "usage: make.sh FIXTURES"
fixtures=$(cd "$1" && pwd)
for name in mlflow-file mlflow-sqlite; do [[ ! -e $fixtures/$name ]] || die "$fixtures/$name exists already"; done
home=/srv/ml
[[ ! -e $home ]] || die "$home exists already; remove it first"
work=$(mktemp -d)
trap 'rm -rf "$work" "$home"' EXIT
export LOGNAME=ada USER=ada MLFLOW_ALLOW_FILE_STORE=true GIT_PYTHON_REFRESH=quiet PYTHONDONTWRITEBYTECODE=1 TZ=UTC
umask 022

# Outside of any repository: MLflow notes the repository that its script lies in.
mkdir -p "$home"
cp "$here/make.py" "$home/train.py"

for version in 2.22.5 3.17.2; do
  venv=$work/venv-$version
  "${PYTHON:-python3.11}" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "mlflow-skinny==$version" 'sqlalchemy<2.1' alembic \
    'pandas<3' 'scikit-learn==1.7.2' 'numpy==2.3.4'
  for kind in file sqlite; do
    store=$home/mlflow-$kind/mlflow-${version%%.*}
    mkdir -p "$store"
    case $kind in
      file) "$venv/bin/python" "$home/train.py" "$store/mlruns" "" "$store" ;;
      sqlite)
        "$venv/bin/python" "$home/train.py" "sqlite:///$store/mlflow.db" "file://$store/mlartifacts" "$store"
        # Most of MLflow's tables are empty: small pages make a small file.
        sqlite3 "$store/mlflow.db" 'PRAGMA page_size = 1024; VACUUM'
        ;;
    esac
  done
done
cp -R "$home"/mlflow-file "$home"/mlflow-sqlite "$fixtures"
