"""Deciding on letters: approve, confirm on the day, call off."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome, outcome_of
from bots.slack.approval_card import approval_face, author_face
from bots.slack.blocks import Json
from bots.slack.forms import open_form
from bots.slack.letter_buttons import APPROVE, STOP, Shown, read_shown
from bots.slack.means import Means, locale_of
from bots.slack.send_day_card import CONFIRM, LEAVE_OUT
from core.agencies import Staff
from core.ids import LetterId
from core.letters import Letter
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.confirm_letter import confirm_letter
from core.usecases.letters.show_letter import show_letter
from core.usecases.letters.stop_letter import stop_letter

READ: Final = "letter_read"
Decide = Callable[[Staff, Shown], Awaitable[Letter]]


class Approvals:
    """Letters, from the approver's side."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for decisions."""
        app.action(APPROVE)(self.approve)
        app.action(STOP)(self.stop)
        app.action(CONFIRM)(self.confirm)
        app.action(LEAVE_OUT)(self.leave_out)
        app.action(READ)(self.read)

    async def approve(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """承認する: the letter as it was shown is scheduled; its cards are drawn anew."""
        means = self._means

        async def decide(staff: Staff, shown: Shown) -> Letter:
            return await approve_letter(
                means.uow,
                letter_id=shown.letter_id,
                version=shown.version,
                facts=shown.facts,
                by=staff.id,
                at=means.clock.now(),
                press=means.press,
                proof=means.proof,
                closed_days=means.holidays(means.clock.now()),
            )

        await self._decide(ack, body, decide, what="letter.approve")

    async def stop(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """やめる: the letter will not be sent."""
        means = self._means

        async def decide(staff: Staff, shown: Shown) -> Letter:
            return await stop_letter(
                means.uow,
                letter_id=shown.letter_id,
                version=shown.version,
                by=staff.id,
                at=means.clock.now(),
            )

        await self._decide(ack, body, decide, what="letter.stop")

    async def confirm(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """このまま送る: on its day, the letter still fits."""
        means = self._means

        async def decide(staff: Staff, shown: Shown) -> Letter:
            now = means.clock.now()
            return await confirm_letter(
                means.uow,
                letter_id=shown.letter_id,
                version=shown.version,
                facts=shown.facts,
                by=staff.id,
                at=now,
                tz=means.tz,
                hours=means.settings.hours,
                closed_days=means.holidays(now),
            )

        await self._decide(ack, body, decide, what="letter.confirm")

    async def leave_out(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """きょうは送らない: the letter of the day is left out; those after it stand."""
        means = self._means

        async def decide(staff: Staff, shown: Shown) -> Letter:
            return await stop_letter(
                means.uow,
                letter_id=shown.letter_id,
                version=shown.version,
                by=staff.id,
                at=means.clock.now(),
                today_only=True,
            )

        await self._decide(ack, body, decide, what="letter.leave_out")

    async def read(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """読む on the Home page: the card in a view of its own."""
        await ack()
        letter_id = LetterId(str(body["actions"][0]["value"]).split(":")[0])
        open_form(self._means, body, lambda: self._letter_view(body, letter_id), what="letter.read")

    async def _decide(
        self, ack: AsyncAck, body: dict[str, Any], decide: Decide, *, what: str
    ) -> None:
        means = self._means
        shown = read_shown(str(body["actions"][0]["value"]))

        async def work() -> Letter:
            return await decide(await means.staff(body), shown)

        async def in_time(outcome: Outcome[Letter]) -> None:
            await ack()
            await self._tell(body, shown, outcome)

        async def late(outcome: Outcome[Letter]) -> None:
            await self._tell(body, shown, outcome)

        await means.acking.answer(work(), what=what, in_time=in_time, not_yet=ack, late=late)

    async def _tell(self, body: Mapping[str, Any], shown: Shown, outcome: Outcome[Letter]) -> None:
        """The cards change by themselves; a refusal is told to whoever pressed."""
        means = self._means
        means.wake()
        view = body.get("view") or {}
        in_view = view.get("type") == "modal"
        if in_view:
            fresh = self._letter_view(body, shown.letter_id)
            redrawn = await outcome_of(fresh, what="letter.read")
            if isinstance(redrawn, Done):
                await means.telling.redraw(str(view["id"]), redrawn.value)
        if not isinstance(outcome, Done):
            why = means.why(outcome, locale=means.locale(body))
            await means.telling.quietly(body, why)

    async def _letter_view(self, body: Mapping[str, Any], letter_id: LetterId) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        view = await show_letter(
            means.uow,
            letter_id=letter_id,
            viewer=staff.id,
            at=means.clock.now(),
            proof=means.proof,
            press=means.press,
        )
        make = author_face if view.letter.author_id == staff.id else approval_face
        return b.modal(
            say("home.letter_title", locale=locale),
            make(view, means, locale=locale).blocks,
            callback_id="letter_card",
            close=say("common.close", locale=locale),
        )
