"""The staff pages that are open beside Slack: one browser for each member of staff."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

import aiohttp

from bots.practice.browsing.browser import Answer, Browser, Request
from bots.practice.clock import PracticeClock
from bots.practice.refusals import NotPossible
from bots.practice.screens import SlackScreens

ANSWERS_WITHIN: Final = aiohttp.ClientTimeout(total=60)


class Settle(Protocol):
    """Lets everything come to rest."""

    async def __call__(self, until: datetime | None = None) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class WayIn:
    """How one comes to a case from Slack: a command with its name, then what is pressed.

    Attributes:
        labels: what the button says, in each language of the workspace.
    """

    command: str
    labels: tuple[str, ...]


class Pages:
    """Opens what Slack links to, and acts there by visible label. Screens are looked at as JSON."""

    def __init__(
        self,
        *,
        slack: SlackScreens,
        clock: PracticeClock,
        settle: Settle,
        origin: str,
        way_in: WayIn,
    ) -> None:
        """`origin` is where the product answers: the only site that is opened."""
        self._slack = slack
        self._clock = clock
        self._settle = settle
        self._origin = origin.rstrip("/")
        self._way_in = way_in
        self._browsers: dict[str, Browser] = {}
        self._links: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None

    def screen(self, user: str) -> dict[str, Any]:
        """The open page as `{"user", "open": true, ...}`: `Sight.as_json`, `sent`, `file`, `link`.

        `link` is the address in Slack by which it was entered. Without a page: `{"user",
        "open": false}`.
        """
        browser = self._browsers.get(user)
        if browser is None or browser.sight is None:
            return {"user": user, "open": False}
        seen = browser.sight.as_json()
        more = {"sent": browser.sent, "file": browser.file, "link": self._links.get(user)}
        return {"user": user, "open": True, **seen, **more}

    def words(self, user: str) -> str:
        """Everything that can be read on the open page; "" without one."""
        page = self.screen(user)
        return "\n".join((page["title"], page["text"], page["file"])) if page["open"] else ""

    async def visit(self, user: str, label: str, *, where: str | None = None) -> None:
        """Press what Slack labels so, and open the page it leads to.

        A window in between that holds one link is gone through, and so is a page that holds one
        button and nothing else to do.

        Raises:
            NotPossible: no such label, or it leads to no page of the product.
        """
        before = self._screen(user).get("links_opened")
        more = {} if where is None else {"where": where}
        await self._slack.click(user, label, **more)
        await self._settle()
        modal = self._screen(user).get("modal")
        links = list(_links(modal.get("blocks", ()))) if modal else []
        if len(links) == 1:
            await self._slack.click(user, links[0])
            await self._slack.close(user)
            await self._settle()
        shown = self._screen(user)
        if shown.get("links_opened") == before:
            raise NotPossible(f"「{label}」を押しても、ページは開きませんでした。")
        browser = self.browser(user)
        self._links[user] = str(shown["opened_url"])
        await browser.open(self._links[user])
        await self._through_the_door(browser)

    async def case(self, user: str, alias: str) -> None:
        """Open the page of a case.

        Raises:
            NotPossible: this colleague is not shown such a case.
        """
        await self._slack.command(user, self._way_in.command, alias)
        await self._settle()
        shown = json.dumps(self._screen(user).get("dms", ()), ensure_ascii=False)
        labels = [label for label in self._way_in.labels if f'"{label}"' in shown]
        await self.visit(user, (labels or self._way_in.labels)[0], where=alias)

    async def press(
        self,
        user: str,
        label: str,
        *,
        values: Mapping[str, Any] | None = None,
        where: str | None = None,
    ) -> None:
        """Follow a link or press a button of the open page, its form filled in first.

        Values given to a link fill in the form that it leads to, and send it.

        Raises:
            NotPossible: no page is open, or it holds no such label, field or option.
        """
        browser = self.browser(user)
        await browser.press(label, values=values or {}, where=where, through=values is not None)

    def leave(self, user: str) -> None:
        """Close the page.

        Raises:
            NotPossible: none is open.
        """
        browser = self.browser(user)
        browser.open_sight()
        browser.close()

    async def aclose(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _through_the_door(self, browser: Browser) -> None:
        sight = browser.open_sight()
        if len(sight.presses) == 1 and sight.presses[0].form is not None:
            if not any(form.fields for form in sight.forms):
                await browser.press(sight.presses[0].label, values={})
            browser.sent = None

    def _screen(self, user: str) -> Mapping[str, Any]:
        return self._slack.screen(user).as_json()

    def is_ours(self, url: str) -> bool:
        """Whether this address is the product's own."""
        return url.startswith(f"{self._origin}/")

    def browser(self, user: str) -> Browser:
        """This user's browser on the site; a phone has one of its own."""
        if user not in self._browsers:
            self._browsers[user] = Browser(origin=self._origin, ask=self._ask, now=self._clock.now)
        return self._browsers[user]

    async def _ask(self, request: Request) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(), timeout=ANSWERS_WITHIN, trust_env=False
            )
        headers = {"Accept": "text/html", "Accept-Language": "ja"}
        if request.cookie:
            headers["Cookie"] = request.cookie
        if request.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = self._origin
        async with self._session.request(
            "GET" if request.form is None else "POST",
            self._origin + request.address,
            headers=headers,
            data=request.form,
            allow_redirects=False,
        ) as answer:
            if answer.status >= 500:
                raise NotPossible(f"このページは、いま開けません({answer.status})。")
            disposition = answer.content_disposition
            return Answer(
                status=answer.status,
                kind=answer.content_type,
                text=await answer.text() if answer.content_type.startswith("text/") else "",
                location=answer.headers.get("Location"),
                cookies=tuple(answer.headers.getall("Set-Cookie", [])),
                file=(disposition.filename or "") if disposition else "",
            )


def _links(blocks: Iterable[Any]) -> Iterable[str]:
    """The labels of the link buttons in a window."""
    for each in blocks:
        if isinstance(each, Mapping):
            if each.get("type") == "button" and each.get("url"):
                yield str(each["text"]["text"])
            else:
                yield from _links(each.values())
        elif isinstance(each, list | tuple):
            yield from _links(each)
