"""Pictures of any size that are only as much picture as the emulator reads."""

import struct


def png(width: int, height: int, *, padding: int = 0) -> bytes:
    """The head of a PNG."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    return head + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00" + b"\0" * padding


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG, with a comment before the frame."""
    comment = b"\xff\xfe" + struct.pack(">H", 4) + b"hi"
    frame = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + comment + frame
