"""Pages of a leaflet as pictures, and how much a leaflet may weigh."""

import hashlib
from dataclasses import dataclass
from typing import Final

from core.errors import CaseworkError

MOST_PAGES: Final = 8
LARGEST_FILE: Final = 10_000_000
"""Bytes of an uploaded file."""
LARGEST_PICTURE: Final = 10_000_000
LARGEST_PREVIEW: Final = 1_000_000
"""Bytes that LINE takes of a picture and of its preview (LINE.md §3.5)."""


class FileUnreadable(CaseworkError):
    """The file is no PDF, PNG or JPEG that can be shown. Facts: `allowed`."""

    rule = "DOMAIN-2.7"


class FileTooLarge(CaseworkError):
    """More than a leaflet weighs. Facts: `most` (megabytes)."""

    rule = "DOMAIN-2.7"


class TooManyPages(CaseworkError):
    """A leaflet is a few pages. Facts: `most`."""

    rule = "DOMAIN-2.7"


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture that a phone can show.

    Attributes:
        media_type: `image/jpeg` or `image/png`.
        width, height: pixels.
    """

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hex: its name in the store."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page as pictures: `full` up to `LARGEST_PICTURE`, `preview` up to `LARGEST_PREVIEW`."""

    full: Picture
    preview: Picture


@dataclass(frozen=True, kw_only=True, slots=True)
class PageRef:
    """Which pictures a page is, by their digests; `width` and `height` are the preview's."""

    full: str
    preview: str
    width: int
    height: int

    @classmethod
    def of(cls, page: Page) -> "PageRef":
        """The reference to a page's pictures."""
        return cls(
            full=page.full.digest,
            preview=page.preview.digest,
            width=page.preview.width,
            height=page.preview.height,
        )
