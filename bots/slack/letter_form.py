"""The form in which a letter is written or rewritten: how it looks, and how it is read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from bots.i18n.catalogue import findings_lines, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.excuse_field import EXCUSE, excuse_field
from bots.slack.forms import local, values
from bots.slack.letter_choice import Choice, choice_in, words_button
from core.cases import Case
from core.errors import CaseworkError
from core.ids import CaseId, LetterId
from core.letters import LetterKind, WindowClosed, WindowUnfit
from core.lint import WordingBlocked
from core.pace import TooSoon

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
    LetterKind.PRE_LAST,
    LetterKind.LAST,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What was filled in.

    Attributes:
        letter_id, version: which letter is rewritten; None for a new one.
        alias: only to be shown.
        excuse: why words stand that the check stops; "" where nobody asked or nothing was said.
    """

    case_id: CaseId | None
    kind: LetterKind
    words: str
    alt: str
    opens_at: datetime
    letter_id: LetterId | None = None
    version: int = 0
    alias: str = ""
    choice: Choice | None = None
    typed: bool = True
    words_at: str = "words"
    excuse: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """How words come into a form.

    Attributes:
        typed: they may be typed here (SLACK_FREE_TEXT=SHORT); otherwise they are chosen, or
            written on the case's page.
        offers: there are templates to choose from.
        words: what stands there. choice: what they were made from.
    """

    typed: bool
    offers: bool
    words: str = ""
    choice: Choice | None = None

    @property
    def words_id(self) -> str:
        """Of the text field: another one for other words. Slack keeps what stands in a field
        that it knows already, whatever the app wants to have in it."""
        return "words" if self.choice is None else f"words:{self.choice.seen}"


def write_form(
    cases: Sequence[tuple[Case, str]],
    *,
    account: str,
    opens_at: datetime,
    chosen: str | None,
    writing: Writing,
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
            *_writing(writing, "", opens_at, locale),
            b.context(
                b.escape(say("letters.preview_note", locale=locale, account=account)),
            ),
        ],
        callback_id=WRITE,
        submit=say("letters.submit", locale=locale),
        close=say("common.close", locale=locale),
        metadata=json.dumps(_chosen(writing)),
    )


def rewrite_form(
    filled: Filled, *, writing: Writing, note: str, noted_by: str, locale: str
) -> Json:
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
            *_writing(writing, filled.alt, filled.opens_at, locale),
            *([excuse_field(filled.excuse, locale=locale)] if filled.excuse else []),
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
                "case": filled.case_id,
                **_chosen(writing),
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
    case_id, letter_id = given.get("case") or about.get("case"), about.get("letter")
    words_at = next((name for name in given if name.split(":")[0] == "words"), "")
    return Filled(
        case_id=CaseId(case_id) if case_id else None,
        kind=LetterKind(kind),
        words=given.get(words_at, ""),
        alt=given.get("alt", ""),
        opens_at=local(given.get("day", ""), given.get("time", ""), tz=tz),
        letter_id=LetterId(letter_id) if letter_id else None,
        version=int(about.get("version", 0)),
        alias=str(about.get("alias", "")),
        choice=choice_in(about),
        typed=bool(words_at),
        words_at=words_at or "day",
        excuse=given.get(EXCUSE, ""),
    )


def errors_of(error: CaseworkError, filled: Filled, *, why: str, locale: str) -> dict[str, str]:
    """What is told beside which input; of words that block, each with a softer line.

    Args:
        why: the refusal in a sentence.
    """
    if not isinstance(error, WordingBlocked):
        return {place_of(error, filled): b.cut(why, b.LABEL_MOST)}
    told = {}
    for place, in_alt in ((filled.words_at, False), ("alt", True)):
        lines = findings_lines((f for f in error.findings if f.in_alt == in_alt), locale=locale)
        if lines:
            text = "\n".join([*lines, say("lint.still_there", locale=locale)])
            told[place] = b.cut(text, b.LABEL_MOST)
    return told or {filled.words_at: b.cut(why, b.LABEL_MOST)}


def place_of(error: CaseworkError, filled: Filled) -> str:
    """The input beside which this refusal is shown."""
    if isinstance(error, WindowUnfit | WindowClosed | TooSoon):
        return "day"
    if error.code == "NothingWritten" or filled.letter_id is not None:
        return filled.words_at
    return "case"


def _chosen(writing: Writing) -> Json:
    return {} if writing.choice is None else {"choice": writing.choice.as_json()}


def _writing(writing: Writing, alt: str, opens_at: datetime, locale: str) -> list[Json]:
    return [
        *([words_button(locale)] if writing.offers else []),
        *(_typing(writing, locale) if writing.typed else _shown(writing, locale)),
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
        *([_alt(alt, locale)] if writing.typed else []),
    ]


def _typing(writing: Writing, locale: str) -> list[Json]:
    box = b.text_field(
        "words",
        value=writing.words,
        most=WORDS_MOST,
        multiline=True,
        hint=say("letters.words_placeholder", locale=locale),
    )
    label, hint = say("letters.words", locale=locale), say("letters.words_hint", locale=locale)
    return [b.field(writing.words_id, label, box, hint=hint)]


def _shown(writing: Writing, locale: str) -> list[Json]:
    """The words as they will arrive, where nothing is typed here."""
    elsewhere = b.context(say("letters.own_words", locale=locale))
    if not writing.words:
        return [elsewhere]
    head = b.section(f"*{say('letters.words', locale=locale)}*")
    return [head, *b.exact(writing.words), elsewhere]


def _alt(alt: str, locale: str) -> Json:
    return b.field(
        "alt",
        say("letters.alt", locale=locale),
        b.text_field("alt", value=alt, most=ALT_MOST),
        hint=say("letters.alt_hint", locale=locale),
        optional=True,
    )
