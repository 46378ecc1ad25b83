"""The card of a series: ひと続きのおたより, every letter that waits with its exact words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bots.i18n.catalogue import day, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.letter_buttons import APPROVE, Shown
from bots.slack.means import Means
from core.cadence.planning import Part
from core.ids import LetterId, SeriesId
from core.series import SeriesState, Told
from core.usecases.series.show_series import SeriesView

APPROVE_ALL: Final = "series_approve"
SKIP: Final = "series_skip"
STOP: Final = "series_stop"
# A message has 50 blocks; a button's value 2,000 characters, a letter in it about 30.
MOST_SHOWN: Final = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """What the button carries: each letter as its presser saw it."""

    series_id: SeriesId
    letters: tuple[Shown, ...]

    @property
    def value(self) -> str:
        """As a button's value."""
        facts = self.letters[0].facts if self.letters else 0
        listed = ",".join(f"{one.letter_id}:{one.version}" for one in self.letters)
        return f"{self.series_id}|{facts}|{listed}"


def read_bundle(value: str) -> Bundle:
    """Read a button's value back.

    Raises:
        ValueError: it is none of ours.
    """
    series_id, facts, listed = value.split("|")
    pairs = (one.rsplit(":", 1) for one in listed.split(",") if one)
    return Bundle(
        series_id=SeriesId(series_id),
        letters=tuple(
            Shown(letter_id=LetterId(letter_id), version=int(version), facts=int(facts))
            for letter_id, version in pairs
        ),
    )


def series_face(view: SeriesView, means: Means, *, locale: str) -> Face:
    """The whole series as it stands, for this colleague."""
    series, alias = view.series, view.case.alias
    asked = view.to_approve[:MOST_SHOWN]
    waiting = {one.step.key for one in asked}
    others = [one for one in view.steps if one.step.key not in waiting]
    blocks = [
        b.header(say("series.heading", locale=locale, alias=alias)),
        b.section(
            say(
                "series.facts",
                locale=locale,
                pack=b.escape(series.pack.name),
                state=word(series.state, locale=locale),
                author=b.escape(view.author),
            )
        ),
        *_notes(view, locale=locale),
        *_listed(others, means, locale=locale),
        *(_asked(one, view, means, locale=locale) for one in asked),
        *_buttons(view, asked, locale=locale),
    ]
    return Face(text=_text(view, locale=locale), blocks=tuple(blocks), attention=_attention(view))


def _text(view: SeriesView, *, locale: str) -> str:
    alias = view.case.alias
    if view.series.asks_since is not None and view.series.state is SeriesState.RUNNING:
        return say("series.card_question", locale=locale, alias=alias)
    if view.to_approve:
        return say("series.card_ask", locale=locale, alias=alias)
    state = word(view.series.state, locale=locale)
    return say("series.card", locale=locale, alias=alias, state=state)


def _attention(view: SeriesView) -> str:
    """Called once for each round of approving, and once for each question."""
    if view.series.asks_since is not None:
        return f"{view.series.id}:{view.series.asks_since.isoformat()}"
    return f"{view.series.id}:{view.case.facts}" if view.to_approve else ""


def _notes(view: SeriesView, *, locale: str) -> Iterable[Json]:
    if view.series.state is not SeriesState.RUNNING:
        return
    if view.series.asks_since is not None:
        yield b.section(say("series.question", locale=locale))
    elif view.held:
        yield b.section(say("series.held", locale=locale))


def _listed(steps: Iterable[Told], means: Means, *, locale: str) -> Iterable[Json]:
    lines = [_line(one, means, locale=locale) for one in steps]
    for start in range(0, len(lines), 20):
        yield b.section("\n".join(lines[start : start + 20]))


def _line(one: Told, means: Means, *, locale: str) -> str:
    letter, step = one.letter, one.step
    when = _day(one, means, locale=locale)
    if letter is None:
        key = "series.waits"
        state = (
            say(key, locale=locale) if step.untaken is None else word(step.untaken, locale=locale)
        )
        return f"• {say('series.line', locale=locale, day=when, state=state)}"
    state = word(letter.state, locale=locale)
    if letter.reason is None:
        return f"• {say('series.line', locale=locale, day=when, state=state)}"
    reason = word(letter.reason, locale=locale)
    return f"• {say('series.line_why', locale=locale, day=when, state=state, reason=reason)}"


def _day(one: Told, means: Means, *, locale: str) -> str:
    if one.step.opens_at is not None:
        return means.moment(one.step.opens_at, locale=locale)
    if one.step.day is not None:
        return day(one.step.day, locale=locale)
    return say("series.no_day", locale=locale)


def _asked(one: Told, view: SeriesView, means: Means, *, locale: str) -> Json:
    letter = one.letter
    assert letter is not None
    key = "series.step_birthday" if one.step.birthday else "series.step"
    part = word(one.step.part, locale=locale)
    heading = say(key, locale=locale, day=_day(one, means, locale=locale), part=part)
    shown = Shown(letter_id=letter.id, version=letter.version, facts=view.case.facts)
    # As plain text: in mrkdwn *words* and :words: would not stand there as they are sent.
    return b.plain_section(
        f"{heading}\n{letter.body}",
        accessory=b.button(say("series.approve_one", locale=locale), APPROVE, value=shown.value),
    )


def _buttons(view: SeriesView, asked: tuple[Told, ...], *, locale: str) -> list[Json]:
    alias, series = view.case.alias, view.series
    row = []
    if asked:
        shown = tuple(
            Shown(letter_id=one.letter.id, version=one.letter.version, facts=view.case.facts)
            for one in asked
            if one.letter is not None
        )
        row.append(
            b.button(
                say("series.approve", locale=locale, count=len(shown)),
                APPROVE_ALL,
                value=Bundle(series_id=series.id, letters=shown).value,
                style="primary",
                label=say("series.approve_label", locale=locale, alias=alias, count=len(shown)),
                confirm=b.confirm(
                    title=say("series.approve_title", locale=locale, count=len(shown)),
                    text=say("series.approve_text", locale=locale),
                    yes=say("series.approve_confirm", locale=locale),
                    no=say("series.approve_deny", locale=locale),
                ),
            )
        )
    if view.may_change:
        row += _changing(view, locale=locale)
    return [b.actions(*row)] if row else []


def _changing(view: SeriesView, *, locale: str) -> Iterable[Json]:
    alias, series = view.case.alias, view.series
    ordinary = (one for one in view.steps if one.open and one.step.part is Part.ONE_OF_MANY)
    following = next(ordinary, None)
    if following is not None and following.step.opens_at is not None:
        yield b.button(
            say("series.skip", locale=locale),
            SKIP,
            value=f"{series.id}|{following.step.key}",
            label=say("series.skip_label", locale=locale, alias=alias),
        )
    yield b.button(
        say("series.stop", locale=locale),
        STOP,
        value=series.id,
        label=say("series.stop_label", locale=locale, alias=alias),
        confirm=b.confirm(
            title=say("series.stop_title", locale=locale),
            text=say("series.stop_text", locale=locale),
            yes=say("series.stop_confirm", locale=locale),
            no=say("series.stop_deny", locale=locale),
        ),
    )
