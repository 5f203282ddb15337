#!/bin/sh
# Makes the lock files of this folder that real tools write, each from the project file that lies beside it.
# Run it in this folder: `./make.sh`; needs Python 3.11, its venv module and the Python package index.
# What it cannot make (conda, pixi, renv and Julia need their own package servers) is written by hand after the
# formats' documentation, in the folders that it leaves alone:
# conda, conda-lock, explicit, mlflow, pixi-4, pixi-6, poetry-1.1, renv, julia.
set -eu
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# tool NAME REQUIREMENT…: a virtual environment with one tool.
tool() {
  name=$1
  shift
  python3 -m venv "$work/$name"
  "$work/$name/bin/pip" install --quiet --upgrade "$@"
}

# make FOLDER FILE COMMAND…: runs COMMAND in a copy of FOLDER and keeps FILE, which names no mirror.
make() {
  folder=$1 file=$2
  shift 2
  rm -rf "$work/project"
  cp -r "$here/$folder" "$work/project"
  rm -f "$work/project/$file"
  (cd "$work/project" && "$@")
  sed -e 's#https://[^"/ ]*/[^" ]*simple\(["/ ]\)#https://index.example.org/simple\1#g' \
    -e 's#https://files\.[^/]*/#https://files.example.org/#g' "$work/project/$file" >"$here/$folder/$file"
}

tool uv uv==0.13.9
make uv uv.lock "$work/uv/bin/uv" lock --quiet --no-config --exclude-newer 2026-06-01T00:00:00Z
make uv pylock.toml "$work/uv/bin/uv" export --quiet --no-config --format pylock.toml --output-file pylock.toml
make uv-script tool.py.lock "$work/uv/bin/uv" lock --quiet --script tool.py --exclude-newer 2026-06-01T00:00:00Z

tool poetry2 poetry==2.5.1
make poetry-2 poetry.lock "$work/poetry2/bin/poetry" lock --quiet --no-interaction
tool poetry18 poetry==1.8.5
make poetry-1.8 poetry.lock "$work/poetry18/bin/poetry" lock --quiet --no-interaction

tool pipenv pipenv==2026.10.3
WORKON_HOME=$work PIPENV_IGNORE_VIRTUALENVS=1 make pipenv Pipfile.lock "$work/pipenv/bin/pipenv" lock --quiet

tool pdm pdm==2.24.2 'hishel<0.1' 'httpx<0.28' 'unearth<0.18'
make pdm pdm.lock "$work/pdm/bin/pdm" lock --quiet

tool pip 'pip>=26'
make pip pylock.toml "$work/pip/bin/pip" lock --quiet --output pylock.toml --requirement requirements.txt
