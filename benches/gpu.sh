#!/usr/bin/env bash
# Everything that wants a graphics card, in one go: that its bits are the reference's, again and again and at
# several workgroup sizes; then how fast it is, beside the processor and beside JAX; the table goes into
# RESULTS.md, the plot into populations.svg. Needs a Vulkan driver; for the peer, a Python with JAX for the card in $PYTHON (python3).
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true
rounds=${ROUNDS:-5} python=${PYTHON:-python3} out=$(mktemp -d)
trap 'rm -r "$out"' EXIT

cargo build --release --package gan-lab
gan_lab=target/release/gan-lab
"$gan_lab" devices
machine=$("$gan_lab" devices --json | "$python" -c '
import json, sys
device = json.load(sys.stdin)["vulkan"][0]
print(device["name"] + ", " + device["driver"])')

cargo test --release --package gan-vulkan
for round in $(seq "$rounds"); do
  echo "conformance, round $round of $rounds"
  cargo test --release --package gan-lab-tests --test conformance -- vulkan
done

"$gan_lab" bench --backends cpu,vulkan
"$gan_lab" bench --backends cpu,vulkan --json >"$out/bench.json"
"$python" benches/plot_populations.py "$out/bench.json" benches/populations.svg
if "$python" -c 'import jax' 2>/dev/null; then
  "$python" benches/peers/jax_vmap.py "$gan_lab" --bench "$out/bench.json" --machine "$machine" \
    --results benches/RESULTS.md
else
  echo "skipped: $python has no JAX, so the peer is not measured and RESULTS.md stays as it is" >&2
  cat "$out/bench.json"
fi
