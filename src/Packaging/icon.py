#!/usr/bin/env python3
"""Draws icon.png: a disk, opened, so that what is in it can be seen."""
import math
import pathlib
import struct
import zlib

SIZE, SAMPLES = 128, 4
BLUE, LIGHT, TRACK, ORANGE = (0x1F, 0x3A, 0x5F), (0xE8, 0xEE, 0xF5), (0xB4, 0xC3, 0xD6), (0xF2, 0xA6, 0x3B)


def colour(x, y):
    """The colour at a point of the square from -1 to 1, None outside its rounded corners."""
    corner = math.hypot(max(abs(x) - 0.62, 0), max(abs(y) - 0.62, 0))
    if corner > 0.38:
        return None
    radius = math.hypot(x, y)
    if radius > 0.72 or 0.08 < radius < 0.22:
        return BLUE
    if radius <= 0.08:
        return LIGHT
    if x > 0 and y > 0:
        return ORANGE
    return TRACK if abs(radius - 0.47) < 0.025 else LIGHT


def pixel(column, row):
    steps = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    found = [colour((column + dx) / SIZE * 2 - 1, (row + dy) / SIZE * 2 - 1) for dx in steps for dy in steps]
    inside = [c for c in found if c]
    if not inside:
        return bytes(4)
    return bytes(sum(c[i] for c in inside) // len(inside) for i in range(3)) + bytes([255 * len(inside) // len(found)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
pathlib.Path(__file__).with_name("icon.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
