"""/s/town/visitors/...: what somebody unknown wrote, for whoever minds the reception desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import moment, word
from bots.web.passes import StaffSession
from core.ids import VisitorId
from core.ports import Clock, EventReader, UnitOfWork
from core.usecases.reception.open_visitor import Spoken, open_visitor


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionPages:
    """The page of a visitor.

    Attributes:
        session: who is reading, or PassUnusable.
        reader: reads the raw events; None where this house reads none.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]
    reader: EventReader | None

    async def visitor(self, request: Request) -> Response:
        """Everything that they sent, and what can be done; that it was read is recorded."""
        at = self.clock.now()
        session = self.session(request, at)
        if self.reader is None:
            raise LookupError("this house was given no reader of events")
        seen = await open_visitor(
            self.uow,
            visitor_id=VisitorId(request.path_params["visitor"]),
            by=session.staff_id,
            at=at,
            reader=self.reader,
        )
        return self.render(
            "visitor.html",
            visitor=seen.visitor,
            minds=seen.minds,
            came=moment(seen.visitor.came_at, tz=self.tz),
            answer_by=moment(seen.visitor.answer_by, tz=self.tz),
            spoken=[(moment(one.at, tz=self.tz), *_said(one)) for one in seen.spoken],
            until=moment(session.expires_at, tz=self.tz),
        )


def _said(one: Spoken) -> tuple[str, str]:
    """The kind, and the words where there are any."""
    if one.taken_back:
        return "取り消されました", ""
    return ("ボタン" if one.kind is None else word(one.kind)), one.text
