"""The first hours of a town: nothing is loaded, or not yet everything."""

from dataclasses import replace

from bots.doctor.checks import Notes
from bots.doctor.record import check_record
from core.usecases.town.check_town import check_town
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.doctor.surroundings import NowClock
from tests.people import A12, TOWN, A
from tests.proofs import PROOF


async def test_no_town_is_one_finding_and_the_ticks_another(unit_of_work: SqlUnitOfWork) -> None:
    checks = await check_record(
        unit_of_work,
        clock=NowClock(),
        ticks=("cards.draw",),
        slack_team=None,
        proof=PROOF,
        notes=Notes("ja"),
    )

    assert {check.name: check.verdict for check in checks} == {"town": "fail", "ticks": "warn"}
    assert "yorisoi load" in checks[0].next_step


async def test_a_town_without_texts_and_seats_is_told_what_is_missing(
    unit_of_work: SqlUnitOfWork,
) -> None:
    async with unit_of_work.write() as work:
        await work.towns.put(TOWN)
        await work.people.put(A)
        await work.cases.add(replace(A12, lead_staff_id=None))
        await work.commit()
    found = await check_town(unit_of_work)

    assert found.missing_texts == ("letters", "linked", "rest", "stop", "waiting")
    assert found.without_approver == ("A-12",)
    assert found.slack_teams == frozenset()
