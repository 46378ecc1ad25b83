"""End the consents whose day has come, or whose case and follow-up are over (C7)."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from core.cases import Case, CaseState
from core.closing import PostClosing, follow_up_over
from core.consent.ending import ends_with_the_case, expire
from core.consent.kinds import ConsentState
from core.consent.ledger import LedgerStep
from core.consenting import ledger_of, run_out
from core.courses.ending import COURSE_OVER
from core.days import local_day
from core.ids import CaseId, PersonId
from core.ports import UnitOfWork, Work
from core.steps import note_fact
from core.withdrawal import end_lines

FEW: Final = 50
# Ends after which somebody may still keep in touch, and the one after which nobody does. Whoever
# is REFERRED_OUT or INTERRUPTED may come back to what was agreed.
_OVER: Final = frozenset({CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.NO_ACTION})


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentsEnded:
    """What a round came to.

    Attributes:
        lines: how many lines ended.
        after: where the next round goes on; None when this was the last.
    """

    lines: int
    after: PersonId | None


async def expire_consents(
    uow: UnitOfWork,
    *,
    at: datetime,
    tz: tzinfo,
    after: PersonId | None = None,
    limit: int = FEW,
) -> ConsentsEnded:
    """One round over at most `limit` people, on the town's local day; nobody is asked anything.

    What stood on a line stops in the same transaction, as when a person takes it back.

    Args:
        after: `ConsentsEnded.after` of the round before.
    """
    today = local_day(at, tz=tz)
    async with uow.read() as work:
        people = await work.consents.people_to_release(
            on=today, over=_OVER, after=after or "", limit=limit
        )
    if not people:
        return ConsentsEnded(lines=0, after=None)
    async with uow.write() as work:
        lines = 0
        for person_id in people:
            lines += await _release(work, person_id, today=today, at=at, tz=tz)
        await work.commit()
        return ConsentsEnded(lines=lines, after=people[-1] if len(people) == limit else None)


async def _release(
    work: Work, person_id: PersonId, *, today: date, at: datetime, tz: tzinfo
) -> int:
    ledger = await ledger_of(work, person_id)
    person = await work.people.get(person_id)
    deceased = person.deceased_on is not None
    cases = await _cases_of(work, person_id)
    step = LedgerStep(lines=(), events=())
    if deceased or await _all_over(work, cases, today=today):
        for line in ledger:
            if line.state is ConsentState.GIVEN and (deceased or ends_with_the_case(line)):
                step += expire(line, today=today, follow_up_ended=True, at=at, deceased=deceased)
    if not deceased:
        left = tuple(line for line in ledger if line.id not in {one.id for one in step.lines})
        step += run_out(left, today=today, at=at)
    if step.lines:
        case_id: CaseId | None = cases[0].id if cases else None
        await end_lines(work, step, case_id=case_id, at=at, tz=tz)
        if case_id is not None:
            await note_fact(work, case_id, at=at)
    return len(step.lines)


async def _cases_of(work: Work, person_id: PersonId) -> tuple[Case, ...]:
    """The person's own cases; for whoever has none, those of the household."""
    own = await work.cases.of_person(person_id)
    person = await work.people.get(person_id)
    if own or person.household_id is None:
        return own
    return tuple(
        [
            case
            for member in await work.people.members(person.household_id)
            for case in await work.cases.of_person(member.id)
        ]
    )


async def _all_over(work: Work, cases: tuple[Case, ...], *, today: date) -> bool:
    return bool(cases) and all([await _over(work, case, today=today) for case in cases])


async def _over(work: Work, case: Case, *, today: date) -> bool:
    """Whether a case is closed and nobody is to get in touch any more.

    Where no follow-up was settled, as after a move to another town, nothing says that it is over.
    """
    if case.state not in _OVER:
        return False
    if case.state is CaseState.NO_ACTION:
        return True
    settled: list[PostClosing | None] = []
    outreach = await work.courses.outreach(case)
    if outreach is not None:
        settled.append(outreach.post_closing)
    for course in (
        await work.courses.participation(case.id),
        await work.courses.multi_agency(case.id),
    ):
        if course is None:
            continue
        if course.state not in COURSE_OVER or course.state == "INTERRUPTED":
            return False
        settled.append(course.post_closing)
    return all(post is not None and follow_up_over(post, today=today) for post in settled)
