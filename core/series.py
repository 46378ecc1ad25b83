"""ひと続きのおたより: letters planned together, each still a letter of its own (G-21, G-27).

A series holds the plan and the words; a step with words is a letter (S1 to S7) that waits for its
own approval. What became of a step is told by its letter; a step without one has its reason here.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from core.cadence.packs import Anchor, LetterPack
from core.cadence.planning import Part, Planned, Untaken
from core.contacts import Contact, ContactChannel, Met, WithWhom
from core.errors import CaseworkError
from core.ids import CaseId, LetterId, MunicipalityId, PersonId, SeriesId, StaffId
from core.letters import UNSENT, Letter, LetterState

# So many days with a live contact within so long, and meetings are regular (G-27) [D].
REGULAR_DAYS: Final = 3
REGULAR_WITHIN: Final = timedelta(days=60)
# Words that are still missing are asked for so long before the letter opens [D].
WORDS_ASKED: Final = timedelta(days=14)
BIRTHDAY: Final = "birthday"
_LIVE: Final = frozenset(
    {
        ContactChannel.VISIT,
        ContactChannel.PHONE,
        ContactChannel.ACCOMPANY,
        ContactChannel.OFFICE,
        ContactChannel.CHAT,
    }
)
_SEEN_OR_HEARD: Final = frozenset({Met.MET, Met.VOICE_ONLY})


class SeriesState(enum.StrEnum):
    """RUNNING; ENDED after its last letter; STOPPED before that."""

    RUNNING = "RUNNING"
    ENDED = "ENDED"
    STOPPED = "STOPPED"


class SeriesRuns(CaseworkError):
    """One series at a time for a person: the pace is theirs, not a colleague's (G-03)."""

    rule = "G-03"


class SeriesOver(CaseworkError):
    """This series has ended. Facts: `state`."""

    rule = "G-21"


class SeriesAsks(CaseworkError):
    """Meetings have become regular: first it is settled whether the series ends, or somebody else
    writes it (G-27). Facts: `allowed`."""

    rule = "G-27"


class EndUntold(CaseworkError):
    """The letter that tells of the end, and the last one, are not left out by themselves; and a
    series of which letters were sent does not end in silence (G-21). Facts: `allowed`."""

    rule = "G-21"


class SameWordsInSeries(CaseworkError):
    """Two letters of a series say the same (G-04). Facts: `steps`, their days."""

    rule = "G-03"


class NoLettersInPlan(CaseworkError):
    """With this pack, day and person no letter would go. Facts: `allowed`."""

    rule = "G-03"


class OnlySlower(CaseworkError):
    """A running series becomes slower or stays as it is; for a faster one, write another, after
    asking the person (G-03)."""

    rule = "G-03"


class StepGone(CaseworkError):
    """This letter of the series has been sent, or does not go any more. Facts: `step`."""

    rule = "S6"


@dataclass(frozen=True, kw_only=True, slots=True)
class StepWords:
    """The words of one step, as the caseworker gave them.

    Attributes:
        alt_text: what a lock screen shows instead; "" where the words themselves show.
        template, season: what they were written from, as of a letter (`core.letters.Letter`).
    """

    body: str
    alt_text: str = ""
    template: str | None = None
    season: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesStep:
    """One step of a series.

    Attributes:
        key: of the pack; unique within the series.
        day: the day that the pack means; None while the anchor is not known.
        words: None while nobody has written them.
        letter_id: the letter that it became.
        untaken: why it does not go, where no letter can tell.
    """

    key: str
    part: Part = Part.ONE_OF_MANY
    birthday: bool = False
    day: date | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    words: StepWords | None = None
    letter_id: LetterId | None = None
    untaken: Untaken | None = None

    @property
    def waits_for_words(self) -> bool:
        """Whether it goes once somebody has written it."""
        return self.letter_id is None and self.untaken is None and self.opens_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A series of letters to one person.

    Attributes:
        pack: as it was when the series was written; a town that changes its packs changes no
            series that runs.
        anchored_on: the day from which it counts; None while that day is to come.
        take_every: one letter of so many; the person's own choice or slower.
        asks_since: since when it is asked who goes on, as meetings have become regular (G-27).
        next_at: when it is looked at again.
        shown: how the letters stood when the card was last drawn.
        ended_because: a code of the reason, "" while it runs.
    """

    id: SeriesId
    municipality_id: MunicipalityId
    case_id: CaseId
    person_id: PersonId
    author_id: StaffId
    pack: LetterPack
    anchor: Anchor
    anchored_on: date | None
    created_at: datetime
    next_at: datetime
    steps: tuple[SeriesStep, ...]
    state: SeriesState = SeriesState.RUNNING
    take_every: int = 1
    asks_since: datetime | None = None
    answered_at: datetime | None = None
    shown: str = ""
    ended_because: str = ""
    version: int = 1
    command_key: str | None = None

    def step(self, key: str) -> SeriesStep:
        """Raises: StepGone."""
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise StepGone(step=key)
        return found

    def with_steps(self, changed: Iterable[SeriesStep]) -> "Series":
        """The series with these steps in the place of those of the same key."""
        by_key = {step.key: step for step in changed}
        return replace(self, steps=tuple(by_key.get(step.key, step) for step in self.steps))


Letters = Mapping[LetterId, Letter]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A step as it stands.

    Attributes:
        letter: the letter that it became, if any.
    """

    step: SeriesStep
    letter: Letter | None = field(default=None)

    @property
    def open(self) -> bool:
        """Whether it may still go."""
        if self.letter is not None:
            return self.letter.state in UNSENT
        return self.step.untaken is None

    @property
    def sent(self) -> bool:
        """Whether LINE has taken it, or may have."""
        return self.letter is not None and self.letter.state in {
            LetterState.SENT,
            LetterState.UNREACHABLE,
        }

    @property
    def fell_away(self) -> bool:
        """Whether it will never have been said."""
        return not self.open and not self.sent


def told(series: Series, letters: Letters) -> tuple[Told, ...]:
    """Every step with its letter, in order."""
    return tuple(
        Told(step=step, letter=None if step.letter_id is None else letters.get(step.letter_id))
        for step in series.steps
    )


def digest(steps: Iterable[Told], *, at: datetime) -> str:
    """How the letters stand, in short: changes whenever a card would look different."""
    return " ".join(
        f"{one.step.key}:{one.step.untaken or ''}:{one.letter.state if one.letter else ''}"
        f":{one.letter.version if one.letter else ''}{'!' * words_wanted(one.step, at=at)}"
        for one in steps
    )


def words_wanted(step: SeriesStep, *, at: datetime) -> bool:
    """Whether its words are asked for now: its day comes near and nobody has written it."""
    opens = step.opens_at
    return step.waits_for_words and opens is not None and opens - at <= WORDS_ASKED


def steps_of(plan: Iterable[Planned], words: Mapping[str, StepWords]) -> tuple[SeriesStep, ...]:
    """The plan with its words; words for a step that does not go are kept beside its reason.

    Words under `BIRTHDAY` are those of the first birthday, given before its day was known.
    """
    steps = tuple(plan)
    named = {BIRTHDAY: next((one.key for one in steps if one.birthday), "")}
    words = {named.get(key) or key: one for key, one in words.items()}
    return tuple(
        SeriesStep(
            key=one.key,
            part=one.part,
            birthday=one.birthday,
            day=one.day,
            opens_at=one.opens_at,
            closes_at=one.closes_at,
            words=words.get(one.key),
            untaken=one.untaken,
        )
        for one in steps
    )


def require_running(series: Series) -> None:
    """Refuse a change of what is over.

    Raises:
        SeriesOver.
    """
    if series.state is not SeriesState.RUNNING:
        raise SeriesOver(state=series.state.value)


def require_all_different(words: Mapping[str, StepWords]) -> None:
    """Refuse a series that says the same twice, but for blanks.

    Raises:
        SameWordsInSeries: facts `steps`.
    """
    said: dict[str, str] = {}
    for key, one in words.items():
        bare = "".join(one.body.split())
        if bare and bare in said:
            raise SameWordsInSeries(steps=f"{said[bare]}, {key}")
        said[bare] = key


def meets_regularly(contacts: Iterable[Contact], *, at: datetime, since: datetime | None) -> bool:
    """Whether the person is met or heard on so many days that programmed letters would clash with
    what just happened (G-27).

    Args:
        since: contacts up to then were looked at when this was last settled.
    """
    days = {
        contact.at.date()
        for contact in contacts
        if contact.channel in _LIVE
        and contact.met in _SEEN_OR_HEARD
        and contact.with_whom in {None, WithWhom.SELF}
        and at - contact.at < REGULAR_WITHIN
        and (since is None or contact.at > since)
    }
    return len(days) >= REGULAR_DAYS


def end_untold(steps: tuple[Told, ...]) -> bool:
    """Whether the letter that was to tell of the end fell away while the last one still waits."""
    before = [one for one in steps if one.step.part is Part.PRE_LAST]
    last = [one for one in steps if one.step.part is Part.LAST]
    return bool(before and last) and before[-1].fell_away and last[-1].open


def over(steps: tuple[Told, ...]) -> bool:
    """Whether nothing of it can go any more."""
    return not any(one.open for one in steps)
