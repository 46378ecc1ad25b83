"""What a piece is by its own bytes, and when it is asked for again."""

from datetime import timedelta

import pytest

from core.ids import MediaId, ReplyId
from core.media import (
    LARGEST,
    LEASE,
    TRIED_FOR,
    Media,
    MediaKind,
    MediaState,
    claimed,
    content_type_of,
    kept,
    put_off,
)
from tests.people import MIDORI, MONDAY

VOICE = Media(
    id=MediaId("media-1"),
    municipality_id=MIDORI,
    reply_id=ReplyId("reply-1"),
    kind=MediaKind.AUDIO,
    came_at=MONDAY,
    message_id="100001",
    next_at=MONDAY,
)


@pytest.mark.parametrize(
    ("beginning", "content_type"),
    [
        (b"\xff\xd8\xff\xdb", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"GIF89a...", "image/gif"),
        (b"RIFF1234WEBPVP8 ", "image/webp"),
        (b"RIFF1234WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x20ftypM4A ....", "audio/mp4"),
        (b"\0\0\0\x20ftypisom....", "video/mp4"),
        (b"\0\0\0\x20ftypheic....", "image/heic"),
        (b"ID3\x04", "audio/mpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<html><script>", "application/octet-stream"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', "application/octet-stream"),
        (b"RIFF", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_piece_is_what_its_own_bytes_say(beginning: bytes, content_type: str) -> None:
    assert content_type_of(beginning) == content_type


def test_a_piece_that_is_too_large_is_not_taken() -> None:
    assert kept(VOICE, bytes(LARGEST)).state is MediaState.KEPT
    large = kept(VOICE, bytes(LARGEST + 1))
    assert (large.state, large.next_at, large.size) == (MediaState.TOO_LARGE, None, 0)


def test_whoever_fetches_it_has_it_for_a_while_only() -> None:
    taken = claimed(VOICE, at=MONDAY)
    assert (taken.next_at, taken.attempts, taken.state) == (
        MONDAY + LEASE,
        1,
        MediaState.WAITING,
    )


def test_it_is_asked_for_ever_more_rarely_and_then_given_up() -> None:
    at, media, gaps = MONDAY, VOICE, []
    while media.state is MediaState.WAITING:
        media = put_off(claimed(media, at=at), at=at)
        if media.next_at is not None:
            gaps.append(media.next_at - at)
            at = media.next_at
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == (timedelta(seconds=5), timedelta(hours=1))
    assert media.state is MediaState.GONE
    assert TRIED_FOR <= at - MONDAY <= TRIED_FOR + timedelta(hours=1)
