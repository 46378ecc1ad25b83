"""Two at once: one of them decides, the other is told, and nothing is left half done."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest

from core.errors import AlreadyDecided, CaseworkError
from core.inbound import Pressed, Unfollowed
from core.letters import LetterState, ReadAgainFirst, Reason
from core.outbox import DeliveryState
from core.people import LinkState
from core.replies import Press
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.verify_trail import verify_trail
from tests.core.usecases.office import SOON, Office
from tests.midori import TEXTS
from tests.people import SATO, SUZUKI, TANAKA, WORDS

ROUNDS = 4


async def at_once(*deeds: Coroutine[Any, Any, Any]) -> list[Any]:
    """All of them together; a refusal is an answer, anything else is a fault."""
    answers = await asyncio.gather(*deeds, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, CaseworkError):
            raise answer
    return answers


async def whole(office: Office) -> None:
    assert (await verify_trail(office.uow)).broken is None
    assert await check_sent(office.uow) == ()


@pytest.mark.rule("S2")
async def test_of_two_approvers_at_once_exactly_one_decides(office: Office) -> None:
    for _ in range(ROUNDS):
        letter = await office.write()
        answers = await at_once(*(office.approve(letter, by=by) for by in (SATO.id, TANAKA.id) * 2))
        won = [answer for answer in answers if not isinstance(answer, CaseworkError)]
        lost = [answer for answer in answers if isinstance(answer, CaseworkError)]
        assert len(won) == 1
        assert {type(answer) for answer in lost} == {AlreadyDecided}
        winner = {SATO.id: "佐藤", TANAKA.id: "田中"}[won[0].approved_by]
        assert {answer.facts["by"] for answer in lost} == {winner}
        assert (await office.trail(letter.id)).count("letter.approved") == 1
        await office.stop(await office.letter(letter))
    await whole(office)


@pytest.mark.rule("S2")
async def test_approving_and_giving_back_at_once_is_one_of_both(office: Office) -> None:
    for _ in range(ROUNDS):
        letter = await office.write()
        await at_once(
            office.approve(letter, by=SATO.id),
            office.give_back(letter, by=TANAKA.id),
            office.stop(letter, by=SUZUKI.id),
        )
        now = await office.letter(letter)
        assert now.version == letter.version + 1, "exactly one decision"
        if now.state is LetterState.SCHEDULED:
            assert (await office.delivery(letter.id)).state is DeliveryState.READY
            await office.stop(now)
    await whole(office)


@pytest.mark.rule("C5")
@pytest.mark.rule("S6")
async def test_a_stop_at_the_moment_of_approval_leaves_nothing_to_send(office: Office) -> None:
    letter = await office.write()
    await at_once(office.approve(letter), office.a.does(Pressed(press=Press.STOP), at=office.now))
    office.clock.at = SOON
    await office.deliver_all()
    now = await office.letter(letter)
    assert (now.state, now.reason) == (LetterState.CANCELLED, Reason.STOPPED_BY_PERSON)
    assert [took.texts for took in office.line.took] == [(TEXTS["stop"],)]
    await whole(office)


@pytest.mark.rule("G-14")
async def test_a_block_at_the_moment_of_approval_leaves_nothing_to_send(office: Office) -> None:
    letter = await office.write()
    await at_once(office.approve(letter), office.a.does(Unfollowed(), at=office.now))
    assert (await office.link()).state is LinkState.BLOCKED
    office.clock.at = SOON
    await office.deliver_all()
    assert not office.line.took
    assert (await office.letter(letter)).state is LetterState.CANCELLED


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
async def test_a_contact_at_the_moment_of_approval_is_read_before_it_goes(
    office: Office,
) -> None:
    letter = await office.write()
    approval, _ = await at_once(office.approve(letter, facts=0), office.log())
    office.clock.at = SOON
    await office.deliver_all()
    assert not office.line.took
    now = await office.letter(letter)
    if isinstance(approval, CaseworkError):
        assert isinstance(approval, ReadAgainFirst)
        assert now.state is LetterState.PENDING_APPROVAL
    else:
        assert (now.state, now.reason) == (LetterState.HELD, Reason.NEW_FACT)


@pytest.mark.rule("S5")
async def test_a_contact_at_the_moment_of_claiming_holds_or_comes_too_late(
    office: Office,
) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    claims, logged = await at_once(office.claim(), office.log())
    assert logged is True
    state, reason = await office.stands(letter)
    delivery = await office.delivery(letter.id)
    if claims:
        assert (state, delivery.state) == (LetterState.SCHEDULED, DeliveryState.CLAIMED)
    else:
        assert (state, reason) == (LetterState.HELD, Reason.NEW_FACT)
        assert delivery.state is DeliveryState.WITHDRAWN
    await whole(office)


@pytest.mark.rule("S4")
async def test_many_loops_at_once_send_one_letter_once(office: Office) -> None:
    await office.approved()
    office.clock.at = SOON
    await at_once(*(office.deliver() for _ in range(5)))
    assert [took.texts for took in office.line.took] == [(WORDS,)]
    await whole(office)


@pytest.mark.rule("S1")
async def test_a_doubled_click_writes_one_letter_and_logs_one_contact(office: Office) -> None:
    answers = await at_once(*(office.write(command_key="click") for _ in range(3)))
    assert len({answer.id for answer in answers}) == 1
    logged = await at_once(*(office.log(command_key="click") for _ in range(3)))
    assert sorted(logged) == [False, False, True]


@pytest.mark.rule("S5")
@pytest.mark.rule("G-27")
async def test_a_fact_at_the_moment_of_the_answer_holds_the_letter(office: Office) -> None:
    """Whoever is first: it never goes unread, and it never hangs between two stages."""
    for _ in range(ROUNDS):
        opens = office.now + timedelta(days=4)
        letter = await office.of_a_series(opens_at=opens)
        office.clock.at = opens
        await at_once(office.confirm(letter), office.log(), office.ask())
        await office.deliver_all()
        assert not office.line.took
        now = await office.letter(letter)
        assert (now.state, now.reason) == (LetterState.HELD, Reason.NEW_FACT)
        assert (await office.delivery(letter.id)).state is DeliveryState.WITHDRAWN
        await office.stop(now)
    await whole(office)


@pytest.mark.rule("G-27")
async def test_an_answer_at_the_moment_of_claiming_is_never_lost(office: Office) -> None:
    letter = await office.of_a_series(opens_at=SOON + timedelta(days=4))
    office.clock.at = letter.opens_at
    await at_once(office.claim("one"), office.confirm(letter), office.claim("two"))
    office.clock.at += timedelta(hours=1)
    await office.deliver_all()
    assert len(office.line.took) == 1
    await whole(office)


@pytest.mark.rule("S2")
async def test_of_two_answers_one_counts_and_taking_back_always_may(office: Office) -> None:
    """An answer is given once; giving back may follow it at once, and then nothing goes."""
    for _ in range(ROUNDS):
        opens = office.now + timedelta(days=4)
        letter = await office.of_a_series(opens_at=opens)
        office.clock.at = opens
        *answers, back = await at_once(
            office.confirm(letter, by=SATO.id),
            office.confirm(letter, by=SUZUKI.id),
            office.give_back(letter, by=TANAKA.id),
        )
        said = [answer for answer in answers if not isinstance(answer, CaseworkError)]
        assert len(said) <= 1
        now = await office.letter(letter)
        given_back = not isinstance(back, CaseworkError)
        assert now == (back if given_back else said[0])
        live = (await office.delivery(letter.id)).state is DeliveryState.READY
        assert live == (not given_back)
        await office.stop(now)
    await whole(office)
