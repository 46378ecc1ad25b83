"""Answers requests below /p. Nothing is written down when a page is opened.

A form is answered with a way back to a page (303), which says that it was done; so reloading sends
nothing twice, and a form that was sent twice counts once.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bots.i18n.catalogue import day, word
from bots.paper.guide_words import guide_of
from bots.web.desk.once import Once, SentAlready
from bots.web.forms import FormUnreadable, read_form, read_sent
from bots.web.leaflets import picture_response, which_picture
from bots.web.passes import PassUnusable
from bots.web.person.acts import ACTS, Done, Filled, one_of
from bots.web.person.keys import COOKIE, FORM_NOTED, SHOWN_LASTS, Signer
from bots.web.person.stickers import STICKERS
from bots.web.person.wording import Say, letter_words, noted, plainly, speech, when
from bots.web.quiet import (
    HEADERS,
    LONGEST_TOKEN,
    PAGE_CACHE,
    TEMPLATES,
    nothing,
    quiet_headers,
    quiet_page,
    static,
)
from core.errors import CaseworkError
from core.ids import LeafletId
from core.page_steps import PageKey, PageMeans
from core.people import LanguageStyle
from core.person_pages import PIN_LONGEST, PIN_SHORTEST, PinNeeded, PinRests, PinWrong
from core.ports import Clock, UnitOfWork
from core.usecases.pages.knock_page import knock_page
from core.usecases.pages.look_around import look_around
from core.usecases.pages.open_own_leaflet import open_own_leaflet
from core.usecases.pages.open_page import open_page
from core.usecases.pages.say_word import LONGEST_WORD
from core.usecases.pages.show_about import show_about
from core.usecases.pages.show_wishes import show_wishes
from core.usecases.pages.unlock_page import unlock_page
from core.usecases.passes.offer_form import offer_form

_STYLE: Final = static("person.css")
_SCRIPT: Final = static("person.js")
_HEADERS: Final = {
    **quiet_headers(style=_STYLE, script=_SCRIPT, forms=True),
    "cache-control": PAGE_CACHE,
}
_MOST_START: Final = 10_000
Handler = Callable[[Request], Awaitable[Response]]


def person_routes(
    *, uow: UnitOfWork, clock: Clock, means: PageMeans, key: bytes, secure: bool = False
) -> list[BaseRoute]:
    """Everything under /p.

    Args:
        means: what the acts need; its `tz` is also the page's.
        key: signs forms and the cookie after a PIN; at least 32 bytes.
        secure: the house is reached over HTTPS, so that the cookie travels over nothing else.
    """
    pages = PersonPages(uow=uow, clock=clock, means=means, signer=Signer(key=key), secure=secure)
    shown = {
        "": pages.home,
        "/around": pages.around,
        "/wishes": pages.wishes,
        "/about": pages.about,
        "/guide": pages.guide,
        "/leaflets/{root}": pages.leaflet,
        "/leaflets/{root}/{picture}": pages.picture,
        "/away": pages.away,
        # Where a browser stands after a wrong PIN, and comes back to.
        "/unlock": pages.home,
    }
    return [
        *(
            Route(f"/p/{{token}}{path}", pages.quiet(shown[path]), methods=["GET"])
            for path in shown
        ),
        Route("/p/{token}/unlock", pages.quiet(pages.unlock), methods=["POST"]),
        *(
            Route(f"/p/{{token}}/{name}", pages.quiet(pages.doing(name)), methods=["POST"])
            for name in ACTS
        ),
        Route("/p", nothing, methods=["GET", "POST"]),
        Route("/p/{rest:path}", nothing, methods=["GET", "POST"]),
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonPages:
    """The pages of /p. Whatever cannot be shown is the one page of `bots.web.quiet`."""

    uow: UnitOfWork
    clock: Clock
    means: PageMeans
    signer: Signer
    secure: bool

    async def home(self, request: Request) -> Response:
        """Letters so far and one's own words, newest first; a word when one likes; the acts."""
        start = _start(request)
        at, key = self.clock.now(), self._key(request)
        page = await open_page(self.uow, key, at=at, start=start)
        hours = self.means.hours
        return await self._page(
            request,
            "person/home.html",
            page=page,
            start=start,
            opens=f"{hours.opens:%-H:%M}",
            closes=f"{hours.closes:%-H:%M}",
            stickers=STICKERS,
            art={sticker.words: sticker for sticker in STICKERS},
        )

    async def around(self, request: Request) -> Response:
        """Leaflets and places."""
        at, key = self.clock.now(), self._key(request)
        page = await look_around(self.uow, key, at=at, tz=self.means.tz)
        return await self._page(request, "person/around.html", page=page)

    async def wishes(self, request: Request) -> Response:
        """How letters come."""
        page = await show_wishes(self.uow, self._key(request), at=self.clock.now())
        return await self._page(request, "person/wishes.html", page=page)

    async def about(self, request: Request) -> Response:
        """Who writes and why, what was agreed to, the PIN, and the end of it."""
        at, key = self.clock.now(), self._key(request)
        page = await show_about(self.uow, key, at=at, tz=self.means.tz)
        return await self._page(request, "person/about.html", page=page)

    async def guide(self, request: Request) -> Response:
        """What all of this is and how it goes, in easy words; the same as on paper."""
        page = await show_wishes(self.uow, self._key(request), at=self.clock.now())
        guide = guide_of(account=page.account, hours=self.means.hours)
        return await self._page(request, "person/guide.html", page=page, guide=guide)

    async def leaflet(self, request: Request) -> Response:
        """A leaflet that came with a letter."""
        opened = await self._leaflet(request)
        return quiet_page("leaflet.html", opened=opened, base=request.url.path)

    async def picture(self, request: Request) -> Response:
        """One of its pictures."""
        which = which_picture(request.path_params["picture"])
        if which is None:
            return await nothing(request)
        opened = await self._leaflet(request, **which)
        assert opened.picture is not None
        return picture_response(opened.picture)

    async def away(self, request: Request) -> Response:
        """Leave at once, to an address that says nothing; the PIN will be asked for again."""
        answer = RedirectResponse("/p/-", status_code=303, headers=HEADERS)
        answer.delete_cookie(COOKIE, path="/p")
        return answer

    async def unlock(self, request: Request) -> Response:
        """Show the PIN."""
        at, token = self.clock.now(), _token(request)
        form = await read_form(request)
        try:
            mark = await unlock_page(self.uow, token=token, pin=one_of(form, "pin"), at=at)
        except (PinWrong, PinRests) as refused:
            return await self._door(request, refused=refused)
        return self._with_pin(RedirectResponse(_home(token), 303), token, mark, at=at)

    def doing(self, name: str) -> Handler:
        """Takes the form of this act, and leads back to its page."""

        async def handle(request: Request) -> Response:
            at, token = self.clock.now(), _token(request)
            # Nobody's photo is taken in for a link that opens nothing.
            await knock_page(self.uow, token=token, at=at)
            sent = await read_sent(request)
            form, once = sent.fields, self.signer.once(token, sent, at=at)
            noted = Once(self.uow, key=once, at=at, until=at + FORM_NOTED)
            try:
                done = await ACTS[name](
                    Filled(
                        uow=noted,
                        key=self._key(request),
                        form=form,
                        files=sent.files,
                        once=once,
                        at=at,
                        means=self.means,
                    )
                )
            except SentAlready:
                done = Done(back=one_of(form, "back"), said="again")
            except (PinNeeded, PassUnusable):
                raise
            except CaseworkError as refused:
                if refused.code not in SAID_NO:
                    raise
                done = Done(back=one_of(form, "back"), no=refused.code)
            answer = RedirectResponse(done.address(_home(token)), 303, headers=_HEADERS)
            return answer if done.pin is None else self._with_pin(answer, token, done.pin, at=at)

        return handle

    def quiet(self, handler: Handler) -> Handler:
        """The pages' edge: every refusal is the same page, or the door that asks for a PIN."""

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except PinNeeded:
                return await self._door(request)
            except (PassUnusable, FormUnreadable, CaseworkError):
                return await nothing(request)

        return handle

    async def _leaflet(self, request: Request, **which: Any) -> Any:
        return await open_own_leaflet(
            self.uow,
            self._key(request),
            root_id=LeafletId(request.path_params["root"]),
            at=self.clock.now(),
            tz=self.means.tz,
            **which,
        )

    async def _door(self, request: Request, *, refused: CaseworkError | None = None) -> Response:
        token = _token(request)
        door = await knock_page(self.uow, token=token, at=self.clock.now())
        no = "PinRests" if door.rests_until else "" if refused is None else refused.code
        facts = {"next": self._moment(door.rests_until)}
        text = TEMPLATES.get_template("person/door.html").render(
            style=_STYLE,
            say=speech(LanguageStyle.STANDARD),
            door=door,
            base=_home(token),
            no=no and plainly(f"no.{no}", **facts),
        )
        return HTMLResponse(text, status_code=200, headers=_HEADERS)

    async def _page(self, request: Request, template: str, *, page: Any, **more: Any) -> Response:
        token, at = _token(request), self.clock.now()
        say = speech(page.style)
        once = await offer_form(self.uow)
        text = TEMPLATES.get_template(template).render(
            style=_STYLE,
            script=_SCRIPT,
            say=say,
            letter=lambda words: letter_words(words, style=page.style),
            noted=lambda words: noted(words, style=page.style),
            page=page,
            base=_home(token),
            mark=self.signer.form(token, once, at=at),
            told=_told(request.query_params, say),
            when=lambda moment: when(moment, tz=self.means.tz),
            moment=self._moment,
            clock=lambda hour: f"{hour:%-H:%M}",
            day=day,
            word=word,
            **more,
        )
        return HTMLResponse(text, headers=_HEADERS)

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self.means.tz)
        return f"{when(at, tz=self.means.tz)} {local:%-H:%M}"

    def _key(self, request: Request) -> PageKey:
        cookie = request.cookies.get(COOKIE, "")
        return self.signer.page_key(_token(request), cookie, at=self.clock.now())

    def _with_pin(self, answer: Response, token: str, mark: str, *, at: datetime) -> Response:
        answer.headers.update(_HEADERS)
        if not mark:
            answer.delete_cookie(COOKIE, path="/p")
            return answer
        answer.set_cookie(
            COOKIE,
            self.signer.shown(token, mark, at=at),
            max_age=int(SHOWN_LASTS.total_seconds()),
            path="/p",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
        return answer


SAID_NO: Final = frozenset(
    {
        "NothingSaid",
        "WordTooLong",
        "PhotoUnfit",
        "PhotoAlone",
        "TopicUnfit",
        "PaceUnfit",
        "PinUnfit",
        "Overtaken",
    }
)
"""Refusals that the page says in a sentence of its own, by their names."""
_MOST: Final = {"WordTooLong": LONGEST_WORD, "PinUnfit": PIN_LONGEST}


def _told(query: Mapping[str, str], say: Say) -> Any:
    """What the page says of what was just done; only sentences of ours."""
    said, no = query.get("ok", ""), query.get("no", "")
    try:
        if no in SAID_NO:
            return say(f"no.{no}", most=_MOST.get(no, ""), least=PIN_SHORTEST)
        return say(f"ok.{said}") if said.replace("_", "").isalnum() else ""
    except KeyError:
        return ""


def _token(request: Request) -> str:
    token: str = request.path_params["token"][:LONGEST_TOKEN]
    return token


def _home(token: str) -> str:
    return f"/p/{token}"


def _start(request: Request) -> int:
    asked = request.query_params.get("from", "0")
    return min(int(asked), _MOST_START) if asked.isascii() and asked.isdigit() else 0
