#!/bin/sh
# Measures what the C ABI adds to a call of libguestfs, both made in turns by one C program; what its start costs, and its size.
# Usage: tests/Bench/exports.sh. Builds into artifacts/bench/exports and writes artifacts/bench/exports.md.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/artifacts/bench/exports
mkdir -p "$out"

build() { # $1: project, $2: name, the rest: flags of the compiler
  project=$1 name=$2
  shift 2
  dotnet publish "$root/$project" -c Release -r linux-x64 -v quiet --nologo -o "$out/$name" -p:RunAnalyzers=false
  ln -sf libguestfs-facade.so "$out/$name/libguestfs-facade.so.1"
  gcc -O2 -Wall -Werror -I "$root/native/install/include" "$@" -o "$out/$name/exports" "$root/tests/Bench/c/exports.c" \
    "$out/$name/libguestfs-facade.so" "-Wl,-rpath,$out/$name" -lguestfs
}
build src/Facade/Exports product
build tests/ExportsTestSurface surface -DTEST_SURFACE -I "$root/tests/ExportsTestSurface/Generated"

# The median of 21 starts, the files being in memory.
start=$(for i in $(seq 21); do "$out/product/exports" start; done | sort -n | sed -n 11p)
strip -o "$out/stripped.so" "$out/product/libguestfs-facade.so"

{
  "$out/product/exports"
  "$out/surface/exports" | grep list
  echo
  echo "| what | |"
  echo "|---|--:|"
  echo "| first call to handle created, microseconds | $start |"
  echo "| the library, stripped, bytes | $(stat -c %s "$out/stripped.so") |"
} | tee "$root/artifacts/bench/exports.md"
