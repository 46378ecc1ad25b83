"""Pictures, videos, voices and files that people sent (REF §Getting content)."""

import base64
from dataclasses import dataclass
from datetime import datetime

from .answers import Answer, LineRefusal
from .ids import Clock

SAMPLE_PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsO"
    "CwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)
"""A grey JPEG of one pixel."""


@dataclass(kw_only=True, slots=True)
class _Content:
    kind: str
    content: bytes
    content_type: str
    ready_at: datetime
    withdrawn: bool = False


class Contents:
    """What can be fetched, not yet fetched, or no longer fetched."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, _Content] = {}

    def keep(
        self, message_id: str, *, kind: str, content: bytes, content_type: str, ready_at: datetime
    ) -> None:
        """Store what a person sent; before `ready_at` it is being prepared."""
        self._kept[message_id] = _Content(
            kind=kind, content=content, content_type=content_type, ready_at=ready_at
        )

    def withdraw(self, message_id: str) -> None:
        """The person took it back: 410 from now on."""
        if message_id in self._kept:
            self._kept[message_id].withdrawn = True
            self._kept[message_id].content = b""

    def expire(self, message_id: str) -> None:
        """LINE deletes content after an undisclosed time: 404 from now on."""
        self._kept.pop(message_id, None)

    def fetch(self, message_id: str) -> Answer:
        """200 with the bytes, 202 while preparing."""
        found = self._found(message_id)
        if found.ready_at > self._clock.now():
            return Answer(status=202)
        return Answer(body=found.content, content_type=found.content_type)

    def preview(self, message_id: str) -> Answer:
        """A small picture of an image or video."""
        found = self._found(message_id)
        if found.kind not in ("image", "video"):
            raise LineRefusal(400, message="The content can not be previewed")
        if found.ready_at > self._clock.now():
            return Answer(status=202)
        return Answer(body=SAMPLE_PHOTO, content_type="image/jpeg")

    def transcoding(self, message_id: str) -> Answer:
        """Whether a video or a voice is ready."""
        found = self._found(message_id)
        if found.kind not in ("video", "audio"):
            raise LineRefusal(
                400, message="Transcoding status doesn't support this type of content"
            )
        ready = found.ready_at <= self._clock.now()
        return Answer(body={"status": "succeeded" if ready else "processing"})

    def _found(self, message_id: str) -> _Content:
        found = self._kept.get(message_id)
        if found is None:
            raise LineRefusal(404, message="not found")
        if found.withdrawn:
            raise LineRefusal(410, message="The content is gone")
        return found
