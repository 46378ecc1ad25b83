"""Writing letters: /otayori, the shortcut, and letters that came back to be rewritten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say, word
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome, Refused
from bots.slack.blocks import Json
from bots.slack.forms import again, done, open_form, saving
from bots.slack.letter_buttons import OPEN_REWRITE
from bots.slack.letter_form import (
    REWRITE,
    WRITE,
    Filled,
    errors_of,
    read_form,
    rewrite_form,
    write_form,
)
from bots.slack.means import Means, locale_of
from core.access import Action
from core.days import SendingHours
from core.ids import LetterId
from core.letters import Letter, LetterState
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.letters.rewrite_letter import rewrite_letter
from core.usecases.letters.show_letter import show_letter
from core.usecases.letters.write_letter import write_letter

COMMAND: Final = "/otayori"
SHORTCUT: Final = "write_letter"
OPEN_WRITE: Final = "letter_open_write"
USUAL_HOUR: Final = 10
USUAL_MINUTE: Final = 30


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

    async def write(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form for a new letter; `/otayori A-12` has the case chosen already."""
        await ack()
        alias = str(body.get("text") or "").strip().upper()
        open_form(
            self._means, body, lambda: self._write_form(body, alias=alias), what="letter.write"
        )

    async def rewrite(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form for a letter that came back."""
        await ack()
        letter_id = LetterId(str(body["actions"][0]["value"]).split(":")[0])
        open_form(
            self._means,
            body,
            lambda: self._rewrite_form(body, letter_id),
            what="letter.rewrite",
        )

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Hand the letter in."""
        filled = read_form(body["view"], tz=self._means.tz)
        locale = self._means.locale(body)

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

    async def _write_form(self, body: Mapping[str, Any], *, alias: str) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        offer = await offer_cases(means.uow, staff_id=staff.id, action=Action.WRITE_LETTER)
        if not offer.cases:
            return done(
                say("letters.title", locale=locale), say("letters.no_cases", locale=locale), locale
            )
        chosen = next((case.id for case, _ in offer.cases if case.alias == alias), None)
        if chosen is None and len(offer.cases) == 1:
            chosen = offer.cases[0][0].id
        return write_form(
            offer.cases,
            account=offer.account,
            opens_at=self._usual_time(means.clock.now()),
            chosen=chosen,
            locale=locale,
        )

    async def _rewrite_form(self, body: Mapping[str, Any], letter_id: LetterId) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        view = await show_letter(
            means.uow,
            letter_id=letter_id,
            viewer=staff.id,
            at=means.clock.now(),
            proof=means.proof,
        )
        letter = view.letter
        if letter.state is not LetterState.DRAFT or letter.author_id != staff.id:
            state = word(letter.state, locale=locale)
            return done(
                say("letters.rewrite_title", locale=locale),
                say("letters.not_with_you", locale=locale, state=state),
                locale,
            )
        now = means.clock.now()
        opens = letter.opens_at if letter.opens_at > now else self._usual_time(now)
        return rewrite_form(
            Filled(
                case_id=None,
                kind=letter.kind,
                words=letter.body,
                alt=letter.alt_text,
                opens_at=opens.astimezone(means.tz),
                letter_id=letter.id,
                version=letter.version,
                alias=view.case.alias,
            ),
            note=letter.note,
            noted_by=view.decider,
            locale=locale,
        )

    async def _hand_in(self, body: Mapping[str, Any], filled: Filled) -> Letter:
        means = self._means
        staff = await means.staff(body)
        at = means.clock.now()
        if filled.letter_id is not None:
            letter = await rewrite_letter(
                means.uow,
                letter_id=filled.letter_id,
                version=filled.version,
                by=staff.id,
                body=filled.words,
                opens_at=filled.opens_at,
                at=at,
                tz=means.tz,
                proof=means.proof,
                closed_days=means.holidays(at),
                alt_text=filled.alt,
            )
        else:
            assert filled.case_id is not None
            letter = await write_letter(
                means.uow,
                case_id=filled.case_id,
                by=staff.id,
                body=filled.words,
                opens_at=filled.opens_at,
                at=at,
                tz=means.tz,
                proof=means.proof,
                closed_days=means.holidays(at),
                kind=filled.kind,
                alt_text=filled.alt,
                command_key=f"slack:{body['view']['id']}",
            )
        means.wake()
        return letter

    async def _answer_in_time(
        self, ack: AsyncAck, body: Mapping[str, Any], filled: Filled, outcome: Outcome[Letter]
    ) -> None:
        if isinstance(outcome, Done):
            await ack()
            return
        why = self._means.why(outcome, locale=self._means.locale(body))
        errors = {"words": b.cut(why, b.LABEL_MOST)}
        if isinstance(outcome, Refused):
            locale = self._means.locale(body)
            errors = errors_of(outcome.error, filled, why=why, locale=locale)
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
        if not await means.telling.follow_up(view_id, again(body["view"], why)):
            kept = say("common.your_words", locale=locale)
            blocks = [b.section(b.escape(why)), b.context(kept), *b.exact(filled.words)]
            await means.telling.quietly(body, why, blocks=blocks)

    def _usual_time(self, now: datetime) -> datetime:
        """Tomorrow morning, or the next day on which letters arrive."""
        tomorrow = now.astimezone(self._means.tz) + timedelta(days=1)
        proposed = tomorrow.replace(hour=USUAL_HOUR, minute=USUAL_MINUTE, second=0, microsecond=0)
        hours = SendingHours(closed_days=self._means.holidays(now))
        fits = hours.next_opening(proposed, tz=self._means.tz)
        if fits == proposed:
            return proposed
        return fits.replace(hour=USUAL_HOUR, minute=USUAL_MINUTE)
