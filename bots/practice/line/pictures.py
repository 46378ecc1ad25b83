"""The size in pixels of a PNG or JPEG, read from its first bytes."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_in_pixels(image: bytes) -> tuple[int, int] | None:
    """Width and height; None for anything that is neither PNG nor JPEG."""
    if image.startswith(_PNG) and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        return int(width), int(height)
    if image.startswith(b"\xff\xd8"):
        return _jpeg(image)
    return None


def _jpeg(image: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(image) and image[at] == 0xFF:
        marker = image[at + 1]
        if marker in _SIZES:
            height, width = struct.unpack(">HH", image[at + 5 : at + 9])
            return int(width), int(height)
        (length,) = struct.unpack(">H", image[at + 2 : at + 4])
        at += 2 + length
    return None
