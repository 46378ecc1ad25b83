"""One person's browser: opens a page of the product and acts on it by what stands there."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from bots.practice.browsing.cookies import Jar
from bots.practice.browsing.filling import Chosen, attach, fill, sent_by, told
from bots.practice.browsing.reading import see
from bots.practice.browsing.sights import Press, Sight
from bots.practice.refusals import NotPossible

MOST_REDIRECTS: Final = 10
GONE_ON: Final = frozenset({301, 302, 303, 307, 308})
NO_PAGE: Final = "ページが開いていません。Slack のリンクから開いてください。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What the browser asks the site; `form` is None for a GET.

    Attributes:
        pairs: of a form that is sent in parts, in place of `form`'s one text.
        files: by the names of their fields, of a form that is sent in parts.
    """

    address: str
    cookie: str
    form: str | None = None
    pairs: Sequence[tuple[str, str]] = ()
    files: Mapping[str, Chosen] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the site answers."""

    status: int
    kind: str
    text: str
    location: str | None = None
    cookies: Sequence[str] = ()
    file: str = ""


Ask = Callable[[Request], Awaitable[Answer]]


@dataclass(kw_only=True)
class Browser:
    """A browser with one page at a time.

    Attributes:
        origin: the only site it goes to, `http://127.0.0.1:8010`.
        ask: sends one request there.
        now: the practice clock.
        sight: the open page, if any.
        sent: what was last sent: the button and the filled fields, by label.
        file: the file that was last received instead of a page.
    """

    origin: str
    ask: Ask
    now: Callable[[], datetime]
    sight: Sight | None = None
    sent: Mapping[str, Any] | None = None
    file: str = ""
    _jar: Jar = field(default_factory=Jar)

    async def open(self, url: str) -> None:
        """Open an address of the site.

        Raises:
            NotPossible: it is another site's.
        """
        self.sent, self.file = None, ""
        await self._follow(self._address(url))

    async def press(
        self,
        label: str,
        *,
        values: Mapping[str, Any],
        where: str | None = None,
        through: bool = False,
        files: Mapping[str, Chosen] | None = None,
    ) -> None:
        """Follow a link or press a button, a form filled in first.

        Args:
            through: a link is followed to its form, which is filled in and sent by the button
                that is named as the link is.
            where: words that stand around it, where several are labelled alike.
            files: what is chosen in fields that take one, by label.

        Raises:
            NotPossible: nothing there has this label, or the form cannot be filled in so.
        """
        sight = self.open_sight()
        press = _pressed(sight, label, where=where)
        self.file = ""
        if press.href is not None:
            if (values or files) and not through:
                raise NotPossible(f"「{label}」はリンクで、入力欄がありません。")
            self.sent = None
            await self._leave(sight, press.href)
            if not through:
                return
            sight = self.open_sight()
            press = _sending(sight, label)
        form, chosen = attach(fill(sight.forms[press.form or 0], values), files or {})
        pairs = sent_by(form, press=press)
        self.sent = {"button": label, "values": told(form)}
        address = self._address(form.action)
        if form.method != "post":
            await self._follow(f"{address.partition('?')[0]}?{urlencode(pairs)}")
        elif form.in_parts:
            await self._follow(address, form="", pairs=pairs, files=chosen)
        else:
            await self._follow(address, form=urlencode(pairs))

    def open_sight(self) -> Sight:
        """The open page.

        Raises:
            NotPossible: there is none.
        """
        if self.sight is None:
            raise NotPossible(NO_PAGE)
        return self.sight

    def close(self) -> None:
        """Close the page; who one is stays known until the cookie ends."""
        self.sight, self.sent, self.file = None, None, ""

    async def _leave(self, sight: Sight, href: str) -> None:
        address, _, fragment = href.partition("#")
        if fragment and not address:
            return
        await self._follow(self._address(urljoin(sight.address, address)))

    async def _follow(
        self,
        address: str,
        *,
        form: str | None = None,
        pairs: Sequence[tuple[str, str]] = (),
        files: Mapping[str, Chosen] | None = None,
    ) -> None:
        for _ in range(MOST_REDIRECTS):
            path = urlsplit(address).path
            cookie = self._jar.header(path, at=self.now())
            request = Request(address=address, cookie=cookie, form=form, pairs=pairs, files=files)
            answer = await self.ask(request)
            self._jar.take(answer.cookies, at=self.now())
            if answer.status in GONE_ON and answer.location:
                address = self._address(urljoin(address, answer.location))
                if answer.status not in (307, 308):
                    form, pairs, files = None, (), None
                continue
            self._arrive(address, answer)
            return
        raise NotPossible("このページは、いつまでも別のページへ移り続けます。")

    def _arrive(self, address: str, answer: Answer) -> None:
        if answer.kind == "text/html":
            self.sight = see(answer.text, address=address, status=answer.status)
        else:
            self.file = answer.file or answer.kind

    def _address(self, url: str) -> str:
        """The path and query of an address of this site, without its fragment."""
        base = self.sight.address if self.sight else "/"
        parts = urlsplit(urljoin(self.origin + base, url))
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            raise NotPossible("このリンクは外のページへのもので、練習では開けません。")
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        return path + (f"?{parts.query}" if parts.query else "")


def _pressed(sight: Sight, label: str, *, where: str | None) -> Press:
    wanted = " ".join(label.split())
    named = [each for each in sight.presses if each.label == wanted]
    named = named or [each for each in sight.presses if each.short == wanted]
    # A deed's link says in brackets what it is about.
    named = named or [each for each in sight.presses if each.label.startswith(f"{wanted}(")]
    if where is not None:
        named = _nearest(named, where)
    if not named:
        said = f"「{label}」はこのページにありません。"
        raise NotPossible(said, labels=sight.labels)
    if len({(each.href, each.form, each.name, each.value) for each in named}) > 1:
        said = f"「{label}」はいくつもあります。where: でそばの言葉を書いてください。"
        raise NotPossible(said, labels=tuple(each.around[0] for each in named if each.around))
    return named[-1]


def _sending(sight: Sight, label: str) -> Press:
    """The button of a form that a link led to; the link says besides which record it is about."""
    buttons = [each for each in sight.presses if each.form is not None]
    named = [each for each in buttons if label.startswith(each.label)]
    if not named:
        raise NotPossible(f"「{label}」はリンクで、入力欄がありません。", labels=sight.labels)
    return named[-1]


def _nearest(named: list[Press], where: str) -> list[Press]:
    """Those around which the words stand most closely."""
    close = [
        (min(len(text) for text in each.around if where in text), each)
        for each in named
        if any(where in text for text in each.around)
    ]
    least = min((length for length, _ in close), default=0)
    return [each for length, each in close if length == least]
