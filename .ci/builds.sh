#!/usr/bin/env bash
# Trains the same runs with every kind of build of gan-core; their hashes must be one.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=target/builds
# Profile, compiler flags, name. `plain` is not optimised at all.
builds='plain||unoptimised
dev||debug
release||release
release|-C target-cpu=x86-64-v3|x86-64-v3
release|-C target-cpu=native|native'

mkdir -p "$folder"
declare -A training
while IFS='|' read -r profile flags name; do
  RUSTFLAGS=$flags cargo build --quiet --package gan-core --example hash --profile "$profile" --target-dir "$folder"
  program=$folder/$profile/examples/hash
  [ "$profile" = dev ] && program=$folder/debug/examples/hash
  cp "$program" "$folder/hash-$name"
  # It trains while the next one is built.
  "$folder/hash-$name" >"$folder/hash-$name.txt" &
  training[$name]=$!
done <<<"$builds"

reference=
while IFS='|' read -r _ _ name; do
  wait "${training[$name]}"
  cat "$folder/hash-$name.txt"
  # What a level is called differs from build to build; what it comes to does not.
  hashes=$(sed 's/.*: //' "$folder/hash-$name.txt" | sort -u | tr '\n' ' ')
  echo "$name: $hashes"
  reference=${reference:-$hashes}
  [ "$hashes" = "$reference" ] || { echo "the hashes of '$name' differ"; exit 1; }
  [ "$(wc -w <<<"$hashes")" = 2 ] || { echo "the levels of '$name' differ"; exit 1; }
done <<<"$builds"
rm -rf "$folder"
