#!/bin/sh
# Measures looking for the system on a disk: Inspect, guestfs_inspect_os and virt-inspector, from launch to end, in one run.
# Usage: tests/Bench/inspect.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/inspect.md. LIBGUESTFS_PATH chooses
# the appliance, for all of them.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/artifacts/bench
mkdir -p "$out"

# As the tests do: no libvirt, and emulation, because a /dev/kvm that exists may still not work.
export LIBGUESTFS_BACKEND="${LIBGUESTFS_BACKEND:-direct}"
export LIBGUESTFS_BACKEND_SETTINGS="${LIBGUESTFS_BACKEND_SETTINGS:-force_tcg}"

dotnet build "$root/tests/Bench" -c Release -v quiet --nologo -o "$out/jit" > "$out/build.log" || { cat "$out/build.log"; exit 1; }
exec dotnet "$out/jit/Guestfs.Bench.dll" inspect "$out/inspect.md" "${1:-3}"
