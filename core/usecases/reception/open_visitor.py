"""Read what a visitor at the reception desk wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import Action, may, require
from core.agencies import Staff
from core.audit import AuditEvent
from core.crisis_access import strangers_calling
from core.ids import LinkId, StaffId, VisitorId
from core.inbound import Said
from core.ports import EventReader, UnitOfWork, Work
from core.reception import Visitor
from core.replies import ReplyKind

SHOWN: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """One thing that a visitor sent.

    Attributes:
        kind: None where a button was pressed.
        text: "" of a picture, and of what was taken back.
    """

    at: datetime
    kind: ReplyKind | None
    text: str = ""
    taken_back: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitorRead:
    """A visitor with everything they sent, oldest first.

    Attributes:
        minds: whether the reader minds the desk; else they read because they were called.
    """

    visitor: Visitor
    spoken: tuple[Spoken, ...]
    minds: bool = True


async def open_visitor(
    uow: UnitOfWork, *, visitor_id: VisitorId, by: StaffId, at: datetime, reader: EventReader
) -> VisitorRead:
    """The words; that they were opened becomes part of the record.

    Raises:
        NotYours, NotActive: the reception desk is not this colleague's, and nobody called them for
            this visitor. NotFound.
    """
    async with uow.write() as work:
        staff = await work.staff.get(by)
        visitor = await work.visitors.get(visitor_id)
        role = await _role(work, staff, visitor.link_id)
        spoken = []
        for kept in reversed(await work.visitors.said(visitor.link_id, limit=SHOWN)):
            meaning = reader.read(kept.raw).meaning if kept.raw else None
            said = meaning if isinstance(meaning, Said) else None
            spoken.append(
                Spoken(
                    at=kept.received_at,
                    kind=None if said is None else said.kind,
                    text="" if said is None else said.text,
                    taken_back=not kept.raw,
                )
            )
        await work.audit.append(
            AuditEvent(
                action="reception.opened",
                at=at,
                actor=by,
                role=role,
                subject=visitor.link_id,
                evidence=(f"events={len(spoken)}",),
            )
        )
        await work.commit()
        return VisitorRead(
            visitor=visitor, spoken=tuple(spoken), minds=may(staff, Action.READ_RECEPTION)
        )


async def _role(work: Work, staff: Staff, link_id: LinkId) -> str:
    """In which role they read. Raises: NotYours, NotActive."""
    if not may(staff, Action.READ_RECEPTION) and link_id in await strangers_calling(work, staff):
        return min((role.value for role in staff.roles), default="")
    return require(staff, Action.READ_RECEPTION).role.value
