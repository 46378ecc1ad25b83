"""Attach a numbered paper to an item (資料を付ける)."""

from datetime import datetime, tzinfo

from core.ids import PersonId, StaffId
from core.meeting_steps import keep_change, meeting_at, role_here
from core.meetings.changes import with_paper
from core.meetings.ids import ItemId, MeetingId
from core.meetings.materials import Material
from core.meetings.sittings import Meeting
from core.ports import UnitOfWork
from core.situations import situation_now
from core.transitions import ANY_STAFF


async def add_material(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    title: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    about: frozenset[PersonId] | None = None,
    tax_derived: bool = False,
) -> Meeting:
    """The paper under the next free number of the meeting.

    Args:
        about: whose information it holds; None is everybody concerned by the item.
        tax_derived: it holds facts that come from taxation.

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere: people have been called already. ItemNotHere.
        TaxFactsNotShared: not everybody concerned agreed that all who may come hear it (R-043).
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        item = meeting.item(item_id)
        role = await role_here(work, (item,) if item else (), by=by, allowed=ANY_STAFF)
        concerned = item.subjects if item else frozenset()
        paper = Material(
            number=max((m.number for m in meeting.materials), default=0) + 1,
            item_id=item_id,
            title=title.strip(),
            about=concerned if about is None else about,
            tax_derived=tax_derived,
        )
        situation = await situation_now(work, meeting.live, at=at, tz=tz, about=paper.about)
        changed = await keep_change(
            work,
            meeting,
            with_paper(meeting, paper, situation=situation, at=at),
            action="agenda_item.paper_added",
            by=by,
            role=role,
            at=at,
            item=item,
            evidence=(f"number={paper.number}", f"tax_derived={paper.tax_derived}"),
        )
        await work.commit()
        return changed
