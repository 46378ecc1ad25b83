"""What people sent beside words comes back, is fetched in turn, and can be erased."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import NotFound
from core.ids import MediaId, ReplyId
from core.media import Media, MediaKind, MediaState, claimed, ended, kept, put_off
from core.ports import UnitOfWork
from core.replies import Reply, ReplyKind
from storage.engine import Store
from tests.contracts.test_round_trips_connections import any_of
from tests.databases import unit_of_work_on
from tests.people import A12, MIDORI, MONDAY, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
REPLY = Reply(
    id=ReplyId("reply-1"),
    municipality_id=MIDORI,
    person_id=A.id,
    case_id=A12.id,
    kind=ReplyKind.IMAGE,
    text="",
    message_id="100001",
    occurred_at=MONDAY,
    received_at=MONDAY,
)
PHOTO = Media(
    id=MediaId("media-1"),
    municipality_id=MIDORI,
    reply_id=REPLY.id,
    kind=MediaKind.IMAGE,
    came_at=MONDAY,
    message_id="100001",
    next_at=MONDAY,
)
JPEG = b"\xff\xd8\xff\xe0 a photograph of a railway"


@pytest.fixture
async def album(midori: UnitOfWork) -> UnitOfWork:
    """Midori with a reply of A's that is a picture."""
    async with midori.write() as work:
        await work.replies.add(REPLY)
        await work.media.add(PHOTO)
        await work.commit()
    return midori


@few
@given(
    media=any_of(
        Media,
        reply_id=st.just(REPLY.id),
        municipality_id=st.just(MIDORI),
        state=st.just(MediaState.KEPT),
        next_at=st.none(),
    )
)
async def test_media_come_back(album: UnitOfWork, media: Media) -> None:
    async with album.write() as work:
        await work.media.add(media)
        assert await work.media.get(media.id) == media
        assert media in await work.media.of_replies([REPLY.id])
        assert await work.media.of_replies([]) == ()


@few
@given(data=st.binary(min_size=1, max_size=300))
async def test_bytes_come_back_and_can_be_erased(album: UnitOfWork, data: bytes) -> None:
    async with album.write() as work:
        await work.media.put_bytes(PHOTO.id, b"earlier")
        await work.media.put_bytes(PHOTO.id, data)
        assert await work.media.bytes_of(PHOTO.id) == data
        await work.media.erase_bytes(PHOTO.id)
        await work.media.erase_bytes(PHOTO.id)
        with pytest.raises(NotFound):
            await work.media.bytes_of(PHOTO.id)


async def test_a_piece_is_due_until_it_is_kept(album: UnitOfWork) -> None:
    async with album.write() as work:
        assert await work.media.due(at=MONDAY - timedelta(seconds=1), limit=5) == ()
        assert await work.media.due(at=MONDAY, limit=5) == (PHOTO,)
        taken = claimed(PHOTO, at=MONDAY)
        assert await work.media.change(taken, version=PHOTO.version)
        assert not await work.media.change(taken, version=PHOTO.version)
        assert await work.media.due(at=MONDAY, limit=5) == ()
        assert await work.pulse.next_due(after=MONDAY) == taken.next_at
        there = kept(taken, JPEG)
        assert await work.media.change(there, version=taken.version)
        assert (there.content_type, there.size) == ("image/jpeg", len(JPEG))
        assert await work.media.due(at=MONDAY + timedelta(days=1), limit=5) == ()
        assert await work.pulse.next_due(after=MONDAY) is None


async def test_what_was_put_off_is_due_later(album: UnitOfWork) -> None:
    async with album.write() as work:
        taken = claimed(PHOTO, at=MONDAY)
        await work.media.change(taken, version=PHOTO.version)
        later = put_off(taken, at=MONDAY)
        await work.media.change(later, version=taken.version)
        assert await work.media.due(at=MONDAY + timedelta(seconds=4), limit=5) == ()
        assert await work.media.due(at=MONDAY + timedelta(seconds=5), limit=5) == (later,)


async def test_another_town_sees_nothing_of_it(album: UnitOfWork, store: Store) -> None:
    async with album.write() as work:
        await work.media.put_bytes(PHOTO.id, JPEG)
        await work.commit()
    elsewhere = unit_of_work_on(store, municipality_id="elsewhere")
    async with elsewhere.read() as work:
        assert await work.media.of_replies([REPLY.id]) == ()
        assert await work.media.due(at=MONDAY, limit=5) == ()
        with pytest.raises(NotFound):
            await work.media.bytes_of(PHOTO.id)


async def test_what_was_taken_back_keeps_neither_name_nor_size() -> None:
    file = replace(PHOTO, kind=MediaKind.FILE, name="日記.pdf", size=9, content_type="x/y")
    gone = ended(file, MediaState.WITHDRAWN)
    assert (gone.name, gone.size, gone.content_type, gone.next_at) == ("", 0, "", None)
