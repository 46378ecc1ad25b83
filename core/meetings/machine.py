"""Machine M of DOMAIN §3.3 as data, and the one function that takes a step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.meetings.circles import circle_of
from core.meetings.grounds import typed
from core.meetings.guards import GUARDS
from core.meetings.sittings import BEFORE_HELD, Meeting, MeetingState
from core.meetings.situation import Command, Situation
from core.transitions import ANY_STAFF, Row, named, steps_from

_S = MeetingState
SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
CLERK: Final = frozenset({Role.CLERK})
CHAIR: Final = frozenset({Role.CHAIR})
SYSTEM: Final = frozenset({Role.SYSTEM})
MeetingRow = Row[MeetingState, str]


def _row(
    name: str, sources: set[MeetingState], to: MeetingState, who: frozenset[Role], *guards: str
) -> MeetingRow:
    return Row(id=name, sources=frozenset(sources), to=to, who=who, guards=guards)


# M1 makes the record; M10 is `changes.recheck_items`, which changes items and no stage.
ROWS: Final[tuple[MeetingRow, ...]] = (
    _row("M1", set(), _S.REQUESTED, ANY_STAFF, "has_items"),
    _row("M2", {_S.REQUESTED, _S.POSTPONED}, _S.TYPE_CHECKED, SYSTEM, "has_items"),
    _row(
        "M3",
        {_S.TYPE_CHECKED, _S.SLOT_OFFERED},
        _S.SLOT_OFFERED,
        SECRETARIAT | SYSTEM,
        "has_items",
        "grounds_stand",
        "times_offered",
    ),
    _row(
        "M4",
        {_S.SLOT_OFFERED},
        _S.SCHEDULED,
        SECRETARIAT,
        "has_items",
        "grounds_stand",
        "within_an_offer",
        "bodies_apart",
        "hosts_accept",
    ),
    _row(
        "M5",
        {_S.SCHEDULED},
        _S.CONVENED,
        SECRETARIAT,
        "has_items",
        "grounds_stand",
        "bodies_apart",
        "seats_invited",
        "invited_may_come",
        "papers_tellable",
    ),
    _row(
        "M6",
        {_S.CONVENED},
        _S.HELD,
        CLERK,
        "has_items",
        "has_begun",
        "grounds_stand",
        "bodies_apart",
        "circles_kept",
        "seats_filled",
    ),
    _row("M7", {_S.HELD}, _S.MINUTES_DRAFT, CLERK),
    _row(
        "M7",
        {_S.MINUTES_DRAFT},
        _S.MINUTES_CONFIRMED,
        CHAIR,
        "minutes_complete",
        "minutes_free_of_tax_facts",
        "chair_confirms",
    ),
    _row(
        "M8",
        {_S.MINUTES_CONFIRMED},
        _S.CLOSED,
        SECRETARIAT,
        "decisions_applied",
        "papers_settled",
        "gaps_forwarded",
    ),
    _row("M9", set(BEFORE_HELD) - {_S.POSTPONED}, _S.POSTPONED, SECRETARIAT, "reason_given"),
    _row("M9", set(BEFORE_HELD), _S.CANCELLED, SECRETARIAT, "reason_given", "urgent_moved"),
)


class MeetingNotThere(CaseworkError):
    """This step is not open at the meeting's present stage.

    Facts: `stage`, `wanted`, `allowed` (the rows that are open).
    """

    rule = "DOMAIN-3.3"


class NotYourStep(CaseworkError):
    """This step of a meeting belongs to somebody else.

    Facts: `row`, `roles` (who takes it), `allowed`.
    """

    rule = "DOMAIN-3.7"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingStepped:
    """A meeting after its step, with what goes into the record."""

    meeting: Meeting
    events: tuple[AuditEvent, ...]


def request(meeting: Meeting, *, command: Command, situation: Situation) -> MeetingStepped:
    """M1: make the record of a request. Refusals as `advance`."""
    row = ROWS[0]
    _require_role(row, command.role)
    _pass(row, meeting, command, situation)
    return MeetingStepped(meeting=meeting, events=(_event(meeting, "", command),))


def advance(
    meeting: Meeting, *, to: MeetingState, command: Command, situation: Situation
) -> MeetingStepped:
    """Take the step to `to`, or refuse and change nothing.

    Raises:
        MeetingNotThere: no row leads there from here.
        NotYourStep: the row is another role's.
        CaseworkError: a guard of the row refuses, each by its own rule (`guards`).
    """
    row = next((r for r in ROWS if meeting.state in r.sources and r.to is to), None)
    if row is None:
        raise MeetingNotThere(
            stage=meeting.state.value,
            wanted=to.value,
            allowed=named(steps_from(ROWS, meeting.state)),
        )
    _require_role(row, command.role)
    prepare = _PREPARE.get(to)
    ready = prepare(meeting, command, situation) if prepare else meeting
    _pass(row, ready, command, situation)
    done = replace(ready, state=to, version=meeting.version + 1)
    return MeetingStepped(meeting=done, events=(_event(done, meeting.state.value, command),))


def _require_role(row: MeetingRow, role: Role) -> None:
    if role not in row.who:
        raise NotYourStep(row=row.id, roles=",".join(sorted(row.who)), allowed="ask_them")


def _pass(row: MeetingRow, meeting: Meeting, command: Command, situation: Situation) -> None:
    for guard in row.guards:
        GUARDS[guard](meeting, command, situation)


def _type(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    items = tuple(
        typed(item, bodies=situation.bodies, shares=situation.shares) if item.is_live else item
        for item in meeting.items
    )
    return replace(meeting, items=items)


def _offer(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    return replace(meeting, offered=command.offered)


def _date(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    return replace(
        meeting,
        blocks=command.blocks,
        rules_settled=command.rules_settled,
        mode=command.mode,
        place=command.place,
        accepted_by=frozenset(block.body_id for block in command.blocks),
    )


def _invite(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    return replace(meeting, invited=command.invited)


def _attend(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    for item in meeting.live:
        block = meeting.block_of(item)
        room = situation.room(item, meeting=meeting, at=block.begins_at if block else command.at)
        everybody = situation.people(meeting.invited | command.present.get(item.id, frozenset()))
        meeting = meeting.with_item(
            replace(
                item,
                present=command.present.get(item.id, frozenset()),
                excuses=command.excuses.get(item.id, ()),
                circle=circle_of(item, participants=everybody, room=room),
            )
        )
    return meeting


def _confirm(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    minutes = tuple(
        replace(m, confirmed_by=command.confirmed_by, confirmed_at=command.at)
        for m in meeting.minutes
    )
    return replace(meeting, minutes=minutes)


def _put_off(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    """The date falls away; agenda, papers and what is out remain."""
    return replace(
        meeting,
        stopped_for=command.reason,
        offered=(),
        blocks=(),
        accepted_by=frozenset(),
        invited=frozenset(),
        answers=(),
    )


def _cancel(meeting: Meeting, command: Command, situation: Situation) -> Meeting:
    return replace(meeting, stopped_for=command.reason, moved_to=command.moved_to)


_PREPARE: Final[dict[MeetingState, Callable[[Meeting, Command, Situation], Meeting]]] = {
    _S.TYPE_CHECKED: _type,
    _S.SLOT_OFFERED: _offer,
    _S.SCHEDULED: _date,
    _S.CONVENED: _invite,
    _S.HELD: _attend,
    _S.MINUTES_CONFIRMED: _confirm,
    _S.POSTPONED: _put_off,
    _S.CANCELLED: _cancel,
}


def _event(meeting: Meeting, was: str, command: Command) -> AuditEvent:
    grounds = tuple(f"{i.id}={i.ground.basis}" for i in meeting.live if i.ground is not None)
    return AuditEvent(
        action=f"meeting.{meeting.state.lower()}",
        at=command.at,
        actor=command.by,
        role=command.role.value,
        subject=meeting.id,
        was=was,
        now=meeting.state.value,
        reason=command.reason,
        evidence=grounds,
    )
