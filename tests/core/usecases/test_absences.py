"""While somebody is away, a deputy is told and answers, and says so once (G-15)."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.absences import AbsenceUnfit, AwayAlready, DeputyAway, OwnDeputy, standing_in
from core.access import NotActive
from core.agencies import Role
from core.answers import Answer
from core.ids import StaffId
from core.outbox import CardKind
from core.steps import Overtaken, RoleNeeded
from core.usecases.replies.answer_person import answer_person
from core.usecases.replies.note_hours_passed import note_hours_passed
from core.usecases.staff.end_absence import end_absence
from core.usecases.staff.note_absence import note_absence
from tests.core.usecases.office import Office
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO
from tests.proofs import PROOF

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


async def away(office: Office, **changes: Any) -> Any:
    """佐藤 is away from today for three days, and 田中 stands in."""
    asked: dict[str, Any] = {
        "staff_id": SATO.id,
        "deputy_id": TANAKA.id,
        "first": TODAY,
        "last": TODAY + 2 * DAY,
        "by": SATO.id,
        "at": office.now,
        "tz": TOKYO,
    }
    return await note_absence(office.uow, **(asked | changes))


async def told(office: Office, kind: CardKind) -> set[StaffId]:
    """Who has a card of this kind about A-12."""
    far = office.now + timedelta(days=400)
    async with office.uow.write() as work:
        due = await work.cards.due(at=far, limit=500, until=far)
    return {c.staff_id for c in due if (c.kind, c.subject_id) == (kind, A12.id)}


async def answers(office: Office, text: str, *, by: StaffId) -> Answer:
    done = await answer_person(
        office.uow,
        case_id=A12.id,
        by=by,
        text=text,
        at=office.now,
        tz=TOKYO,
        proof=PROOF,
        press=office.press,
        reader=office.a,
    )
    return done.answer


@pytest.mark.rule("G-15")
async def test_what_comes_in_goes_to_the_deputy_and_not_to_who_is_away(office: Office) -> None:
    await away(office)
    await office.says()
    assert await told(office, CardKind.REPLY) == {SUZUKI.id, TANAKA.id}
    office.clock.at += 2 * DAY
    await note_hours_passed(office.uow, at=office.now, tz=TOKYO)
    assert SATO.id not in await told(office, CardKind.ANSWER_LATE)


@pytest.mark.rule("G-15")
async def test_the_person_is_told_once_who_writes(office: Office) -> None:
    await away(office)
    await office.says()
    first = await answers(office, "写真、見ました。", by=TANAKA.id)
    assert first.text == "佐藤が留守のあいだ、田中が代わりに書きます。\n写真、見ました。"
    assert first.in_place_of == SATO.id
    again = await answers(office, "ゆっくりで大丈夫です。", by=TANAKA.id)
    assert (again.text, again.in_place_of) == ("ゆっくりで大丈夫です。", None)
    colleague = await answers(office, "鈴木です。読みました。", by=SUZUKI.id)
    assert colleague.in_place_of is None


@pytest.mark.rule("G-15")
async def test_whoever_leads_the_case_answers_as_ever(office: Office) -> None:
    """A is used to 佐藤, and does not need to know that 田中 is away."""
    await away(office, staff_id=TANAKA.id, by=TANAKA.id, deputy_id=SATO.id)
    await office.says()
    answer = await answers(office, "佐藤です。読みました。", by=SATO.id)
    assert (answer.text, answer.in_place_of) == ("佐藤です。読みました。", None)


async def test_who_is_back_sooner_is_told_again(office: Office) -> None:
    absence, _ = await away(office)
    await end_absence(office.uow, absence_id=absence.id, by=TANAKA.id, at=office.now, tz=TOKYO)
    await office.says()
    assert SATO.id in await told(office, CardKind.REPLY)
    with pytest.raises(Overtaken):
        await end_absence(office.uow, absence_id=absence.id, by=SATO.id, at=office.now, tz=TOKYO)


async def test_what_waits_already_is_passed_on(office: Office) -> None:
    deputy = await office.hire("高橋", Role.INTAKE_WORKER, seats=(Role.INTAKE_WORKER,))
    await office.says()
    assert deputy.id not in await told(office, CardKind.REPLY)
    await away(office, deputy_id=deputy.id)
    assert deputy.id in await told(office, CardKind.REPLY)


async def test_an_absence_opens_no_door(office: Office) -> None:
    stranger = await office.hire("山田", Role.OUTREACH_WORKER)
    _, without = await away(office, deputy_id=stranger.id)
    assert without == ("A-12",)
    await office.says()
    assert await told(office, CardKind.REPLY) == {SUZUKI.id, TANAKA.id}


async def test_absences_that_help_nobody_are_refused(office: Office) -> None:
    with pytest.raises(OwnDeputy):
        await away(office, deputy_id=SATO.id)
    for days in (
        {"last": TODAY - DAY, "first": TODAY - 2 * DAY},
        {"first": TODAY + DAY, "last": TODAY},
        {"last": TODAY + 366 * DAY},
    ):
        with pytest.raises(AbsenceUnfit):
            await away(office, **days)
    with pytest.raises(RoleNeeded):
        await away(office, by=SUZUKI.id)
    await away(office, by=TANAKA.id)
    with pytest.raises(AwayAlready):
        await away(office, first=TODAY + DAY)
    with pytest.raises(DeputyAway):
        await away(office, staff_id=SUZUKI.id, by=SUZUKI.id, deputy_id=SATO.id)
    gone = await office.hire("山田", Role.OUTREACH_WORKER)
    async with office.uow.write() as work:
        await work.staff.release(gone.id)
        await work.commit()
    with pytest.raises(NotActive):
        await away(office, staff_id=SUZUKI.id, by=SUZUKI.id, deputy_id=gone.id)


def test_rather_the_colleague_who_is_away_than_nobody() -> None:
    class Away:
        staff_id, deputy_id = SATO.id, TANAKA.id

    told_now = standing_in([SATO.id], away=[Away()], seated=[SATO.id])  # type: ignore[list-item]
    assert told_now == (SATO.id,)
