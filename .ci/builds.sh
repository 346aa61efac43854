#!/usr/bin/env bash
# Trains the same runs with every kind of build; their hashes must be one.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=('--preset ring --seed 7 --epochs 2000' '--preset disjoint --seed 3 --epochs 300')
reference=
# Profile, compiler flags, name. `plain` is not optimised at all.
while IFS='|' read -r profile flags name; do
  # Builds without flags are shared with the other steps; other flags would make those build anew.
  folder=target
  [ -z "$flags" ] || folder=target/builds/$name
  RUSTFLAGS=$flags cargo build --quiet --package gan-lab --profile "$profile" --target-dir "$folder"
  program=$folder/$profile/gan-lab
  [ "$profile" = dev ] && program=$folder/debug/gan-lab
  hashes=
  for run in "${runs[@]}"; do
    # shellcheck disable=SC2086 # a list of arguments
    hashes+=$("$program" train $run --json | sed 's/.*"hash":"\([0-9a-f]*\)".*/\1 /')
  done
  echo "$name: $hashes"
  reference=${reference:-$hashes}
  [ "$hashes" = "$reference" ] || { echo "the hashes of '$name' differ"; exit 1; }
  [ "$folder" = target ] || rm -rf "$folder"
done <<'BUILDS'
plain||unoptimised
dev||debug
release||release
release|-C target-cpu=x86-64-v3|x86-64-v3
release|-C target-cpu=native|native
BUILDS
