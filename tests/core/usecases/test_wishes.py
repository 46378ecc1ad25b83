"""What a person wishes of letters counts for each of them, at once, and never quickens any."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.cadence.packs import LetterPack
from core.cadence.planning import Untaken
from core.days import DaysOff
from core.ids import StaffId
from core.letters import LetterKind, LetterState, Reason, WindowUnfit
from core.pace import TooSoon
from core.people import LanguageStyle, LetterWishes, Person
from core.refitting import Refitted
from core.series import StepWords
from core.usecases.letters.change_wishes import change_wishes
from core.wishes import Wishes, WishUnfit
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.series_office import FIRST, approve_all, drafted, shown
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

DAY = timedelta(days=1)
HALF_MONTHS = (15, 30, 45, 60, 75, 90)
TWICE_A_MONTH = LetterPack(key="twice", name="月に二度", days=HALF_MONTHS, jitter_days=0)


async def wish(office: Office, *, by: StaffId = SUZUKI.id, **changes: Any) -> Refitted:
    """A colleague takes it down for A; the rest stays as it is."""
    async with office.uow.read() as work:
        now = Wishes.of(await work.people.get(A.id))
    return await change_wishes(
        office.uow,
        person_id=A.id,
        wishes=replace(now, **changes),
        at=office.now,
        tz=TOKYO,
        by=by,
    )


async def person_a(office: Office) -> Person:
    async with office.uow.read() as work:
        return await work.people.get(A.id)


def off(first: date, last: date | None = None) -> LetterWishes:
    return LetterWishes(days_off=(DaysOff(first=first, last=last or first),))


@pytest.mark.rule("G-03")
async def test_who_wishes_for_half_as_many_gets_three_in_sixty_days(office: Office) -> None:
    await wish(office, letters=LetterWishes(take_every=2))
    await office.approved()
    office.clock.at = SOON
    assert await office.deliver() == 1

    # Six days between two instead of three: at approval, and once more before it goes.
    with pytest.raises(TooSoon):
        await office.approved(opens_at=SOON + 4 * DAY)
    for days in (7, 14):
        await office.approved(opens_at=SOON + days * DAY)
        office.clock.at = SOON + days * DAY
        assert await office.deliver() == 1
    with pytest.raises(TooSoon):
        await office.approved(opens_at=SOON + 45 * DAY)
    await office.approved(opens_at=SOON + 60 * DAY)


@pytest.mark.rule("G-03")
async def test_a_letter_that_was_approved_before_the_wish_waits_within_its_window(
    office: Office,
) -> None:
    await office.approved()
    office.clock.at = SOON
    await office.deliver()
    second = await office.approved(opens_at=SOON + 4 * DAY, closes_at=SOON + 10 * DAY)

    assert await wish(office, letters=LetterWishes(take_every=2)) == Refitted(later=1)

    assert await office.stands(second) == (LetterState.SCHEDULED, Reason.WISHED_LESS)
    assert "letter.put_off" in await office.trail(second.id)
    office.clock.at = SOON + 5 * DAY
    assert await office.deliver() == 0
    # Sunday is day 6: it goes on Monday.
    office.clock.at = SOON + 7 * DAY
    assert await office.deliver() == 1


@pytest.mark.rule("G-03", "G-06")
async def test_a_window_that_no_longer_fits_moves_later_and_is_read_again(office: Office) -> None:
    letter = await office.approved(opens_at=MONDAY + DAY)

    assert await wish(office, letters=off(date(2026, 12, 1), date(2026, 12, 2))) == Refitted(
        later=1
    )

    now = await office.letter(letter)
    assert (now.state, now.reason) == (LetterState.HELD, Reason.WISHED_TIMES)
    assert now.opens_at.astimezone(TOKYO).date() == date(2026, 12, 3)
    assert now.opens_at > letter.opens_at and now.closes_at > now.opens_at
    assert (await office.delivery(letter.id)).state == "WITHDRAWN"
    await office.approve(now)
    office.clock.at = now.opens_at
    assert await office.deliver() == 1


@pytest.mark.rule("G-22")
async def test_a_letter_that_finds_no_day_within_two_weeks_falls_away_and_says_why(
    office: Office,
) -> None:
    letter = await office.approved(opens_at=MONDAY + DAY)
    assert await wish(office, letters=off(date(2026, 12, 1), date(2026, 12, 31))) == Refitted(
        fallen=1
    )
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.WISHED_TIMES)


@pytest.mark.rule("G-21")
async def test_an_announced_end_never_falls_away(office: Office) -> None:
    words = (
        "鈴木です。おたよりは、次の回でひと区切りにします。"
        "続けてほしいときは「そのまま」を押してください。"
    )
    letter = await office.approved(opens_at=MONDAY + DAY, kind=LetterKind.PRE_LAST, body=words)
    await wish(office, letters=off(date(2026, 12, 1), date(2027, 1, 31)))
    now = await office.letter(letter)
    assert now.state is LetterState.HELD
    assert now.opens_at.astimezone(TOKYO).date() == date(2027, 2, 1)


@pytest.mark.rule("G-05")
async def test_own_hours_hold_at_the_second_look_too(office: Office) -> None:
    """Approved for the day; meanwhile A sleeps by day."""
    letter = await office.approved(closes_at=SOON + 2 * DAY)
    await wish(office, wakes=time(21, 0), sleeps=time(3, 0))
    office.clock.at = SOON
    assert await office.deliver() == 0
    office.clock.at = datetime(2026, 11, 30, 21, 30, tzinfo=TOKYO)
    assert await office.deliver() == 1
    assert (await office.stands(letter))[0] is LetterState.SENT


@pytest.mark.rule("G-05", "G-22")
async def test_days_off_that_nobody_refitted_hold_at_the_second_look(office: Office) -> None:
    """As a town file may tell them: no use case saw the letter."""
    letter = await office.approved(closes_at=SOON + 3 * DAY)
    await office.person(letter_wishes=off(date(2026, 11, 30)))
    office.clock.at = SOON
    assert await office.deliver() == 0
    office.clock.at = SOON + DAY
    assert await office.deliver() == 1
    gone = await office.approved(opens_at=SOON + 7 * DAY)
    await office.person(letter_wishes=off((SOON + 7 * DAY).date()))
    office.clock.at = SOON + 7 * DAY
    await office.deliver()
    assert await office.stands(gone) == (LetterState.CANCELLED, Reason.WISHED_TIMES)
    assert (await office.stands(letter))[0] is LetterState.SENT


@pytest.mark.rule("G-05")
async def test_who_wants_letters_on_any_day_gets_them_on_a_sunday(office: Office) -> None:
    await wish(office, letters=LetterWishes(any_day=True))
    sunday = SOON + 6 * DAY
    await office.approved(opens_at=sunday)
    office.clock.at = sunday
    assert await office.deliver() == 1


@pytest.mark.rule("G-05")
async def test_a_window_without_an_hour_that_suits_is_not_approved(office: Office) -> None:
    letter = await office.write()
    await office.person(letter_wishes=off(date(2026, 11, 30)))
    with pytest.raises(WindowUnfit):
        await office.approve(letter)


@pytest.mark.rule("G-19", "G-06")
async def test_other_topics_and_another_style_are_read_again(office: Office) -> None:
    letter = await office.approved()
    await wish(office, style=LanguageStyle.PLAIN)
    assert await office.stands(letter) == (LetterState.HELD, Reason.WISHED_WORDS)
    again = await office.approve(await office.letter(letter))
    await wish(office, interests=("鉄道", "将棋"))
    assert (await office.stands(again))[0] is LetterState.SCHEDULED
    await wish(office, do_not_mention=("将棋",))
    assert await office.stands(again) == (LetterState.HELD, Reason.WISHED_WORDS)


@pytest.mark.rule("G-03")
async def test_no_wish_brings_a_letter_closer(office: Office) -> None:
    await wish(office, letters=LetterWishes(take_every=3))
    letter = await office.approved(opens_at=MONDAY + 21 * DAY)
    assert await wish(office, letters=LetterWishes(any_day=True)) == Refitted()
    now = await office.letter(letter)
    assert (now.opens_at, now.state) == (letter.opens_at, LetterState.SCHEDULED)


@pytest.mark.rule("G-03", "G-21")
async def test_a_series_leaves_letters_out_and_keeps_its_end(office: Office) -> None:
    series = await drafted(office, pack=TWICE_A_MONTH)
    await approve_all(office, series)
    found = await wish(office, letters=LetterWishes(take_every=2), by=SATO.id)

    assert found.fallen == 2
    view = await shown(office, series)
    left_out = [one for one in view.steps if one.step.untaken is Untaken.LESS_OFTEN]
    assert [one.step.key for one in left_out] == ["d30", "d60"]
    assert {one.letter.reason for one in left_out if one.letter} == {Reason.WISHED_LESS}
    assert all(one.open for one in view.steps[-2:])
    assert view.series.take_every == 2


@pytest.mark.rule("G-03")
async def test_steps_without_words_keep_off_the_days_off_as_well(office: Office) -> None:
    series = await drafted(office, pack=TWICE_A_MONTH, words={"d15": StepWords(body=FIRST)})
    before = [one.step for one in (await shown(office, series)).steps]
    busy = before[2].opens_at
    assert busy is not None
    await wish(office, letters=off(busy.astimezone(TOKYO).date(), busy.date() + 30 * DAY))
    after = [one.step for one in (await shown(office, series)).steps]
    assert after[2].untaken is Untaken.DAYS_OFF
    assert after[-1].untaken is None and after[-1].opens_at is not None
    assert before[-1].opens_at is not None and after[-1].opens_at >= before[-1].opens_at


async def test_the_record_says_which_wish_and_never_what(office: Office) -> None:
    await wish(office, do_not_mention=("将棋",), letters=LetterWishes(take_every=2))
    await wish(office, by=TANAKA.id, wakes=time(12, 0))
    async with office.uow.read() as work:
        entries = await work.audit.entries(limit=10_000)
    told = [e.event for e in entries if e.event.action == "person.wishes_changed"]
    assert [(event.actor, event.evidence) for event in told] == [
        (SUZUKI.id, ("wish=often", "wish=do_not_mention")),
        (TANAKA.id, ("wish=hours",)),
    ]
    assert all(event.case_id == A12.id for event in told)


async def test_only_who_writes_to_them_takes_down_a_wish(office: Office) -> None:
    stranger = await office.hire("高橋")
    with pytest.raises(NotYours):
        await wish(office, by=stranger.id, letters=LetterWishes(take_every=2))
    await wish(office, by=SUZUKI.id, letters=LetterWishes(take_every=2))
    assert (await person_a(office)).letter_wishes.take_every == 2


@pytest.mark.parametrize(
    "unfit",
    [
        {"letters": LetterWishes(take_every=0)},
        {"letters": off(date(2026, 12, 2), date(2026, 12, 1))},
        {"wakes": time(10, 0), "sleeps": time(10, 0)},
        {"wakes": time(19, 30)},
    ],
)
async def test_a_wish_that_nobody_could_keep_is_told(office: Office, unfit: dict[str, Any]) -> None:
    with pytest.raises(WishUnfit):
        await wish(office, **unfit)


async def test_the_same_wishes_again_change_nothing(office: Office) -> None:
    letter = await office.approved()
    assert await wish(office) == Refitted()
    assert (await office.letter(letter)).version == letter.version
    assert (await person_a(office)).wished_at is None
