#!/usr/bin/env bash
# Makes the page: a folder that any static server serves, also from within another folder.
#
#   frontends/web/build.sh [FOLDER]        target/page if left out
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
out=${1:-$root/target/page}
products=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$out" "$products"
# Both may be said from where the caller stands.
out=$(cd "$out" && pwd)
products=$(cd "$products" && pwd)
cd "$here"
# shellcheck source=../../.ci/targets.sh
. "$root/.ci/targets.sh"

module() { # the file's name, cargo's profile, flags of the compiler
  RUSTFLAGS=$3 cargo_for wasm32-unknown-unknown build --profile "$2" --quiet --target-dir "$products/$1"
  gzip -9 --no-name --stdout "$products/$1/wasm32-unknown-unknown/$2/gan_lab_web.wasm" >"$out/$1.bin"
}
# Packed, but not by name: servers add headers to names of packed files, each its own.
# Side by side: each spends most of its time in one piece, on one core.
module gan-lab page-compact '' &
compact=$!
module gan-lab-simd128 page '-Ctarget-feature=+simd128'
wait "$compact"

cp page/* "$out"
build=gan-lab-$(cat "$out"/*.bin page/* | sha256sum | cut -c1-16)
sed "s/gan-lab-development/$build/" page/service-worker.js >"$out/service-worker.js"

# What one browser loads.
scripts=$(cat page/* | gzip -9 | wc -c)
for name in gan-lab gan-lab-simd128; do
  size=$(wc -c <"$out/$name.bin")
  printf '%s: %d KB packed, and %d KB of page\n' "$name" $((size / 1000)) $((scripts / 1000))
done
