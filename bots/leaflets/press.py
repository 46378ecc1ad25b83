"""The child process that makes pictures of a file which nobody trusts: stdin in, frames out.

It is started by its path, in isolated mode, with no environment, and imports nothing of ours: what
breaks or takes it over here holds no key, no record and no socket of the product. Exit codes:
0 done, 3 unreadable, 4 too many pages. A frame is a line of JSON (`width`, `height`, `size`) and
so many bytes of JPEG; pages come in order, each as its full picture and then its preview.
"""

import contextlib
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

UNREADABLE: Final = 3
TOO_MANY: Final = 4
MEMORY: Final = 1024 * 1024 * 1024
CPU_S: Final = 15
MOST_PIXELS: Final = 40_000_000
FULL_SIDE: Final = 2000
PREVIEW_SIDE: Final = 1000
# A page of a PDF in points; A0 has 3,370 on its long side.
LONGEST_PAGE: Final = 6000
_QUALITIES: Final = (86, 76, 64, 50, 36)


class Unfit(Exception):
    """The file cannot be shown; `code` is how the process ends."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main(most_pages: int, largest: int, largest_preview: int) -> int:
    """Read stdin, write frames to stdout; the exit code.

    Args:
        largest, largest_preview: bytes of a full picture and of a preview.
    """
    _limit()
    try:
        for image in _pictures(sys.stdin.buffer.read(), most=most_pages):
            _write(_jpeg(image, side=FULL_SIDE, largest=largest))
            _write(_jpeg(image, side=PREVIEW_SIDE, largest=largest_preview))
    except Unfit as unfit:
        return unfit.code
    except Exception:  # noqa: BLE001 - whatever a hostile file brings about means one thing
        return UNREADABLE
    return 0


def _limit() -> None:
    """Bounds that the system holds, where it has them."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _pictures(content: bytes, *, most: int) -> Iterator["Image"]:
    if content[:8] == b"\x89PNG\r\n\x1a\n" or content[:3] == b"\xff\xd8\xff":
        yield _picture(content)
    elif b"%PDF-" in content[:1024]:
        yield from _pages(content, most=most)
    else:
        raise Unfit(UNREADABLE)


def _picture(content: bytes) -> "Image":
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    if image.width * image.height > MOST_PIXELS:
        raise Unfit(UNREADABLE)
    image.load()
    return _on_white(ImageOps.exif_transpose(image))


def _pages(content: bytes, *, most: int) -> Iterator["Image"]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if not len(document):
        raise Unfit(UNREADABLE)
    if len(document) > most:
        raise Unfit(TOO_MANY)
    for page in document:
        width, height = page.get_size()
        longest = max(width, height)
        if not 1 <= min(width, height) <= longest <= LONGEST_PAGE:
            raise Unfit(UNREADABLE)
        yield _on_white(page.render(scale=min(FULL_SIDE / longest, 6)).to_pil())
        page.close()


def _on_white(image: "Image") -> "Image":
    """Without transparency, and without whatever else the file said of where it was made."""
    from PIL import Image

    with_alpha = image.convert("RGBA")
    plain = Image.new("RGB", image.size, "white")
    plain.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return plain


def _jpeg(image: "Image", *, side: int, largest: int) -> tuple[int, int, bytes]:
    shown = image.copy()
    shown.thumbnail((side, side))
    for quality in _QUALITIES:
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= largest:
            return shown.width, shown.height, out.getvalue()
    raise Unfit(UNREADABLE)


def _write(frame: tuple[int, int, bytes]) -> None:
    width, height, content = frame
    head = json.dumps({"width": width, "height": height, "size": len(content)})
    sys.stdout.buffer.write(head.encode() + b"\n" + content)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
