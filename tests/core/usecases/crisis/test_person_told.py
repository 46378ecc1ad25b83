"""What the person is told while nobody reads: one approved text, once, and little else."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core.audit import PERSON
from core.letters import LetterKind, LetterState, Reason
from core.page_steps import PageKey, PageMeans
from core.page_ways import make_way
from core.people import LinkState
from core.usecases.pages.say_word import say_word
from tests.core.usecases.crisis.watch import NIGHT, NOON, WORDS, Watch
from tests.pagers import PAGER
from tests.people import TANAKA, TOKYO, A

RULE = "DOMAIN-8.3"


@pytest.mark.rule(RULE, "DOMAIN-8.4")
async def test_it_says_when_it_is_read_and_names_verified_lines_only(watch: Watch) -> None:
    await watch.a_says(WORDS)
    (text,) = await watch.texts()
    assert text.body == (
        "書いてくれて、ありがとう。いまは読む人が席を外しています。今日の8時30分に読みます。"
        "いまあぶないときは119か110へ。電話なら、夜の電話 0120-000-000(24時間)。"
    )
    assert (text.kind, text.acknowledges) == (LetterKind.ACKNOWLEDGEMENT, "crisis/1")
    assert text.approved_by == TANAKA.id


@pytest.mark.rule(RULE)
async def test_it_reaches_the_phone_at_two_in_the_morning(watch: Watch) -> None:
    await watch.a_says(WORDS)
    await watch.office.deliver()
    (took,) = watch.office.line.took
    (words,) = watch.office.press.rendering(took.request).bubbles
    assert words.startswith("書いてくれて、ありがとう。")


@pytest.mark.rule(RULE, "G-11")
async def test_the_lock_screen_shows_that_something_came_and_no_more(watch: Watch) -> None:
    await watch.a_says(WORDS)
    await watch.office.deliver()
    (took,) = watch.office.line.took
    shown = watch.office.press.rendering(took.request).lock_screen
    assert shown == "みどりのたよりからのおたより"


@pytest.mark.rule(RULE)
async def test_while_people_read_nothing_automatic_is_said(watch: Watch) -> None:
    await watch.a_says(WORDS, at=NOON)
    assert await watch.texts() == []


@pytest.mark.rule(RULE)
async def test_once_in_24_hours_whatever_else_is_written(watch: Watch) -> None:
    await watch.a_says(WORDS)
    await watch.a_says("死にたい", at=NIGHT + timedelta(hours=1))
    assert len(await watch.texts()) == 1
    await watch.a_says("死にたい", at=NIGHT + timedelta(hours=24))
    assert len(await watch.texts()) == 2


@pytest.mark.rule(RULE, "G-13")
async def test_it_goes_while_letters_rest_and_after_they_were_stopped(watch: Watch) -> None:
    for number, state in enumerate((LinkState.PAUSED, LinkState.UNLINKED_BY_PERSON)):
        until = NIGHT + timedelta(days=30) if state is LinkState.PAUSED else None
        async with watch.uow.write() as work:
            link = await work.links.of_person(A.id)
            assert link is not None
            now = replace(link, state=state, paused_until=until, version=link.version + 1)
            await work.links.change(now, version=link.version)
            await work.commit()
        await watch.a_says(WORDS, at=NIGHT + timedelta(days=number))
        await watch.office.deliver()
        assert len(watch.office.line.took) == number + 1


@pytest.mark.rule(RULE, "C8")
async def test_words_on_the_page_are_nothing_to_an_account_that_nobody_has_confirmed(
    watch: Watch,
) -> None:
    async with watch.uow.write() as work:
        link = await work.links.of_person(A.id)
        assert link is not None
        asked = replace(link, unconfirmed_since=NIGHT, version=link.version + 1)
        await work.links.change(asked, version=link.version)
        token = await make_way(work, A.id, at=NIGHT, by=PERSON)
        await work.commit()
    means = PageMeans(press=watch.office.press, pager=PAGER, tz=TOKYO)
    await say_word(watch.uow, PageKey(token), text=WORDS, once="1", at=NIGHT, means=means)
    async with watch.uow.read() as work:
        assert await work.alerts.open_of(person_id=A.id) is not None
    assert await watch.texts() == []


@pytest.mark.rule(RULE, "G-14")
async def test_who_blocked_us_is_written_nothing(watch: Watch) -> None:
    await watch.a_says(WORDS)
    async with watch.uow.write() as work:
        link = await work.links.of_person(A.id)
        assert link is not None
        blocked = replace(link, state=LinkState.BLOCKED, version=link.version + 1)
        await work.links.change(blocked, version=link.version)
        await work.commit()
    await watch.office.deliver()
    (text,) = await watch.texts()
    assert (text.state, text.reason) == (LetterState.CANCELLED, Reason.BLOCKED)
    assert watch.office.line.took == []


@pytest.mark.rule(RULE, "G-12")
@pytest.mark.parametrize("shared", [True, False])
async def test_a_shared_phone_does_not_ring(watch: Watch, shared: bool) -> None:
    async with watch.uow.write() as work:
        await work.people.put(replace(A, shared_device=shared))
        await work.commit()
    await watch.a_says(WORDS)
    await watch.office.deliver()
    (took,) = watch.office.line.took
    assert json.loads(took.request)["notificationDisabled"] is shared


@pytest.mark.rule(RULE)
async def test_it_is_not_sent_once_people_read_again(watch: Watch) -> None:
    await watch.a_says(WORDS, at=NIGHT + timedelta(hours=6))
    (text,) = await watch.texts()
    assert text.closes_at == NIGHT + timedelta(hours=6, minutes=30)
