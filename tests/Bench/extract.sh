#!/bin/sh
# Measures bringing a tree of many small files to the host: Extract, TarOut, and guestfish's tar-out and copy-out, from launch to end, in
# one run.
# Usage: tests/Bench/extract.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/extract.md. The appliance is the builder's
# fast one.
set -eu
. "$(dirname "$0")/setup.sh"
build publish "$root/tests/Bench" -r linux-x64 -o "$out/aot"
build build "$root/src/Cli" -o "$out/gfs"
appliance=$(dotnet "$out/gfs/gfs.dll" appliance build)
exec dotnet "$out/jit/Guestfs.Bench.dll" extract "$out/extract.md" "${1:-5}" "$appliance" "$out/aot/Guestfs.Bench"
