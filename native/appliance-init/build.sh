#!/bin/sh
# Compiles the init of the appliance's initrd: build.sh OUTPUT. The same compiler makes the same bytes.
# CC chooses the compiler: with one for another processor this makes that processor's init.
set -eu
output=$1
source=$(dirname "$0")
cc=${CC:-gcc}
if ! command -v "$cc" >/dev/null; then
  # MSBuild takes a line of this form for an error of the build.
  echo "appliance-init : error : The C compiler '$cc' is not installed. Install gcc (Debian: apt-get install gcc), or set CC."
  exit 1
fi
trap 'rm -f "$output.new"' EXIT
"$cc" -std=c11 -Os -Wall -Wextra -Wpedantic -Werror \
  -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident -fno-pie \
  -nostdlib -static -no-pie -s -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,noseparate-code \
  -o "$output.new" "$source/init.c" "$source/root.c" "$source/text.c"
mv "$output.new" "$output"
trap - EXIT
