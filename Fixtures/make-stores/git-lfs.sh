#!/bin/sh
# A working tree of a repository with Git LFS, its large files fetched. Git wrote the index; objects lie where Git LFS
# puts them. `.git` and `.gitattributes` are kept as `dot-git` and `dot-gitattributes`: git would obey them here.
# usage: git-lfs.sh DIR (needs git and coreutils)
set -eu
mkdir -p "$1"
cd "$1"
git init -q
printf '*.bin filter=lfs diff=lfs merge=lfs -text\n' >.gitattributes
printf 'print("train")\n' >train.py
mkdir data
printf '\000weights of a model\n' >model.bin
printf 'rows, many of them\n' >data/train.bin
for file in model.bin data/train.bin; do
  oid=$(sha256sum <"$file" | cut -c1-64)
  object=.git/lfs/objects/$(echo "$oid" | cut -c1-2)/$(echo "$oid" | cut -c3-4)/$oid
  mkdir -p "$(dirname "$object")"
  cp "$file" "$object"
  printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n' "$oid" "$(wc -c <"$file")" >"$file"
done
git -c filter.lfs.clean= -c filter.lfs.smudge= -c filter.lfs.process= add .
for file in model.bin data/train.bin; do
  oid=$(sed -n 's/^oid sha256://p' "$file")
  cp ".git/lfs/objects/$(echo "$oid" | cut -c1-2)/$(echo "$oid" | cut -c3-4)/$oid" "$file"
done
mkdir dot-git
mv .git/index .git/lfs dot-git/
rm -rf .git
mv .gitattributes dot-gitattributes
