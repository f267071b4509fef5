#!/bin/sh
# Compiles the code that lazily loaded libraries have in common: build.sh OUTPUT. The same compiler makes the same bytes.
# CC chooses the compiler: with one for another processor this makes that processor's code.
set -eu
output=$1
source=$(dirname "$0")
cc=${CC:-gcc}
if ! command -v "$cc" >/dev/null; then
  # MSBuild takes a line of this form for an error of the build.
  echo "lazy-library : error : The C compiler '$cc' is not installed. Install gcc (Debian: apt-get install gcc), or set CC."
  exit 1
fi
case $("$cc" -dumpmachine) in
  # Otherwise the code would have to lie at the same place in a page as it was linked for.
  aarch64*) processor='-mcmodel=tiny -mno-outline-atomics' ;;
  *) processor=-fcf-protection=none ;;
esac
trap 'rm -f "$output.new"' EXIT
"$cc" -std=c11 -Os -Wall -Wextra -Wpedantic -Werror \
  -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident \
  -fPIC -fvisibility=hidden $processor \
  -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -s -Wl,-n -Wl,-T,"$source/code.ld" -Wl,-e,lazy_entry \
  -o "$output.new" "$source/entry.S" "$source/resolve.c"
mv "$output.new" "$output"
trap - EXIT
