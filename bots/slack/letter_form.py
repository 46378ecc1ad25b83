"""The form in which a letter is written or rewritten: how it looks, and how it is read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from bots.i18n.catalogue import findings_lines, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.forms import local, values
from core.cases import Case
from core.errors import CaseworkError
from core.ids import CaseId, LetterId
from core.letters import LetterKind, TooSoon, WindowClosed, WindowUnfit
from core.lint import WordingBlocked

WRITE: Final = "letter_write"
REWRITE: Final = "letter_rewrite"
WORDS_MOST: Final = 1000
ALT_MOST: Final = 100
KINDS: Final = (
    LetterKind.CHECK_IN,
    LetterKind.FIRST,
    LetterKind.SEASON,
    LetterKind.LEAFLET,
    LetterKind.REPLY,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What was filled in.

    Attributes:
        letter_id, version: which letter is rewritten; None for a new one.
        alias: only to be shown.
    """

    case_id: CaseId | None
    kind: LetterKind
    words: str
    alt: str
    opens_at: datetime
    letter_id: LetterId | None = None
    version: int = 0
    alias: str = ""


def write_form(
    cases: Sequence[tuple[Case, str]],
    *,
    account: str,
    opens_at: datetime,
    chosen: str | None,
    locale: str,
) -> Json:
    """The form for a new letter.

    Args:
        opens_at: the proposed time, local.
        chosen: id of the case that stands there first.
    """
    menu = b.select(
        "case", [case_option(case, area, locale) for case, area in cases], chosen=chosen
    )
    kinds = [b.option(word(kind, locale=locale), kind.value) for kind in KINDS]
    fields = [
        b.field("case", say("common.case", locale=locale), menu),
        b.field(
            "kind",
            say("letters.kind", locale=locale),
            b.select("kind", kinds, chosen=LetterKind.CHECK_IN.value),
        ),
    ]
    return b.modal(
        say("letters.title", locale=locale),
        [
            *fields,
            *_writing("", "", opens_at, locale),
            b.context(
                b.escape(say("letters.preview_note", locale=locale, account=account)),
            ),
        ],
        callback_id=WRITE,
        submit=say("letters.submit", locale=locale),
        close=say("common.close", locale=locale),
    )


def rewrite_form(filled: Filled, *, note: str, noted_by: str, locale: str) -> Json:
    """The form for a letter that came back; its words stand there."""
    told = (
        [b.section(b.escape(say("letters.note_from", locale=locale, name=noted_by, note=note)))]
        if note
        else []
    )
    return b.modal(
        say("letters.rewrite_title", locale=locale),
        [
            b.section(f"*{b.escape(filled.alias)}* · {word(filled.kind, locale=locale)}"),
            *told,
            *_writing(filled.words, filled.alt, filled.opens_at, locale),
        ],
        callback_id=REWRITE,
        submit=say("letters.submit", locale=locale),
        close=say("common.close", locale=locale),
        metadata=json.dumps(
            {
                "letter": filled.letter_id,
                "version": filled.version,
                "kind": filled.kind.value,
                "alias": filled.alias,
            }
        ),
    )


def case_option(case: Case, area: str, locale: str) -> Json:
    """A case in a menu: alias and area, nothing of the person."""
    shown = area or say("common.no_area", locale=locale)
    return b.option(
        say("common.optional_area", locale=locale, alias=case.alias, area=shown), case.id
    )


def read_form(view: Mapping[str, Any], *, tz: tzinfo) -> Filled:
    """What was filled in.

    Raises:
        ValueError: a day or time is missing.
    """
    given = values(view)
    about = json.loads(view.get("private_metadata") or "{}")
    kind = given.get("kind") or about.get("kind") or LetterKind.CHECK_IN.value
    case_id, letter_id = given.get("case"), about.get("letter")
    return Filled(
        case_id=CaseId(case_id) if case_id else None,
        kind=LetterKind(kind),
        words=given.get("words", ""),
        alt=given.get("alt", ""),
        opens_at=local(given.get("day", ""), given.get("time", ""), tz=tz),
        letter_id=LetterId(letter_id) if letter_id else None,
        version=int(about.get("version", 0)),
        alias=str(about.get("alias", "")),
    )


def errors_of(error: CaseworkError, filled: Filled, *, why: str, locale: str) -> dict[str, str]:
    """What is told beside which input; of words that block, each with a softer line.

    Args:
        why: the refusal in a sentence.
    """
    if not isinstance(error, WordingBlocked):
        return {place_of(error, filled): b.cut(why, b.LABEL_MOST)}
    told = {}
    for place, in_alt in (("words", False), ("alt", True)):
        lines = findings_lines((f for f in error.findings if f.in_alt == in_alt), locale=locale)
        if lines:
            text = "\n".join([*lines, say("lint.still_there", locale=locale)])
            told[place] = b.cut(text, b.LABEL_MOST)
    return told


def place_of(error: CaseworkError, filled: Filled) -> str:
    """The input beside which this refusal is shown."""
    if isinstance(error, WindowUnfit | WindowClosed | TooSoon):
        return "day"
    if error.code == "NothingWritten" or filled.letter_id is not None:
        return "words"
    return "case"


def _writing(words: str, alt: str, opens_at: datetime, locale: str) -> list[Json]:
    return [
        b.field(
            "words",
            say("letters.words", locale=locale),
            b.text_field(
                "words",
                value=words,
                most=WORDS_MOST,
                multiline=True,
                hint=say("letters.words_placeholder", locale=locale),
            ),
            hint=say("letters.words_hint", locale=locale),
        ),
        b.field(
            "day",
            say("letters.day", locale=locale),
            b.day_field("day", value=f"{opens_at:%Y-%m-%d}"),
        ),
        b.field(
            "time",
            say("letters.time", locale=locale),
            b.time_field("time", value=f"{opens_at:%H:%M}"),
            hint=say("letters.time_hint", locale=locale),
        ),
        b.field(
            "alt",
            say("letters.alt", locale=locale),
            b.text_field("alt", value=alt, most=ALT_MOST),
            hint=say("letters.alt_hint", locale=locale),
            optional=True,
        ),
    ]
