#!/usr/bin/env bash
# Installs the C library for those who compile against it, as 'make install' would: './build.sh publish' calls it.
# Usage: install.sh --library=FILE [--prefix=/usr/local] [--libdir=lib] [--destdir=DIR]
#   --library  what 'dotnet publish src/Facade/Exports' made
#   --prefix   where the files will be used; absolute
#   --libdir   the directory of libraries below the prefix, such as lib64 or lib/x86_64-linux-gnu
#   --destdir  a directory to put in front of it all, for packagers
set -euo pipefail
umask 022
native=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 2; }

library='' prefix=/usr/local libdir=lib destdir=''
for argument in "$@"; do
  case $argument in
    --library=*) library=${argument#*=} ;;
    --prefix=*)  prefix=${argument#*=} ;;
    --libdir=*)  libdir=${argument#*=} ;;
    --destdir=*) destdir=${argument#*=} ;;
    *)           fail "unknown argument '$argument'; they are --library=, --prefix=, --libdir= and --destdir=" ;;
  esac
done
[ -f "$library" ] || fail "no library '$library': make it with 'dotnet publish src/Facade/Exports -r linux-x64' and give it as --library=FILE"
[[ $prefix == /* ]] || fail "the prefix '$prefix' is not absolute: a relative place to install to is --destdir"
[[ $libdir =~ ^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$ ]] || fail "the libdir '$libdir' is not a directory below the prefix, such as lib/x86_64-linux-gnu"
prefix=${prefix%/} destdir=${destdir%/}

version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$native/../Directory.Build.props")
soname=libguestfs-facade.so.$(sed -n 's/^#define GFS_ABI //p' "$native/include/guestfs_facade.h")
lib=$destdir$prefix/$libdir

put() { # $1: file, $2: directory, $3: mode
  install -d "$2"
  install -m "${3:-644}" "$1" "$2/"
}

fill() { # $1: template, $2: directory; writes the template without its .in
  local text file
  text=$(<"$1")
  text=${text//@prefix@/"$prefix"}
  text=${text//@libdir@/"$libdir"}
  text=${text//@version@/"$version"}
  text=${text//@soname@/"$soname"}
  text=${text//@up@/"../../$(sed 's|[^/][^/]*|..|g' <<<"$libdir")"}
  file=$2/$(basename "$1" .in)
  install -d "$2"
  printf '%s\n' "$text" >"$file"
  chmod 644 "$file"
}

# The ABI's number, then the version: a new version is a new file, and the links choose.
install -d "$lib"
install -m 755 "$library" "$lib/$soname.$version"
ln -sfn "$soname.$version" "$lib/$soname"
ln -sfn "$soname" "$lib/libguestfs-facade.so"

put "$native/include/guestfs_facade.h" "$destdir$prefix/include"
fill "$native/pkgconfig/guestfs-facade.pc.in" "$lib/pkgconfig"
for template in "$native"/cmake/*.in; do
  fill "$template" "$lib/cmake/guestfs-facade"
done
put "$native/man/guestfs-facade.3" "$destdir$prefix/share/man/man3"
doc=$destdir$prefix/share/doc/guestfs-facade
put "$native/../LICENSE" "$doc"
for example in README.md Makefile CMakeLists.txt disk.c disk.cpp; do
  put "$native/examples/$example" "$doc/examples"
done
put "$native/examples/disk.py" "$doc/examples" 755
