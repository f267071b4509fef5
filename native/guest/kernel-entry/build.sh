#!/bin/sh
# Assembles what runs before the kernel of the fast appliance, into bytes for any page: build.sh OUTPUT.
# CC chooses the compiler, which must be one for x86.
set -eu
output=$1
source=$(dirname "$0")
trap 'rm -f "$output.new"' EXIT
"${CC:-gcc}" -nostdlib -static -no-pie -Wa,--fatal-warnings -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-Ttext=0 -Wl,--oformat=binary \
  -o "$output.new" "$source/entry.S"
mv "$output.new" "$output"
trap - EXIT
