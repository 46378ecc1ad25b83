"""Acts on the staff pages over HTTP, by visible label."""

from collections.abc import Mapping
from typing import Any

from bots.practice.asking import Asked
from bots.practice.browsing.filling import Chosen
from bots.practice.driver import Act, values_of
from bots.practice.guide import Deed
from bots.practice.pages import Pages


class PageDriver:
    """The verbs of the staff pages."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.verbs: Mapping[str, Act] = {
            "case": self._case,
            "visit": self._visit,
            "press": self._press,
            "leave": self._leave,
        }

    def screen(self, user: str) -> dict[str, Any]:
        """The page this user has open."""
        return self._pages.screen(user)

    async def _case(self, user: str, asked: Asked) -> Deed:
        asked.only("alias")
        alias = asked.text("alias", longest=60)
        await self._pages.case(user, alias)
        return _deed("case", user, alias, said=f"{alias} の案件のページを開きました")

    async def _visit(self, user: str, asked: Asked) -> Deed:
        asked.only("label", "where")
        label = asked.text("label")
        await self._pages.visit(user, label, where=asked.maybe_text("where"))
        return _deed("visit", user, label, said=f"「{label}」からページを開きました")

    async def _press(self, user: str, asked: Asked) -> Deed:
        asked.only("label", "where", "fill", files=True)
        label, given = asked.text("label"), asked.fields.get("fill")
        values = None if given is None else values_of(given)
        files = {
            field: Chosen(filename=name, content=content)
            for field, (name, content) in asked.files.items()
        }
        where = asked.maybe_text("where")
        await self._pages.press(user, label, values=values, where=where, files=files)
        return _deed("press", user, label, said=f"ページで「{label}」を押しました")

    async def _leave(self, user: str, asked: Asked) -> Deed:
        asked.only()
        self._pages.leave(user)
        return _deed("leave", user, "", said="ページを閉じました")


def _deed(verb: str, user: str, label: str, *, said: str) -> Deed:
    return Deed(verb=verb, said=said, who=user, on="page", label=label)
