"""Calls for people and shifts come back; one call is open for a person at a time."""

from dataclasses import replace
from datetime import date, timedelta

from core.crisis.alerts import AlertState, Called, CrisisAlert
from core.crisis.callees import CalledAs
from core.crisis.reading import Sign
from core.crisis.shifts import Shift
from core.ids import AlertId, LinkId, ReplyId, ShiftId
from core.municipal_profiles.crisis import Peril
from core.ports import UnitOfWork
from tests.people import A12, LINK_A, MIDORI, MONDAY, SATO, TANAKA, A

MINUTE = timedelta(minutes=1)
ALERT = CrisisAlert(
    id=AlertId("call-1"),
    municipality_id=MIDORI,
    case_id=A12.id,
    person_id=A.id,
    raised_at=MONDAY,
    sign=Sign.MAYBE,
    perils=(Peril.SELF, Peril.DANGER),
    reply_id=ReplyId("reply-1"),
    signs=3,
    rounds=1,
    calls=(Called(staff_id=SATO.id, called_as=CalledAs.WORKER, at=MONDAY),),
    next_at=MONDAY + 5 * MINUTE,
    told_at=MONDAY,
)
SETTLED = replace(
    ALERT,
    state=AlertState.FALSE_ALARM,
    next_at=None,
    acknowledged_by=SATO.id,
    acknowledged_at=MONDAY + MINUTE,
    settled_by=SATO.id,
    settled_at=MONDAY + MINUTE,
    false_alarm=True,
    note="電話で話しました",
    review_due_on=date(2026, 12, 1),
    version=2,
)


async def test_a_call_comes_back_and_one_is_open_for_a_person(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        alerts = work.alerts
        assert await alerts.open_of(person_id=A.id) is None
        assert await alerts.add(ALERT)
        assert not await alerts.add(replace(ALERT, id=AlertId("call-2")))
        assert await alerts.get(ALERT.id) == ALERT
        assert await alerts.open_of(person_id=A.id) == ALERT
        assert await alerts.unsettled() == (ALERT,)
        assert await alerts.due(at=MONDAY + 5 * MINUTE, limit=5) == (ALERT,)
        assert await alerts.due(at=MONDAY + 4 * MINUTE, limit=5) == ()
        assert await alerts.told_since(A.id, since=MONDAY - MINUTE)
        assert not await alerts.told_since(A.id, since=MONDAY)
        assert not await alerts.change(replace(SETTLED, version=3), version=2)
        assert await alerts.change(SETTLED, version=1)
        assert await alerts.open_of(person_id=A.id) is None
        assert await alerts.to_review() == (SETTLED,)
        later = replace(ALERT, id=AlertId("call-3"), raised_at=MONDAY + MINUTE)
        assert await alerts.add(later)
        assert await alerts.of_case(A12.id) == (later, SETTLED)


async def test_a_strangers_call_is_known_by_the_account(midori: UnitOfWork) -> None:
    stranger = replace(ALERT, case_id=None, person_id=None, link_id=LINK_A.id, told_at=None)
    async with midori.write() as work:
        assert await work.alerts.add(stranger)
        assert not await work.alerts.add(replace(stranger, id=AlertId("call-2")))
        assert await work.alerts.open_of(link_id=LINK_A.id) == stranger
        assert await work.alerts.open_of(link_id=LinkId("another")) is None
        assert await work.alerts.open_of() is None


async def test_shifts_come_back_by_their_beginning_and_can_be_taken_out(
    midori: UnitOfWork,
) -> None:
    first = Shift(
        id=ShiftId("shift-1"),
        municipality_id=MIDORI,
        staff_id=SATO.id,
        starts_at=MONDAY,
        ends_at=MONDAY + 60 * MINUTE,
    )
    second = replace(first, id=ShiftId("shift-2"), staff_id=TANAKA.id, place=2)
    async with midori.write() as work:
        shifts = work.shifts
        assert await shifts.add(second)
        assert await shifts.add(first)
        assert not await shifts.add(first)
        assert await shifts.get(first.id) == first
        assert await shifts.between(MONDAY, MONDAY + MINUTE) == (first, second)
        assert await shifts.between(MONDAY + 60 * MINUTE, MONDAY + 90 * MINUTE) == ()
        assert await shifts.remove(first.id)
        assert not await shifts.remove(first.id)
        assert await shifts.between(MONDAY, MONDAY + MINUTE) == (second,)
