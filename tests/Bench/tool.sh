#!/bin/sh
# Measures gfs beside virt-cat, virt-ls, virt-df, virt-inspector and virt-filesystems, from start to end, in one run.
# Usage: tests/Bench/tool.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/tool.md.
set -eu
. "$(dirname "$0")/setup.sh"
build publish "$root/src/Cli" -r linux-x64 -o "$out/gfs-aot"
exec dotnet "$out/jit/Guestfs.Bench.dll" tool "$out/tool.md" "${1:-5}" "$("$out/gfs-aot/gfs" appliance build)" "$out/gfs-aot/gfs"
