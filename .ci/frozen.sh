#!/usr/bin/env bash
# Guards the numbers that must not move: hash tables, vectors, digests, recordings, lessons, figures of oracles.
#
#   .ci/frozen.sh            checks every file of fixtures/ against fixtures/frozen.sha256
#   .ci/frozen.sh --freeze   writes that list anew
#
# Pictures, scripts, texts and the fuzzers' corpus are free. Everything else below fixtures/ is on the list, the day it
# is committed. A commit that changes or drops a line of the list touches nothing outside fixtures/, and its message's
# body says why; lines are added with whatever needs them.
set -euo pipefail
cd "$(dirname "$0")/.."
list=fixtures/frozen.sha256

fail() {
  printf 'frozen fixtures: %s\n' "$1" >&2
  exit 1
}

# What git tracks or would track. A tree without git is taken as it lies.
files() {
  { git ls-files --cached --others --exclude-standard fixtures 2>/dev/null || find fixtures -type f; } |
    grep -Ev '\.(png|md|py)$|/\.gitignore$|^fixtures/fuzz/|^fixtures/frozen\.sha256$' | LC_ALL=C sort -u
}

if [ "${1:-}" = --freeze ]; then
  files | while read -r file; do [ ! -f "$file" ] || sha256sum "$file"; done >"$list.tmp"
  mv "$list.tmp" "$list"
  exit
fi

sha256sum --check --quiet --strict "$list" ||
  fail 'a file is not what was frozen. Undo the change; or, if it is meant, see the head of .ci/frozen.sh'
# Columns of sha256sum: 64 digits, two spaces, the name.
unlisted=$(comm -13 <(cut -c67- "$list" | LC_ALL=C sort) <(files))
[ -z "$unlisted" ] || fail "not on the list, which '.ci/frozen.sh --freeze' extends: $unlisted"

[ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = false ] || {
  echo 'skipped: there is no history in which to look who changed the list'
  exit
}
git log --no-merges --diff-filter=M --format=%H -- "$list" | while read -r commit; do
  lost=$(git show --numstat --format= "$commit" -- "$list" | cut -f2)
  [ "$lost" != 0 ] || continue
  elsewhere=$(git show --name-only --format= "$commit" -- . ':!fixtures')
  [ -z "$elsewhere" ] || fail "commit $commit changes frozen lines and, beside fixtures/: $elsewhere"
  [ -n "$(git show --no-patch --format=%b "$commit")" ] || fail "commit $commit changes frozen lines and says no reason"
done
printf '%s files are as they were frozen\n' "$(wc -l <"$list")"
