"""Writing letters: /otayori, the shortcut, and letters that came back to be rewritten."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome, Refused
from bots.slack.excuse_field import EXCUSE, asking, asks
from bots.slack.forms import done, open_form, saving
from bots.slack.letter_buttons import OPEN_REWRITE
from bots.slack.letter_choice import Asked
from bots.slack.letter_desk import letter_again, new_letter
from bots.slack.letter_form import REWRITE, WRITE, Filled, errors_of, read_form
from bots.slack.letter_words import LetterWords, composed
from bots.slack.means import Means
from bots.slack.private_words import found_private
from core.ids import LetterId
from core.letters import OWN_WORDS, Letter, Origin
from core.lint import NothingWritten, WordingBlocked
from core.usecases.letters.rewrite_letter import rewrite_letter
from core.usecases.letters.show_letter import show_letter
from core.usecases.letters.write_letter import write_letter
from core.wording.library import ChosenOtherwise

COMMAND: Final = "/otayori"
SHORTCUT: Final = "write_letter"
OPEN_WRITE: Final = "letter_open_write"


class Letters:
    """Letters, from the author's side."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for what concerns writing."""
        app.command(COMMAND)(self.write)
        app.shortcut(SHORTCUT)(self.write)
        app.action(OPEN_WRITE)(self.write)
        app.action(OPEN_REWRITE)(self.rewrite)
        app.view(WRITE)(self.submitted)
        app.view(REWRITE)(self.submitted)
        LetterWords(self._means).register(app)

    async def write(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form for a new letter; `/otayori A-12` has the case chosen already."""
        await ack()
        alias = str(body.get("text") or "").strip().upper()
        open_form(
            self._means,
            body,
            lambda: new_letter(self._means, body, alias=alias),
            what="letter.write",
        )

    async def rewrite(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form for a letter that came back."""
        await ack()
        letter_id = LetterId(str(body["actions"][0]["value"]).split(":")[0])
        open_form(
            self._means,
            body,
            lambda: letter_again(self._means, body, letter_id),
            what="letter.rewrite",
        )

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Hand the letter in."""
        filled = read_form(body["view"], tz=self._means.tz)
        locale = self._means.locale(body)
        private = found_private(filled.excuse)
        if private:
            why = say("contacts.private", locale=locale, found=private)
            await ack(response_action="errors", errors={EXCUSE: why})
            return

        async def in_time(outcome: Outcome[Letter]) -> None:
            await self._answer_in_time(ack, body, filled, outcome)

        async def not_yet() -> None:
            words = b.exact(filled.words)[0]
            await ack(response_action="update", view=saving(body, locale, words=words))

        async def late(outcome: Outcome[Letter]) -> None:
            await self._answer_late(body, filled, outcome)

        await self._means.acking.answer(
            self._hand_in(body, filled),
            what="letter.submitted",
            in_time=in_time,
            not_yet=not_yet,
            late=late,
        )

    async def _hand_in(self, body: Mapping[str, Any], filled: Filled) -> Letter:
        means = self._means
        staff = await means.staff(body)
        at = means.clock.now()
        words, origin = await self._words(body, filled)
        if filled.letter_id is not None:
            letter = await rewrite_letter(
                means.uow,
                letter_id=filled.letter_id,
                version=filled.version,
                by=staff.id,
                body=words,
                opens_at=filled.opens_at,
                at=at,
                tz=means.tz,
                proof=means.proof,
                closed_days=means.holidays(at),
                alt_text=filled.alt,
                origin=origin,
                excuse=filled.excuse,
            )
        else:
            assert filled.case_id is not None
            letter = await write_letter(
                means.uow,
                case_id=filled.case_id,
                by=staff.id,
                body=words,
                opens_at=filled.opens_at,
                at=at,
                tz=means.tz,
                proof=means.proof,
                closed_days=means.holidays(at),
                kind=filled.kind,
                alt_text=filled.alt,
                command_key=f"slack:{body['view']['id']}",
                origin=origin or OWN_WORDS,
                excuse=filled.excuse,
            )
        means.wake()
        return letter

    async def _words(self, body: Mapping[str, Any], filled: Filled) -> tuple[str, Origin | None]:
        """The letter's words, and what they are from.

        Where nothing is typed in Slack, they are made anew, and have to be those that the author
        saw. A letter that came back and for which nothing was chosen keeps its words.

        Raises:
            NothingWritten: nothing was chosen. ChosenOtherwise: other words came of it.
        """
        choice = filled.choice
        if filled.typed:
            return filled.words, choice.origin if choice else None
        if choice is None:
            if filled.letter_id is None:
                raise NothingWritten()
            return await self._as_they_were(body, filled.letter_id), None
        asked = Asked(
            view_id="",
            about={},
            case_id=filled.case_id or choice.case_id,
            kind=filled.kind,
            day=f"{filled.opens_at:%Y-%m-%d}",
        )
        found = await composed(
            self._means, body, asked=asked, template=choice.template, season=choice.season
        )
        if not choice.holds(case_id=filled.case_id, kind=filled.kind, body=found.body):
            raise ChosenOtherwise()
        return found.body, choice.origin

    async def _as_they_were(self, body: Mapping[str, Any], letter_id: LetterId) -> str:
        staff = await self._means.staff(body)
        view = await show_letter(
            self._means.uow,
            letter_id=letter_id,
            viewer=staff.id,
            at=self._means.clock.now(),
            proof=self._means.proof,
        )
        return view.letter.body

    async def _answer_in_time(
        self, ack: AsyncAck, body: Mapping[str, Any], filled: Filled, outcome: Outcome[Letter]
    ) -> None:
        if isinstance(outcome, Done):
            await ack()
            return
        view, locale = body["view"], self._means.locale(body)
        why = self._means.why(outcome, locale=locale)
        error = outcome.error if isinstance(outcome, Refused) else None
        if isinstance(error, WordingBlocked) and error.excusable and not asks(view):
            await ack(response_action="update", view=asking(view, error, why, locale=locale))
            return
        errors = {filled.words_at: b.cut(why, b.LABEL_MOST)}
        if error is not None:
            errors = errors_of(error, filled, why=why, locale=locale)
        await ack(response_action="errors", errors=errors)

    async def _answer_late(
        self, body: Mapping[str, Any], filled: Filled, outcome: Outcome[Letter]
    ) -> None:
        means = self._means
        locale = means.locale(body)
        view_id = str(body["view"]["id"])
        if isinstance(outcome, Done):
            text = say("letters.waiting", locale=locale)
            await means.telling.follow_up(
                view_id, done(say("common.done", locale=locale), text, locale)
            )
            return
        why = means.why(outcome, locale=locale)
        error = outcome.error if isinstance(outcome, Refused) else None
        form = asking(body["view"], error, why, locale=locale)
        if not await means.telling.follow_up(view_id, form):
            kept = say("common.your_words", locale=locale)
            blocks = [b.section(b.escape(why)), b.context(kept), *b.exact(filled.words)]
            blocks += b.exact(filled.excuse) if filled.excuse else []
            await means.telling.quietly(body, why, blocks=blocks)
