"""Staff pages: opened from Slack by a one-time link, read in any browser, without scripts."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bots.i18n.catalogue import day, moment, word
from bots.i18n.names import LAWS_OWN, names_of
from bots.web.chapters.principles import principles
from bots.web.desk import answers
from bots.web.desk.pages import SAID_COOKIE, NotOffered, said_in
from bots.web.desk.register import DEEDS, rooms
from bots.web.desk.served import DeskPages, view_of
from bots.web.desk.tools import Tools
from bots.web.desk.views import Pen
from bots.web.figures import FiguresPages
from bots.web.forms import FormUnreadable, read_form
from bots.web.library import LibraryPages
from bots.web.media import MediaPages
from bots.web.minutes import MinutesPages
from bots.web.notices import NoticePages
from bots.web.passes import (
    SESSION_LASTS,
    PassUnusable,
    StaffPass,
    StaffSession,
    begin_session,
    form_mark,
    read_pass,
    read_session,
    same_mark,
)
from bots.web.reading import ReadingPages
from bots.web.reception import ReceptionPages
from bots.web.story import Teller
from core.access import NotYours
from core.cases import Case
from core.errors import CaseworkError
from core.ids import ReplyId
from core.municipal_profiles.profile import ERASES, MunicipalProfile
from core.ports import Clock, UnitOfWork
from core.shielding import Shielded
from core.usecases.cases.find_case import find_case
from core.usecases.cases.knock_case import knock_case
from core.usecases.cases.show_case import show_case
from core.usecases.replies.read_replies import read_replies

COOKIE: Final = "yorisoi_staff"
_HERE: Final = Path(__file__).parent
_HEADERS: Final = {
    "content-security-policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(word=word, day=day, moment=moment)

UseNonce = Callable[[str, datetime], Awaitable[bool]]
"""Uses up a nonce: (nonce, when it ends anyway) -> whether it was still good."""
Handler = Callable[[Request], Awaitable[Response]]


def staff_routes(
    *,
    uow: UnitOfWork,
    clock: Clock,
    tz: tzinfo,
    key: bytes,
    use_nonce: UseNonce,
    closed_days: frozenset[date] = frozenset(),
    profile: MunicipalProfile | None = None,
    secure: bool = False,
    tools: Tools | None = None,
    pen: Pen | None = None,
) -> list[BaseRoute]:
    """Everything under /s.

    Args:
        key: the one with which `make_staff_link` signs.
        profile: the town's own; its names stand on every page.
        secure: the house is reached over HTTPS, so that cookies travel over nothing else.
        tools: for the deeds with leaflets and letters.
        pen: with what letters are written; None where they are not written here.
    """
    pages = StaffPages(
        uow=uow,
        clock=clock,
        tz=tz,
        key=key,
        use_nonce=use_nonce,
        closed_days=closed_days,
        profile=profile,
        secure=secure,
        tools=tools,
        pen=pen,
    )
    return [
        Route("/s/open/{token}", _neutral(pages.door), methods=["GET"]),
        Route("/s/open/{token}", _neutral(pages.enter), methods=["POST"]),
        Route("/s/cases/{alias}", _neutral(pages.case), methods=["GET"]),
        Route("/s/cases/{alias}/read", _neutral(pages.read), methods=["POST"]),
        Route("/s/cases/{alias}/do/{deed}", _neutral(pages.desk.form), methods=["GET"]),
        Route("/s/cases/{alias}/do/{deed}", _neutral(pages.desk.do), methods=["POST"]),
        Route("/s/cases/{alias}/older/{part}", _neutral(pages.reading.older), methods=["GET"]),
        Route("/s/cases/{alias}/tax/{assessment}", _neutral(pages.reading.tax), methods=["GET"]),
        Route("/s/cases/{alias}/media/{media}", _neutral(pages.media.media), methods=["GET"]),
        Route("/s/cases/{alias}/opened", _neutral(pages.reading.opened), methods=["GET"]),
        Route(
            "/s/cases/{alias}/meetings/{meeting}/minutes/{item}",
            _neutral(pages.minutes.minutes),
            methods=["GET"],
        ),
        Route("/s/cases/{alias}/glass", _neutral(pages.reading.glass), methods=["POST"]),
        *_town_routes(pages),
        Mount("/s/static", StaticFiles(directory=_HERE / "static")),
        Route("/s/{rest:path}", _unusable, methods=["GET", "POST"]),
    ]


def _town_routes(pages: "StaffPages") -> list[BaseRoute]:
    """Papers of a sitting, and what is about no case: the town's desk and its library."""
    return [
        Route(
            "/s/cases/{alias}/meetings/{meeting}/papers",
            _neutral(pages.minutes.pack),
            methods=["GET"],
        ),
        Route("/s/principles", _neutral(pages.principles), methods=["GET"]),
        Route("/s/leaflets/{leaflet}", _neutral(pages.library.leaflet), methods=["GET"]),
        Route("/s/leaflets/{leaflet}/{picture}", _neutral(pages.library.picture), methods=["GET"]),
        Route("/s/town", _neutral(pages.desk.town), methods=["GET"]),
        Route("/s/town/visitors/{visitor}", _neutral(pages.reception.visitor), methods=["GET"]),
        Route("/s/town/figures", _neutral(pages.figures.figures), methods=["GET"]),
        Route("/s/town/notices/{notice}", _neutral(pages.notices.notice), methods=["GET"]),
        Route("/s/town/do/{deed}", _neutral(pages.desk.town_form), methods=["GET"]),
        Route("/s/town/do/{deed}", _neutral(pages.desk.town_do), methods=["POST"]),
    ]


class StaffPages:
    """The pages of /s. Whatever cannot be shown looks the same: one neutral page."""

    def __init__(
        self,
        *,
        uow: UnitOfWork,
        clock: Clock,
        tz: tzinfo,
        key: bytes,
        use_nonce: UseNonce,
        closed_days: frozenset[date],
        profile: MunicipalProfile | None,
        secure: bool,
        tools: Tools | None,
        pen: Pen | None,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._tz = tz
        self._key = key
        self._use_nonce = use_nonce
        self._secure = secure
        self._profile = profile
        self._names = LAWS_OWN if profile is None else names_of(profile)
        self._routes = () if profile is None else profile.crisis.routes
        # What all pages go by.
        pages: dict[str, Any] = {
            "uow": uow,
            "clock": clock,
            "tz": tz,
            "session": lambda request, at: self._session(request, at=at),
            "render": _page,
        }
        self._unsend = ERASES if profile is None else profile.unsend
        self.reading = ReadingPages(
            **pages, key=key, names=self._names, unsend=self._unsend, headers=_HEADERS
        )
        self.media = MediaPages(
            uow=uow, clock=clock, tz=tz, session=pages["session"], headers=_HEADERS
        )
        self.minutes = MinutesPages(**pages)
        self.figures = FiguresPages(**pages, profile=profile)
        self.notices = NoticePages(**pages)
        self.library = LibraryPages(**pages, headers=_HEADERS)
        self.reception = ReceptionPages(**pages, reader=None if tools is None else tools.reader)
        self.desk = DeskPages(
            **pages,
            tools=tools,
            key=key,
            closed_days=closed_days,
            profile=profile,
            headers=_HEADERS,
            pen=pen,
            secure=secure,
        )

    async def principles(self, request: Request) -> Response:
        """The five principles of the work, for anybody who is in."""
        self._session(request, at=self._clock.now())
        return _page("principles.html", principles=principles())

    async def door(self, request: Request) -> Response:
        """A page with one button. Previews of the link come this far and use nothing up."""
        read_pass(request.path_params["token"], key=self._key, at=self._clock.now())
        return _page("door.html")

    async def enter(self, request: Request) -> Response:
        """Use the link up, begin a session, and go to the case."""
        at = self._clock.now()
        opened = read_pass(request.path_params["token"], key=self._key, at=at)
        to = await self._opens(opened)
        if not await self._use_nonce(opened.nonce, opened.expires_at):
            raise PassUnusable
        answer = RedirectResponse(to, status_code=303, headers=_HEADERS)
        answer.set_cookie(
            COOKIE,
            begin_session(opened, key=self._key, at=at),
            max_age=int(SESSION_LASTS.total_seconds()),
            path="/s",
            secure=self._secure or request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _opens(self, opened: StaffPass) -> str:
        if not opened.case_id:
            return "/s/town"
        case = await knock_case(
            self._uow,
            case_id=opened.case_id,
            viewer=opened.staff_id,
            at=self._clock.now(),
            tz=self._tz,
        )
        return f"/s/cases/{case.alias}"

    async def case(self, request: Request) -> Response:
        """The case's whole story; that it was opened becomes part of the record."""
        at = self._clock.now()
        session = self._session(request, at=at)
        if request.method == "HEAD":
            # Nobody reads a page without its body, so nothing is recorded as read.
            return Response(headers=_HEADERS)
        case = await self._case(request)
        try:
            story = await show_case(
                self._uow, case_id=case.id, by=session.staff_id, at=at, tz=self._tz
            )
        except (NotYours, Shielded) as refused:
            return await self.reading.shut(session, case, refused)
        view = view_of(story, reader=session.staff_id, at=at, tz=self._tz, profile=self._profile)
        answer = _page(
            "case.html",
            page=Teller(
                story,
                at=at,
                tz=self._tz,
                names=self._names,
                unsend=self._unsend,
                routes=self._routes,
            ).page(),
            rooms=rooms(DEEDS, view),
            answerable=bool(answers.DEED.offers(view)),
            said=said_in(request.cookies),
            reader=story.names.get(session.staff_id, ""),
            until=moment(session.expires_at, tz=self._tz),
            mark=form_mark(session, case.id, key=self._key),
        )
        answer.delete_cookie(SAID_COOKIE, path="/s")
        return answer

    async def read(self, request: Request) -> Response:
        """The colleague pressed 読みました: the replies that stood there count as read."""
        at = self._clock.now()
        session = self._session(request, at=at)
        form = await read_form(request)
        case = await self._case(request)
        mark = form.get("mark", [""])[0]
        if not same_mark(mark, form_mark(session, case.id, key=self._key)):
            raise PassUnusable
        seen = frozenset(map(ReplyId, form.get("seen", [])))
        await read_replies(self._uow, case_id=case.id, by=session.staff_id, at=at, seen=seen)
        return RedirectResponse(f"/s/cases/{case.alias}#replies", status_code=303, headers=_HEADERS)

    def _session(self, request: Request, *, at: datetime) -> StaffSession:
        return read_session(request.cookies.get(COOKIE, ""), key=self._key, at=at)

    async def _case(self, request: Request) -> Case:
        return await find_case(self._uow, alias=request.path_params["alias"])


def _neutral(handler: Handler) -> Handler:
    """The pages' edge: every refusal is the same page, so that it tells nothing."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except (PassUnusable, FormUnreadable, NotOffered, CaseworkError):
            return await _unusable(request)

    return handle


async def _unusable(request: Request) -> Response:
    return _page("unusable.html", status=404)


def _page(template: str, *, status: int = 200, **facts: Any) -> Response:
    text = _TEMPLATES.get_template(template).render(**facts)
    return HTMLResponse(text, status_code=status, headers=_HEADERS)
