#!/bin/sh
# Measures what a call costs in C, the raw layer, the managed API, Python and Go, side by side in one run.
# Usage: tests/Bench/run.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/report.md.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/Bench
out=$root/artifacts/bench
rounds=${1:-40}
mkdir -p "$out"

gcc -O2 -pthread -o "$out/bench-c" "$here/c/bench.c" -lguestfs
dotnet build "$here" -c Release -v quiet --nologo -o "$out/jit" > "$out/build.log" || { cat "$out/build.log"; exit 1; }
dotnet publish "$here" -c Release -v quiet --nologo -r linux-x64 -o "$out/aot"

jit="dotnet $out/jit/Guestfs.Bench.dll"
aot=$out/aot/Guestfs.Bench
set -- C "$out/bench-c" "C, 2 threads" "$out/bench-c threads" \
  "raw JIT" "$jit serve raw" "raw AOT" "$aot serve raw" \
  "C# JIT" "$jit serve managed" "C# AOT" "$aot serve managed"

if /usr/bin/python3 -c 'import guestfs' 2> /dev/null; then
  set -- "$@" Python "/usr/bin/python3 $here/python/bench.py"
else
  echo "Python is left out: python3-guestfs is not installed."
fi
if command -v go > /dev/null && [ -d /usr/share/gocode/src/libguestfs.org/guestfs ]; then
  (cd "$here/go" && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$out/go-cache" go build -o "$out/bench-go" bench.go)
  set -- "$@" Go "$out/bench-go"
else
  echo "Go is left out: golang-go and golang-guestfs-dev are not installed."
fi

exec $jit drive "$out/report.md" "$rounds" "$@"
