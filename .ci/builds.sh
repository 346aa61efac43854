#!/usr/bin/env bash
# Trains the same runs with every kind of build of gan-core; their hashes must be one.
set -euo pipefail
cd "$(dirname "$0")/.."

reference=
# Profile, compiler flags, name. `plain` is not optimised at all.
while IFS='|' read -r profile flags name; do
  folder=target/builds
  RUSTFLAGS=$flags cargo build --quiet --package gan-core --example hash --profile "$profile" --target-dir "$folder"
  program=$folder/$profile/examples/hash
  [ "$profile" = dev ] && program=$folder/debug/examples/hash
  # What a level is called differs from build to build; what it comes to does not.
  hashes=$("$program" | tee /dev/stderr | sed 's/.*: //' | sort -u | tr '\n' ' ')
  echo "$name: $hashes"
  reference=${reference:-$hashes}
  [ "$hashes" = "$reference" ] || { echo "the hashes of '$name' differ"; exit 1; }
  [ "$(wc -w <<<"$hashes")" = 2 ] || { echo "the levels of '$name' differ"; exit 1; }
done <<'BUILDS'
plain||unoptimised
dev||debug
release||release
release|-C target-cpu=x86-64-v3|x86-64-v3
release|-C target-cpu=native|native
BUILDS
rm -rf target/builds
