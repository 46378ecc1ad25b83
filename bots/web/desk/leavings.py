"""How a case ends where no meeting can be asked: never agreed on, or a town without one."""

from typing import Any, Final

from bots.web.desk.course_entries import closing_entries, closing_of, of_case, said_farewell
from bots.web.desk.course_rows import COORDINATOR, row_deed
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.assessments import Screening
from core.basis import Basis
from core.cases import CaseState
from core.closing import Farewell, reasons_for
from core.consent.covers import may_plan
from core.consent.kinds import ConsentType
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.meetings.bodies import sits_here
from core.programmes import Programme
from core.usecases.courses.close_without_table import close_without_table
from core.usecases.courses.let_course_go import let_course_go

_P = ParticipationState
_M = MultiAgencyState
_LOOSE: Final = frozenset(
    {_P.RECEIVED, _P.REOPENED, _M.RECEIVED, _M.SCREENED, _M.ASSESSING, _M.REOPENED}
)


def _not_agreed(view: View, programme: Programme) -> tuple[Offer, ...]:
    """Open where no application is in force, or where it was given back to its source."""
    story = view.story
    course = story.participation if programme is Programme.PARTICIPATION else story.multi_agency
    if course is None or course.state not in _LOOSE:
        return ()
    applied = may_plan(
        story.consents, subject=story.case.person_id, today=view.today, programme=programme
    )
    kept = course.screening in (None, Screening.ACCEPT)
    return () if applied and kept else ALWAYS


def _why(view: View) -> tuple[Entry, ...]:
    return (
        Entry(name="why", label="区切るわけ", kind=Kind.TEXT),
        Entry(name="source_told", label="知らせてくれた方に伝えた", kind=Kind.YES, required=False),
        *said_farewell(view),
    )


def _let_go(key: str, title: str, *, programme: Programme, to: _P | _M) -> Deed:
    def given(means: Means, filled: Filled) -> dict[str, Any]:
        return {
            "programme": programme,
            "reason": filled.text("why"),
            "source_told": filled.yes("source_told"),
            "farewell": filled.maybe_one("farewell", Farewell),
        }

    return row_deed(
        key,
        title,
        "区切りをつけました。また始めるときは、いつでも再開できます。",
        let_course_go,
        programme=programme,
        to=to,
        who=COORDINATOR,
        more=_why,
        given=given,
        offered=lambda view: _not_agreed(view, programme),
        explains="ご本人の申込みがないので、会議にはかけません。わけを残し、知らせてくれた方に伝えます。",
    )


def _no_table(view: View) -> tuple[Offer, ...]:
    """A closing that only a 支援会議 could decide, in a town that has none."""
    story = view.story
    if story.outreach is None or story.case.state is not CaseState.CLOSING_REVIEW:
        return ()
    shared = any(
        line.subject == story.case.person_id
        and line.type is ConsentType.SHARE_MEETING
        and line.in_force(view.today)
        for line in story.consents
    )
    return () if shared or sits_here(Basis.SHIEN, bodies=story.bodies) else ALWAYS


def _closing(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view), *closing_entries(view, reasons=reasons_for(Programme.OUTREACH)))


async def _close(means: Means, filled: Filled, of: str) -> str:
    await close_without_table(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        closing=closing_of(filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "終結しました。また様子をうかがいます。"


DEEDS: Final[tuple[Deed, ...]] = (
    _let_go(
        "let-participation-go",
        "申込みのないまま参加支援に区切りをつける",
        programme=Programme.PARTICIPATION,
        to=_P.CLOSED,
    ),
    _let_go(
        "let-multi-agency-go",
        "申込みのないまま多機関協働に区切りをつける",
        programme=Programme.MULTI_AGENCY,
        to=_M.CLOSED,
    ),
    Deed(
        key="close-without-table",
        title="会議にかけずに終結する",
        room="終結・中断",
        who=COORDINATOR,
        entries=_closing,
        act=_close,
        offered=_no_table,
        explains="共有の同意がなく、支援会議もまだない町なので、引き継ぎがそろえば終結できます。",
    ),
)
