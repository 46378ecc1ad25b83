"""Decisions on a letter that take a sentence: giving it back, and approving one's own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome
from bots.slack.blocks import Json
from bots.slack.forms import again, done, saving, values
from bots.slack.letter_buttons import APPROVE_OWN, RETURN, Shown, read_shown
from bots.slack.means import Means
from bots.slack.private_words import found_private
from core.agencies import Staff
from core.letters import Letter
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.return_letter import return_letter

RETURN_FORM: Final = "letter_return_form"
OWN_FORM: Final = "letter_own_form"
NOTE_MOST: Final = 200
Decide = Callable[[Means, Staff, Shown, str], Awaitable[Letter]]


async def _give_back(means: Means, staff: Staff, shown: Shown, note: str) -> Letter:
    return await return_letter(
        means.uow,
        letter_id=shown.letter_id,
        version=shown.version,
        by=staff.id,
        at=means.clock.now(),
        note=note,
    )


async def _approve_own(means: Means, staff: Staff, shown: Shown, reason: str) -> Letter:
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
        own_reason=reason,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One decision with its form.

    Attributes:
        words: section and stem of its words: `<words>_title`, `_submit`, `_note`, `_hint`,
            and `_done` for afterwards.
    """

    action: str
    form: str
    words: str
    what: str
    decide: Decide


QUESTIONS: Final = (
    Question(
        action=RETURN,
        form=RETURN_FORM,
        words="approvals.return",
        what="letter.return",
        decide=_give_back,
    ),
    Question(
        action=APPROVE_OWN,
        form=OWN_FORM,
        words="approvals.own",
        what="letter.approve_own",
        decide=_approve_own,
    ),
)


class Explaining:
    """Asks for the sentence, then decides."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for the buttons and for their forms."""
        for question in QUESTIONS:
            app.action(question.action)(self._asking(question))
            app.view(question.form)(self._deciding(question))

    def _asking(self, question: Question) -> Callable[..., Awaitable[None]]:
        means = self._means

        async def ask(ack: AsyncAck, body: dict[str, Any]) -> None:
            """Nothing has to be looked up for the form."""
            await ack()
            locale = means.locale(body)
            view = form_of(question, str(body["actions"][0]["value"]), locale=locale)
            if await means.telling.open(body, view) is None:
                await means.telling.quietly(body, say("common.trouble", locale=locale))

        return ask

    def _deciding(self, question: Question) -> Callable[..., Awaitable[None]]:
        async def decide(ack: AsyncAck, body: dict[str, Any]) -> None:
            await self._decide(question, ack, body)

        return decide

    async def _decide(self, question: Question, ack: AsyncAck, body: dict[str, Any]) -> None:
        means = self._means
        note = values(body["view"]).get("note", "")
        shown = read_shown(body["view"]["private_metadata"])
        locale = means.locale(body)
        private = found_private(note)
        if private:
            why = say("contacts.private", locale=locale, found=private)
            await ack(response_action="errors", errors={"note": why})
            return

        async def work() -> Letter:
            letter = await question.decide(means, await means.staff(body), shown, note)
            means.wake()
            return letter

        async def in_time(outcome: Outcome[Letter]) -> None:
            if isinstance(outcome, Done):
                await ack()
                return
            why = means.why(outcome, locale=means.locale(body))
            await ack(response_action="errors", errors={"note": why})
            means.wake()

        async def not_yet() -> None:
            await ack(response_action="update", view=saving(body, locale))

        async def late(outcome: Outcome[Letter]) -> None:
            await self._afterwards(question, body, note, outcome)

        await means.acking.answer(
            work(), what=question.what, in_time=in_time, not_yet=not_yet, late=late
        )

    async def _afterwards(
        self, question: Question, body: Mapping[str, Any], note: str, outcome: Outcome[Letter]
    ) -> None:
        means = self._means
        locale = means.locale(body)
        if isinstance(outcome, Done):
            text = say(f"{question.words}_done", locale=locale)
            view = done(say("common.done", locale=locale), text, locale)
            await means.telling.follow_up(str(body["view"]["id"]), view)
            return
        why = means.why(outcome, locale=locale)
        if not await means.telling.follow_up(str(body["view"]["id"]), again(body["view"], why)):
            kept = say("common.your_words", locale=locale)
            blocks = [b.section(b.escape(why)), b.context(kept), *b.exact(note)]
            await means.telling.quietly(body, why, blocks=blocks)


def form_of(question: Question, value: str, *, locale: str) -> Json:
    """The small form that asks for the sentence; it carries the letter as it was shown."""
    return b.modal(
        say(f"{question.words}_title", locale=locale),
        [
            b.field(
                "note",
                say(f"{question.words}_note", locale=locale),
                b.text_field("note", most=NOTE_MOST, multiline=True),
                hint=say(f"{question.words}_hint", locale=locale),
            ),
        ],
        callback_id=question.form,
        submit=say(f"{question.words}_submit", locale=locale),
        close=say("common.close", locale=locale),
        metadata=value,
    )
