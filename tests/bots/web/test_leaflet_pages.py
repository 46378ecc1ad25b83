"""/l: a leaflet for whoever has the link in a letter, and one and the same page for all else."""

import json
import re
from datetime import timedelta

import pytest

from bots.line.bubbles import LinePress
from core.ids import LetterId
from core.letters import Letter, LetterKind
from core.usecases.leaflets.stop_link import stop_link
from core.usecases.leaflets.withdraw_leaflet import withdraw_leaflet
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.write_letter import write_letter
from tests.bots.web.browser import Browser, Office
from tests.library import ABOUT_TRAINS, EXHIBITION, on_show, page_of
from tests.midori import facts_of
from tests.people import A12, MONDAY, SATO, SUZUKI, TOKYO
from tests.proofs import PROOF

PRESS = LinePress(public_url="https://tayori.example")


async def sent(office: Office, **changes: object) -> tuple[str, Letter]:
    """The path of the link in an approved letter about the exhibition, and the letter."""
    leaflet = await on_show(office.uow, pages=(page_of("a"), page_of("b")), **changes)
    letter = await write_letter(
        office.uow,
        case_id=A12.id,
        by=SUZUKI.id,
        body=ABOUT_TRAINS,
        opens_at=MONDAY + timedelta(minutes=5),
        at=MONDAY,
        tz=TOKYO,
        proof=PROOF,
        kind=LetterKind.LEAFLET,
        leaflet_id=leaflet.id,
    )
    approved = await approve_letter(
        office.uow,
        letter_id=letter.id,
        version=letter.version,
        facts=await facts_of(office.uow),
        by=SATO.id,
        at=MONDAY,
        press=PRESS,
        proof=PROOF,
    )
    async with office.uow.read() as work:
        delivery = await work.outbox.of_letter(LetterId(letter.id))
    assert delivery is not None
    found = re.search(
        r"https://tayori\.example(/l/[\w-]+)", json.dumps(json.loads(delivery.request))
    )
    assert found is not None
    return found[1], approved


async def test_the_leaflet_stands_there_as_pictures_and_in_words(
    office: Office, browser: Browser
) -> None:
    path, _ = await sent(office)
    shown = await browser.get(path)
    assert shown.status == 200
    for said in (EXHIBITION.title, EXHIBITION.issuer, EXHIBITION.plain, "行っても行かなくても"):
        assert said in shown.words
    assert shown.text.count("<img ") == 2
    status, picture, headers = await browser.bytes(f"{path}/2.jpg")
    assert (status, picture) == (200, page_of("b").preview.data)
    assert headers["content-type"] == "image/jpeg"
    assert (await browser.bytes(f"{path}/1-large.jpg"))[1] == page_of("a").full.data


@pytest.mark.rule("G-11", "G-20")
async def test_the_browsers_own_words_are_safe_for_others_to_see(
    office: Office, browser: Browser
) -> None:
    path, _ = await sent(office, title="ひきこもりの方のための写真展")
    shown = await browser.get(path)
    assert f"<title>{EXHIBITION.quiet_title}</title>" in shown.text


async def test_it_needs_no_script_and_nothing_from_elsewhere_and_tells_nobody(
    office: Office, browser: Browser
) -> None:
    path, _ = await sent(office)
    shown = await browser.get(path)
    assert "<script" not in shown.text
    assert "http" not in re.sub(r"</?(html|head)[^>]*>", "", shown.text).replace("http-equiv", "")
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert shown.headers["cache-control"] == "private, no-store"
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "set-cookie" not in shown.headers
    assert len(shown.text.encode()) < 8_000
    headers = (await browser.bytes(f"{path}/1.jpg"))[2]
    assert headers["cache-control"] == "private, max-age=86400"
    assert headers["referrer-policy"] == "no-referrer"


async def test_whatever_cannot_be_shown_is_one_page_byte_for_byte(
    office: Office, browser: Browser
) -> None:
    path, letter = await sent(office)
    stopped = await browser.get(path)
    assert stopped.status == 200
    await stop_link(office.uow, letter_id=letter.id, by=SUZUKI.id, at=MONDAY)
    asked = [path, f"{path}/1.jpg", "/l/guessed", "/l/guessed/1.jpg", f"{path}/9.jpg"]
    asked += [f"{path}/1.png", "/l/", "/l/a/b/c", f"/l/{'x' * 500}"]
    answers = [await browser.get(one) for one in asked]
    assert {(one.status, one.text) for one in answers} == {(404, answers[0].text)}
    assert (
        len({frozenset((k, v) for k, v in one.headers.items() if k != "date") for one in answers})
        == 1
    )
    assert "いまは見られません" in answers[0].words


async def test_an_old_link_says_kindly_that_it_is_over_and_later_nothing(
    office: Office, browser: Browser
) -> None:
    path, _ = await sent(office)
    office.clock.move(timedelta(days=40))
    assert "期間は、もう終わりました" in (await browser.get(path)).words
    office.clock.move(timedelta(days=200))
    assert (await browser.get(path)).status == 404


async def test_of_a_withdrawn_leaflet_nothing_is_shown(office: Office, browser: Browser) -> None:
    path, _ = await sent(office)
    async with office.uow.read() as work:
        (leaflet,) = await work.leaflets.approved()
    await withdraw_leaflet(
        office.uow,
        leaflet_id=leaflet.id,
        version=leaflet.version,
        why="会場が替わった",
        by=SATO.id,
        at=MONDAY,
    )
    assert (await browser.get(path)).status == 404


async def test_looking_ahead_without_reading_is_answered_alike(
    office: Office, browser: Browser
) -> None:
    path, _ = await sent(office)
    assert (await browser.head(path)).status == 200
    assert (await browser.head("/l/guessed")).status == 404
