#!/bin/sh
# Measures launches of the distribution's appliance as supermin builds it, and of the builder's two profiles, in one run.
# Usage: tests/Bench/launch.sh [rounds]. Builds into artifacts/bench and writes artifacts/bench/launch.md and launch.svg.
#        tests/Bench/launch.sh confinement [rounds]. What confining qemu costs the fast one; writes artifacts/bench/confinement.md.
#        tests/Bench/launch.sh resumed [rounds [disks]]. The same, and the fast one resumed; writes artifacts/bench/resumed.md.
#        tests/Bench/launch.sh inspected [rounds]. guestfs_inspect_os after each of these launches; writes artifacts/bench/inspected.md.
set -eu
. "$(dirname "$0")/setup.sh"
what=profiles
case ${1:-} in confinement | resumed | inspected) what=$1; shift ;; esac
rounds=${1:-7}
disks=${2:-1}

skeleton=
for directory in /usr/lib/*/guestfs/supermin.d /usr/lib64/guestfs/supermin.d /usr/lib/guestfs/supermin.d; do
  [ ! -d "$directory" ] || skeleton=$directory
done
[ -n "$skeleton" ] || { echo "No supermin.d of a libguestfs package is on this machine." >&2; exit 1; }
command -v supermin > /dev/null || { echo "supermin is not installed." >&2; exit 1; }

build build "$root/src/Cli" -o "$out/gfs-jit"

if [ $what = confinement ]; then
  exec dotnet "$out/jit/Guestfs.Bench.dll" confinement "$out/confinement.md" "$rounds" "$(dotnet "$out/gfs-jit/gfs.dll" appliance build)"
fi

work=$(mktemp -d "${TMPDIR:-/var/tmp}/guestfs-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
supermin --build --copy-kernel -f ext2 --host-cpu "$(uname -m)" -o "$work/supermin" "$skeleton"
touch "$work/supermin/README.fixed"
dotnet "$out/gfs-jit/gfs.dll" appliance build -o "$work/stock" --profile stock --skeleton "$skeleton"
dotnet "$out/gfs-jit/gfs.dll" appliance build -o "$work/fast" --profile fast --skeleton "$skeleton"
set -- "supermin" "$work/supermin" "builder: stock" "$work/stock" "builder: fast" "$work/fast"
case $what in
  resumed) dotnet "$out/jit/Guestfs.Bench.dll" resumed "$out/resumed.md" "$rounds" "$disks" "$@" ;;
  inspected) dotnet "$out/jit/Guestfs.Bench.dll" upstream-inspection "$out/inspected.md" "$rounds" "$@" ;;
  *) dotnet "$out/jit/Guestfs.Bench.dll" launches "$out/launch.md" "$rounds" "$@" ;;
esac
