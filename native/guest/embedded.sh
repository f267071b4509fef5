#!/bin/sh
# Compiles what the appliance builder embeds, for each processor that there is a compiler for: embedded.sh DIRECTORY.
# This machine's is needed; the other's is taken if it is there (Debian: gcc-aarch64-linux-gnu, gcc-x86-64-linux-gnu).
# The same sources and compilers change no file.
set -eu
directory=$1
source=$(dirname "$0")
stamp=$directory/compilers
mkdir -p "$directory"

compiler() { # $1: processor
  if [ "$1" = "$(uname -m)" ]; then echo "${CC:-gcc}"; else command -v "$1-linux-gnu-gcc" || true; fi
}

compilers="x86_64 $(compiler x86_64) aarch64 $(compiler aarch64)"
if [ "$(cat "$stamp" 2>/dev/null)" = "$compilers" ] &&
  [ -z "$(find "$source"/* "$source/../bundle" "$source/../freestanding" -newer "$stamp" | head -n 1)" ]; then
  exit 0
fi
rm -f "$directory"/*
for cpu in x86_64 aarch64; do
  cc=$(compiler $cpu)
  [ -n "$cc" ] || continue
  CC=$cc sh "$source/appliance-init/build.sh" "$directory/appliance-init-stock.$cpu" stock
  CC=$cc sh "$source/appliance-init/build.sh" "$directory/appliance-init-fast.$cpu" fast
  CC=$cc sh "$source/lazy-library/build.sh" "$directory/lazy-library.$cpu"
  CC=$cc sh "$source/udevadm/build.sh" "$directory/udevadm.$cpu"
  [ $cpu != x86_64 ] || CC=$cc sh "$source/kernel-entry/build.sh" "$directory/kernel-entry.$cpu"
  CC=$cc sh "$source/../bundle/build.sh" "$directory" $cpu
done
echo "$compilers" >"$stamp"
