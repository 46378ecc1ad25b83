"""Show a notice as it stands: how far its letters have come, and who is reached elsewise."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.agencies import Area, Staff
from core.cases import Case
from core.ids import CaseId, NoticeId, StaffId
from core.letters import NotByTheMunicipality
from core.notice_steps import in_service, role_to_approve
from core.notices import (
    Counts,
    LeftOut,
    Notice,
    NoticeState,
    NotThisWay,
    reach_of,
)
from core.ports import LetterPress, Rendering, UnitOfWork, Work

# For looking at only: nobody has this LINE account.
_NOBODY: Final = "U" + "0" * 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewise:
    """Somebody who is visited or written to on paper; no name, and no more than LINE's reason."""

    alias: str
    area: str
    why: NotThisWay


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """What one colleague has to go round to.

    Attributes:
        worker: who leads the cases; "" where nobody does.
        unlisted: how many more there are whose cases a mark closes to the reader (R-015).
    """

    worker: str
    people: tuple[Elsewise, ...]
    unlisted: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeView:
    """A notice for one viewer.

    Attributes:
        areas: names of the areas; none means the whole town.
        account: how the LINE account is called on a lock screen.
        rendering: as the phones show it, from the very request; None where none can be built.
        rounds: by worker, those nobody reaches over LINE.
    """

    notice: Notice
    viewer: Staff
    town: str
    account: str
    author: str
    approver: str
    areas: tuple[str, ...]
    counts: Counts
    rounds: tuple[Round, ...]
    rendering: Rendering | None
    may_approve: bool
    may_stop: bool


async def show_notice(
    uow: UnitOfWork, *, notice_id: NoticeId, viewer: StaffId, press: LetterPress | None = None
) -> NoticeView:
    """The notice as `viewer` may see it.

    Raises:
        NotFound, NotActive: the door. NotByTheMunicipality: R-087.
    """
    async with uow.read() as work:
        staff = await in_service(work, viewer)
        notice = await work.notices.get(notice_id)
        if await role_to_approve(work, staff) is None:
            raise NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")
        reach = reach_of(notice, await work.notices.letters(notice.id))
        areas = await work.towns.areas()
        town = await work.towns.get()
        ends = notice.state is NoticeState.STOPPED
        left = reach.counts.waiting + reach.counts.scheduled + reach.counts.unread
        return NoticeView(
            notice=notice,
            viewer=staff,
            town=town.name,
            account=town.account_name,
            author=(await work.staff.get(notice.author_id)).name,
            approver=""
            if notice.approved_by is None
            else (await work.staff.get(notice.approved_by)).name,
            areas=tuple(area.name for area in areas if area.id in notice.areas),
            counts=reach.counts,
            rounds=await _rounds(work, reach.elsewise, areas, viewer=viewer),
            rendering=_rendering(notice, press),
            may_approve=notice.state is NoticeState.WAITING and notice.author_id != viewer,
            may_stop=not ends and (left > 0 or notice.state is NoticeState.WAITING),
        )


async def _rounds(
    work: Work, elsewise: Iterable[LeftOut], areas: Iterable[Area], *, viewer: StaffId
) -> tuple[Round, ...]:
    closed = await work.care_marks.closed_to(viewer)
    cases: dict[CaseId, Case] = {case.id: case for case in await work.cases.all()}
    names = {one.id: one.name for one in await work.staff.all()}
    places = {area.id: area.name for area in areas}
    listed: dict[str, list[Elsewise]] = {}
    unlisted: dict[str, int] = {}
    for one in elsewise:
        case = cases[one.case_id]
        worker = "" if case.lead_staff_id is None else names.get(case.lead_staff_id, "")
        listed.setdefault(worker, [])
        if case.id in closed:
            unlisted[worker] = unlisted.get(worker, 0) + 1
            continue
        area = places.get(case.area_id, "") if case.area_id else ""
        listed[worker].append(Elsewise(alias=case.alias, area=area, why=one.why))
    return tuple(
        Round(
            worker=worker,
            people=tuple(sorted(people, key=lambda one: one.alias)),
            unlisted=unlisted.get(worker, 0),
        )
        for worker, people in sorted(listed.items())
    )


def _rendering(notice: Notice, press: LetterPress | None) -> Rendering | None:
    if press is None:
        return None
    request = press.freeze(
        to=_NOBODY, body=notice.body, alt_text=notice.alt_text, with_buttons=True
    )
    return press.rendering(request)
