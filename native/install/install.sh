#!/usr/bin/env bash
# Installs the C library for those who compile against it, as 'make install' would: './build.sh publish' calls it.
# Usage: install.sh --libraries=DIR [--prefix=/usr/local] [--libdir=lib] [--destdir=DIR]
#   --libraries  where 'dotnet publish' of src/Facade/Exports and src/Facade/ApplianceExports has put its files
#   --prefix     where the files will be used; absolute
#   --libdir     the directory of libraries below the prefix, such as lib64 or lib/x86_64-linux-gnu
#   --destdir    a directory to put in front of it all, for packagers
set -euo pipefail
umask 022
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 2; }

libraries='' prefix=/usr/local libdir=lib destdir=''
for argument in "$@"; do
  case $argument in
    --libraries=*) libraries=${argument#*=} ;;
    --prefix=*)  prefix=${argument#*=} ;;
    --libdir=*)  libdir=${argument#*=} ;;
    --destdir=*) destdir=${argument#*=} ;;
    *)           fail "unknown argument '$argument'; they are --libraries=, --prefix=, --libdir= and --destdir=" ;;
  esac
done
for project in Exports:libguestfs-facade.so ApplianceExports:libguestfs-facade-builder.so; do
  for file in "${project#*:}" LICENSE THIRD-PARTY-NOTICES.txt DOTNET-THIRD-PARTY-NOTICES.txt; do
    [ -f "$libraries/$file" ] ||
      fail "no $file in '$libraries': 'dotnet publish src/Facade/${project%:*} -r linux-x64 -o DIR' makes it; then give --libraries=DIR"
  done
done
[[ $prefix == /* ]] || fail "the prefix '$prefix' is not absolute: a relative place to install to is --destdir"
[[ $libdir =~ ^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$ ]] ||
  fail "the libdir '$libdir' is not a directory below the prefix, such as lib/x86_64-linux-gnu"
prefix=${prefix%/} destdir=${destdir%/}

version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$here/../../Directory.Build.props")
abi=$(sed -n 's/^#define GFS_ABI //p' "$here/include/guestfs_facade.h")
soname=libguestfs-facade.so.$abi
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
for name in "$soname" "libguestfs-facade-builder.so.$abi"; do
  install -m 755 "$libraries/${name%.*}" "$lib/$name.$version"
  ln -sfn "$name.$version" "$lib/$name"
done
ln -sfn "$soname" "$lib/libguestfs-facade.so"

put "$here/include/guestfs_facade.h" "$destdir$prefix/include"
fill "$here/pkgconfig/guestfs-facade.pc.in" "$lib/pkgconfig"
for template in "$here"/cmake/*.in; do
  fill "$template" "$lib/cmake/guestfs-facade"
done
put "$here/man/guestfs-facade.3" "$destdir$prefix/share/man/man3"
doc=$destdir$prefix/share/doc/guestfs-facade
for notice in LICENSE THIRD-PARTY-NOTICES.txt DOTNET-THIRD-PARTY-NOTICES.txt; do
  put "$libraries/$notice" "$doc"
done
for example in README.md Makefile CMakeLists.txt disk.c disk.cpp disk.go disk.rs extract.c guests.c loop.c put.c workers.c; do
  put "$here/examples/$example" "$doc/examples"
done
for example in disk.py disk_cffi.py; do
  put "$here/examples/$example" "$doc/examples" 755
done
