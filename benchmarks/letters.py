"""Ten thousand letters, as frozen requests and their retry keys: the same for every contender."""

import itertools
import uuid
from collections.abc import Iterator
from typing import Final

from bots.line.bubbles import LinePress

WORDS: Final = "庭の梅が咲きました。写真を一枚おくります。返事はいりません。"
_SAMPLE: Final = "U" + "0" * 32


def line_user(number: int) -> str:
    """The LINE user id of person `number`."""
    return f"U{number:032x}"


def requests(count: int) -> list[bytes]:
    """Frozen requests, one a person."""
    sample = LinePress().freeze(to=_SAMPLE, body=WORDS, alt_text="", with_buttons=True)
    return [sample.replace(_SAMPLE.encode(), line_user(n).encode()) for n in range(count)]


def retry_keys() -> Iterator[str]:
    """Fresh keys; random once, then counted, since only their shape and difference matter."""
    start = uuid.uuid4().int
    return (str(uuid.UUID(int=(start + n) % 2**128)) for n in itertools.count())
