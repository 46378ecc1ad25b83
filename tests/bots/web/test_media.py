"""Pictures, voices, films and files of a person, on the page of their case and nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from bots.web.staff import staff_routes
from core.ids import MediaId, ReplyId
from core.media import Media, MediaKind, MediaState, ended
from core.media_steps import erase_media, keep_piece
from core.municipal_profiles.profile import MunicipalProfile, Unsend
from core.replies import ReplyKind, ReplyState
from tests.bots.web.browser import KEY, Browser, Office
from tests.people import A12, MIDORI, SATO, SUZUKI, TOKYO
from tests.practice.line.served import served

JPEG = b"\xff\xd8\xff\xe0" + bytes(3000)
PAGE = b"<html><script>alert(1)</script></html>"


async def sent(
    office: Office, data: bytes, *, kind: MediaKind = MediaKind.IMAGE, name: str = ""
) -> Media:
    """A sends something, and it is here."""
    reply_id = await office.reply(name, kind=ReplyKind(kind.value))
    async with office.uow.write() as work:
        reply = await work.replies.get(reply_id)
        media = await keep_piece(work, reply, data, kind=kind, at=office.clock.now(), name=name)
        await work.commit()
    return media


def path_of(media: Media) -> str:
    return f"/s/cases/A-12/media/{media.id}"


@pytest.mark.rule("G-18")
async def test_a_photo_is_shown_on_the_page_of_the_case(office: Office, browser: Browser) -> None:
    media = await sent(office, JPEG)
    page = await browser.open(office.link())
    assert f'<img src="{path_of(media)}" alt="本人からの写真"' in page.text
    status, body, headers = await browser.bytes(path_of(media))
    assert (status, body, headers["content-type"]) == (200, JPEG, "image/jpeg")
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"].startswith("inline")
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert (await office.deeds()).count(("media.opened", SATO.id)) == 1
    _, _, headers = await browser.bytes(path_of(media) + "?save")
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''image.jpg"


@pytest.mark.rule("R-015")
async def test_it_is_read_through_the_door_of_the_case_alone(
    office: Office, browser: Browser
) -> None:
    media = await sent(office, JPEG)
    assert (await browser.get(path_of(media))).status == 404, "without a session"
    await browser.open(office.link())
    for other in (f"/s/cases/A-12/media/{MediaId('no-such')}", f"/s/cases/B-7/media/{media.id}"):
        assert (await browser.get(other)).status == 404
    assert (await browser.head(path_of(media))).status == 200
    assert ("media.opened", SATO.id) not in await office.deeds()
    async with office.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.staff_id == SATO.id:
                await work.staff.remove_seat(seat)
        theirs = replace(await work.cases.get(A12.id), lead_staff_id=SUZUKI.id)
        await work.cases.change(replace(theirs, version=theirs.version + 1), version=theirs.version)
        await work.commit()
    assert (await browser.get(path_of(media))).status == 404, "no seat any more"


async def test_what_calls_itself_a_picture_and_is_a_page_is_only_ever_saved(
    office: Office, browser: Browser
) -> None:
    media = await sent(office, PAGE)
    page = await browser.open(office.link())
    assert "/media/" in page.text
    assert '<img src="/s/cases' not in page.text
    _, body, headers = await browser.bytes(path_of(media))
    assert (body, headers["content-type"]) == (PAGE, "application/octet-stream")
    assert headers["content-disposition"].startswith("attachment")


async def test_a_file_keeps_its_own_name(office: Office, browser: Browser) -> None:
    media = await sent(office, b"%PDF-1.7 ...", kind=MediaKind.FILE, name='絵"\r\n.pdf')
    await browser.open(office.link())
    _, _, headers = await browser.bytes(path_of(media))
    assert headers["content-disposition"] == ("attachment; filename*=UTF-8''%E7%B5%B5%22%0D%0A.pdf")


async def test_a_player_gets_the_part_that_it_asks_for(office: Office, browser: Browser) -> None:
    data = b"\0\0\0\x20ftypM4A " + bytes(range(200))
    media = await sent(office, data, kind=MediaKind.AUDIO)
    page = await browser.open(office.link())
    assert f'<audio controls preload="none" src="{path_of(media)}"' in page.text
    for asked, status, part in (
        ("bytes=0-1", 206, data[:2]),
        ("bytes=10-", 206, data[10:]),
        ("bytes=10-9999", 206, data[10:]),
        ("bytes=9999-", 416, b""),
        ("bytes=5-4", 416, b""),
        ("lines=1-2", 200, data),
    ):
        got = await browser.part(path_of(media), asked)
        assert (got[0], got[1]) == (status, part), asked
    assert (await office.deeds()).count(("media.opened", SATO.id)) == 1, "one listening"
    office.clock.at += timedelta(minutes=11)
    await browser.bytes(path_of(media))
    assert (await office.deeds()).count(("media.opened", SATO.id)) == 2


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (MediaState.WAITING, "受け取っているところです"),
        (MediaState.GONE, "LINE にもう残っていないため"),
        (MediaState.ELSEWHERE, "LINE の外に置かれているため"),
        (MediaState.TOO_LARGE, "大きすぎるため"),
    ],
)
async def test_what_is_not_here_says_why(
    office: Office, browser: Browser, state: MediaState, says: str
) -> None:
    reply_id = await office.reply("", kind=ReplyKind.IMAGE)
    waiting = Media(
        id=MediaId("media-1"),
        municipality_id=MIDORI,
        reply_id=reply_id,
        kind=MediaKind.IMAGE,
        came_at=office.clock.now(),
        message_id="1",
        next_at=office.clock.now(),
        nth=2,
        of=3,
    )
    media = waiting if state is MediaState.WAITING else ended(waiting, state)
    async with office.uow.write() as work:
        await work.media.add(media)
        await work.commit()
    page = await browser.open(office.link())
    assert f"本人からの写真(2/3) · {says}" in page.words
    assert (await browser.get(path_of(media))).status == 404


async def take_back(office: Office, reply_id: ReplyId, *, erase: bool) -> None:
    async with office.uow.write() as work:
        reply = await work.replies.get(reply_id)
        gone = replace(
            reply,
            text="" if erase else reply.text,
            state=ReplyState.WITHDRAWN,
            version=reply.version + 1,
        )
        await work.replies.change(gone, version=reply.version)
        if erase:
            await erase_media(work, reply)
        await work.commit()


async def test_what_was_taken_back_is_not_shown_and_not_handed_out(
    office: Office, browser: Browser
) -> None:
    media = await sent(office, JPEG)
    await take_back(office, media.reply_id, erase=True)
    page = await browser.open(office.link())
    assert "本人が取り消しました" in page.words
    assert str(media.id) not in page.text
    assert (await browser.get(path_of(media))).status == 404


@pytest.fixture
async def keeping(office: Office) -> AsyncIterator[Office]:
    """A town whose rule on public records keeps what was taken back."""
    reason = "みどり市公文書管理規則"
    profile = MunicipalProfile(
        key="midori", name="みどり市", unsend=Unsend(keeps=True, reason=reason)
    )

    async def use_nonce(nonce: str, until: object) -> bool:
        return True

    routes = staff_routes(
        uow=office.uow,
        clock=office.clock,
        tz=TOKYO,
        key=KEY,
        use_nonce=use_nonce,
        profile=profile,
    )
    async with served(Starlette(routes=routes)) as origin:
        yield Office(office.uow, office.clock, origin)


async def test_a_town_that_keeps_it_says_why(keeping: Office) -> None:
    media = await sent(keeping, JPEG, name="消した言葉")
    await take_back(keeping, media.reply_id, erase=False)
    async with Browser(keeping.origin) as browser:
        page = await browser.open(keeping.link())
        assert "本人が取り消しました。町の決まりにより残しています" in page.words
        assert "わけ:みどり市公文書管理規則" in page.words
        assert "消した言葉" in page.words
        assert (await browser.bytes(path_of(media)))[1] == JPEG
