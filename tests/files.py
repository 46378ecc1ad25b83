"""Files as people upload them: small pictures and PDFs, and some that nobody should open."""

import io
import struct
import zlib

from PIL import Image


def png(width: int = 300, height: int = 400, *, colour: str = "navy") -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def jpeg(width: int = 300, height: int = 400) -> bytes:
    """A photograph that says where it was taken."""
    out = io.BytesIO()
    said = Image.Exif()
    said[0x010E] = "taken at home"
    Image.new("RGB", (width, height), "orange").save(out, "JPEG", exif=said)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    """A PDF of so many pages, A4 in portrait."""
    out = io.BytesIO()
    sheets = [Image.new("RGB", (595, 842), "white") for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=72)
    return out.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it is thousands of millions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(b"\0" * 4096)),
            (b"IEND", b""),
        )
    )
