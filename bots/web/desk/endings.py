"""How a case ends, rests, or goes on after all: by a meeting's decision, or by what happened."""

from typing import Final

from bots.web.desk.course_entries import (
    AT_THE_TABLE,
    ON_THE_CASE,
    agencies,
    agency_of,
    closing_entries,
    closing_of,
    decided,
    decision_of,
    effort_of,
    leads,
    lost_since,
    of_case,
)
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.agencies import Role
from core.cases import CaseState
from core.closing import reasons_for
from core.courses.ending import EndReason
from core.courses.outreach import REVIEWABLE
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.programmes import Programme
from core.usecases.courses.close_case import close_case
from core.usecases.courses.continue_support import continue_support
from core.usecases.courses.end_case import end_case
from core.usecases.courses.end_unconsented import end_unconsented
from core.usecases.courses.interrupt_case import interrupt_case
from core.usecases.courses.lead_to_source import lead_to_source
from core.usecases.courses.review_closing import review_closing
from core.usecases.courses.review_interruption import review_interruption

ROOM: Final = "終結・中断"
_S = CaseState
_COORDINATOR: Final = frozenset({Role.COORDINATOR})
_OUTREACH: Final = reasons_for(Programme.OUTREACH)
_CLOSE: Final = frozenset({AgendaPurpose.CLOSE})


def _for_the_lead(view: View, *states: CaseState) -> tuple[Offer, ...]:
    there = view.story.outreach is not None and view.story.case.state in states
    return ALWAYS if there and leads(view) else ()


def _decided(view: View, outcomes: frozenset[Outcome], *states: CaseState) -> tuple[Offer, ...]:
    if view.story.outreach is None or view.story.case.state not in states:
        return ()
    return decided(view, purposes=_CLOSE, outcomes=outcomes, programme=Programme.OUTREACH)


def _closing_form(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view), *closing_entries(view, reasons=_OUTREACH))


async def _review(means: Means, filled: Filled, of: str) -> str:
    await review_closing(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        closing=closing_of(filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "終結の検討に入りました。会議で決めます。"


async def _close(means: Means, filled: Filled, of: str) -> str:
    meeting_id, item_id = decision_of(of)
    closed = await close_case(
        means.uow,
        meeting_id=meeting_id,
        item_id=item_id,
        version=filled.number("version"),
        closing=closing_of(filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    after = closed.post_closing
    on = "" if after is None or after.next_contact_on is None else str(after.next_contact_on)
    return f"終結しました。{on}に、また様子をうかがいます。"


def _item_form(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view),)


async def _continue(means: Means, filled: Filled, of: str) -> str:
    meeting_id, item_id = decision_of(of)
    await continue_support(
        means.uow,
        meeting_id=meeting_id,
        item_id=item_id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "会議で決まったとおり、支援を続けます。"


def _interruption_form(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view), lost_since(view))


async def _review_interruption(means: Means, filled: Filled, of: str) -> str:
    await review_interruption(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        lost_since=filled.moment("lost_since"),
        effort=effort_of(means.view),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "中断の検討に入りました。連絡がつけば、すぐもとに戻ります。"


async def _interrupt(means: Means, filled: Filled, of: str) -> str:
    meeting_id, item_id = decision_of(of)
    await interrupt_case(
        means.uow,
        meeting_id=meeting_id,
        item_id=item_id,
        version=filled.number("version"),
        effort=effort_of(means.view),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "中断しました。いつでも再開できます。"


def _to_interrupt(view: View) -> tuple[Offer, ...]:
    if view.story.outreach is None or view.story.case.state is not _S.INTERRUPTION_REVIEW:
        return ()
    return decided(
        view,
        purposes=frozenset({AgendaPurpose.INTERRUPT}),
        outcomes=frozenset({Outcome.INTERRUPT_OK}),
        programme=Programme.OUTREACH,
    )


def _unconsented_form(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="why", label="区切るわけ", kind=Kind.TEXT),
        Entry(name="source_told", label="知らせてくれた方に伝えた", kind=Kind.YES, required=False),
        *closing_entries(view, reasons=_OUTREACH),
    )


async def _end_unconsented(means: Means, filled: Filled, of: str) -> str:
    meeting_id, item_id = decision_of(of)
    await end_unconsented(
        means.uow,
        meeting_id=meeting_id,
        item_id=item_id,
        version=filled.number("version"),
        reason=filled.text("why"),
        source_told=filled.yes("source_told"),
        closing=closing_of(filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "会議で決まったとおり、区切りをつけました。"


def _end_form(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="why", label="なにがあったか", kind=Kind.CHOICE, options=of_enum(EndReason)),
        Entry(name="on", label="その日", kind=Kind.DAY, value=f"{view.today}"),
    )


async def _end(means: Means, filled: Filled, of: str) -> str:
    await end_case(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        why=filled.one("why", EndReason),
        on=filled.day("on"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "記録しました。送る前のおたよりは、すべて取りやめました。"


def _source_form(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(
            name="advised_by",
            label="助言を続ける機関",
            kind=Kind.CHOICE,
            options=agencies(view),
        ),
    )


async def _to_source(means: Means, filled: Filled, of: str) -> str:
    meeting_id, item_id = decision_of(of)
    await lead_to_source(
        means.uow,
        meeting_id=meeting_id,
        item_id=item_id,
        version=filled.number("version"),
        advised_by=agency_of(filled, "advised_by"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "主担当が変わりました。助言は続きます。"


def _lead_changed(view: View) -> tuple[Offer, ...]:
    return decided(
        view,
        purposes=frozenset(AgendaPurpose),
        outcomes=frozenset({Outcome.LEAD_CHANGED}),
        programme=None,
    )


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="review-closing",
        title="終結を考える",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_closing_form,
        act=_review,
        offered=lambda view: _for_the_lead(view, _S.CONTINUING_SUPPORT),
    ),
    Deed(
        key="close-case",
        title="終結する",
        room=ROOM,
        who=_COORDINATOR,
        entries=_closing_form,
        act=_close,
        offered=lambda view: _decided(view, frozenset({Outcome.CLOSE_OK}), _S.CLOSING_REVIEW),
        explains="終結は終わりではなく、次に担う方への引き継ぎです。",
    ),
    Deed(
        key="continue-support",
        title="終結を見送り、支援を続ける",
        room=ROOM,
        who=AT_THE_TABLE,
        entries=_item_form,
        act=_continue,
        offered=lambda view: _decided(
            view, frozenset({Outcome.NOT_YET, Outcome.REPLAN_NEEDED}), _S.CLOSING_REVIEW
        ),
    ),
    Deed(
        key="review-interruption",
        title="中断を考える",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_interruption_form,
        act=_review_interruption,
        offered=lambda view: _for_the_lead(view, *REVIEWABLE),
    ),
    Deed(
        key="interrupt-case",
        title="中断する",
        room=ROOM,
        who=AT_THE_TABLE,
        entries=_item_form,
        act=_interrupt,
        offered=_to_interrupt,
    ),
    Deed(
        key="end-unconsented",
        title="同意のないまま区切りをつける",
        room=ROOM,
        who=_COORDINATOR,
        entries=_unconsented_form,
        act=_end_unconsented,
        offered=lambda view: _decided(
            view,
            frozenset({Outcome.CLOSE_OK}),
            _S.PRE_COORDINATION,
            _S.RELATIONSHIP_BUILDING,
        ),
    ),
    Deed(
        key="lead-to-source",
        title="主担当を相談元に移す",
        room=ROOM,
        who=AT_THE_TABLE,
        entries=_source_form,
        act=_to_source,
        offered=_lead_changed,
    ),
    Deed(
        key="end-case",
        title="亡くなられた・転居されたことを記す",
        room=ROOM,
        who=frozenset({Role.OUTREACH_WORKER, Role.CASE_LEAD, Role.COORDINATOR}),
        entries=_end_form,
        act=_end,
        explains="転居先の町へは、ご本人の同意があるときに、つなぎで伝えます。",
    ),
)
