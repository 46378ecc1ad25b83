"""What the store promises about a town's texts, and about what has been said to a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.ids import LetterId
from core.letters import Letter, LetterKind, LetterState
from core.outbox import DeliveryState
from core.ports import UnitOfWork
from core.profiles import StandingText, TextUse
from tests.contracts.letters_at_hand import LEASED_UNTIL, OPEN, schedule, scheduled
from tests.people import LETTER, MIDORI, MONDAY, SUZUKI, TANAKA, A

ANSWER = StandingText(
    municipality_id=MIDORI,
    name="arigatou",
    version="1",
    body="読みました。ありがとう。",
    author_id=SUZUKI.id,
    approved_by=TANAKA.id,
    approved_at=MONDAY - timedelta(days=2),
    use=TextUse.ANSWER,
)


@pytest.mark.rule("G-06")
async def test_of_each_name_the_version_approved_last_is_in_force(midori: UnitOfWork) -> None:
    newer = replace(ANSWER, version="2", body="読みました。うれしいです。", approved_at=MONDAY)
    other = replace(ANSWER, name="aiduchi")
    button = replace(ANSWER, name="thanks", use=TextUse.ACKNOWLEDGEMENT)
    async with midori.write() as work:
        for text in (newer, ANSWER, other, button):
            await work.towns.put_standing_text(text)
        assert await work.towns.texts_in_force(TextUse.ANSWER) == (other, newer)
        assert await work.towns.texts_in_force(TextUse.TEMPLATE) == ()
        assert button in await work.towns.texts_in_force(TextUse.ACKNOWLEDGEMENT)
        assert await work.towns.standing_text("arigatou") == newer
        assert await work.towns.standing_text("arigatou", version="1") == ANSWER
        assert await work.towns.standing_text("arigatou", version="3") is None


async def test_a_text_that_became_something_else_is_no_answer_any_more(
    midori: UnitOfWork,
) -> None:
    withdrawn = replace(ANSWER, version="2", use=TextUse.ACKNOWLEDGEMENT, approved_at=MONDAY)
    async with midori.write() as work:
        await work.towns.put_standing_text(ANSWER)
        await work.towns.put_standing_text(withdrawn)
        assert await work.towns.texts_in_force(TextUse.ANSWER) == ()


@pytest.mark.rule("G-04")
async def test_what_a_person_has_read_or_will_read_was_said(midori: UnitOfWork) -> None:
    def sent(name: str, days: int, **more: object) -> Letter:
        at = MONDAY - timedelta(days=days)
        return scheduled(name, state=LetterState.SENT, sent_at=at, created_at=at, **more)

    year = MONDAY - timedelta(days=365)
    async with midori.write() as work:
        for letter in (
            sent("long-ago", 366),
            sent("a-year-ago", 365),
            sent("lately", 3),
            sent("answer", 2, kind=LetterKind.REPLY),
            sent("thanks", 1, kind=LetterKind.ACKNOWLEDGEMENT),
            scheduled("coming"),
            replace(LETTER, id=LetterId("waits"), template="yoru/1", season="55b"),
            scheduled("called-off", state=LetterState.CANCELLED),
            scheduled("given-up", state=LetterState.FAILED),
        ):
            await work.letters.add(letter)
        said = await work.letters.written_to(A.id, since=year)
    assert {letter.id for letter in said} == {"a-year-ago", "lately", "coming", "waits"}
    assert next(one for one in said if one.id == "waits").season == "55b"


@pytest.mark.rule("G-04")
async def test_what_may_stand_on_the_phone_counts_as_said(midori: UnitOfWork) -> None:
    doubtful = scheduled("doubtful", state=LetterState.FAILED)
    await schedule(midori, doubtful)
    async with midori.write() as work:
        delivery = await work.outbox.of_letter(doubtful.id)
        assert delivery is not None
        (won,) = await work.outbox.lease([delivery.id], lease="a", at=OPEN, until=LEASED_UNTIL)
        assert won == delivery.id
        await work.outbox.end([(delivery.id, DeliveryState.IN_DOUBT)])
        said = await work.letters.written_to(A.id, since=MONDAY - timedelta(days=365))
    assert [letter.id for letter in said] == ["doubtful"]
