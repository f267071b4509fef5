#!/bin/sh
# Compiles the udevadm of the fast appliance: build.sh OUTPUT. The same compiler makes the same bytes.
# CC chooses the compiler: with one for another processor this makes that processor's program.
set -eu
output=$1
source=$(dirname "$0")
trap 'rm -f "$output.new"' EXIT
"${CC:-gcc}" -std=c11 -Os -Wall -Wextra -Wpedantic -Werror \
  -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident -fno-pie \
  -ffunction-sections -nostdlib -static -no-pie -s -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,noseparate-code \
  -o "$output.new" "$source/udevadm.c" "$source/../appliance-init/text.c"
mv "$output.new" "$output"
trap - EXIT
