#!/bin/sh
# Compiles what a bundle has besides other people's files: build.sh DIRECTORY CPU makes bundle-start.CPU, a program, and bundle-run.CPU, a
# library. The same compiler makes the same bytes. CC chooses the compiler: with one for another processor this makes that processor's.
set -eu
directory=$1
cpu=$2
source=$(dirname "$0")
trap 'rm -f "$directory/new"' EXIT
common="-std=c11 -Os -Wall -Wextra -Wpedantic -Werror -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns
  -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident -nostdlib -s -Wl,--build-id=none -Wl,-z,noexecstack"
"${CC:-gcc}" $common -fno-pie -static -no-pie -Wl,-z,noseparate-code -o "$directory/new" "$source/start.c"
mv "$directory/new" "$directory/bundle-start.$cpu"
"${CC:-gcc}" $common -fPIC -shared -Wl,-soname,gfsxvp -o "$directory/new" "$source/run.c"
mv "$directory/new" "$directory/bundle-run.$cpu"
