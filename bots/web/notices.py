"""A notice to many as an officer sees it: its words, how far it has come, and whom to go to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import moment
from bots.web.passes import StaffSession
from core.ids import NoticeId
from core.ports import Clock, UnitOfWork
from core.usecases.notices.show_notice import show_notice


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticePages:
    """GET /s/town/notices/{notice}.

    Attributes:
        session: who is reading, or PassUnusable.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]

    async def notice(self, request: Request) -> Response:
        """One notice; of people on it no more than the alias."""
        session = self.session(request, self.clock.now())
        notice_id = NoticeId(request.path_params["notice"])
        view = await show_notice(self.uow, notice_id=notice_id, viewer=session.staff_id)
        notice = view.notice
        return self.render(
            "notice.html",
            view=view,
            notice=notice,
            opens=moment(notice.opens_at, tz=self.tz),
            closes=moment(notice.closes_at, tz=self.tz),
            until=moment(session.expires_at, tz=self.tz),
        )
