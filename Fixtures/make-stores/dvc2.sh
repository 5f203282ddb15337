#!/bin/sh
# A repository as DVC 2 left it: no key `hash`, text hashed with the line ends of Unix, objects right in the cache.
# usage: dvc2.sh DIR (needs DVC 2 from PyPI; 2.58.2 made what is here)
set -eu
mkdir -p "$1"
cd "$1"
export DVC_NO_ANALYTICS=1
dvc init -q --no-scm
mkdir set
printf 'a,b\r\n1,2\r\n' >dos.csv
printf 'a,b\n3,4\n' >set/unix.csv
printf '\000\001\r\n\002' >set/binary.bin
dvc add -q dos.csv set
printf 'stages:\n  count:\n    cmd: wc -l <dos.csv >count.txt\n    deps: [dos.csv]\n    outs: [count.txt]\n' >dvc.yaml
dvc repro -q
rm -rf .dvc/tmp .dvc/cache/runs
