#!/usr/bin/env bash
# Bootstrapper: installs the system packages a target needs, restores the local tools and hands over to Cake (build.cake).
# Usage: ./build.sh [target] [Cake arguments]; an unknown target lists all.
# './build.sh packages GROUP...' only installs packages, of the groups below: so the roots of other releases get theirs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target=${1:-test}
[ $# -eq 0 ] || shift

say() { printf 'build.sh: %s\n' "$*" >&2; }

# What each target needs, by package manager. 'run' boots appliances, 'aot' links native binaries, 'cross' compiles what appliances of
# other processors need, 'test' holds the judges, 'docs' one of them that makes pages too, 'deb' what makes Debian packages, 'judge' the
# judges of one launch, 'roots' makes the roots of other releases, 'languages' has compilers that take the C library's header.
# 'a|b' is whichever of them the system's release has.
packages() { # $1: package manager, $2: group
  case "$1:$2" in
    apt:run)    echo 'libguestfs0t64|libguestfs0' supermin qemu-system-x86 qemu-utils
                has_kernel || echo 'linux-image-cloud-amd64|linux-image-virtual' ;;
    apt:aot)    echo gcc libc6-dev binutils zlib1g-dev ;;
    apt:test)   echo libguestfs-dev libguestfs-ocaml-dev libguestfs-tools libguestfs-xfs python3 \
                     e2fsprogs btrfs-progs dosfstools exfatprogs f2fs-tools ntfs-3g xfsprogs fdisk cryptsetup-bin \
                     mdadm squashfs-tools libwin-hivex-perl jfsutils nilfs-tools bcache-tools genisoimage udftools \
                     binutils bsdextrautils diffutils file locales \
                     dpkg-dev rpm pacman-package-manager libarchive-tools sqlite3 db-util \
                     cpio zstd lz4 xz-utils kmod attr libc6-dev-arm64-cross elfutils apt-utils gpg gpg-agent gpgv strace \
                     g++ make cmake pkgconf groff-base mandoc clang-format valgrind skopeo umoci zsh fish python3-evtx python3-cffi \
                     qemu-block-extra busybox tmux ;;
    apt:languages) echo rustc bindgen golang-go ;;
    apt:cross)  echo gcc-aarch64-linux-gnu ;;
    apt:docs)   echo doxygen ;;
    apt:deb)    echo dpkg-dev debhelper lintian ;;
    apt:judge)  echo guestfish e2fsprogs ;;
    apt:roots)  echo debootstrap ;;
    apt:bench)  echo libguestfs-dev python3-guestfs golang-go golang-guestfs-dev time ;;
    dnf:run)    echo libguestfs supermin qemu-kvm qemu-img; has_kernel || echo kernel-core ;;
    dnf:aot)    echo gcc glibc-devel binutils zlib-devel ;;
    dnf:test)   echo libguestfs-devel ocaml-libguestfs-devel guestfs-tools libguestfs-xfs python3 \
                     e2fsprogs btrfs-progs dosfstools exfatprogs f2fs-tools ntfsprogs xfsprogs cryptsetup mdadm squashfs-tools perl-hivex \
                     binutils diffutils file \
                     gcc-c++ make cmake pkgconf-pkg-config groff-base mandoc clang-tools-extra valgrind zsh fish tmux python3-cffi ;;
    dnf:languages) echo rust bindgen-cli golang ;;
    dnf:cross)  echo gcc-aarch64-linux-gnu ;;
    dnf:docs)   echo doxygen ;;
    dnf:bench)  echo libguestfs-devel python3-libguestfs golang golang-guestfs time ;;
    pacman:run) echo libguestfs qemu-base; has_kernel || echo linux ;;
    pacman:aot) echo gcc zlib ;;
    pacman:test) echo guestfs-tools python \
                     e2fsprogs btrfs-progs dosfstools exfatprogs f2fs-tools ntfs-3g xfsprogs cryptsetup mdadm squashfs-tools hivex \
                     binutils diffutils file \
                     make cmake pkgconf groff mandoc clang valgrind zsh fish tmux python-cffi ;;
    pacman:languages) echo rust rust-bindgen go ;;
    pacman:cross) echo aarch64-linux-gnu-gcc ;;
    pacman:docs)   echo doxygen ;;
    pacman:bench) echo go ;;
  esac
}

has_kernel() {
  compgen -G '/lib/modules/*/modules.dep' >/dev/null && { compgen -G '/boot/vmlinu*' || compgen -G '/lib/modules/*/vmlinuz'; } >/dev/null
}

installed() { # $1: package manager, $2: package or alternatives
  local package
  for package in ${2//|/ }; do
    installed_one "$1" "$package" && return 0
  done
  return 1
}

installed_one() {
  case "$1" in
    apt)    dpkg-query -W -f '${db:Status-Abbrev}' "$2" 2>/dev/null | grep -q '^.i' ;;
    dnf)    rpm -q --whatprovides "$2" >/dev/null 2>&1 ;;
    pacman) pacman -T "$2" >/dev/null 2>&1 ;;
  esac
}

# Of alternatives, the first that the package lists have; the last if none.
choose() {
  local package
  for package in ${1//|/ }; do
    if apt-cache show "$package" >/dev/null 2>&1; then break; fi
  done
  printf '%s' "$package"
}

install_missing() { # $@: groups
  local manager='' group package missing=() command
  for package in apt-get:apt dnf:dnf pacman:pacman; do
    if command -v "${package%%:*}" >/dev/null; then manager=${package##*:}; break; fi
  done
  if [ -z "$manager" ]; then
    say "no apt, dnf or pacman here: make sure that libguestfs, its appliance, qemu and gcc are installed"
    return
  fi
  for group in "$@"; do
    for package in $(packages "$manager" "$group"); do
      installed "$manager" "$package" || missing+=("$package")
    done
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local sudo=''
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || ! sudo -v; then
      say "target '$target' needs packages that are not installed, and this user may not install them. As root, install:"
      say "  ${missing[*]}"
      exit 1
    fi
    sudo='sudo '
  fi
  if [ "$manager" = apt ]; then
    ${sudo}apt-get -qq update >&2 || say "apt-get update failed; trying with the package lists that are there"
    local i
    for i in "${!missing[@]}"; do missing[i]=$(choose "${missing[i]}"); done
  fi
  case "$manager" in
    apt)    command="apt-get install -y --no-install-recommends ${missing[*]}" ;;
    dnf)    command="dnf install -y ${missing[*]}" ;;
    pacman) command="pacman -S --noconfirm --needed ${missing[*]}" ;;
  esac
  say "target '$target' needs packages that are not installed; running: $sudo$command"
  ${sudo}env DEBIAN_FRONTEND=noninteractive $command >&2
}

if [ "$target" = packages ]; then
  install_missing "$@"
  exit
fi

command -v dotnet >/dev/null || { say "the .NET SDK (version in global.json or later) is not installed: https://dot.net"; exit 1; }

targets='build generate verify-generated generate-bindings test test-bundle test-bundle-roots test-languages matrix soak demo publish docs'
targets="$targets pack deb bench"
[[ " $targets " == *" ${target,,} "* ]] || { say "unknown target '$target'. Targets: $targets"; exit 2; }
case "${target,,}" in
  demo)      install_missing run aot ;;
  publish | pack) install_missing aot cross ;;
  test)      install_missing run aot cross test docs roots ;;
  soak | test-bundle) install_missing run aot cross test docs ;;
  test-languages) install_missing run aot cross test languages ;;
  matrix)    install_missing aot cross roots ;;
  test-bundle-roots) install_missing run aot cross test roots ;;
  docs)      install_missing docs ;;
  deb)       install_missing aot cross deb ;;
  bench)     install_missing run aot bench ;;
esac

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The SDK ends at once on a system without ICU, unless it is told to do without.
if ! PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep 'libicuuc\.so' >/dev/null; then
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi

# libguestfs closes all descriptors up to the limit in each program that it starts, and .NET raises the limit to the most that it may.
ulimit -n 4096 2>/dev/null || true
dotnet tool restore >/dev/null
rm -f artifacts/tests/summary.txt
status=0
dotnet cake build.cake --target="$target" "$@" || status=$?

# Cake ends with a report of its own; the totals go last, where people and machines look for them.
if [ "${target,,}" = test ] && [ -f artifacts/tests/summary.txt ]; then
  cat artifacts/tests/summary.txt
fi
exit "$status"
