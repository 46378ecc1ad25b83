"""Places, hosts, matches in steps, and gaps, through the use cases."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.agencies import Role
from core.proposals import AlreadyProposed, PlaceUnnamed
from core.resources import (
    CostNotActual,
    GapState,
    GapUnforwarded,
    HostNotAssessed,
    HostWithoutHelp,
    Match,
    MatchState,
    MatchStepTooFar,
    ParticipationPlace,
    PersonNotAsked,
    PlaceStaysOpen,
)
from core.steps import Overtaken, RoleNeeded
from core.usecases.resources.assess_host import assess_host
from core.usecases.resources.check_vacancy import check_vacancy
from core.usecases.resources.close_gap import close_gap
from core.usecases.resources.forward_gap import forward_gap
from core.usecases.resources.move_match import move_match
from core.usecases.resources.note_expense import note_expense
from core.usecases.resources.open_gap import open_gap
from core.usecases.resources.propose_match import propose_match
from core.usecases.resources.support_host import support_host
from core.usecases.resources.visit_host import visit_host
from storage.engine import Store
from tests.core.usecases.connections.sides import YAMADA, Sides
from tests.core.usecases.whole import refused
from tests.people import A12, MONDAY, SATO, TANAKA, TOKYO, A

TODAY = date(2026, 11, 30)
M = MatchState


async def _place(sides: Sides, place: ParticipationPlace, verb: Any, **facts: Any) -> Any:
    return await verb(
        sides.uow,
        place_id=place.id,
        version=place.version,
        by=YAMADA.id,
        at=MONDAY,
        tz=TOKYO,
        **facts,
    )


async def _match(sides: Sides, place: ParticipationPlace) -> Match:
    return await propose_match(
        sides.uow, case_id=A12.id, person_id=A.id, place_id=place.id, by=SATO.id, at=MONDAY
    )


async def _on(sides: Sides, match: Match, to: MatchState, **changes: Any) -> Match:
    asked: dict[str, Any] = {
        "match_id": match.id,
        "version": match.version,
        "to": to,
        "person_wishes": True,
        "by": SATO.id,
        "at": MONDAY,
        "tz": TOKYO,
    }
    return await move_match(sides.uow, **(asked | changes))


@pytest.mark.rule("R-064")
async def test_a_match_goes_in_steps_each_by_the_persons_wish(store: Store, sides: Sides) -> None:
    place = await sides.place()
    told_of = await _match(sides, place)
    async with refused(store, MatchStepTooFar, rule="R-064"):
        await _on(sides, told_of, M.TRIAL)
    async with refused(store, PersonNotAsked, rule="R-064"):
        await _on(sides, told_of, M.VISITED, person_wishes=False)
    visited = await _on(sides, told_of, M.VISITED)
    async with refused(store, HostNotAssessed, rule="R-064"):
        await _on(sides, visited, M.TRIAL)
    worried = await _place(
        sides, place, assess_host, situation="週に一度、十人ほど", worries=("声のかけ方",)
    )
    settling = await _on(sides, await _on(sides, visited, M.TRIAL), M.SETTLING)
    async with refused(store, HostWithoutHelp, rule="R-064"):
        await _on(sides, settling, M.STABLE)
    await _place(sides, worried, support_host, what="一緒に昼をとった")
    stable = await _on(sides, settling, M.STABLE)
    assert (stable.stable_since, stable.trials) == (TODAY, (TODAY,))
    assert await sides.trail(stable.id) == [
        "match.told_of",
        "match.visited",
        "match.trial",
        "match.settling",
        "match.stable",
    ]


@pytest.mark.rule("R-073")
async def test_a_place_stays_open_after_the_issue_is_solved(store: Store, sides: Sides) -> None:
    match = await _match(sides, await sides.place())
    async with refused(store, PlaceStaysOpen, rule="R-073"):
        await _on(sides, match, M.ENDED, because_solved=True)
    ended = await _on(sides, match, M.ENDED, person_wishes=False)
    assert (await _on(sides, ended, M.TOLD_OF)).ended_on is None


@pytest.mark.rule("R-064")
async def test_a_place_is_proposed_once_and_a_host_is_visited(sides: Sides) -> None:
    place = await sides.place()
    match = await _match(sides, place)
    with pytest.raises(AlreadyProposed):
        await _match(sides, place)
    visited = await visit_host(
        sides.uow, match_id=match.id, version=1, by=SATO.id, at=MONDAY, tz=TOKYO
    )
    assert visited.host_visits == (TODAY,)
    with pytest.raises(Overtaken):
        await _on(sides, match, M.VISITED)


@pytest.mark.rule("R-072")
async def test_the_actual_cost_of_a_host_is_noted_with_what_for(store: Store, sides: Sides) -> None:
    place = await sides.place()
    async with refused(store, CostNotActual, rule="R-072"):
        await _place(sides, place, note_expense, yen=0, what_for="材料")
    noted = await _place(sides, place, note_expense, yen=1200, what_for="材料")
    assert [(one.yen, one.what_for) for one in noted.expenses] == [(1200, "材料")]


async def test_whether_there_is_room_is_asked_and_dated(sides: Sides) -> None:
    asked = await _place(sides, await sides.place(), check_vacancy, capacity=3)
    assert (asked.capacity, asked.vacancy_checked_on) == (3, TODAY)
    with pytest.raises(PlaceUnnamed):
        await sides.place(name=" ")


@pytest.mark.rule("R-051")
async def test_a_gap_is_forwarded_and_closed_by_a_place(sides: Sides) -> None:
    gap = await open_gap(
        sides.uow, description="短いショートステイ", by=TANAKA.id, at=MONDAY, tz=TOKYO
    )
    with pytest.raises(GapUnforwarded):
        await forward_gap(
            sides.uow, gap_id=gap.id, version=1, to=" ", by=TANAKA.id, at=MONDAY, tz=TOKYO
        )
    passed_on = await forward_gap(
        sides.uow, gap_id=gap.id, version=1, to="地域の場", by=TANAKA.id, at=MONDAY, tz=TOKYO
    )
    assert passed_on.state is GapState.FORWARDED
    place = await sides.place()
    closed = await close_gap(
        sides.uow, gap_id=gap.id, version=2, place_id=place.id, by=TANAKA.id, at=MONDAY
    )
    assert (closed.state, closed.closed_by) == (GapState.CLOSED, place.id)
    with pytest.raises(Overtaken):
        await close_gap(
            sides.uow, gap_id=gap.id, version=2, place_id=place.id, by=TANAKA.id, at=MONDAY
        )


async def test_places_are_kept_by_those_who_go_along(sides: Sides) -> None:
    async with sides.uow.write() as work:
        await work.staff.put(replace(YAMADA, roles=frozenset({Role.CLERK})))
        await work.commit()
    with pytest.raises(RoleNeeded):
        await sides.place()
