"""What the forms of a case's courses have in common."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from bots.i18n.catalogue import day, word
from bots.web.desk.deed import Offer
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.agencies import Role
from core.closing import ClosingReason, Farewell, PostClosing
from core.ids import AgencyId
from core.interruption import EffortRules
from core.meetings.decisions import Outcome
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaPurpose
from core.meetings.sittings import MeetingState
from core.municipal_profiles.duties import effort_asked
from core.programmes import Programme

FIRM: Final = frozenset({MeetingState.MINUTES_CONFIRMED, MeetingState.CLOSED})
AT_THE_TABLE: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})
ON_THE_CASE: Final = frozenset(
    {
        Role.OUTREACH_WORKER,
        Role.PARTICIPATION_WORKER,
        Role.INTAKE_WORKER,
        Role.COORDINATOR,
        Role.CASE_LEAD,
        Role.MUNICIPAL_OFFICER,
    }
)
NEXT_CONTACT_AFTER: Final = timedelta(days=90)


def agencies(view: View) -> tuple[Option, ...]:
    """The town's agencies."""
    known = sorted(view.story.agencies.values(), key=lambda agency: agency.name)
    return tuple(Option(value=agency.id, label=agency.name) for agency in known)


def colleagues(view: View) -> tuple[Option, ...]:
    """The colleagues in service."""
    known = sorted(view.story.staff.values(), key=lambda staff: staff.name)
    return tuple(Option(value=one.id, label=one.name) for one in known if one.active)


def of_case(view: View) -> Entry:
    """The version of the case from which the form was made."""
    return held("version", view.story.case.version)


def agency_of(filled: Filled, name: str) -> AgencyId | None:
    """An agency that was chosen, or none."""
    chosen = filled.maybe(name)
    return None if chosen is None else AgencyId(chosen)


def leads(view: View) -> bool:
    """Whether the reader leads the case."""
    return view.story.case.lead_staff_id == view.reader


def decided(
    view: View,
    *,
    purposes: Collection[AgendaPurpose],
    outcomes: Collection[Outcome],
    programme: Programme | None,
) -> tuple[Offer, ...]:
    """The firm decisions of these kinds on this case that nobody has followed yet, newest first."""
    return tuple(
        Offer(of=f"{meeting.id}/{item.id}", about=_told(item.purpose, item.decision.outcome))
        for meeting in view.story.meetings
        if meeting.state in FIRM
        for item in meeting.live
        if item.decision is not None
        and item.decision.applied_at is None
        and item.purpose in purposes
        and item.decision.outcome in outcomes
        and item.case_id == view.story.case.id
        and (programme is None or programme in item.programmes)
    )


def decision_of(of: str) -> tuple[MeetingId, ItemId]:
    """Meeting and item of an offer made by `decided`."""
    meeting_id, _, item_id = of.partition("/")
    return MeetingId(meeting_id), ItemId(item_id)


def closing_entries(view: View, *, reasons: Iterable[ClosingReason]) -> tuple[Entry, ...]:
    """What a closing settles (R-065 to R-069)."""
    outreach = view.story.outreach
    told = outreach.post_closing if outreach is not None else None
    return (
        Entry(
            name="reason",
            label="終結の理由",
            kind=Kind.CHOICE,
            options=of_enum(sorted(reasons)),
            value=told.reason.value if told else "",
        ),
        Entry(
            name="lead_agency",
            label="終結後の主担当機関",
            kind=Kind.CHOICE,
            options=agencies(view),
            required=False,
            value=(told.lead_agency_id or "") if told else "",
        ),
        Entry(
            name="follow_up_method",
            label="その後の見守り方",
            required=False,
            value=told.follow_up_method if told else "",
        ),
        Entry(
            name="information_sharing",
            label="情報を共有する取り決め",
            required=False,
            value=told.information_sharing if told else "",
        ),
        Entry(
            name="reopening_signs",
            label="どんなときに再開するか",
            required=False,
            value=told.reopening_signs if told else "",
        ),
        *_afterwards(view, told),
    )


def _afterwards(view: View, told: PostClosing | None) -> tuple[Entry, ...]:
    return (
        Entry(
            name="next_contact_on",
            label="次に様子をうかがう日",
            kind=Kind.DAY,
            required=False,
            value=f"{view.today + NEXT_CONTACT_AFTER}",
        ),
        Entry(
            name="ends_on",
            label="見守りを終える日",
            kind=Kind.DAY,
            required=False,
            help="決めていなければ空けておきます。",
        ),
        *said_farewell(view),
    )


def said_farewell(view: View) -> tuple[Entry, ...]:
    """How letters came to their end (G-21)."""
    outreach = view.story.outreach
    told = outreach.post_closing if outreach is not None else None
    return (
        Entry(
            name="farewell",
            label="おたよりの結び方",
            kind=Kind.CHOICE,
            options=of_enum(Farewell),
            required=False,
            value=told.farewell.value if told and told.farewell else "",
        ),
    )


def closing_of(filled: Filled) -> PostClosing:
    """The closing as it was filled in."""
    return PostClosing(
        reason=filled.one("reason", ClosingReason),
        lead_agency_id=agency_of(filled, "lead_agency"),
        follow_up_method=filled.text("follow_up_method"),
        information_sharing=filled.text("information_sharing"),
        reopening_signs=filled.text("reopening_signs"),
        next_contact_on=filled.maybe_day("next_contact_on"),
        ends_on=filled.maybe_day("ends_on"),
        farewell=filled.maybe_one("farewell", Farewell),
    )


def effort_of(view: View) -> EffortRules:
    """What this town asks for before contact counts as lost; one of each at least (R-052)."""
    if view.profile is None:
        return EffortRules()
    asked = effort_asked(view.profile)
    return EffortRules(
        agencies=asked.agencies_asked,
        community=asked.community_asked,
        visits=asked.home_visits,
    )


def lost_since(view: View) -> Entry:
    """Since when contact seems lost."""
    log = view.story.contacts
    last = log[0].at.astimezone(view.tz) if log else None
    return Entry(
        name="lost_since",
        label="いつから連絡がとれないか",
        kind=Kind.MOMENT,
        help="LINEに返事がないことは、ここでは数えません。"
        + (f"最後の記録は{day(last.date())}です。" if last else ""),
    )


def _told(purpose: AgendaPurpose, outcome: Outcome) -> str:
    return f"{word(purpose)}:{word(outcome)}"
