"""The end of a consent, and of what stood on it: C5, C7, M10, O19, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.basis import Basis
from core.cases import CaseState
from core.closing import ClosingReason, PostClosing
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentStepClosed
from core.consent.scopes import AgencyScope
from core.courses.ending import EndReason
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.letters import LetterState
from core.plans.record import PlanState
from core.referrals.record import ReferralState
from core.resources import MatchState
from core.steps import Overtaken
from core.usecases.consents.expire_consents import expire_consents
from core.usecases.courses.end_case import end_case
from tests.core.usecases.connections.sides import CLINIC
from tests.core.usecases.ledger_office import FATHER, TELL_HOSPITAL, Ledger
from tests.core.usecases.office import Office
from tests.core.usecases.waiting import (
    AT_FIRST,
    TELL,
    FasterColleagues,
    Waiting,
    all_that_waits,
)
from tests.midori import facts_of
from tests.people import A12, MAY_WRITE_TO_A, MONDAY, SATO, SUZUKI, TOKYO, A

S = ConsentState
LATER = MONDAY + timedelta(days=90)


@pytest.fixture
def ledger(office: Office) -> Ledger:
    return Ledger(uow=office.uow)


@pytest.fixture
async def waiting(office: Office) -> Waiting:
    found = await all_that_waits(office)
    assert await found.now() == AT_FIRST
    return found


PLAN_BACK = {"plan": PlanState.RETURNED}
ITEMS_FALL = {"open_item": Basis.SHIEN, "dated_item": None}
HELD = {"letter": LetterState.HELD}


@pytest.mark.rule("C5")
@pytest.mark.rule("M10")
@pytest.mark.rule("R-039")
@pytest.mark.parametrize(
    ("taken_back", "changed"),
    [
        (("share",), PLAN_BACK | ITEMS_FALL | HELD),
        (
            ("use-outreach",),
            PLAN_BACK | HELD | {"case": CaseState.RELATIONSHIP_BUILDING, "supported": False},
        ),
        (
            ("use-multi_agency",),
            HELD | {"multi_agency": MultiAgencyState.ASSESSING, "referral": ReferralState.DRAFT},
        ),
        (
            ("use-participation",),
            HELD | {"participation": ParticipationState.RECEIVED, "match": MatchState.ENDED},
        ),
        (
            ("tell",),
            HELD | {"referral": ReferralState.DRAFT, "sheet": False, "match": MatchState.ENDED},
        ),
        (("comes",), HELD | {"comes": False}),
        (("channel",), {"letter": LetterState.CANCELLED}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
async def test_what_stood_on_it_stops_and_nothing_else(
    waiting: Waiting, ledger: Ledger, taken_back: tuple[str, ...], changed: dict[str, Any]
) -> None:
    lines = waiting.lines | {"channel": MAY_WRITE_TO_A}
    gone = await ledger.withdraw(*(lines[name] for name in taken_back))
    assert {line.state for line in gone} == {S.WITHDRAWN}
    assert await waiting.now() == AT_FIRST | changed


@pytest.mark.rule("O19")
@pytest.mark.rule("C5")
async def test_whatever_words_take_all_of_it_back_at_once(
    waiting: Waiting, ledger: Ledger, office: Office
) -> None:
    facts = await facts_of(office.uow)
    await ledger.withdraw(MAY_WRITE_TO_A, *waiting.lines.values())
    assert set((await ledger.states()).values()) == {S.WITHDRAWN}
    now = await waiting.now()
    assert all(now[name] != AT_FIRST[name] for name in AT_FIRST)
    assert await facts_of(office.uow) > facts
    async with office.uow.read() as work:
        case = [entry.event for entry in await work.audit.of_case(A12.id)]
    withdrawn = [event for event in case if event.action == "consent.withdrawn"]
    assert len(withdrawn) == len(waiting.lines) + 1
    rows = {line for event in case for line in event.evidence if line.startswith("row=")}
    assert {"row=C5", "row=O19", "row=PT14", "row=MK12"} <= rows


@pytest.mark.rule("C5")
async def test_the_second_colleague_learns_that_it_was_taken_back_already(
    ledger: Ledger,
) -> None:
    line = await ledger.given()
    (gone,) = await ledger.withdraw(line)
    with pytest.raises(Overtaken):
        await ledger.withdraw(line, by=SUZUKI.id)
    with pytest.raises(ConsentStepClosed):
        await ledger.withdraw(gone)
    with pytest.raises(ConsentStepClosed):
        await ledger.withdraw()


@pytest.mark.rule("C5")
async def test_a_withdrawal_does_not_wait_for_others(waiting: Waiting, office: Office) -> None:
    """Somebody decides on the plan just then: the withdrawal is taken up again, at once."""
    share = waiting.lines["share"]
    busy = FasterColleagues(uow=office.uow, times=2)
    (gone,) = await Ledger(uow=busy).withdraw(share)  # type: ignore[arg-type]
    assert gone.state is S.WITHDRAWN
    assert await waiting.now() == AT_FIRST | PLAN_BACK | ITEMS_FALL | HELD


@pytest.mark.rule("C5")
async def test_what_cannot_be_stopped_is_not_taken_back_by_halves(
    waiting: Waiting, office: Office
) -> None:
    never = FasterColleagues(uow=office.uow, times=10**6)
    with pytest.raises(Overtaken):
        await Ledger(uow=never).withdraw(waiting.lines["share"])  # type: ignore[arg-type]
    assert await waiting.now() == AT_FIRST
    assert set((await Ledger(uow=office.uow).states()).values()) == {S.GIVEN}


@pytest.mark.rule("C5")
async def test_another_line_that_still_covers_it_keeps_it_going(
    waiting: Waiting, ledger: Ledger
) -> None:
    clinic = AgencyScope(agencies=frozenset({CLINIC}), topics=TELL.topics | {"WORK"})
    await ledger.given(clinic)
    await ledger.withdraw(waiting.lines["tell"])
    now = await waiting.now()
    assert (now["sheet"], now["match"]) == (True, MatchState.TOLD_OF)
    assert now["referral"] is ReferralState.DRAFT


@pytest.mark.rule("C6")
@pytest.mark.rule("M10")
async def test_a_wider_line_takes_over_and_nothing_stops(waiting: Waiting, ledger: Ledger) -> None:
    wider = replace(TELL, topics=TELL.topics | {"WORK"})
    await ledger.give(await ledger.widen(waiting.lines["tell"], wider))
    assert await waiting.now() == AT_FIRST | HELD


@pytest.mark.rule("C7")
async def test_a_line_ends_on_its_local_day_and_not_before(ledger: Ledger, office: Office) -> None:
    line = await ledger.given(expires_on=date(2026, 12, 24))
    # 00:00 on the 24th in Tokyo is 15:00 on the 23rd in UTC.
    eve = MONDAY.replace(month=12, day=23, hour=14, minute=59)
    assert (await expire_consents(office.uow, at=eve, tz=TOKYO)).lines == 0
    ended = await expire_consents(office.uow, at=eve + timedelta(minutes=1), tz=TOKYO)
    assert (ended.lines, ended.after) == (1, None)
    assert (await ledger.line(line.id)).state is S.EXPIRED
    assert (await expire_consents(office.uow, at=eve + timedelta(days=1), tz=TOKYO)).lines == 0


@pytest.mark.rule("C7")
async def test_what_stood_on_a_line_that_ran_out_stops_as_well(
    waiting: Waiting, ledger: Ledger, office: Office
) -> None:
    soon = MONDAY + timedelta(days=3)
    async with office.uow.write() as work:
        for line in waiting.lines.values():
            dated = replace(line, expires_on=soon.date(), version=line.version + 1)
            await work.consents.change(dated, version=line.version)
        await work.commit()
    await expire_consents(office.uow, at=soon, tz=TOKYO)
    now = await waiting.now()
    same = {name for name in AT_FIRST if now[name] == AT_FIRST[name]}
    assert same == set()
    assert now["letter"] is LetterState.HELD


@pytest.mark.rule("C7")
async def test_a_line_whose_day_has_come_does_not_stand_in_the_way(ledger: Ledger) -> None:
    line = await ledger.given(expires_on=LATER.date())
    again = await ledger.explain(at=LATER)
    assert (await ledger.line(line.id)).state is S.EXPIRED
    assert (await ledger.give(again, at=LATER)).state is S.GIVEN


async def closed(office: Office, ends_on: date | None) -> None:
    """A-12 is closed, with follow-up until then."""
    async with office.uow.write() as work:
        case = await work.cases.get(A12.id)
        outreach = await work.courses.outreach(case)
        assert outreach is not None
        post = PostClosing(reason=ClosingReason.LINKED_AND_STABLE, ends_on=ends_on)
        await work.courses.put_outreach(replace(outreach, post_closing=post))
        await work.commit()
    await office.move_case(CaseState.FOLLOW_UP)


@pytest.mark.rule("C7")
@pytest.mark.rule("G-21")
async def test_everything_but_their_own_line_ends_with_the_follow_up(
    waiting: Waiting, ledger: Ledger, office: Office
) -> None:
    over = LATER.date()
    await closed(office, None)
    assert (await expire_consents(office.uow, at=LATER, tz=TOKYO)).lines == 0
    await closed(office, over)
    async with office.uow.write() as work:
        taking_part = await work.courses.participation(A12.id)
        together = await work.courses.multi_agency(A12.id)
        assert taking_part and together
        ties = PostClosing(reason=ClosingReason.TIES_STABLE, ends_on=over)
        await work.courses.change_participation(
            replace(taking_part, state=ParticipationState.KEEP_IN_TOUCH, post_closing=ties)
        )
        ordered = PostClosing(reason=ClosingReason.ISSUES_ORDERED, ends_on=over)
        await work.courses.change_multi_agency(
            replace(together, state=MultiAgencyState.CLOSED, post_closing=ordered)
        )
        await work.commit()
    day_before = LATER - timedelta(days=1)
    assert (await expire_consents(office.uow, at=day_before, tz=TOKYO)).lines == 0
    assert (await expire_consents(office.uow, at=LATER, tz=TOKYO)).lines == 6
    states = await ledger.states()
    assert states.pop(MAY_WRITE_TO_A.id) is S.GIVEN
    assert set(states.values()) == {S.EXPIRED}
    assert (await expire_consents(office.uow, at=LATER, tz=TOKYO)).lines == 0
    assert (await waiting.now())["plan"] is PlanState.RETURNED


@pytest.mark.rule("C7")
async def test_an_open_case_keeps_the_consents_of_the_whole_household(
    ledger: Ledger, office: Office
) -> None:
    await ledger.household()
    line = await ledger.given(TELL_HOSPITAL, subject=FATHER.id)
    assert (await expire_consents(office.uow, at=LATER, tz=TOKYO)).lines == 0
    await office.move_case(CaseState.NO_ACTION)
    assert (await expire_consents(office.uow, at=LATER, tz=TOKYO)).lines == 1
    assert (await ledger.line(line.id)).state is S.EXPIRED


@pytest.mark.rule("C7")
async def test_a_round_goes_on_where_the_last_one_stopped(ledger: Ledger, office: Office) -> None:
    await ledger.household()
    await ledger.given(TELL_HOSPITAL, subject=FATHER.id, expires_on=LATER.date())
    await ledger.given(TELL_HOSPITAL, expires_on=LATER.date())
    first = await expire_consents(office.uow, at=LATER, tz=TOKYO, limit=1)
    assert (first.lines, first.after) == (1, A.id)
    second = await expire_consents(office.uow, at=LATER, tz=TOKYO, after=first.after, limit=1)
    assert (second.lines, second.after) == (1, FATHER.id)
    third = await expire_consents(office.uow, at=LATER, tz=TOKYO, after=second.after, limit=1)
    assert (third.lines, third.after) == (0, None)


@pytest.mark.rule("C7")
@pytest.mark.rule("G-22")
@pytest.mark.parametrize("by_the_round", [True, False])
async def test_what_somebody_agreed_to_goes_with_them(
    waiting: Waiting, ledger: Ledger, office: Office, by_the_round: bool
) -> None:
    if by_the_round:
        await office.person(deceased_on=MONDAY.date())
        await expire_consents(office.uow, at=MONDAY, tz=TOKYO)
    else:
        async with office.uow.read() as work:
            version = (await work.cases.get(A12.id)).version
        await end_case(
            office.uow,
            case_id=A12.id,
            version=version,
            why=EndReason.DECEASED,
            on=MONDAY.date(),
            by=SATO.id,
            at=MONDAY,
            tz=TOKYO,
        )
    assert set((await ledger.states()).values()) == {S.EXPIRED}
    now = await waiting.now()
    assert all(now[name] != AT_FIRST[name] for name in AT_FIRST)
    assert now["letter"] is LetterState.CANCELLED
