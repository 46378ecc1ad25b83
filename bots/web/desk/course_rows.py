"""What the deeds of 参加支援 and 多機関協働 have in common: one for each row of their tables."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bots.web.desk.course_entries import (
    ON_THE_CASE,
    closing_of,
    decided,
    decision_of,
    effort_of,
)
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import in_own_words
from bots.web.desk.views import View
from core.access import Action
from core.agencies import Role
from core.closing import ReopenReason
from core.courses.multi_agency import MULTI_AGENCY_TABLE, MultiAgencyState
from core.courses.participation import PARTICIPATION_TABLE, ParticipationState
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.permissions import holders
from core.programmes import Programme
from core.transitions import steps_from

TAKING_PART: Final = "参加支援の歩み"
TOGETHER: Final = "多機関協働の歩み"
_P = ParticipationState
_M = MultiAgencyState
PLACES: Final = frozenset({Role.PARTICIPATION_WORKER, Role.CASE_LEAD, Role.OUTREACH_WORKER})
COORDINATOR: Final = frozenset({Role.COORDINATOR})
ANYBODY: Final = holders(Action.LOG_CONTACT) | ON_THE_CASE
CLOSES: Final = (frozenset({AgendaPurpose.CLOSE}), frozenset({Outcome.CLOSE_OK}))
REPLANS: Final = (
    frozenset({AgendaPurpose.REPLAN, AgendaPurpose.CLOSE}),
    frozenset({Outcome.APPROVED, Outcome.REPLAN_NEEDED}),
)
INTERRUPTS: Final = (
    frozenset({AgendaPurpose.INTERRUPT}),
    frozenset({Outcome.INTERRUPT_OK}),
)
Verb = Callable[..., Awaitable[Any]]
Decisions = tuple[frozenset[AgendaPurpose], frozenset[Outcome]]


def version_of(view: View, programme: Programme) -> Entry:
    course = (
        view.story.participation
        if programme is Programme.PARTICIPATION
        else view.story.multi_agency
    )
    return held("version", 0 if course is None else course.version)


def opens(view: View, programme: Programme, to: _P | _M) -> tuple[Offer, ...]:
    """Open where the course has a row from where it stands."""
    if programme is Programme.PARTICIPATION:
        taking = view.story.participation
        there = taking is not None and any(
            row.to is to for row in steps_from(PARTICIPATION_TABLE, taking.state)
        )
    else:
        joint = view.story.multi_agency
        there = joint is not None and any(
            row.to is to for row in steps_from(MULTI_AGENCY_TABLE, joint.state)
        )
    return ALWAYS if there else ()


def _on_case(means: Means, filled: Filled) -> dict[str, Any]:
    return {
        "case_id": means.view.story.case.id,
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
        "tz": means.tz,
    }


def _by_decision(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    meeting_id, item_id = decision_of(of)
    asked = {name: value for name, value in _on_case(means, filled).items() if name != "case_id"}
    return asked | {"meeting_id": meeting_id, "item_id": item_id}


def row_deed(
    key: str,
    title: str,
    said: str,
    verb: Verb,
    *,
    programme: Programme,
    to: _P | _M,
    who: frozenset[Role],
    explains: str = "",
    more: Callable[[View], tuple[Entry, ...]] = lambda view: (),
    given: Callable[[Means, Filled], dict[str, Any]] = lambda means, filled: {},
    offered: Callable[[View], tuple[Offer, ...]] | None = None,
) -> Deed:
    """A deed for one row that no meeting has to decide."""

    def entries(view: View, of: str) -> tuple[Entry, ...]:
        return (version_of(view, programme), *more(view))

    async def act(means: Means, filled: Filled, of: str) -> str:
        await verb(means.uow, **_on_case(means, filled), **given(means, filled))
        return in_own_words(said, programme, means.view)

    return Deed(
        key=key,
        title=title,
        room=TAKING_PART if programme is Programme.PARTICIPATION else TOGETHER,
        programme=programme,
        who=who,
        entries=entries,
        act=act,
        offered=offered or (lambda view: opens(view, programme, to)),
        explains=explains,
    )


def verdict_deed(
    key: str,
    title: str,
    said: str,
    verb: Verb,
    *,
    programme: Programme,
    to: _P | _M,
    who: frozenset[Role],
    decisions: Decisions,
    more: Callable[[View], tuple[Entry, ...]] = lambda view: (),
    given: Callable[[Means, Filled], dict[str, Any]] = lambda means, filled: {},
) -> Deed:
    """A deed for one row that a meeting decided."""

    def entries(view: View, of: str) -> tuple[Entry, ...]:
        return (version_of(view, programme), *more(view))

    async def act(means: Means, filled: Filled, of: str) -> str:
        await verb(means.uow, **_by_decision(means, filled, of), **given(means, filled))
        return in_own_words(said, programme, means.view)

    def offered(view: View) -> tuple[Offer, ...]:
        if not opens(view, programme, to):
            return ()
        return decided(view, purposes=decisions[0], outcomes=decisions[1], programme=programme)

    return Deed(
        key=key,
        title=title,
        room=TAKING_PART if programme is Programme.PARTICIPATION else TOGETHER,
        programme=programme,
        who=who,
        entries=entries,
        act=act,
        offered=offered,
    )


def why_again(view: View) -> tuple[Entry, ...]:
    return (
        Entry(name="why", label="再開するわけ", kind=Kind.CHOICE, options=of_enum(ReopenReason)),
    )


def again(means: Means, filled: Filled) -> dict[str, Any]:
    return {"why": filled.one("why", ReopenReason)}


def lost(means: Means, filled: Filled) -> dict[str, Any]:
    return {"lost_since": filled.moment("lost_since"), "effort": effort_of(means.view)}


def closing(means: Means, filled: Filled) -> dict[str, Any]:
    return {"closing": closing_of(filled)}
