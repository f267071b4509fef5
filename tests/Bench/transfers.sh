#!/bin/sh
# Measures transfers and listings with a running appliance, as C makes them and as the managed API does, in one run.
# Usage: tests/Bench/transfers.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/transfers.md.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/artifacts/bench
mkdir -p "$out"

# As the tests do: no libvirt, and emulation, because a /dev/kvm that exists may still not work.
export LIBGUESTFS_BACKEND="${LIBGUESTFS_BACKEND:-direct}"
export LIBGUESTFS_BACKEND_SETTINGS="${LIBGUESTFS_BACKEND_SETTINGS:-force_tcg}"

dotnet build "$root/tests/Bench" -c Release -v quiet --nologo -o "$out/jit" > "$out/build.log" || { cat "$out/build.log"; exit 1; }
exec dotnet "$out/jit/Guestfs.Bench.dll" transfers "$out/transfers.md" "${1:-5}"
