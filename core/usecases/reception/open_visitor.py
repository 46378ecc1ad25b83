"""Read what a visitor at the reception desk wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import Action, require
from core.audit import AuditEvent
from core.ids import StaffId, VisitorId
from core.inbound import Said
from core.ports import EventReader, UnitOfWork
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
    """A visitor with everything they sent, oldest first."""

    visitor: Visitor
    spoken: tuple[Spoken, ...]


async def open_visitor(
    uow: UnitOfWork, *, visitor_id: VisitorId, by: StaffId, at: datetime, reader: EventReader
) -> VisitorRead:
    """The words; that they were opened becomes part of the record.

    Raises:
        NotYours, NotActive: the reception desk is not this colleague's. NotFound.
    """
    async with uow.write() as work:
        role = require(await work.staff.get(by), Action.READ_RECEPTION).role
        visitor = await work.visitors.get(visitor_id)
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
                role=role.value,
                subject=visitor.link_id,
                evidence=(f"events={len(spoken)}",),
            )
        )
        await work.commit()
        return VisitorRead(visitor=visitor, spoken=tuple(spoken))
