"""After closing, and where there is only LINE: when somebody gets in touch (R-029, R-065)."""

from typing import Final

from bots.web.desk.course_entries import NEXT_CONTACT_AFTER, ON_THE_CASE, of_case
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.cases import CaseState
from core.courses.participation import ParticipationState
from core.touch_owed import TIES
from core.usecases.courses.review_line_only import review_line_only
from core.usecases.courses.set_next_contact import set_next_contact

ROOM: Final = "日々の記録"


def _next_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(
            name="on",
            label="次に様子をうかがう日",
            kind=Kind.DAY,
            value=f"{view.today + NEXT_CONTACT_AFTER}",
        ),
    )


async def _next(means: Means, filled: Filled, of: str) -> str:
    on = filled.day("on")
    await set_next_contact(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        on=on,
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"次は{on}に、様子をうかがいます。"


def _after_closing(view: View) -> tuple[Offer, ...]:
    taking = view.story.participation
    there = view.story.case.state is CaseState.FOLLOW_UP or (
        taking is not None and taking.state is ParticipationState.KEEP_IN_TOUCH
    )
    return ALWAYS if there else ()


def _review_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(
            name="finding",
            label="LINEのほかに、これからできること",
            kind=Kind.TEXT,
            help="ご本人には伝わりません。急がず、次の一歩をお書きください。",
        ),
    )


async def _review(means: Means, filled: Filled, of: str) -> str:
    await review_line_only(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        finding=filled.text("finding"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "ふり返りを記録しました。"


def _with_ties(view: View) -> tuple[Offer, ...]:
    there = view.story.outreach is not None and view.story.case.state in TIES
    return ALWAYS if there else ()


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="set-next-contact",
        title="次に様子をうかがう日を決める",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_next_entries,
        act=_next,
        offered=_after_closing,
    ),
    Deed(
        key="review-line-only",
        title="LINEでの関わりをふり返る",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_review_entries,
        act=_review,
        offered=_with_ties,
    ),
)
