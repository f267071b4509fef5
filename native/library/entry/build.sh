#!/bin/sh
# Compiles the way into the library: build.sh EXPORTS VERSION OUTPUT. EXPORTS is the linker's version script that the
# C# compiler wrote, with a symbol managed_gfs_x for each function; OUTPUT.o is what has to be linked to that code, with
# native/abi/symbols.map in place of that script. CC chooses the compiler.
set -eu
exports=$1 version=$2 output=$3
source=$(dirname "$0")
# A compiler may have options.
cc=${CC:-gcc}
work=$output.new
rm -rf "$work"
mkdir "$work"
trap 'rm -rf "$work"' EXIT
sed -n 's/^ *managed_\(gfs_[A-Za-z0-9_]*\);$/entry \1/p' "$exports" >"$work/entries.inc"
# What returns nothing cannot fail in a child.
sed -n 's/^GFS_API void \(gfs_[A-Za-z0-9_]*\)(.*/"\1",/p' "$source/../../install/include/guestfs_facade.h" >"$work/nothing.inc"
$cc -std=c11 -Os -Wall -Wextra -Wpedantic -Werror -fPIC -fvisibility=hidden -fno-ident -I "$source/../../install/include" -I "$work" \
  -DGFS_FACADE_VERSION="\"$version\"" -c -o "$work/without_runtime.o" "$source/without_runtime.c"
$cc -fPIC -I "$work" -Wa,-I,"$work" -c -o "$work/entry.o" "$source/entry.S"
$cc -r -nostdlib -o "$work/entry" "$work/entry.o" "$work/without_runtime.o"
mv "$work/entry" "$output.o"
