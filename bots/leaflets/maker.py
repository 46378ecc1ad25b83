"""Makes pictures of an uploaded leaflet, in a process of its own with bounds of time and memory."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bots.leaflets.press import TOO_MANY
from core.leaflet_pages import (
    LARGEST_FILE,
    LARGEST_PICTURE,
    LARGEST_PREVIEW,
    MOST_PAGES,
    FileTooLarge,
    FileUnreadable,
    Page,
    Picture,
    TooManyPages,
)

WITHIN_S: Final = 30.0
KINDS: Final = "PDF, PNG, JPEG"
_PRESS: Final = Path(__file__).with_name("press.py")
_MEGABYTE: Final = 1_000_000


def make_pages(upload: bytes, *, within_s: float = WITHIN_S) -> tuple[Page, ...]:
    """Pictures of each page of a PDF, or of a PNG or JPEG; blocks until they are made.

    Every picture is a JPEG without anything that the file said beside its pixels (place, device).

    Args:
        within_s: after so many seconds the process is ended.

    Raises:
        FileTooLarge: more than `LARGEST_FILE` bytes. TooManyPages: more than `MOST_PAGES`.
        FileUnreadable: of another kind, locked, broken, or too much work to be a leaflet.
    """
    if len(upload) > LARGEST_FILE:
        raise FileTooLarge(most=str(LARGEST_FILE // _MEGABYTE))
    bounds = [str(bound) for bound in (MOST_PAGES, LARGEST_PICTURE, LARGEST_PREVIEW)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PRESS), *bounds],
            input=upload,
            capture_output=True,
            timeout=within_s,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise FileUnreadable(allowed=KINDS) from late
    if done.returncode == TOO_MANY:
        raise TooManyPages(most=str(MOST_PAGES))
    pictures = list(_pictures(done.stdout)) if done.returncode == 0 else []
    if not pictures or len(pictures) % 2:
        raise FileUnreadable(allowed=KINDS)
    pairs = zip(pictures[::2], pictures[1::2], strict=True)
    return tuple(Page(full=full, preview=preview) for full, preview in pairs)


class PictureMaker:
    """Makes pictures, one file at a time (core.ports.PageMaker)."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def pages(self, upload: bytes) -> tuple[Page, ...]:
        """As `make_pages`, without holding up anybody else."""
        async with self._turn:
            return await asyncio.to_thread(make_pages, upload)


def _pictures(frames: bytes) -> Iterator[Picture]:
    at = 0
    while at < len(frames):
        end = frames.index(b"\n", at)
        head = json.loads(frames[at:end])
        at = end + 1 + head["size"]
        yield Picture(
            data=frames[end + 1 : at],
            media_type="image/jpeg",
            width=head["width"],
            height=head["height"],
        )
