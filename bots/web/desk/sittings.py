"""これからの会議: the town's sittings of several cases, and who was there for each item (M6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bots.i18n.catalogue import moment, word
from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.meetings.agendas import AgendaLine, Sitting
from core.meetings.bodies import MeetingBody, Participant, SeatKind
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.items import Excuse
from core.meetings.machine import CLERK
from core.meetings.sittings import MeetingState
from core.municipal_profiles.duties import runs_of
from core.usecases.meetings.hold_meeting import hold_meeting

ROOM: Final = "これからの会議"


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingRow:
    """A sitting as the town's page lists it."""

    name: str
    when: str
    state: str
    items: str
    venue: str


def sitting_rows(view: TownView) -> tuple[SittingRow, ...]:
    """The sittings on their way, by the town's own names."""
    return tuple(
        SittingRow(
            name=names_of(sitting, view.story.bodies),
            when=_when(sitting, view.tz),
            state=word(sitting.state),
            items=_items(sitting),
            venue="" if sitting.begins_at is None else word(sitting.mode),
        )
        for sitting in view.story.sittings
    )


def names_of(sitting: Sitting, bodies: Iterable[MeetingBody]) -> str:
    """The town's own names of its bodies."""
    known = {body.id: body.name for body in bodies}
    return "・".join(known[body_id] for body_id in sitting.bodies) or "会議の種類はこれから"


def sitting_name(sitting: Sitting, bodies: Iterable[MeetingBody], *, tz: tzinfo) -> str:
    """Which sitting it is: the bodies, and the day or how far it has come."""
    return f"{names_of(sitting, bodies)} {_when(sitting, tz) or word(sitting.state)}"


def sitting_offers(
    sittings: Iterable[Sitting], bodies: tuple[MeetingBody, ...], *, tz: tzinfo
) -> tuple[Offer, ...]:
    """A deed on one of these sittings, each under a name of its own."""
    called = [(one, sitting_name(one, bodies, tz=tz)) for one in sittings]
    names = [name for _, name in called]
    return tuple(
        Offer(of=one.id, about=f"{name} {names[: n + 1].count(name)}")
        if names.count(name) > 1
        else Offer(of=one.id, about=name)
        for n, (one, name) in enumerate(called)
    )


def _when(sitting: Sitting, tz: tzinfo) -> str:
    return "" if sitting.begins_at is None else moment(sitting.begins_at, tz=tz)


def _items(sitting: Sitting) -> str:
    aliases = "・".join(dict.fromkeys(line.alias for line in sitting.lines if line.alias))
    return f"議題 {sitting.count}件" + (f"({aliases})" if aliases else "")


def _sitting_in(view: TownView, of: str) -> Sitting:
    return next(one for one in view.story.sittings if one.id == of)


def _attending(view: TownView, of: str) -> tuple[Entry, ...]:
    sitting = _sitting_in(view, of)
    asked = [
        Entry(
            name=f"present_{n}",
            label=f"「{_line_name(sitting, line)}」のときに、いた方",
            kind=Kind.CHOICES,
            options=_people(view, line),
            value=_coming(view, sitting, line),
        )
        for n, line in enumerate(sitting.lines)
    ]
    if len(sitting.lines) < sitting.count:
        asked.append(
            Entry(
                name="elsewhere",
                label="ほかの議題のときに、いた方",
                kind=Kind.CHOICES,
                options=_people(view, None),
                value=_coming(view, sitting, None),
            )
        )
    excuse = Entry(
        name="excuse",
        label="つないだ相談支援事業者が欠席の理由",
        required=False,
        help="出席しているときは空欄のままで。",
    )
    return (*asked, excuse, held("version", sitting.version))


async def _attend(means: TownMeans, filled: Filled, of: str) -> str:
    sitting = _sitting_in(means.view, of)
    present = {
        line.item_id: frozenset(map(ParticipantId, filled.texts(f"present_{n}")))
        for n, line in enumerate(sitting.lines)
    }
    unseen = len(sitting.lines) < sitting.count
    elsewhere = frozenset(map(ParticipantId, filled.texts("elsewhere") if unseen else ()))
    reason = filled.text("excuse")
    excuses = (Excuse(seat=SeatKind.CONSULTATION, reason=reason),) if reason else ()
    await hold_meeting(
        means.uow,
        meeting_id=MeetingId(of),
        version=filled.number("version"),
        present=present,
        excuses=dict.fromkeys(present, excuses),
        elsewhere=elsewhere,
        runs=runs_of(means.profile),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"出席を記録しました。{len(elsewhere.union(*present.values()))}人です。"


def _line_name(sitting: Sitting, line: AgendaLine) -> str:
    alike = [one.item_id for one in sitting.lines if _of_line(one) == _of_line(line)]
    number = f" {alike.index(line.item_id) + 1}" if len(alike) > 1 else ""
    return f"{_of_line(line)}{number}"


def _of_line(line: AgendaLine) -> str:
    return f"{line.alias} {word(line.purpose)}".strip()


def _people(view: TownView, line: AgendaLine | None) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=_person(view, one)) for one in _participants(view, line)
    )


def _participants(view: TownView, line: AgendaLine | None) -> Iterable[Participant]:
    """Who may be in the room: of people at home only whom the item is about, without a name."""
    at_home = frozenset() if line is None else line.at_home
    return [
        one for one in view.story.participants if one.person_id is None or one.person_id in at_home
    ]


def _coming(view: TownView, sitting: Sitting, line: AgendaLine | None) -> tuple[str, ...]:
    called = sitting.invited - sitting.away
    return tuple(one.id for one in _participants(view, line) if one.id in called)


def _person(view: TownView, one: Participant) -> str:
    staff = view.story.staff.get(one.staff_id) if one.staff_id is not None else None
    agency = view.story.agencies.get(one.agency_id) if one.agency_id is not None else None
    who = staff.name if staff else agency.name if agency else ""
    return f"{who}({'・'.join(word(seat) for seat in sorted(one.stands_for))})"


def _to_hold(view: TownView) -> Iterable[Offer]:
    called = [
        one for one in view.story.sittings if one.state is MeetingState.CONVENED and one.lines
    ]
    return sitting_offers(called, view.story.bodies, tz=view.tz)


DEEDS: Final = (
    TownDeed(
        key="hold-sitting",
        title="出席を記録する",
        room=ROOM,
        who=CLERK,
        entries=_attending,
        act=_attend,
        offered=_to_hold,
        explains="議題ごとに、その場にいた方を記録します。加われない方は席を外していたはずです。",
    ),
)
