"""A case's whole story, and how much of it each reader is told (DOMAIN §3.7, R-013, R-015, R-082).

The door says in which manner somebody reads; what does not belong to that manner is taken out
here, before anybody sees it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final

from core.absences import Absence
from core.access import Action, Manner, Pass, may
from core.agencies import Agency, Role, Seat, Staff
from core.answers import Answer
from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment, tax_holder, without_tax_facts
from core.audit import AuditEntry
from core.cases import Case
from core.connect_sheets import ConnectSheet
from core.consent import ConsentLine
from core.contacts import Contact
from core.courses.multi_agency import MultiAgency
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation
from core.disclosure import SUPPORTER_PARTS, Disclosure, still_agreed
from core.emergency import Emergency
from core.ids import AgencyId, AssessmentId, CaseId, StaffId
from core.inquiries import Inquiry
from core.leaflet_choice import Choice
from core.leaflet_links import Carried
from core.letters import Letter
from core.media import Media
from core.meetings.agendas import Sitting
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.ids import ItemId
from core.meetings.sittings import Meeting
from core.people import Household, LineLink, Person
from core.plans.following import Monitoring
from core.plans.record import Plan
from core.profiles import LetterRules
from core.referrals.record import Referral
from core.replies import Reply
from core.resources import Match, ParticipationPlace, ResourceGap
from core.series import Series
from core.shielding import CareMark

# The operator at the machine itself.
AT_THE_MACHINE: Final = Pass(role=Role.SYSTEM)
_MARKING: Final = frozenset({"case.marked", "case.cleared_for", "case.unmarked"})


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStory:
    """What a case's record holds, as far as this reader is told it.

    Lists run newest first, the trail oldest first. Of letters, contacts, replies, meetings and
    trail there may be only the newest; `more` says of which there are older ones.

    Attributes:
        members: everybody of the household, the person among them.
        consents: lines of all members.
        letter_steps: what happened to the letters told here, oldest first.
        moves: how the courses came to where they stand, newest first.
        meetings: cut to the items of this case; minutes and papers only where the reader is in
            the item's circle.
        sittings: every sitting of the town on its way, without a word of what it is about.
        participants: who may sit in the town's meetings.
        places, gaps: of the whole town.
        leaflets: what may be sent to the person today, and why; carried: what the letters told
            here carry.
        assessments: without what comes from taxation (R-043), save for the operator.
        tax_facts: sheets whose facts from taxation the reader brought in, and opens on a page of
            their own.
        marks: those the reader is cleared for.
        answers: what colleagues answered in the conversation; absences: who is away today.
        names: names of colleagues by id, for showing who did what.
        area: name of the case's area, "" without one.
        reader: in which role and manner it is read.
        roles: the reader's, at large and on this case.
        more: from where older ones go on, by the name of the list.
        series: of letters, newest first; `series_letters` are those that they became.
        media: what came with the replies told here.
        letter_rules: the town's, for whoever may plan letters.
    """

    case: Case
    person: Person
    link: LineLink | None
    consents: tuple[ConsentLine, ...]
    letters: tuple[Letter, ...]
    contacts: tuple[Contact, ...]
    replies: tuple[Reply, ...]
    trail: tuple[AuditEntry, ...]
    names: dict[str, str]
    area: str = ""
    answers: tuple[Answer, ...] = ()
    absences: tuple[Absence, ...] = ()
    letter_steps: tuple[AuditEntry, ...] = ()
    moves: tuple[AuditEntry, ...] = ()
    household: Household | None = None
    members: tuple[Person, ...] = ()
    outreach: OutreachCourse | None = None
    participation: Participation | None = None
    multi_agency: MultiAgency | None = None
    emergencies: tuple[Emergency, ...] = ()
    applications: tuple[IntakeApplicationForm, ...] = ()
    assessments: tuple[IntakeAssessment, ...] = ()
    tax_facts: frozenset[AssessmentId] = frozenset()
    plans: tuple[Plan, ...] = ()
    monitorings: tuple[Monitoring, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    bodies: tuple[MeetingBody, ...] = ()
    participants: tuple[Participant, ...] = ()
    referrals: tuple[Referral, ...] = ()
    sheets: tuple[ConnectSheet, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    matches: tuple[Match, ...] = ()
    places: tuple[ParticipationPlace, ...] = ()
    gaps: tuple[ResourceGap, ...] = ()
    leaflets: tuple[Choice, ...] = ()
    carried: tuple[Carried, ...] = ()
    marks: tuple[CareMark, ...] = ()
    agencies: dict[AgencyId, Agency] = field(default_factory=dict)
    staff: dict[StaffId, Staff] = field(default_factory=dict)
    reader: Pass = AT_THE_MACHINE
    roles: frozenset[Role] = frozenset()
    more: dict[str, str] = field(default_factory=dict)
    series: tuple[Series, ...] = ()
    series_letters: tuple[Letter, ...] = ()
    media: tuple[Media, ...] = ()
    letter_rules: LetterRules | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listener:
    """Who is told.

    Attributes:
        staff: None for the operator.
        circle: the agenda items whose circle the listener is in (R-082).
        on: the local day.
        seats: everybody's on the case.
    """

    staff: Staff | None
    circle: frozenset[ItemId]
    on: date
    seats: tuple[Seat, ...] = ()


# What each reader is told beside the case's name and who works in the town. A reader of one part
# learns nothing of the others, not even that there is something.
_ALWAYS: Final = frozenset({"case", "names", "area", "agencies", "staff", "reader", "roles"})
_PART: Final[Mapping[Manner, frozenset[str]]] = {
    Manner.SOURCE_PART: frozenset(
        {"person", "household", "contacts", "applications", "referrals", "sheets"}
    ),
    Manner.AGENDA_ONLY: frozenset({"meetings", "sittings", "bodies", "participants"}),
    Manner.ITEM_ONLY: frozenset({"person", "meetings", "sittings", "bodies", "participants"}),
    Manner.SHARED_ONLY: frozenset({"disclosures"}),
    Manner.TRAIL_ONLY: frozenset({"trail"}),
}


def told(story: CaseStory, listener: Listener) -> CaseStory:
    """The story as `story.reader` lets this listener have it."""
    manner = story.reader.manner
    story = replace(story, meetings=_meetings(story, listener, manner))
    if listener.staff is not None:
        story = _without_tax_facts(story, listener, listener.staff)
    if manner in _PART:
        story = _emptied(_FILTERS.get(manner, _same)(story, listener), _PART[manner])
    return replace(story, trail=_trail(story, listener, manner))


def told_of_replies(manner: Manner) -> bool:
    """Whether whoever reads in this manner is told what the person said."""
    return manner not in _PART or "replies" in _PART[manner]


def nobody(person: Person) -> Person:
    """A person of whom nothing is told."""
    return Person(id=person.id, municipality_id=person.municipality_id, code="", name="")


def sitting_for(meeting: Meeting, case_id: CaseId, *, circle: frozenset[ItemId]) -> Meeting:
    """A meeting with the items of one case, and the papers and minutes of those in `circle`."""
    items = tuple(item for item in meeting.items if item.case_id == case_id)
    materials = tuple(paper for paper in meeting.materials if paper.item_id in circle)
    numbers = {paper.number for paper in materials}
    return replace(
        meeting,
        items=items,
        materials=materials,
        copies=tuple(copy for copy in meeting.copies if copy.material in numbers),
        requests=tuple(one for one in meeting.requests if one.item_id in circle),
        gaps=tuple(gap for gap in meeting.gaps if gap.item_id in circle),
        minutes=tuple(one for one in meeting.minutes if one.item_id in circle),
    )


def _meetings(story: CaseStory, listener: Listener, manner: Manner) -> tuple[Meeting, ...]:
    mine = {item.id for meeting in story.meetings for item in meeting.items}
    mine &= {i.id for m in story.meetings for i in m.items if i.case_id == story.case.id}
    # The operator and whoever broke the glass read the whole case.
    whole = listener.staff is None or manner is Manner.WITH_REASON
    circle = frozenset(mine) if whole else listener.circle & mine
    return tuple(sitting_for(one, story.case.id, circle=circle) for one in story.meetings)


def _without_tax_facts(story: CaseStory, listener: Listener, staff: Staff) -> CaseStory:
    """Also whoever broke the glass reads nothing that comes from taxation (R-043)."""
    holds = may(staff, Action.READ_TAX_DERIVED, case_id=story.case.id, seats=listener.seats)
    return replace(
        story,
        assessments=tuple(map(without_tax_facts, story.assessments)),
        tax_facts=frozenset(
            sheet.id for sheet in story.assessments if holds and tax_holder(sheet) == staff.id
        ),
    )


def _emptied(story: CaseStory, kept: frozenset[str]) -> CaseStory:
    empty: dict[str, Any] = {}
    for one in fields(story):
        if one.name in kept | _ALWAYS:
            continue
        if one.name == "person":
            empty[one.name] = nobody(story.person)
        else:
            value = getattr(story, one.name)
            empty[one.name] = type(value)() if isinstance(value, tuple | frozenset) else None
    return replace(
        story, **{**empty, "more": {name: at for name, at in story.more.items() if name in kept}}
    )


def _same(story: CaseStory, listener: Listener) -> CaseStory:
    return story


def _source_part(story: CaseStory, listener: Listener) -> CaseStory:
    """What the reader's own window wrote down and passed on."""
    staff = listener.staff
    me = None if staff is None else staff.id
    agency = None if staff is None else staff.agency_id
    return replace(
        story,
        contacts=tuple(one for one in story.contacts if one.by == me),
        applications=tuple(one for one in story.applications if one.receiver_id == me),
        referrals=tuple(one for one in story.referrals if one.from_agency_id == agency),
        sheets=tuple(one for one in story.sheets if one.from_agency_id == agency),
    )


def _item_only(story: CaseStory, listener: Listener) -> CaseStory:
    """The items whose circle the reader is in; of a sitting without one, nothing."""
    cut = (
        replace(meeting, items=tuple(i for i in meeting.items if i.id in listener.circle))
        for meeting in story.meetings
    )
    return replace(story, meetings=tuple(meeting for meeting in cut if meeting.items))


def _agenda_only(story: CaseStory, listener: Listener) -> CaseStory:
    """Of the case only what stands on the agenda; with the numbered papers and the minutes of the
    items in whose circle they are, which secretariat and clerk hand out and write (R-082)."""
    return _item_only(story, listener)


def _shared_only(story: CaseStory, listener: Listener) -> CaseStory:
    """What was given to this reader, until its last day (DOMAIN §9)."""
    staff = listener.staff
    if staff is None:
        return replace(story, disclosures=())
    shared = shared_with(staff, story.disclosures, consents=story.consents, on=listener.on)
    return replace(story, disclosures=shared)


def shared_with(
    staff: Staff,
    disclosures: Iterable[Disclosure],
    *,
    consents: Iterable[ConsentLine],
    on: date,
) -> tuple[Disclosure, ...]:
    """What was given to this supporter, or to the organisation they belong to, and stands today.

    Of what their organisation was given, only what a supporter may be told at all; nothing on a
    consent that has ended.

    Args:
        consents: the ledger of the people it is about.
        on: the local day.
    """
    ledger = tuple(consents)
    return tuple(
        one
        for one in disclosures
        if one.to == staff.id or (one.to == staff.agency_id and one.parts <= SUPPORTER_PARTS)
        if one.ends_on is not None and on <= one.ends_on
        if still_agreed(one, consents=ledger, today=on)
    )


_FILTERS: Final[Mapping[Manner, Callable[[CaseStory, Listener], CaseStory]]] = {
    Manner.SOURCE_PART: _source_part,
    Manner.ITEM_ONLY: _item_only,
    Manner.AGENDA_ONLY: _agenda_only,
    Manner.SHARED_ONLY: _shared_only,
}


def _trail(story: CaseStory, listener: Listener, manner: Manner) -> tuple[AuditEntry, ...]:
    """Of marks that a reader is not cleared for not even the number is told (R-015)."""
    if listener.staff is None or manner in (Manner.TRAIL_ONLY, Manner.WITH_REASON):
        return story.trail
    me = listener.staff.id
    return tuple(
        entry
        for entry in story.trail
        if entry.event.action not in _MARKING
        or entry.event.actor == me
        or f"cleared={me}" in entry.event.evidence
    )
