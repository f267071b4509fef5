# What measurements with a running appliance begin with; sourced by their scripts.
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/artifacts/bench
mkdir -p "$out"

# As the tests do: no libvirt, and emulation, because a /dev/kvm that exists may still not work.
export LIBGUESTFS_BACKEND="${LIBGUESTFS_BACKEND:-direct}"
export LIBGUESTFS_BACKEND_SETTINGS="${LIBGUESTFS_BACKEND_SETTINGS:-force_tcg}"

build() {
  dotnet "$@" -c Release -v quiet --nologo > "$out/build.log" || { cat "$out/build.log"; exit 1; }
}
build build "$root/tests/Bench" -o "$out/jit"
