"""The desk over HTTP: /s/cases/{alias}/do/{deed} and /s/town/do/{deed}, form and answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bots.i18n.catalogue import moment, quota_line
from bots.web.desk import letters, series
from bots.web.desk.absences import absence_lines
from bots.web.desk.deed import Handed, Means, TownMeans
from bots.web.desk.entries import Kind
from bots.web.desk.loads import load_rows
from bots.web.desk.once import Once, SentAlready
from bots.web.desk.pages import (
    SAID_COOKIE,
    SAID_LASTS_S,
    Done,
    FormPage,
    open_form,
    said_cookie,
    said_in,
    take_form,
)
from bots.web.desk.register import DEEDS, TOWN_DEEDS, rooms
from bots.web.desk.sittings import sitting_rows
from bots.web.desk.tools import Tools
from bots.web.desk.views import Pen, TownView, View
from bots.web.forms import Sent, read_sent
from bots.web.passes import StaffSession, once_in, one_time_mark
from core.access import Action, may
from core.figure_steps import takes_figures
from core.ids import CaseId, StaffId
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import Clock, UnitOfWork
from core.usecases.cases.find_case import find_case
from core.usecases.cases.show_case import CaseStory, show_case
from core.usecases.letters.list_templates import list_templates
from core.usecases.passes.offer_form import offer_form
from core.usecases.passes.was_sent import was_sent
from core.usecases.staff.show_caseload import show_caseload
from core.usecases.town.show_town import show_town

_SENT_ALREADY: Final = Done(said="もう記録されています。下の記録でお確かめください。")
_TYPES: Final = {
    Kind.LINE.value: "text",
    Kind.DAY.value: "date",
    Kind.MOMENT.value: "datetime-local",
    Kind.NUMBER.value: "number",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """To what a form belongs: its name on the page, the way back, and what its mark is over."""

    name: str
    back: str
    marked: CaseId
    reader: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPages:
    """The forms of the desk.

    Attributes:
        session: who is reading, or PassUnusable.
        tools: what some deeds need beside the record.
        render: a template as a response.
        pen: with what letters are written; None where they are not written here.
        secure: as `staff_routes` has it.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    key: bytes
    closed_days: frozenset[date]
    profile: MunicipalProfile | None
    tools: Tools | None
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]
    headers: Mapping[str, str]
    pen: Pen | None = None
    secure: bool = False

    async def form(self, request: Request) -> Response:
        """The empty form of a deed on a case."""
        at = self.clock.now()
        session = self.session(request, at)
        view = await self._view(request, session, at=at)
        page = open_form(DEEDS, view, **_asked(request))
        return await self._shown(request, session, page, where=_of_case(view))

    async def do(self, request: Request) -> Response:
        """Do it and go back to the case; or the form again, with why not."""
        at = self.clock.now()
        session = self.session(request, at)
        sent = await read_sent(request)
        view = await self._view(request, session, at=at)
        where = _of_case(view)
        once = self._once(sent, session, where, at=at)
        means = Means(uow=once, view=view, closed_days=self.closed_days, tools=self.tools)
        take = partial(
            take_form, DEEDS, means, form=sent.fields, files=sent.files, **_asked(request)
        )
        result = await self._taken(once, take)
        return await self._answer(request, session, result, where=where)

    async def town(self, request: Request) -> Response:
        """The town's desk."""
        at = self.clock.now()
        session = self.session(request, at)
        view = await self._town(session, at=at)
        most = None if self.profile is None else self.profile.most_cases
        load = await show_caseload(self.uow, by=session.staff_id, most=most)
        answer = self.render(
            "town.html",
            tz=self.tz,
            town=view.story,
            absences=absence_lines(view),
            quota="" if view.story.quota is None else quota_line(view.story.quota),
            sittings=sitting_rows(view),
            loads=load_rows(load, view),
            most=most,
            rooms=rooms(TOWN_DEEDS, view),
            figures=takes_figures(view.story.reader),
            minds_reception=bool(view.story.visitors)
            or may(view.story.reader, Action.READ_RECEPTION),
            said=said_in(request.cookies),
            reader=view.story.reader.name,
            until=moment(session.expires_at, tz=self.tz),
        )
        answer.delete_cookie(SAID_COOKIE, path="/s")
        return answer

    async def town_form(self, request: Request) -> Response:
        """The empty form of a deed of the town."""
        at = self.clock.now()
        session = self.session(request, at)
        view = await self._town(session, at=at)
        page = open_form(TOWN_DEEDS, view, **_asked(request))
        return await self._shown(request, session, page, where=_of_town(view))

    async def town_do(self, request: Request) -> Response:
        """Do it and go back to the town's desk; or the form again, with why not."""
        at = self.clock.now()
        session = self.session(request, at)
        sent = await read_sent(request)
        view = await self._town(session, at=at)
        where = _of_town(view)
        once = self._once(sent, session, where, at=at)
        means = TownMeans(uow=once, view=view, closed_days=self.closed_days, tools=self.tools)
        take = partial(
            take_form, TOWN_DEEDS, means, form=sent.fields, files=sent.files, **_asked(request)
        )
        result = await self._taken(once, take)
        return await self._answer(request, session, result, where=where)

    async def _view(self, request: Request, session: StaffSession, *, at: datetime) -> View:
        case = await find_case(self.uow, alias=request.path_params["alias"])
        story = await show_case(self.uow, case_id=case.id, by=session.staff_id, at=at, tz=self.tz)
        pen = self.pen
        if pen is not None and request.path_params.get("deed") in (letters.WRITES | series.WRITES):
            pen = replace(pen, library=await list_templates(self.uow, library=pen.library))
        return view_of(
            story,
            reader=session.staff_id,
            at=at,
            tz=self.tz,
            profile=self.profile,
            closed_days=self.closed_days,
            pen=pen,
        )

    async def _town(self, session: StaffSession, *, at: datetime) -> TownView:
        story = await show_town(
            self.uow,
            by=session.staff_id,
            at=at,
            tz=self.tz,
            profile=self.profile,
        )
        return TownView(
            story=story,
            reader=session.staff_id,
            roles=story.roles,
            at=at,
            tz=self.tz,
            profile=self.profile,
        )

    def _once(self, sent: Sent, session: StaffSession, where: Where, *, at: datetime) -> Once:
        mark = sent.fields.get("mark", [""])[0]
        key = once_in(mark, session, where.marked, key=self.key)
        return Once(self.uow, key=key, at=at, until=session.expires_at)

    async def _taken(
        self, once: Once, take: Callable[[], Awaitable[Done | FormPage]]
    ) -> Done | FormPage:
        """What came of the form; of one that was sent before, that it is on record.

        What a form does may end its own offer or change its choices: a second one is not read.
        """
        try:
            if await was_sent(self.uow, key=once.key, at=once.at):
                return _SENT_ALREADY
            return await take()
        except SentAlready:
            return _SENT_ALREADY

    async def _answer(
        self, request: Request, session: StaffSession, result: Done | FormPage, *, where: Where
    ) -> Response:
        if not isinstance(result, Done):
            status = 422 if result.refused else 200
            return await self._shown(request, session, result, where=where, status=status)
        if result.handed is not None:
            return self._handed(result.handed)
        answer = RedirectResponse(where.back, status_code=303, headers=dict(self.headers))
        answer.set_cookie(
            SAID_COOKIE,
            said_cookie(result.said),
            max_age=SAID_LASTS_S,
            path="/s",
            secure=self.secure or request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    def _handed(self, made: Handed) -> Response:
        """The file, for these eyes only: kept neither here nor on the way."""
        headers = {**self.headers, "content-disposition": f'inline; filename="{made.name}"'}
        return Response(made.content, media_type=made.media_type, headers=headers)

    async def _shown(
        self,
        request: Request,
        session: StaffSession,
        page: FormPage,
        *,
        where: Where,
        status: int = 200,
    ) -> Response:
        facts: dict[str, Any] = {
            "page": page,
            "types": _TYPES,
            "alias": where.name,
            "back": where.back,
            "action": request.url.path + (f"?of={quote(page.of)}" if page.of else ""),
            "reader": where.reader,
            "until": moment(session.expires_at, tz=self.tz),
            "mark": one_time_mark(session, where.marked, await offer_form(self.uow), key=self.key),
        }
        return self.render("do.html", status=status, **facts)


def view_of(
    story: CaseStory,
    *,
    reader: StaffId,
    at: datetime,
    tz: tzinfo,
    profile: MunicipalProfile | None = None,
    closed_days: frozenset[date] = frozenset(),
    pen: Pen | None = None,
) -> View:
    """What the desk of this reader is made from."""
    return View(
        story=story,
        reader=reader,
        roles=story.roles,
        at=at,
        tz=tz,
        profile=profile,
        closed_days=closed_days,
        pen=pen,
    )


def _of_case(view: View) -> Where:
    case = view.story.case
    reader = view.story.names.get(view.reader, "")
    return Where(name=case.alias, back=f"/s/cases/{case.alias}", marked=case.id, reader=reader)


def _of_town(view: TownView) -> Where:
    # No case has an empty id, so that no form of a case passes here.
    return Where(
        name=view.story.name, back="/s/town", marked=CaseId(""), reader=view.story.reader.name
    )


def _asked(request: Request) -> dict[str, str]:
    return {"key": request.path_params["deed"], "of": request.query_params.get("of", "")}
