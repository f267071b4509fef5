#!/usr/bin/env python3
"""Makes a disk image with a file in it, reads the file back, and shows df; cffi reads the header.

    python3 disk_cffi.py new.img
"""
import os
import re
import subprocess
import sys

import cffi


def declarations():
    """The header behind the preprocessor, without the headers that it includes: cffi knows their types."""
    cflags = subprocess.run(["pkg-config", "--cflags", "guestfs-facade"], check=True, capture_output=True, text=True)
    source = subprocess.run(
        ["cc", "-E", "-x", "c", *cflags.stdout.split(), "-DGFS_NO_DEPRECATED", "-DGFS_NO_WARN_UNUSED", "-"],
        check=True, capture_output=True, text=True, input="#include <guestfs_facade.h>\n")
    ours, lines = False, []
    for line in source.stdout.splitlines():
        if marker := re.match(r'# \d+ "(.*?)"', line):
            ours = os.path.basename(marker[1]) == "guestfs_facade.h"
        elif ours:
            lines.append(line)
    return "\n".join(lines)


ffi = cffi.FFI()
ffi.cdef(declarations())
lib = ffi.dlopen("libguestfs-facade.so.1")


class GuestfsError(Exception):
    def __init__(self, status):
        name, message = ffi.string(lib.gfs_status_name(status)), ffi.string(lib.gfs_error_message())
        super().__init__(f"{name.decode()}: {os.fsdecode(message)}")


def check(status):
    if status != lib.GFS_OK:
        raise GuestfsError(status)


def options(name, **members):
    """A structure of options with these members, and all others as its INIT macro has them: a macro is no declaration."""
    kind = ffi.typeof(f"struct gfs_{name}_options")
    result = ffi.new(ffi.getctype(kind, "*"))
    for member, field in kind.fields:
        if field.type.kind == "primitive" and member != "struct_size":
            setattr(result, member, -(1 << (8 * ffi.sizeof(field.type) - 1)))  # GFS_UNSET, GFS_UNSET64
    result.struct_size = ffi.sizeof(kind)
    for member, value in members.items():
        setattr(result, member, value)
    return result


class Guestfs:
    """A handle; each function of the header without its prefix is a method."""

    def __init__(self):
        handle = ffi.new("gfs_handle **")
        check(lib.gfs_handle_new(ffi.NULL, handle))
        self._handle = handle[0]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        lib.gfs_handle_free(self._handle)

    def __getattr__(self, name):
        function = getattr(lib, "gfs_" + name)
        return lambda *arguments: check(function(self._handle, *arguments))

    def text(self, name, *arguments):
        """The result of a function that returns a string. Guests may have bytes that are not UTF-8."""
        result = ffi.new("char **")
        getattr(self, name)(*arguments, result)
        try:
            return os.fsdecode(ffi.string(result[0]))
        finally:
            lib.gfs_free(result[0])


def main():
    if len(sys.argv) != 2 or os.path.exists(sys.argv[1]):
        sys.exit(f"usage: {sys.argv[0]} IMAGE, where IMAGE does not exist yet")
    image = os.fsencode(sys.argv[1])
    greeting = b"Hello from cffi.\n"
    with Guestfs() as g:
        g.disk_create(image, b"raw", 64 * 1024 * 1024, ffi.NULL)
        # Said, not guessed: a guest could make a raw disk look like something else.
        raw = ffi.new("char[]", b"raw")
        g.add_drive(image, options("add_drive", format=raw))
        g.launch()
        g.part_disk(b"/dev/sda", b"mbr")
        g.mkfs(b"ext4", b"/dev/sda1", ffi.NULL)
        g.mount(b"/dev/sda1", b"/")
        g.write(b"/hello.txt", greeting, len(greeting))
        print(g.text("cat", b"/hello.txt"), end="")
        print(g.text("df_h"), end="")
        g.shutdown()  # tells whether everything has reached the image; leaving the block could not


if __name__ == "__main__":
    try:
        main()
    except GuestfsError as error:
        sys.exit(str(error))
