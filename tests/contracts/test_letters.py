"""What the store promises about letters."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role
from core.approvals import SELF_APPROVED
from core.audit import SYSTEM, AuditEvent
from core.errors import NotFound
from core.ids import LetterId, StaffId
from core.letters import Letter, LetterKind, LetterState, Reason
from core.ports import UnitOfWork
from core.profiles import StandingText
from storage.transaction import WrongVersion
from tests.contracts.letters_at_hand import LEASED_UNTIL, OPEN, delivery_of, schedule, scheduled
from tests.people import A12, LETTER, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, A


@pytest.mark.rule("S2")
async def test_of_two_approvals_at_once_one_wins(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.letters.add(LETTER)
        await work.commit()

    async def approve(by: StaffId) -> bool:
        async with midori.write() as work:
            letter = replace(scheduled(), approved_by=by, decided_by=by)
            won = await work.letters.change(letter, version=1)
            await work.commit()
            return won

    won = await asyncio.gather(*(approve(by) for by in (SATO.id, TANAKA.id) * 4))
    assert sorted(won) == [False] * 7 + [True]


async def test_a_change_goes_exactly_one_version_on(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.letters.add(LETTER)
        with pytest.raises(WrongVersion):
            await work.letters.change(LETTER, version=1)
        assert not await work.letters.change(scheduled(version=3), version=2)
        assert await work.letters.get(LETTER.id) == LETTER


async def test_what_is_not_committed_never_was(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.letters.add(LETTER)
    async with midori.read() as work:
        with pytest.raises(NotFound):
            await work.letters.get(LETTER.id)


async def test_one_command_is_one_letter(midori: UnitOfWork) -> None:
    letter = replace(LETTER, command_key="click-1")
    async with midori.write() as work:
        await work.letters.add(letter)
        assert await work.letters.by_command("click-1") == letter
        assert await work.letters.by_command("click-2") is None


async def test_unsent_letters_of_a_person_leave_out_what_is_over(midori: UnitOfWork) -> None:
    gone = scheduled("gone", state=LetterState.CANCELLED, reason=Reason.RESTING)
    async with midori.write() as work:
        for letter in (scheduled("one"), gone, replace(LETTER, id=LetterId("two"))):
            await work.letters.add(letter)
        unsent = await work.letters.unsent_of_person(A.id)
    assert {letter.id for letter in unsent} == {"one", "two"}


async def test_overdue_are_closed_letters_that_are_not_on_their_way(midori: UnitOfWork) -> None:
    waiting, claimed, doubtful = scheduled("waiting"), scheduled("claimed"), scheduled("doubtful")
    closed = replace(LETTER, id=LetterId("never-approved"))
    still_open = scheduled("open", closes_at=LETTER.closes_at + timedelta(hours=1))
    await schedule(midori, waiting, claimed, still_open)
    async with midori.write() as work:
        await work.letters.add(closed)
        await work.letters.add(doubtful)
        await work.outbox.add(delivery_of(doubtful, doubt_since=OPEN))
        await work.outbox.lease([delivery_of(claimed).id], lease="l", at=OPEN, until=LEASED_UNTIL)
        overdue = await work.letters.overdue(at=LETTER.closes_at, limit=10)
        assert await work.letters.overdue(at=LETTER.closes_at - timedelta(seconds=1), limit=9) == ()
    assert {letter.id for letter in overdue} == {"waiting", "never-approved"}


@pytest.mark.rule("G-03")
async def test_the_pace_counts_sent_and_scheduled_letters_of_thirty_days(
    midori: UnitOfWork,
) -> None:
    def sent(name: str, days: int, **more: object) -> Letter:
        at = MONDAY - timedelta(days=days)
        return scheduled(name, state=LetterState.SENT, sent_at=at, **more)

    async with midori.write() as work:
        for letter in (
            sent("long-ago", 31),
            sent("lately", 29),
            sent("answer", 2, kind=LetterKind.REPLY),
            sent("thanks", 1, kind=LetterKind.ACKNOWLEDGEMENT),
            scheduled("coming"),
            replace(LETTER, id=LetterId("only-written")),
        ):
            await work.letters.add(letter)
        pace = await work.letters.pace(A.id, at=MONDAY, but=LetterId("another"))
    assert pace.moments == (MONDAY - timedelta(days=29), OPEN)


@pytest.mark.rule("G-04")
async def test_what_may_stand_on_the_phone_has_been_said(midori: UnitOfWork) -> None:
    doubtful = scheduled(
        "doubtful",
        state=LetterState.UNREACHABLE,
        reason=Reason.NO_CERTAINTY,
        body="窓の雪を見ています。",
    )
    refused = scheduled(
        "refused", state=LetterState.FAILED, reason=Reason.REFUSED_BY_LINE, body="雨の音です。"
    )
    async with midori.write() as work:
        for letter in (doubtful, refused):
            await work.letters.add(letter)
        said = await work.letters.said_to(A.id, since=MONDAY - timedelta(days=365), but=None)
    assert said == (doubtful.body,)


async def test_letters_that_left_without_approval_are_found(midori: UnitOfWork) -> None:
    def sent(name: str, **more: object) -> Letter:
        return scheduled(name, state=LetterState.SENT, sent_at=OPEN, **more)

    thanks = StandingText(
        municipality_id=MIDORI,
        name="rest",
        version="1",
        body="わかりました。",
        author_id=SUZUKI.id,
        approved_by=TANAKA.id,
        approved_at=MONDAY,
    )
    own = {"approved_by": SUZUKI.id, "self_approved_reason": "ひとりの週"}
    known = sent("known", kind=LetterKind.ACKNOWLEDGEMENT, acknowledges="rest/1")
    unknown = sent("unknown", kind=LetterKind.ACKNOWLEDGEMENT, acknowledges="rest/9")
    async with midori.write() as work:
        await work.towns.put_standing_text(thanks)
        for letter in (
            sent("approved"),
            sent("no-event"),
            known,
            unknown,
            sent("own", **own),
            sent("own-unmarked", **own),
            sent("marked-as-own"),
            scheduled("own-waiting", **own),
            scheduled("waiting"),
        ):
            await work.letters.add(letter)
        for subject, by, reason in (
            ("approved", TANAKA.id, ""),
            ("no-event", SATO.id, ""),
            ("own", SUZUKI.id, SELF_APPROVED),
            ("own-unmarked", SUZUKI.id, ""),
            ("marked-as-own", TANAKA.id, SELF_APPROVED),
        ):
            await work.audit.append(
                AuditEvent(
                    action="letter.approved",
                    at=MONDAY,
                    actor=by,
                    role=Role.MESSAGE_APPROVER,
                    subject=subject,
                    case_id=A12.id,
                    reason=reason,
                )
            )
        await work.audit.append(
            AuditEvent(action="letter.sent", at=OPEN, actor=SYSTEM, role="system", subject="x")
        )
        await work.commit()
    async with midori.read() as work:
        unapproved = await work.letters.sent_without_approval()
        assert unapproved == ("marked-as-own", "no-event", "own-unmarked", "unknown")
        assert await work.letters.sent_self_approved() == 2


async def test_a_letter_handed_over_once_counts_as_having_left(midori: UnitOfWork) -> None:
    await schedule(midori, scheduled())
    async with midori.write() as work:
        assert await work.letters.sent_without_approval() == ()
        await work.outbox.lease(
            [delivery_of(scheduled()).id], lease="l", at=OPEN, until=LEASED_UNTIL
        )
        assert await work.letters.sent_without_approval() == ("letter-1",)


def asking(name: str, **changes: object) -> Letter:
    """An approved letter that is looked at again on its day."""
    return scheduled(name, asks_again=True, **changes)


@pytest.mark.rule("G-27")
async def test_letters_to_ask_about_are_those_of_the_day_that_nobody_was_asked_about(
    midori: UnitOfWork,
) -> None:
    later = OPEN + timedelta(days=1)
    first = asking("first", opens_at=OPEN - timedelta(minutes=1))
    for letter in (
        asking("today"),
        first,
        asking("tomorrow", opens_at=later, closes_at=later + timedelta(hours=9)),
        asking("asked", asked_at=MONDAY),
        asking("held", state=LetterState.HELD),
        asking("gone", closes_at=OPEN + timedelta(seconds=1)),
        scheduled("of another kind"),
    ):
        await schedule(midori, letter)
    async with midori.read() as work:
        at = OPEN + timedelta(seconds=1)
        asked = await work.letters.to_ask_again(opening_before=later, at=at, limit=9)
        assert [letter.id for letter in asked] == ["first", "today"]
        assert asked[0] == first
        one = await work.letters.to_ask_again(opening_before=later, at=at, limit=1)
        assert [letter.id for letter in one] == ["first"]
        assert await work.letters.opens_unasked(after=MONDAY) == first.opens_at
        assert await work.letters.opens_unasked(after=OPEN) == later
        assert await work.letters.opens_unasked(after=later) is None


@pytest.mark.rule("G-27")
async def test_an_answer_of_more_than_a_day_ago_is_asked_for_again(midori: UnitOfWork) -> None:
    day = timedelta(days=1)
    closes = OPEN + 5 * day
    said = {"asked_at": OPEN, "closes_at": closes}
    for letter in (
        asking("confirmed", confirmed_at=OPEN, confirmed_by=TANAKA.id, **said),
        asking("approved", approved_at=OPEN, **said),
        asking("silent", **said),
        asking("lately", confirmed_at=OPEN + day, confirmed_by=TANAKA.id, **said),
    ):
        await schedule(midori, letter)
    async with midori.read() as work:
        for at, due in ((OPEN + day - timedelta(seconds=1), []), (OPEN + day, ["a", "c"])):
            again = await work.letters.to_ask_again(opening_before=closes, at=at, limit=9)
            assert sorted(letter.id[0] for letter in again) == due


@pytest.mark.rule("S2")
async def test_approvals_that_end_before_their_letter_goes(midori: UnitOfWork) -> None:
    lasts, day = timedelta(days=14), timedelta(days=1)
    long = {"closes_at": MONDAY + 20 * day}
    for letter in (
        scheduled("old", **long),
        scheduled("older", approved_at=MONDAY - day, **long),
        scheduled("told", asked_at=MONDAY, **long),
        scheduled("younger", approved_at=MONDAY + day, **long),
        scheduled("soon gone", closes_at=MONDAY + lasts),
        scheduled("held", state=LetterState.HELD, **long),
        scheduled("thanks", kind=LetterKind.ACKNOWLEDGEMENT, **long),
        asking("of a series", **long),
    ):
        await schedule(midori, letter)

    async def ending(**asked: object) -> list[str]:
        found = {"approved_before": MONDAY, "lasts": lasts, "told": False, "limit": 9} | asked
        async with midori.read() as work:
            letters = await work.letters.approvals_ending(**found)  # type: ignore[arg-type]
        return [letter.id for letter in letters]

    assert await ending() == ["older", "old"]
    assert await ending(limit=1) == ["older"]
    assert await ending(told=True) == ["told"]
    assert await ending(approved_before=MONDAY - timedelta(seconds=1)) == ["older"]
