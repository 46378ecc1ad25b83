"""Opening the Home tab, and seeing more of it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.slack.acking import Done, outcome_of
from bots.slack.blocks import Json
from bots.slack.home_view import MORE, home_view, stranger_view
from bots.slack.means import Means, locale_of
from bots.slack.telling import UNREACHED, error_name
from core.agencies import Staff
from core.ids import StaffId
from core.outbox import CardKind
from core.usecases.cards.open_card import open_card
from core.usecases.desk.show_desk import show_desk

log = structlog.get_logger("slack")


class Home:
    """The Home tab is a card like others: opened once, drawn anew at every change."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._shown: dict[StaffId, dict[str, int]] = defaultdict(dict)

    def register(self, app: AsyncApp) -> None:
        """Listen for the Home tab."""
        app.event("app_home_opened")(self.opened)
        app.action(MORE)(self.more)

    async def opened(self, body: dict[str, Any]) -> None:
        """Have it drawn, now and at every change."""
        if body["event"].get("tab") != "home":
            return
        await self._means.acking.keep(self._open(body))

    async def more(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """さらに表示: the rows of one section go on."""
        await ack()
        name, _, count = str(body["actions"][0]["value"]).partition(":")
        await self._means.acking.keep(self._open(body, more={name: int(count)}))

    async def view(self, staff: Staff) -> Json:
        """The Home tab of this colleague, as the record is now."""
        means = self._means
        desk = await show_desk(means.uow, staff_id=staff.id, day_ends=means.day_ends())
        return home_view(desk, means, shown=self._shown[staff.id], locale=locale_of(staff))

    async def _open(self, body: Mapping[str, Any], *, more: dict[str, int] | None = None) -> None:
        outcome = await outcome_of(self._touch(body, more or {}), what="home.opened")
        if isinstance(outcome, Done):
            self._means.wake()
            return
        account = self._means.account(body)
        why = self._means.why(outcome, locale=self._means.locale(body))
        try:
            await self._means.client.views_publish(user_id=account.user_id, view=stranger_view(why))
        except UNREACHED as error:
            log.warning("slack.home_not_shown", error=error_name(error))

    async def _touch(self, body: Mapping[str, Any], more: dict[str, int]) -> None:
        means = self._means
        staff = await means.staff(body)
        if more:
            self._shown[staff.id] |= more
        else:
            self._shown.pop(staff.id, None)
        await open_card(
            means.uow,
            kind=CardKind.HOME,
            subject_id=staff.id,
            viewer=staff.id,
            at=means.clock.now(),
        )
