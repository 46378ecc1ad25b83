"""The staff pages on a loopback port, and a browser that knows no scripts."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from types import TracebackType
from typing import Self

import aiohttp

from bots.web.passes import make_staff_link
from core.agencies import Staff
from core.cases import Case
from core.ids import ReplyId
from core.ports import UnitOfWork
from core.replies import Reply, ReplyKind
from tests.people import A12, MIDORI, MONDAY, SATO, A

Part = tuple[int, bytes, dict[str, str]]
KEY = b"a key for staff pages, in tests only"


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Seen:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]
    path: str

    @property
    def words(self) -> str:
        """The text that a reader sees, in one line."""
        body = self.text[self.text.find("<body") :]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The hidden fields of its forms."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.text)
        return [(name, unescape(value)) for name, value in found]

    def more(self, part: str) -> str:
        """Where もっと見る of this list leads, "" where there is no more."""
        found = re.search(rf'href="(/s/cases/[^"]*/older/{part}\?[^"]*)"', self.text)
        return unescape(found.group(1)) if found else ""


class Browser:
    """Follows redirects and keeps cookies, as browsers do."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def get(self, path: str) -> Seen:
        return await self._ask("GET", path)

    async def head(self, path: str) -> Seen:
        return await self._ask("HEAD", path)

    async def post(self, path: str, *fields: tuple[str, str]) -> Seen:
        return await self._ask("POST", path, fields)

    async def send(self, path: str, fields: dict[str, str], *, file: tuple[str, bytes]) -> Seen:
        """Send a form with a file: its name, and the bytes."""
        form = aiohttp.FormData()
        for name, value in fields.items():
            form.add_field(name, value)
        name, content = file
        form.add_field(name, content, filename="chirashi", content_type="application/octet-stream")
        async with self._http.post(self.origin + path, data=form) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Seen(answer.status, await answer.text(), headers, answer.url.path)

    async def bytes(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers."""
        async with self._http.get(self.origin + path) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, await answer.read(), headers

    async def part(self, path: str, asked: str) -> Part:
        """Status, body and headers of a part (`bytes=0-1`)."""
        async with self._http.get(self.origin + path, headers={"range": asked}) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, await answer.read(), headers

    async def open(self, link: str) -> Seen:
        """What a colleague does: open the link, press the button."""
        shown = await self.get(link)
        assert (shown.status, "開く" in shown.words) == (200, True), shown.words
        return await self.post(link)

    def cookies(self) -> dict[str, str]:
        """What the browser keeps."""
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}

    def forget(self, name: str, value: str) -> None:
        """Put another value in a cookie's place."""
        self._http.cookie_jar.clear()
        self._http.cookie_jar.update_cookies({name: value})

    async def _ask(self, method: str, path: str, fields: tuple[tuple[str, str], ...] = ()) -> Seen:
        url = path if path.startswith("http") else self.origin + path
        async with self._http.request(method, url, data=list(fields) or None) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Seen(answer.status, await answer.text(), headers, answer.url.path)


@dataclass
class Office:
    """The house behind the pages."""

    uow: UnitOfWork
    clock: Clock
    origin: str = ""
    _links: int = field(default=0)

    def link(self, *, staff: Staff = SATO, case: Case = A12, key: bytes = KEY) -> str:
        """A fresh link for this colleague."""
        self._links += 1
        return make_staff_link(
            self.origin, key, staff.id, case.id, at=self.clock.now(), nonce=f"nonce-{self._links}"
        )

    async def reply(self, text: str, *, kind: ReplyKind = ReplyKind.TEXT) -> ReplyId:
        """A writes something."""
        async with self.uow.write() as work:
            reply = Reply(
                id=ReplyId(work.new_id()),
                municipality_id=MIDORI,
                person_id=A.id,
                case_id=A12.id,
                kind=kind,
                text=text,
                message_id=None,
                occurred_at=self.clock.now(),
                received_at=self.clock.now(),
            )
            await work.replies.add(reply)
            await work.commit()
            return reply.id

    async def deeds(self) -> list[tuple[str, str]]:
        """The case's trail: (action, who)."""
        async with self.uow.read() as work:
            trail = await work.audit.of_case(A12.id)
            return [(entry.event.action, entry.event.actor) for entry in trail]
