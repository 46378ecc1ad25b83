"""The stage: the practice page and the HTTP driver over both emulators and the clock."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bots.practice.asking import Wrong, asked_of, picture_of
from bots.practice.clock import PracticeClock
from bots.practice.driver import Act, PhoneDriver, SlackDriver, labels_on
from bots.practice.durations import TOKYO, spoken
from bots.practice.faults import Faults
from bots.practice.guarding import guarded, refused
from bots.practice.guide import Deed, Guide, GuideStep
from bots.practice.happened import Happening, Happenings, Lookout
from bots.practice.page_driver import PageDriver
from bots.practice.pages import Pages
from bots.practice.phone_pages import PhonePages
from bots.practice.planning import fault_asked, planned_json
from bots.practice.refusals import NotPossible
from bots.practice.screens import LineScreens, SlackScreens
from bots.practice.story import StoryRun
from bots.practice.walking import time_asked

logger = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}


class Settle(Protocol):
    """Lets the product and both emulators come to rest; given by whoever wires practice mode."""

    async def __call__(self, until: datetime | None = None) -> None:
        """Rest at the present time, or walk the clock to `until` through everything due."""


class Stage:
    """Practice mode's front: one page, and the same screens as JSON for scripts (INTERFACES §4).

    Every act waits until all is at rest and answers with the new screen of the one who acted.
    What a sender gets wrong is answered 4xx with `{"error", "labels"}` in plain Japanese.
    """

    def __init__(
        self,
        *,
        line: LineScreens,
        slack: SlackScreens,
        clock: PracticeClock,
        faults: Faults,
        settle: Settle,
        pages: Pages,
        guide: Sequence[GuideStep | str | Mapping[str, Any]] | None = None,
        story: StoryRun | None = None,
        stories: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """`stories` are what the page's menu offers; `story` is the one that is being played."""
        self._phones = PhoneDriver(line, PhonePages(line, pages))
        self._slack = SlackDriver(slack)
        self._pages = PageDriver(pages)
        self._story = story
        self._stories = tuple(stories)
        self._clock = clock
        self._faults = faults
        self._settle = settle
        self._guide = Guide(guide or ())
        self._happenings = Happenings()
        self._lookout = Lookout()
        # Acts may overlap, as two people's clicks do; resting and walking take turns.
        self._turn = asyncio.Lock()
        self._walking_to: datetime | None = None
        self._opened = False

    def routes(self) -> list[BaseRoute]:
        """The routes of /practice, to be placed before the mounts of the two emulators."""
        slack = [
            self._verb_route("slack", verb, act, self._slack.screen)
            for verb, act in self._slack.verbs.items()
        ]
        pages = [
            self._verb_route("pages", verb, act, self._pages.screen)
            for verb, act in self._pages.verbs.items()
        ]
        return [
            Route("/practice", self._page, methods=["GET"]),
            Route("/practice/stage", guarded(self._whole), methods=["GET"]),
            Route("/practice/clock", guarded(self._clock_shown), methods=["GET"]),
            Route("/practice/clock", guarded(self._clock_moved), methods=["POST"]),
            Route("/practice/faults", guarded(self._faults_shown), methods=["GET"]),
            Route("/practice/faults", guarded(self._fault_planned), methods=["POST"]),
            Route("/practice/faults", guarded(self._faults_cleared), methods=["DELETE"]),
            Route("/practice/phones", guarded(self._phone_names), methods=["GET"]),
            Route("/practice/phones/{name}", guarded(self._phone_shown), methods=["GET"]),
            Route("/practice/phones/{name}/photo", guarded(self._photo), methods=["POST"]),
            Route("/practice/phones/{name}/{verb}", guarded(self._phone_verb), methods=["POST"]),
            Route("/practice/slack/{user}", guarded(self._slack_shown), methods=["GET"]),
            Route("/practice/slack/{user}/options", guarded(self._options), methods=["POST"]),
            *slack,
            Route("/practice/pages/{user}", guarded(self._page_shown), methods=["GET"]),
            *pages,
            Route("/practice/story/next", guarded(self._story_on), methods=["POST"]),
            Route("/practice/story", guarded(self._story_left), methods=["DELETE"]),
            Mount("/practice/static", StaticFiles(directory=PAGE / "static")),
        ]

    # The page

    async def _page(self, request: Request) -> Response:
        return FileResponse(
            PAGE / "templates" / "practice.html", media_type="text/html", headers=HEADERS
        )

    async def _whole(self, request: Request) -> Response:
        """Everything the page shows for `?phone=` and `?user=`; 304 when nothing changed."""
        await self._curtain()
        phone = self._known(request.query_params.get("phone"), among=self._phones.names())
        user = self._known(request.query_params.get("user"), among=self._slack.names())
        self._look_around()
        shown = {
            "clock": self._clock_json(),
            "walking_to": spoken(self._walking_to) if self._walking_to else None,
            "phones": [self._phone_entry(name) for name in self._phones.names()],
            "people": [self._desk_entry(name) for name in self._slack.names()],
            "phone": self._phones.screen(phone) if phone else None,
            "workspace": self._slack.screen(user) if user else None,
            "page": self._pages.screen(user) if user else None,
            "story": self._story.as_json() if self._story else None,
            "stories": list(self._stories),
            "guide": self._guide.as_json(),
            "happened": self._happenings.as_json(),
            "planned": planned_json(self._faults.planned()),
            "verbs": sorted(self._slack.verbs),
            "offers": self._slack.offers(),
        }
        body = json.dumps(shown, ensure_ascii=False).encode()
        # The second hand alone is no news.
        same = {**shown, "clock": spoken(self._clock.now())}
        tag = f'"{sha256(json.dumps(same).encode()).hexdigest()[:24]}"'
        headers = {"etag": tag, "cache-control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    def _phone_entry(self, name: str) -> dict[str, Any]:
        return {"name": name, "unseen": len(self._phones.screen(name).get("lock_screen") or ())}

    def _desk_entry(self, name: str) -> dict[str, Any]:
        return {"name": name, "unseen": len(self._slack.screen(name).get("notifications") or ())}

    # The clock

    def _clock_json(self) -> dict[str, str]:
        now = self._clock.now()
        return {"at": now.astimezone(TOKYO).isoformat(timespec="seconds"), "label": spoken(now)}

    async def _clock_shown(self, request: Request) -> Response:
        return JSONResponse(self._clock_json())

    async def _clock_moved(self, request: Request) -> Response:
        asked = await asked_of(request)
        asked.only("at", "advance")
        async with self._turn:
            until = time_asked(asked, now=self._clock.now())
            self._look_around()
            self._walking_to = until
            try:
                await self._settle(until)
                if self._clock.now() < until:
                    self._clock.move_to(until)
            finally:
                self._walking_to = None
            said = f"時計を {spoken(until)} まで進めました"
            self._look_around(self._done(Deed(verb="clock", said=said, label=spoken(until))))
        return JSONResponse(self._clock_json())

    # The fault switch

    async def _faults_shown(self, request: Request) -> Response:
        return JSONResponse({"planned": planned_json(self._faults.planned())})

    async def _fault_planned(self, request: Request) -> Response:
        fault = fault_asked(await asked_of(request))
        self._faults.plan(fault)
        service = {"line": "LINE", "slack": "Slack"}[fault.service]
        times = f"({fault.count}回)" if fault.count > 1 else ""
        self._done(Deed(verb="fault", said=f"次の {service} の通信が失敗するようにしました{times}"))
        return await self._faults_shown(request)

    async def _faults_cleared(self, request: Request) -> Response:
        self._faults.clear()
        self._done(Deed(verb="fault", said="失敗の予定を取り消しました"))
        return await self._faults_shown(request)

    # Phones

    async def _phone_names(self, request: Request) -> Response:
        return JSONResponse({"phones": list(self._phones.names())})

    async def _phone_shown(self, request: Request) -> Response:
        await self._curtain()
        name = self._known(request.path_params["name"], among=self._phones.names())
        return JSONResponse(self._phones.screen(name))

    async def _phone_verb(self, request: Request) -> Response:
        name = self._known(request.path_params["name"], among=self._phones.names())
        verb = self._phones.verbs.get(request.path_params["verb"])
        if verb is None:
            labels = (*self._phones.verbs, "photo")
            raise Wrong(404, "電話ではその操作はできません。", labels=labels)
        asked = await asked_of(request)
        return await self._acted(lambda: verb(name, asked), shown=lambda: self._phones.screen(name))

    async def _photo(self, request: Request) -> Response:
        name = self._known(request.path_params["name"], among=self._phones.names())
        picture = await picture_of(request)
        return await self._acted(
            lambda: self._phones.photo(name, picture=picture),
            shown=lambda: self._phones.screen(name),
        )

    # Slack

    async def _slack_shown(self, request: Request) -> Response:
        await self._curtain()
        user = self._known(request.path_params["user"], among=self._slack.names())
        return JSONResponse(self._slack.screen(user))

    async def _page_shown(self, request: Request) -> Response:
        await self._curtain()
        user = self._known(request.path_params["user"], among=self._slack.names())
        return JSONResponse(self._pages.screen(user))

    def _verb_route(
        self, place: str, verb: str, act: Act, screen: Callable[[str], dict[str, Any]]
    ) -> Route:
        async def handle(request: Request) -> Response:
            user = self._known(request.path_params["user"], among=self._slack.names())
            asked = await asked_of(request)
            return await self._acted(lambda: act(user, asked), shown=lambda: screen(user))

        return Route(f"/practice/{place}/{{user}}/{verb}", guarded(handle), methods=["POST"])

    async def _options(self, request: Request) -> Response:
        """What an external select offers: `{"label", "query"}` → `{"options": [...]}`."""
        user = self._known(request.path_params["user"], among=self._slack.names())
        asked = await asked_of(request)
        asked.only("label", "query")
        label, query = asked.text("label"), asked.maybe_text("query") or ""
        try:
            options = await self._slack.options(user, label=label, query=query)
        except NotPossible as refusal:
            raise refused(refusal, screen=self._slack.screen(user)) from refusal
        return JSONResponse({"options": options})

    # The story

    async def _story_on(self, request: Request) -> Response:
        """Play the next step; answers with the story."""
        story = self._story
        if story is None:
            raise Wrong(409, "いまは物語を選んでいません。")
        await self._curtain()
        async with self._turn:
            self._look_around()
            try:
                deed = await story.next()
            except NotPossible as refusal:
                raise Wrong(409, refusal.sentence) from refusal
            self._look_around(self._done(deed))
        return JSONResponse(story.as_json())

    async def _story_left(self, request: Request) -> Response:
        """Put the story away; the town stays as it is."""
        self._story = None
        return JSONResponse({})

    # What they share

    async def _curtain(self) -> None:
        """Before the first look, what the town's own past brings about comes to rest."""
        if self._opened:
            return
        async with self._turn:
            if not self._opened:
                await self._settle()
                self._opened = True

    def _known(self, name: str | None, *, among: Sequence[str]) -> str:
        if name is None:
            return among[0] if among else ""
        if name not in among:
            raise Wrong(404, f"「{name}」という名前の画面はありません。", labels=among)
        return name

    async def _acted(
        self, act: Callable[[], Awaitable[Deed]], *, shown: Callable[[], dict[str, Any]]
    ) -> Response:
        await self._curtain()
        self._look_around()
        try:
            deed = await act()
        except NotPossible as refusal:
            raise refused(refusal, screen=shown()) from refusal
        except (LookupError, ValueError) as error:
            # The edge for values an emulator could not read; logged, since it may be a bug there.
            logger.warning("practice.act_not_understood", exc_info=error)
            labels = labels_on(shown())
            raise Wrong(422, "その値はここでは使えません。", labels=labels) from error
        happening = self._done(deed)
        async with self._turn:
            await self._settle()
        self._look_around(happening)
        return JSONResponse(shown())

    def _done(self, deed: Deed) -> Happening:
        """Write down what was done, before its outcome is known."""
        self._guide.see(deed)
        return self._happenings.note(at=self._clock.now(), deed=deed)

    def _look_around(self, of: Happening | None = None) -> None:
        """Write down what has newly appeared on any screen, as the outcome `of` a deed."""
        seen = self._lookout.look(
            phones={name: self._phones.screen(name) for name in self._phones.names()},
            desks={name: self._slack.screen(name) for name in self._slack.names()},
        )
        self._happenings.appeared(at=self._clock.now(), seen=seen, of=of)
