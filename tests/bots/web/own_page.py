"""A's own page, as tests open it and press on it."""

import re
from dataclasses import dataclass
from html import unescape

from core.audit import PERSON
from core.page_ways import make_way
from tests.bots.web.browser import Browser, Office, Seen
from tests.people import A


async def way(office: Office) -> str:
    """The address of A's page, as a button under おたより leads to it."""
    async with office.uow.write() as work:
        token = await make_way(work, A.id, at=office.clock.now(), by=PERSON)
        await work.commit()
    return f"/p/{token}"


@dataclass
class OwnPage:
    """A with a phone on their own page.

    Attributes:
        shown: what the screen shows now.
    """

    office: Office
    browser: Browser
    base: str
    shown: Seen

    async def go(self, page: str = "") -> Seen:
        self.shown = await self.browser.get(self.base + page)
        return self.shown

    async def press(self, label: str, **fills: str) -> Seen:
        """Press the button that reads so, its form filled in."""
        action, fields = form_with(self.shown.text, label)
        fields = {name: value for name, value in fields.items() if name not in fills} | fills
        self.shown = await self.browser.post(action, *fields.items())
        return self.shown


async def at_home(office: Office, browser: Browser) -> OwnPage:
    """A has just opened the page."""
    base = await way(office)
    return OwnPage(office, browser, base, await browser.get(base))


def form_with(text: str, label: str) -> tuple[str, dict[str, str]]:
    """The form with this button: where it goes, and its hidden fields."""
    for form in re.findall(r"<form .*?</form>", text, re.S):
        button = re.search(r"<button[^>]*>(.*?)</button>", form, re.S)
        words = "" if button is None else re.sub(r"<rt>.*?</rt>|<[^>]*>|[()]", "", button[1])
        if "".join(unescape(words).split()) == "".join(label.split()).translate({40: "", 41: ""}):
            action = re.search(r'action="([^"]*)"', form)
            assert action is not None
            hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
            return action[1], {name: unescape(value) for name, value in hidden}
    raise AssertionError(f"no button {label} on the page")
