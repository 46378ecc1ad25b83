"""Who comes in: once, in time, with an own link; everybody else sees one neutral page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.ids import CaseId
from tests.bots.web.browser import Browser, Office
from tests.people import A12, SATO, SUZUKI

NEUTRAL = "このリンクは使えません。 Slackから開き直してください。"


async def test_a_link_opens_the_case_after_one_deliberate_press(
    office: Office, browser: Browser
) -> None:
    shown = await browser.open(office.link())

    assert (shown.status, shown.path) == (200, "/s/cases/A-12")
    assert "A-12" in shown.words


async def test_looking_at_a_link_shows_nothing_and_uses_nothing_up(
    office: Office, browser: Browser
) -> None:
    link = office.link()
    for _ in range(3):
        assert (await browser.head(link)).status == 200
        assert "A-12" not in (await browser.get(link)).text

    assert await office.deeds() == []
    assert (await browser.open(link)).status == 200


async def test_a_link_opens_once(office: Office, browser: Browser) -> None:
    link = office.link()
    await browser.open(link)
    again = await browser.post(link)

    assert (again.status, again.words) == (404, NEUTRAL)


async def test_a_link_ends_after_ten_minutes(office: Office, browser: Browser) -> None:
    link = office.link()
    office.clock.move(timedelta(minutes=10))

    for shown in (await browser.get(link), await browser.post(link)):
        assert (shown.status, shown.words) == (404, NEUTRAL)


async def test_a_link_under_a_foreign_key_opens_nothing(office: Office, browser: Browser) -> None:
    link = office.link(key=b"somebody else's key, long enough")

    for shown in (await browser.get(link), await browser.post(link)):
        assert (shown.status, shown.words) == (404, NEUTRAL)


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_colleague_without_a_seat_opens_nothing_and_burns_nothing(
    office: Office, browser: Browser
) -> None:
    async with office.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.staff_id == SUZUKI.id:
                await work.staff.remove_seat(seat)
        await work.commit()
    shown = await browser.post(office.link(staff=SUZUKI))

    assert (shown.status, shown.words) == (404, NEUTRAL)
    assert await office.deeds() == []


async def test_a_colleague_who_left_in_the_meantime_reads_no_more(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    async with office.uow.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()

    assert (await browser.get("/s/cases/A-12")).words == NEUTRAL


async def test_a_link_to_a_case_that_is_not_there_opens_nothing(
    office: Office, browser: Browser
) -> None:
    link = office.link(case=replace(A12, id=CaseId("case-of-nobody")))

    assert (await browser.post(link)).words == NEUTRAL


async def test_without_a_session_there_is_no_case(office: Office, browser: Browser) -> None:
    shown = await browser.get("/s/cases/A-12")

    assert (shown.status, shown.words) == (404, NEUTRAL)


async def test_a_made_up_session_is_none(office: Office, browser: Browser) -> None:
    browser.forget("yorisoi_staff", "staff-sato")

    assert (await browser.get("/s/cases/A-12")).words == NEUTRAL


async def test_a_session_ends_after_half_an_hour(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    office.clock.move(timedelta(minutes=29))
    assert (await browser.get("/s/cases/A-12")).status == 200
    office.clock.move(timedelta(minutes=1))

    assert (await browser.get("/s/cases/A-12")).words == NEUTRAL


async def test_a_case_that_is_not_there_looks_like_any_other_closed_door(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())

    for path in ("/s/cases/Z-99", "/s/", "/s/elsewhere", "/s/open/x", "/s/open/%E5%8D%B0"):
        shown = await browser.get(path)
        assert (shown.status, shown.words) == (404, NEUTRAL)


async def test_a_post_without_a_form_or_with_far_too_much_is_refused_calmly(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())

    for fields in ((), (("mark", "x" * 70_000),), (("mark", "\udcff"),)):
        sent = [(name, value.encode(errors="replace").decode()) for name, value in fields]
        assert (await browser.post("/s/cases/A-12/read", *sent)).words == NEUTRAL


async def test_nothing_is_kept_referred_or_fetched_from_elsewhere(
    office: Office, browser: Browser
) -> None:
    link = office.link()
    pages = [await browser.get(link), await browser.post(link), await browser.get("/s/none")]

    for page in pages:
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        assert "http" not in page.text.replace("http-equiv", "")
        assert "<script" not in page.text and "style=" not in page.text


async def test_the_session_is_out_of_reach_for_scripts_and_other_sites(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    cookies = {cookie.key: cookie for cookie in browser._http.cookie_jar}
    cookie = cookies["yorisoi_staff"]

    assert cookie["httponly"] and cookie["samesite"].lower() == "lax" and cookie["path"] == "/s"


@pytest.mark.parametrize(
    ("name", "kind"), [("staff.css", "text/css"), ("mark.svg", "image/svg+xml")]
)
async def test_the_pages_bring_their_own_looks(
    office: Office, browser: Browser, name: str, kind: str
) -> None:
    shown = await browser.get(f"/s/static/{name}")

    assert shown.status == 200 and shown.headers["content-type"].startswith(kind)
    assert "//" not in shown.text.replace("http://www.w3.org/2000/svg", "")
