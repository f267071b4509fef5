#!/bin/sh
# Measures looking for the system on a disk: Inspect, guestfs_inspect_os and virt-inspector, from launch to end, in one run; and one file,
# all names and the space of a guest, beside virt-cat, virt-ls -lR and virt-df.
# Usage: tests/Bench/inspect.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/inspect.md. The appliance is the builder's
# fast one, booted and resumed, for virt-inspector the distribution's, too.
set -eu
. "$(dirname "$0")/setup.sh"
build publish "$root/tests/Bench" -r linux-x64 -o "$out/aot"
build build "$root/src/Cli" -o "$out/gfs"
appliance=$(dotnet "$out/gfs/gfs.dll" appliance build)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/guestfs-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
dotnet "$out/gfs/gfs.dll" appliance build -o "$work/resumable" --with-state
dotnet "$out/jit/Guestfs.Bench.dll" inspect "$out/inspect.md" "${1:-5}" "$appliance" "$work/resumable" "$out/aot/Guestfs.Bench"
