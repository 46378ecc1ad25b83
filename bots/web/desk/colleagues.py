"""Who works on a case: handing over, seating, unseating (R-083)."""

from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.course_entries import ON_THE_CASE, colleagues, of_case
from bots.web.desk.deed import Deed, Means
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.loads import much_carried
from bots.web.desk.views import View
from core.agencies import Role
from core.caseload import CARRYING
from core.handover import HandOver
from core.ids import StaffId
from core.usecases.courses.hand_over_case import hand_over_case
from core.usecases.courses.seat_colleague import NOT_SEATED, seat_colleague
from core.usecases.courses.unseat_colleague import unseat_colleague

ROOM: Final = "担当"
_SEATS: Final = tuple(role for role in Role if role not in NOT_SEATED)


def _hand_over_form(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(name="successor", label="引き継ぐ職員", kind=Kind.CHOICE, options=colleagues(view)),
        Entry(name="read_on", label="記録を読んだ日", kind=Kind.DAY, required=False),
        Entry(name="met_on", label="いっしょに会った日", kind=Kind.DAY, required=False),
        Entry(
            name="not_met",
            label="いっしょに会えないときは、そのわけ",
            required=False,
        ),
        Entry(name="announced", label="ご本人への伝え方", required=False),
    )


async def _hand_over(means: Means, filled: Filled, of: str) -> str:
    successor = StaffId(filled.text("successor"))
    await hand_over_case(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        handover=HandOver(
            successor=successor,
            history_read_on=filled.maybe_day("read_on"),
            met_together_on=filled.maybe_day("met_on"),
            not_met_because=filled.text("not_met"),
            announced=filled.text("announced"),
        ),
        by=means.by,
        at=means.at,
    )
    name = means.view.story.names.get(successor, "")
    return f"{name}さんに引き継ぎました。{await much_carried(means, successor)}"


def _seat_form(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="staff", label="職員", kind=Kind.CHOICE, options=colleagues(view)),
        Entry(name="role", label="この案件での役割", kind=Kind.CHOICE, options=of_enum(_SEATS)),
    )


async def _seat(means: Means, filled: Filled, of: str) -> str:
    staff_id, role = StaffId(filled.text("staff")), filled.one("role", Role)
    await seat_colleague(
        means.uow,
        case_id=means.view.story.case.id,
        staff_id=staff_id,
        role=role,
        by=means.by,
        at=means.at,
    )
    name = means.view.story.names.get(staff_id, "")
    warned = await much_carried(means, staff_id) if role in CARRYING else ""
    return f"{name}さんを、{word(role)}として加えました。{warned}"


async def _unseat(means: Means, filled: Filled, of: str) -> str:
    staff_id, role = StaffId(filled.text("staff")), filled.one("role", Role)
    await unseat_colleague(
        means.uow,
        case_id=means.view.story.case.id,
        staff_id=staff_id,
        role=role,
        by=means.by,
        at=means.at,
    )
    return f"{means.view.story.names.get(staff_id, '')}さんを、{word(role)}の担当から外しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="hand-over-case",
        title="担当を引き継ぐ",
        room=ROOM,
        who=frozenset({Role.OUTREACH_WORKER, Role.CASE_LEAD, Role.COORDINATOR}),
        entries=_hand_over_form,
        act=_hand_over,
        explains="記録を読み、いっしょに会い、ご本人に伝えてから引き継ぎます。",
    ),
    Deed(
        key="seat-colleague",
        title="担当に加える",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_seat_form,
        act=_seat,
    ),
    Deed(
        key="unseat-colleague",
        title="担当から外す",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_seat_form,
        act=_unseat,
    ),
)
