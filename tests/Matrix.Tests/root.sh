#!/usr/bin/env bash
# Root filesystems of Debian releases, and programs of this checkout run in them. Needs the right to mount: as root, or through sudo.
#   root.sh make RELEASE ROOT [GROUP...]
#       Makes ROOT, unless it is there, and installs what it lacks of build.sh's groups of packages. They are kept in ROOT/../cache.
#   root.sh run ROOT SECONDS [NAME=VALUE...] PROGRAM [ARGUMENT...]
#       Runs a program in ROOT, with this checkout, the .NET SDK and the NuGet packages where they are outside. What it writes into the
#       checkout is gone afterwards, but for artifacts. After SECONDS everything that runs in there is killed. Nothing stays mounted.
set -euo pipefail
script=$(readlink -f "${BASH_SOURCE[0]}")
checkout=$(dirname "$script")/../..
checkout=$(cd "$checkout" && pwd)

die() { printf 'root.sh: %s\n' "$*" >&2; exit 1; }

# Debian's archive, as this system's apt knows it.
archive() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
    awk -F'|' '$3 == "main" && ($1 == "Debian" && $2 == "Debian" || $1 == "" && $4 ~ /\/debian\/$/) { print $4; exit }'
}

make_root() { # $1: release, $2: root, $@: groups of packages
  local release=$1 root=$2 cache
  shift 2
  mkdir -p "$(dirname "$root")/cache/$release"
  cache=$(cd "$(dirname "$root")/cache/$release" && pwd)
  exec 9>"$root.lock"
  flock 9
  if [ ! -d "$root" ]; then
    rm -rf "$root.new"
    bootstrap "$release" "$root.new" "$cache"
    install_packages "$root.new" "$cache" "$@"
    mv "$root.new" "$root"
  else
    install_packages "$root" "$cache" "$@"
  fi
}

bootstrap() { # $1: release, $2: root, $3: cache
  local archive
  command -v debootstrap >/dev/null || die "debootstrap is not installed"
  archive=$(archive)
  [ -n "$archive" ] || die "apt has no Debian archive among its sources"
  # A root that is half made is thrown away, so that nothing has to reach the disk early.
  DPKG_FORCE=unsafe-io unshare --mount --propagation private \
    debootstrap --variant=minbase --cache-dir="$3" --include=ca-certificates "$1" "$2" "$archive" >&2
  printf 'force-unsafe-io\n' >"$2/etc/dpkg/dpkg.cfg.d/force-unsafe-io"
  printf '#!/bin/sh\nexit 101\n' >"$2/usr/sbin/policy-rc.d"
  chmod +x "$2/usr/sbin/policy-rc.d"
  # This system's proxies hold there too.
  apt-config dump Acquire >"$2/etc/apt/apt.conf.d/00host"
}

install_packages() { # $1: root, $2: cache, $@: groups
  local root=$1 cache=$2
  shift 2
  [ $# -gt 0 ] || return 0
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  # INITRD=No: nothing boots from the kernel's own initrd.
  in_root 1800 "$root" "$cache" INITRD=No ./build.sh packages "$@"
}

run() { # $1: root, $2: seconds, $@: as env takes it
  local root=$1 seconds=$2
  shift 2
  [ -d "$root" ] || die "$root does not exist: make it first"
  exec 9>"$root.lock"
  flock 9
  # What programs left that were killed.
  find "$root/tmp" -mindepth 1 -delete
  in_root "$seconds" "$root" '' "$@"
}

# The first process of the namespace is a shell, which waits for children that are not its own. When it ends, all end.
in_root() { # $1: seconds, $2: root, $3: apt's cache or nothing, $@: as env takes it
  local seconds=$1 status=0
  shift
  timeout --signal=KILL --kill-after=1 "$seconds" unshare --mount --propagation private --pid --fork --kill-child \
    "$BASH" "$script" inside "$@" </dev/null &
  trap 'kill $!' EXIT
  { wait $! || status=$?; } 2>/dev/null
  trap - EXIT
  return "$status"
}

inside() { # $1: root, $2: apt's cache or nothing, $@: as env takes it
  local root=$1 cache=$2 sdk scratch packages=${NUGET_PACKAGES:-$HOME/.nuget/packages} status=0
  shift 2
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  # A place of its own, so that programs in there can make mount namespaces.
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  place "$root" "$sdk" ro
  [ ! -d "$packages" ] || place "$root" "$packages" ro
  scratch=$root/mnt
  mount -t tmpfs tmpfs "$scratch"
  mkdir -p "$scratch/upper" "$scratch/work" "$root$checkout" "$checkout/artifacts"
  mount -t overlay overlay -o "lowerdir=$checkout,upperdir=$scratch/upper,workdir=$scratch/work" "$root$checkout"
  place "$root" "$checkout/artifacts" rw
  [ -z "$cache" ] || mount --bind "$cache" "$root/var/cache/apt/archives"
  # Not chroot: programs that are in one may not make user namespaces.
  mkdir "$scratch/outside"
  cd "$root"
  pivot_root . mnt/outside
  cd "$checkout"
  umount --lazy /mnt/outside
  # .NET ends at once on a system without ICU, unless it is told to do without.
  ldconfig -p | grep 'libicuuc\.so' >/dev/null || set -- DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$@"
  env -i HOME=/root LANG=C.UTF-8 NUGET_PACKAGES="$packages" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    PATH="$sdk:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$@" || status=$?
  exit "$status"
}

# The same directory at the same place.
place() { # $1: root, $2: directory, $3: ro or rw
  mkdir -p "$1$2"
  mount --bind "$2" "$1$2"
  [ "$3" = rw ] || mount -o remount,bind,ro "$1$2"
}

command=${1:-}
[ "$(id -u)" -eq 0 ] || exec sudo "$BASH" "$script" "$@"
shift || true
case "$command:$#" in
  make:[2-9])      make_root "$@" ;;
  run:[3-9] | run:[1-9][0-9]*) run "$@" ;;
  inside:*)        inside "$@" ;;
  *)               sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$script" >&2; exit 2 ;;
esac
