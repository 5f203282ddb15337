#!/usr/bin/env bash
# Builds the flawed registry: a copy of fraud-registry in which every line of faults.sh plants one fault.
#
# usage: make.sh [--without N] DIR    builds into DIR, which must not exist; fault N is left out, as if it were mended
#        make.sh --list               prints every finding there must be: fault number, rule, subject, tabs between
#
# Needs bash, sed and coreutils. Each fault gets a run, version, model, dataset or alias of its own, which is made
# healthy first: what is left without the fault passes every rule.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mode=build without=0 number=0
die() { echo "make.sh: $*" >&2; exit 1; }

# A file's text to a variable, without a process: the script runs once for each fault in tests.
read_text() { # FILE VARIABLE
  IFS= read -r -d '' "$2" < "$1" || true
}

case ${1-} in
  --list) mode=list; shift ;;
  --without)
    [[ ${2-} =~ ^[1-9][0-9]*$ ]] || die "--without needs a fault's number, as --list prints it"
    without=$2
    shift 2
    ;;
esac

# fault FINDINGS KIND NAME FLAW… makes the healthy KIND called NAME, then runs the command FLAW in its folder.
# FINDINGS are `rule subject`, with commas between.
fault() {
  local findings=$1, kind=$2 name=$3 at=
  shift 3
  number=$((number + 1))
  if [[ $mode == list ]]; then
    while [[ $findings == *,* ]]; do
      read -r rule subject <<< "${findings%%,*}"
      printf '%d\t%s\t%s\n' "$number" "$rule" "$subject"
      findings=${findings#*,}
    done
    return
  fi
  "healthy_$kind" "$name"
  if [[ $number != "$without" ]]; then
    cd "$at"
    "$@"
  fi
}

source "$here/healthy.sh"
source "$here/flaws.sh"

if [[ $mode == build ]]; then
  [[ $# -eq 1 ]] || die "usage: make.sh [--without N] DIR, or make.sh --list"
  [[ ! -e $1 ]] || die "$1 exists already; remove it first"
  mkdir -p "$(dirname "$1")"
  cp -RP "$here/../fraud-registry" "$1"
  registry=$(cd "$1" && pwd)
fi

source "$here/faults.sh"

[[ $without -le $number ]] || die "there is no fault $without; the last is $number"
