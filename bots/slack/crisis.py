"""Calls for people, from Slack: taken, answered, no hurry after all, danger to life, by hand."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack.acking import Done, Outcome
from bots.slack.crisis_card import ANSWERED, BY_HAND, EMERGENCY, FALSE_ALARM, TAKE
from bots.slack.means import Means, locale_of
from core.agencies import Staff
from core.emergency import Danger
from core.ids import AlertId, CaseId
from core.usecases.courses.raise_emergency import raise_emergency
from core.usecases.crisis.acknowledge_alert import acknowledge_alert
from core.usecases.crisis.raise_alert import raise_alert
from core.usecases.crisis.settle_alert import settle_alert


class Crisis:
    """The buttons of a call, and the one on a case that brings a call about."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for what is done about a call."""
        app.action(TAKE)(self.take)
        app.action(ANSWERED)(self.answered)
        app.action(FALSE_ALARM)(self.no_hurry)
        app.action(EMERGENCY)(self.emergency)
        app.action(BY_HAND)(self.by_hand)

    async def take(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """受け取りました."""
        means = self._means

        async def do(staff: Staff) -> str:
            await acknowledge_alert(
                means.uow, alert_id=_alert(body), by=staff.id, at=means.clock.now()
            )
            return ""

        await self._do(ack, body, do, what="crisis.take")

    async def answered(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """お返事しました."""
        await self._settle(ack, body, answered=True)

    async def no_hurry(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """急ぎではありませんでした."""
        await self._settle(ack, body, answered=False)

    async def emergency(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """命の危険: the overlay of O18, with its legal ground, one tap away."""
        means = self._means

        async def do(staff: Staff) -> str:
            await raise_emergency(
                means.uow,
                case_id=CaseId(_value(body)),
                danger=Danger.LIFE,
                by=staff.id,
                at=means.clock.now(),
            )
            return say("crisis.emergency_begun", locale=locale_of(staff))

        await self._do(ack, body, do, what="crisis.emergency")

    async def by_hand(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """急いで人を呼ぶ."""
        means = self._means

        async def do(staff: Staff) -> str:
            at = means.clock.now()
            await raise_alert(
                means.uow,
                case_id=CaseId(_value(body)),
                by=staff.id,
                at=at,
                tz=means.tz,
                wait=means.settings.pager_wait,
                hours=means.settings.hours,
                closed_days=means.holidays(at),
            )
            return say("crisis.by_hand_done", locale=locale_of(staff))

        await self._do(ack, body, do, what="crisis.by_hand")

    async def _settle(self, ack: AsyncAck, body: dict[str, Any], *, answered: bool) -> None:
        means = self._means

        async def do(staff: Staff) -> str:
            at = means.clock.now()
            await settle_alert(
                means.uow,
                alert_id=_alert(body),
                answered=answered,
                by=staff.id,
                at=at,
                tz=means.tz,
                closed_days=means.holidays(at),
            )
            return say("crisis.note_please", locale=locale_of(staff))

        await self._do(ack, body, do, what="crisis.settle")

    async def _do(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        do: Callable[[Staff], Awaitable[str]],
        *,
        what: str,
    ) -> None:
        means = self._means

        async def work() -> str:
            return await do(await means.staff(body))

        async def in_time(outcome: Outcome[str]) -> None:
            await ack()
            await self._tell(body, outcome)

        async def late(outcome: Outcome[str]) -> None:
            await self._tell(body, outcome)

        await means.acking.answer(work(), what=what, in_time=in_time, not_yet=ack, late=late)

    async def _tell(self, body: dict[str, Any], outcome: Outcome[str]) -> None:
        """The cards change by themselves; what else there is to know is told to the presser."""
        means = self._means
        means.wake()
        if not isinstance(outcome, Done):
            await means.telling.quietly(body, means.why(outcome, locale=means.locale(body)))
        elif outcome.value:
            await means.telling.quietly(body, outcome.value)


def _value(body: dict[str, Any]) -> str:
    return str(body["actions"][0]["value"])


def _alert(body: dict[str, Any]) -> AlertId:
    return AlertId(_value(body))
