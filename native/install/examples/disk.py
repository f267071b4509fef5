#!/usr/bin/env python3
"""Makes a disk image with a file in it, reads the file back, and shows df; with nothing but ctypes.

    python3 disk.py new.img
"""
import ctypes
import os
import sys

UNSET = -2**31  # GFS_UNSET


class AddDriveOptions(ctypes.Structure):
    """The beginning of struct gfs_add_drive_options: its size tells the library which members there are."""

    _fields_ = [("struct_size", ctypes.c_size_t), ("readonly", ctypes.c_int), ("format", ctypes.c_char_p)]

    def __init__(self, readonly=UNSET, format=None):
        super().__init__(ctypes.sizeof(self), readonly, format)


class GuestfsError(Exception):
    def __init__(self, lib, status):
        super().__init__(f"{lib.gfs_status_name(status).decode()}: {os.fsdecode(lib.gfs_error_message())}")
        self.status = status


class Guestfs:
    """A handle; each function of the header without its prefix is a method."""

    def __init__(self):
        self._lib = ctypes.CDLL("libguestfs-facade.so.1")
        for name in ("gfs_status_name", "gfs_error_message"):
            getattr(self._lib, name).restype = ctypes.c_char_p
        self._handle = ctypes.c_void_p()
        self._check(self._lib.gfs_handle_new(None, ctypes.byref(self._handle)))

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._lib.gfs_handle_free(self._handle)

    def __getattr__(self, name):
        function = getattr(self._lib, "gfs_" + name)
        return lambda *arguments: self._check(function(self._handle, *arguments))

    def text(self, name, *arguments):
        """The result of a function that returns a string. Guests may have bytes that are not UTF-8."""
        result = ctypes.c_char_p()
        getattr(self, name)(*arguments, ctypes.byref(result))
        try:
            return os.fsdecode(result.value)
        finally:
            self._lib.gfs_free(result)

    def _check(self, status):
        if status != 0:
            raise GuestfsError(self._lib, status)


def main():
    if len(sys.argv) != 2 or os.path.exists(sys.argv[1]):
        sys.exit(f"usage: {sys.argv[0]} IMAGE, where IMAGE does not exist yet")
    image = os.fsencode(sys.argv[1])
    greeting = b"Hello from Python.\n"
    with Guestfs() as g:
        g.disk_create(image, b"raw", ctypes.c_int64(64 * 1024 * 1024), None)
        # Said, not guessed: a guest could make a raw disk look like something else.
        g.add_drive(image, ctypes.byref(AddDriveOptions(format=b"raw")))
        g.launch()
        g.part_disk(b"/dev/sda", b"mbr")
        g.mkfs(b"ext4", b"/dev/sda1", None)
        g.mount(b"/dev/sda1", b"/")
        g.write(b"/hello.txt", greeting, ctypes.c_size_t(len(greeting)))
        print(g.text("cat", b"/hello.txt"), end="")
        print(g.text("df_h"), end="")
        g.shutdown()  # tells whether everything has reached the image; leaving the block could not


if __name__ == "__main__":
    try:
        main()
    except GuestfsError as error:
        sys.exit(str(error))
