"""The form of a contact: how it looks, and how it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

from bots.i18n.catalogue import day, say, word
from bots.slack import blocks as b
from bots.slack.acking import Broken, Refused
from bots.slack.blocks import Json
from bots.slack.forms import local, values
from bots.slack.letter_form import case_option
from core.cases import Case
from core.contacts import BY_ITSELF, ContactChannel, Met
from core.ids import CaseId

FORM: Final = "contact_form"
NOTE_MOST: Final = 200
# What the machine logs itself is not offered to people.
CHANNELS: Final = tuple(
    channel for channel in (ContactChannel.VISIT, *ContactChannel) if channel not in BY_ITSELF
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What was filled in; `alias` only to be shown."""

    case_id: CaseId
    alias: str
    channel: ContactChannel
    met: Met
    at: datetime
    next_on: date | None
    note: str


def contact_form(
    cases: Sequence[tuple[Case, str]],
    *,
    now: datetime,
    chosen: str | None,
    free_text: str,
    note: str,
    locale: str,
) -> Json:
    """The form.

    Args:
        now: local time, proposed as the time of the contact.
        free_text: `SHORT` has a field for a note; otherwise notes are written on the page.
    """
    options = [case_option(case, area, locale) for case, area in cases]
    channels = [
        b.option(word(channel, locale=locale), channel.value) for channel in dict.fromkeys(CHANNELS)
    ]
    results = [b.option(word(met, locale=locale), met.value) for met in Met]
    return b.modal(
        say("contacts.title", locale=locale),
        [
            b.field(
                "case", say("common.case", locale=locale), b.select("case", options, chosen=chosen)
            ),
            b.field(
                "channel",
                say("contacts.channel", locale=locale),
                b.select("channel", channels, chosen=ContactChannel.VISIT.value),
            ),
            b.field("met", say("contacts.met", locale=locale), b.select("met", results)),
            b.field(
                "day",
                say("contacts.day", locale=locale),
                b.day_field("day", value=f"{now:%Y-%m-%d}"),
            ),
            b.field(
                "time",
                say("contacts.time", locale=locale),
                b.time_field("time", value=f"{now:%H:%M}"),
            ),
            b.field(
                "next", say("contacts.next", locale=locale), b.day_field("next"), optional=True
            ),
            *_note(note, free_text=free_text, locale=locale),
        ],
        callback_id=FORM,
        submit=say("contacts.submit", locale=locale),
        close=say("common.close", locale=locale),
    )


def read_form(view: Mapping[str, Any], *, tz: tzinfo) -> Filled:
    """What was filled in.

    Raises:
        ValueError, KeyError: a required input is missing.
    """
    given = values(view)
    case = view["state"]["values"]["case"]["case"]["selected_option"]
    next_on = given.get("next")
    return Filled(
        case_id=CaseId(case["value"]),
        alias=str(case["text"]["text"]).split(" · ")[0],
        channel=ContactChannel(given["channel"]),
        met=Met(given["met"]),
        at=local(given["day"], given["time"], tz=tz),
        next_on=date.fromisoformat(next_on) if next_on else None,
        note=given.get("note", ""),
    )


def place_of(outcome: Refused | Broken) -> str:
    """The input beside which this refusal is shown."""
    if isinstance(outcome, Refused) and outcome.error.code == "ContactInFuture":
        return "day"
    return "case"


def said_again(filled: Filled, *, locale: str) -> str:
    """What was entered, in one line; never the note."""
    bare = filled.met is Met.NOT_APPLICABLE
    text = say(
        "contacts.done_bare" if bare else "contacts.done",
        locale=locale,
        alias=filled.alias,
        channel=word(filled.channel, locale=locale),
        met=word(filled.met, locale=locale),
    )
    if filled.next_on is None:
        return text
    return (
        f"{text}\n{say('contacts.next_on', locale=locale, day=day(filled.next_on, locale=locale))}"
    )


def _note(note: str, *, free_text: str, locale: str) -> list[Json]:
    if free_text == "OFF":
        return []
    if free_text != "SHORT":
        return [b.context(say("contacts.note_closed", locale=locale))]
    field = b.text_field("note", value=note, most=NOTE_MOST, multiline=True)
    label, hint = say("contacts.note", locale=locale), say("contacts.note_hint", locale=locale)
    return [b.field("note", label, field, hint=hint, optional=True)]
