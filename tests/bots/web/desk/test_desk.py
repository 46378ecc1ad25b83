"""The desk on a case's page: what one may do now, and its forms."""

import asyncio

from bots.web.passes import make_staff_link
from core.agencies import Role
from tests.bots.web.browser import KEY, Browser, Office, Seen
from tests.people import SATO

FORM = "/s/cases/A-12/do/log-contact"


def mark(page: Seen) -> tuple[str, str]:
    return next(field for field in page.fields if field[0] == "mark")


async def test_the_case_page_lists_what_this_colleague_may_do(
    office: Office, browser: Browser
) -> None:
    page = await browser.open(office.link())

    assert "いまできること" in page.words
    assert f'href="{FORM}"' in page.text


async def test_a_deed_is_done_and_said_once(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    done = await browser.post(
        FORM,
        mark(form),
        ("channel", "VISIT"),
        ("met", "absent"),
        ("happened_at", "2026-11-30T10:00"),
        ("note", "傘がかわいていました"),
    )

    assert done.path == "/s/cases/A-12"
    assert "接触を記録しました。" in done.words
    assert "傘がかわいていました" in done.words
    assert ("contact.logged", SATO.id) in await office.deeds()
    assert "接触を記録しました。 いまできること" not in (await browser.get("/s/cases/A-12")).words


async def test_what_was_typed_stays_when_something_is_missing(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    again = await browser.post(FORM, mark(form), ("met", "met"), ("note", "お茶を飲みました"))

    assert again.status == 422
    assert "2か所、お確かめください。" in again.words
    assert "お茶を飲みました" in again.text
    assert '<option value="met" selected>' in again.text
    assert "contact.logged" not in [action for action, _ in await office.deeds()]


async def test_a_refusal_has_its_rule_its_sentence_and_the_next_step(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    refused = await browser.post(
        FORM,
        mark(form),
        ("channel", "VISIT"),
        ("met", "met"),
        ("happened_at", "2027-01-01T10:00"),
        ("note", "まだ先のこと"),
    )

    assert refused.status == 422
    assert "DOMAIN-2.7" in refused.words
    assert "まだ先のこと" in refused.text


async def test_a_form_of_another_page_is_not_taken(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    answer = await browser.post(FORM, ("mark", "made up"), ("channel", "VISIT"), ("met", "met"))

    assert answer.status == 404
    assert "contact.logged" not in [action for action, _ in await office.deeds()]


async def test_a_deed_that_is_not_there_looks_like_nothing(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())

    assert (await browser.get("/s/cases/A-12/do/fly")).status == 404
    assert (await browser.get(f"{FORM}?of=another")).status == 404


async def test_a_deed_is_not_offered_to_a_role_that_may_not(
    office: Office, browser: Browser
) -> None:
    from bots.web.desk.register import DEEDS

    (deed,) = [one for one in DEEDS if one.key == "log-contact"]
    assert Role.CLERK not in deed.who
    assert Role.OUTREACH_WORKER in deed.who


async def test_the_town_has_a_desk_of_its_own(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    town = await browser.get("/s/town")

    assert town.status == 200
    assert "みどり市の机" in town.words
    assert "まだ会議体がありません" in town.words


async def test_nobody_comes_to_the_town_desk_without_a_link(
    office: Office, browser: Browser
) -> None:
    assert (await browser.get("/s/town")).status == 404


async def test_a_link_without_a_case_opens_the_town_desk(office: Office, browser: Browser) -> None:
    link = make_staff_link(
        office.origin, KEY, SATO.id, None, at=office.clock.now(), nonce="nonce-town"
    )
    assert (await browser.open(link)).path == "/s/town"


async def test_a_form_sent_twice_makes_one_record(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    filled = (
        mark(form),
        ("channel", "VISIT"),
        ("met", "absent"),
        ("happened_at", "2026-11-30T10:00"),
        ("note", "傘がかわいていました"),
    )
    came = await asyncio.gather(*(browser.post(FORM, *filled) for _ in range(3)))
    later = await browser.post(FORM, *filled)

    assert {page.path for page in (*came, later)} == {"/s/cases/A-12"}
    assert "もう記録されています。" in later.words
    assert [action for action, _ in await office.deeds()].count("contact.logged") == 1
    fresh = await browser.get(FORM)
    again = await browser.post(FORM, mark(fresh), *filled[1:])
    assert "接触を記録しました。" in again.words
    assert [action for action, _ in await office.deeds()].count("contact.logged") == 2


async def test_a_form_that_was_refused_may_be_sent_again(office: Office, browser: Browser) -> None:
    await browser.open(office.link())
    form = await browser.get(FORM)
    seen = (mark(form), ("channel", "VISIT"), ("met", "absent"), ("note", "留守でした"))
    refused = await browser.post(FORM, *seen, ("happened_at", "2027-01-01T10:00"))
    done = await browser.post(FORM, *seen, ("happened_at", "2026-11-30T10:00"))

    assert refused.status == 422
    assert "接触を記録しました。" in done.words


async def test_a_form_that_ended_its_own_offer_says_that_it_is_on_record(
    office: Office, browser: Browser
) -> None:
    await browser.open(office.link())
    path = "/s/cases/A-12/do/raise-emergency"
    form = await browser.get(path)
    sent = (mark(form), ("danger", "LIFE"), ("called", "MEDICAL"))
    done = await browser.post(path, *sent)
    again = await browser.post(path, *sent)

    assert "もう記録されています。" not in done.words
    assert (done.path, again.path) == ("/s/cases/A-12", "/s/cases/A-12")
    assert "もう記録されています。" in again.words
    assert (await browser.get(path)).status == 404
