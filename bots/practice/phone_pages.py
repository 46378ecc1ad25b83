"""Pages of the product that people open on their phones: what a bubble's button leads to.

A page lies over the talk until it is left; so a label is looked for on it first.
"""

from collections.abc import Mapping
from typing import Any

from bots.practice.browsing.browser import Browser
from bots.practice.pages import Pages
from bots.practice.screens import LineScreens


class PhonePages:
    """One browser for each phone."""

    def __init__(self, line: LineScreens, pages: Pages) -> None:
        """`pages` has the site and keeps the browsers."""
        self._phones = line.phones
        self._pages = pages

    def screen(self, name: str) -> dict[str, Any] | None:
        """The open page (`Sight.as_json`); None without one."""
        sight = self._browser(name).sight
        return None if sight is None else sight.as_json()

    def words(self, name: str) -> str:
        """Everything that can be read on the open page; "" without one."""
        page = self.screen(name)
        return "" if page is None else "\n".join((page["title"], page["text"]))

    async def tap(self, name: str, label: str, **extras: Any) -> None:
        """Press what reads so: on the open page, else in the talk. What leads to a page of the
        product opens it.

        Raises:
            NotPossible: nothing there reads so.
        """
        browser, phone = self._browser(name), self._phones.get(name)
        if browser.sight is not None and not extras and label in browser.sight.labels:
            await browser.press(label, values={})
            return
        before = phone.screen().as_json()["links_opened"]
        await phone.tap(label, **extras)
        shown = phone.screen().as_json()
        if shown["links_opened"] != before and self._pages.is_ours(str(shown["opened_url"])):
            await browser.open(str(shown["opened_url"]))

    async def press(
        self,
        name: str,
        label: str,
        *,
        values: Mapping[str, Any] | None = None,
        where: str | None = None,
    ) -> None:
        """Follow a link or press a button of the open page, its form filled in first.

        Raises:
            NotPossible: no page is open, or it holds no such label, field or option.
        """
        await self._browser(name).press(
            label, values=values or {}, where=where, through=values is not None
        )

    def leave(self, name: str) -> None:
        """Close the page; the talk is there again.

        Raises:
            NotPossible: none is open.
        """
        browser = self._browser(name)
        browser.open_sight()
        browser.close()

    def _browser(self, name: str) -> Browser:
        return self._pages.browser(f"phone {name}")
