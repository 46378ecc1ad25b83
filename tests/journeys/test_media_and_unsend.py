"""Pictures, voices, films and files from LINE to the record, and everything that is taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final

import pytest

from bots.practice.faults import Fault
from core.ids import MediaId
from core.media import LEASE, TRIED_FOR, Media, MediaKind, MediaState
from core.municipal_profiles.profile import Unsend
from core.outbox import CardKind
from core.ports import Fetched
from core.replies import ReplyKind, ReplyState
from core.usecases.media.settle_media import settle_media
from core.usecases.media.take_due_media import take_due_media
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.journeys.incoming import Town, incoming, kept_anywhere
from tests.people import A12, LINK_A, MONDAY, SATO

PHOTO = b"\xff\xd8\xff\xe0 the secret of a photograph"
SECRET = "ひみつ"


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork, store: Store) -> AsyncIterator[Town]:
    async with incoming(unit_of_work, store) as opened:
        yield opened


@pytest.fixture
async def keeping(unit_of_work: SqlUnitOfWork, store: Store) -> AsyncIterator[Town]:
    """A town that has to keep what is taken back."""
    unsend = Unsend(keeps=True, reason="公文書管理規則")
    async with incoming(unit_of_work, store, unsend=unsend) as opened:
        yield opened


async def one(town: Town) -> Media:
    (media,) = await town.media()
    return media


async def data_of(town: Town, media_id: MediaId) -> bytes:
    async with town.uow.read() as work:
        return await work.media.bytes_of(media_id)


async def photo_sent(town: Town, photo: bytes = PHOTO) -> None:
    await town.a.photo(photo)
    await town.rest()


@pytest.mark.rule("G-18")
async def test_a_photo_is_fetched_at_once_and_the_worker_told_without_it(town: Town) -> None:
    await photo_sent(town)
    waiting = await one(town)
    assert (waiting.state, waiting.next_at) == (MediaState.WAITING, waiting.came_at)
    assert await town.fetching.run() == 1
    media = await one(town)
    assert (media.state, media.content_type, media.size) == (
        MediaState.KEPT,
        "image/jpeg",
        len(PHOTO),
    )
    assert await data_of(town, media.id) == PHOTO
    assert [reply.kind for reply in await town.replies()] == [ReplyKind.IMAGE]
    assert (CardKind.REPLY, SATO.id) in await town.cards()
    assert await town.fetching.run() == 0
    async with town.uow.read() as work:
        trail = [entry.event for entry in await work.audit.of_case(A12.id)]
    assert [event.action for event in trail if event.subject == media.id] == ["media.kept"]


async def test_photos_that_were_sent_together_keep_their_order(town: Town) -> None:
    webhooks = town.world.line.webhooks
    webhooks.plan.shuffle_seed = 3
    await town.a.photos(b"\xff\xd8\xff 1", b"\xff\xd8\xff 2", b"\xff\xd8\xff 3")
    await town.rest()
    await town.fetching.run()
    media = sorted(await town.media(), key=lambda piece: piece.nth)
    assert [(piece.nth, piece.of) for piece in media] == [(1, 3), (2, 3), (3, 3)]
    assert len({piece.set_id for piece in media}) == 1
    assert [(await data_of(town, piece.id))[-1:] for piece in media] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("kind", ["video", "audio", "file"])
async def test_a_voice_a_film_and_a_file_come_too(town: Town, kind: Any) -> None:
    await town.a.media(kind, b"some bytes")
    await town.rest()
    await town.fetching.run()
    media = await one(town)
    assert (media.kind, media.state, await data_of(town, media.id)) == (
        MediaKind(kind),
        MediaState.KEPT,
        b"some bytes",
    )
    assert media.name == ("file.pdf" if kind == "file" else "")


async def test_what_line_is_still_preparing_is_asked_for_again(town: Town) -> None:
    await town.a.media("video", b"film", ready_after=timedelta(minutes=2))
    await town.rest()
    assert await town.fetching.run() == 1
    assert await town.fetching.run() == 0, "not before its time"
    for wait in (5, 15, 60):
        assert (await one(town)).state is MediaState.WAITING
        await town.later(timedelta(seconds=wait))
    await town.later(timedelta(minutes=5))
    assert (await one(town)).state is MediaState.KEPT


async def test_what_line_no_longer_has_is_said_to_be_gone(town: Town) -> None:
    await photo_sent(town)
    town.world.line.contents.expire((await one(town)).message_id or "")
    await town.fetching.run()
    assert (await one(town)).state is MediaState.GONE


async def test_what_line_does_not_give_for_two_weeks_is_given_up(town: Town) -> None:
    await photo_sent(town)
    town.world.faults.plan(Fault(service="line", operation="content", status=500, count=99))
    await town.fetching.run()
    await town.later(TRIED_FOR - timedelta(minutes=1))
    assert (await one(town)).state is MediaState.WAITING
    await town.later(timedelta(hours=1))
    assert (await one(town)).state is MediaState.GONE


async def test_a_crash_while_fetching_loses_nothing(town: Town) -> None:
    await photo_sent(town)
    assert len(await take_due_media(town.uow, at=town.clock.now(), limit=5)) == 1
    assert await town.fetching.run() == 0, "whoever took it may still be at it"
    await town.later(LEASE)
    assert (await one(town)).state is MediaState.KEPT


async def test_of_two_that_fetch_the_same_one_keeps_it(town: Town) -> None:
    await photo_sent(town)
    (slow,) = await take_due_media(town.uow, at=town.clock.now(), limit=5)
    await town.later(LEASE)
    kept = await settle_media(town.uow, slow, Fetched(data=b"other"), at=town.clock.now())
    assert not kept
    assert await data_of(town, slow.id) == PHOTO


async def test_a_photo_that_lies_with_a_third_party_is_not_fetched(town: Town) -> None:
    message = {
        "id": "m1",
        "type": "image",
        "quoteToken": "q",
        "contentProvider": {"type": "external", "originalContentUrl": "http://127.0.0.1:9/x.jpg"},
    }
    await town.world.line.webhooks.send_raw(events=[event_of(message)])
    await town.rest()
    assert await town.fetching.run() == 0
    assert (await one(town)).state is MediaState.ELSEWHERE


async def test_a_place_is_kept_as_its_name(town: Town) -> None:
    await town.a.location(title="みどり公園", address="みどり市一丁目")
    await town.rest()
    [reply] = await town.replies()
    assert (reply.kind, reply.text) == (ReplyKind.LOCATION, "みどり公園\nみどり市一丁目")
    assert await town.media() == ()


def event_of(message: dict[str, Any], event_id: str = "01EVENT") -> dict[str, Any]:
    """A message of A's in LINE's own shape."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": int(MONDAY.timestamp() * 1000),
        "source": {"type": "user", "userId": LINK_A.line_user_id},
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": False},
        "message": message,
    }


# --- taken back ---


async def test_a_photo_that_is_taken_back_is_gone_everywhere(town: Town) -> None:
    await photo_sent(town)
    await town.fetching.run()
    assert await kept_anywhere(town, PHOTO)
    assert (CardKind.REPLY, SATO.id) in await town.cards()
    await town.a.unsend()
    await town.rest()
    assert not await kept_anywhere(town, PHOTO)
    assert (await one(town)).state is MediaState.WITHDRAWN
    assert [reply.state for reply in await town.replies()] == [ReplyState.WITHDRAWN]
    await town.later(timedelta(minutes=1))
    assert (CardKind.REPLY, SATO.id) in await town.cards(), "the card is drawn anew"
    async with town.uow.read() as work:
        trail = [entry.event for entry in await work.audit.of_case(A12.id)]
    assert [event.now for event in trail if event.action == "reply.withdrawn"] == ["erased"]


async def test_a_photo_that_is_taken_back_before_it_is_fetched_is_not_asked_for(
    town: Town,
) -> None:
    await photo_sent(town)
    await town.a.unsend()
    await town.rest()
    assert await town.fetching.run() == 0
    assert (await one(town)).state is MediaState.WITHDRAWN


async def test_a_photo_that_is_taken_back_while_it_is_fetched_is_dropped(town: Town) -> None:
    await photo_sent(town)
    (fetching,) = await take_due_media(town.uow, at=town.clock.now(), limit=5)
    await town.a.unsend()
    await town.rest()
    assert not await settle_media(town.uow, fetching, Fetched(data=PHOTO), at=town.clock.now())
    assert not await kept_anywhere(town, PHOTO)


async def test_a_photo_that_is_taken_back_before_it_came_is_never_asked_for(town: Town) -> None:
    town.world.line.webhooks.plan.unsend_before_message = True
    await town.a.photo(PHOTO)
    await town.a.unsend()
    await town.rest()
    assert await town.fetching.run() == 0
    assert await town.media() == ()
    assert all(reply.state is ReplyState.WITHDRAWN for reply in await town.replies())


async def test_a_file_that_is_taken_back_loses_its_name_too(town: Town) -> None:
    file = {"id": "m1", "type": "file", "fileName": f"{SECRET}.pdf", "fileSize": 3}
    await town.world.line.webhooks.send_raw(events=[event_of(file)])
    await town.rest()
    assert await kept_anywhere(town, SECRET.encode())
    await town.world.line.webhooks.send_raw(events=[unsend_of("m1")])
    await town.rest()
    assert not await kept_anywhere(town, SECRET.encode())


def unsend_of(message_id: str, event_id: str = "01UNSEND") -> dict[str, Any]:
    whole = event_of({}, event_id) | {"type": "unsend", "unsend": {"messageId": message_id}}
    del whole["message"]
    return whole


A_HERSELF: Final = {"type": "user", "userId": LINK_A.line_user_id}
WHOSE: Final[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "stranger": ({"type": "user", "userId": "U" + "f" * 32}, {"type": "text", "text": SECRET}),
    "no sender": ({"type": "user"}, {"type": "text", "text": SECRET}),
    "group": ({"type": "group", "groupId": "C1"}, {"type": "text", "text": SECRET}),
    "unknown kind": (A_HERSELF, {"type": "novel", "said": SECRET}),
    "A": (A_HERSELF, {"type": "text", "text": SECRET}),
}


@pytest.mark.parametrize("first", ["message", "unsend"])
async def test_whoever_takes_it_back_and_whenever_it_comes_it_is_gone(
    town: Town, first: str
) -> None:
    said = [
        event_of({"id": f"m-{name[0]}", **message}, f"01SAID-{name[0]}") | {"source": source}
        for name, (source, message) in WHOSE.items()
    ]
    back = [
        unsend_of(f"m-{name[0]}", f"01BACK-{name[0]}") | {"source": source}
        for name, (source, _) in WHOSE.items()
    ]
    for events in (said, back) if first == "message" else (back, said):
        await town.world.line.webhooks.send_raw(events=events)
        await town.rest()
    assert not await kept_anywhere(town, SECRET.encode())
    async with town.uow.read() as work:
        assert await work.inbox.tray() == (), "nothing of it is left to be read"


async def test_every_version_of_an_edited_message_is_gone(town: Town) -> None:
    group = {"source": {"type": "group", "groupId": "C1", "userId": LINK_A.line_user_id}}
    edited = event_of({"id": "m1", "type": "text", "text": f"{SECRET}、直した"}, "01EDIT") | {
        "type": "messageEdited"
    }
    first = event_of({"id": "m1", "type": "text", "text": SECRET}) | group
    await town.world.line.webhooks.send_raw(events=[first, edited | group])
    await town.rest()
    await town.world.line.webhooks.send_raw(events=[unsend_of("m1") | group])
    await town.rest()
    assert not await kept_anywhere(town, SECRET.encode())


async def test_the_wish_to_talk_can_be_taken_back_like_other_words(town: Town) -> None:
    await town.a.say("人と話したい")
    await town.rest()
    await town.a.unsend()
    await town.rest()
    assert [reply.state for reply in await town.replies()] == [ReplyState.WITHDRAWN]


async def test_taking_back_twice_changes_nothing_more(town: Town) -> None:
    await town.a.say(SECRET)
    await town.a.unsend()
    await town.rest()
    [reply] = await town.replies()
    message_id = reply.message_id or ""
    await town.world.line.webhooks.send_raw(events=[unsend_of(message_id, "01AGAIN")])
    await town.rest()
    assert await town.replies() == (reply,)


async def test_where_the_town_has_to_keep_it_it_stays_and_is_marked(keeping: Town) -> None:
    await keeping.a.say(SECRET)
    await keeping.a.photo(PHOTO)
    await keeping.rest()
    await keeping.fetching.run()
    await keeping.a.unsend()
    await keeping.a.unsend()
    await keeping.rest()
    replies = await keeping.replies()
    assert {reply.state for reply in replies} == {ReplyState.WITHDRAWN}
    assert SECRET in [reply.text for reply in replies]
    assert await kept_anywhere(keeping, PHOTO)
    async with keeping.uow.read() as work:
        trail = [entry.event for entry in await work.audit.of_case(A12.id)]
    assert {event.now for event in trail if event.action == "reply.withdrawn"} == {"kept"}


async def test_there_it_stays_also_when_the_news_came_first(keeping: Town) -> None:
    keeping.world.line.webhooks.plan.unsend_before_message = True
    await keeping.a.say(SECRET)
    await keeping.a.unsend()
    await keeping.rest()
    [reply] = await keeping.replies()
    assert (reply.state, reply.text) == (ReplyState.WITHDRAWN, SECRET)
