"""Logging a contact: /renraku, the shortcut, and from a post."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack.acking import Done, Outcome
from bots.slack.blocks import Json
from bots.slack.contact_form import FORM, Filled, contact_form, place_of, read_form, said_again
from bots.slack.forms import again, done, open_form, saving
from bots.slack.means import Means, locale_of
from bots.slack.private_words import found_private
from core.access import Action
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.contacts.log_contact import log_contact

COMMAND: Final = "/renraku"
SHORTCUT: Final = "log_contact"
MESSAGE_SHORTCUT: Final = "log_contact_from_message"
OPEN: Final = "contact_open"


class Contacts:
    """The contact log, as far as Slack writes into it."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for what concerns the contact log."""
        app.command(COMMAND)(self.open)
        app.shortcut(SHORTCUT)(self.open)
        app.shortcut(MESSAGE_SHORTCUT)(self.open)
        app.action(OPEN)(self.open)
        app.view(FORM)(self.submitted)

    async def open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form; `/renraku A-12` has the case chosen already."""
        await ack()
        open_form(self._means, body, lambda: self._form(body), what="contact.open")

    async def submitted(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Enter the contact."""
        means = self._means
        filled = read_form(body["view"], tz=means.tz)
        locale = means.locale(body)
        wrong = self._wrong(filled, locale=locale)
        if wrong:
            await ack(response_action="errors", errors={"note": wrong})
            return

        async def in_time(outcome: Outcome[bool]) -> None:
            if isinstance(outcome, Done):
                await ack()
                await means.telling.quietly(body, self._said(outcome.value, filled, locale=locale))
                return
            why = means.why(outcome, locale=means.locale(body))
            await ack(response_action="errors", errors={place_of(outcome): why})

        async def not_yet() -> None:
            await ack(response_action="update", view=saving(body, locale))

        async def late(outcome: Outcome[bool]) -> None:
            await self._answer_late(body, filled, outcome)

        await means.acking.answer(
            self._enter(body, filled),
            what="contact.log",
            in_time=in_time,
            not_yet=not_yet,
            late=late,
        )

    async def _form(self, body: Mapping[str, Any]) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        offer = await offer_cases(means.uow, staff_id=staff.id, action=Action.LOG_CONTACT)
        title = say("contacts.title", locale=locale)
        if not offer.cases:
            return done(title, say("contacts.no_cases", locale=locale), locale)
        alias = str(body.get("text") or "").strip().upper()
        chosen = next((case.id for case, _ in offer.cases if case.alias == alias), None)
        if chosen is None and len(offer.cases) == 1:
            chosen = offer.cases[0][0].id
        return contact_form(
            offer.cases,
            now=means.clock.now().astimezone(means.tz),
            chosen=chosen,
            free_text=means.settings.free_text,
            note=self._from_post(body),
            locale=locale,
        )

    def _from_post(self, body: Mapping[str, Any]) -> str:
        """The post as a first draft of the note, where notes are typed here at all."""
        if self._means.settings.free_text != "SHORT":
            return ""
        return str((body.get("message") or {}).get("text") or "")

    def _wrong(self, filled: Filled, *, locale: str) -> str:
        private = found_private(filled.note)
        return say("contacts.private", locale=locale, found=private) if private else ""

    async def _enter(self, body: Mapping[str, Any], filled: Filled) -> bool:
        means = self._means
        staff = await means.staff(body)
        fresh = await log_contact(
            means.uow,
            case_id=filled.case_id,
            by=staff.id,
            channel=filled.channel,
            met=filled.met,
            happened_at=filled.at,
            at=means.clock.now(),
            tz=means.tz,
            note=filled.note,
            next_on=filled.next_on,
            command_key=f"slack:{body['view']['id']}",
        )
        means.wake()
        return fresh

    def _said(self, fresh: bool, filled: Filled, *, locale: str) -> str:
        if not fresh:
            return say("contacts.again", locale=locale, alias=filled.alias)
        return said_again(filled, locale=locale)

    async def _answer_late(
        self, body: Mapping[str, Any], filled: Filled, outcome: Outcome[bool]
    ) -> None:
        means = self._means
        locale = means.locale(body)
        view_id = str(body["view"]["id"])
        if isinstance(outcome, Done):
            text = self._said(outcome.value, filled, locale=locale)
            await means.telling.follow_up(
                view_id, done(say("common.done", locale=locale), text, locale)
            )
            return
        why = means.why(outcome, locale=locale)
        if not await means.telling.follow_up(view_id, again(body["view"], why)):
            await means.telling.quietly(body, why)
