#!/bin/sh
# Compiles an init of the appliance's initrd: build.sh OUTPUT [stock|fast]. The same compiler makes the same bytes.
# CC chooses the compiler: with one for another processor this makes that processor's init.
set -eu
output=$1
source=$(dirname "$0")
case ${2:-stock} in
  stock) own=$source/init.c ;;
  fast) own=$(ls "$source"/fast/*.c) ;;
  *) echo "appliance-init : error : There is no init '$2': it is stock or fast."; exit 1 ;;
esac
cc=${CC:-gcc}
if ! command -v "$cc" >/dev/null; then
  # MSBuild takes a line of this form for an error of the build.
  echo "appliance-init : error : The C compiler '$cc' is not installed. Install gcc (Debian: apt-get install gcc), or set CC."
  exit 1
fi
trap 'rm -f "$output.new"' EXIT
# shellcheck disable=SC2086 # $own is a list.
"$cc" -std=c11 -Os -Wall -Wextra -Wpedantic -Werror \
  -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident -fno-pie \
  -nostdlib -static -no-pie -s -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,noseparate-code \
  -o "$output.new" $own "$source/boot.c" "$source/file.c" "$source/root.c" "$source/text.c"
mv "$output.new" "$output"
trap - EXIT
