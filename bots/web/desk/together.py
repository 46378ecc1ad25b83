"""多機関協働: how it goes on (MK2 to MK11)."""

from functools import partial
from typing import Final

from bots.web.desk.course_entries import AT_THE_TABLE, closing_entries, lost_since
from bots.web.desk.course_rows import (
    ANYBODY,
    CLOSES,
    COORDINATOR,
    INTERRUPTS,
    REPLANS,
    again,
    closing,
    lost,
    row_deed,
    verdict_deed,
    why_again,
)
from bots.web.desk.deed import ALWAYS, Deed
from bots.web.desk.entries import Entry, Kind, of_enum
from core.assessments import Screening
from core.closing import reasons_for
from core.courses.multi_agency import MultiAgencyState
from core.programmes import Programme
from core.usecases.courses.assess_multi_agency import assess_multi_agency
from core.usecases.courses.close_multi_agency import close_multi_agency
from core.usecases.courses.coordinate_multi_agency import coordinate_multi_agency
from core.usecases.courses.interrupt_course import interrupt_course
from core.usecases.courses.plan_course import plan_course
from core.usecases.courses.reopen_course import reopen_course
from core.usecases.courses.replan_course import replan_course
from core.usecases.courses.screen_multi_agency import screen_multi_agency

_M = MultiAgencyState
_J = Programme.MULTI_AGENCY
DEEDS: Final[tuple[Deed, ...]] = (
    row_deed(
        "screen-multi-agency",
        "多機関協働を受けるか決める",
        "受理の判断を記録しました。",
        screen_multi_agency,
        programme=_J,
        to=_M.SCREENED,
        who=COORDINATOR,
        more=lambda view: (
            Entry(
                name="screening", label="受理の判断", kind=Kind.CHOICE, options=of_enum(Screening)
            ),
            Entry(name="source_told", label="相談元と話した", kind=Kind.YES, required=False),
            Entry(
                name="linked",
                label="戻したあとのつながり方",
                required=False,
                help="相談元に戻すときに書きます。",
            ),
        ),
        given=lambda means, filled: {
            "screening": filled.one("screening", Screening),
            "source_told": filled.yes("source_told"),
            "linked_arrangement": filled.text("linked"),
        },
    ),
    row_deed(
        "assess-multi-agency",
        "多機関協働の見立てを始める",
        "関係機関といっしょに、見立てを始めます。",
        assess_multi_agency,
        programme=_J,
        to=_M.ASSESSING,
        who=COORDINATOR,
        more=lambda view: (
            Entry(name="direct", label="ご本人に直接うかがう", kind=Kind.YES, required=False),
            Entry(
                name="note",
                label="相談元と申し合わせたこと",
                required=False,
                help="直接うかがうときは、先に申し合わせます。",
            ),
        ),
        given=lambda means, filled: {
            "direct_assessment": filled.yes("direct"),
            "coordination_note": filled.text("note"),
        },
    ),
    row_deed(
        "plan-multi-agency",
        "多機関協働の計画に入る",
        "多機関協働の計画に入りました。プランを書いて、会議に出します。",
        partial(plan_course, programme=_J),
        programme=_J,
        to=_M.PLAN,
        who=COORDINATOR,
        offered=lambda view: (
            ALWAYS
            if view.story.multi_agency is not None and view.story.multi_agency.state is _M.ASSESSING
            else ()
        ),
    ),
    row_deed(
        "coordinate-multi-agency",
        "多機関協働を進める",
        "役割を分けて、支援者を支えます。",
        coordinate_multi_agency,
        programme=_J,
        to=_M.COORDINATING,
        who=COORDINATOR,
    ),
    verdict_deed(
        "replan-multi-agency",
        "多機関協働を再プランする",
        "多機関協働の計画に戻りました。",
        partial(replan_course, programme=_J),
        programme=_J,
        to=_M.PLAN,
        who=AT_THE_TABLE,
        decisions=REPLANS,
    ),
    verdict_deed(
        "close-multi-agency",
        "多機関協働を終結する",
        "多機関協働を終結しました。主担当機関が引き継ぎます。",
        close_multi_agency,
        programme=_J,
        to=_M.CLOSED,
        who=COORDINATOR,
        decisions=CLOSES,
        more=lambda view: closing_entries(view, reasons=reasons_for(_J)),
        given=closing,
    ),
    verdict_deed(
        "interrupt-multi-agency",
        "多機関協働を中断する",
        "多機関協働を中断しました。",
        partial(interrupt_course, programme=_J),
        programme=_J,
        to=_M.INTERRUPTED,
        who=AT_THE_TABLE,
        decisions=INTERRUPTS,
        more=lambda view: (lost_since(view),),
        given=lost,
    ),
    row_deed(
        "reopen-multi-agency",
        "多機関協働を再開する",
        "多機関協働を再開しました。",
        partial(reopen_course, programme=_J),
        programme=_J,
        to=_M.REOPENED,
        who=ANYBODY,
        more=why_again,
        given=again,
    ),
)
