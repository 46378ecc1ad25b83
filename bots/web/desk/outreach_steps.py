"""How an outreach case goes on: from the first note to support, and back into it."""

from typing import Final

from bots.web.desk.course_entries import (
    ON_THE_CASE,
    agencies,
    agency_of,
    colleagues,
    of_case,
    said_farewell,
)
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.loads import much_carried
from bots.web.desk.views import View
from core.access import Action
from core.agencies import Role
from core.basis import Basis
from core.cases import CaseState, LeadMode
from core.closing import Farewell, ReopenReason
from core.courses.modes import ModeReason, SupportMode
from core.ids import StaffId
from core.meetings.bodies import sits_here
from core.permissions import holders
from core.programmes import Programme
from core.usecases.courses.begin_approach import begin_approach
from core.usecases.courses.change_mode import change_mode
from core.usecases.courses.choose_lead import choose_lead
from core.usecases.courses.note_agreement import note_agreement
from core.usecases.courses.note_first_assessment import note_first_assessment
from core.usecases.courses.reopen_case import reopen_case
from core.usecases.courses.resume_case import resume_case
from core.usecases.courses.take_no_action import take_no_action

ROOM: Final = "アウトリーチの歩み"
_S = CaseState
_OUTREACH: Final = frozenset({Role.OUTREACH_WORKER, Role.CASE_LEAD})
_WITH_COORDINATOR: Final = frozenset({Role.OUTREACH_WORKER, Role.COORDINATOR})


def _stands(view: View, *states: CaseState) -> tuple[Offer, ...]:
    there = view.story.outreach is not None and view.story.case.state in states
    return ALWAYS if there else ()


def _first_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(
            name="note",
            label="はじめの見立て",
            kind=Kind.TEXT,
            required=not view.story.assessments,
            help="いま見えていることを、短くお書きください。",
        ),
    )


async def _first(means: Means, filled: Filled, of: str) -> str:
    await note_first_assessment(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        note=filled.text("note"),
    )
    return "はじめの見立てを記しました。主担当の検討に進みます。"


def _lead_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="mode", label="だれが主に担うか", kind=Kind.CHOICE, options=of_enum(LeadMode)),
        Entry(
            name="agency",
            label="いっしょに担う・お願いする機関",
            kind=Kind.CHOICE,
            options=agencies(view),
            required=False,
        ),
        Entry(
            name="accepted_on",
            label="その機関が引き受けた日",
            kind=Kind.DAY,
            required=False,
            help="別の機関が主に担うときは、引き受けてもらえた日が要ります。",
        ),
        Entry(
            name="lead_staff",
            label="主担当の職員",
            kind=Kind.CHOICE,
            options=colleagues(view),
            required=False,
            value=view.story.case.lead_staff_id or "",
        ),
    )


async def _lead(means: Means, filled: Filled, of: str) -> str:
    staff = filled.maybe("lead_staff")
    moved = await choose_lead(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        mode=filled.one("mode", LeadMode),
        agency_id=agency_of(filled, "agency"),
        accepted_on=filled.maybe_day("accepted_on"),
        lead_staff_id=None if staff is None else StaffId(staff),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    if moved.state is _S.REFERRED_OUT:
        return "主担当を、ほかの機関にお願いしました。"
    warned = "" if staff is None else await much_carried(means, StaffId(staff))
    return f"主担当を決めました。事前調整に進みます。{warned}"


def _only_version(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view),)


async def _begin(means: Means, filled: Filled, of: str) -> str:
    profile = means.profile
    await begin_approach(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        endorsement_required=profile is None or profile.endorse_before_consent,
    )
    return "関わりを始めました。おたよりを書けます。"


async def _agreed(means: Means, filled: Filled, of: str) -> str:
    moved = await note_agreement(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    if moved.state is _S.CONTINUING_SUPPORT:
        return "利用の申込みを確かめました。決まっているプランで、支援が始まります。"
    return "利用の申込みを確かめました。同意後のプランに進みます。"


def _mode_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="mode", label="支援の形", kind=Kind.CHOICE, options=of_enum(SupportMode)),
        Entry(name="why", label="その形にするわけ", kind=Kind.CHOICE, options=of_enum(ModeReason)),
    )


async def _mode(means: Means, filled: Filled, of: str) -> str:
    await change_mode(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        mode=filled.one("mode", SupportMode),
        why=filled.one("why", ModeReason),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "支援の形を変えました。"


def _no_action_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="reason", label="いまは動かないわけ", kind=Kind.TEXT),
        Entry(
            name="source_told",
            label="知らせてくれた方に伝えた",
            kind=Kind.YES,
            required=False,
        ),
        *said_farewell(view),
    )


def _no_action_open(view: View) -> tuple[Offer, ...]:
    """Before anybody is approached; and later, where no 支援会議 could be asked [D]."""
    alone = not sits_here(Basis.SHIEN, bodies=view.story.bodies)
    later = (_S.PRE_COORDINATION, _S.RELATIONSHIP_BUILDING) if alone else ()
    return _stands(view, _S.DISCOVERED, _S.LEAD_REVIEW, *later)


async def _no_action(means: Means, filled: Filled, of: str) -> str:
    await take_no_action(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        reason=filled.text("reason"),
        source_told=filled.yes("source_told"),
        farewell=filled.maybe_one("farewell", Farewell),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "いまは動かないことにしました。"


def _reopen_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="why", label="再開するわけ", kind=Kind.CHOICE, options=of_enum(ReopenReason)),
    )


async def _reopen(means: Means, filled: Filled, of: str) -> str:
    await reopen_case(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        why=filled.one("why", ReopenReason),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "再開しました。これまでの記録は、そのまま使えます。"


async def _resume(means: Means, filled: Filled, of: str) -> str:
    await resume_case(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "いまの同意で続けられるところから、支援を続けます。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="first-assessment",
        title="はじめの見立てを記す",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=_OUTREACH,
        entries=_first_entries,
        act=_first,
        offered=lambda view: _stands(view, _S.DISCOVERED),
    ),
    Deed(
        key="choose-lead",
        title="主担当を決める",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=_WITH_COORDINATOR,
        entries=_lead_entries,
        act=_lead,
        offered=lambda view: _stands(view, _S.LEAD_REVIEW),
    ),
    Deed(
        key="begin-approach",
        title="関わりを始める",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=_OUTREACH,
        entries=_only_version,
        act=_begin,
        offered=lambda view: _stands(view, _S.PRE_COORDINATION),
        explains="事前調整の5つと、同意前のプランがそろってから始めます。",
    ),
    Deed(
        key="note-agreement",
        title="利用の申込みを受けて進める",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=_OUTREACH,
        entries=_only_version,
        act=_agreed,
        offered=lambda view: _stands(view, _S.RELATIONSHIP_BUILDING),
        explains="同意の記録に利用の申込みがあることを確かめて、先に進みます。",
    ),
    Deed(
        key="change-mode",
        title="支援の形を変える",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=_WITH_COORDINATOR,
        entries=_mode_entries,
        act=_mode,
        offered=lambda view: _stands(view, _S.CONTINUING_SUPPORT),
    ),
    Deed(
        key="take-no-action",
        title="いまは動かないと決める",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=frozenset({Role.COORDINATOR}),
        entries=_no_action_entries,
        act=_no_action,
        offered=_no_action_open,
    ),
    Deed(
        key="reopen-case",
        title="再開する",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=holders(Action.LOG_CONTACT) | ON_THE_CASE,
        entries=_reopen_entries,
        act=_reopen,
        offered=lambda view: _stands(view, _S.CLOSED, _S.FOLLOW_UP, _S.INTERRUPTED),
        explains="再開に、あらためての決定は要りません。",
    ),
    Deed(
        key="resume-case",
        title="再開した支援を続ける",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=frozenset({Role.COORDINATOR}),
        entries=_only_version,
        act=_resume,
        offered=lambda view: _stands(view, _S.REOPENED),
    ),
)
