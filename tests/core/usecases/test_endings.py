"""Letters end by being told, one ahead, and then by a last one; never by silence (G-21)."""

from datetime import timedelta

import pytest

from core.consent.scopes import LineScope
from core.endings import EndUnannounced, end_announced, end_made
from core.letters import ENDS, Letter, LetterKind, LetterState, Reason
from core.lint import WordingBlocked
from core.replies import Press
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.series_office import LAST, NEXT_IS_LAST
from tests.people import A12

pytestmark = pytest.mark.rule("G-21")
DAY = timedelta(days=1)


async def told(office: Office) -> Letter:
    """The letter that tells of the end goes today."""
    letter = await office.approved(kind=LetterKind.PRE_LAST, body=NEXT_IS_LAST)
    office.clock.at = SOON
    assert await office.deliver() == 1
    return letter


async def test_told_one_ahead_then_made(office: Office) -> None:
    await told(office)
    last = await office.approved(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    office.clock.at = SOON + 10 * DAY
    assert await office.deliver() == 1
    assert (await office.letter(last)).state is LetterState.SENT
    async with office.uow.read() as work:
        assert end_made(await work.letters.of_case(A12.id))


async def test_a_last_letter_that_nobody_told_of_is_not_written(office: Office) -> None:
    with pytest.raises(EndUnannounced):
        await office.write(kind=LetterKind.LAST, body=LAST)
    before = await office.write(kind=LetterKind.PRE_LAST, body=NEXT_IS_LAST)
    last = await office.write(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    # It opens after the one that tells of it.
    with pytest.raises(EndUnannounced):
        await office.write(kind=LetterKind.LAST, body=LAST + "。", opens_at=before.opens_at)
    await office.stop(before)
    with pytest.raises(EndUnannounced):
        await office.approve(last)


async def test_a_last_letter_waits_when_the_one_before_never_went(office: Office) -> None:
    before = await office.approved(kind=LetterKind.PRE_LAST, body=NEXT_IS_LAST)
    last = await office.approved(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    await office.stop(before)
    office.clock.at = SOON + 10 * DAY
    await office.deliver()
    assert await office.stands(last) == (LetterState.HELD, Reason.END_UNTOLD)


async def test_an_end_that_was_made_long_ago_tells_of_no_later_one(office: Office) -> None:
    await told(office)
    await office.approved(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    office.clock.at = SOON + 10 * DAY
    assert await office.deliver() == 1
    office.clock.at = SOON + 60 * DAY
    before = await office.approved(
        kind=LetterKind.PRE_LAST,
        body=NEXT_IS_LAST.replace("おたよりは", "春のおたよりは"),
        opens_at=SOON + 63 * DAY,
    )
    last = await office.approved(
        kind=LetterKind.LAST,
        body=LAST.replace("今日で", "春の今日で"),
        opens_at=SOON + 73 * DAY,
        closes_at=SOON + 80 * DAY,
    )
    await office.stop(before)
    async with office.uow.read() as work:
        assert not end_announced(await work.letters.of_case(A12.id))
    office.clock.at = SOON + 73 * DAY
    await office.deliver()
    assert await office.stands(last) == (LetterState.HELD, Reason.END_UNTOLD)


async def test_letters_that_came_again_after_an_end_have_no_end_yet(office: Office) -> None:
    await told(office)
    await office.approved(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    office.clock.at = SOON + 10 * DAY
    await office.deliver()
    await office.says()
    answer = await office.approved(kind=LetterKind.REPLY, opens_at=office.now)
    await office.deliver()
    assert (await office.letter(answer)).state is LetterState.SENT
    async with office.uow.read() as work:
        assert end_made(await work.letters.of_case(A12.id)), "an answer begins nothing again"
    office.clock.at = SOON + 60 * DAY
    await office.approved(opens_at=office.now)
    assert await office.deliver() == 1
    async with office.uow.read() as work:
        assert not end_made(await work.letters.of_case(A12.id))


async def test_who_presses_sonomama_after_the_notice_is_answered_before_any_last_letter(
    office: Office,
) -> None:
    await told(office)
    last = await office.approved(kind=LetterKind.LAST, body=LAST, opens_at=SOON + 10 * DAY)
    office.clock.at += DAY
    await office.presses(Press.KEEP)
    assert await office.stands(last) == (LetterState.HELD, Reason.NEW_FACT)
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
    assert reply.text == "そのまま"


async def test_sonomama_under_an_ordinary_letter_asks_nothing_of_anybody(office: Office) -> None:
    await office.approved()
    office.clock.at = SOON
    await office.deliver()
    await office.presses(Press.KEEP)
    async with office.uow.read() as work:
        assert await work.replies.of_case(A12.id) == ()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (LetterKind.PRE_LAST, "鈴木です。おたよりは、次の回でひと区切りにします。"),
        (LetterKind.PRE_LAST, "鈴木です。続けてほしいときは「そのまま」を押してください。"),
        (LetterKind.LAST, "鈴木です。今日でひと区切りです。"),
        (LetterKind.LAST, "鈴木です。ここに書いてもらえたら、鈴木か佐藤が読みます。"),
    ],
)
async def test_what_an_end_leaves_unsaid_blocks(
    office: Office, kind: LetterKind, body: str
) -> None:
    if kind is LetterKind.LAST:
        await told(office)
    with pytest.raises(WordingBlocked) as refusal:
        await office.write(kind=kind, body=body, opens_at=office.now + 10 * DAY)
    assert {finding.code for finding in refusal.value.findings} == {"L11"}


def test_who_agreed_to_letters_is_told_of_their_end() -> None:
    """Also by a consent that was written down before these kinds had names."""
    assert LineScope(kinds=frozenset({LetterKind.CHECK_IN})).kinds >= ENDS
    assert LineScope(kinds=frozenset()).kinds == frozenset()
