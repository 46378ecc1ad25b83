"""What a consent is to cover, asked for by its kind and read back as a scope."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled
from bots.web.desk.own_names import programme_options
from core.consent.kinds import ConsentType
from core.consent.scopes import (
    TAX_DERIVED,
    AgencyScope,
    AttendScope,
    CollectScope,
    FamilyScope,
    MeetingScope,
    Scope,
    ServiceScope,
)
from core.disclosure import SharedPart
from core.fields import Field
from core.ids import AgencyId, PersonId
from core.meetings.ids import BodyId
from core.programmes import PLANNING, Programme

# LINE's own permission comes from the person's hand, by the paper code (C8).
ASKED_BY_STAFF: Final = tuple(kind for kind in ConsentType if kind is not ConsentType.CHANNEL_LINE)


def people_of(view: View) -> tuple[Option, ...]:
    """Everybody of the household, by name."""
    story = view.story
    people = story.members or (story.person,)
    return tuple(Option(value=one.id, label=one.name) for one in people)


def scope_entries(view: View, kind: ConsentType, *, now: Scope | None = None) -> tuple[Entry, ...]:
    """What is asked to explain a consent of this kind; `now` stands in it at first."""
    return _ASKED[kind](view, now)


def read_scope(filled: Filled, view: View, kind: ConsentType) -> Scope:
    """The scope that was filled in."""
    return _READ[kind](filled, view)


def _service(view: View, now: Scope | None) -> tuple[Entry, ...]:
    options = programme_options(view, PLANNING)
    value = now.programme.value if isinstance(now, ServiceScope) else ""
    return (
        Entry(name="programme", label="使う事業", kind=Kind.CHOICE, options=options, value=value),
    )


def _collect(view: View, now: Scope | None) -> tuple[Entry, ...]:
    was = now if isinstance(now, CollectScope) else None
    member = was.member if was else view.story.person.id
    return (
        Entry(
            name="member",
            label="誰についての情報か",
            kind=Kind.CHOICE,
            options=people_of(view),
            value=member,
        ),
        _topics(was.topics if was else frozenset()),
        _agencies(view, "sources", "たずねる先", was.sources if was else frozenset()),
    )


def _meeting(view: View, now: Scope | None) -> tuple[Entry, ...]:
    options = tuple(Option(value=body.id, label=body.name) for body in view.story.bodies)
    value = now.body if isinstance(now, MeetingScope) else ""
    return (
        Entry(
            name="body",
            label="話し合う会議",
            kind=Kind.CHOICE,
            options=options,
            value=value,
            help="いまの名簿を、お見せしてください。名簿が広がったら、あらためて説明します。",
        ),
    )


def _agency(view: View, now: Scope | None) -> tuple[Entry, ...]:
    was = now if isinstance(now, AgencyScope) else None
    return (
        _agencies(view, "agencies", "伝える先", was.agencies if was else frozenset()),
        _topics(was.topics if was else frozenset()),
    )


def _family(view: View, now: Scope | None) -> tuple[Entry, ...]:
    was = now if isinstance(now, FamilyScope) else None
    return (
        Entry(
            name="relative",
            label="伝えるご家族",
            kind=Kind.CHOICE,
            options=people_of(view),
            value=was.relative if was else "",
        ),
        _topics(was.topics if was else frozenset()),
    )


def _attend(view: View, now: Scope | None) -> tuple[Entry, ...]:
    options = tuple(
        Option(value=meeting.id, label=f"{word(meeting.state)}({n}件目)")
        for n, meeting in enumerate(view.story.meetings, start=1)
    )
    return (
        Entry(
            name="meeting",
            label="出る会議",
            kind=Kind.CHOICE,
            options=options,
            help="出席は、ご本人次第です。お勧めはしません。",
        ),
    )


def _topics(now: frozenset[str]) -> Entry:
    options = (*of_enum(Field), Option(value=TAX_DERIVED, label=word(SharedPart.TAX_DERIVED)))
    return Entry(
        name="topics",
        label="話題",
        kind=Kind.CHOICES,
        options=options,
        value=tuple(sorted(now)),
    )


def _agencies(
    view: View, name: str, label: str, now: frozenset[AgencyId] | frozenset[str]
) -> Entry:
    agencies = sorted(view.story.agencies.values(), key=lambda agency: agency.name)
    return Entry(
        name=name,
        label=label,
        kind=Kind.CHOICES,
        options=tuple(Option(value=one.id, label=one.name) for one in agencies),
        value=tuple(sorted(now)),
    )


def _read_meeting(filled: Filled, view: View) -> Scope:
    body = next(one for one in view.story.bodies if one.id == filled.text("body"))
    if body.roster is None:
        raise Unfilled([Slip(name="body", said="この会議には、まだ名簿がありません。")])
    return MeetingScope(body=BodyId(body.id), membership_version=body.roster.number)


_ASKED: Final[Mapping[ConsentType, Callable[[View, Scope | None], tuple[Entry, ...]]]] = (
    MappingProxyType(
        {
            ConsentType.SERVICE_USE: _service,
            ConsentType.INFO_COLLECT: _collect,
            ConsentType.SHARE_MEETING: _meeting,
            ConsentType.SHARE_AGENCY: _agency,
            ConsentType.SHARE_FAMILY: _family,
            ConsentType.ATTEND: _attend,
        }
    )
)
_READ: Final[Mapping[ConsentType, Callable[[Filled, View], Scope]]] = MappingProxyType(
    {
        ConsentType.SERVICE_USE: lambda f, view: ServiceScope(
            programme=f.one("programme", Programme)
        ),
        ConsentType.INFO_COLLECT: lambda f, view: CollectScope(
            member=PersonId(f.text("member")),
            topics=frozenset(f.texts("topics")),
            sources=frozenset(f.texts("sources")),
        ),
        ConsentType.SHARE_MEETING: _read_meeting,
        ConsentType.SHARE_AGENCY: lambda f, view: AgencyScope(
            agencies=frozenset(map(AgencyId, f.texts("agencies"))),
            topics=frozenset(f.texts("topics")),
        ),
        ConsentType.SHARE_FAMILY: lambda f, view: FamilyScope(
            relative=f.text("relative"), topics=frozenset(f.texts("topics"))
        ),
        ConsentType.ATTEND: lambda f, view: AttendScope(meeting=f.text("meeting")),
    }
)
