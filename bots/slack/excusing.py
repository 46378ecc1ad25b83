"""わけを読んで承認する: stopped words are approved once their author's reason is read."""

import json
from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome
from bots.slack.approval_card import stopped_with_reason
from bots.slack.blocks import Json
from bots.slack.forms import again, done, open_form, saving
from bots.slack.letter_buttons import APPROVE_EXCUSED, Shown, read_shown
from bots.slack.means import Means, locale_of
from core.excuses import listed
from core.letters import Letter
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.show_letter import LetterView, show_letter

EXCUSED_FORM: Final = "letter_excused_form"


class Excusing:
    """Shows what was stopped, why it stands and the words, then approves."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for the button and for its form."""
        app.action(APPROVE_EXCUSED)(self.ask)
        app.view(EXCUSED_FORM)(self.decide)

    async def ask(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form, with everything read anew."""
        await ack()
        shown = read_shown(str(body["actions"][0]["value"]))
        open_form(self._means, body, lambda: self._form(body, shown), what="letter.read_reason")

    async def decide(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """承認する: with the codes that were shown, and no others."""
        means, locale = self._means, self._means.locale(body)
        about = json.loads(body["view"]["private_metadata"])

        async def work() -> Letter:
            shown = read_shown(about["shown"])
            staff = await means.staff(body)
            letter = await approve_letter(
                means.uow,
                letter_id=shown.letter_id,
                version=shown.version,
                facts=shown.facts,
                by=staff.id,
                at=means.clock.now(),
                press=means.press,
                proof=means.proof,
                closed_days=means.holidays(means.clock.now()),
                excused=frozenset(about["codes"]),
            )
            means.wake()
            return letter

        async def in_time(outcome: Outcome[Letter]) -> None:
            if isinstance(outcome, Done):
                # The letter may lie open below, as it was before.
                await ack(response_action="clear")
                return
            why = means.why(outcome, locale=locale)
            await ack(response_action="update", view=again(body["view"], why))
            means.wake()

        async def not_yet() -> None:
            await ack(response_action="update", view=saving(body, locale))

        async def late(outcome: Outcome[Letter]) -> None:
            await self._afterwards(body, outcome)

        await means.acking.answer(
            work(), what="letter.approve_excused", in_time=in_time, not_yet=not_yet, late=late
        )

    async def _form(self, body: Mapping[str, Any], shown: Shown) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        view = await show_letter(
            means.uow,
            letter_id=shown.letter_id,
            viewer=staff.id,
            at=means.clock.now(),
            proof=means.proof,
        )
        title = say("approvals.excused_title", locale=locale)
        if not view.may_decide or not view.to_accept:
            return done(title, say("approvals.excused_over", locale=locale), locale)
        return form_of_reason(view, shown, locale=locale)

    async def _afterwards(self, body: Mapping[str, Any], outcome: Outcome[Letter]) -> None:
        means, view_id = self._means, str(body["view"]["id"])
        locale = means.locale(body)
        if isinstance(outcome, Done):
            text = say("approvals.excused_done", locale=locale)
            view = done(say("common.done", locale=locale), text, locale)
            await means.telling.follow_up(view_id, view)
            return
        why = means.why(outcome, locale=locale)
        if not await means.telling.follow_up(view_id, again(body["view"], why)):
            await means.telling.quietly(body, why)


def form_of_reason(view: LetterView, shown: Shown, *, locale: str) -> Json:
    """The words, what was stopped and why it stands.

    Args:
        shown: as the card showed the letter; whoever saw older words is told that they changed.
    """
    ask = say("approvals.excused_ask", locale=locale, codes=listed(view.to_accept))
    return b.modal(
        say("approvals.excused_title", locale=locale),
        [
            b.section(f"*{say('approvals.words', locale=locale)}*"),
            *b.exact(view.letter.body),
            *stopped_with_reason(view, locale=locale),
            b.context(b.escape(ask)),
        ],
        callback_id=EXCUSED_FORM,
        submit=say("approvals.excused_submit", locale=locale),
        close=say("common.close", locale=locale),
        metadata=json.dumps({"shown": shown.value, "codes": sorted(view.to_accept)}),
    )
