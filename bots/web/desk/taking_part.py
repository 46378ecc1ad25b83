"""参加支援: how it goes on (PT2 to PT13)."""

from functools import partial
from typing import Final

from bots.web.desk.course_entries import AT_THE_TABLE, closing_entries, lost_since
from bots.web.desk.course_rows import (
    ANYBODY,
    CLOSES,
    COORDINATOR,
    INTERRUPTS,
    PLACES,
    REPLANS,
    again,
    closing,
    lost,
    opens,
    row_deed,
    verdict_deed,
    why_again,
)
from bots.web.desk.deed import ALWAYS, Deed, Offer
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.views import View
from core.closing import reasons_for
from core.courses.participation import ParticipationState
from core.programmes import Programme
from core.usecases.courses.assess_participation import assess_participation
from core.usecases.courses.close_participation import close_participation
from core.usecases.courses.interrupt_course import interrupt_course
from core.usecases.courses.match_participation import match_participation
from core.usecases.courses.plan_course import plan_course
from core.usecases.courses.reopen_course import reopen_course
from core.usecases.courses.replan_course import replan_course
from core.usecases.courses.restart_participation import restart_participation
from core.usecases.courses.settle_participation import settle_participation
from core.usecases.courses.start_participation_early import start_participation_early

_P = ParticipationState


def _assess_early(view: View) -> tuple[Offer, ...]:
    taking = view.story.participation
    return ALWAYS if taking is not None and taking.state is _P.ASSESSING else ()


_T = Programme.PARTICIPATION
DEEDS: Final[tuple[Deed, ...]] = (
    row_deed(
        "assess-participation",
        "参加支援の見立てを始める",
        "参加支援の見立てに入りました。",
        assess_participation,
        programme=_T,
        to=_P.ASSESSING,
        who=PLACES,
    ),
    row_deed(
        "plan-participation",
        "参加支援の計画に入る",
        "参加支援の計画に入りました。プランを書いて、会議に出します。",
        partial(plan_course, programme=_T),
        programme=_T,
        to=_P.PLAN,
        who=PLACES,
        offered=_assess_early,
    ),
    row_deed(
        "start-participation-early",
        "決定の前に参加支援を始める",
        "参加の場を探しはじめました。プランは、あとから決めます。",
        start_participation_early,
        programme=_T,
        to=_P.MATCHING,
        who=PLACES,
        more=lambda view: (Entry(name="why", label="待てないわけ", kind=Kind.TEXT),),
        given=lambda means, filled: {"why": filled.text("why")},
        offered=_assess_early,
        explains="支援決定を待てないときだけ、わけを書いて始めます。",
    ),
    row_deed(
        "match-participation",
        "参加の場を探す",
        "参加の場を探しはじめました。",
        match_participation,
        programme=_T,
        to=_P.MATCHING,
        who=PLACES,
        offered=lambda view: () if _assess_early(view) else opens(view, _T, _P.MATCHING),
    ),
    row_deed(
        "settle-participation",
        "定着の支援に入る",
        "定着の支援に入りました。",
        settle_participation,
        programme=_T,
        to=_P.SETTLING,
        who=PLACES,
    ),
    verdict_deed(
        "replan-participation",
        "参加支援を再プランする",
        "参加支援の計画に戻りました。",
        partial(replan_course, programme=_T),
        programme=_T,
        to=_P.PLAN,
        who=AT_THE_TABLE,
        decisions=REPLANS,
    ),
    verdict_deed(
        "close-participation",
        "参加支援を終結する",
        "参加支援を終結しました。つながりは続きます。",
        close_participation,
        programme=_T,
        to=_P.CLOSED,
        who=COORDINATOR,
        decisions=CLOSES,
        more=lambda view: closing_entries(view, reasons=reasons_for(_T)),
        given=closing,
    ),
    verdict_deed(
        "interrupt-participation",
        "参加支援を中断する",
        "参加支援を中断しました。",
        partial(interrupt_course, programme=_T),
        programme=_T,
        to=_P.INTERRUPTED,
        who=AT_THE_TABLE,
        decisions=INTERRUPTS,
        more=lambda view: (lost_since(view),),
        given=lost,
    ),
    row_deed(
        "reopen-participation",
        "参加支援を再開する",
        "参加支援を再開しました。",
        partial(reopen_course, programme=_T),
        programme=_T,
        to=_P.REOPENED,
        who=ANYBODY,
        more=why_again,
        given=again,
    ),
    row_deed(
        "restart-participation",
        "参加支援をもう一度受理する",
        "参加支援を、はじめから進めます。",
        restart_participation,
        programme=_T,
        to=_P.RECEIVED,
        who=PLACES | COORDINATOR,
        offered=lambda view: (
            ALWAYS
            if view.story.participation is not None
            and view.story.participation.state is _P.REOPENED
            else ()
        ),
    ),
)
