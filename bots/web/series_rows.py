"""Series on a case's page: a calm line of days, each with how it stands and why."""

from dataclasses import dataclass
from datetime import tzinfo

from bots.i18n.catalogue import day, moment, word
from core.cadence.planning import Part
from core.letters import UNSENT, LetterState
from core.series import SeriesState, Told, told
from core.story import CaseStory

_LOOK = frozenset({LetterState.HELD, LetterState.DRAFT, LetterState.PENDING_APPROVAL})


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesStepRow:
    """One letter of it. `tone` is `open`, `look` (somebody should) or `still`."""

    when: str
    state: str
    reason: str
    part: str
    words: str
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRow:
    """One series."""

    name: str
    state: str
    author: str
    question: bool
    steps: tuple[SeriesStepRow, ...]


def series_rows(story: CaseStory, *, tz: tzinfo) -> tuple[SeriesRow, ...]:
    """Every series that this reader is told, newest first."""
    letters = {letter.id: letter for letter in story.series_letters}
    return tuple(
        SeriesRow(
            name=series.pack.name,
            state=word(series.state),
            author=story.names.get(series.author_id, ""),
            question=series.asks_since is not None and series.state is SeriesState.RUNNING,
            steps=tuple(_step(one, tz=tz) for one in told(series, letters)),
        )
        for series in story.series
    )


def _step(one: Told, *, tz: tzinfo) -> SeriesStepRow:
    step, letter = one.step, one.letter
    part = "誕生日" if step.birthday else ""
    if step.part is not Part.ONE_OF_MANY:
        part = "・".join(filter(None, (part, word(step.part))))
    state = "言葉を待っています" if step.untaken is None else "送りません"
    reason = "" if step.untaken is None else word(step.untaken)
    if letter is not None:
        state = word(letter.state)
        reason = "" if letter.reason is None else word(letter.reason)
    return SeriesStepRow(
        when=_when(one, tz=tz),
        state=state,
        reason=reason,
        part=part,
        words="" if step.words is None or letter is not None else step.words.body,
        tone=_tone(one),
    )


def _when(one: Told, *, tz: tzinfo) -> str:
    if one.letter is not None and one.letter.sent_at is not None:
        return moment(one.letter.sent_at, tz=tz)
    if one.step.opens_at is not None:
        return moment(one.step.opens_at, tz=tz)
    return "日はこれから" if one.step.day is None else day(one.step.day)


def _tone(one: Told) -> str:
    if one.letter is None:
        return "look" if one.step.waits_for_words else "still"
    if one.letter.state in _LOOK:
        return "look"
    return "open" if one.letter.state in UNSENT else "still"
