#!/bin/sh
# Measures transfers and listings with a running appliance, as C makes them and as the managed API does, in one run.
# Usage: tests/Bench/transfers.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/transfers.md.
set -eu
. "$(dirname "$0")/setup.sh"
exec dotnet "$out/jit/Guestfs.Bench.dll" transfers "$out/transfers.md" "${1:-5}"
