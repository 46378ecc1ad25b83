"""Choosing words for a letter: a template and a phrase of the season, into the letter's form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome
from bots.slack.blocks import Json
from bots.slack.forms import again, done, open_form, saving
from bots.slack.letter_choice import (
    CHOOSE,
    OPEN_WORDS,
    Asked,
    Choice,
    asked_again,
    asked_in,
    choice_form,
    choice_of,
    chosen_in,
)
from bots.slack.letter_desk import letter_again, new_letter
from bots.slack.means import Means, locale_of
from core.ids import CaseId, LetterId
from core.usecases.letters.compose_letter import compose_letter
from core.usecases.letters.offer_words import offer_words
from core.wording.library import Composed


class LetterWords:
    """The choice of words, on top of the letter's form."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for what concerns the choice."""
        app.action(OPEN_WORDS)(self.open)
        app.view(CHOOSE)(self.chosen)

    async def open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Offer what fits the person, the kind and the day that stand in the form."""
        await ack()
        open_form(self._means, body, lambda: self._form(body), what="letter.words")

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Put the words into the letter's form, which lies below."""
        means, locale = self._means, self._means.locale(body)

        async def in_time(outcome: Outcome[bool]) -> None:
            if isinstance(outcome, Done):
                await ack()
                return
            why = means.why(outcome, locale=locale)
            await ack(response_action="errors", errors={"template": b.cut(why, b.LABEL_MOST)})

        async def not_yet() -> None:
            await ack(response_action="update", view=saving(body, locale))

        async def late(outcome: Outcome[bool]) -> None:
            view_id = str(body["view"]["id"])
            if isinstance(outcome, Done):
                title, text = say("common.done", locale=locale), say("letters.put", locale=locale)
                await means.telling.follow_up(view_id, done(title, text, locale))
                return
            why = means.why(outcome, locale=locale)
            if not await means.telling.follow_up(view_id, again(body["view"], why)):
                await means.telling.quietly(body, why)

        await means.acking.answer(
            self._put(body), what="letter.words_chosen", in_time=in_time, not_yet=not_yet, late=late
        )

    async def _form(self, body: Mapping[str, Any]) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        asked = asked_in(body["view"])
        if asked is None:
            title = say("letters.choose_title", locale=locale)
            return done(title, say("letters.case_first", locale=locale), locale)
        offer = await offer_words(
            means.uow,
            library=means.settings.library,
            case_id=CaseId(asked.case_id),
            by=staff.id,
            kind=asked.kind,
            day=date.fromisoformat(asked.day),
            tz=means.tz,
            hours=means.settings.hours,
        )
        return choice_form(offer, asked, locale=locale)

    async def _put(self, body: Mapping[str, Any]) -> bool:
        asked = asked_again(body["view"])
        template, season = chosen_in(body["view"])
        found = await composed(self._means, body, asked=asked, template=template, season=season)
        choice = choice_of(found, asked=asked)
        form = await self._filled_in(body, asked, words=found.body, choice=choice)
        return await self._means.telling.redraw(asked.view_id, form)

    async def _filled_in(
        self, body: Mapping[str, Any], asked: Asked, *, words: str, choice: Choice
    ) -> Json:
        if letter := asked.about.get("letter"):
            return await letter_again(
                self._means, body, LetterId(letter), words=words, choice=choice
            )
        return await new_letter(
            self._means, body, case_id=asked.case_id, words=words, choice=choice
        )


async def composed(
    means: Means,
    body: Mapping[str, Any],
    *,
    asked: Asked,
    template: str,
    season: str | None,
) -> Composed:
    """The words that were chosen, made anew from the record."""
    staff = await means.staff(body)
    return await compose_letter(
        means.uow,
        library=means.settings.library,
        case_id=CaseId(asked.case_id),
        by=staff.id,
        template=template,
        season=season,
        day=date.fromisoformat(asked.day),
        tz=means.tz,
        hours=means.settings.hours,
    )
