#!/bin/sh
# Measures how long gfs takes to start, beside a program in C and those of libguestfs: "--version" of each, in one run.
# Usage: tests/Bench/start.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/start.md.
set -eu
. "$(dirname "$0")/setup.sh"
build publish "$root/src/Cli" -r linux-x64 -o "$out/gfs-aot"
"${CC:-gcc}" -O2 -o "$out/start" "$root/tests/Bench/c/start.c"
exec dotnet "$out/jit/Guestfs.Bench.dll" start "$out/start.md" "${1:-200}" "$out/start" "$out/gfs-aot/gfs"
