"""What the store promises about absences of colleagues."""

from dataclasses import replace
from datetime import date

from core.absences import Absence
from core.ids import AbsenceId
from core.ports import UnitOfWork
from tests.people import MIDORI, MONDAY, SATO, TANAKA

ABSENCE = Absence(
    id=AbsenceId("absence-1"),
    municipality_id=MIDORI,
    staff_id=SATO.id,
    deputy_id=TANAKA.id,
    first=date(2026, 12, 1),
    last=date(2026, 12, 4),
    noted_by=SATO.id,
    noted_at=MONDAY,
)


async def test_an_absence_holds_for_its_days_and_ends_sooner(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.absences.add(ABSENCE)
        assert await work.absences.get(ABSENCE.id) == ABSENCE
        assert await work.absences.of_day(date(2026, 11, 30)) == ()
        assert await work.absences.of_day(date(2026, 12, 4)) == (ABSENCE,)
        assert await work.absences.of_day(date(2026, 12, 5)) == ()
        assert await work.absences.from_day(date(2026, 11, 30)) == (ABSENCE,)
        back = replace(ABSENCE, ended_on=date(2026, 12, 3), version=2)
        assert await work.absences.change(back, version=1)
        assert not await work.absences.change(back, version=1)
        assert await work.absences.of_day(date(2026, 12, 2)) == (back,)
        assert await work.absences.of_day(date(2026, 12, 3)) == ()
