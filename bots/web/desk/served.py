"""The desk over HTTP: /s/cases/{alias}/do/{deed}, form and answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bots.i18n.catalogue import moment
from bots.web.desk.deed import Means, View
from bots.web.desk.entries import Kind
from bots.web.desk.pages import (
    SAID_COOKIE,
    SAID_LASTS_S,
    Done,
    FormPage,
    open_form,
    said_cookie,
    take_form,
)
from bots.web.forms import read_form
from bots.web.passes import PassUnusable, StaffSession, form_mark, same_mark
from core.ids import StaffId
from core.ports import Clock, UnitOfWork
from core.usecases.cases.find_case import find_case
from core.usecases.cases.show_case import CaseStory, show_case
from core.usecases.staff.list_roles import list_roles

_TYPES: Final = {
    Kind.LINE.value: "text",
    Kind.DAY.value: "date",
    Kind.MOMENT.value: "datetime-local",
    Kind.NUMBER.value: "number",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPages:
    """The forms of the desk.

    Attributes:
        session: who is reading, or PassUnusable.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    key: bytes
    closed_days: frozenset[date]
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]
    headers: Mapping[str, str]

    async def form(self, request: Request) -> Response:
        """The empty form."""
        at = self.clock.now()
        session = self.session(request, at)
        view = await self._view(request, session, at=at)
        return self._shown(request, session, view, open_form(view, **_asked(request)))

    async def do(self, request: Request) -> Response:
        """Do it and go back to the case; or the form again, with why not."""
        at = self.clock.now()
        session = self.session(request, at)
        sent = await read_form(request)
        view = await self._view(request, session, at=at)
        case = view.story.case
        mark = sent.get("mark", [""])[0]
        if not same_mark(mark, form_mark(session, case.id, key=self.key)):
            raise PassUnusable
        means = Means(uow=self.uow, view=view, closed_days=self.closed_days)
        result = await take_form(means, form=sent, **_asked(request))
        if not isinstance(result, Done):
            return self._shown(request, session, view, result, status=422)
        answer = RedirectResponse(
            f"/s/cases/{case.alias}", status_code=303, headers=dict(self.headers)
        )
        answer.set_cookie(
            SAID_COOKIE,
            said_cookie(result.said),
            max_age=SAID_LASTS_S,
            path="/s",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _view(self, request: Request, session: StaffSession, *, at: datetime) -> View:
        case = await find_case(self.uow, alias=request.path_params["alias"])
        story = await show_case(self.uow, case_id=case.id, by=session.staff_id, at=at)
        return await view_of(self.uow, story, reader=session.staff_id, at=at, tz=self.tz)

    def _shown(
        self,
        request: Request,
        session: StaffSession,
        view: View,
        page: FormPage,
        *,
        status: int = 200,
    ) -> Response:
        case = view.story.case
        facts: dict[str, Any] = {
            "page": page,
            "types": _TYPES,
            "alias": case.alias,
            "back": f"/s/cases/{case.alias}",
            "action": request.url.path + (f"?of={page.of}" if page.of else ""),
            "reader": view.story.names.get(session.staff_id, ""),
            "until": moment(session.expires_at, tz=self.tz),
            "mark": form_mark(session, case.id, key=self.key),
        }
        return self.render("do.html", status=status, **facts)


async def view_of(
    uow: UnitOfWork, story: CaseStory, *, reader: StaffId, at: datetime, tz: tzinfo
) -> View:
    """What the desk of this reader is made from."""
    roles = await list_roles(uow, staff_id=reader, case_id=story.case.id)
    return View(story=story, reader=reader, roles=roles, at=at, tz=tz)


def _asked(request: Request) -> dict[str, str]:
    return {"key": request.path_params["deed"], "of": request.query_params.get("of", "")}
