#!/usr/bin/env bash
# Bundles where nothing of libguestfs, qemu or a kernel is installed. Needs the right to mount: as root, or through sudo.
#   bundle.sh use ROOT BUNDLE PUBLISHED
#       Uses a bundle in the root of a Debian release (root.sh make RELEASE ROOT), as an ordinary user, with the bundle read-only: gfs, the
#       demonstration, and the C example, which this system's gcc compiles. The judges are this system's libguestfs, which answers the
#       same questions, debugfs and e2fsck. A bundle whose glibc is newer than that of ROOT must be refused, with both versions.
#       OpenSSL, which some such roots have for apt, is hidden there.
#   bundle.sh program ROOT DIRECTORY
#       The same with DIRECTORY/program, which has .NET in it and guestfs-bundle beside it, and runs the guide's samples.
#   bundle.sh together BUNDLE OTHER GFS
#       Two bundles and the system's libguestfs in three processes at once.
#   bundle.sh musl ROOT BUNDLE PROGRAM
#       A bundle in a root with no other C library than musl, of Debian's package. PROGRAM is a directory with 'program', which .NET has
#       published for linux-musl-x64 and which loads libguestfs. What .NET needs besides is this system's libstdc++, made to do with musl.
set -euo pipefail
script=$(readlink -f "${BASH_SOURCE[0]}")
[ "$(id -u)" -eq 0 ] || exec sudo "$BASH" "$script" "$@"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LIBGUESTFS_BACKEND=direct
unset GUESTFS_BUNDLE GUESTFS_LIBRARY LIBGUESTFS_PATH LIBGUESTFS_HV

die() { printf 'bundle.sh: %s\n' "$*" >&2; exit 1; }
glibc_of() { sed -n 's/^glibc of the host: \([0-9.]*\) .*/\1/p'; }

# A disk with a small system.
make_disk() {
  mkdir -p "$work/tree/etc" "$work/tree/home/a b"
  printf 'ID=debian\nVERSION_ID=12\nPRETTY_NAME="A system"\n' >"$work/tree/etc/os-release"
  printf 'one\n' >"$work/tree/home/a b/file"
  ln -s ../etc "$work/tree/home/link"
  mke2fs -q -t ext4 -d "$work/tree" "$work/disk" 32M
}

# What is asked of it: $1 is gfs.
questions() {
  "$1" ls -R -m /dev/sda "$2" /
  "$1" cat -m /dev/sda "$2:/etc/os-release"
  "$1" filesystems "$2"
  "$1" find -m /dev/sda "$2" /home --type f
  "$1" checksum -m /dev/sda "$2" /
  "$1" checksum -m /dev/sda --algorithm md5 "$2" /etc
}

in_root() { # $1: root, $2: bundle, $3: published, $@: program
  unshare --mount --propagation private --pid --fork --kill-child "$BASH" "$script" inside "$work" "$@" </dev/null
}

inside() { # $1: scratch, $2: root, $3: bundle, $4: published, $@: program
  local scratch=$1 root=$2 bundle=$3 published=$4
  shift 4
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/mnt"
  mkdir "$root/mnt/bundle" "$root/mnt/published" "$root/mnt/scratch" "$root/mnt/user"
  mount --bind "$bundle" "$root/mnt/bundle"
  mount --bind "$published" "$root/mnt/published"
  mount --bind "$scratch" "$root/mnt/scratch"
  mount -o remount,bind,ro "$root/mnt/bundle"
  # An empty file is no library.
  for library in "$root"/usr/lib/*/libssl.so.*; do
    [ ! -e "$library" ] || mount --bind /dev/null "$library"
  done
  mount -o remount,bind,ro "$root/mnt/published"
  chmod 755 "$root/mnt" "$scratch"
  chown 1234:1234 "$root/mnt/user"
  exec chroot --userspec=1234:1234 "$root" /usr/bin/env -i HOME=/mnt/user PATH=/usr/bin:/bin TMPDIR=/mnt/user GUESTFS_BUNDLE=/mnt/bundle \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 LD_LIBRARY_PATH=/mnt/published/facade "$@"
}

# Whether a bundle's glibc is too new for a root; then a program must have said so.
is_too_new() { # $1: root, $2: bundle; sets needed, present
  needed=$(sed -n 's/^glibc //p' "$2/load")
  present=$(chroot "$1" getconf GNU_LIBC_VERSION | cut -d' ' -f2)
  [ "$(printf '%s\n' "$needed" "$present" | sort -V | tail -n 1)" != "$present" ]
}
refused() { grep -F "needs glibc $needed or later, and this host has glibc $present" "$work/told" || { cat "$work/told"; return 1; }; }

# A session of the guide, and others on the same disk.
program() { # $1: root, $2: directory
  local needed present bundle=$2/guestfs-bundle
  mkdir -m 777 "$work/made"
  if is_too_new "$1" "$bundle"; then
    ! in_root "$1" "$bundle" "$2" env -u GUESTFS_BUNDLE /mnt/published/program /mnt/scratch/made >"$work/told" 2>&1 || die "it ran"
    refused
    return
  fi
  in_root "$1" "$bundle" "$2" env -u GUESTFS_BUNDLE /mnt/published/program /mnt/scratch/made >"$work/told" 2>&1 ||
    { cat "$work/told"; return 1; }
  e2fsck -fn "$work/made/disk.img" >"$work/checked" 2>&1 || { cat "$work/checked"; return 1; }
  [ "$(debugfs -R 'cat /hello' "$work/made/disk.img" 2>/dev/null)" = 'Hello from the host' ]
  [ "$(debugfs -R 'cat /samples/log' "$work/made/disk.img" 2>/dev/null)" = "$(printf 'one\ntwo')" ]
  [ "$(tar -xzOf "$work/made/backup.tar.gz" ./log)" = "$(printf 'one\ntwo')" ]
  [ "$(find "$work/made/reports" -name log -exec cat {} +)" = "$(printf 'one\ntwo')" ]
  [ -z "$(find "$work/made/reports" -type l)" ]
  grep -x "$(sha256sum <"$work/made/image" | cut -d' ' -f1)" "$work/told"
}

use() { # $1: root, $2: bundle, $3: published
  local needed present
  ! chroot "$1" dpkg-query -W 'libguestfs*' 'qemu*' 'linux-image*' supermin 2>/dev/null | grep . || die "$1 is not bare"
  make_disk
  if is_too_new "$1" "$2"; then
    ! in_root "$@" /mnt/published/gfs filesystems /mnt/scratch/disk >"$work/told" 2>&1 || die "$2 was used in $1"
    refused
    return
  fi
  [ "$("$3/gfs" bundle show "$2" | glibc_of)" = "$needed" ]
  questions "$3/gfs" "$work/disk" | sed "s,$work,/mnt/scratch," >"$work/expected"
  declare -f questions >"$work/questions"
  in_root "$@" bash -ec '. /mnt/scratch/questions; questions /mnt/published/gfs /mnt/scratch/disk' >"$work/answers"
  diff "$work/expected" "$work/answers"
  in_root "$@" /mnt/published/gfs appliance test >"$work/told" 2>&1 || { cat "$work/told"; return 1; }
  in_root "$@" /mnt/published/gfs bundle verify /mnt/bundle
  in_root "$@" bash -ec 'cd /mnt/user; /mnt/published/guestfs-demo' >"$work/told" 2>&1 || { cat "$work/told"; return 1; }
  ln -sfn libguestfs-facade.so "$3/facade/libguestfs-facade.so.1"
  gcc -o "$work/disk-c" "$(dirname "$script")/../../native/install/examples/disk.c" -I "$3/include" -L "$3/facade" -lguestfs-facade
  mkdir -m 777 "$work/made"
  in_root "$@" /mnt/scratch/disk-c /mnt/scratch/made/image | grep -x 'Hello from C.'
  dd if="$work/made/image" of="$work/part" bs=512 skip="$(sfdisk -qlo Start "$work/made/image" | tail -n 1 | tr -d ' ')" status=none
  e2fsck -fn "$work/part" >"$work/told" 2>&1 || { cat "$work/told"; return 1; }
  debugfs -R 'cat /hello.txt' "$work/part" 2>/dev/null | grep -x 'Hello from C.'
}

# Each has its file open while the others do.
together() { # $1: bundle, $2: other, $3: gfs
  make_disk
  local bundle pids=()
  for bundle in "$1" "$2" ''; do
    GUESTFS_BUNDLE=$bundle "$3" ls -R -m /dev/sda "$work/disk" / >"$work/answer${#pids[@]}" &
    pids+=($!)
  done
  for bundle in "${pids[@]}"; do wait "$bundle"; done
  cmp "$work/answer0" "$work/answer1"
  cmp "$work/answer0" "$work/answer2"
  grep 'a b/file$' "$work/answer0"
}

musl() { # $1: root, $2: bundle, $3: program
  (cd "$work" && apt-get -q download musl >/dev/null 2>&1 && dpkg -x musl_*.deb "$1")
  mkdir -p "$1/proc" "$1/dev" "$1/mnt" "$1/usr/bin"
  ln -sf libc.so "$(echo "$1"/lib/*-linux-musl)/libc.musl-$(uname -m).so.1"
  cp -L "$(gcc -print-file-name=libstdc++.so.6)" "$(gcc -print-file-name=libgcc_s.so.1)" "$1/lib/"
  gcc -O2 -Wall -Werror -shared -fPIC -nostdlib -Wl,-soname,"$(gcc_loader)" -o "$1/lib/$(gcc_loader)" "$(dirname "$script")/musl.c"
  mkdir -p "$1/program" "$1/bundle"
  unshare --mount --propagation private "$BASH" -ec '
    mount --bind "$1" "$1"; mount -t proc proc "$1/proc"; mount --bind "$2" "$1/bundle"; mount --bind "$3" "$1/program"
    exec env -i GUESTFS_BUNDLE=/bundle LD_LIBRARY_PATH=/lib "$(command -v chroot)" "$1" /program/program
  ' "$BASH" "$@" >"$work/told" 2>&1 || true
  grep -F 'it needs glibc, and this process has another C library (musl, as on Alpine Linux?)' "$work/told" ||
    { cat "$work/told"; return 1; }
}
gcc_loader() { basename "$(LC_ALL=C readelf -l "$BASH" | sed -n 's/.*interpreter: \(.*\)]/\1/p')"; }

command=${1:-}
shift || true
case "$command:$#" in
  use:3)      use "$@" ;;
  program:2)  program "$@" ;;
  together:3) together "$@" ;;
  musl:3)     musl "$@" ;;
  inside:*)   trap - EXIT; inside "$@" ;;
  *)          sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$script" >&2; exit 2 ;;
esac
