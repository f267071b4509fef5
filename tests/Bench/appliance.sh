#!/bin/bash
# Builds the appliance of the distribution's skeleton with supermin and with gfs in its place, side by side in one run.
# Usage: tests/Bench/appliance.sh [rounds]. Publishes gfs into artifacts/bench/gfs and writes artifacts/bench/appliance.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$root/artifacts/bench
rounds=${1:-5}
mkdir -p "$out"

skeleton=
for directory in /usr/lib/*/guestfs/supermin.d /usr/lib64/guestfs/supermin.d /usr/lib/guestfs/supermin.d; do
  [ ! -d "$directory" ] || skeleton=$directory
done
[ -n "$skeleton" ] || { echo "No supermin.d of a libguestfs package is on this machine." >&2; exit 1; }
for program in supermin /usr/bin/time; do
  command -v "$program" > /dev/null || { echo "$program is not installed." >&2; exit 1; }
done
dotnet publish "$root/src/Cli" -c Release -v quiet --nologo -r linux-x64 -o "$out/gfs"

work=$(mktemp -d "${TMPDIR:-/var/tmp}/guestfs-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Wall clock in milliseconds and peak memory in KiB of one run. What earlier runs left to write is written first.
measure() { # $1: file for the figures, $2...: command
  local figures=$1; shift
  sync
  /usr/bin/time -f '%e %M' -o "$work/time" "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  awk '{ printf "%d %d\n", $1 * 1000, $2 }' "$work/time" >> "$figures"
}
median() { sort -n -k"$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }

build=(--build -f ext2 --copy-kernel --host-cpu "$(uname -m)")
for round in $(seq "$rounds"); do
  rm -rf "$work/theirs" "$work/ours" "$work/cold" "$work/cache" "$work/complete-cache" "$work/fast-cache"
  measure "$work/supermin" supermin "${build[@]}" -o "$work/theirs" "$skeleton"
  measure "$work/drop-in" "$out/gfs/gfs" supermin "${build[@]}" -o "$work/ours" "$skeleton"
  measure "$work/appliance" "$out/gfs/gfs" appliance build -o "$work/cold" --profile stock --like-supermin --skeleton "$skeleton"
  measure "$work/cached" "$out/gfs/gfs" appliance build --cache "$work/cache" --profile stock --like-supermin --skeleton "$skeleton"
  measure "$work/complete" "$out/gfs/gfs" appliance build --cache "$work/complete-cache" --profile stock --skeleton "$skeleton"
  measure "$work/fast" "$out/gfs/gfs" appliance build --cache "$work/fast-cache" --like-supermin --skeleton "$skeleton"
  measure "$work/theirs-fresh" supermin "${build[@]}" --if-newer -o "$work/theirs" "$skeleton"
  measure "$work/ours-fresh" "$out/gfs/gfs" supermin "${build[@]}" --if-newer -o "$work/ours" "$skeleton"
  measure "$work/cached-fresh" "$out/gfs/gfs" appliance build --cache "$work/cache" --profile stock --like-supermin --skeleton "$skeleton"
done

supermin_ms=$(median "$work/supermin" 1)
row() { # $1: label, $2: figures
  local ms kib
  ms=$(median "$2" 1); kib=$(median "$2" 2)
  awk -v l="$1" -v ms="$ms" -v kib="$kib" -v s="$supermin_ms" \
    'BEGIN { printf "| %s | %d | %s | %d |\n", l, ms, (ms > 0 ? sprintf("%.1f", s / ms) : "-"), kib / 1024 }'
}
{
  echo "# Building the appliance"
  echo
  echo "$(uname -m), $(nproc) CPUs, load $(cut -d' ' -f1 /proc/loadavg); median of $rounds interleaved runs, page cache warm."
  echo
  echo "| what | ms | times as fast as supermin's build | peak MiB |"
  echo "|---|--:|--:|--:|"
  row "supermin --build" "$work/supermin"
  row "gfs supermin --build" "$work/drop-in"
  row "gfs appliance build, same packages, into an empty cache: with digests and manifest" "$work/cached"
  row "gfs appliance build, same packages, into a directory: and on the disk (fsync)" "$work/appliance"
  row "gfs appliance build, same packages, the fast profile" "$work/fast"
  row "gfs appliance build, complete dependencies, into an empty cache" "$work/complete"
  row "supermin --if-newer, nothing to do" "$work/theirs-fresh"
  row "gfs supermin --if-newer, nothing to do" "$work/ours-fresh"
  row "gfs appliance build, cached" "$work/cached-fresh"
} | tee "$out/appliance.md"
