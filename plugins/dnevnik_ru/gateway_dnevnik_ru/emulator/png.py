"""The captcha picture: digits as a small greyscale PNG, and how a person reads them."""

import struct
import zlib
from typing import Final

_GLYPHS: Final = {
    "0": ("111", "101", "101", "101", "111"),
    "1": ("010", "110", "010", "010", "111"),
    "2": ("111", "001", "111", "100", "111"),
    "3": ("111", "001", "111", "001", "111"),
    "4": ("101", "101", "111", "001", "001"),
    "5": ("111", "100", "111", "001", "111"),
    "6": ("111", "100", "111", "101", "111"),
    "7": ("111", "001", "010", "010", "010"),
    "8": ("111", "101", "111", "101", "111"),
    "9": ("111", "101", "111", "001", "111"),
}
_SCALE: Final = 6
_CELL: Final = 4 * _SCALE  # three columns and a gap
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_BLACK, _WHITE = b"\x00", b"\xff"


def draw_digits(digits: str) -> bytes:
    """A PNG that shows the digits.

    Raises:
        KeyError: A sign is no digit.
    """
    rows = []
    for line in range(len(_GLYPHS["0"])):
        bits = "".join(_GLYPHS[digit][line] + "0" for digit in digits)
        pixels = b"".join((_BLACK if bit == "1" else _WHITE) * _SCALE for bit in bits)
        rows += [b"\x00" + pixels] * _SCALE
    size = struct.pack(">IIBBBBB", _CELL * len(digits), len(rows), 8, 0, 0, 0, 0)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", size)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + _chunk(b"IEND", b"")
    )


def read_digits(image: bytes) -> str:
    """What a person sees in a picture made by `draw_digits`.

    Raises:
        ValueError: The picture is not one of ours.
    """
    if not image.startswith(_SIGNATURE):
        raise ValueError("not a captcha of the sandbox")
    position, chunks = len(_SIGNATURE), {}
    while position < len(image):
        (length,) = struct.unpack_from(">I", image, position)
        chunks[image[position + 4 : position + 8]] = image[position + 8 : position + 8 + length]
        position += length + 12
    width, _height = struct.unpack_from(">II", chunks[b"IHDR"])
    rows = zlib.decompress(chunks[b"IDAT"])
    shapes = {shape: digit for digit, shape in _GLYPHS.items()}
    found = []
    for left in range(0, width, _CELL):
        shape = tuple(
            "".join(
                "1" if rows[line * _SCALE * (width + 1) + 1 + left + column * _SCALE] == 0 else "0"
                for column in range(3)
            )
            for line in range(len(_GLYPHS["0"]))
        )
        if shape not in shapes:
            raise ValueError("not a captcha of the sandbox")
        found.append(shapes[shape])
    return "".join(found)


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)
